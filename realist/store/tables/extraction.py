"""Extraction: who has which paper for what, and what a second person found of what was extracted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import CheckVerdict, ExtractionRole


class Extraction(Row):
    """One person's work on one paper: boxes, evidence, readings and excerpts name the one they belong to."""

    __tablename__ = "extraction"
    __table_args__ = (Index(None, "paper", "extractor", "role", unique=True, sqlite_where=sql("ended = ''")),)

    paper: Mapped[str] = ref("paper")
    extractor: Mapped[str] = ref("person", index=True)
    role: Mapped[str] = word(ExtractionRole)
    done: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    opened: Mapped[str] = string("why independence was ended before all were done", server_default=sql("''"))
    independent_until: Mapped[datetime | None] = maybe(
        "of independent ones: when all of the paper were done or opened; null while nobody else sees it"
    )
    counted_by: Mapped[str | None] = maybe_ref(
        "extraction", "the consensus that is done and counts in its place", index=True
    )
    ended: Mapped[str] = string("why it was taken back", server_default=sql("''"))


class ExtractionCheck(Row):
    """What a second person found of a box or a piece of evidence. The latest of a person counts."""

    __tablename__ = "extraction_check"
    __table_args__ = (Index(None, "subject"),)

    extraction: Mapped[str] = ref("extraction", "the one that it was done for", index=True)
    subject_table: Mapped[str] = string("configuration or evidence")
    subject: Mapped[str] = string("uid of what was checked")
    verdict: Mapped[str] = word(CheckVerdict)
    note: Mapped[str] = string()
