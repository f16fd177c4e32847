"""Theories as they stand: versions with their statements, and the part of one that is meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from realist.domain.theories import Statement
from realist.errors import NotFound
from realist.queries.words import stored
from realist.store.tables import Person, TheoryPart, TheoryStatement, TheoryVersion
from realist.vocabulary import StatementForm


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a theory: its statements in order; ``rows`` are the uids of the statements by part."""

    uid: str
    number: int = 0
    stage: str = ""
    label: str = ""
    dated: str = ""
    reason: str = ""
    move: str = ""
    by: str = ""
    at: datetime = datetime.min
    statements: tuple[Statement, ...] = ()
    rows: dict[str, str] = field(default_factory=dict)

    @classmethod
    def beginning(cls, uid: str) -> Version:
        """Return a version in which nothing stands yet."""
        return cls(uid)

    @property
    def by_part(self) -> dict[str, Statement]:
        """The statements by the uid of their part."""
        return {one.part: one for one in self.statements}


def versions_of(connection: Connection, theory: str) -> list[Version]:
    """Return the versions of a theory (uid) in order, each with its statements."""
    rows = connection.execute(
        select(
            TheoryStatement.version, TheoryStatement.uid, TheoryStatement.part, TheoryPart.number,
            TheoryPart.name, TheoryStatement.form, TheoryStatement.text, TheoryStatement.if_text,
            TheoryStatement.then_text, TheoryStatement.because_text, TheoryStatement.priority,
        )
        .join(TheoryPart, TheoryPart.uid == TheoryStatement.part)
        .where(TheoryPart.theory == theory)
        .order_by(TheoryStatement.position, TheoryStatement.uid)
    )  # fmt: skip
    statements: dict[str, list[Statement]] = defaultdict(list)
    uids: dict[str, dict[str, str]] = defaultdict(dict)
    for version, uid, part, number, name, form, *more in rows:
        statements[version].append(Statement(part, number, name, stored(StatementForm, form), *more))
        uids[version][part] = uid
    found = connection.execute(
        select(
            TheoryVersion.uid, TheoryVersion.number, TheoryVersion.stage, TheoryVersion.label,
            TheoryVersion.dated, TheoryVersion.reason, TheoryVersion.move, Person.initials, TheoryVersion.at,
        )
        .join(Person, Person.uid == TheoryVersion.person)
        .where(TheoryVersion.theory == theory)
        .order_by(TheoryVersion.number)
    )  # fmt: skip
    return [
        Version(
            uid, number, stage, label, dated, reason, move or "", by, at, tuple(statements[uid]), uids[uid]
        )
        for uid, number, stage, label, dated, reason, move, by, at in found
    ]


def version_at(versions: list[Version], number: int | None) -> Version:
    """Return the version with a number, the latest without one. Raises NotFound."""
    if not versions:
        raise NotFound("The theory has no version yet: `realist theory version` writes the first one.")
    for one in versions:
        if one.number == (number or versions[-1].number):
            return one
    raise NotFound(f"The theory has no version {number}: it has versions 1 to {versions[-1].number}.")
