"""Screening: rounds, the papers that enter them, decisions, included sets, reported numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit, count_of
from realist.store.tables import Decision, Entry, IncludedSet, ListedPaper, Reason, ReportedCount, Round
from realist.text import line, paragraphs
from realist.vocabulary import CountOf, Door, FlowStep, Qualifier, RoundKind, SearchKind, Use, Verdict


def add_round(
    desk: Desk,
    name: str,
    *,
    stage: str,
    kind: RoundKind,
    criteria: str = "",
    reasons: Sequence[str] = (),
    readers: int = 1,
    note: str = "",
) -> str:
    """Add a screening round to a stage, with its numbered exclusion reasons; return its uid."""
    name = line(name)
    with desk.unit("add round", name) as work:
        if not name:
            raise Refused("A round needs a name.")
        if work.connection.execute(select(Round.uid).where(Round.name == name)).first():
            raise Refused(f"There is already a round {name!r} in this review.")
        if readers < 1:
            raise Refused("A round needs at least one reader for each paper.")
        row = Round(number=work.number(Round), stage=resolve(work.connection, "stage", stage), kind=kind)
        row.name, row.readers = name, count_of(readers, "The number of readers") or 1
        row.criteria, row.note = paragraphs(criteria), paragraphs(note)
        work.add(row)
        for number, words in enumerate(reasons, 1):
            work.add(Reason(round=row.uid, number=number, text=line(words)))
        return row.uid


def enter(
    desk: Desk,
    round_: str,
    papers: Iterable[str],
    *,
    door: Door | None = None,
    why: str = "",
    supplied_by: str = "",
) -> int:
    """Put papers into a round by the door they came through; return how many were new in it."""
    with desk.unit("enter papers", round_, reason=why) as work:
        uid = resolve(work.connection, "round", round_)
        grouping = paper_grouping(work.connection)
        there = set(work.connection.execute(select(Entry.paper).where(Entry.round == uid)).scalars())
        there = {grouping[paper] for paper in there}
        before = len(there)
        for name in papers:
            paper = grouping[resolve(work.connection, "paper", name)]
            if paper not in there:
                there.add(paper)
                entry = Entry(round=uid, paper=paper, door=door, why=line(why), supplied_by=line(supplied_by))
                work.add(entry)
        return len(there) - before


def decide(
    desk: Desk,
    paper: str,
    verdict: Verdict,
    *,
    round_: str,
    reason: str = "",
    use: Use | None = None,
    note: str = "",
    seconds: float | None = None,
) -> str:
    """Decide on a paper in a round, or take a decision back with ``undecided``; return the decision's uid."""
    with desk.unit(f"decide {verdict}", paper) as work:
        uid = resolve(work.connection, "round", round_)
        row = Decision(
            entry=_entry(work, uid, resolve(work.connection, "paper", paper), f"{paper} in {round_}"),
            verdict=verdict,
            reason=_reason(work, uid, reason) if reason else None,
            use=use,
            note=paragraphs(note),
            seconds=seconds,
        )
        return work.add(row).uid


def _entry(work: Unit, round_: str, paper: str, what: str) -> str:
    entries = select(Entry.uid, Entry.paper).where(Entry.round == round_)
    direct = work.connection.execute(entries.where(Entry.paper == paper)).first()
    if direct:
        return str(direct.uid)
    same = group_of(paper_grouping(work.connection), paper)
    found = work.connection.execute(entries.where(Entry.paper.in_(same)).order_by(Entry.uid)).first()
    if found is None:
        raise Refused(f"There is no {what}: put it in with `realist round enter` first.")
    return str(found.uid)


def _reason(work: Unit, round_: str, name: str) -> str:
    rows = work.connection.execute(
        select(Reason.uid, Reason.number, Reason.text).where(Reason.round == round_)
    )
    known = rows.all()
    for row in known:
        if name.strip() in (str(row.number), row.text):
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
