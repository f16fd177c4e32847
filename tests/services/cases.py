"""One call of every public service, each leaving a mark on the world that its undo takes away."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from realist import services
from realist.domain.allocation import AnyTwo
from realist.domain.codes import Book, NewCode
from realist.domain.configuration import BoxElement, Ref
from realist.domain.forms import read_template
from realist.domain.matching import rewrite
from realist.domain.notation import Part, read
from realist.queries.boxes import boxes
from realist.queries.naming import resolve
from realist.queries.texts import attached
from realist.services import (
    agreed,
    allocating,
    appraising,
    attaching,
    building,
    coding,
    configurations,
    consulting,
    editing,
    evidence,
    excerpting,
    extracting,
    forms,
    importing,
    importing_decisions,
    looking,
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
from realist.services.anchoring import Place
from realist.services.importing import Origin
from realist.services.unit import Desk
from realist.store.tables import ElementLink, Entry
from realist.vocabulary import (
    CheckVerdict,
    ConflictRule,
    ContextLevel,
    CountOf,
    Door,
    ElementKind,
    ExtractionRole,
    FlowStep,
    Lineage,
    ReadingResult,
    Relatedness,
    RetrievalStatus,
    RoundKind,
    Stance,
    TermSet,
    Valence,
    Verdict,
    Voice,
)
from tests.services import cases_moves, cases_patterns
from tests.services.appraised import FORM
from tests.services.cases_lives import LIVES
from tests.services.consulted import CASES as CONSULTED
from tests.services.theorised import CASES as THEORY_CASES
from tests.services.world import World, box

Case = Callable[[Desk, World], object]


def public_services() -> set[str]:
    """Return the name of every function of the services whose first parameter is ``desk: Desk``."""
    found = set()
    for module in pkgutil.iter_modules(services.__path__):
        of = importlib.import_module(f"realist.services.{module.name}")
        for name, thing in inspect.getmembers(of, inspect.isfunction):
            if name.startswith("_") or thing.__module__ != of.__name__:
                continue
            first = next(iter(inspect.signature(thing).parameters.values()), None)
            if first is not None and first.name == "desk" and first.annotation in ("Desk", Desk):
                found.add(name)
    return found


def _second_text(w: World) -> Path:
    path = w.folder / "second.txt"
    path.write_text("Small firms have no one to ask.", encoding="utf-8")
    return path


def _place(w: World, start: int, end: int) -> Place:
    with w.store.read() as connection:
        (file,) = [file for file in attached(connection) if file.uid == w.document]
    return Place(file.text.uid, 1, start, 1, end)


def _part() -> BoxElement:
    return BoxElement(Part(ElementKind.OUTCOME, "a first day"), site="clinic A")


def _link(w: World) -> str:
    with w.store.read() as connection:
        return str(connection.execute(select(ElementLink.uid)).scalar_one())


CASES: dict[str, Case] = {
    **cases_moves.CASES,
    **CONSULTED,
    **LIVES,
    **THEORY_CASES,
    **cases_patterns.CASES,
    "edit_review": lambda d, w: plan.edit_review(d, title="Another title", grid_set="theory building"),
    "edit_review: a choice cleared": lambda d, w: plan.edit_review(d, grid_list="", reason="look at all"),
    "edit_person: added": lambda d, w: plan.edit_person(d, "AB", name="Amal Berg"),
    "edit_person: deactivated": lambda d, w: plan.edit_person(d, "NG", role="away", active=False),
    "add_stage": lambda d, w: plan.add_stage(d, "3", purpose="ripple effects"),
    "add_search": lambda d, w: plan.add_search(d, "Hand 2", stage="2", hits=0, led_by="June meeting"),
    "add_process_change": lambda d, w: plan.add_process_change(d, planned="ten sites", instead="six"),
    "add_paper": lambda d, w: papers.add_paper(d, title="Calls that matter", note="mailed to us"),
    "add_paper: from a DOI alone": lambda d, w: papers.add_paper(d, doi="https://doi.org/10.5555/NEW.1"),
    "edit_paper": lambda d, w: papers.edit_paper(d, "#2", "year", "2021", reason="printed later"),
    "edit_paper: an abstract": lambda d, w: papers.edit_paper(d, "#2", "abstract", "Managers decide."),
    "edit_paper: an abstract again": lambda d, w: papers.edit_paper(d, "#4", "abstract", "Pacing, mostly."),
    "join_papers": lambda d, w: sameness.join_papers(d, "#2", "#1", reason="one project"),
    "end_join": lambda d, w: sameness.end_join(d, "#3", reason="the second is an erratum"),
    "end_join: the paper that others are read under": lambda d, w: sameness.end_join(d, "#1", reason="two"),
    "call_same": lambda d, w: sameness.call_same(d, ["#2", "Nyberg (2009)"], reason="seen in the library"),
    "call_same: whose values are right": lambda d, w: sameness.call_same(
        d, ["#2", "Nyberg (2009)"], fields={"year": "#2", "title": "Nyberg (2009)", "abstract": "#2"}
    ),
    "call_same: what was called different": lambda d, w: sameness.call_same(d, ["#2", "Pettersen (2015)"]),
    "call_different": lambda d, w: sameness.call_different(d, "#1", "#2", reason="two towns"),
    "withdraw_different": lambda d, w: sameness.withdraw_different(d, "#2", "Pettersen (2015)"),
    "relate": lambda d, w: sameness.relate(d, "#1", "#2", Relatedness.PROTOCOL, reason="its protocol"),
    "relate: in another way": lambda d, w: sameness.relate(d, "#1", "Pettersen (2015)", Relatedness.REPLY),
    "end_relation": lambda d, w: sameness.end_relation(d, "#3", "Pettersen (2015)", reason="no"),
    "add_study": lambda d, w: sameness.add_study(d, "Leeds", within="The north", papers=["#1", "#2"]),
    "put_in_study": lambda d, w: sameness.put_in_study(d, "The north", ["#2", "#3"]),
    "take_out_of_study": lambda d, w: sameness.take_out_of_study(d, "The north", "#3"),
    "add_round": lambda d, w: rounds.add_round(
        d, "again", stage="2", kind=RoundKind.FULL_TEXT, reasons=["no peer"]
    ),
    "enter": lambda d, w: rounds.enter(d, "texts", ["#2", "Nyberg (2009)"], why="for the theory"),
    "decide": lambda d, w: screening.decide(d, "#2", Verdict.INCLUDE, round_="titles", note="after all"),
    "decide: taken back": lambda d, w: screening.decide(d, "#1", Verdict.UNDECIDED, round_="texts"),
    "decide: with further reasons": lambda d, w: screening.decide(
        d, "#1", Verdict.EXCLUDE, round_="titles", reason="2", also=["no peer"]
    ),
    "decide_entry": lambda d, w: screening.decide_entry(d, _entry(w, "#1"), "#1", Verdict.MAYBE, seconds=3.5),
    "park": lambda d, w: screening.park(d, "#1", round_="titles"),
    "park_entry": lambda d, w: screening.park_entry(d, _entry(w, "#1"), "#1"),
    "unpark_entry": lambda d, w: screening.unpark_entry(d, _entry(w, "Pettersen (2015)"), "Pettersen (2015)"),
    "unpark": lambda d, w: screening.unpark(d, "Pettersen (2015)", round_="titles"),
    "settle": lambda d, w: screening.settle(
        d, "Pettersen (2015)", Verdict.INCLUDE, round_="titles", why="yes"
    ),
    "open_round": lambda d, w: rounds.open_round(d, "in confidence", reason="all have decided"),
    "unsettle": lambda d, w: screening.unsettle(d, "#2", round_="titles", reason="read again"),
    "edit_round": lambda d, w: rounds.edit_round(
        d, "titles", criteria="adults", conflict=ConflictRule.ANY_INCLUDE, reasons=["a third one"]
    ),
    "enter_all": lambda d, w: rounds.enter_all(
        d, "texts", [(_paper(w, "#2"), Door.BROUGHT_BACK)], why="theory"
    ),
    "allocate": lambda d, w: allocating.allocate(d, "texts", ["SF", "NG"], AnyTwo(), seed=3),
    "hand_over": lambda d, w: allocating.hand_over(d, "titles", "NG", reason="on leave"),
    "retrieve": lambda d, w: retrieving.retrieve(d, "#2", RetrievalStatus.NOT_OBTAINABLE, reason="no copy"),
    "add_highlight": lambda d, w: retrieving.add_highlight(d, "stroke", TermSet.INCLUDE),
    "drop_highlight": lambda d, w: retrieving.drop_highlight(d, "peer*"),
    "import_decisions": lambda d, w: _import_decisions(d, w),
    "add_included_set": lambda d, w: screening.add_included_set(d, "testing", round_="texts"),
    "list_in_set": lambda d, w: screening.list_in_set(d, "theory building", ["#2", "#4"], source="p. 6"),
    "report_count": lambda d, w: screening.report_count(
        d, value=7, source="p. 3", step=FlowStep.INCLUDED, stage="2"
    ),
    "report_count: of a paper": lambda d, w: screening.report_count(
        d, value=2, source="Table 2", counts=CountOf.TICKS, paper="#2"
    ),
    "add_mechanism": lambda d, w: mechanisms.add_mechanism(
        d, "Being heard", description="Someone listens.", aliases=["voice"], note="new", reason="talks"
    ),
    "add_context": lambda d, w: mechanisms.add_context(d, "Night shifts", level=ContextLevel.INSTITUTIONAL),
    "add_outcome": lambda d, w: mechanisms.add_outcome(d, "Fewer sick days", description="in a year"),
    "add_alias": lambda d, w: mechanisms.add_alias(d, "M1", "lent hope", source="#1"),
    "add_list": lambda d, w: mechanisms.add_list(d, "last list", [("M1", ""), ("M3", "Pacing")]),
    "state_lineage": lambda d, w: mechanisms.state_lineage(
        d, "agreed list", "first list", Lineage.NOT_STATED
    ),
    "add_evidence": lambda d, w: evidence.add_evidence(
        d, "#4", claim="Pacing helped.", stance=Stance.MODIFIES, mechanism="M3", quotation="pacing mattered"
    ),
    "add_part: a new box": lambda d, w: building.add_part(d, "#1", _part(), place=_place(w, 12, 24)),
    "add_part: on a passage kept before": lambda d, w: building.add_part(
        d, "#1", _part(), quotation="one driver said", locator="p. 101", box=w.box
    ),
    "change_part": lambda d, w: building.change_part(
        d, w.element, lambda one: replace(one, hedge="may", part=replace(one.part, kind=ElementKind.CONTEXT))
    ),
    "change_part: taken out": lambda d, w: building.change_part(d, w.element, lambda one: None, reason="no"),
    "rest_part_on": lambda d, w: building.rest_part_on(d, w.element, _place(w, 12, 24), "p. 101"),
    "link_parts": lambda d, w: building.link_parts(d, "less-waiting", w.element, note="again and again"),
    "unlink_parts": lambda d, w: building.unlink_parts(d, _link(w), reason="not so"),
    "copy_box": lambda d, w: building.copy_box(d, w.box, paper="#2"),
    "add_evidence: on excerpts": lambda d, w: evidence.add_evidence(
        d, "#1", claim="Both say so.", mechanism="M1", excerpts=[w.excerpt, w.unplaced]
    ),
    "add_evidence: on an outcome": lambda d, w: evidence.add_evidence(
        d, "#4", claim="Half were back.", outcome="Back for six months"
    ),
    "add_evidence: on a box": lambda d, w: evidence.add_evidence(
        d, "#4", claim="As in 1.", configuration="1"
    ),
    "withdraw_evidence": lambda d, w: evidence.withdraw_evidence(d, w.evidence, reason="misread"),
    "add_reading": lambda d, w: evidence.add_reading(d, "#4", ReadingResult.FOUND, mechanism="M3"),
    "add_readings": lambda d, w: evidence.add_readings(
        d, "#4", {"M1": (ReadingResult.NONE, ""), "M2": (ReadingResult.NOT_RECOVERABLE, "scan unreadable")}
    ),
    "attach": lambda d, w: attaching.attach(d, "#2", _second_text(w), embed=True),
    "read_again": lambda d, w: attaching.read_again(d, w.document),
    "detach": lambda d, w: attaching.detach(d, w.document, reason="another paper's"),
    "quote": lambda d, w: excerpting.quote(d, "#1", "one driver said", note="who?", site="clinic A"),
    "quote: what stands at a place": lambda d, w: excerpting.quote(d, "#1", place=_place(w, 12, 24)),
    "edit_excerpt": lambda d, w: excerpting.edit_excerpt(d, w.excerpt, locator="p. 9", note="look again"),
    "edit_excerpt: other words": lambda d, w: excerpting.edit_excerpt(d, w.excerpt, quotation="not taught"),
    "place_excerpt": lambda d, w: excerpting.place_excerpt(d, w.unplaced, _place(w, 12, 110)),
    "drop_excerpt": lambda d, w: excerpting.drop_excerpt(d, w.excerpt, reason="twice"),
    "appraise": lambda d, w: appraising.appraise(d, "#3", "Relevance", "low", reason="other people"),
    "appraise: an excerpt": lambda d, w: appraising.appraise(
        d, "#1", "rigour", "high", reason="a long one", excerpt=w.excerpt
    ),
    "take_back_appraisal": lambda d, w: appraising.take_back_appraisal(d, "#1", "rigour"),
    "add_to_scale": lambda d, w: appraising.add_to_scale(d, "voice", ["thin", "thick"], description="whose"),
    "add_to_scale: a level": lambda d, w: appraising.add_to_scale(d, "rigour", ["very high"]),
    "edit_scale": lambda d, w: appraising.edit_scale(d, "rigour", name="trust", description="in it", place=1),
    "edit_scale: a level": lambda d, w: appraising.edit_scale(d, "rigour", "low", name="lowest", place=3),
    "define_form": lambda d, w: forms.define_form(d, read_template(FORM)),
    "define_form: a new one": lambda d, w: forms.define_form(d, forms.ready_template("characteristics")),
    "fill_form": lambda d, w: forms.fill_form(d, "#2", {"aim": "to know", "country": "UK; Norway"}),
    "fill_form: agreed": lambda d, w: forms.fill_form(
        d, "#1", {"design": "survey", "country": "NO"}, agreed=True
    ),
    "fill_form: taken back": lambda d, w: forms.fill_form(d, "#1", {"design": ""}, note="not said"),
    "add_configuration": lambda d, w: configurations.add_configuration(
        d, box("3", "Pettersen (2015)", "Permission to pace")
    ),
    "import_configurations": lambda d, w: configurations.import_configurations(
        d,
        [box("4", "Unheard (1999)", "A new mechanism"), box("5", "", "M", papers=(), mechanisms=())],
        source="boxes.json",
    ),
    "import_configurations: a paper by uid": lambda d, w: configurations.import_configurations(
        d, [box("6", "", "Small talk", papers=(Ref("a-uid-from-afar", "Elsewhere (2001)"),))]
    ),
    "edit_configuration": lambda d, w: _edit(d, w, "it is lent (M+) → small firms (C) → a first day (O+)"),
    "edit_configuration: everything": lambda d, w: editing.edit_configuration(
        d, w.box, replace(box("1c", "New (2001)", "New"), narrative="It fell out so."), reason="anew"
    ),
    "drop_configuration": lambda d, w: editing.drop_configuration(d, w.box, reason="one of 2"),
    "allot_extraction": lambda d, w: extracting.allot_extraction(
        d, ["#2", "#4"], ["SF", "NG"], ExtractionRole.EXTRACT, seed=2
    ),
    "allot_extraction: blind": lambda d, w: extracting.allot_extraction(
        d, ["Pettersen (2015)"], ["SF", "NG"], ExtractionRole.INDEPENDENT
    ),
    "allot_extraction: to check": lambda d, w: extracting.allot_extraction(
        d, ["Ferreira (2011)"], ["SF"], ExtractionRole.CHECK, of="NG"
    ),
    "finish_extraction": lambda d, w: extracting.finish_extraction(d, "Nyberg (2009)"),
    "finish_extraction: a consensus": lambda d, w: extracting.finish_extraction(
        d, "Ferreira (2011)", role=ExtractionRole.CONSENSUS
    ),
    "end_extraction": lambda d, w: extracting.end_extraction(d, "Nyberg (2009)", "NG", reason="on leave"),
    "open_extractions": lambda d, w: extracting.open_extractions(d, "Nyberg (2009)", reason="a pilot"),
    "begin_consensus": lambda d, w: extracting.begin_consensus(d, "#2"),
    "check_extracted": lambda d, w: extracting.check_extracted(
        d, "evidence", w.checked, CheckVerdict.AMENDED, note="of a register, too"
    ),
    "take_into_consensus": lambda d, w: agreed.take_into_consensus(d, "configuration", w.theirs),
    "take_into_consensus: evidence": lambda d, w: agreed.take_into_consensus(d, "evidence", w.their_claim),
    "add_consultation": lambda d, w: consulting.add_consultation(d, "July mail", decisions=["drop none"]),
    "add_feedback": lambda d, w: consulting.add_feedback(d, Voice.DIVIDED, "Not for all.", configuration="2"),
    "add_memo": lambda d, w: notes.add_memo(d, "paper", "#2", "Who paid for this?"),
    "tag": lambda d, w: notes.tag(d, "mechanism", "M1", "ask the author"),
    "tag: a new one": lambda d, w: notes.tag(d, "configuration", "1", "for the poster"),
    "untag": lambda d, w: notes.untag(d, "paper", "#2", "Ask the AUTHOR"),
    "tag_papers": lambda d, w: notes.tag_papers(d, ["#1", "#2", "#3"], "ask the author"),
    "tag_papers: a new one": lambda d, w: notes.tag_papers(d, ["#2", "Haddad (2020)"], "for the poster"),
    "untag_papers": lambda d, w: notes.untag_papers(d, ["#1", "#2"], "ask the author"),
    "add_framework": lambda d, w: coding.add_framework(
        d, Book("Other levels", codes=(NewCode("One"), NewCode("Two", within="One")))
    ),
    "add_code": lambda d, w: coding.add_code(d, "Money", framework="Levels", within="Organisational"),
    "add_code: one that grew": lambda d, w: coding.add_code(d, "Clinic", description="where", anyway=True),
    "edit_code": lambda d, w: coding.edit_code(d, "Case finding", name="Finding", within="", place=1),
    "retire_code": lambda d, w: coding.retire_code(d, "Clinical", reason="two in one"),
    "reinstate_code": lambda d, w: coding.reinstate_code(d, "Tea"),
    "put_code": lambda d, w: coding.put_code(
        d, "excerpt", w.excerpt, "Levels: Clinical", valence=Valence.MIXED, site="clinic B"
    ),
    "put_code: again": lambda d, w: coding.put_code(d, "paper", "#2", "Clinical", valence=Valence.MINUS),
    "take_code": lambda d, w: coding.take_code(d, "element", w.element, "case finding", site="clinic A"),
    "dismiss": lambda d, w: looking.dismiss(d, "2", "no-source", part=2, reason="as everybody says"),
    "look_again": lambda d, w: looking.look_again(d, "1", "unsplit", part=2),
    "import_file": lambda d, w: _import(d, w, Origin(search="Medbase 1")),
    "import_file: a new stage": lambda d, w: _import(d, w, Origin(stage="9", source="Otherbase")),
    "import_files": lambda d, w: _import_files(d, w, Origin(mends="medbase.ris")),
}
"""What is called; the name before a colon is the service's."""
APART = {"create_review", "add_ready_scale", "drop_from_scale", "dedupe", "undo_dedupe", "undo", "redo"}
"""Services that need another state than the world, with tests of their own."""


def _entry(of: World, name: str) -> str:
    with of.store.read() as connection:
        paper = resolve(connection, "paper", name)
        return str(connection.execute(select(Entry.uid).where(Entry.paper == paper)).scalars().first())


def _paper(of: World, name: str) -> str:
    with of.store.read() as connection:
        return resolve(connection, "paper", name)


def _import_decisions(desk: Desk, of: World) -> None:
    path = of.folder / "decisions.csv"
    path.write_text(
        "record_key,round,person,verdict,reasons,note,at,seconds\n"
        "#1,titles,NG,exclude,no peer;2,thin,2026-03-01T10:00:00Z,12.5\n"
        "Nyberg (2009),a new round,XY,include,,,,\n",
        encoding="utf-8",
    )
    importing_decisions.import_decisions(desk, path, create=True)


def _edit(desk: Desk, of: World, notation: str) -> None:
    with desk.store.read() as connection:
        (was,) = boxes(connection, uids=[of.box])
    new = replace(was, title="Hope", elements=rewrite(was.elements, read(notation).parts))
    editing.edit_configuration(desk, of.box, new, was=was, reason="reworded")


def _import_files(desk: Desk, of: World, origin: Origin) -> None:
    importing.import_files(desk, [of.second_file, of.folder / "not there.ris"], origin)
    sweeping.index_imports(desk.store)


def _import(desk: Desk, of: World, origin: Origin) -> None:
    importing.import_file(desk, of.second_file, origin)
    sweeping.index_imports(desk.store)
