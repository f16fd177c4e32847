"""Each way in which a paper comes to have a cell under a mechanism, and what is none."""

from __future__ import annotations

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.queries.grid import Grid, evidence_grid
from realist.services import configurations, consulting, evidence, mechanisms, papers, screening
from realist.services.unit import Desk
from realist.vocabulary import (
    ConfigurationStatus,
    CountOf,
    ElementKind,
    Polarity,
    SourceKind,
    Stance,
    Valence,
    Voice,
)


@pytest.fixture
def ready(file_desk: Desk) -> Desk:
    """Papers A and B; mechanisms M and N."""
    for label in "AB":
        papers.add_paper(file_desk, label=label)
    for name in "MN":
        mechanisms.add_mechanism(file_desk, name)
    return file_desk


def part(
    *, tag: str = "", quoted: str = "", valence: Valence | None = None, theory: bool = False
) -> BoxElement:
    """Return an outcome that is tagged with a mechanism and rests on a quotation of a paper, or not."""
    sources = [Source(SourceKind.EXCERPT, quotation="x", paper=Ref("", quoted))] if quoted else []
    sources += [Source(SourceKind.THEORY, text="as A says")] if theory else []
    tags = (TagRef("mechanism", "", tag),) if tag else ()
    return BoxElement(Part(ElementKind.OUTCOME, "x", valence), "", tuple(sources), tags)


def box(status: str, *elements: BoxElement, of: str = "", under: str = "", polarity: str = "") -> Box:
    return Box(
        status=ConfigurationStatus(status),
        polarity=Polarity(polarity) if polarity else None,
        papers=tuple(Ref("", label) for label in of),
        mechanisms=tuple(Ref("", name) for name in under),
        elements=elements,
    )


def grid_of(desk: Desk) -> Grid:
    with desk.store.read() as connection:
        return evidence_grid(connection)


def cells(desk: Desk) -> set[str]:
    """Return the cells that are present, as paper and mechanism: {"AM"}."""
    grid = grid_of(desk)
    names = {column.uid: column.name for column in grid.columns}
    return {row.label + names[uid] for row in grid.rows for uid in row.cells}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (box("paper-level", of="A", under="M", polarity="presence"), {"AM"}),
        (box("paper-level", of="A", under="M", polarity="absence"), {"AM"}),
        (box("candidate", of="AB", under="MN"), {"AM", "AN", "BM", "BN"}),
        (box("dropped", of="A", under="M"), set()),
        (box("paper-level", part(tag="N"), of="A", under="M"), {"AM", "AN"}),
        (box("candidate", part(tag="N"), of="A"), {"AN"}),
        (box("dropped", part(tag="N"), of="A"), set()),
        (box("candidate", part(tag="N")), set()),
        (box("synthesised", part(quoted="A"), under="M"), {"AM"}),
        (box("refined", part(quoted="A"), part(quoted="B"), under="M"), {"AM", "BM"}),
        (box("paper-level", part(quoted="B"), of="A", under="M"), {"AM"}),
        (box("candidate", part(quoted="A"), under="M"), set()),
        (box("dropped", part(quoted="A"), under="M"), set()),
        (box("synthesised", part(quoted="A", tag="N")), {"AN"}),
        (box("synthesised", part(quoted="A"), part(tag="N")), set()),
        (box("synthesised", part(quoted="A", tag="N"), part(quoted="B"), under="M"), {"AM", "AN", "BM"}),
        (box("synthesised", part(theory=True), under="M"), set()),
    ],
)
def test_what_boxes_give(ready: Desk, given: Box, wanted: set[str]) -> None:
    configurations.add_configuration(ready, given)
    assert cells(ready) == wanted


@pytest.mark.parametrize("stance", Stance)
def test_evidence_of_any_stance(ready: Desk, stance: Stance) -> None:
    evidence.add_evidence(ready, "A", claim="x", stance=stance, mechanism="M")
    assert cells(ready) == {"AM"}


def test_what_is_no_cell(ready: Desk) -> None:
    mechanisms.add_context(ready, "Small firm")
    evidence.add_evidence(ready, "A", claim="x", context="Small firm")
    consulting.add_feedback(ready, Voice.FOR, "Yes, A is right.", mechanism="M")
    screening.report_count(ready, value=22, source="Table 2", counts=CountOf.PAPERS, mechanism="M")
    assert cells(ready) == set()
    (column, _) = grid_of(ready).columns
    assert column.n == 0
    assert column.reported is not None
    assert column.reported.value == 22


def test_a_cell_says_what_it_holds(ready: Desk) -> None:
    for stance in (Stance.WEAKENS, Stance.SUPPORTS, Stance.WEAKENS):
        evidence.add_evidence(ready, "A", claim="x", stance=stance, mechanism="M")
    outcomes = (part(valence=Valence.MINUS), part(valence=Valence.PLUS, tag="M"), part(valence=Valence.MINUS))
    uid = configurations.add_configuration(ready, box("paper-level", *outcomes, of="A", under="M"))
    grid = grid_of(ready)
    ((cell,),) = [row.cells.values() for row in grid.rows]
    assert (cell.claims, cell.stances, cell.configurations) == (3, ["supports", "weakens"], [uid])
    assert grid.outcomes == {uid: ["-", "+"]}


def test_what_a_merged_mechanism_has_shows_under_its_one_target(ready: Desk) -> None:
    configurations.add_configuration(ready, box("paper-level", of="A", under="M"))
    configurations.add_configuration(ready, box("synthesised", part(quoted="B", tag="M")))
    mechanisms.merge_mechanisms(ready, "M", ["N"], reason="the same")
    assert cells(ready) == {"AN", "BN"}
