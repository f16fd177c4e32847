"""The verb for cross-case tables."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.tables import FILE, format_option, target_format, write_document
from realist.domain.crossing import KINDS, cross, read_by, usual
from realist.errors import WrongUse
from realist.exports.crossing import MODES, cross_document, cross_json, cross_text
from realist.queries.codings import GREW
from realist.queries.crossing import Crossing
from realist.queries.grouping import wholes_of
from realist.queries.naming import resolve
from realist.queries.review import review as told
from realist.text import line

_OF = {"codings": ("coding",), "elements": ("element",), "evidence": ("evidence",), "all": KINDS}


@click.command("cross")
@click.argument("rows")
@click.argument("columns")
@click.option("--of", "of", type=click.Choice(list(_OF)), default=None, help="What is counted.")
@click.option("--show", "mode", type=click.Choice(MODES), default="counts", show_default=True)
@click.option("--paper", "papers", multiple=True, help="Only of this paper; may be given again.")
@click.option("--framework", default="", help=f"Only codes of this framework; {GREW}: only those that grew.")
@click.option("-o", "--output", "file", type=FILE, help="Write it to a file; its ending says the format.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="As -o, as CSV.")
@format_option
@as_json
def cross_(
    rows: str,
    columns: str,
    of: str | None,
    mode: str,
    papers: tuple[str, ...],
    framework: str,
    file: Path | None,
    csv_file: Path | None,
    name: str | None,
    json_: bool,
) -> None:
    """Show a cross-case table: what was coded, configured and claimed, by two things known of it.

    ROWS and COLUMNS are any of site, paper, study, code, dimension (the first code above a code), mechanism,
    context, outcome, kind, valence, stance, country, year, field:KEY (of an extraction form) and
    appraisal:NAME. Without --of, codes are counted by codings, kinds by parts of boxes, stances by evidence,
    all else by all of these. A site is a case within a paper. What is not stated has a row of its own.

    \b
    Examples:
      realist cross site dimension --framework "Levels of integration" --show valence
      realist cross mechanism country --of elements --show papers
      realist cross code paper --show quotes
      realist cross mechanism country -o countries.docx
    """
    by = read_by(rows), read_by(columns)
    kinds = _OF[of] if of else usual(*by)
    if file and csv_file:
        raise WrongUse("Name one file: with -o, or with --csv.")
    if csv_file:
        file, name = csv_file, "csv"
    target = target_format(file, name, json_)
    with review() as store, store.read() as connection:
        named = [resolve(connection, "paper", paper) for paper in papers]
        wholes = wholes_of(connection, named)
        book = None
        if framework:
            grew = line(framework).lower() == GREW
            book = "" if grew else resolve(connection, "framework", framework)
        found = Crossing(
            connection,
            by,
            papers=list(dict.fromkeys(wholes[uid] for uid in named)) if papers else None,
            framework=book,
            viewer=viewer(),
        )
        table = cross(found.statements(kinds), found.axis(by[0]), found.axis(by[1]))
        if file and target:
            title = str(told(connection)["title"])
            document = cross_document(table, kinds, mode, found.labels, [title] if title else [])
            room = write_document(document, file, target.name, store.address)
    if json_:
        show.say_json(cross_json(table, kinds, found.labels))
    elif not file:
        show.say(cross_text(table, mode, found.labels, show.width()).rstrip())
    elif room:
        show.say(f"The table was written to {file}: {show.were(table.all.n, 'statement')} counted.")
