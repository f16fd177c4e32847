"""The review, its people, and what they planned and decided with others."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, Utc, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import ConsultationKind, ConsultationMode, Scheme, Voice


class Review(Row):
    """The one review that this file holds, and what it chose for itself."""

    __tablename__ = "review"

    title: Mapped[str] = string()
    question: Mapped[str] = string("the review question; earlier wordings are in the log")
    scheme: Mapped[str] = word(Scheme, "element kinds in use", default=Scheme.CMO)
    citation: Mapped[str] = string("where the review is published, if it is")
    note: Mapped[str] = string()
    grid_list: Mapped[str | None] = maybe_ref("mechanism_list", "list whose order is the grid's columns")
    grid_set: Mapped[str | None] = maybe_ref(
        "included_set", "set of papers whose members are the grid's rows"
    )


class Objective(Row):
    """One objective of the review."""

    __tablename__ = "objective"

    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = string()


class Person(Row):
    """Someone who works on the review. Deactivated, never deleted."""

    __tablename__ = "person"

    initials: Mapped[str] = string("how the person is named in this review", unique=True)
    name: Mapped[str] = string()
    role: Mapped[str] = string()
    active: Mapped[bool] = mapped_column(default=True)


class ProcessChange(Row):
    """What was planned and what was done instead (RAMESES item 5)."""

    __tablename__ = "process_change"

    planned: Mapped[str] = string()
    instead: Mapped[str] = string("what was done instead")
    reason: Mapped[str] = string()
    happened: Mapped[str] = string("when, as far as known")


class Consultation(Row):
    """A meeting, mail round or contact with people who are no papers."""

    __tablename__ = "consultation"

    position: Mapped[int] = mapped_column(Integer, doc="order in the review")
    name: Mapped[str] = string(unique=True)
    kind: Mapped[str] = word(ConsultationKind, default=ConsultationKind.STAKEHOLDERS)
    mode: Mapped[str | None] = word(ConsultationMode, "unknown when null", default=None)
    held: Mapped[str] = string("date as far as known")
    stage: Mapped[str | None] = maybe_ref("stage", "search stage that it followed")
    people: Mapped[int | None] = maybe("how many took part; null is unknown")
    who: Mapped[str] = string("who, by role")
    shown: Mapped[str] = string("what was shown")


class ConsultationDecision(Row):
    """Something decided with or after a consultation."""

    __tablename__ = "consultation_decision"

    consultation: Mapped[str] = ref("consultation", index=True)
    position: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = string()


class Feedback(Row):
    """What was said, and of which mechanism, configuration or other thing. Never a tick in the grid."""

    __tablename__ = "feedback"

    consultation: Mapped[str | None] = maybe_ref("consultation", "unknown when null", index=True)
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    configuration: Mapped[str | None] = maybe_ref("configuration", index=True)
    voice: Mapped[str] = word(Voice)
    words: Mapped[str] = string("what was said, and in whose words")
    who: Mapped[str] = string("who said it, by role")
    subject_table: Mapped[str] = string(
        "table of the thing it is about, where that is neither mechanism nor configuration",
        server_default=sql("''"),
    )
    subject: Mapped[str] = string("uid of that thing", server_default=sql("''"))


class ConsultationItem(Row):
    """Something of the review that was shown at a consultation."""

    __tablename__ = "consultation_item"
    __table_args__ = (Index(None, "subject"),)

    consultation: Mapped[str] = ref("consultation", index=True)
    position: Mapped[int] = mapped_column(Integer)
    subject_table: Mapped[str] = string("table of the thing shown")
    subject: Mapped[str] = string("uid of the thing shown")


class ConsultationAct(Row):
    """An act of the log that followed from a consultation."""

    __tablename__ = "consultation_act"
    __table_args__ = (Index(None, "consultation", "act", unique=True),)

    consultation: Mapped[str] = ref("consultation")
    act: Mapped[str] = ref("act", index=True)


class Milestone(Row):
    """A named moment of the review, such as "submitted": it can be looked at as it was then."""

    __tablename__ = "milestone"

    name: Mapped[str] = string(unique=True)
    moment: Mapped[datetime] = mapped_column(Utc, doc="the moment, in UTC")
    note: Mapped[str] = string()
