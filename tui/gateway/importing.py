"""Reading exports of databases into the review."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from realist.errors import Refused, WrongUse
from realist.queries import review
from realist.queries.naming import resolve
from realist.services.importing import FileReport, Origin, import_file
from realist.services.sweeping import index_imports
from realist.text import line, shorten

if TYPE_CHECKING:
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Report = FileReport
_SHOWN = 200


def names(gate: Gateway) -> tuple[list[str], list[str]]:
    """Return the names of the searches and of the stages of the plan."""
    searches = gate.read(review.searches)
    stages = gate.read(review.stages)
    return [row["name"] for row in searches], [row["name"] for row in stages]


def check(gate: Gateway, values: Mapping[str, str]) -> None:
    """Refuse, before anything is read, a file, an origin or an encoding that there is not."""
    path = file_of(values)
    search, source, stage, encoding = (
        line(values[name]) for name in ("search", "source", "stage", "encoding")
    )
    if not path.is_file():
        raise Refused(f"There is no file {path}: say where the export is, such as ~/Downloads/embase.ris.")
    if search and (source or stage):
        raise WrongUse("Name either the search, or the source with its stage.")
    if bool(source) != bool(stage):
        raise WrongUse("The source and the stage go together: fill in both, or neither.")
    if search:
        gate.read(lambda connection: resolve(connection, "search", search))
    if encoding:
        try:
            codecs.lookup(encoding)
        except (LookupError, ValueError):
            raise Refused(
                f"There is no encoding {encoding!r}: try utf-8 or cp1252, or leave it empty."
            ) from None


def file_of(values: Mapping[str, str]) -> Path:
    """Return the file that is meant: ``~`` is the person's folder; quotes of a dragged file come off."""
    name = values["file"].strip().strip("'\"")
    if not name:
        raise Refused("The file needs a name: say where the export is.")
    return Path(name).expanduser()


def read_file(desk: Desk, values: Mapping[str, str], progress: Callable[[str], None]) -> FileReport:
    """Read one file, telling *progress* how far it came; what that raises leaves nothing behind."""
    began = time.monotonic()

    def told(n: int) -> None:
        rate = n / max(time.monotonic() - began, 0.001)
        progress(f"{n:,} records read, {rate:,.0f} a second")

    progress("looking at the file")
    origin = Origin(line(values["search"]), line(values["stage"]), line(values["source"]))
    encoding, again = line(values["encoding"]) or None, values["again"] == "yes"
    return import_file(desk, file_of(values), origin, encoding=encoding, again=again, progress=told)


def index(gate: Gateway) -> None:
    """Make what imports brought searchable."""
    index_imports(gate.store)


def told(report: FileReport) -> str:
    """Return what came of a file: counts first, then every problem with its line."""
    if report.known:
        return f"{report.file} {report.known}. “Read it again: yes” reads it once more."
    what = ", ".join(filter(None, (report.format, report.product, report.encoding)))
    warnings = len(report.problems) - report.refused
    head = [
        f"{report.file}{f' ({what})' if what else ''}",
        f"{_n(report.records, 'record')} read, {_n(report.papers, 'paper')} made"
        + (f", {_n(warnings, 'warning')}" if warnings else "")
        + (f", {report.refused:,} refused" if report.refused else "")
        + ".",
    ]
    ordered = sorted(report.problems, key=lambda problem: problem.severity != "error")
    for problem in ordered[:_SHOWN]:
        sign = "✗ refused" if problem.severity == "error" else "· warning"
        place = f"line {problem.line}" + (f", record {problem.record}" if problem.record else "")
        head.append(f"{sign}{', ' + place if problem.line else ''}: {shorten(problem.message[:1000], 200)}")
    if len(ordered) > _SHOWN:
        head.append(f"… and {len(ordered) - _SHOWN:,} more; `realist import --json` lists them all.")
    return "\n".join(head)


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
