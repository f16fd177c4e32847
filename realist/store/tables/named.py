"""What became of named contexts and outcomes, as for mechanisms: aliases, versions, fates, merges."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import Fate


def _merged_once(kind: str) -> Index:
    return Index(
        f"uq_{kind}_merge_from_{kind}_into_{kind}_active",
        f"from_{kind}",
        f"into_{kind}",
        unique=True,
        sqlite_where=sql("ended = ''"),
    )


class _Alias(Row):
    name: Mapped[str] = string(index=True)
    source: Mapped[str] = string("where it is called so")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class _Version(Row):
    number: Mapped[int] = mapped_column(Integer)
    description: Mapped[str] = string()
    reason: Mapped[str] = string("what moved it")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class _Fate(Row):
    fate: Mapped[str] = word(Fate)
    reason: Mapped[str] = string()
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class _Merge(Row):
    position: Mapped[int] = mapped_column(Integer, doc="order in which the targets were named")
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was ended; empty while it holds")
    move: Mapped[str | None] = maybe_ref("move", "the act of synthesis it is of", index=True)


class ContextAlias(_Alias):
    """Another name under which a context is known."""

    __tablename__ = "context_alias"

    context: Mapped[str] = ref("context", index=True)


class ContextVersion(_Version):
    """One description of a context that was not its first; the highest number is the current one."""

    __tablename__ = "context_version"
    __table_args__ = (Index(None, "context", "number", unique=True),)

    context: Mapped[str] = ref("context")


class ContextFate(_Fate):
    """A decision about a context; the latest one counts."""

    __tablename__ = "context_fate"

    context: Mapped[str] = ref("context", index=True)


class ContextMerge(_Merge):
    """A context went into another. One target: what was given to it shows there; several: it waits."""

    __tablename__ = "context_merge"
    __table_args__ = (_merged_once("context"),)

    from_context: Mapped[str] = ref("context")
    into_context: Mapped[str] = ref("context", index=True)


class OutcomeAlias(_Alias):
    """Another name under which an outcome is known."""

    __tablename__ = "outcome_alias"

    outcome: Mapped[str] = ref("outcome", index=True)


class OutcomeVersion(_Version):
    """One description of an outcome that was not its first; the highest number is the current one."""

    __tablename__ = "outcome_version"
    __table_args__ = (Index(None, "outcome", "number", unique=True),)

    outcome: Mapped[str] = ref("outcome")


class OutcomeFate(_Fate):
    """A decision about an outcome; the latest one counts."""

    __tablename__ = "outcome_fate"

    outcome: Mapped[str] = ref("outcome", index=True)


class OutcomeMerge(_Merge):
    """An outcome went into another. One target: what was given to it shows there; several: it waits."""

    __tablename__ = "outcome_merge"
    __table_args__ = (_merged_once("outcome"),)

    from_outcome: Mapped[str] = ref("outcome")
    into_outcome: Mapped[str] = ref("outcome", index=True)
