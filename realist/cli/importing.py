"""The verb that reads exports: import."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.cli.progress import Progress
from realist.errors import WrongUse
from realist.services.importing import FileReport, Origin, Step, import_files, look_at
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
@click.option("--mends", default="", metavar="FILE", help="The imported file whose refused text these bring.")
@click.option("--look", is_flag=True, help="Only look: say what would come of it, and write nothing.")
@as_json
def import_(
    files: tuple[str, ...],
    search: str,
    source: str,
    stage: str,
    encoding: str | None,
    again: bool,
    mends: str,
    look: bool,
    json_: bool,
) -> None:
    """Read database exports: whatever the format, also packed in a zip file.

    Every record is kept to the letter; what is refused names its line. All files are read before one of
    them shows, so that stopping leaves no trace. Exit status 0, also with warnings; 1 when a record was
    refused.

    \b
    Examples:
      realist import embase.ris --search "Embase 1a"
      realist import *.ris *.nbib --source Scopus --stage 2
      realist import downloads.zip --look
    """
    if search and (source or stage):
        raise WrongUse("Name either --search or --source with --stage.")
    if bool(source) != bool(stage):
        raise WrongUse("--source and --stage go together.")
    options: dict[str, Any] = {"encoding": encoding, "again": again}
    if look:
        with review() as store, Progress(json_) as progress:
            reports = look_at(store, files, progress=_told(progress), **options)
    else:
        with desk() as at:
            with Progress(json_) as progress:
                reports = import_files(
                    at, files, Origin(search, stage, source, mends), progress=_told(progress), **options
                )
            index_imports(at.store)
    if json_:
        show.say_json(_as_json(reports))
    else:
        _say_all(reports, look)
    if any(report.refused for report in reports):
        raise click.exceptions.Exit(1)


def _told(progress: Progress) -> Callable[[Step], None]:
    """Return what shows a step of reading."""

    def tell(step: Step) -> None:
        name = f"{shorten(step.file, 40)}" + (f" ({step.number} of {step.of})" if step.of > 1 else "")
        progress.show(f"{name}: {step.records:,} records", step.share)

    return tell


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


def _say_all(reports: list[FileReport], look: bool) -> None:
    for report in reports:
        _say(report)
    read = sum(report.records for report in reports)
    made = sum(report.papers for report in reports)
    done = "nothing was written" if look else f"{show.counted(made, 'paper')} made"
    show.say(f"{show.counted(read, 'record')} read, {done}.")


def _say(report: FileReport) -> None:
    if report.known:
        show.say(f"{report.file} {report.known} (--again reads it once more).")
        return
    what = ", ".join(filter(None, (report.format, report.product, report.encoding)))
    show.say(
        f"{report.file}: {show.counted(report.records, 'record')}"
        + (f" ({what})" if what else "")
        + (f", {show.counted(report.warnings, 'warning')}" if report.warnings else "")
        + (f", {report.refused:,} refused" if report.refused else "")
    )
    for problem in report.problems[:_SHOWN]:
        sign = "!" if problem.severity == "error" else "·"
        place = f"line {problem.line}" + (f", record {problem.record}" if problem.record else "")
        show.say(f"  {sign} {place + ': ' if problem.line else ''}{line(problem.message)}")
    if len(report.problems) > _SHOWN:
        show.say(f"  … and {len(report.problems) - _SHOWN:,} more: --json lists them all.")
