"""What a person has to screen: their pile of a round, in its order, and what is read of each paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.screening import Said, held
from realist.queries.blind import histories, needed_of, person_of, together
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.store.tables import (
    Decision,
    DecisionReason,
    Entry,
    Highlight,
    Paper,
    PaperText,
    Parking,
    Reason,
    Record,
    RecordText,
    Round,
    Stage,
)
from realist.vocabulary import RoundOrder, Verdict

_AT_ONCE = 500


class Item(NamedTuple):
    """A paper in somebody's pile: ``verdict`` is that person's current one, "" while there is none."""

    entry: str
    paper: str
    number: int
    verdict: str
    parked: bool
    is_check: bool


class Pile(NamedTuple):
    """A round as one person reads it: its rules, and the papers in the order in which they are read.

    ``handed`` says whether the round was handed out; then only papers of this person are in the pile.
    """

    round: dict[str, Any]
    reasons: list[dict[str, Any]]
    items: list[Item]
    handed: bool


class Shown(NamedTuple):
    """What is read of a paper; ``typed`` says that a person typed the abstract or pasted it in."""

    uid: str
    number: int
    label: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str
    doi: str
    url: str
    keywords: tuple[str, ...]
    abstract: str
    typed: bool


def pile(connection: Connection, round_: str, *, viewer: str) -> Pile:
    """Return the pile of *viewer* in a round (uid): what they were handed, or what still wants somebody.

    In a round that was not handed out, papers that others finished are left out; that they did is no secret,
    what they decided is not asked. In a random order papers go by the SHA-256 of seed and uid, the same for
    everybody.
    """
    me = person_of(connection, viewer)
    row = connection.execute(
        select(*Round.__table__.columns, Stage.name.label("stage_name"))
        .join(Stage, Stage.uid == Round.stage)
        .where(Round.uid == round_)
    ).mappings().one()  # fmt: skip
    grouping = paper_grouping(connection)
    rows = connection.execute(select(Entry.uid, Entry.paper).where(Entry.round == round_)).all()
    found, handed_out = _items(connection, me, grouping, rows, row["readers"], None)
    items = [item for item in found.values() if item is not None]
    reasons = connection.execute(
        select(Reason.uid, Reason.number, Reason.text).where(Reason.round == round_).order_by(Reason.number)
    )
    key = _in_order(row["reading_order"], row["seed"])
    return Pile(dict(row), [dict(one) for one in reasons.mappings()], sorted(items, key=key), handed_out)


def items_of(
    connection: Connection, round_: str, entries: Collection[str], *, viewer: str, handed: bool
) -> dict[str, Item | None]:
    """Return by paper how those with some of *entries* (uids) stand in the pile of *viewer* now; None: not.

    *handed* says whether the round was handed out: see ``Pile``.
    """
    readers = connection.execute(select(Round.readers).where(Round.uid == round_)).scalar_one()
    in_round = select(Entry.uid, Entry.paper).where(Entry.round == round_)
    named = connection.execute(in_round.where(Entry.uid.in_(entries))).all()
    wholes = set(wholes_of(connection, [paper for _, paper in named]).values())
    of = Grouping(parts_of(connection, wholes))
    rows = connection.execute(in_round.where(Entry.paper.in_(list(of)))).all()
    return _items(connection, person_of(connection, viewer), of, rows, readers, handed)[0]


def _items(
    connection: Connection,
    me: str,
    of: Grouping,
    rows: Sequence[Any],
    readers: int,
    handed_out: bool | None,
) -> tuple[dict[str, Item | None], bool]:
    """Return how papers stand in my pile, by entries of a round, and whether that was handed out.

    Where *handed_out* is None, it is if any of these entries was.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for uid, paper in rows:
        groups[of[paper]].append(uid)
    uids = [uid for uid, _ in rows]
    said, handed = histories(connection, uids), needed_of(connection, uids)
    if handed_out is None:
        handed_out = not set(uids).isdisjoint(handed)
    parked = set(_parked(connection, me))
    numbers = _numbers(connection, list(groups))
    found: dict[str, Item | None] = {}
    for paper, entries in groups.items():
        item = _simply(me, entries, said, handed, parked, handed_out)
        if item is _OTHERWISE:
            item = _item(me, entries, together(said, entries), handed, parked, readers, handed_out)
        known = item is not None and paper in numbers
        found[paper] = Item(item[0], paper, numbers[paper], *item[1:]) if item and known else None
    return found, handed_out


Found = tuple[str, str, bool, bool]
_OTHERWISE: Found = ("", "otherwise", False, False)


def _simply(
    me: str,
    entries: list[str],
    said: dict[str, list[Said]],
    handed: dict[str, dict[bool, tuple[str, ...]]],
    parked: set[str],
    handed_out: bool,
) -> Found | None:
    """Return what :func:`_item` does, for a paper of most piles: nobody, or only I, decided on it, once."""
    entry = entries[0]
    own = said.get(entry, ())
    if len(entries) > 1 or len(own) > 1 or entry in handed or (own and own[0].person != me):
        return _OTHERWISE
    if own and own[0].verdict is not Verdict.UNDECIDED:
        return entry, own[0].verdict, entry in parked, False
    return None if handed_out else (entry, "", entry in parked, False)


def _item(
    me: str,
    entries: list[str],
    said: list[Said],
    handed: dict[str, dict[bool, tuple[str, ...]]],
    parked: set[str],
    readers: int,
    handed_out: bool,
) -> Found | None:
    """Return entry, own verdict, whether parked and whether a check, where a paper is in my pile."""
    entries = sorted(entries)
    own = [one for one in held(said) if one.person == me]
    check = next((uid for uid in entries if me in handed.get(uid, {}).get(True, ())), "")
    mine = next((uid for uid in entries if me in handed.get(uid, {}).get(False, ())), "") or check
    others = {one.person for one in held(said) if not one.is_check} - {me}
    if not mine and not own and (handed_out or len(others) >= readers):
        return None
    entry = own[-1].entry if own else mine or entries[0]
    verdict = str(own[-1].verdict) if own else ""
    return entry, verdict, not parked.isdisjoint(entries), bool(check) and mine == check


def _parked(connection: Connection, me: str) -> Iterable[str]:
    mine = select(Parking.entry).where(Parking.person == me, Parking.ended == "")
    return connection.execute(mine).scalars()


def _numbers(connection: Connection, papers: list[str]) -> dict[str, int]:
    if len(papers) > 4000:
        return dict(connection.execute(select(Paper.uid, Paper.number)).all())
    named = select(Paper.uid, Paper.number).where(Paper.uid.in_(papers))
    return dict(connection.execute(named).all())


def _in_order(order: str, seed: int) -> Any:
    if order == RoundOrder.RANDOM:
        return lambda item: sha256(f"{seed} {item.paper}".encode()).digest()
    return lambda item: item.number


def texts(connection: Connection, papers: Collection[str]) -> dict[str, Shown]:
    """Return what is read of *papers*, uids of papers as they are read now; at most some hundred at once."""
    of = Grouping(parts_of(connection, papers))
    members = list(of)
    columns = (
        Paper.uid, Paper.number, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal,
        Paper.doi,
    )  # fmt: skip
    rows = {row.uid: row for row in connection.execute(select(*columns).where(Paper.uid.in_(members)))}
    typed: dict[str, str] = {}
    named = select(PaperText.uid, PaperText.abstract).where(
        PaperText.uid.in_(members), PaperText.abstract != ""
    )
    for uid, abstract in sorted(connection.execute(named), key=lambda row: row.uid != of[row.uid]):
        typed.setdefault(of[uid], abstract)
    records: dict[str, list[Any]] = defaultdict(list)
    found = connection.execute(
        select(Record.paper, RecordText.abstract, RecordText.keywords, RecordText.url)
        .join(RecordText, RecordText.uid == Record.uid)
        .where(Record.paper.in_(members))
        .order_by(Record.uid)
    )
    for row in found:
        records[of[row.paper]].append(row)
    return {
        uid: _shown(
            rows[uid], [rows[part] for part in members if of[part] == uid and part != uid and part in rows],
            typed.get(uid, ""), records[uid],
        )
        for uid in papers
        if uid in rows
    }  # fmt: skip


def _shown(row: Any, parts: list[Any], typed: str, records: list[Any]) -> Shown:
    def own(name: str) -> Any:
        return getattr(row, name) or next(filter(None, (getattr(part, name) for part in parts)), "")

    words = (word for record in records for word in record.keywords.split("\n") if word)
    return Shown(
        uid=row.uid,
        number=row.number,
        label=row.label,
        title=own("title"),
        authors=tuple(own("authors").split("\n")) if own("authors") else (),
        year=own("year") or None,
        journal=own("journal"),
        doi=own("doi"),
        url=next((record.url for record in records if record.url), ""),
        keywords=tuple(dict.fromkeys(words)),
        abstract=typed or max((record.abstract for record in records), key=len, default=""),
        typed=bool(typed),
    )


class Mine(NamedTuple):
    """The current decision of a person on an entry, in full; ``reasons`` by number, the primary first."""

    verdict: str
    reasons: tuple[int, ...]
    note: str
    use: str


def mine(connection: Connection, entry: str, *, viewer: str) -> Mine | None:
    """Return what *viewer* decided on an entry last; None where nothing, or it was taken back."""
    return mine_of(connection, [entry], viewer=viewer).get(entry)


def mine_of(connection: Connection, entries: Collection[str], *, viewer: str) -> dict[str, Mine]:
    """Return by entry what *viewer* decided last on some, at most some hundred; none that was taken back."""
    me = person_of(connection, viewer)
    rows = connection.execute(
        select(Decision.entry, Decision.uid, Decision.verdict, Decision.note, Decision.use, Reason.number)
        .outerjoin(Reason, Reason.uid == Decision.reason)
        .where(Decision.entry.in_(entries), Decision.person == me)
        .order_by(Decision.at, Decision.uid)
    )
    latest = {row.entry: row for row in rows}
    kept = {row.uid: row for row in latest.values() if row.verdict != Verdict.UNDECIDED}
    reasons = {uid: [] if row.number is None else [row.number] for uid, row in kept.items()}
    also = connection.execute(
        select(DecisionReason.decision, Reason.number)
        .join(Reason, Reason.uid == DecisionReason.reason)
        .where(DecisionReason.decision.in_(list(kept)))
        .order_by(Reason.number)
    )
    for decision, number in also:
        reasons[decision].append(number)
    return {
        row.entry: Mine(row.verdict, tuple(reasons[uid]), row.note, row.use or "")
        for uid, row in kept.items()
    }


def highlights(connection: Connection) -> list[dict[str, Any]]:
    """Return the terms that are marked, in order: uid, colour, kind, text."""
    of = Highlight
    rows = connection.execute(select(of.uid, of.colour, of.kind, of.text).order_by(of.position, of.uid))
    return [dict(row) for row in rows.mappings()]
