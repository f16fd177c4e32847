"""A consultation on a page: who was asked, what was shown, said of what, and decided, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realist.vocabulary import Voice
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

VOICES: dict[str, tuple[str, str]] = {
    Voice.FOR: ("+", "good"), Voice.AGAINST: ("−", "bad"), Voice.DIVIDED: ("±", "warn"),
    Voice.TOO_GENERAL: ("○", "warn"), Voice.COMMENT: ("…", ""),
}  # fmt: skip
"""The sign and style of each voice."""
_OPENS = {"paper": "paper", "configuration": "box", "mechanism": "mechanism", "consultation": "consultation"}
_LONGEST = 20_000
ACT = "act"
"""The kind of a line that leads to an act of the log, by its number."""


def write_consultation(sheet: Sheet, found: Mapping[str, Any]) -> None:
    """Write a consultation; what was talked of leads to its page, an act to the log."""
    kind = " · ".join(filter(None, (found["kind"], found["mode"] or "how is unknown", found["held"][:80])))
    sheet.text(found["name"][:_LONGEST], "strong")
    sheet.text(kind, "muted")
    people = "unknown" if found["people"] is None else f"{found['people']:,}"
    sheet.field("people", people)
    sheet.field("who", found["who"][:_LONGEST])
    sheet.field("stage", (found["stage"] or "")[:400])
    _shown(sheet, found)
    _said(sheet, found["feedback"])
    sheet.heading("Decided", str(len(found["decided"]) or ""))
    for row in found["decided"]:
        sheet.text(row["text"][:_LONGEST], first=f"{row['position']:>3} ")
    if not found["decided"]:
        sheet.text("Nothing is recorded yet: d records it.", "muted")
    _followed(sheet, found["acts"])
    if found["memos"]:
        sheet.heading("Memos", str(len(found["memos"])))
    for row in found["memos"]:
        sheet.text(row["text"][:_LONGEST], first="  ")
        sheet.text(f"{row['by']} {row['at']:%Y-%m-%d}", "muted", first="  — ")


def _target(row: Mapping[str, Any]) -> Target | None:
    opens = _OPENS.get(row["page_table"])
    return Target(opens, row["page"]) if opens else None


def _thing(row: Mapping[str, Any]) -> str:
    return f"{row['kind']} {row['of'][:400] or 'that is gone'}"


def _shown(sheet: Sheet, found: Mapping[str, Any]) -> None:
    sheet.heading("What was shown", str(len(found["items"]) or ""))
    if found["shown"]:
        sheet.text(found["shown"][:_LONGEST])
    for row in found["items"]:
        sheet.text(_thing(row), first="  ▪ ", target=_target(row))
    if not found["shown"] and not found["items"]:
        sheet.text("Nothing is recorded yet: s says what of the review, e in words.", "muted")


def _said(sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    sheet.heading("What was said", str(len(rows) or ""))
    for row in rows:
        sign, style = VOICES.get(row["voice"], ("·", ""))
        target = _target(row)
        about = f"of {_thing(row)}" if row["subject"] else "in general"
        sheet.spans(Span(f"  {sign} {row['voice']}", style), Span(f", {about}"), target=target)
        sheet.text(row["words"][:_LONGEST], "quote", first="    ", target=target)
        if row["who"]:
            sheet.text(row["who"][:400], "muted", first="    — ", target=target)
        for source in row["sources"]:
            box = Target("box", source["box"])
            sheet.text(f"a source of {source['part']}", "muted", first="    ▪ ", target=box)
    if not rows:
        sheet.text("Nothing is recorded yet: w records it.", "muted")


def _followed(sheet: Sheet, rows: list[dict[str, Any]]) -> None:
    sheet.heading("What followed", str(len(rows) or ""))
    for row in rows:
        words = f"{row['intention']} {row['subject']}{' [undone]' if row['undone'] else ''}"
        target = Target(ACT, str(row["number"]))
        sheet.text(words[:_LONGEST], first=f"  #{row['number']:<5}", target=target)
        why = f"{row['by']}, {row['how']}" + (f": {row['reason'][:_LONGEST]}" if row["reason"] else "")
        sheet.text(why, "muted", first="        ", target=target)
    if not rows:
        sheet.text("Nothing is known yet: what names it as its mover is found, l links an act.", "muted")
