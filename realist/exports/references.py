"""Any set of papers as a file of references: RIS, BibTeX, CSL-JSON, EndNote XML, CSV or XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from realist.exports.files import opened
from realist.formats.records import Fields
from realist.formats.writing import FORMATS, write
from realist.formats.writing.losses import Loss
from realist.queries.references import Reference, references
from realist.store.engine import Store
from realist.text import shorten

_LONGEST_NAME = 60
_LONGEST_SAID = 80
_STEP = 500
_HELD = 2000
"""The names of so many papers are held for what is yet to be said of them."""


class Unsaid(NamedTuple):
    """What a file cannot say of a paper: number, name, the field, why, and the start of its value."""

    paper: int
    name: str
    field: str
    why: str
    value: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        why = self.why if self.why[:2].isupper() else self.why[:1].lower() + self.why[1:]
        field_ = f", {self.field.replace('_', ' ')}" if self.field else ""
        value = f' "{shorten(self.value, _LONGEST_SAID)}"' if self.value else ""
        return f"#{self.paper} {self.name}{field_}{value}: {why}"


@dataclass(slots=True)
class Written:
    """What came of writing: how many papers, and what the format could not say of them."""

    papers: int = 0
    losses: list[Unsaid] = field(default_factory=list)


def format_of(name: str) -> str:
    """Return the format that the suffix of a file's name means, ``""`` if none."""
    suffix = Path(name).suffix.lower()
    return next((found.name for found in FORMATS.values() if found.suffix == suffix), "")


def write_references(
    store: Store,
    papers: Sequence[str] | None,
    name: str,
    target: IO[bytes],
    told: Callable[[int], None] | None = None,
) -> Written:
    """Write the papers with these uids, or all, in the format *name*; return what came of it.

    *told* hears now and then how many were written and may raise to stop.
    """
    written = Written()
    named: dict[int, tuple[int, str]] = {}

    def passed(found: Iterable[Reference]) -> Iterator[Fields]:
        for reference in found:
            if told and written.papers % _STEP == 0:
                told(written.papers)
            written.papers += 1
            named[written.papers] = reference.number, _name(reference)
            named.pop(written.papers - _HELD, None)
            yield fields_of(reference)

    def lost(number: int, loss: Loss) -> None:
        written.losses.append(Unsaid(*named[number], loss.field, loss.why, loss.value))

    with store.read() as connection:
        write(passed(references(connection, papers)), name, target, lost)
    return written


def export_references(
    store: Store,
    papers: Sequence[str] | None,
    name: str,
    path: Path,
    *,
    new: bool = False,
    told: Callable[[int], None] | None = None,
) -> Written:
    """Write papers to a file as :func:`write_references` does; the file is there whole or not at all.

    With *new* nothing is overwritten. Raises Refused for the file of the review itself or, with *new*, one
    that is there, RealistError for one that cannot be written.
    """
    with opened(path, store.address, new=new) as target:
        return write_references(store, papers, name, target, told)


def fields_of(reference: Reference) -> Fields:
    """Return the fields of a paper as those that write files take them."""
    return Fields(
        source_key=reference.source_key,
        type=reference.type,
        title=reference.title,
        authors=reference.authors,
        editors=reference.editors,
        year=reference.year,
        journal=reference.journal,
        volume=reference.volume,
        number=reference.issue,
        pages=reference.pages,
        doi=reference.doi,
        pmid=reference.pmid,
        url=reference.url,
        abstract=reference.abstract,
        keywords=reference.keywords,
        language=reference.language,
        notes=reference.notes,
        database=reference.database,
        publisher=reference.publisher,
    )


def _name(reference: Reference) -> str:
    return reference.label or shorten(reference.title, _LONGEST_NAME) or reference.doi
