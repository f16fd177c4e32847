"""Moves, theories in versions, what bears on them, and regularities across papers."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import MoveKind, MoveRole, Stance, StatementForm, TheoryKind, TheoryStage


class Move(Row):
    """A typed act of synthesis: what was done to what, why, and what moved it."""

    __tablename__ = "move"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review")
    kind: Mapped[str] = word(MoveKind)
    reason: Mapped[str] = string("the reasoning")
    result: Mapped[str] = string("what came of it, in words: a new name, a rank, a finding")


class MoveItem(Row):
    """A thing that went into a move, came of it, or moved it."""

    __tablename__ = "move_item"
    __table_args__ = (Index(None, "subject"),)

    move: Mapped[str] = ref("move", index=True)
    position: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = word(MoveRole)
    subject_table: Mapped[str] = string("table of the thing")
    subject: Mapped[str] = string("uid of the thing")


class Placement(Row):
    """Under which target a piece stands that was given to something that went into several others.

    It is read while what the piece was given to is merged or split into that target, and rests otherwise.
    """

    __tablename__ = "placement"
    __table_args__ = (Index(None, "subject"),)

    subject_table: Mapped[str] = string("table of the piece: evidence, configuration_mechanism, element_tag")
    subject: Mapped[str] = string("uid of the piece")
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    context: Mapped[str | None] = maybe_ref("context", index=True)
    outcome: Mapped[str | None] = maybe_ref("outcome", index=True)
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was ended; empty while it holds")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class Theory(Row):
    """The programme's theory, or one of the middle range, or an existing one that explains. No paper."""

    __tablename__ = "theory"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review: T1")
    name: Mapped[str] = string(unique=True)
    kind: Mapped[str] = word(TheoryKind, default=TheoryKind.PROGRAMME)
    source: Mapped[str] = string("where it stands, of a theory that others wrote")
    note: Mapped[str] = string()


class TheoryVersion(Row):
    """A theory as it stood: all its statements, in order."""

    __tablename__ = "theory_version"
    __table_args__ = (Index(None, "theory", "number", unique=True),)

    theory: Mapped[str] = ref("theory")
    number: Mapped[int] = mapped_column(Integer, doc="version, from 1")
    stage: Mapped[str] = word(TheoryStage, default=TheoryStage.INITIAL)
    label: Mapped[str] = string("what the team calls it")
    dated: Mapped[str] = string("date as far as known")
    reason: Mapped[str] = string("what moved it, in words")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class TheoryPart(Row):
    """A part of a theory, the same through its versions."""

    __tablename__ = "theory_part"
    __table_args__ = (Index(None, "theory", "number", unique=True),)

    theory: Mapped[str] = ref("theory")
    number: Mapped[int] = mapped_column(Integer, doc="short number in its theory, given once")
    name: Mapped[str] = string("what the team calls it")


class TheoryStatement(Row):
    """How a part is worded in a version: prose, or if … then … because … in three pieces."""

    __tablename__ = "theory_statement"
    __table_args__ = (Index(None, "version", "part", unique=True),)

    version: Mapped[str] = ref("theory_version")
    part: Mapped[str] = ref("theory_part", index=True)
    position: Mapped[int] = mapped_column(Integer)
    form: Mapped[str] = word(StatementForm, default=StatementForm.PROSE)
    text: Mapped[str] = string("the statement, of prose")
    if_text: Mapped[str] = string()
    then_text: Mapped[str] = string()
    because_text: Mapped[str] = string()
    priority: Mapped[str] = string("the review's own word or rank; empty: not set")


class Bearing(Row):
    """A configuration bears on a version of a theory, or on one part of it."""

    __tablename__ = "bearing"

    configuration: Mapped[str] = ref("configuration", index=True)
    version: Mapped[str] = ref("theory_version", index=True)
    part: Mapped[str | None] = maybe_ref("theory_part", "the whole version when null", index=True)
    stance: Mapped[str] = word(Stance, default=Stance.NOT_JUDGED)
    reason: Mapped[str] = string("the reasoning")


class Regularity(Row):
    """What a person named a demi-regularity: a pattern that tends to show across papers."""

    __tablename__ = "regularity"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review")
    name: Mapped[str] = string(unique=True)
    wording: Mapped[str] = string("what tends to happen, in the reviewer's words")
    context: Mapped[str | None] = maybe_ref("context", index=True)
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    outcome: Mapped[str | None] = maybe_ref("outcome", index=True)
    ended: Mapped[str] = string("why it was given up; empty while it holds", server_default=sql("''"))


class RegularityCase(Row):
    """A configuration that shows a regularity, or that speaks against it."""

    __tablename__ = "regularity_case"
    __table_args__ = (Index(None, "regularity", "configuration", unique=True),)

    regularity: Mapped[str] = ref("regularity")
    configuration: Mapped[str] = ref("configuration", index=True)
    counter: Mapped[bool] = mapped_column(default=False, doc="speaks against it")
    note: Mapped[str] = string()
