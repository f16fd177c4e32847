"""The leadership review comes out right, line by line, from what the file holds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from realist.domain.flow import Line
from realist.errors import Refused
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.samples import leadership as sample
from realist.services import rounds, screening
from realist.services.history import undo
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.store.tables import Base
from realist.vocabulary import FlowStep, Verdict
from tests.conftest import own_schema
from tests.samples.conftest import Ask

S = FlowStep


def lines_of(store: Store, stage: str, kind: str | None) -> list[Line]:
    with store.read() as connection:
        flow = next(found for found in staged_flow(connection) if found.name == stage)
    return next(group.lines for group in flow.groups if group.kind == kind)


def reported(lines: list[Line]) -> list[tuple[FlowStep, int | None]]:
    return [(line.step, line.reported.value) for line in lines if line.reported]


def derived_alone(lines: list[Line]) -> dict[FlowStep, int]:
    return {line.step: line.derived.value for line in lines if line.derived and not line.reported}


# --- searching and screening ---------------------------------------------------------------------------


def test_stage_1a_databases(leadership: Store) -> None:
    lines = lines_of(leadership, "1a", "database")
    assert reported(lines) == [
        (S.IDENTIFIED, 1446),
        (S.DUPLICATES, 532),
        (S.SCREENED, 914),
        (S.ASSESSED, 66),
        (S.INCLUDED, 23),
    ]
    assert derived_alone(lines) == {S.EXCLUDED_SCREENING: 848, S.EXCLUDED_FULL_TEXT: 43}
    assert next(line for line in lines if line.step is S.SCREENED).balanced


def test_stage_1a_grey_literature_has_an_unknown_number_of_hits(leadership: Store) -> None:
    lines = lines_of(leadership, "1a", "grey literature")
    assert reported(lines) == [(S.IDENTIFIED, None), (S.ASSESSED, 41), (S.INCLUDED, 14)]
    assert lines[0].reported is not None
    assert lines[0].reported.qualifier == "unknown"
    assert derived_alone(lines) == {S.EXCLUDED_FULL_TEXT: 27}


def test_stage_1a_includes_37_in_all(leadership: Store) -> None:
    (line,) = lines_of(leadership, "1a", None)
    assert reported([line]) == [(S.INCLUDED, 37)]
    assert line.balanced


def test_stage_1b(leadership: Store) -> None:
    assert reported(lines_of(leadership, "1b", "reference lists")) == [(S.IDENTIFIED, 12)]
    lines = lines_of(leadership, "1b", "website")
    assert reported(lines) == [(S.IDENTIFIED, 20), (S.ASSESSED, 20), (S.INCLUDED, 14)]
    assert derived_alone(lines) == {S.EXCLUDED_FULL_TEXT: 6}


def test_stage_2_abstracts(leadership: Store) -> None:
    lines = lines_of(leadership, "2", "database")
    assert reported(lines) == [(S.DUPLICATES, None), (S.SCREENED, 5673), (S.PASSED, 420)]
    assert derived_alone(lines) == {S.EXCLUDED_SCREENING: 5253}


def test_stage_2_from_420_to_36(leadership: Store) -> None:
    lines = lines_of(leadership, "2", None)
    added = [(line.label, line.reported.value) for line in lines if line.step is S.ADDED and line.reported]
    assert added == [
        ("stakeholder group and co-applicants", 11),
        ("found in the stage 1 search but not in stage 2", 2),
        ("multi-team-system papers of stage 1", 14),
        ("reference lists of relevant papers", 11),
        ("one paper excluded before, brought back", 1),
        ("Nuffield Trust website", 3),
    ]
    assert [number for number in reported(lines) if number[0] is not S.ADDED] == [
        (S.SOUGHT, 458),
        (S.SOUGHT, 462),
        (S.NOT_OBTAINED, 16),
        (S.ASSESSED, 446),
        (S.INCLUDED, 36),
    ]
    assert derived_alone(lines) == {S.EXCLUDED_FULL_TEXT: 410}
    assert [line.step for line in lines if line.balanced] == [S.SOUGHT, S.ASSESSED]


def test_no_number_of_the_flow_is_computed_and_each_says_where_it_stands(leadership: Store, ask: Ask) -> None:
    with leadership.read() as connection:
        groups = [group for stage in staged_flow(connection) for group in stage.groups]
    assert [line for group in groups for line in group.lines if line.computed is not None] == []
    assert ask("SELECT * FROM reported_count WHERE source NOT LIKE 'Sims et al. 2021, %'") == []
    for empty in ("record", "import", "entry", "decision"):
        assert ask(f"SELECT * FROM {empty}") == []


def test_what_led_to_the_searches_of_stage_1b(ask: Ask) -> None:
    assert ask(
        "SELECT s.name, s.kind, c.name, c.mode FROM search s JOIN consultation c ON c.uid = s.led_by"
        " ORDER BY s.number"
    ) == [
        (
            "Reference lists of excluded papers (1b)",
            "reference lists",
            "Stakeholder meeting 1",
            "meeting",
        ),
        ("Google Scholar (1b)", "website", "International adviser", None),
    ]
    assert ask("SELECT name FROM search WHERE hits IS NOT NULL") == []


def test_the_third_meeting_moved_online(ask: Ask) -> None:
    ((planned, instead, reason),) = ask("SELECT planned, instead, reason FROM process_change")
    assert "face to face" in planned
    assert "online" in instead
    assert "Covid-19" in reason
    assert ask("SELECT name FROM consultation WHERE mode = 'online meeting'") == [("Stakeholder meeting 3",)]


def test_nineteen_stakeholders_and_no_number_for_a_meeting(ask: Ask) -> None:
    assert ask("SELECT value FROM reported_count WHERE counts = 'people'") == [(19,)]
    assert ask("SELECT name FROM consultation WHERE people IS NOT NULL") == []


# --- papers --------------------------------------------------------------------------------------------


def test_36_papers_of_which_27_have_a_reference(ask: Ask) -> None:
    assert ask("SELECT count(*), count(DISTINCT label), min(number), max(number) FROM paper") == [
        (36, 36, 1, 36)
    ]
    assert ask("SELECT count(*) FROM paper WHERE title != '' AND authors != ''") == [(27,)]
    only_named = ask("SELECT label FROM paper WHERE title = '' ORDER BY number")
    assert [label for (label,) in only_named] == [
        "Balasubramanian (2012)",
        "Brouselle (2010)",
        "Klinga (2016)",
        "Payne (2019)",
        "Roberts (2018)",
        "Shand (2019)",
        "Stuart (2012)",
        "Touati (2006)",
        "Van Eyk (2002)",
    ]
    assert ask("SELECT label FROM paper WHERE title = '' AND (authors || journal || doi) != ''") == []


def test_williams_2012a_and_2012b_are_two_papers(ask: Ask) -> None:
    assert ask("SELECT label, authors, year, doi FROM paper WHERE label LIKE 'Williams%' ORDER BY label") == [
        ("Williams (2012a)", "Williams P", 2012, "10.1108/14769011211237500"),
        ("Williams (2012b)", "Williams PM", 2012, "10.1111/j.1365-2524.2012.01076.x"),
    ]


def test_three_references_name_no_journal(ask: Ask) -> None:
    found = ask("SELECT label FROM paper WHERE title != '' AND journal = '' ORDER BY number")
    assert found == [("Best (2017)",), ("Chreim (2010)",), ("Williams (2012a)",)]


def test_two_included_sets_of_which_one_is_listed(leadership: Store, ask: Ask) -> None:
    assert ask(
        "SELECT s.name, r.name, count(l.uid) FROM included_set s LEFT JOIN round r ON r.uid = s.round"
        " LEFT JOIN listed_paper l ON l.included_set = s.uid GROUP BY s.uid, r.name ORDER BY s.at"
    ) == [("theory building", None, 0), ("testing", "Full texts, stage 2", 36)]
    assert ask("SELECT DISTINCT source FROM listed_paper") == [("Sims et al. 2021, Table 2",)]
    with leadership.read() as connection:
        grid = evidence_grid(connection)
    assert (grid.of_set, grid.of_list) == ("testing", "Table 2")


# --- the file ------------------------------------------------------------------------------------------


def test_every_reference_points_somewhere_and_the_licence_is_named(ask: Ask) -> None:
    assert ask("PRAGMA foreign_key_check") == []
    ((citation,),) = ask("SELECT citation FROM review")
    assert "doi:10.5334/ijic.5936" in citation
    assert "CC BY 4.0" in citation


def dump(path: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.mark.slow
def test_two_builds_are_equal_row_by_row(leadership: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    command = f"from realist.samples.leadership import build_leadership as b; b({str(other)!r})"
    subprocess.run(
        [sys.executable, "-c", command],
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    first, second = dump(leadership.address), dump(str(other))
    assert len(first) > 2000
    assert first == second


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine", encoding="ascii")
    with pytest.raises(Refused, match="already there"):
        sample.build_leadership(str(there))
    assert there.read_text(encoding="ascii") == "mine"


def test_a_build_that_stops_half_way_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sample, "_write_papers", stop)
    with pytest.raises(KeyboardInterrupt):
        sample.build_leadership(str(tmp_path / "half.db"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_server_holds_the_same_rows(leadership: Store) -> None:
    for address in own_schema(f"realist_sample_{os.getpid()}"):
        sample.build_leadership(address)
        server = open_store(address)
        with leadership.read() as here, server.read() as there:
            for table in Base.metadata.sorted_tables:
                rows = [{tuple(row) for row in side.execute(select(table))} for side in (here, there)]
                assert rows[0] == rows[1], table.name
        server.close()


def test_an_excluded_paper_leaves_the_grid_and_comes_back(leadership_file: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "own.realist")
    shutil.copy(leadership_file, path)
    store = open_store(path)
    desk = Desk(store, "SF")
    rounds.enter(desk, "Full texts, stage 2", ["Aitken (2014)"])
    screening.decide(desk, "Aitken (2014)", Verdict.EXCLUDE, round_="Full texts, stage 2")
    with store.read() as connection:
        grid = evidence_grid(connection)
    assert len(grid.rows) == 35
    assert [column.n for column in grid.columns] == [12, 5, 5, 7, 3, 13, 9, 0]
    undo(desk)
    with store.read() as connection:
        assert [column.n for column in evidence_grid(connection).columns] == [13, 6, 6, 7, 4, 14, 9, 0]
    store.close()
