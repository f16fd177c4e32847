"""What every table has: a uid, the person who made the row, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, cast

from sqlalchemy import Dialect, ForeignKey, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def stamp(moment: datetime) -> str:
    """Return the text under which an aware moment is stored."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Utc(TypeDecorator[datetime]):
    """A moment, kept as ISO 8601 text in UTC with microseconds, so that it sorts and reads anywhere."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the text of an aware datetime; a naive one is an error of programming."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return stamp(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the aware datetime of a stored text."""
        return None if value is None else datetime.fromisoformat(value)


class Word(TypeDecorator[str]):
    """A word of a vocabulary, stored as plain text. What is stored is shown even if it is no such word."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the word as plain text."""
        return None if value is None else str(value)


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Root of all tables; rows are dataclasses with keyword arguments."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text}


class Row(Base, kw_only=True):
    """A row that a person made: identity, author and time. The unit of work fills them in."""

    __abstract__ = True

    uid: Mapped[str] = mapped_column(Text, primary_key=True, default="", sort_order=-3)
    person: Mapped[str] = mapped_column(
        Text, ForeignKey("person.uid"), default="", sort_order=-2, doc="who made this row"
    )
    at: Mapped[datetime] = mapped_column(Utc, default=datetime.min, sort_order=-1, doc="when, in UTC")


def table_of(model: type[Base]) -> Table:
    """Return the table of a model."""
    return cast(Table, model.__table__)


def string(doc: str = "", **options: Any) -> MappedColumn[Any]:
    """Return a TEXT column that is empty rather than missing."""
    return mapped_column(Text, default="", doc=doc, **options)


def maybe(doc: str = "", **options: Any) -> MappedColumn[Any]:
    """Return a column whose type follows the annotation and that may be unknown (NULL)."""
    return mapped_column(default=None, doc=doc, **options)


def word(words: type[StrEnum], doc: str = "", **options: Any) -> MappedColumn[Any]:
    """Return a column that holds a word of a vocabulary."""
    return mapped_column(Word(words), doc=doc, **options)


def ref(target: str, doc: str = "", *, index: bool = False, **options: Any) -> MappedColumn[Any]:
    """Return a column that names the uid of a row of *target*."""
    return mapped_column(Text, ForeignKey(f"{target}.uid"), doc=doc, index=index, **options)


def maybe_ref(target: str, doc: str = "", *, index: bool = False) -> MappedColumn[Any]:
    """Return a reference that may be missing."""
    return ref(target, doc, index=index, default=None)
