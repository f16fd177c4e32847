"""What can be seen: papers of an import that is still being read are not there yet."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, true

from realist.store.tables import Import, Paper, PaperJoin


def arrived() -> ColumnElement[bool]:
    """Whether a paper is there for everybody: added by hand, or by a finished import."""
    return or_(
        Paper.import_.is_(None), Paper.import_.in_(select(Import.uid).where(Import.finished == true()))
    )


def stands_alone() -> ColumnElement[bool]:
    """Whether a paper is not joined into another one now."""
    joined = select(PaperJoin.uid).where(PaperJoin.from_paper == Paper.uid, PaperJoin.ended == "")
    return ~joined.exists()
