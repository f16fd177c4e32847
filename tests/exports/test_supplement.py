"""Reports for the supplement: every number is the one its query gives, and what is hidden is not in them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.exports.supplement.checklist import STANDARDS, Filled, checklist, standard
from realist.exports.supplement.methods import feedback, methods
from realist.exports.supplement.papers import appraised, characteristics, excluded
from realist.exports.supplement.searching import search_appendix
from realist.exports.table import Document, Frame, Table
from realist.exports.writing import FORMATS, written
from realist.queries.facts import FACTS, facts
from realist.queries.flow import staged_flow
from realist.queries.sets import included_sets
from realist.services import papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.vocabulary import FlowStep, RoundKind, Verdict


@pytest.fixture(scope="module")
def tour(tour_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample, open."""
    path = tmp_path_factory.mktemp("tour") / "tour.realist"
    path.write_bytes(tour_file.read_bytes())
    store = open_store(str(path))
    yield store
    store.close()


def table(document: Document) -> Table:
    (found,) = document.tables
    return found


def column(of: Table, name: str) -> list[str]:
    place = [one.name for one in of.columns].index(name)
    return [row.cells[place].text for row in of.rows]


def test_every_included_paper_is_in_the_table_with_how_it_was_found(tour: Store) -> None:
    with tour.read() as connection:
        found = table(characteristics(connection, viewer="AB"))
        sets = included_sets(connection, viewer="AB")
        one = characteristics(connection, of_set=sets[0].uid, viewer="AB")
    members = {paper for row in sets for paper in row.members}
    assert {row.uid for row in found.rows} == members
    assert len(table(one).rows) == len(sets[0].members)
    assert "not recorded" not in column(found, "Found by")
    ways = dict(zip([row.name for row in found.rows], column(found, "Found by"), strict=True))
    assert "experts (supplied, stage 1b)" in ways["Eze (2022)"]
    assert {"Nigeria", "Ireland"} <= set(column(found, "Country"))
    assert all(len(row.cells) == len(found.columns) for row in found.rows)


def test_appraisals_stand_with_their_reasons_and_those_without_are_counted(tour: Store) -> None:
    with tour.read() as connection:
        found = table(appraised(connection, viewer="AB"))
    rigour = dict(zip([row.name for row in found.rows], column(found, "Rigour"), strict=True))
    assert rigour["Okafor (2014)"].startswith("moderate: two read everything; nobody outside did (GH); high:")
    bare = sum(not any(cell.text for cell in row.cells) for row in found.rows)
    assert found.notes[-1] == f"{bare} of {len(found.rows)} papers were not appraised."


def test_exclusions_are_as_many_as_the_flow_counts(tour: Store) -> None:
    with tour.read() as connection:
        document = excluded(connection, viewer="AB")
        flow = staged_flow(connection, viewer="AB")
    counted = [
        line.computed
        for stage in flow
        for group in stage.groups
        for line in group.lines
        if group.kind is None and line.step is FlowStep.EXCLUDED_FULL_TEXT and not line.label
    ]
    assert sum(len(one.rows) for one in document.tables) == sum(n for n in counted if n)
    reasons = [text for one in document.tables for text in column(one, "Reason")]
    assert "No walking" in reasons


def test_a_decision_that_is_hidden_is_not_told(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    rounds.add_round(
        file_desk, "Full", stage="1", kind=RoundKind.FULL_TEXT, readers=2, blind=True, reasons=["No people"]
    )
    papers.add_paper(file_desk, label="Ash (2001)")
    rounds.enter(file_desk, "Full", ["Ash (2001)"])
    screening.decide(file_desk, "Ash (2001)", Verdict.EXCLUDE, reason="1", round_="Full")
    with file_desk.store.read() as connection:
        for viewer in ("SF", "NG", ""):
            assert excluded(connection, viewer=viewer).tables == []
    screening.decide(Desk(file_desk.store, "NG"), "Ash (2001)", Verdict.EXCLUDE, reason="1", round_="Full")
    with file_desk.store.read() as connection:
        assert [row.name for row in table(excluded(connection, viewer="NG")).rows] == ["Ash (2001)"]


def test_searches_stand_as_they_were_run_and_unknown_hits_are_no_zero(tour: Store) -> None:
    with tour.read() as connection:
        document = search_appendix(connection)
    hits = [row.cells[6] for one in document.tables for row in one.rows]
    assert ("", "?") in [(cell.text, cell.sign) for cell in hits]
    frames = [part for part in document.parts if isinstance(part, Frame)]
    assert "1. exp Walking/ or (walk* adj3 (group* or together)).tw." in [
        part.text for frame in frames for part in frame.parts
    ]


@pytest.mark.parametrize("name", STANDARDS)
def test_a_standard_names_only_facts_that_there_are(name: str) -> None:
    of = standard(name)
    assert [item["number"] for item in of["item"]] == [str(n) for n in range(1, len(of["item"]) + 1)]
    assert len(of["item"]) == {"rameses": 19, "entreq": 21}[name]
    for item in of["item"]:
        assert set(item) <= {"number", "name", "section", "asks", "facts", "words"}
        assert set(item.get("facts", ())) <= FACTS.keys()
        assert item.get("facts") or item.get("words")


def test_the_items_that_data_can_fill_are_filled_on_the_sample(tour: Store) -> None:
    with tour.read() as connection:
        rameses = checklist(connection, "rameses", viewer="AB")
        entreq = checklist(connection, "entreq", viewer="AB")
    states = {row["number"]: row["state"] for row in rameses.data}
    assert {states[number] for number in ("8", "9", "12", "13", "14")} == {Filled.FILLED}
    assert {states[number] for number in ("3", "18", "19")} == {Filled.WORDS}
    by_number = {row["number"]: row["state"] for row in entreq.data}
    assert {by_number[number] for number in ("5", "6", "7", "8", "9", "13", "14", "15", "16", "20")} == {
        Filled.FILLED
    }


def test_an_empty_review_has_missing_items(file_desk: Desk) -> None:
    with file_desk.store.read() as connection:
        states = Counter(row["state"] for row in checklist(connection, "rameses").data)
    assert states[Filled.MISSING] > 3


def test_each_number_is_that_of_its_query(tour: Store, tmp_path: Path) -> None:
    with tour.read() as connection:
        said = {
            name: " ".join(fact.text for fact in facts(connection, (name,), viewer="AB")) for name in FACTS
        }
        flow = staged_flow(connection, viewer="AB")
    with sqlite3.connect(tour.address) as plain:
        (searches,) = plain.execute("SELECT count(*) FROM search").fetchone()
        (hits,) = plain.execute("SELECT sum(hits) FROM search").fetchone()
        (decisions,) = plain.execute("SELECT count(*) FROM decision").fetchone()
        (excerpts,) = plain.execute("SELECT count(*) FROM excerpt WHERE extraction IS NULL").fetchone()
    assert said["searches"].startswith(f"{searches} searches")
    assert f"Together they found {hits}" in said["searches"]
    assert f"{decisions} decisions were recorded" in said["selection"]
    assert int(said["extraction"].split(" excerpts")[0].split()[-1]) >= excerpts
    for stage in flow:
        for line in next(group for group in stage.groups if group.kind is None).lines:
            if line.computed is not None and not line.label:
                assert f"{line.step} {line.computed}" in said["flow"]


def test_a_verb_that_a_sentence_names_is_there(tour: Store) -> None:
    from realist.cli.main import cli

    with tour.read() as connection:
        verbs = {fact.verb for fact in facts(connection, tuple(FACTS), viewer="AB")}
    for verb in verbs - {"realist --version"}:
        command: object = cli
        for word in verb.split()[1:]:
            command = command.get_command(None, word)  # type: ignore[attr-defined]
            assert command is not None, verb


def test_methods_are_names_and_numbers_and_feedback_is_by_mechanism(tour: Store) -> None:
    with tour.read() as connection:
        assert "6 searches in 2 stages" in written(methods(connection, viewer="AB"), "markdown").decode()
        said = feedback(connection, viewer="AB")
        (n,) = connection.exec_driver_sql("SELECT count(*) FROM feedback").one()
    assert sum(len(one.rows) for one in said.tables) == n
    assert "Mechanism Friendly competition" in [one.title for one in said.tables]


def test_every_report_is_written_in_every_format(tour: Store) -> None:
    with tour.read() as connection:
        documents = [
            characteristics(connection, viewer="AB"), appraised(connection, viewer="AB"),
            excluded(connection, viewer="AB"), search_appendix(connection), methods(connection, viewer="AB"),
            feedback(connection, viewer="AB"),
            *(checklist(connection, name, viewer="AB") for name in STANDARDS),
        ]  # fmt: skip
    for document in documents:
        for name, of in FORMATS.items():
            if not (of.flat and not document.tables):
                assert written(document, name) == written(document, name) != b""
