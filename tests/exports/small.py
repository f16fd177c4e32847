"""A small review with a bit of everything, written through the services."""

from __future__ import annotations

from realist.domain.codes import Book, NewCode
from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.forms import read_template
from realist.domain.notation import read
from realist.services import (
    appraising,
    coding,
    configurations,
    evidence,
    forms,
    mechanisms,
    notes,
    papers,
    plan,
    retrieving,
    rounds,
    sameness,
    screening,
)
from realist.services.unit import Desk
from realist.vocabulary import (
    ConfigurationStatus,
    CountOf,
    Door,
    FlowStep,
    MechanismKind,
    Polarity,
    Qualifier,
    ReadingResult,
    RoundKind,
    SearchKind,
    SourceKind,
    Stance,
    TermSet,
    Use,
    Verdict,
)

AHMED, BAKER, CRUZ, DUNN = "Ahmed (2019)", "Baker (2020)", "Cruz (2021)", "=Dunn (2022)"
UNLABELLED = "Asking for views and then overriding them"
TRUST, PURPOSE, POWER, SAFETY = "Trust between professions", "Shared purpose", "Use of power", "+Safety"
MERGER, STAY = "Two departments merge", "Staff stay"
TEXT = (
    "Two departments merge (C) → the leader asks for views (M+, Resource)"
    " but overrides them (M–, Reasoning) → the team is upset (O–) and stays (O+)"
)
FORM = """name = "Features"
[[field]]
key = "country"
kind = "country"
[[field]]
key = "design"
kind = "many choices"
choices = ["trial", "survey"]
"""
QUOTATION = "They asked us, and then they did what they had wanted all along."


def build_small(desk: Desk) -> None:
    """Write the review: five papers, four mechanisms, three boxes, a stage with a round and its numbers."""
    _plan(desk)
    _papers(desk)
    _screening(desk)
    _theory(desk)
    _boxes(desk)
    _read(desk)
    _numbers(desk)


def _plan(desk: Desk) -> None:
    plan.create_review(desk, title="Leading small teams", question="What works, for whom, and why?")
    plan.edit_person(desk, "SF", name="Sam Field", role="lead")
    plan.edit_person(desk, "SH", name="Sara Holt", role="second reader")
    plan.add_stage(desk, "1a", purpose="Theory building: what is written about leading small teams")
    plan.add_stage(desk, "2", purpose="Testing")
    plan.add_search(desk, "Embase 1a", stage="1a", source="Embase", platform="Ovid", hits=1446)
    plan.add_search(desk, "Web 2", stage="2", kind=SearchKind.WEBSITE, source="nuffieldtrust.org.uk")


def _papers(desk: Desk) -> None:
    papers.add_paper(desk, label=AHMED, title="Trust in teams", authors=["Ahmed, A."], year="2019")
    papers.add_paper(desk, label=BAKER, title="Power in teams", doi="10.1000/baker")
    papers.add_paper(desk, label=CRUZ, abstract="Nothing was found.")
    papers.add_paper(desk, label=DUNN)
    papers.add_paper(desk, title=UNLABELLED, supplied_by="stakeholder group")
    papers.add_paper(desk, label="Twin (2020)", title="Power in teams")
    sameness.join_papers(desk, "Twin (2020)", BAKER, reason="the same article")
    sameness.add_study(desk, "Three clinics", kind="case", papers=[CRUZ])
    notes.tag(desk, "paper", BAKER, "poster")


def _screening(desk: Desk) -> None:
    rounds.add_round(
        desk, "Full text", stage="1a", kind=RoundKind.FULL_TEXT, reasons=["no team", "no leader"]
    )
    rounds.enter(desk, "Full text", [AHMED, BAKER, CRUZ, DUNN], door=Door.SEARCH)
    rounds.enter(desk, "Full text", [UNLABELLED], door=Door.SUPPLIED, supplied_by="stakeholder group")
    for paper in (AHMED, BAKER, CRUZ):
        screening.decide(desk, paper, Verdict.INCLUDE, round_="Full text", use=Use.THEORY_BUILDING)
    screening.decide(desk, DUNN, Verdict.EXCLUDE, round_="Full text", reason="1")
    rounds.add_round(desk, "Confidential", stage="2", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    retrieving.add_highlight(desk, "team*", TermSet.CONTEXT)
    screening.add_included_set(desk, "theory building", round_="Full text", note="37 in print")
    screening.add_included_set(desk, "printed")
    screening.list_in_set(desk, "printed", [AHMED, BAKER, CRUZ, DUNN, UNLABELLED], source="Table 2")
    plan.edit_review(desk, grid_set="printed")


def _theory(desk: Desk) -> None:
    mechanisms.add_mechanism(desk, TRUST, description="People rely on each other.", aliases=["Relying"])
    mechanisms.add_mechanism(desk, PURPOSE, kind=MechanismKind.THEME)
    mechanisms.add_mechanism(desk, POWER, note="added by stakeholders")
    mechanisms.add_mechanism(desk, SAFETY)
    mechanisms.add_list(desk, "Table 1", [("", "General"), (TRUST, "TRUST"), (POWER, "")])
    mechanisms.add_context(desk, MERGER)
    mechanisms.add_outcome(desk, STAY)
    evidence.add_evidence(
        desk, AHMED, stance=Stance.SUPPORTS, mechanism=TRUST, claim="trust helps", locator="p4"
    )
    evidence.add_evidence(desk, AHMED, stance=Stance.WEAKENS, mechanism=TRUST, claim="until it is broken")
    evidence.add_evidence(desk, AHMED, mechanism=PURPOSE, claim="named, not judged")
    evidence.add_evidence(desk, BAKER, stance=Stance.MODIFIES, mechanism=PURPOSE, claim="in small teams")
    evidence.add_evidence(desk, UNLABELLED, stance=Stance.REFOCUSES, mechanism=POWER, claim="a claim")
    evidence.add_reading(desk, AHMED, ReadingResult.NONE, mechanism=POWER)
    evidence.add_reading(desk, BAKER, ReadingResult.NOT_RECOVERABLE, mechanism=TRUST, note="table lost")
    evidence.add_reading(desk, CRUZ, ReadingResult.NONE)
    evidence.add_reading(desk, CRUZ, ReadingResult.NOT_RECOVERABLE, mechanism=POWER)


def _boxes(desk: Desk) -> None:
    parts = read(TEXT).parts
    quoted = Source(SourceKind.EXCERPT, quotation=QUOTATION, locator="p676", paper=Ref("", BAKER))
    inferred = Source(SourceKind.INFERENCE, text="nobody says so, but all leave")
    elements = [BoxElement(part) for part in parts]
    elements[0] = BoxElement(parts[0], tags=(TagRef("context", "", MERGER),))
    elements[2] = BoxElement(parts[2], sources=(quoted, inferred))
    box = Box(
        label="1",
        title="Views that do not count",
        narrative="A leader asks.\n\nThen the leader does not listen.",
        printed="Views were sought, and overridden.",
        setting="hospital",
        country="Sweden",
        status=ConfigurationStatus.PAPER_LEVEL,
        polarity=Polarity.ABSENCE,
        papers=(Ref("", BAKER),),
        mechanisms=(Ref("", POWER),),
        elements=tuple(elements),
    )
    configurations.add_configuration(desk, box)
    unsplit = read("A team is new (C) → people hold back (M) → nothing changes (O0)").parts
    configurations.add_configuration(
        desk,
        Box(
            label="2b",
            papers=(Ref("", DUNN), Ref("", AHMED)),
            mechanisms=(Ref("", SAFETY),),
            status=ConfigurationStatus.PAPER_LEVEL,
            elements=tuple(BoxElement(part) for part in unsplit),
        ),
    )
    configurations.add_configuration(desk, Box(printed="A lone sentence, to be worked out."))


def _read(desk: Desk) -> None:
    appraising.add_ready_scale(desk)
    forms.define_form(desk, read_template(FORM))
    coding.add_framework(desk, Book("Integration", "Hale 2013", codes=(NewCode("Clinical"),)))
    coding.add_code(desk, "Fear")
    coding.put_code(desk, "paper", AHMED, "Clinical")
    for initials, level, country in (("SF", "low", "SE"), ("SH", "high", "FI")):
        at = Desk(desk.store, initials)
        appraising.appraise(at, AHMED, "rigour", level, reason="one team")
        forms.fill_form(at, AHMED, {"country": country})


def _numbers(desk: Desk) -> None:
    source = "Field 2024, p. 4"
    database = SearchKind.DATABASE
    for step, value in ((FlowStep.IDENTIFIED, 1446), (FlowStep.DUPLICATES, 532), (FlowStep.SCREENED, 914)):
        screening.report_count(desk, value=value, source=source, step=step, stage="1a", kind=database)
    screening.report_count(
        desk, value=60, source=source, step=FlowStep.ASSESSED, stage="1a", qualifier=Qualifier.AT_LEAST
    )
    screening.report_count(
        desk,
        value=None,
        source=source,
        step=FlowStep.IDENTIFIED,
        stage="1a",
        kind=SearchKind.GREY_LITERATURE,
        label="very many, not counted",
        qualifier=Qualifier.UNKNOWN,
    )
    screening.report_count(desk, value=22, source=source, counts=CountOf.PAPERS, mechanism=TRUST)
    screening.report_count(
        desk,
        value=None,
        source=source,
        counts=CountOf.PAPERS,
        mechanism=POWER,
        qualifier=Qualifier.UNKNOWN,
    )
    screening.report_count(desk, value=7, source=source, counts=CountOf.TICKS, paper=AHMED)
