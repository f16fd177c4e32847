"""Reports for the supplement of a paper: tables of papers and searches, checklists, methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.errors import WrongUse
from realist.exports.supplement import checklist, methods, papers, searching
from realist.exports.table import Document
from realist.exports.writing import FORMATS, format_of, save, written
from realist.queries.naming import resolve

Report = Callable[..., Document]
_FILE = click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
_FORMAT = click.option("--format", "format_", type=click.Choice(list(FORMATS)), default=None, help="Of FILE.")
_SET = click.option("--set", "of_set", default="", help="An included set. Default: all of them.")


def _characteristics(connection: Any, of_set: str) -> Document:
    """Print the table of included papers: what each is, its use, how it was found (RAMESES item 13)."""
    return papers.characteristics(connection, of_set=of_set, viewer=viewer())


def _appraisals(connection: Any, of_set: str) -> Document:
    """Print how included papers were appraised, by whom, with the reasons."""
    return papers.appraised(connection, of_set=of_set, viewer=viewer())


def _excluded(connection: Any, of_set: str) -> Document:
    """Print the papers that were excluded at full text, with the reasons."""
    return papers.excluded(connection, viewer=viewer())


def _searches(connection: Any, of_set: str) -> Document:
    """Print every search as it was run: sources, dates, strategies, hits (RAMESES item 8)."""
    return searching.search_appendix(connection)


def _feedback(connection: Any, of_set: str) -> Document:
    """Print what stakeholders said, by mechanism."""
    return methods.feedback(connection, viewer=viewer())


def _methods(connection: Any, of_set: str) -> Document:
    """Print names and numbers for a paragraph on methods, to be edited."""
    return methods.methods(connection, viewer=viewer())


def _rameses(connection: Any, of_set: str) -> Document:
    """Print the RAMESES checklist of a realist synthesis, filled as far as the review can fill it."""
    return checklist.checklist(connection, "rameses", viewer=viewer())


def _entreq(connection: Any, of_set: str) -> Document:
    """Print the ENTREQ checklist, filled as far as the review can fill it."""
    return checklist.checklist(connection, "entreq", viewer=viewer())


REPORTS: dict[str, Report] = {
    "characteristics": _characteristics, "appraisals": _appraisals, "excluded": _excluded,
    "searches": _searches, "feedback": _feedback, "methods": _methods, "rameses": _rameses,
    "entreq": _entreq,
}  # fmt: skip
_ENDINGS = (
    "The ending of FILE says the format: .md, .docx, .html, .tex, .xlsx, .csv or .json. Without FILE it is "
    "Markdown."
)
_OF_A_SET = ("characteristics", "appraisals")


def commands() -> list[click.Command]:
    """Return the verbs of these reports, to stand under `realist report`."""
    return [_command(name, report) for name, report in REPORTS.items()]


def _command(name: str, report: Report) -> click.Command:
    def run(file: Path | None, format_: str | None, json_: bool, of_set: str = "") -> None:
        if format_ and file is None:
            raise WrongUse("--format is of a FILE: name it.")
        with review() as store, store.read() as connection:
            uid = resolve(connection, "set", of_set) if of_set else ""
            document = report(connection, uid)
        if file is not None:
            save(document, file, format_of(str(file), format_ or "").name, review=store.address)
        if json_:
            show.say_json(json.loads(written(document, "json")))
        elif file is not None:
            show.say(f"{document.title}: written to {file}.")
        else:
            show.say(written(document, "markdown").decode().rstrip())

    made = as_json(_FORMAT(_FILE(run)))
    made = _SET(made) if name in _OF_A_SET else made
    return click.command(name, help=f"{report.__doc__}\n\n{_ENDINGS}")(made)
