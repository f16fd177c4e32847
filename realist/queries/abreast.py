"""Papers side by side, and what it would come to if they were one document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, true

from realist.domain.filtering import Filter
from realist.queries import listing
from realist.queries.best import read_together, shown
from realist.queries.grouping import parts_of
from realist.queries.listing import PaperLine
from realist.queries.sameness import best_of
from realist.store.tables import (
    Import,
    NotSame,
    Paper,
    PaperText,
    Person,
    Record,
    RecordText,
    Search,
    Stage,
)


class Side(NamedTuple):
    """A paper set beside others, as it is read now.

    ``fields`` has its values by name (those of ``realist.services.papers.FIELDS`` and the abstract) as text,
    authors one a line, "" for unknown; ``typed`` says that a person typed the abstract. ``sources`` are the
    searches, or files of no search, that its records came from, with how many; ``parts`` the papers joined
    into it, (uid, number, label or title) by number.
    """

    line: PaperLine
    fields: dict[str, str]
    typed: bool
    supplied_by: str
    sources: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, int, str], ...]


class Together(NamedTuple):
    """What joining papers would come to: read under ``best``, ``before`` papers become ``after``.

    ``fields`` is what the paper would say then, by name as in :class:`Side`, but for the abstract.
    ``stages``: (name, duplicates more, papers more that were known from an earlier stage), where either is
    not 0. ``apart``: (initials, reason) of each judgement that papers of these are different, which ends.
    """

    best: str
    before: int
    after: int
    stages: tuple[tuple[str, int, int], ...]
    apart: tuple[tuple[str, str], ...]
    fields: dict[str, str]


_FIELDS = ("label", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "type")


def sides(connection: Connection, papers: Sequence[str], *, viewer: str = "") -> list[Side]:
    """Return *papers* as *viewer* may see them, in that order; those that are gone are left out.

    They are uids of papers that stand alone now.
    """
    of = parts_of(connection, papers)
    together = read_together(connection, of)
    found_rows = connection.execute(select(*Paper.__table__.columns).where(Paper.uid.in_(list(of))))
    rows = {row["uid"]: shown(row, together) for row in found_rows.mappings()}
    numbers = [rows[uid]["number"] for uid in papers if uid in rows]
    lines = {line.uid: line for line in listing.page(connection, numbers, viewer=viewer)}
    abstracts = _abstracts(connection, of)
    sources = _sources(connection, of)
    found = []
    for uid in papers:
        if uid not in lines:
            continue
        row = rows[uid]
        abstract, typed = abstracts.get(uid, ("", False))
        joined = sorted((rows[part]["number"], part) for part, whole in of.items() if whole == uid != part)
        parts = ((part, number, rows[part]["label"] or rows[part]["title"]) for number, part in joined)
        side = Side(
            lines[uid], {**_texts(row), "abstract": abstract}, typed, row["supplied_by"],
            tuple(sources.get(uid, Counter()).items()), tuple(parts),
        )  # fmt: skip
        found.append(side)
    return found


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if row[name] is None else str(row[name]) for name in _FIELDS}


def _abstracts(connection: Connection, of: dict[str, str]) -> dict[str, tuple[str, bool]]:
    """By paper: its abstract as :func:`realist.queries.paper_story.abstract` has it, and whether typed."""
    typed: dict[str, tuple[bool, str, str]] = {}
    rows = select(PaperText.uid, PaperText.abstract).where(
        PaperText.uid.in_(list(of)), PaperText.abstract != ""
    )
    for uid, text in connection.execute(rows):
        own = (uid != of[uid], uid, text)  # what was typed on the paper itself, else on the first part
        typed[of[uid]] = min(typed.get(of[uid], own), own)
    found: dict[str, tuple[str, bool]] = {}
    exported = (
        select(Record.paper, RecordText.abstract)
        .join(RecordText, RecordText.uid == Record.uid)
        .where(Record.paper.in_(list(of)))
        .order_by(Record.uid)
    )
    for paper, text in connection.execute(exported):
        if len(text) > len(found.get(of[paper], ("", False))[0]):
            found[of[paper]] = (text, False)
    return found | {uid: (text, True) for uid, (_, _, text) in typed.items()}


def _sources(connection: Connection, of: dict[str, str]) -> dict[str, Counter[str]]:
    rows = connection.execute(
        select(Record.paper, Search.name, Import.file)
        .join(Import, Import.uid == Record.import_)
        .outerjoin(Search, Search.uid == Import.search)
        .where(Record.paper.in_(list(of)), Import.finished == true())
        .order_by(Import.at, Record.position)
    )
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for paper, search, file in rows:
        found[of[paper]][search or file] += 1
    return found


def together(connection: Connection, papers: Sequence[str]) -> Together:
    """Return what it would come to if *papers*, two or more that stand alone now, were one document."""
    of = parts_of(connection, papers)
    before = listing.count(connection, Filter())
    ended = (
        select(Person.initials, NotSame.reason)
        .join(Person, Person.uid == NotSame.person)
        .where(NotSame.ended == "", NotSame.one.in_(list(of)), NotSame.other.in_(list(of)))
        .order_by(NotSame.at, NotSame.uid)
    )
    best = best_of(connection, papers)
    row = connection.execute(select(*Paper.__table__.columns).where(Paper.uid == best)).mappings().one()
    return Together(
        best=best,
        before=before,
        after=before - len(set(papers)) + 1,
        stages=tuple(_stages(connection, of)),
        apart=tuple((initials, reason) for initials, reason in connection.execute(ended)),
        fields=_texts(shown(row, read_together(connection, dict.fromkeys(of, best)))),
    )


def _stages(connection: Connection, of: dict[str, str]) -> list[tuple[str, int, int]]:
    """The flow counts each record's paper once a stage, and what an earlier stage had as known already."""
    rows = connection.execute(
        select(Stage.name, Record.paper)
        .join(Search, Search.stage == Stage.uid)
        .join(Import, Import.search == Search.uid)
        .join(Record, Record.import_ == Import.uid)
        .where(Record.paper.in_(list(of)), Import.finished == true())
        .order_by(Stage.position)
    )
    in_stage: dict[str, set[str]] = defaultdict(set)
    for stage, paper in rows:
        in_stage[stage].add(of[paper])
    found, earlier = [], set[str]()
    for stage, there in in_stage.items():
        known = bool(earlier) - len(there & earlier)
        found.append((stage, len(there) - 1, known))
        earlier |= there
    return [row for row in found if row[1] or row[2]]
