"""Demi-regularities as text and JSON."""

from __future__ import annotations

from typing import Any

from realist.domain.patterns.counting import Behind
from realist.exports.patterns import box_name, reach
from realist.queries.beside import Rows
from realist.queries.patterns import Accounts
from realist.queries.regularities import CaseOf, Regular
from realist.text import paragraphs, wrap


def stands(one: Regular) -> str:
    """Return what stands behind a regularity: "3 papers for, 1 paper against"."""
    return f"{reach(one.for_)} for, {reach(one.against)} against"


def case_said(case: CaseOf, of: Accounts, width: int) -> str:
    """Return how a box stands to its regularity, with its papers."""
    box = next((box for box in of.boxes if box.uid == case.box), None)
    name = box_name(box, case.number, width) if box else f"#{case.number} {case.label} (does not count now)"
    papers = "; ".join(of.labels[paper] for paper in of.papers.get(case.box, ()))
    note = f" — {case.note}" if case.note else ""
    return f"{'against' if case.counter else 'for'}: {name}{f' · {papers}' if papers else ''}{note}"


def regularity_text(one: Regular, of: Accounts, memos: Rows, width: int) -> str:
    """Return one regularity as text: what it says, what it is about, its boxes, its memos."""
    lines = [*wrap(f"#{one.number} {one.name}", width), "─" * min(width, 72)]
    for part in paragraphs(one.wording).split("\n"):
        lines += wrap(part, width)
    about = [f"{kind}: {named.name}" for kind, named in _about(one).items() if named]
    lines += wrap(" · ".join([stands(one), *about, f"named by {one.by}"]), width)
    if one.ended:
        lines += wrap(f"Given up: {one.ended}", width)
    lines.append("")
    for case in one.cases:
        lines += wrap(case_said(case, of, max(width - 20, 20)), width, first="  ", rest="    ")
    for memo in memos:
        lines += wrap(f"memo ({memo['by']}): {memo['text']}", width, first="  ", rest="    ")
    return "\n".join(lines).rstrip() + "\n"


def _about(one: Regular) -> dict[str, Any]:
    return {"context": one.context, "mechanism": one.mechanism, "outcome": one.outcome}


def regularity_json(one: Regular, of: Accounts) -> dict[str, Any]:
    """Return one regularity as JSON."""

    def count(side: Behind) -> dict[str, int]:
        return {"papers": side.papers, "studies": side.studies}

    return {
        "uid": one.uid, "number": one.number, "name": one.name, "wording": one.wording,
        **{kind: named and named._asdict() for kind, named in _about(one).items()},
        "ended": one.ended, "by": one.by, "at": one.at, "for": count(one.for_), "against": count(one.against),
        "cases": [
            {
                "uid": case.box, "number": case.number, "label": case.label, "counter": case.counter,
                "note": case.note, "counts": case.counts,
                "papers": [{"uid": uid, "label": of.labels[uid]} for uid in of.papers.get(case.box, ())],
            }
            for case in one.cases
        ],
    }  # fmt: skip
