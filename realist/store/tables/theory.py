"""Components of the programme theory: mechanisms, contexts, outcomes, and what became of them."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import ContextLevel, Fate, Lineage, MechanismKind


class Mechanism(Row):
    """A named component of the programme theory: a column of the grid."""

    __tablename__ = "mechanism"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review: M3")
    name: Mapped[str] = string(index=True)
    kind: Mapped[str] = word(MechanismKind, default=MechanismKind.MECHANISM)
    note: Mapped[str] = string("a remark shown with its column")
    priority: Mapped[str] = string("the review's own word or rank; empty: not set", server_default=sql("''"))


class MechanismAlias(Row):
    """Another name under which a mechanism is known."""

    __tablename__ = "mechanism_alias"

    mechanism: Mapped[str] = ref("mechanism", index=True)
    name: Mapped[str] = string(index=True)
    source: Mapped[str] = string("where it is called so")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class MechanismVersion(Row):
    """One description of a mechanism; the highest number is the current one."""

    __tablename__ = "mechanism_version"
    __table_args__ = (Index(None, "mechanism", "number", unique=True),)

    mechanism: Mapped[str] = ref("mechanism")
    number: Mapped[int] = mapped_column(Integer)
    description: Mapped[str] = string()
    reason: Mapped[str] = string("what moved it")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class MechanismFate(Row):
    """A decision about a mechanism; the latest one counts."""

    __tablename__ = "mechanism_fate"

    mechanism: Mapped[str] = ref("mechanism", index=True)
    fate: Mapped[str] = word(Fate)
    reason: Mapped[str] = string()
    consultation: Mapped[str | None] = maybe_ref("consultation", "what moved it")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class MechanismMerge(Row):
    """A mechanism went into another. One target: its evidence shows there; several: it waits."""

    __tablename__ = "mechanism_merge"
    __table_args__ = (
        Index(
            "uq_mechanism_merge_from_mechanism_into_mechanism_active",
            "from_mechanism",
            "into_mechanism",
            unique=True,
            sqlite_where=sql("ended = ''"),
        ),
    )

    position: Mapped[int] = mapped_column(Integer, doc="order in which the targets were named")
    from_mechanism: Mapped[str] = ref("mechanism")
    into_mechanism: Mapped[str] = ref("mechanism", index=True)
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was ended; empty while it holds")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class MechanismList(Row):
    """A named, ordered list of mechanisms, of a person or agreed."""

    __tablename__ = "mechanism_list"

    position: Mapped[int] = mapped_column(Integer, doc="order of the lists in time")
    name: Mapped[str] = string(unique=True)
    stage: Mapped[str | None] = maybe_ref("stage")
    dated: Mapped[str] = string("date as far as known")
    agreed: Mapped[bool] = mapped_column(default=True, doc="agreed by the team, or one person's")
    source: Mapped[str] = string("where it stands")
    note: Mapped[str] = string()


class MechanismListItem(Row):
    """A place in a list. A heading that names no mechanism keeps its printed words."""

    __tablename__ = "mechanism_list_item"
    __table_args__ = (Index(None, "mechanism_list", "position", unique=True),)

    mechanism_list: Mapped[str] = ref("mechanism_list")
    position: Mapped[int] = mapped_column(Integer)
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    printed: Mapped[str] = string("as printed in the list")


class ListLineage(Row):
    """What is known of how one list came from another."""

    __tablename__ = "list_lineage"

    from_list: Mapped[str] = ref("mechanism_list")
    into_list: Mapped[str] = ref("mechanism_list")
    lineage: Mapped[str] = word(Lineage)
    note: Mapped[str] = string()


class Context(Row):
    """A named context, for tagging elements across papers."""

    __tablename__ = "context"

    number: Mapped[int] = mapped_column(Integer, unique=True)
    name: Mapped[str] = string(index=True)
    level: Mapped[str | None] = word(ContextLevel, default=None)
    description: Mapped[str] = string()
    priority: Mapped[str] = string("the review's own word or rank; empty: not set", server_default=sql("''"))


class Outcome(Row):
    """A named outcome, for tagging elements across papers."""

    __tablename__ = "outcome"

    number: Mapped[int] = mapped_column(Integer, unique=True)
    name: Mapped[str] = string(index=True)
    description: Mapped[str] = string()
    priority: Mapped[str] = string("the review's own word or rank; empty: not set", server_default=sql("''"))
