"""What is behind a cell: exactly what the grid derives it from, with who, where and why."""

from __future__ import annotations

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.errors import NotFound
from realist.queries.cell import Behind, behind
from realist.queries.grid import evidence_grid
from realist.services import configurations, consulting, evidence, mechanisms, papers, sameness
from realist.services.unit import Desk
from realist.vocabulary import (
    CellState,
    ConfigurationStatus,
    ElementKind,
    ReadingResult,
    SourceKind,
    Stance,
    Voice,
)
from tests.queries.random_review import RandomReview
from tests.services.server import FILE_FIRST


def same(desk: Desk, of_list: str = "") -> set[str]:
    """Compare each cell of the grid with what is behind it; return the states that there were."""
    states = set()
    with desk.store.read() as connection:
        grid = evidence_grid(connection, of_list=of_list)
        for row in grid.rows:
            for column in grid.columns:
                found = behind(connection, row.uid, column.uid)
                cell = row.cells.get(column.uid)
                states.add(str(found.state))
                assert found.state == (cell.state if cell else CellState.NOT_LOOKED)
                assert (found.paper.name, found.mechanism.name) == (row.label, column.name)
                assert len(found.evidence) == (cell.claims if cell else 0)
                assert {piece.stance for piece in found.evidence} == set(cell.stances if cell else ())
                of = [one.box.uid for one in found.boxes]
                assert len(of) == len(set(of))
                assert set(of) == set(cell.configurations if cell else ())
    return states


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_random_review(file_desk: Desk, seed: int) -> None:
    review = RandomReview(file_desk, seed)
    for _ in range(2):
        for _ in range(70):
            review.step()
        states = same(file_desk)
    assert "present" in states
    mechanisms.add_list(file_desk, "half", [(f"Mechanism {n}", "") for n in (2, 4, 6)])
    same(file_desk, "half")


@FILE_FIRST
def test_a_random_review_on_each_engine(desk: Desk) -> None:
    review = RandomReview(desk, 31, papers_=10)
    for _ in range(90):
        review.step()
    assert same(desk) == {"present", "none", "not_recoverable", "not_looked"}


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """Papers A, B (joined into A) and C; mechanisms M and N; N merged into M later."""
    for label in "ABC":
        papers.add_paper(desk, label=label)
    for name in "MN":
        mechanisms.add_mechanism(desk, name)
    return desk


def cell(desk: Desk, paper: str, mechanism: str) -> Behind:
    from realist.queries.naming import resolve

    with desk.store.read() as connection:
        uids = resolve(connection, "paper", paper), resolve(connection, "mechanism", mechanism)
        return behind(connection, *uids)


def test_evidence_through_joins_and_merges(ready: Desk) -> None:
    evidence.add_evidence(
        ready, "A", claim="It helps.", stance=Stance.SUPPORTS, mechanism="M", quotation="helped",
        locator="p. 3", topic="help", site="clinic",
    )  # fmt: skip
    evidence.add_evidence(Desk(ready.store, "NG"), "B", claim="Less so.", mechanism="N")
    sameness.join_papers(ready, "B", "A")
    consulting.add_consultation(ready, "June")
    consulting.add_feedback(
        ready, Voice.AGAINST, "Not here.", mechanism="N", consultation="June", who="nurses"
    )
    assert (len(cell(ready, "A", "M").evidence), len(cell(ready, "B", "N").evidence)) == (1, 1)
    mechanisms.merge_mechanisms(ready, "N", ["M"], reason="the same")
    found = cell(ready, "B", "M")
    assert found.paper.name == "A"
    first, second = found.evidence
    assert (first.stance, first.claim, first.quotation, first.locator) == (
        "supports",
        "It helps.",
        "helped",
        "p. 3",
    )
    assert (first.topic, first.site, first.by, first.through, first.paper.name) == (
        "help",
        "clinic",
        "SF",
        None,
        "A",
    )
    assert second.through is not None
    assert (second.by, second.through.name, second.paper.name, second.quotation) == ("NG", "N", "B", "")
    assert first.at < second.at
    (said,) = found.voices
    assert (said.voice, said.words, said.who, said.consultation, said.by) == (
        "against", "Not here.", "nurses", "June", "SF",
    )  # fmt: skip
    assert said.through == second.through
    own = cell(ready, "A", "N")
    assert ([piece.claim for piece in own.evidence], own.evidence[0].through) == (["Less so."], None)


def test_why_a_box_counts(ready: Desk) -> None:
    quoted = Source(SourceKind.EXCERPT, quotation="x", paper=Ref("", "A"))
    part = Part(ElementKind.OUTCOME, "x")
    tags = (TagRef("mechanism", "", "M"),)
    a, m = (Ref("", "A"),), (Ref("", "M"),)
    status = ConfigurationStatus.SYNTHESISED
    for box in (
        Box(label="own", papers=a, mechanisms=m),
        Box(label="tagged", papers=a, elements=(BoxElement(part, tags=tags),)),
        Box(label="quoted", mechanisms=m, elements=(BoxElement(part, sources=(quoted,)),), status=status),
        Box(
            label="all",
            papers=a,
            mechanisms=m,
            elements=(BoxElement(part, "", (quoted,), tags),),
            status=status,
        ),
        Box(label="merged", papers=a, mechanisms=(Ref("", "N"),)),
        Box(label="no", papers=a, mechanisms=m, status=ConfigurationStatus.DROPPED),
        Box(label="nor", papers=(Ref("", "C"),), mechanisms=m),
    ):
        configurations.add_configuration(ready, box)
    mechanisms.merge_mechanisms(ready, "N", ["M"], reason="the same")
    found = cell(ready, "A", "M")
    assert [(one.number, one.box.label, one.why) for one in found.boxes] == [
        (1, "own", ("of the paper",)),
        (2, "tagged", ("tagged element",)),
        (3, "quoted", ("quoted",)),
        (4, "all", ("of the paper", "tagged element", "quoted")),
        (5, "merged", ("of the paper",)),
    ]
    assert [[ref.name for ref in one.through] for one in found.boxes] == [[], [], [], [], ["N"]]
    assert found.boxes[2].box.elements[0].sources[0].quotation == "x"


def test_readings_latest_first_and_none_from_before_the_mechanism(ready: Desk) -> None:
    evidence.add_reading(ready, "A", ReadingResult.NONE, note="skimmed")
    mechanisms.add_mechanism(ready, "New")
    assert cell(ready, "A", "New").readings == ()
    assert cell(ready, "A", "New").state == "not_looked"
    evidence.add_reading(Desk(ready.store, "NG"), "A", ReadingResult.NOT_RECOVERABLE, mechanism="M")
    found = cell(ready, "A", "M")
    assert [(one.result, one.note, one.whole, one.by) for one in found.readings] == [
        ("not recoverable", "", False, "NG"),
        ("none", "skimmed", True, "SF"),
    ]
    assert found.state == "not_recoverable"
    evidence.add_reading(ready, "A", ReadingResult.FOUND, mechanism="M")
    assert cell(ready, "A", "M").state == "not_looked"
    evidence.add_evidence(ready, "A", claim="x", mechanism="M")
    assert cell(ready, "A", "M").state == "present"


def test_what_is_not_there_is_told(ready: Desk) -> None:
    found = cell(ready, "A", "M")
    with ready.store.read() as connection:
        with pytest.raises(NotFound, match="no paper with the uid x in"):
            behind(connection, "x", found.mechanism.uid)
        with pytest.raises(NotFound, match="no mechanism with the uid y in"):
            behind(connection, found.paper.uid, "y")
