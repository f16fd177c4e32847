"""What a configuration does to a theory: it supports, weakens, modifies or refocuses it, and why."""

from __future__ import annotations

from sqlalchemy import select

from realist.domain.revising import statement_named
from realist.errors import NotFound, Refused
from realist.queries.extractions import seen
from realist.queries.naming_boxes import BOX, resolve_any
from realist.queries.naming_things import version_named
from realist.queries.theory_versions import version_at, versions_of
from realist.services.unit import Desk, Unit
from realist.store.tables import Bearing, Configuration, Theory, TheoryVersion
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConfigurationStatus, Stance


def bear(
    desk: Desk,
    configuration: str,
    version: str,
    *,
    part: str = "",
    stance: Stance = Stance.NOT_JUDGED,
    reason: str = "",
) -> str:
    """Say that a box bears on a version of a theory ("T1 v2"; "T1" is its latest), or on one part of it.

    A stance needs its *reason*; what is not judged yet needs none. Returns the uid. Raises Refused where the
    box bears on it already or was dropped.
    """
    with desk.unit("bear on theory", version, reason=reason) as work:
        box = resolve_any(work.connection, BOX, configuration, viewer=desk.initials)
        of, statement = aimed(work, version, part)
        row = work.row(Configuration, box)
        name = line(row["label"] or row["title"]) or f"#{row['number']}"
        if row["status"] == ConfigurationStatus.DROPPED:
            raise Refused(f"Box {shorten(name, 60)} was dropped: it bears on nothing. Nothing was written.")
        at = Bearing.part == statement if statement else Bearing.part.is_(None)
        there = select(Bearing.stance).where(Bearing.configuration == box, Bearing.version == of, at)
        known = work.connection.execute(there).scalar()
        if known is not None:
            raise Refused(
                f"Box {shorten(name, 60)} bears on it already ({known}):"
                " `realist theory rejudge` changes the stance. Nothing was written."
            )
        _refuse_bare(stance, reason)
        work.act.subject = f"{shorten(name, 60)} {stance} {aim_called(work, of, statement)}"
        return work.add(
            Bearing(configuration=box, version=of, part=statement, stance=stance, reason=paragraphs(reason))
        ).uid


def judge_bearing(desk: Desk, uid: str, stance: Stance, *, reason: str) -> None:
    """Change what a box does to a theory, with the reasoning; the log keeps what was held before."""
    with desk.unit("rejudge bearing", reason=reason) as work:
        row = _bearing(work, uid)
        _refuse_bare(stance, reason)
        work.act.subject = f"{stance} {aim_called(work, row['version'], row['part'])}"
        if not work.change(Bearing, row["uid"], stance=stance, reason=paragraphs(reason)):
            raise Refused("Nothing was changed: it is judged like this already.")


def withdraw_bearing(desk: Desk, uid: str, *, reason: str) -> None:
    """Take back that a box bears on a theory, with the reason; the log keeps it."""
    with desk.unit("withdraw bearing", reason=reason) as work:
        row = _bearing(work, uid)
        if not line(reason):
            raise Refused("Nothing was changed: withdrawing it needs a reason.")
        work.act.subject = f"{row['stance']} {aim_called(work, row['version'], row['part'])}"
        work.remove(Bearing, row["uid"])


def _bearing(work: Unit, uid: str) -> dict[str, str]:
    wanted = line(uid)
    there = (
        select(Bearing.uid)
        .join(Configuration, Configuration.uid == Bearing.configuration)
        .where(Bearing.uid == wanted, seen(Configuration, work.initials))
    )
    if work.connection.execute(there).first() is None:
        raise NotFound(f"No box bears on a theory by {shorten(wanted, 60)!r}: `theory show --json` has uids.")
    return work.row(Bearing, wanted)


def _refuse_bare(stance: Stance, reason: str) -> None:
    if stance is not Stance.NOT_JUDGED and not line(reason):
        raise Refused(f"Nothing was written: that it {stance} needs the reasoning.")


def aimed(work: Unit, version: str, part: str) -> tuple[str, str | None]:
    """Return the uid of the version meant, and that of the part of it, None for the whole."""
    of = version_named(work.connection, version)
    if not line(part):
        return of, None
    row = work.row(TheoryVersion, of)
    whole = version_at(versions_of(work.connection, row["theory"]), row["number"])
    return of, statement_named(whole.statements, part).part


def aim_called(work: Unit, version: str, part: str | None) -> str:
    """Return how a version, or a part of it, is called: T1 v2 p3."""
    row = work.row(TheoryVersion, version)
    theory = work.row(Theory, row["theory"])
    name = f"T{theory['number']} v{row['number']}"
    if not part:
        return name
    whole = version_at(versions_of(work.connection, row["theory"]), row["number"])
    return f"{name} p{whole.by_part[part].number}" if part in whole.by_part else name
