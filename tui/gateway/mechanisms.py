"""Mechanisms: all of them or those of a named list, one with its story, and what is decided of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain.configuration import Box
from realist.errors import NotFound, RealistError, Refused
from realist.queries import beside, lives, theory, waiting
from realist.queries import boxes as boxes_of
from realist.queries.excerpts import excerpts
from realist.queries.naming import resolve
from realist.services import consulting, notes
from realist.services import mechanisms as services
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import Fate, MechanismKind, Voice

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Rows = list[dict[str, Any]]


class MechanismRow(NamedTuple):
    """A mechanism as the list shows it; one without uid is a heading of a named list."""

    uid: str
    number: int
    name: str
    fate: str = ""
    into: tuple[str, ...] = ()
    papers: int = 0
    supporting: int = 0
    weakening: int = 0
    boxes: int = 0
    words: int = 0


class Listed(NamedTuple):
    """The rows of the list, and the name of the named list they are of ("" where they are all)."""

    rows: tuple[MechanismRow, ...]
    of: str = ""


def listed(gate: Gateway, of_list: str = "", kind: str = "mechanism") -> Listed:
    """Return all of a kind by number, or the mechanisms of a list in its order.

    For contexts and outcomes, ``boxes`` counts the parts that stand under them.
    """
    with gate.store.read() as connection:
        if kind != "mechanism":
            rows = theory.contexts if kind == "context" else theory.outcomes
            return Listed(tuple(_tag(row) for row in rows(connection, viewer=gate.person)))
        found = theory.mechanisms(connection, of_list=of_list, viewer=gate.person)
        under = boxes_of.under_mechanisms(connection, viewer=gate.person)
        names = {row["uid"]: row["name"] for row in theory.lists(connection)} if of_list else {}
    return Listed(tuple(_row(row, under) for row in found), names.get(of_list, ""))


def _row(row: dict[str, Any], under: Mapping[str, int]) -> MechanismRow:
    if not row["uid"]:
        return MechanismRow("", 0, row["name"])
    return MechanismRow(
        row["uid"], row["number"], row["name"], row["fate"], tuple(one["name"] for one in row["into"]),
        row["papers"], row["for"], row["against"], under.get(row["uid"], 0), row["feedback"],
    )  # fmt: skip


def _tag(row: dict[str, Any]) -> MechanismRow:
    into = tuple(one["name"] for one in row["into"])
    return MechanismRow(row["uid"], row["number"], row["name"], row["fate"], into, boxes=row["elements"])


def lists(gate: Gateway) -> Rows:
    """Return the named lists in order: uid, name, items, dated, agreed, note."""
    return gate.read(theory.lists)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is known of one mechanism, and what was merged into it."""

    about: dict[str, Any]
    boxes: tuple[tuple[int, Box], ...]
    memos: Rows
    parts: tuple[dict[str, Any], ...]
    moves: Rows
    waiting: Rows


def story(gate: Gateway, uid: str) -> Story | None:
    """Return the story of a mechanism; None where it is not in the review any more."""
    with gate.store.read() as connection:
        everything = theory.mechanisms(connection, viewer=gate.person)
        if all(row["uid"] != uid for row in everything):
            return None
        about = theory.mechanism(connection, uid, viewer=gate.person)
        boxes = boxes_of.boxes(connection, mechanism=uid, viewer=gate.person)
        numbers = boxes_of.numbers(connection, viewer=gate.person)
        parts = tuple(row for row in everything if any(one["uid"] == uid for one in row["into"]))
        memos = beside.memos(connection, "mechanism", uid, viewer=gate.person)
        moves = lives.history(connection, "mechanism", uid, viewer=gate.person)
        waits = waiting.waiting(connection, "mechanism", uid, viewer=gate.person)
    return Story(about, tuple((numbers[box.uid], box) for box in boxes), memos, parts, moves, waits)


def where(gate: Gateway, kind: str, uid: str) -> tuple[str, str] | None:
    """Return the paper of an excerpt or piece of evidence, and the excerpt or ""; None where it is gone."""
    with gate.store.read() as connection:
        if kind == "evidence":
            rows = theory.evidence(connection, viewer=gate.person)
            found = next((row for row in rows if row["uid"] == uid), None)
            return (found["paper"], found["excerpt"] or "") if found else None
        quoted = excerpts(connection, uids=[uid], viewer=gate.person)
        return (quoted[0].paper, uid) if quoted else None


def description(gate: Gateway, uid: str) -> str:
    """Return the description of a mechanism as it stands now; "" where it has none."""
    with gate.store.read() as connection:
        rows = theory.mechanisms(connection, viewer=gate.person)
    return next((str(row["description"]) for row in rows if row["uid"] == uid), "")


class Names(NamedTuple):
    """What is suggested while something is decided."""

    mechanisms: tuple[str, ...]
    consultations: tuple[str, ...]


def names(gate: Gateway) -> Names:
    """Return the names of the mechanisms and consultations."""
    with gate.store.read() as connection:
        rows, held = theory.mechanisms(connection, viewer=gate.person), beside.consultations(connection)
    return Names(
        tuple(shorten(row["name"][:400], 80) for row in rows),
        tuple(shorten(row["name"][:400], 80) for row in held),
    )


def _called(connection: Connection, uid: str) -> str:
    """Return the name that means this mechanism and no other, as the log should say it."""
    row = next((row for row in theory.mechanisms(connection, viewer="") if row["uid"] == uid), None)
    if row is None:
        raise NotFound("This mechanism is not in the review any more. Nothing was changed.")
    try:
        same = resolve(connection, "mechanism", row["name"]) == uid
    except RealistError:
        same = False
    return str(row["name"]) if same else f"#{row['number']}"


def _name(desk: Desk, uid: str) -> str:
    with desk.store.read() as connection:
        return _called(connection, uid)


def _kept(name: str) -> str:
    """Return another name as one line; where there is none, refuse."""
    if not fold(name):
        raise Refused("A mechanism needs a name. Nothing was added.")
    return line(name)


def _several(names: str) -> list[str]:
    return [name for name in map(line, names.split(";")) if name]


def _meant(connection: Connection, names: str) -> list[str]:
    """Return the mechanisms named: one whose name holds the sign itself, or several."""
    for row in theory.mechanisms(connection, viewer=""):
        if line(names) and line(row["name"]) == line(names):
            return [row["uid"]]
    return [resolve(connection, "mechanism", name) for name in _several(names)]


def propose(desk: Desk, values: Mapping[str, str]) -> str:
    """Propose a mechanism by name, kind, description, aliases (``;`` between) and reason; return its uid."""
    return services.add_mechanism(
        desk,
        _kept(values["name"]),
        kind=MechanismKind(values["kind"]),
        description=values["description"],
        aliases=_several(values["aliases"]),
        reason=values["reason"],
    )


def describe(desk: Desk, uid: str, was: str, values: Mapping[str, str]) -> None:
    """Give a mechanism, described as *was*, a new description with its reason, another name, or both."""
    said, alias = paragraphs(values["description"]), line(values["alias"])
    if said == paragraphs(was) and not alias:
        raise Refused("Nothing was changed: the description is as it was.")
    if said != paragraphs(was) and not line(values["reason"]):
        raise Refused("Nothing was changed: a new description needs its reason.")
    name = _name(desk, uid)
    if said != paragraphs(was):
        _unchanged(desk, uid, was)
    if alias:
        services.add_alias(desk, name, alias, source=values["reason"])
    if said != paragraphs(was):
        services.describe(desk, name, said, reason=values["reason"])


def _unchanged(desk: Desk, uid: str, was: str) -> None:
    with desk.store.read() as connection:
        versions = theory.mechanism(connection, uid, viewer=desk.initials)["versions"]
    if versions and paragraphs(versions[-1]["description"]) != paragraphs(was):
        last = versions[-1]
        raise Refused(
            f"{last['by']} described it meanwhile (version {last['number']}):"
            f" {shorten(last['description'], 200)} Nothing was changed."
        )


def decide(desk: Desk, uid: str, values: Mapping[str, str]) -> None:
    """Decide the fate of a mechanism, with its reason; *merged* needs what it goes into."""
    fate, reason, name = Fate(values["fate"]), values["reason"], _name(desk, uid)
    with desk.store.read() as connection:
        about = theory.mechanism(connection, uid, viewer=desk.initials)
        held = resolve(connection, "consultation", values["consultation"]) if values["consultation"] else ""
        into = _meant(connection, values["into"])
    if into and fate is not Fate.MERGED:
        raise Refused(f"Only a mechanism that is merged goes into another: it is {fate} here.")
    if fate is Fate.MERGED:
        if not into:
            raise Refused("Say into which mechanism it is merged; several with a ; between.")
        if held:
            raise Refused("A merge keeps no consultation: name it in the reason, and leave its field blank.")
        services.merge_mechanisms(desk, name, into, reason=reason)
        return
    if about["into"]:
        services.end_merge(desk, name, reason=reason)
        fates = _fates(desk, uid)
        if fates and fates[-1]["fate"] == fate and not held:
            return
    services.decide_fate(desk, name, fate, reason=reason, consultation=held)


def _fates(desk: Desk, uid: str) -> Rows:
    with desk.store.read() as connection:
        found: Rows = theory.mechanism(connection, uid, viewer=desk.initials)["fates"]
        return found


def hear(desk: Desk, uid: str, values: Mapping[str, str]) -> None:
    """Record what stakeholders said of a mechanism."""
    if not line(values["words"]):
        raise Refused("Nothing was recorded: say what they said.")
    with desk.store.read() as connection:
        held = resolve(connection, "consultation", values["consultation"]) if values["consultation"] else ""
    name = _name(desk, uid)
    consulting.add_feedback(
        desk, Voice(values["voice"]), values["words"], mechanism=name, consultation=held, who=values["who"]
    )


def memo(desk: Desk, uid: str, text: str) -> None:
    """Write a memo on a mechanism."""
    notes.add_memo(desk, "mechanism", _name(desk, uid), text)
