"""Reading exports into a review: all files of one call, or none of them.

Every file is read first (see :mod:`realist.services.intake`) and finished after the last one was read, so
that stopping half-way leaves no trace of any.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select, true

from realist.errors import RealistError, Refused, WrongUse
from realist.formats.door import Export, open_export, open_exports
from realist.formats.records import Problem
from realist.queries.imports import resolve_import
from realist.queries.naming import resolve
from realist.services.intake import FileReport, Intake, Origin
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.store.tables import Import
from realist.vocabulary import Severity

__all__ = ["FileReport", "Origin", "Progress", "Step", "import_file", "import_files", "look_at"]

File = str | os.PathLike[str]
_HEARD = 500


class Step(NamedTuple):
    """How far a reading has come: which file, the how manieth of how many, its records, and the whole.

    ``share`` goes from 0 to 1 over all files, by their sizes.
    """

    file: str
    number: int
    of: int
    records: int
    share: float


Progress = Callable[[Step], None]


def import_files(
    desk: Desk,
    files: Iterable[File],
    origin: Origin,
    *,
    encoding: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Read export files, also packed ones, into the review; return a report of each in their order.

    A file whose content was imported before adds nothing unless *again*. One that cannot be opened or read
    is an error in its report and costs the others nothing. Raises RealistError for an origin that does not
    exist, an unknown encoding, and a file that somebody else is importing; what *progress* raises stops
    the reading. Nothing is left behind then.
    """
    _look_up(desk.store, origin)
    with ExitStack() as opened, _few_collections():
        exports: list[Export | FileReport] = []
        for file in files:
            exports += _opened(opened, file, encoding)
        return _take_in(desk, exports, origin, again, progress)


def import_file(
    desk: Desk,
    path: File,
    origin: Origin,
    *,
    encoding: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> FileReport:
    """Read one export file that is not packed into the review; return its report.

    Raises also RealistError for a file that cannot be opened.
    """
    _look_up(desk.store, origin)
    with _few_collections():
        [report] = _take_in(desk, [open_export(path, encoding)], origin, again, progress)
    return report


def look_at(
    store: Store,
    files: Iterable[File],
    *,
    encoding: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Read export files as :func:`import_files` would, and write nothing; return what would come of each."""
    with ExitStack() as opened:
        exports = [export for file in files for export in _opened(opened, file, encoding)]
        reports, seen, tell = [], set[str](), _Telling(exports, progress)
        for export in exports:
            tell.begin(export)
            if isinstance(export, FileReport):
                reports.append(export)
                continue
            known = "" if again else _known(export, _imports_of(store, export), seen)
            seen.add(export.source.sha256)
            reports.append(_report(export, known) if known else _looked_at(export, tell))
        return reports


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for unreachable cycles less often: reading makes none, and spent a tenth on it."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], 200_000), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _look_up(store: Store, origin: Origin) -> None:
    with store.read() as connection:
        if origin.search:
            resolve(connection, "search", origin.search)
        if origin.mends:
            resolve_import(connection, origin.mends)


def _opened(opened: ExitStack, file: File, encoding: str | None) -> Sequence[Export | FileReport]:
    """Return the exports in a file, or the report that it cannot be opened."""
    try:
        return opened.enter_context(open_exports(file, encoding))
    except WrongUse:
        raise
    except RealistError as error:
        return [_unread(Path(file).name, error)]


def _unread(name: str, error: RealistError) -> FileReport:
    problem = Problem(0, None, Severity.ERROR, str(error))
    return FileReport(name, "", "", "", 0, 0, (problem,))


class _Telling:
    """Tells how far the reading of several files has come."""

    def __init__(self, exports: Sequence[Export | FileReport], progress: Progress | None) -> None:
        self._progress = progress
        self._sizes = [1 if isinstance(one, FileReport) else one.source.size + 1 for one in exports]
        self._number = 0
        self._export: Export | FileReport | None = None

    def begin(self, export: Export | FileReport) -> None:
        """Go on to the next file."""
        self._number += 1
        self._export = export

    def __call__(self, records: int) -> None:
        """Tell that this many records of the file at hand were read."""
        if self._progress is None or not isinstance(self._export, Export):
            return
        at = self._number - 1
        done = sum(self._sizes[:at]) + self._export.share * self._sizes[at]
        name, of = self._export.source.name, len(self._sizes)
        self._progress(Step(name, self._number, of, records, done / sum(self._sizes)))


def _take_in(
    desk: Desk,
    exports: Sequence[Export | FileReport],
    origin: Origin,
    again: bool,
    progress: Progress | None,
) -> list[FileReport]:
    """Read every export, then finish all of them; or leave no trace of any."""
    taken: list[Intake | FileReport] = []
    seen, tell = set[str](), _Telling(exports, progress)
    try:
        for export in exports:
            tell.begin(export)
            if isinstance(export, FileReport):
                taken.append(export)
                continue
            before = _imports_of(desk.store, export)
            known = "" if again else _known(export, before, seen)
            seen.add(export.source.sha256)
            own = (one.row.uid for one in taken if isinstance(one, Intake))
            taken.append(_report(export, known) if known else _read(desk, export, {*before, *own}, tell))
        return [one if isinstance(one, FileReport) else one.finish(origin) for one in taken]
    except BaseException:
        for one in taken:
            if isinstance(one, Intake):
                one.abandon()
        raise


def _read(desk: Desk, export: Export, known: set[str], tell: _Telling) -> Intake | FileReport:
    """Read one export; a file that becomes unreadable on the way is a report that says so."""
    intake = Intake(desk, export, known)
    try:
        intake.run(tell)
    except BaseException as error:
        intake.abandon()
        if isinstance(error, RealistError) and not isinstance(error, Refused | WrongUse):
            return _unread(export.source.name, error)
        raise
    return intake


def _imports_of(store: Store, export: Export) -> dict[str, datetime]:
    """Return the uid and time of the finished imports of a file with the same content, oldest first."""
    same = select(Import.uid, Import.at).where(
        Import.sha256 == export.source.sha256, Import.finished == true()
    )
    with store.read() as connection:
        return {row.uid: row.at for row in connection.execute(same.order_by(Import.at))}


def _known(export: Export, before: Mapping[str, datetime], seen: set[str]) -> str:
    """Return the sentence that says that the content of a file is there already, or nothing."""
    if export.source.sha256 in seen:
        return "has the same content as a file before it; nothing was added"
    first = next(iter(before.values()), None)
    return f"was imported on {first:%Y-%m-%d}; nothing was added" if first else ""


def _report(export: Export, known: str) -> FileReport:
    source = export.source
    return FileReport(source.name, source.format, source.encoding, "", 0, 0, (), known)


def _looked_at(export: Export, tell: _Telling) -> FileReport:
    """Read an export to its end and keep nothing but what is said of it."""
    records, problems = 0, []
    try:
        for item in export:
            if isinstance(item, Problem):
                problems.append(item)
            else:
                records += 1
                if records % _HEARD == 0:
                    tell(records)
    except RealistError as error:
        return _unread(export.source.name, error)
    source = export.source
    return FileReport(
        source.name, source.format, source.encoding, source.product, records, records, tuple(problems)
    )
