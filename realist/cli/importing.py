"""Verbs that read exports and write records: import, export."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.errors import Ambiguous, NotAReview, NotFound, RealistError, Refused, WrongUse
from realist.services.importing import FileReport, Origin, import_file, import_problems
from realist.services.sweeping import index_imports
from realist.text import line, shorten

_SHOWN = 20


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--search", default="", help="The search the files came from, by name or number.")
@click.option("--source", default="", help="The database they came from; with --stage, instead of --search.")
@click.option("--stage", default="", help="The stage of --source; both are added where they are new.")
@click.option("--encoding", default=None, help="Read the files in this encoding, whatever they seem to be.")
@click.option("--again", is_flag=True, help="Read a file again that was imported before.")
@as_json
def import_(
    files: tuple[str, ...],
    search: str,
    source: str,
    stage: str,
    encoding: str | None,
    again: bool,
    json_: bool,
) -> None:
    """Read database exports. Every record is kept to the letter; what is refused names its line.

    Exit status 0, also with warnings; 1 when a record was refused.

    \b
    Examples:
      realist import embase.ris --search "Embase 1a"
      realist import *.ris --source Scopus --stage 2
    """
    if search and (source or stage):
        raise WrongUse("Name either --search or --source with --stage.")
    if bool(source) != bool(stage):
        raise WrongUse("--source and --stage go together.")
    origin = Origin(search, stage, source)
    reports = []
    with desk() as at:
        for path in files:
            progress = _Progress(path, json_)
            try:
                reports.append(
                    import_file(at, path, origin, encoding=encoding, again=again, progress=progress)
                )
            except (Ambiguous, NotAReview, NotFound, Refused, WrongUse):  # not for want of this one file
                raise
            except RealistError as error:
                reports.append(import_problems(path, error))
            finally:
                progress.clear()
        index_imports(at.store)
    if json_:
        show.say_json(_as_json(reports))
    else:
        for report in reports:
            _say(report)
        read = sum(report.records for report in reports)
        made = sum(report.papers for report in reports)
        show.say(f"{show.counted(read, 'record')} read, {show.counted(made, 'paper')} made.")
    if any(report.refused for report in reports):
        raise click.exceptions.Exit(1)


class _Progress:
    """A line on a terminal that says how far the reading has come; nothing where nobody looks."""

    def __init__(self, path: str, json_: bool) -> None:
        self.name = shorten(Path(path).name, 40)
        self.looked_at = not json_ and sys.stderr.isatty()
        self.began = time.monotonic()
        self.shown = 0

    def __call__(self, n: int) -> None:
        """Show that *n* records were read."""
        if self.looked_at:
            rate = n / max(time.monotonic() - self.began, 0.001)
            told = f"{self.name}: {n:,} records, {rate:,.0f} a second"
            click.echo(f"\r{told:<{self.shown}}", nl=False, err=True)
            self.shown = len(told)

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo(f"\r{'':<{self.shown}}\r", nl=False, err=True)


def _as_json(reports: list[FileReport]) -> dict[str, Any]:
    return {
        "files": [
            {
                "file": report.file,
                "format": report.format,
                "encoding": report.encoding,
                "product": report.product,
                "records": report.records,
                "known": report.known or None,
                "problems": [
                    {
                        "line": problem.line,
                        "record": problem.record,
                        "severity": str(problem.severity),
                        "message": problem.message,
                    }
                    for problem in report.problems
                ],
            }
            for report in reports
        ],
        "records": sum(report.records for report in reports),
        "papers": sum(report.papers for report in reports),
    }


def _say(report: FileReport) -> None:
    if report.known:
        show.say(f"{report.file} {report.known} (--again reads it once more).")
        return
    what = ", ".join(filter(None, (report.format, report.product, report.encoding)))
    warnings = len(report.problems) - report.refused
    show.say(
        f"{report.file}: {show.counted(report.records, 'record')}"
        + (f" ({what})" if what else "")
        + (f", {show.counted(warnings, 'warning')}" if warnings else "")
        + (f", {report.refused:,} refused" if report.refused else "")
    )
    for problem in report.problems[:_SHOWN]:
        sign = "!" if problem.severity == "error" else "·"
        place = f"line {problem.line}" + (f", record {problem.record}" if problem.record else "")
        show.say(f"  {sign} {place + ': ' if problem.line else ''}{line(problem.message)}")
    if len(report.problems) > _SHOWN:
        show.say(f"  … and {len(report.problems) - _SHOWN:,} more: --json lists them all.")


@click.group("export")
def export_() -> None:
    """Write records to a file."""


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
