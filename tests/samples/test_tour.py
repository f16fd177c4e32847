"""The tour holds what it is for: a little of everything, sound, harmless, and the same each time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from realist.domain.notation import read
from realist.errors import Refused
from realist.queries.boxes import boxes
from realist.queries.checking import findings
from realist.queries.doubts import questions
from realist.queries.flow import staged_flow
from realist.queries.grid import Grid, evidence_grid
from realist.queries.kin import related, studies
from realist.queries.naming import resolve
from realist.queries.screening import rounds
from realist.queries.waiting import waiting
from realist.samples import tour as sample
from realist.samples.building import Calendar, read_data
from realist.store.engine import Store, open_store
from realist.store.tables import Base
from realist.text import line, paragraphs, plain
from realist.vocabulary import (
    Activation,
    Basis,
    CellState,
    ConfigurationStatus,
    ContextLevel,
    ElementKind,
    Fate,
    FlowStep,
    Lineage,
    MoveKind,
    Polarity,
    Qualifier,
    ReadingResult,
    Severity,
    SourceKind,
    Stance,
    Valence,
    Verdict,
    Voice,
)
from tests.conftest import own_schema
from tests.samples.conftest import Ask


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, tour_file: Path) -> Iterator[Store]:
    """The tour, open."""
    file: Path = tmp_path_factory.mktemp("tour") / "tour.db"
    shutil.copy(tour_file, file)
    store = open_store(str(file))
    yield store
    store.close()


@pytest.fixture(scope="module")
def ask(tour: Store) -> Ask:
    """A question in SQL to the tour."""

    def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with tour.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql, values)]

    return rows


@pytest.fixture(scope="module")
def grid(tour: Store) -> Grid:
    with tour.read() as connection:
        return evidence_grid(connection)


def distinct(ask: Ask, table: str, column: str) -> set[Any]:
    return {value for (value,) in ask(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")}


# --- the build -----------------------------------------------------------------------------------------


def dump(path: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.mark.slow
def test_two_builds_are_equal_row_by_row(tour: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    command = f"from realist.samples.tour import build_tour as b; b({str(other)!r})"
    subprocess.run(
        [sys.executable, "-c", command],
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    first, second = dump(tour.address), dump(str(other))
    assert len(first) > 2000
    assert first == second


@pytest.mark.slow
def test_a_server_holds_the_same_rows(tour: Store) -> None:
    for address in own_schema(f"realist_tour_{os.getpid()}"):
        sample.build_tour(address)
        server = open_store(address)
        with tour.read() as here, server.read() as there:
            for table in Base.metadata.sorted_tables:
                rows = [{tuple(row) for row in side.execute(select(table))} for side in (here, there)]
                assert rows[0] == rows[1], table.name
            assert findings(there) == []
        server.close()


@pytest.mark.slow
def test_it_is_sound_and_fully_indexed(tour: Store, ask: Ask) -> None:
    with tour.read() as connection:
        assert findings(connection) == []
    assert ask("SELECT * FROM search_due") == []


def test_a_build_that_stops_half_way_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(sample.STEPS, "mechanism", stop)
    with pytest.raises(KeyboardInterrupt):
        sample.build_tour(str(tmp_path / "half.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="ascii")
    with pytest.raises(Refused, match="already there"):
        sample.build_tour(str(there))
    assert there.read_text(encoding="ascii") == "mine"


def test_the_calendar_moves_by_its_step_and_never_back() -> None:
    calendar = Calendar(date(2025, 3, 3), timedelta(seconds=5))
    calendar.go_to(date(2025, 3, 10))
    calendar.go_to(date(2025, 3, 4))
    assert [f"{calendar():%Y-%m-%d %H:%M:%S}" for _ in range(2)] == [
        "2025-03-10 09:00:00",
        "2025-03-10 09:00:05",
    ]


def test_every_step_is_used_and_every_table_has_rows_but_the_index_log(tour: Store, ask: Ask) -> None:
    used = {name for chapter in sample.CHAPTERS for name in read_data(f"tour_{chapter}")} - {"day"}
    assert used == set(sample.STEPS)
    empty = [
        table.name
        for table in Base.metadata.sorted_tables
        if ask(f'SELECT count(*) FROM "{table.name}"') == [(0,)]
    ]
    assert set(empty) == {"search_due"}


def test_no_text_in_it_is_hostile(tour: Store, ask: Ask) -> None:
    raw = {"record_raw", "act", "change", "import_problem", "search_piece"}
    strange = []
    for table in Base.metadata.sorted_tables:
        if table.name in raw:
            continue
        for row in ask(f'SELECT * FROM "{table.name}"'):
            texts = (value for value in row if isinstance(value, str))
            if table.name in ("excerpt", "document_page"):  # what stands around a quotation begins anywhere
                strange += [text for text in texts if plain(text) != text]
            else:
                strange += [text for text in texts if text not in (line(text), paragraphs(text))]
    assert strange == []


# --- papers and screening ------------------------------------------------------------------------------


def test_papers_of_which_four_were_joined_by_people_and_one_by_the_program(ask: Ask) -> None:
    assert ask("SELECT count(*), max(number) FROM paper") == [(66, 66)]
    assert ask("SELECT i.file, i.records, i.refused, s.name FROM import i JOIN search s ON s.uid = i.search"
               " ORDER BY i.at") == [
        ("tour_medline.ris", 24, 0, "MEDLINE 1a"),
        ("tour_grey.ris", 5, 1, "Grey literature 1a"),
        ("tour_cinahl.ris", 26, 0, "CINAHL 1b"),
        ("tour_scholar.ris", 6, 0, "Scholar 1b"),
    ]  # fmt: skip
    joins = ask("SELECT rule, count(*) FROM paper_join WHERE ended = '' AND reason != '' GROUP BY rule")
    assert sorted(joins) == [("evidence", 1), ("person", 4)]
    assert ask("SELECT count(*) FROM paper WHERE supplied_by != ''") == [(5,)]
    assert {severity for (severity,) in ask("SELECT severity FROM import_problem")} == {*Severity}
    assert ask("SELECT min(year), max(year) FROM paper") == [(2001, 2024)]


def test_each_label_means_one_paper(ask: Ask) -> None:
    labels = ask(
        "SELECT label FROM paper WHERE uid NOT IN (SELECT from_paper FROM paper_join) ORDER BY label"
    )
    assert len({label for (label,) in labels}) == len(labels) == 61


def test_people_are_asked_about_two_pairs_and_offered_an_erratum(tour: Store) -> None:
    with tour.read() as connection:
        asked = questions(connection)
        assert [question.kind for question in asked] == [None, None, "erratum"]
        ((other,),) = (related(connection, resolve(connection, "paper", "Fitzmaurice (2010)")),)
        assert (other["label"], other["kind"]) == ("Fitzmaurice (2009)", "preprint")
        (study,) = studies(connection)
    assert (study["kind"], len(study["papers"])) == ("programme", 2)


def test_abstracts_are_worth_screening_and_few_papers_have_none(ask: Ask) -> None:
    texts = ask(
        "SELECT coalesce(nullif(t.abstract, ''), r.abstract) FROM paper p"
        " LEFT JOIN paper_text t ON t.uid = p.uid LEFT JOIN record ON record.paper = p.uid"
        " LEFT JOIN record_text r ON r.uid = record.uid"
        " WHERE p.uid NOT IN (SELECT from_paper FROM paper_join)"
    )
    lengths = [len(text.split()) for (text,) in texts]
    assert lengths.count(0) == 3 + 5, "what Scholar found has none"
    assert {n for n in lengths if not 60 <= n <= 160} == {0}
    assert len({text for (text,) in texts if text}) == 53
    assert sum("\n" in text for (text,) in texts) >= 4


def test_what_was_exported_is_kept_beside_what_was_corrected(ask: Ask) -> None:
    corrected = ask("SELECT field, original, value FROM field_override WHERE reason != '' ORDER BY at, uid")
    assert ("year", "", "2012") in corrected
    assert ("year", "2014", "2013") in corrected
    assert ("label", "Trust (2017)", "Walk Together Trust (2017)") in corrected
    assert [original.count("wakling") for field, original, _ in corrected if field == "title"] == [1]
    titles = " ".join(title for (title,) in ask("SELECT title FROM paper"))
    assert all(sign in titles for sign in "–β?")


def test_tags_on_papers(ask: Ask) -> None:
    assert Counter(
        name for (name,) in ask("SELECT t.name FROM tagging g JOIN tag t ON t.uid = g.tag")
    ) == {"qualitative": 4, "rural": 3, "theory": 2, "check again": 2}  # fmt: skip


def test_one_round_is_done_one_half_done_and_one_partly(tour: Store) -> None:
    with tour.read() as connection:
        found = rounds(connection)
    names = ("readers", "entries", "include", "exclude", "maybe", "conflicts", "open")
    assert {row["name"]: tuple(row[name] for name in names) for row in found} == {
        "Titles and abstracts, 1a": (1, 29, 16, 10, 3, 0, 0),
        "Titles and abstracts, 1b": (2, 27, 5, 5, 1, 4, 12),
        "Full texts, 1b": (1, 23, 15, 4, 0, 0, 4),
        "Pilot: a second look": (2, 6, 3, 2, 0, 1, 0),
        "Second look, 1b": (2, 9, 2, 2, 0, 0, 5),
    }
    assert all(len(row["reasons"]) >= 2 for row in found)
    assert [row["name"] for row in found if row["blind"] and not row["opened"]] == ["Second look, 1b"]


def test_decisions_have_verdicts_reasons_notes_doors_and_uses(ask: Ask) -> None:
    assert distinct(ask, "decision", "verdict") == {Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE}
    assert ask("SELECT count(*) FROM decision WHERE (verdict = 'exclude') != (reason IS NOT NULL)") == [(0,)]
    assert ask("SELECT count(*) FROM decision WHERE note != ''") > [(10,)]
    assert distinct(ask, "entry", "door") == {"search", "earlier stage", "brought back", "supplied"}
    assert ask("SELECT count(*) FROM decision WHERE \"use\" = 'testing'") == [(15,)]


def test_four_people_of_whom_one_has_left(ask: Ask) -> None:
    people = ask("SELECT initials, active FROM person ORDER BY initials")
    assert [(initials, bool(active)) for initials, active in people] == [
        ("AB", True),
        ("CD", True),
        ("EF", False),
        ("GH", True),
    ]
    acts = ask("SELECT p.initials FROM act a JOIN person p ON p.uid = a.person")
    assert min(Counter(initials for (initials,) in acts).values()) > 20


def test_the_flow_has_computed_unknown_and_disagreeing_numbers(tour: Store, ask: Ask) -> None:
    with tour.read() as connection:
        first, second = staged_flow(connection)
    lines = [found for group in first.groups for found in group.lines]
    assert [found.step for found in lines if found.balanced is False] == [FlowStep.SCREENED]
    assert {found.reported.qualifier for found in lines if found.reported} >= {Qualifier.UNKNOWN}
    whole = {found.step: found.computed for found in second.groups[-1].lines if not found.label}
    assert (whole[FlowStep.IDENTIFIED], whole[FlowStep.ALREADY_KNOWN], whole[FlowStep.INCLUDED]) == (
        32,
        5,
        15,
    )
    assert ask("SELECT count(*) FROM process_change") == [(3,)]


# --- theory --------------------------------------------------------------------------------------------


def test_mechanisms_in_all_their_lives(ask: Ask) -> None:
    latest: dict[str, str] = {}
    for name, fate in ask(
        "SELECT m.name, f.fate FROM mechanism_fate f JOIN mechanism m ON m.uid = f.mechanism"
        " ORDER BY f.at, f.uid"
    ):
        latest[name] = fate
    assert Counter(latest.values()) == {
        Fate.KEPT: 5, Fate.MERGED: 2, Fate.PROPOSED: 2, Fate.DROPPED: 1, Fate.PARKED: 2, Fate.SPLIT: 1,
    }  # fmt: skip
    versions = ask("SELECT max(number) FROM mechanism_version GROUP BY mechanism")
    assert Counter(n for (n,) in versions) == {1: 6, 2: 4, 3: 1}
    assert ask("SELECT count(*) FROM mechanism_alias") == [(6,)]


def test_lives_of_each_kind(ask: Ask, tour: Store) -> None:
    lived = {*MoveKind} - {
        MoveKind.DESCRIBE, MoveKind.JUXTAPOSE, MoveKind.RECONCILE, MoveKind.ADJUDICATE,
        MoveKind.CONSOLIDATE, MoveKind.SITUATE,
    }  # fmt: skip
    assert distinct(ask, "move", "kind") >= lived
    for kind in ("context", "outcome"):
        for table in ("alias", "version", "fate", "merge"):
            assert ask(f"SELECT count(*) FROM {kind}_{table}") > [(0,)]
    with tour.read() as connection:
        rows = waiting(connection, "mechanism", resolve(connection, "mechanism", "Something to do"))
    assert [(row["paper"], row["words"]) for row in rows] == [
        ("Doherty (2002)", "supports: Members spoke of the next walk all week.")
    ]


def test_lists_and_what_is_known_of_their_descent(ask: Ask) -> None:
    assert distinct(ask, "list_lineage", "lineage") == {*Lineage}
    assert ask("SELECT name, agreed FROM mechanism_list ORDER BY position") == [
        ("Funding bid", 0),
        ("Preliminary", 0),
        ("Agreed", 1),
    ]


def test_contexts_of_each_level_and_voices_of_each_kind(ask: Ask) -> None:
    assert distinct(ask, "context", "level") == {*ContextLevel}
    assert ask("SELECT count(*) FROM outcome") == [(5,)]
    assert ask("SELECT count(*) FROM consultation") == [(3,)]
    assert distinct(ask, "feedback", "voice") == {*Voice}


def test_evidence_and_readings_of_each_kind(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM evidence") == [(53,)]
    assert distinct(ask, "evidence", "stance") == {*Stance}
    assert ask("SELECT count(*) FROM evidence WHERE excerpt IS NOT NULL") > [(15,)]
    assert distinct(ask, "reading", "result") == {*ReadingResult}


def test_the_grid_has_every_state_and_contradictions(grid: Grid) -> None:
    assert (grid.of_set, grid.of_list) == ("testing", "Agreed")
    assert [(column.name, column.n) for column in grid.columns] == [
        ("Safety in like company", 6),
        ("Living proof", 5),
        ("Belonging", 7),
        ("Being expected", 7),
        ("One's own pace", 5),
        ("Being of use", 3),
    ]
    cells = [row.cells[of.uid] for row in grid.rows for of in grid.columns if of.uid in row.cells]
    assert {cell.state for cell in cells} | {CellState.NOT_LOOKED} == {*CellState}
    assert len(cells) < len(grid.rows) * len(grid.columns)
    contradictory = [cell for cell in cells if {Stance.SUPPORTS, Stance.WEAKENS} <= {*cell.stances}]
    assert len(contradictory) == 3


def test_evidence_follows_one_merge_and_waits_under_the_other(tour: Store, grid: Grid) -> None:
    belonging = next(column.uid for column in grid.columns if column.name == "Belonging")
    okafor = next(row for row in grid.rows if row.label == "Okafor (2014)")
    assert okafor.cells[belonging].claims == 1
    with tour.read() as connection:
        preliminary = evidence_grid(connection, of_list="Preliminary")
    assert {column.name: column.n for column in preliminary.columns}["Encouragement"] == 3


# --- boxes ---------------------------------------------------------------------------------------------


def test_boxes_show_everything_that_a_box_can_show(tour: Store) -> None:
    with tour.read() as connection:
        found = boxes(connection)
    elements = [element for box in found for element in box.elements]
    parts = [element.part for element in elements]
    assert len(found) == 16
    assert {part.valence for part in parts} == {*Valence, None}
    assert {part.activation for part in parts} == {*Activation, None}
    assert {part.kind for part in parts} == {
        ElementKind.CONTEXT, ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.MECHANISM,
        ElementKind.OUTCOME, ElementKind.UNSURE,
    }  # fmt: skip
    assert {box.polarity for box in found} == {*Polarity, None}
    assert {source.kind for element in elements for source in element.sources} == {*SourceKind}
    assert {tag.kind for element in elements for tag in element.tags} == {"mechanism", "context", "outcome"}
    assert Counter(box.status for box in found) == {
        ConfigurationStatus.PAPER_LEVEL: 14,
        ConfigurationStatus.CANDIDATE: 1,
        ConfigurationStatus.SYNTHESISED: 1,
    }
    assert [box.label for box in found if ElementKind.CONTEXT not in {part.kind for part in box.parts}] == [
        "11"
    ]


def test_every_inferred_element_says_why(tour: Store) -> None:
    with tour.read() as connection:
        elements = [element for box in boxes(connection) for element in box.elements]
    inferred = [element for element in elements if element.part.basis is Basis.INFERRED]
    assert len(inferred) == 5
    for element in inferred:
        assert element.sources[-1].kind is SourceKind.INFERENCE
        assert element.sources[-1].text


def test_one_box_rests_on_two_and_one_begins_where_another_ends(tour: Store) -> None:
    with tour.read() as connection:
        found = {box.label: box for box in boxes(connection)}
    assert [(row.kind, row.configuration.name) for row in found["14"].relations] == [
        ("rests on", "4"),
        ("rests on", "5"),
    ]
    assert {source.paper.name for e in found["14"].elements for source in e.sources if source.paper} == {
        "van der Meulen (2011)",
        "Byrne (2016b)",
    }
    (link,) = [link for box in found.values() for link in box.links]
    assert link.from_uid == found["8"].elements[-1].uid
    assert link.to_uid == found["9"].elements[0].uid


def test_every_box_is_written_in_the_notation() -> None:
    problems = {row["label"]: read(row["text"]).problems for row in read_data("tour_boxes")["box"]}
    assert {label: found for label, found in problems.items() if found} == {}


# --- the log -------------------------------------------------------------------------------------------


def test_the_log_shows_what_was_undone_and_what_was_redone(ask: Ask) -> None:
    assert ask(
        "SELECT a.intention, p.initials FROM act a JOIN person p ON p.uid = a.person"
        " WHERE a.undoes IS NOT NULL ORDER BY a.number"
    ) == [("undo", "CD"), ("undo", "EF"), ("undo", "GH"), ("undo", "AB"), ("redo", "EF")]
    assert ask("SELECT title FROM review") == [
        ("Peer-led walking groups after a cardiac event: an invented realist review",)
    ]
