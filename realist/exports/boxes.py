"""Boxes as text, as the field prints them."""

from __future__ import annotations

from realist.domain.configuration import Box, BoxElement, Source
from realist.domain.notation import draw
from realist.text import paragraphs, wrap


def box_text(box: Box, number: int, width: int) -> str:
    """Return one box as text: heading, where it comes from, narrative, the chain, what each part rests on."""
    lines = [*wrap(_heading(box, number), width, rest="  "), "─" * min(width, 72)]
    about = [
        "Papers: " + "; ".join(paper.name for paper in box.papers) if box.papers else "Of no paper yet",
        "; ".join(mechanism.name for mechanism in box.mechanisms),
        ", ".join(filter(None, (box.setting, box.country))),
        str(box.status),
    ]
    lines += wrap(" · ".join(filter(None, about)), width)
    for part in paragraphs(box.narrative).split("\n"):
        lines += wrap(part, width)
    if box.elements:
        lines += ["", draw(box.parts, width)]
    for element in box.elements:
        beside = beside_of(element)
        if beside:
            text = f"{element.part.label or element.part.kind}: {beside}"
            lines += wrap(text, width, first="  ", rest="    ")
        for source in element.sources:
            text = f"{element.part.label or element.part.kind}: {_source(source)}"
            lines += wrap(text, width, first="  ", rest="    ")
    if box.printed:
        lines += wrap(f"Printed: {box.printed}", width, rest="  ")
    for relation in box.relations:
        text = f"{relation.kind} {relation.configuration.name or relation.configuration.uid}"
        lines += wrap(text, width, first="  ", rest="    ")
    return "\n".join(lines) + "\n"


def beside_of(element: BoxElement) -> str:
    """Return what the notation does not print of a part: hedge, site, how it was inferred."""
    given = {"hedged": element.hedge, "site": element.site, "inferred by": element.inference}
    return ", ".join(f"{name}: {value}" for name, value in given.items() if value)


def _heading(box: Box, number: int) -> str:
    shows = {"presence": "shows its presence", "absence": "shows its absence", "both": "shows both"}
    label = f" {box.label}" if box.label else ""
    polarity = f" ({shows[str(box.polarity)]})" if box.polarity else ""
    return f"#{number} Box{label}: {box.title or 'without title'}{polarity}"


def _source(source: Source) -> str:
    if source.paper:
        quotation = f"“{source.quotation}”" if source.quotation else "(no words quoted)"
        place = ", ".join(filter(None, (source.paper.name, source.locator)))
        return f"{quotation} ({place}) {source.text}".strip()
    return f"{source.kind}: {source.said}".strip()
