"""A round on a page: what waits for whom, how far people are, how far they agree, what was set down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from realist.text import line, pad
from tui.sheets.agreement import papers, write_agreement
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from tui.gateway.rounds import Story, Waits

_LONGEST = 20_000
_WIDE = 8


def write_round(sheet: Sheet, story: Story) -> None:
    """Write everything about a round."""
    _about(sheet, story.row)
    _waits(sheet, story)
    _people(sheet, story)
    write_agreement(sheet, story.agreed, blind=story.blind, hidden=story.hidden, gate=story.gate)
    _rules(sheet, story)
    _texts(sheet, story.row)


def _about(sheet: Sheet, row: dict[str, Any]) -> None:
    sheet.text(f"#{row['number']} {line(row['name'][:_LONGEST])}", "strong")
    people = "1 person decides" if row["readers"] == 1 else f"{row['readers']:,} people decide"
    told = [str(row["kind"]), f"stage {line(row['stage'][:400])}", f"{people} on each paper", sight(row)]
    sheet.text(" · ".join(told), "muted")
    if line(row["note"]):
        sheet.text(row["note"][:_LONGEST], "quote")


def sight(row: dict[str, Any]) -> str:
    """Return who sees whose decisions in a round."""
    if not row["blind"]:
        return "not blind"
    return "blind" if row["opened"] is None else f"blind until it was opened on {row['opened']:%Y-%m-%d}"


def _waits(sheet: Sheet, story: Story) -> None:
    sheet.heading("What waits")
    for one in story.waits:
        words, kind = _waiting(one)
        sheet.text(words, rest="  ", target=Target(kind, story.row["uid"]))
    if not story.waits and story.progress:
        sheet.text("Nothing: every paper is decided.", "good")
    elif not story.waits:
        sheet.text("No paper is in this round yet: b brings some in.", "muted")


def _waiting(one: Waits) -> tuple[str, str]:
    """Return in words what waits, and where that leads."""
    if one.what == "resolution":
        be = "conflict waits" if one.papers == 1 else "conflicts wait"
        return f"{one.papers:,} {be} for somebody who resolves: c goes there", "reconcile"
    what = "a decision" if one.what == "decision" else "a check"
    be = "waits" if one.papers == 1 else "wait"
    return f"{papers(one.papers)} {be} for {what} by {line(one.whom) or 'anybody'}", "screen"


def _people(sheet: Sheet, story: Story) -> None:
    if not story.progress:
        return
    sheet.heading("People")
    names = [line(row["by"]) for row in story.progress]
    first = max([len(name) for name in names] + [6]) + 1
    heads = ("handed", "decided", "parked", "left", "hours", "an hour")
    sheet.spans(Span(" " * first), Span("".join(pad(word, _WIDE, right=True) for word in heads), "muted"))
    for name, row in zip(names, story.progress, strict=True):
        hours = None if row["hours"] is None else _clock(row["hours"])
        pace = None if row["per_hour"] is None else f"{row['per_hour']:.0f}"
        values = (row["handed"], row["decided"], row["parked"], row["left"], hours, pace)
        cells = "".join(pad("–" if n is None else f"{n}", _WIDE, right=True) for n in values)
        sheet.spans(Span(pad(name, first), "strong"), Span(cells))


def _clock(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _rules(sheet: Sheet, story: Story) -> None:
    row = story.row
    sheet.heading("Rules", "e changes them")
    seed = f", seed {row['seed']}" if row["reading_order"] == "random" else ""
    sheet.field("order", f"{row['reading_order']}{seed}", width=14)
    sheet.field("maybe", str(row["maybe_rule"]), width=14)
    sheet.field("conflicts", policy(row), width=14)
    if row["pilot"]:
        limit = "" if row["gate_value"] is None else f" at least {row['gate_value']:g}"
        sheet.field("pilot", f"{line(row['gate_statistic'][:400])}{limit}".strip() or "yes", width=14)
    sheet.field("handed out", allocation(row["allocation"]), width=14)
    sets = "; ".join(f"{line(name[:400])} ({papers(n)})" for name, n in story.feeds)
    sheet.field("feeds the set", sets or "none is named", width=14, style="" if sets else "muted")


def policy(row: dict[str, Any]) -> str:
    """Return what becomes of a paper on which people differ."""
    if row["conflict_rule"] == "any include wins":
        return "any include wins: only a maybe against an exclude is in conflict"
    return "must agree: a paper is neither in nor out until somebody resolves it"


def allocation(kept: dict[str, Any]) -> str:
    """Return how a round was handed out, in words; "" where it was not."""
    if not kept:
        return ""
    people = ", ".join(line(str(name)) for name in _several(kept.get("people")))
    parts = [line(str(kept.get("scheme", ""))), people, f"seed {line(str(kept.get('seed', '')))}"]
    if kept.get("checked"):
        parts.append(f"{line(str(kept['checked']))} % get a second person ({line(str(kept.get('second')))})")
    pairs = ["+".join(line(str(name)) for name in _several(pair)) for pair in _several(kept.get("pairs"))]
    parts += [f"pairs {', '.join(pairs)}"] if pairs else []
    group = ", ".join(line(str(name)) for name in _several(kept.get("group")))
    parts += [f"one of {group}"] if group else []
    return " · ".join(filter(None, parts))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(sheet: Sheet, row: dict[str, Any]) -> None:
    sheet.heading("Criteria")
    sheet.text(
        row["criteria"][:_LONGEST] or "None are set down: e does it.", "" if row["criteria"] else "muted"
    )
    sheet.heading("Reasons for exclusion")
    for reason in row["reasons"]:
        sheet.text(line(reason["text"][:_LONGEST]), first=f"{reason['number']:>3} ")
    if not row["reasons"]:
        sheet.text("None are set down: e does it.", "muted")
