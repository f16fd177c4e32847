"""What reporting standards ask for, as sentences with numbers, each with the verb that shows its source.

Only what the review holds: nothing is judged, nothing is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from realist import __version__
from realist.queries.answers import answers, current
from realist.queries.appraisals import appraisals, scale
from realist.queries.consulting import feedback
from realist.queries.extractions import counted, seen
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.moves import moves
from realist.queries.reporting import excluded_in_full, members_of
from realist.queries.review import people, process_changes, review, searches, stages
from realist.queries.screening import rounds
from realist.queries.sourced import sourced
from realist.store.tables import (
    Configuration,
    Consultation,
    Decision,
    Excerpt,
    Extraction,
    Theory,
    TheoryVersion,
)
from realist.text import line, shorten
from realist.vocabulary import ConfigurationStatus, ExtractionRole, TheoryKind


class Fact(NamedTuple):
    """A sentence, and the verb that shows what it is taken from."""

    text: str
    verb: str


Facts = Iterator[Fact]


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "es" if noun.endswith(("x", "ch")) else "s")


def _bare(text: Any) -> str:
    """Return text on one line, without the point at its end."""
    return line(str(text)).rstrip(".")


def _count(connection: Connection, table: Any, *where: Any) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def _title(connection: Connection, viewer: str) -> Facts:
    title = str(review(connection)["title"])
    if title:
        says = "says" if "realist" in title.casefold() else "does not say"
        yield Fact(f"The title, “{title}”, {says} that this is a realist review.", "realist review show")


def _question(connection: Connection, viewer: str) -> Facts:
    about = review(connection)
    if about["question"]:
        yield Fact(f"The question: {line(about['question'])}", "realist review show")
    if about["objectives"]:
        yield Fact(
            f"{_n(len(about['objectives']), 'objective')}: {'; '.join(map(_bare, about['objectives']))}.",
            "realist review show",
        )


def _scheme(connection: Connection, viewer: str) -> Facts:
    yield Fact(f"Configurations follow the scheme {review(connection)['scheme']}.", "realist review show")


def _changes(connection: Connection, viewer: str) -> Facts:
    for row in process_changes(connection):
        when = f" ({row['happened']})" if row["happened"] else ""
        why = f": {_bare(row['reason'])}" if row["reason"] else ""
        yield Fact(
            f"Planned: {_bare(row['planned'])}; done instead: {_bare(row['instead'])}{why}{when}.",
            "realist report changes",
        )


def _scoping(connection: Connection, viewer: str) -> Facts:
    found = stages(connection)
    said = "; ".join(
        f"{row['name']}" + (f", {_bare(row['purpose'])}" if row["purpose"] else "") for row in found
    )
    if found:
        yield Fact(f"{_n(len(found), 'stage')} of searching: {said}.", "realist stage list")
    first = _count(connection, TheoryVersion, TheoryVersion.number == 1)
    if first:
        yield Fact(
            f"{_n(first, 'theory')} with an initial version recorded.".replace("theorys", "theories"),
            "realist theory list",
        )


def _searches(connection: Connection, viewer: str) -> Facts:
    found = searches(connection)
    if not found:
        return
    kinds = Counter(str(row["kind"]) for row in found)
    said = ", ".join(f"{n} {kind}" for kind, n in kinds.items())
    yield Fact(
        f"{_n(len(found), 'search')} in {_n(len({row['stage'] for row in found}), 'stage')}: {said}.",
        "realist search list",
    )
    full = [row for row in found if row["strategy"]]
    dated = sum(bool(row["run_on"]) for row in found)
    yield Fact(
        f"The strategy as run is recorded for {len(full)} of them, the date for {dated}.",
        "realist report searches",
    )
    known = [row["hits"] for row in found if row["hits"] is not None]
    if known:
        unknown = f"; of {len(found) - len(known)} the hits are not known" if len(known) < len(found) else ""
        yield Fact(f"Together they found {sum(known):,}{unknown}.", "realist search list")


def _selection(connection: Connection, viewer: str) -> Facts:
    for row in rounds(connection, viewer=viewer):
        how = f"{_n(row['readers'], 'reader')}, {'blind' if row['blind'] else 'open'}"
        criteria = f"; criteria: {_bare(row['criteria'])}" if row["criteria"] else ""
        yield Fact(
            f"Round {row['name']} ({row['kind']}): {row['entries']:,} papers, {how}{criteria}.",
            "realist round list",
        )
    made = _count(connection, Decision)
    if made:
        yield Fact(
            f"{_n(made, 'decision')} were recorded, each with person and time.", "realist export decisions"
        )


def _appraisal(connection: Connection, viewer: str) -> Facts:
    dimensions = scale(connection)
    if not dimensions:
        return
    said = "; ".join(f"{one.name} ({', '.join(level.name for level in one.levels)})" for one in dimensions)
    yield Fact(
        f"Papers are appraised for {said}; no appraisal excludes by itself.", "realist appraisal scale list"
    )
    _, members = members_of(connection, viewer=viewer)
    done = {one.paper for one in appraisals(connection, members, viewer=viewer)}
    if members:
        yield Fact(
            f"{len(done)} of {len(members)} included papers were appraised.", "realist report appraisals"
        )


def _excluded(connection: Connection, viewer: str) -> Facts:
    found = excluded_in_full(connection, viewer=viewer)
    if found:
        counted_ = Counter(reason for one in found for reason in one.reasons[:1])
        said = "; ".join(f"{reason}: {n}" for reason, n in counted_.most_common())
        yield Fact(
            f"{_n(len(found), 'paper')} were excluded at full text" + (f" ({said})." if said else "."),
            "realist report excluded",
        )


def _extraction(connection: Connection, viewer: str) -> Facts:
    _, members = members_of(connection, viewer=viewer)
    for form in current(connection):
        done = len(answers(connection, form, members, viewer=viewer))
        fields = _n(len(form.template.fields), "field")
        yield Fact(
            f"Form {form.template.name}, version {form.number}, {fields}: answered for {done} of "
            f"{len(members)} included papers.",
            "realist form answers",
        )
    kept = _count(connection, Excerpt, seen(Excerpt, viewer))
    if kept:
        paged = _count(connection, Excerpt, seen(Excerpt, viewer), Excerpt.locator != "")
        yield Fact(
            f"{_n(kept, 'excerpt')} were taken, {paged} with a printed page or place.", "realist excerpt list"
        )
    twice = _count(
        connection, Extraction, Extraction.role == ExtractionRole.INDEPENDENT, Extraction.ended == ""
    )
    if twice:
        yield Fact(f"{_n(twice, 'extraction')} were made independently.", "realist extraction list")


def _analysis(connection: Connection, viewer: str) -> Facts:
    status = Configuration.status
    rows = connection.execute(
        select(status, func.count()).where(counted(Configuration, viewer)).group_by(status).order_by(status)
    ).all()
    if rows:
        said = ", ".join(f"{n} {word}" for word, n in rows)
        yield Fact(f"{_n(sum(n for _, n in rows), 'configuration')}: {said}.", "realist cmo list")
    found = Counter(one.kind for one in moves(connection, viewer=viewer))
    if found:
        said = ", ".join(f"{kind} {n}" for kind, n in sorted(found.items()))
        yield Fact(
            f"{_n(sum(found.values()), 'act')} of synthesis with their reasons: {said}.", "realist move list"
        )
    parts = sourced(connection, viewer=viewer)
    if parts.inferred:
        yield Fact(
            f"{parts.inferred} of {parts.all} parts of configurations were inferred.",
            "realist report retroduction",
        )


def _flow(connection: Connection, viewer: str) -> Facts:
    for stage in staged_flow(connection, viewer=viewer):
        whole = next((group for group in stage.groups if group.kind is None), None)
        said = []
        for step in whole.lines if whole else ():
            if step.label:
                continue
            reported = step.reported.value if step.reported else None
            if step.computed is not None:
                said.append(f"{step.step} {step.computed:,}")
            elif reported is not None:
                said.append(f"{step.step} {reported:,} (reported)")
            elif step.derived is not None:
                said.append(f"{step.step} {step.derived.value:,} (derived)")
        if said:
            yield Fact(f"Stage {stage.name}: {', '.join(said)}.", "realist flow")


def _characteristics(connection: Connection, viewer: str) -> Facts:
    name, members = members_of(connection, viewer=viewer)
    if members:
        yield Fact(
            f"{_n(len(members), 'paper')} in the included sets ({name}).", "realist report characteristics"
        )


def _findings(connection: Connection, viewer: str) -> Facts:
    grid = evidence_grid(connection, viewer=viewer)
    cells = sum(column.n for column in grid.columns)
    if grid.columns:
        yield Fact(
            f"{_n(len(grid.columns), 'mechanism')} by {_n(len(grid.rows), 'paper')}: "
            f"{cells} cells with evidence.",
            "realist grid",
        )
    parts = sourced(connection, viewer=viewer)
    if parts.all:
        yield Fact(
            f"{parts.sourced} of {parts.all} parts of configurations rest on a source that is named.",
            "realist cmo check",
        )
    rows = connection.execute(
        select(Theory.name, func.count(TheoryVersion.uid))
        .join(TheoryVersion, TheoryVersion.theory == Theory.uid)
        .where(Theory.kind == TheoryKind.PROGRAMME)
        .group_by(Theory.uid, Theory.name, Theory.number)
        .order_by(Theory.number)
    )
    for theory, n in rows:
        yield Fact(f"Programme theory {theory}: {_n(n, 'version')}.", "realist report theory")


def _thin(connection: Connection, viewer: str) -> Facts:
    grid = evidence_grid(connection, viewer=viewer)
    for few, word in ((0, "no paper"), (1, "one paper")):
        names = [column.name for column in grid.columns if column.n == few]
        if names:
            yield Fact(
                f"Mechanisms with {word}: {', '.join(shorten(name, 60) for name in names)}.", "realist grid"
            )


def _stakeholders(connection: Connection, viewer: str) -> Facts:
    n, taking_part = connection.execute(select(func.count(), func.sum(Consultation.people))).one()
    if n:
        people_ = f", {taking_part} taking part as far as known" if taking_part else ""
        yield Fact(f"{_n(n, 'consultation')}{people_}.", "realist consultation list")
    voices = Counter(str(one["voice"]) for one in feedback(connection, viewer=viewer))
    if voices:
        said = ", ".join(f"{voice} {m}" for voice, m in sorted(voices.items()))
        yield Fact(f"What was said: {said}.", "realist report feedback")


def _theories(connection: Connection, viewer: str) -> Facts:
    rows = connection.execute(
        select(Theory.name, Theory.kind, Theory.source)
        .where(Theory.kind != TheoryKind.PROGRAMME)
        .order_by(Theory.number)
    )
    for name, kind, source in rows:
        yield Fact(f"{name} ({kind}" + (f"; {source})." if source else ")."), "realist theory list")


def _software(connection: Connection, viewer: str) -> Facts:
    yield Fact(f"realist {__version__}.", "realist --version")


def _reviewers(connection: Connection, viewer: str) -> Facts:
    found = people(connection)
    roles = "; ".join(
        f"{row['name'] or row['initials']}" + (f", {row['role']}" if row["role"] else "") for row in found
    )
    if found:
        yield Fact(
            f"{_n(len(found), 'person')} worked on the review: {roles}.".replace("persons", "people"),
            "realist person list",
        )


FACTS: dict[str, Callable[[Connection, str], Facts]] = {
    "title": _title, "question": _question, "scheme": _scheme, "changes": _changes, "scoping": _scoping,
    "searches": _searches, "selection": _selection, "appraisal": _appraisal, "excluded": _excluded,
    "extraction": _extraction, "analysis": _analysis, "flow": _flow, "characteristics": _characteristics,
    "findings": _findings, "thin": _thin, "stakeholders": _stakeholders, "theories": _theories,
    "software": _software, "reviewers": _reviewers,
}  # fmt: skip
"""What can be filled from the data, by the name that standards call it by."""


def facts(connection: Connection, names: tuple[str, ...], *, viewer: str = "") -> list[Fact]:
    """Return what the review holds for these *names* (of FACTS), as far as *viewer* may see it."""
    return [fact for name in names for fact in FACTS[name](connection, viewer)]


def made_of_documents(connection: Connection, *, viewer: str = "") -> list[tuple[str, int]]:
    """Return what the review made of its documents, and how many: included, excerpts, boxes, theories."""
    _, members = members_of(connection, viewer=viewer)
    dropped = Configuration.status == ConfigurationStatus.DROPPED
    of_programme = Theory.kind == TheoryKind.PROGRAMME
    return [
        ("papers included", len(members)),
        ("excerpts", _count(connection, Excerpt, seen(Excerpt, viewer))),
        ("configurations", _count(connection, Configuration, counted(Configuration, viewer), ~dropped)),
        ("programme theories", _count(connection, Theory, of_programme)),
    ]
