"""Naming a pattern, and changing what was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realist.text import shorten
from tui.dialogs import Field, Form
from tui.gateway import patterns

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.patterns import Naming, Regular

_SIDES = ("show it", "speak against it")


def begin_name(house: RealistApp, what: Naming, wording: str) -> None:
    """Ask how a pattern is called and worded, and why it is one."""

    def save(values: dict[str, str]) -> str:
        return house.at_desk(lambda desk: patterns.name(desk, what, values))

    against = f", {len(what.counters)} against it" if what.counters else ""
    note = f"{len(what.cases)} boxes show it{against}; boxes can be put and taken later."
    fields = [
        Field("name", "What you call it"),
        Field("wording", "What tends to happen, in your words", wording, long=True),
        Field("reason", "Why it is a demi-regularity", long=True),
        Field("memo", "Memo", long=True),
    ]
    _push(house, "Name a demi-regularity", fields, save, note, f"name {' '.join(what.cases[:3])}")


def begin_reword(house: RealistApp, one: Regular) -> None:
    """Ask for other words of a regularity."""

    def save(values: dict[str, str]) -> str:
        return house.at_desk(lambda desk: patterns.reword(desk, one.uid, values))

    fields = [
        Field("name", "What you call it", one.name),
        Field("wording", "What tends to happen", one.wording, long=True),
        Field("reason", "Why it changes", long=True),
    ]
    _push(house, "Reword a demi-regularity", fields, save, shorten(one.name, 80), f"reword {one.uid}")


def begin_put(house: RealistApp, one: Regular) -> None:
    """Ask which boxes show a regularity, or speak against it."""

    def save(values: dict[str, str]) -> str:
        return house.at_desk(lambda desk: patterns.put(desk, one.uid, values, _SIDES[1]))

    fields = [
        Field("boxes", "Boxes by number or label, a ; between", help="such as #4; 2b"),
        Field("side", "They", _SIDES[0], choices=_SIDES, only=True),
        Field("note", "How, or how far", long=True),
    ]
    _push(house, "Put boxes", fields, save, shorten(one.name, 80), f"put {one.uid}")


def begin_give_up(house: RealistApp, one: Regular) -> None:
    """Ask why a regularity is given up."""

    def save(values: dict[str, str]) -> str:
        return house.at_desk(lambda desk: patterns.give_up(desk, one.uid, values["reason"]))

    fields = [Field("reason", "Why it is none after all", long=True)]
    _push(house, "Give a demi-regularity up", fields, save, shorten(one.name, 80), f"give up {one.uid}")


def _push(house: RealistApp, title: str, fields: list[Field], save: object, note: str, draft: str) -> None:
    house.with_person(
        lambda: house.push_screen(Form(title, fields, save, note=note, draft=draft), house.say_done)  # type: ignore[arg-type]
    )
