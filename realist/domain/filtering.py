"""What a person types to narrow a list of papers, read into a value: ``hope year:2010.. -state:excluded``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from realist.text import fold, line, shorten
from realist.vocabulary import PaperState, RetrievalStatus

LONGEST = 1000
"""How many characters of a filter are read."""
FIELDS = (
    "title", "author", "year", "journal", "label", "doi", "tag", "state", "mechanism", "stage", "search",
    "has", "is", "text",
)  # fmt: skip
HAS = ("abstract", "evidence", "box", "doi", "tag")
IS = ("joined", "added", *map(str, PaperState))
"""``is:joined``: other papers were joined into it; ``is:added``: a person added it, no import; or a state."""
MISSING = "missing"
TEXT = (*map(str, RetrievalStatus), MISSING)
"""``text:`` how far the full text has come; ``text:missing`` is wanted and not there."""

_CHOICES: dict[str, tuple[str, ...]] = {
    "state": tuple(map(str, PaperState)), "has": HAS, "is": IS, "text": TEXT,
}  # fmt: skip
_FIELD = re.compile(r"(-?[^\W\d_]+):")
_YEARS = re.compile(r"([0-9]{0,4})(?:(\.{1,2}|-|–)([0-9]{0,4}))?$")


@dataclass(frozen=True, slots=True)
class FieldWord:
    """Papers where *field* is any of *values*; or, negated, none of them. Years are ``low..high``."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Papers that hold all *words* (a word or a phrase each) and fit every one of *fields*.

    The last of *words* may be the beginning of a word where *beginning* is true. *problems* are sentences
    about what was not understood; it was left out or is searched as words.
    """

    words: tuple[str, ...] = ()
    fields: tuple[FieldWord, ...] = ()
    problems: tuple[str, ...] = ()
    beginning: bool = True

    @property
    def empty(self) -> bool:
        """Whether every paper fits."""
        return not (self.words or self.fields)


def read_filter(text: str) -> Filter:
    """Return the filter that *text* means; whatever is typed means something.

    Free words and ``"quoted phrases"``; ``field:value`` with a field of FIELDS and a value that may be
    quoted; ``-field:value`` negates. Values of one field are alternatives, different fields all have to
    fit. ``year:2010``, ``year:2010..2014``, ``year:..2014``, ``year:2010..``; ``state:`` one of PaperState;
    ``has:`` one of HAS; ``is:`` one of IS; ``text:`` one of TEXT. A value that is not complete is left out
    (``year:``), or read as a beginning (``state:inc``, ``year:201``, ``text:not``).
    """
    whole = line(text)
    problems = [f"Only the first {LONGEST:,} characters are read."] if len(whole) > LONGEST else []
    words: list[str] = []
    wanted: dict[str, list[str]] = {}
    unwanted: dict[str, list[str]] = {}
    beginning = True
    for name, value, closed in _tokens(whole[:LONGEST]):
        field = name.lstrip("-")
        if field not in FIELDS:
            if field and value and not value.startswith("/"):
                problems.append(_no_field(field))
            words += [part for part in (field, value) if fold(part)]
            beginning = not closed if fold(value) else beginning
            continue
        found, problem = _value(field, value)
        if problem:
            problems.append(problem)
        if found:
            (unwanted if name.startswith("-") else wanted).setdefault(field, []).append(found)
    fields = [FieldWord(field, tuple(dict.fromkeys(values))) for field, values in wanted.items()]
    fields += [FieldWord(field, tuple(dict.fromkeys(values)), True) for field, values in unwanted.items()]
    return Filter(tuple(words), tuple(fields), tuple(dict.fromkeys(problems)), beginning)


def _tokens(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield field (with its sign, lower case, "" for free words), value, and whether it was quoted whole."""
    place = 0
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        found = _FIELD.match(text, place)
        name = found.group(1).lower() if found else ""
        place = found.end() if found else place
        if text[place : place + 1] == '"':
            end = text.find('"', place + 1)
            yield name, text[place + 1 : end if end > 0 else len(text)], end > 0
            place = end + 1 if end > 0 else len(text)
        else:
            end = min(
                (at for at in (text.find(" ", place), text.find('"', place)) if at >= 0), default=len(text)
            )
            yield name, text[place:end], False
            place = end


def _no_field(name: str) -> str:
    return f"“{shorten(name, 30)}:” is no field: use {', '.join(FIELDS[:-1])} or {FIELDS[-1]}."


def _value(field: str, value: str) -> tuple[str, str]:
    """Return a value as it is looked for and what is wrong with it, each "" where there is none."""
    value = line(value)
    if field == "year":
        return _years(value)
    if field in _CHOICES:
        typed = value.lower()
        known = next((word for word in _CHOICES[field] if typed and word.startswith(typed)), "")
        if known or not typed:
            return known, ""
        choices = _CHOICES[field]
        return (
            "",
            f"There is no {field}:{shorten(value, 30)}: use {', '.join(choices[:-1])} or {choices[-1]}.",
        )
    if field == "doi":
        return re.sub(r"^(https?://)?(dx\.)?(doi\.org/|doi:)", "", value.lower()), ""
    return (value if fold(value) or value.lstrip("#").isdecimal() else ""), ""


def _years(value: str) -> tuple[str, str]:
    found = _YEARS.match(value)
    if found is None:
        return (
            "",
            f"“{shorten(value, 30)}” is no year: use year:2010, year:2010..2014, year:..2014 or year:2010..",
        )
    low, between, high = found.group(1), found.group(2), found.group(3) or ""
    if not (low or high):
        return "", ""
    last = high if between else low
    return f"{low.ljust(4, '0') if low else '0000'}..{last.ljust(4, '9') if last else '9999'}", ""
