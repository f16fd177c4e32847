"""A review with a blind round, so that two of them differ only in what SF may not see."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from realist.domain.codes import Book, NewCode
from realist.domain.configuration import Box, BoxElement, Ref, TagRef
from realist.domain.forms import read_template
from realist.domain.notation import read
from realist.domain.revising import revised
from realist.queries.boxes import boxes
from realist.services import (
    appraising,
    bearing,
    coding,
    configurations,
    consulting,
    editing,
    evidence,
    excerpting,
    extracting,
    forms,
    history,
    mechanisms,
    notes,
    papers,
    plan,
    rounds,
    theories,
)
from realist.services import screening as services
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.tables import Decision
from realist.vocabulary import ExtractionRole, ReadingResult, RoundKind, Stance, Valence, Verdict, Voice
from tests.conftest import START


class Steady:
    """A clock and uids by the number of the act alone, however much the acts before it wrote."""

    def __init__(self) -> None:
        self.act = self._drawn = 0

    def clock(self) -> datetime:
        """Show the minute of the act."""
        return START + timedelta(minutes=self.act)

    def uid(self) -> str:
        """Return the next uid of the act."""
        self._drawn += 1
        return f"0190{self.act:04x}-0000-7{self._drawn:03x}-8000-000000000000"

    def begin(self) -> None:
        """Begin the next act."""
        self.act += 1
        self._drawn = 0


class Told(NamedTuple):
    """What RP decides, notes and tags of papers that SF has not decided on."""

    one: Verdict
    other: Verdict
    reason: str
    also: tuple[str, ...]
    note: str
    memo: str
    tag: str
    seconds: float = 12.5
    level: str = "high"
    why: str = "Heron told as it was."
    answers: tuple[tuple[str, str], ...] = (("aim", "Otters at work"), ("country", "SE"))
    valence: Valence = Valence.PLUS
    claim: str = "Pelican crossings keep people safe."
    quotation: str = "a pelican said so"
    stance: Stance = Stance.SUPPORTS
    result: ReadingResult = ReadingResult.NONE
    under: str = "Trust"
    box: str = "a pelican shift (C) → calls (M+, Resource) → people stay (O+)"
    context: str = "Night work"


ONE = Told(
    Verdict.INCLUDE, Verdict.EXCLUDE, "1", (), "walking groups count", "Zebra crossing is the key.", "pearl"
)
OTHER = Told(
    Verdict.EXCLUDE, Verdict.MAYBE, "2", ("3", "1"), "no peer in sight", "Quokka has nothing on it.", "dross",
    level="low", why="Magpie methods.", answers=(("country", "NO"),), claim="Gannets leave.", quotation="",
    stance=Stance.WEAKENS, result=ReadingResult.FOUND, under="Power", box="a gannet flies (O–)", context="",
    valence=Valence.MINUS,
)  # fmt: skip
ROUND = "titles"
IN_CONFIDENCE = range(23, 41)
"""The acts that SF may not see."""
ACTS = 47
READ_IN_CONFIDENCE = (*range(50, 58), *range(65, 71))
"""The acts of :func:`build_read` that SF may not see."""
READ_ACTS = 72
EXTRACTED_IN_CONFIDENCE = (*range(79, 107), 111, 112, 113)
"""The acts of :func:`build_extracted` that SF may not see."""
EXTRACTED_ACTS = 113
FORM = """name = "Features"
[[field]]
key = "aim"
[[field]]
key = "country"
kind = "country"
"""
Hand = Callable[[str], Desk]


@contextmanager
def hands(path: Path) -> Iterator[Hand]:
    """Give desks of people at the review at *path*, each good for one act."""
    steady = Steady()
    store = open_store(str(path), clock=steady.clock, uids=steady.uid)

    def at(initials: str) -> Desk:
        steady.begin()
        return Desk(store, initials)

    with store.read() as connection:
        steady.act = int(connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one()) * 2
    try:
        yield at
    finally:
        store.close()


def build(path: Path, empty_file: Path, told: Told) -> None:
    """Make the review: papers A to G, A to F in a blind round for two, on which RP says what is *told*."""
    shutil.copy(empty_file, path)
    with hands(path) as at:
        _plan(at)
        _theory(at)
        _in_confidence(at, told)
        _seen_by_all(at)


def _plan(at: Hand) -> None:
    plan.create_review(at("SF"), title="Back to work", question="What works?")
    for initials, name in (("SF", "Sam Field"), ("RP", "Rui Pires"), ("LM", "Lea Moor")):
        plan.edit_person(at("SF"), initials, name=name)
    plan.add_stage(at("SF"), "1", purpose="theory building")
    plan.add_search(at("SF"), "Medbase", stage="1", source="Medbase")
    for label in "ABCDEFG":
        papers.add_paper(at("SF"), label=label, title=f"Paper {label}", year="2012", abstract="Walking.")
    rounds.add_round(
        at("SF"), ROUND, stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True,
        reasons=("no peers", "not about work", "no account"),
    )  # fmt: skip
    rounds.enter(at("SF"), ROUND, list("ABCDEF"))
    services.add_included_set(at("SF"), "building", round_=ROUND)
    plan.edit_review(at("SF"), grid_set="building")


def _theory(at: Hand) -> None:
    mechanisms.add_mechanism(at("SF"), "Trust", description="People rely on each other.")
    for label in "AB":
        evidence.add_evidence(at("SF"), label, mechanism="Trust", stance=Stance.SUPPORTS, claim="It helps.")
    elements = tuple(BoxElement(part) for part in read("small firms (C) → calls (M+, Resource)").parts)
    box = Box(label="1", papers=(Ref("", "B"),), mechanisms=(Ref("", "Trust"),), elements=elements)
    configurations.add_configuration(at("SF"), box)


def decide(desk: Desk, paper: str, verdict: Verdict, **more: object) -> None:
    """Decide on a paper in the blind round."""
    services.decide(desk, paper, verdict, round_=ROUND, **more)  # type: ignore[arg-type]


def _in_confidence(at: Hand, told: Told) -> None:
    """What RP does with papers on which SF has not decided: the same acts, with other content."""
    more = {"note": told.note, "seconds": told.seconds}
    decide(at("RP"), "A", told.one, reason=told.reason, also=told.also, **more)
    decide(at("RP"), "B", told.one, **more)
    decide(at("RP"), "B", told.other, reason=told.reason, **more)
    decide(at("RP"), "F", told.other, **more)
    history.undo(at("RP"), reason=told.note)
    history.redo(at("RP"))
    services.park(at("RP"), "E", round_=ROUND)
    notes.add_memo(at("RP"), "paper", "A", told.memo)
    notes.add_memo(at("RP"), "paper", "E", f"{told.memo} Again.")
    history.undo(at("RP"))
    notes.tag(at("RP"), "paper", "A", told.tag)
    notes.tag_papers(at("RP"), ["B", "E"], f"{told.tag} {told.tag}")
    notes.untag_papers(at("RP"), ["E"], f"{told.tag} {told.tag}")
    history.undo(at("RP"))
    notes.tag_papers(at("RP"), ["F"], f"{told.tag} for now")
    notes.untag_papers(at("RP"), ["F"], f"{told.tag} for now")
    _as_older_programs_wrote_it(at("RP"), "E", told.one)
    history.undo(at("RP"))


def _as_older_programs_wrote_it(desk: Desk, paper: str, verdict: Verdict) -> None:
    with desk.unit(f"decide {verdict}", paper) as work:
        entry = work.connection.exec_driver_sql(
            f"SELECT e.uid FROM entry e JOIN paper p ON p.uid = e.paper WHERE p.label = '{paper}'"
        ).scalar_one()
        work.add(Decision(entry=str(entry), verdict=verdict, note=f"says {verdict}"))


def _seen_by_all(at: Hand) -> None:
    """What everybody may see, the same in every such review: C is decided by both, G in no round."""
    decide(at("RP"), "C", Verdict.INCLUDE, note="both agree")
    decide(at("SF"), "C", Verdict.INCLUDE)
    decide(at("SF"), "D", Verdict.EXCLUDE, reason="1", note="mine alone")
    notes.add_memo(at("RP"), "paper", "G", "A zebra of its own.")
    notes.tag(at("RP"), "paper", "G", "later")
    notes.tag(at("SF"), "paper", "A", "mine")
    notes.add_memo(at("SF"), "paper", "A", "What I think of A.")


def build_read(path: Path, empty_file: Path, told: Told) -> None:
    """Make the review, and papers in it that RP appraised and answered a form for as is *told*."""
    build(path, empty_file, told)
    with hands(path) as at:
        appraising.add_ready_scale(at("SF"))
        forms.define_form(at("SF"), read_template(FORM))
        for label in "AB":
            appraising.appraise(at("RP"), label, "rigour", told.level, reason=told.why)
            forms.fill_form(at("RP"), label, dict(told.answers), note=told.why)
        forms.fill_form(at("RP"), "E", dict(told.answers), agreed=True)
        history.undo(at("RP"), reason=told.why)
        appraising.appraise(at("RP"), "E", "richness", told.level, reason=told.why)
        appraising.take_back_appraisal(at("RP"), "E", "richness", reason=told.why)
        appraising.appraise(at("RP"), "G", "rigour", "low", reason="seen by all")
        forms.fill_form(at("RP"), "G", {"country": "Chile"})
        appraising.appraise(at("SF"), "A", "rigour", "moderate", reason="as I see it")
        forms.fill_form(at("SF"), "A", {"aim": "mine"})
        _code(at, told)


def _code(at: Hand, told: Told) -> None:
    """What RP codes in papers that SF has not decided on: the same acts, with other codes."""
    coding.add_framework(at("SF"), Book("Levels", codes=(NewCode("high"), NewCode("low"))))
    quoted = excerpting.quote(at("SF"), "B", "calls every week", site="clinic A")
    claims = evidence.add_evidence(at("SF"), "A", mechanism="Trust", claim="Once more.")
    for kind, name in (("paper", "A"), ("excerpt", quoted), ("evidence", claims)):
        coding.put_code(at("RP"), kind, name, told.level, valence=told.valence, site=told.tag, note=told.why)
    coding.put_code(at("RP"), "configuration", "1", told.level)
    coding.take_code(at("RP"), "configuration", "1", told.level)
    history.undo(at("RP"), reason=told.why)
    coding.put_code(at("RP"), "paper", "G", "high", note="seen by all")
    coding.put_code(at("SF"), "paper", "A", "low", note="mine")


def build_extracted(path: Path, empty_file: Path, told: Told) -> None:
    """Make the review, and in it what RP extracts from G as is *told*, which SF extracts as well."""
    build_read(path, empty_file, told)
    with hands(path) as at:
        mechanisms.add_mechanism(at("SF"), "Power")
        mechanisms.add_context(at("SF"), "Night work")
        mechanisms.add_outcome(at("SF"), "A calm ward")
        notes.tag(at("SF"), "configuration", "1", "diving")
        consulting.add_consultation(at("SF"), "June")
        extracting.allot_extraction(at("SF"), ["G"], ["SF", "RP"], ExtractionRole.INDEPENDENT)
        evidence.add_evidence(
            at("RP"), "G", claim=told.claim, quotation=told.quotation, stance=told.stance,
            mechanism=told.under,
        )  # fmt: skip
        gone = evidence.add_evidence(at("RP"), "G", claim=told.claim, mechanism=told.under)
        evidence.withdraw_evidence(at("RP"), gone, reason=told.claim)
        history.undo(at("RP"), reason=told.claim)
        history.redo(at("RP"))
        uid = configurations.add_configuration(at("RP"), _told_box(told))
        with at("RP").store.read() as connection:
            (was,) = boxes(connection, uids=[uid], viewer="RP")
        better = replace(was, title=f"{told.box} after all", elements=was.elements[:1])
        editing.edit_configuration(at("RP"), uid, better, was=was, reason=told.claim)
        history.undo(at("RP"))
        other = configurations.add_configuration(at("RP"), replace(_told_box(told), label=told.under))
        editing.drop_configuration(at("RP"), other, reason=told.claim)
        evidence.add_reading(at("RP"), "G", told.result, mechanism=told.under, note=told.claim)
        evidence.add_readings(at("RP"), "G", {"Power": (told.result, ""), "Trust": (told.result, "")})
        kept = excerpting.quote(at("RP"), "G", told.claim, note=told.claim)
        excerpting.edit_excerpt(at("RP"), kept, locator=told.under)
        notes.add_memo(at("RP"), "configuration", uid, told.claim)
        notes.tag(at("RP"), "configuration", uid, "later")
        _talk(at, told, was, kept)
        extracting.finish_extraction(at("RP"), "G")
        evidence.add_evidence(at("SF"), "G", claim="As I see it.", mechanism="Trust")
        theories.add_theory(at("SF"), "Staying")
        theories.new_version(at("SF"), "T1", revised((), adds=["They stay.", "They trust."]))
        bearing.bear(at("RP"), uid, "T1", part="p1", stance=told.stance, reason=told.claim)
        evidence.add_evidence(at("RP"), "G", claim=told.claim, theory="T1", part="p2", stance=told.stance)
        theories.new_version(at("RP"), "T1", reason="read on", moved_by=[f"box {uid}"])


def _talk(at: Hand, told: Told, box: Box, kept: str) -> None:
    """What RP notes on what they extracted, on notes, on a box of a blind paper; what was said."""
    part = box.elements[0].uid
    claim = evidence.add_evidence(at("RP"), "G", claim=told.claim, mechanism="Trust")
    first = notes.add_memo(at("RP"), "evidence", claim, told.claim)
    notes.add_memo(at("RP"), "excerpt", kept, told.why)
    notes.add_memo(at("RP"), "part", part, told.claim)
    notes.add_memo(at("RP"), "memo", first, told.why)
    notes.edit_memo(at("RP"), first, told.why, reason=told.claim)
    voice = Voice.FOR if told.valence is Valence.PLUS else Voice.AGAINST
    consulting.add_feedback(
        at("RP"), voice, told.claim, consultation="June", configuration=box.uid, who=told.tag
    )
    said = consulting.add_feedback(at("RP"), voice, told.claim, consultation="June", about=f"part {part}")
    notes.add_memo(at("RP"), "feedback", said, told.why)
    consulting.show_at(at("RP"), "June", [f"box {box.uid}"])
    history.undo(at("RP"))
    notes.add_memo(at("RP"), "configuration", "1", told.memo)


def _told_box(told: Told) -> Box:
    tags = (TagRef("context", "", told.context),) if told.context else ()
    elements = tuple(BoxElement(part, tags=tags) for part in read(told.box).parts)
    return Box(label="RP 1", papers=(Ref("", "G"),), mechanisms=(Ref("", told.under),), elements=elements)


def finish_extracting(path: Path, *, opened: bool) -> None:
    """Let everybody see what was extracted: as SF is done as well, or as it is opened."""
    with hands(path) as at:
        if opened:
            extracting.open_extractions(at("LM"), "G", reason="enough")
        else:
            extracting.finish_extraction(at("SF"), "G")


def finish(path: Path, *, opened: bool) -> None:
    """Let SF see everything: by deciding on every paper as well, or as the round is opened."""
    with hands(path) as at:
        if opened:
            rounds.open_round(at("SF"), ROUND)
            return
        for label in "AB":
            decide(at("SF"), label, Verdict.INCLUDE)


__all__ = [
    "ACTS",
    "EXTRACTED_ACTS",
    "EXTRACTED_IN_CONFIDENCE",
    "IN_CONFIDENCE",
    "ONE",
    "OTHER",
    "READ_ACTS",
    "READ_IN_CONFIDENCE",
    "ROUND",
    "Told",
    "build",
    "build_extracted",
    "build_read",
    "decide",
    "finish",
    "finish_extracting",
    "hands",
]  # fmt: skip
