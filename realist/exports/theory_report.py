"""The page on how a review's theory came about, as text: statements, mechanisms' lives, excerpts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from realist.exports.theories import SIGNS, box_called
from realist.text import cell_width, line, pad, paragraphs, shorten, wrap

Row = dict[str, Any]
_CHANGED = {"added": "first said", "reworded": "reworded", "dropped": "left out"}
_UNPLACED = {"evidence": "citation", "boxes": "box", "tags": "tag"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def theory_report(found: Row, width: int) -> str:
    """Return the page for what :func:`realist.queries.theory_story.story` tells, *width* columns wide."""
    lines: list[str] = []
    of = [row for row in found["theories"] if row["kind"] == "programme"]
    beside = [row for row in found["theories"] if row["kind"] != "programme"]
    lines += [*_title("How the theory came about", width), *_shares(found["shares"], width), ""]
    if not of:
        lines += [*wrap("No programme theory is written in statements yet.", width), ""]
    for row in of:
        lines += [*_theory(row, width), ""]
    for row in beside:
        lines += [*_beside(row, width), ""]
    lines += _lives(found["mechanisms"], width)
    return "\n".join(lines).rstrip() + "\n"


def _title(text: str, width: int) -> Iterator[str]:
    shown = shorten(text, width)
    yield shown
    yield "─" * min(cell_width(shown), width)


def _shares(shares: Sequence[Row], width: int) -> Iterator[str]:
    """Say which share of each rests on no excerpt; of none there is no share."""
    for row in shares:
        if row["all"]:
            per_cent = f"{100 * row['without'] / row['all']:.0f} %"
            said = f"{row['without']} of {row['all']} {row['what']} ({per_cent}) have no excerpt"
        else:
            said = f"no {row['what']} yet"
        yield from wrap(f"{said[:1].upper()}{said[1:]}.", width, rest="  ")


def _flowed(text: str, width: int, indent: str, first: str = "") -> Iterator[str]:
    for place, part in enumerate(paragraphs(text).split("\n")):
        yield from wrap(part, width, first=indent + ("" if place else first), rest=indent + "  ") or [""]


def _theory(row: Row, width: int) -> Iterator[str]:
    yield from _title(f"T{row['number']} {line(row['name'])}", width)
    for one in row["versions"]:
        yield from _version(one, width)
    for one in row["statements"]:
        yield ""
        yield from _statement(one, width)


def _version(one: Row, width: int) -> Iterator[str]:
    head = " · ".join(filter(None, (one["stage"], line(one["label"]), line(one["dated"]))))
    yield from wrap(f"v{one['number']} {head}, {one['by']} {one['at']:%Y-%m-%d}", width, rest="  ")
    if one["reason"]:
        yield from _flowed(one["reason"], width, "    ")
    for name in one["moved_by"]:
        yield from wrap(f"moved by {line(name)}", width, first="    ", rest="      ")


def _statement(one: Row, width: int) -> Iterator[str]:
    name = f" {line(one['name'])}" if one["name"] else ""
    rank = f" [{line(one['priority'])}]" if one["priority"] else ""
    yield from wrap(f"p{one['number']}{name}{rank}", width)
    yield from _flowed(one["said"], width, "  ")
    if not one["strength"]["excerpts"]:
        yield "  No excerpt stands behind it."
    if one["strength"]["thin"]:
        yield from wrap(f"thin: {', '.join(one['strength']['thin'])}", width, first="  ")
    for step in one["history"]:
        yield from _step(step, width)
    for row in one["ranked"]:
        said = f"prioritised {row['rank']}, {row['by']} {row['at']:%Y-%m-%d}: {line(row['reason'])}"
        yield from wrap(said, width, first="  ", rest="    ")
    for row in one["situated"]:
        said = f"in T{row['number']} {line(row['name'])}, {row['by']}: {line(row['reason'])}"
        yield from wrap(said, width, first="  ", rest="    ")
    for row in one["bearing"]:
        yield from _bearing(row, width)


def _step(step: Row, width: int) -> Iterator[str]:
    what = _CHANGED.get(step["state"], step["state"])
    yield from wrap(
        f"v{step['number']} {what}, {step['by']} {step['at']:%Y-%m-%d}: {line(step['reason'])}".rstrip(": "),
        width, first="  ", rest="    ",
    )  # fmt: skip
    if step["state"] == "reworded":
        signs = {"-": ("[-", "-]"), "+": ("{+", "+}"), "": ("", "")}
        words = " ".join(
            f"{signs[piece['mark']][0]}{piece['words']}{signs[piece['mark']][1]}" for piece in step["words"]
        )
        yield from _flowed(words, width, "      ")
    for name in step["moved_by"]:
        yield from wrap(f"moved by {line(name)}", width, first="      ", rest="        ")


def _bearing(row: Row, width: int) -> Iterator[str]:
    what = box_called(row["number"], row["called"]) if row["kind"] == "box" else line(row["called"])
    carried = f", carried from v{row['version']}" if row["carried"] else ""
    sign = SIGNS.get(row["stance"], "·")
    yield from wrap(f"{sign} {what}: {row['stance']}, {row['by']}{carried}", width, first="  ", rest="    ")
    if row["reason"]:
        yield from _flowed(row["reason"], width, "      ")
    through = 0
    for part in row["parts"]:
        if part["through"] and part["number"] != through:
            through = part["number"]
            yield from wrap(f"rests on {box_called(through, part['called'])}", width, first="      ")
        if part["kind"] != "claim":
            basis = f", {part['basis']}" if part["basis"] else ""
            yield from wrap(f"{part['kind']}{basis}: {line(part['words'])}", width, first="      ",
                            rest="        ")  # fmt: skip
        for one in part["rests"]:
            yield from _rests(one, width)
        if not part["rests"]:
            yield "          rests on nothing that is recorded"


def _rests(one: Row, width: int) -> Iterator[str]:
    if one["kind"] != "excerpt":
        yield from wrap(f"{one['kind']}: {line(one['words'])}", width, first=" " * 10, rest=" " * 12)
        return
    words = f"“{line(one['words'])}” " if one["words"] else ""
    whose = ", ".join(filter(None, (line(one["label"]), line(one["place"]), f"kept by {one['by']}")))
    yield from wrap(f"{words}{whose}", width, first=" " * 10, rest=" " * 12)


def _beside(row: Row, width: int) -> Iterator[str]:
    yield from _title(f"T{row['number']} {line(row['name'])} ({row['kind']}; not counted as a paper)", width)
    if row["source"]:
        yield from wrap(line(row["source"]), width, first="  ", rest="  ")
    for one in row["statements"]:
        yield from _flowed(one["said"], width, "  ", f"p{one['number']} ")
    for one in row["explains"]:
        how = f": {line(one['how'])}" if one["how"] else ""
        said = f"explains {line(one['called'])}, {one['by']}{how}"
        yield from wrap(said, width, first="  ", rest="    ")


# -- mechanisms -----------------------------------------------------------------------------------------


def _lives(found: Row, width: int) -> Iterator[str]:
    yield from _title("The lives of mechanisms", width)
    if not found["mechanisms"]:
        yield "No mechanism was proposed yet."
        return
    for row in found["lists"]:
        yield from _list(row, width)
    for row in found["orders"]:
        yield from _order(row, width)
    yield from _merges(found["merges"], width)
    yield from _bare(found, width)
    yield from _moves(found["mechanisms"], width)


def _list(row: Row, width: int) -> Iterator[str]:
    n = sum(1 for item in row["items"] if item["uid"])
    others = len(row["items"]) - n
    heads = f" and {_count(others, 'heading')} that names no mechanism" if others == 1 else (
        f" and {_count(others, 'heading')} that name no mechanism" if others else ""
    )  # fmt: skip
    where = " · ".join(filter(None, (line(row["dated"]), line(row["source"]))))
    yield ""
    yield from wrap(
        f"{line(row['name'])}: {_count(n, 'mechanism')}{heads}. {where}".rstrip(), width, rest="  "
    )
    for place, item in enumerate(row["items"], 1):
        after = f", proposed after {line(item['after'])}" if item["after"] else ""
        yield from wrap(f"{place:>2}  {line(item['printed'])}{after}", width, first="  ", rest="      ")
    for one in row["lineage"]:
        of = f"From {line(one['from'])}: lineage" if one["from"] else "How it came from an earlier list:"
        yield from wrap(
            f"{of} {one['lineage']}. {line(one['note'])}".rstrip(), width, first="  ", rest="    "
        )


def _order(row: Row, width: int) -> Iterator[str]:
    many = f"{_number(row['different']).capitalize()} column order" + ("" if row["different"] == 1 else "s")
    yield ""
    yield from wrap(f"{many} of {row['shared']} mechanisms: {', '.join(map(line, row['lists']))}.", width)
    sizes = [max(cell_width(shorten(line(name), 20)), 3) for name in row["lists"]]
    room = max(width - sum(sizes) - 2 * len(sizes) - 2, 20)
    head = "  ".join(pad(shorten(line(n), 20), size) for n, size in zip(row["lists"], sizes, strict=True))
    yield f"  {'':<{room}}  {head}".rstrip()
    for one in row["rows"]:
        places = ("–" if place is None else str(place) for place in one["places"])
        cells = "  ".join(pad(text, size, right=True) for text, size in zip(places, sizes, strict=True))
        yield f"  {pad(shorten(line(one['name']), room), room)}  {cells}".rstrip()


def _merges(merges: Sequence[Row], width: int) -> Iterator[str]:
    """Say what went into what; those with the same targets for the same reason stand together."""
    together: dict[tuple[Any, ...], list[Row]] = {}
    for row in merges:
        key = (tuple(one["uid"] for one in row["into"]), row["reason"])
        together.setdefault(key, []).append(row)
    for rows in together.values():
        into = rows[0]["into"]
        what = "mechanism was" if len(rows) == 1 else "mechanisms were"
        how = "dissolved" if len(into) > 1 else "merged"
        yield ""
        yield from wrap(
            f"{_number(len(rows)).capitalize()} {what} {how} into {_number(len(into))}:"
            f" {'; '.join(line(row['name']) for row in rows)}.",
            width, rest="  ",
        )  # fmt: skip
        yield from wrap(
            f"into {'; '.join(line(one['name']) for one in into)}", width, first="  ", rest="    "
        )
        yield from wrap(f"{rows[0]['by']}: {line(rows[0]['reason'])}", width, first="  ", rest="    ")
        if len(into) > 1:
            yield from wrap(_unplaced(rows), width, first="  ", rest="    ")


def _unplaced(rows: Sequence[Row]) -> str:
    waiting = {what: sum(row["unplaced"][what] for row in rows) for what in _UNPLACED}
    said = [_count(n, _UNPLACED[what]) for what, n in waiting.items() if n]
    if not said:
        return "All that was given to them is placed."
    return f"{', '.join(said).capitalize()} unplaced: nobody has said under which of them."


def _bare(found: Row, width: int) -> Iterator[str]:
    if not found["bare"]:
        return
    n = len(found["bare"])
    of = f" of {line(found['of'])}" if found["of"] else ""
    yield ""
    yield from wrap(
        f"{_number(n).capitalize()} mechanism{'' if n == 1 else 's'}{of} without evidence:", width
    )
    for row in found["bare"]:
        yield from wrap(f"M{row['number']} {line(row['name'])}", width, first="  ", rest="    ")
        if row["note"]:
            yield from _flowed(row["note"], width, "    ")
        if row["of_two_minds"]:
            yield "    People who were asked are of two minds:"
        for one in row["said"]:
            whose = ", ".join(filter(None, (line(one["who"]), line(one["consultation"]))))
            yield from wrap(f"{one['voice']}: {line(one['words'])} ({whose})".replace(" ()", ""), width,
                            first="    ", rest="      ")  # fmt: skip


def _moves(mechanisms: Sequence[Row], width: int) -> Iterator[str]:
    """Tell what was decided of each mechanism, where anything was beside that it was proposed."""
    told = [
        row for row in mechanisms if row["moves"] or any(one["fate"] != "proposed" for one in row["fates"])
    ]
    if not told:
        return
    yield ""
    yield "What was decided of each:"
    for row in told:
        yield from wrap(
            f"M{row['number']} {line(row['name'])}: {row['fate']}", width, first="  ", rest="    "
        )
        for one in row["fates"]:
            after = f" after {line(one['consultation'])}" if one["consultation"] else ""
            said = f"{one['fate']}{after}, {one['by']}: {line(one['reason'])}".rstrip(": ")
            yield from wrap(said, width, first="    ", rest="      ")
        for one in row["moves"]:
            moved = f" (moved by {'; '.join(map(line, one['moved_by']))})" if one["moved_by"] else ""
            said = f"{one['kind']}, {one['by']}: {line(one['reason'])}{moved}"
            yield from wrap(said, width, first="    ", rest="      ")


def _number(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)


def _count(n: int, noun: str) -> str:
    many = noun if n == 1 else f"{noun}es" if noun.endswith("x") else f"{noun}s"
    return f"{_number(n)} {many}"
