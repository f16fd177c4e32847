"""What people say papers are to each other: the same document, different, related, of one study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from realist.errors import NotFound, Refused, WrongUse
from realist.queries import sameness
from realist.queries.best import read_together, shown
from realist.queries.grouping import Grouping, group_of, paper_grouping, parts_of, wholes_of
from realist.queries.naming import resolve
from realist.queries.paper_story import abstract
from realist.services.papers import FIELDS, correct
from realist.services.unit import Desk, Unit
from realist.store.tables import NotSame, Paper, PaperJoin, RelatedPaper, Study, StudyPaper, table_of
from realist.text import line, paragraphs
from realist.vocabulary import Relatedness


def join_papers(
    desk: Desk,
    paper: str,
    into: str,
    *,
    reason: str = "",
    rule: str = sameness.PERSON,
    score: float | None = None,
) -> str:
    """State that *paper* is the same document as *into*; nothing is rewritten. Return the join's uid."""
    with desk.unit("join papers", f"{paper} into {into}", reason=reason) as work:
        source = resolve(work.connection, "paper", paper)
        grouping = paper_grouping(work.connection)
        target = grouping[resolve(work.connection, "paper", into)]
        if grouping[source] == target:
            raise Refused(f"{paper} and {into} are one paper already.")
        return _join(work, grouping, grouping[source], target, reason, rule, score)


def call_same(
    desk: Desk, papers: Sequence[str], *, fields: Mapping[str, str] | None = None, reason: str = ""
) -> str:
    """State that *papers* are one document, read from now on under the best of them; return its uid.

    The best is one that people work with already, else one that papers were joined into, else the one that
    says most. *fields* names, for a field, the paper whose value is right: it becomes that of the best, as a
    correction that keeps the original. Refused where they are one already.
    """
    with desk.unit("call the same", " and ".join(papers), reason=reason) as work:
        uids = [resolve(work.connection, "paper", name) for name in papers]
        grouping = _around(work, uids)
        wholes = list(dict.fromkeys(grouping[uid] for uid in uids))
        if len(wholes) < 2:
            raise Refused(f"{' and '.join(papers)} are one paper already.")
        right = [(field, *_value(work, field, name)) for field, name in (fields or {}).items()]
        best = sameness.best_of(work.connection, wholes)
        for paper in wholes:
            if paper != best:
                _join(work, grouping, paper, best, reason)
        now = _read(work, best) if right else {}
        for field, number, value in right:
            if value != now[field]:
                correct(work, best, field, value, f"from #{number}")
        return best


def _around(work: Unit, papers: Sequence[str]) -> Grouping:
    """Return the part of the grouping that *papers* are in."""
    wholes = set(wholes_of(work.connection, papers).values())
    parts = parts_of(work.connection, wholes)
    return Grouping({part: whole for part, whole in parts.items() if part != whole})


def _value(work: Unit, field: str, paper: str) -> tuple[int, str | int | None]:
    """Return the number of a paper as it is read now, and what stands in one of its fields."""
    if field not in (*FIELDS, "abstract"):
        raise WrongUse(
            f"No value can be taken over into {field!r}: use one of {', '.join(FIELDS)}, abstract."
        )
    named = resolve(work.connection, "paper", paper)
    row = _read(work, wholes_of(work.connection, [named])[named])
    return row["number"], row[field]


def _read(work: Unit, paper: str) -> dict[str, Any]:
    """Return the fields of a paper as it is read now, with what was joined into it."""
    together = read_together(work.connection, parts_of(work.connection, [paper]))
    return {**shown(work.row(Paper, paper), together), "abstract": abstract(work.connection, paper)}


def _join(
    work: Unit,
    grouping: Grouping,
    paper: str,
    into: str,
    reason: str,
    rule: str = sameness.PERSON,
    score: float | None = None,
) -> str:
    """Join a paper that stands alone into another; what said that they are not one ends with it."""
    _end(work, NotSame, group_of(grouping, paper), group_of(grouping, into), "called the same")
    _end(work, RelatedPaper, group_of(grouping, paper), group_of(grouping, into), "called the same")
    row = PaperJoin(from_paper=paper, into_paper=into, rule=rule, score=score, reason=line(reason))
    return work.add(row).uid


def _end(
    work: Unit,
    table: type[NotSame] | type[RelatedPaper],
    these: Sequence[str],
    those: Sequence[str],
    why: str,
) -> int:
    """End what *table* says between two groups of papers; return how many rows that were."""
    between = table.one.in_(these) & table.other.in_(those) | table.one.in_(those) & table.other.in_(these)
    found = work.connection.execute(select(table.uid).where(between, table.ended == "")).scalars().all()
    for uid in found:
        work.change(table, uid, ended=why)
    return len(found)


def end_join(desk: Desk, paper: str, *, reason: str) -> None:
    """State that *paper* is a document of its own after all; work done on either stays where it was done.

    What was joined into it stays with it, where it is itself joined into another. Where others are read
    under it, they stay together, under the best of them.
    """
    with desk.unit("end join", paper, reason=reason) as work:
        uid = resolve(work.connection, "paper", paper)
        own = _holding(work, PaperJoin.from_paper == uid)
        parts = [] if own else _holding(work, PaperJoin.into_paper == uid)
        if not (own or parts):
            raise Refused(f"{paper} is not joined into another paper.")
        best = sameness.best_of(work.connection, [str(row.from_paper) for row in parts]) if parts else ""
        for row in (*own, *parts):
            work.change(PaperJoin, row.uid, ended=line(reason) or "ended")
        for row in parts:
            if row.from_paper != best:
                again = PaperJoin(from_paper=row.from_paper, into_paper=best, rule=row.rule, score=row.score)
                again.reason = row.reason
                work.add(again)


def _holding(work: Unit, which: ColumnElement[bool]) -> list[PaperJoin]:
    statement = select(*table_of(PaperJoin).columns).where(which, PaperJoin.ended == "")
    rows = work.connection.execute(statement.order_by(PaperJoin.uid)).mappings()
    return [PaperJoin(**row) for row in rows]


def call_different(desk: Desk, paper: str, other: str, *, reason: str = "") -> str:
    """State that two papers are different documents, whatever any program finds; return the uid of that."""
    with desk.unit("call different", f"{paper} and {other}", reason=reason) as work:
        one, two = _two(work, paper, other)
        there = select(NotSame.uid).where(NotSame.one == one, NotSame.other == two, NotSame.ended == "")
        if work.connection.execute(there).first():
            raise Refused(f"{paper} and {other} are called different already.")
        return work.add(NotSame(one=one, other=two, reason=line(reason))).uid


def _two(work: Unit, paper: str, other: str) -> tuple[str, str]:
    """Return the papers under which two are read now, the lesser uid first; refuse one and the same."""
    uids = [resolve(work.connection, "paper", name) for name in (paper, other)]
    ends = sorted(set(wholes_of(work.connection, uids).values()))
    if len(ends) < 2:
        raise Refused(f"{paper} and {other} are one paper: split them first (`realist paper split`).")
    return ends[0], ends[1]


def withdraw_different(desk: Desk, paper: str, other: str, *, reason: str = "") -> None:
    """Take back that two papers are different documents: they may be asked about again."""
    with desk.unit("withdraw different", f"{paper} and {other}", reason=reason) as work:
        _end_between(work, NotSame, paper, other, reason, "called different")


def relate(desk: Desk, paper: str, other: str, kind: Relatedness, *, reason: str = "") -> str:
    """State that two papers belong together and are not the same document; return the uid of that."""
    with desk.unit("relate", f"{paper} and {other}: {kind}", reason=reason) as work:
        one, two = _two(work, paper, other)
        holds = (RelatedPaper.one == one) & (RelatedPaper.other == two) & (RelatedPaper.ended == "")
        there = work.connection.execute(select(RelatedPaper.uid).where(holds)).scalar()
        if there is None:
            return work.add(RelatedPaper(one=one, other=two, kind=kind, reason=line(reason))).uid
        if not work.change(RelatedPaper, str(there), kind=kind):
            raise Refused(f"{paper} and {other} are related as {kind} already.")
        return str(there)


def end_relation(desk: Desk, paper: str, other: str, *, reason: str = "") -> None:
    """State that two papers do not belong together after all."""
    with desk.unit("end relation", f"{paper} and {other}", reason=reason) as work:
        _end_between(work, RelatedPaper, paper, other, reason, "related")


def _end_between(
    work: Unit, table: type[NotSame] | type[RelatedPaper], paper: str, other: str, reason: str, what: str
) -> None:
    grouping = paper_grouping(work.connection)
    these, those = (
        group_of(grouping, grouping[resolve(work.connection, "paper", name)]) for name in (paper, other)
    )
    if not _end(work, table, these, those, line(reason) or "withdrawn"):
        raise Refused(f"{paper} and {other} are not {what}.")


def add_study(
    desk: Desk, name: str, *, kind: str = "", within: str = "", papers: Sequence[str] = (), note: str = ""
) -> str:
    """Add a study, case or programme that papers are about, perhaps part of a larger one; return its uid."""
    name = line(name)
    with desk.unit("add study", name) as work:
        if not name:
            raise Refused("A study needs a name.")
        if work.connection.execute(select(Study.uid).where(Study.name == name)).first():
            raise Refused(f"There is already a study {name!r} in this review.")
        of = resolve(work.connection, "study", within) if within else None
        study = work.add(Study(name=name, kind=line(kind), within=of, note=paragraphs(note)))
        _put_in(work, study.uid, papers)
        return study.uid


def put_in_study(desk: Desk, study: str, papers: Sequence[str]) -> int:
    """State that *papers* are about a study; return how many were not in it before."""
    with desk.unit("put in study", study) as work:
        return _put_in(work, resolve(work.connection, "study", study), papers)


def _put_in(work: Unit, study: str, papers: Sequence[str]) -> int:
    there = set(work.connection.execute(select(StudyPaper.paper).where(StudyPaper.study == study)).scalars())
    grouping = paper_grouping(work.connection)
    there = {grouping[paper] for paper in there}
    before = len(there)
    for name in papers:
        paper = grouping[resolve(work.connection, "paper", name)]
        if paper not in there:
            there.add(paper)
            work.add(StudyPaper(study=study, paper=paper))
    return len(there) - before


def take_out_of_study(desk: Desk, study: str, paper: str) -> None:
    """State that a paper is not about a study after all."""
    with desk.unit("take out of study", f"{paper} of {study}") as work:
        of = resolve(work.connection, "study", study)
        grouping = paper_grouping(work.connection)
        group = group_of(grouping, grouping[resolve(work.connection, "paper", paper)])
        rows = select(StudyPaper.uid).where(StudyPaper.study == of, StudyPaper.paper.in_(group))
        found = work.connection.execute(rows).scalars().all()
        if not found:
            raise NotFound(f"{paper} is not in the study {study}.")
        for uid in found:
            work.remove(StudyPaper, uid)
