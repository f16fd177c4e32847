"""What every table has: a uid, the person who made the row, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast, dataclass_transform, overload

from sqlalchemy import (
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    FromClause,
    Integer,
    MetaData,
    Table,
    Text,
)
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


T = TypeVar("T")
M = TypeVar("M", bound="Base")


class Mapped(Generic[T]):
    """A column: on the class the column itself, for statements; on a row the value."""

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: Any) -> Column[T]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T: ...
        def __get__(self, instance: object | None, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: T) -> None: ...


_NEEDED = object()
_TYPES: dict[str, Any] = {
    "str": Text, "int": Integer, "bool": Boolean, "float": Double, "datetime": Utc,
}  # fmt: skip


class _Spec:
    """What a table module says of a column, until its class is complete."""

    def __init__(self, kind: Any, target: str, default: Any, options: dict[str, Any]) -> None:
        self.kind, self.target, self.default, self.options = kind, target, default, options

    def column(self, attribute: str, annotation: str) -> Column[Any]:
        """Return the column; its type follows the annotation where none is given."""
        kind, _, nothing = annotation.removeprefix("Mapped[").removesuffix("]").partition(" | ")
        options = dict(self.options)
        name = options.pop("name", attribute)
        keys = [ForeignKey(f"{self.target}.uid")] if self.target else []
        return Column(name, self.kind or _TYPES[kind], *keys, nullable=bool(nothing), **options)


def mapped_column(kind: Any = None, *, target: str = "", default: Any = _NEEDED, **options: Any) -> Any:
    """Describe a column: its type, the table whose uid it names, its value where none is given."""
    return _Spec(kind, target, default, options)


@dataclass_transform(kw_only_default=True, field_specifiers=(mapped_column,))
class Base:
    """Root of all tables. A row is made with keyword arguments, one per column.

    Plain SQLAlchemy tables under classes that name their columns: the object-relational mapper, of which
    nothing else is used, takes longer to set up than everything that most commands do.
    """

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)
    models: ClassVar[list[type[Base]]] = []
    names: ClassVar[dict[str, str]] = {}
    """Attribute by attribute, in the order of the columns, what the column is called."""
    __table__: ClassVar[Table]
    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()
    _specs: ClassVar[dict[str, tuple[_Spec, str]]] = {}

    def __init_subclass__(cls, **_: Any) -> None:
        own = {
            name: (spec, cls.__annotations__[name])
            for name, spec in vars(cls).items()
            if isinstance(spec, _Spec)
        }
        cls._specs = {**cls._specs, **own}
        if "__tablename__" in vars(cls):
            columns = {name: spec.column(name, kind) for name, (spec, kind) in cls._specs.items()}
            cls.__table__ = Table(cls.__tablename__, Base.metadata, *columns.values(), *cls.__table_args__)
            cls.names = {name: column.name for name, column in columns.items()}
            Base.models.append(cls)
            for name, column in columns.items():
                setattr(cls, name, column)

    def __init__(self, **values: Any) -> None:
        for name, (spec, _) in self._specs.items():
            value = values.pop(name, spec.default)
            if value is _NEEDED:
                raise TypeError(f"a row of {self.__tablename__} needs {name}")
            setattr(self, name, value)
        if values:
            raise TypeError(f"{self.__tablename__} has no {', '.join(values)}")

    @classmethod
    def __clause_element__(cls) -> Table:
        """Stand for the table in statements."""
        return cls.__table__


class Row(Base):
    """A row that a person made: identity, author and time. The unit of work fills them in."""

    uid: Mapped[str] = mapped_column(Text, primary_key=True, default="")
    person: Mapped[str] = mapped_column(Text, target="person", default="", doc="who made this row")
    at: Mapped[datetime] = mapped_column(Utc, default=datetime.min, doc="when, in UTC")


def table_of(model: type[Base]) -> Table:
    """Return the table of a model."""
    return model.__table__


def with_conditions_for_servers() -> MetaData:
    """Return the metadata with the conditions of indexes stated for PostgreSQL as they are for SQLite.

    Only who makes or compares tables needs that; stating it loads the server's dialect.
    """
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_options["sqlite"]["where"]
            if condition is not None:
                index.dialect_options["postgresql"]["where"] = condition
    return Base.metadata


class _Alias:
    def __init__(self, model: type[Base]) -> None:
        self._table = model.__table__.alias()
        for attribute, name in model.names.items():
            setattr(self, attribute, self._table.c[name])

    def __clause_element__(self) -> FromClause:
        return self._table


def aliased(model: type[M]) -> type[M]:
    """Return a second view of a table, for statements that join it to itself."""
    return cast("type[M]", _Alias(model))


def string(doc: str = "", **options: Any) -> Any:
    """Return a TEXT column that is empty rather than missing."""
    return mapped_column(Text, default="", doc=doc, **options)


def maybe(doc: str = "", **options: Any) -> Any:
    """Return a column whose type follows the annotation and that may be unknown (NULL)."""
    return mapped_column(default=None, doc=doc, **options)


def word(words: type[StrEnum], doc: str = "", **options: Any) -> Any:
    """Return a column that holds a word of a vocabulary."""
    return mapped_column(Word(words), doc=doc, **options)


def ref(target: str, doc: str = "", *, index: bool = False, **options: Any) -> Any:
    """Return a column that names the uid of a row of *target*."""
    return mapped_column(Text, target=target, doc=doc, index=index, **options)


def maybe_ref(target: str, doc: str = "", *, index: bool = False) -> Any:
    """Return a reference that may be missing."""
    return ref(target, doc, index=index, default=None)
