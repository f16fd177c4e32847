"""Screening: rounds, the papers in them, and what people decided."""

from __future__ import annotations

from sqlalchemy import Index, Integer

from realist.store.tables.base import Mapped, Row, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import Door, RoundKind, Use, Verdict


class Round(Row):
    """Reading titles and abstracts, or full texts, for a stage, by stated criteria."""

    __tablename__ = "round"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review")
    stage: Mapped[str] = ref("stage", index=True)
    name: Mapped[str] = string(unique=True)
    kind: Mapped[str] = word(RoundKind)
    readers: Mapped[int] = mapped_column(Integer, default=1, doc="people who decide on each paper")
    blind: Mapped[bool] = mapped_column(default=False)
    criteria: Mapped[str] = string()
    note: Mapped[str] = string()


class Reason(Row):
    """An exclusion reason of a round, numbered for its key."""

    __tablename__ = "reason"
    __table_args__ = (Index(None, "round", "number", unique=True),)

    round: Mapped[str] = ref("round")
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = string()


class Entry(Row):
    """A paper in a round, and the door it came through."""

    __tablename__ = "entry"
    __table_args__ = (Index(None, "round", "paper", unique=True),)

    round: Mapped[str] = ref("round")
    paper: Mapped[str] = ref("paper", index=True)
    door: Mapped[str | None] = word(Door, "unknown when null", default=None)
    why: Mapped[str] = string()
    supplied_by: Mapped[str] = string()


class Decision(Row):
    """What one person decided on one entry. A changed mind is a new decision; the latest one counts."""

    __tablename__ = "decision"
    __table_args__ = (Index(None, "entry", "person", "at"),)

    entry: Mapped[str] = ref("entry")
    verdict: Mapped[str] = word(Verdict)
    reason: Mapped[str | None] = maybe_ref("reason")
    use: Mapped[str | None] = word(Use, "what an included paper is for", default=None)
    note: Mapped[str] = string()
    seconds: Mapped[float | None] = maybe("time taken; null is unknown")


class IncludedSet(Row):
    """The named result of a round. Grids, tables and exports name theirs."""

    __tablename__ = "included_set"

    name: Mapped[str] = string(unique=True)
    round: Mapped[str | None] = maybe_ref("round", "round whose includes are its members")
    note: Mapped[str] = string()


class ListedPaper(Row):
    """A member of a set that the source lists, where no decision of the review is known."""

    __tablename__ = "listed_paper"
    __table_args__ = (Index(None, "included_set", "paper", unique=True),)

    included_set: Mapped[str] = ref("included_set")
    paper: Mapped[str] = ref("paper", index=True)
    position: Mapped[int] = mapped_column(Integer, doc="order in the source")
    source: Mapped[str] = string("where it is listed")
