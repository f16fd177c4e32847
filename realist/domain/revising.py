"""A theory's statements revised: reworded, named, ranked, dropped, put in order, added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from realist.domain.theories import Statement, statement_said
from realist.errors import Ambiguous, NotFound, WrongUse
from realist.text import fold, line, shorten


def statement_named(statements: Sequence[Statement], said: str) -> Statement:
    """Return the statement that *said* means: p3 or 3, the name or the uid of its part.

    Raises NotFound, or Ambiguous where two have the name.
    """
    wanted = line(said)
    digits = wanted.lower().removeprefix("p")
    number = int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else -1
    folded = fold(wanted)
    ways: tuple[Callable[[Statement], bool], ...] = (
        lambda one: bool(wanted) and one.part == wanted,
        lambda one: bool(folded) and fold(one.name) == folded,
        lambda one: one.number == number,
    )
    for same in ways:
        found = [one for one in statements if same(one)]
        if len(found) > 1:
            there = ", ".join(f"p{one.number}" for one in found)
            raise Ambiguous(f"{shorten(wanted, 60)!r} could be {there}: use the number.")
        if found:
            return found[0]
    there = ", ".join(f"p{one.number}" for one in sorted(statements, key=lambda one: one.number))
    raise NotFound(f"There is no statement {shorten(wanted, 60)!r} in this version: {there or 'none yet'}.")


def revised(
    statements: Sequence[Statement],
    *,
    words: Mapping[str, str] | None = None,
    calls: Mapping[str, str] | None = None,
    ranks: Mapping[str, str] | None = None,
    drops: Iterable[str] = (),
    order: Iterable[str] = (),
    adds: Iterable[str] = (),
) -> tuple[Statement, ...]:
    """Return *statements* with what is given done to them; parts are named as one types them.

    *words* give wordings by part, *calls* names, *ranks* priorities; *drops* are left out, those of *order*
    stand first, in that order, and *adds* are new ones at the end.
    """
    named = {one.part: one for one in statements if one.part}
    known = list(named.values())
    for said, text in (words or {}).items():
        was = named[statement_named(known, said).part]
        new = statement_said(text)
        named[was.part] = replace(new, part=was.part, number=was.number, name=was.name, priority=was.priority)
    for said, name in (calls or {}).items():
        was = statement_named(known, said)
        if not fold(name):
            raise WrongUse(f"p{was.number} needs a name with a letter or a digit.")
        named[was.part] = replace(named[was.part], name=line(name))
    for said, rank in (ranks or {}).items():
        was = statement_named(known, said)
        named[was.part] = replace(named[was.part], priority=line(rank))
    gone = {statement_named(known, said).part for said in drops}
    first = list(dict.fromkeys(statement_named(known, said).part for said in order))
    found = [named.get(one.part, one) for one in statements if not one.part or one.part not in gone]
    found.sort(key=lambda one: first.index(one.part) if one.part in first else len(first))
    return (*found, *map(statement_said, adds))
