"""Home as a text: what is next, how far each round is, what is read and configured, what was done lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from realist.text import cell_width, line, pad, shorten, wrap
from tui.sheets.ages import ago, bar
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.queries.home import Home, RoundLine, StageLine
    from tui.gateway.home import Read
    from tui.gateway.review import Head

_WIDE = 100
_MOST_ACTS = 10
_LEAST_ACTS = 1
_NAME, _LONG_NAME = 20, 28


def write_home(sheet: Sheet, home: Home, read: Read | None, height: int, now: datetime | None = None) -> None:
    """Write where the review stands; with *height* lines of room, so many acts as leave no need to scroll.

    *read* is None as long as it is not known: its lines keep their place.
    """
    for kind in (Sheet, _Tight, _Tightest):
        sheet.rows.clear()
        sheet.targets.clear()
        _write(kind(sheet.width, sheet.rows, sheet.targets), home, read, height, now)
        if len(sheet.rows) <= height:
            break


class _Tight(Sheet):
    """A sheet that saves lines."""

    def blank(self) -> None:
        """Leave no line empty."""


class _Tightest(_Tight):
    """A sheet that also saves lines which say less than others."""


def _write(sheet: Sheet, home: Home, read: Read | None, height: int, now: datetime | None) -> None:
    write_head(sheet, home)
    _next(sheet, home)
    _screening(sheet, home.stages)
    _reading(sheet, home, read)
    if home.last_hour:
        pace = f", {home.rate:,.0f} an hour" if home.rate else ""
        sheet.blank()
        sheet.spans(_label(sheet.width, "Your last hour"), Span(_n(home.last_hour, "decision") + pace))
    room = height - len(sheet.rows) - (1 if isinstance(sheet, _Tight) else 2)
    _lately(sheet, home, max(min(room, _MOST_ACTS), _LEAST_ACTS), now)


def write_head(sheet: Sheet, head: Home | Head) -> None:
    """Write what the review is called and asks."""
    wide = sheet.width >= _WIDE
    _few_lines(sheet, head.title, 2 if wide else 1, "strong")
    if not isinstance(sheet, _Tightest):
        _few_lines(sheet, head.question, 4 if wide else 1 if isinstance(sheet, _Tight) else 2, "muted")


def _few_lines(sheet: Sheet, text: str, most: int, style: str) -> None:
    rows = wrap(line(text[:2000]), sheet.width)
    if len(rows) > most:
        rows[most - 1] = pad(f"{rows[most - 1]} {rows[most]}", sheet.width)
    for row in rows[:most]:
        sheet.spans(Span(row, style))


def _next(sheet: Sheet, home: Home) -> None:
    sheet.heading("Next", "Enter goes there")
    for place, step in enumerate(home.next):
        sheet.spans(Span(shorten(step.sentence[:2000], sheet.width)), target=Target("step", str(place)))
    if not home.next:
        sheet.spans(Span("Nothing waits: everything that was begun is done.", "good"))


def _screening(sheet: Sheet, stages: Sequence[StageLine]) -> None:
    if not stages:
        return
    sheet.heading("Searching and screening")
    for stage in stages:
        same = f" · {_n(stage.duplicates, 'duplicate')}" if stage.duplicates else ""
        found = f"{_n(stage.records, 'record')}{same} · {_n(stage.papers, 'paper')}"
        found = found if stage.records else "nothing imported yet"
        target = Target("stage", stage.uid)
        sheet.spans(_label(sheet.width, f"Stage {stage.name}"), Span(found, "muted"), target=target)
        for one in stage.rounds:
            name = _label(sheet.width, f"  {shorten(one.name[:500], 100)}", "")
            sheet.spans(name, *_progress(sheet.width, one), target=Target("round", one.uid))


def _label(width: int, name: str, style: str = "strong") -> Span:
    return Span(pad(name[:500], _LONG_NAME if width >= _WIDE else _NAME) + " ", style)


def _progress(width: int, one: RoundLine) -> list[Span]:
    if not one.entries:
        return [Span("no paper in it yet", "muted")]
    spans = [
        Span(bar(one.decided, one.entries, 20 if width >= _WIDE else 10), "accent"),
        Span(f" {one.decided:,} of {one.entries:,}"),
    ]
    if one.conflicts:
        spans.append(Span(f" · {_n(one.conflicts, 'conflict')}", "warn"))
    if one.mine:
        spans.append(Span(f" · {one.mine:,} wait{'s' if one.mine == 1 else ''} for you", "strong"))
    if width >= _WIDE and one.decided:
        maybe = f", {one.maybe:,} maybe" if one.maybe else ""
        spans.append(Span(f" · {one.include:,} in, {one.exclude:,} out{maybe}", "muted"))
    return spans


def _reading(sheet: Sheet, home: Home, read: Read | None) -> None:
    if not (home.papers or home.partial_boxes or home.bare_mechanisms):
        return
    sheet.heading("Reading and configuring")
    if any(stage.rounds for stage in home.stages) and not isinstance(sheet, _Tight):
        texts = Span("…", "muted") if read is None else _missing(read.missing)
        sheet.spans(_label(sheet.width, "Full texts"), texts, target=Target("papers", "text:missing"))
    _worked(sheet, "evidence", read.with_evidence if read else 0, read, _texts_too(sheet, read))
    if not isinstance(sheet, _Tightest):
        partial = f", {home.partial_boxes:,} partial" if home.partial_boxes else ""
        boxes = f" · {_n(read.boxes, 'box', 'boxes')}{partial}" if read else ""
        _worked(sheet, "boxes", read.with_boxes if read else 0, read, Span(boxes, "muted"))
    sheet.spans(_label(sheet.width, "Mechanisms"), *_fates(read), target=Target("place", "mechanisms"))


def _worked(sheet: Sheet, name: str, n: int, read: Read | None, more: Span) -> None:
    """Write how many included papers have evidence, or boxes; the line leads to those that have none."""
    size = 20 if sheet.width >= _WIDE else 10
    included = "" if isinstance(sheet, _Tightest) else " included"
    sheet.spans(
        _label(sheet.width, f"With {name}"),
        Span(bar(n, read.included if read else 0, size), "accent"),
        Span(f" {n:,} of {read.included:,}{included}" if read else " …"),
        more,
        target=Target("papers", f"state:included -has:{'box' if name == 'boxes' else name}"),
    )


def _texts_too(sheet: Sheet, read: Read | None) -> Span:
    """Return what stands beside the papers with evidence, where other lines are saved."""
    words = []
    if read is not None and isinstance(sheet, _Tightest):
        words.append(f"{read.with_boxes:,} with boxes")
    if read is not None and isinstance(sheet, _Tight) and read.missing:
        words.append(f"{_n(read.missing, 'text')} missing")
    return Span("".join(f" · {word}" for word in words), "muted")


def _missing(n: int) -> Span:
    return Span(f"{n:,} missing", "warn") if n else Span("none missing", "muted")


def _fates(read: Read | None) -> list[Span]:
    if read is None:
        return [Span("…", "muted")]
    thin = [Span(f"{read.thin:,} thin (≤ 1 paper)", "warn"), Span(" · ")] if read.thin else []
    fates = " · ".join(f"{n:,} {fate or 'undecided'}" for fate, n in read.fates)
    return [*thin, Span(fates or "none yet")]


def _lately(sheet: Sheet, home: Home, most: int, now: datetime | None) -> None:
    if not home.acts:
        return
    sheet.heading("Lately", "Enter opens the log")
    wide = max((cell_width(line(act["person"][:20])) for act in home.acts[:most]), default=2)
    for act in home.acts[:most]:
        undone = "↶ " if act["undone"] else ""
        what = shorten(f"{act['intention']} {act['subject']}"[:2000], max(sheet.width - wide - 13, 10))
        sheet.spans(
            Span(f"{ago(act['at'], now):>10}  ", "muted"), Span(pad(line(act["person"][:20]), wide) + " "),
            Span(undone, "warn"), Span(what, "muted" if undone else ""),
            target=Target("act", str(act["number"])),
        )  # fmt: skip


def _n(n: int, noun: str, several: str = "") -> str:
    return f"{n:,} {noun if n == 1 else several or noun + 's'}"
