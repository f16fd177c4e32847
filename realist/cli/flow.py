"""The verb for the flow of records: text, figure, PRISMA 2020."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import WrongUse
from realist.exports.files import opened
from realist.exports.flow import flow_json, flow_text
from realist.exports.flow_figure import Made, flow_mermaid, flow_svg
from realist.exports.prisma import prisma_csv, prisma_link
from realist.queries.facts import made_of_documents
from realist.queries.flow import StageFlow, staged_flow
from realist.queries.prisma import Prisma, prisma

_FILE = click.Path(dir_okay=False, path_type=Path)
_ENDINGS = (".svg", ".mmd", ".csv")


@click.command("flow")
@click.option(
    "-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to FILE."
)
@click.option("--prisma", "as_prisma", is_flag=True, help="The numbers of PRISMA 2020, of the whole review.")
@as_json
def flow_(file: Path | None, as_prisma: bool, json_: bool) -> None:
    """Show the flow of records, stage by stage.

    Numbers are counted from records and decisions, reported where only a source gives them, or derived from
    reported ones; the three are never mixed. The ending of FILE says what is written: .svg the figure as the
    review was run, down to excerpts, configurations and theories; .mmd the same for Mermaid; .csv the numbers
    for the R package PRISMA2020. With --prisma come one flow for the whole review, where it does not add up,
    and the address of that package's page with the numbers in it.
    """
    if file is not None and file.suffix.lower() not in _ENDINGS:
        raise WrongUse(f"{file} does not say what to write: end it in one of {', '.join(_ENDINGS)}.")
    with review() as store, store.read() as connection:
        flow = staged_flow(connection, viewer=viewer())
        wanted = as_prisma or (file is not None and file.suffix.lower() == ".csv")
        counted = prisma(connection, viewer=viewer()) if wanted else Prisma()
        made = [Made(*one) for one in made_of_documents(connection, viewer=viewer())] if file else []
        if file is not None:
            with opened(file, store.address) as target:
                target.write(_content(file, flow, made, counted).encode())
    if json_:
        show.say_json(_prisma_json(counted) if as_prisma else flow_json(flow))
    elif file is not None:
        show.say(f"The flow was written to {file}.")
    elif as_prisma:
        _say_prisma(counted)
    else:
        show.say(flow_text(flow, show.width()).rstrip())


def _content(file: Path, flow: list[StageFlow], made: list[Made], counted: Prisma) -> str:
    ending = file.suffix.lower()
    if ending == ".csv":
        return prisma_csv(counted)
    return flow_mermaid(flow, made) if ending == ".mmd" else flow_svg(flow, made, "Flow of documents")


def _say_prisma(found: Prisma) -> None:
    rows = [
        {"name": key.replace("_", " "), "n": number.value, "how": number.how or "not known"}
        for key, number in found.numbers.items()
    ]
    show.table(rows, {"name": "box", "n": "n", "how": "how"}, grow="how")
    for column, reasons in found.excluded.items():
        for reason, n in reasons.items():
            show.paragraph(f"{column} excluded: {reason}, {n}", indent="  ")
    for sentence in found.unbalanced:
        show.paragraph(f"Does not add up: {sentence} A review in stages may not: see `realist flow`.")
    show.say(prisma_link(found))


def _prisma_json(found: Prisma) -> dict[str, Any]:
    return {
        "numbers": {key: {"value": n.value, "how": n.how} for key, n in found.numbers.items()},
        "sources": [{"kind": kind, "source": name, "n": n} for kind, name, n in found.sources],
        "excluded": {column: dict(reasons) for column, reasons in found.excluded.items()},
        "unbalanced": found.unbalanced, "link": prisma_link(found),
    }  # fmt: skip
