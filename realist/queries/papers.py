"""Papers: lists by key, and everything about one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from realist.queries.best import Best, read_together, shown
from realist.queries.boxes import boxes
from realist.queries.grouping import group_of, paper_grouping, parts_of
from realist.queries.theory import evidence
from realist.store import asking
from realist.store.tables import (
    FieldOverride,
    Import,
    Paper,
    PaperJoin,
    PaperText,
    Person,
    Record,
    RecordText,
    Search,
    Stage,
)
from realist.store.visible import arrived, stands_alone

Rows = list[dict[str, Any]]
_LISTED = ("title", "authors", "year", "journal", "doi")


def _listing() -> Select[str, int, str, str, str, int | None, str, str]:
    return select(
        Paper.uid, Paper.number, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal, Paper.doi
    ).where(arrived(), stands_alone())  # fmt: skip


def papers(connection: Connection, *, words: str = "", after: int = 0, limit: int = 50) -> Rows:
    """Return papers by number after *after*, or the *limit* best ones that hold all *words*.

    A paper that was joined into another is listed under that one.
    """
    if not words:
        rows = connection.execute(_listing().where(Paper.number > after).order_by(Paper.number).limit(limit))
        return _together(connection, list(rows.mappings()))
    grouping = paper_grouping(connection)
    hits = asking.find(connection, words, kind="paper", limit=limit * 4)
    wanted = list(dict.fromkeys(grouping[uid] for _, uid in hits))
    found: dict[str, Any] = {}
    for start in range(0, len(wanted), 500):
        rows = connection.execute(_listing().where(Paper.uid.in_(wanted[start : start + 500])))
        found |= {row["uid"]: row for row in rows.mappings()}
    return _together(connection, [found[uid] for uid in wanted if uid in found][:limit])


def _together(connection: Connection, rows: Sequence[RowMapping]) -> Rows:
    """Return papers with the best fields that they or papers joined into them have."""
    together = read_together(connection, parts_of(connection, [row["uid"] for row in rows]), _LISTED)
    return [_shown(shown(row, together)) for row in rows]


def count_papers(connection: Connection) -> int:
    """Return how many papers there are, joined ones counted once."""
    return int(
        connection.execute(
            select(func.count()).select_from(Paper).where(arrived(), stands_alone())
        ).scalar_one()
    )


def _shown(row: Any) -> dict[str, Any]:
    values = dict(row)
    values["authors"] = values["authors"].split("\n") if values["authors"] else []
    return values


def paper(connection: Connection, uid: str, *, viewer: str = "") -> dict[str, Any]:
    """Return one paper with its records, joined papers, corrections, evidence and boxes.

    Everything given to a paper that was joined into it is shown with it. Of each field the best value is
    shown that it or one of these has (see :mod:`realist.queries.best`); ``borrowed`` says by field, abstract
    and note included, from which paper (its number) a value is that is not its own. Evidence and boxes are
    those that *viewer* may see.
    """
    grouping = paper_grouping(connection)
    root = grouping[uid]
    group = group_of(grouping, root)
    row = connection.execute(select(*Paper.__table__.columns).where(Paper.uid == root)).mappings().one()
    texts = connection.execute(
        select(PaperText.uid, PaperText.abstract, PaperText.note).where(PaperText.uid.in_(group))
    ).all()
    texts = sorted(texts, key=lambda row: group.index(row.uid))
    records = _records(connection, group)
    joined = _joined(connection, group, root)
    numbers = {root: row["number"]} | {part["uid"]: part["number"] for part in joined}
    typed = next(((text.abstract, numbers[text.uid]) for text in texts if text.abstract), None)
    exported = ((record["abstract"], record["paper"]) for record in records if record["abstract"])
    abstract, of = typed or max(exported, key=lambda found: len(found[0]), default=("", row["number"]))
    note, by = next(((text.note, numbers[text.uid]) for text in texts if text.note), ("", row["number"]))
    together = read_together(connection, dict.fromkeys(group, root)).get(root, Best({}, {}))
    others = {field: n for field, n in (("abstract", of), ("note", by)) if n != row["number"]}
    own = {key: value for key, value in row.items() if key not in ("person", "at", "import")}
    return {
        **_shown({**own, **together.values}),
        "abstract": abstract,
        "note": note,
        "borrowed": {**together.borrowed, **others},
        "records": records,
        "joined": joined,
        "corrections": _corrections(connection, group),
        "evidence": evidence(connection, paper=group[0], viewer=viewer),
        "boxes": boxes(connection, paper=root, viewer=viewer),
    }


def exported_abstract(connection: Connection, uid: str) -> str:
    """Return the longest abstract that a record of a paper brought; "" where none did."""
    group = group_of(paper_grouping(connection), uid)
    rows = connection.execute(
        select(RecordText.abstract).join(Record, Record.uid == RecordText.uid).where(Record.paper.in_(group))
    )
    return max(rows.scalars(), key=len, default="")


def _records(connection: Connection, group: list[str]) -> Rows:
    rows = connection.execute(
        select(
            Record.uid, Paper.number.label("paper"), Import.file, Record.line, Record.source_key,
            Import.product, Search.name.label("search"), Stage.name.label("stage"), RecordText.abstract,
            RecordText.keywords, RecordText.url,
        )
        .join(Paper, Paper.uid == Record.paper)
        .join(Import, Import.uid == Record.import_)
        .join(RecordText, RecordText.uid == Record.uid)
        .outerjoin(Search, Search.uid == Import.search)
        .outerjoin(Stage, Stage.uid == Search.stage)
        .where(Record.paper.in_(group))
        .order_by(Import.at, Record.position)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def _joined(connection: Connection, group: list[str], root: str) -> Rows:
    rows = connection.execute(
        select(
            Paper.uid, Paper.number, Paper.label, Paper.title, PaperJoin.rule, PaperJoin.score,
            PaperJoin.reason, Person.initials.label("by"),
        )
        .join(PaperJoin, PaperJoin.from_paper == Paper.uid)
        .join(Person, Person.uid == PaperJoin.person)
        .where(Paper.uid.in_(group), Paper.uid != root, PaperJoin.ended == "")
        .order_by(Paper.number)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]


def _corrections(connection: Connection, group: list[str]) -> Rows:
    rows = connection.execute(
        select(
            FieldOverride.field, FieldOverride.original, FieldOverride.value, FieldOverride.reason,
            Person.initials.label("by"),
        )
        .join(Person, Person.uid == FieldOverride.person)
        .where(FieldOverride.paper.in_(group))
        .order_by(FieldOverride.at, FieldOverride.uid)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings()]
