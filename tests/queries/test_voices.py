"""What stakeholders said of mechanisms, counted; and the grid without the review's own choices."""

from __future__ import annotations

import pytest

from realist.queries.grid import evidence_grid
from realist.queries.voices import voices
from realist.services import consulting, evidence, mechanisms, papers, screening
from realist.services.plan import edit_review
from realist.services.unit import Desk
from realist.vocabulary import Voice


@pytest.fixture
def uids(desk: Desk) -> dict[str, str]:
    """Mechanisms M, N and O, by name; what people said of M and N."""
    found = {name: mechanisms.add_mechanism(desk, name) for name in "MNO"}
    for name, voice in (("M", Voice.FOR), ("M", Voice.FOR), ("M", Voice.AGAINST), ("N", Voice.DIVIDED)):
        consulting.add_feedback(desk, voice, "as they said", mechanism=name)
    return found


def test_voices_are_counted_by_mechanism(desk: Desk, uids: dict[str, str]) -> None:
    with desk.store.read() as connection:
        assert voices(connection) == {uids["M"]: {"for": 2, "against": 1}, uids["N"]: {"divided": 1}}


def test_what_was_said_of_a_merged_mechanism_counts_for_both(desk: Desk, uids: dict[str, str]) -> None:
    mechanisms.merge_mechanisms(desk, "N", ["M"], reason="the same")
    with desk.store.read() as connection:
        found = voices(connection)
    assert found[uids["M"]] == {"for": 2, "against": 1, "divided": 1}
    assert found[uids["N"]] == {"divided": 1}


def test_none_asks_for_every_mechanism_and_paper_whatever_the_review_chose(
    desk: Desk, uids: dict[str, str]
) -> None:
    for label in "AB":
        papers.add_paper(desk, label=label)
        evidence.add_evidence(desk, label, claim="x", mechanism="M")
    mechanisms.add_list(desk, "short", [("M", "M")])
    screening.add_included_set(desk, "few", papers=["A"], source="a table")
    edit_review(desk, grid_list="short", grid_set="few")
    with desk.store.read() as connection:
        chosen, whole = evidence_grid(connection), evidence_grid(connection, of_list=None, of_set=None)
    assert ([column.name for column in chosen.columns], [row.label for row in chosen.rows]) == (["M"], ["A"])
    assert [column.name for column in whole.columns] == ["M", "N", "O"]
    assert [row.label for row in whole.rows] == ["A", "B"]
