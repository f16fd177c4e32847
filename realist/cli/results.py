"""Verbs that show results: grid, flow, find."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import RealistError
from realist.exports.arranging import beside
from realist.exports.flow import flow_json, flow_text
from realist.exports.grid import MODES, grid_csv, grid_json, grid_text
from realist.queries import finding
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.voices import voices
from realist.store.search import KINDS
from realist.text import shorten


@click.command("grid")
@click.option("--show", "mode", type=click.Choice(MODES), default="ticks", show_default=True)
@click.option("--list", "of_list", default="", help="Columns: a named mechanism list. Default: the review's.")
@click.option("--set", "of_set", default="", help="Rows: an included set. Default: the review's.")
@click.option("--as-given", is_flag=True, help="As if nothing had been merged or split.")
@click.option("--before", "before", default="", help="Beside it, an earlier list, as it was given then.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a CSV file."
)
@as_json
def grid_(
    mode: str,
    of_list: str,
    of_set: str,
    as_given: bool,
    before: str,
    csv_file: Path | None,
    json_: bool,
) -> None:
    """Show the evidence grid: mechanisms by papers, derived from what was recorded.

    A cell is present, looked for and not found (·), not recoverable from the source (?), or not looked
    at yet (blank). n counts papers; the number that a source prints stands beside it, as reported. What
    people who were asked said is a line of its own, never a tick.

    What was merged or split shows where it stands now. To see before and after: --before "Preliminary" puts
    the columns of that list, with what was given to them, before those of now.
    """
    with review() as store, store.read() as connection:
        grid = evidence_grid(connection, of_list=of_list, of_set=of_set, before=as_given, viewer=viewer())
        if before:
            earlier = evidence_grid(connection, of_list=before, of_set=of_set, before=True, viewer=viewer())
            grid = beside(earlier, grid)
        said = voices(connection)
    if csv_file:
        try:
            csv_file.write_text(grid_csv(grid, mode, said), encoding="utf-8-sig", newline="")
        except OSError as error:
            raise RealistError(f"{csv_file} cannot be written: {error.strerror}.") from error
    if json_:
        show.say_json(grid_json(grid, said))
    elif csv_file:
        show.say(
            f"The grid was written to {csv_file}: {len(grid.rows)} papers, {len(grid.columns)} mechanisms."
        )
    else:
        show.say(grid_text(grid, mode, show.width(), said).rstrip())


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
