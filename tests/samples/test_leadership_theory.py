"""The mechanisms, the grid and the boxes of the leadership review come out right, line by line."""

from __future__ import annotations

from collections import Counter

import pytest

from realist.domain.notation import normalised, read, write
from realist.queries.boxes import boxes
from realist.queries.grid import Grid, evidence_grid
from realist.queries.standing import standing
from realist.store.engine import Store
from realist.vocabulary import CellState, SourceKind, Valence
from tests.samples.conftest import Ask

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


@pytest.fixture(scope="module")
def grid(leadership: Store) -> Grid:
    with leadership.read() as connection:
        return evidence_grid(connection)


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
    fates: dict[str, str] = dict(
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
        grouping = standing(connection).whole()
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
