"""What waits for a resolution, what was resolved, and what was set down for a round."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from realist.domain.allocation import Everybody
from realist.errors import NotFound
from realist.queries.conflicts import Conflict, conflicts
from realist.queries.naming import resolve
from realist.queries.rules import feeds, handed_to, rules
from realist.services import allocating, papers, plan, rounds, sameness, screening
from realist.services.unit import Desk
from realist.store.tables import Round, table_of
from realist.vocabulary import RoundKind, Verdict


@pytest.fixture
def review(desk: Desk) -> Desk:
    """Papers A to D in the rounds "titles" and, blind, "texts", for two people each."""
    plan.add_stage(desk, "1")
    for label in "ABCD":
        papers.add_paper(desk, label=label)
    rounds.add_round(
        desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, reasons=["no peers", "old"],
        outcome="kept",
    )  # fmt: skip
    rounds.add_round(desk, "texts", stage="1", kind=RoundKind.FULL_TEXT, readers=2, blind=True)
    for name in ("titles", "texts"):
        rounds.enter(desk, name, [*"ABCD"])
    return desk


def decide(desk: Desk, who: str, round_: str = "titles", **verdicts: str) -> None:
    for paper, verdict in verdicts.items():
        screening.decide(Desk(desk.store, who), paper, Verdict(verdict), round_=round_)


def found(desk: Desk, viewer: str = "SF", round_: str = "", resolved: bool | None = False) -> list[Conflict]:
    with desk.store.read() as connection:
        uid = resolve(connection, "round", round_) if round_ else ""
        return conflicts(connection, viewer=viewer, round_=uid, resolved=resolved)


def labels(desk: Desk, **how: object) -> list[tuple[str, str]]:
    return [(row.round_name, row.label) for row in found(desk, **how)]  # type: ignore[arg-type]


def test_conflicts_by_round_and_number(review: Desk) -> None:
    decide(review, "SF", A="include", B="include", C="maybe", D="include")
    decide(review, "NG", A="exclude", B="include", C="include")
    decide(review, "SF", "texts", B="include")
    decide(review, "NG", "texts", B="exclude")
    assert labels(review) == [("titles", "A"), ("titles", "C"), ("texts", "B")]
    assert labels(review, round_="titles") == [("titles", "A"), ("titles", "C")]
    assert not any(row.resolved or row.whom for row in found(review))


def test_in_a_blind_round_only_what_is_up_for_resolution(review: Desk) -> None:
    decide(review, "SF", "texts", A="include", B="include")
    decide(review, "NG", "texts", A="exclude")
    for viewer in ("SF", "NG", "ML", ""):
        assert labels(review, viewer=viewer) == [("texts", "A")]


def test_a_resolution_moves_it_from_one_list_to_the_other(review: Desk) -> None:
    decide(review, "SF", A="include")
    decide(review, "NG", A="exclude")
    screening.settle(review, "A", Verdict.INCLUDE, round_="titles", why="it is about peers")
    assert labels(review) == []
    (row,) = found(review, resolved=True)
    assert (row.label, row.resolved) == ("A", True)
    decide(review, "SF", B="include")
    decide(review, "NG", B="exclude")
    assert [(one.label, one.resolved) for one in found(review, resolved=None)] == [("A", True), ("B", False)]
    decide(review, "NG", B="include")
    screening.unsettle(review, "A", round_="titles")
    assert labels(review) == [("titles", "A")]
    assert labels(review, resolved=True) == []


def test_who_is_waited_for(review: Desk) -> None:
    for who in ("NG", "ML"):
        decide(review, who, A="include")
        decide(review, who, A="undecided")
    allocating.allocate(review, "titles", ["SF", "NG", "ML"], Everybody(), seed=1)
    decide(review, "SF", A="include")
    decide(review, "NG", A="exclude")
    decide(review, "ML", A="exclude")
    assert [row.whom for row in found(review)] == [()]
    with review.store.read() as connection:
        assert handed_to(connection, resolve(connection, "round", "titles")) == ["ML", "NG", "SF"]
        assert rules(connection, resolve(connection, "round", "titles"))["allocation"]["seed"] == 1


def test_papers_that_were_joined_are_one_conflict(review: Desk) -> None:
    decide(review, "SF", A="include", B="exclude")
    decide(review, "NG", A="include", B="exclude")
    assert labels(review) == []
    sameness.join_papers(review, "B", "A")
    (row,) = found(review)
    assert (row.label, len(row.entries)) == ("A", 2)


def test_what_was_set_down_for_a_round(review: Desk) -> None:
    decide(review, "SF", A="include", B="include")
    decide(review, "NG", A="include")
    with review.store.read() as connection:
        uid, blind = (resolve(connection, "round", name) for name in ("titles", "texts"))
        row = rules(connection, uid)
        assert (row["name"], row["stage"], row["allocation"]) == ("titles", "1", {})
        assert [(one["number"], one["text"]) for one in row["reasons"]] == [(1, "no peers"), (2, "old")]
        assert feeds(connection, uid, viewer="SF") == [("kept", 1)]
        assert feeds(connection, blind, viewer="SF") == []
        assert handed_to(connection, uid) == []
        with pytest.raises(NotFound):
            rules(connection, "none")


def test_an_allocation_of_another_program_is_left_alone(review: Desk) -> None:
    for words in ("[]", "nonsense"):
        with review.store.write() as connection:
            connection.execute(update(table_of(Round)).values(allocation=words))
        with review.store.read() as connection:
            assert rules(connection, resolve(connection, "round", "titles"))["allocation"] == {}
