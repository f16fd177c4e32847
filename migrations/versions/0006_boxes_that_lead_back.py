"""What else parts of boxes say, several excerpts for evidence, codes, drafts, and who extracts what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


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


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.uid"], name=op.f(f"fk_{table}_{column}"))


def _once(table: str, column: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_{table}_{column}"))


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)


def upgrade() -> None:
    """Add columns and tables only: no row is rewritten."""
    for table, name in (("configuration", "site"), ("element", "hedge"), ("element", "site")):
        op.add_column(table, sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("element", _text("inference", nullable=True))
    _signed(
        "evidence_excerpt",
        _text("evidence"),
        _text("excerpt"),
        _number("position"),
        _of("evidence_excerpt", "evidence", "evidence"),
        _of("evidence_excerpt", "excerpt", "excerpt"),
    )
    _index("evidence_excerpt", "evidence", "excerpt", unique=True)
    _index("evidence_excerpt", "excerpt")
    op.create_table(
        "draft",
        _text("initials"),
        _text("place"),
        _text("body"),
        _text("at"),
        sa.PrimaryKeyConstraint("initials", "place", name=op.f("pk_draft")),
    )
    _codes()
    _dismissals()
    _extractions()


def _codes() -> None:
    _signed("framework", _text("name"), _text("source"), _text("note"), _once("framework", "name"))
    _signed(
        "code",
        _text("framework", nullable=True),
        _text("parent", nullable=True),
        _number("position"),
        _text("name"),
        _text("description"),
        _text("ended"),
        _of("code", "framework", "framework"),
        _of("code", "parent", "code"),
    )
    _index("code", "framework")
    _index("code", "parent")
    _signed(
        "coding",
        _text("code"),
        _text("subject_table"),
        _text("subject"),
        _text("valence", nullable=True),
        _text("site"),
        _text("note"),
        _of("coding", "code", "code"),
    )
    _index("coding", "code")
    _index("coding", "subject")


def _dismissals() -> None:
    _signed(
        "dismissal", _text("rule"), _text("subject_table"), _text("subject"), _text("reason"), _text("ended")
    )
    op.create_index(
        "uq_dismissal_active", "dismissal", ["subject", "rule"], unique=True,
        sqlite_where=sa.text("ended = ''"), postgresql_where=sa.text("ended = ''"),
    )  # fmt: skip


def _extractions() -> None:
    """Add who extracts what, what was checked, and to which extraction a row belongs."""
    _signed(
        "extraction",
        _text("paper"),
        _text("extractor"),
        _text("role"),
        sa.Column("done", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opened", sa.Text(), server_default=sa.text("''"), nullable=False),
        _text("independent_until", nullable=True),
        _text("counted_by", nullable=True),
        sa.Column("ended", sa.Text(), server_default=sa.text("''"), nullable=False),
        _of("extraction", "paper", "paper"),
        _of("extraction", "extractor", "person"),
        _of("extraction", "counted_by", "extraction"),
    )
    holds = sa.text("ended = ''")
    op.create_index(
        op.f("ix_extraction_paper_extractor_role"), "extraction", ["paper", "extractor", "role"],
        unique=True, sqlite_where=holds, postgresql_where=holds,
    )  # fmt: skip
    _index("extraction", "extractor")
    _index("extraction", "counted_by")
    _signed(
        "extraction_check",
        _text("extraction"),
        _text("subject_table"),
        _text("subject"),
        _text("verdict"),
        _text("note"),
        _of("extraction_check", "extraction", "extraction"),
    )
    _index("extraction_check", "extraction")
    _index("extraction_check", "subject")
    for table in ("configuration", "evidence", "reading", "excerpt"):
        # as one statement, which both databases take; one of a constraint apart SQLite refuses
        key = f"CONSTRAINT fk_{table}_extraction REFERENCES extraction (uid)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN extraction TEXT {key}")
        _index(table, "extraction")
