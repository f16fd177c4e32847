"""Reading exports into a review: batch by batch, seen by others only when the whole file is in.

Records and papers go in by batches of at most a thousand, under an import that is not finished and that
nothing points to; then one short transaction finishes it with its act. So others go on working meanwhile,
and a killed import leaves only rows that the next opening sweeps away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select, true, update

from realist.errors import RealistError, Refused
from realist.formats.door import Export, open_export
from realist.formats.records import Fields, Problem, RawRecord, Source
from realist.queries.naming import resolve
from realist.services.plan import find_or_add_search
from realist.services.sweeping import BATCH, sweep, worker_name
from realist.services.unit import Desk, columns, person_uid
from realist.store.bulk import insert_many
from realist.store.engine import Store
from realist.store.identity import record_uid
from realist.store.tables import (
    Import,
    ImportProblem,
    Paper,
    Record,
    RecordRaw,
    RecordText,
    SearchDue,
    table_of,
)
from realist.store.tables.base import stamp
from realist.vocabulary import Severity

Progress = Callable[[int], None]
_SIGNED = ("uid", "person", "at")
_PAPER = (
    *_SIGNED, "number", "import", "label", "title", "authors", "year", "journal", "volume", "issue", "pages",
    "doi", "pmid", "type", "supplied_by",
)  # fmt: skip
_RECORD = (
    *_SIGNED, "import", "paper", "position", "line", "source_key", "type", "title", "authors", "year",
    "journal", "volume", "number", "pages", "doi", "pmid",
)  # fmt: skip
_TEXT = (*_SIGNED, "url", "abstract", "keywords", "language", "notes")
_JSON = json.JSONEncoder(check_circular=False).encode  # a fifth quicker than json.dumps
_RAW = (*_SIGNED, "raw")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one file. ``papers`` counts papers made; ``known`` says it was imported before."""

    file: str
    format: str
    encoding: str
    product: str
    records: int
    papers: int
    problems: tuple[Problem, ...]
    known: str = ""

    @property
    def refused(self) -> int:
        """How many records or stretches of the file could not be taken in."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where files come from: a search by name, or a source within a stage; or not said."""

    search: str = ""
    stage: str = ""
    source: str = ""


def import_file(
    desk: Desk,
    path: str | Path,
    origin: Origin,
    *,
    encoding: str | None = None,
    again: bool = False,
    progress: Progress | None = None,
) -> FileReport:
    """Read one export file into the review; return the report of it.

    A file whose content was imported before adds nothing unless *again*. Raises RealistError for a file
    that cannot be opened or an origin that does not exist; nothing is left behind then.
    """
    export = open_export(path, encoding)
    _look_up(desk.store, origin)
    before = _times_imported(desk.store, export.source.sha256)
    if before and not again:
        known = f"was imported on {before[0]:%Y-%m-%d}; nothing was added"
        return FileReport(
            export.source.name, export.source.format, export.source.encoding, "", 0, 0, (), known
        )
    reading = _Reading(desk, export, len(before))
    try:
        reading.run(progress)
        return reading.finish(origin)
    except BaseException:
        reading.abandon()
        raise


def _look_up(store: Store, origin: Origin) -> None:
    if origin.search:
        with store.read() as connection:
            resolve(connection, "search", origin.search)


def _times_imported(store: Store, sha256: str) -> Sequence[Any]:
    with store.read() as connection:
        same = select(Import.at).where(Import.sha256 == sha256, Import.finished == true())
        return connection.execute(same.order_by(Import.at)).scalars().all()


def _readings_before(connection: Connection, source: Source, known: int) -> int:
    """Return the first reading of a file whose records' uids nobody has.

    Refuses a file that is being read now, or was read to the end since *known* imports of it were counted.
    """
    same = select(Import.uid, Import.finished).where(Import.sha256 == source.sha256)
    imports = connection.execute(same).all()
    if len(imports) > known:
        raise Refused(f"{source.name} is being imported already: wait until that is done and try again.")
    taken = set()
    for row in imports:
        one = select(Record.uid, Record.position).where(Record.import_ == row.uid).limit(1)
        taken |= {(record.uid, record.position) for record in connection.execute(one)}
    times = 0
    while any(uid == record_uid(source.sha256, position, times) for uid, position in taken):
        times += 1
    return times


class _Reading:
    """One file on its way into the review."""

    def __init__(self, desk: Desk, export: Export, known: int) -> None:
        self.desk, self.export, self.store = desk, export, desk.store
        self.problems: list[Problem] = []
        self.records = 0
        with self.store.write() as connection:
            self.times_before = _readings_before(connection, export.source, known)
            self.at = self.store.clock()
            self.person = person_uid(self.store, connection, desk.initials, self.at, desk.notes)
            source = export.source
            self.row = Import(
                uid=self.store.uids(), person=self.person, at=self.at, file=source.name,
                sha256=source.sha256, size=source.size, format=source.format, encoding=source.encoding,
                worker=worker_name(), beat=self.at,
            )  # fmt: skip
            connection.execute(insert(table_of(Import)), columns(self.row))

    def run(self, progress: Progress | None) -> None:
        items = iter(self.export)
        while batch := list(islice(items, BATCH)):
            read = []
            for item in batch:
                if isinstance(item, Problem):
                    self.problems.append(item)
                else:
                    read.append(item)
            if read:
                self._write(read)
                self.records += len(read)
            if progress:
                progress(self.records)

    def _write(self, read: list[tuple[RawRecord, Fields]]) -> None:
        papers, records, texts, raws = [], [], [], []
        own, by, at = self.row.uid, self.person, stamp(self.at)
        for raw, f in read:
            uid = record_uid(self.row.sha256, raw.position, self.times_before)
            paper = self.store.uids()
            authors = "\n".join(f.authors)
            papers.append(
                (paper, by, at, 0, own, label_of(f.authors, f.year), f.title, authors, f.year, f.journal,
                 f.volume, f.number, f.pages, f.doi, f.pmid, f.type, "")
            )  # fmt: skip
            records.append(
                (uid, by, at, own, paper, raw.position, raw.line, f.source_key, f.type, f.title, authors,
                 f.year, f.journal, f.volume, f.number, f.pages, f.doi, f.pmid)
            )  # fmt: skip
            texts.append((uid, by, at, f.url, f.abstract, "\n".join(f.keywords), f.language, f.notes))
            raws.append((uid, by, at, _JSON(raw.raw)))
        with self.store.write() as connection:
            self._still_mine(connection)
            last = int(connection.execute(select(func.max(Paper.number))).scalar() or 0)
            papers = [(*row[:3], number, *row[4:]) for number, row in enumerate(papers, last + 1)]
            insert_many(connection, table_of(Paper), _PAPER, papers)
            insert_many(connection, table_of(Record), _RECORD, records)
            insert_many(connection, table_of(RecordText), _TEXT, texts)
            insert_many(connection, table_of(RecordRaw), _RAW, raws)

    def _still_mine(self, connection: Connection) -> None:
        mine = update(Import).where(
            Import.uid == self.row.uid, Import.worker == self.row.worker, Import.finished != true()
        )
        mine = mine.values(beat=self.store.clock())
        if connection.execute(mine).rowcount != 1:
            raise Refused(f"The import of {self.row.file} was swept away meanwhile: import it again.")

    def finish(self, origin: Origin) -> FileReport:
        source = self.export.source
        report = FileReport(
            source.name, source.format, source.encoding, source.product, self.records, self.records,
            tuple(self.problems),
        )  # fmt: skip
        if not self.records and not any(problem.text for problem in self.problems):
            self.abandon()
            return report
        counted = f"{source.name}: {self.records} record{'' if self.records == 1 else 's'}"
        with self.desk.unit("import", counted) as work:
            self._still_mine(work.connection)
            if origin.search:
                found: str | None = resolve(work.connection, "search", origin.search)
            elif origin.source or origin.stage:
                found = find_or_add_search(work, stage=origin.stage, source=origin.source or "not stated")
            else:
                found = None
                work.note(
                    f"{source.name} is of no search, so the flow does not count it (--search, --source)."
                )
            done = {
                "search": found, "product": source.product, "records": self.records,
                "refused": report.refused, "finished": True, "worker": "", "beat": None,
            }  # fmt: skip
            table = table_of(Import)
            work.connection.execute(update(table).where(table.c.uid == self.row.uid).values(done))
            work.log("import", self.row.uid, None, work.row(Import, self.row.uid))
            self._keep_problems(work.connection)
            work.connection.execute(insert(SearchDue), {"subject": self.row.uid, "after": ""})
        return report

    def _keep_problems(self, connection: Connection) -> None:
        rows = [
            {
                "uid": self.store.uids(), "person": self.person, "at": self.at, "import": self.row.uid,
                "line": problem.line, "record": problem.record, "severity": problem.severity,
                "message": problem.message, "text": json.dumps(problem.text) if problem.text else "",
            }
            for problem in self.problems
        ]  # fmt: skip
        if rows:
            connection.execute(insert(table_of(ImportProblem)), rows)

    def abandon(self) -> None:
        """Take out what this reading put in, as long as it is not finished."""
        sweep(self.store, self.row.uid)


def label_of(authors: Sequence[str], year: int | None) -> str:
    """Return the label by which a paper is cited, such as "Williams (2012)"; "" where nobody is named."""
    if not authors:
        return ""
    name, comma, _ = authors[0].partition(",")
    words = name.split()
    if not comma and len(words) > 1:
        initials = words[-1].isupper() and len(words[-1].replace(".", "")) <= 4
        words = words[:-1] if initials else words[-1:]
    surname = " ".join(words)[:60]
    return f"{surname} ({year})" if year else surname


def import_problems(path: str, error: RealistError) -> FileReport:
    """Return the report of a file that could not be opened at all."""
    problem = Problem(0, None, Severity.ERROR, str(error))
    return FileReport(Path(path).name, "", "", "", 0, 0, (problem,))
