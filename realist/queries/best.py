"""Papers that are one document, read together: of each field the best value that any of them has.

Nothing is rewritten: once a join ends, each paper shows its own fields again. The rules, per field:

- What a person corrected counts, that of the whole before that of its parts: also the empty text by which
  somebody said that the whole has no DOI. A part's field that was emptied is not asked.
- Else the whole's own value, unless a part says the same more fully (see :data:`FULLER`). A value that a
  person typed, of a paper that no database gave, gives way to nothing.
- Else the first part that has a value, those that a person typed before others.

The label is how the team cites a paper: it is never that of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, select

from realist.store.tables import FieldOverride, Paper
from realist.text import fold

FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "type")
Row = Mapping[str, Any] | RowMapping
"""A paper: ``uid``, ``number``, and fields as the review keeps them (authors one a line).

Also ``typed``, whether a person added it, and ``corrected``, the names of fields that a person corrected.
"""


class Best(NamedTuple):
    """The fields under which papers are read, and the numbers of the parts that fields come from."""

    values: dict[str, Any]
    borrowed: dict[str, int]


def best(rows: Sequence[Row], fields: Iterable[str] = FIELDS) -> Best:
    """Return the best fields of a whole and its parts; *rows* are the whole, then the parts in order."""
    values: dict[str, Any] = {}
    borrowed: dict[str, int] = {}
    for field in fields:
        row = _said_by(rows, field)
        values[field] = row[field]
        if row is not rows[0]:
            borrowed[field] = row["number"]
    return Best(values, borrowed)


def _said_by(rows: Sequence[Row], field: str) -> Row:
    """Return the row whose value of *field* is shown."""
    whole, parts = rows[0], [row for row in rows[1:] if row[field]]
    if field in whole["corrected"]:
        return whole
    corrected = [row for row in parts if field in row["corrected"]]
    if corrected:
        return corrected[0]
    if whole[field]:
        fuller = None if whole["typed"] else FULLER.get(field)
        return whole if fuller is None else fuller(whole, parts)
    return next((row for row in parts if row["typed"]), parts[0] if parts else whole)


def fullest(whole: Row, parts: Sequence[Row], score: Callable[[Row], Any]) -> Row:
    """Return the row with the highest *score*, of equal ones the first."""
    return max((whole, *parts), key=score)


# --- titles ----------------------------------------------------------------------------------------

_CUT = re.compile(r"\s*(?:\.{3,}|…)\s*[\]\"'”’]*\s*$")
_FEW_WORDS = 3


def _title(whole: Row, parts: Sequence[Row]) -> Row:
    """A title cut off with dots gives way to a whole one, one all in capitals to one in mixed letters."""
    own = _plain_title(whole["title"])
    cut, shouted = _is_cut(whole["title"]), _is_shouted(whole["title"])
    if not (cut or shouted):
        return whole
    same = [row for row in parts if _continues(own, cut, _plain_title(row["title"]))]
    return fullest(whole, same, lambda row: (not _is_cut(row["title"]), not _is_shouted(row["title"])))


def _plain_title(title: str) -> str:
    return fold(_CUT.sub("", title)).replace(" ", "")


def _continues(own: str, cut: bool, other: str) -> bool:
    return bool(own) and (other.startswith(own) if cut else other == own)


def _is_cut(title: str) -> bool:
    return bool(_CUT.search(title))


def _is_shouted(title: str) -> bool:
    """Whether all letters of a title are capitals, or none is; a short one, such as HIV/AIDS, may be so."""
    return (title.isupper() or title.islower()) and len(title.split()) >= _FEW_WORDS


# --- authors ---------------------------------------------------------------------------------------

_AND_OTHERS = re.compile(r"\bet\.? al\b\.?|^(?:and others|…|\.\.\.)$", re.IGNORECASE)
_LONGEST_INITIALS = 3


def _authors(whole: Row, parts: Sequence[Row]) -> Row:
    """One author, or some "et al.", give way to a longer list with the same first author."""
    names, cut = _names(whole)
    if len(names) > 1 and not cut:
        return whole
    first = _family(names[0]) if names else frozenset()
    longer = []
    for row in parts:
        others, _ = _names(row)
        if len(others) > len(names) and first & _family(others[0]):
            longer.append(row)
    return fullest(whole, longer, lambda row: (not _names(row)[1] and row is not whole, len(_names(row)[0])))


def _names(row: Row) -> tuple[list[str], bool]:
    """Return the names of authors, and whether "et al." stands for others."""
    said = [name for name in str(row["authors"]).split("\n") if name]
    names = [name for part in said if (name := _AND_OTHERS.sub("", part).strip(" ,;"))]
    return names, len(names) < len(said) or any(map(_AND_OTHERS.search, said))


def _family(name: str) -> frozenset[str]:
    """Return the words of a family name, of "Okafor, Ngozi", "Okafor N" and "N. Okafor" the same."""
    before, comma, _ = name.partition(",")
    words = name.split()
    if comma:
        words = before.split()
    elif len(words) > 1:
        last = words[-1].replace(".", "").replace("-", "")
        initials = last.isupper() and len(last) <= _LONGEST_INITIALS
        words = words[:-1] if initials else words[-1:]
    return frozenset(word for part in words for word in fold(part).split() if len(word) > 1)


# --- pages -----------------------------------------------------------------------------------------

_SPAN = re.compile(r"(?:pp?\.?\s*)?(\w+)\s*[-‐-―−]+\s*\w+", re.IGNORECASE)
_PAGE = re.compile(r"(?:pp?\.?\s*)?(\w+)\s*[-‐-―−+]?", re.IGNORECASE)


def _pages(whole: Row, parts: Sequence[Row]) -> Row:
    """A first page alone gives way to pages that begin with it."""
    own = _PAGE.fullmatch(whole["pages"].strip())
    if own:
        for row in parts:
            span = _SPAN.fullmatch(row["pages"].strip())
            if span and span[1].casefold() == own[1].casefold():
                return row
    return whole


FULLER: dict[str, Callable[[Row, Sequence[Row]], Row]] = {
    "title": _title, "authors": _authors, "pages": _pages,
}  # fmt: skip
"""By field: which row says it best, of a whole that has a value and of its parts that have one."""


# --- read from a review ----------------------------------------------------------------------------


def read_together(
    connection: Connection, of: Mapping[str, str], fields: Collection[str] = FIELDS
) -> dict[str, Best]:
    """Return the best fields of the papers that others were joined into; *of* leads from each to its whole.

    One statement, and none where no paper has a part.
    """
    joined = {whole for part, whole in of.items() if part != whole}
    members = [uid for uid, whole in of.items() if whole in joined]
    if not members:
        return {}
    columns = [Paper.__table__.columns[field] for field in fields]
    rows = connection.execute(
        select(
            Paper.uid, Paper.number, Paper.import_, FieldOverride.field.label("corrected_field"), *columns
        )
        .outerjoin(FieldOverride, FieldOverride.paper == Paper.uid)
        .where(Paper.uid.in_(members))
    )  # fmt: skip
    papers: dict[str, dict[str, Any]] = {}
    for row in rows.mappings():
        if row["uid"] not in papers:
            papers[row["uid"]] = {**row, "typed": row["import"] is None, "corrected": set()}
        if row["corrected_field"]:
            papers[row["uid"]]["corrected"].add(row["corrected_field"])
    groups: dict[str, list[Row]] = {}
    for paper in sorted(papers.values(), key=lambda row: (row["uid"] not in joined, row["number"])):
        groups.setdefault(of[paper["uid"]], []).append(paper)
    return {whole: best(rows, fields) for whole, rows in groups.items()}


def shown(row: Row, together: Mapping[str, Best]) -> dict[str, Any]:
    """Return a paper with its best fields, where others were joined into it."""
    found = together.get(row["uid"])
    return {**row, **(found.values if found else {})}
