"""What papers are to each other: not the same, related, of one study; questions to people; searches for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
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


def _of(table: str, column: str, target: str = "paper") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.uid"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Add tables only."""
    for table, more in (("not_same", ()), ("related_paper", (_text("kind"),))):
        _signed(
            table, _text("one"), _text("other"), *more, _text("reason"), _text("ended"),
            _of(table, "one"), _of(table, "other"),
        )  # fmt: skip
        op.create_index(op.f(f"ix_{table}_other"), table, ["other"], unique=False)
        op.create_index(
            f"uq_{table}_active", table, ["one", "other"], unique=True,
            sqlite_where=_HOLDS, postgresql_where=_HOLDS,
        )  # fmt: skip
    _signed(
        "study", _text("name"), _text("kind"), _text("within", nullable=True), _text("note"),
        _of("study", "within", "study"), sa.UniqueConstraint("name", name=op.f("uq_study_name")),
    )  # fmt: skip
    op.create_index(op.f("ix_study_within"), "study", ["within"], unique=False)
    _signed(
        "study_paper", _text("study"), _text("paper"), _of("study_paper", "study", "study"),
        _of("study_paper", "paper"),
    )  # fmt: skip
    op.create_index(op.f("ix_study_paper_paper"), "study_paper", ["paper"], unique=False)
    op.create_index(op.f("ix_study_paper_study_paper"), "study_paper", ["study", "paper"], unique=True)
    _signed(
        "doubt", _text("one"), _text("other"), _text("kind", nullable=True),
        sa.Column("score", sa.Double(), nullable=False), _text("reason"),
        _of("doubt", "one"), _of("doubt", "other"),
    )  # fmt: skip
    op.create_index(op.f("ix_doubt_other"), "doubt", ["other"], unique=False)
    op.create_index(op.f("ix_doubt_one_other"), "doubt", ["one", "other"], unique=True)
    _signed(
        "deduplication", _text("setting"), sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
    )  # fmt: skip
    op.create_table(
        "paper_keys", _text("paper"), _text("searched"), _text("keys"),
        sa.PrimaryKeyConstraint("paper", name=op.f("pk_paper_keys")),
    )  # fmt: skip
