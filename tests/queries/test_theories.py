"""How strong theories stand, counted by hand; what carries; thin spots; and what may not be seen yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, Relation, Source
from realist.domain.notation import Part
from realist.domain.revising import revised
from realist.queries import theories as queries
from realist.queries.naming import resolve
from realist.queries.theory_story import story
from realist.services import (
    appraising,
    bearing,
    configurations,
    consulting,
    evidence,
    extracting,
    papers,
    plan,
    sameness,
    screening,
    theories,
)
from realist.services.unit import Desk
from realist.vocabulary import (
    Basis,
    ConfigurationStatus,
    ElementKind,
    ExtractionRole,
    RelationKind,
    SourceKind,
    Stance,
    Voice,
)
from tests.services.theorised import latest

SUPPORTS, WEAKENS = Stance.SUPPORTS, Stance.WEAKENS


def add_box(desk: Desk, label: str, *of: str, quote: str = "", **more: Any) -> str:
    """Add a box of papers, with a part that quotes the first of them where there are words."""
    paper = Ref("", of[0]) if of else None
    sources = (Source(SourceKind.EXCERPT, quotation=quote, paper=paper),) if quote else ()
    part = Part(ElementKind.OUTCOME, f"outcome of {label}", basis=more.pop("basis", None))
    status = more.pop("status", ConfigurationStatus.PAPER_LEVEL)
    named = tuple(Ref("", name) for name in of)
    made = Box(
        label=label, papers=named, status=status, elements=(BoxElement(part, sources=sources),), **more
    )
    return configurations.add_configuration(desk, made)


@pytest.fixture
def desk(file_desk: Desk) -> Desk:
    """Papers A to F, A and B of one study, C joined into A; a theory of five statements."""
    for label in "ABCDEF":
        papers.add_paper(file_desk, label=label)
    sameness.add_study(file_desk, "The north", papers=["A"])
    sameness.add_study(file_desk, "Leeds", within="The north", papers=["B"])
    sameness.join_papers(file_desk, "C", "A", reason="one article")
    theories.add_theory(file_desk, "T")
    theories.new_version(file_desk, "T1", revised((), adds=["One.", "Two.", "Three.", "Four.", "Five."]))
    return file_desk


def standing(desk: Desk, number: int | None = None, viewer: str = "SF") -> queries.Standing:
    with desk.store.read() as connection:
        return queries.standing(connection, resolve(connection, "theory", "T1"), number, viewer=viewer)


def strengths(desk: Desk, number: int | None = None) -> dict[int, Any]:
    at = standing(desk, number)
    return {one.number: at.strengths[one.part] for one in at.version.statements}


def test_papers_of_one_study_and_joined_papers_count_once(desk: Desk) -> None:
    for label in "ABCD":
        add_box(desk, label, label, quote=f"words of {label}", country="Sweden", setting="a ward", site="X")
        bearing.bear(desk, label, "T1", part="p1", stance=SUPPORTS, reason="so")
    evidence.add_evidence(desk, "B", claim="not so", theory="T1", part="p1", stance=WEAKENS, site="Y")
    found = strengths(desk)[1]
    assert [row["label"] for row in found.papers] == ["A", "B", "D"]
    assert (found.independent, found.boxes, found.evidence, found.excerpts) == (2, 4, 1, 4)
    assert found.stances == {"supports": 2, "weakens": 1}
    assert (found.countries, found.settings) == (["Sweden"], ["a ward"])
    assert found.sites == ["X (A)", "X (B)", "X (D)", "Y (B)"]
    assert found.thin == []


def test_only_papers_of_the_set_count(desk: Desk) -> None:
    screening.add_included_set(desk, "in")
    screening.list_in_set(desk, "in", ["A", "D"], source="x")
    plan.edit_review(desk, grid_set="in")
    for label in "DEF":
        add_box(desk, label, label)
        bearing.bear(desk, label, "T1", part="p1", stance=WEAKENS, reason="so")
    found = strengths(desk)[1]
    assert (found.independent, found.outside, found.boxes, found.stances) == (1, 2, 1, {"weakens": 1})
    assert found.thin == ["one paper", "only against", "no excerpt"]


def test_a_synthesised_box_stands_on_what_it_rests_on(desk: Desk) -> None:
    for label in "DE":
        add_box(desk, label, label, quote=f"words of {label}")
    rests = tuple(Relation(RelationKind.RESTS_ON, Ref("", label)) for label in "DE")
    add_box(desk, "S", relations=rests, status=ConfigurationStatus.SYNTHESISED)
    bearing.bear(desk, "S", "T1", part="p1", stance=SUPPORTS, reason="both say so")
    found = strengths(desk)[1]
    assert ([row["label"] for row in found.papers], found.boxes, found.excerpts) == (["D", "E"], 1, 2)


def test_thin_spots(desk: Desk) -> None:
    add_box(desk, "inferred", "D", basis=Basis.INFERRED)
    bearing.bear(desk, "inferred", "T1", part="p2", stance=SUPPORTS, reason="we think so")
    part = next(one.part for one in latest(desk.store).statements if one.number == 3)
    said = consulting.add_feedback(desk, Voice.FOR, "That is so.", mechanism=_mechanism(desk))
    with desk.unit("hear", "p3") as work:
        from realist.store.tables import Feedback

        work.change(Feedback, said, mechanism=None, subject_table="theory_part", subject=part)
    evidence.add_evidence(desk, "D", claim="no", theory="T1", part="p4", stance=WEAKENS, quotation="no")
    thin = {number: of.thin for number, of in strengths(desk).items()}
    assert thin == {
        1: ["no paper", "no excerpt"],
        2: ["one paper", "only inferred", "no excerpt"],
        3: ["no paper", "only stakeholders", "no excerpt"],
        4: ["one paper", "only against"],
        5: ["no paper", "no excerpt"],
    }
    with desk.store.read() as connection:
        rows = queries.thin(connection, viewer="SF")
    assert [(row["number"], row["thin"]) for row in rows] == sorted(thin.items())


def _mechanism(desk: Desk) -> str:
    from realist.services.mechanisms import add_mechanism

    add_mechanism(desk, "Trust")
    return "Trust"


def test_richness_is_counted_by_level(desk: Desk) -> None:
    appraising.add_ready_scale(desk)
    for label, level in (("D", "high"), ("E", "low")):
        appraising.appraise(desk, label, "richness", level, reason="read")
    for label in "DEF":
        evidence.add_evidence(desk, label, claim="x", theory="T1", part="p1")
    assert strengths(desk)[1].richness == {"high": 1, "low": 1, "not appraised": 1}


def test_what_was_given_carries_while_the_wording_is_the_same(desk: Desk) -> None:
    for label in "DE":
        add_box(desk, label, label)
    bearing.bear(desk, "D", "T1 v1", part="p1", stance=SUPPORTS, reason="so")
    bearing.bear(desk, "D", "T1 v1", part="p2", stance=SUPPORTS, reason="so")
    bearing.bear(desk, "E", "T1 v1", stance=SUPPORTS, reason="all of it")
    now = latest(desk.store).statements
    theories.new_version(desk, "T1", revised(now, words={"p2": "Two, but not so."}), reason="read on")
    bearing.bear(desk, "D", "T1 v2", part="p1", stance=WEAKENS, reason="read again")
    theories.new_version(desk, "T1", reason="as submitted")

    def here(number: int) -> list[tuple[str, int, str, bool]]:
        at = standing(desk, number)
        numbers = {one.part: one.number for one in at.version.statements}
        return [(row.called, numbers.get(row.part, 0), row.stance, row.carried) for row in at.here]

    assert here(1) == [("D", 1, "supports", False), ("D", 2, "supports", False), ("E", 0, "supports", False)]
    assert here(2) == [("D", 1, "weakens", False)]
    assert here(3) == [("D", 1, "weakens", True)]


def test_the_story_goes_down_to_page_and_person(desk: Desk) -> None:
    add_box(desk, "D", "D", quote="words of D")
    bearing.bear(desk, "D", "T1", part="p1", stance=SUPPORTS, reason="so")
    now = latest(desk.store).statements
    theories.new_version(desk, "T1", revised(now, words={"p2": "Two, too."}), reason="r", moved_by=["box D"])
    with desk.store.read() as connection:
        found = story(connection, viewer="SF")
    one, two, *_ = found["theories"][0]["statements"]
    (part,) = one["bearing"][0]["parts"]
    (rests,) = part["rests"]
    assert (rests["words"], rests["label"], rests["by"]) == ("words of D", "D", "SF")
    assert [(step["number"], step["state"], step["moved_by"]) for step in two["history"]] == [
        (1, "added", []), (2, "reworded", ["box D"]),
    ]  # fmt: skip
    assert found["shares"][0] == {"what": "statements", "all": 5, "without": 4}


@pytest.fixture
def told(desk: Desk) -> Callable[[str], Any]:
    """D is extracted by two on their own; RP made a box of it, and says what it does to the theory."""
    other = Desk(desk.store, "RP")
    plan.edit_person(desk, "RP", name="Rui")
    extracting.allot_extraction(desk, ["D"], ["SF", "RP"], ExtractionRole.INDEPENDENT)
    uid = add_box(other, "secret", "D", quote="a secret", setting="hidden", country="Peru")
    bearing.bear(other, uid, "T1", part="p1", stance=WEAKENS, reason="a secret reason")
    evidence.add_evidence(other, "D", claim="a secret claim", theory="T1", part="p1", quotation="secret too")
    theories.new_version(other, "T1", reason="read on", moved_by=[f"box {uid}"])

    def all_of(viewer: str) -> Any:
        with desk.store.read() as connection:
            return (
                queries.theories(connection, viewer=viewer), standing(desk, viewer=viewer),
                queries.thin(connection, viewer=viewer), story(connection, viewer=viewer),
            )  # fmt: skip

    return all_of


@pytest.mark.parametrize("viewer", ["SF", "LM", ""])
def test_what_may_not_be_seen_yet_is_neither_shown_nor_counted(
    told: Callable[[str], Any], viewer: str
) -> None:
    rows, at, thin, whole = told(viewer)
    text = repr((rows, at, whole))
    for word in ("secret", "hidden", "Peru"):
        assert word not in text
    assert (rows[0]["boxes"], rows[0]["evidence"], at.whole.independent, len(thin)) == (0, 0, 0, 5)


def test_who_extracts_sees_their_own(told: Callable[[str], Any]) -> None:
    rows, at, thin, whole = told("RP")
    assert (rows[0]["boxes"], rows[0]["evidence"], at.whole.independent, len(thin)) == (1, 1, 1, 5)
    assert "a secret reason" in repr(whole)
    assert "box secret" in repr(at.moved)
