"""Consultations: the list, one with its page, what is recorded of it, and what people can be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.errors import NotFound, Refused, WrongUse
from realist.queries import beside, consulting, review
from realist.queries.naming_things import KINDS
from realist.queries.talked import talked_of
from realist.services import consulting as services
from realist.services import notes
from realist.text import line
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice

if TYPE_CHECKING:
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

KINDS_OF = tuple(map(str, ConsultationKind))
MODES = ("", *map(str, ConsultationMode))
VOICES = tuple(map(str, Voice))


class ConsultationRow(NamedTuple):
    """A consultation as the list shows it; ``people`` is None where unknown, ``voices`` counts by voice."""

    uid: str
    name: str
    kind: str
    mode: str
    held: str
    people: int | None
    voices: dict[str, int]
    decisions: int
    followed: int


class Listed(NamedTuple):
    """The rows of the list; ``at`` is the consultation in which the words asked for were said, or ""."""

    rows: tuple[ConsultationRow, ...]
    at: str = ""


def listed(gate: Gateway, feedback: str = "") -> Listed:
    """Return the consultations by date, and in which *feedback* (uid) was said."""
    with gate.store.read() as connection:
        rows = consulting.consultations(connection, viewer=gate.person)
        said = consulting.feedback(connection, viewer=gate.person) if feedback else []
    at = next((one["consultation_uid"] for one in said if one["uid"] == feedback), "")
    found = tuple(
        ConsultationRow(
            row["uid"], row["name"], row["kind"], row["mode"] or "", row["held"], row["people"],
            row["voices"], row["decisions"], row["followed"],
        )
        for row in rows
    )  # fmt: skip
    return Listed(found, at)


def page(gate: Gateway, uid: str) -> dict[str, Any] | None:
    """Return all that is known of a consultation, with its ``memos``; None where it is gone."""
    with gate.store.read() as connection:
        rows = consulting.consultations(connection, viewer=gate.person)
        if all(row["uid"] != uid for row in rows):
            return None
        found = consulting.consultation(connection, uid, viewer=gate.person)
        return {**found, "memos": beside.memos(connection, "consultation", uid, viewer=gate.person)}


def stages(gate: Gateway) -> tuple[str, ...]:
    """Return the names of the stages."""
    return tuple(str(row["name"]) for row in gate.read(review.stages))


def things(gate: Gateway) -> list[tuple[str, str, str]]:
    """Return what can be talked about: (what it is called, what names it, its kind)."""
    return gate.read(lambda connection: talked_of(connection, viewer=gate.person))


def thing(said: str) -> str:
    """Return *said* where it begins with a kind of thing; typed words that do not are refused."""
    if line(said).partition(" ")[0].lower() not in KINDS:
        raise WrongUse('Choose one of the list, or type its kind and name, such as "paper Ash (2001)".')
    return said


# -- what is recorded -----------------------------------------------------------------------------------


def _people(said: str) -> int | None:
    words = line(said)
    if words and not (words.isascii() and words.isdecimal() and len(words) < 12):
        raise Refused(f"{words[:40]!r} is no number of people: leave it blank where it is unknown.")
    return int(words) if words else None


def add(desk: Desk, values: Mapping[str, str]) -> str:
    """Record a consultation; return its uid."""
    return services.add_consultation(
        desk,
        values["name"],
        kind=ConsultationKind(values["kind"]),
        mode=ConsultationMode(values["mode"]) if values["mode"] else None,
        held=values["held"],
        stage=values["stage"],
        people=_people(values["people"]),
        who=values["who"],
        shown=values["shown"],
    )


def edit(desk: Desk, uid: str, values: Mapping[str, str]) -> str:
    """Change what is known of a consultation; return its uid."""
    people = _people(values["people"])
    return services.edit_consultation(
        desk,
        uid,
        name=values["name"],
        kind=ConsultationKind(values["kind"]),
        mode=values["mode"],
        held=values["held"],
        stage=values["stage"],
        people="" if people is None else people,
        who=values["who"],
        shown=values["shown"],
        reason=values["reason"],
    )


def show(desk: Desk, uid: str, said: str) -> str:
    """Say that a thing of the review was shown."""
    return services.show_at(desk, uid, [thing(said)])


def hear(desk: Desk, uid: str, about: str, values: Mapping[str, str]) -> str:
    """Record what was said of a thing, or in general where *about* is ""."""
    return services.add_feedback(
        desk, Voice(values["voice"]), values["words"], consultation=uid, about=about, who=values["who"]
    )


def correct(desk: Desk, uid: str, values: Mapping[str, str]) -> str:
    """Correct what was recorded of what was said."""
    return services.edit_feedback(
        desk,
        uid,
        voice=Voice(values["voice"]),
        words=values["words"],
        who=values["who"],
        reason=values["reason"],
    )


def decide(desk: Desk, uid: str, text: str) -> str:
    """Record something that was decided."""
    return services.decide_at(desk, uid, text)


def link(desk: Desk, uid: str, acts: str) -> str:
    """Link acts, by their numbers, to the consultation that they followed from."""
    numbers = acts.replace(",", " ").split()
    if not numbers:
        raise NotFound("Say the number of an act, such as #12: the log (g l) shows them.")
    return services.link_acts(desk, uid, numbers)


def take_out(desk: Desk, uid: str, what: str, reason: str) -> str:
    """Take out what :func:`parts` names: a statement, a decision, a thing shown, a link, or the whole."""
    kind, _, of = what.partition(" ")
    if kind == "said":
        return services.drop_feedback(desk, of, reason=reason)
    if kind == "decided":
        return services.edit_decision(desk, uid, int(of), "", reason=reason)
    if kind == "shown":
        return services.unshow_at(desk, uid, of, reason=reason)
    if kind == "act":
        return services.unlink_act(desk, uid, of, reason=reason)
    return services.drop_consultation(desk, uid, reason=reason)


def parts(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what can be taken out of a consultation: what it is called, and what names it for take_out."""
    rows = [(f"said: {one['voice']}, {one['words']}", f"said {one['uid']}") for one in found["feedback"]]
    rows += [(f"decided: {one['text']}", f"decided {one['position']}") for one in found["decided"]]
    rows += [
        (f"shown: {one['kind']} {one['of']}", f"shown {one['kind']} {one['subject']}")
        for one in found["items"]
    ]
    rows += [
        (f"followed: #{one['number']} {one['intention']} {one['subject']}", f"act #{one['number']}")
        for one in found["acts"]
        if one["how"] == "linked"
    ]
    return [*rows, ("the whole consultation", "whole")]


def memo(desk: Desk, kind: str, uid: str, text: str) -> str:
    """Write a memo on a thing of *kind* (a table)."""
    return notes.add_memo(desk, kind, uid, text)
