"""Screening by several people: rules of rounds, assignments, checks, resolutions, retrieval, highlights."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_HOLDS = sa.text("ended = ''")


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


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.uid"], name=op.f(f"fk_{table}_{column}"))


def _one_holds(table: str, *columns: str) -> None:
    op.create_index(
        f"uq_{table}_active", table, list(columns), unique=True,
        sqlite_where=_HOLDS, postgresql_where=_HOLDS,
    )  # fmt: skip


def upgrade() -> None:
    """Add columns and tables only: no row is rewritten."""
    for column in (
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("maybe_rule", sa.Text(), server_default=sa.text("'goes forward'"), nullable=False),
        sa.Column("conflict_rule", sa.Text(), server_default=sa.text("'must agree'"), nullable=False),
        sa.Column("reading_order", sa.Text(), server_default=sa.text("'as imported'"), nullable=False),
        sa.Column("seed", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pilot", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("gate_statistic", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("gate_value", sa.Double(), nullable=True),
        sa.Column("allocation", sa.Text(), server_default=sa.text("''"), nullable=False),
    ):
        op.add_column("round", column)
    check = sa.Column("is_check", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("decision", check)
    _signed(
        "decision_reason", _text("decision"), _text("reason"), _of("decision_reason", "decision", "decision"),
        _of("decision_reason", "reason", "reason"),
    )  # fmt: skip
    op.create_index(op.f("ix_decision_reason_reason"), "decision_reason", ["reason"], unique=False)
    pair = ["decision", "reason"]
    op.create_index(op.f("ix_decision_reason_decision_reason"), "decision_reason", pair, unique=True)
    _signed(
        "assignment", _text("entry"), _text("reader"), _text("role"), _text("ended"),
        _of("assignment", "entry", "entry"), _of("assignment", "reader", "person"),
    )  # fmt: skip
    op.create_index(op.f("ix_assignment_reader"), "assignment", ["reader"], unique=False)
    _one_holds("assignment", "entry", "reader")
    _signed("parking", _text("entry"), _text("ended"), _of("parking", "entry", "entry"))
    _one_holds("parking", "entry", "person")
    _signed(
        "resolution", _text("entry"), _text("verdict"), _text("reason", nullable=True), _text("why"),
        _text("ended"), _of("resolution", "entry", "entry"), _of("resolution", "reason", "reason"),
    )  # fmt: skip
    _one_holds("resolution", "entry")
    _signed(
        "retrieval", _text("paper"), _text("status"), _text("happened"), _text("reason"),
        _of("retrieval", "paper", "paper"),
    )  # fmt: skip
    op.create_index(op.f("ix_retrieval_paper"), "retrieval", ["paper"], unique=False)
    _signed(
        "highlight", sa.Column("position", sa.Integer(), nullable=False), _text("colour"), _text("kind"),
        _text("text"),
    )  # fmt: skip
