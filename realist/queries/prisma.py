"""The numbers of a PRISMA 2020 flow diagram, of the whole review: computed, else reported, else derived.

A realist review searches in stages, and papers come back; PRISMA draws one flow. So each number is the sum of
what its stages say, and what a stage knew already stands under "other reasons". Sources and terms: Page et
al. 2021, BMJ 372:n71.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from realist.domain.flow import Group, Line
from realist.queries.flow import StageFlow, staged_flow
from realist.queries.grouping import paper_grouping
from realist.queries.reporting import Way, excluded_in_full, members_of, ways_in
from realist.queries.review import searches
from realist.store.tables import StudyPaper
from realist.vocabulary import Door, FlowStep, Qualifier, SearchKind

DATABASES = (SearchKind.DATABASE, SearchKind.REGISTER)
OTHER = {
    SearchKind.WEBSITE: "websites", SearchKind.GREY_LITERATURE: "websites",
    SearchKind.EXPERTS: "organisations", SearchKind.HAND_SEARCH: "citations",
    SearchKind.REFERENCE_LISTS: "citations", SearchKind.CITATION_CHASING: "citations",
}  # fmt: skip
"""Under which of PRISMA's three other methods a kind of search stands."""
_S = FlowStep
_AGAIN = ("", Door.EARLIER_STAGE, Door.BROUGHT_BACK)
"""Doors of papers that were identified before: they come by no other method."""


class Number(NamedTuple):
    """A number: ``value`` None where unknown; ``how`` it is known: counted, reported, derived, or several."""

    value: int | None
    how: str


@dataclass(slots=True)
class Prisma:
    """The numbers by their names in the R package PRISMA2020, with the lists that some boxes hold.

    ``identified`` counts by kind of search; ``sources`` are (kind, source, n); ``excluded`` reasons at full
    text by column (dbr, other); ``unbalanced`` says in a sentence each where boxes do not add up.
    """

    numbers: dict[str, Number] = field(default_factory=dict)
    sources: list[tuple[str, str, int | None]] = field(default_factory=list)
    excluded: dict[str, Counter[str]] = field(default_factory=dict)
    unbalanced: list[str] = field(default_factory=list)


def prisma(connection: Connection, *, viewer: str = "") -> Prisma:
    """Return the numbers of the whole review, as far as *viewer* may see them."""
    found = Prisma()
    stages = staged_flow(connection, viewer=viewer)
    found.sources = _sources(connection)
    _identified(found, stages)
    for key, step in (
        ("duplicates", _S.DUPLICATES), ("excluded_other", _S.ALREADY_KNOWN),
        ("records_screened", _S.SCREENED), ("records_excluded", _S.EXCLUDED_SCREENING),
    ):  # fmt: skip
        found.numbers[key] = _total(stages, step)
    _read(found, stages)
    _reasons(connection, found, viewer)
    _, members = members_of(connection, viewer=viewer)
    if members:
        found.numbers["new_reports"] = Number(len(members), "counted")
        found.numbers["new_studies"] = Number(_studies(connection, members), "counted")
    else:
        found.numbers["new_reports"] = _total(stages, _S.INCLUDED)
    found.unbalanced = list(_unbalanced(found))
    return found


def _sources(connection: Connection) -> list[tuple[str, str, int | None]]:
    rows = searches(connection)
    return [
        (str(row["kind"]), str(row["source"] or row["name"]), row["records"] or row["hits"]) for row in rows
    ]


def _best(line: Line | None) -> Number:
    if line is None:
        return Number(None, "")
    if line.computed is not None:
        return Number(line.computed, "counted")
    if line.reported and line.reported.value is not None:
        exact = line.reported.qualifier == Qualifier.EXACTLY
        return Number(line.reported.value, "reported" if exact else f"reported, {line.reported.qualifier}")
    return Number(line.derived.value, "derived") if line.derived else Number(None, "")


def _sum(numbers: Iterable[Number]) -> Number:
    """Return the sum of those that are known; none where none is."""
    known = [number for number in numbers if number.value is not None]
    if not known:
        return Number(None, "")
    return Number(sum(number.value or 0 for number in known), ", ".join(dict.fromkeys(n.how for n in known)))


def _whole(group: Group, step: FlowStep) -> Line | None:
    return next((line for line in group.lines if line.step is step and not line.label), None)


def _lines(stage: StageFlow, step: FlowStep) -> list[Line]:
    """Return the lines of a step in a stage: of the whole, else of each door."""
    whole = [
        line for group in stage.groups if group.kind is None for line in group.lines if line.step is step
    ]
    totals = [line for line in whole if not line.label]
    if totals:
        return totals[:1]
    if whole:
        return whole
    doors = [group for group in stage.groups if group.kind is not None]
    return [line for group in doors for line in group.lines if line.step is step and not line.label]


def _total(stages: Sequence[StageFlow], step: FlowStep) -> Number:
    return _sum(_best(line) for stage in stages for line in _lines(stage, step))


def _identified(found: Prisma, stages: Sequence[StageFlow]) -> None:
    by_kind: dict[str, list[Number]] = defaultdict(list)
    for kind, _, n in found.sources:
        by_kind[kind].append(Number(n, "counted" if n is not None else ""))
    for kind in SearchKind:
        groups = [group for stage in stages for group in stage.groups if group.kind == kind]
        said = [_best(_whole(group, _S.IDENTIFIED)) for group in groups]
        total = (
            _sum([*said]) if any(number.value is not None for number in said) else _sum(by_kind[str(kind)])
        )
        key = {SearchKind.DATABASE: "database_results", SearchKind.REGISTER: "register_results"}.get(kind)
        if key:
            found.numbers[key] = total
        elif kind in OTHER and total.value is not None:
            name = {"websites": "website_results", "organisations": "organisation_results"}.get(
                OTHER[kind], "citations_results"
            )
            found.numbers[name] = _sum([found.numbers.get(name, Number(None, "")), total])
    if found.numbers["database_results"].value is None:
        found.numbers["database_results"] = _total(stages, _S.IDENTIFIED)


def _read(found: Prisma, stages: Sequence[StageFlow]) -> None:
    """Part what was sought and read into what databases gave and what came by other doors."""
    sought, added = _total(stages, _S.SOUGHT), _sum(
        _best(line) for stage in stages for group in stage.groups if group.kind is None
        for line in group.lines if line.step is _S.ADDED and line.label not in _AGAIN
    )  # fmt: skip
    other = added.value or 0
    numbers = found.numbers
    if sought.value is not None and sought.value >= other:
        numbers["dbr_sought_reports"] = Number(sought.value - other, sought.how)
    else:
        numbers["dbr_sought_reports"] = _total(stages, _S.PASSED)
    numbers["other_sought_reports"] = added
    numbers["dbr_notretrieved_reports"] = _total(stages, _S.NOT_OBTAINED)
    assessed = _total(stages, _S.ASSESSED)
    apart = assessed.value is not None and assessed.value >= other and added.value is not None
    numbers["dbr_assessed"] = Number((assessed.value or 0) - other, assessed.how) if apart else assessed
    if apart:
        numbers["other_assessed"] = added


def _reasons(connection: Connection, found: Prisma, viewer: str) -> None:
    ways = ways_in(connection)
    found.excluded = {"dbr": Counter(), "other": Counter()}
    for one in excluded_in_full(connection, viewer=viewer):
        column = "dbr" if _from_databases(ways.get(one.reference.uid, [])) else "other"
        found.excluded[column][one.reasons[0] if one.reasons else "not recorded"] += 1


def _from_databases(ways: Sequence[Way]) -> bool:
    return not ways or any(way.kind in DATABASES for way in ways)


def _studies(connection: Connection, members: Iterable[str]) -> int:
    """Return how many studies papers are of: those of one study count once, others each for itself."""
    grouping = paper_grouping(connection)
    of: dict[str, str] = {}
    for study, paper in connection.execute(
        select(func.min(StudyPaper.study), StudyPaper.paper).group_by(StudyPaper.paper)
    ):
        of.setdefault(grouping[paper], study)
    return len({of.get(paper, paper) for paper in members})


def _unbalanced(found: Prisma) -> Iterable[str]:
    n = {key: number.value for key, number in found.numbers.items()}
    identified = _known(n.get("database_results"), n.get("register_results"))
    rules = (
        ("records_screened", [identified], [n.get("duplicates"), n.get("excluded_other")],
         "identified less duplicates and other removals"),
        ("dbr_sought_reports", [n.get("records_screened")], [n.get("records_excluded")],
         "screened less excluded"),
        ("dbr_assessed", [n.get("dbr_sought_reports")], [n.get("dbr_notretrieved_reports")],
         "sought less not retrieved"),
    )  # fmt: skip
    for key, plus, minus, what in rules:
        value = n.get(key)
        if value is None or any(part is None for part in plus):
            continue
        expected = sum(part or 0 for part in plus) - sum(part or 0 for part in minus)
        if expected != value:
            name = key.removeprefix("dbr_").replace("_", " ")
            yield f"{name[0].upper()}{name[1:]} is {value:,}, and {what} is {expected:,}."


def _known(*values: int | None) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
