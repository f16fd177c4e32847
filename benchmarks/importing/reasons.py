"""Why an oracle and we differ in a field: every reason is computed from the record and the file."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from tests.formats.scanners import bibtex_value

USUAL = frozenset({"title", "author", "year", "doi", "ti", "au", "py", "do", "%t", "%a", "%d", "%r"})
"""Tags at which every oracle looks."""

_AUTHOR_TAGS = ("au", "a1", "af", "fau", "%a")
YEAR = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2}|2100)(?![0-9])")
DATE = re.compile(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})[01][0-9][0-3][0-9](?![0-9])")
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"<>]+")


@dataclass(frozen=True)
class Case:
    """A record that both have: its raw pairs, its neighbours' raw values, and the strings of the file."""

    oracle: str
    raw: Sequence[tuple[str, str]]
    others: frozenset[str]
    strings: dict[str, str]

    def tags_with(self, value: str) -> list[str]:
        """Return the tags whose values hold *value*: to the letter, else without TeX, mark-up and signs."""
        exact = [tag for tag, text in self.raw if value in text.lower()]
        wanted = bare(value)
        return list(
            dict.fromkeys(exact or [tag for tag, text in self.raw if wanted and wanted in bare(text)])
        )

    def found_in(self, tags: Iterable[str], what: str) -> str:
        """Return the reason for a value that stands under the first of *tags* and that the oracle lacks."""
        tag = next(iter(tags), "")
        if tag.lower() in USUAL:
            return f"{self.oracle} does not return {what} of this record, although it stands under {tag}"
        return f"{what} found in {tag}, where {self.oracle} does not look"


def flat(value: str) -> str:
    """Return *value* on one line."""
    return " ".join(value.split())


@cache
def bare(value: str) -> str:
    """Return the letters and digits of *value* without accents, TeX and mark-up, for finding it again."""
    text = html.unescape(re.sub(r"<[^<>]{1,80}>", "", value))
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]+", "", "".join(sign for sign in text if not unicodedata.combining(sign))).casefold()


@cache
def without_tex(value: str) -> str:
    """Return *value* with its LaTeX turned to text by pylatexenc, which takes a bare ``%`` for a comment."""
    latex = import_module("pylatexenc.latex2text").LatexNodes2Text(math_mode="text")
    return flat(latex.latex_to_text(re.sub(r"(?<!\\)%", r"\\%", value)))


def printing(value: str) -> str:
    """Return *value* without characters that do not print, other spaces made spaces."""
    return flat(
        "".join(" " if sign.isspace() else sign for sign in value if sign.isspace() or sign.isprintable())
    )


def check_title(ours: str, theirs: str, case: Case) -> str | None:
    """Return None where two titles are the same, else why they differ, ``""`` if that cannot be told."""
    if ours == flat(theirs):
        return None
    for alike, why in (
        (printing, "characters that do not print were left out"),
        (html.unescape, f"{case.oracle} keeps character references"),
        (without_tex, f"{case.oracle} keeps LaTeX"),
    ):
        if flat(alike(theirs)) == ours or flat(alike(flat(theirs))) == ours:
            return why
    if case.strings and flat(bibtex_value(theirs, case.strings)) == ours:
        return f"{case.oracle} leaves names of strings as they are"
    if theirs and bare(ours) in map(bare, _without_commands(theirs)):
        return f"{case.oracle} keeps LaTeX or mark-up; the letters are the same"
    return _elsewhere(ours, theirs, case)


def _without_commands(value: str) -> Iterator[str]:
    """Yield *value* by pylatexenc, without its commands, and with their names: ``\\TeX`` is written so."""
    yield without_tex(value)
    for instead in ("", r"\1"):
        yield re.sub(r"\\([A-Za-z]+)", instead, value)


def check_year(ours: str, theirs: str, case: Case) -> str | None:
    """Return None where two years are the same, else why they differ."""
    found = YEAR.search(theirs) or DATE.search(theirs)
    wanted = found[1] if found else ""
    if ours == wanted:
        return None
    if not ours:
        return ""
    tags = [
        tag for tag, value in case.raw if re.search(rf"(?<!\d){ours}(?!\d)|(?<!\d){ours}[01]\d[0-3]\d", value)
    ]
    if tags and not wanted:
        return case.found_in(sorted(tags, key=lambda tag: tag.lower() not in ("year", "date")), "year")
    if "DA" in tags and "PY" not in tags:
        return f"DA holds the date itself; {case.oracle} takes another"
    return _elsewhere(ours, theirs, case)


def check_doi(ours: str, theirs: str, case: Case) -> str | None:
    """Return None where two DOIs are the same, else why they differ."""
    found = DOI.search(theirs.strip("{} "))
    wanted = found[0].lower() if found else ""
    if ours == wanted:
        return None
    if ours and wanted.startswith(ours) and not re.search(r"\w", wanted[len(ours) :]):
        return "signs that close the text around a DOI were left out"
    if ours and without_tex(theirs).lower().endswith(ours):
        return f"{case.oracle} keeps LaTeX"
    if not wanted and ours:
        return _elsewhere(ours, theirs, case, "DOI")
    return ""


def check_authors(ours: list[str], theirs: list[str], case: Case) -> str | None:
    """Return None where two lists of people are the same, else why they differ."""
    theirs = [flat(name) for name in theirs if name.strip()]
    if ours == theirs:
        return None
    plain_names = [without_tex(name) for name in theirs]
    if ours == plain_names or ours == [html.unescape(name) for name in theirs]:
        return f"{case.oracle} keeps LaTeX or character references"
    if ours == list(map(family_first, plain_names)):
        return f"the same names; {case.oracle} leaves the given name first"
    if list(map(bare, ours)) in (
        list(map(bare, plain_names)),
        list(map(bare, map(family_first, plain_names))),
    ):
        return "the same letters in the same order; signs and accents differ"
    left, right = list(map(name_parts, ours)), list(map(name_parts, plain_names))
    if left == right:
        return "the same names with their parts in another order"
    if left == [_parts([name]) for name in right]:
        return f"{case.oracle} keeps the 'null' that a program wrote for nothing"
    if case.strings and _parts(left) == _parts(map(name_parts, _expanded(theirs, case.strings))):
        return f"{case.oracle} leaves names of strings as they are"
    if right and right[-1] == ["others"] and left == right[:-1]:
        return f"{case.oracle} takes 'and others' for a person"
    groups = [name_parts(value) for tag, value in case.raw if tag in ("CN", "CA")]
    if groups and [name for name in left if name not in groups] == right:
        return f"groups stand under a tag of their own, where {case.oracle} does not look"
    tags = {tag for tag, _ in case.raw}
    if {"AU", "A1"} <= tags and sorted(left) == sorted(right) and _in_file_order(ours, case):
        return f"the order of the file; {case.oracle} puts one tag before the other"
    same_parts = sorted(_parts(left)) == sorted(_parts(right))
    if right and len(left) != len(right) and same_parts and _in_file_order(ours, case):
        return f"{case.oracle} leaves names together that we part, or the other way"
    if not right:
        return _each_elsewhere(ours, case) if ours else ""
    fewer = len(right) < len(left) and set(map(tuple, right)) <= set(map(tuple, left))
    return _each_elsewhere(ours, case) if fewer else ""


def _in_file_order(names: Iterable[str], case: Case) -> bool:
    """Return whether the family names stand in the author fields of the record one after the other."""
    fields = (text for tag, text in case.raw if tag.lower().startswith(_AUTHOR_TAGS))
    whole, at = bare(without_tex(" ".join(fields))), 0
    for name in names:
        at = whole.find(bare(name.split(",")[0]), at) + 1
        if at == 0:
            return False
    return True


def family_first(name: str) -> str:
    """Return a name such as ``Jan van Beek`` as ``van Beek, Jan``; one with a comma or one word stays."""
    words = name.split()
    if "," in name or len(words) < 2:
        return name
    first = next((at for at, word in enumerate(words[1:-1], 1) if word[:1].islower()), len(words) - 1)
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def _expanded(names: list[str], strings: dict[str, str]) -> list[str]:
    """Return the names of an author field after the names of strings in it were put in."""
    whole = re.sub(r"\w+", lambda word: strings.get(word[0].lower(), word[0]), " and ".join(names))
    return re.split(r"\s+and\s+", whole)


def _parts(names: Iterable[list[str]]) -> list[str]:
    """Return the parts of all names; "and" parts names, and "null" is what programs write for nothing."""
    return [part for name in names for part in name if part not in ("and", "null")]


def name_parts(name: str) -> list[str]:
    """Return the parts of a name, in an order of their own."""
    text = unicodedata.normalize("NFKD", html.unescape(name))
    plain = "".join(sign for sign in text if not unicodedata.combining(sign)).casefold()
    return sorted(re.findall(r"\w+", plain))


def _each_elsewhere(names: Iterable[str], case: Case) -> str:
    """Return the reason for names that all stand in the record, under tags where the oracle finds none."""
    there = [(tag, set(name_parts(without_tex(text)))) for tag, text in case.raw]
    tags = [[tag for tag, parts in there if set(name_parts(name)) <= parts] for name in names]
    return (
        case.found_in(sorted(tags[0], key=lambda tag: tag.lower() not in USUAL), "names") if all(tags) else ""
    )


def _elsewhere(ours: str, theirs: str, case: Case, what: str = "title") -> str:
    """Return where in the record, or in its file, a value of ours stands that the oracle does not have."""
    tags = case.tags_with(ours) if ours else []
    if tags and not theirs:
        return case.found_in(tags, what)
    kin = any(tag.lower() in ("crossref", "xref", "xdata") for tag, _ in case.raw)
    if kin and not theirs and bare(ours) in case.others:
        return f"inherited by crossref, which {case.oracle} does not follow"
    if len(tags) == 1 and tags[0].lower() in USUAL and sum(tag == tags[0] for tag, _ in case.raw) > 1:
        return f"{tags[0]} comes again; {case.oracle} takes another"
    return ""


def _first(tags: Iterable[str]) -> str:
    return next(iter(dict.fromkeys(tags)), "")


CHECKS: dict[str, Callable[[Any, Any, Case], str | None]] = {
    "title": check_title,
    "authors": check_authors,
    "year": check_year,
    "doi": check_doi,
}
