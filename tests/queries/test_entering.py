"""Which papers could enter a round, by which door, and who may know."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from realist.domain.filtering import read_filter
from realist.queries.entering import candidates, offers
from realist.queries.naming import resolve
from realist.services import importing, papers, plan, rounds, sameness, screening
from realist.services.importing import Origin
from realist.services.unit import Desk
from realist.store.tables import Paper
from realist.vocabulary import Door, MaybeRule, RoundKind, SearchKind, Verdict
from tests.services.exports import RIS

LABELS = "ABCDEF"


@pytest.fixture
def review(desk: Desk) -> Desk:
    """A round of abstracts in stage 1 (A, B, D in, C out, E maybe, F open), one of full texts in 1 and 2."""
    for stage in ("1", "2"):
        plan.add_stage(desk, stage)
    for label in LABELS:
        papers.add_paper(desk, label=label)
    rounds.add_round(desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    rounds.add_round(desk, "texts 1", stage="1", kind=RoundKind.FULL_TEXT)
    rounds.add_round(desk, "texts 2", stage="2", kind=RoundKind.FULL_TEXT)
    rounds.enter(desk, "abstracts", ["A", "C", "E", "F"], door=Door.SEARCH)
    rounds.enter(desk, "abstracts", ["B"], door=Door.SUPPLIED)
    rounds.enter(desk, "abstracts", ["D"])
    for label, verdict in zip("ABCDE", ("include", "include", "exclude", "include", "maybe"), strict=True):
        screening.decide(desk, label, Verdict(verdict), round_="abstracts")
    return desk


def uid_of(connection: Connection, round_: str) -> str:
    return resolve(connection, "round", round_) if round_ else ""


def found(desk: Desk, into: str, from_round: str = "", words: str = "", **how: object) -> dict[str, str]:
    """Return the door, by label, of each candidate; a door that is not known is ""."""
    with desk.store.read() as connection:
        rows = candidates(
            connection,
            viewer=desk.initials,
            round_uid=uid_of(connection, into),
            from_round=uid_of(connection, from_round),
            filter_=read_filter(words) if words else None,
            **how,  # type: ignore[arg-type]
        )
        names = {row.uid: row.label for row in connection.execute(select(Paper.uid, Paper.label))}
    return {names[uid]: str(door or "") for uid, door in rows}


def test_what_a_round_of_the_same_stage_let_through_keeps_its_door(review: Desk) -> None:
    assert found(review, "texts 1", "abstracts") == {"A": "search", "B": "supplied", "D": "", "E": "search"}


def test_what_comes_from_another_stage_comes_from_an_earlier_one(review: Desk) -> None:
    assert found(review, "texts 2", "abstracts") == dict.fromkeys("ABDE", "earlier stage")


def test_only_the_verdicts_asked_for(review: Desk) -> None:
    assert list(found(review, "texts 1", "abstracts", verdicts=["include"])) == ["A", "B", "D"]
    assert list(found(review, "texts 1", "abstracts", verdicts=["maybe"])) == ["E"]


def test_what_was_excluded_is_brought_back(review: Desk) -> None:
    assert found(review, "texts 1", "abstracts", verdicts=["exclude"]) == {"C": "brought back"}
    assert found(review, "texts 2", words="label:C") == {"C": "brought back"}


def test_what_is_in_the_round_is_left_out(review: Desk) -> None:
    rounds.enter(review, "texts 1", ["A", "D"])
    assert list(found(review, "texts 1", "abstracts")) == ["B", "E"]


def test_joined_papers_are_one(review: Desk) -> None:
    rounds.enter(review, "texts 1", ["A"])
    sameness.join_papers(review, "B", "A")
    assert list(found(review, "texts 1", "abstracts")) == ["D", "E"]
    assert list(found(review, "texts 1")) == ["C", "D", "E", "F"]


def test_all_papers_and_those_a_filter_lets_through(review: Desk) -> None:
    papers.add_paper(review, label="G", supplied_by="stakeholders")
    papers.add_paper(review, label="H")
    everything = found(review, "texts 1")
    assert list(everything) == [*"ABCDEFGH"]
    assert (everything["F"], everything["G"], everything["H"]) == ("search", "supplied", "")
    assert found(review, "texts 2", words="state:included") == dict.fromkeys("ABD", "earlier stage")
    assert list(found(review, "texts 1", "abstracts", words="label:A")) == ["A"]
    assert found(review, "texts 1", words="label:nothing") == {}


def test_the_last_round_says_by_which_door(review: Desk) -> None:
    rounds.enter(review, "texts 1", ["A"], door=Door.SEARCH)
    rounds.add_round(review, "again", stage="1", kind=RoundKind.FULL_TEXT)
    screening.decide(review, "A", Verdict.EXCLUDE, round_="texts 1")
    assert found(review, "again", words="label:A") == {"A": "brought back"}
    assert found(review, "again", words="label:B") == {"B": "supplied"}


@pytest.mark.parametrize(
    ("kind", "stage", "door"),
    [
        (SearchKind.DATABASE, "1", Door.SEARCH),
        (SearchKind.EXPERTS, "1", Door.SUPPLIED),
        (SearchKind.DATABASE, "0", Door.EARLIER_STAGE),
    ],
)
def test_the_search_that_found_a_paper_says_by_which_door(
    file_desk: Desk, tmp_path: Path, kind: SearchKind, stage: str, door: Door
) -> None:
    for name in ("0", "1"):
        plan.add_stage(file_desk, name)
    plan.add_search(file_desk, "S", stage=stage, kind=kind)
    path = tmp_path / "s.ris"
    path.write_bytes(RIS)
    importing.import_file(file_desk, path, Origin(search="S"))
    rounds.add_round(file_desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    with file_desk.store.read() as connection:
        rows = candidates(connection, viewer="SF", round_uid=uid_of(connection, "abstracts"))
    assert rows
    assert {came for _, came in rows} == {door}


def test_a_sample_is_the_same_for_the_same_seed(review: Desk) -> None:
    one, again = (list(found(review, "texts 1", sample=3, seed=5)) for _ in range(2))
    assert one == again == sorted(one)
    assert len(one) == 3
    assert len({tuple(found(review, "texts 1", sample=3, seed=seed)) for seed in range(8)}) > 1
    assert len(found(review, "texts 1", sample=99)) == 6
    small, large = (set(found(review, "texts 1", sample=n, seed=5)) for n in (2, 4))
    assert small < large


def test_offers_count_what_is_not_there_yet(review: Desk) -> None:
    rounds.enter(review, "texts 1", ["A"])

    def seen(into: str) -> list[tuple[object, ...]]:
        with review.store.read() as connection:
            return [
                tuple(row[1:]) for row in offers(connection, viewer="SF", round_uid=uid_of(connection, into))
            ]

    assert seen("texts 1") == [(1, "abstracts", 2, 1, 1)]
    assert seen("texts 2") == [(1, "abstracts", 3, 1, 1)]
    assert seen("abstracts") == []


def test_in_a_blind_round_nobody_brings_in_by_what_others_decided(review: Desk) -> None:
    rounds.add_round(
        review, "blind", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True,
        maybe=MaybeRule.FORWARD,
    )  # fmt: skip
    rounds.enter(review, "blind", ["A", "B", "C"])
    other = Desk(review.store, "NG")
    for label, verdict in (("A", Verdict.INCLUDE), ("B", Verdict.INCLUDE), ("C", Verdict.EXCLUDE)):
        screening.decide(review, label, verdict, round_="blind")
    for desk in (review, other):
        assert found(desk, "texts 1", "blind") == {}
        assert found(desk, "texts 1", "blind", verdicts=["exclude"]) == {}
        assert found(desk, "texts 1", words="label:C") == {"C": ""}
    screening.decide(other, "A", Verdict.INCLUDE, round_="blind")
    assert found(other, "texts 1", "blind") == {"A": ""}
    rounds.open_round(review, "blind")
    assert found(other, "texts 1", "blind") == {"A": ""}
