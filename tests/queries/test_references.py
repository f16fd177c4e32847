"""Papers as references: whose values they have, on each engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event

from realist.queries import references as module
from realist.queries.references import Reference, references
from realist.services import importing, papers, sameness, sweeping
from realist.services.importing import Origin
from realist.services.unit import Desk

FULL = """TY  - JOUR
AN  - X1
TI  - Peer visits after stroke
AU  - Okafor, Ngozi
AU  - Lind, Eva
A2  - Hale, Ruth
PY  - 2018
T2  - Invented Rehabilitation
VL  - 12
IS  - 3
SP  - 101
EP  - 115
DO  - 10.5555/one
U1  - 123 [PMID]
UR  - https://example.org/one
AB  - Short.
KW  - stroke
KW  - peers
LA  - English
N1  - First note.
DB  - Medbase
PB  - Invented Press
ER  -

TY  - CHAP
TI  - Peer visits after stroke, again
AB  - A longer abstract, of which more is known.
KW  - peers
KW  - home
UR  - https://example.org/two
PY  - 2019
ER  -

TY  - JOUR
TI  - Nothing else
ER  -
"""


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """Three imported papers, the second joined into the first, and two added by hand."""
    (tmp_path / "full.ris").write_text(FULL)
    importing.import_file(desk, tmp_path / "full.ris", Origin())
    sweeping.index_imports(desk.store)
    sameness.join_papers(desk, "#2", "#1", reason="the same")
    papers.add_paper(desk, label="Hale (2021)")
    papers.add_paper(desk, label="Moss (2020)", doi="10.5555/moss")
    return desk


def found(at: Desk, uids: list[str] | None = None) -> list[Reference]:
    with at.store.read() as connection:
        return list(references(connection, uids))


def test_a_paper_has_its_own_values_and_what_its_records_say(at: Desk) -> None:
    first = found(at)[0]
    assert first == Reference(
        uid=first.uid,
        number=1,
        label="Okafor (2018)",
        source_key="X1",
        type="JOUR",
        title="Peer visits after stroke",
        authors=("Okafor, Ngozi", "Lind, Eva"),
        editors=("Hale, Ruth",),
        year=2018,
        journal="Invented Rehabilitation",
        volume="12",
        issue="3",
        pages="101-115",
        doi="10.5555/one",
        pmid="123",
        url="https://example.org/one",
        abstract="A longer abstract, of which more is known.",
        keywords=("stroke", "peers", "home"),
        language="English",
        notes="First note.",
        database="Medbase",
        publisher="Invented Press",
    )


def test_joined_papers_are_one_and_come_by_number(at: Desk) -> None:
    assert [reference.number for reference in found(at)] == [1, 3, 4, 5]


def test_corrections_and_what_was_typed_count(at: Desk) -> None:
    papers.edit_paper(at, "#1", "title", "Peer visits, corrected")
    papers.edit_paper(at, "#1", "abstract", "Typed.\n\nIn two paragraphs.")
    papers.edit_paper(at, "#1", "year", "")
    fields = found(at)[0]
    assert (fields.title, fields.year) == ("Peer visits, corrected", None)
    assert fields.abstract == "Typed.\n\nIn two paragraphs."
    papers.edit_paper(at, "#1", "abstract", "")
    sameness.end_join(at, "#2", reason="not the same")
    first, second = found(at)[:2]
    assert first.abstract == "Short."
    assert first.keywords == ("stroke", "peers")
    assert (second.number, second.url) == (2, "https://example.org/two")


def test_a_joined_paper_speaks_where_the_other_is_silent(at: Desk) -> None:
    sameness.end_join(at, "#2", reason="not the same")
    sameness.join_papers(at, "#2", "#3", reason="the same")
    silent = found(at)[1]
    assert (silent.title, silent.type) == ("Nothing else", "JOUR")
    assert silent.url == "https://example.org/two"
    assert silent.abstract.startswith("A longer abstract")


def test_a_paper_added_by_its_label_alone_has_it_as_its_title(at: Desk) -> None:
    by_label, by_doi = found(at)[-2:]
    assert (by_label.title, by_label.label, by_label.doi) == ("Hale (2021)", "Hale (2021)", "")
    assert (by_doi.title, by_doi.label, by_doi.doi) == ("", "Moss (2020)", "10.5555/moss")


def test_those_asked_for_come_in_their_order(at: Desk) -> None:
    uids = {reference.number: reference.uid for reference in found(at)}
    assert [one.number for one in found(at, [uids[5], uids[1], "nonesuch", uids[3]])] == [5, 1, 3]
    assert found(at, []) == []


def test_many_papers_come_in_batches(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = found(at)
    monkeypatch.setattr(module, "_AT_ONCE", 2)
    assert found(at) == whole
    assert found(at, [reference.uid for reference in whole]) == whole
    asked: list[str] = []
    with at.store.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        first = next(references(connection))
    assert first == whole[0]
    assert 0 < len(asked) < 8
