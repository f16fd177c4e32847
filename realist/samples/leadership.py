"""The published leadership review (Sims et al. 2021), written through the services that a person's steps use.

What it holds stands in the TOML files beside this module. Two builds are equal row by row: clock and uids
are fixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from realist.domain.configuration import Box, BoxElement, Ref, Source
from realist.domain.notation import Part
from realist.samples.building import Data, build, read_data
from realist.services import (
    configurations,
    consulting,
    evidence,
    mechanisms,
    notes,
    papers,
    plan,
    rounds,
    screening,
)
from realist.services.unit import Desk
from realist.store.identity import ticking
from realist.vocabulary import (
    ConfigurationStatus,
    ConsultationKind,
    ConsultationMode,
    CountOf,
    ElementKind,
    Fate,
    FlowStep,
    Lineage,
    Polarity,
    Qualifier,
    ReadingResult,
    RoundKind,
    SearchKind,
    SourceKind,
    Valence,
    Voice,
)

ARTICLE = "Sims et al. 2021"
LICENCE = "CC BY 4.0"
ENTERED_BY = "SAMPLE"
STARTED = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 2021
TESTING = "testing"
GRID_LIST = "Table 2"


def build_leadership(address: str) -> None:
    """Make the leadership review at *address*, a path or a server; a file that fails half-way is removed."""
    build(address, lambda store: _write(Desk(store, ENTERED_BY)), clock=ticking(STARTED), seed=SEED)


def _write(desk: Desk) -> None:
    names = ("plan", "papers", "theory", "boxes")
    plan_, listed, theory, boxes = (read_data(f"leadership_{name}") for name in names)
    _write_review(desk, plan_)
    _write_searches(desk, plan_)
    _write_counts(desk, plan_)
    _write_papers(desk, listed)
    _write_mechanisms(desk, theory)
    _write_lists(desk, theory)
    _write_fates(desk, theory)
    for box in boxes["box"]:
        configurations.add_configuration(desk, _box(box))
    _write_readings(desk, listed, theory, boxes)
    for memo in theory["memo"]:
        notes.add_memo(desk, memo["kind"], memo["name"], memo["text"])
    plan.edit_review(desk, grid_list=GRID_LIST, grid_set=TESTING)


def _write_review(desk: Desk, data: Data) -> None:
    """Write the review, its people, stages, consultations and changes of process."""
    plan.create_review(desk, **data["review"])
    for person in data["person"]:
        plan.edit_person(desk, person["initials"], name=person["name"], role=person["role"])
    for stage in data["stage"]:
        plan.add_stage(desk, stage["name"], purpose=stage["purpose"])
    for row in data["consultation"]:
        consulting.add_consultation(
            desk,
            row["name"],
            kind=ConsultationKind(row.get("kind", ConsultationKind.STAKEHOLDERS)),
            mode=ConsultationMode(row["mode"]) if "mode" in row else None,
            stage=row["stage"],
            who=row["who"],
            shown=row["shown"],
            decisions=row["decisions"],
        )
    for change in data["process_change"]:
        plan.add_process_change(desk, **change)


def _write_searches(desk: Desk, data: Data) -> None:
    """Write one search for each source of each strategy; how many hits each gave is not known."""
    for search in data["search"]:
        for source in search["sources"]:
            plan.add_search(
                desk,
                f"{source} ({search['stage']})",
                stage=search["stage"],
                kind=SearchKind(search["kind"]),
                source=source,
                strategy=search.get("strategy", ""),
                limits=search.get("limits", ""),
                led_by=search.get("led_by", ""),
                note=search.get("note", ""),
            )


def _write_counts(desk: Desk, data: Data) -> None:
    """Write the numbers of the flow and of people; a count without a value is not known."""
    described = {stage["name"]: stage["described_in"] for stage in data["stage"]}
    for count in data["count"]:
        value = count.get("value")
        screening.report_count(
            desk,
            value=value,
            source=f"{ARTICLE}, {described[count['stage']]}",
            step=FlowStep(count["step"]),
            stage=count["stage"],
            kind=SearchKind(count["kind"]) if "kind" in count else None,
            label=count.get("label", ""),
            qualifier=Qualifier.UNKNOWN if value is None else Qualifier.EXACTLY,
        )
    people = data["people_asked"]
    screening.report_count(
        desk,
        value=people["value"],
        source=f"{ARTICLE}, {people['printed_in']}",
        counts=CountOf.PEOPLE,
        label=people["label"],
    )


def _write_papers(desk: Desk, data: Data) -> None:
    """Write the papers, the two included sets and the ticks printed in each paper's row."""
    for paper in data["paper"]:
        papers.add_paper(
            desk,
            label=paper["label"],
            title=paper.get("title", ""),
            authors=paper.get("authors", ()),
            year=paper["year"],
            journal=paper.get("journal", ""),
            volume=paper.get("volume", ""),
            issue=paper.get("issue", ""),
            pages=paper.get("pages", ""),
            doi=paper.get("doi", ""),
            note=_provenance(paper),
        )
    for row in data["round"]:
        kind = RoundKind(row["kind"])
        rounds.add_round(desk, row["name"], stage=row["stage"], kind=kind, note=row["note"])
    for row in data["set"]:
        screening.add_included_set(desk, row["name"], note=row["note"], round_=row.get("round", ""))
    labels = [paper["label"] for paper in data["paper"]]
    screening.list_in_set(desk, TESTING, labels, source=f"{ARTICLE}, Table 2")
    for paper in data["paper"]:
        screening.report_count(
            desk,
            value=paper["ticks"],
            source=f"{ARTICLE}, Table 2",
            counts=CountOf.TICKS,
            paper=paper["label"],
            label="ticks in the row, General Contexts and General Outcomes included",
        )


def _provenance(paper: Data) -> str:
    """Say where in the article a paper stands."""
    if "reference" not in paper:
        return f"Named in Table 2 of {ARTICLE} only; not in its reference list."
    return f"Reference {paper['reference']} of {ARTICLE}. {paper.get('note', '')}"


def _write_mechanisms(desk: Desk, data: Data) -> None:
    """Write every mechanism with its claims, one piece of evidence for each paper cited; none is judged."""
    for group in data["proposed"]:
        for name in group["names"]:
            mechanisms.add_mechanism(desk, name, reason=group["reason"])
    for row in data["mechanism"]:
        mechanisms.add_mechanism(
            desk,
            row["name"],
            description=row["description"],
            note=row.get("note", ""),
            reason="described in Table 1, after stage 1b",
        )
        screening.report_count(
            desk,
            value=row["papers_printed"],
            source=f"{ARTICLE}, {row['printed_in']}",
            counts=CountOf.PAPERS,
            mechanism=row["name"],
            label="papers with the mechanism",
        )
        for claim in row.get("claim", ()):
            for paper in claim["papers"]:
                evidence.add_evidence(desk, paper, claim=claim["text"], mechanism=row["name"])
    for alias in data["alias"]:
        source = f"{ARTICLE}, {alias['source']}"
        mechanisms.add_alias(desk, alias["mechanism"], alias["name"], source=source)


def _write_lists(desk: Desk, data: Data) -> None:
    """Write the lists in the order of the review, and what the article says of how they are related."""
    for row in data["list"]:
        pairs = row.get("pairs") or [(name, "") for name in row["mechanisms"]]
        mechanisms.add_list(
            desk,
            row["name"],
            [(name, printed) for name, printed in pairs],
            stage=row["stage"],
            source=f"{ARTICLE}, {row['source']}",
            note=row.get("note", ""),
        )
    for row in data["lineage"]:
        mechanisms.state_lineage(desk, row["from"], row["into"], Lineage(row["lineage"]), note=row["note"])


def _write_fates(desk: Desk, data: Data) -> None:
    """Write what was decided of mechanisms and what stakeholders said of them."""
    for row in data["fate"]:
        for name in row["mechanisms"]:
            mechanisms.decide_fate(
                desk,
                name,
                Fate(row["fate"]),
                reason=row["reason"],
                consultation=row.get("consultation", ""),
            )
    for row in data["merge"]:
        for name in row["mechanisms"]:
            mechanisms.merge_mechanisms(desk, name, row["into"], reason=row["reason"])
    for row in data["feedback"]:
        consulting.add_feedback(
            desk,
            Voice(row["voice"]),
            row["words"],
            consultation=row["consultation"],
            mechanism=row["mechanism"],
            who="stakeholders",
        )


def _box(data: Data) -> Box:
    paper = Ref("", data["paper"])
    elements: list[BoxElement] = []
    for row in data["element"]:
        before = elements[-1].part.segment if elements else 0
        part = Part(
            kind=ElementKind(row["kind"]),
            text=row["text"],
            valence=Valence(row["valence"]) if "valence" in row else None,
            segment=before if "join" in row else before + 1,
            join=row.get("join", ""),
        )
        elements.append(BoxElement(part, sources=tuple(_sources(row, paper))))
    return Box(
        label=data["label"],
        title=data["title"],
        narrative=data["narrative"],
        setting=data["setting"],
        country=data["country"],
        status=ConfigurationStatus.PAPER_LEVEL,
        polarity=Polarity(data["polarity"]),
        papers=(paper,),
        mechanisms=(Ref("", data["mechanism"]),),
        elements=tuple(elements),
    )


def _sources(element: Data, paper: Ref) -> Iterator[Source]:
    """Yield the quotation that an element rests on, where one is printed; the others have no source."""
    if "quotation" in element:
        yield Source(
            SourceKind.EXCERPT,
            text=f"quoted in {ARTICLE}, {element['quoted_in']}, {LICENCE}",
            quotation=element["quotation"],
            locator=element["locator"],
            paper=paper,
        )


def _write_readings(desk: Desk, listed: Data, theory: Data, boxes: Data) -> None:
    """Say of every cell without evidence or box whether it is known to be empty or cannot be told."""
    said = theory["readings"]
    filled = {(box["paper"], box["mechanism"]) for box in boxes["box"]}
    for row in theory["mechanism"]:
        filled |= {(paper, row["name"]) for claim in row.get("claim", ()) for paper in claim["papers"]}
    pairs = next(row["pairs"] for row in theory["list"] if row["name"] == GRID_LIST)
    columns = [name for name, _ in pairs if name]
    for paper in (row["label"] for row in listed["paper"]):
        empty = said["empty_rows"].get(paper, ())
        results = {}
        for name in columns:
            result, note = ReadingResult.NOT_RECOVERABLE, said["unknown_note"]
            if name == said["empty_column"]:
                result, note = ReadingResult.NONE, said["empty_column_note"]
            elif name in empty:
                result, note = ReadingResult.NONE, said["empty_row_note"]
            if (paper, name) not in filled:
                results[name] = (result, note)
        if results:
            evidence.add_readings(desk, paper, results)
