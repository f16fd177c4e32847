"""What happened to one paper: how it was decided on, tagged, noted; its records to the letter."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from realist.queries import beside
from realist.queries.blind import anything_hidden, blind
from realist.queries.extractions import seen
from realist.queries.grouping import parts_of, wholes_of
from realist.queries.seen import known_tags, tagged
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Decision,
    Entry,
    Import,
    Paper,
    PaperText,
    Person,
    Reason,
    Record,
    RecordRaw,
    RecordText,
    Round,
    Stage,
    Tag,
    Tagging,
)
from realist.store.visible import arrived
from realist.text import fold

Rows = list[dict[str, Any]]
_AT_ONCE = 2000


def parts(connection: Connection, uid: str) -> list[str]:
    """Return everything that is one document with a paper now: what it is read under first."""
    whole = wholes_of(connection, [uid])[uid]
    return [whole, *sorted(parts_of(connection, [whole]).keys() - {whole})]


def decisions(connection: Connection, uid: str, *, viewer: str = "") -> Rows:
    """Return the entries of a paper, and of what was joined into it, into rounds, by number of the round.

    Each with ``paper`` (the number of the paper that entered), ``door``, ``why``, ``supplied_by`` and with
    ``decisions``: who (``by``), verdict, reason and its ``reason_number``, use, note, in the order they were
    made; ``current`` is true for each person's latest. Where ``blind``, others may have decided, too: what
    *viewer* may not see yet is left out.
    """
    group = parts(connection, uid)
    unseen = blind(connection, viewer, group)
    entries = connection.execute(
        select(
            Entry.uid, Round.uid.label("round_uid"), Round.number, Round.name.label("round"), Round.kind,
            Round.readers, Stage.name.label("stage"), Entry.door, Entry.why, Entry.supplied_by,
            Paper.number.label("paper"),
        )
        .join(Round, Round.uid == Entry.round)
        .join(Stage, Stage.uid == Round.stage)
        .join(Paper, Paper.uid == Entry.paper)
        .where(Entry.paper.in_(group))
        .order_by(Round.number, Entry.at, Entry.uid)
    ).mappings().all()  # fmt: skip
    rows = connection.execute(
        select(
            Decision.entry, Decision.verdict, func.coalesce(Reason.text, "").label("reason"),
            Reason.number.label("reason_number"), Decision.use, Decision.note,
            Person.initials.label("by"), Decision.at, Decision.person,
        )
        .join(Entry, Entry.uid == Decision.entry)
        .join(Person, Person.uid == Decision.person)
        .outerjoin(Reason, Reason.uid == Decision.reason)
        .where(Entry.paper.in_(group))
        .order_by(Decision.at, Decision.uid)
    ).mappings().all()  # fmt: skip
    latest = {(row["entry"], row["by"]): place for place, row in enumerate(rows)}
    made: dict[str, Rows] = {}
    for place, row in enumerate(rows):
        shown = {name: value for name, value in row.items() if name != "person"}
        shown["current"] = latest[row["entry"], row["by"]] == place
        if not unseen.hides(row["entry"], row["person"]):
            made.setdefault(row["entry"], []).append(shown)
    return [
        {**entry, "decisions": made.get(entry["uid"], []), "blind": entry["uid"] in unseen.entries}
        for entry in entries
    ]


def tags(connection: Connection, uid: str, *, viewer: str = "") -> list[str]:
    """Return the tags on a paper and on what was joined into it that *viewer* may see, sorted by name."""
    named = select(Tagging.subject, Tag.name).join(Tag, Tag.uid == Tagging.tag)
    on = named.where(Tagging.subject_table == "paper", Tagging.subject.in_(parts(connection, uid)))
    found = {name for _, name in tagged(connection, on, viewer=viewer)}
    return sorted(found, key=lambda name: (fold(name), name))


def memos(connection: Connection, uid: str, *, viewer: str = "") -> Rows:
    """Return the memos on a paper and what was joined into it that *viewer* may see: uid, text, by, at."""
    return beside.memos(connection, "paper", *parts(connection, uid), viewer=viewer)


def box_numbers(connection: Connection, uid: str, *, viewer: str = "") -> dict[str, int]:
    """Return the short numbers of the boxes of a paper that *viewer* may see, by their uids."""
    of = select(ConfigurationPaper.configuration).where(ConfigurationPaper.paper.in_(parts(connection, uid)))
    rows = connection.execute(
        select(Configuration.uid, Configuration.number).where(
            Configuration.uid.in_(of), seen(Configuration, viewer)
        )
    )
    return {row.uid: row.number for row in rows}


def abstract(connection: Connection, uid: str) -> str:
    """Return the abstract of a paper: the one that a person typed, else the longest that a record brought."""
    group = parts(connection, uid)
    typed = select(PaperText.uid, PaperText.abstract).where(
        PaperText.uid.in_(group), PaperText.abstract != ""
    )
    found = {row.uid: row.abstract for row in connection.execute(typed)}
    if found:
        return str(next(found[part] for part in group if part in found))
    exported = connection.execute(
        select(RecordText.abstract)
        .join(Record, Record.uid == RecordText.uid)
        .where(Record.paper.in_(group))
        .order_by(Record.uid)
    )
    return max(exported.scalars(), key=len, default="")


def raw_record(connection: Connection, uid: str) -> dict[str, Any] | None:
    """Return a record to the letter: file, line, and ``pairs`` of [tag, value] in the order of the file.

    None where there is no such record. Nothing in the values is made plain.
    """
    row = connection.execute(
        select(Import.file, Record.line, RecordRaw.raw)
        .join(Record, Record.uid == RecordRaw.uid)
        .join(Import, Import.uid == Record.import_)
        .where(RecordRaw.uid == uid)
    ).first()
    return {"file": row.file, "line": row.line, "pairs": json.loads(row.raw)} if row else None


def uids_numbered(connection: Connection, numbers: Sequence[int]) -> list[str]:
    """Return the uids of the papers with these short numbers, in that order; numbers of none are left out.

    A number of a paper that was joined into another gives that other one's uid.
    """
    found: dict[int, str] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = list(numbers[start : start + _AT_ONCE])
        rows = connection.execute(select(Paper.number, Paper.uid).where(Paper.number.in_(some), arrived()))
        uids = {row.number: row.uid for row in rows}
        wholes = wholes_of(connection, list(uids.values()))
        found |= {number: wholes[uid] for number, uid in uids.items()}
    return list(dict.fromkeys(found[number] for number in numbers if number in found))


def number_of(connection: Connection, uid: str) -> int:
    """Return the short number of a paper; 0 where there is no such paper."""
    return connection.execute(select(Paper.number).where(Paper.uid == uid, arrived())).scalar() or 0


def tags_of_papers(connection: Connection, *, viewer: str = "") -> dict[str, int]:
    """Return every tag that *viewer* may know of and on how many papers it is, joined ones each, by name."""
    papers: Counter[str] = Counter()
    if anything_hidden(connection):
        on = select(Tagging.subject, Tagging.tag).where(Tagging.subject_table == "paper")
        papers.update(tag for _, tag in set(tagged(connection, on, viewer=viewer)))
    else:
        of = Tagging.tag
        counted = select(of, func.count(Tagging.subject.distinct()))
        counted = counted.where(Tagging.subject_table == "paper").group_by(of)
        papers.update(dict(connection.execute(counted).all()))
    rows = [(name, papers[uid]) for uid, name in known_tags(connection, viewer=viewer).items()]
    return dict(sorted(rows, key=lambda row: (fold(row[0]), row[0])))
