"""Theories: all of them, one with what bears on a version, two versions beside each other, thin spots."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from realist.domain.theories import Differing, Statement, compared
from realist.queries.called import called
from realist.queries.extractions import hidden_things, seen
from realist.queries.theory_bearing import Borne, at_version, borne
from realist.queries.theory_strength import Around, Strength, around, by_part, weighed
from realist.queries.theory_versions import Version, version_at, versions_of
from realist.store.tables import (
    Bearing,
    Configuration,
    Element,
    ElementSource,
    Evidence,
    Excerpt,
    Move,
    MoveItem,
    Paper,
    Person,
    Theory,
    TheoryPart,
    TheoryStatement,
    TheoryVersion,
)
from realist.text import shorten
from realist.vocabulary import ConfigurationStatus, MoveKind, MoveRole, TheoryKind

Rows = list[dict[str, Any]]
_ORDER = {str(kind): place for place, kind in enumerate(TheoryKind)}


def theories(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the theories: the programme's first, then of the middle range, then substantive ones, by number.

    Each with uid, number, name, kind, source, note, ``versions``, the ``stage`` and ``label`` of the latest,
    how many ``statements`` it has, how many ``boxes`` and pieces of ``evidence`` were given on any version,
    and how many parts of boxes have it as a source (``explains``): of what *viewer* may see.
    """
    of, at = TheoryVersion, TheoryStatement
    latest: dict[str, Any] = {}
    statement = select(of.theory, of.uid, of.number, of.stage, of.label).order_by(of.number)
    for version in connection.execute(statement):
        latest[version.theory] = version
    counts = dict(connection.execute(select(at.version, func.count()).group_by(at.version)).all())
    boxes = _given(connection, Bearing.version, _boxes(viewer))
    pieces = _given(connection, Evidence.theory_version, seen(Evidence, viewer))
    explains = Counter(
        connection.execute(
            select(ElementSource.theory)
            .join(Element, Element.uid == ElementSource.element)
            .where(ElementSource.theory.is_not(None), Element.configuration.in_(_seen_boxes(viewer)))
        ).scalars()
    )
    found = []
    for row in connection.execute(
        select(Theory.uid, Theory.number, Theory.name, Theory.kind, Theory.source, Theory.note)
    ).mappings():
        last = latest.get(row["uid"])
        found.append(
            {
                **row,
                "versions": last.number if last else 0,
                "stage": last.stage if last else "",
                "label": last.label if last else "",
                "statements": counts.get(last.uid, 0) if last else 0,
                "boxes": boxes[row["uid"]],
                "evidence": pieces[row["uid"]],
                "explains": explains[row["uid"]],
            }
        )
    return sorted(found, key=lambda one: (_ORDER.get(one["kind"], len(_ORDER)), one["number"]))


def _seen_boxes(viewer: str) -> Any:
    return select(Configuration.uid).where(
        seen(Configuration, viewer), Configuration.status != ConfigurationStatus.DROPPED
    )


def _boxes(viewer: str) -> Any:
    return Bearing.configuration.in_(_seen_boxes(viewer))


def _given(connection: Connection, version: Any, where: Any) -> Counter[str]:
    """Count by theory what names one of its versions."""
    rows = (
        select(TheoryVersion.theory, func.count())
        .join(TheoryVersion, TheoryVersion.uid == version)
        .where(where)
        .group_by(TheoryVersion.theory)
    )
    return Counter(dict(connection.execute(rows).all()))


@dataclass(frozen=True, slots=True)
class Standing:
    """A theory at one of its versions.

    ``about`` is its row; ``here`` what bears on the version, given or carried; ``strengths`` are by part,
    ``whole`` is that of the version with its parts. ``moved`` says by version (uid) what moved it, and
    ``situated`` by part (uid) in which theories it was situated; see :func:`situations`.
    """

    about: dict[str, Any]
    versions: list[Version]
    version: Version
    here: list[Borne]
    strengths: dict[str, Strength]
    whole: Strength
    around: Around
    moved: dict[str, list[str]]
    situated: dict[str, Rows]

    def on(self, part: str) -> list[Borne]:
        """Return what bears on a part (uid), or, with "", on the version as a whole."""
        return [one for one in self.here if one.part == part]


def standing(connection: Connection, theory: str, number: int | None = None, *, viewer: str = "") -> Standing:
    """Return a theory (uid) at the version with a number, or the latest, as far as *viewer* may see.

    Raises NotFound where it has no such version.
    """
    versions = versions_of(connection, theory)
    version = version_at(versions, number)
    here = at_version(borne(connection, theory, viewer=viewer), versions, version)
    about = around(connection, here, viewer=viewer)
    return Standing(
        theory_row(connection, theory), versions, version, here,
        by_part(version.statements, here, about),
        weighed(here, about, [version.uid, *(one.part for one in version.statements)]), about,
        movers(connection, [one.move for one in versions if one.move], viewer=viewer),
        situations(connection, viewer=viewer),
    )  # fmt: skip


def theory_row(connection: Connection, theory: str) -> dict[str, Any]:
    """Return what a theory (uid) is: uid, number, name, kind, source, note, by, at."""
    row = connection.execute(
        select(
            Theory.uid, Theory.number, Theory.name, Theory.kind, Theory.source, Theory.note,
            Person.initials.label("by"), Theory.at,
        )
        .join(Person, Person.uid == Theory.person)
        .where(Theory.uid == theory)
    )  # fmt: skip
    return dict(row.mappings().one())


def movers(connection: Connection, moves: Collection[str], *, viewer: str = "") -> dict[str, list[str]]:
    """Return by move (uid) what moved it, in words; what *viewer* may not see yet is left out."""
    of = MoveItem
    rows = connection.execute(
        select(of.move, of.subject_table, of.subject)
        .where(of.role == MoveRole.MOVED_BY, of.move.in_(list(moves)))
        .order_by(of.move, of.position)
    ).all()
    hidden = hidden_things(connection, viewer=viewer) if rows else frozenset()
    shown = [row for row in rows if row.subject not in hidden]
    names = things_called(connection, [(row.subject_table, row.subject) for row in shown], viewer=viewer)
    found: dict[str, list[str]] = defaultdict(list)
    for row in shown:
        found[row.move].append(names[row.subject])
    return dict(found)


_WORDS = {"configuration": "box", "theory_version": "version", "theory_part": "statement", "element": "part"}


def things_called(
    connection: Connection, things: Sequence[tuple[str, str]], *, viewer: str = ""
) -> dict[str, str]:
    """Return by uid what things, (table, uid), are called, each with its kind: "box 2b", "paper Ash (2001)".

    They are such as *viewer* may see.
    """
    uids = {uid for _, uid in things}
    names = called(connection, uids)
    quoted = {uid for table, uid in things if table == "excerpt"}
    for uid, words, locator, label in connection.execute(
        select(Excerpt.uid, Excerpt.quotation, Excerpt.locator, Paper.label)
        .join(Paper, Paper.uid == Excerpt.paper)
        .where(Excerpt.uid.in_(quoted), seen(Excerpt, viewer))
    ):
        said = f"“{shorten(words, 60)}”" if words else ""
        names[uid] = " ".join(filter(None, (said, label, locator)))
    claims = {uid for table, uid in things if table == "evidence"}
    for uid, claim, label in connection.execute(
        select(Evidence.uid, Evidence.claim, Paper.label)
        .join(Paper, Paper.uid == Evidence.paper)
        .where(Evidence.uid.in_(claims), seen(Evidence, viewer))
    ):
        names[uid] = " ".join(filter(None, (label, shorten(claim, 60))))
    for uid, theory, number in connection.execute(
        select(TheoryVersion.uid, Theory.number, TheoryVersion.number)
        .join(Theory, Theory.uid == TheoryVersion.theory)
        .where(TheoryVersion.uid.in_(uids))
    ):
        names[uid] = f"T{theory} v{number}"
    for uid, theory, number, name in connection.execute(
        select(TheoryPart.uid, Theory.number, TheoryPart.number, TheoryPart.name)
        .join(Theory, Theory.uid == TheoryPart.theory)
        .where(TheoryPart.uid.in_(uids))
    ):
        names[uid] = f"T{theory} p{number} {name}".rstrip()
    kinds = {uid: _WORDS.get(table, table.replace("_", " ")) for table, uid in things}
    return {uid: _with_kind(kinds[uid], names.get(uid, "")) for uid in uids}


def _with_kind(kind: str, name: str) -> str:
    return name if name.startswith(f"{kind} ") else f"{kind} {name}".rstrip()


def situations(connection: Connection, *, viewer: str = "") -> dict[str, Rows]:
    """Return by uid of what was situated in theories: theory (uid), name, number, reason, by, at, move.

    In the order of time; a box that *viewer* may not see yet is not there.
    """
    of, given = MoveItem, select(MoveItem.move, MoveItem.subject).where(MoveItem.role == MoveRole.INPUT)
    moves = connection.execute(
        select(Move.uid, Move.reason, Person.initials.label("by"), Move.at)
        .join(Person, Person.uid == Move.person)
        .where(Move.kind == MoveKind.SITUATE)
        .order_by(Move.at, Move.uid)
    ).all()
    if not moves:
        return {}
    known = {row.uid: row for row in connection.execute(select(Theory.uid, Theory.number, Theory.name))}
    within = {move: known[uid] for move, uid in connection.execute(given) if uid in known}
    hidden = hidden_things(connection, viewer=viewer)
    results = defaultdict(list)
    for move, subject in connection.execute(
        select(of.move, of.subject).where(of.role == MoveRole.RESULT).order_by(of.position)
    ):
        results[move].append(subject)
    found: dict[str, Rows] = defaultdict(list)
    for row in moves:
        theory = within.get(row.uid)
        for subject in results[row.uid]:
            if theory is not None and subject not in hidden:
                found[subject].append(
                    {
                        "theory": theory.uid, "number": theory.number, "name": theory.name,
                        "reason": row.reason, "by": row.by, "at": row.at, "move": row.uid,
                    }
                )  # fmt: skip
    return dict(found)


def between(
    connection: Connection, theory: str, first: int | None = None, second: int | None = None
) -> tuple[Version, Version, list[Differing]]:
    """Return two versions of a theory (uid), by default the last two, and how they differ, part by part."""
    versions = versions_of(connection, theory)
    after = version_at(versions, second)
    before = version_at(versions, max(after.number - 1, 1) if first is None else first)
    return before, after, compared(before.statements, after.statements)


def statement_row(one: Statement) -> dict[str, Any]:
    """Return a statement as JSON gives it; ``said`` is how one reads it."""
    return {
        "part": one.part, "number": one.number, "name": one.name, "form": str(one.form), "said": one.said,
        "text": one.text, "if": one.if_text, "then": one.then_text, "because": one.because_text,
        "priority": one.priority,
    }  # fmt: skip


def version_row(one: Version, moved: Sequence[str] = ()) -> dict[str, Any]:
    """Return a version as JSON gives it, without its statements."""
    return {
        "uid": one.uid, "number": one.number, "stage": one.stage, "label": one.label, "dated": one.dated,
        "reason": one.reason, "moved_by": list(moved), "move": one.move, "by": one.by, "at": one.at,
    }  # fmt: skip


def borne_row(one: Borne) -> dict[str, Any]:
    """Return something that bears on a version as JSON gives it."""
    return one._asdict()


def thin(connection: Connection, theory: str = "", *, viewer: str = "") -> Rows:
    """Return the thin spots of the latest version of a theory (uid), or of all programme theories.

    Each with theory (number), version, part, number, name, said and ``thin``: words of
    :data:`realist.queries.theory_strength.THIN`. Theories without a version have none.
    """
    wanted = [
        row["uid"]
        for row in theories(connection, viewer=viewer)
        if row["versions"] and (row["uid"] == theory if theory else row["kind"] == TheoryKind.PROGRAMME)
    ]
    found = []
    for uid in wanted:
        at = standing(connection, uid, viewer=viewer)
        for one in at.version.statements:
            spots = at.strengths[one.part].thin
            if spots:
                found.append(
                    {
                        "theory": at.about["number"], "version": at.version.number, "uid": one.part,
                        "number": one.number, "name": one.name, "said": one.said, "thin": spots,
                    }
                )  # fmt: skip
    return found
