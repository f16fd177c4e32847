"""Reports as text: the retroduction log, and how the review departed from its plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from realist.queries.changing import Changed, Rows
from realist.queries.retroduction import Inferred, Retroduction, share
from realist.text import line, paragraphs, wrap

PAGE = 100
"""How wide a report is that is written to a file."""
_NONE = "None."


class _Text:
    """Lines of text of at most *width* columns, being written; whatever stands in them is made plain."""

    def __init__(self, width: int) -> None:
        self.width, self.lines = width, list[str]()

    def title(self, text: str, rule: str = "─") -> None:
        """Write a heading with a rule under it."""
        words = line(text)
        self.gap()
        self.lines += [*wrap(words, self.width), rule * min(len(words), self.width)]

    def gap(self) -> None:
        """Leave a line empty, unless one is."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def say(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Write text in as many lines as it takes."""
        lead = " " * len(first) if rest is None else rest
        for place, part in enumerate(paragraphs(text).split("\n")):
            self.lines += wrap(part, self.width, first=lead if place else first, rest=lead)

    def __str__(self) -> str:
        return "\n".join(self.lines).rstrip() + "\n"


def retroduction_json(found: Retroduction) -> dict[str, Any]:
    """Return the retroduction log as the object of `realist report retroduction --json`."""
    elements = [{**one._asdict(), "memos": list(one.memos)} for one in found.inferred]
    return {**share(found), "elements": elements}


def retroduction_text(found: Retroduction, width: int = PAGE) -> str:
    """Return the retroduction log: the sums, every inferred part with its memos, those without one named."""
    text = _Text(width)
    text.title("Retroduction log", "═")
    text.say(_sums(share(found)))
    for one in found.inferred:
        text.title(_title(one))
        how = f"By {one.how}" if one.how else "Nobody said how"
        text.say(f"{how}; {'; '.join(one.papers) or 'of no paper'}; {one.by}, {one.at:%Y-%m-%d}.")
        for memo in one.memos:
            text.say(memo, first="  ~ ")
        if not one.memos:
            text.say("Without a memo: nothing says from what.", first="  ? ")
    if found.bare:
        text.title("Inferred without a memo")
        for one in found.bare:
            text.say(_title(one), first="  ? ")
    return str(text)


def _sums(sums: dict[str, Any]) -> str:
    if not sums["parts"]:
        return "There is no part of a box yet."
    text = (
        f"{sums['inferred']} of {sums['parts']} parts of boxes were inferred ({sums['share']:.0%}):"
        f" {sums['abduction']} by abduction, {sums['retroduction']} by retroduction,"
        f" {sums['not_said']} without saying how; {sums['without_memo']} without a memo."
    )
    if sums["without_basis"]:
        text += f" Of {sums['without_basis']} parts nobody said whether they are stated or inferred."
    return text


def _title(one: Inferred) -> str:
    label = f" {one.label}" if one.label else ""
    return f"Box #{one.number}{label}, {one.kind}: {line(one.text) or 'without wording'}"


def changes_json(found: Changed) -> dict[str, Any]:
    """Return the departures from the plan as the object of `realist report changes --json`."""
    from_log = {
        "questions": found.questions, "criteria": found.criteria, "reopened": found.reopened,
        "late_rounds": found.late,
    }  # fmt: skip
    return {"recorded": found.recorded, "from_the_log": from_log}


def changes_text(found: Changed, width: int = PAGE) -> str:
    """Return the departures from the plan: what people recorded; apart from it, what the log shows."""
    text = _Text(width)
    text.title("Changes in the review process (RAMESES item 5)", "═")
    text.title("Recorded")
    for place, row in enumerate(found.recorded, 1):
        when = f"{row['happened']}; recorded by" if row["happened"] else "Recorded by"
        text.gap()
        text.say(f"{when} {row['by']}, {row['at']:%Y-%m-%d}", first=f"{place}. ")
        for name, words in (("Planned", "planned"), ("Instead", "instead"), ("Why", "reason")):
            text.say(row[words] or "not said", first=f"   {name:<9}")
    if not found.recorded:
        text.say(f"{_NONE} `realist review changed` records one.")
    text.title("From the log: not recorded by anybody, or recorded above")
    _part(text, "Earlier wordings of the question", found.questions, lambda row: row["question"])
    _part(text, "Criteria changed after deciding had begun", found.criteria, _criteria)
    _part(text, "Papers brought back", found.reopened, _reopened)
    _part(text, "Rounds added after deciding had begun", found.late, _late)
    return str(text)


def _criteria(row: dict[str, Any]) -> str:
    return f"{row['round']}: {row['criteria']}"


def _reopened(row: dict[str, Any]) -> str:
    return f"{row['label']} into {row['round']}" + (f": {row['why']}" if row["why"] else "")


def _late(row: dict[str, Any]) -> str:
    return f"{row['round']}, stage {row['stage']}" + (f": {row['purpose']}" if row["purpose"] else "")


def _part(text: _Text, title: str, rows: Rows, words: Callable[[dict[str, Any]], str]) -> None:
    text.gap()
    text.say(f"{title}: {len(rows) or 'none'}")
    for row in rows:
        at: datetime = row["at"]
        act = f", act #{row['act']}" if row.get("act") else ""
        why = f" {row['reason']}" if row.get("reason") else ""
        text.say(f"{line(words(row))} ({row['by']}, {at:%Y-%m-%d}{act}){why}", first="  - ")
