"""Which papers could enter a round, and by which door each of them would come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import Connection, select, true

from realist.domain.filtering import Filter
from realist.queries.deciding import Placed, placed
from realist.queries.filters import everything, matching
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.words import stored
from realist.store.tables import Entry, Import, Paper, Record, Round, Search, Stage
from realist.vocabulary import Door, SearchKind, Verdict

FORWARD = (Verdict.INCLUDE, Verdict.MAYBE)
"""What goes on from a round by itself."""
BACK = (Verdict.EXCLUDE,)
"""What may be brought back."""


class Offer(NamedTuple):
    """A round that papers could come from: how many that are not in the other one yet, by verdict."""

    round: str
    number: int
    name: str
    include: int
    maybe: int
    exclude: int


def candidates(
    connection: Connection,
    *,
    viewer: str,
    round_uid: str,
    from_round: str = "",
    verdicts: Collection[str] = FORWARD,
    filter_: Filter | None = None,
    sample: int = 0,
    seed: int = 0,
) -> list[tuple[str, Door | None]]:
    """Return the papers that could enter a round, with the door each would come through, by their numbers.

    They are those that stand in *from_round* (uid) with one of *verdicts*, as far as *viewer* may see; those
    that *filter_* lets through; both, or all papers of the review. What is in the round already is left out.
    *sample* takes so many of them by chance, the same ones for the same *seed*: those that come first by the
    SHA-256 of seed and uid. Zero takes all.

    From a round of the same stage a paper keeps its door; from one of another stage it comes from an earlier
    stage; what was excluded is brought back. For a paper that is picked otherwise, the last round in which it
    stands says the same; without any, the search that found it, or who supplied it.
    """
    grouping = paper_grouping(connection)
    there = _papers_in(connection, round_uid, grouping)
    rows: Mapping[str, Placed] = {}
    if from_round:
        rows = placed(connection, viewer, grouping, rounds=[from_round]).get(from_round, {})
        chosen = {paper for paper, row in rows.items() if row.how.verdict in verdicts} - there
        numbers = _numbers(connection, chosen)
        if filter_ is not None and not filter_.empty:
            fits = matching(connection, filter_, viewer=viewer)
            numbers = {paper: n for paper, n in numbers.items() if paper in fits}
    elif filter_ is not None:
        numbers = dict(matching(connection, filter_, viewer=viewer))
    else:
        numbers = dict(everything(connection).roots)
    wanted = sorted(numbers.keys() - there, key=lambda paper: numbers[paper])
    if sample > 0:
        first = sorted(wanted, key=lambda paper: sha256(f"{seed} {paper}".encode()).digest())[:sample]
        wanted = sorted(first, key=lambda paper: numbers[paper])
    if from_round:
        doors = _doors_from(connection, round_uid, from_round, rows)
    else:
        doors = _doors(connection, viewer, round_uid, grouping, wanted)
    return [(paper, doors.get(paper)) for paper in wanted]


def offers(connection: Connection, *, viewer: str, round_uid: str) -> list[Offer]:
    """Return the other rounds with papers that are not in a round (uid) yet, as far as *viewer* may see."""
    grouping = paper_grouping(connection)
    there = _papers_in(connection, round_uid, grouping)
    found = placed(connection, viewer, grouping)
    rounds = connection.execute(
        select(Round.uid, Round.number, Round.name).where(Round.uid != round_uid).order_by(Round.number)
    )
    made = []
    for uid, number, name in rounds.all():
        verdicts = [
            row.how.verdict for paper, row in found.get(uid, {}).items() if paper not in there
        ]  # fmt: skip
        counts = [verdicts.count(word) for word in (*FORWARD, *BACK)]
        if any(counts):
            made.append(Offer(uid, number, name, *counts))
    return made


def _papers_in(connection: Connection, round_: str, grouping: Grouping) -> set[str]:
    entries = connection.execute(select(Entry.paper).where(Entry.round == round_)).scalars()
    return {grouping[paper] for paper in entries}


def _numbers(connection: Connection, papers: Iterable[str]) -> dict[str, int]:
    wanted = sorted(papers)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        some = select(Paper.uid, Paper.number).where(Paper.uid.in_(wanted[start : start + 500]))
        found |= dict(connection.execute(some).all())
    return found


def _stages(connection: Connection) -> tuple[dict[str, str], dict[str, int]]:
    """Return the stage of each round, in the order of the rounds, and the position of each stage."""
    rounds = dict(connection.execute(select(Round.uid, Round.stage).order_by(Round.number)).all())
    return rounds, dict(connection.execute(select(Stage.uid, Stage.position)).all())


def _doors_from(
    connection: Connection, round_: str, from_round: str, rows: Mapping[str, Placed]
) -> dict[str, Door | None]:
    """By which door papers of *from_round* come."""
    stage_of, _ = _stages(connection)
    same = stage_of[round_] == stage_of[from_round]
    return {paper: _door(row, same) for paper, row in rows.items()}


def _door(row: Placed, same_stage: bool) -> Door | None:
    if row.how.verdict is Verdict.EXCLUDE:
        return Door.BROUGHT_BACK
    if not same_stage:
        return Door.EARLIER_STAGE
    return None if row.door is None else stored(Door, row.door)


def _doors(
    connection: Connection, viewer: str, round_: str, grouping: Grouping, papers: Collection[str]
) -> dict[str, Door | None]:
    """By which door papers come that no round is named for: by their last round, else by what found them."""
    stage_of, position = _stages(connection)
    stage = stage_of.get(round_, "")
    doors: dict[str, Door | None] = {}
    for paper, kinds in _found_by(connection, grouping).items():
        here = [kind for of, kind in kinds if of == stage]
        before = any(position[of] < position.get(stage, 0) for of, _ in kinds)
        supplied = SearchKind.EXPERTS in (here or [kind for _, kind in kinds])
        doors[paper] = Door.SUPPLIED if supplied else Door.SEARCH
        if not here and before:
            doors[paper] = Door.EARLIER_STAGE
    supplied_by = select(Paper.uid).where(Paper.supplied_by != "")
    for paper in connection.execute(supplied_by).scalars():
        doors.setdefault(grouping[paper], Door.SUPPLIED)
    wanted = set(papers)
    rounds = placed(connection, viewer, grouping)
    for uid, of in stage_of.items():  # a later round overrules the ones before
        if uid != round_:
            rows = rounds.get(uid, {})
            doors |= {paper: _door(row, of == stage) for paper, row in rows.items() if paper in wanted}
    return doors


def _found_by(connection: Connection, grouping: Grouping) -> dict[str, set[tuple[str, str]]]:
    """By paper: the stage and kind of each search that found it."""
    rows = connection.execute(
        select(Record.paper, Search.stage, Search.kind)
        .join(Import, Import.uid == Record.import_)
        .join(Search, Search.uid == Import.search)
        .where(Import.finished == true())
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for paper, stage, kind in rows:
        found.setdefault(grouping[paper], set()).add((stage, kind))
    return found
