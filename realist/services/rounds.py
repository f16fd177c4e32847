"""Rounds: their rules, the papers that enter them, opening a blind one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit, count_of
from realist.store.tables import Decision, Entry, IncludedSet, Reason, Round
from realist.text import line, paragraphs
from realist.vocabulary import ConflictRule, Door, MaybeRule, RoundKind, RoundOrder

MOST_REASONS = 99


def add_round(
    desk: Desk,
    name: str,
    *,
    stage: str,
    kind: RoundKind,
    criteria: str = "",
    reasons: Sequence[str] = (),
    readers: int = 1,
    blind: bool = False,
    maybe: MaybeRule = MaybeRule.FORWARD,
    conflict: ConflictRule = ConflictRule.AGREE,
    order: RoundOrder = RoundOrder.IMPORTED,
    seed: int = 0,
    gate: tuple[str, float] | None = None,
    outcome: str = "",
    note: str = "",
) -> str:
    """Add a screening round to a stage, with its rules and its numbered exclusion reasons; return its uid.

    *readers* people decide on each paper, in a *blind* round without seeing each other's decisions. *gate*
    makes it a pilot: a statistic of agreement and the value to reach. *outcome* names the set of what it
    includes.
    """
    name = line(name)
    with desk.unit("add round", name) as work:
        _new_name(work, name)
        if readers < 1:
            raise Refused("A round needs at least one reader for each paper.")
        row = Round(number=work.number(Round), stage=resolve(work.connection, "stage", stage), kind=kind)
        row.name, row.readers, row.blind = name, count_of(readers, "The number of readers") or 1, blind
        row.criteria, row.note = paragraphs(criteria), paragraphs(note)
        row.maybe_rule, row.conflict_rule = maybe, conflict
        row.order, row.seed = order, count_of(seed, "The seed") or 0
        if gate is not None:
            row.pilot, row.gate_statistic, row.gate_value = True, line(gate[0]), gate[1]
        work.add(row)
        _add_reasons(work, row.uid, reasons)
        if outcome:
            _name_outcome(work, row.uid, outcome)
        return row.uid


def _new_name(work: Unit, name: str) -> None:
    if not name:
        raise Refused("A round needs a name.")
    if work.connection.execute(select(Round.uid).where(Round.name == name)).first():
        raise Refused(f"There is already a round {name!r} in this review.")


def _add_reasons(work: Unit, round_: str, reasons: Sequence[str]) -> None:
    """Add reasons after those that a round has, numbered on."""
    known = select(Reason.text).where(Reason.round == round_)
    there = list(work.connection.execute(known).scalars())
    for words in dict.fromkeys(map(line, reasons)):
        if not words or words in there:
            raise Refused(f"The round has a reason {words!r} already." if words else "A reason needs words.")
        there.append(words)
        if len(there) > MOST_REASONS:
            raise Refused(f"A round can have {MOST_REASONS} exclusion reasons.")
        work.add(Reason(round=round_, number=len(there), text=words))


def _name_outcome(work: Unit, round_: str, outcome: str) -> None:
    outcome = line(outcome)
    if work.connection.execute(select(IncludedSet.uid).where(IncludedSet.name == outcome)).first():
        raise Refused(f"There is already an included set {outcome!r} in this review.")
    work.add(IncludedSet(name=outcome, round=round_))


def edit_round(
    desk: Desk,
    round_: str,
    *,
    name: str | None = None,
    criteria: str | None = None,
    note: str | None = None,
    readers: int | None = None,
    blind: bool | None = None,
    maybe: MaybeRule | None = None,
    conflict: ConflictRule | None = None,
    order: RoundOrder | None = None,
    seed: int | None = None,
    reasons: Sequence[str] = (),
    reason: str = "",
) -> None:
    """Change the rules of a round; None leaves one as it is, *reasons* are added to those it has.

    A round in which somebody has decided cannot become blind, or stop being so (open it instead), nor want
    fewer readers: both would show what was decided in confidence, or claim a confidence there was not.
    """
    with desk.unit("edit round", round_, reason=reason) as work:
        uid = resolve(work.connection, "round", round_)
        before = work.row(Round, uid)
        if name is not None and line(name) != before["name"]:
            _new_name(work, line(name))
        values = {
            "name": None if name is None else line(name),
            "criteria": None if criteria is None else paragraphs(criteria),
            "note": None if note is None else paragraphs(note),
            "readers": count_of(readers, "The number of readers"), "blind": blind, "maybe_rule": maybe,
            "conflict_rule": conflict, "order": order, "seed": count_of(seed, "The seed"),
        }  # fmt: skip
        if readers is not None and readers < 1:
            raise Refused("A round needs at least one reader for each paper.")
        changes_blindness = blind is not None and blind != before["blind"]
        fewer = before["blind"] and readers is not None and readers < before["readers"]
        if (changes_blindness or fewer) and _has_decisions(work, uid):
            raise Refused(
                f"People have decided in {before['name']} already: `realist round open` ends its blindness,"
                " another round begins one."
            )
        work.change(Round, uid, **{key: value for key, value in values.items() if value is not None})
        _add_reasons(work, uid, reasons)


def _has_decisions(work: Unit, round_: str) -> bool:
    entries = select(Entry.uid).where(Entry.round == round_)
    found = select(Decision.uid).where(Decision.entry.in_(entries)).limit(1)
    return work.connection.execute(found).first() is not None


def open_round(desk: Desk, round_: str, *, reason: str = "") -> None:
    """Open a blind round: everybody sees everybody's decisions from now on; independence ends."""
    with desk.unit("open round", round_, reason=reason) as work:
        uid = resolve(work.connection, "round", round_)
        row = work.row(Round, uid)
        if not row["blind"]:
            raise Refused(f"{row['name']} is not blind: everything in it can be seen.")
        if row["opened"] is not None:
            raise Refused(f"{row['name']} was opened on {row['opened']:%Y-%m-%d} already.")
        work.change(Round, uid, opened=work.at)


def enter(
    desk: Desk,
    round_: str,
    papers: Iterable[str],
    *,
    door: Door | None = None,
    why: str = "",
    supplied_by: str = "",
) -> int:
    """Put papers, by name, into a round by the door they came through; return how many were new in it."""
    with desk.unit("enter papers", round_, reason=why) as work:
        uid = resolve(work.connection, "round", round_)
        found = [(resolve(work.connection, "paper", name), door) for name in papers]
        return _enter(work, uid, found, why, supplied_by)


def enter_all(desk: Desk, round_: str, papers: Iterable[tuple[str, Door | None]], *, why: str = "") -> int:
    """Put papers, by uid with the door each came through, into a round; return how many were new in it."""
    with desk.unit("enter papers", round_, reason=why) as work:
        return _enter(work, resolve(work.connection, "round", round_), papers, why, "")


def _enter(
    work: Unit, round_: str, papers: Iterable[tuple[str, Door | None]], why: str, supplied_by: str
) -> int:
    grouping = paper_grouping(work.connection)
    rows = work.connection.execute(select(Entry.paper).where(Entry.round == round_)).scalars()
    there = {grouping[paper] for paper in rows}
    before = len(there)
    for uid, door in papers:
        paper = grouping[uid]
        if paper not in there:
            there.add(paper)
            entry = Entry(round=round_, paper=paper, door=door, why=line(why), supplied_by=line(supplied_by))
            work.add(entry)
    return len(there) - before
