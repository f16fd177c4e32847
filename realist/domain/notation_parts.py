"""The values of the CMO notation: parts of a configuration, what reading gives, what it could not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from realist.domain.notation_words import JOIN_WORDS, JOINS, LABEL, LETTERS
from realist.text import line
from realist.vocabulary import Activation, Basis, ElementKind, Valence


class ProblemKind(StrEnum):
    """What kind of thing could not be read."""

    NO_TAG = "no tag"
    UNTAGGED = "untagged"
    UNKNOWN_TAG = "unknown tag"
    CONTRADICTION = "contradiction"
    AMBIGUOUS = "ambiguous"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class NotationProblem:
    """Something that could not be read.

    ``offset`` and ``length`` are characters of the text given to ``read``; ``excerpt`` is the start of
    them on one line; ``message`` is one sentence; ``suggestion`` is a tag that may have been meant, or "".
    """

    kind: ProblemKind
    offset: int
    length: int
    excerpt: str
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One element of a configuration as the notation shows it.

    ``segment`` counts the stretches between arrows from 1. ``join`` is what stands between the part
    before and this one: "" for an arrow and for the first part, else one of :data:`JOINS` in lower case;
    the first part may have "if". ``label`` is as printed ("C1", "M2"), any text.
    """

    kind: ElementKind
    text: str
    valence: Valence | None = None
    label: str = ""
    activation: Activation | None = None
    basis: Basis | None = None
    segment: int = 1
    join: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the parts in order, and what could not be read, by offset."""

    parts: tuple[Part, ...]
    problems: tuple[NotationProblem, ...]


def one_line(text: str) -> str:
    """Return ``line(text)``, at once where the text is on one line already, as nearly all wording is."""
    return text.strip(" ") if text.isprintable() and "  " not in text else line(text)


def normalised(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return *parts* in the one form that writing and reading keep.

    - wording and label are on one line, without control characters;
    - segments count 1, 2, 3 …; a part whose segment differs from that of the part before opens the next;
    - the part that opens a segment has no join, but the very first may have "if";
    - every other part has a join: "," where none was given, "and" for "&";
    - words that are no join ("this enacts") become the start of the wording.
    """
    result: list[Part] = []
    segment = 0
    before: int | None = None
    for part in parts:
        opens = part.segment != before
        before = part.segment
        segment += opens
        join, text = one_line(part.join).lower(), one_line(part.text)
        join = JOIN_WORDS.get(join, join)
        if opens:
            words = one_line(part.join)
            if join and join not in JOINS:
                text = f"{words} {text}".strip()
            join = join if join == "if" and not result else ""
        elif join not in JOINS:
            join, text = ",", f"{one_line(part.join)} {text}".strip()
        result.append(replace(part, text=text, label=one_line(part.label), segment=segment, join=join))
    return tuple(result)


def tag(part: Part) -> str:
    """Return the tag of *part*: ``(C)``, ``(M+, Resource)``, ``(O2–)``, ``(M–, Reasoning, weak, inferred)``.

    A minus is printed as an en dash. A label that is not the letter and a number ("C1", "M2.1", "O3b")
    is printed in quotation marks: ``(C, "left box")``.
    """
    letter, label, valence = LETTERS[part.kind], one_line(part.label), part.valence
    fits = label.startswith(letter) and LABEL.fullmatch(label, len(letter)) is not None
    items = [label if fits else letter]
    zero = valence is Valence.NO_CHANGE and fits
    if valence is not None and not zero:
        items[0] += "–" if valence is Valence.MINUS else valence.value
    if part.kind in (ElementKind.RESOURCE, ElementKind.REASONING):
        items.append(part.kind.value.capitalize())
    if zero:
        items.append(Valence.NO_CHANGE.value)
    items.extend(word.value for word in (part.activation, part.basis) if word is not None)
    if label and not fits:
        items.append(quoted(label))
    return f"({', '.join(items)})"


def quoted(label: str) -> str:
    """Return *label* in quotation marks, with a backslash before what would end it or look like a bracket."""
    return '"' + "".join("\\" + c if c in '"\\()[]' else c for c in label) + '"'


def unquoted(text: str) -> str:
    """Return the label that :func:`quoted` made *text* of."""
    inner = iter(text[1:-1])
    return "".join(next(inner, "") if c == "\\" else c for c in inner)
