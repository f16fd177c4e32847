"""Where the review stands and what is next, for one person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select, true

from realist.domain.filtering import Filter
from realist.queries.blind import person_of
from realist.queries.deciding import How
from realist.queries.doubts import count_doubts
from realist.queries.extractions import counted, handed, seen
from realist.queries.filters import boxes_of
from realist.queries.grouping import Grouping, paper_grouping
from realist.queries.listing import count
from realist.queries.log import acts
from realist.queries.review import review
from realist.queries.standing import standing
from realist.queries.states import FEW, Screening, screening
from realist.queries.ways import from_boxes
from realist.store.tables import (
    Configuration,
    Decision,
    Element,
    Evidence,
    Import,
    Mechanism,
    MechanismFate,
    Paper,
    PaperJoin,
    Record,
    Round,
    Search,
    Stage,
)
from realist.vocabulary import ConfigurationStatus, ElementKind, ExtractionRole, Fate, PaperState, Verdict

_HANDED: dict[str, str] = {
    ExtractionRole.EXTRACT: "Extract",
    ExtractionRole.INDEPENDENT: "Extract independently",
    ExtractionRole.CHECK: "Check what was extracted of",
    ExtractionRole.CONSENSUS: "Agree on",
}
_MECHANISM = {ElementKind.MECHANISM, ElementKind.RESOURCE, ElementKind.REASONING}


class RoundLine(NamedTuple):
    """How far a round has come, in papers, as far as this person may see.

    *mine* are the open ones that this person has yet to decide on, or to check: in a round that was handed
    out those handed to them, in another all.
    """

    uid: str
    number: int
    name: str
    kind: str
    readers: int
    entries: int
    decided: int
    include: int
    exclude: int
    maybe: int
    conflicts: int
    open: int
    mine: int


class StageLine(NamedTuple):
    """A search stage: what was found, and its rounds by number."""

    uid: str
    name: str
    purpose: str
    records: int
    duplicates: int
    papers: int
    rounds: tuple[RoundLine, ...]


class Step(NamedTuple):
    """Something to do next.

    *word* is screen, resolve, rounds, handed, duplicates, extract, boxes, mechanisms, import or plan;
    *subject* is the uid of the round, or of the first paper, box or mechanism; "" where there is none.
    """

    word: str
    sentence: str
    subject: str


@dataclass(frozen=True, slots=True)
class Home:
    """The review at a glance; the numbers are of papers, boxes, mechanisms and decisions.

    *rate* is decisions an hour, by the pace between the first and last of the past hour; None for fewer
    than two. *acts* are as in :func:`realist.queries.log.acts`.
    """

    title: str
    question: str
    papers: int
    stages: tuple[StageLine, ...]
    to_extract: int
    partial_boxes: int
    bare_mechanisms: int
    last_hour: int
    rate: float | None
    acts: tuple[dict[str, Any], ...]
    next: tuple[Step, ...]


def home(connection: Connection, initials: str, *, now: datetime | None = None) -> Home:
    """Return where the review stands for the person with *initials*, who need not be in it yet.

    What they may not see yet of what others decided does not count; its papers are open.
    """
    of_review = review(connection)
    person = person_of(connection, initials)
    grouping = paper_grouping(connection)
    screened = screening(connection, None, viewer=initials)
    stages = _stages(connection, screened, grouping, person)
    papers = count(connection, Filter(), viewer=initials)
    extract = _to_extract(connection, screened, grouping, initials)
    boxes, mechanisms = _partial(connection, initials), _bare(connection, initials)
    made = _last_hour(connection, person, now or datetime.now(UTC))
    span = (made[-1] - made[0]).total_seconds() if made else 0.0
    return Home(
        title=of_review["title"],
        question=of_review["question"],
        papers=papers,
        stages=stages,
        to_extract=len(extract),
        partial_boxes=len(boxes),
        bare_mechanisms=len(mechanisms),
        last_hour=len(made),
        rate=(len(made) - 1) * 3600 / span if span > 0 else None,
        acts=tuple(acts(connection, limit=10, viewer=initials)),
        next=(
            *_planning(stages, papers),
            *_screening(stages),
            *_handed(connection, person),
            *_doubts(connection, grouping),
            *_rest(connection, extract, boxes, mechanisms),
        ),
    )


def _stages(
    connection: Connection, screened: Screening, grouping: Grouping, person: str
) -> tuple[StageLine, ...]:
    rounds: dict[str, list[RoundLine]] = defaultdict(list)
    rows = select(Round.uid, Round.number, Round.name, Round.kind, Round.readers, Round.stage)
    for row in connection.execute(rows.order_by(Round.number)):
        line = _round(row, screened.rounds.get(row.uid, {}), person)
        rounds[row.stage].append(line)
    found = _found(connection, grouping)
    stages = connection.execute(select(Stage.uid, Stage.name, Stage.purpose).order_by(Stage.position))
    return tuple(
        StageLine(uid, name, purpose, records, duplicates, records - duplicates, tuple(rounds[uid]))
        for uid, name, purpose in stages
        for records, duplicates in [found.get(uid, (0, 0))]
    )


def _round(row: Any, of_papers: Mapping[str, How], person: str) -> RoundLine:
    verdicts = Counter(how.verdict for how in of_papers.values())
    conflicts = sum(how.conflict for how in of_papers.values())
    waiting = [how for how in of_papers.values() if how.verdict is None and not how.conflict]
    handed = any(how.readers for how in of_papers.values())
    return RoundLine(
        uid=row.uid,
        number=row.number,
        name=row.name,
        kind=row.kind,
        readers=row.readers,
        entries=len(of_papers),
        decided=len(of_papers) - len(waiting),
        include=verdicts[Verdict.INCLUDE],
        exclude=verdicts[Verdict.EXCLUDE],
        maybe=verdicts[Verdict.MAYBE],
        conflicts=conflicts,
        open=len(waiting),
        mine=sum(_is_mine(how, person, handed) for how in waiting),
    )


def _is_mine(how: How, person: str, handed: bool) -> bool:
    if person in how.people:
        return False
    return person in how.readers if handed or how.waiting == "check" else True


def _found(connection: Connection, grouping: Grouping) -> dict[str, tuple[int, int]]:
    """By stage: its records and how many of them are duplicates of another one of the stage.

    A record brings a paper of its own, so that only joined papers can be the same.
    """
    searched = (Import.uid == Record.import_) & (Import.finished == true())
    counted = connection.execute(
        select(Search.stage, func.count())
        .select_from(Record)
        .join(Import, searched)
        .join(Search, Search.uid == Import.search)
        .group_by(Search.stage)
    )
    records = dict(counted.all())
    if not grouping:
        return {stage: (n, 0) for stage, n in records.items()}
    holds = PaperJoin.ended == ""
    joined = or_(
        Record.paper.in_(select(PaperJoin.from_paper).where(holds)),
        Record.paper.in_(select(PaperJoin.into_paper).where(holds)),
    )
    rows = connection.execute(
        select(Search.stage, Record.paper)
        .join(Import, searched)
        .join(Search, Search.uid == Import.search)
        .where(joined)
    )
    same: dict[str, list[str]] = defaultdict(list)
    for stage, paper in rows:
        same[stage].append(grouping[paper])
    return {stage: (n, len(same[stage]) - len(set(same[stage]))) for stage, n in records.items()}


def _to_extract(connection: Connection, screened: Screening, grouping: Grouping, viewer: str) -> set[str]:
    """The papers that are included and have neither evidence nor a box."""
    included = {paper for paper, state in screened.states.items() if state is PaperState.INCLUDED}
    if not included:
        return included
    evidence = select(Evidence.paper).where(counted(Evidence, viewer)).distinct()
    for statement in (evidence, boxes_of(None, viewer=viewer)):
        included -= {grouping[paper] for paper in connection.execute(statement).scalars()}
    return included


def _partial(connection: Connection, viewer: str) -> list[str]:
    """The boxes, by number, that lack a context, a mechanism or an outcome; dropped ones left out."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for box, kind in connection.execute(select(Element.configuration, Element.kind).distinct()):
        kinds[box].add(kind)
    kept = select(Configuration.uid).where(
        Configuration.status != ConfigurationStatus.DROPPED, seen(Configuration, viewer)
    )
    return [
        uid
        for uid in connection.execute(kept.order_by(Configuration.number)).scalars()
        if not ({ElementKind.CONTEXT, ElementKind.OUTCOME} <= kinds[uid] and kinds[uid] & _MECHANISM)
    ]


def _bare(connection: Connection, viewer: str) -> list[str]:
    """The mechanisms, by number, without evidence or box; dropped, parked and merged ones left out."""
    at = standing(connection)
    on_some = Evidence.mechanism.is_not(None), counted(Evidence, viewer)
    evidence = select(Evidence.uid, Evidence.mechanism).where(*on_some)
    held = {one for uid, of in connection.execute(evidence) for one in at.now("evidence", uid, of or "")}
    held |= {mechanism for _, mechanism, _ in from_boxes(connection, at=at, viewer=viewer)}
    fates = select(MechanismFate.mechanism, MechanismFate.fate).order_by(MechanismFate.at, MechanismFate.uid)
    latest = dict(connection.execute(fates).all())
    gone = {uid for uid, fate in latest.items() if fate in (Fate.DROPPED, Fate.PARKED)}
    rows = connection.execute(select(Mechanism.uid).order_by(Mechanism.number)).scalars()
    return [uid for uid in rows if uid not in held and uid not in gone and uid not in at.into]


def _last_hour(connection: Connection, person: str, now: datetime) -> list[datetime]:
    made = select(Decision.at).where(
        Decision.person == person,
        Decision.at > now - timedelta(hours=1),
        Decision.at <= now,
        Decision.verdict != Verdict.UNDECIDED,
    )
    return list(connection.execute(made.order_by(Decision.at)).scalars())


def _planning(stages: tuple[StageLine, ...], papers: int) -> Iterator[Step]:
    if not stages:
        yield Step("plan", "Say why you search: add the first search stage", "")
    if not papers:
        yield Step("import", "Import what your searches found", "")
    elif stages and not any(stage.rounds for stage in stages):
        yield Step("rounds", f"Add a screening round for {_counted(papers, 'paper')}", "")
    for line in (line for stage in stages for line in stage.rounds if papers):
        if not line.entries:
            yield Step("rounds", f"Bring papers into round “{line.name}”", line.uid)


def _screening(stages: tuple[StageLine, ...]) -> Iterator[Step]:
    lines = [line for stage in stages for line in stage.rounds]
    for line in lines:
        if line.mine:
            yield Step("screen", f"Decide on {_counted(line.mine, 'paper')} in round “{line.name}”", line.uid)
    for line in lines:
        if line.conflicts:
            conflicts = _counted(line.conflicts, "conflict")
            yield Step("resolve", f"Resolve {conflicts} in round “{line.name}”", line.uid)


def _doubts(connection: Connection, grouping: Grouping) -> Iterator[Step]:
    doubtful, related = count_doubts(connection, grouping)
    if doubtful:
        more = f" and {_counted(related, 'related one')}" if related else ""
        yield Step("duplicates", f"Answer {_counted(doubtful, 'doubtful pair')}{more}", "")
    elif related:
        yield Step("duplicates", f"Look at {_counted(related, 'pair')} of related papers", "")


def _handed(connection: Connection, person: str) -> Iterator[Step]:
    """What was handed to the person to extract and is not done, the lowest number of a paper first."""
    there = handed(connection, person)
    for role, verb in _HANDED.items():
        papers = there.get(role, ())
        if papers:
            yield Step("handed", f"{verb} {_counted(len(papers), 'paper')} handed to you", papers[0])


def _rest(
    connection: Connection, extract: set[str], boxes: list[str], mechanisms: list[str]
) -> Iterator[Step]:
    if extract:
        numbered = connection.execute(
            select(Paper.uid).where(Paper.uid.in_(sorted(extract)[:FEW])).order_by(Paper.number).limit(1)
        )
        papers = _counted(len(extract), "included paper")
        yield Step("extract", f"Read and extract {papers} without evidence or box", numbered.scalar_one())
    if boxes:
        lacking = "lacks" if len(boxes) == 1 else "lack"
        yield Step(
            "boxes",
            f"Complete {_counted(len(boxes), 'box')} that {lacking} a context, a mechanism or an outcome",
            boxes[0],
        )
    if mechanisms:
        yield Step(
            "mechanisms",
            f"Look for evidence on {_counted(len(mechanisms), 'mechanism')} without any",
            mechanisms[0],
        )


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "es" if noun.endswith("x") else "s")
