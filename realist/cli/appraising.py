"""Verbs for appraisal: how relevant, rich, rigorous papers and excerpts are, and the scale for that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.cli.tables import write_table
from realist.errors import WrongUse
from realist.queries.appraisals import Appraised, appraisals, numbered, scale
from realist.queries.naming import resolve
from realist.queries.sets import included_sets
from realist.services import appraising as services
from realist.text import line


@click.command("appraise")
@click.argument("paper")
@click.argument("dimension")
@click.argument("level", required=False)
@click.option("--reason", default="", help="Why; reviews report it.")
@click.option("--excerpt", default="", help="The uid of an excerpt: only that is appraised.")
@click.option("--take-back", is_flag=True, help="Take back how you appraised it; without LEVEL.")
@as_json
def appraise_(
    paper: str,
    dimension: str,
    level: str | None,
    reason: str,
    excerpt: str,
    take_back: bool,
    json_: bool,
) -> None:
    """Say how relevant, rich or rigorous a paper is, or one excerpt of it. It never excludes.

    Your latest appraisal counts as yours; where colleagues think otherwise, all are listed.

    \b
    Examples:
      realist appraise "#12" richness high --reason "tells why people stayed away"
      realist appraise "#12" rigour low --excerpt 01982f3a-... --reason "one interview"
    """
    if take_back is (level is not None):
        raise WrongUse("Give a level, or --take-back without one.")
    with desk() as at:
        if take_back:
            uid = services.take_back_appraisal(at, paper, dimension, reason=reason, excerpt=excerpt)
        else:
            uid = services.appraise(at, paper, dimension, str(level), reason=reason, excerpt=excerpt)
    what = f"an excerpt of {line(paper)}" if excerpt else line(paper)
    said = "taken back" if take_back else line(str(level))
    show.done(json_, uid, f"{what}: {line(dimension)} {said}.")


@click.group("appraisal")
def appraisal_() -> None:
    """How papers were appraised, and the scale for it."""


@appraisal_.command("list")
@click.argument("paper", required=False)
@click.option("--set", "set_", default="", help="Of an included set, with papers that nobody appraised yet.")
@click.option(
    "--csv", "target", type=click.Path(path_type=Path), help="Write the table of papers to a CSV file."
)
@as_json
def appraisal_list(paper: str | None, set_: str, target: Path | None, json_: bool) -> None:
    """Show how papers were appraised, a column for each dimension; of one PAPER, with reasons and excerpts.

    Where people differ, all are shown.
    """
    if paper and (set_ or target):
        raise WrongUse("--set and --csv are for the table of all papers: leave PAPER out.")
    with review() as store, store.read() as connection:
        of = [resolve(connection, "paper", paper)] if paper else None
        if set_:
            of = members(connection, set_)
        found = appraisals(connection, of, viewer=viewer())
        names = numbered(connection, {row.paper for row in found} | set(of or () if set_ else ()))
        dimensions = [dimension.name for dimension in scale(connection)]
    rows = _by_paper(found, names, dimensions)
    if target:
        heading = ("paper_uid", "paper_number", "paper", *dimensions, "excerpts")
        write_table(target, heading, ([row[key] for key in ("uid", "number", "label", *_keys(dimensions))]
                                      for row in rows))  # fmt: skip
    if json_:
        show.say_json([row._asdict() for row in found])
    elif target:
        show.say(f"{show.were(len(rows), 'paper')} written to {target}.")
    elif paper:
        _say(found, line(paper))
    else:
        shown = [{**row, "paper": f"#{row['number']} {row['label']}"} for row in rows]
        headings = dict(zip(_keys(dimensions), (*dimensions, "excerpts"), strict=True))
        show.table(shown, {"paper": "paper", **headings}, grow="paper")


def members(connection: Any, name: str) -> list[str]:
    """Return the papers of the included set with a name, as far as who looks may know them."""
    uid = resolve(connection, "set", name)
    return next(list(row.members) for row in included_sets(connection, viewer=viewer()) if row.uid == uid)


def _keys(dimensions: Sequence[str]) -> list[str]:
    """Return the keys of the columns of dimensions, which people name, apart from all others."""
    return [*(f"dimension {name}" for name in dimensions), "excerpts"]


def _by_paper(
    found: Collection[Appraised], names: dict[str, tuple[int, str]], dimensions: Sequence[str]
) -> list[dict[str, Any]]:
    rows = []
    for uid, (number, label) in names.items():
        own = [row for row in found if row.paper == uid]
        row: dict[str, Any] = {"uid": uid, "number": number, "label": label}
        for name in dimensions:
            said = {one.by: one.level for one in own if one.dimension == name and not one.excerpt}
            alike = len(set(said.values())) == 1
            texts = [*dict.fromkeys(said.values())] if alike else [f"{by} {how}" for by, how in said.items()]
            row[f"dimension {name}"] = ", ".join(texts)
        row["excerpts"] = len({one.excerpt for one in own if one.excerpt}) or None
        rows.append(row)
    return rows


def _say(found: Sequence[Appraised], paper: str) -> None:
    if not found:
        show.say(f"Nobody has appraised {paper}, as far as you may see.")
    for row in found:
        where = f" · “{row.quotation}”" if row.excerpt else ""
        show.paragraph(f"{row.dimension}: {row.level} ({row.by}){where}")
        show.paragraph(row.reason, indent="  ")


@appraisal_.group("scale")
def _scale() -> None:
    """The dimensions that this review appraises for, and their levels."""


@_scale.command("list")
@as_json
def scale_list(json_: bool) -> None:
    """List the dimensions with their levels, the lowest first."""
    with review() as store, store.read() as connection:
        found = scale(connection)
    if json_:
        show.say_json(
            [{**row._asdict(), "levels": [level._asdict() for level in row.levels]} for row in found]
        )
        return
    if not found:
        show.say("There is no scale yet: `realist appraisal scale add --ready` makes one.")
    for row in found:
        show.paragraph(f"{row.name}: {', '.join(level.name for level in row.levels)}")
        if row.description:
            show.paragraph(row.description, indent="  ")
        for level in row.levels:
            if level.description:
                show.paragraph(f"{level.name}: {level.description}", indent="  ")


@_scale.command("add")
@click.argument("dimension", required=False)
@click.argument("levels", nargs=-1, metavar="[LEVEL]...")
@click.option("--description", default="", help="What the dimension means.")
@click.option("--ready", is_flag=True, help="Relevance, richness and rigour: low, moderate, high.")
@as_json
def scale_add(
    dimension: str | None, levels: tuple[str, ...], description: str, ready: bool, json_: bool
) -> None:
    """Define a dimension with its levels, the lowest first; or add higher levels to one that is there.

    \b
    Examples:
      realist appraisal scale add --ready
      realist appraisal scale add richness thin thick rich --description "how much it tells of how and why"
    """
    if ready is (dimension is not None):
        raise WrongUse("Name a dimension and its levels, or use --ready alone.")
    with desk() as at:
        if ready:
            services.add_ready_scale(at)
        else:
            uid = services.add_to_scale(at, str(dimension), levels, description=description)
        with at.store.read() as connection:
            found = scale(connection)
    if json_:
        show.say_json({"uids": [row.uid for row in found] if ready else [uid]})
    elif ready:
        names = ", ".join(row.name for row in found)
        show.say(f"Papers are appraised for {names}, each {', '.join(services.LEVELS)}.")
    else:
        show.say(f"Papers are appraised for {line(str(dimension))}.")


@_scale.command("edit")
@click.argument("dimension")
@click.argument("level", required=False, default="")
@click.option("--name", default=None, help="Another name; what was appraised stays so.")
@click.option("--description", default=None, help="What it means.")
@click.option("--place", type=NUMBER, default=None, help="Its place among the others, from 1.")
@as_json
def scale_edit(
    dimension: str,
    level: str,
    name: str | None,
    description: str | None,
    place: int | None,
    json_: bool,
) -> None:
    """Rename, describe or move a dimension, or one of its levels."""
    if name is None and description is None and place is None:
        raise WrongUse("Say what to change: --name, --description or --place.")
    with desk() as at:
        uid = services.edit_scale(at, dimension, level, name=name, description=description, place=place)
    show.done(json_, uid, f"{line(f'{dimension} {level}')} was changed.")


@_scale.command("drop")
@click.argument("dimension")
@click.argument("level", required=False, default="")
@as_json
def scale_drop(dimension: str, level: str, json_: bool) -> None:
    """Take out a level, or a dimension with its levels, by which nobody appraised."""
    with desk() as at:
        uid = services.drop_from_scale(at, dimension, level)
    show.done(json_, uid, f"{line(f'{dimension} {level}')} was dropped.")
