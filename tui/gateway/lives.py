"""What becomes of mechanisms, contexts and outcomes: asked for, and done, the same for each of the three."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.errors import NotFound, RealistError, Refused
from realist.queries import beside, boxes, lives, theory, waiting
from realist.queries.naming import resolve
from realist.queries.standing import KINDS
from realist.services import lives as services
from realist.services import placements
from realist.services.proposing import add_context, add_outcome
from realist.text import fold, line, shorten

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Rows = list[dict[str, Any]]
KINDS_SHOWN = tuple(KINDS)
_LIKELY = 70
_SHORTEST = 3
"""Fewer letters than these mean nothing yet."""
_MOST_PAPERS = 5000


class Known(NamedTuple):
    """What is suggested while something is decided: names of a kind, and what may have moved it.

    A mover is what a person sees and what the review understands: ("excerpt Ash (2001): “…”", "excerpt UID").
    """

    names: tuple[str, ...]
    movers: tuple[tuple[str, str], ...]


def known(gate: Gateway, kind: str) -> Known:
    """Return the names of a kind; consultations, papers, boxes and excerpts as what may have moved it."""
    with gate.store.read() as connection:
        names = [row["name"] for row in named(connection, kind, gate.person)]
        movers = [(f"consultation {row['name']}",) * 2 for row in beside.consultations(connection)]
        movers += [(f"paper {label}", f"paper {uid}") for uid, label in _papers(connection)]
        numbers = boxes.numbers(connection, viewer=gate.person)
        movers += [(f"box {number}", f"box {uid}") for uid, number in numbers.items()]
        movers += [
            (f"excerpt {label}: “{shorten(words, 60)}”", f"excerpt {uid}")
            for uid, label, words in _excerpts(connection, gate.person)
        ]
    shown = tuple((shorten(label[:400], 100), said) for label, said in movers)
    return Known(tuple(shorten(name[:400], 80) for name in names), shown)


def _papers(connection: Connection) -> list[tuple[str, str]]:
    from realist.queries.papers import papers

    return [(row["uid"], row["label"] or row["title"]) for row in papers(connection)[:_MOST_PAPERS]]


def _excerpts(connection: Connection, viewer: str) -> list[tuple[str, str, str]]:
    from realist.queries.excerpts import excerpts
    from realist.queries.sets import labels

    found = excerpts(connection, viewer=viewer)
    names = labels(connection, list({one.paper for one in found}))
    return [(one.uid, names.get(one.paper, ""), one.quotation) for one in found]


def named(connection: Connection, kind: str, viewer: str) -> Rows:
    """Return the rows of a kind, as :func:`realist.queries.theory.mechanisms` or contexts does."""
    asked: dict[str, Callable[..., Rows]] = {
        "mechanism": theory.mechanisms, "context": theory.contexts, "outcome": theory.outcomes,
    }  # fmt: skip
    return asked[kind](connection, viewer=viewer)


def moved_by(of: Known, text: str) -> tuple[list[str], list[str], str]:
    """Return what *text* (``;`` between) means: for the review, as shown, and what is unclear of it."""
    said, shown = list[str](), list[str]()
    for part in (part for part in map(line, text.split(";")) if part):
        found = _nearest(of.movers, part)
        if len(found) != 1:
            few = ", ".join(label for label, _ in found[:3])
            why = (
                f"{shorten(part, 40)!r} could be {few}"
                if found
                else f"nothing is called {shorten(part, 40)!r}"
            )
            return said, shown, f"{why}: say more of its name."
        shown.append(found[0][0])
        said.append(found[0][1])
    return said, shown, ""


def _nearest(movers: Sequence[tuple[str, str]], part: str) -> list[tuple[str, str]]:
    """Return the movers that *part* may mean: that name, those with its words, or the likest."""
    folded = fold(part)
    if len(folded) < _SHORTEST and not folded.isdecimal():
        return []
    labels = [(fold(label), label, said) for label, said in movers]
    for fits in (
        lambda label: label == folded or label.partition(" ")[2] == folded,
        lambda label: all(word in label for word in folded.split()),
    ):
        if found := [(label, said) for known, label, said in labels if fits(known)]:
            return found
    from rapidfuzz import fuzz, process

    near = process.extract(folded, [known for known, _, _ in labels], scorer=fuzz.WRatio, limit=2)
    likely = [(score, labels[place]) for _, score, place in near if score >= _LIKELY]
    best = [row[1:] for score, row in likely if score >= likely[0][0] - 5]
    return [(label, said) for label, said in best]


def preview(of: Known, text: str) -> str:
    """Return in words what moved it, as far as it is understood."""
    _, shown, unclear = moved_by(of, text)
    return "\n".join([*(f"→ {label}" for label in shown), *filter(None, (unclear,))])


# -- what is done -------------------------------------------------------------------------------------------


def act(desk: Desk, kind: str, verb: str, uid: str, of: Known, values: Mapping[str, str]) -> None:
    """Do what *verb* says to one of a *kind*, with reason, what moved it, and what else *values* hold."""
    said, _, unclear = moved_by(of, values.get("moved_by", ""))
    if unclear:
        raise Refused(f"What moved it: {unclear} Nothing was changed.")
    with desk.store.read() as connection:
        name = _called(connection, kind, uid)
        into = _several(connection, kind, values.get("into", ""))
    how: dict[str, Any] = {"reason": values["reason"], "moved_by": said, "kind": kind}
    match verb:
        case "merge":
            services.merge(desk, name, into, **how)
        case "split":
            services.split(desk, name, into, **how)
        case "rename":
            services.rename(desk, name, values["name"], **how)
        case "describe":
            services.describe(desk, name, values["description"], **how)
        case "refine":
            services.refine(desk, name, values["description"], **how)
        case "prioritise":
            services.prioritise(desk, name, values["priority"], **how)
        case "unmerge":
            services.end_merge(desk, name, **how)
        case _:
            decide = {"drop": services.drop, "park": services.park, "reinstate": services.reinstate}[verb]
            decide(desk, name, **how)


def _several(connection: Connection, kind: str, names: str) -> list[str]:
    """Return what is named: one whose name holds the sign between names itself, or several."""
    whole = line(names)
    try:
        return [resolve(connection, kind, whole)] if whole else []
    except RealistError:
        return [name for name in map(line, names.split(";")) if name]


def _called(connection: Connection, kind: str, uid: str) -> str:
    """Return the name that means this one and no other, as the log should say it."""
    row = next((row for row in named(connection, kind, "") if row["uid"] == uid), None)
    if row is None:
        raise NotFound(f"This {kind} is not in the review any more. Nothing was changed.")
    try:
        same = resolve(connection, kind, row["name"]) == uid
    except RealistError:
        same = False
    return str(row["name"]) if same else f"#{row['number']}"


def propose(desk: Desk, kind: str, values: Mapping[str, str]) -> str:
    """Add a context or an outcome; return its uid."""
    add = {"context": add_context, "outcome": add_outcome}[kind]
    return add(desk, values["name"], description=values["description"], reason=values["reason"])


def description(gate: Gateway, kind: str, uid: str) -> str:
    """Return how one is described now; "" where it is not."""
    with gate.store.read() as connection:
        rows = named(connection, kind, gate.person)
    return next((str(row["description"]) for row in rows if row["uid"] == uid), "")


def waits(gate: Gateway, kind: str, uid: str) -> Rows:
    """Return the pieces that wait under one, or all that wait where none does."""
    with gate.store.read() as connection:
        own = waiting.waiting(connection, kind, uid, viewer=gate.person)
        return own or waiting.waiting(connection, kind, viewer=gate.person)


def place(desk: Desk, kind: str, pieces: Sequence[str], of: Known, values: Mapping[str, str]) -> None:
    """Place pieces under what *into* names, with the reason and what moved it."""
    said, _, unclear = moved_by(of, values.get("moved_by", ""))
    if unclear:
        raise Refused(f"What moved it: {unclear} Nothing was placed.")
    with desk.store.read() as connection:
        under = _several(connection, kind, values["into"])
    placements.place(desk, pieces, under, reason=values["reason"], moved_by=said, kind=kind)


class Life(NamedTuple):
    """What is known of a context or outcome: as listed, its names, parts that stand under it, its moves."""

    kind: str
    about: dict[str, Any]
    aliases: tuple[str, ...]
    parts: Rows
    moves: Rows


def life(gate: Gateway, kind: str, uid: str) -> Life | None:
    """Return the life of a context or outcome; None where it is not in the review any more."""
    with gate.store.read() as connection:
        about = next((row for row in named(connection, kind, gate.person) if row["uid"] == uid), None)
        if about is None:
            return None
        return Life(
            kind,
            about,
            tuple(lives.aliases(connection, kind, uid)),
            lives.parts_under(connection, kind, uid, viewer=gate.person),
            lives.history(connection, kind, uid, viewer=gate.person),
        )
