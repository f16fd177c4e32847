"""What a person may not see yet of what others do in a blind round: the rule."""

from __future__ import annotations

from typing import Any

from realist.queries import paper_story
from realist.queries.blind import Blind, blind
from realist.queries.naming import resolve
from realist.queries.states import states
from realist.services import notes, papers, plan, rounds, sameness
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import Role
from tests.queries.confidence import (
    EVERYBODY,
    EXCLUDE,
    INCLUDE,
    UNDECIDED,
    add_round,
    asked,
    assign,
    decide,
    entry,
    store,
    uid,
)

__all__ = ["store"]


def seen(store: Store, viewer: str, paper: str = "A", round_: str = "titles") -> list[str]:
    """Whose decisions on a paper *viewer* sees; the same by every query that shows any."""
    (row,) = [
        row
        for row in asked(store, paper_story.decisions, uid(store, paper), viewer=viewer)
        if row["round"] == round_
    ]
    found = sorted({decision["by"] for decision in row["decisions"]})
    hidden: Blind = asked(store, blind, viewer, [uid(store, paper)])
    with store.read() as connection:
        of = entry(connection, paper, round_)
        people = {
            who for who in ("SF", "RP", "LM") if not hidden.hides(of, resolve(connection, "person", who))
        }
        whole: Blind = blind(connection, viewer)
    assert set(found) <= people
    assert (of in hidden.entries) is (of in whole.entries) is row["blind"]
    return found


def test_what_one_of_two_readers_decided_is_their_own(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    assert [seen(store, who) for who in EVERYBODY] == [[], ["RP"], [], []]
    assert [seen(store, who, "B") for who in EVERYBODY] == [[], [], [], []]


def test_when_both_have_decided_all_see_both(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    decide(store, "SF", "A", EXCLUDE)
    assert [seen(store, who) for who in EVERYBODY] == [["RP", "SF"]] * 4


def test_what_was_seen_is_not_hidden_again_when_somebody_takes_theirs_back(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    decide(store, "SF", "A", EXCLUDE)
    decide(store, "SF", "A", UNDECIDED)
    assert seen(store, "LM") == ["RP", "SF"]
    decide(store, "RP", "B", INCLUDE)
    decide(store, "RP", "B", UNDECIDED)
    decide(store, "SF", "B", INCLUDE)
    assert (seen(store, "SF", "B"), seen(store, "RP", "B")) == (["SF"], ["RP"])


def test_a_second_reader_who_was_handed_a_paper_has_to_decide_too(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    for initials in ("RP", "LM"):
        plan.edit_person(file_desk, initials, name=initials)
    for label in "AB":
        papers.add_paper(file_desk, label=label)
    add_round(file_desk, "titles", "AB", readers=1)
    store = file_desk.store
    assign(store, "A", "SF", Role.READ)
    assign(store, "A", "RP", Role.SECOND)
    decide(store, "SF", "A", INCLUDE)
    decide(store, "SF", "B", INCLUDE)
    assert [seen(store, who) for who in EVERYBODY] == [["SF"], [], [], []]
    assert [seen(store, who, "B") for who in EVERYBODY] == [["SF"]] * 4
    decide(store, "RP", "A", INCLUDE)
    assert seen(store, "") == ["RP", "SF"]


def test_a_round_that_is_opened_hides_nothing(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    rounds.open_round(Desk(store, "SF"), "titles")
    decide(store, "RP", "B", EXCLUDE)
    assert [seen(store, who) for who in EVERYBODY] == [["RP"]] * 4
    assert seen(store, "SF", "B") == ["RP"]


def test_papers_that_were_joined_are_one_document(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    decide(store, "SF", "B", EXCLUDE)
    notes.add_memo(Desk(store, "RP"), "paper", "A", "Of A.")
    assert asked(store, paper_story.memos, uid(store, "A"), viewer="SF") == []
    sameness.join_papers(Desk(store, "LM"), "B", "A")
    shown = asked(store, paper_story.decisions, uid(store, "A"), viewer="LM")
    assert sorted(decision["by"] for row in shown for decision in row["decisions"]) == ["RP", "SF"]
    assert asked(store, states, [uid(store, "A")], viewer="LM") == {uid(store, "A"): "conflict"}
    sameness.join_papers(Desk(store, "LM"), "D", "C")
    decide(store, "RP", "D", INCLUDE)
    notes.add_memo(Desk(store, "RP"), "paper", "D", "Of the part.")
    decide(store, "RP", "C", INCLUDE)
    shown = asked(store, paper_story.decisions, uid(store, "C"), viewer="SF")
    assert [row["decisions"] for row in shown] == [[], []]
    assert asked(store, paper_story.memos, uid(store, "D"), viewer="SF") == []
    assert len(asked(store, paper_story.memos, uid(store, "D"), viewer="RP")) == 1


def test_who_checks_sees_what_they_check_and_waits_for_nobody(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    for initials in ("RP", "LM"):
        plan.edit_person(file_desk, initials, name=initials)
    papers.add_paper(file_desk, label="A")
    papers.add_paper(file_desk, label="B")
    add_round(file_desk, "titles", "AB", readers=1)
    store = file_desk.store
    for paper in "AB":
        assign(store, paper, "SF", Role.READ)
        assign(store, paper, "RP", Role.CHECK)
    decide(store, "RP", "B", INCLUDE)
    assert seen(store, "SF", "B") == [], "a check ends nobody's independence"
    decide(store, "SF", "A", INCLUDE)
    assert [seen(store, who) for who in EVERYBODY] == [["SF"]] * 4


def test_tags_and_memos_wait_with_the_decisions(store: Store) -> None:
    other = Desk(store, "RP")
    notes.add_memo(other, "paper", "A", "In confidence.")
    notes.tag(other, "paper", "A", "dross")
    decide(store, "RP", "A", INCLUDE)
    of = uid(store, "A")
    told = [
        (len(asked(store, paper_story.memos, of, viewer=who)), asked(store, paper_story.tags, of, viewer=who))
        for who in EVERYBODY
    ]
    assert told == [(0, []), (1, ["dross"]), (0, []), (0, [])]
    decide(store, "SF", "A", INCLUDE)
    assert len(asked(store, paper_story.memos, of)) == 1
    assert asked(store, paper_story.tags, of) == ["dross"]


def test_what_was_on_a_paper_before_it_entered_the_round_can_be_seen(store: Store) -> None:
    papers.add_paper(Desk(store, "RP"), label="E")
    notes.tag(Desk(store, "RP"), "paper", "E", "early")
    notes.add_memo(Desk(store, "RP"), "paper", "E", "Before.")
    rounds.enter(Desk(store, "SF"), "titles", ["E"])
    notes.tag(Desk(store, "RP"), "paper", "E", "late")
    assert asked(store, paper_story.tags, uid(store, "E"), viewer="SF") == ["early"]
    assert len(asked(store, paper_story.memos, uid(store, "E"), viewer="SF")) == 1


def test_what_was_seen_after_one_round_is_not_hidden_by_the_next(store: Store) -> None:
    for who in ("RP", "SF"):
        decide(store, who, "A", INCLUDE)
    notes.tag(Desk(store, "RP"), "paper", "A", "between")
    add_round(Desk(store, "SF"), "texts", "A", readers=2)
    notes.tag(Desk(store, "RP"), "paper", "A", "late")
    assert asked(store, paper_story.tags, uid(store, "A"), viewer="SF") == ["between"]
    assert (seen(store, "SF"), seen(store, "SF", round_="texts")) == (["RP", "SF"], [])


def test_where_no_round_is_blind_nothing_is_asked_of_any_paper(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    papers.add_paper(file_desk, label="A")
    add_round(file_desk, "open", "A", blind=False)
    said: list[str] = []
    with file_desk.store.read() as connection:
        execute = type(connection).execute

        class Listening:
            dialect = connection.dialect

            def execute(self, statement: Any, *more: Any) -> Any:
                said.append(str(statement))
                return execute(connection, statement, *more)

        assert blind(Listening(), "SF") == Blind("")  # type: ignore[arg-type]
    assert len(said) == 2  # whether a round is blind, whether anybody extracts independently


def test_more_papers_than_can_be_named_are_all_looked_at(store: Store) -> None:
    decide(store, "RP", "A", INCLUDE)
    many = [uid(store, "A"), *(f"no-{n}" for n in range(5000))]
    assert asked(store, blind, "SF", many) == asked(store, blind, "SF")
