"""Coding: frameworks of codes, codes that grow, what was coded with them; what was found fine in boxes."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import Valence


class Framework(Row):
    """A framework of codes that was there before the reading (deductive)."""

    __tablename__ = "framework"

    name: Mapped[str] = string(unique=True)
    source: Mapped[str] = string("where it comes from")
    note: Mapped[str] = string()


class Code(Row):
    """A code: of a framework, or one that grew while reading (inductive)."""

    __tablename__ = "code"

    framework: Mapped[str | None] = maybe_ref("framework", "null: it grew while reading", index=True)
    parent: Mapped[str | None] = maybe_ref("code", "the code it is a part of", index=True)
    position: Mapped[int] = mapped_column(Integer, doc="its place in its framework, or among those that grew")
    name: Mapped[str] = string()
    description: Mapped[str] = string()
    ended: Mapped[str] = string("why it was retired; empty while it is in use")


class Coding(Row):
    """A code on an excerpt, an element, a configuration, a piece of evidence or a paper."""

    __tablename__ = "coding"
    __table_args__ = (Index(None, "subject"),)

    code: Mapped[str] = ref("code", index=True)
    subject_table: Mapped[str] = string("table of the thing coded")
    subject: Mapped[str] = string("uid of the thing coded")
    valence: Mapped[str | None] = word(
        Valence, "enabler (+), barrier (-), no difference, both; not said when null", default=None
    )
    site: Mapped[str] = string("the case within the paper; empty: that of the thing coded")
    note: Mapped[str] = string()


class Dismissal(Row):
    """Something to look at in a box was looked at, and is fine as it is."""

    __tablename__ = "dismissal"
    __table_args__ = (
        Index("uq_dismissal_active", "subject", "rule", unique=True, sqlite_where=sql("ended = ''")),
    )

    rule: Mapped[str] = string("the key of the rule that found it")
    subject_table: Mapped[str] = string("configuration, or element where it is about a part")
    subject: Mapped[str] = string("uid of the box or part")
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it is looked at again; empty while it holds")
