"""One paper: everything about it, and what is written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain.configuration import Box
from realist.domain.notation import chain
from realist.queries import answers, kin, paper_story, retrieval, texts, theory
from realist.queries import papers as queries
from realist.queries.answers import Answered
from realist.queries.appraisals import Appraised, appraisals
from realist.queries.retrieval import Step
from realist.queries.states import states
from realist.queries.texts import Text
from realist.services import evidence, notes, retrieving
from realist.services import papers as services
from realist.vocabulary import PaperState, RetrievalStatus, Stance

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Rows = list[dict[str, Any]]


class BoxLine(NamedTuple):
    """A box of a paper, on one line."""

    uid: str
    number: int
    name: str
    chain: str


class Story(NamedTuple):
    """Everything about one paper and what was joined into it."""

    paper: dict[str, Any]
    state: PaperState
    decisions: Rows
    tags: list[str]
    memos: Rows
    evidence: Rows
    readings: Rows
    boxes: list[BoxLine]
    related: Rows
    studies: Rows
    texts: list[Step]
    files: list[Text]
    appraised: list[Appraised]
    answered: list[Answered]


def story(gate: Gateway, uid: str) -> Story | None:
    """Return everything about a paper; None where it is not in the review (any more)."""
    return gate.read(lambda connection: _story(connection, uid, gate.person))


def _story(connection: Connection, uid: str, viewer: str) -> Story | None:
    if not paper_story.number_of(connection, uid):
        return None
    paper = queries.paper(connection, uid, viewer=viewer)
    root = paper["uid"]
    numbers = paper_story.box_numbers(connection, root, viewer=viewer)
    return Story(
        paper,
        states(connection, [root], viewer=viewer)[root],
        paper_story.decisions(connection, root, viewer=viewer),
        paper_story.tags(connection, root, viewer=viewer),
        paper_story.memos(connection, root, viewer=viewer),
        theory.evidence(connection, paper=root, viewer=viewer),
        theory.readings(connection, paper=root, viewer=viewer),
        [_line(box, numbers.get(box.uid, 0)) for box in paper["boxes"]],
        kin.related(connection, root),
        kin.studies(connection, root),
        retrieval.history(connection, root),
        [text for text in texts.texts_of(connection, root) if text.uid != texts.ABSTRACT],
        appraisals(connection, [root], viewer=viewer),
        answers.counting(connection, root, viewer=viewer),
    )


def _line(box: Box, number: int) -> BoxLine:
    name = " ".join(filter(None, (box.label, box.title)))
    return BoxLine(box.uid, number, name, " → ".join(chain(box.parts)))


def raw(gate: Gateway, record: str) -> dict[str, Any] | None:
    """Return a record to the letter: file, line, pairs of [tag, value]."""
    return gate.read(lambda connection: paper_story.raw_record(connection, record))


def mechanisms(gate: Gateway) -> tuple[str, ...]:
    """Return the names of the mechanisms there are."""
    return tuple(row["name"] for row in gate.read(theory.mechanisms))


def tags(gate: Gateway) -> dict[str, int]:
    """Return every tag and on how many papers it is."""
    return gate.read(lambda connection: paper_story.tags_of_papers(connection, viewer=gate.person))


def fields(paper: dict[str, Any]) -> dict[str, str]:
    """Return what can be edited of a paper, with what stands there now; authors one a line."""
    found = {}
    for name in (*services.FIELDS, *services.LONG_FIELDS):
        value = paper[name]
        found[name] = "\n".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return found


def edit(desk: Desk, uid: str, field: str, value: str, reason: str) -> None:
    """Correct a field of a paper; what it was before is kept."""
    services.edit_paper(desk, uid, field, value, reason=reason)


def claim(desk: Desk, uid: str, values: dict[str, str]) -> None:
    """Record evidence of a paper on a mechanism, from the fields of a form."""
    evidence.add_evidence(
        desk,
        uid,
        mechanism=values["mechanism"],
        stance=Stance(values["stance"]),
        claim=values["claim"],
        quotation=values["quotation"],
        locator=values["locator"],
    )


def tag(desk: Desk, uid: str, label: str) -> None:
    """Put a tag on a paper."""
    notes.tag(desk, "paper", uid, label)


def untag(desk: Desk, uid: str, label: str) -> None:
    """Take a tag off a paper."""
    notes.untag_papers(desk, [uid], label)


def memo(desk: Desk, uid: str, text: str) -> None:
    """Write a memo on a paper."""
    notes.add_memo(desk, "paper", uid, text)


def record_text(desk: Desk, uid: str, values: dict[str, str]) -> None:
    """Record how far the full text of a paper has come, from the fields of a form."""
    status = RetrievalStatus(values["status"])
    retrieving.retrieve(desk, uid, status, happened=values["happened"], reason=values["reason"])
