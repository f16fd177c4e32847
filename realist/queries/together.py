"""What people of a round did together: progress, conflicts, what waits for whom, agreement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.screening import held, independent
from realist.queries.blind import blind, histories, needed_of, together
from realist.queries.deciding import placed, rules_of
from realist.queries.grouping import group_of, paper_grouping
from realist.store.tables import (
    Decision,
    DecisionReason,
    Entry,
    Paper,
    Parking,
    Person,
    Reason,
    Record,
    Resolution,
    Round,
)
from realist.vocabulary import Verdict

Rows = list[dict[str, Any]]
PAUSE = 300.0
"""Seconds after which somebody was not reading but away: such time is not counted."""


def progress(connection: Connection, round_: str) -> Rows:
    """Return by person how far they are in a round (uid): nothing of what anybody decided.

    Each with ``by`` (initials), ``handed`` (None where the round was not handed out), ``decided``,
    ``parked``, ``left`` (None likewise), ``hours`` spent and papers ``per_hour`` (None while not known).
    Pauses over five minutes are not counted; where no time was taken, that since the decision before is.
    """
    entries = list(connection.execute(select(Entry.uid).where(Entry.round == round_)).scalars())
    said, handed = histories(connection, entries), needed_of(connection, entries)
    names = dict(connection.execute(select(Person.uid, Person.initials)).all())
    decided: Counter[str] = Counter()
    for history in said.values():
        decided.update({one.person for one in held(history)})
    given: Counter[str] = Counter(
        who for one in handed.values() for who in {who for group in one.values() for who in group}
    )
    done = Counter(
        who
        for uid, one in handed.items()
        for who in {who for group in one.values() for who in group}
        if who in {last.person for last in held(said.get(uid, []))}
    )
    parked = dict(
        connection.execute(
            select(Parking.person, func.count())
            .join(Entry, Entry.uid == Parking.entry)
            .where(Entry.round == round_, Parking.ended == "")
            .group_by(Parking.person)
        ).all()
    )
    hours = _hours(connection, round_)
    people = sorted(decided.keys() | given.keys() | parked.keys(), key=lambda who: names[who])
    return [
        {
            "by": names[who],
            "handed": given[who] if given else None,
            "decided": decided[who],
            "parked": parked.get(who, 0),
            "left": given[who] - done[who] if given else None,
            "hours": round(hours[who][0] / 3600, 3) if who in hours else None,
            "per_hour": round(hours[who][1] * 3600 / hours[who][0], 1)
            if who in hours and hours[who][0] > 0
            else None,
        }
        for who in people
    ]


def _hours(connection: Connection, round_: str) -> dict[str, tuple[float, int]]:
    """By person: the seconds spent, and on how many decisions that is known."""
    rows = connection.execute(
        select(Decision.person, Decision.at, Decision.seconds)
        .join(Entry, Entry.uid == Decision.entry)
        .where(Entry.round == round_, Decision.verdict != Verdict.UNDECIDED)
        .order_by(Decision.at, Decision.uid)
    )
    last: dict[str, datetime] = {}
    found: dict[str, tuple[float, int]] = {}
    for person, at, seconds in rows:
        spent = seconds
        if spent is None and person in last:
            spent = (at - last[person]).total_seconds()
        last[person] = at
        if spent is not None and 0 <= spent <= PAUSE:
            total, n = found.get(person, (0.0, 0))
            found[person] = (total + spent, n + 1)
    return found


class Voted(NamedTuple):
    """What one person decided on a paper, in full."""

    by: str
    verdict: str
    reasons: tuple[str, ...]
    note: str
    at: datetime
    is_check: bool


def votes(connection: Connection, entries: Sequence[str], *, viewer: str = "") -> list[Voted]:
    """Return the current decisions on *entries* that *viewer* may see, in the order of time."""
    papers = connection.execute(select(Entry.paper).where(Entry.uid.in_(entries))).scalars().all()
    grouping = paper_grouping(connection)
    unseen = blind(connection, viewer, list({grouping[paper] for paper in papers}))
    rows = connection.execute(
        select(
            Decision.uid, Decision.entry, Decision.person, Person.initials, Decision.verdict, Decision.note,
            Decision.at, Decision.is_check, Reason.text,
        )
        .join(Person, Person.uid == Decision.person)
        .outerjoin(Reason, Reason.uid == Decision.reason)
        .where(Decision.entry.in_(entries))
        .order_by(Decision.at, Decision.uid)
    ).all()  # fmt: skip
    latest = {(row.entry, row.person): row for row in rows}
    kept = [row for row in latest.values() if row.verdict != Verdict.UNDECIDED]
    shown = [row for row in kept if not unseen.hides(row.entry, row.person)]
    also = _further(connection, [row.uid for row in shown])
    return [
        Voted(
            row.initials, row.verdict, ((row.text,) if row.text else ()) + also.get(row.uid, ()), row.note,
            row.at, row.is_check,
        )
        for row in sorted(shown, key=lambda row: row.at)
    ]  # fmt: skip


def _further(connection: Connection, decisions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(decisions), 500):
        rows = connection.execute(
            select(DecisionReason.decision, Reason.text)
            .join(Reason, Reason.uid == DecisionReason.reason)
            .where(DecisionReason.decision.in_(decisions[start : start + 500]))
            .order_by(Reason.number)
        )
        for decision, text in rows:
            found[decision] = (*found.get(decision, ()), text)
    return found


def waiting(connection: Connection, round_: str, *, viewer: str = "", what: str = "") -> Rows:
    """Return the papers of a round (uid) that wait for something, by number, as far as *viewer* may see.

    Each with uid, entries, number, label, title, ``what`` ("decision", "check", "resolution") and ``whom``:
    initials of those it was handed to who have not decided. With *what*, only those that wait for that.
    """
    grouping = paper_grouping(connection)
    found = placed(connection, viewer, grouping, rounds=[round_]).get(round_, {})
    wanted = {
        paper: row
        for paper, row in found.items()
        if row.how.waiting and (not what or row.how.waiting == what)
    }
    said = histories(connection, [uid for row in wanted.values() for uid in row.entries])
    names = dict(connection.execute(select(Person.uid, Person.initials)).all())
    rows = []
    papers = list(wanted)
    for start in range(0, len(papers), 500):
        of = select(Paper.uid, Paper.number, Paper.label, Paper.title)
        for paper in connection.execute(of.where(Paper.uid.in_(papers[start : start + 500]))).mappings():
            placed_ = wanted[paper["uid"]]
            have = {one.person for one in held(together(said, placed_.entries))}
            whom = [names[who] for who in placed_.how.readers if who not in have]
            rows.append(
                {**paper, "entries": placed_.entries, "what": placed_.how.waiting, "whom": sorted(whom)}
            )
    return sorted(rows, key=lambda row: int(row["number"]))


def resolutions(connection: Connection, paper: str, *, viewer: str = "") -> Rows:
    """Return what was resolved on a paper, round by round: round, verdict, reason, why, by, at, ended.

    A resolution needs a conflict that could be seen, so everybody may see it; what is hidden from *viewer*
    all the same, as a round was made blind again, is left out.
    """
    grouping = paper_grouping(connection)
    whole = grouping[paper]
    unseen = blind(connection, viewer, [whole])
    rows = connection.execute(
        select(
            Resolution.entry, Round.name.label("round"), Resolution.verdict, Reason.text.label("reason"),
            Resolution.why, Person.initials.label("by"), Resolution.at, Resolution.ended,
        )
        .join(Entry, Entry.uid == Resolution.entry)
        .join(Round, Round.uid == Entry.round)
        .join(Person, Person.uid == Resolution.person)
        .outerjoin(Reason, Reason.uid == Resolution.reason)
        .where(Entry.paper.in_(group_of(grouping, whole)))
        .order_by(Resolution.at)
    )  # fmt: skip
    return [dict(row) for row in rows.mappings() if row["entry"] not in unseen.entries]


class Independent(NamedTuple):
    """What people decided on their own: by paper and person (initials), the verdict that counts.

    ``blind``: whether the round is or was blind; ``hidden``: papers left out as the viewer may not see them.
    """

    decided: dict[str, dict[str, Verdict]]
    blind: bool
    hidden: int


def independently(connection: Connection, round_: str, *, viewer: str = "") -> Independent:
    """Return the decisions of a round (uid) that agreement is measured on, as far as *viewer* may see them.

    That is what each person held when independence ended: when all who have to decide on the paper had, or
    the round was opened. Checks, and slips taken back, do not count.
    """
    grouping = paper_grouping(connection)
    rules = rules_of(connection, [round_])[round_]
    found = placed(connection, viewer, grouping, rounds=[round_]).get(round_, {})
    uids = [uid for row in found.values() for uid in row.entries]
    said, handed = histories(connection, uids), needed_of(connection, uids)
    names = dict(connection.execute(select(Person.uid, Person.initials)).all())
    decided: dict[str, dict[str, Verdict]] = {}
    hidden = 0
    for paper, row in found.items():
        history = together(said, row.entries)
        if row.how.hidden:
            hidden += bool(history)
            continue
        deciding = {who for uid in row.entries for who in handed.get(uid, {}).get(False, ())}
        needed = max(rules.readers, len(deciding), 2)
        own = independent(history, needed, rules.opened)
        decided[paper] = {names[person]: verdict for person, verdict in own.items()}
    return Independent(decided, rules.blind, hidden)


def _record_keys(connection: Connection) -> dict[str, str]:
    """By paper, the key of its first record, where no other paper has it, so that it reads back."""
    rows = connection.execute(
        select(Record.paper, Record.source_key).where(Record.source_key != "").order_by(Record.uid.desc())
    ).all()
    grouping = paper_grouping(connection)
    holders: dict[str, set[str]] = defaultdict(set)
    for paper, key in rows:
        holders[key].add(grouping[paper])
    return {paper: key for paper, key in rows if len(holders[key]) == 1}


def decision_rows(connection: Connection, *, viewer: str = "", round_: str = "") -> Iterable[dict[str, Any]]:
    """Yield every decision that *viewer* may see, of all rounds or one (uid), in the order of time.

    Each with ``paper`` (number), ``paper_uid``, ``record_key`` (of the first record; the
    uid where none is its own), round, person, verdict,
    reasons (numbers, the primary first, with ``;`` between), note, at, seconds, ``check`` and ``superseded``:
    whether the same person decided again on the same entry.
    """
    unseen = blind(connection, viewer)
    keys = _record_keys(connection)
    statement = (
        select(
            Decision.uid, Decision.entry, Decision.person.label("who"), Entry.paper.label("paper_uid"),
            Paper.number, Round.name.label("round"), Person.initials, Decision.verdict,
            Reason.number.label("reason"), Decision.note, Decision.at, Decision.seconds, Decision.is_check,
        )
        .join(Entry, Entry.uid == Decision.entry)
        .join(Round, Round.uid == Entry.round)
        .join(Paper, Paper.uid == Entry.paper)
        .join(Person, Person.uid == Decision.person)
        .outerjoin(Reason, Reason.uid == Decision.reason)
        .order_by(Decision.at, Decision.uid)
    )  # fmt: skip
    if round_:
        statement = statement.where(Entry.round == round_)
    rows = [
        row for row in connection.execute(statement).mappings() if not unseen.hides(row["entry"], row["who"])
    ]
    latest = {(row["entry"], row["who"]): row["uid"] for row in rows}
    also: dict[str, list[int]] = defaultdict(list)
    for decision, number in connection.execute(
        select(DecisionReason.decision, Reason.number)
        .join(Reason, Reason.uid == DecisionReason.reason)
        .order_by(Reason.number)
    ):
        also[decision].append(number)
    for row in rows:
        first = [] if row["reason"] is None else [row["reason"]]
        yield {
            "paper": row["number"],
            "paper_uid": row["paper_uid"],
            "record_key": keys.get(row["paper_uid"], row["paper_uid"]),
            "round": row["round"],
            "person": row["initials"],
            "verdict": row["verdict"],
            "reasons": ";".join(map(str, [*first, *also.get(row["uid"], [])])),
            "note": row["note"],
            "at": row["at"],
            "seconds": row["seconds"],
            "check": row["is_check"],
            "superseded": latest[row["entry"], row["who"]] != row["uid"],
        }
