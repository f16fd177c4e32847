"""Full texts: files, what was read out of them, where quotations stand there; appraisals; forms."""

from __future__ import annotations

from sqlalchemy import Index, Integer, LargeBinary, Text

from realist.store.tables.base import Base, Mapped, Row, mapped_column, maybe, maybe_ref, ref, string, word
from realist.vocabulary import AnchorState, FieldKind


class Document(Row):
    """A file with the full text of a paper; its bytes are in `document_file` or beside the review."""

    __tablename__ = "document"

    paper: Mapped[str] = ref("paper", index=True)
    name: Mapped[str] = string("name of the file when it was attached")
    kind: Mapped[str] = string("pdf, docx, html, markdown or text, told from its content")
    sha256: Mapped[str] = string("of its bytes", index=True)
    size: Mapped[int] = mapped_column(Integer, doc="bytes")


class DocumentFile(Base):
    """The bytes of a file, once for each content. Files that are not here lie beside the review."""

    __tablename__ = "document_file"

    sha256: Mapped[str] = mapped_column(Text, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentText(Row):
    """What one way of reading took out of a document. Reading it again adds one; the highest counts."""

    __tablename__ = "document_text"
    __table_args__ = (Index(None, "document", "number", unique=True),)

    document: Mapped[str] = ref("document")
    number: Mapped[int] = mapped_column(Integer, doc="running number within the document, from 1")
    extractor: Mapped[str] = string("the program that read it")
    version: Mapped[str] = string("its version, and that of the rules for what it gave")
    pages: Mapped[int] = mapped_column(Integer)
    scanned: Mapped[bool] = mapped_column(default=False, doc="most pages are pictures without text")
    problems: Mapped[str] = string("what was remarked while it was read, a sentence a line")


class DocumentPage(Row):
    """The plain text of one page; a text without pages is one page."""

    __tablename__ = "document_page"
    __table_args__ = (Index(None, "document_text", "number", unique=True),)

    document_text: Mapped[str] = ref("document_text")
    number: Mapped[int] = mapped_column(Integer, doc="in the file, from 1")
    label: Mapped[str] = string("number as printed, empty where unknown")
    body: Mapped[str] = string("its text; blank lines stand between paragraphs")


class DocumentSection(Row):
    """A heading in a text."""

    __tablename__ = "document_section"
    __table_args__ = (Index(None, "document_text", "position", unique=True),)

    document_text: Mapped[str] = ref("document_text")
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = string()
    level: Mapped[int] = mapped_column(Integer, doc="from 1")
    page: Mapped[int] = mapped_column(Integer, doc="number of its page")
    start: Mapped[int] = mapped_column(Integer, doc="its place on that page, in characters from 0")


class ExcerptAnchor(Row):
    """Where an excerpt stands in one text of its paper; found again in each text that is added."""

    __tablename__ = "excerpt_anchor"
    __table_args__ = (Index(None, "excerpt", "document_text", unique=True),)

    excerpt: Mapped[str] = ref("excerpt")
    document_text: Mapped[str | None] = maybe_ref("document_text", "null: the abstract", index=True)
    state: Mapped[str] = word(AnchorState)
    page: Mapped[int | None] = maybe("number of the page, 1 in an abstract; null where not found at one")
    start: Mapped[int | None] = maybe("its place on that page, in characters from 0")
    end_page: Mapped[int | None] = maybe("number of the page on which it ends")
    end: Mapped[int | None] = maybe("the place behind its last character there")


class AppraisalDimension(Row):
    """What papers are appraised for in this review: relevance, richness, rigour."""

    __tablename__ = "appraisal_dimension"

    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = string(unique=True)
    description: Mapped[str] = string()


class AppraisalLevel(Row):
    """A level of a dimension."""

    __tablename__ = "appraisal_level"
    __table_args__ = (Index(None, "dimension", "name", unique=True),)

    dimension: Mapped[str] = ref("appraisal_dimension")
    position: Mapped[int] = mapped_column(Integer, doc="order of the levels, from the lowest")
    name: Mapped[str] = string()
    description: Mapped[str] = string()


class Appraisal(Row):
    """How a person appraised a paper, or one excerpt of it; the latest of each person counts."""

    __tablename__ = "appraisal"

    paper: Mapped[str] = ref("paper", index=True)
    excerpt: Mapped[str | None] = maybe_ref("excerpt", "null: the whole paper", index=True)
    dimension: Mapped[str] = ref("appraisal_dimension", index=True)
    level: Mapped[str | None] = maybe_ref("appraisal_level", "null: taken back", index=True)
    reason: Mapped[str] = string()


class Form(Row):
    """One version of an extraction form; the highest number of a name is in use."""

    __tablename__ = "form"
    __table_args__ = (Index(None, "name", "number", unique=True),)

    name: Mapped[str] = string()
    number: Mapped[int] = mapped_column(Integer, doc="version, from 1")
    note: Mapped[str] = string()


class FormField(Row):
    """A field of a form. In the next version the field with the same key takes over its answers."""

    __tablename__ = "form_field"
    __table_args__ = (Index(None, "form", "key", unique=True),)

    form: Mapped[str] = ref("form")
    position: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = string("a short name for tables and files, such as country")
    label: Mapped[str] = string("the question as people read it")
    kind: Mapped[str] = word(FieldKind)
    choices: Mapped[str] = string("what may be answered, a choice a line")
    help: Mapped[str] = string()


class Answer(Row):
    """What a person answered to a field for a paper; their latest counts, an agreed one before all others."""

    __tablename__ = "answer"
    __table_args__ = (Index(None, "paper", "field"),)

    paper: Mapped[str] = ref("paper")
    field: Mapped[str] = ref("form_field", index=True)
    value: Mapped[str] = string("the answer; several choices a line each; empty: taken back")
    note: Mapped[str] = string("remark, or where it stands")
    agreed: Mapped[bool] = mapped_column(default=False, doc="a consensus, not one person's answer")
