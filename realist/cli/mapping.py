"""The verb that writes the evidence map: export map."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.tables import FILE
from realist.errors import WrongUse


@click.command("map")
@click.argument("file", type=FILE)
@click.option("--list", "of_list", default="", help="Columns: a named mechanism list. Default: the review's.")
@click.option("--set", "of_set", default="", help="Rows: an included set. Default: the review's.")
@click.option("--title", default="", help="Of the page. Default: the title of the review.")
@as_json
def export_map(file: Path, of_list: str, of_set: str, title: str, json_: bool) -> None:
    """Write the evidence map: one HTML page to look around in, that needs no network.

    It holds the grid with filters and search, and behind each cell the boxes and quotations with page and
    person, as far as you may see them. It opens in any browser, asks no server for anything, and is made to
    be sent to a journal as it is. A file that is there is replaced; - is standard output.

    \b
    Examples:
      realist export map map.html
      realist export map map.html --set testing --title "Evidence map of the testing papers"
    """
    to_screen = str(file) == "-"
    if to_screen and json_:
        raise WrongUse("--json has no place to print to when the file goes to standard output.")
    if not to_screen and file.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(f"{file} is to be a web page: end it in .html.")
    from realist.exports.evidence_map.facts import map_facts
    from realist.exports.evidence_map.page import map_page
    from realist.exports.files import opened

    with review() as store:
        with store.read() as connection:
            facts = map_facts(connection, of_list=of_list, of_set=of_set, title=title, viewer=viewer())
        page = map_page(facts)
        if to_screen:
            sys.stdout.flush()
            sys.stdout.buffer.write(page)
            sys.stdout.buffer.flush()
            return
        with opened(file, store.address) as target:
            target.write(page)
    counts = {name: len(facts[name]) for name in ("papers", "mechanisms", "claims", "boxes")}
    if json_:
        show.say_json({"file": str(file), "bytes": len(page), **counts})
        return
    papers, mechanisms = (
        show.counted(counts["papers"], "paper"),
        show.counted(counts["mechanisms"], "mechanism"),
    )
    behind = f"{show.counted(counts['claims'], 'claim')}, {show.counted(counts['boxes'], 'box')}"
    show.say(f"The evidence map was written to {file}: {papers}, {mechanisms}, {behind}.")
