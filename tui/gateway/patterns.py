"""Patterns among boxes, kept until the review changes; and what people named a demi-regularity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from realist.domain.patterns.alike import Group, similar
from realist.domain.patterns.chains import Chain, chains
from realist.domain.patterns.recurrent import Recurrent, recurrent
from realist.exports.chains import Linked, chain_lines
from realist.exports.patterns import box_name, reach
from realist.exports.recurrent import counts, pattern_name
from realist.exports.regularities import case_said, stands
from realist.queries.patterns import Accounts, accounts
from realist.queries.regularities import Regular, regularities
from realist.services import regularities as services

if TYPE_CHECKING:
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = [
    "Accounts",
    "Chain",
    "Group",
    "Known",
    "Linked",
    "Recurrent",
    "Regular",
    "box_name",
    "case_said",
    "chain_lines",
    "counts",
    "groups",
    "known",
    "name",
    "pattern_name",
    "reach",
    "stands",
]  # fmt: skip

_KEPT: WeakKeyDictionary[Gateway, dict[str, tuple[tuple[int, str], Any]]] = WeakKeyDictionary()
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Known:
    """The boxes that count, and what is found in them at once."""

    of: Accounts
    recurrent: tuple[Recurrent, ...]
    chains: tuple[Chain, ...]
    regular: tuple[Regular, ...]


def known(gate: Gateway) -> Known:
    """Return the pairs that recur, the chains and the regularities of the review."""

    def find() -> Known:
        with gate.store.read() as connection:
            of = accounts(connection, viewer=gate.person)
            regular = regularities(connection, of, viewer=gate.person)
        pairs = recurrent(of.boxes, of.papers, of.studies)
        return Known(of, tuple(pairs), tuple(chains(of.boxes)), tuple(regular))

    found: Known = _kept(gate, "known", find)
    return found


def groups(gate: Gateway, words: bool) -> tuple[Group, ...]:
    """Return the groups of similar boxes, by their *words* alone or by their tags, too. Takes seconds."""
    of = known(gate).of
    found: tuple[Group, ...] = _kept(
        gate, f"groups {words}", lambda: tuple(similar(of.boxes, tags=not words))
    )
    return found


def _kept(gate: Gateway, what: str, find: Callable[[], Any]) -> Any:
    """Return what *find* found of the review as it stands, for who looks, finding it once."""
    now = gate.version(), gate.person
    kept = _KEPT.setdefault(gate, {})
    if (there := kept.get(what)) and there[0] == now:
        return there[1]
    with _ONE_AT_A_TIME:
        if (there := kept.get(what)) and there[0] == now:
            return there[1]
        found = find()
        kept[what] = (now, found)
        return found


class Naming(NamedTuple):
    """What is to be named: boxes for and against (uids), and what it is about (uids)."""

    cases: Sequence[str]
    counters: Sequence[str] = ()
    context: str = ""
    mechanism: str = ""
    outcome: str = ""


def name(desk: Desk, what: Naming, values: dict[str, str]) -> str:
    """Name a demi-regularity as a form says."""
    services.add_regularity(
        desk,
        values["name"],
        wording=values["wording"],
        reason=values["reason"],
        memo=values["memo"],
        cases=what.cases,
        counters=what.counters,
        context=what.context,
        mechanism=what.mechanism,
        outcome=what.outcome,
    )
    return "It is a demi-regularity from now on. u takes it back."


def reword(desk: Desk, uid: str, values: dict[str, str]) -> str:
    """Change name and wording of a regularity as a form says."""
    services.edit_regularity(
        desk, uid, name=values["name"], wording=values["wording"], reason=values["reason"]
    )
    return "The regularity was changed. u takes it back."


def give_up(desk: Desk, uid: str, reason: str) -> str:
    """Give a regularity up."""
    services.drop_regularity(desk, uid, reason=reason)
    return "The regularity was given up. u takes it back."


def put(desk: Desk, uid: str, values: dict[str, str], against: str) -> str:
    """Put boxes, named with a ; between, for or against a regularity."""
    boxes = [one.strip() for one in values["boxes"].split(";") if one.strip()]
    services.put_cases(desk, uid, boxes, counter=values["side"] == against, note=values["note"])
    return "The boxes were put there. u takes it back."
