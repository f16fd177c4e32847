"""Verbs that write files: papers, decisions, records, the grid, boxes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from realist.cli import show
from realist.cli.appraising import members
from realist.cli.archiving import export_review
from realist.cli.boxes_files import export_boxes
from realist.cli.desk import as_json, review, viewer
from realist.cli.figures import export_figure
from realist.cli.mapping import export_map
from realist.cli.papers import filter_of
from realist.cli.results import export_grid
from realist.cli.tables import write_whole
from realist.cli.whole import export_all
from realist.domain.filtering import Filter
from realist.errors import RealistError, WrongUse
from realist.exports.decisions import decisions_csv
from realist.exports.references import Written, export_references, format_of, write_references
from realist.formats.writing import FORMATS
from realist.queries import listing
from realist.queries.listing import SORTS
from realist.queries.naming import resolve
from realist.queries.paper_story import uids_numbered
from realist.queries.together import decision_rows
from realist.store.engine import Store
from realist.text import plain

_SHOWN = 20


@click.group("export")
def export_() -> None:
    """Write papers, grid, boxes, decisions, records or the review to a file."""


export_.add_command(export_review)
export_.add_command(export_grid)
export_.add_command(export_figure)
export_.add_command(export_boxes)
export_.add_command(export_all)
export_.add_command(export_map)


@export_.command("papers")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.argument("filters", nargs=-1, metavar="[WORDS]...")
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help="Default: what the suffix of FILE means."
)
@click.option("--set", "set_", default="", help="Only the papers of an included set, in its order.")
@click.option("--sort", type=click.Choice(SORTS), help="Default: by number; with --set as the set has them.")
@click.option("--desc", "descending", is_flag=True, help="The other way round.")
@as_json
def export_papers(
    file: Path,
    filters: tuple[str, ...],
    name: str | None,
    set_: str,
    sort: str | None,
    descending: bool,
    json_: bool,
) -> None:
    """Write papers as references, for other programs: RIS, BibTeX, CSL-JSON, EndNote XML, CSV, XLSX.

    The suffix of FILE says which: .ris, .bib, .json, .xml, .csv, .xlsx. WORDS choose papers as those of
    `realist paper list` do. What the format cannot carry is named. A file that is there is replaced; - is
    standard output.

    \b
    Examples:
      realist export papers included.ris state:included
      realist export papers review.bib
      realist export papers included.json --set "theory testing" --sort author
      realist export papers - --format csl-json -- tag:theory
    """
    to_screen = str(file) == "-"
    name = name or format_of(str(file))
    if not name:
        suffixes = ", ".join(found.suffix for found in FORMATS.values())
        raise WrongUse(f"{file} does not say which format: end it in one of {suffixes}, or use --format.")
    if to_screen and json_:
        raise WrongUse("--json has no place to print to when the papers go to standard output.")
    if to_screen and not FORMATS[name].encoding:
        raise WrongUse(f"{FORMATS[name].title} is no text: name a file.")
    filter_ = filter_of(filters)
    with review() as store:
        papers = _chosen(store, filter_, set_, sort, descending)
        if to_screen:
            sys.stdout.flush()
            written = write_references(store, papers, name, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            written = export_references(store, papers, name, file)
    if json_:
        losses = [loss._asdict() for loss in written.losses]
        show.say_json({"file": str(file), "format": name, "papers": written.papers, "losses": losses})
    else:
        _say(written, str(file), to_screen)


def _chosen(store: Store, filter_: Filter, set_: str, sort: str | None, descending: bool) -> list[str] | None:
    """Return the uids of the papers that a filter lets through, of a set where one is named, in order.

    None where that is all of them, by number.
    """
    if filter_.empty and not (set_ or sort or descending):
        return None
    me = viewer()
    with store.read() as connection:
        by = sort or "number"
        numbers = listing.listing(connection, filter_, sort=by, descending=descending, viewer=me)
        found = uids_numbered(connection, numbers)
        if not set_:
            return found
        of_set = members(connection, set_)
    if sort:
        held = set(of_set)
        return [paper for paper in found if paper in held]
    through = set(found)
    fitting = [paper for paper in of_set if paper in through]
    return fitting[::-1] if descending else fitting


def _say(written: Written, file: str, to_screen: bool) -> None:
    """Say what was written and what could not be; on standard error where the papers went to the other."""
    lines = [] if to_screen else [f"{show.counted(written.papers, 'paper')} written to {file}."]
    lines += [f"  · {loss}" for loss in written.losses[:_SHOWN]]
    if len(written.losses) > _SHOWN:
        more = "" if to_screen else ": --json lists them all"
        lines.append(f"  … and {len(written.losses) - _SHOWN:,} more{more}.")
    for line in lines:
        click.echo(plain(line), err=to_screen)


@export_.command("decisions")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--round", "round_name", default="", help="Only those of one round.")
@as_json
def export_decisions(file: Path, round_name: str, json_: bool) -> None:
    """Write every decision that you may see as CSV: one line each, superseded ones too."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "round", round_name) if round_name else ""
        rows = list(decision_rows(connection, viewer=viewer(), round_=uid))
    write_whole(file, decisions_csv(rows))
    if json_:
        show.say_json({"file": str(file), "decisions": len(rows)})
    else:
        show.say(f"{show.were(len(rows), 'decision')} written to {file}.")


@export_.command("records")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def export_records(file: Path, json_: bool) -> None:
    """Write every record as JSON Lines: as it was read (raw) and as it was understood."""
    from realist.exports.records import write_records

    with review() as store:
        try:
            n = write_records(store, file)
        except OSError as error:
            raise RealistError(f"{file} cannot be written: {error.strerror}.") from error
    if json_:
        show.say_json({"file": str(file), "records": n})
    else:
        show.say(f"{show.were(n, 'record')} written to {file}.")
