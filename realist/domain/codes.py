"""Codes: a framework of them read from TOML, and names that may mean the same.

A framework in a file::

    name = "Levels of integration"
    source = "Hale 2013"

    [[code]]
    name = "Clinical"

    [[code]]
    name = "Case finding"
    description = "Who looks for whom, and how."
    within = "Clinical"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from realist.errors import Refused
from realist.text import fold, line, paragraphs, shorten

_OF_BOOK, _OF_CODE = ("name", "source", "note", "code"), ("name", "description", "within")


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to be; *within* names the one that it is a part of."""

    name: str
    description: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A framework as a file gives it: its codes in order, parts after what they are parts of."""

    name: str
    source: str = ""
    note: str = ""
    codes: tuple[NewCode, ...] = ()


def read_book(text: str) -> Book:
    """Return the framework that a TOML text holds. Raises Refused with what is wrong, where, what to do."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = line(str(error)) if isinstance(error, ValueError) else "it is nested too deeply"
        raise Refused(f"This is no TOML that can be read: {why}.") from None
    _only(data, _OF_BOOK, "The framework")
    rows = data.get("code", [])
    if not (isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)):
        raise Refused("The framework has no codes: begin each with a line [[code]].")
    name = line(_words(data, "name", "The framework"))
    if not name:
        raise Refused('The framework has no name: begin with a line such as name = "Levels of integration".')
    codes: list[NewCode] = []
    for place, row in enumerate(rows, 1):
        codes.append(_code(row, f"Code {place}", codes))
    source, note = (_words(data, of, "The framework") for of in ("source", "note"))
    return Book(name, line(source), paragraphs(note), tuple(codes))


def _only(row: dict[str, Any], known: Sequence[str], what: str) -> None:
    if odd := next((name for name in row if name not in known), ""):
        raise Refused(f"{what} says {shorten(odd, 40)!r}, which means nothing here: use {', '.join(known)}.")


def _words(row: dict[str, Any], name: str, what: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise Refused(f'{what}: {name} is no text: put it in quotation marks, {name} = "…".')
    return value


def _code(row: dict[str, Any], what: str, before: Sequence[NewCode]) -> NewCode:
    _only(row, _OF_CODE, what)
    name = line(_words(row, "name", what))
    if not name:
        raise Refused(f'{what} has no name: add a line such as name = "Clinical".')
    what = f"{what} ({shorten(name, 40)})"
    if same_name(name, (code.name for code in before)):
        raise Refused(f"{what} is there twice: give one of the two another name.")
    within = line(_words(row, "within", what))
    parent = same_name(within, (code.name for code in before)) if within else ""
    if within and not parent:
        raise Refused(f"{what} is within {shorten(within, 40)!r}, which is no code above it.")
    return NewCode(name, paragraphs(_words(row, "description", what)), parent)


def same_name(name: str, names: Iterable[str]) -> str:
    """Return the one of *names* that is *name*, compared folded; "" where none is."""
    sought = fold(name) or line(name)
    return next((other for other in names if (fold(other) or line(other)) == sought), "")
