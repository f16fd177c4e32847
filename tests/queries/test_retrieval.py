"""Full texts: what is recorded of them, which are missing, and what the flow makes of it."""

from __future__ import annotations

import pytest

from realist.domain.filtering import read_filter
from realist.queries.flow import staged_flow
from realist.queries.listing import listing, page
from realist.queries.naming import resolve
from realist.queries.retrieval import history, latest, missing
from realist.services import papers, plan, retrieving, rounds, sameness, screening
from realist.services.history import undo
from realist.services.unit import Desk
from realist.vocabulary import FlowStep, RetrievalStatus, RoundKind, Verdict

SOUGHT, OBTAINED, GONE = RetrievalStatus


@pytest.fixture
def review(desk: Desk) -> Desk:
    """A to F in a round of abstracts (A to C in, D maybe, E out, F open); A and B in one of full texts."""
    plan.add_stage(desk, "1")
    for label in "ABCDEF":
        papers.add_paper(desk, label=label, title=f"On {label}")
    rounds.add_round(desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.add_round(desk, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    rounds.enter(desk, "abstracts", [*"ABCDEF"])
    for label, verdict in zip("ABCDE", ("include", "include", "include", "maybe", "exclude"), strict=True):
        screening.decide(desk, label, Verdict(verdict), round_="abstracts")
    rounds.enter(desk, "texts", ["A", "B"])
    return desk


def lacking(desk: Desk) -> dict[str, str]:
    """Return the status, by label, of the full texts that are missing."""
    with desk.store.read() as connection:
        return {row["label"]: row["status"] for row in missing(connection, viewer=desk.initials)}


def flow(desk: Desk) -> dict[str, int | None]:
    """Return the counted numbers of the full-text round by step."""
    with desk.store.read() as connection:
        (stage,) = staged_flow(connection, viewer=desk.initials)
    return {str(row.step): row.computed for group in stage.groups for row in group.lines if not row.label}


def test_what_was_let_through_and_what_is_to_be_read_is_missing(review: Desk) -> None:
    assert lacking(review) == dict.fromkeys("ABCD", "")


def test_what_was_obtained_or_read_is_not_missing(review: Desk) -> None:
    retrieving.retrieve(review, "A", OBTAINED, happened="2026-01-03", reason="library")
    screening.decide(review, "B", Verdict.EXCLUDE, round_="texts")
    retrieving.retrieve(review, "C", SOUGHT, reason="asked the author")
    retrieving.retrieve(review, "D", GONE, reason="out of print")
    assert lacking(review) == {"C": "sought", "D": "not obtainable"}
    undo(review)
    assert lacking(review) == {"C": "sought", "D": ""}


def test_a_missing_text_comes_with_what_a_library_needs(review: Desk) -> None:
    papers.edit_paper(review, "C", "journal", "Journal of Examples", reason="seen")
    papers.edit_paper(review, "C", "volume", "4", reason="seen")
    papers.add_paper(review, label="C again", doi="10.5555/c.1", authors=["Okafor, N", "Hale, R"])
    sameness.join_papers(review, "C again", "C")
    retrieving.retrieve(review, "C again", SOUGHT, happened="March", reason="inter-library loan")
    with review.store.read() as connection:
        row = next(row for row in missing(connection, viewer="SF") if row["label"] == "C")
    wanted = {
        "title": "On C", "journal": "Journal of Examples", "volume": "4", "doi": "10.5555/c.1",
        "authors": "Okafor, N\nHale, R", "year": None, "status": "sought", "reason": "inter-library loan",
        "happened": "March",
    }  # fmt: skip
    assert {name: row[name] for name in wanted} == wanted
    assert row["since"] is not None


def test_the_latest_step_counts_over_all_that_is_one_document(review: Desk) -> None:
    retrieving.retrieve(review, "A", GONE, reason="no copy")
    retrieving.retrieve(review, "B", OBTAINED, reason="from the shelf")
    sameness.join_papers(review, "B", "A")
    with review.store.read() as connection:
        a = resolve(connection, "paper", "A")
        assert {paper: step.status for paper, step in latest(connection).items()} == {a: OBTAINED}
        assert latest(connection, [a])[a].reason == "from the shelf"
        assert [step.status for step in history(connection, a)] == [GONE, OBTAINED]
    assert "A" not in lacking(review)


def test_a_later_round_of_abstracts_overrules_an_earlier_one(review: Desk) -> None:
    rounds.add_round(review, "again", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.enter(review, "again", ["C", "D"])
    assert "C" in lacking(review)
    screening.decide(review, "C", Verdict.EXCLUDE, round_="again")
    assert lacking(review) == dict.fromkeys("ABD", "")


def test_in_a_blind_round_what_somebody_read_is_there_and_what_passed_is_not_told(review: Desk) -> None:
    other = Desk(review.store, "NG")
    rounds.add_round(review, "blind", stage="1", kind=RoundKind.FULL_TEXT, readers=2, blind=True)
    rounds.add_round(review, "blind too", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(review, "blind", ["F"])
    rounds.enter(review, "blind too", ["E"])
    assert lacking(review)["F"] == ""
    for label, round_ in (("F", "blind"), ("E", "blind too")):
        screening.decide(other, label, Verdict.INCLUDE, round_=round_)
    for desk in (review, other):
        assert not {"E", "F"} & lacking(desk).keys()


def test_the_flow_counts_what_could_not_be_obtained(review: Desk) -> None:
    rounds.enter(review, "texts", ["C", "D", "E"])
    screening.decide(review, "A", Verdict.INCLUDE, round_="texts")
    screening.decide(review, "B", Verdict.EXCLUDE, round_="texts")
    before = flow(review)
    assert before[FlowStep.SOUGHT] == 5
    assert FlowStep.NOT_OBTAINED not in before
    retrieving.retrieve(review, "C", GONE, reason="no copy anywhere")
    retrieving.retrieve(review, "D", GONE, reason="out of print")
    retrieving.retrieve(review, "E", SOUGHT)
    now = flow(review)
    assert (now[FlowStep.SOUGHT], now[FlowStep.NOT_OBTAINED], now[FlowStep.ASSESSED]) == (5, 2, 2)
    retrieving.retrieve(review, "D", OBTAINED)
    assert flow(review)[FlowStep.NOT_OBTAINED] == 1


def test_what_was_excluded_for_want_of_a_text_was_not_read(review: Desk) -> None:
    retrieving.retrieve(review, "A", GONE, reason="no copy")
    retrieving.retrieve(review, "B", GONE, reason="no copy")
    screening.decide(review, "A", Verdict.INCLUDE, round_="texts")
    screening.decide(review, "B", Verdict.EXCLUDE, round_="texts")
    now = flow(review)
    assert now[FlowStep.NOT_OBTAINED] == 1
    assert (now[FlowStep.ASSESSED], now[FlowStep.EXCLUDED_FULL_TEXT], now[FlowStep.INCLUDED]) == (1, 0, 1)


def listed(desk: Desk, words: str) -> list[str]:
    with desk.store.read() as connection:
        filter_ = read_filter(words)
        assert not filter_.problems
        numbers = listing(connection, filter_, viewer=desk.initials)
        return [row.label for row in page(connection, numbers, viewer=desk.initials)]


def test_papers_are_found_by_their_full_texts(review: Desk) -> None:
    retrieving.retrieve(review, "A", OBTAINED)
    retrieving.retrieve(review, "B", SOUGHT)
    retrieving.retrieve(review, "E", GONE, reason="no copy")
    assert listed(review, "text:obtained") == ["A"]
    assert listed(review, "text:missing") == ["B", "C", "D"]
    assert listed(review, 'text:"not obtainable"') == listed(review, "text:not") == ["E"]
    assert listed(review, "text:sought text:obtained") == ["A", "B"]
    assert listed(review, "-text:missing") == ["A", "E", "F"]
    assert read_filter("text:lost").problems
