"""What can be seen: papers of an import that is still being read are not there yet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, func, select

from realist.store.tables import Import, Paper, PaperJoin


def arrived() -> ColumnElement[bool]:
    """Whether a paper is there for everybody: added by hand, or by a finished import.

    Written so that no index on the import is of use: SQLite would take it and then sort every paper.
    """
    unfinished = select(Import.uid).where(Import.finished == false())
    return func.coalesce(Paper.import_, "").not_in(unfinished)


def stands_alone() -> ColumnElement[bool]:
    """Whether a paper is not joined into another one now."""
    joined = select(PaperJoin.uid).where(PaperJoin.from_paper == Paper.uid, PaperJoin.ended == "")
    return ~joined.exists()
