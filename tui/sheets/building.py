"""The boxes of a paper beside its text: the one that is worked on, drawn, its parts, then the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realist.domain.configuration import Box, BoxElement
from realist.domain.notation import draw, tag
from realist.text import line, shorten
from tui.sheets.sheet import Sheet, Target
from tui.widgets.box_page import short_chain
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.queries.excerpts import Quoted

_SHORT = 400


def kind_of(excerpt: Quoted) -> str:
    """Return for which kind of part an excerpt serves, the first of several; "" for none."""
    return next((one.kind for one in excerpt.serves if one.table == "element"), "")


def box_called(number: int, box: Box) -> str:
    """Return how a box is called in a list: number, label or title, the chain of its kinds."""
    name = shorten(line((box.label or box.title)[:_SHORT]), 40)
    return " ".join(filter(None, (f"#{number}", name, short_chain(box.parts) or "(no part yet)")))


def write_boxes(sheet: Sheet, boxes: Sequence[tuple[int, Box]], current: str, part: str) -> None:
    """Write the boxes of a paper; *current* is worked on, of it *part* is the one that keys change."""
    for number, box in boxes:
        if box.uid == current:
            _write_current(sheet, number, box, part)
    others = [(number, box) for number, box in boxes if box.uid != current]
    if not boxes:
        sheet.heading("Boxes")
        sheet.text("None yet: select a passage (v, s), then c m r e or o makes it a part.", "muted")
    elif others:
        sheet.heading("Other boxes" if current else "Boxes", f"{len(others):,}")
    for number, box in others:
        target = Target("box", box.uid)
        sheet.spans(Span(shorten(box_called(number, box), sheet.width)), target=target)


def _write_current(sheet: Sheet, number: int, box: Box, part: str) -> None:
    target = Target("box", box.uid)
    sheet.heading(f"Box #{number}", str(box.status))
    name = " ".join(filter(None, (line(box.label[:_SHORT]), line(box.title[:_SHORT]))))
    if name:
        sheet.text(name, "strong", target=target)
    under = "; ".join(line(one.name[:_SHORT]) for one in box.mechanisms)
    shows = f" · shows {box.polarity}" if box.polarity else ""
    sheet.text(
        f"under {under}{shows}" if under else f"under no mechanism yet (M){shows}", "muted", target=target
    )
    sheet.lines(draw(box.parts, sheet.width), "accent", target=target)
    for element in box.elements:
        _write_part(sheet, element, element.uid == part)


def _write_part(sheet: Sheet, element: BoxElement, here: bool) -> None:
    target = Target("part", element.uid)
    rests = sum(1 for source in element.sources if source.excerpt)
    more = sum(1 for source in element.sources if not source.excerpt)
    sign = "✓" if rests else "~" if more else "?"
    style = "good" if rests else "warn"
    words = shorten(element.part.text[:_SHORT], max(sheet.width - len(tag(element.part)[:60]) - 5, 8))
    lead = Span("› " if here else "  ", "accent")
    sheet.spans(
        lead, Span(f"{sign} ", style), Span(words, "strong" if here else ""),
        Span(f" {tag(element.part)[:60]}", "accent"), target=target,
    )  # fmt: skip


def write_strip(sheet: Sheet, number: int, box: Box, part: str, rows: int) -> None:
    """Write the box that is worked on in a few rows: the last ones, where it is longer."""
    drawn = draw(box.parts, max(sheet.width - 1, 20)).split("\n")
    here = next((one for one in box.elements if one.uid == part), None)
    words = f" · {here.part.kind}: {shorten(here.part.text[:_SHORT], 40)}" if here else ""
    under = "; ".join(line(one.name[:_SHORT]) for one in box.mechanisms)
    sheet.spans(
        Span(shorten(f"Box #{number}{words}{f' · under {under}' if under else ''}", sheet.width), "heading")
    )
    for row in drawn[-(rows - 1) :]:
        sheet.spans(Span(row, "accent"))
