"""What is asked before something is written of theories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from realist.text import line, shorten
from tui.dialogs import Field, Form
from tui.gateway import theories
from tui.gateway.theories import KINDS, STAGES, STANCES, Statement, TheoryLine

if TYPE_CHECKING:
    from realist.queries.theories import Standing
    from realist.queries.theory_bearing import Borne
    from realist.queries.theory_versions import Version
    from tui.place import Place

_MOVED = Field("moved_by", "What moved it", help="Such as box 3; paper #12; consultation June. Several: a ;")
_LONG = 100


def adding(place: Place) -> Form:
    """Return the form for another theory."""

    def save(values: dict[str, str]) -> str:
        return place.house.at_desk(lambda desk: theories.add_theory(desk, values))

    note = "The programme's own, one of the middle range, or an existing one that explains. No paper."
    return Form("Add a theory", _of_theory("", KINDS[0], "", ""), save, note=note)


def editing(place: Place, row: TheoryLine, about: Mapping[str, Any] | None) -> Form:
    """Return the form for what a theory is called; *about* is known once it has a version."""
    source = str(about["source"]) if about else row.source
    note = str(about["note"]) if about else row.said
    name = str(about["name"]) if about else row.name
    kind = str(about["kind"]) if about else row.kind

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.edit_theory(desk, row.theory, values))
        return row.theory

    title = f"T{row.number if not about else about['number']}"
    return Form(title, _of_theory(name, kind, source, note), save)


def _of_theory(name: str, kind: str, source: str, note: str) -> list[Field]:
    return [
        Field("name", "Name", name),
        Field("kind", "What it is", kind, choices=KINDS, only=True),
        Field("source", "Where it stands, if others wrote it", source),
        Field("note", "Note", note, long=True),
    ]


def versioning(place: Place, theory: str, number: int, last: Version | None) -> Form:
    """Return the form for the next version: all statements in one text."""
    before = theories.as_text(last.statements) if last else ""
    fields = [
        Field(
            "statements", "Its statements: a blank line between two", before, long=True,
            help="“p1: …” rewords that part; what goes is left out; what has no p is new.",
        ),
        Field("reason", "What moved it, in words", long=True),
        Field("stage", "How far it is", last.stage if last else STAGES[0], choices=STAGES, only=True),
        _MOVED,
        Field("label", "What you call it"),
        Field("dated", "Its date, as far as known"),
    ]  # fmt: skip

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.new_version(desk, theory, last, values))
        return theory

    title = f"Version {last.number + 1 if last else 1} of the theory"
    note = "The version before stays as it is." if last else "If …, then …, because …: or prose."
    return Form(title, fields, save, note=note, draft=f"version of theory {theory}")


def wording(place: Place, row: TheoryLine, last: Version, one: Statement | None) -> Form:
    """Return the form for the wording of a statement, of a new one without *one*."""
    now = one or Statement()
    fields = [
        Field("if_text", "If", now.if_text, long=True),
        Field("then_text", "then", now.then_text, long=True),
        Field("because_text", "because", now.because_text, long=True),
        Field("text", "or in prose", now.text, long=True),
        Field("name", "What you call it", now.name),
    ]

    def save(values: dict[str, str]) -> str:
        part = now.part
        place.house.at_desk(lambda desk: theories.word(desk, row.theory, last, part, values))
        return part or row.theory

    title = f"Statement p{now.number} of v{last.number}" if one else f"Another statement of v{last.number}"
    note = "It is changed in its place, and the log keeps what it said; v writes a version beside it."
    draft = f"statement {now.part or 'new'} of theory {row.theory}"
    return Form(title, fields, save, note=note, draft=draft)


def dropping(place: Place, row: TheoryLine, last: Version, one: Statement) -> Form:
    """Return the form that asks why a statement is left out."""

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.drop(desk, row.theory, last, one.part, values["reason"]))
        return row.theory

    title = f"Leave p{one.number} out of v{last.number}?"
    return Form(title, [Field("reason", "Why")], save, note=shorten(one.said[:400], _LONG))


def prioritising(place: Place, row: TheoryLine, one: Statement) -> Form:
    """Return the form for the priority of a statement."""

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.prioritise(desk, row.theory, one.part, values))
        return one.part

    fields = [
        Field("priority", "How it is prioritised, in your words", one.priority, help="Empty: not set."),
        Field("reason", "Why"),
        _MOVED,
    ]
    return Form(f"The priority of p{one.number}", fields, save, note=shorten(one.said[:400], _LONG))


def bearing(place: Place, row: TheoryLine, at: Standing, box: str) -> Form:
    """Return the form for what a box (uid) does to a statement, or to the version."""

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.bear(desk, box, at.version.uid, row.part, values))
        return row.part or row.theory

    fields = [
        Field("stance", "What it does to it", choices=STANCES, only=True),
        Field("reason", "The reasoning", long=True, help="What is not judged yet needs none."),
    ]
    on = shorten(line((row.said if row.part else row.name)[:400]), _LONG)
    title = f"What the box does to p{row.number}" if row.part else f"What the box does to v{row.version}"
    return Form(title, fields, save, note=on, draft=f"bearing of {box} on {row.part or at.version.uid}")


def judging(place: Place, one: Borne) -> Form:
    """Return the form that judges anew what a box does."""

    def save(values: dict[str, str]) -> None:
        place.house.at_desk(lambda desk: theories.rejudge(desk, one.uid, values))

    fields = [
        Field("stance", "What it does to it", one.stance, choices=STANCES, only=True),
        Field("reason", "The reasoning", one.reason, long=True),
    ]
    title = f"What {theories.box_called(one.number, one.called)[:_LONG]} does to it"
    return Form(title, fields, save, draft=f"judgement of {one.uid}")


def withdrawing(place: Place, one: Borne) -> Form:
    """Return the form that asks why a box bears on it no more."""

    def save(values: dict[str, str]) -> None:
        place.house.at_desk(lambda desk: theories.withdraw(desk, one.uid, values["reason"]))

    title = f"{theories.box_called(one.number, one.called)[:_LONG]} bears on it no more?"
    return Form(title, [Field("reason", "Why")], save)


def situating(place: Place, row: TheoryLine, theory: str, name: str) -> Form:
    """Return the form for how a theory explains a statement."""

    def save(values: dict[str, str]) -> str:
        place.house.at_desk(lambda desk: theories.situate(desk, theory, row.part, values))
        return row.part

    fields = [Field("reason", "How it explains it", long=True), _MOVED]
    title = f"p{row.number} in {name}"
    return Form(title, fields, save, draft=f"situation of {row.part} in {theory}")
