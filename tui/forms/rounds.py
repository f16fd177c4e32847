"""The forms in which a round is set down: a new one, and the rules of one that is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from realist.domain.agreement import Statistic
from realist.text import shorten
from realist.vocabulary import ConflictRule, MaybeRule, RoundKind, RoundOrder
from tui.dialogs import Field
from tui.forms.box import Asked, BoxForm
from tui.gateway import planning
from tui.gateway import rounds as gateway
from tui.gateway.planning import BLIND, NOT_BLIND

if TYPE_CHECKING:
    from tui.place import Place

_NOTE = (
    "Blind: nobody sees what others decided until all have, or the round is opened. Criteria and reasons may"
    " take several lines; a reason a line, its number is its key. Blank is fine but for the name."
)
_EDIT_NOTE = (
    "Reasons keep their numbers: write only those that come after them, one a line. A round in which somebody"
    " decided stays blind, or not."
)


def begin_adding(place: Place, then: Callable[[str], object]) -> None:
    """Ask what a new round is, and add it; *then* gets its uid."""

    def show(known: gateway.Known) -> None:
        if not known.stages:
            place.house.say("A round belongs to a search stage: `realist stage add` makes the first one.")
            return

        def save(values: dict[str, str]) -> str:
            return place.house.at_desk(lambda desk: planning.add(desk, values))

        def added(uid: object) -> None:
            if isinstance(uid, str):
                then(uid)

        place.app.push_screen(BoxForm("Add a round", _rows(known.stages), save, note=_NOTE), added)

    place.house.with_person(lambda: place.fetch(gateway.known, show, group="form"))


def begin_editing(place: Place, uid: str) -> None:
    """Ask what is to change in a round; what the round cannot change is said in the form."""

    def show(row: dict[str, Any]) -> None:
        def save(values: dict[str, str]) -> None:
            place.house.at_desk(lambda desk: planning.edit(desk, row, values))

        title = f"Edit #{row['number']} {shorten(row['name'][:400], 60)}"
        place.app.push_screen(BoxForm(title, _edited(row), save, note=_EDIT_NOTE))

    ask = place.house.with_person
    ask(lambda: place.fetch(lambda gate: gateway.rules_of(gate, uid), show, group="form"))


def _rows(stages: tuple[str, ...]) -> list[Asked]:
    statistics = ("", *map(str, Statistic))
    return [
        _line("Name", "name"),
        Asked("Stage, reads", (_one("stage", "Stage", stages), _one("kind", "Reads", tuple(RoundKind)))),
        *_shared({}),
        Asked("Reasons", (_long("reasons", "Reasons"),)),
        Asked(
            "Pilot: reach", (_one("gate_statistic", "Statistic", statistics), Field("gate_value", "Value"))
        ),
        _line("Feeds the set", "outcome"),
        _line("Note", "note"),
    ]


def _edited(row: Mapping[str, Any]) -> list[Asked]:
    return [
        _line("Name", "name", row["name"]),
        *_shared(row),
        Asked("More reasons", (_long("reasons", "Reasons"),)),
        Asked("Note", (_long("note", "Note", row["note"]),)),
        _line("Why", "why"),
    ]


def _shared(row: Mapping[str, Any]) -> list[Asked]:
    """Return what both forms ask, as it stands in *row*."""
    sight = _one("blind", "Sight", (NOT_BLIND, BLIND), BLIND if row.get("blind") else NOT_BLIND)
    order = _one("order", "Order", tuple(RoundOrder), row.get("reading_order", ""))
    return [
        Asked("People each", (Field("readers", "People", str(row.get("readers", 1))), sight)),
        Asked("Criteria", (_long("criteria", "Criteria", row.get("criteria", "")),)),
        Asked("Order, seed", (order, Field("seed", "Seed", str(row.get("seed", 0))))),
        Asked("A maybe", (_one("maybe", "Maybe", tuple(MaybeRule), row.get("maybe_rule", "")),)),
        Asked("A conflict", (_one("conflict", "Conflict", tuple(ConflictRule), _rule(row)),)),
    ]


def _rule(row: Mapping[str, Any]) -> str:
    return str(row.get("conflict_rule", ""))


def _line(label: str, name: str, value: str = "") -> Asked:
    return Asked(label, (Field(name, label, value),))


def _long(name: str, label: str, value: str = "") -> Field:
    return Field(name, label, value, long=True)


def _one(name: str, label: str, choices: tuple[str, ...], value: str = "") -> Field:
    return Field(name, label, value, choices=tuple(map(str, choices)), only=True)
