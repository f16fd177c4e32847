"""The staged flow as JSON and text."""

from __future__ import annotations

from typing import Any

from realist.domain.flow import Count, Group, Line
from realist.queries.flow import StageFlow
from realist.text import cell_width, line, pad, wrap
from realist.vocabulary import Qualifier

_LEGEND = (
    "counted: from records and decisions of this review · reported: only the source gives it",
    "derived: follows from reported numbers · ≠ reported and derived differ",
)
_BEFORE: dict[str, str] = {Qualifier.AT_LEAST: "≥ ", Qualifier.ABOUT: "about "}


def flow_json(flow: list[StageFlow]) -> dict[str, Any]:
    """Return the flow as the object of `realist flow --json`: numbers in up to three forms, side by side."""
    return {
        "stages": [
            {
                "uid": stage.uid, "name": stage.name, "purpose": stage.purpose,
                "groups": [
                    {"kind": group.kind, "lines": [_line_json(entry) for entry in group.lines]}
                    for group in stage.groups
                ],
            }
            for stage in flow
        ]
    }  # fmt: skip


def _line_json(entry: Line) -> dict[str, Any]:
    reported, derived = entry.reported, entry.derived
    return {
        "step": str(entry.step), "label": entry.label, "computed": entry.computed,
        "reported": reported and {
            "uid": reported.uid, "value": reported.value, "qualifier": str(reported.qualifier),
            "source": reported.source,
        },
        "derived": derived and {"value": derived.value, "from": derived.formula},
        "balanced": entry.balanced,
    }  # fmt: skip


def flow_text(flow: list[StageFlow], width: int) -> str:
    """Return the flow as text: each number under what it is, counted, reported or derived."""
    if not flow:
        return "There is no search stage yet: `realist stage add` makes the first.\n"
    named = {id(group): _names(group) for stage in flow for group in stage.groups}
    names = [name for found in named.values() for name in found]
    size = min(max(map(cell_width, names), default=24), max(width - 40, 24))
    lines: list[str] = []
    for stage in flow:
        lines += wrap(
            f"Stage {stage.name}" + (f": {stage.purpose}" if stage.purpose else ""), width, rest="  "
        )
        lines.append(f"{'':<{size}}{'counted':>9}{'reported':>11}  derived")
        for group in stage.groups:
            if len(stage.groups) > 1 or group.kind:
                lines.append(f"  {group.kind or 'the whole stage'}")
            for entry, name in zip(group.lines, named[id(group)], strict=True):
                lines += _line_text(entry, pad(name, size), width)
        if not stage.groups:
            lines.append("  nothing counted or reported yet")
        lines.append("")
    for words in _LEGEND:
        lines += wrap(words, width, rest="  ")
    return "\n".join(lines) + "\n"


def _names(group: Group) -> list[str]:
    """Return what the lines of a group are called: the parts of a total stand below it, by their label."""
    names, totals = [], set()
    for entry in group.lines:
        if not entry.label:
            totals.add(entry.step)
            names.append(f"    {entry.step}")
        elif entry.step in totals:
            names.append(f"      {line(entry.label)}")
        else:
            names.append(f"    {entry.step}: {line(entry.label)}")
    return names


def _line_text(entry: Line, name: str, width: int) -> list[str]:
    counted = "" if entry.computed is None else f"{entry.computed:,}"
    derived = ""
    if entry.derived:
        differs = "≠ " if entry.balanced is False else ""
        derived = f"{differs}{entry.derived.value:,} = {entry.derived.formula}"
    numbers = f"{name}{counted:>9}{_reported(entry.reported):>11}  "
    return wrap(derived, width, first=numbers, rest=" " * len(numbers)) or [numbers.rstrip()]


def _reported(count: Count | None) -> str:
    if count is None:
        return ""
    if count.value is None:
        return "unknown"
    return f"{_BEFORE.get(count.qualifier, '')}{count.value:,}"
