"""The leadership review comes out right, line by line, from what the file holds."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from realist.domain.flow import Line
from realist.domain.notation import normalised, read, write
from realist.errors import Refused
from realist.queries.boxes import boxes
from realist.queries.flow import staged_flow
from realist.queries.grid import Grid, evidence_grid
from realist.queries.grouping import mechanism_grouping
from realist.samples import leadership as sample
from realist.store.engine import Store
from realist.vocabulary import CellState, FlowStep, SourceKind, Valence
from tests.samples.conftest import Ask

S = FlowStep
COLUMNS = (
    "Inspiring intent to work together",
    "Creating the conditions to work together",
    "Taking a wider view",
    "Commitment to learning and development",
    "Clarifying complexity",
    "Balancing multiple perspectives",
    "Working with power",
    "Fostering resilience",
)
DISSOLVED = ("Planning and coordinating", "Adaptability of leadership style")


def lines_of(store: Store, stage: str, kind: str | None) -> list[Line]:
    with store.read() as connection:
        flow = next(found for found in staged_flow(connection) if found.name == stage)
    return next(group.lines for group in flow.groups if group.kind == kind)


def reported(lines: list[Line]) -> list[tuple[FlowStep, int | None]]:
    return [(line.step, line.reported.value) for line in lines if line.reported]


def derived_alone(lines: list[Line]) -> dict[FlowStep, int]:
    return {line.step: line.derived.value for line in lines if line.derived and not line.reported}


@pytest.fixture(scope="module")
def grid(leadership: Store) -> Grid:
    with leadership.read() as connection:
        return evidence_grid(connection)


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
    for empty in ("record", "import", "round", "entry", "decision"):
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


def test_two_included_sets_of_which_one_is_listed(grid: Grid, ask: Ask) -> None:
    assert ask(
        "SELECT s.name, s.round, count(l.uid) FROM included_set s"
        " LEFT JOIN listed_paper l ON l.included_set = s.uid GROUP BY s.uid ORDER BY s.at"
    ) == [("theory building", None, 0), ("testing", None, 36)]
    assert ask("SELECT DISTINCT source FROM listed_paper") == [("Sims et al. 2021, Table 2",)]
    assert (grid.of_set, grid.of_list) == ("testing", "Table 2")


# --- mechanisms ----------------------------------------------------------------------------------------


def items(ask: Ask, name: str) -> list[tuple[str | None, str]]:
    found = ask(
        "SELECT m.name, i.printed FROM mechanism_list l"
        " JOIN mechanism_list_item i ON i.mechanism_list = l.uid"
        " LEFT JOIN mechanism m ON m.uid = i.mechanism WHERE l.name = ? ORDER BY i.position",
        name,
    )
    return [(mechanism, printed) for mechanism, printed in found]


def test_the_lists_are_those_of_the_article(ask: Ask) -> None:
    preliminary, table_1 = items(ask, "Preliminary (stage 1a)"), items(ask, "Table 1")
    assert (len(preliminary), len(table_1)) == (10, 10)
    assert {name for name, _ in preliminary}.isdisjoint(name for name, _ in table_1)
    assert items(ask, "Added at stakeholder meeting 1") == [("Use of power", "Use of power")]
    assert items(ask, "Table 2") == [
        *((name, name.upper()) for name in COLUMNS),
        (None, "GENERAL CONTEXTS"),
        (None, "GENERAL OUTCOMES"),
    ]
    assert ask("SELECT count(*) FROM mechanism") == [(21,)]


def test_no_lineage_from_the_preliminary_mechanisms_to_table_1(ask: Ask) -> None:
    assert ask(
        "SELECT a.name, b.name, g.lineage FROM list_lineage g"
        " JOIN mechanism_list a ON a.uid = g.from_list JOIN mechanism_list b ON b.uid = g.into_list"
        " ORDER BY g.at"
    ) == [
        ("Preliminary (stage 1a)", "Table 1", "not stated"),
        ("Added at stakeholder meeting 1", "Table 1", "not stated"),
        ("Table 1", "Table 2", "stated"),
    ]
    merged = "SELECT DISTINCT m.name FROM mechanism_merge g JOIN mechanism m ON m.uid = g.from_mechanism"
    assert {name for (name,) in ask(merged)} == set(DISSOLVED)


def test_use_of_power_was_added_by_stakeholders(ask: Ask) -> None:
    found = ask(
        "SELECT f.fate, c.name FROM mechanism_fate f JOIN mechanism m ON m.uid = f.mechanism"
        " LEFT JOIN consultation c ON c.uid = f.consultation WHERE m.name = 'Use of power' ORDER BY f.at"
    )
    assert found[-1] == ("proposed", "Stakeholder meeting 1")


def test_what_became_of_each_mechanism(ask: Ask) -> None:
    fates = dict(
        ask(
            "SELECT m.name, f.fate FROM mechanism_fate f JOIN mechanism m ON m.uid = f.mechanism"
            " ORDER BY f.at"
        )
    )
    assert {name for name, fate in fates.items() if fate == "kept"} == set(COLUMNS)
    assert {name for name, fate in fates.items() if fate == "merged"} == set(DISSOLVED)
    assert Counter(fates.values()) == {"proposed": 11, "kept": 8, "merged": 2}
    assert ask("SELECT uid FROM mechanism_fate WHERE reason = ''") == []


def test_two_were_dissolved_into_seven_and_their_eight_citations_place_no_tick(
    leadership: Store, grid: Grid, ask: Ask
) -> None:
    waiting = ask(
        "SELECT m.name, m.uid, count(*) FROM evidence e JOIN mechanism m ON m.uid = e.mechanism"
        " WHERE m.name IN (?, ?) GROUP BY m.uid ORDER BY m.number",
        *DISSOLVED,
    )
    assert [(name, n) for name, _, n in waiting] == [(DISSOLVED[0], 5), (DISSOLVED[1], 3)]
    with leadership.read() as connection:
        grouping = mechanism_grouping(connection)
    assert [grouping[uid] for _, uid, _ in waiting] == [uid for _, uid, _ in waiting]
    assert not {uid for _, uid, _ in waiting} & {column.uid for column in grid.columns}
    targets = ask(
        "SELECT count(*) FROM mechanism_merge g JOIN mechanism m ON m.uid = g.into_mechanism"
        " WHERE g.ended = '' GROUP BY g.from_mechanism"
    )
    assert targets == [(7,), (7,)]
    printed = ask(
        "SELECT m.name, r.value FROM reported_count r JOIN mechanism m ON m.uid = r.mechanism"
        " WHERE m.name IN (?, ?) ORDER BY m.number",
        *DISSOLVED,
    )
    assert printed == [(DISSOLVED[0], 5), (DISSOLVED[1], 3)]
    scragg = next(row for row in grid.rows if row.label == "Scragg (2006)")
    assert scragg.n == 0
    assert scragg.reported is not None
    assert scragg.reported.value == 3


def test_resilience_is_an_empty_column_with_its_note(grid: Grid, ask: Ask) -> None:
    column = grid.columns[-1]
    assert (column.name, column.n) == ("Fostering resilience", 0)
    assert column.reported is not None
    assert column.reported.value == 0
    assert {row.cells[column.uid].state for row in grid.rows} == {CellState.NONE}
    assert column.note.startswith("No empirical evidence; stakeholders of two minds")
    assert ask(
        "SELECT f.voice, c.name FROM feedback f JOIN mechanism m ON m.uid = f.mechanism"
        " JOIN consultation c ON c.uid = f.consultation WHERE m.name = 'Fostering resilience'"
    ) == [("divided", "Stakeholder meeting 3")]


def test_what_stakeholders_said(ask: Ask) -> None:
    said = ask(
        "SELECT c.name, f.voice, count(*) FROM feedback f JOIN consultation c ON c.uid = f.consultation"
        " GROUP BY c.name, f.voice ORDER BY c.name, f.voice"
    )
    assert said == [
        ("Stakeholder meeting 1", "for", 2),
        ("Stakeholder meeting 1", "too general", 2),
        ("Stakeholder meeting 3", "comment", 5),
        ("Stakeholder meeting 3", "divided", 2),
        ("Stakeholder meeting 3", "for", 1),
    ]


# --- the grid ------------------------------------------------------------------------------------------


def test_the_cells_of_the_grid(grid: Grid) -> None:
    assert tuple(column.name for column in grid.columns) == COLUMNS
    states = Counter(
        row.cells[column.uid].state if column.uid in row.cells else CellState.NOT_LOOKED
        for row in grid.rows
        for column in grid.columns
    )
    assert states == {CellState.PRESENT: 59, CellState.NONE: 49, CellState.NOT_RECOVERABLE: 180}


def test_n_reported_stands_beside_n_shown(grid: Grid) -> None:
    assert [column.n for column in grid.columns] == [13, 6, 6, 7, 4, 14, 9, 0]
    printed = [column.reported.value for column in grid.columns if column.reported]
    assert printed == [22, 22, 13, 14, 10, 20, 16, 0]


def test_reported_ticks_of_each_row_include_the_general_columns(grid: Grid, ask: Ask) -> None:
    ticks = [row.reported.value for row in grid.rows if row.reported]
    assert len(ticks) == 36
    assert sum(value or 0 for value in ticks) == 127
    assert [row.label for row in grid.rows if row.reported and row.n > (row.reported.value or 0)] == []
    assert ask("SELECT DISTINCT label FROM reported_count WHERE counts = 'ticks'") == [
        ("ticks in the row, General Contexts and General Outcomes included",)
    ]


def test_no_stance_is_judged(ask: Ask) -> None:
    assert ask("SELECT stance, count(*) FROM evidence GROUP BY stance") == [("not judged", 102)]


def test_every_reading_says_why(ask: Ask) -> None:
    assert ask("SELECT result, count(*) FROM reading WHERE note != '' GROUP BY result ORDER BY result") == [
        ("none", 49),
        ("not recoverable", 180),
    ]


def test_nothing_is_attributed_to_a_reviewer(ask: Ask) -> None:
    people = ask("SELECT initials, name, role FROM person ORDER BY initials")
    assert [initials for initials, _, _ in people] == ["RH", "SAMPLE", "SF", "SS"]
    assert all(name and role for _, name, role in people)
    tables = [name for (name,) in ask("SELECT name FROM pragma_table_list WHERE type = 'table'")]
    own = [name for name in tables if ask("SELECT 1 FROM pragma_table_info(?) WHERE name = 'person'", name)]
    assert len(own) > 40
    for table in own:
        authors = ask(f"SELECT DISTINCT p.initials FROM {table} t JOIN person p ON p.uid = t.person")
        assert authors in ([], [("SAMPLE",)]), table


# --- boxes ---------------------------------------------------------------------------------------------


def test_seven_boxes_with_valence_in_its_four_places(leadership: Store) -> None:
    with leadership.read() as connection:
        found = boxes(connection)
    shown = {
        box.label: (str(box.polarity), "".join(part.valence or "." for part in box.parts)) for box in found
    }
    assert shown == {
        "1": ("presence", ".++++"),
        "2": ("absence", ".----"),
        "3": ("presence", ".++-"),
        "4": ("absence", ".+---"),
        "5": ("absence", ".---"),
        "6": ("presence", ".+++"),
        "7": ("absence", ".---"),
    }
    for box in found:
        assert read(write(box.parts)).parts == normalised(box.parts) == box.parts
        assert (str(box.status), box.printed) == ("paper-level", "")
        assert all((box.title, box.narrative, box.setting, box.country))
        assert (len(box.papers), len(box.mechanisms)) == (1, 1)


def test_box_3_is_present_and_plus_throughout_with_a_negative_outcome(leadership: Store) -> None:
    with leadership.read() as connection:
        box = next(box for box in boxes(connection) if box.label == "3")
    valences = {str(part.kind): part.valence for part in box.parts}
    assert box.polarity == "presence"
    assert valences == {
        "context": None,
        "resource": Valence.PLUS,
        "reasoning": Valence.PLUS,
        "outcome": Valence.MINUS,
    }


def test_box_4_offers_plus_and_reasons_minus(leadership: Store) -> None:
    with leadership.read() as connection:
        box = next(box for box in boxes(connection) if box.label == "4")
    assert [part.valence for part in box.parts[1:3]] == [Valence.PLUS, Valence.MINUS]
    assert box.parts[2].join == "but"


def test_three_boxes_come_from_one_paper(leadership: Store) -> None:
    with leadership.read() as connection:
        found = [(box.papers[0].name, box.label) for box in boxes(connection)]
    assert [label for paper, label in found if paper == "Choi (2012)"] == ["2", "4", "7"]
    assert len({paper for paper, _ in found}) == 5


def test_the_quotation_of_box_6_has_a_printed_page(leadership: Store, ask: Ask) -> None:
    with leadership.read() as connection:
        found = boxes(connection)
    sources = [(box, element, s) for box in found for element in box.elements for s in element.sources]
    ((box, element, source),) = sources
    assert (box.label, str(element.part.kind), source.kind) == ("6", "reasoning", SourceKind.EXCERPT)
    assert (source.locator, source.paper and source.paper.name) == ("p676", "Cohen (2006)")
    assert source.quotation == "communication, compromise and time in getting to know one another"
    assert source.text == "quoted in Sims et al. 2021, Box 6, CC BY 4.0"
    assert ask("SELECT count(*) FROM excerpt") == [(1,)]


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
