"""What is outside the log: the full-text index, which can be made anew at any time, and drafts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, Text

from realist.store.tables.base import Base, Mapped, Utc, mapped_column, string


class SearchPiece(Base):
    """Folded text of one thing, at most 500 kB a piece, as the index sees it."""

    __tablename__ = "search_piece"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, default=None)
    kind: Mapped[str] = string("paper, claim, configuration, mechanism or memo")
    subject: Mapped[str] = string("uid of the thing", index=True)
    body: Mapped[str] = string()


class SearchDue(Base):
    """An import whose papers still have to be indexed: the watermark of the index."""

    __tablename__ = "search_due"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    after: Mapped[str] = string("uid of the last paper that is indexed, in their order")


class Draft(Base):
    """What somebody typed and did not save yet, one for each person and place. No part of the log."""

    __tablename__ = "draft"

    initials: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(Text, primary_key=True, doc="where it was typed")
    body: Mapped[str] = string("what stood in the fields, by name, as JSON")
    at: Mapped[datetime] = mapped_column(Utc, default=datetime.min)
