"""The words of a realist review. StrEnums in code, plain TEXT in the database.

A word's meaning is stated in ``docs/model.md``; `realist check` finds stored words that are not here.
"""

from __future__ import annotations

from enum import StrEnum


class Scheme(StrEnum):
    """Which element kinds a review uses for its configurations."""

    CMO = "CMO"
    ICAMO = "ICAMO"
    SCMO = "SCMO"


class ElementKind(StrEnum):
    """One part of a configuration. Mechanisms are split (resource, reasoning) or not."""

    CONTEXT = "context"
    RESOURCE = "resource"
    REASONING = "reasoning"
    MECHANISM = "mechanism"
    OUTCOME = "outcome"
    INTERVENTION = "intervention"
    ACTOR = "actor"
    STRATEGY = "strategy"
    UNSURE = "unsure"


class Valence(StrEnum):
    """Direction of an element: for, against, no change, mixed. Absent where none is given."""

    PLUS = "+"
    MINUS = "-"
    NO_CHANGE = "0"
    MIXED = "±"


class Activation(StrEnum):
    """How far a mechanism fired (Dalkin et al. 2015: a continuum, not a switch)."""

    WEAK = "weak"
    PARTIAL = "partial"
    STRONG = "strong"


class Basis(StrEnum):
    """Whether a paper states an element or a reviewer inferred it."""

    STATED = "stated"
    INFERRED = "inferred"


class Inference(StrEnum):
    """How a reviewer came to an element that no source states."""

    ABDUCTION = "abduction"
    RETRODUCTION = "retroduction"


class Polarity(StrEnum):
    """What a configuration shows of its mechanisms."""

    PRESENCE = "presence"
    ABSENCE = "absence"
    BOTH = "both"


class ConfigurationStatus(StrEnum):
    """Where a configuration stands on its way from idea to result."""

    CANDIDATE = "candidate"
    PAPER_LEVEL = "paper-level"
    SYNTHESISED = "synthesised"
    REFINED = "refined"
    DROPPED = "dropped"


class RelationKind(StrEnum):
    """How one configuration stands to another."""

    UNDERPINS = "underpins"
    RESTS_ON = "rests on"
    VARIES = "varies"
    CONTRADICTS = "contradicts"


class SourceKind(StrEnum):
    """What an element rests on."""

    EXCERPT = "excerpt"
    STATEMENT = "statement"
    THEORY = "theory"
    INFERENCE = "inference"


class AnchorState(StrEnum):
    """Whether a quotation stands at one place in a text. An ambiguous one is flagged, never guessed."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not found"


class FieldKind(StrEnum):
    """What may be answered to a field of an extraction form."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    MANY = "many choices"
    DATE = "date"
    COUNTRY = "country"


class Stance(StrEnum):
    """What a piece of evidence does to the thing it bears on."""

    SUPPORTS = "supports"
    WEAKENS = "weakens"
    MODIFIES = "modifies"
    REFOCUSES = "refocuses"
    NOT_JUDGED = "not judged"


class ReadingResult(StrEnum):
    """What came of reading a paper for a mechanism."""

    FOUND = "found"
    NONE = "none"
    NOT_RECOVERABLE = "not recoverable"


class CellState(StrEnum):
    """State of a cell of the evidence grid (derived, never stored)."""

    PRESENT = "present"
    NONE = "none"
    NOT_RECOVERABLE = "not_recoverable"
    NOT_LOOKED = "not_looked"


class MechanismKind(StrEnum):
    """What a component of the programme theory is called in this review."""

    MECHANISM = "mechanism"
    THEME = "theme"
    OTHER = "other"


class Fate(StrEnum):
    """What was decided about a mechanism. Whether it has evidence is computed, not decided."""

    PROPOSED = "proposed"
    KEPT = "kept"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"
    PARKED = "parked"


class MoveKind(StrEnum):
    """An act of synthesis with its reason: lives of mechanisms, contexts, outcomes; and work across papers.

    Juxtapose, reconcile, adjudicate, consolidate, situate after Pawson (2006) and Pearson et al. (2015).
    """

    PROPOSE = "propose"
    DESCRIBE = "describe"
    RENAME = "rename"
    REFINE = "refine"
    SPLIT = "split"
    MERGE = "merge"
    PLACE = "place"
    DROP = "drop"
    PARK = "park"
    REINSTATE = "reinstate"
    PRIORITISE = "prioritise"
    JUXTAPOSE = "juxtapose"
    RECONCILE = "reconcile"
    ADJUDICATE = "adjudicate"
    CONSOLIDATE = "consolidate"
    SITUATE = "situate"


class MoveRole(StrEnum):
    """What a thing is in a move: what it started from, what came of it, what moved it."""

    INPUT = "input"
    RESULT = "result"
    MOVED_BY = "moved by"


class TheoryKind(StrEnum):
    """What a theory is in the review: its own, one of the middle range, or an existing one that explains."""

    PROGRAMME = "programme"
    MIDDLE_RANGE = "middle-range"
    SUBSTANTIVE = "substantive"


class TheoryStage(StrEnum):
    """How far a version of a theory is."""

    INITIAL = "initial"
    CANDIDATE = "candidate"
    REFINED = "refined"


class StatementForm(StrEnum):
    """How a part of a theory is worded."""

    PROSE = "prose"
    IF_THEN = "if-then"


class ContextLevel(StrEnum):
    """The four levels of context (Pawson 2006)."""

    INDIVIDUAL = "individual"
    INTERPERSONAL = "interpersonal"
    INSTITUTIONAL = "institutional"
    INFRASTRUCTURAL = "infrastructural"


class SearchKind(StrEnum):
    """By which door papers come in."""

    DATABASE = "database"
    REGISTER = "register"
    GREY_LITERATURE = "grey literature"
    HAND_SEARCH = "hand search"
    REFERENCE_LISTS = "reference lists"
    CITATION_CHASING = "citation chasing"
    EXPERTS = "experts or stakeholders"
    EARLIER_STAGE = "earlier stage"
    WEBSITE = "website"


class RoundKind(StrEnum):
    """What is read in a screening round."""

    TITLE_ABSTRACT = "title and abstract"
    FULL_TEXT = "full text"


class Relatedness(StrEnum):
    """What one of two related papers, which are not the same document, is to the other."""

    ERRATUM = "erratum"
    RETRACTION = "retraction"
    REPLY = "reply or comment"
    REVIEW = "book review"
    PROTOCOL = "protocol"
    PART = "part"
    SUPPLEMENT = "supplement"
    PREPRINT = "preprint"
    CONFERENCE = "conference paper or abstract"
    THESIS = "thesis"
    VERSION = "version"
    COMPANION = "companion"


class TermSet(StrEnum):
    """What a highlighted term speaks for; each set has its colour. Of equal spans the earlier set wins."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    CONTEXT = "context"
    MECHANISM = "mechanism"
    OUTCOME = "outcome"


class TermKind(StrEnum):
    """How a highlighted term is looked for."""

    PLAIN = "plain"
    PREFIX = "prefix"
    REGEX = "regex"


class RoundOrder(StrEnum):
    """In which order the papers of a round are read."""

    IMPORTED = "as imported"
    RANDOM = "random"


class MaybeRule(StrEnum):
    """What becomes of a paper on which people say *maybe*."""

    FORWARD = "goes forward"
    RESOLVE = "is resolved"


class ConflictRule(StrEnum):
    """What becomes of a paper on which people differ."""

    AGREE = "must agree"
    ANY_INCLUDE = "any include wins"


class Role(StrEnum):
    """What a person reads an entry for: to decide, as a second person, or to check what another decided."""

    READ = "read"
    SECOND = "second"
    CHECK = "check"


class ExtractionRole(StrEnum):
    """What a person has a paper for: to extract it, likewise and blind, to check that, or for consensus."""

    EXTRACT = "extract"
    INDEPENDENT = "independent"
    CHECK = "check"
    CONSENSUS = "consensus"


class CheckVerdict(StrEnum):
    """What a second person found of something that was extracted."""

    CONFIRMED = "confirmed"
    AMENDED = "amended"


class RetrievalStatus(StrEnum):
    """How far a full text has come."""

    SOUGHT = "sought"
    OBTAINED = "obtained"
    NOT_OBTAINABLE = "not obtainable"


class Door(StrEnum):
    """How a paper entered a screening round."""

    SEARCH = "search"
    EARLIER_STAGE = "earlier stage"
    BROUGHT_BACK = "brought back"
    SUPPLIED = "supplied"


class Verdict(StrEnum):
    """One person's decision on an entry; ``undecided`` takes an earlier one back."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    UNDECIDED = "undecided"


class PaperState(StrEnum):
    """Where a paper stands in the review (derived, never stored); see `docs/model.md`."""

    INCLUDED = "included"
    EXCLUDED = "excluded"
    MAYBE = "maybe"
    CONFLICT = "conflict"
    OPEN = "open"
    UNSCREENED = "unscreened"


class Use(StrEnum):
    """What an included paper is for."""

    THEORY_BUILDING = "theory building"
    TESTING = "testing"
    SUBSTANTIVE_THEORY = "substantive theory"
    BACKGROUND = "background"


class FlowStep(StrEnum):
    """A number in the flow of records, in the order of the flow."""

    IDENTIFIED = "identified"
    DUPLICATES = "duplicates removed"
    ALREADY_KNOWN = "already known from an earlier stage"
    SCREENED = "screened"
    EXCLUDED_SCREENING = "excluded at title and abstract"
    PASSED = "potentially relevant"
    ADDED = "added"
    SOUGHT = "sought in full"
    NOT_OBTAINED = "not obtainable"
    ASSESSED = "read in full"
    EXCLUDED_FULL_TEXT = "excluded at full text"
    INCLUDED = "included"


class CountOf(StrEnum):
    """What a number outside the flow counts: the sums printed beside a grid."""

    PAPERS = "papers"
    TICKS = "ticks"
    PEOPLE = "people"


class Qualifier(StrEnum):
    """How exactly a reported number is meant. ``unknown`` carries no number: unknown is not zero."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    ABOUT = "about"
    UNKNOWN = "unknown"


class Lineage(StrEnum):
    """What is known of how one list of mechanisms came from another."""

    STATED = "stated"
    NOT_STATED = "not stated"


class ConsultationKind(StrEnum):
    """With whom a consultation was held."""

    STAKEHOLDERS = "stakeholders"
    ADVISER = "adviser"
    TEAM = "team"


class ConsultationMode(StrEnum):
    """How a consultation was held."""

    MEETING = "meeting"
    ONLINE = "online meeting"
    MAIL = "mail round"
    CONTACT = "contact"


class Voice(StrEnum):
    """What people who are no papers said of something."""

    FOR = "for"
    AGAINST = "against"
    DIVIDED = "divided"
    TOO_GENERAL = "too general"
    COMMENT = "comment"


class Severity(StrEnum):
    """Whether a record was refused (error) or read with a remark (warning)."""

    ERROR = "error"
    WARNING = "warning"
