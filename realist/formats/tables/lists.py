"""Lists within one cell: names of people and keywords, told apart as vendors write them.

Nobody is cut in two and no two are glued: whether a comma parts people or the parts of one name is told by
the product, by the other cells of the column, and only then by the look of the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from realist.formats.values import listed, one_line

COMMAS: dict[str, bool] = {
    "Scopus": True, "PubMed": True, "Embase.com": True, "Publish or Perish": True, "IEEE Xplore": True,
    "Web of Science": False, "Zotero": False, "Covidence": False, "Rayyan": False, "EBSCO": False,
    "Cochrane Library": False, "Lens.org": False, "OpenAlex": False, "Dimensions": False, "RefWorks": False,
    "ACM Digital Library": False, "CORD-19": False, "Google Scholar": False, "Abstrackr": False,
    "ProQuest": False, "EPPI-Reviewer": False, "JabRef": False, "Paperpile": True, "Springer": False,
}  # fmt: skip
"""Whether a product parts people by commas where a cell has no stronger separator (``; | and``)."""

_QUOTED = re.compile(r"'((?:[^'\\]|\\.){0,2000})'(?=\s?[,\])])|\"((?:[^\"\\]|\\.){0,2000})\"(?=\s?[,\])])")
_NUMBER_AFTER = re.compile(r" \([0-9]{1,15}\)\Z")
_TIGHT_COMMA = re.compile(r",(?=[^\s,])")
_NO_GIVEN = re.compile(r",\s?null\Z")
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ)])(?=[A-ZÀ-ÖØ-Þ])")
_PREFIXES = ("Mc", "Mac", "De", "Di", "Du", "Da", "Del", "La", "Le", "Van", "Von", "Fitz", "San", "El", "Al")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd"})
_NOBODY = frozenset(
    {"", "et al", "et al.", "and others", "others", "...", "…", "null", "na", "n/a", "[no author]"}
    | {"[no author name available]", "no author name available"}
)
_INITIALS = 5
_SHORT_NAME = re.compile(r" [A-Z]{1,4}(?: (?:Jr|Sr|[0-9]{1,2}(?:st|nd|rd|th)))?\Z")
_NAMED = re.compile(
    r"""['"](?:display_)?name['"]\s?:\s?(?:'((?:[^'\\]|\\.){0,500})'|"((?:[^"\\]|\\.){0,500})")"""
)


def people(value: str, commas: bool | None = None) -> tuple[str, ...]:
    """Return the people whom a cell names, in order.

    *commas* says whether a comma parts people where nothing stronger does; None where that is not known.
    """
    return tuple([name for part in _parts(value, commas) if (name := _name(part)).lower() not in _NOBODY])


def people_of_pubmed(value: str) -> tuple[str, ...]:
    """Return the people of tables of PubMed, such as ``Smith J, Doe A; Some Group, North; Ray U.``.

    Commas part people, semicolons set groups apart, whose names may hold commas of their own.
    """
    found: list[str] = []
    for at, part in enumerate(value.rstrip().removesuffix(".").split(";")):
        names = [one_line(name) for name in part.split(",")]
        short = sum(1 for name in names if _SHORT_NAME.search(name))
        is_group = short < len(names) if at else not short
        found += [one_line(part)] if is_group else names
    return tuple([name for name in found if name.lower() not in _NOBODY])


def commas_part(cells: Iterable[str]) -> bool | None:
    """Return whether commas part people in a column with these *cells*, None if that cannot be told."""
    for cell in cells:
        if ";" in cell or "|" in cell:
            return False
        first, *others = one_line(cell).split(" and ")
        if others and ("," in others[-1] or "," not in first):
            return False
    return None


def unglued(value: str) -> str:
    """Return *value* with semicolons between names that were written without anything between (Springer)."""
    parts, start = [], 0
    for found in _GLUED.finditer(value):
        at = found.start()
        if not value[start:at].endswith(_PREFIXES):
            parts.append(value[start:at])
            start = at
    return ";".join([*parts, value[start:]])


def keywords(values: Sequence[str]) -> tuple[str, ...]:
    """Return the keywords of some cells: between ``; |`` or line feeds, or else between commas.

    A comma within brackets parts nothing, nor does one with a space after it where others have none.
    """
    found: dict[str, None] = {}
    for value in values:
        if _is_python_list(value):
            entries: Iterable[str] = map(one_line, _quoted(value))
        elif ";" in value or "\n" in value.strip() or ("|" not in value and "," not in value):
            entries = listed([value])
        elif "|" in value:
            entries = map(one_line, value.split("|"))
        else:
            entries = _by_commas(one_line(value))
        found.update(dict.fromkeys(entry for entry in entries if entry))
    return tuple(found)


def _by_commas(text: str) -> list[str]:
    tight = _TIGHT_COMMA.search(text) is not None
    entries, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(depth - 1, 0)
        elif character == "," and not depth and not (tight and text[at + 1 : at + 2] == " "):
            entries.append(text[start:at].strip())
            start = at + 1
    return [*entries, text[start:].strip()]


def _parts(value: str, commas: bool | None) -> Iterable[str]:
    """Return the names in a cell, each on one line."""
    if _is_python_list(value):
        return map(one_line, _quoted(value))
    if value.startswith("[{") and (named := _NAMED.findall(value)):
        return [one_line(one or other) for one, other in named]
    if ";" in value:
        return listed([value])
    if "|" in value:
        return map(one_line, value.split("|"))
    text = one_line(value)
    if ", & " in text:
        text = text.replace(", & ", ", and ")
    if " and " in text:
        return _joined(text, commas)
    if "\n" in value.strip():
        return map(one_line, value.split("\n"))
    return _between_commas(text, commas)


def _joined(text: str, commas: bool | None) -> Sequence[str]:
    """Return the names of ``Smith, J. and Doe, A.`` and of ``John Smith, Ann Doe, and Bo Ray``."""
    *first, last = text.split(" and ")
    if commas is not False and first[-1].endswith(","):
        return _between_commas(", ".join((*(part.rstrip(",") for part in first), last)), commas)
    if commas is not False and len(first) == 1 and "," not in last:
        return (*_between_commas(first[0], commas), last)
    return [name for part in (*first, last) for name in _pairs(part) or [part]]


def _pairs(text: str) -> list[str]:
    """Return the names of ``Smith, J., Doe, A.``, none where not every second part is initials."""
    names = [name.strip() for name in text.split(",")]
    if len(names) % 2 or not all(map(_is_given, names[1::2])) or any(map(_is_given, names[::2])):
        return []
    return [f"{family}, {given}" for family, given in zip(names[::2], names[1::2], strict=True)]


def _between_commas(text: str, commas: bool | None) -> list[str]:
    if commas is False or "," not in text:
        return [text]
    names: list[str] = []
    for token in text.split(","):
        name = token.strip()
        if len(name) < 5 and names and name.lower().rstrip(".") in _SUFFIXES:
            names[-1] += ", " + name
        elif name:
            names.append(name)
    if commas:
        return names
    if pairs := _pairs(", ".join(names)):
        return pairs
    if len(names) == 2 and not all(" " in name and name[0].isupper() for name in names):
        return [text]
    return names


def _is_given(name: str) -> bool:
    """Return whether a name is nothing but initials: ``J.``, ``A. B.``, ``JK``, ``J.-P.``."""
    letters = name.replace(".", "").replace("-", "").replace(" ", "")
    return 0 < len(letters) <= _INITIALS and letters.isupper() and (len(letters) < 4 or "." in name)


def _name(part: str) -> str:
    """Return a name without a number after it; ``Smits,Maarten`` gets its space."""
    name = part.strip(" ,")
    if name.endswith(")"):
        name = _NUMBER_AFTER.sub("", name)
    if name.count(",") != name.count(", "):
        name = _TIGHT_COMMA.sub(", ", _NO_GIVEN.sub("", name))
    return name


def _is_python_list(value: str) -> bool:
    return value.startswith(("['", '["')) and value.rstrip().endswith("]")


def _quoted(value: str) -> list[str]:
    return [one or other for one, other in _QUOTED.findall(value)]
