"""A statement, or a theory, on a page: what bears on it, down to page and person, and how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from realist.domain.wording import Stretch
from realist.text import line
from tui.gateway import theories
from tui.gateway.theories import Behind, Statement
from tui.sheets.sheet import Sheet, Target
from tui.widgets.changes import flowed, shown
from tui.widgets.lines import Span
from tui.widgets.mechanism_page import STANCES
from tui.widgets.page import Write

if TYPE_CHECKING:
    from realist.domain.theories import Differing
    from realist.queries.theories import Standing
    from realist.queries.theory_bearing import Borne
    from realist.queries.theory_strength import Strength
    from realist.queries.theory_trace import Rests, Traced

_LONGEST = 20_000
_LABEL = 400
_LINKS = {"mechanism": "mechanism", "configuration": "box"}


def statement_page(at: Standing, part: str, found: Behind, before: Statement | None) -> Write:
    """Return what writes a statement; *before* is how the version before words it."""

    def write(sheet: Sheet) -> None:
        one = at.version.by_part[part]
        head = f"T{at.about['number']} v{at.version.number} p{one.number}"
        rank = Span(f"  [{line(one.priority[:_LABEL])}]", "accent") if one.priority else Span("")
        sheet.spans(Span(head, "heading"), Span(f"  {line(one.name[:_LABEL])}", "strong"), rank)
        _wording(sheet, one)
        _strength(sheet, at.strengths[part])
        if before is not None and before.wording != one.wording:
            number = at.version.number - 1
            sheet.heading(f"Since v{number}", "[-taken out-] {+put in+}")
            words = theories.stretches(before.said[:_LONGEST], one.said[:_LONGEST])
            _words(sheet, words)
        _bearing(sheet, at.on(part), found, "Nothing bears on it yet: b says what a box does to it.")
        _situated(sheet, at.situated.get(part, ()))
        _history(sheet, at, part, found)
        _memos(sheet, found)

    return write


def _wording(sheet: Sheet, one: Statement) -> None:
    pieces = (("if", one.if_text), ("then", one.then_text), ("because", one.because_text))
    if not any(text for _, text in pieces):
        sheet.text(one.text[:_LONGEST])
    for word, text in pieces:
        sheet.field(word, text[:_LONGEST], width=9)


def _strength(sheet: Sheet, of: Strength) -> None:
    sheet.heading("Strength")
    sheet.text(theories.strength_line(of)[:_LONGEST], rest="  ")
    for key in of.thin:
        sheet.text(f"{key}: {theories.THIN.get(key, '')}", "warn", first="! ")


def _bearing(sheet: Sheet, rows: Sequence[Borne], found: Behind, nothing: str) -> None:
    sheet.heading("What bears on it", str(len(rows)) if rows else "")
    if not rows:
        sheet.text(nothing, "muted")
    for stance, group in groupby(rows, key=lambda row: row.stance):
        sign, style = STANCES.get(stance, ("·", ""))
        sheet.text(stance, style, first=f"{sign} ")
        for row in group:
            _borne(sheet, row, found.traces.get(row.uid, ()))


def _borne(sheet: Sheet, row: Borne, parts: Sequence[Traced]) -> None:
    box = row.kind == "box"
    target = Target("bearing" if box else "paper", row.uid if box else row.of)
    called = theories.box_called(row.number, row.called) if box else line(row.called)
    carried = f"carried from v{row.version}" if row.carried else ""
    sheet.text(called[:_LABEL], "strong", first="  ", rest="    ", target=target)
    whose = " · ".join(filter(None, (row.by, carried, row.extraction)))
    sheet.text(whose, "muted", first="    ", target=target)
    if row.reason:
        sheet.text(row.reason[:_LONGEST], first="    ", target=target)
    through = 0
    for part in parts:
        if part.through and part.number != through:
            through = part.number
            name = f"rests on {theories.box_called(part.number, part.called)}"
            sheet.text(name[:_LABEL], "muted", first="    ", target=Target("box", part.box))
        _part(sheet, part)


def _part(sheet: Sheet, part: Traced) -> None:
    if part.box:
        basis = f", {part.basis}" if part.basis else ""
        sheet.text(f"{part.kind}{basis}: {part.words[:_LONGEST]}", "accent", first="    ")
    for one in part.rests:
        _rests(sheet, one)
    if not part.rests:
        sheet.text("rests on nothing that is recorded", "muted", first="      ")


def _rests(sheet: Sheet, one: Rests) -> None:
    if one.kind != "excerpt":
        sheet.text(f"{one.kind}: {one.words[:_LONGEST]}", "warn", first="      ~ ")
        return
    target = Target("paper", one.paper) if one.paper else None
    if one.words:
        sheet.text(f"“{one.words[:_LONGEST]}”", "quote", first="      ", target=target)
    whose = ", ".join(filter(None, (line(one.label[:_LABEL]), line(one.place[:_LABEL]), one.by)))
    sheet.text(whose, "muted", first="      — ", target=target)


def _situated(sheet: Sheet, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        sheet.heading("Explained by")
    for row in rows:
        name = f"T{row['number']} {line(row['name'][:_LABEL])}"
        sheet.spans(Span(f"  {name}", "strong"), Span(f"  {_when(row)}", "muted"))
        sheet.text(row["reason"][:_LONGEST], first="    ")


def _history(sheet: Sheet, at: Standing, part: str, found: Behind) -> None:
    steps = theories.history(at, part)
    sheet.heading("How it came about", "[-taken out-] {+put in+}" if len(steps) > 1 else "")
    for step in steps:
        what = f"v{step['number']} {step['stage']}: {step['state']}"
        sheet.spans(Span(f"  {what}", "strong"), Span(f"  {_when(step)}", "muted"))
        if step["reason"]:
            sheet.text(step["reason"][:_LONGEST], "muted", first="    because: ", rest="      ")
        for name in step["moved_by"]:
            sheet.text(f"moved by {name[:_LABEL]}", "muted", first="    ", rest="      ")
        pieces = [Stretch(piece["mark"], tuple(piece["words"].split())) for piece in step["words"]]
        if step["state"] == "reworded":
            _words(sheet, pieces)
        else:
            sheet.text(step["said"][:_LONGEST], first="    ")
    for row in found.ranked:
        sheet.spans(
            Span(f"  prioritised {line(row['rank'][:_LABEL])}", "strong"), Span(f"  {_when(row)}", "muted")
        )
        sheet.text(row["reason"][:_LONGEST], "muted", first="    because: ", rest="      ")


def _words(sheet: Sheet, words: Sequence[Stretch]) -> None:
    for spans in flowed(shown(words), sheet.width, 4):
        sheet.spans(*spans)


def _memos(sheet: Sheet, found: Behind) -> None:
    if found.memos:
        sheet.heading("Memos", str(len(found.memos)))
    for row in found.memos:
        sheet.text(row["text"][:_LONGEST], first="  ")
        sheet.text(_when(row), "muted", first="  — ")


def _when(row: dict[str, Any]) -> str:
    return f"{row['by']} {row['at']:%Y-%m-%d}"


# -- a theory ---------------------------------------------------------------------------------------------


def bare_page(number: int, name: str, note: str, found: Behind) -> Write:
    """Return what writes a theory that has no version yet."""

    def write(sheet: Sheet) -> None:
        sheet.spans(Span(f"T{number}", "heading"), Span(f"  {line(name[:_LABEL])}", "strong"))
        sheet.text(note[:_LONGEST])
        sheet.text("It says nothing yet: v writes its first version.", "muted")
        _explains(sheet, found)
        _memos(sheet, found)

    return write


def theory_page(at: Standing, found: Behind, base: int | None, differing: Sequence[Differing]) -> Write:
    """Return what writes a theory at a version; *base* is the number of the one it is compared with."""

    def write(sheet: Sheet) -> None:
        about = at.about
        name = Span(f"  {line(about['name'][:_LABEL])}", "strong")
        sheet.spans(Span(f"T{about['number']}", "heading"), name, Span(f"  {about['kind']}", "muted"))
        sheet.field("source", about["source"][:_LONGEST])
        sheet.field("note", about["note"][:_LONGEST])
        _strength(sheet, at.whole)
        if at.around.of_set:
            sheet.text(
                f"Papers of the set {at.around.of_set[:_LABEL]}; those about one study count once.", "muted"
            )
        _thin(sheet, at)
        _compared(sheet, at, base, differing)
        if whole := at.on(""):
            _bearing(sheet, whole, found, "")
        _explains(sheet, found)
        _versions(sheet, at)
        _memos(sheet, found)

    return write


def _thin(sheet: Sheet, at: Standing) -> None:
    rows = [one for one in at.version.statements if at.strengths[one.part].thin]
    sheet.heading("Thin spots", str(len(rows)) if rows else "none")
    for one in rows:
        spots = ", ".join(at.strengths[one.part].thin)
        sheet.text(
            f"p{one.number} {line((one.name or one.said)[:_LABEL])}: {spots}", "warn", first="! ",
            target=Target("statement", one.part),
        )  # fmt: skip


def _compared(sheet: Sheet, at: Standing, base: int | None, differing: Sequence[Differing]) -> None:
    if base is None:
        return
    sheet.heading(f"From v{base} to v{at.version.number}", "[-taken out-] {+put in+}")
    for row in differing:
        one = row.after or row.before
        if one is None or (row.state == "same" and not row.moved and not _ranked(row)):
            continue
        target = Target("statement", one.part) if row.after else None
        name = line((one.name or "")[:_LABEL])
        sheet.spans(
            Span(f"p{one.number} {name}".rstrip(), "strong"), Span(f"  {theories.difference(row)}", "muted"),
            target=target,
        )  # fmt: skip
        if row.state != "same":
            _words(sheet, row.words)
    if all(row.state == "same" and not row.moved and not _ranked(row) for row in differing):
        sheet.text("They say the same.", "muted")


def _ranked(row: Differing) -> bool:
    return bool(row.before and row.after and row.before.priority != row.after.priority)


def _explains(sheet: Sheet, found: Behind) -> None:
    if found.explains:
        sheet.heading("What it explains")
    for row in found.explains:
        uid = row["box"] or row["uid"]
        kind = "box" if row["box"] else _LINKS.get(row["table"], "statement")
        target = Target(kind, uid)
        sheet.text(row["called"][:_LABEL], "strong", first="  ", target=target)
        if row["how"]:
            sheet.text(row["how"][:_LONGEST], first="    ", target=target)


def _versions(sheet: Sheet, at: Standing) -> None:
    sheet.heading("Versions", str(len(at.versions)))
    for one in reversed(at.versions):
        here = "▸" if one.uid == at.version.uid else " "
        label = " · ".join(filter(None, (one.stage, line(one.label[:_LABEL]), line(one.dated[:_LABEL]))))
        when = f"  {one.by} {one.at:%Y-%m-%d}"
        sheet.spans(Span(f"{here} v{one.number} {label}", "strong"), Span(when, "muted"))
        if one.reason:
            sheet.text(one.reason[:_LONGEST], first="    ")
        for name in at.moved.get(one.move, ()):
            sheet.text(f"moved by {name[:_LABEL]}", "muted", first="    ", rest="      ")
