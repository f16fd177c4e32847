"""One export on its way into the review, batch by batch, seen by others only when it is finished.

Records and papers go in by batches of at most a thousand, under an import that is not finished and that
nothing points to; then one short transaction finishes it with its act. So others go on working meanwhile,
and a killed import leaves only rows that the next opening sweeps away.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, insert, select, true, update

from realist.errors import Refused
from realist.formats.door import Export
from realist.formats.records import Fields, Problem, RawRecord, Source
from realist.queries.imports import resolve_import
from realist.queries.naming import resolve
from realist.services.plan import find_or_add_search
from realist.services.sweeping import BATCH, sweep, worker_name
from realist.services.unit import Desk, Unit, begun, columns
from realist.store.bulk import insert_many
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

_SIGNED = ("uid", "person", "at")
_PAPER = (
    *_SIGNED, "number", "import", "label", "title", "authors", "year", "journal", "volume", "issue", "pages",
    "doi", "pmid", "type", "supplied_by",
)  # fmt: skip
_RECORD = (
    *_SIGNED, "import", "paper", "position", "line", "source_key", "type", "title", "authors", "year",
    "journal", "volume", "number", "pages", "doi", "pmid",
)  # fmt: skip
_TEXT = (*_SIGNED, "url", "abstract", "keywords", "language", "notes", "editors", "database", "publisher")
_JSON = json.JSONEncoder(check_circular=False).encode  # a fifth quicker than json.dumps
_RAW = (*_SIGNED, "raw")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where files come from: a search by name, or a source within a stage; or not said.

    ``mends`` names the import whose refused text they bring, mended; its search is theirs, if none is said.
    """

    search: str = ""
    stage: str = ""
    source: str = ""
    mends: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What came of one file. ``papers`` counts papers made; ``known`` says it was imported before.

    ``uid`` is that of its import, ``""`` where nothing was kept.
    """

    file: str
    format: str
    encoding: str
    product: str
    records: int
    papers: int
    problems: tuple[Problem, ...]
    known: str = ""
    uid: str = ""

    @property
    def refused(self) -> int:
        """How many records or stretches of the file could not be taken in."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many records were read with a doubt."""
        return len(self.problems) - self.refused


def _readings_before(connection: Connection, source: Source, known: Collection[str]) -> int:
    """Return the first reading of a file whose records' uids nobody has.

    Refuses a file of which there are other imports than those *known*: somebody reads it now.
    """
    same = select(Import.uid).where(Import.sha256 == source.sha256)
    imports = connection.execute(same).scalars().all()
    if set(imports) - set(known):
        raise Refused(f"{source.name} is being imported already: wait until that is done and try again.")
    taken = set()
    for uid in imports:
        one = select(Record.uid, Record.position).where(Record.import_ == uid).limit(1)
        taken |= {(record.uid, record.position) for record in connection.execute(one)}
    times = 0
    while any(own == record_uid(source.sha256, position, times) for own, position in taken):
        times += 1
    return times


class Intake:
    """One file on its way into the review; *known* are the uids of the imports of it that there may be."""

    def __init__(self, desk: Desk, export: Export, known: Collection[str]) -> None:
        self.desk, self.export, self.store = desk, export, desk.store
        self.problems: list[Problem] = []
        self.records = 0
        with self.store.write() as connection:
            self.times_before = _readings_before(connection, export.source, known)
            self.at = self.store.clock()
            self.person, _, _ = begun(self.store, connection, desk.initials, self.at, desk.notes)
            source = export.source
            self.row = Import(
                uid=self.store.uids(), person=self.person, at=self.at, file=source.name,
                sha256=source.sha256, size=source.size, format=source.format, encoding=source.encoding,
                worker=worker_name(), beat=self.at,
            )  # fmt: skip
            connection.execute(insert(table_of(Import)), columns(self.row))

    def run(self, told: Callable[[int], None]) -> None:
        """Put the records in, telling after each batch how many there are by now."""
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
            told(self.records)

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
            texts.append(
                (uid, by, at, f.url, f.abstract, "\n".join(f.keywords), f.language, f.notes,
                 "\n".join(f.editors), f.database, f.publisher)
            )  # fmt: skip
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

    def report(self, uid: str = "") -> FileReport:
        """Return what came of the file so far."""
        source = self.export.source
        return FileReport(
            source.name, source.format, source.encoding, source.product, self.records, self.records,
            tuple(self.problems), uid=uid,
        )  # fmt: skip

    def finish(self, origin: Origin) -> FileReport:
        """Finish the import with its act, so that everybody sees it; return its report.

        Where the file held nothing that is kept, there is no import and no act.
        """
        if not self.records and not any(problem.text for problem in self.problems):
            self.abandon()
            return self.report()
        source, report = self.export.source, self.report(self.row.uid)
        counted = f"{source.name}: {self.records} record{'' if self.records == 1 else 's'}"
        with self.desk.unit("import", counted) as work:
            self._still_mine(work.connection)
            mends = resolve_import(work.connection, origin.mends) if origin.mends else None
            done = {
                "search": self._search(work, origin, mends), "product": source.product,
                "records": self.records, "refused": report.refused, "finished": True, "worker": "",
                "beat": None, "mends": mends,
            }  # fmt: skip
            table = table_of(Import)
            work.connection.execute(update(table).where(table.c.uid == self.row.uid).values(done))
            work.log("import", self.row.uid, None, work.row(Import, self.row.uid))
            self._keep_problems(work.connection)
            work.connection.execute(insert(SearchDue), {"subject": self.row.uid, "after": ""})
        return report

    def _search(self, work: Unit, origin: Origin, mends: str | None) -> str | None:
        """Return the search that the file is of, added where it is new; None where nobody said it."""
        if origin.search:
            return resolve(work.connection, "search", origin.search)
        if origin.source or origin.stage:
            return find_or_add_search(work, stage=origin.stage, source=origin.source or "not stated")
        if mends and (found := work.row(Import, mends)["search"]):
            return str(found)
        work.note(f"{self.row.file} is of no search, so the flow does not count it (--search, --source).")
        return None

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
