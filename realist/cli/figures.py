"""The verb that draws: grid, flow, papers by year and country, agreement."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import WrongUse
from realist.exports.figures.drawn import FIGURES, Asked
from realist.exports.figures.rendering import MILLIMETRES, rendered
from realist.exports.files import opened
from realist.exports.grid import MODES
from realist.queries.naming import resolve

_ENDINGS = (".svg", ".pdf", ".png")


@click.command("figure")
@click.argument("what", type=click.Choice(list(FIGURES)))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--set", "of_set", default="", help="An included set. Default: the review's, or all.")
@click.option("--list", "of_list", default="", help="Of the grid: a mechanism list. Default: the review's.")
@click.option(
    "--show", "mode", type=click.Choice(MODES), default="counts", show_default=True, help="Of the grid."
)
@click.option("--width", "columns", type=click.Choice(list(MILLIMETRES)), default="two", show_default=True,
              help="Of PDF and PNG: one column of a journal (89 mm) or two (183 mm).")  # fmt: skip
@as_json
def export_figure(
    what: str, file: Path, of_set: str, of_list: str, mode: str, columns: str, json_: bool
) -> None:
    """Draw a figure: the grid as a heat map, the flow, papers by year or country, agreement.

    The ending of FILE says how: .svg, .pdf or .png (300 dots an inch); PDF and PNG need the extra `figures`.
    Text stays text in SVG and PDF. The same data give the same file.
    """
    ending = file.suffix.lower()
    if ending not in _ENDINGS:
        raise WrongUse(f"{file} does not say how to draw: end it in one of {', '.join(_ENDINGS)}.")
    with review() as store, store.read() as connection:
        of = resolve(connection, "set", of_set) if of_set else ""
        chosen = resolve(connection, "list", of_list) if of_list else ""
        drawn = FIGURES[what](connection, Asked(of, chosen, mode, viewer()))
        content = rendered(drawn, ending[1:], columns=columns)
        with opened(file, store.address) as target:
            target.write(content)
    if json_:
        show.say_json({"file": str(file), "figure": what, "bytes": len(content)})
    else:
        show.say(f"The figure was written to {file}.")
