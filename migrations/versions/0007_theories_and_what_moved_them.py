"""Moves and placements, lives of contexts and outcomes, theories, regularities, milestones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Columns = tuple[object, ...]


def _signed(table: str, *more: object) -> None:
    op.create_table(
        table,
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        *more,  # type: ignore[arg-type]
        sa.ForeignKeyConstraint(["person"], ["person.uid"], name=op.f(f"fk_{table}_person")),
        sa.PrimaryKeyConstraint("uid", name=op.f(f"pk_{table}")),
    )


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.uid"], name=op.f(f"fk_{table}_{column}"))


def _to(table: str, column: str, target: str = "") -> Columns:
    return _text(column), _of(table, column, target or column)


def _maybe(table: str, column: str, target: str = "") -> Columns:
    return _text(column, nullable=True), _of(table, column, target or column)


def _about() -> Columns:
    return _text("subject_table"), _text("subject")


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)


def _word(table: str, column: str) -> None:
    op.add_column(table, sa.Column(column, sa.Text(), server_default=sa.text("''"), nullable=False))


def _key(table: str, column: str, target: str = "") -> None:
    # as one statement, which both databases take; one of a constraint apart SQLite refuses
    key = f"CONSTRAINT fk_{table}_{column} REFERENCES {target or column} (uid)"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT {key}")
    _index(table, column)


def upgrade() -> None:
    """Add columns and tables only: no row is rewritten."""
    for table in ("mechanism", "context", "outcome"):
        _word(table, "priority")
    _word("feedback", "subject_table")
    _word("feedback", "subject")
    _moves()
    for kind in ("context", "outcome"):
        _lives(kind)
    for table in ("alias", "version", "fate", "merge"):
        _key(f"mechanism_{table}", "move")
    _theories()
    _key("evidence", "theory_version")
    _key("evidence", "theory_part")
    _key("element_source", "theory")
    _regularities()
    _consultations()


def _moves() -> None:
    _signed(
        "move", _number("number"), _text("kind"), _text("reason"), _text("result"), _once("move", "number")
    )
    _signed("move_item", *_to("move_item", "move"), _number("position"), _text("role"), *_about())
    _index("move_item", "move")
    _index("move_item", "subject")
    table = "placement"
    kinds = ("mechanism", "context", "outcome")
    _signed(
        table, *_about(), *(column for kind in kinds for column in _maybe(table, kind)),
        _text("reason"), _text("ended"), *_maybe(table, "move"),
    )  # fmt: skip
    for column in (*kinds, "move", "subject"):
        _index(table, column)


def _lives(kind: str) -> None:
    """Add for contexts or outcomes what mechanisms have: aliases, versions, fates, merges."""
    table = f"{kind}_alias"
    _signed(table, _text("name"), _text("source"), *_maybe(table, "move"), *_to(table, kind))
    for column in ("name", "move", kind):
        _index(table, column)
    table = f"{kind}_version"
    _signed(
        table, _number("number"), _text("description"), _text("reason"), *_maybe(table, "move"),
        *_to(table, kind),
    )  # fmt: skip
    _index(table, "move")
    _index(table, kind, "number", unique=True)
    table = f"{kind}_fate"
    _signed(table, _text("fate"), _text("reason"), *_maybe(table, "move"), *_to(table, kind))
    _index(table, "move")
    _index(table, kind)
    table = f"{kind}_merge"
    _signed(
        table, _number("position"), _text("reason"), _text("ended"), *_maybe(table, "move"),
        *_to(table, f"from_{kind}", kind), *_to(table, f"into_{kind}", kind),
    )  # fmt: skip
    _index(table, "move")
    _index(table, f"into_{kind}")
    holds = sa.text("ended = ''")
    op.create_index(
        f"uq_{table}_from_{kind}_into_{kind}_active", table, [f"from_{kind}", f"into_{kind}"],
        unique=True, sqlite_where=holds, postgresql_where=holds,
    )  # fmt: skip


def _theories() -> None:
    _signed(
        "theory", _number("number"), _text("name"), _text("kind"), _text("source"), _text("note"),
        _once("theory", "number"), _once("theory", "name"),
    )  # fmt: skip
    table = "theory_version"
    _signed(
        table, *_to(table, "theory"), _number("number"), _text("stage"), _text("label"), _text("dated"),
        _text("reason"), *_maybe(table, "move"),
    )  # fmt: skip
    _index(table, "move")
    _index(table, "theory", "number", unique=True)
    table = "theory_part"
    _signed(table, *_to(table, "theory"), _number("number"), _text("name"))
    _index(table, "theory", "number", unique=True)
    table = "theory_statement"
    words = ("form", "text", "if_text", "then_text", "because_text", "priority")
    _signed(
        table, *_to(table, "version", "theory_version"), *_to(table, "part", "theory_part"),
        _number("position"), *(_text(name) for name in words),
    )  # fmt: skip
    _index(table, "part")
    _index(table, "version", "part", unique=True)
    table = "bearing"
    _signed(
        table, *_to(table, "configuration"), *_to(table, "version", "theory_version"),
        *_maybe(table, "part", "theory_part"), _text("stance"), _text("reason"),
    )  # fmt: skip
    for column in ("configuration", "version", "part"):
        _index(table, column)


def _regularities() -> None:
    table = "regularity"
    kinds = ("context", "mechanism", "outcome")
    _signed(
        table, _number("number"), _text("name"), _text("wording"),
        *(column for kind in kinds for column in _maybe(table, kind)),
        sa.Column("ended", sa.Text(), server_default=sa.text("''"), nullable=False),
        _once(table, "number"), _once(table, "name"),
    )  # fmt: skip
    for kind in kinds:
        _index(table, kind)
    table = "regularity_case"
    _signed(
        table, *_to(table, "regularity"), *_to(table, "configuration"),
        sa.Column("counter", sa.Boolean(), nullable=False), _text("note"),
    )  # fmt: skip
    _index(table, "configuration")
    _index(table, "regularity", "configuration", unique=True)


def _consultations() -> None:
    table = "consultation_item"
    _signed(table, *_to(table, "consultation"), _number("position"), *_about())
    _index(table, "consultation")
    _index(table, "subject")
    table = "consultation_act"
    _signed(table, *_to(table, "consultation"), *_to(table, "act"))
    _index(table, "act")
    _index(table, "consultation", "act", unique=True)
    _signed("milestone", _text("name"), _text("moment"), _text("note"), _once("milestone", "name"))
