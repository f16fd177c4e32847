"""Verbs that show results: grid, flow, find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.tables import FILE, format_option, target_format, write_document
from realist.errors import WrongUse
from realist.exports.flow import flow_json, flow_text
from realist.exports.grid import MODES, grid_json, grid_text
from realist.exports.writing import Format
from realist.queries import finding
from realist.queries.flow import staged_flow
from realist.queries.grid import Grid, evidence_grid
from realist.store.search import KINDS
from realist.text import shorten

if TYPE_CHECKING:
    from sqlalchemy import Connection

F = TypeVar("F", bound=Callable[..., Any])


def _as_shown(command: F) -> F:
    """Give a verb the options that say what of the grid is shown, and how."""
    for option in (
        click.option("--set", "of_set", default="", help="Rows: an included set. Default: the review's."),
        click.option(
            "--list", "of_list", default="", help="Columns: a named mechanism list. Default: the review's."
        ),
        click.option("--show", "mode", type=click.Choice(MODES), default="ticks", show_default=True),
    ):
        command = option(command)
    return command


@click.command("grid")
@_as_shown
@click.option("-o", "--output", "file", type=FILE, help="Write it to a file: see `realist export grid`.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="As -o, as CSV.")
@format_option
@as_json
def grid_(
    mode: str,
    of_list: str,
    of_set: str,
    file: Path | None,
    csv_file: Path | None,
    name: str | None,
    json_: bool,
) -> None:
    """Show the evidence grid: mechanisms by papers, derived from what was recorded.

    A cell is present, looked for and not found (·), not recoverable from the source (?), or not looked
    at yet (blank). n counts papers; the number that a source prints stands beside it, as reported.
    """
    if file and csv_file:
        raise WrongUse("Name one file: with -o, or with --csv.")
    if csv_file:
        file, name = csv_file, "csv"
    with review() as store, store.read() as connection:
        target = target_format(file, name, json_)
        grid = evidence_grid(connection, of_list=of_list, of_set=of_set, viewer=viewer())
        if file and target:
            _write_grid(connection, store.address, grid, mode, file, target, said=not json_)
    if json_:
        show.say_json(grid_json(grid))
    elif not file:
        show.say(grid_text(grid, mode, show.width()).rstrip())


def _write_grid(
    connection: Connection, address: str, grid: Grid, mode: str, file: Path, target: Format, *, said: bool
) -> None:
    from realist.exports.grid_table import grid_document

    document = grid_document(connection, grid, mode, viewer=viewer(), flat=target.flat)
    if write_document(document, file, target.name, address) and said:
        papers, mechanisms = (
            show.counted(len(grid.rows), "paper"),
            show.counted(len(grid.columns), "mechanism"),
        )
        show.say(f"The grid was written to {file}: {papers}, {mechanisms}.")


@click.command("grid")
@click.argument("file", type=FILE)
@_as_shown
@format_option
@as_json
def export_grid(file: Path, mode: str, of_list: str, of_set: str, name: str | None, json_: bool) -> None:
    """Write the evidence grid as it is shown, with the quotations behind its cells.

    The ending of FILE says the format: .csv, .json, .md, .html, .tex, .xlsx or .docx. A file that is there is
    replaced; - is standard output.

    \b
    Examples:
      realist export grid grid.docx
      realist export grid grid.xlsx --show stance --set testing
    """
    target = target_format(file, name, json_)
    assert target is not None
    with review() as store, store.read() as connection:
        grid = evidence_grid(connection, of_list=of_list, of_set=of_set, viewer=viewer())
        _write_grid(connection, store.address, grid, mode, file, target, said=not json_)
    if json_:
        show.say_json(
            {
                "file": str(file),
                "format": target.name,
                "papers": len(grid.rows),
                "mechanisms": len(grid.columns),
            }
        )


@click.command("flow")
@as_json
def flow_(json_: bool) -> None:
    """Show the flow of records, stage by stage.

    Numbers are counted where the review holds records and decisions; what only a source gives is marked
    as reported, and what follows from reported numbers as derived.
    """
    with review() as store, store.read() as connection:
        flow = staged_flow(connection, viewer=viewer())
    if json_:
        show.say_json(flow_json(flow))
    else:
        show.say(flow_text(flow, show.width()).rstrip())


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(list(KINDS)), default=None, help="Only things of this kind.")
@click.option("--limit", type=click.IntRange(1, 1000), default=30, show_default=True)
@as_json
def find_(words: tuple[str, ...], kind: str | None, limit: int, json_: bool) -> None:
    """Find words in everything that has text: papers and their full texts, claims, boxes, mechanisms, memos.

    All words have to be there; the last may be the beginning of one. Accents and case do not matter.

    \b
    Example:
      realist find shared purp
    """
    asked = " ".join(words)
    with review() as store, store.read() as connection:
        hits = finding.find(connection, asked, kind=kind or "", limit=limit, viewer=viewer())
        counts = finding.counts(connection, asked, viewer=viewer())
    if json_:
        show.say_json({"counts": counts, "hits": [asdict(hit) for hit in hits]})
        return
    for hit in hits:
        number = f"#{hit.number} " if hit.number else ""
        where = f" ({hit.where})" if hit.where else ""
        show.say(shorten(f"{hit.kind} {number}{hit.title}{where}", show.width()))
        show.paragraph(f"{hit.field}: {_marked(hit)}", indent="  ")
    shown = f"{len(hits)} shown of " if hits else ""
    show.say(shown + ", ".join(f"{n:,} {name}" for name, n in counts.items() if n or not hits) + ".")


def _marked(hit: finding.Hit) -> str:
    """Return the snippet with guillemets around the words."""
    text = hit.snippet
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}»{text[start:end]}«{text[end:]}"
    return text
