"""A theory's statements as values: how they are worded, what of a version is new, and what carries on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from realist.domain.wording import Stretch, stretches
from realist.text import paragraphs
from realist.vocabulary import StatementForm

_IF_THEN = re.compile(
    r"if\s+(?P<if_text>.+?)[,;]?\s+then\s+(?P<then_text>.+?)(?:[,;]?\s+because\s+(?P<because_text>.+))?$",
    re.IGNORECASE | re.DOTALL,
)
_PIECES = ("if_text", "then_text", "because_text")
_ENDS = " \t\n,;."


@dataclass(frozen=True, slots=True)
class Statement:
    """How a part is worded in a version.

    ``part`` is the uid of the part, "" for a new one; ``number`` is its short number in the theory, ``name``
    what the team calls it. Prose is in ``text``; if … then … because … in three pieces, any of which may be
    empty while it is not known.
    """

    part: str = ""
    number: int = 0
    name: str = ""
    form: StatementForm = StatementForm.PROSE
    text: str = ""
    if_text: str = ""
    then_text: str = ""
    because_text: str = ""
    priority: str = ""

    @property
    def wording(self) -> tuple[str, ...]:
        """What makes it the statement that it is: two with equal wording say the same."""
        if self.form == StatementForm.PROSE:
            return (StatementForm.PROSE, self.text)
        return (StatementForm.IF_THEN, self.if_text, self.then_text, self.because_text)

    @property
    def said(self) -> str:
        """The statement as one reads it: the prose, or *If …, then …, because ….*"""
        if self.form == StatementForm.PROSE:
            return self.text
        pieces = (("If", self.if_text), ("then", self.then_text), ("because", self.because_text))
        whole = ", ".join(f"{word} {text.strip(_ENDS)}" for word, text in pieces if text.strip(_ENDS))
        return f"{whole[:1].upper()}{whole[1:]}." if whole else ""


def statement_said(text: str) -> Statement:
    """Return the statement that *text* says: in three pieces where it reads *if … then …*, else prose."""
    plain = paragraphs(text).strip()
    found = _IF_THEN.match(plain.rstrip(_ENDS))
    if not found:
        return Statement(text=plain)
    pieces = (" ".join((found[key] or "").strip(_ENDS).split()) for key in _PIECES)
    if_text, then_text, because_text = pieces
    return Statement(
        form=StatementForm.IF_THEN, if_text=if_text, then_text=then_text, because_text=because_text
    )


class Differing(NamedTuple):
    """How a part differs between two versions.

    ``state`` is *same*, *reworded*, *added* or *dropped*; ``moved`` says that it stands elsewhere among the
    parts that both have; ``words`` are those of both wordings, in order.
    """

    state: str
    moved: bool
    before: Statement | None
    after: Statement | None
    words: tuple[Stretch, ...]


def compared(before: Sequence[Statement], after: Sequence[Statement]) -> list[Differing]:
    """Return how two versions differ, part by part: in the order of the later one, what was dropped last."""
    old = {one.part: one for one in before}
    new = {one.part for one in after}
    stays = _longest_kept([one.part for one in before if one.part in new], [one.part for one in after])
    found = []
    for one in after:
        was = old.get(one.part)
        if was is None:
            found.append(Differing("added", False, None, one, tuple(stretches("", one.said))))
            continue
        state = "same" if was.wording == one.wording else "reworded"
        words = tuple(stretches(was.said, one.said))
        found.append(Differing(state, one.part not in stays, was, one, words))
    gone = [one for one in before if one.part not in new]
    return [*found, *(Differing("dropped", False, one, None, tuple(stretches(one.said, ""))) for one in gone)]


def _longest_kept(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the parts that kept their order: the most that stand one after the other in both."""
    place = {part: n for n, part in enumerate(before)}
    ends: list[tuple[str, ...]] = [()]
    for part in after:
        if part in place:
            fits = [kept for kept in ends if not kept or place[kept[-1]] < place[part]]
            longest: tuple[str, ...] = max(fits, key=_length)
            ends.append((*longest, part))
    last: tuple[str, ...] = max(ends, key=_length)
    return set(last)


def _length(parts: tuple[str, ...]) -> int:
    return len(parts)


def carried_from(versions: Sequence[Mapping[str, Statement]], at: int) -> dict[str | None, frozenset[int]]:
    """Return from which earlier versions what was given carries to the one *at*, by part.

    *versions* are the statements by part, in order; places count from 0. Under None stands the version as a
    whole, which carries while it has the same parts, each in the same wording. A part carries as long as its
    wording is the same in every version since.
    """
    now = versions[at]
    found: dict[str | None, frozenset[int]] = {}
    for part, statement in now.items():
        since = set[int]()
        for place in range(at - 1, -1, -1):
            was = versions[place].get(part)
            if was is None or was.wording != statement.wording:
                break
            since.add(place)
        found[part] = frozenset(since)
    whole = {part: statement.wording for part, statement in now.items()}
    since = set()
    for place in range(at - 1, -1, -1):
        if {part: one.wording for part, one in versions[place].items()} != whole:
            break
        since.add(place)
    found[None] = frozenset(since)
    return found
