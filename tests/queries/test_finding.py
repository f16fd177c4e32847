"""Words found in everything that has text: which things, in what order, with the place and its marks."""

from __future__ import annotations

import pytest

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part
from realist.errors import WrongUse
from realist.queries.finding import Hit, counts, find
from realist.services import configurations, evidence, mechanisms, notes, papers, plan, sameness
from realist.services.unit import Desk
from realist.vocabulary import ElementKind, Stance

KINDS = ["paper", "claim", "configuration", "mechanism", "memo", "page"]


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A paper, a claim, a box, a mechanism and a memo that speak of trust; and some that do not."""
    papers.add_paper(
        desk, label="Löwstedt (2018)", title="Power at work", abstract="A tale of trust and pay."
    )
    papers.add_paper(
        desk, label="Choi (2012)", title="Trusting the ward", authors=["Choi, S.", "Löwstedt, J."]
    )
    papers.add_paper(desk, label="Nils (2001)", title="Nothing")
    mechanisms.add_mechanism(desk, "Trust", description="Relying on others.", aliases=["faith"])
    mechanisms.add_mechanism(desk, "Power")
    evidence.add_evidence(
        desk,
        "#1",
        claim="Leaders who ask are trusted.",
        stance=Stance.SUPPORTS,
        mechanism="Power",
        site="ward",
    )
    part = Part(ElementKind.OUTCOME, "people trust each other")
    configurations.add_configuration(
        desk, Box(label="2b", title="Asked", papers=(Ref("", "Choi (2012)"),), elements=(BoxElement(part),))
    )
    notes.add_memo(desk, "mechanism", "Power", "Is this trust, or fear?")
    return desk


def hits(desk: Desk, words: str, kind: str = "", limit: int = 30) -> list[Hit]:
    with desk.store.read() as connection:
        return find(connection, words, kind=kind, limit=limit)


def counted(desk: Desk, words: str) -> list[int]:
    with desk.store.read() as connection:
        found = counts(connection, words)
    assert list(found) == KINDS
    return list(found.values())


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


def test_every_kind_with_name_place_and_snippet(ready: Desk) -> None:
    found = hits(ready, "trust")
    assert [(hit.kind, hit.number, hit.title, hit.where, hit.where_kind, hit.field) for hit in found] == [
        ("paper", 2, "Choi (2012)", "", "", "title"),
        ("paper", 1, "Löwstedt (2018)", "", "", "abstract"),
        ("claim", 0, "supports Power", "Löwstedt (2018)", "paper", "claim"),
        ("configuration", 1, "2b Asked", "Choi (2012)", "paper", "element"),
        ("mechanism", 1, "Trust", "", "", "name"),
        ("memo", 0, "Is this trust, or fear?", "Power", "mechanism", "text"),
    ]
    assert [marked(hit) for hit in found] == [
        ["Trusting"],
        *[["trust"], ["trusted"], ["trust"], ["Trust"], ["trust"]],
    ]
    assert found[1].snippet == "A tale of trust and pay."
    assert found[2].where_uid == found[1].uid
    assert found[3].where_uid == found[0].uid
    assert counted(ready, "trust") == [2, 1, 1, 1, 1, 0]


def test_all_words_have_to_be_there_the_last_as_a_beginning(ready: Desk) -> None:
    assert [hit.title for hit in hits(ready, "trust pa")] == ["Löwstedt (2018)"]
    assert hits(ready, "trus pay") == []
    assert [hit.field for hit in hits(ready, "LOWSTEDT")] == ["label", "authors"]
    assert marked(hits(ready, "choi lowst")[0]) == ["Choi", "Löwstedt"]
    assert marked(hits(ready, "faith", "mechanism")[0]) == ["faith"]
    assert [hits(ready, words) for words in ("", " ", "!?", "qqq")] == [[], [], [], []]
    assert counted(ready, "…") == [0] * 6
    assert counted(ready, "power") == [1, 0, 0, 1, 0, 0]


@pytest.mark.parametrize("kind", KINDS)
def test_one_kind_alone(ready: Desk, kind: str) -> None:
    assert hits(ready, "trust", kind) == [hit for hit in hits(ready, "trust") if hit.kind == kind]


def test_a_kind_that_is_none_is_told(ready: Desk) -> None:
    with pytest.raises(WrongUse, match="no text of kind 'box': use one of paper, claim"):
        hits(ready, "trust", "box")


def test_a_joined_paper_names_the_current_one_once(ready: Desk) -> None:
    papers.add_paper(ready, label="Reprint (2019)", abstract="Trust, printed again, zebra.")
    sameness.join_papers(ready, "#4", "#1", reason="a reprint")
    found = hits(ready, "trust", "paper")
    assert sorted(hit.title for hit in found) == ["Choi (2012)", "Löwstedt (2018)"]
    assert counted(ready, "trust")[0] == 2
    (only,) = hits(ready, "zebra")
    assert (only.title, only.number, only.where, only.where_kind) == (
        "Löwstedt (2018)",
        1,
        "Reprint (2019)",
        "paper",
    )
    assert marked(only) == ["zebra"]
    evidence.add_evidence(ready, "#4", claim="A zebra.", mechanism="Power")
    assert [hit.where for hit in hits(ready, "zebra", "claim")] == ["Löwstedt (2018)"]


def test_each_kind_has_its_share(file_desk: Desk) -> None:
    for number in range(9):
        papers.add_paper(file_desk, label=f"Trust {number}")
    for number in range(3):
        notes.add_memo(file_desk, "review", "", f"trust {number}")
    mechanisms.add_mechanism(file_desk, "Trust")
    kinds = [hit.kind for hit in hits(file_desk, "trust", limit=6)]
    assert kinds == ["paper"] * 3 + ["mechanism"] + ["memo"] * 2
    assert [hit.kind for hit in hits(file_desk, "trust")].count("paper") == 9
    assert len(hits(file_desk, "trust", "paper", limit=4)) == 4


def test_more_than_are_put_in_order(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("realist.queries.finding.CANDIDATES", 3)
    for number in range(5):
        papers.add_paper(file_desk, label=f"Paper {number}", abstract="on trust")
    papers.add_paper(file_desk, label="Trust")
    assert [hit.title for hit in hits(file_desk, "trust")] == ["Paper 0", "Paper 1", "Paper 2"]
    assert counted(file_desk, "trust")[0] == 6


@pytest.mark.parametrize(
    "words", ['"', "a' OR 1=1 --", "x" * 5000, "trust " * 400, "AND", "% _", "NEAR(", ":*"]
)
def test_hostile_questions(ready: Desk, words: str) -> None:
    assert {hit.kind for hit in hits(ready, words)} <= set(KINDS)
    assert sum(counted(ready, words)) >= len(hits(ready, words))


def test_a_memo_on_the_review_and_a_claim_on_nothing_known(file_desk: Desk) -> None:
    plan.edit_review(file_desk, title="All of it")
    notes.add_memo(file_desk, "review", "", "to do: zebra " + "z " * 90)
    (memo,) = hits(file_desk, "zebra")
    assert (memo.where, memo.where_kind) == ("All of it", "review")
    assert len(memo.snippet) <= 200
