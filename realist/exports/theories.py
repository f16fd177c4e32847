"""Theories as text and JSON: a version with what bears on it, two versions beside each other, strength."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from realist.domain.theories import Differing
from realist.domain.wording import CAME, GONE
from realist.queries.theories import Rows, Standing, borne_row, statement_row, version_row
from realist.queries.theory_bearing import BOX, Borne
from realist.queries.theory_strength import Strength
from realist.queries.theory_versions import Version
from realist.text import line, paragraphs, shorten, wrap
from realist.vocabulary import Stance

SIGNS: Mapping[str, str] = {
    Stance.SUPPORTS: "+", Stance.WEAKENS: "−", Stance.MODIFIES: "~", Stance.REFOCUSES: "↻",
    Stance.NOT_JUDGED: "?",
}  # fmt: skip
"""How stances are written."""
_KINDS = {"programme": "programme theory", "middle-range": "theory of the middle range"}
WHOLE = "On the version as a whole"


def standing_json(at: Standing, explains: Rows) -> dict[str, Any]:
    """Return a theory at a version, and what it explains, as the object of `realist theory show --json`."""
    return {
        **at.about,
        "explains": explains,
        "version": version_row(at.version, at.moved.get(at.version.move, ())),
        "statements": [
            {
                **statement_row(one),
                "bearing": [borne_row(row) for row in at.on(one.part)],
                "strength": at.strengths[one.part].told,
                "situated": at.situated.get(one.part, []),
            }
            for one in at.version.statements
        ],
        "bearing": [borne_row(row) for row in at.on("")],
        "strength": {**at.whole.told, "set": at.around.of_set},
        "versions": [version_row(one, at.moved.get(one.move, ())) for one in at.versions],
    }


def standing_text(at: Standing, explains: Rows, width: int) -> str:
    """Return a theory at a version as a lead pastes it: statements, and under each what bears on it."""
    lines = [*_head(at, width), ""]
    for one in at.version.statements:
        name = f"  {line(one.name)}" if one.name else ""
        rank = f"  [{line(one.priority)}]" if one.priority else ""
        lines += wrap(f"p{one.number}{name}{rank}", width)
        lines += _flowed(one.said, width, "    ")
        lines += wrap(strength_line(at.strengths[one.part]), width, first="    ", rest="      ")
        lines += _thin(at.strengths[one.part], width)
        for row in at.situated.get(one.part, ()):
            said = f"in T{row['number']} {row['name']}: {row['reason']}"
            lines += wrap(line(said), width, first="    ", rest="      ")
        lines += [*_bearing(at.on(one.part), width), ""]
    if not at.version.statements:
        lines += ["No statement stands in this version yet.", ""]
    if whole := at.on(""):
        lines += [WHOLE, *_bearing(whole, width), ""]
    if explains:
        lines += [*explained_lines(explains, width), ""]
    lines += wrap(f"In all: {strength_line(at.whole)}", width, rest="  ")
    if at.around.of_set:
        lines += wrap(f"Papers of the set {at.around.of_set!r}; papers about one study count once.", width)
    return "\n".join(lines) + "\n"


def explained_lines(explains: Rows, width: int) -> list[str]:
    """Return what a theory explains, a line each."""
    lines: list[str] = []
    for row in explains:
        how = f": {line(row['how'])}" if row["how"] else ""
        lines += wrap(f"explains {line(row['called'])}, {row['by']}{how}", width, rest="  ")
    return lines


def _head(at: Standing, width: int) -> Iterator[str]:
    about, version = at.about, at.version
    yield from wrap(f"T{about['number']} {line(about['name'])}", width, rest="  ")
    yield from wrap(
        " · ".join(
            filter(
                None,
                (
                    _KINDS.get(about["kind"], f"{about['kind']} theory"),
                    f"version {version.number} of {len(at.versions)}, {version.stage}",
                    line(version.label), line(version.dated), f"{version.by} {version.at:%Y-%m-%d}",
                ),
            )
        ),
        width, rest="  ",
    )  # fmt: skip
    for name, text in (("source", about["source"]), ("note", about["note"]), ("why", version.reason)):
        if text:
            yield from _flowed(text, width, "  ", f"{name}: ")
    for name in at.moved.get(version.move, ()):
        yield from wrap(f"moved by {line(name)}", width, first="  ", rest="    ")


def _flowed(text: str, width: int, indent: str, first: str = "") -> list[str]:
    rows: list[str] = []
    for place, part in enumerate(paragraphs(text).split("\n")):
        rows += wrap(part, width, first=indent + ("" if place else first), rest=indent) or [""]
    return rows


def _thin(strength: Strength, width: int) -> list[str]:
    return wrap(f"thin: {', '.join(strength.thin)}", width, first="    ") if strength.thin else []


def _bearing(rows: Sequence[Borne], width: int) -> Iterator[str]:
    for one in rows:
        yield from wrap(bearing_line(one), width, first="      ", rest="        ")
        if one.reason:
            yield from _flowed(one.reason, width, "          ")


def box_called(number: int, name: str) -> str:
    """Return a box by its number and what else it is called; a label that is the number is said once."""
    rest = line(name).removeprefix(f"#{number}").removeprefix(f"{number} ")
    return f"box #{number} {'' if rest == str(number) else rest}".rstrip()


def bearing_line(one: Borne) -> str:
    """Return something that bears on a theory in one line: sign, name, stance, whose, whether carried."""
    called = box_called(one.number, one.called) if one.kind == BOX else line(one.called)
    carried = f", carried from v{one.version}" if one.carried else ""
    mark = f" ({one.extraction})" if one.extraction else ""
    return (
        f"{SIGNS.get(one.stance, '·')} {shorten(called.rstrip(), 100)}: {one.stance}, {one.by}{carried}{mark}"
    )


def strength_line(of: Strength) -> str:
    """Return in one line how strong something stands."""
    if not (of.boxes or of.evidence):
        outside = f"; {_n(of.outside, 'paper')} outside the set" if of.outside else ""
        return f"nothing bears on it yet{outside}{_voices(of)}"
    papers = _n(of.independent, "independent paper")
    if of.independent != len(of.papers):
        papers += f" ({_n(len(of.papers), 'paper')})"
    signs = " ".join(f"{SIGNS.get(stance, stance)}{n}" for stance, n in of.stances.items())
    pieces = [
        papers, signs,
        f"{_n(of.boxes, 'box')}, {_n(of.evidence, 'claim')}, {_n(of.excerpts, 'excerpt')}",
        _n(len(of.settings), "setting") if of.settings else "",
        _n(len(of.sites), "site") if of.sites else "",
        ", ".join(of.countries) if of.countries else "",
        f"richness {', '.join(f'{level} {n}' for level, n in of.richness.items())}" if of.richness else "",
        _shows(of.polarity),
        f"{_n(of.outside, 'paper')} outside the set" if of.outside else "",
    ]  # fmt: skip
    return "; ".join(filter(None, pieces)) + _voices(of)


def _shows(polarity: Mapping[str, int]) -> str:
    stated = [f"{n} {sign}" for sign, n in polarity.items() if sign != "not stated"]
    return f"shown by {', '.join(stated)}" if stated else ""


def _voices(of: Strength) -> str:
    said = ", ".join(f"{voice} {n}" for voice, n in of.voices.items())
    return f"; people: {said}" if said else ""


def _n(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}es" if noun.endswith("x") else f"{n} {noun}s"


def strength_rows(at: Standing) -> Rows:
    """Return the strength of each statement of a version, and of the version, as rows of one shape."""
    whole = {"uid": at.version.uid, "number": None, "name": "", "said": WHOLE, **at.whole.told}
    parts = [
        {"uid": one.part, "number": one.number, "name": one.name, "said": one.said,
         **at.strengths[one.part].told}
        for one in at.version.statements
    ]  # fmt: skip
    return [*parts, whole]


def compared_json(before: Version, after: Version, rows: Iterable[Differing]) -> Rows:
    """Return how two versions differ, a row a part, as `realist theory compare --json` gives it."""
    return [
        {
            "uid": one.part, "number": one.number, "name": one.name, "state": row.state, "moved": row.moved,
            "from": before.number, "to": after.number,
            "before": statement_row(row.before) if row.before else None,
            "after": statement_row(row.after) if row.after else None,
            "words": [{"mark": mark, "words": " ".join(words)} for mark, words in row.words],
        }
        for row in rows
        for one in (row.after or row.before,)
        if one is not None
    ]  # fmt: skip


def compared_text(
    before: Version, after: Version, rows: Iterable[Differing], moved: Sequence[str], width: int
) -> str:
    """Return how two versions differ, word by word: ``[-taken out-]`` and ``{+put in+}``."""
    lines = [f"v{before.number} {before.stage} → v{after.number} {after.stage}"]
    if after.reason:
        lines += _flowed(after.reason, width, "  ", "why: ")
    for name in moved:
        lines += wrap(f"moved by {line(name)}", width, first="  ", rest="    ")
    for row in rows:
        one = row.after or row.before
        if one is None:
            continue
        lines += ["", *wrap(f"p{one.number}  {difference(row)}  {line(one.name)}".rstrip(), width)]
        lines += _flowed(_marked(row), width, "    ")
    return "\n".join(lines) + "\n"


def difference(row: Differing) -> str:
    """Return in words how a part differs between two versions."""
    told = [row.state]
    if row.moved:
        told.append("moved")
    if row.before and row.after and row.before.priority != row.after.priority:
        told.append(f"priority {row.before.priority or 'none'} → {row.after.priority or 'none'}")
    return ", ".join(told)


def _marked(row: Differing) -> str:
    signs = {GONE: ("[-", "-]"), CAME: ("{+", "+}")}
    pieces = ((signs.get(mark, ("", "")), " ".join(words)) for mark, words in row.words)
    return " ".join(f"{opens}{words}{closes}" for (opens, closes), words in pieces)
