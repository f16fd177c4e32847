"""Reports: pages that tell how the review came to what it says."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import RealistError
from realist.text import plain


@click.group("report")
def report_() -> None:
    """Reports on one page: how the theory came about."""


@report_.command("theory")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@as_json
def theory(file: Path | None, json_: bool) -> None:
    """Tell how each final statement came about, down to page and person, and the lives of mechanisms.

    Which mechanism of one list became which of another is told only where somebody stated it. The page says
    which share of its statements has no excerpt. With FILE, it is written there as text.
    """
    from realist.exports.theory_report import theory_report
    from realist.queries.theory_story import story

    with review() as store, store.read() as connection:
        found = story(connection, viewer=viewer())
    if file:
        try:
            file.write_text(plain(theory_report(found, show.PIPE_WIDTH)), encoding="utf-8", newline="")
        except OSError as error:
            raise RealistError(f"{file} cannot be written: {error.strerror}.") from error
    if json_:
        show.say_json(found)
    elif file:
        show.say(f"The report was written to {file}.")
    else:
        show.say(theory_report(found, show.width()).rstrip())
