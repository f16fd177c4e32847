"""The life of a mechanism, context or outcome on a page: every move, who, when, why, and what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from realist.text import line
from realist.vocabulary import Fate, MoveKind
from tui.sheets.sheet import Sheet, Target
from tui.widgets.changes import changes, flowed
from tui.widgets.lines import Span

_LONGEST = 20_000
_SIGNS: dict[str, tuple[str, str]] = {
    MoveKind.PROPOSE: ("○", "warn"), MoveKind.DESCRIBE: ("¶", ""), MoveKind.REFINE: ("¶", "accent"),
    MoveKind.RENAME: ("≡", "accent"), MoveKind.MERGE: ("→", "accent"), MoveKind.SPLIT: ("⋔", "accent"),
    MoveKind.PLACE: ("↳", ""), MoveKind.DROP: ("✗", "bad"), MoveKind.PARK: ("‖", "accent"),
    MoveKind.REINSTATE: ("↺", "good"), MoveKind.PRIORITISE: ("!", "warn"), Fate.KEPT: ("✓", "good"),
    Fate.PROPOSED: ("○", "warn"), Fate.MERGED: ("→", "muted"), Fate.DROPPED: ("✗", "bad"),
    Fate.PARKED: ("‖", "accent"),
}  # fmt: skip
_OPENS = {
    "paper": "paper", "configuration": "box", "mechanism": "mechanism", "excerpt": "excerpt",
    "evidence": "evidence",
}  # fmt: skip
"""What a line leads to, by the table of what moved it."""


def timeline(sheet: Sheet, moves: Sequence[dict[str, Any]], kind: str) -> None:
    """Write *moves* (rows of :func:`realist.queries.lives.history`), the first one first.

    A line leads to what moved it, else to the mechanism that it was done with.
    """
    sheet.heading("Timeline", "[-taken out-] {+put in+}")
    for row in moves:
        _move(sheet, row, kind)


def _move(sheet: Sheet, row: dict[str, Any], kind: str) -> None:
    sign, style = _SIGNS.get(row["did"], ("·", ""))
    first = next(filter(None, map(_target, row["moved_by"])), None)
    beside = [*row["source"], *row["into"]]
    if first is None and beside and kind == "mechanism":
        first = Target("mechanism", beside[0]["uid"])
    when = f"{row['at']:%Y-%m-%d} {row['by']}"
    sheet.spans(
        Span(f"{sign} {row['did']}", style), Span(_with(row)), Span(f"  {when}", "muted"), target=first
    )
    if row["reason"]:
        sheet.text(row["reason"][:_LONGEST], "muted", first="  because: ", rest="    ", target=first)
    for mover in row["moved_by"]:
        words = f"{mover['table'].replace('_', ' ')} {mover['name'][:400]}"
        sheet.text(words, first="  moved by: ", rest="    ", target=_target(mover) or first)
    if row["after"] and not row["before"]:
        sheet.text(row["after"][:_LONGEST], first="  ")
    elif row["after"]:
        for spans in flowed(changes(row["before"][:_LONGEST], row["after"][:_LONGEST]), sheet.width, 2):
            sheet.spans(*spans)


def _with(row: dict[str, Any]) -> str:
    """Return with what others something was done, and what came of it."""
    words = []
    if row["pieces"]:
        words.append("1 piece" if row["pieces"] == 1 else f"{row['pieces']:,} pieces")
    words += [line(one["name"][:200]) for one in row["source"]]
    if row["into"]:
        words.append("into " + ", ".join(line(one["name"][:200]) for one in row["into"]))
    elif row["result"]:
        words.append(line(row["result"][:400]))
    return " ".join(["", *words])


def _target(mover: dict[str, Any]) -> Target | None:
    kind = _OPENS.get(mover["table"])
    return Target(kind, mover["uid"]) if kind else None
