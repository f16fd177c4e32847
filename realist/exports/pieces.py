"""What boxes rest on, as pieces that stand behind cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from realist.domain.configuration import Box, BoxElement, Source
from realist.domain.notation import write
from realist.exports.table import Piece
from realist.queries.behind import Sources, place_of


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside boxes: numbers by box, people by source, pages by excerpt."""

    numbers: Mapping[str, int]
    people: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


def box_name(box: Box, numbers: Mapping[str, int]) -> str:
    """Return what a box is called in print: its label, else its number in the review."""
    return f"Box {box.label}" if box.label else f"Box #{numbers.get(box.uid, 0)}"


def box_pieces(box: Box, sources: Sources, paper: str) -> Iterator[Piece]:
    """Yield what a box says of a paper: each quotation of it with its part, or the box as a whole."""
    name = box_name(box, sources.numbers)
    known = Known(sources.numbers, sources.people, sources.pages)
    found = False
    for element in box.elements:
        for source in element.sources:
            if source.paper is None or sources.wholes.get(source.paper.uid, source.paper.uid) != paper:
                continue
            found = True
            yield source_piece(name, element, source, known)
    if not found:
        yield Piece(
            name,
            str(box.status),
            box.title or write(box.parts),
            paper=_named(box, sources, paper),
            uid=box.uid,
        )


def _named(box: Box, sources: Sources, paper: str) -> str:
    return next(
        (ref.name for ref in box.papers if sources.wholes.get(ref.uid, ref.uid) == paper), ""
    )  # fmt: skip


def source_piece(name: str, element: BoxElement, source: Source, known: Known) -> Piece:
    """Return a source of a part of the box called *name*."""
    part = element.part
    sign = f" {part.valence}".replace("-", "−") if part.valence else ""
    return Piece(
        kind=name,
        mark=f"{part.label or part.kind}{sign}",
        words=part.text,
        quotation=source.quotation,
        place=place_of(source.locator, known.pages.get(source.excerpt)),
        paper=source.paper.name if source.paper else "",
        by=known.people.get(source.uid, ""),
        uid=source.uid,
    )
