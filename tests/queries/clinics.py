"""Three invented papers of two clinics each, coded by five dimensions and two codes that grew."""

from __future__ import annotations

from realist.domain.codes import read_book
from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.forms import read_template
from realist.domain.notation import Part
from realist.services import (
    appraising,
    coding,
    configurations,
    evidence,
    excerpting,
    forms,
    mechanisms,
    papers,
    sameness,
)
from realist.services.unit import Desk
from realist.vocabulary import ElementKind, SourceKind, Stance, Valence

BOOK = """name = "Levels of integration"
source = "Invented"
[[code]]
name = "Clinical"
[[code]]
name = "Shared plans"
within = "Clinical"
[[code]]
name = "Professional"
[[code]]
name = "Organisational"
[[code]]
name = "System"
[[code]]
name = "Functional"
"""
FORM = """name = "Features"
[[field]]
key = "country"
kind = "country"
[[field]]
key = "design"
kind = "choice"
choices = ["trial", "case study"]
"""
PAPERS = ("Amsel (2011)", "Birk (2012)", "Cole (2013)")
PLUS, MINUS = Valence.PLUS, Valence.MINUS
CODED: tuple[tuple[str, str, str, str, Valence | None], ...] = (
    ("Amsel (2011)", "North", "one plan for both", "Shared plans", PLUS),
    ("Amsel (2011)", "North", "records that do not talk", "Functional", MINUS),
    ("Amsel (2011)", "South", "they meet on Mondays", "Professional", PLUS),
    ("Amsel (2011)", "South", "a nurse who knows all", "Clinical", PLUS),
    ("Birk (2012)", "Hill", "two budgets", "Organisational", MINUS),
    ("Birk (2012)", "Hill", "they meet never", "Professional", MINUS),
    ("Birk (2012)", "Valley", "one budget", "Organisational", PLUS),
    ("Birk (2012)", "Valley", "watched by the chief", "Fear of being watched", MINUS),
    ("Cole (2013)", "Harbour", "the nurse is new each month", "Clinical", MINUS),
    ("Cole (2013)", "Harbour", "tea at four", "Tea together", PLUS),
    ("Cole (2013)", "Market", "tea at five", "Tea together", PLUS),
    ("Cole (2013)", "", "nobody says where", "Professional", None),
)


def build_clinics(desk: Desk) -> None:
    """Add the papers, quote and code them; a box of each, evidence, appraisals, a form."""
    for label in PAPERS:
        papers.add_paper(desk, label=label, year=label[-5:-1])
    sameness.add_study(desk, "The Monday study", papers=PAPERS[:2])
    coding.add_framework(desk, read_book(BOOK))
    for name in ("Fear of being watched", "Tea together"):
        coding.add_code(desk, name)
    mechanisms.add_mechanism(desk, "Trust")
    mechanisms.add_mechanism(desk, "Habit")
    mechanisms.add_context(desk, "One roof")
    quoted = {}
    for paper, site, words, code, valence in CODED:
        quoted[words] = excerpting.quote(desk, paper, words, locator="p. 3", site=site)
        coding.put_code(desk, "excerpt", quoted[words], code, valence=valence)
    _boxes(desk, quoted)
    evidence.add_evidence(
        desk, PAPERS[2], mechanism="Habit", stance=Stance.SUPPORTS, claim="Tea helps.",
        excerpts=[quoted["tea at four"]],
    )  # fmt: skip
    evidence.add_evidence(
        desk, PAPERS[2], mechanism="Trust", stance=Stance.WEAKENS, claim="No.", site="Market"
    )
    appraising.add_ready_scale(desk)
    appraising.appraise(desk, PAPERS[0], "rigour", "high", reason="long")
    appraising.appraise(desk, PAPERS[1], "rigour", "low", reason="short")
    forms.define_form(desk, read_template(FORM))
    forms.fill_form(desk, PAPERS[0], {"country": "Sweden; Norway", "design": "trial"})
    forms.fill_form(desk, PAPERS[1], {"country": "UK"})


def _boxes(desk: Desk, quoted: dict[str, str]) -> None:
    source = Source(SourceKind.EXCERPT, excerpt=quoted["one plan for both"])
    first = (
        BoxElement(Part(ElementKind.CONTEXT, "one roof"), tags=(TagRef("context", "", "One roof"),)),
        BoxElement(Part(ElementKind.REASONING, "they rely on it", PLUS, segment=2), sources=(source,)),
        BoxElement(Part(ElementKind.OUTCOME, "fewer stays", MINUS, segment=3), site="South"),
    )
    of = {"mechanisms": (Ref("", "Trust"),), "country": "SE", "site": "Hill"}
    configurations.add_configuration(desk, Box("", "1", papers=(Ref("", PAPERS[0]),), elements=first, **of))  # type: ignore[arg-type]
    second = (BoxElement(Part(ElementKind.OUTCOME, "more stays", PLUS)),)
    configurations.add_configuration(
        desk, Box(label="2", papers=(Ref("", PAPERS[1]),), elements=second, site="Hill")
    )
    configurations.add_configuration(desk, Box(label="3", elements=second))
