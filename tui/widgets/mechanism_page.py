"""A mechanism on a page: what it says, how it became so, and what papers, boxes and people say of it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from realist.text import line, shorten
from realist.vocabulary import Fate, Stance, Voice
from tui.gateway.mechanisms import Story
from tui.sheets.sheet import Sheet, Target
from tui.widgets.box_list import name as box_name
from tui.widgets.box_page import short_chain, status
from tui.widgets.changes import changes, flowed
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
    Voice.TOO_GENERAL: ("○", "warn"), Voice.COMMENT: ("·", ""),
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
        _evidence(sheet, about)
        _boxes(sheet, story)
        _words(sheet, about["feedback"])
        _versions(sheet, about["versions"])
        _fates(sheet, about["fates"])
        _memos(sheet, story.memos)

    return write


def _around(sheet: Sheet, story: Story) -> None:
    about = story.about
    for place, target in enumerate(about["into"]):
        lead = "" if place else "→ merged into"
        sheet.field(lead, target["name"][:400], width=14, target=Target("mechanism", target["uid"]))
    for place, part in enumerate(story.parts):
        lead = "" if place else "in it"
        sheet.field(lead, part["name"][:400], width=14, target=Target("mechanism", part["uid"]))
    for place, alias in enumerate(about["aliases"]):
        source = f" ({alias['source'][:400]})" if alias["source"] else ""
        sheet.field("" if place else "also called", f"{alias['name'][:400]}{source}", width=14)
    sheet.field("note", about["note"][:_LONGEST], width=14)


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
    target = Target("paper", row["paper"])
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


def _versions(sheet: Sheet, versions: list[dict[str, Any]]) -> None:
    if len(versions) < 2 and not (versions and versions[0]["reason"]):
        return
    sheet.heading("How the description changed", "[-taken out-] {+put in+}")
    for place in range(len(versions) - 1, -1, -1):
        row = versions[place]
        before = versions[place - 1]["description"] if place else ""
        sheet.spans(Span(f"version {row['number']}", "strong"), Span(f"  {_when(row)}", "muted"))
        if row["reason"]:
            sheet.text(row["reason"][:_LONGEST], "muted", first="  because: ", rest="    ")
        if not place:
            sheet.text(row["description"][:_LONGEST], first="  ")
            continue
        for spans in flowed(changes(before[:_LONGEST], row["description"][:_LONGEST]), sheet.width, 2):
            sheet.spans(*spans)


def _fates(sheet: Sheet, fates: list[dict[str, Any]]) -> None:
    sheet.heading("What was decided of it")
    for row in reversed(fates):
        held = f"  {row['consultation'][:400]}" if row["consultation"] else ""
        sheet.spans(Span("  "), fate(row["fate"]), Span(f"  {_when(row)}{held}", "muted"))
        if row["reason"]:
            sheet.text(row["reason"][:_LONGEST], first="    ")
    if not fates:
        sheet.text("Nothing yet: f decides it.", "muted")


def _memos(sheet: Sheet, memos: list[dict[str, Any]]) -> None:
    if memos:
        sheet.heading("Memos", str(len(memos)))
    for row in memos:
        sheet.text(row["text"][:_LONGEST], first="  ")
        sheet.text(_when(row), "muted", first="  — ")


def _when(row: dict[str, Any]) -> str:
    return f"{row['by']} {row['at']:%Y-%m-%d}"
