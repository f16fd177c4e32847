"""A mechanism on a page: what it says, how it became so, and what papers, boxes and people say of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from realist.text import line, shorten
from realist.vocabulary import Fate, Stance, Voice
from tui.gateway.lives import Life
from tui.gateway.mechanisms import Story
from tui.sheets.sheet import Sheet, Target
from tui.sheets.timeline import timeline
from tui.widgets.box_list import name as box_name
from tui.widgets.box_page import short_chain, status
from tui.widgets.lines import Span
from tui.widgets.page import Write

FATES = {
    Fate.KEPT: ("✓", "good"), Fate.PROPOSED: ("○", "warn"), Fate.MERGED: ("→", "muted"),
    Fate.SPLIT: ("⋔", "muted"), Fate.DROPPED: ("✗", "bad"), Fate.PARKED: ("‖", "accent"),
}  # fmt: skip
"""The sign and style of each fate."""
STANCES = {
    Stance.SUPPORTS: ("+", "good"), Stance.WEAKENS: ("−", "bad"), Stance.MODIFIES: ("~", "warn"),
    Stance.REFOCUSES: ("↻", "warn"), Stance.NOT_JUDGED: ("?", "muted"),
}  # fmt: skip
VOICES = {
    Voice.FOR: ("+", "good"), Voice.AGAINST: ("−", "bad"), Voice.DIVIDED: ("±", "warn"),
    Voice.TOO_GENERAL: ("○", "warn"), Voice.COMMENT: ("…", ""),
}  # fmt: skip
_LONGEST = 20_000


def fate(word: str) -> Span:
    """Return a fate with its sign."""
    sign, style = _of(FATES, word)
    return Span(f"{sign} {word}".strip(), style)


def _of(signs: dict[Any, tuple[str, str]], word: str) -> tuple[str, str]:
    return next((shown for known, shown in signs.items() if known == word), ("·", ""))


def written(story: Story) -> Write:
    """Return what writes a mechanism on a sheet; papers, boxes and other mechanisms lead to themselves."""

    def write(sheet: Sheet) -> None:
        about = story.about
        kind = "" if about["kind"] == "mechanism" else f"  {line(about['kind'])}"
        now = about["fates"][-1]["fate"] if about["fates"] else ""
        sheet.spans(Span(f"#{about['number']}", "heading"), Span("  "), fate(now), Span(kind, "muted"))
        sheet.text(about["name"][:_LONGEST], "strong")
        _around(sheet, story)
        _description(sheet, about["versions"])
        waiting(sheet, story.waiting)
        _evidence(sheet, about)
        _boxes(sheet, story)
        _words(sheet, about["feedback"])
        timeline(sheet, story.moves, "mechanism")
        _memos(sheet, story.memos)

    return write


def _around(sheet: Sheet, story: Story) -> None:
    about = story.about
    went = "⋔ split into" if about["fates"] and about["fates"][-1]["fate"] == Fate.SPLIT else "→ merged into"
    for place, target in enumerate(about["into"]):
        lead = "" if place else went
        sheet.field(lead, target["name"][:400], width=14, target=Target("mechanism", target["uid"]))
    for place, part in enumerate(story.parts):
        lead = "" if place else "in it"
        sheet.field(lead, part["name"][:400], width=14, target=Target("mechanism", part["uid"]))
    for place, alias in enumerate(about["aliases"]):
        source = f" ({alias['source'][:400]})" if alias["source"] else ""
        sheet.field("" if place else "also called", f"{alias['name'][:400]}{source}", width=14)
    sheet.field("priority", about["priority"][:400], width=14)
    sheet.field("note", about["note"][:_LONGEST], width=14)


def waiting(sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    """Write the pieces that wait to be placed; each leads to its box or paper."""
    if rows:
        sheet.heading("Waits to be placed", f"{len(rows)}: l places them")
    for row in rows:
        target = Target("box", row["box_uid"]) if row["box_uid"] else Target("paper", row["paper_uid"])
        box = f"#{row['box']} " if row["box"] else ""
        label = shorten(row["paper"][:400], 60)
        sheet.spans(Span(f"  {box}", "muted"), Span(label, "strong"), target=target)
        sheet.text(row["words"][:_LONGEST], first="    ", target=target)


def _description(sheet: Sheet, versions: list[dict[str, Any]]) -> None:
    count = len(versions)
    sheet.heading("Description", f"version {count} of {count}" if count > 1 else "")
    if versions:
        sheet.text(versions[-1]["description"][:_LONGEST])
    else:
        sheet.text("Not described yet: e describes it.", "muted")


def _evidence(sheet: Sheet, about: dict[str, Any]) -> None:
    by: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in about["evidence"]:
        by[row["stance"]].append(row)
    papers = {stance: len({row["paper"] for row in rows}) for stance, rows in by.items()}
    counts = " ".join(f"{_of(STANCES, stance)[0]}{papers[stance]}" for stance in _order(by))
    sheet.heading("Evidence", f"papers {counts}" if counts else "")
    if not by:
        sheet.text("No paper says anything of it yet: v on a paper records what one says.", "muted")
    for stance in _order(by):
        sign, style = _of(STANCES, stance)
        sheet.text(stance, style, first=f"{sign} ")
        for row in by[stance]:
            _piece(sheet, row, about["uid"], sign, style)


def _order(by: dict[str, Any]) -> list[str]:
    known = [str(stance) for stance in Stance if stance in by]
    return [*known, *(word for word in by if word not in known)]


def _piece(sheet: Sheet, row: dict[str, Any], uid: str, sign: str, style: str) -> None:
    target = Target("excerpt", row["excerpt"]) if row["excerpt"] else Target("paper", row["paper"])
    label = shorten(row["label"][:400], 60) or "paper without label"
    spans = Span(f"  {sign} ", style), Span(label, "strong"), Span(f"  {row['by']}", "muted")
    sheet.spans(*spans, target=target)
    if row["claim"]:
        sheet.text(row["claim"][:_LONGEST], first="    ", target=target)
    if row["quotation"] or row["locator"]:
        words = f"“{row['quotation'][:_LONGEST]}” " if row["quotation"] else ""
        sheet.text(f"{words}{row['locator']}", "quote", first="    ", target=target)
    if row["mechanism_uid"] != uid:
        sheet.text(f"given to {row['mechanism'][:400]}", "muted", first="    → ", target=target)


def _boxes(sheet: Sheet, story: Story) -> None:
    sheet.heading("Boxes", str(len(story.boxes)) if story.boxes else "")
    if not story.boxes:
        sheet.text("No box stands under it yet: b, then a adds one.", "muted")
    for number, box in story.boxes:
        stands = status(box)
        title = shorten(box_name(box), max(sheet.width - 32, 20))
        parts = Span(f"  {short_chain(box.parts)}", "accent")
        lead = Span(f"  #{number:<3} ", "muted"), Span(f"{stands.text[0]} ", stands.style)
        sheet.spans(*lead, Span(title), parts, target=Target("box", box.uid))


def _words(sheet: Sheet, feedback: list[dict[str, Any]]) -> None:
    sheet.heading("What stakeholders said", str(len(feedback)) if feedback else "")
    if not feedback:
        sheet.text("Nothing is recorded yet: w records it.", "muted")
    for row in feedback:
        sign, style = _of(VOICES, row["voice"])
        whose = ", ".join(filter(None, (row["who"][:400], (row["consultation"] or "")[:400])))
        sheet.spans(Span(f"  {sign} {row['voice']}", style), Span(f"  {whose}  {_when(row)}", "muted"))
        sheet.text(row["words"][:_LONGEST], "quote", first="    ")


def _memos(sheet: Sheet, memos: list[dict[str, Any]]) -> None:
    if memos:
        sheet.heading("Memos", str(len(memos)))
    for row in memos:
        sheet.text(row["text"][:_LONGEST], first="  ")
        sheet.text(_when(row), "muted", first="  — ")


def _when(row: dict[str, Any]) -> str:
    return f"{row['by']} {row['at']:%Y-%m-%d}"


def lived(life: Life) -> Write:
    """Return what writes a context or outcome: what it says, what stands under it, and its life."""

    def write(sheet: Sheet) -> None:
        about = life.about
        kind = " · ".join(filter(None, (life.kind, str(about.get("level") or ""))))
        sheet.spans(
            Span(f"#{about['number']}", "heading"),
            Span("  "),
            fate(about["fate"]),
            Span(f"  {kind}", "muted"),
        )
        sheet.text(about["name"][:_LONGEST], "strong")
        for place, target in enumerate(about["into"]):
            sheet.field("" if place else "→ went into", target["name"][:400], width=14)
        for place, name in enumerate(life.aliases):
            sheet.field("" if place else "also called", name[:400], width=14)
        sheet.field("priority", about["priority"][:400], width=14)
        sheet.heading("Description")
        sheet.text(about["description"][:_LONGEST] or "Not described yet: e describes it.")
        sheet.heading("Parts of boxes", str(len(life.parts)) if life.parts else "")
        if not life.parts:
            sheet.text("No part of a box is tagged with it yet.", "muted")
        for part in life.parts:
            target = Target("box", part["box"])
            sheet.spans(Span(f"  #{part['number']} ", "muted"), Span(part["kind"], "accent"), target=target)
            sheet.text(part["text"][:_LONGEST], first="    ", target=target)
        timeline(sheet, life.moves, life.kind)

    return write
