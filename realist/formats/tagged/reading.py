"""What the readers of tagged formats have in common: values by their tags, and the reading itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from realist.formats.doubts import doubts
from realist.formats.records import Fields, Item, Notes, Problem
from realist.formats.tagged.engine import TagReader
from realist.formats.tagged.grammar import Grammar
from realist.formats.tagged.product import Ballot, Marks, preamble_product
from realist.formats.values import listed

Raw = Sequence[tuple[str, str]]

_WRAP = re.compile(r"\n[ \t]+(?=[^\s])")


class Values(NamedTuple):
    """The values of a record that are not blank, by tag: the first of each, and all that come again."""

    first: dict[str, str]
    repeated: dict[str, list[str]]

    def all(self, tag: str) -> Sequence[str]:
        """Return the values of *tag* in file order."""
        if tag in self.repeated:
            return self.repeated[tag]
        return (self.first[tag],) if tag in self.first else ()


@dataclass(frozen=True, slots=True)
class TaggedFormat:
    """A tagged format: how it is written, what a record means, and how its products are told.

    *understood* takes a record's pairs and its values by tag. *dates* are the tags a year is read from;
    *product* wrote the file where the records do not say who did.
    """

    grammar: Grammar
    understood: Callable[[Raw, Values], Fields]
    marks: Marks
    dates: tuple[str, ...]
    product: str = ""

    def read(self, blocks: Iterable[str], notes: Notes) -> Iterator[Item]:
        """Yield the records and remarks of a file from blocks of its lines; *notes* fills meanwhile."""
        reader = TagReader(self.grammar)
        ballot: Ballot | None = Ballot(self.marks)
        understood = self.understood
        for item in reader.read(blocks):
            notes.noise = reader.noise
            if isinstance(item, Problem):
                yield item
                continue
            if ballot is not None:
                ballot.ask(item.raw)
                notes.product = preamble_product(reader.preamble) or ballot.result() or self.product
                ballot = ballot if ballot.is_open else None
            values = by_tag(item.raw)
            fields = understood(item.raw, values)
            yield item, fields
            if not fields.title or fields.year is None:
                yield from doubts(item, fields, (date for tag in self.dates for date in values.all(tag)))
        notes.noise = reader.noise


def by_tag(raw: Iterable[tuple[str, str]]) -> Values:
    """Return the values of a record by their tags."""
    first: dict[str, str] = {}
    repeated: dict[str, list[str]] = {}
    for tag, value in raw:
        # A cheap test before a dear one: blank text sorts before " !".
        if value > " !" or value.strip():
            if tag not in first:
                first[tag] = value
            elif tag in repeated:
                repeated[tag].append(value)
            else:
                repeated[tag] = [first[tag], value]
    return Values(first, repeated)


def unwrapped(value: str) -> str:
    """Return *value* with its indented lines joined by spaces: they are one paragraph that was wrapped."""
    return _WRAP.sub(" ", value) if "\n" in value else value


def listed_over_lines(values: Values, *tags: str) -> tuple[str, ...]:
    """Return the entries of lists under some tags, tag by tag, where indented lines go on with an entry."""
    lists: list[str] = []
    for tag in tags:
        if tag in values.first:
            lists += values.all(tag)
    # What ends an entry must do so even if the next one begins with spaces.
    return listed([unwrapped(";\n".join(lists))])
