"""A second small review, of real papers: its tables agree with what these print; its archive is whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from realist.domain.crossing import cross, read_by
from realist.queries.crossing import Crossing
from realist.queries.excerpts import excerpts
from realist.services.keeping import check
from realist.services.receiving import import_review
from realist.services.unit import Desk
from realist.vocabulary import AnchorState
from tests.conftest import SHARED
from tests.exports.archives import archived, to_the_byte
from tests.samples.case_management import CLINICS, PHARMACIES, Coded, build

PAPERS = SHARED / "data" / "papers"
pytestmark = pytest.mark.skipif(not PAPERS.is_dir(), reason="the published papers are not kept with the code")

PRINTED = {
    ("Clinical", "+"): 4,
    ("Professional", "+"): 4,
    ("Professional", "-"): 2,
    ("Organisational", "+"): 2,
    ("Organisational", "-"): 1,
    ("Functional", "+"): 3,
    ("Functional", "-"): 1,
    ("Normative", "+"): 2,
    ("Normative", "-"): 2,
}
"""Enablers and barriers by dimension, counted by hand in table 2 of Chouinard et al. (2021)."""


def counted(desk: Desk, rows: str, columns: str, framework: str | None = None) -> Counter[tuple[str, str]]:
    """Return how many codings stand in each cell of a cross-case table."""
    by = read_by(rows), read_by(columns)
    with desk.store.read() as connection:
        found = Crossing(connection, by, framework=framework, viewer="SF")
    table = cross(found.statements(("coding",)), found.axis(by[0]), found.axis(by[1]))
    names = {value.key: value.name for value in (*table.rows, *table.columns)}
    return Counter({(names[row], names[column]): cell.n for (row, column), cell in table.cells.items()})


@pytest.fixture
def made(file_desk: Desk) -> list[Coded]:
    return build(file_desk, PAPERS)


def test_enablers_and_barriers_by_dimension_are_those_of_the_printed_table(
    file_desk: Desk, made: list[Coded]
) -> None:
    found = counted(file_desk, "dimension", "valence")
    of_framework = {of: n for of, n in found.items() if of in PRINTED}
    assert of_framework == PRINTED


def test_for_and_against_by_clinic(file_desk: Desk, made: list[Coded]) -> None:
    found = counted(file_desk, "site", "valence")
    of_clinics = {(site, sign): n for (site, sign), n in found.items() if site.startswith(CLINICS)}
    assert of_clinics == {
        (f"{CLINICS}: most clinics", "+"): 4,
        (f"{CLINICS}: most clinics", "-"): 1,
        (f"{CLINICS}: all clinics", "-"): 3,
        (f"{CLINICS}: some clinics", "+"): 1,
    }
    themes = counted(file_desk, "site", "code")
    assert themes[f"{CLINICS}: all clinics", "Access to information"] == 2
    assert themes[f"{CLINICS}: some clinics", "Access to information"] == 1


def test_who_speaks_of_which_dimension(file_desk: Desk, made: list[Coded]) -> None:
    found = counted(file_desk, "site", "dimension")
    expected = Counter((f"{PHARMACIES}: {one.site}", one.code) for one in made if one.site and not one.sign)
    assert sum(expected.values()) == 17
    assert {of: n for of, n in found.items() if of in expected} == expected


def test_every_passage_stands_in_its_paper_and_the_archive_is_equal_in_every_row(
    file_desk: Desk, made: list[Coded], tmp_path: Path
) -> None:
    with file_desk.store.read() as connection:
        states = [row.state for row in excerpts(connection, viewer="SF")]
    assert states == [AnchorState.FOUND] * len(made)

    address, packed, again = file_desk.store.address, tmp_path / "review.zip", tmp_path / "again.realist"
    archived(address, packed)
    import_review(packed, str(again))
    assert check(file_desk.store) == []
    assert to_the_byte(again) == to_the_byte(address)
