"""Screening: decisions on papers in rounds, resolutions, included sets, reported numbers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.deciding import placed
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit, count_of
from realist.store.tables import (
    Assignment,
    Decision,
    DecisionReason,
    Entry,
    IncludedSet,
    ListedPaper,
    Parking,
    Reason,
    ReportedCount,
    Resolution,
)
from realist.text import line, paragraphs
from realist.vocabulary import CountOf, FlowStep, Qualifier, Role, SearchKind, Use, Verdict


def decide(
    desk: Desk,
    paper: str,
    verdict: Verdict,
    *,
    round_: str,
    reason: str = "",
    also: Sequence[str] = (),
    use: Use | None = None,
    note: str = "",
    seconds: float | None = None,
) -> str:
    """Decide on a paper in a round, or take a decision back with ``undecided``; return the decision's uid.

    *reason* is the primary exclusion reason, *also* are further ones, by number or words. Who was handed the
    paper to check what another decided makes a check.
    """
    with desk.unit("decide", paper) as work:
        uid = resolve(work.connection, "round", round_)
        entry = entry_of(work, uid, resolve(work.connection, "paper", paper), f"{paper} in {round_}")
        named = [reason_of(work, uid, name) for name in (reason, *also) if name]
        first, further = (named[0], named[1:]) if named else (None, [])
        role = work.connection.execute(
            select(Assignment.role).where(
                Assignment.entry == entry, Assignment.reader == work.person, Assignment.ended == ""
            )
        ).scalar()
        made = Decision(
            entry=entry, verdict=verdict, reason=first, use=use, note=paragraphs(note), seconds=seconds,
            is_check=role == Role.CHECK,
        )  # fmt: skip
        return _decided(work, made, further, parked=True)


def decide_entry(
    desk: Desk,
    entry: str,
    called: str,
    verdict: Verdict,
    *,
    reason: str | None = None,
    also: Sequence[str] = (),
    use: Use | None = None,
    note: str = "",
    seconds: float | None = None,
    is_check: bool = False,
    parked: bool = False,
) -> str:
    """Decide on an entry by its uid, as :func:`decide` does, in as few statements as there can be.

    For who has the entry before them: *called* names its paper in the log, reasons are uids of the round's,
    *parked* says that the paper may be put aside by who decides.
    """
    with desk.unit("decide", called) as work:
        made = Decision(
            entry=entry, verdict=verdict, reason=reason, use=use, note=paragraphs(note), seconds=seconds,
            is_check=is_check,
        )  # fmt: skip
        return _decided(work, made, also, parked=parked)


def _decided(work: Unit, made: Decision, also: Sequence[str | None], *, parked: bool) -> str:
    """Write a decision; a paper that was put aside is so no longer once it is decided on."""
    uid = work.add(made).uid
    if parked and made.verdict != Verdict.UNDECIDED and (aside := _parked(work, made.entry)):
        work.change(Parking, aside, ended="decided")
    for reason in dict.fromkeys(also):
        if reason and reason != made.reason:
            work.add(DecisionReason(decision=uid, reason=reason))
    return uid


def park(desk: Desk, paper: str, *, round_: str) -> str:
    """Put a paper of a round aside for the person at the desk: it comes back at the end of their pile."""
    with desk.unit("park", paper) as work:
        uid = resolve(work.connection, "round", round_)
        entry = entry_of(work, uid, resolve(work.connection, "paper", paper), f"{paper} in {round_}")
        return _park(work, entry, paper)


def park_entry(desk: Desk, entry: str, called: str) -> str:
    """Put an entry aside by its uid, as :func:`park` does; *called* names its paper in the log."""
    with desk.unit("park", called) as work:
        return _park(work, entry, called)


def _park(work: Unit, entry: str, called: str) -> str:
    if _parked(work, entry):
        raise Refused(f"{called} is parked already.")
    return work.add(Parking(entry=entry)).uid


def unpark(desk: Desk, paper: str, *, round_: str) -> None:
    """Take a parked paper back into its place."""
    with desk.unit("unpark", paper) as work:
        uid = resolve(work.connection, "round", round_)
        entry = entry_of(work, uid, resolve(work.connection, "paper", paper), f"{paper} in {round_}")
        _unpark(work, entry, paper)


def unpark_entry(desk: Desk, entry: str, called: str) -> None:
    """Take a parked entry back by its uid, as :func:`unpark` does."""
    with desk.unit("unpark", called) as work:
        _unpark(work, entry, called)


def _unpark(work: Unit, entry: str, called: str) -> None:
    parked = _parked(work, entry)
    if not parked:
        raise Refused(f"{called} is not parked.")
    work.change(Parking, parked, ended="taken back")


def _parked(work: Unit, entry: str) -> str:
    mine = select(Parking.uid).where(
        Parking.entry == entry, Parking.person == work.person, Parking.ended == ""
    )
    return str(work.connection.execute(mine).scalar() or "")


def settle(desk: Desk, paper: str, verdict: Verdict, *, round_: str, reason: str = "", why: str = "") -> str:
    """Resolve a conflict: what was agreed on a paper, by whom, why; return the resolution's uid.

    It rules until it is taken back, whatever people decide. Refused where there is no conflict, or none that
    the person at the desk may see.
    """
    with desk.unit("resolve", paper, reason=why) as work:
        uid = resolve(work.connection, "round", round_)
        named = resolve(work.connection, "paper", paper)
        entry = entry_of(work, uid, named, f"{paper} in {round_}")
        if verdict is Verdict.UNDECIDED:
            raise Refused("A conflict is resolved as include, exclude or maybe.")
        grouping = paper_grouping(work.connection)
        group = group_of(grouping, grouping[named])
        there = placed(work.connection, desk.initials, grouping, rounds=[uid], members=group)
        how = there[uid][grouping[named]].how
        if not how.conflict:
            raise Refused(f"People do not differ on {paper} in {round_}: there is nothing to resolve.")
        row = Resolution(
            entry=entry, verdict=verdict, reason=reason_of(work, uid, reason) if reason else None,
            why=paragraphs(why),
        )  # fmt: skip
        return work.add(row).uid


def unsettle(desk: Desk, paper: str, *, round_: str, reason: str = "") -> None:
    """Take the resolution of a conflict back."""
    with desk.unit("take resolution back", paper, reason=reason) as work:
        uid = resolve(work.connection, "round", round_)
        grouping = paper_grouping(work.connection)
        group = group_of(grouping, grouping[resolve(work.connection, "paper", paper)])
        entries = select(Entry.uid).where(Entry.round == uid, Entry.paper.in_(group))
        holds = select(Resolution.uid).where(Resolution.entry.in_(entries), Resolution.ended == "")
        found = work.connection.execute(holds).scalars().all()
        if not found:
            raise Refused(f"Nothing was resolved on {paper} in {round_}.")
        for row in found:
            work.change(Resolution, row, ended=line(reason) or "taken back")


def entry_of(work: Unit, round_: str, paper: str, what: str) -> str:
    """Return the entry of a paper, or of what is one document with it; refuse one that is not there."""
    entries = select(Entry.uid, Entry.paper).where(Entry.round == round_)
    direct = work.connection.execute(entries.where(Entry.paper == paper)).first()
    if direct:
        return str(direct.uid)
    same = group_of(paper_grouping(work.connection), paper)
    found = work.connection.execute(entries.where(Entry.paper.in_(same)).order_by(Entry.uid)).first()
    if found is None:
        raise Refused(f"There is no {what}: put it in with `realist round enter` first.")
    return str(found.uid)


def reason_of(work: Unit, round_: str, name: str) -> str:
    """Return the exclusion reason of a round with this number or these words; refuse any other."""
    rows = work.connection.execute(
        select(Reason.uid, Reason.number, Reason.text).where(Reason.round == round_).order_by(Reason.number)
    )
    known = rows.all()
    for row in known:
        if name.strip() in (str(row.number), row.text, row.uid):
            return str(row.uid)
    listed = "; ".join(f"{row.number} {row.text}" for row in known) or "none is set"
    raise Refused(f"The round has no exclusion reason {name!r}. Its reasons: {listed}.")


def add_included_set(
    desk: Desk, name: str, *, round_: str = "", note: str = "", papers: Sequence[str] = (), source: str = ""
) -> str:
    """Name the result of a round, or a set whose *papers* a *source* lists; return its uid."""
    name = line(name)
    with desk.unit("add included set", name) as work:
        if not name:
            raise Refused("An included set needs a name.")
        if work.connection.execute(select(IncludedSet.uid).where(IncludedSet.name == name)).first():
            raise Refused(f"There is already an included set {name!r} in this review.")
        found = resolve(work.connection, "round", round_) if round_ else None
        uid = work.add(IncludedSet(name=name, round=found, note=paragraphs(note))).uid
        _list_papers(work, uid, name, papers, source)
        return uid


def list_in_set(desk: Desk, included_set: str, papers: Sequence[str], *, source: str) -> None:
    """State that a source lists these papers as members, where no decision on them is known."""
    with desk.unit("list included papers", included_set) as work:
        _list_papers(work, resolve(work.connection, "set", included_set), included_set, papers, source)


def _list_papers(work: Unit, uid: str, included_set: str, papers: Sequence[str], source: str) -> None:
    first = work.position(ListedPaper, ListedPaper.included_set == uid)
    listed = select(ListedPaper.paper).where(ListedPaper.included_set == uid)
    there = set(work.connection.execute(listed).scalars())
    for position, name in enumerate(papers, first):
        paper = resolve(work.connection, "paper", name)
        if paper in there:
            raise Refused(f"{name} is listed in {included_set} already. Nothing was changed.")
        there.add(paper)
        work.add(ListedPaper(included_set=uid, paper=paper, position=position, source=line(source)))


def report_count(
    desk: Desk,
    *,
    value: int | None,
    source: str,
    step: FlowStep | None = None,
    counts: CountOf | None = None,
    stage: str = "",
    kind: SearchKind | None = None,
    mechanism: str = "",
    paper: str = "",
    label: str = "",
    qualifier: Qualifier = Qualifier.EXACTLY,
) -> str:
    """Record a number that only a source gives, and where it stands; None is unknown. Return its uid."""
    what = label or (step or counts or "a number")
    with desk.unit("report count", f"{what}: {'unknown' if value is None else value}") as work:
        if (step is None) == (counts is None):
            raise Refused("A reported number is either a step of the flow or a sum beside the grid.")
        if step is not None and not stage:
            raise Refused("A number of the flow belongs to a stage: name it.")
        if (value is None) != (qualifier is Qualifier.UNKNOWN):
            raise Refused("A number that is not known is `unknown` and has no value; any other needs one.")
        if value is not None and value < 0:
            raise Refused("A count cannot be negative.")
        row = ReportedCount(
            position=work.position(ReportedCount),
            step=step,
            counts=counts,
            stage=resolve(work.connection, "stage", stage) if stage else None,
            kind=kind,
            mechanism=resolve(work.connection, "mechanism", mechanism) if mechanism else None,
            paper=resolve(work.connection, "paper", paper) if paper else None,
            label=line(label),
            value=count_of(value, "A reported number"),
            qualifier=qualifier,
            source=line(source),
        )
        return work.add(row).uid
