"""Boxes that are alike as text and JSON, each with the reason why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from realist.domain.configuration import Box
from realist.domain.notation import write
from realist.domain.patterns.alike import Group, Member
from realist.domain.patterns.counting import Behind
from realist.domain.patterns.pairs import alike_parts
from realist.queries.patterns import Accounts
from realist.text import shorten, wrap

_TELLING = 6


def reach(of: Behind) -> str:
    """Return how many papers there are: "3 papers (2 studies)", the studies where they are fewer."""
    papers = f"{of.papers} paper{'' if of.papers == 1 else 's'}"
    return papers if of.studies == of.papers else f"{papers} ({of.studies} independent)"


def box_name(box: Box, number: int, width: int = 60) -> str:
    """Return how lists name a box: number, label, and its title or what it says."""
    label = f" {box.label}" if box.label else ""
    return shorten(f"#{number}{label} {box.title or write(box.parts) or box.narrative}", max(width, 12))


def groups_text(groups: Sequence[Group], of: Accounts, width: int) -> str:
    """Return groups of boxes as text: what they share, and each box with what it shares and how far."""
    if not groups:
        return f"None of {len(of.boxes)} boxes is like another, as far as their words and tags tell.\n"
    lines: list[str] = []
    known = {box.uid: box for box in of.boxes}
    for number, group in enumerate(groups, 1):
        head = (
            f"{number}. {len(group.members)} boxes of {reach(of.behind(group.uids))}, alike {group.score} %"
        )
        lines += [head, "─" * min(len(head), width)]
        for side, words in group.words.items():
            said = ", ".join(f"{word} {n}" for word, n in words[:_TELLING])
            lines += wrap(f"{side}: {said}", width, first="  ", rest="    ")
        if group.tags:
            tags = ", ".join(f"{name} {n}" for _, name, n in group.tags)
            lines += wrap(f"tags: {tags}", width, first="  ", rest="    ")
        first = known[group.members[0].uid]
        for member in group.members:
            lines += _member_lines(member, first, known[member.uid], of, width)
        lines.append("")
    alone = len(of.boxes) - sum(len(group.members) for group in groups)
    lines.append(f"{alone} of {len(of.boxes)} boxes are in no group.")
    return "\n".join(lines) + "\n"


def like_text(box: Box, found: Sequence[Member], of: Accounts, width: int) -> str:
    """Return the boxes that are like one box as text, with the parts that are alike."""
    name = box_name(box, of.numbers[box.uid], width - 4)
    if not found:
        return f"No box is like {name}, as far as words and tags tell.\n"
    known = {one.uid: one for one in of.boxes}
    lines = [*wrap(name, width), "─" * min(width, 72)]
    for member in found:
        lines += _member_lines(member, box, known[member.uid], of, width)
    return "\n".join(lines) + "\n"


def _member_lines(member: Member, first: Box, box: Box, of: Accounts, width: int) -> list[str]:
    """Return a box of a group: its score, what it shares, and which parts are like those of the first."""
    lines = wrap(
        f"{member.score:>3} %  {box_name(box, of.numbers[box.uid], width - 8)}", width, rest="       "
    )
    if member.tags:
        lines += wrap("same tags: " + ", ".join(member.tags.values()), width, first=" " * 7, rest=" " * 9)
    if box.uid == first.uid:
        words = "; ".join(f"{side}: {', '.join(some[:_TELLING])}" for side, some in member.words.items())
        return lines + (
            wrap(f"says as others do: {words}", width, first=" " * 7, rest=" " * 9) if words else []
        )
    pairs = alike_parts(box, first)
    for pair in pairs:
        kind = box.parts[pair.one].kind
        words = ", ".join(pair.words) or "letters"
        against = ", but + here and - there" if pair.opposed else ""
        text = f"{kind} like that of #{of.numbers[first.uid]} ({pair.score} %{against}): {words}"
        lines += wrap(text, width, first=" " * 7, rest=" " * 9)
    if not pairs and member.words:
        words = "; ".join(f"{side}: {', '.join(some[:_TELLING])}" for side, some in member.words.items())
        lines += wrap(f"says as others do: {words}", width, first=" " * 7, rest=" " * 9)
    return lines


def groups_json(groups: Sequence[Group], of: Accounts) -> list[dict[str, Any]]:
    """Return groups as the list of `realist pattern similar --json`."""
    known = {box.uid: box for box in of.boxes}
    return [
        {
            "score": group.score,
            "papers": of.behind(group.uids).papers,
            "studies": of.behind(group.uids).studies,
            "words": {
                side: [{"word": w, "boxes": n} for w, n in words] for side, words in group.words.items()
            },
            "tags": [{"uid": uid, "name": name, "boxes": n} for uid, name, n in group.tags],
            "boxes": [member_json(member, known[group.members[0].uid], of) for member in group.members],
        }
        for group in groups
    ]


def member_json(member: Member, first: Box, of: Accounts) -> dict[str, Any]:
    """Return a box of a group with why it is there; ``alike`` are its parts beside those of *first*."""
    box = of.named(member.uid)
    pairs = alike_parts(box, first) if box.uid != first.uid else ()
    return {
        "uid": member.uid,
        "number": of.numbers[member.uid],
        "label": box.label,
        "papers": [{"uid": uid, "label": of.labels[uid]} for uid in of.papers[member.uid]],
        "score": member.score,
        "evidence": member.evidence,
        "sides": dict(member.sides),
        "words": {side: list(words) for side, words in member.words.items()},
        "tags": [{"uid": uid, "name": name} for uid, name in member.tags.items()],
        "alike": [
            {
                "part": box.elements[pair.one].uid, "to": first.elements[pair.other].uid, "score": pair.score,
                "words": list(pair.words), "opposed": pair.opposed,
            }
            for pair in pairs
        ],
    }  # fmt: skip
