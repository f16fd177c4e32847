"""Enablers and barriers by clinic and by dimension, and every other thing that a table can be by."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from realist.domain.crossing import BY, KINDS, Table, cross, read_by, signed
from realist.errors import Ambiguous, NotFound
from realist.exports.crossing import cross_json, cross_table, cross_text
from realist.exports.table import EMPTY
from realist.queries.codings import frameworks
from realist.queries.crossing import Crossing
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.services import coding, editing, forms, mechanisms, plan, rounds, sameness
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Valence
from tests.queries.clinics import PAPERS, build_clinics


@pytest.fixture
def clinics(desk: Desk) -> Desk:
    build_clinics(desk)
    return desk


def made(
    desk: Desk,
    rows: str,
    columns: str,
    kinds: Sequence[str] = ("coding",),
    *,
    papers: Sequence[str] | None = None,
    framework: str | None = None,
    viewer: str = "SF",
) -> tuple[Table, Crossing]:
    by = read_by(rows), read_by(columns)
    with desk.store.read() as connection:
        named = None if papers is None else [resolve(connection, "paper", name) for name in papers]
        found = Crossing(connection, by, papers=named, framework=framework, viewer=viewer)
    return cross(found.statements(kinds), found.axis(by[0]), found.axis(by[1])), found


def signs(table: Table) -> dict[str, dict[str, str]]:
    """Return what stands in the cells by the names of row and column; "·" for none, nothing for not known."""
    found: dict[str, dict[str, str]] = {}
    for row in table.rows:
        for column in table.columns:
            cell = table.cells.get((row.key, column.key))
            text = signed(cell) if cell else "·" if table.empty(row, column) else ""
            if text:
                found.setdefault(row.name, {})[column.name] = text
    return found


def rows(table: Table) -> dict[str, int]:
    return {row.name: table.of_rows[row.key].n for row in table.rows}


def test_enablers_and_barriers_by_clinic_and_dimension(clinics: Desk) -> None:
    with clinics.store.read() as connection:
        (book,) = frameworks(connection)
    table, found = made(clinics, "site", "dimension", framework=book.uid)
    assert [column.name for column in table.columns] == [
        "Clinical", "Professional", "Organisational", "System", "Functional",
    ]  # fmt: skip
    none = {"Clinical": "·", "Professional": "·", "Organisational": "·", "Functional": "·"}
    assert signs(table) == {
        "Amsel (2011): North": {**none, "Clinical": "+1", "Functional": "−1"},
        "Amsel (2011): South": {**none, "Clinical": "+1", "Professional": "+1"},
        "Birk (2012): Hill": {**none, "Professional": "−1", "Organisational": "−1"},
        "Birk (2012): Valley": {**none, "Organisational": "+1"},
        "Cole (2013): Harbour": {**none, "Clinical": "−1"},
        "not stated": {**none, "Professional": "?1"},
    }
    assert {column.name: signed(table.of_columns[column.key]) for column in table.columns} == {
        "Clinical": "+2 −1", "Professional": "+1 −1 ?1", "Organisational": "+1 −1", "System": "",
        "Functional": "−1",
    }  # fmt: skip
    assert (table.all.n, len(table.all.papers)) == (9, 3)
    text = cross_text(table, "valence", found.labels, 100)
    assert "Birk (2012): Hill" in text
    assert max(map(len, text.splitlines())) <= 100


def test_codes_that_grew_stand_after_those_of_the_framework(clinics: Desk) -> None:
    table, _ = made(clinics, "code", "paper")
    assert rows(table) == {
        "Clinical": 2, "Shared plans": 1, "Professional": 3, "Organisational": 2, "System": 0,
        "Functional": 1, "Fear of being watched": 1, "Tea together": 2,
    }  # fmt: skip
    assert signs(table)["Tea together"] == {"Amsel (2011)": "·", "Birk (2012)": "·", "Cole (2013)": "+2"}
    assert "System" not in signs(table)
    grew, _ = made(clinics, "code", "valence", framework="")
    assert signs(grew) == {
        "Fear of being watched": {"+": "·", "-": "−1"}, "Tea together": {"+": "+2", "-": "·"},
    }  # fmt: skip


def test_every_statement_by_everything(clinics: Desk) -> None:
    for one in (*BY, "field:design", "field:country", "appraisal:rigour"):
        for other in ("paper", "site", "code"):
            table, found = made(clinics, one, other, KINDS)
            assert table.all.n == 12 + 5 + 2, one
            values = cross_json(table, KINDS, found.labels)
            assert sum(row["statements"] for row in values["rows"]["values"]) >= 19, one
            for mode in ("counts", "papers", "valence", "quotes"):
                assert cross_text(table, mode, found.labels, 60)
                shown = cross_table(table, mode, found.labels)
                assert {len(row.cells) for row in (*shown.rows, *shown.foot)} == {len(shown.columns)}


def test_parts_of_boxes(clinics: Desk) -> None:
    table, _ = made(clinics, "site", "kind", ("element",))
    assert signs(table) == {
        "Amsel (2011): Hill": {"context": "?1", "reasoning": "·", "outcome": "·"},
        "Amsel (2011): North": {"context": "·", "reasoning": "+1", "outcome": "·"},
        "Amsel (2011): South": {"context": "·", "reasoning": "·", "outcome": "−1"},
        "Birk (2012): Hill": {"context": "·", "reasoning": "·", "outcome": "+1"},
        "not stated": {"context": "·", "reasoning": "·", "outcome": "+1"},
    }
    by_code, _ = made(clinics, "code", "context", ("element",))
    assert rows(by_code)["Shared plans"] == 1
    assert rows(by_code)["not stated"] == 4
    assert rows(made(clinics, "country", "paper", ("element",))[0]) == {
        "Sweden": 3, "United Kingdom": 1, "not stated": 1,
    }  # fmt: skip
    with clinics.store.read() as connection:
        second = resolve_any(connection, "configuration", "2")
    editing.drop_configuration(clinics, second, reason="no")
    assert made(clinics, "site", "kind", ("element",))[0].all.n == 4


def test_codes_are_known_by_what_rests_on_the_excerpt(clinics: Desk) -> None:
    table, _ = made(clinics, "code", "mechanism")
    assert signs(table)["Shared plans"] == {"Habit": "·", "Trust": "+1", "not stated": "·"}
    assert signs(table)["Tea together"] == {"Habit": "+1", "Trust": "·", "not stated": "+1"}
    mechanisms.merge_mechanisms(clinics, "Habit", ["Trust"], reason="one")
    assert signs(made(clinics, "code", "mechanism")[0])["Tea together"] == {"Trust": "+1", "not stated": "+1"}


def test_evidence_and_what_is_known_of_papers(clinics: Desk) -> None:
    table, _ = made(clinics, "mechanism", "stance", ("evidence",))
    assert [column.name for column in table.columns] == ["supports", "weakens"]
    assert rows(made(clinics, "site", "stance", ("evidence",))[0]) == {
        "Cole (2013): Harbour": 1, "Cole (2013): Market": 1,
    }  # fmt: skip
    assert rows(made(clinics, "study", "paper")[0]) == {"The Monday study": 8, "not stated": 4}
    assert rows(made(clinics, "year", "paper")[0]) == {"2011": 4, "2012": 4, "2013": 4}
    assert rows(made(clinics, "appraisal:RIGOUR", "paper")[0]) == {
        "low": 4, "moderate": 0, "high": 4, "not stated": 4,
    }  # fmt: skip
    assert rows(made(clinics, "field:design", "paper")[0]) == {"trial": 4, "case study": 0, "not stated": 8}
    countries = rows(made(clinics, "field:country", "paper")[0])
    assert countries == {"Norway": 4, "Sweden": 4, "United Kingdom": 4, "not stated": 4}


def test_some_papers_and_joined_ones(clinics: Desk) -> None:
    table, _ = made(clinics, "paper", "code", papers=[PAPERS[1]])
    assert rows(table) == {"Birk (2012)": 4}
    table, _ = made(clinics, "paper", "code", ("evidence",), papers=PAPERS[:2])
    assert rows(table) == {"Amsel (2011)": 0, "Birk (2012)": 0}
    sameness.join_papers(clinics, PAPERS[1], PAPERS[0], reason="one")
    assert rows(made(clinics, "paper", "code")[0]) == {"Amsel (2011)": 8, "Cole (2013)": 4}
    assert rows(made(clinics, "year", "code")[0]) == {"2011": 8, "2013": 4}


def test_what_two_people_coded_in_the_same_way_is_one_statement(clinics: Desk) -> None:
    with clinics.store.read() as connection:
        before = made(clinics, "code", "paper")[0].all.n
        assert before == 12
        uid = resolve_any(connection, "configuration", "1")
    plan.add_stage(clinics, "1")
    rounds.add_round(clinics, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(clinics, "titles", PAPERS)
    for person in ("SF", "NG"):
        coding.put_code(Desk(clinics.store, person), "configuration", uid, "System", valence=Valence.PLUS)
    coding.put_code(Desk(clinics.store, "NG"), "configuration", uid, "Tea together")
    assert made(clinics, "code", "paper")[0].all.n == 13
    assert made(clinics, "code", "paper", viewer="NG")[0].all.n == 14
    assert made(clinics, "code", "paper", viewer="")[0].all.n == 12
    rounds.open_round(clinics, "titles")
    assert made(clinics, "code", "paper", viewer="")[0].all.n == 14


def test_quotations_stand_behind_with_their_page(clinics: Desk) -> None:
    table, found = made(clinics, "code", "site", papers=[PAPERS[2]])
    text = cross_text(table, "quotes", found.labels, 80)
    assert "Tea together × Cole (2013): Market: +1\n  (+) “tea at five” (Cole (2013), p. 3)" in text
    shown = cross_table(table, "papers", found.labels)
    by_name = {row.name: row.cells for row in shown.rows}
    heading = [column.name for column in shown.columns]
    assert by_name["Professional"][heading.index("not stated")].text == "Cole (2013)"
    none = by_name["Professional"][heading.index("Cole (2013): Market")]
    assert (none.text, none.shown, none.number) == ("0", "·", 0)
    assert by_name["System"][heading.index("Cole (2013): Market")] == EMPTY
    words = [piece.sentence() for behind in shown.behind.values() for piece in behind.pieces]
    assert "coding, +: “tea at five” (Cole (2013), p. 3)" in words


def test_a_field_is_meant_by_its_form_where_several_have_it(clinics: Desk) -> None:
    with pytest.raises(NotFound, match="The fields: country, design"):
        made(clinics, "field:aim", "paper")
    forms.define_form(clinics, forms.ready_template("characteristics"))
    with pytest.raises(Ambiguous, match="field:Features:country"):
        made(clinics, "field:country", "paper")
    assert rows(made(clinics, "field:features:country", "paper")[0])["Sweden"] == 4
    with pytest.raises(NotFound, match="not appraised for 'x'"):
        made(clinics, "appraisal:x", "paper")


def test_nothing_to_count(desk: Desk) -> None:
    table, found = made(desk, "site", "code")
    assert cross_text(table, "counts", found.labels, 80).startswith("There is nothing to count")
    assert cross_json(table, ("coding",), {})["statements"] == 0
