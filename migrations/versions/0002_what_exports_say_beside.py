"""Editors, database and publisher of records; which import mends another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns only: no row is rewritten, so that a large review opens at once."""
    for name in ("editors", "database", "publisher"):
        op.add_column("record_text", sa.Column(name, sa.Text(), server_default=sa.text("''"), nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        # Its ALTER TABLE takes a reference within the column, and there no name for the constraint.
        op.execute(
            'ALTER TABLE import ADD COLUMN mends TEXT CONSTRAINT fk_import_mends REFERENCES "import" (uid)'
        )
    else:
        op.add_column("import", sa.Column("mends", sa.Text(), nullable=True))
        op.create_foreign_key("fk_import_mends", "import", "import", ["mends"], ["uid"])
    op.create_index("ix_import_mends", "import", ["mends"], unique=False)
