"""What stands on the page of a pattern: boxes side by side, those for and against, a chain, a regularity."""

from __future__ import annotations

from collections.abc import Sequence

from realist.domain.configuration import Box
from realist.domain.patterns.pairs import PartPair, alike_parts, shared
from realist.domain.patterns.wording import side_of
from realist.text import line, pad
from tui.gateway.patterns import (
    Chain,
    Group,
    Known,
    Linked,
    Recurrent,
    Regular,
    box_name,
    case_said,
    chain_lines,
    counts,
    pattern_name,
    reach,
    stands,
)
from tui.sheets.abreast import GAP, NAME, Cell, Field, columns, rows
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

_TELLING = 8


def group_sheet(sheet: Sheet, group: Group, known: Known, left: int) -> None:
    """Write a group: its first box with some others beside it, what all share, every box with its reason."""
    of = known.of
    boxes = {box.uid: box for box in of.boxes}
    many, wide = columns(sheet.width, len(group.members))
    others = group.members[1:]
    left = min(left, max(len(others) - 1, 0))
    some = [boxes[group.members[0].uid], *(boxes[one.uid] for one in others[left : left + many - 1])]
    spans = [Span(" " * NAME)]
    for place, box in enumerate(some):
        spans += [Span(" " * GAP)] if place else []
        label = f" {box.label}" if box.label else ""
        spans.append(Span(pad(f"#{of.numbers[box.uid]}{label}", wide), "heading"))
    sheet.spans(*spans)
    for spans in rows(beside(some), sheet.width, 0):
        sheet.spans(*spans)
    more = len(group.members) - len(some)
    if more:
        sheet.text(f"{more} more: > and < show them beside the first.", "muted")
    sheet.heading("Shared", f"{group.score} %")
    for side, words in group.words.items():
        sheet.field(side, ", ".join(f"{word} {n}" for word, n in words[:_TELLING]))
    sheet.field("tags", ", ".join(f"{name} {n}" for _, name, n in group.tags))
    sheet.heading("Boxes", reach(of.behind(group.uids)))
    for member in group.members:
        name = box_name(boxes[member.uid], of.numbers[member.uid], max(sheet.width - 8, 20))
        sheet.spans(Span(f"{member.score:>3} %  ", "muted"), Span(name), target=Target("box", member.uid))
        papers = "; ".join(of.labels[paper] for paper in of.papers[member.uid])
        tags = f" · same tags: {', '.join(member.tags.values())}" if member.tags else ""
        target = Target("box", member.uid)
        sheet.text(f"{papers or 'of no paper'}{tags}", "muted", first=" " * 7, target=target)


def beside(boxes: Sequence[Box]) -> list[Field]:
    """Return the rows of boxes side by side: a part of the first, and what is like it in the others.

    Words that are shared with the first (in the first: with any) are marked. A part that is like none stands
    in the row of one of its side that is like none either, else below; a row without like parts has ``≠``.
    """
    first, others = boxes[0], boxes[1:]
    pairs = [alike_parts(first, other) for other in others]
    placed = [_placed(first, other, of) for other, of in zip(others, pairs, strict=True)]
    found = []
    for place, part in enumerate(first.parts):
        ats = [of.get(place) for of in placed]
        texts = ["" if at is None else other.parts[at].text for other, at in zip(others, ats, strict=True)]
        marks = {range_ for text in texts for range_ in shared(part.text, text)}
        cells = [Cell(_worded(first, place), sorted(marks))]
        for other, at, text in zip(others, ats, texts, strict=True):
            worded = "–" if at is None else _worded(other, at)
            cells.append(Cell(worded, shared(text, part.text), "muted" if at is None else ""))
        like = [pair for of in pairs for pair in of if pair.one == place]
        sign = "±" if any(pair.opposed for pair in like) else "=" if like else "≠"
        found.append(Field(str(part.kind)[: NAME - 2], sign, tuple(cells)))
    return [*found, *_below(others, placed)]


def _placed(first: Box, other: Box, pairs: Sequence[PartPair]) -> dict[int, int]:
    """Return which part of *other* stands beside which of *first*: what is alike, then what is of a side."""
    found = {pair.one: pair.other for pair in pairs}
    for at, part in enumerate(other.parts):
        if at not in found.values():
            side = side_of(part.kind)
            free = (n for n, one in enumerate(first.parts) if n not in found and side_of(one.kind) == side)
            if (place := next(free, None)) is not None:
                found[place] = at
    return found


def _below(others: Sequence[Box], placed: Sequence[dict[int, int]]) -> list[Field]:
    """Return the rows of parts that stand beside none of the first box."""
    rest = [
        [at for at in range(len(box.parts)) if at not in of.values()]
        for box, of in zip(others, placed, strict=True)
    ]
    found = []
    for place in range(max(map(len, rest), default=0)):
        parts = [
            (box, ats[place]) if place < len(ats) else None for box, ats in zip(others, rest, strict=True)
        ]
        name = next(str(one[0].parts[one[1]].kind) for one in parts if one)
        cells = [Cell(""), *(Cell(_worded(*one)) if one else Cell("") for one in parts)]
        found.append(Field(name[: NAME - 2], "≠", tuple(cells)))
    return found


def _worded(box: Box, place: int) -> str:
    """Return the words of a part, its valence after them, so that marks stay where they are."""
    part = box.parts[place]
    sign = f" ({part.valence})" if part.valence else ""
    return f"{line(part.text)}{sign}"


def recurrent_sheet(sheet: Sheet, one: Recurrent, known: Known) -> None:
    """Write a pair that recurs: what it is, what stands for it, the boxes, the counter-examples."""
    sheet.text(pattern_name(one), "heading")
    sheet.text(counts(one))
    for heading, uids in (
        ("Shown by", one.shows), ("Counter-examples", one.counters), ("Mixed or no change", one.mixed),
        ("The same context, other outcomes", one.otherwise),
    ):  # fmt: skip
        if uids:
            sheet.heading(heading, str(len(uids)))
            _boxes(sheet, uids, known)


def _boxes(sheet: Sheet, uids: Sequence[str], known: Known) -> None:
    of = known.of
    boxes = {box.uid: box for box in of.boxes}
    for uid in uids:
        name = box_name(boxes[uid], of.numbers[uid], max(sheet.width - 2, 20))
        sheet.spans(Span(name), target=Target("box", uid))
        sheet.text(
            "; ".join(of.labels[paper] for paper in of.papers[uid]) or "of no paper", "muted", first="  "
        )


def chain_sheet(sheet: Sheet, chain: Chain, known: Known) -> None:
    """Write a chain as text, and below it its boxes."""
    linked = Linked(known.of)
    sheet.lines("\n".join(chain_lines(chain, linked, max(sheet.width, 40))))
    for loop in chain.loops:
        sheet.field("loop", linked.loop(loop), style="accent")
    sheet.heading("Boxes", reach(known.of.behind(chain.boxes)))
    _boxes(sheet, chain.boxes, known)


def regular_sheet(sheet: Sheet, one: Regular, known: Known) -> None:
    """Write a regularity: what it says, what it is about, the boxes for and against it."""
    sheet.text(one.name, "heading")
    sheet.text(one.wording)
    sheet.field("stands", stands(one))
    for kind, named in (("context", one.context), ("mechanism", one.mechanism), ("outcome", one.outcome)):
        sheet.field(kind, named.name if named else "")
    sheet.field("named by", one.by)
    sheet.heading("Boxes")
    for case in one.cases:
        text = case_said(case, known.of, max(sheet.width - 12, 20))
        sheet.text(text, "accent" if case.counter else "", rest="  ", target=Target("box", case.box))
