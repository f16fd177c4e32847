"""Verbs for codes: those of frameworks and those that grow, put on what was read."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.errors import NotFound, WrongUse
from realist.queries import codings as queries
from realist.queries.boxes import boxes
from realist.queries.codings import CodeRow
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services import coding as services
from realist.text import line
from realist.vocabulary import Valence

_NONE = "none"


def code_json(row: CodeRow, counted: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """Return a code with on how many things and in how many papers it was put."""
    things, papers = counted.get(row.uid, (0, 0))
    return {**row._asdict(), "path": list(row.path), "coded": things, "papers": papers}


@click.group("code")
def code_() -> None:
    """Codes of frameworks and codes that grow, put on what was read."""


_framework = click.option("--framework", default="", help="The framework, where several have that code.")


@code_.command("add")
@click.argument("name")
@click.option("--framework", default="", help="Into a framework; without it, the code is one that grew.")
@click.option("--within", default="", help="The code that it is a part of.")
@click.option("--description", default="", help="What it means, and what not.")
@click.option("--anyway", is_flag=True, help="Also where a code is called nearly so.")
@as_json
def code_add(name: str, json_: bool, framework: str, within: str, description: str, anyway: bool) -> None:
    """Add a code that grew while reading, or one to a framework.

    A name that is nearly there already is refused: two codes for one thing part what belongs together.

    \b
    Examples:
      realist code add "Fear of being watched"
      realist code add "Shared records" --framework "Levels of integration" --within Clinical
    """
    with desk() as at:
        uid = services.add_code(
            at, name, framework=framework, within=within, description=description, anyway=anyway
        )
    show.done(json_, uid, f"The code {line(name)} was added.")


@code_.command("list")
@click.option("--framework", default="", help="Only those of a framework.")
@click.option("--grew", is_flag=True, help="Only those that grew while reading.")
@click.option("--put", "only_put", is_flag=True, help="Show what was coded instead.")
@as_json
def code_list(framework: str, grew: bool, only_put: bool, json_: bool) -> None:
    """List codes with on how many things and in how many papers each was put, as far as you may see."""
    if framework and grew:
        raise WrongUse("Use --framework or --grew.")
    with review() as store, store.read() as connection:
        uid = resolve(connection, "framework", framework) if framework else ""
        rows = [
            row
            for row in queries.codes(connection)
            if (not framework or row.framework == uid) and not (grew and row.framework)
        ]
        if only_put:
            _say_codings(connection, rows, json_)
            return
        counted = queries.counted(connection, viewer=viewer())
    if json_:
        show.say_json([code_json(row, counted) for row in rows])
        return
    shown = [
        {
            "code": "  " * (len(row.path) - 1) + row.name,
            "of": row.framework_name or queries.GREW,
            "coded": counted.get(row.uid, (0, 0))[0],
            "papers": counted.get(row.uid, (0, 0))[1],
            "note": f"retired: {row.ended}" if row.ended else row.description,
        }
        for row in rows
    ]
    headings = {"code": "code", "of": "framework", "coded": "coded", "papers": "papers", "note": "meaning"}
    show.table([{**row, "code": row["code"]} for row in shown], headings, grow="note")


def _say_codings(connection: Any, rows: list[CodeRow], json_: bool) -> None:
    from realist.queries.sets import labels

    of = {row.uid: row for row in rows}
    found = [one for one in queries.codings(connection, viewer=viewer()) if one.code in of]
    names = labels(connection, list({paper for one in found for paper in one.papers}))
    shown = [
        {
            **one._asdict(),
            "name": of[one.code].name,
            "framework": of[one.code].framework_name,
            "papers": [{"uid": paper, "label": names[paper]} for paper in one.papers],
        }
        for one in found
    ]
    if json_:
        show.say_json(shown)
        return
    lines = [{**row, "papers": [paper["label"] for paper in row["papers"]]} for row in shown]
    headings = {
        "name": "code", "valence": "", "subject_table": "on", "papers": "papers", "site": "site", "by": "by",
        "note": "note",
    }  # fmt: skip
    show.table(lines, headings, grow="note")


@code_.command("edit")
@click.argument("code")
@_framework
@click.option("--name", default=None, help="Another name; what was coded stays so.")
@click.option("--description", default=None)
@click.option("--within", default=None, help='The code that it becomes a part of; "" for none.')
@click.option(
    "--place", type=NUMBER, default=None, help="Its place among the parts of the same code, from 1."
)
@click.option("--anyway", is_flag=True, help="Also where another code is called nearly so.")
@click.option("--retire", default=None, metavar="REASON", help="Code nothing new with it; what was stays.")
@click.option("--reinstate", is_flag=True, help="Take a retired code into use again.")
@as_json
def code_edit(
    code: str,
    framework: str,
    name: str | None,
    description: str | None,
    within: str | None,
    place: int | None,
    anyway: bool,
    retire: str | None,
    reinstate: bool,
    json_: bool,
) -> None:
    """Rename, describe, move or retire a code."""
    edits = any(value is not None for value in (name, description, within, place))
    if edits + (retire is not None) + reinstate != 1:
        raise WrongUse(
            "Say what to change: --name, --description, --within or --place; or use --retire or --reinstate"
            " alone."
        )
    with desk() as at:
        if retire is not None:
            uid = services.retire_code(at, code, reason=retire, framework=framework)
        elif reinstate:
            uid = services.reinstate_code(at, code, framework=framework)
        else:
            uid = services.edit_code(
                at, code, framework=framework, name=name, description=description, within=within,
                place=place, anyway=anyway,
            )  # fmt: skip
    done = "retired" if retire is not None else "reinstated" if reinstate else "changed"
    show.done(json_, uid, f"The code {line(code)} was {done}.")


def _subject(command: Any) -> Any:
    for option in (
        click.option("--paper", default="", help="On a paper."),
        click.option("--evidence", default="", help="On a piece of evidence (uid)."),
        click.option("--part", type=click.IntRange(1, 10_000), default=None, help="On this part of the box."),
        click.option("--box", default="", help="On a box, or with --part on a part of it."),
        click.option("--excerpt", default="", help="On an excerpt (uid)."),
    ):
        command = option(command)
    return command


def _thing(
    store: Any, excerpt: str, box: str, part: int | None, evidence: str, paper: str
) -> tuple[str, str]:
    """Return the kind and name of what is coded."""
    given = {"excerpt": excerpt, "configuration": box, "evidence": evidence, "paper": paper}
    named = [(kind, name) for kind, name in given.items() if name]
    if len(named) != 1 or (part is not None and not box):
        raise WrongUse(
            "Say what is coded: --excerpt, --box (with --part for a part of it), --evidence or --paper."
        )
    if part is None:
        return named[0]
    with store.read() as connection:
        (found,) = boxes(
            connection, uids=[resolve_any(connection, BOX, box, viewer=viewer())], viewer=viewer()
        )
    if part > len(found.elements):
        raise NotFound(
            f"Box {line(box)} has {show.counted(len(found.elements), 'part')}, and no part {part}."
        )
    return "element", found.elements[part - 1].uid


@code_.command("put")
@click.argument("code")
@_subject
@_framework
@click.option(
    "--valence",
    type=click.Choice([*map(str, Valence), _NONE]),
    default=_NONE,
    help="Enabler (+), barrier (-).",
)
@click.option("--site", default="", help="The case within the paper; without it, that of the thing coded.")
@click.option("--note", default="", help="Why.")
@as_json
def code_put(
    code: str,
    excerpt: str,
    box: str,
    part: int | None,
    evidence: str,
    paper: str,
    framework: str,
    valence: str,
    site: str,
    note: str,
    json_: bool,
) -> None:
    """Put a code on an excerpt, a box, a part of a box, a piece of evidence or a paper.

    You code a thing with a code once for each site: again, it changes valence and note.

    \b
    Examples:
      realist code put Clinical --box 2b --part 1 --valence + --site "clinic A"
      realist code put "Levels of integration: Clinical" --paper "#12"
    """
    with desk() as at:
        kind, name = _thing(at.store, excerpt, box, part, evidence, paper)
        uid = services.put_code(
            at, kind, name, code, framework=framework, site=site, note=note,
            valence=None if valence == _NONE else Valence(valence),
        )  # fmt: skip
    show.done(json_, uid, f"{line(code)} was put on the {_WORDS.get(kind, kind)}.")


_WORDS = {"configuration": "box", "element": "part", "evidence": "piece of evidence"}


@code_.command("take")
@click.argument("code")
@_subject
@_framework
@click.option("--site", default=None, help="Only for this case within the paper.")
@as_json
def code_take(
    code: str,
    excerpt: str,
    box: str,
    part: int | None,
    evidence: str,
    paper: str,
    framework: str,
    site: str | None,
    json_: bool,
) -> None:
    """Take a code off what it was put on, as far as you may see it."""
    with desk() as at:
        kind, name = _thing(at.store, excerpt, box, part, evidence, paper)
        taken = services.take_code(at, kind, name, code, framework=framework, site=site)
    if json_:
        show.say_json({"taken": taken})
    else:
        show.say(f"{line(code)} was taken off the {_WORDS.get(kind, kind)}.")
