"""A box on a page: drawn as the field prints it, and what each part rests on."""

from __future__ import annotations

from collections.abc import Sequence

from realist.domain.configuration import Box, BoxElement, Link, Source
from realist.domain.notation import Part, draw
from realist.domain.notation_parts import tag
from realist.text import line, shorten
from realist.vocabulary import Basis, ElementKind, SourceKind, Valence
from tui.gateway.boxes import From, Shelf
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span
from tui.widgets.page import Write

_LETTERS = {
    ElementKind.CONTEXT: "C", ElementKind.MECHANISM: "M", ElementKind.RESOURCE: "Mr",
    ElementKind.REASONING: "Me", ElementKind.OUTCOME: "O", ElementKind.INTERVENTION: "I",
    ElementKind.ACTOR: "A", ElementKind.STRATEGY: "S", ElementKind.UNSURE: "?",
}  # fmt: skip
_SIGNS = {Valence.PLUS: "+", Valence.MINUS: "−", Valence.NO_CHANGE: "0", Valence.MIXED: "±"}
_SHOWS = {"presence": "+ its presence", "absence": "− its absence", "both": "± both"}
_STATUS = {"candidate": "○", "paper-level": "·", "synthesised": "●", "refined": "✓", "dropped": "✗"}
_STYLES = {"candidate": "warn", "synthesised": "accent", "refined": "good", "dropped": "bad"}
_LONGEST = 20_000


def status(box: Box) -> Span:
    """Return the status of a box with its sign."""
    return Span(f"{_STATUS[str(box.status)]} {box.status}", _STYLES.get(str(box.status), ""))


def short_chain(parts: Sequence[Part]) -> str:
    """Return the kinds and valences of *parts*: ``C→Mr+ Me−→O+``; Mr is a resource, Me reasoning."""
    words: list[str] = []
    before = None
    for part in parts[:40]:
        arrow = "" if before is None else " " if part.segment == before else "→"
        words.append(arrow + _LETTERS[part.kind] + (_SIGNS[part.valence] if part.valence else ""))
        before = part.segment
    return "".join(words)


def written(shelf: Shelf, number: int, box: Box) -> Write:
    """Return what writes *box* on a sheet; papers, mechanisms and other boxes on it lead to themselves."""

    def write(sheet: Sheet) -> None:
        sheet.spans(Span(f"#{number} {line(box.label[:80])}".strip(), "heading"), Span("  "), status(box))
        sheet.text(box.title or "without title", "strong" if box.title else "muted")
        _about(sheet, box)
        sheet.blank()
        if box.elements:
            sheet.lines(draw([_cut(part) for part in box.parts], sheet.width), "accent")
        else:
            sheet.text("No part yet: e fills it in by form, n in the notation.", "muted")
        if box.narrative:
            sheet.heading("Narrative")
            sheet.text(box.narrative[:_LONGEST])
        if box.elements:
            sheet.heading("What each part rests on")
        for place, element in enumerate(box.elements, 1):
            _element(sheet, place, element)
        _around(sheet, shelf, box)
        _looks(sheet, shelf, box)
        if box.printed:
            sheet.heading("As printed")
            sheet.text(box.printed[:_LONGEST], "quote")

    return write


def _looks(sheet: Sheet, shelf: Shelf, box: Box) -> None:
    there = (shelf.looks or {}).get(box.uid, ())
    if not there:
        return
    sheet.heading("To look at", "none of it has to be mended")
    for one in there:
        if one.dismissed:
            words = f"{one.look.why} Fine, says {one.dismissed.by}: {one.dismissed.reason[:400]}"
            sheet.text(words, "muted", first="  ✓ ", rest="    ")
        else:
            sheet.text(f"{one.look.why} {one.look.do}", first="  ? ", rest="    ")


def _cut(part: Part) -> Part:
    return part if len(part.text) <= _LONGEST else Part(part.kind, shorten(part.text, _LONGEST), part.valence)


def _about(sheet: Sheet, box: Box) -> None:
    for place, paper in enumerate(box.papers):
        name = "" if place else "paper" if len(box.papers) == 1 else "papers"
        sheet.field(name, paper.name[:400] or "without label", target=Target("paper", paper.uid))
    if not box.papers:
        sheet.field("paper", "of no paper yet", style="muted")
    for place, mechanism in enumerate(box.mechanisms):
        name = "" if place else "under"
        sheet.field(name, mechanism.name[:400], target=Target("mechanism", mechanism.uid))
    if box.polarity:
        sheet.field("shows", _SHOWS[str(box.polarity)])
    sheet.field("setting", ", ".join(filter(None, (box.setting[:2000], box.country[:400]))))


def _element(sheet: Sheet, place: int, element: BoxElement) -> None:
    part = element.part
    lead = f"{place:>2} "
    room = max(sheet.width - len(lead) - len(tag(part)[:80]) - 1, 10)
    sheet.spans(Span(f"{lead}{shorten(part.text[:4000], room)} "), Span(tag(part)[:200], "accent"))
    beside = {"hedged": element.hedge, "site": element.site, "inferred by": element.inference}
    words = ", ".join(f"{name}: {line(value[:400])}" for name, value in beside.items() if value)
    sheet.text(words, "muted", first="   · ", rest="     ") if words else None
    for source in element.sources:
        _source(sheet, source)
    if not element.sources:
        inferred = part.basis is Basis.INFERRED
        sheet.text("inferred, without a memo" if inferred else "no source yet", "muted", first="   ? ")
    for name in element.tags:
        target = Target("mechanism", name.uid) if name.kind == "mechanism" else None
        sheet.text(f"{name.kind}: {name.name[:400]}", "muted", first="   # ", rest="     ", target=target)


def _source(sheet: Sheet, source: Source) -> None:
    first, rest = "   ▪ ", "     "
    if source.paper or source.quotation or source.locator:
        target = Target("paper", source.paper.uid) if source.paper else None
        words = f"“{source.quotation[:_LONGEST]}”" if source.quotation else "(no words quoted)"
        sheet.text(words, "quote", first=first, rest=rest, target=target)
        of = source.paper.name[:400] if source.paper else ""
        sheet.text(", ".join(filter(None, (of, source.locator))), "muted", first=rest, target=target)
        sheet.text(source.text[:_LONGEST], first=rest) if source.text else None
        return
    sign, style = ("   ~ ", "warn") if source.kind is SourceKind.INFERENCE else (first, "")
    kind = "inferred" if source.kind is SourceKind.INFERENCE else str(source.kind)
    target = Target("feedback", source.feedback) if source.feedback else None
    sheet.text(f"{kind}: {source.said[:_LONGEST]}", style, first=sign, rest=rest, target=target)


def _around(sheet: Sheet, shelf: Shelf, box: Box) -> None:
    said = (shelf.told or {}).get(box.uid, ())
    if not (box.links or box.relations or said):
        return
    sheet.heading("Links and relations")
    for link in box.links:
        to, place = _end(shelf, link.to_uid)
        own = to == box.uid
        of = "" if own else f"{_named(shelf, to)}, "
        target = None if own or not to else Target("box", to)
        text = f"part {_end(shelf, link.from_uid)[1]} → {of}part {place}{_noted(link.note)}"
        sheet.text(text, first="  ", rest="    ", target=target)
    for relation in box.relations:
        to = relation.configuration.uid
        text = f"{relation.kind} {_named(shelf, to)}{_noted(relation.note)}"
        sheet.text(text, first="  ", rest="    ", target=Target("box", to))
    for one in said:
        sheet.text(_said(shelf, one), first="  ", rest="    ", target=Target("box", one.of.uid))


def _said(shelf: Shelf, one: From) -> str:
    if one.relation is not None:
        return f"{one.of.name} {one.relation.kind} this box{_noted(one.relation.note)}"
    link: Link | None = one.link
    place = _end(shelf, link.to_uid)[1] if link else 0
    return f"{one.of.name}, part {one.place} → part {place}{_noted(link.note if link else '')}"


def _end(shelf: Shelf, element: str) -> tuple[str, int]:
    return (shelf.parts or {}).get(element, ("", 0))


def _named(shelf: Shelf, box: str) -> str:
    found = (shelf.names or {}).get(box)
    return found.name if found else "a box"


def _noted(note: str) -> str:
    return f" · {note[:2000]}" if note else ""
