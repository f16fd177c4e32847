"""Reading: quotations, evidence, readings, configurations and their parts, memos and tags."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql

from realist.store.tables.base import Mapped, Row, mapped_column, maybe_ref, ref, string, word
from realist.vocabulary import (
    Activation,
    Basis,
    ConfigurationStatus,
    ElementKind,
    Inference,
    Polarity,
    ReadingResult,
    RelationKind,
    SourceKind,
    Stance,
    Valence,
)


class Excerpt(Row):
    """A quotation of a paper with its place as printed, and what stood around it where it was taken from."""

    __tablename__ = "excerpt"

    paper: Mapped[str] = ref("paper", index=True)
    quotation: Mapped[str] = string("the exact words; empty where only the place is known")
    locator: Mapped[str] = string('place as printed, such as "p676"')
    note: Mapped[str] = string()
    before: Mapped[str] = string(
        "the 32 characters before it in the text it was taken from", server_default=sql("''")
    )
    after: Mapped[str] = string("the 32 characters after it", server_default=sql("''"))
    site: Mapped[str] = string("the case within the paper that it speaks of", server_default=sql("''"))
    extraction: Mapped[str | None] = maybe_ref("extraction", "null: outside any", index=True)


class Evidence(Row):
    """A paper bears on a mechanism, context, outcome, configuration or theory version (one of the five)."""

    __tablename__ = "evidence"

    paper: Mapped[str] = ref("paper", index=True)
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    context: Mapped[str | None] = maybe_ref("context", index=True)
    outcome: Mapped[str | None] = maybe_ref("outcome", index=True)
    configuration: Mapped[str | None] = maybe_ref("configuration", index=True)
    stance: Mapped[str] = word(Stance, default=Stance.NOT_JUDGED)
    claim: Mapped[str] = string("what the paper says, in the reviewer's words")
    topic: Mapped[str] = string()
    site: Mapped[str] = string("the case within the paper")
    excerpt: Mapped[str | None] = maybe_ref("excerpt", "the first one it rests on", index=True)
    extraction: Mapped[str | None] = maybe_ref("extraction", "null: outside any", index=True)
    theory_version: Mapped[str | None] = maybe_ref("theory_version", index=True)
    theory_part: Mapped[str | None] = maybe_ref("theory_part", "the whole version when null", index=True)


class EvidenceExcerpt(Row):
    """A further excerpt that a piece of evidence rests on, after its first."""

    __tablename__ = "evidence_excerpt"
    __table_args__ = (Index(None, "evidence", "excerpt", unique=True),)

    evidence: Mapped[str] = ref("evidence")
    excerpt: Mapped[str] = ref("excerpt", index=True)
    position: Mapped[int] = mapped_column(Integer, doc="from 2: the first is named by the evidence")


class Reading(Row):
    """A paper was read for a mechanism, or for every mechanism there was then. The latest one counts."""

    __tablename__ = "reading"
    __table_args__ = (Index(None, "paper", "mechanism"),)

    paper: Mapped[str] = ref("paper")
    mechanism: Mapped[str | None] = maybe_ref("mechanism", "null: all that were there then", index=True)
    result: Mapped[str] = word(ReadingResult)
    note: Mapped[str] = string()
    extraction: Mapped[str | None] = maybe_ref("extraction", "null: outside any", index=True)


class Configuration(Row):
    """One causal account: a CMO box."""

    __tablename__ = "configuration"

    number: Mapped[int] = mapped_column(Integer, unique=True, doc="short number in this review: #4")
    label: Mapped[str] = string("as printed, such as 2b; gaps are no error")
    title: Mapped[str] = string()
    narrative: Mapped[str] = string()
    printed: Mapped[str] = string("the sentence as the source prints it")
    setting: Mapped[str] = string()
    country: Mapped[str] = string()
    status: Mapped[str] = word(ConfigurationStatus, default=ConfigurationStatus.CANDIDATE)
    polarity: Mapped[str | None] = word(Polarity, "not stated when null", default=None)
    site: Mapped[str] = string("the case within the paper that it is of", server_default=sql("''"))
    extraction: Mapped[str | None] = maybe_ref("extraction", "null: outside any", index=True)


class ConfigurationPaper(Row):
    """A configuration is of this paper."""

    __tablename__ = "configuration_paper"
    __table_args__ = (Index(None, "configuration", "paper", unique=True),)

    configuration: Mapped[str] = ref("configuration")
    paper: Mapped[str] = ref("paper", index=True)
    position: Mapped[int] = mapped_column(Integer)


class ConfigurationMechanism(Row):
    """A configuration stands under this mechanism."""

    __tablename__ = "configuration_mechanism"
    __table_args__ = (Index(None, "configuration", "mechanism", unique=True),)

    configuration: Mapped[str] = ref("configuration")
    mechanism: Mapped[str] = ref("mechanism", index=True)
    position: Mapped[int] = mapped_column(Integer)


class Element(Row):
    """One part of a configuration, in order."""

    __tablename__ = "element"
    __table_args__ = (Index(None, "configuration", "position", unique=True),)

    configuration: Mapped[str] = ref("configuration")
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = word(ElementKind, default=ElementKind.UNSURE)
    text: Mapped[str] = string("the part in the reviewer's words")
    valence: Mapped[str | None] = word(Valence, default=None)
    activation: Mapped[str | None] = word(Activation, "of mechanism elements only", default=None)
    basis: Mapped[str | None] = word(Basis, "not said when null", default=None)
    label: Mapped[str] = string("printed label, such as C1")
    segment: Mapped[int] = mapped_column(Integer, default=1, doc="arrow segment, from 1")
    join_word: Mapped[str] = string("what stands between the part before and this one; empty: an arrow")
    inference: Mapped[str | None] = word(Inference, "how it was inferred; not said when null", default=None)
    hedge: Mapped[str] = string('words by which it is hedged, such as "may"', server_default=sql("''"))
    site: Mapped[str] = string("the case within the paper that it speaks of", server_default=sql("''"))


class ElementSource(Row):
    """What an element rests on: a quotation, a statement, a theory, an inference."""

    __tablename__ = "element_source"

    element: Mapped[str] = ref("element", index=True)
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = word(SourceKind)
    excerpt: Mapped[str | None] = maybe_ref("excerpt", index=True)
    feedback: Mapped[str | None] = maybe_ref("feedback", index=True)
    text: Mapped[str] = string("statement, theory or memo, in words")
    theory: Mapped[str | None] = maybe_ref("theory", "a theory that the review holds", index=True)


class ElementTag(Row):
    """An element is an instance of a named mechanism, context or outcome."""

    __tablename__ = "element_tag"

    element: Mapped[str] = ref("element", index=True)
    position: Mapped[int] = mapped_column(Integer)
    mechanism: Mapped[str | None] = maybe_ref("mechanism", index=True)
    context: Mapped[str | None] = maybe_ref("context", index=True)
    outcome: Mapped[str | None] = maybe_ref("outcome", index=True)


class ElementLink(Row):
    """This element leads to that one, also across configurations. Loops are allowed."""

    __tablename__ = "element_link"

    position: Mapped[int] = mapped_column(Integer)
    from_element: Mapped[str] = ref("element", index=True)
    to_element: Mapped[str] = ref("element", index=True)
    note: Mapped[str] = string()


class ConfigurationRelation(Row):
    """How one configuration stands to another."""

    __tablename__ = "configuration_relation"

    position: Mapped[int] = mapped_column(Integer)
    from_configuration: Mapped[str] = ref("configuration", index=True)
    to_configuration: Mapped[str] = ref("configuration", index=True)
    kind: Mapped[str] = word(RelationKind)
    note: Mapped[str] = string()


class Memo(Row):
    """A note on anything."""

    __tablename__ = "memo"
    __table_args__ = (Index(None, "subject"),)

    subject_table: Mapped[str] = string("table of the thing noted")
    subject: Mapped[str] = string("uid of the thing noted")
    text: Mapped[str] = string()


class Tag(Row):
    """A label that can be put on anything."""

    __tablename__ = "tag"

    name: Mapped[str] = string(unique=True)


class Tagging(Row):
    """A tag on a thing."""

    __tablename__ = "tagging"
    __table_args__ = (Index(None, "subject"),)

    tag: Mapped[str] = ref("tag", index=True)
    subject_table: Mapped[str] = string("table of the thing tagged")
    subject: Mapped[str] = string("uid of the thing tagged")
