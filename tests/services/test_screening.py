"""Screening: rounds and who enters them, decisions and changes of mind, included sets, reported numbers."""

from __future__ import annotations

from typing import Any

import pytest

from realist.errors import NotFound, Refused
from realist.queries import screening as queries
from realist.queries.sets import included_sets, standings
from realist.services import mechanisms, papers, rounds, sameness, screening
from realist.services.plan import add_stage
from realist.services.unit import Desk
from realist.vocabulary import CountOf, Door, FlowStep, Qualifier, RoundKind, SearchKind, Use, Verdict
from tests.services.dumps import dump


@pytest.fixture
def screened(file_desk: Desk) -> Desk:
    """Three papers A, B, C in the round "titles" with two reasons; D is in none."""
    add_stage(file_desk, "1")
    rounds.add_round(
        file_desk,
        "titles",
        stage="1",
        kind=RoundKind.TITLE_ABSTRACT,
        reasons=["no peer", "not about work"],
        readers=1,
    )
    for label in "ABCD":
        papers.add_paper(file_desk, label=label)
    rounds.enter(file_desk, "titles", ["A", "B", "C"], door=Door.SEARCH)
    return file_desk


def round_row(desk: Desk) -> dict[str, Any]:
    with desk.store.read() as connection:
        return queries.rounds(connection)[0]


def stand(desk: Desk) -> dict[str, tuple[str | None, bool]]:
    """Return (verdict, conflict) by label for the round "titles"."""
    names = {row["uid"]: row["label"] for row in dump(desk.store)["paper"]}
    with desk.store.read() as connection:
        (uid,) = {row["uid"] for row in queries.rounds(connection)[:1]}
        return {names[row.paper]: (row.verdict, row.conflict) for row in standings(connection, uid)}


def test_a_round_says_what_is_read_by_how_many_and_why_not(screened: Desk) -> None:
    row = round_row(screened)
    assert (row["name"], row["stage"], row["kind"], row["readers"]) == (
        "titles",
        "1",
        "title and abstract",
        1,
    )
    assert row["reasons"] == [{"number": 1, "text": "no peer"}, {"number": 2, "text": "not about work"}]
    assert (row["entries"], row["open"], row["include"], row["exclude"]) == (3, 3, 0, 0)


@pytest.mark.parametrize(
    ("name", "readers", "told"),
    [("", 1, "needs a name"), ("titles", 1, "already a round 'titles'"), ("x", 0, "at least one reader")],
)
def test_a_round_that_cannot_be(screened: Desk, name: str, readers: int, told: str) -> None:
    with pytest.raises(Refused, match=told):
        rounds.add_round(screened, name, stage="1", kind=RoundKind.FULL_TEXT, readers=readers)


def test_entering_counts_what_is_new_and_keeps_the_door(screened: Desk) -> None:
    n = rounds.enter(
        screened, "titles", ["A", "D", "D"], door=Door.SUPPLIED, why="asked for", supplied_by="an adviser"
    )
    assert n == 1
    (row,) = [row for row in dump(screened.store)["entry"] if row["door"] == Door.SUPPLIED]
    assert (row["why"], row["supplied_by"]) == ("asked for", "an adviser")
    assert rounds.enter(screened, "titles", ["A", "D"]) == 0


def test_a_joined_paper_does_not_enter_twice(screened: Desk) -> None:
    sameness.join_papers(screened, "D", "A")
    assert rounds.enter(screened, "titles", ["D"]) == 0
    screening.decide(screened, "D", Verdict.INCLUDE, round_="titles")
    assert stand(screened)["A"] == (Verdict.INCLUDE, False)


def test_one_paper_that_nobody_knows_and_none_enters(screened: Desk) -> None:
    with pytest.raises(NotFound, match="no paper 'Z'"):
        rounds.enter(screened, "titles", ["D", "Z"])
    assert round_row(screened)["entries"] == 3


def test_a_changed_mind_keeps_the_decision_before(screened: Desk) -> None:
    first = screening.decide(screened, "A", Verdict.INCLUDE, round_="titles", seconds=4.5)
    second = screening.decide(screened, "A", Verdict.EXCLUDE, round_="titles", reason="2", note="read again")
    kept = {row["uid"]: row for row in dump(screened.store)["decision"]}
    assert (kept[first]["verdict"], kept[first]["seconds"], kept[first]["reason"]) == ("include", 4.5, None)
    assert (kept[second]["verdict"], kept[second]["note"]) == ("exclude", "read again")
    assert stand(screened)["A"] == (Verdict.EXCLUDE, False)


def test_undecided_takes_the_own_decision_back_and_only_that(screened: Desk) -> None:
    other = Desk(screened.store, "NG")
    screening.decide(screened, "A", Verdict.INCLUDE, round_="titles")
    screening.decide(other, "A", Verdict.MAYBE, round_="titles")
    assert stand(screened)["A"] == (None, True)
    screening.decide(screened, "A", Verdict.UNDECIDED, round_="titles")
    assert stand(screened)["A"] == (Verdict.MAYBE, False)
    screening.decide(other, "A", Verdict.UNDECIDED, round_="titles")
    assert stand(screened)["A"] == (None, False)
    assert len(dump(screened.store)["decision"]) == 4


def test_the_counts_of_a_round(screened: Desk) -> None:
    other = Desk(screened.store, "NG")
    screening.decide(screened, "A", Verdict.INCLUDE, round_="titles", use=Use.TESTING)
    screening.decide(screened, "B", Verdict.INCLUDE, round_="titles")
    screening.decide(other, "B", Verdict.EXCLUDE, round_="titles", reason="no peer")
    row = round_row(screened)
    assert (row["include"], row["exclude"], row["maybe"], row["conflicts"], row["open"]) == (1, 0, 0, 1, 1)


@pytest.mark.parametrize("name", ["2", " 2 ", "not about work"])
def test_a_reason_by_number_or_words(screened: Desk, name: str) -> None:
    screening.decide(screened, "A", Verdict.EXCLUDE, round_="titles", reason=name)
    held = dump(screened.store)
    (second,) = [row["uid"] for row in held["reason"] if row["number"] == 2]
    assert [row["reason"] for row in held["decision"]] == [second]


def test_a_reason_that_the_round_does_not_have(screened: Desk) -> None:
    with pytest.raises(Refused, match=r"'9'\. Its reasons: 1 no peer; 2 not about work"):
        screening.decide(screened, "A", Verdict.EXCLUDE, round_="titles", reason="9")
    rounds.add_round(screened, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    rounds.enter(screened, "texts", ["A"])
    with pytest.raises(Refused, match="Its reasons: none is set"):
        screening.decide(screened, "A", Verdict.EXCLUDE, round_="texts", reason="1")


def test_a_paper_that_is_not_in_the_round(screened: Desk) -> None:
    with pytest.raises(Refused, match="There is no D in titles: put it in with `realist round enter` first"):
        screening.decide(screened, "D", Verdict.INCLUDE, round_="titles")


def members(desk: Desk, name: str) -> list[str]:
    names = {row["uid"]: row["label"] for row in dump(desk.store)["paper"]}
    with desk.store.read() as connection:
        (found,) = [row for row in included_sets(connection) if row.name == name]
    return [names[uid] for uid in found.members]


def test_a_set_holds_the_includes_of_its_round_and_what_a_source_lists(screened: Desk) -> None:
    screening.add_included_set(screened, "theory building", round_="titles")
    screening.decide(screened, "C", Verdict.INCLUDE, round_="titles")
    screening.decide(screened, "B", Verdict.MAYBE, round_="titles")
    screening.list_in_set(screened, "theory building", ["D", "A"], source="Table 1")
    assert members(screened, "theory building") == ["D", "A", "C"]


def test_a_decision_overrules_a_list(screened: Desk) -> None:
    screening.add_included_set(screened, "theory building", round_="titles")
    screening.list_in_set(screened, "theory building", ["A", "B"], source="Table 1")
    screening.decide(screened, "A", Verdict.EXCLUDE, round_="titles", reason="1")
    assert members(screened, "theory building") == ["B"]
    screening.decide(screened, "A", Verdict.UNDECIDED, round_="titles")
    assert members(screened, "theory building") == ["A", "B"]


def test_a_conflict_includes_nobody_and_drops_nobody(screened: Desk) -> None:
    screening.add_included_set(screened, "theory building", round_="titles")
    screening.list_in_set(screened, "theory building", ["A"], source="Table 1")
    for person, verdict in (("SF", Verdict.INCLUDE), ("NG", Verdict.EXCLUDE)):
        for paper in ("A", "B"):
            screening.decide(Desk(screened.store, person), paper, verdict, round_="titles")
    assert members(screened, "theory building") == ["A"]


def test_joined_papers_are_one_member(screened: Desk) -> None:
    screening.add_included_set(screened, "theory building", round_="titles")
    screening.list_in_set(screened, "theory building", ["A", "D"], source="Table 1")
    screening.decide(screened, "A", Verdict.INCLUDE, round_="titles")
    sameness.join_papers(screened, "D", "A")
    assert members(screened, "theory building") == ["A"]


@pytest.mark.parametrize("again", [["A"], ["B", "B"]])
def test_a_paper_listed_twice_is_told_in_a_sentence(screened: Desk, again: list[str]) -> None:
    screening.add_included_set(screened, "theory building")
    screening.list_in_set(screened, "theory building", ["A"], source="Table 1")
    with pytest.raises(Refused, match=f"{again[0]} is listed in theory building already"):
        screening.list_in_set(screened, "theory building", again, source="Table 2")
    assert members(screened, "theory building") == ["A"]


@pytest.mark.parametrize("name", ["", "theory building"])
def test_a_set_needs_a_name_of_its_own(screened: Desk, name: str) -> None:
    screening.add_included_set(screened, "theory building")
    with pytest.raises(Refused, match=r"needs a name|already an included set"):
        screening.add_included_set(screened, name)


def test_reported_numbers_keep_their_place_and_source(screened: Desk) -> None:
    mechanisms.add_mechanism(screened, "Trust")
    screening.report_count(screened, value=914, source="p. 8", step=FlowStep.SCREENED, stage="1")
    screening.report_count(
        screened, value=None, source="p. 8", step=FlowStep.IDENTIFIED, stage="1",
        kind=SearchKind.GREY_LITERATURE, qualifier=Qualifier.UNKNOWN,
    )  # fmt: skip
    screening.report_count(screened, value=0, source="Table 2", counts=CountOf.PAPERS, mechanism="Trust")
    with screened.store.read() as connection:
        rows = queries.reported(connection)
    assert [(row["what"], row["of"], row["value"], row["qualifier"], row["source"]) for row in rows] == [
        ("screened", "", 914, "exactly", "p. 8"),
        ("identified", "grey literature", None, "unknown", "p. 8"),
        ("papers", "Trust", 0, "exactly", "Table 2"),
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"value": 1}, "either a step of the flow or a sum beside the grid"),
        ({"value": 1, "step": FlowStep.SCREENED, "counts": CountOf.PAPERS}, "either a step of the flow"),
        ({"value": 1, "step": FlowStep.SCREENED}, "belongs to a stage: name it"),
        ({"value": None, "step": FlowStep.SCREENED, "stage": "1"}, "any other needs one"),
        ({"value": 3, "step": FlowStep.SCREENED, "stage": "1", "qualifier": Qualifier.UNKNOWN}, "no value"),
        ({"value": -1, "step": FlowStep.SCREENED, "stage": "1"}, "cannot be negative"),
        ({"value": 2**31, "step": FlowStep.SCREENED, "stage": "1"}, "2,147,483,648"),
    ],
)
def test_unknown_is_not_zero_and_a_number_says_what_it_is(
    screened: Desk, values: dict[str, Any], told: str
) -> None:
    before = dump(screened.store, log=True)
    with pytest.raises(Refused, match=told):
        screening.report_count(screened, source="p. 8", **values)
    assert dump(screened.store, log=True) == before
