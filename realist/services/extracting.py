"""Who extracts what: papers handed to people, finished, taken back, opened; what was extracted, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import sha256
from math import ceil
from typing import Any, NamedTuple

from sqlalchemy import select

from realist.domain import allocation
from realist.domain.allocation import Split
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.extractions import seen
from realist.queries.grouping import group_of, paper_grouping
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services.allocating import people_named
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Evidence,
    Extraction,
    ExtractionCheck,
    Paper,
    Person,
)
from realist.text import line, paragraphs, shorten
from realist.vocabulary import CheckVerdict, ExtractionRole

_WORKING = (ExtractionRole.EXTRACT, ExtractionRole.INDEPENDENT)


class Handed(NamedTuple):
    """What was handed out: how many extractions are ``new``, and how many each person has of them."""

    new: int
    people: tuple[tuple[str, int], ...]


def allot_extraction(
    desk: Desk,
    papers: Sequence[str],
    people: Sequence[str],
    role: ExtractionRole,
    *,
    of: str = "",
    share: float = 100,
    seed: int = 1,
) -> Handed:
    """Hand papers to people (initials) to extract, to extract independently, or to check.

    *Extract* divides the papers among the people; *independent* gives each paper to each of them, blind;
    *check* divides those that *of* (initials) has, a *share* of them in percent, drawn by *seed*. Without
    *papers*, a check is of all that *of* has. What people have already stays theirs.
    """
    with desk.unit("allot extraction", ", ".join(people)) as work:
        if role is ExtractionRole.CONSENSUS:
            raise WrongUse("A consensus is begun by who makes it: `realist extraction consensus` does it.")
        named = people_named(work.connection, people)
        if not named:
            raise WrongUse("Say to whom the papers are handed.")
        wanted = [resolve(work.connection, "paper", name) for name in papers]
        grouping = paper_grouping(work.connection)
        wholes = list(dict.fromkeys(grouping[uid] for uid in wanted))
        if role is ExtractionRole.CHECK:
            wholes = _sample(work, wholes, of, named, share, seed)
        if not wholes:
            raise Refused("There is no paper to hand out. Nothing was changed.")
        every = [row for row in _extractions(work, role) if row["ended"] == ""]
        held = {(grouping[row["paper"]], row["extractor"]) for row in every}
        if role is ExtractionRole.INDEPENDENT:
            pairs = [(paper, who) for paper in wholes for who in named if (paper, who) not in held]
            _still_blind(work, wholes, {paper for paper, _ in pairs}, held | set(pairs))
        else:
            before = [allocation.Assignment(paper, who) for paper, who in held]
            new = allocation.allot(wholes, named, Split(), seed, before)
            pairs = [(one.entry, one.person) for one in new]
        for paper, who in pairs:
            work.add(Extraction(paper=paper, extractor=who, role=role))
        work.act.subject = line(f"of {_called(work, wholes)} to {', '.join(people)} ({role})")
        initials = dict(zip(named, map(line, people), strict=True))
        each = Counter(initials[who] for _, who in pairs)
        return Handed(len(pairs), tuple(sorted(each.items())))


def _sample(
    work: Unit, wholes: Sequence[str], of: str, people: Collection[str], share: float, seed: int
) -> list[str]:
    """Return the papers that are to be checked: a share of those that a person has, drawn by a seed."""
    if not of:
        raise WrongUse("Say whose extractions are checked: name the person.")
    who = resolve(work.connection, "person", of)
    if who in people:
        raise Refused(f"{line(of)} cannot check what they extracted themselves. Nothing was changed.")
    if not 0 < share <= 100:
        raise WrongUse(f"{share:g} is no share of the papers: say a percentage above 0 and up to 100.")
    grouping = paper_grouping(work.connection)
    rows = (row for role in _WORKING for row in _extractions(work, role))
    theirs = {grouping[row["paper"]] for row in rows if row["extractor"] == who and row["ended"] == ""}
    found = [paper for paper in wholes if paper in theirs] if wholes else sorted(theirs)
    drawn = sorted(found, key=lambda paper: sha256(f"{seed}\n{paper}".encode()).digest())
    return drawn[: ceil(len(found) * share / 100)]


def _still_blind(work: Unit, wholes: Sequence[str], new: set[str], held: Collection[tuple[str, str]]) -> None:
    """Refuse papers whose independence is over already, and those that one person alone would have."""
    grouping = paper_grouping(work.connection)
    rows = _extractions(work, ExtractionRole.INDEPENDENT)
    over = {grouping[row["paper"]] for row in rows if row["independent_until"]} & new
    if over:
        raise Refused(
            f"What was extracted of {_called(work, over)} may be seen by now: nobody can extract it"
            " independently any more. Nothing was changed."
        )
    of = Counter(paper for paper, _ in held)
    if alone := {paper for paper in wholes if of[paper] < 2}:
        raise Refused(
            f"Nobody would be independent of anybody on {_called(work, alone)}: name two people or more."
            " Nothing was changed."
        )


def _called(work: Unit, papers: Collection[str]) -> str:
    some = sorted(papers)[:50]
    numbers = work.connection.execute(select(Paper.number).where(Paper.uid.in_(some))).scalars().all()
    more = f" and {len(papers) - 5:,} more papers" if len(papers) > 5 else ""
    return f"paper {', '.join(f'#{number}' for number in sorted(numbers)[:5])}{more}"


def _extractions(
    work: Unit, role: ExtractionRole | None = None, papers: Collection[str] | None = None
) -> list[dict[str, Any]]:
    of = Extraction
    rows = select(*of.__table__.columns).order_by(of.at, of.uid)
    if role is not None:
        rows = rows.where(of.role == role)
    if papers is not None:
        rows = rows.where(of.paper.in_(papers))
    return [dict(row) for row in work.connection.execute(rows).mappings()]


def _group(work: Unit, paper: str) -> list[str]:
    return group_of(paper_grouping(work.connection), resolve(work.connection, "paper", paper))


def finish_extraction(desk: Desk, paper: str, *, role: ExtractionRole | None = None) -> str:
    """Say that what one has of a paper is done; return the uid of the extraction.

    When all independent ones of a paper are done, everybody may see them. A consensus that is done counts in
    place of the independent ones.
    """
    with desk.unit("finish extraction", paper) as work:
        group = _group(work, paper)
        rows = [row for row in _held(work, group, work.person) if not row["done"]]
        one = _the_one(rows, role, f"You have nothing of {line(paper)} to finish")
        work.change(Extraction, one["uid"], done=True)
        _settle(work, group)
        return str(one["uid"])


def end_extraction(
    desk: Desk, paper: str, person: str, *, reason: str, role: ExtractionRole | None = None
) -> str:
    """Take a paper back from a person (initials), with the reason; what they extracted stays."""
    with desk.unit("take back extraction", f"{paper} from {person}", reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: taking a paper back needs a reason.")
        group = _group(work, paper)
        rows = _held(work, group, resolve(work.connection, "person", person))
        one = _the_one(rows, role, f"{line(person)} does not have {line(paper)} to extract")
        work.change(Extraction, one["uid"], ended=line(reason))
        _settle(work, group)
        return str(one["uid"])


def open_extractions(desk: Desk, paper: str, *, reason: str) -> int:
    """End the independence of a paper before all are done, with the reason; return how many it was of."""
    with desk.unit("open extractions", paper, reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: opening extractions needs a reason.")
        rows = _extractions(work, ExtractionRole.INDEPENDENT, _group(work, paper))
        blind = [row for row in rows if row["independent_until"] is None]
        if not blind:
            raise Refused(f"No independent extraction of {line(paper)} is under way. Nothing was changed.")
        for row in blind:
            work.change(Extraction, row["uid"], opened=line(reason), independent_until=work.at)
        return len(blind)


def _held(work: Unit, papers: Sequence[str], person: str) -> list[dict[str, Any]]:
    rows = _extractions(work, None, papers)
    return [row for row in rows if row["extractor"] == person and row["ended"] == ""]


def _the_one(rows: Sequence[dict[str, Any]], role: ExtractionRole | None, none: str) -> dict[str, Any]:
    """Return the one row there is, of a role where one is named; refuse none, and several."""
    found = [row for row in rows if role is None or row["role"] == role]
    if not found:
        raise Refused(f"{none}: `realist extraction list` shows who has what. Nothing was changed.")
    if len(found) > 1:
        roles = ", ".join(str(row["role"]) for row in found)
        raise Refused(f"More than one is meant ({roles}): say which with --role. Nothing was changed.")
    return found[0]


def _settle(work: Unit, papers: Sequence[str]) -> None:
    """Note what follows for a paper: whether its extractions are independent still, and which count."""
    rows = _extractions(work, None, papers)
    blind = [
        row for row in rows if row["role"] == ExtractionRole.INDEPENDENT and row["independent_until"] is None
    ]
    if all(row["done"] for row in blind if row["ended"] == ""):
        for row in blind:
            work.change(Extraction, row["uid"], independent_until=work.at)
    agreed = next(
        (
            row["uid"]
            for row in rows
            if row["role"] == ExtractionRole.CONSENSUS and row["done"] and row["ended"] == ""
        ),
        None,
    )
    for row in rows:
        if row["role"] == ExtractionRole.INDEPENDENT:
            work.change(Extraction, row["uid"], counted_by=agreed)


def begin_consensus(desk: Desk, paper: str) -> str:
    """Begin the consensus of a paper whose independent extractions are done or opened; return its uid.

    What one writes of the paper from now on belongs to it, until it is done.
    """
    with desk.unit("begin consensus", paper) as work:
        group = _group(work, paper)
        rows = [row for row in _extractions(work, None, group) if row["ended"] == ""]
        independent = [row for row in rows if row["role"] == ExtractionRole.INDEPENDENT]
        if not independent:
            raise Refused(f"Nobody has extracted {line(paper)} independently. Nothing was changed.")
        if any(row["independent_until"] is None for row in independent):
            raise Refused(
                f"The independent extractions of {line(paper)} are under way: a consensus begins when all are"
                " done, or opened with a reason. Nothing was changed."
            )
        for row in rows:
            if row["role"] == ExtractionRole.CONSENSUS:
                by = select(Person.initials).where(Person.uid == row["extractor"])
                who = work.connection.execute(by).scalar_one()
                raise Refused(f"The consensus of {line(paper)} was begun by {who}. Nothing was changed.")
        of = Extraction(paper=group[0], extractor=work.person, role=ExtractionRole.CONSENSUS)
        return work.add(of).uid


def check_extracted(desk: Desk, kind: str, name: str, verdict: CheckVerdict, *, note: str = "") -> str:
    """Say of a box, or of a piece of evidence (uid), that it is right or was amended; return the uid.

    *kind* is configuration or evidence. One has to have its paper to check; what was amended needs a note.
    """
    with desk.unit("check extraction", f"{shorten(name, 60)}: {verdict}") as work:
        if kind not in (BOX, "evidence"):
            raise WrongUse(f"A {kind!r} is not checked: use configuration or evidence.")
        if verdict is CheckVerdict.AMENDED and not paragraphs(note):
            raise Refused("Nothing was changed: say in a note what was amended.")
        subject, papers, person = _subject(work, kind, name)
        if person == work.person:
            raise Refused("You cannot check what you extracted yourself. Nothing was changed.")
        grouping = paper_grouping(work.connection)
        group = [one for paper in papers for one in group_of(grouping, paper)]
        rows = [row for row in _held(work, group, work.person) if row["role"] == ExtractionRole.CHECK]
        if not rows:
            raise Refused(
                f"You do not have the paper of {shorten(name, 60)} to check: `realist extraction allot` hands"
                " it out. Nothing was changed."
            )
        row = ExtractionCheck(extraction=rows[0]["uid"], subject_table=kind, subject=subject, verdict=verdict)
        row.note = paragraphs(note)
        return work.add(row).uid


def _subject(work: Unit, kind: str, name: str) -> tuple[str, list[str], str]:
    """Return the uid of what is checked, its papers, and who made it."""
    if kind == BOX:
        uid = resolve_any(work.connection, BOX, name, viewer=work.initials)
        of = select(ConfigurationPaper.paper).where(ConfigurationPaper.configuration == uid)
        return uid, list(work.connection.execute(of).scalars()), str(work.row(Configuration, uid)["person"])
    wanted = line(name)
    there = select(Evidence.uid, Evidence.paper, Evidence.person).where(
        Evidence.uid == wanted, seen(Evidence, work.initials)
    )
    row = work.connection.execute(there).first()
    if row is None:
        raise NotFound(f"There is no evidence {wanted}: `realist evidence list` shows the uids.")
    return row.uid, [row.paper], row.person
