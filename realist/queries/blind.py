"""What a person may not see yet: what others decided, noted and tagged on papers of a blind round.

What people put on a paper that they extract independently is hidden until that is over.
A paper of a blind round is hidden until the round is opened, or until all who have to decide on it have.
Until then, everybody sees of it only their own. Who is nobody sees only what everybody sees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from realist.domain.screening import Said, ended_at
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.queries.words import stored
from realist.store.tables import Assignment, Decision, Entry, Extraction, Person, Round
from realist.text import line
from realist.vocabulary import ExtractionRole, Role, Verdict

FEW = 4000
"""Up to so many entries are named in a statement; of more, everything is read."""


@dataclass(frozen=True, slots=True)
class Blind:
    """What is hidden from ``viewer``, a uid ("" for nobody): ``entries``, and ``papers`` since when.

    ``papers`` holds every paper of a group that is one document now, by uid. Where no round is blind,
    nothing is hidden from anybody, and ``viewer`` is "".
    """

    viewer: str
    entries: frozenset[str] = frozenset()
    papers: dict[str, datetime] = field(default_factory=dict)
    extracted: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """By paper: who extracts it independently, since when, while that is under way."""

    def hides(self, entry: str, person: str) -> bool:
        """Whether what *person* decided on *entry* may not be seen."""
        return entry in self.entries and person != self.viewer

    def hides_note(self, paper: str, person: str, at: datetime) -> bool:
        """Whether what *person* put on *paper* at a moment, a tag or a memo, may not be seen."""
        if person == self.viewer:
            return False
        since, begun = self.papers.get(paper), self.extracted.get(paper, {}).get(person)
        return (since is not None and at >= since) or (begun is not None and at >= begun)


def person_of(connection: Connection, viewer: str) -> str:
    """Return the uid of the person with the initials *viewer*; "" where there is none."""
    if not viewer:
        return ""
    found = connection.execute(select(Person.uid).where(Person.initials == line(viewer))).scalar()
    return str(found or "")


def secret_rounds(connection: Connection) -> dict[str, int]:
    """Return the rounds, by uid, in which things are hidden: blind and not opened; with their readers.

    Most reviews have none: this is all that they are asked.
    """
    rounds = select(Round.uid, Round.readers).where(Round.blind, Round.opened.is_(None))
    return dict(connection.execute(rounds).all())


def blind(connection: Connection, viewer: str, papers: Collection[str] | None = None) -> Blind:
    """Return what is hidden from the person with the initials *viewer*: on all papers, or on *papers*.

    *papers* are uids of papers; what is one document with one of them counts with it. Of more than FEW,
    everything is read.
    """
    readers = secret_rounds(connection)
    independent = _independent(connection)
    if not readers and not independent:
        return Blind("")
    who = person_of(connection, viewer)
    if papers is None or len(papers) > FEW:
        of, members = paper_grouping(connection), None
    else:
        wholes = set(wholes_of(connection, papers).values())
        of = Grouping(parts_of(connection, wholes))
        members = list(of)
    entries = select(Entry.uid, Entry.paper, Entry.round, Entry.at).where(Entry.round.in_(readers))
    some = entries if members is None else entries.where(Entry.paper.in_(members))
    rows = connection.execute(some).all() if readers else []
    found = _hidden(connection, who, of, readers, rows)
    return replace(found, extracted=_in_groups(of, independent))


def anything_hidden(connection: Connection) -> bool:
    """Whether anything that people put on papers is hidden from anybody: most reviews have nothing so."""
    return bool(secret_rounds(connection)) or bool(_independent(connection))


def _independent(connection: Connection) -> list[tuple[str, str, datetime]]:
    """Return (paper, extractor, since) of independent extractions that are under way."""
    of = Extraction
    rows = select(of.paper, of.extractor, of.at).where(
        of.role == ExtractionRole.INDEPENDENT, of.independent_until.is_(None)
    )
    return [(paper, extractor, at) for paper, extractor, at in connection.execute(rows)]


def _in_groups(
    of: Grouping, independent: Iterable[tuple[str, str, datetime]]
) -> dict[str, dict[str, datetime]]:
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for paper, extractor, at in independent:
        whole = of.get(paper, paper)
        found[whole][extractor] = min(at, found[whole].get(extractor, at))
    return {part: found[whole] for part, whole in of.items() if whole in found} | found


def _hidden(
    connection: Connection,
    who: str,
    of: Grouping,
    readers: dict[str, int],
    rows: Iterable[Any],
) -> Blind:
    there = [(uid, of[paper], round_, at) for uid, paper, round_, at in rows]
    uids = [uid for uid, *_ in there]
    said = histories(connection, uids)
    needed = needed_of(connection, uids)
    by_paper: dict[tuple[str, str], list[str]] = defaultdict(list)
    since: dict[tuple[str, str], datetime] = {}
    for uid, paper, round_, at in there:
        by_paper[round_, paper].append(uid)
        since[round_, paper] = min(since.get((round_, paper), at), at)
    entries: set[str] = set()
    papers: dict[str, datetime] = {}
    for (round_, paper), own in by_paper.items():
        history = together(said, own)
        people = {person for uid in own for person in needed.get(uid, {}).get(False, ())}
        if ended_at(history, max(readers[round_], len(people))) is None:
            entries.update(own)
            begun = since[round_, paper]
            papers[paper] = min(papers.get(paper, begun), begun)
    parts = {part: papers[whole] for part, whole in of.items() if whole in papers}
    return Blind(who, frozenset(entries), papers | parts)


def together(said: dict[str, list[Said]], entries: Collection[str]) -> list[Said]:
    """Return what was said of several entries, in the order of time."""
    if len(entries) == 1:
        return said.get(next(iter(entries)), [])
    return sorted((one for uid in entries for one in said.get(uid, ())), key=lambda one: one.at)


def histories(connection: Connection, entries: Collection[str] | None) -> dict[str, list[Said]]:
    """Return by entry all that was decided on it, by anybody, in the order of time.

    For working out who may see what, never for showing.
    """
    statement = select(
        Decision.entry, Decision.person, Decision.verdict, Decision.at, Decision.is_check
    ).order_by(Decision.at, Decision.uid)
    words: dict[str, Verdict] = {}
    found: dict[str, list[Said]] = defaultdict(list)
    few = entries is not None and len(entries) <= FEW
    wanted = None if entries is None or few else set(entries)
    if few:
        statement = statement.where(Decision.entry.in_(list(entries or ())))
    for entry, person, verdict, at, is_check in connection.execute(statement):
        if wanted is None or entry in wanted:
            word = words.get(verdict) or words.setdefault(verdict, stored(Verdict, verdict))
            found[entry].append(Said(entry, person, word, at, is_check))
    return found


def needed_of(
    connection: Connection, entries: Collection[str] | None
) -> dict[str, dict[bool, tuple[str, ...]]]:
    """Return by entry who has to read it: under False those who decide, under True those who check."""
    statement = select(Assignment.entry, Assignment.reader, Assignment.role).where(Assignment.ended == "")
    few = entries is not None and len(entries) <= FEW
    if few:
        statement = statement.where(Assignment.entry.in_(list(entries or ())))
    found: dict[str, dict[bool, tuple[str, ...]]] = {}
    for entry, reader, role in connection.execute(statement.order_by(Assignment.at, Assignment.uid)):
        of = found.setdefault(entry, {})
        checks = role == Role.CHECK
        of[checks] = (*of.get(checks, ()), reader)
    return found
