"""Which papers a filter lets through: one question for each of its parts, of a few papers or of all."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, exists, or_, select, true

from realist.domain.filtering import MISSING, FieldWord, Filter
from realist.queries.extractions import counted
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.queries.retrieval import latest, missing_papers
from realist.queries.seen import known_tags, tagged
from realist.queries.standing import standing
from realist.queries.states import FEW, among, states
from realist.queries.ways import from_boxes
from realist.store import asking
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Evidence,
    Import,
    Mechanism,
    MechanismAlias,
    Paper,
    PaperJoin,
    PaperText,
    Record,
    RecordText,
    Search,
    Stage,
    Tagging,
)
from realist.store.visible import arrived, stands_alone
from realist.text import fold, index_text
from realist.vocabulary import ConfigurationStatus, PaperState

Members = list[str] | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Papers that stand alone now (number by uid), what is part of them, and all of these where few."""

    roots: Mapping[str, int]
    of: Mapping[str, str]
    members: Members


def few(connection: Connection, roots: Mapping[str, int]) -> Scope:
    """Return the scope of a few papers."""
    of = parts_of(connection, list(roots))
    return Scope(roots, of, list(of))


def everything(connection: Connection) -> Scope:
    """Return the scope of all papers of the review."""
    papers = select(Paper.uid, Paper.number).where(arrived(), stands_alone())
    roots = dict(connection.execute(papers).all())
    return Scope(roots, paper_grouping(connection), None)


def matching(connection: Connection, filter_: Filter, *, viewer: str = "") -> Mapping[str, int]:
    """Return the papers of the whole review that *filter_* lets through: number by uid, in no order.

    What *viewer* may not see of decisions and tags does not count.
    """
    tests = tests_of(filter_, viewer=viewer)
    for test in tests:
        if test.narrow and (found := test.narrow(connection)) is not None:
            scope = _of_parts(connection, found)
            return through(connection, scope, [other for other in tests if other is not test])
    return through(connection, everything(connection), tests)


def _of_parts(connection: Connection, parts: Collection[str]) -> Scope:
    wholes = set(wholes_of(connection, parts).values())
    papers = select(Paper.uid, Paper.number).where(Paper.uid.in_(wholes), arrived(), stands_alone())
    return few(connection, dict(connection.execute(papers).all()))


@dataclass(frozen=True, slots=True)
class Test:
    """One part of a filter: which things of a scope fit it (uids of papers or of parts of them)."""

    find: Callable[[Connection, Scope], Iterable[str]]
    negated: bool = False
    narrow: Callable[[Connection], Collection[str] | None] | None = None
    """Asks the whole review through an index; None where that finds too many to be of use."""


def through(connection: Connection, scope: Scope, tests: Sequence[Test]) -> Mapping[str, int]:
    """Return the papers of *scope* that pass all *tests*, in their order: number by uid."""
    for test in tests:
        found = {scope.of.get(uid, uid) for uid in test.find(connection, scope)}
        kept = {uid: n for uid, n in scope.roots.items() if (uid in found) is not test.negated}
        if len(kept) <= FEW < len(scope.roots):
            scope = few(connection, kept)
        else:
            scope = Scope(kept, scope.of, scope.members)
        if not kept:
            break
    return scope.roots


def tests_of(filter_: Filter, *, viewer: str) -> list[Test]:
    """Return the parts of a filter, those that usually leave the fewest papers first, for one who looks."""
    fields = sorted(filter_.fields, key=lambda word: (word.negated, _COST.index(word.field)))
    tests = [_field_test(word, viewer) for word in fields]
    if filter_.words:
        place = sum(not word.negated and word.field in _CHEAP for word in fields)
        tests.insert(place, _words_test(filter_))
    return tests


_CHEAP = ("tag", "mechanism", "doi")
_COST = (
    *_CHEAP, "label", "state", "year", "is", "search", "stage", "text", "title", "author",
    "journal", "has",
)  # fmt: skip


def _words_test(filter_: Filter) -> Test:
    words, beginning = filter_.words, filter_.beginning

    def find(connection: Connection, scope: Scope) -> Iterable[str]:
        if scope.members is not None:
            return asking.holding(connection, words, scope.members, beginning=beginning)
        return asking.holders(connection, words, beginning=beginning) or ()

    def narrow(connection: Connection) -> Collection[str] | None:
        return asking.holders(connection, words, beginning=beginning, limit=FEW)

    return Test(find, narrow=narrow)


def _field_test(word: FieldWord, viewer: str) -> Test:
    if word.field in _TEXTS:
        return _text_test(word)
    finder = _FINDERS.get(word.field) or partial(_OF_VIEWER[word.field], viewer=viewer)

    def find(connection: Connection, scope: Scope) -> Iterable[str]:
        return finder(connection, word.values, scope)

    def narrow(connection: Connection) -> Collection[str] | None:
        if word.field in ("state", "is"):
            standing = states(connection, None, viewer=viewer)
            found = {uid for uid, state in standing.items() if state in word.values}
        else:
            found = set(finder(connection, word.values, Scope({}, Grouping(), None)))
        return found if len(found) <= FEW else None

    return Test(find, word.negated, narrow if _narrows(word) else None)


def _narrows(word: FieldWord) -> bool:
    """Whether the whole review is quickly asked for it, and is likely to name few papers."""
    if word.negated:
        return False
    if word.field in ("state", "is"):
        return set(word.values) <= set(PaperState) - {PaperState.UNSCREENED}
    if word.field == "has":
        return set(word.values) <= {"evidence", "box", "tag"}
    return word.field in (*_CHEAP, "year", "text")


_TEXTS: dict[str, Any] = {
    "title": Paper.title, "author": Paper.authors, "journal": Paper.journal, "label": Paper.label,
}  # fmt: skip


def _text_test(word: FieldWord) -> Test:
    """Words that follow each other in a field, or in one of its authors; the last may be a beginning."""
    column = _TEXTS[word.field]
    sought = [f" {folded}" for value in word.values if (folded := index_text(value))]
    longest = [max(folded.split(), key=len) for folded in sought]

    def fits(text: str) -> bool:
        if text.isascii() and not any(part in text.lower() for part in longest):
            return False  # what most papers come to, and much quicker than folding them
        parts = text.split("\n") if word.field == "author" else (text,)
        return any(folded in f" {index_text(part)}" for part in parts for folded in sought)

    def find_among(connection: Connection, members: Collection[str] | None) -> list[str]:
        rows = connection.execute(select(Paper.uid, column).where(column != "", among(Paper.uid, members)))
        return [uid for uid, text in rows.all() if fits(text)]

    def narrow(connection: Connection) -> Collection[str] | None:
        found: set[str] = set()
        for value in word.values:
            hits = asking.holders(connection, [value], limit=FEW)
            if hits is None or len(found | hits) > FEW:
                return None
            found |= hits
        return find_among(connection, found)

    return Test(
        lambda connection, scope: find_among(connection, scope.members),
        word.negated,
        None if word.negated else narrow,
    )


def _year(connection: Connection, values: Sequence[str], scope: Scope) -> Iterable[str]:
    spans = (value.split("..") for value in values)
    within = or_(*(Paper.year.between(int(low), int(high)) for low, high in spans))
    return connection.execute(select(Paper.uid).where(within, among(Paper.uid, scope.members))).scalars()


def _doi(connection: Connection, values: Sequence[str], scope: Scope) -> Iterable[str]:
    holds = or_(*(Paper.doi.contains(value, autoescape=True) for value in values))
    return connection.execute(select(Paper.uid).where(holds, among(Paper.uid, scope.members))).scalars()


def _named(rows: Iterable[Any], values: Sequence[str]) -> list[str]:
    """Return the uids of (uid, name) rows that *values* name: exactly, else by their beginning."""
    folded = [(uid, fold(name)) for uid, name in rows]
    found: list[str] = []
    for value in map(fold, values):
        exact = [uid for uid, name in folded if name == value]
        found += exact or [uid for uid, name in folded if value and name.startswith(value)]
    return found


def _tag(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    tags = _named(known_tags(connection, viewer=viewer).items(), values)
    return _tagged(connection, scope, viewer, Tagging.tag.in_(tags))


def _tagged(connection: Connection, scope: Scope, viewer: str, *where: Any) -> Iterable[str]:
    on_papers = select(Tagging.subject).where(Tagging.subject_table == "paper", *where)
    rows = tagged(connection, on_papers.where(among(Tagging.subject, scope.members)), viewer=viewer)
    return (paper for (paper,) in rows)


def _mechanism(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    """Papers that are present under a mechanism in the grid: by evidence, boxes, tags or quotations."""
    rows = connection.execute(select(Mechanism.uid, Mechanism.name, Mechanism.number)).all()
    aliases = connection.execute(select(MechanismAlias.mechanism, MechanismAlias.name)).all()
    numbers = {str(row.number): row.uid for row in rows}
    named = _named([*((row.uid, row.name) for row in rows), *map(tuple, aliases)], values)
    codes = (re.fullmatch(r"[mM#](\d+)", value) for value in values)
    named += [numbers[code[1]] for code in codes if code and code[1] in numbers]
    at = standing(connection)
    wanted = set(named) | {at.whole()[uid] for uid in named}
    given = {one for uid in wanted for one in at.sources(uid)}
    found = select(Evidence.paper, Evidence.uid, Evidence.mechanism).where(
        Evidence.mechanism.in_(given), among(Evidence.paper, scope.members), counted(Evidence, viewer)
    )
    papers = {
        paper
        for paper, uid, mechanism in connection.execute(found)
        if not wanted.isdisjoint(at.now("evidence", uid, mechanism or ""))
    }
    ways = from_boxes(connection, at=at, viewer=viewer)
    return papers | {paper for paper, mechanism, _ in ways if mechanism in wanted}


def _found_in(connection: Connection, scope: Scope, searches: Collection[str]) -> Iterable[str]:
    rows = (
        select(Record.paper)
        .join(Import, Import.uid == Record.import_)
        .where(Import.finished == true(), Import.search.in_(searches), among(Record.paper, scope.members))
    )
    return connection.execute(rows).scalars()


def _search(connection: Connection, values: Sequence[str], scope: Scope) -> Iterable[str]:
    rows = connection.execute(select(Search.uid, Search.name, Search.number)).all()
    named = _named([(row.uid, row.name) for row in rows], values)
    return _found_in(connection, scope, named + [row.uid for row in rows if f"#{row.number}" in values])


def _stage(connection: Connection, values: Sequence[str], scope: Scope) -> Iterable[str]:
    named = _named(connection.execute(select(Stage.uid, Stage.name)), values)
    searches = connection.execute(select(Search.uid).where(Search.stage.in_(named))).scalars().all()
    return _found_in(connection, scope, searches)


def _state(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    found = states(connection, scope.roots, viewer=viewer)
    return [uid for uid, state in found.items() if state in values]


def _is(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    found: set[str] = set()
    if "joined" in values:
        joins = select(PaperJoin.into_paper).where(
            PaperJoin.ended == "", among(PaperJoin.into_paper, scope.members)
        )
        found |= set(connection.execute(joins).scalars())
    if "added" in values:
        typed = select(Paper.uid).where(Paper.import_.is_(None), among(Paper.uid, scope.members))
        found |= set(connection.execute(typed).scalars())
    if any(value in list(PaperState) for value in values):
        found |= set(_state(connection, values, scope, viewer=viewer))
    return found


def boxes_of(members: Members, *, viewer: str) -> Select[str, str]:
    """Ask for (paper, box) of every box that counts for *viewer*, of *members* or of all papers."""
    return (
        select(ConfigurationPaper.paper, ConfigurationPaper.configuration)
        .join(Configuration, Configuration.uid == ConfigurationPaper.configuration)
        .where(
            Configuration.status != ConfigurationStatus.DROPPED,
            among(ConfigurationPaper.paper, members),
            counted(Configuration, viewer),
        )
    )


def _has(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    members = scope.members
    abstract = exists().where(RecordText.uid == Record.uid, RecordText.abstract != "")
    asked: dict[str, list[Any]] = {
        "abstract": [
            select(PaperText.uid).where(PaperText.abstract != "", among(PaperText.uid, members)),
            select(Record.paper).where(abstract, among(Record.paper, members)),
        ],
        "evidence": [select(Evidence.paper).where(among(Evidence.paper, members), counted(Evidence, viewer))],
        "box": [boxes_of(members, viewer=viewer)],
        "doi": [select(Paper.uid).where(Paper.doi != "", among(Paper.uid, members))],
    }
    found: set[str] = set()
    for value in values:
        if value == "tag":
            found.update(_tagged(connection, scope, viewer))
        for statement in asked.get(value, ()):
            found.update(connection.execute(statement).scalars())
    return found


def _full_text(connection: Connection, values: Sequence[str], scope: Scope, *, viewer: str) -> Iterable[str]:
    """Papers whose full text has come so far, by the latest step, or is missing."""
    found = {paper for paper, step in latest(connection).items() if step.status in values}
    return found | missing_papers(connection, viewer=viewer).keys() if MISSING in values else found


_FINDERS: dict[str, Callable[[Connection, Sequence[str], Scope], Iterable[str]]] = {
    "year": _year, "doi": _doi, "search": _search, "stage": _stage,
}  # fmt: skip
_OF_VIEWER: dict[str, Callable[..., Iterable[str]]] = {
    "tag": _tag, "state": _state, "is": _is, "has": _has, "text": _full_text, "mechanism": _mechanism,
}  # fmt: skip
"""Those that find what the person who looks may see."""
