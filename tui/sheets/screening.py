"""A paper as it is screened: how it stands for me, its text with the marked terms, and what stands beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.text import cell_width, line, pad, shorten, wrap
from realist.vocabulary import TermKind, TermSet
from tui.actions import GOALS
from tui.sheets.marked import marked
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Row, Span

if TYPE_CHECKING:
    from realist.domain.highlighting import Term
    from realist.queries.piles import Item, Shown
    from realist.queries.together import Voted
    from tui.gateway.queue import Pace, Queue
    from tui.gateway.screening import Ready

FIELDS = ("title", "authors", "year", "journal", "doi", "keywords")
"""What can be hidden of a paper; all but the title are hidden for blind reading."""
BLIND = frozenset(FIELDS) - {"title"}
MEASURE = 100
"""So many columns a text has at most: longer lines are hard to read."""
_SIGNS = {
    "include": Span("✓ include", "good"),
    "exclude": Span("✗ exclude", "bad"),
    "maybe": Span("~ maybe", "warn"),
    "parked": Span("‖ parked", "accent"),
    "undecided": Span("○ undecided", "muted"),
    "check": Span("≠ to check", "warn"),
}
_LONGEST = 2000
_AUTHORS = 8
_COLUMN = 50
MEANS = {
    TermSet.INCLUDE: "speaks for it",
    TermSet.EXCLUDE: "speaks against it",
    TermSet.CONTEXT: "context",
    TermSet.MECHANISM: "mechanism",
    TermSet.OUTCOME: "outcome",
}


class Look(NamedTuple):
    """How papers are looked at: which fields are hidden, and whether terms are marked."""

    hidden: frozenset[str] = frozenset()
    marks: bool = True


# -- the heading line ---------------------------------------------------------------------------------------


def standing(
    item: Item, ready: Ready | None, reasons: Sequence[dict[str, Any]], look: Look, *, gone: bool, width: int
) -> Row:
    """Return the line that says how a paper stands for me, and which one it is."""
    spans = [_sign(item)]
    mine = ready.mine if ready else None
    if mine and mine.reasons:
        spans.append(Span(": " + _named(mine.reasons, reasons)))
    if item.is_check and ready:
        spans += [Span(" · "), *_checked(ready.votes)]
    if gone:
        spans.append(Span(" · others have decided on it meanwhile", "muted"))
    number = f"#{item.number}"
    label = line(ready.shown.label[:200]) if ready and not look.hidden & {"authors", "year"} else ""
    name = pad_end(f"{number} {label}".strip(), 40)
    room = max(width - cell_width(name) - 1, 10)
    return [*_cut(spans, room), Span(" "), Span(name, "muted")]


def _sign(item: Item) -> Span:
    if item.verdict:
        sign = _SIGNS.get(item.verdict, Span(line(item.verdict[:20])))
        return Span(f"{sign.text}, checked", sign.style) if item.is_check else sign
    return _SIGNS["parked" if item.parked else "check" if item.is_check else "undecided"]


def _named(numbers: Sequence[int], reasons: Sequence[dict[str, Any]]) -> str:
    texts = {one["number"]: line(str(one["text"])[:_LONGEST]) for one in reasons}
    return ", also ".join(f"{number} {texts.get(number, '')}".strip() for number in numbers)


def _checked(votes: Sequence[Voted]) -> list[Span]:
    """Return what others decided on a paper that is to be checked."""
    if not votes:
        return [Span("nothing of it can be seen yet", "muted")]
    spans: list[Span] = []
    for vote in votes:
        sign = _SIGNS.get(vote.verdict, Span(str(vote.verdict)))
        why = "; ".join(line(reason[:200]) for reason in vote.reasons)
        said = f" ({why})" if why else ""
        note = f" “{shorten(vote.note[:1000], 60)}”" if vote.note else ""
        spans += [Span(" " if spans else ""), Span(f"{line(vote.by[:20])}: "), sign, Span(said + note)]
    return spans


def pad_end(text: str, most: int) -> str:
    """Return *text*, at most so many columns of it."""
    return text if cell_width(text) <= most else pad(text, most)


def _cut(spans: Sequence[Span], room: int) -> list[Span]:
    """Return spans that fill exactly *room* columns."""
    found: list[Span] = []
    for text, style in spans:
        width = cell_width(text)
        found.append(Span(text if width <= room else pad(text, room), style))
        room -= min(width, room)
        if not room:
            break
    return [*found, Span(" " * room)]


# -- the text -----------------------------------------------------------------------------------------------


def paper_rows(ready: Ready, look: Look, width: int, *, draft: str = "") -> list[list[Span]]:
    """Return a paper in rows: the note, title, what describes it, and the abstract."""
    width = min(width, MEASURE)
    places = ready.marks if look.marks else {}
    rows = _note_rows(ready, draft, width)
    if "title" not in look.hidden:
        rows += marked(ready.texts["title"] or "(no title)", places.get("title", ()), width, "strong")
    about = _about(ready.shown, look.hidden)
    rows += [[Span(row, "muted")] for row in wrap(about, width)] if about else []
    if "keywords" not in look.hidden and ready.texts["keywords"]:
        rows += marked(ready.texts["keywords"], places.get("keywords", ()), width, "muted")
    if ready.tags:
        tags = ", ".join(line(tag[:100]) for tag in ready.tags[:50])
        rows += [[Span(row, "accent")] for row in wrap(tags[:_LONGEST], width, first="tagged ")]
    rows.append([])
    if not ready.texts["abstract"]:
        return [*rows, [Span("No abstract is known: a takes one that you paste.", "muted")]]
    if ready.shown.typed:
        rows.append([Span("abstract typed in by a person", "muted")])
    rows += marked(ready.texts["abstract"], places.get("abstract", ()), width)
    more = len(ready.shown.abstract) - 20_000
    return [*rows, [Span(f"… and {more:,} more characters", "muted")]] if more > 0 else rows


def _note_rows(ready: Ready, draft: str, width: int) -> list[list[Span]]:
    rows: list[list[Span]] = []
    if draft:
        first = "note, not saved yet: "
        rows += [[Span(row, "warn")] for row in wrap(line(draft[:_LONGEST]), width, first=first)]
    elif ready.mine and ready.mine.note:
        rows += [
            [Span(row, "quote")] for row in wrap(line(ready.mine.note[:_LONGEST]), width, first="note: ")
        ]
    if ready.mine and ready.mine.use:
        rows.append([Span(f"for {line(ready.mine.use[:100])}", "muted")])
    return rows


def _about(shown: Shown, hidden: frozenset[str]) -> str:
    names = [line(name[:200]) for name in shown.authors[:_AUTHORS]]
    if len(shown.authors) > _AUTHORS:
        names.append(f"and {len(shown.authors) - _AUTHORS:,} more")
    known = {
        "authors": "; ".join(names),
        "year": "" if shown.year is None else str(shown.year),
        "journal": line(shown.journal[:500]),
        "doi": line(shown.doi[:200]),
    }
    return " · ".join(text for field, text in known.items() if text and field not in hidden)


# -- how far, how fast --------------------------------------------------------------------------------------


def how_far(queue: Queue, pace: Pace | None, now: datetime) -> str:
    """Return the quiet line: ``412/914 · 83 per hour · done about 17:40``."""
    said = [f"{queue.decided:,}/{queue.total:,}"]
    if pace is not None:
        said.append(f"{pace.per_hour:,.0f} per hour")
        if queue.left:
            said.append(_until(pace.left, now))
    if queue.wanted.words:
        said.append(f"{queue.fitted:,} fit the filter" if queue.fitted != 1 else "1 fits the filter")
    return " · ".join(said)


def _until(left: timedelta, now: datetime) -> str:
    ends = (now + left).astimezone()
    if ends.date() == now.astimezone().date():
        return f"done about {ends:%H:%M}"
    hours = left.total_seconds() / 3600
    return f"about {max(hours, 1):,.0f} h left" if hours < 100 else f"about {hours / 8:,.0f} days of 8 h left"


# -- beside it ----------------------------------------------------------------------------------------------


def reasons_line(reasons: Sequence[dict[str, Any]], key: str, width: int) -> Row:
    """Return the numbered reasons on one line, and which *key* shows them all."""
    more = f"  {key} criteria" if key else ""
    room = max(width - cell_width(more), 10)
    said = " · ".join(f"{one['number']} {line(str(one['text'])[:200])}" for one in reasons[:20])
    text = said or "This round has no exclusion reasons."
    return [Span(pad(text, room), "muted"), Span(more, "accent")]


def write_beside(
    sheet: Sheet, round_: dict[str, Any], reasons: Sequence[dict[str, Any]], terms: Sequence[Term]
) -> None:
    """Write reasons and criteria, and what the colours of marked *terms* mean.

    In a narrow column reasons stand first, whose numbers are keys; below the text there is a line with them.
    """
    if sheet.width < _COLUMN:
        _write_reasons(sheet, reasons)
    _write_criteria(sheet, round_["criteria"])
    if sheet.width >= _COLUMN:
        _write_reasons(sheet, reasons)
    if terms:
        sheet.heading("Marked terms")
    for term_set, means in MEANS.items():
        named = [line(spelt(term)[:200]) for term in terms if term.set == term_set]
        if named:
            first = shorten(", ".join(named), max(sheet.width - len(means) - 1, 10))
            sheet.spans(Span(means, str(term_set)), Span(f" {first}", "muted"))


def _write_reasons(sheet: Sheet, reasons: Sequence[dict[str, Any]]) -> None:
    if reasons:
        sheet.heading("Exclude because")
    for one in reasons:
        sheet.text(str(one["text"])[:_LONGEST], first=f"{one['number']:>2} ")


def _write_criteria(sheet: Sheet, criteria: str) -> None:
    sheet.heading("Criteria")
    sheet.text(criteria[:20_000] or "None are written down for this round.")


def spelt(term: Term) -> str:
    """Return a term as it is typed."""
    return f"{term.text}*" if term.kind is TermKind.PREFIX else term.text


# -- the end ------------------------------------------------------------------------------------------------


def end_rows(
    queue: Queue, name: str, left: dict[str, int] | None, keys: Mapping[str, str], width: int
) -> list[Row]:
    """Return what is said behind the last paper: what was decided, and what comes next, for whom.

    *left* is how much waits in the round for what, None while that is not known; *keys* those of actions.
    """
    width = min(width, MEASURE)
    if queue.wanted.words:
        return [[Span("Nothing more fits the filter: f changes it.", "strong")]]
    if not queue.total:
        return [[Span(f"No paper of {shorten(name, 60)} is for you.", "strong")]]
    counts = Counter(item.verdict for item in queue.items if not queue.is_gone(item))
    done = " · ".join(
        f"{counts[verdict]:,} {_SIGNS[verdict].text}" for verdict in ("include", "exclude", "maybe")
    )
    sheet = Sheet(width)
    if queue.left:
        but = f"You have decided on all but {_n(queue.left, 'parked paper')}: Enter goes to the first."
        sheet.text(but if queue.parked == queue.left else "More papers wait: Enter goes on.", "strong")
    else:
        sheet.text(f"Done: you have decided on {_n(queue.total, 'paper')} of {shorten(name, 60)}.", "good")
    sheet.blank()
    sheet.text(done)
    sheet.blank()
    if left is not None:
        _next_steps(sheet, left, queue.left)
    back, other = keys["step(-1)"], keys["round"]
    sheet.text(f"{back} goes back to the last paper · {other} chooses another round · g h goes home", "muted")
    return [*sheet.rows]


def _next_steps(sheet: Sheet, left: dict[str, int], mine: int) -> None:
    others = left.get("decision", 0) - mine
    if others > 0:
        sheet.text(f"{_n(others, 'paper')} {'waits' if others == 1 else 'wait'} for others to decide.")
    if checks := left.get("check", 0):
        sheet.text(f"{_n(checks, 'paper')} {'waits' if checks == 1 else 'wait'} to be checked.")
    if conflicts := left.get("resolution", 0):
        letter = next((goal.letter for goal in GOALS if goal.place == "reconcile"), "h")
        sheet.text(f"On {_n(conflicts, 'paper')} people differ: g {letter} goes there.", "warn")
    if not any(left.values()):
        sheet.text("Nothing more is to be done in this round.", "good")


def _n(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
