"""A conflict on a page: who decided what, side by side; what holds in the round; the paper itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from realist.text import line, pad, shorten
from realist.vocabulary import Verdict
from tui.sheets.abreast import GAP, NAME, Cell, Field, columns, rows
from tui.sheets.agreement import NEVER_BLIND, short
from tui.sheets.paper import sections
from tui.sheets.round import policy
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from tui.gateway.reconcile import Agreed, Case, Queue, Voted

_LONGEST = 100_000
_TITLE = 4000
VERDICTS = {
    Verdict.INCLUDE: ("✓", "good"), Verdict.EXCLUDE: ("✗", "bad"), Verdict.MAYBE: ("~", "warn"),
}  # fmt: skip


def write_conflict(sheet: Sheet, case: Case, person: str, agreed: Agreed | None) -> None:
    """Write a conflict, for the *person* (initials) who reads it; *agreed* is None while it is not known."""
    paper = case.paper
    sheet.text(shorten(paper.title[:_TITLE] or paper.label or paper.doi, _TITLE) or "(no title)", "strong")
    year = "" if paper.year is None else str(paper.year)
    about = (shorten("; ".join(paper.authors)[:_TITLE], 300), line(paper.journal[:_TITLE]), year)
    if any(about):
        sheet.text(" · ".join(filter(None, about)), "muted")
    _votes(sheet, case, person)
    _policy(sheet, case)
    _agreement(sheet, agreed)
    _texts(sheet, case)


def _votes(sheet: Sheet, case: Case, person: str) -> None:
    n = len(case.votes)
    sheet.heading("Decisions", f"{n} people" if n != 1 else "1 person")
    fields = compared(case.votes)
    many, wide = columns(sheet.width, n)
    for left in range(0, n, many):
        some = case.votes[left : left + many]
        names = [pad(f"{line(vote.by)}{' (you)' if vote.by == person else ''}", wide) for vote in some]
        sheet.spans(Span(" " * NAME), Span((" " * GAP).join(names), "heading"))
        for spans in rows(fields, sheet.width, left):
            sheet.spans(*spans)


def compared(votes: tuple[Voted, ...]) -> list[Field]:
    """Return the rows of decisions, each person's in a column; ``≠`` where two of them differ."""
    verdicts = tuple(_verdict(vote) for vote in votes)
    why = ["; ".join(line(reason) for reason in vote.reasons) for vote in votes]
    notes = [line(vote.note[:_LONGEST]) for vote in votes]
    found = [Field("verdict", _sign([vote.verdict for vote in votes]), verdicts)]
    if any(why):
        found.append(Field("reasons", _sign(why), tuple(map(_cell, why))))
    if any(notes):
        found.append(Field("note", "", tuple(_cell(note, "quote") for note in notes)))
    when = tuple(Cell(f"{vote.at.astimezone():%Y-%m-%d %H:%M}", style="muted") for vote in votes)
    return [*found, Field("when", "", when)]


def _sign(values: list[str]) -> str:
    return "" if len(values) < 2 else "≠" if len(set(values)) > 1 else "="


def _cell(text: str, style: str = "") -> Cell:
    return Cell(text, style=style) if text else Cell("–", style="muted")


def _verdict(vote: Voted) -> Cell:
    sign, style = next((shown for word, shown in VERDICTS.items() if word == vote.verdict), ("?", "warn"))
    return Cell(f"{sign} {vote.verdict}{' (a check)' if vote.is_check else ''}", style=style)


def _policy(sheet: Sheet, case: Case) -> None:
    sheet.blank()
    row, whom = case.row, case.conflict.whom
    sheet.field("round", f"#{row['number']} {line(row['name'][:400])}", width=11)
    sheet.field("holds", _holds(case), width=11)
    if whom:
        sheet.field("waits for", f"{', '.join(map(line, whom))}, who have not decided yet", width=11)
    for one in case.resolutions:
        sheet.field("resolved", _resolved(one), width=11, style="muted" if one["ended"] else "good")


def _agreement(sheet: Sheet, agreed: Agreed | None) -> None:
    if agreed is None:
        sheet.field("agreement", "…", width=11, style="muted")
    elif agreed.found.papers:
        never = "" if agreed.blind else f". {NEVER_BLIND.partition(':')[0]}."
        sheet.field("agreement", f"{short(agreed.found)}{never}", width=11, style="muted")


def _holds(case: Case) -> str:
    maybe = all(vote.verdict == Verdict.MAYBE for vote in case.votes if not vote.is_check)
    if maybe and case.row["maybe_rule"] == "is resolved":
        return "a maybe is resolved: it does not go forward by itself"
    return policy(case.row)


def _resolved(one: dict[str, Any]) -> str:
    sign = next((shown[0] for word, shown in VERDICTS.items() if word == one["verdict"]), "?")
    words = [f"{sign} {one['verdict']} by {line(one['by'])}, {one['at']:%Y-%m-%d}"]
    words += [line(one["reason"])] if one["reason"] else []
    words += [line(one["why"][:_LONGEST])] if line(one["why"][:_LONGEST]) else []
    words += [f"taken back: {line(one['ended'])}"] if one["ended"] else []
    return " · ".join(words)


def _texts(sheet: Sheet, case: Case) -> None:
    sheet.heading("Abstract")
    text = sections(case.paper.abstract)
    sheet.text(text or "No abstract is known.", "" if text else "muted")
    write_criteria(sheet, case.row)


def write_criteria(sheet: Sheet, row: dict[str, Any]) -> None:
    """Write criteria and reasons of a round."""
    if line(row["criteria"]):
        sheet.heading("Criteria")
        sheet.text(row["criteria"][:_LONGEST])
    if row["reasons"]:
        sheet.heading("Reasons for exclusion", "its digit excludes with it")
    for reason in row["reasons"]:
        sheet.text(line(reason["text"][:_LONGEST]), first=f"{reason['number']:>3} ")


def write_none(sheet: Sheet, queue: Queue, resolved: bool) -> None:
    """Write what is to be said where nothing is in the queue."""
    if resolved:
        sheet.text("Nothing was resolved here yet; t goes back to what waits.", "muted")
        return
    sheet.text("No conflict waits: people agree, or what they differed on is resolved.", "good")
    if queue.others:
        were = "conflict was" if queue.others == 1 else "conflicts were"
        sheet.text(f"{queue.others:,} {were} resolved: t shows them.", "muted")
