"""Appraisals and their scale: whose counts, what stays, who may see it."""

from __future__ import annotations

import pytest

from realist.errors import NotFound, Refused
from realist.queries.appraisals import appraisals, scale
from realist.queries.sets import included_sets
from realist.services import appraising, excerpting, papers, plan, rounds, sameness, screening
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Verdict
from tests.services.dumps import dump


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Papers A and B, and the ready scale."""
    for label in "AB":
        papers.add_paper(desk, label=label, abstract="Walking helps those who walk.")
    appraising.add_ready_scale(desk)
    return desk


def levels(desk: Desk, *papers_: str, viewer: str = "SF") -> list[str]:
    with desk.store.read() as connection:
        found = appraisals(connection, papers_ or None, viewer=viewer)
    return [f"{row.label} {row.by} {row.dimension} {row.level}" for row in found]


def names(desk: Desk) -> dict[str, list[str]]:
    with desk.store.read() as connection:
        return {row.name: [level.name for level in row.levels] for row in scale(connection)}


def test_the_latest_of_each_person_counts(full: Desk) -> None:
    other = Desk(full.store, "NG")
    appraising.appraise(full, "A", "Rigour", "LOW", reason="one\x1b site")
    appraising.appraise(other, "A", "rigour", "moderate", reason="two")
    appraising.appraise(full, "A", "rigour", "high", reason="read again")
    appraising.appraise(full, "B", "relevance", "low", reason="elsewhere")
    assert levels(full) == ["A NG rigour moderate", "A SF rigour high", "B SF relevance low"]
    appraising.take_back_appraisal(full, "A", "rigour", reason="not mine to say")
    assert levels(full) == ["A NG rigour moderate", "B SF relevance low"]
    assert undo(full) == "appraise A: rigour taken back"
    assert len(levels(full)) == 3
    redo(full)
    assert len(levels(full)) == 2
    with pytest.raises(Refused, match="You have not appraised A for rigour: there is nothing to take back"):
        appraising.take_back_appraisal(full, "A", "rigour")
    assert dump(full.store)["appraisal"][0]["reason"] == "one site"


def test_an_excerpt_is_appraised_for_itself(full: Desk) -> None:
    uid = excerpting.quote(full, "A", "Walking helps")
    appraising.appraise(full, "A", "rigour", "low", reason="as a whole")
    appraising.appraise(full, "A", "rigour", "high", reason="here", excerpt=uid)
    with full.store.read() as connection:
        found = [(row.excerpt, row.quotation, row.level) for row in appraisals(connection)]
    assert found == [("", "", "low"), (uid, "Walking helps", "high")]
    appraising.take_back_appraisal(full, "A", "rigour", excerpt=uid)
    assert levels(full) == ["A SF rigour low"]
    with pytest.raises(NotFound, match=f"B has no excerpt {uid}: `realist excerpt list` shows the uids"):
        appraising.appraise(full, "B", "rigour", "low", reason="x", excerpt=uid)
    with pytest.raises(Refused, match="You have not appraised that excerpt for rigour"):
        appraising.take_back_appraisal(full, "A", "rigour", excerpt=uid)


def test_an_appraisal_shows_on_the_paper_as_it_is_read_now(full: Desk) -> None:
    uid = excerpting.quote(full, "B", "Walking helps")
    appraising.appraise(full, "B", "rigour", "low", reason="before")
    sameness.join_papers(full, "B", "A")
    assert levels(full) == levels(full, dump(full.store)["appraisal"][0]["paper"]) == ["A SF rigour low"]
    appraising.appraise(full, "#2", "rigour", "high", reason="after")
    appraising.appraise(full, "A", "richness", "high", reason="here", excerpt=uid)
    assert levels(full) == ["A SF rigour high", "A SF richness high"]
    sameness.end_join(full, "B", reason="two")
    assert levels(full) == ["A SF rigour high", "B SF rigour low", "B SF richness high"]


def test_what_is_missing_is_said(full: Desk) -> None:
    before = dump(full.store, log=True)
    with pytest.raises(Refused, match="Say why: an appraisal is reported with its reason"):
        appraising.appraise(full, "A", "rigour", "low", reason=" ")
    with pytest.raises(NotFound, match=r"rigour has no level 'x'\. Its levels: low, moderate, high\."):
        appraising.appraise(full, "A", "rigour", "x", reason="y")
    with pytest.raises(NotFound, match=r"for 'size' here\. The dimensions: relevance, richness, rigour\."):
        appraising.appraise(full, "A", "size", "low", reason="y")
    with pytest.raises(NotFound, match="There is no paper 'C'"):
        appraising.appraise(full, "C", "rigour", "low", reason="y")
    assert dump(full.store, log=True) == before


def test_without_a_scale_it_is_said_how_to_make_one(desk: Desk) -> None:
    with pytest.raises(NotFound, match="`realist appraisal scale add --ready` makes relevance"):
        appraising.appraise(desk, "A", "rigour", "low", reason="y")


def test_the_ready_scale_is_for_reviews_without_one(full: Desk) -> None:
    assert names(full) == {name: ["low", "moderate", "high"] for name in appraising.READY}
    with pytest.raises(Refused, match=r"has a scale already \(relevance, richness, rigour\)"):
        appraising.add_ready_scale(full)
    undo(full)
    assert names(full) == {}
    redo(full)
    assert len(names(full)) == 3


def test_dimensions_and_levels_of_ones_own(desk: Desk) -> None:
    appraising.add_to_scale(desk, "  voice ", ["thin", "thick\x1b"], description="whose")
    appraising.add_to_scale(desk, "VOICE", ["rich"])
    appraising.add_to_scale(desk, "trust", ["no", "yes"])
    appraising.edit_scale(desk, "voice", "rich", place=1, name="richest")
    appraising.edit_scale(desk, "trust", place=1)
    assert names(desk) == {"trust": ["no", "yes"], "voice": ["richest", "thin", "thick"]}
    assert list(names(desk)) == ["trust", "voice"]
    appraising.edit_scale(desk, "voice", "thin", place=99)
    assert names(desk)["voice"] == ["richest", "thick", "thin"]
    appraising.drop_from_scale(desk, "voice", "richest")
    appraising.drop_from_scale(desk, "trust")
    assert names(desk) == {"voice": ["thick", "thin"]}
    for _ in range(2):
        undo(desk)
    assert names(desk) == {"trust": ["no", "yes"], "voice": ["richest", "thick", "thin"]}


@pytest.mark.parametrize(
    ("dimension", "given", "why"),
    [
        ("rigour", [], "There is a dimension rigour already"),
        ("rigour", ["Low"], "The level 'Low' is there already"),
        ("size", [], "Name the levels of size, the lowest first"),
        ("size", ["a", "A"], "The level 'A' is there already"),
        ("size", ["a", " "], "a dimension and a level need names"),
        (" \x00", ["a"], "a dimension and a level need names"),
    ],
)
def test_a_scale_that_would_be_unclear_is_refused(
    full: Desk, dimension: str, given: list[str], why: str
) -> None:
    before = dump(full.store, log=True)
    with pytest.raises(Refused, match=why):
        appraising.add_to_scale(full, dimension, given)
    assert dump(full.store, log=True) == before


def test_a_level_that_was_used_stays_and_can_be_renamed(full: Desk) -> None:
    appraising.appraise(full, "A", "rigour", "low", reason="x")
    appraising.appraise(full, "A", "rigour", "high", reason="y")
    with pytest.raises(Refused, match="The level low of rigour was used once and stays: `realist appraisal"):
        appraising.drop_from_scale(full, "rigour", "low")
    with pytest.raises(Refused, match="The dimension rigour was used 2 times and stays"):
        appraising.drop_from_scale(full, "rigour")
    with pytest.raises(Refused, match="'low' is another one's name"):
        appraising.edit_scale(full, "rigour", "high", name="low")
    appraising.drop_from_scale(full, "rigour", "moderate")
    appraising.edit_scale(full, "rigour", "high", name="convincing")
    assert levels(full) == ["A SF rigour convincing"]


def test_an_appraisal_changes_no_decision(full: Desk) -> None:
    plan.add_stage(full, "1")
    rounds.add_round(full, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    rounds.enter(full, "texts", ["A", "B"])
    screening.decide(full, "A", Verdict.INCLUDE, round_="texts")
    screening.add_included_set(full, "in", round_="texts")
    for dimension in appraising.READY:
        appraising.appraise(full, "A", dimension, "low", reason="weak in all")
        appraising.appraise(full, "B", dimension, "high", reason="strong in all")
    with full.store.read() as connection:
        (row,) = included_sets(connection, viewer="SF")
    assert len(row.members) == 1


def test_in_a_blind_round_only_ones_own_is_seen(full: Desk) -> None:
    other = Desk(full.store, "NG")
    plan.add_stage(full, "1")
    appraising.appraise(other, "A", "relevance", "low", reason="seen before the round began")
    rounds.add_round(full, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(full, "titles", ["A"])
    appraising.appraise(other, "A", "rigour", "high", reason="told in confidence")
    appraising.appraise(other, "B", "rigour", "high", reason="in no blind round")
    appraising.appraise(full, "A", "rigour", "low", reason="mine")
    common = ["A NG relevance low", "B NG rigour high"]
    assert levels(full) == [common[0], "A SF rigour low", common[1]]
    assert levels(full, viewer="") == levels(full, viewer="XX") == common
    assert levels(full, viewer="NG") == [common[0], "A NG rigour high", common[1]]
    with pytest.raises(Refused, match="The level moderate of rigour stays while people work blind"):
        appraising.drop_from_scale(full, "rigour", "moderate")
    rounds.open_round(full, "titles")
    assert len(levels(full, viewer="")) == 4
    appraising.drop_from_scale(full, "rigour", "moderate")
