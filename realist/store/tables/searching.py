"""From a search to a paper: stages, searches, imports, records, papers and their grouping."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, Utc, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import CountOf, FlowStep, Qualifier, SearchKind, Severity


class Stage(Row):
    """A search stage: why the team went searching, in order."""

    __tablename__ = "stage"

    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = string('such as "1a"', unique=True)
    purpose: Mapped[str] = string()


class Search(Row):
    """One run of one strategy in one source."""

    __tablename__ = "search"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review")
    stage: Mapped[str] = ref("stage", index=True)
    name: Mapped[str] = string("how it is named in this review", unique=True)
    kind: Mapped[str] = word(SearchKind)
    source: Mapped[str] = string("database, website, journal, group of people")
    platform: Mapped[str] = string()
    strategy: Mapped[str] = string("the strategy as run")
    limits: Mapped[str] = string()
    period: Mapped[str] = string("period covered")
    run_on: Mapped[str] = string("date run, as far as known")
    hits: Mapped[int | None] = maybe("hits that the source showed; null is unknown")
    led_by: Mapped[str | None] = maybe_ref("consultation", "what led to this search")
    note: Mapped[str] = string()


class Import(Row):
    """One file read for one search. Nothing points to an import that is not finished."""

    __tablename__ = "import"

    search: Mapped[str | None] = maybe_ref("search", index=True)
    file: Mapped[str] = string("file name as given")
    sha256: Mapped[str] = string(index=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0, doc="bytes")
    format: Mapped[str] = string()
    product: Mapped[str] = string("the program or database that wrote it, where recognised")
    encoding: Mapped[str] = string()
    records: Mapped[int] = mapped_column(Integer, default=0, doc="records read")
    refused: Mapped[int] = mapped_column(Integer, default=0, doc="records refused")
    finished: Mapped[bool] = mapped_column(default=False)
    worker: Mapped[str] = string("host and process that is reading it, while it is not finished")
    beat: Mapped[datetime | None] = mapped_column(Utc, default=None, doc="last sign of life of the worker")
    mends: Mapped[str | None] = maybe_ref(
        "import", "the import whose refused text this file brings, mended", index=True
    )


class ImportProblem(Row):
    """What an import could not read or could not understand, with its place in the file."""

    __tablename__ = "import_problem"

    import_: Mapped[str] = ref("import", name="import", index=True)
    line: Mapped[int] = mapped_column(Integer)
    record: Mapped[int | None] = maybe("position of the record in the file, where there is one")
    severity: Mapped[str] = word(Severity)
    message: Mapped[str] = string()
    text: Mapped[str] = string("the refused text, ASCII-escaped JSON string")


class Record(Row):
    """One entry as a database exported it, and what was understood of it."""

    __tablename__ = "record"
    __table_args__ = (Index(None, "import", "position", unique=True),)

    import_: Mapped[str] = ref("import", name="import")
    paper: Mapped[str] = ref("paper", "the paper made for it; never rewritten", index=True)
    position: Mapped[int] = mapped_column(Integer, doc="position in the file, from 1")
    line: Mapped[int] = mapped_column(Integer, doc="line in the file, from 1")
    source_key: Mapped[str] = string("accession number, citation key or id column")
    type: Mapped[str] = string()
    title: Mapped[str] = string()
    authors: Mapped[str] = string("one a line, in order")
    year: Mapped[int | None] = maybe()
    journal: Mapped[str] = string()
    volume: Mapped[str] = string()
    number: Mapped[str] = string("issue number")
    pages: Mapped[str] = string()
    doi: Mapped[str] = string("without address or prefix, lower case")
    pmid: Mapped[str] = string()


class RecordText(Row):
    """The long fields of a record; its uid is the record's."""

    __tablename__ = "record_text"

    uid: Mapped[str] = ref("record", primary_key=True, default="")
    url: Mapped[str] = string()
    abstract: Mapped[str] = string()
    keywords: Mapped[str] = string("one a line")
    language: Mapped[str] = string()
    notes: Mapped[str] = string()
    editors: Mapped[str] = string("one a line, in order", server_default=sql("''"))
    database: Mapped[str] = string("the database the record names", server_default=sql("''"))
    publisher: Mapped[str] = string(server_default=sql("''"))


class RecordRaw(Row):
    """A record to the letter; its uid is the record's."""

    __tablename__ = "record_raw"

    uid: Mapped[str] = ref("record", primary_key=True, default="")
    raw: Mapped[str] = string("JSON list of [tag, value] in file order, ASCII-escaped")


class Paper(Row):
    """What the team screens and extracts: no, one or many records of the same document."""

    __tablename__ = "paper"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review: #12")
    import_: Mapped[str | None] = ref(
        "import",
        "import that brought it; null when a person added it",
        name="import",
        index=True,
        default=None,
    )
    label: Mapped[str] = string('how it is cited in this review, such as "Williams (2012a)"', index=True)
    title: Mapped[str] = string()
    authors: Mapped[str] = string("one a line, in order")
    year: Mapped[int | None] = maybe()
    journal: Mapped[str] = string("journal, publisher or other source")
    volume: Mapped[str] = string()
    issue: Mapped[str] = string()
    pages: Mapped[str] = string()
    doi: Mapped[str] = string("without address or prefix, lower case", index=True)
    pmid: Mapped[str] = string()
    type: Mapped[str] = string()
    supplied_by: Mapped[str] = string("who brought it, when it came from no search")


class PaperText(Row):
    """The long fields of a paper that a person typed or corrected; its uid is the paper's."""

    __tablename__ = "paper_text"

    uid: Mapped[str] = ref("paper", primary_key=True, default="")
    abstract: Mapped[str] = string()
    note: Mapped[str] = string()


class FieldOverride(Row):
    """A corrected field of a paper, with the value it replaced. The latest one rules."""

    __tablename__ = "field_override"

    paper: Mapped[str] = ref("paper", index=True)
    field: Mapped[str] = string()
    original: Mapped[str] = string("the value before this correction")
    value: Mapped[str] = string()
    reason: Mapped[str] = string()


class PaperJoin(Row):
    """Two papers are one document: what was given to either is read under the second."""

    __tablename__ = "paper_join"
    __table_args__ = (
        Index(
            "uq_paper_join_from_paper_active",
            "from_paper",
            unique=True,
            sqlite_where=sql("ended = ''"),
        ),
    )

    from_paper: Mapped[str] = ref("paper")
    into_paper: Mapped[str] = ref("paper", index=True)
    rule: Mapped[str] = string("who or what judged them the same")
    score: Mapped[float | None] = maybe()
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was ended; empty while it holds")


class ReportedCount(Row):
    """A number that only a source gives. Shown beside what is computed, never mixed in."""

    __tablename__ = "reported_count"

    position: Mapped[int] = mapped_column(Integer, doc="order in the flow or the grid")
    step: Mapped[str | None] = word(FlowStep, "which number of the flow", default=None)
    counts: Mapped[str | None] = word(CountOf, "what it counts, outside the flow", default=None)
    stage: Mapped[str | None] = maybe_ref("stage", index=True)
    kind: Mapped[str | None] = word(
        SearchKind, "the door it is about; null for the whole stage", default=None
    )
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    paper: Mapped[str | None] = maybe_ref("paper", index=True)
    label: Mapped[str] = string("what is counted, in words")
    value: Mapped[int | None] = maybe("null where the source gives none: unknown is not zero")
    qualifier: Mapped[str] = word(Qualifier, default=Qualifier.EXACTLY)
    source: Mapped[str] = string("where it stands")
