"""A small invented review with rows in every table: peer support and going back to work after a stroke."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from realist.domain.allocation import Split
from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation, Source, TagRef
from realist.domain.notation import Part
from realist.services import (
    allocating,
    attaching,
    configurations,
    consulting,
    deduping,
    drafts,
    evidence,
    excerpting,
    extracting,
    importing,
    mechanisms,
    notes,
    papers,
    plan,
    retrieving,
    rounds,
    sameness,
    screening,
    sweeping,
)
from realist.services.importing import Origin
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.store.tables import DocumentPage
from realist.vocabulary import (
    Activation,
    Basis,
    CheckVerdict,
    ConfigurationStatus,
    ConsultationKind,
    ConsultationMode,
    ContextLevel,
    CountOf,
    Door,
    ElementKind,
    ExtractionRole,
    Fate,
    FlowStep,
    Lineage,
    Polarity,
    Qualifier,
    ReadingResult,
    Relatedness,
    RelationKind,
    RetrievalStatus,
    RoundKind,
    Scheme,
    SearchKind,
    SourceKind,
    Stance,
    TermSet,
    Use,
    Valence,
    Verdict,
    Voice,
)
from tests.services.appraised import read_papers
from tests.services.coded import code_papers
from tests.services.consulted import ask_people
from tests.services.exports import RIS, SECOND_RIS
from tests.services.moved import move_about
from tests.services.patterned import name_pattern
from tests.services.theorised import theorise
from tests.services.world_lives import build_lives


@dataclass(frozen=True, slots=True)
class World:
    """The review and what its rows are called."""

    store: Store
    folder: Path
    evidence: str
    feedback: str
    box: str
    element: str
    document: str
    excerpt: str
    unplaced: str
    checked: str
    theirs: str
    their_claim: str

    @property
    def second_file(self) -> Path:
        """A file that was not imported yet."""
        path = self.folder / "second.ris"
        path.write_bytes(SECOND_RIS)
        return path


def world(store: Store, folder: Path) -> World:
    """Build the review through the services, from an empty one; SF does most of it, NG some."""
    desk = Desk(store, "SF")
    _plan(desk)
    _papers(desk, folder)
    _screening(desk)
    _theory(desk)
    said = _consulting(desk)
    first, element = _boxes(desk, said)
    found = _evidence(desk)
    document, excerpt, unplaced = _texts(desk, folder)
    read_papers(desk)
    code_papers(desk, found, element)
    theorise(desk)
    extracted = _extractions(desk)
    _notes(desk)
    move_about(desk)
    ask_people(desk)
    build_lives(desk)
    name_pattern(desk)
    return World(store, folder, found, said, first, element, document, excerpt, unplaced, *extracted)


def _plan(desk: Desk) -> None:
    plan.create_review(
        desk,
        title="Peer support and the return to work after a stroke",
        question="How do peer supporters help people back into work, for whom, and when?",
        scheme=Scheme.CMO,
        objectives=["Explain how peer support works.", "Say where it does not."],
        note="Invented for tests.",
    )
    plan.edit_person(desk, "NG", name="Nils Granath", role="second reader")
    plan.edit_person(desk, "ML", name="Mina Lo", role="left in spring")
    plan.edit_person(desk, "ML", active=False)
    plan.add_stage(desk, "1", purpose="theory building")
    plan.add_stage(desk, "2", purpose="testing")
    plan.add_search(
        desk, "Medbase 1", stage="1", source="Medbase", strategy="stroke AND peer*", limits="English", hits=5
    )
    plan.add_process_change(
        desk, planned="two readers for all", instead="two for a fifth", reason="time", happened="spring"
    )


def _papers(desk: Desk, folder: Path) -> None:
    path = folder / "medbase.ris"
    path.write_bytes(RIS)
    importing.import_file(desk, path, Origin(search="Medbase 1"))
    sweeping.index_imports(desk.store)
    papers.add_paper(desk, label="Ferreira (2011)", abstract="A thesis on hope.", supplied_by="an adviser")
    papers.add_paper(
        desk,
        label="Ferreira (2012)",
        title="Work after stroke: a register study. Erratum",
        authors=["Ferreira, D."],
    )
    papers.add_paper(desk, label="Nyberg (2009)", title="Work after stroke: a register study", year="2009")
    papers.edit_paper(desk, "Pettersen (2015)", "title", "Returning, slowly", reason="seen in the full text")
    papers.edit_paper(desk, "Pettersen (2015)", "abstract", "Pacing mattered more than hours.")
    sameness.join_papers(desk, "#3", "#1", reason="same article", rule="person", score=0.98)
    sameness.join_papers(desk, "Ferreira (2012)", "Ferreira (2011)", reason="thesis and its summary")
    sameness.end_join(desk, "Ferreira (2012)", reason="two different texts")
    sameness.call_different(desk, "#2", "Pettersen (2015)", reason="another employer")
    sameness.relate(desk, "#1", "Pettersen (2015)", Relatedness.CONFERENCE, reason="its abstract")
    sameness.add_study(desk, "The north", kind="programme", papers=["#1"])
    deduping.dedupe(desk)


def _screening(desk: Desk) -> None:
    rounds.add_round(
        desk,
        "titles",
        stage="1",
        kind=RoundKind.TITLE_ABSTRACT,
        criteria="adults; a peer in some role",
        reasons=["no peer", "not about work"],
    )
    rounds.add_round(desk, "texts", stage="1", kind=RoundKind.FULL_TEXT, readers=2)
    rounds.enter(desk, "titles", ["#1", "#2", "Pettersen (2015)"], door=Door.SEARCH)
    screening.decide(desk, "#1", Verdict.INCLUDE, round_="titles", use=Use.THEORY_BUILDING, seconds=21.5)
    screening.decide(desk, "#2", Verdict.EXCLUDE, round_="titles", reason="1", note="managers only")
    screening.decide(desk, "Pettersen (2015)", Verdict.MAYBE, round_="titles")
    rounds.enter(desk, "texts", ["#1"], door=Door.SEARCH)
    screening.decide(desk, "#2", Verdict.EXCLUDE, round_="titles", reason="1", also=["2"])
    screening.park(desk, "Pettersen (2015)", round_="titles")
    allocating.allocate(desk, "titles", ["SF", "NG"], Split(), seed=7)
    screening.decide(Desk(desk.store, "NG"), "#2", Verdict.INCLUDE, round_="titles")
    screening.decide(Desk(desk.store, "NG"), "Pettersen (2015)", Verdict.EXCLUDE, round_="titles")
    rounds.add_round(desk, "in confidence", stage="2", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    screening.settle(desk, "#2", Verdict.EXCLUDE, round_="titles", why="no peer in the full text either")
    retrieving.retrieve(desk, "#1", RetrievalStatus.OBTAINED, happened="2026-02-01")
    retrieving.add_highlight(desk, "peer*", TermSet.MECHANISM)
    rounds.enter(desk, "texts", ["Ferreira (2011)"], door=Door.SUPPLIED, supplied_by="an adviser")
    for person in ("SF", "NG"):
        both = Desk(desk.store, person)
        screening.decide(both, "#1", Verdict.INCLUDE, round_="texts")
    screening.add_included_set(desk, "theory building", round_="texts", note="the first set")
    screening.list_in_set(desk, "theory building", ["Nyberg (2009)"], source="protocol, p. 4")
    screening.report_count(
        desk, value=12, source="protocol, p. 3", step=FlowStep.IDENTIFIED, stage="1", kind=SearchKind.WEBSITE
    )
    screening.report_count(
        desk, value=None, source="protocol", step=FlowStep.ADDED, stage="2", qualifier=Qualifier.UNKNOWN
    )


def _theory(desk: Desk) -> None:
    mechanisms.add_mechanism(
        desk, "Borrowed hope", description="Seeing is believing.", aliases=["vicarious hope"], reason="talks"
    )
    mechanisms.add_mechanism(desk, "Shared language", note="from the first interviews")
    mechanisms.add_mechanism(desk, "Permission to pace", description="Slow is allowed.")
    mechanisms.add_mechanism(desk, "Legitimacy", reason="from theory")
    mechanisms.add_mechanism(desk, "Small talk")
    mechanisms.add_alias(desk, "Shared language", "same words", source="an adviser")
    mechanisms.describe(desk, "Borrowed hope", "Seeing someone back at work makes it thinkable.", reason="#1")
    mechanisms.merge_mechanisms(desk, "Small talk", ["Shared language"], reason="one and the same")
    mechanisms.merge_mechanisms(desk, "Legitimacy", ["Permission to pace"], reason="tried out")
    mechanisms.end_merge(desk, "Legitimacy", reason="it stands for itself")
    mechanisms.add_list(desk, "first list", [("Borrowed hope", ""), ("", "Speech")], stage="1", dated="May")
    mechanisms.add_list(desk, "agreed list", [("Borrowed hope", "Hope"), ("Shared language", "")])
    mechanisms.state_lineage(desk, "first list", "agreed list", Lineage.STATED, note="minutes of June")
    mechanisms.add_context(desk, "Small firm", level=ContextLevel.INSTITUTIONAL, description="under 50")
    mechanisms.add_outcome(desk, "Back for six months", description="any hours")


def _consulting(desk: Desk) -> str:
    consulting.add_consultation(
        desk,
        "June meeting",
        kind=ConsultationKind.STAKEHOLDERS,
        mode=ConsultationMode.MEETING,
        stage="1",
        people=7,
        who="four people with a stroke, three peer supporters",
        shown="the first list",
        decisions=["add Legitimacy", "ask about small firms"],
    )
    mechanisms.decide_fate(desk, "Legitimacy", Fate.KEPT, reason="they insisted", consultation="June meeting")
    said = consulting.add_feedback(
        desk, Voice.FOR, "You believe it when you see it.", consultation="June meeting",
        mechanism="Borrowed hope", who="a peer supporter",
    )  # fmt: skip
    screening.report_count(
        desk, value=14, source="protocol, p. 9", counts=CountOf.PAPERS, mechanism="Borrowed hope"
    )
    return said


def box(label: str, paper: str, mechanism: str, **more: object) -> Box:
    """Return a small box of one paper under one mechanism."""
    parts = (
        Part(ElementKind.CONTEXT, "a small firm without an occupational health service"),
        Part(ElementKind.RESOURCE, "a peer who is back at work calls each week", Valence.PLUS, segment=2),
        Part(ElementKind.REASONING, "it seems possible again", Valence.PLUS, segment=2, join="and"),
        Part(ElementKind.OUTCOME, "people try a first day", Valence.PLUS, segment=3),
    )
    values: dict[str, object] = {
        "label": label, "title": f"Box {label}", "polarity": Polarity.PRESENCE,
        "status": ConfigurationStatus.PAPER_LEVEL, "papers": (Ref("", paper),),
        "mechanisms": (Ref("", mechanism),), "elements": tuple(map(BoxElement, parts)), **more,
    }  # fmt: skip
    return Box(**values)  # type: ignore[arg-type]


def _boxes(desk: Desk, said: str) -> tuple[str, str]:
    first = box("1", "Okafor (2018)", "Borrowed hope", papers=(Ref(_uid(desk, "#1"), ""),))
    quoted = Source(SourceKind.EXCERPT, quotation="It made the return seem possible.", locator="p. 104")
    told = Source(SourceKind.STATEMENT, text="You believe it when you see it.", feedback=said)
    part = Part(
        ElementKind.MECHANISM, "hope is lent", Valence.PLUS, "M1", Activation.STRONG, Basis.STATED, segment=2
    )
    tags = (
        TagRef("mechanism", "", "Borrowed hope"),
        TagRef("context", "", "Small firm"),
        TagRef("outcome", "", "Back for six months"),
    )
    elements = (first.elements[0], BoxElement(part, "element-of-hope", (quoted, told), tags))
    second = box("2", "Haddad (2020)", "Legitimacy", status=ConfigurationStatus.SYNTHESISED)
    theory = Source(SourceKind.THEORY, text="Bandura on vicarious experience")
    last = BoxElement(Part(ElementKind.OUTCOME, "less waiting", Valence.MINUS), "less-waiting", (theory,))
    uid = configurations.add_configuration(
        desk,
        box("1", "", "Borrowed hope", papers=first.papers, elements=elements, setting="clinic", country="SE"),
    )
    configurations.add_configuration(
        desk,
        box(
            "2",
            "Haddad (2020)",
            "Legitimacy",
            status=ConfigurationStatus.SYNTHESISED,
            elements=(*second.elements, last),
            links=(Link("element-of-hope", "less-waiting", note="the ripple"),),
            relations=(Relation(RelationKind.RESTS_ON, Ref("", "1"), note="one of three"),),
        ),
    )
    return uid, "element-of-hope"


def _uid(desk: Desk, paper: str) -> str:
    from realist.queries.naming import resolve

    with desk.store.read() as connection:
        return resolve(connection, "paper", paper)


def _evidence(desk: Desk) -> str:
    found = evidence.add_evidence(
        desk, "#1", claim="Weekly calls made the first day thinkable.", stance=Stance.SUPPORTS,
        mechanism="Borrowed hope", quotation="made the return seem possible", locator="p. 101",
        topic="calls", site="clinic A",
    )  # fmt: skip
    evidence.add_evidence(desk, "#3", claim="Said again in the summary.", mechanism="Borrowed hope")
    evidence.add_evidence(desk, "#2", claim="Small firms have no one to ask.", context="Small firm")
    gone = evidence.add_evidence(desk, "#2", claim="Entered twice.", context="Small firm")
    evidence.withdraw_evidence(desk, gone, reason="entered twice")
    evidence.add_reading(desk, "Nyberg (2009)", ReadingResult.NONE, note="registers only")
    evidence.add_reading(desk, "#2", ReadingResult.NOT_RECOVERABLE, mechanism="Shared language")
    return found


TEXT = """1. Results

Weekly calls made the return seem possible, one driver said. Hope was
lent, not taught.

2. Discussion

Hope was lent, and paid back later.
"""


def _texts(desk: Desk, folder: Path) -> tuple[str, str, str]:
    path = folder / "calls.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = attaching.attach(desk, "#1", path, embed=True).document
    with desk.unit("read otherwise", "calls.txt") as work:  # as an earlier version of the program did
        page = work.connection.execute(select(DocumentPage.uid)).scalar_one()
        work.change(DocumentPage, page, body=TEXT.replace("\nlent", " lent"))
    unplaced = excerpting.quote(desk, "#1", "Hope was lent", note="several places")
    excerpting.quote(desk, "#1", "Words that are not there", site="clinic B")
    excerpt = excerpting.quote(desk, "#1", "paid back later", locator="p. 102")
    twice = excerpting.quote(desk, "#1", "Hope was lent, not taught", note="the claim of two places")
    other = excerpting.quote(desk, "#1", "one driver said")
    evidence.add_evidence(desk, "#1", claim="A loan.", mechanism="Borrowed hope", excerpts=[twice, other])
    return document, excerpt, unplaced


def _extractions(desk: Desk) -> tuple[str, str, str]:
    """Extraction at every stage: checked, under way, done by both, and one paper with a consensus begun.

    NG wrote what is returned: evidence that SF has to check, a box and evidence that SF may take over.
    """
    other = Desk(desk.store, "NG")
    extracting.allot_extraction(desk, ["#1"], ["SF"], ExtractionRole.EXTRACT)
    extracting.allot_extraction(desk, ["Ferreira (2012)"], ["NG"], ExtractionRole.EXTRACT)
    for of, by in (("SF", "NG"), ("NG", "SF")):
        extracting.allot_extraction(desk, [], [by], ExtractionRole.CHECK, of=of)
    checked = evidence.add_evidence(other, "Ferreira (2012)", claim="An erratum.", mechanism="Legitimacy")
    extracting.check_extracted(other, "configuration", "1", CheckVerdict.CONFIRMED)
    for paper in ("Nyberg (2009)", "#2", "Ferreira (2011)"):
        extracting.allot_extraction(desk, [paper], ["SF", "NG"], ExtractionRole.INDEPENDENT)
    evidence.add_evidence(other, "Nyberg (2009)", claim="Pacing.", mechanism="Permission to pace")
    theirs = configurations.add_configuration(other, box("F", "Ferreira (2011)", "Borrowed hope"))
    claim = evidence.add_evidence(
        other, "Ferreira (2011)", claim="Hope, at length.", mechanism="Borrowed hope", quotation="on hope"
    )
    for paper in ("#2", "Ferreira (2011)"):
        for who in (desk, other):
            extracting.finish_extraction(who, paper)
    extracting.begin_consensus(desk, "Ferreira (2011)")
    return checked, theirs, claim


def _notes(desk: Desk) -> None:
    drafts.keep_draft(desk.store, "SF", "new box of the review", {"title": "half a"})
    notes.add_memo(desk, "mechanism", "Borrowed hope", "Compare with role modelling.")
    notes.tag(desk, "paper", "#2", "ask the author")
    plan.edit_review(desk, grid_list="agreed list")
