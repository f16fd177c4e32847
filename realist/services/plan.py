"""The plan of a review: the review itself, its people, stages, searches and changes of process."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import NotFound, Refused
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit, count_of, initials_of
from realist.store.tables import Objective, Person, ProcessChange, Review, Search, Stage
from realist.text import fold, line, paragraphs
from realist.vocabulary import Scheme, SearchKind


def create_review(
    desk: Desk,
    *,
    title: str,
    question: str = "",
    scheme: Scheme = Scheme.CMO,
    objectives: Sequence[str] = (),
    citation: str = "",
    note: str = "",
) -> str:
    """Write the one review row of a new file; return its uid."""
    with desk.unit("new review", title) as work:
        if work.connection.execute(select(Review.uid)).first():
            raise Refused("This file already holds a review.")
        review = work.add(
            Review(
                title=_needed(title, "a review needs a title"),
                question=paragraphs(question),
                scheme=scheme,
                citation=line(citation),
                note=paragraphs(note),
            )
        )
        for position, words in enumerate(objectives, 1):
            work.add(Objective(position=position, text=paragraphs(words)))
        return review.uid


def _needed(value: str, why: str) -> str:
    value = line(value)
    if not value:
        raise Refused(f"Nothing was changed: {why}.")
    return value


def review_uid(work: Unit) -> str:
    """Return the uid of the review."""
    found = work.connection.execute(select(Review.uid)).scalar()
    if found is None:
        raise NotFound(
            "This file holds no review: `realist redo` brings an undone one back, `realist new` makes one."
        )
    return str(found)


def edit_review(
    desk: Desk,
    *,
    title: str | None = None,
    question: str | None = None,
    grid_list: str | None = None,
    grid_set: str | None = None,
    reason: str = "",
) -> None:
    """Change what the review says or chooses; None leaves a field as it is, "" clears a choice."""
    with desk.unit("edit review", reason=reason) as work:
        values: dict[str, str | None] = {}
        if title is not None:
            values["title"] = _needed(title, "a review needs a title")
        if question is not None:
            values["question"] = paragraphs(question)
        if grid_list is not None:
            values["grid_list"] = resolve(work.connection, "list", grid_list) if grid_list else None
        if grid_set is not None:
            values["grid_set"] = resolve(work.connection, "set", grid_set) if grid_set else None
        work.change(Review, review_uid(work), **values)


def edit_person(
    desk: Desk,
    initials: str,
    *,
    name: str | None = None,
    role: str | None = None,
    active: bool | None = None,
) -> str:
    """Add a person or change one; return the uid. Deactivated people keep everything they did."""
    initials = initials_of(initials)
    with desk.unit("edit person", initials) as work:
        found = work.connection.execute(select(Person.uid).where(Person.initials == initials)).scalar()
        if found is None:
            work.act.intention = "add person"
            person = Person(initials=_needed(initials, "a person needs initials"))
            person.name, person.role = line(name or ""), line(role or "")
            return work.add(person).uid
        values: dict[str, str | bool] = {}
        if name is not None:
            values["name"] = line(name)
        if role is not None:
            values["role"] = line(role)
        if active is not None:
            if found == work.person and not active:
                raise Refused("You cannot deactivate yourself: let a colleague do it.")
            values["active"] = active
        work.change(Person, str(found), **values)
        return str(found)


def add_stage(desk: Desk, name: str, *, purpose: str = "") -> str:
    """Add a search stage after the others; return its uid."""
    name = line(name)
    with desk.unit("add stage", name) as work:
        _new_name(work, Stage, name, "stage")
        row = Stage(position=work.position(Stage), name=_needed(name, "a stage needs a name"))
        row.purpose = paragraphs(purpose)
        return work.add(row).uid


def _new_name(work: Unit, table: type[Stage] | type[Search], name: str, word: str) -> None:
    if work.connection.execute(select(table.uid).where(table.name == name)).first():
        raise Refused(f"There is already a {word} {name!r} in this review.")


def add_search(
    desk: Desk,
    name: str,
    *,
    stage: str,
    kind: SearchKind = SearchKind.DATABASE,
    source: str = "",
    platform: str = "",
    strategy: str = "",
    limits: str = "",
    period: str = "",
    run_on: str = "",
    hits: int | None = None,
    led_by: str = "",
    note: str = "",
) -> str:
    """Add one run of a search to a stage; return its uid. Hits that nobody knows are None, not 0."""
    name = line(name)
    with desk.unit("add search", name) as work:
        _new_name(work, Search, name, "search")
        if hits is not None and hits < 0:
            raise Refused("Hits cannot be negative; leave them out where they are unknown.")
        row = Search(
            number=work.number(Search),
            stage=resolve(work.connection, "stage", stage),
            name=_needed(name, "a search needs a name"),
            kind=kind,
            source=line(source),
            platform=line(platform),
            strategy=paragraphs(strategy),
            limits=line(limits),
            period=line(period),
            run_on=line(run_on),
            hits=count_of(hits, "The number of hits"),
            led_by=resolve(work.connection, "consultation", led_by) if led_by else None,
            note=paragraphs(note),
        )
        return work.add(row).uid


def find_or_add_search(work: Unit, *, stage: str, source: str) -> str:
    """Return the search of *source* in *stage*, adding stage and search where they are new."""
    stage, source = line(stage), line(source)
    found = work.connection.execute(select(Stage.uid).where(Stage.name == stage)).scalar()
    if found is None:
        found = work.add(
            Stage(position=work.position(Stage), name=_needed(stage, "a stage needs a name"))
        ).uid
        work.note(f"Stage {stage} is new and was added.")
    of_stage = select(Search.uid, Search.source).where(Search.stage == found).order_by(Search.number)
    same = (row.uid for row in work.connection.execute(of_stage) if fold(row.source) == fold(source))
    search = next(same, None)
    if search is None:
        number = work.number(Search)
        name = f"{source} ({stage})"
        if work.connection.execute(select(Search.uid).where(Search.name == name)).first():
            name = f"{name} #{number}"
        row = Search(number=number, stage=str(found), name=name, kind=SearchKind.DATABASE, source=source)
        search = work.add(row).uid
        work.note(f"Search {name} is new and was added.")
    return str(search)


def add_process_change(
    desk: Desk, *, planned: str, instead: str, reason: str = "", happened: str = ""
) -> str:
    """Record what was planned and what was done instead; return the uid."""
    with desk.unit("record process change", planned, reason=reason) as work:
        row = ProcessChange(planned=_needed(planned, "say what was planned"), instead=paragraphs(instead))
        row.reason, row.happened = paragraphs(reason), line(happened)
        return work.add(row).uid
