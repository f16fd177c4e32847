"""What reports say of papers: how each was found, why one was excluded, what it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, true

from realist.domain.countries import country_or_words
from realist.domain.crossing import By
from realist.queries.blind import blind
from realist.queries.extractions import counted
from realist.queries.grouping import paper_grouping
from realist.queries.references import Reference, references
from realist.queries.sets import included_sets, standings
from realist.queries.together import decision_rows
from realist.queries.traits import trait_of
from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Decision,
    Entry,
    Import,
    Reason,
    Record,
    Round,
    Search,
    Stage,
)
from realist.vocabulary import Door, RoundKind, Verdict


class Way(NamedTuple):
    """A door by which a paper came: a search with its kind and stage, or how it entered a round."""

    kind: str
    name: str
    stage: str

    def __str__(self) -> str:
        stage = f", stage {self.stage}" if self.stage else ""
        return f"{self.name} ({self.kind}{stage})" if self.name else f"{self.kind}{stage}"


def ways_in(connection: Connection) -> dict[str, list[Way]]:
    """Return by paper, as it is read now, how it was found: searches that brought it, then other doors.

    Each way once, in the order of the stages. A paper that nobody's search brought has the doors by which it
    entered rounds; one that entered none has nothing here.
    """
    grouping = paper_grouping(connection)
    found: dict[str, dict[Way, None]] = defaultdict(dict)
    source = func.coalesce(func.nullif(Search.name, ""), Search.source)
    rows = connection.execute(
        select(Record.paper, Search.kind, source, Stage.name)
        .join(Import, Import.uid == Record.import_)
        .join(Search, Search.uid == Import.search)
        .join(Stage, Stage.uid == Search.stage)
        .where(Import.finished == true())
        .order_by(Stage.position, Search.number)
    )
    for paper, *way in rows:
        found[grouping[paper]][Way(*way)] = None
    doors = connection.execute(
        select(Entry.paper, Entry.door, Entry.supplied_by, Entry.why, Stage.name)
        .join(Round, Round.uid == Entry.round)
        .join(Stage, Stage.uid == Round.stage)
        .where(Entry.door.is_not(None), Entry.door != Door.SEARCH)
        .order_by(Stage.position, Round.number)
    )
    for paper, door, by, why, stage in doors:
        found[grouping[paper]][Way(str(door), by or why, stage)] = None
    return {paper: list(ways) for paper, ways in found.items()}


def uses(connection: Connection, *, viewer: str = "") -> dict[str, list[str]]:
    """Return by paper what people said it is for, of the decisions that *viewer* may see, each use once."""
    grouping, unseen = paper_grouping(connection), blind(connection, viewer)
    rows = connection.execute(
        select(Entry.paper, Decision.entry, Decision.person, Decision.use)
        .join(Entry, Entry.uid == Decision.entry)
        .where(Decision.use.is_not(None))
        .order_by(Decision.at, Decision.uid)
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for paper, entry, person, use in rows:
        if use and not unseen.hides(entry, person):
            found[grouping[paper]][str(use)] = None
    return {paper: list(some) for paper, some in found.items()}


class Excluded(NamedTuple):
    """A paper that was excluded when its full text was read, and why: each person's reasons and note."""

    round: str
    reference: Reference
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    by: tuple[str, ...]


def excluded_in_full(connection: Connection, *, viewer: str = "") -> list[Excluded]:
    """Return the papers excluded in rounds of full texts, as far as *viewer* may see, by round and number."""
    grouping = paper_grouping(connection)
    rounds = connection.execute(
        select(Round.uid, Round.name).where(Round.kind == RoundKind.FULL_TEXT).order_by(Round.number)
    ).all()
    found: list[Excluded] = []
    for uid, name in rounds:
        out = [
            row.paper
            for row in standings(connection, uid, grouping, viewer=viewer)
            if row.verdict is Verdict.EXCLUDE
        ]
        texts = dict(connection.execute(select(Reason.number, Reason.text).where(Reason.round == uid)).all())
        said: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in decision_rows(connection, viewer=viewer, round_=uid):
            if row["verdict"] == Verdict.EXCLUDE and not row["superseded"]:
                said[grouping[row["paper_uid"]]].append(row)
        for reference in references(connection, out):
            found.append(_excluded(name, reference, said[reference.uid], texts))
    return found


def _excluded(
    round_: str, reference: Reference, said: list[dict[str, Any]], texts: dict[int, str]
) -> Excluded:
    numbers = [int(number) for row in said for number in row["reasons"].split(";") if number]
    reasons = dict.fromkeys(texts.get(number, f"reason {number}") for number in numbers)
    notes = dict.fromkeys(row["note"] for row in said if row["note"])
    people = dict.fromkeys(row["person"] for row in said)
    return Excluded(round_, reference, tuple(reasons), tuple(notes), tuple(people))


def members_of(connection: Connection, of_set: str = "", *, viewer: str = "") -> tuple[str, dict[str, None]]:
    """Return the name of an included set (uid; all sets together without one) and its papers in order."""
    sets = [row for row in included_sets(connection, viewer=viewer) if of_set in ("", row.uid)]
    name = ", ".join(row.name for row in sets)
    return name, dict.fromkeys(paper for row in sets for paper in row.members)


def in_order(connection: Connection, papers: Collection[str]) -> list[Reference]:
    """Return papers as references, by author and year as their labels have them."""
    found = references(connection, papers)
    return sorted(found, key=lambda one: (one.label.casefold() or one.title.casefold(), one.number))


def countries(connection: Connection, *, viewer: str = "") -> dict[str, list[str]]:
    """Return by paper the countries that forms were answered with and that its boxes name, each once."""
    grouping = paper_grouping(connection)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for paper, values in trait_of(connection, By("country"), viewer=viewer).of.items():
        for value in values:
            found[paper][value.name] = None
    rows = connection.execute(
        select(ConfigurationPaper.paper, Configuration.country)
        .join(Configuration, Configuration.uid == ConfigurationPaper.configuration)
        .where(Configuration.country != "", counted(Configuration, viewer))
        .order_by(Configuration.number)
    )
    for paper, named in rows:
        found[grouping[paper]][country_or_words(named)] = None
    return {paper: list(names) for paper, names in found.items()}
