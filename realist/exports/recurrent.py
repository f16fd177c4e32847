"""Patterns of context and outcome as text and JSON, with their counter-examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from realist.domain.patterns.counting import Behind
from realist.domain.patterns.recurrent import Named, Recurrent
from realist.exports.patterns import box_name, reach
from realist.queries.patterns import Accounts
from realist.text import wrap

_LISTED = (("shows", "shown by"), ("counters", "counter-example"), ("mixed", "mixed or no change"))


def pattern_name(one: Recurrent) -> str:
    """Return a pattern as one writes it: context (C) → mechanism (M) → outcome (O+)."""
    sign = "–" if one.direction == "-" else one.direction
    parts = [f"{_said(one.context)} (C)"]
    if one.mechanism:
        parts.append(f"{_said(one.mechanism)} (M)")
    return " → ".join([*parts, f"{_said(one.outcome)} (O{sign})"])


def _said(named: Named) -> str:
    return f"“{named.name}”" if named.worded else named.name


def recurrent_text(found: Sequence[Recurrent], of: Accounts, least: int, width: int) -> str:
    """Return patterns as text: each with its papers, for and against, and the boxes behind both."""
    if not found:
        of_ = reach(Behind(least, least))
        what = f"No named context with a named outcome is shown by {of_}"
        return f"{what}: tag parts of boxes, or ask with --worded.\n"
    known = {box.uid: box for box in of.boxes}
    lines: list[str] = []
    for number, one in enumerate(found, 1):
        lines += wrap(f"{number}. {pattern_name(one)}", width, rest="   ")
        lines += wrap(counts(one), width, first="   ", rest="   ")
        for what, heading in _LISTED:
            for uid in getattr(one, what):
                papers = "; ".join(of.labels[paper] for paper in of.papers[uid]) or "no paper"
                name = box_name(known[uid], of.numbers[uid], width - len(heading) - 8)
                lines += wrap(f"{heading}: {name} · {papers}", width, first="   ", rest="      ")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def counts(one: Recurrent) -> str:
    """Return what stands behind a pattern, in words."""
    against = f"{reach(one.against)} against" if one.counters else "no counter-example"
    more = [f"{len(one.mixed)} mixed or no change"] if one.mixed else []
    if one.otherwise:
        more.append(f"{len(one.otherwise)} of this context with other outcomes only")
    return " · ".join([f"{reach(one.count)} for", against, *more])


def recurrent_json(found: Sequence[Recurrent], of: Accounts) -> list[dict[str, Any]]:
    """Return patterns as the list of `realist pattern recurrent --json`."""
    known = {box.uid: box for box in of.boxes}

    def named(one: Named | None) -> dict[str, Any] | None:
        by = "wording" if one and one.worded else "tag"
        return {"uid": one.uid, "name": one.name, "by": by} if one else None

    def boxes(uids: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {
                "uid": uid, "number": of.numbers[uid], "label": known[uid].label,
                "papers": [{"uid": paper, "label": of.labels[paper]} for paper in of.papers[uid]],
            }
            for uid in uids
        ]  # fmt: skip

    def count(of_: Behind) -> dict[str, int]:
        return {"papers": of_.papers, "studies": of_.studies}

    return [
        {
            "context": named(one.context), "mechanism": named(one.mechanism), "outcome": named(one.outcome),
            "direction": one.direction, "for": count(one.count), "against": count(one.against),
            "shows": boxes(one.shows), "counters": boxes(one.counters), "mixed": boxes(one.mixed),
            "otherwise": boxes(one.otherwise),
        }
        for one in found
    ]  # fmt: skip
