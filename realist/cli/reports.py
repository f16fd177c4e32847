"""Verbs for reports: how the theory came about, what was inferred, how the review departed from its plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import RealistError
from realist.exports import reports
from realist.queries.changing import changed
from realist.queries.retroduction import retroduction
from realist.text import plain

_FILE = click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))


@click.group("report")
def report_() -> None:
    """What was inferred and why; how the review departed from its plan."""


@report_.command("retroduction")
@_FILE
@as_json
def report_retroduction(file: Path | None, json_: bool) -> None:
    """List every part of a box that was inferred: how, from what, in which box, of which paper, by whom.

    With the share of parts that were inferred, and those without a memo by name. Memos are what a part rests
    on as an inference (`realist cmo part … --memo`) and memos written on it.
    """
    with review() as store, store.read() as connection:
        found = retroduction(connection, viewer=viewer())
    _out(file, json_, reports.retroduction_json(found), lambda width: reports.retroduction_text(found, width))


@report_.command("changes")
@_FILE
@as_json
def report_changes(file: Path | None, json_: bool) -> None:
    """Tell how the review departed from its plan: planned, done instead, why, when, who (RAMESES item 5).

    Apart from what people recorded (`realist review changed`) stands what the log shows: earlier wordings of
    the question, criteria changed and rounds added after deciding had begun, papers brought back.
    """
    with review() as store, store.read() as connection:
        found = changed(connection, viewer=viewer())
    _out(file, json_, reports.changes_json(found), lambda width: reports.changes_text(found, width))


@report_.command("theory")
@_FILE
@as_json
def report_theory(file: Path | None, json_: bool) -> None:
    """Tell how each final statement came about, down to page and person, and the lives of mechanisms.

    Which mechanism of one list became which of another is told only where somebody stated it. The page says
    which share of its statements has no excerpt. With FILE, it is written there as text.
    """
    from realist.exports.theory_report import theory_report
    from realist.queries.theory_story import story

    with review() as store, store.read() as connection:
        found = story(connection, viewer=viewer())
    _out(file, json_, found, lambda width: plain(theory_report(found, width)))


def _out(file: Path | None, json_: bool, value: Any, text: Callable[[int], str]) -> None:
    """Print a report, as JSON or as text; write it to a file where one is named."""
    if file is not None:
        try:
            file.write_text(text(reports.PAGE), encoding="utf-8")
        except OSError as error:
            raise RealistError(f"{file} cannot be written: {error.strerror}.") from error
    if json_:
        show.say_json(value)
    elif file is not None:
        show.say(f"The report was written to {file}.")
    else:
        show.say(text(show.width()).rstrip())
