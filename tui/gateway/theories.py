"""Theories: all of them with their statements, what stands behind one, and what is written of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.domain.revising import statement_named
from realist.domain.theories import Differing, Statement, compared, statement_said
from realist.domain.wording import stretches
from realist.errors import Refused
from realist.exports.theories import SIGNS, box_called, difference, strength_line
from realist.queries import beside, theory_bearing
from realist.queries import theories as queries
from realist.queries.theory_bearing import Pickable
from realist.queries.theory_explains import explained
from realist.queries.theory_story import history, ranked
from realist.queries.theory_strength import THIN
from realist.queries.theory_trace import Traced, traces
from realist.queries.theory_versions import Version, versions_of
from realist.services import bearing
from realist.services import theories as services
from realist.text import fold, line
from realist.vocabulary import Stance, StatementForm, TheoryKind, TheoryStage

if TYPE_CHECKING:
    from realist.queries.theories import Rows, Standing
    from realist.queries.theory_strength import Strength
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = [
    "SIGNS", "THIN", "Pickable", "Statement", "box_called", "difference", "history", "strength_line",
    "stretches",
]  # fmt: skip

STANCES = tuple(map(str, Stance))
STAGES = tuple(map(str, TheoryStage))
KINDS = tuple(map(str, TheoryKind))
_PART = re.compile(r"p(?P<number>\d{1,9})\s*:\s*", re.IGNORECASE)
_LONGEST = 400


class TheoryLine(NamedTuple):
    """A line of the list: a theory (``part`` is "") or one of its statements at the version looked at.

    ``number`` is that of the theory or the part; ``stances`` how many independent papers do what to it.
    """

    theory: str
    part: str
    number: int
    name: str
    said: str = ""
    version: int = 0
    versions: int = 0
    stage: str = ""
    kind: str = ""
    source: str = ""
    priority: str = ""
    papers: int | None = None
    stances: tuple[tuple[str, int], ...] = ()
    thin: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of the list, and by theory (uid) how it stands at the version that is looked at."""

    lines: tuple[TheoryLine, ...]
    standings: Mapping[str, Standing]


def listed(gate: Gateway, at: Mapping[str, int]) -> Listed:
    """Return the theories with their statements; *at* says which version of a theory is looked at."""
    lines: list[TheoryLine] = []
    standings: dict[str, Standing] = {}
    with gate.store.read() as connection:
        for row in queries.theories(connection, viewer=gate.person):
            uid = row["uid"]
            head = TheoryLine(
                uid,
                "",
                row["number"],
                row["name"],
                row["note"],
                versions=row["versions"],
                kind=row["kind"],
                source=row["source"],
            )
            if not row["versions"]:
                lines.append(head)
                continue
            number = at.get(uid, row["versions"])
            number = number if number <= row["versions"] else row["versions"]  # undone meanwhile
            found = standings[uid] = queries.standing(connection, uid, number, viewer=gate.person)
            lines.append(head._replace(**_weight(found.whole), version=number, stage=found.version.stage))
            lines += [
                TheoryLine(
                    uid, one.part, one.number, one.name, one.said, number, row["versions"],
                    priority=one.priority, **_weight(found.strengths[one.part]),
                )
                for one in found.version.statements
            ]  # fmt: skip
    return Listed(tuple(lines), standings)


def _weight(of: Strength) -> dict[str, Any]:
    return {"papers": of.independent, "stances": tuple(of.stances.items()), "thin": len(of.thin)}


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a statement, or a theory: see the queries of these names."""

    traces: Mapping[str, tuple[Traced, ...]]
    ranked: Rows
    explains: Rows
    memos: Rows


def behind(gate: Gateway, theory: str, at: Standing | None, part: str) -> Behind:
    """Return what stands behind a statement, down to excerpts; with "" behind what bears on the whole."""
    with gate.store.read() as connection:
        found = traces(connection, at.on(part), viewer=gate.person) if at else {}
        rank = ranked(connection).get(part, []) if part else []
        explains = [] if part else explained(connection, theory, viewer=gate.person)
        table, uid = ("theory_part", part) if part else ("theory", theory)
        memos = beside.memos(connection, table, uid, viewer=gate.person)
    return Behind(found, rank, explains, memos)


def differences(at: Standing, base: int | None) -> tuple[Version | None, list[Differing]]:
    """Return how the version looked at differs from the one numbered *base*, by default the one before."""
    number = at.version.number - 1 if base is None else base
    before = next((one for one in at.versions if one.number == number), None)
    return before, compared(before.statements, at.version.statements) if before else []


def pickable(gate: Gateway) -> list[Pickable]:
    """Return the boxes that can bear on a theory, by number."""
    with gate.store.read() as connection:
        return theory_bearing.pickable(connection, viewer=gate.person)


# -- what is written ------------------------------------------------------------------------------------


def add_theory(desk: Desk, values: Mapping[str, str]) -> str:
    """Add a theory; return its uid."""
    return services.add_theory(
        desk, values["name"], kind=TheoryKind(values["kind"]), source=values["source"], note=values["note"]
    )


def edit_theory(desk: Desk, uid: str, values: Mapping[str, str]) -> None:
    """Change what a theory is called and what is said of it."""
    services.edit_theory(
        desk, uid, name=values["name"], kind=TheoryKind(values["kind"]), source=values["source"],
        note=values["note"],
    )  # fmt: skip


def as_text(statements: Sequence[Statement]) -> str:
    """Return statements as a form shows them: each with the number of its part, a blank line between."""
    return "\n\n".join(f"p{one.number}: {_together(one.said)}" for one in statements)


def _together(text: str) -> str:
    """Return a text without blank lines: in a form they stand between statements."""
    return "\n".join(filter(line, text.split("\n")))


def from_text(text: str, before: Sequence[Statement]) -> list[Statement]:
    """Return the statements that a form says: a paragraph that begins ``p3:`` rewords that part."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        if not line(block):
            continue
        named = _PART.match(block)
        was = statement_named(before, f"p{named['number']}") if named else None
        words = block[named.end() :] if named else block
        if not fold(words):
            raise Refused(f"{line(block)[:20]} says nothing: take the line out, too, or word it.")
        new = statement_said(words)
        if was is not None:
            same = was if _together(was.said) == words.strip() else new
            new = replace(same, part=was.part, number=was.number, name=was.name, priority=was.priority)
        found.append(new)
    return found


def new_version(desk: Desk, uid: str, last: Version | None, values: Mapping[str, str]) -> str:
    """Write the next version of a theory; return its uid."""
    before = last.statements if last else ()
    return services.new_version(
        desk, uid, from_text(values["statements"], before), stage=TheoryStage(values["stage"]),
        reason=values["reason"], moved_by=_several(values["moved_by"]), label=values["label"],
        dated=values["dated"], after=last.number if last else 0,
    )  # fmt: skip


def _several(text: str) -> list[str]:
    return [line(one) for one in text.split(";") if line(one)]


def word(desk: Desk, theory: str, last: Version, part: str, values: Mapping[str, str]) -> None:
    """Change the wording and name of a statement of the latest version; with part "", add one."""
    given = _worded(values)
    statements = list(last.statements)
    if part:
        place = next(n for n, one in enumerate(statements) if one.part == part)
        was = statements[place]
        statements[place] = replace(given, part=part, number=was.number, priority=was.priority)
    else:
        statements.append(given)
    services.edit_version(desk, theory, statements, was=last.statements)


def _worded(values: Mapping[str, str]) -> Statement:
    pieces = {key: values[key] for key in ("if_text", "then_text", "because_text")}
    prose = values["text"]
    if fold(prose) and any(map(fold, pieces.values())):
        raise Refused("Say it in prose, or as if, then and because: not both.")
    form = StatementForm.PROSE if fold(prose) else StatementForm.IF_THEN
    return Statement(
        name=values["name"], form=form, text=prose, if_text=pieces["if_text"],
        then_text=pieces["then_text"], because_text=pieces["because_text"],
    )  # fmt: skip


def drop(desk: Desk, theory: str, last: Version, part: str, reason: str) -> None:
    """Leave a statement out of the latest version, with the reason."""
    if not line(reason):
        raise Refused("Nothing was changed: dropping a statement needs its reason.")
    kept = [one for one in last.statements if one.part != part]
    services.edit_version(desk, theory, kept, reason=reason, was=last.statements)


def move(desk: Desk, theory: str, last: Version, part: str, by: int) -> None:
    """Move a statement of the latest version up (-1) or down (1)."""
    statements = list(last.statements)
    place = next(n for n, one in enumerate(statements) if one.part == part)
    to = place + by
    if not 0 <= to < len(statements):
        raise Refused("It stands at the end already.")
    statements[place], statements[to] = statements[to], statements[place]
    services.edit_version(desk, theory, statements, was=last.statements)


def prioritise(desk: Desk, theory: str, part: str, values: Mapping[str, str]) -> None:
    """Say how a statement is prioritised, and why."""
    services.prioritise(
        desk, theory, {part: values["priority"]}, reason=values["reason"],
        moved_by=_several(values["moved_by"]),
    )  # fmt: skip


def bear(desk: Desk, box: str, version: str, part: str, values: Mapping[str, str]) -> None:
    """Say what a box does to a version, or to a statement of it."""
    bearing.bear(desk, box, version, part=part, stance=Stance(values["stance"]), reason=values["reason"])


def rejudge(desk: Desk, uid: str, values: Mapping[str, str]) -> None:
    """Judge anew what a box does to a theory."""
    bearing.judge_bearing(desk, uid, Stance(values["stance"]), reason=values["reason"])


def withdraw(desk: Desk, uid: str, reason: str) -> None:
    """Take back that a box bears on a theory."""
    bearing.withdraw_bearing(desk, uid, reason=reason)


def situate(desk: Desk, theory: str, of: str, values: Mapping[str, str]) -> None:
    """Situate a statement (uid) in a theory that explains it."""
    services.situate(
        desk, theory, [f"statement {of}"], reason=values["reason"], moved_by=_several(values["moved_by"])
    )


def latest(gate: Gateway, theory: str) -> Version | None:
    """Return the latest version of a theory as it stands now; None before the first."""
    with gate.store.read() as connection:
        versions = versions_of(connection, theory)
    return versions[-1] if versions else None
