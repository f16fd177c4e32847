"""Is the review sound? Foreign keys, vocabularies, invariants, index: each finding is one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, or_, select, true
from sqlalchemy.exc import DatabaseError

from realist.queries.grouping import paper_grouping
from realist.store import search
from realist.store.tables import (
    Act,
    Base,
    Change,
    Coding,
    ConsultationItem,
    Dismissal,
    Evidence,
    Feedback,
    Import,
    Memo,
    MoveItem,
    PaperJoin,
    Placement,
    Record,
    RecordRaw,
    RecordText,
    ReportedCount,
    Review,
    SearchDue,
    SearchPiece,
    Tagging,
)
from realist.store.tables.base import Word
from realist.vocabulary import Qualifier

_BORNE_ON = (
    Evidence.mechanism,
    Evidence.context,
    Evidence.outcome,
    Evidence.configuration,
    Evidence.theory_version,
)
_ABOUT: tuple[Any, ...] = (Memo, Tagging, Coding, Dismissal, Feedback, MoveItem, Placement, ConsultationItem)


def findings(connection: Connection) -> list[str]:
    """Return what is wrong with the review, one sentence each; an empty list means sound."""
    return _found(connection, *_CONTENT, _index)


def unsound(connection: Connection) -> list[str]:
    """Return what :func:`findings` would, but for the full-text index, which can be made anew."""
    return _found(connection, *_CONTENT)


def _found(connection: Connection, *looks: Callable[[Connection], Iterator[str]]) -> list[str]:
    found: list[str] = []
    for look in looks:
        try:
            found += look(connection)
        except DatabaseError as error:
            found.append(
                f"A check could not be made ({look.__name__[1:]}): {str(error.orig).splitlines()[0]}."
            )
    return found


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (word,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if word != "ok":
                yield f"The file is damaged: {word}."


def _keys(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        for table, row, parent, _ in rows[:20]:
            yield f"Row {row} of {table} names a {parent} that is not there."


def _words(connection: Connection) -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, Word):
                continue
            words = [str(word) for word in column.type.words]
            strange = select(column).where(column.is_not(None), column.not_in(words)).distinct().limit(5)
            for (value,) in connection.execute(strange):
                yield f"{table.name}.{column.name} holds {value!r}, which is no word of the vocabulary."


def _count(connection: Connection, table: type[Base], where: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(where)).scalar_one())


def _rules(connection: Connection) -> Iterator[str]:
    reviews = connection.execute(select(func.count()).select_from(Review)).scalar_one()
    if reviews != 1:
        yield f"The file holds {reviews} reviews instead of one."
    targets: ColumnElement[int] = literal(0)
    for column in _BORNE_ON:
        targets = targets + case((column.is_not(None), 1), else_=0)
    if n := _count(connection, Evidence, targets != 1):
        yield f"{n} pieces of evidence do not bear on exactly one thing."
    unknown = ReportedCount.qualifier == Qualifier.UNKNOWN
    wrong = or_(
        and_(unknown, ReportedCount.value.is_not(None)), and_(~unknown, ReportedCount.value.is_(None))
    )
    if n := _count(connection, ReportedCount, wrong):
        yield f"{n} reported numbers mix unknown with a value."
    grouping = paper_grouping(connection)
    joined = connection.execute(select(PaperJoin.from_paper).where(PaperJoin.ended == "")).scalars().all()
    for uid in joined:
        if grouping[uid] in grouping:
            yield f"The joins of paper {uid} go in a circle."
            break


def _imports(connection: Connection) -> Iterator[str]:
    counted = select(Record.import_, func.count().label("n")).group_by(Record.import_).subquery()
    rows = connection.execute(
        select(Import.file, Import.records, func.coalesce(counted.c.n, 0).label("n"))
        .outerjoin(counted, counted.c["import"] == Import.uid)
        .where(Import.finished == true(), Import.records != func.coalesce(counted.c.n, 0))
    )
    for row in rows:
        yield f"The import of {row.file} says {row.records} records and holds {row.n}."
    for part in (RecordText, RecordRaw):
        missing = ~select(part.uid).where(part.uid == Record.uid).exists()
        if n := _count(connection, Record, missing):
            yield f"{n} records have no row in {part.__tablename__}."


def _notes(connection: Connection) -> Iterator[str]:
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    for note in _ABOUT:
        names = select(note.subject_table).where(note.subject_table != "").distinct()
        for (name,) in connection.execute(names):
            table = tables.get(name)
            if table is None or "uid" not in table.c:
                yield f"{note.__tablename__} names {name!r}, which is no table."
                continue
            there = select(table.c.uid).where(table.c.uid == note.subject).exists()
            if n := _count(connection, note, and_(note.subject_table == name, ~there)):
                yield f"{n} rows of {note.__tablename__} are about a {name} that is not there."


def _log(connection: Connection) -> Iterator[str]:
    numbers = connection.execute(select(func.count(), func.max(Act.number)).select_from(Act)).one()
    if numbers[0] != (numbers[1] or 0):
        yield f"The log holds {numbers[0]} acts but counts to {numbers[1]}."
    empty = ~select(Change.act).where(Change.act == Act.uid).exists()
    if n := _count(connection, Act, empty):
        yield f"{n} acts of the log changed nothing."


_CONTENT = (_file, _keys, _words, _rules, _imports, _notes, _log)


def _index(connection: Connection) -> Iterator[str]:
    if connection.execute(select(SearchDue.subject).limit(1)).first():  # being indexed at this moment
        return
    if damage := search.sound(connection):
        yield f"{damage[0].upper()}{damage[1:]}."
    for kind, missing in search.missing(connection):
        yield f"{missing} {kind}s are not in the full-text index: run `realist check --mend`."
    strays = SearchPiece.kind.not_in(list(search.KINDS))
    if n := _count(connection, SearchPiece, strays):
        yield f"{n} pieces of the index are of no known kind."
