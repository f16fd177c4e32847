"""Alembic's entry: runs on the connection it is given, within that connection's transaction."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator

from realist.store.tables.base import with_conditions_for_servers


def ours(_: Any, name: str | None, kind: str, reflected: bool, __: Any) -> bool:
    """Leave the full-text index out: search.py makes it."""
    return not (reflected and kind in ("table", "index") and (name or "").startswith("search_fts"))


def plainly(kind: str, thing: Any, _: Any) -> str | bool:
    """Write our column types into a migration as what they are in the database: text."""
    return "sa.Text()" if kind == "type" and isinstance(thing, TypeDecorator) else False


def run(connection: Connection) -> None:
    """Run the migrations on *connection*."""
    context.configure(
        connection=connection,
        target_metadata=with_conditions_for_servers(),
        render_as_batch=context.config.attributes.get("batch", True),
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
        include_object=ours,
        render_item=plainly,
    )
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    raise SystemExit("realist migrates a review when it opens it: run `realist check` on the file instead.")
run(given)
