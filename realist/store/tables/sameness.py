"""What papers are to each other: not the same, related, of one study; and what a person is asked about."""

from __future__ import annotations

from sqlalchemy import Index, Integer, Text
from sqlalchemy import text as sql

from realist.store.tables.base import Base, Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import Relatedness


class NotSame(Row):
    """A person's judgement that two papers are different documents. No program overturns it."""

    __tablename__ = "not_same"
    __table_args__ = (
        Index("uq_not_same_active", "one", "other", unique=True, sqlite_where=sql("ended = ''")),
    )

    one: Mapped[str] = ref("paper", "the lesser uid of the two")
    other: Mapped[str] = ref("paper", index=True)
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was withdrawn; empty while it holds")


class RelatedPaper(Row):
    """Two papers that belong together and are not the same document, such as an article and its erratum."""

    __tablename__ = "related_paper"
    __table_args__ = (
        Index("uq_related_paper_active", "one", "other", unique=True, sqlite_where=sql("ended = ''")),
    )

    one: Mapped[str] = ref("paper", "the lesser uid of the two")
    other: Mapped[str] = ref("paper", index=True)
    kind: Mapped[str] = word(Relatedness, "what one of them is to the other")
    reason: Mapped[str] = string()
    ended: Mapped[str] = string("why it was ended; empty while it holds")


class Study(Row):
    """One study, case or programme that several papers are about."""

    __tablename__ = "study"

    name: Mapped[str] = string(unique=True)
    kind: Mapped[str] = string("study, case, programme, or what the review calls it")
    within: Mapped[str | None] = maybe_ref("study", "the larger study that it is a part of", index=True)
    note: Mapped[str] = string()


class StudyPaper(Row):
    """A paper is about a study; one paper may be about several."""

    __tablename__ = "study_paper"
    __table_args__ = (Index(None, "study", "paper", unique=True),)

    study: Mapped[str] = ref("study")
    paper: Mapped[str] = ref("paper", index=True)


class Doubt(Row):
    """Two papers of which a person is asked whether they are one document, or how they belong together."""

    __tablename__ = "doubt"
    __table_args__ = (Index(None, "one", "other", unique=True),)

    one: Mapped[str] = ref("paper", "the lesser uid of the two")
    other: Mapped[str] = ref("paper", index=True)
    kind: Mapped[str | None] = word(
        Relatedness, "how they seem to belong together; null asks for the same document", default=None
    )
    score: Mapped[float] = mapped_column(doc="from 0 to 1: how much speaks for one document")
    reason: Mapped[str] = string("what the fields say, for and against")


class Deduplication(Row):
    """A search for duplicates: by which setting and rules, and how many papers it looked at."""

    __tablename__ = "deduplication"

    setting: Mapped[str] = string()
    rules: Mapped[int] = mapped_column(Integer, doc="version of the rules by which records are found again")
    papers: Mapped[int] = mapped_column(Integer, doc="how many papers were new to it")


class PaperKeys(Base):
    """By what a paper is found again among others. Not part of the review; made anew at any time."""

    __tablename__ = "paper_keys"

    paper: Mapped[str] = mapped_column(Text, primary_key=True)
    searched: Mapped[str] = string("uid of the deduplication that compared it")
    keys: Mapped[str] = string("hexadecimal, 8 digits a key")
