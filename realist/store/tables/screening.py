"""Screening: rounds, the papers in them, and what people decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, Utc, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import (
    ConflictRule,
    Door,
    MaybeRule,
    RetrievalStatus,
    Role,
    RoundKind,
    RoundOrder,
    TermKind,
    TermSet,
    Use,
    Verdict,
)


class Round(Row):
    """Reading titles and abstracts, or full texts, for a stage, by stated criteria."""

    __tablename__ = "round"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review")
    stage: Mapped[str] = ref("stage", index=True)
    name: Mapped[str] = string(unique=True)
    kind: Mapped[str] = word(RoundKind)
    readers: Mapped[int] = mapped_column(Integer, default=1, doc="people who decide on each paper")
    blind: Mapped[bool] = mapped_column(default=False, doc="nobody sees another's decision before it ended")
    criteria: Mapped[str] = string()
    note: Mapped[str] = string()
    opened: Mapped[datetime | None] = mapped_column(
        Utc, default=None, doc="when a blind round was opened; null while it is not"
    )
    maybe_rule: Mapped[str] = word(MaybeRule, default=MaybeRule.FORWARD, server_default=sql("'goes forward'"))
    conflict_rule: Mapped[str] = word(
        ConflictRule, default=ConflictRule.AGREE, server_default=sql("'must agree'")
    )
    order: Mapped[str] = word(
        RoundOrder, name="reading_order", default=RoundOrder.IMPORTED, server_default=sql("'as imported'")
    )
    seed: Mapped[int] = mapped_column(Integer, default=0, server_default=sql("0"), doc="of a random order")
    pilot: Mapped[bool] = mapped_column(
        default=False, server_default=sql("false"), doc="to try criteria and agreement out"
    )
    gate_statistic: Mapped[str] = string(
        "what a pilot has to reach: which statistic", server_default=sql("''")
    )
    gate_value: Mapped[float | None] = maybe("what a pilot has to reach: which value")
    allocation: Mapped[str] = string("by which scheme it was handed out, as JSON", server_default=sql("''"))


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
    is_check: Mapped[bool] = mapped_column(
        default=False,
        server_default=sql("false"),
        doc="confirms or amends what another decided; never part of agreement",
    )


class DecisionReason(Row):
    """A further exclusion reason of a decision, beside its primary one."""

    __tablename__ = "decision_reason"
    __table_args__ = (Index(None, "decision", "reason", unique=True),)

    decision: Mapped[str] = ref("decision")
    reason: Mapped[str] = ref("reason", index=True)


class Assignment(Row):
    """An entry handed to a person to read."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("uq_assignment_active", "entry", "reader", unique=True, sqlite_where=sql("ended = ''")),
    )

    entry: Mapped[str] = ref("entry")
    reader: Mapped[str] = ref("person", index=True)
    role: Mapped[str] = word(Role, default=Role.READ)
    ended: Mapped[str] = string("why it was taken back; empty while it holds")


class Parking(Row):
    """A person put an entry aside: it is undecided and comes back at the end of their pile."""

    __tablename__ = "parking"
    __table_args__ = (
        Index("uq_parking_active", "entry", "person", unique=True, sqlite_where=sql("ended = ''")),
    )

    entry: Mapped[str] = ref("entry")
    ended: Mapped[str] = string("why it came back; empty while it holds")


class Resolution(Row):
    """What was agreed where decisions differ; it rules while it holds."""

    __tablename__ = "resolution"
    __table_args__ = (Index("uq_resolution_active", "entry", unique=True, sqlite_where=sql("ended = ''")),)

    entry: Mapped[str] = ref("entry")
    verdict: Mapped[str] = word(Verdict)
    reason: Mapped[str | None] = maybe_ref("reason")
    why: Mapped[str] = string()
    ended: Mapped[str] = string("why it was taken back; empty while it holds")


class Retrieval(Row):
    """A step of getting the full text of a paper; the latest one counts."""

    __tablename__ = "retrieval"

    paper: Mapped[str] = ref("paper", index=True)
    status: Mapped[str] = word(RetrievalStatus)
    happened: Mapped[str] = string("date as far as known")
    reason: Mapped[str] = string("why it cannot be obtained, or where it was sought")


class Highlight(Row):
    """A term that is marked in titles and abstracts while people screen."""

    __tablename__ = "highlight"

    position: Mapped[int] = mapped_column(Integer)
    colour: Mapped[str] = word(TermSet, "the set whose colour it has")
    kind: Mapped[str] = word(TermKind)
    text: Mapped[str] = string()


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
