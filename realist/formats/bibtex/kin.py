"""What records of a BibTeX file inherit from each other by ``crossref`` and ``xdata``.

Parents mostly come after their children, so a child and what follows it are held until its parents were
read, in bounded memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from realist.formats.records import Problem, RawRecord

HELD = 16_000_000
"""Characters that are held at most while a child waits for its parents."""

_KNOWN = 10_000
_LONGEST = 1_000
_GENERATIONS = 10
_SETS = 20
_CONTAINERS = frozenset(
    [
        "book",
        "mvbook",
        "collection",
        "mvcollection",
        "proceedings",
        "mvproceedings",
        "reference",
        "mvreference",
    ]
)
_PARTS_OF_BOOKS = frozenset({"inbook", "bookinbook", "suppbook"})
_SAME = (
    "editor", "publisher", "school", "institution", "organization", "volume", "number", "issue", "language",
    "langid",
)  # fmt: skip
_DATES = ("year", "date")
_JOURNALS = ("journal", "journaltitle")
_OWN = frozenset({"@type", "@key", "crossref", "xdata", "xref", "ids"})
_PASSED = frozenset(
    (*_SAME, *_DATES, *_JOURNALS, "title", "booktitle", "author", "@type", "@key", "crossref", "xdata")
)


class Values(NamedTuple):
    """The values of a record that are not blank, by lower-case name: the first of each, and all that recur.

    What they are made of is resolved; they are not decoded yet.
    """

    first: dict[str, str]
    repeated: dict[str, list[str]]

    def all(self, name: str) -> list[str]:
        """Return the values of *name* in file order."""
        if name in self.repeated:
            return self.repeated[name]
        return [self.first[name]] if name in self.first else []


class Held(NamedTuple):
    """A record that waits, or stands after one that does, and what it was found to lack (``missing``)."""

    raw: RawRecord
    values: Values
    remarks: tuple[Problem, ...]
    missing: str = ""


class Family:
    """Records of one file as relatives. What is added comes out again in its order, complete."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}
        self._queue: deque[Held | Problem] = deque()
        self._size = 0
        self._awaited = ""

    @property
    def waits(self) -> bool:
        """Whether something is held."""
        return bool(self._queue)

    def know(self, values: Values) -> None:
        """Remember what a record can pass on; of what nobody waits for, the oldest is forgotten."""
        first = values.first
        key = first.get("@key", "").lower()
        if key and len(key) <= _LONGEST:
            whole = first["@type"].lower() == "xdata"
            kept = first.keys() if whole else _PASSED & first.keys()
            self._known.setdefault(key, {name: first[name] for name in kept if len(first[name]) <= _LONGEST})
            if len(self._known) > _KNOWN and not self._queue:
                for old in list(islice(self._known, _KNOWN // 2)):
                    del self._known[old]

    def add(self, item: Held | Problem) -> Iterator[Held | Problem]:
        """Hold a record or remark; yield what need not wait any longer."""
        self._queue.append(item)
        self._size += _size(item)
        if isinstance(item, Held):
            self.know(item.values)
            if self._awaited == item.values.first.get("@key", "").lower():
                self._awaited = ""
        if not self._awaited or self._size > HELD:
            yield from self._settled()

    def close(self) -> Iterator[Held | Problem]:
        """Yield what is held at the end of the file, whether its parents came or not."""
        yield from self._settled(at_end=True)

    def _settled(self, at_end: bool = False) -> Iterator[Held | Problem]:
        self._awaited = ""
        while self._queue:
            item = self._queue[0]
            if isinstance(item, Held):
                inherited, missing = self._inherited(item.values.first)
                if missing and not at_end and self._size <= HELD:
                    self._awaited = missing
                    return
                first = {**inherited, **item.values.first}
                item = item._replace(values=Values(first, item.values.repeated), missing=missing)
            self._size -= _size(self._queue.popleft())
            yield item

    def _inherited(self, child: dict[str, str]) -> tuple[dict[str, str], str]:
        """Return what a record gets from its parents, theirs included, and a parent that is not known."""
        chain = [child]
        seen = {child.get("@key", "").lower()}
        missing = ""
        while len(chain) < _GENERATIONS and (parent := chain[-1].get("crossref", "").strip().lower()):
            if parent in seen or parent not in self._known:
                missing = "" if parent in seen else parent
                break
            seen.add(parent)
            chain.append(self._known[parent])
        known: dict[str, str] = {}
        for generation in reversed(chain):
            own, unknown = self._with_sets(generation)
            missing = missing or unknown
            known = {**_passed_on(own, known), **own} if known else own
        return {name: value for name, value in known.items() if name not in child}, missing

    def _with_sets(self, record: dict[str, str]) -> tuple[dict[str, str], str]:
        """Return a record with the data it takes over whole from others (xdata), and one not known."""
        if "xdata" not in record:
            return record, ""
        whole, missing = dict(record), ""
        names = _list(record["xdata"])
        for name in names:
            found = self._known.get(name)
            if found is None:
                missing = missing or name
                continue
            for field, value in found.items():
                if field not in _OWN:
                    whole.setdefault(field, value)
            more = [other for other in _list(found.get("xdata", "")) if other not in names]
            names += more[: max(_SETS - len(names), 0)]
        return whole, missing


def _list(value: str) -> list[str]:
    return [name.strip().lower() for name in value.split(",") if name.strip()][:_SETS]


def _passed_on(child: dict[str, str], parent: dict[str, str]) -> dict[str, str]:
    """Return what a parent passes on to a child of its type."""
    kind, of = child["@type"].lower(), parent["@type"].lower()
    given = {name: parent[name] for name in _SAME if name in parent}
    if not any(name in child for name in _DATES):
        given.update({name: parent[name] for name in _DATES if name in parent})
    if not any(name in child for name in _JOURNALS):
        given.update({name: parent[name] for name in _JOURNALS if name in parent})
        if of == "periodical" and "title" in parent:
            given.setdefault("journaltitle", parent["title"])
    title = parent.get("title") if of in _CONTAINERS and kind not in _CONTAINERS else None
    book = parent.get("booktitle") or title
    if book:
        given["booktitle"] = book
    if kind in _PARTS_OF_BOOKS and of in _CONTAINERS and "author" in parent:
        given["author"] = parent["author"]
    return given


def _size(item: Held | Problem) -> int:
    if isinstance(item, Problem):
        return 100 + len(item.message) + len(item.text)
    return 100 + sum(100 + len(value) for _, value in item.raw.raw)
