"""The log: acts of people and the changes of rows that each act made. Append-only."""

from __future__ import annotations

from sqlalchemy import Integer, Text

from realist.store.tables.base import Base, Mapped, Row, mapped_column, maybe_ref, ref, string


class Act(Row):
    """One intention of one person, carried out whole or not at all."""

    __tablename__ = "act"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="running number in this review")
    intention: Mapped[str] = string("what was meant: a verb on a domain word")
    subject: Mapped[str] = string("the thing acted on, as a person names it")
    reason: Mapped[str] = string("why, where the person said so")
    undoes: Mapped[str | None] = maybe_ref("act", "the act that this one reverses", index=True)


class Change(Base):
    """One row before and after an act. Person and time are the act's."""

    __tablename__ = "change"

    act: Mapped[str] = ref("act", primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, doc="order within the act, from 1")
    table_name: Mapped[str] = string("the table changed")
    row: Mapped[str] = string("uid of the row changed", index=True)
    before: Mapped[str | None] = mapped_column(
        Text, default=None, doc="the row before, as a JSON object; null when it was added"
    )
    after: Mapped[str | None] = mapped_column(
        Text, default=None, doc="the row after, as a JSON object; null when it was taken out"
    )
    revision: Mapped[str] = string("schema revision in which the row is written")
