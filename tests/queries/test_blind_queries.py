"""What a person may not see yet of what others do in a blind round: query by query."""

from __future__ import annotations

from typing import Any

import pytest

from realist.domain.filtering import read_filter
from realist.queries import beside, finding, listing, paper_story, screening
from realist.queries.filters import matching
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.home import RoundLine, home
from realist.queries.naming import resolve
from realist.queries.sets import included_sets, standings
from realist.queries.states import states
from realist.services import notes, papers, plan
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import Role
from tests.queries.confidence import (
    EVERYBODY,
    EXCLUDE,
    INCLUDE,
    add_round,
    asked,
    assign,
    by_viewer,
    decide,
    secret,
    store,
    uid,
)

__all__ = ["secret", "store"]


def test_states_of_papers_are_open_while_hidden(secret: Store) -> None:
    of = {label: uid(secret, label) for label in "ABCD"}
    for papers_ in (list(of.values()), None):
        for found in by_viewer(secret, states, papers_):
            assert {label: found[of[label]] for label in "ABCD"} == {
                "A": "open", "B": "open", "C": "included", "D": "open",
            }  # fmt: skip
    decide(secret, "SF", "A", INCLUDE)
    assert {found[of["A"]] for found in by_viewer(secret, states, None)} == {"included"}


def test_rounds_sets_and_standings_count_what_may_be_seen(secret: Store) -> None:
    for (row,) in by_viewer(secret, screening.rounds):
        assert [row[key] for key in ("entries", "include", "exclude", "maybe", "conflicts", "open")] == [
            4, 1, 0, 0, 0, 3,
        ]  # fmt: skip
    for (row,) in by_viewer(secret, screening.sets):
        assert [paper["label"] for paper in row["papers"]] == ["C"]
    assert [len(row.members) for (row,) in by_viewer(secret, included_sets)] == [1] * 4
    of = asked(secret, resolve, "round", "titles")
    for found in by_viewer(secret, standings, of):
        assert [row.verdict for row in found] == [None, None, INCLUDE, None]
    decide(secret, "SF", "A", EXCLUDE)
    assert {row["conflicts"] for (row,) in by_viewer(secret, screening.rounds)} == {1}


def numbers(store: Store, words: str, viewer: str, **more: Any) -> list[int]:
    found: list[int] = asked(store, listing.listing, read_filter(words), viewer=viewer, **more)
    n = asked(store, listing.count, read_filter(words), viewer=viewer)
    assert more or n == len(found) == len(asked(store, matching, read_filter(words), viewer=viewer))
    return found


@pytest.mark.parametrize(
    ("words", "sf", "rp"),
    [
        ("state:included", [3], [3]),
        ("state:excluded", [], []),
        ("is:open", [1, 2, 4], [1, 2, 4]),
        ("-state:open", [3], [3]),
        ("tag:pearl", [], [1]),
        ("tag:pea", [], [1]),
        ("-tag:pearl", [1, 2, 3, 4], [2, 3, 4]),
        ("tag:later", [3], [3]),
        ("has:tag", [3], [1, 3]),
        ("-has:tag", [1, 2, 4], [2, 4]),
        ("zebra", [], []),
    ],
)
def test_filters_find_by_what_may_be_seen(secret: Store, words: str, sf: list[int], rp: list[int]) -> None:
    assert [numbers(secret, words, who) for who in EVERYBODY] == [sf, rp, sf, sf]
    assert [numbers(secret, words, who, limit=9) for who in EVERYBODY] == [sf, rp, sf, sf]


def test_a_list_is_sorted_and_shown_by_what_may_be_seen(secret: Store) -> None:
    assert [numbers(secret, "", who, sort="state") for who in EVERYBODY] == [[3, 1, 2, 4]] * 4
    tags = [[line.tags for line in page] for page in by_viewer(secret, listing.page, [1, 2, 3, 4])]
    assert tags == [
        [(), (), ("later",), ()], [("pearl",), (), ("later",), ()], [(), (), ("later",), ()],
        [(), (), ("later",), ()],
    ]  # fmt: skip
    shown = [[str(line.state) for line in page] for page in by_viewer(secret, listing.page, [1, 2, 3, 4])]
    assert shown == [["open", "open", "included", "open"]] * 4


def test_a_tag_that_only_says_what_another_thinks_is_not_known(secret: Store) -> None:
    known = by_viewer(secret, paper_story.tags_of_papers)
    assert known == [{"later": 1}, {"later": 1, "pearl": 1}, {"later": 1}, {"later": 1}]
    with pytest.raises(Exception, match=r"There is no tag 'pearl' in this review\. Its tags: later\."):
        notes.untag_papers(Desk(secret, "SF"), ["A"], "pearl")
    notes.tag(Desk(secret, "RP"), "mechanism", _mechanism(secret), "pearl")
    assert asked(secret, paper_story.tags_of_papers, viewer="SF") == {"later": 1, "pearl": 0}


def _mechanism(store: Store) -> str:
    from realist.services.mechanisms import add_mechanism

    return add_mechanism(Desk(store, "SF"), "Trust")


def test_a_tag_is_put_on_and_taken_off_beside_that_of_another(secret: Store) -> None:
    assert notes.tag_papers(Desk(secret, "SF"), ["A"], "pearl") == 1, "as if it were the first"
    assert asked(secret, paper_story.tags_of_papers, viewer="RP") == {"later": 1, "pearl": 1}
    assert notes.tag_papers(Desk(secret, "SF"), ["A"], "pearl") == 0
    assert notes.untag_papers(Desk(secret, "SF"), ["A"], "pearl") == 1
    assert notes.untag_papers(Desk(secret, "SF"), ["C"], "later") == 1, "what is seen can be taken off"
    assert numbers(secret, "tag:pearl", "RP") == [1]
    assert numbers(secret, "tag:pearl", "SF") == []
    first = notes.tag(Desk(secret, "SF"), "paper", "A", "pearl")
    assert notes.tag(Desk(secret, "SF"), "paper", "A", "pearl") == first


def test_words_are_not_found_in_memos_that_are_hidden(secret: Store) -> None:
    found = by_viewer(secret, finding.find, "zebra")
    assert [[hit.title for hit in hits] for hits in found] == [
        ["No zebra here."], ["A zebra of a paper.", "No zebra here."], ["No zebra here."], ["No zebra here."],
    ]  # fmt: skip
    assert [n["memo"] for n in by_viewer(secret, finding.counts, "zebra")] == [1, 2, 1, 1]
    assert [len(hits) for hits in by_viewer(secret, finding.find, "zebra", kind="memo", limit=1)] == [1] * 4
    assert len(asked(secret, beside.memos, "paper", uid(secret, "A"), viewer="SF")) == 0


def test_hidden_memos_take_no_place_among_the_candidates(
    secret: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    for n in range(6):
        notes.add_memo(Desk(secret, "RP"), "paper", "A", f"Walnut {n}.")
    papers.edit_paper(Desk(secret, "SF"), "C", "title", "A walnut tree")
    notes.add_memo(Desk(secret, "SF"), "paper", "B", "Walnut of mine.")
    for viewer in ("SF", "LM"):
        hits = asked(secret, finding.find, "walnut", viewer=viewer)
        assert [hit.kind for hit in hits] == ["paper", "memo"] if viewer == "SF" else ["paper"]


def test_flow_and_grid_count_what_may_be_seen(secret: Store) -> None:
    for (stage,) in by_viewer(secret, staged_flow):
        lines = {str(line.step): line.computed for group in stage.groups for line in group.lines}
        assert (lines["screened"], lines["potentially relevant"]) == (1, 1)
    for grid in by_viewer(secret, evidence_grid, of_set="in"):
        assert [row.label for row in grid.rows] == ["C"]


def line_of(store: Store, who: str) -> RoundLine:
    with store.read() as connection:
        return home(connection, who).stages[0].rounds[0]


def test_home_says_what_waits_for_whom(secret: Store) -> None:
    for who, mine in (("SF", 2), ("RP", 1), ("LM", 3), ("", 3)):
        line = line_of(secret, who)
        assert (line.include, line.exclude, line.open, line.decided, line.mine) == (1, 0, 3, 1, mine)
        with secret.read() as connection:
            said = [f"{act['intention']} {act['subject']}" for act in home(connection, who).acts]
        assert ("decide exclude B" in said) is (who == "RP")


def test_in_a_round_that_was_handed_out_only_what_was_handed_to_somebody_is_theirs(secret: Store) -> None:
    assign(secret, "A", "SF", Role.READ)
    assign(secret, "B", "LM", Role.READ)
    assert [line_of(secret, who).mine for who in EVERYBODY] == [1, 0, 1, 0]


def test_what_waits_for_a_check_waits_for_who_checks(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    for initials in ("RP", "LM"):
        plan.edit_person(file_desk, initials, name=initials)
    papers.add_paper(file_desk, label="A")
    add_round(file_desk, "titles", "A", readers=1)
    store = file_desk.store
    assign(store, "A", "SF", Role.READ)
    assign(store, "A", "LM", Role.CHECK)
    decide(store, "SF", "A", INCLUDE)
    assert [line_of(store, who).mine for who in EVERYBODY] == [0, 0, 1, 0]
    decide(store, "LM", "A", INCLUDE)
    assert [line_of(store, who).mine for who in EVERYBODY] == [0, 0, 0, 0]
