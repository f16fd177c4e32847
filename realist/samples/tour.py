"""An invented review of walking groups, in which everything that a review can hold is there to be looked at.

The TOML files beside this module are its chapters. A chapter's tables are done in the order in which they
first appear, row by row. A new capability gets a step in ``STEPS``, and rows in a chapter. Two builds are
equal row by row: clock and uids are fixed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import as_file, files
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from realist.domain.codes import Book, NewCode
from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation, Source, TagRef
from realist.domain.notation import Part, read
from realist.domain.revising import revised
from realist.queries.boxes import boxes
from realist.queries.log import acts
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.queries.theory_versions import versions_of
from realist.queries.waiting import waiting
from realist.samples.building import Calendar, Data, build, read_data, worded
from realist.services import (
    allocating,
    appraising,
    attaching,
    bearing,
    building,
    coding,
    configurations,
    consulting,
    deduping,
    drafts,
    editing,
    evidence,
    excerpting,
    extracting,
    forms,
    history,
    lives,
    looking,
    mechanisms,
    milestones,
    notes,
    papers,
    placements,
    plan,
    regularities,
    retrieving,
    rounds,
    sameness,
    screening,
    synthesis,
    theories,
)
from realist.services.importing import Origin, import_file
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import (
    Basis,
    CheckVerdict,
    ConfigurationStatus,
    ConflictRule,
    ConsultationKind,
    ConsultationMode,
    ContextLevel,
    CountOf,
    Door,
    ElementKind,
    ExtractionRole,
    Fate,
    FlowStep,
    Inference,
    Lineage,
    MoveKind,
    Polarity,
    Qualifier,
    ReadingResult,
    Relatedness,
    RelationKind,
    RetrievalStatus,
    RoundKind,
    RoundOrder,
    SearchKind,
    SourceKind,
    Stance,
    TermSet,
    TheoryKind,
    TheoryStage,
    Use,
    Valence,
    Verdict,
    Voice,
)

CHAPTERS = (
    "plan",
    "explore",
    "theory",
    "search",
    "fulltext",
    "reading",
    "boxes",
    "texts",
    "built",
    "asked",
    "scholar",
    "programme",
    "again",
    "moves",
    "lives",
    "patterns",
    "afterwards",
)
STARTED = date(2025, 3, 3)
SEED = 60
_LOOK = timedelta(seconds=5)
_SECONDS = (11, 34, 8, 52, 19, 77, 23)  # how long decisions took, again and again

Step = Callable[[Desk, Data], object]


def build_tour(address: str) -> None:
    """Make the invented review at *address*, a path or a server; a file that fails half-way is removed."""
    calendar = Calendar(STARTED, _LOOK)
    build(address, lambda store: _write(store, calendar), clock=calendar, seed=SEED)


def _write(store: Store, calendar: Calendar) -> None:
    for chapter in CHAPTERS:
        data = read_data(f"tour_{chapter}")
        calendar.go_to(data.pop("day"))
        for name, rows in data.items():
            for row in rows:
                STEPS[name](Desk(store, row.pop("by", "")), row)


def _plainly(service: Callable[..., object], **words: type[StrEnum]) -> Step:
    """Return a step whose row holds the parameters of *service*; *words* are those of a vocabulary."""

    def step(desk: Desk, row: Data) -> object:
        return service(desk, **worded(row, **words))

    return step


def _import(desk: Desk, row: Data) -> None:
    with as_file(files("realist.samples").joinpath(row["file"])) as path:
        import_file(desk, path, Origin(search=row["search"]))
    index_imports(desk.store)


def _attach(desk: Desk, row: Data) -> None:
    """Attach a file of this package under the name that a person gave it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / row["name"]
        path.write_bytes(files("realist.samples").joinpath(row["file"]).read_bytes())
        attaching.attach(desk, row["paper"], path, embed=True)


def _allocate(desk: Desk, row: Data) -> None:
    """Hand a round out by the scheme of that name."""
    scheme = allocating.scheme_of({"scheme": row["scheme"]})
    allocating.allocate(desk, row["round_"], row["people"], scheme, seed=row["seed"])


def _decisions(desk: Desk, row: Data) -> None:
    """Put papers into a round, then let one reader after the other decide on them."""
    name, readers, rows = row["round"], row.get("readers", ()), row["rows"]
    entering = Desk(desk.store, desk.initials or readers[0])
    why, supplied_by = row.get("why", ""), row.get("supplied_by", "")
    door = Door(row.get("door", Door.SEARCH))
    rounds.enter(entering, name, [paper for paper, *_ in rows], door=door, why=why, supplied_by=supplied_by)
    for place, initials in enumerate(readers, 1):
        reader = Desk(desk.store, initials)
        told = [(one[0], one[place]) for one in rows if any(one[place : place + 1])]
        for (paper, said), seconds in zip(told, cycle(_SECONDS), strict=False):
            _decide(reader, name, paper, said, row.get("use"), seconds)


def _decide(reader: Desk, round_: str, paper: str, said: str, use: str | None, seconds: float) -> None:
    """Decide as *said*: a verdict, perhaps the number of a reason, perhaps a colon and a note."""
    words, _, note = said.partition(": ")
    verdict, _, reason = words.partition(" ")
    included = Use(use) if use and verdict == Verdict.INCLUDE else None
    screening.decide(
        reader, paper, Verdict(verdict), round_=round_, reason=reason, use=included, note=note,
        seconds=seconds,
    )  # fmt: skip


def _count(desk: Desk, row: Data) -> None:
    """Report a number; one without a value is not known."""
    known = worded(row, step=FlowStep, counts=CountOf, kind=SearchKind, qualifier=Qualifier)
    screening.report_count(desk, **{"value": None, **known})


def _claims(desk: Desk, row: Data) -> None:
    for paper, stance, claim, *quoted in row["rows"]:
        quotation, locator = quoted or ("", "")
        evidence.add_evidence(
            desk, paper, claim=claim, stance=Stance(stance), mechanism=row["mechanism"], quotation=quotation,
            locator=locator,
        )  # fmt: skip


def _readings(desk: Desk, row: Data) -> None:
    note = row.get("note", "")
    results = {
        mechanism: (result, note)
        for result in ReadingResult
        for mechanism in row.get(result.value.replace(" ", "_"), ())
    }
    evidence.add_readings(desk, row["paper"], results)


def _evidence(desk: Desk, row: Data) -> None:
    """Record evidence that rests on several quotations."""
    quoted = [excerpting.quote(desk, row["paper"], words) for words in row.pop("quotations", ())]
    evidence.add_evidence(desk, excerpts=quoted, **worded(row, stance=Stance))


def _parts(desk: Desk, row: Data) -> None:
    """Build a box part by part, each resting on a passage, as one does while reading."""
    box = ""
    for found in row["rows"]:
        valence = Valence(found["valence"]) if "valence" in found else None
        how = Inference(found["inferred"]) if "inferred" in found else None
        part = Part(ElementKind(found["kind"]), found["text"], valence, basis=Basis.INFERRED if how else None)
        memo = (Source(SourceKind.INFERENCE, text=found["memo"]),) if "memo" in found else ()
        element = BoxElement(
            part, sources=memo, inference=how, hedge=found.get("hedge", ""), site=found.get("site", "")
        )
        box = building.add_part(desk, row["paper"], element, quotation=found["quotation"], box=box).box
    with desk.store.read() as connection:
        (made,) = boxes(connection, uids=[box], viewer=desk.initials)
    under = (Ref("", row["mechanism"]),) if "mechanism" in row else ()
    polarity = Polarity(row["polarity"]) if "polarity" in row else None
    if under or polarity:
        editing.edit_configuration(desk, box, replace(made, mechanisms=under, polarity=polarity))


def _framework(desk: Desk, row: Data) -> None:
    codes = tuple(NewCode(name) for name in row["codes"])
    coding.add_framework(desk, Book(row["name"], row["source"], codes=codes))


def _coded(desk: Desk, row: Data) -> None:
    """Put a code on a part of a box (a number)."""
    with desk.store.read() as connection:
        box = resolve_any(connection, BOX, f"#{row['box']}", viewer=desk.initials)
        (found,) = boxes(connection, uids=[box], viewer=desk.initials)
    element = found.elements[row["part"] - 1].uid
    coding.put_code(
        desk, "element", element, row["code"], valence=Valence(row["valence"]), site=row.get("site", ""),
        note=row.get("note", ""),
    )  # fmt: skip


def _box(desk: Desk, row: Data) -> None:
    elements: list[BoxElement] = []
    for place, part in enumerate(read(row["text"]).parts, 1):
        sources = tuple(_source(found) for found in row.get("sources", ()) if found["element"] == place)
        tags = tuple(_tag(found) for found in row.get("tags", ()) if found["element"] == place)
        elements.append(BoxElement(part, desk.store.uids(), sources, tags))
    named = tuple(Ref("", name) for name in row["papers"])
    usual = ConfigurationStatus.PAPER_LEVEL if named else ConfigurationStatus.CANDIDATE
    box = Box(
        label=row["label"],
        title=row["title"],
        narrative=row.get("narrative", ""),
        printed=row.get("printed", ""),
        setting=row.get("setting", ""),
        country=row.get("country", ""),
        status=ConfigurationStatus(row.get("status", usual)),
        polarity=Polarity(row["polarity"]) if "polarity" in row else None,
        papers=named,
        mechanisms=tuple(Ref("", name) for name in row["mechanisms"]),
        elements=tuple(elements),
        links=_ripple(desk, row["ripple"], elements) if "ripple" in row else (),
        relations=tuple(
            Relation(RelationKind(other["kind"]), Ref("", other["of"]), note=other.get("note", ""))
            for other in row.get("relations", ())
        ),
    )
    configurations.add_configuration(desk, box)


def _source(found: Data) -> Source:
    """Return what an element rests on: a quotation, or an inference, statement or theory in words."""
    for kind in SourceKind:
        if kind in found:
            return Source(kind, text=found[kind])
    paper = Ref("", found["paper"]) if "paper" in found else None
    return Source(SourceKind.EXCERPT, quotation=found["quotation"], locator=found["locator"], paper=paper)


def _tag(found: Data) -> TagRef:
    kind = next(key for key in found if key != "element")
    return TagRef(kind, "", found[kind])


def _ripple(desk: Desk, row: Data, elements: list[BoxElement]) -> tuple[Link, ...]:
    """Return the link from an element of a box that is there to one of the box being made."""
    with desk.store.read() as connection:
        before = next(box for box in boxes(connection, viewer=desk.initials) if box.label == row["from_box"])
    start = before.elements[row["from_element"] - 1]
    return (Link(start.uid, elements[row["to_element"] - 1].uid, note=row["note"]),)


def _rest_on(desk: Desk, row: Data) -> None:
    """Let a part of a box (a number) rest on what people said."""
    with desk.store.read() as connection:
        box = resolve_any(connection, BOX, f"#{row['box']}", viewer=desk.initials)
        (found,) = boxes(connection, uids=[box], viewer=desk.initials)
    building.rest_part_on_words(desk, found.elements[row["part"] - 1].uid, row["feedback"])


def _follow(desk: Desk, row: Data) -> None:
    """Link the last act that holds some words to a consultation."""
    with desk.store.read() as connection:
        (act,) = acts(connection, words=row["words"], limit=1, viewer=desk.initials)
    consulting.link_acts(desk, row["consultation"], [str(act["number"])])


def _place_pieces(desk: Desk, row: Data) -> None:
    """Place the pieces that wait under what is named, and say the words that are given."""
    with desk.store.read() as connection:
        uid = resolve(connection, row["kind"], row["of"])
        rows = waiting(connection, row["kind"], uid, viewer=desk.initials)
    pieces = [one["piece"] for one in rows if row["says"] in one["words"]]
    placements.place(desk, pieces, row["under"], reason=row["reason"], kind=row["kind"])


def _theory_version(desk: Desk, row: Data) -> None:
    """Write a version: what it changes of the one before; names are given once all parts are there."""
    with desk.store.read() as connection:
        theory = resolve(connection, "theory", row["theory"])
        versions = versions_of(connection, theory)
    calls = {f"p{number}": name for number, name in row.pop("call", {}).items()}
    changes = {"words": row.pop("word", {}), "drops": row.pop("drop", ()), "adds": row.pop("add", ())}
    order = row.pop("order", "").split()
    before = versions[-1].statements if versions else ()
    made = list(revised(before, **changes))
    new = max((one.number for of in versions for one in of.statements), default=0)
    for place, one in enumerate(made):
        if not one.part:
            new += 1
            made[place] = replace(one, number=new)
    made = [replace(one, name=calls.get(f"p{one.number}", one.name)) for one in made]
    if order:
        made.sort(key=lambda one: order.index(f"p{one.number}"))
    theories.new_version(desk, statements=made, **worded(row, stage=TheoryStage))


def _rests(desk: Desk, row: Data) -> None:
    """Let a part of a box (a number) rest on a theory, too."""
    with desk.store.read() as connection:
        box = resolve_any(connection, BOX, f"#{row['box']}", viewer=desk.initials)
        (found,) = boxes(connection, uids=[box], viewer=desk.initials)
    source = Source(SourceKind.THEORY, theory=Ref("", row["theory"]))
    building.change_part(
        desk, found.elements[row["part"] - 1].uid, lambda one: replace(one, sources=(*one.sources, source))
    )


STEPS: dict[str, Step] = {
    "move": _plainly(synthesis.synthesise, kind=MoveKind),
    "theory": _plainly(theories.add_theory, kind=TheoryKind),
    "theory_version": _theory_version,
    "bear": _plainly(bearing.bear, stance=Stance),
    "prioritise_statement": _plainly(theories.prioritise),
    "situate": _plainly(theories.situate),
    "rests": _rests,
    "regularity": _plainly(regularities.add_regularity),
    "scale": lambda desk, row: appraising.add_ready_scale(desk),
    "appraise": _plainly(appraising.appraise),
    "form": lambda desk, row: forms.define_form(desk, forms.ready_template(row["name"])),
    "answers": _plainly(forms.fill_form),
    "attach": _attach,
    "quote": _plainly(excerpting.quote),
    "review": _plainly(plan.create_review),
    "edit_review": _plainly(plan.edit_review),
    "person": _plainly(plan.edit_person),
    "stage": _plainly(plan.add_stage),
    "search": _plainly(plan.add_search, kind=SearchKind),
    "process_change": _plainly(plan.add_process_change),
    "import": _import,
    "paper": _plainly(papers.add_paper),
    "edit_paper": _plainly(papers.edit_paper),
    "join": _plainly(sameness.join_papers),
    "dedupe": _plainly(deduping.dedupe),
    "differ": _plainly(sameness.call_different),
    "relate": _plainly(sameness.relate, kind=Relatedness),
    "study": _plainly(sameness.add_study),
    "round": _plainly(rounds.add_round, kind=RoundKind, conflict=ConflictRule, order=RoundOrder),
    "open_round": _plainly(rounds.open_round),
    "allocate": _allocate,
    "park": _plainly(screening.park),
    "settle": _plainly(screening.settle, verdict=Verdict),
    "highlight": _plainly(retrieving.add_highlight, colour=TermSet),
    "retrieval": _plainly(retrieving.retrieve, status=RetrievalStatus),
    "decisions": _decisions,
    "decide": _plainly(screening.decide, verdict=Verdict),
    "included_set": _plainly(screening.add_included_set),
    "count": _count,
    "mechanism": _plainly(mechanisms.add_mechanism),
    "context": _plainly(mechanisms.add_context, level=ContextLevel),
    "outcome": _plainly(mechanisms.add_outcome),
    "describe": _plainly(lives.describe),
    "fate": _plainly(lives.decide_fate, fate=Fate),
    "merge": _plainly(lives.merge),
    "rename": _plainly(lives.rename),
    "refine": _plainly(lives.refine),
    "split": _plainly(lives.split),
    "place": _place_pieces,
    "prioritise": _plainly(lives.prioritise),
    "drop_it": _plainly(lives.drop),
    "park_it": _plainly(lives.park),
    "reinstate": _plainly(lives.reinstate),
    "list": _plainly(mechanisms.add_list),
    "lineage": _plainly(mechanisms.state_lineage, lineage=Lineage),
    "consultation": _plainly(consulting.add_consultation, kind=ConsultationKind, mode=ConsultationMode),
    "feedback": _plainly(consulting.add_feedback, voice=Voice),
    "rest_on": _rest_on,
    "follow": _follow,
    "milestone": _plainly(milestones.add_milestone),
    "claims": _claims,
    "draft": lambda desk, row: drafts.keep_draft(desk.store, desk.initials, row["place"], row["values"]),
    "framework": _framework,
    "code": _plainly(coding.add_code),
    "coded": _coded,
    "dismiss": _plainly(looking.dismiss),
    "evidence": _evidence,
    "parts": _parts,
    "readings": _readings,
    "box": _box,
    "allot_extraction": _plainly(extracting.allot_extraction, role=ExtractionRole),
    "check_extraction": _plainly(extracting.check_extracted, verdict=CheckVerdict),
    "memo": _plainly(notes.add_memo),
    "tag": _plainly(notes.tag),
    "undo": _plainly(history.undo),
    "redo": _plainly(history.redo),
}
