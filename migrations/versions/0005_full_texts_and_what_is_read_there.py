"""Full texts and where quotations stand in them; appraisals; extraction forms and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
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


def _yes_no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.uid"], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str, unique: bool = False) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=unique)


def upgrade() -> None:
    """Add columns and tables only: no row is rewritten."""
    for name in ("before", "after", "site"):
        op.add_column("excerpt", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    _texts()
    _appraisals()
    _forms()


def _texts() -> None:
    op.create_table(
        "document_file",
        _text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document_file")),
    )
    _signed(
        "document", _text("paper"), _text("name"), _text("kind"), _text("sha256"), _number("size"),
        _of("document", "paper", "paper"),
    )  # fmt: skip
    _index("document", "paper")
    _index("document", "sha256")
    _signed(
        "document_text", _text("document"), _number("number"), _text("extractor"), _text("version"),
        _number("pages"), _yes_no("scanned"), _text("problems"), _of("document_text", "document", "document"),
    )  # fmt: skip
    _index("document_text", "document", "number", unique=True)
    _signed(
        "document_page", _text("document_text"), _number("number"), _text("label"), _text("body"),
        _of("document_page", "document_text", "document_text"),
    )  # fmt: skip
    _index("document_page", "document_text", "number", unique=True)
    _signed(
        "document_section", _text("document_text"), _number("position"), _text("title"), _number("level"),
        _number("page"), _number("start"), _of("document_section", "document_text", "document_text"),
    )  # fmt: skip
    _index("document_section", "document_text", "position", unique=True)
    _signed(
        "excerpt_anchor", _text("excerpt"), _text("document_text", nullable=True), _text("state"),
        *(_number(name, nullable=True) for name in ("page", "start", "end_page", "end")),
        _of("excerpt_anchor", "excerpt", "excerpt"),
        _of("excerpt_anchor", "document_text", "document_text"),
    )  # fmt: skip
    _index("excerpt_anchor", "document_text")
    _index("excerpt_anchor", "excerpt", "document_text", unique=True)


def _appraisals() -> None:
    _signed(
        "appraisal_dimension", _number("position"), _text("name"), _text("description"),
        sa.UniqueConstraint("name", name=op.f("uq_appraisal_dimension_name")),
    )  # fmt: skip
    _signed(
        "appraisal_level", _text("dimension"), _number("position"), _text("name"), _text("description"),
        _of("appraisal_level", "dimension", "appraisal_dimension"),
    )  # fmt: skip
    _index("appraisal_level", "dimension", "name", unique=True)
    _signed(
        "appraisal", _text("paper"), _text("excerpt", nullable=True), _text("dimension"),
        _text("level", nullable=True), _text("reason"), _of("appraisal", "paper", "paper"),
        _of("appraisal", "excerpt", "excerpt"), _of("appraisal", "dimension", "appraisal_dimension"),
        _of("appraisal", "level", "appraisal_level"),
    )  # fmt: skip
    for column in ("paper", "excerpt", "dimension", "level"):
        _index("appraisal", column)


def _forms() -> None:
    _signed("form", _text("name"), _number("number"), _text("note"))
    _index("form", "name", "number", unique=True)
    _signed(
        "form_field", _text("form"), _number("position"), _text("key"), _text("label"), _text("kind"),
        _text("choices"), _text("help"), _of("form_field", "form", "form"),
    )  # fmt: skip
    _index("form_field", "form", "key", unique=True)
    _signed(
        "answer", _text("paper"), _text("field"), _text("value"), _text("note"), _yes_no("agreed"),
        _of("answer", "paper", "paper"), _of("answer", "field", "form_field"),
    )  # fmt: skip
    _index("answer", "field")
    _index("answer", "paper", "field")
