"""Where the review stands and what is next, for each person, on each engine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import read
from realist.errors import NoReview
from realist.queries.home import Home, Step, home
from realist.services import (
    configurations,
    evidence,
    importing,
    mechanisms,
    papers,
    plan,
    rounds,
    sameness,
    screening,
)
from realist.services.importing import Origin
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.vocabulary import ConfigurationStatus, Fate, RoundKind, Verdict
from tests.conftest import START
from tests.services.exports import RIS


def seen(desk: Desk, **how: object) -> Home:
    with desk.store.read() as connection:
        return home(connection, desk.initials, **how)  # type: ignore[arg-type]


def steps(desk: Desk) -> list[tuple[str, str]]:
    return [(step.word, step.sentence) for step in seen(desk).next]


@pytest.fixture
def titles(desk: Desk) -> Desk:
    """Papers A to F in the round "titles" of stage 1, for two readers."""
    plan.add_stage(desk, "1", purpose="theory")
    rounds.add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2)
    for label in "ABCDEF":
        papers.add_paper(desk, label=label)
    rounds.enter(desk, "titles", list("ABCDEF"))
    return desk


def decide(desk: Desk, who: str, **verdicts: str) -> None:
    for paper, verdict in verdicts.items():
        screening.decide(Desk(desk.store, who), paper, Verdict(verdict), round_="titles")


def test_a_file_without_a_review(store: Store) -> None:
    with store.read() as connection, pytest.raises(NoReview):
        home(connection, "SF")


def test_a_new_review_says_how_to_begin(desk: Desk) -> None:
    found = seen(desk)
    assert (found.title, found.question, found.papers, found.stages) == (
        "A review for tests", "What works?", 0, (),
    )  # fmt: skip
    assert [step.word for step in found.next] == ["plan", "import"]
    plan.add_stage(desk, "1")
    papers.add_paper(desk, label="A")
    assert steps(desk) == [("rounds", "Add a screening round for 1 paper")]
    rounds.add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    assert steps(desk) == [("rounds", "Bring papers into round “titles”")]


def test_a_round_says_what_waits_and_for_whom(titles: Desk) -> None:
    decide(titles, "SF", A="include", B="include", C="exclude", D="maybe", E="include")
    decide(titles, "NG", A="include", B="exclude", C="exclude", D="maybe")
    decide(titles, "SF", E="undecided")
    (stage,) = seen(titles).stages
    assert (stage.name, stage.purpose, stage.records, stage.papers) == ("1", "theory", 0, 0)
    (line,) = stage.rounds
    assert line[1:] == (1, "titles", "title and abstract", 2, 6, 4, 1, 1, 1, 1, 2, 2)
    assert line._fields[1:] == (
        "number", "name", "kind", "readers", "entries", "decided", "include", "exclude", "maybe", "conflicts",
        "open", "mine",
    )  # fmt: skip
    decide(titles, "NG", E="include")
    for who, mine in (("SF", 2), ("NG", 1), ("XX", 2)):
        assert seen(Desk(titles.store, who)).stages[0].rounds[0].mine == mine
    assert seen(titles).next[:2] == (
        Step("screen", "Decide on 2 papers in round “titles”", line.uid),
        Step("resolve", "Resolve 1 conflict in round “titles”", line.uid),
    )
    sameness.join_papers(titles, "F", "E")
    assert seen(titles).stages[0].rounds[0].open == 1
    assert seen(titles).papers == 5


def test_records_and_duplicates_of_a_stage(titles: Desk, tmp_path: Path) -> None:
    plan.add_stage(titles, "2")
    plan.add_search(titles, "Medbase", stage="2")
    (tmp_path / "m.ris").write_bytes(RIS)
    importing.import_file(titles, tmp_path / "m.ris", Origin(search="Medbase"))
    assert seen(titles).stages[1][3:6] == (4, 0, 4)
    sameness.join_papers(titles, "#9", "#7")
    sameness.join_papers(titles, "#8", "A")
    assert seen(titles).stages[1][3:6] == (4, 1, 3), "joined to a paper of no search it is still found once"
    assert seen(titles).stages[0][3:6] == (0, 0, 0)
    assert seen(titles).papers == 8


def test_what_is_left_to_extract_and_to_complete(titles: Desk) -> None:
    for who in ("SF", "NG"):
        decide(titles, who, **dict.fromkeys("ABCDEF", "include"))
    mechanisms.add_mechanism(titles, "Trust")
    for name in ("Hope", "Luck", "Fate"):
        mechanisms.add_mechanism(titles, name)
    assert steps(titles) == [
        ("extract", "Read and extract 6 included papers without evidence or box"),
        ("mechanisms", "Look for evidence on 4 mechanisms without any"),
    ]
    mechanisms.decide_fate(titles, "Fate", Fate.PARKED, reason="thin")
    mechanisms.merge_mechanisms(titles, "Luck", ["Hope"], reason="one")
    evidence.add_evidence(titles, "B", claim="x", mechanism="Luck")
    sameness.join_papers(titles, "B", "A")
    parts = read("small firms (C) → calls (M+, Resource) → a first day (O+)").parts
    whole = tuple(BoxElement(part) for part in parts)
    for label, paper, elements, status in (
        ("1", "C", whole, "candidate"),
        ("2", "C", whole[:2], "candidate"),
        ("3", "D", (), "candidate"),
        ("4", "E", whole[1:], "dropped"),
    ):
        box = Box(
            label=label, papers=(Ref("", paper),), elements=elements, status=ConfigurationStatus(status)
        )
        configurations.add_configuration(titles, box)
    found = seen(titles)
    assert (found.to_extract, found.partial_boxes, found.bare_mechanisms) == (2, 2, 1)
    assert [step[:2] for step in found.next] == [
        ("extract", "Read and extract 2 included papers without evidence or box"),
        ("boxes", "Complete 2 boxes that lack a context, a mechanism or an outcome"),
        ("mechanisms", "Look for evidence on 1 mechanism without any"),
    ]
    with titles.store.read() as connection:
        named = [
            connection.exec_driver_sql(f"SELECT {name} FROM {table} WHERE uid = '{step.subject}'").scalar()
            for (name, table), step in zip(
                [("label", "paper"), ("label", "configuration"), ("name", "mechanism")],
                found.next,
                strict=True,
            )
        ]
    assert named == ["E", "2", "Trust"]


def test_my_pace_in_the_last_hour_and_the_latest_acts(titles: Desk) -> None:
    decide(titles, "SF", A="include", B="exclude", C="maybe")
    decide(titles, "SF", C="undecided")
    decide(titles, "NG", A="include")
    with titles.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT at FROM decision ORDER BY at").scalars().all()
    found = seen(titles, now=START + timedelta(minutes=30))
    assert found.last_hour == 3
    first, last = (float(row[14:16]) * 60 + float(row[17:-1]) for row in (rows[0], rows[2]))
    assert found.rate == pytest.approx(2 * 3600 / (last - first))
    later = seen(titles, now=START + timedelta(hours=3))
    assert (later.last_hour, later.rate) == (0, None)
    assert [act["intention"] for act in found.acts[:2]] == ["decide include", "add person"]
    assert len(found.acts) == 10
