"""Excerpts of a paper on a page: in a list beside the text, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realist.text import line, shorten
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.documents import Candidate
    from realist.queries.excerpts import Quoted, Serves

FOUND, AMBIGUOUS, NOT_FOUND = "found", "ambiguous", "not found"
STATES = {
    FOUND: ("✓", "good", "found"),
    AMBIGUOUS: ("≠", "warn", "stands at several places"),
    NOT_FOUND: ("✗", "bad", "not in the text"),
}
"""By how an excerpt stands: its sign, the style of that, and the words."""
_NO_TEXT = ("–", "muted", "not checked against a full text")
_SHORT, _LONG = 300, 8000


def stands(excerpt: Quoted) -> tuple[str, str, str]:
    """Return sign, style and words for how an excerpt stands."""
    if not line(excerpt.quotation[:100]):
        return "–", "muted", "its words are not recorded"
    return STATES.get(excerpt.state, _NO_TEXT)


def write_list(sheet: Sheet, excerpts: Sequence[Quoted], text: str) -> None:
    """Write the excerpts of a paper, two lines each and one for each element; *text* is the one shown."""
    sheet.heading("Excerpts", f"{len(excerpts):,}" if excerpts else "")
    for excerpt in excerpts:
        target = Target("excerpt", excerpt.uid)
        sign, style, words = stands(excerpt)
        where = line(excerpt.locator[:100]) or _page(excerpt, text)
        elsewhere = excerpt.state == FOUND and not any(
            one.text == text for one in excerpt.anchors if one.page
        )
        note = " · in another text" if elsewhere else "" if excerpt.state == FOUND else f" · {words}"
        note = note if excerpt.quotation else " · no words"
        by = " · ".join(filter(None, (shorten(where, 20), line(excerpt.by[:12]))))
        sheet.spans(Span(f"{sign} ", style), Span(by, "strong"), Span(note, style), target=target)
        quoted = shorten(excerpt.quotation[:_SHORT], max(2 * sheet.width - 8, 20)) or "(only the place)"
        sheet.text(quoted, "quote", first="  ", target=target)
        if excerpt.note:
            sheet.text(shorten(excerpt.note[:_SHORT], sheet.width - 4), "muted", first="  ¶ ", target=target)
        for serves in excerpt.serves[:9]:
            sheet.spans(Span(shorten(f"  → {_serves(serves)}", sheet.width), "accent"), target=target)
    if not excerpts:
        sheet.text("None yet: select words (v) and keep them (x).", "muted")


def _page(excerpt: Quoted, text: str) -> str:
    pages = [one.page for one in excerpt.anchors if one.page and one.text == text]
    return f"page {pages[0]}" if pages else ""


def _serves(serves: Serves) -> str:
    of = f"{serves.kind} in box {serves.box}" if serves.box else f"{serves.kind}:"
    return f"{line(of)} {line(serves.words[:_SHORT])}"


def write_excerpt(
    sheet: Sheet, excerpt: Quoted, candidates: Sequence[Candidate], places: Sequence[str]
) -> None:
    """Write all that is known of an excerpt; *places* says where each of the *candidates* is."""
    sign, style, words = stands(excerpt)
    sheet.text(excerpt.quotation[:_LONG] or "(only the place is known)", "quote", target=Target("go", ""))
    sheet.blank()
    sheet.field("As printed", excerpt.locator[:_SHORT])
    sheet.field("State", f"{sign} {words}", style=style)
    for anchor in excerpt.anchors:
        _, of, how = STATES.get(anchor.state, _NO_TEXT)
        page = f", page {anchor.page}" if anchor.page else ""
        sheet.field("In", f"{anchor.name[:_SHORT]}: {how}{page}", style=of)
    sheet.field("Kept by", f"{excerpt.by[:20]}, {excerpt.at:%Y-%m-%d}")
    sheet.field("Note", excerpt.note[:_LONG])
    sheet.field("Site", excerpt.site[:_SHORT])
    for serves in excerpt.serves:
        sheet.field("Rests on it", _serves(serves), style="accent")
    if not excerpt.serves:
        sheet.field("Rests on it", "nothing yet", style="muted")
    if not candidates:
        return
    sheet.heading("Where it may stand", "Enter goes there, h says it does")
    for place, candidate in enumerate(candidates):
        like = "" if candidate.likeness >= 1 else f", {candidate.likeness:.0%} like it"
        target = Target("place", str(place))
        sheet.spans(Span(f"{places[place]}{like}", "strong"), target=target)
        sheet.text(shorten(candidate.text[:_SHORT], 2 * sheet.width - 8), first="  ", target=target)
