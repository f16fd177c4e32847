"""Importing an export: what goes in, what is kept, and when it was there before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from realist.errors import NotFound, RealistError
from realist.exports.records import record_objects, write_records
from realist.queries import imports, papers, review
from realist.queries.flow import staged_flow
from realist.services.history import redo, undo
from realist.services.importing import FileReport, Origin, Step, import_file, import_files, look_at
from realist.services.intake import label_of
from realist.services.keeping import check
from realist.services.plan import add_search, add_stage
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from realist.store.identity import record_uid
from realist.store.tables import Change, Import, ImportProblem
from realist.vocabulary import FlowStep, Severity
from tests.services.dumps import Dump, dump
from tests.services.exports import RIS, SECOND_RIS


@pytest.fixture
def ris(tmp_path: Path) -> Path:
    path = tmp_path / "medbase.ris"
    path.write_bytes(RIS)
    return path


def added(before: Dump, after: Dump) -> dict[str, int]:
    """Return by table how many rows came, where any did."""
    grown = {name: len(after[name]) - len(before[name]) for name in after}
    return {name: n for name, n in grown.items() if n}


def test_what_is_counted(desk: Desk, ris: Path) -> None:
    before = dump(desk.store, log=True)
    steps: list[Step] = []
    report = import_file(desk, ris, Origin(stage="1", source="Medbase"), progress=steps.append)
    assert (report.records, report.papers, report.refused, report.known) == (4, 4, 1, "")
    assert (report.file, report.format, report.encoding) == ("medbase.ris", "ris", "utf-8")
    assert steps[-1] == Step("medbase.ris", 1, 1, 4, 1.0)
    assert added(before, dump(desk.store, log=True)) == {
        "search_due": 1, "act": 1, "change": 3, "stage": 1, "search": 1, "import": 1, "import_problem": 2,
        "paper": 4, "record": 4, "record_raw": 4, "record_text": 4,
    }  # fmt: skip
    assert desk.notes[-2:] == ["Stage 1 is new and was added.", "Search Medbase (1) is new and was added."]


def test_the_import_is_described(desk: Desk, ris: Path) -> None:
    import_file(desk, ris, Origin())
    (row,) = dump(desk.store)["import"]
    assert row["sha256"] == hashlib.sha256(RIS).hexdigest()
    assert (row["file"], row["size"], row["format"], row["encoding"]) == (
        "medbase.ris",
        len(RIS),
        "ris",
        "utf-8",
    )
    assert (row["records"], row["refused"], row["finished"], row["worker"], row["beat"], row["search"]) == (
        4,
        1,
        True,
        "",
        None,
        None,
    )


def test_records_are_kept_to_the_letter(desk: Desk, ris: Path) -> None:
    import_file(desk, ris, Origin())
    first, second, third, fourth = record_objects(desk.store)
    assert first["raw"] == [
        ["TY", "JOUR"], ["AU", "Okafor, Ngozi"], ["AU", "Lindqvist, Märta"],
        ["TI", "Peer supporters and the first month back at work"], ["PY", "2018"],
        ["JO", "Journal of Invented Rehabilitation"], ["VL", "12"], ["IS", "3"], ["SP", "101"],
        ["EP", "115"], ["DO", "10.5555/jir.2018.101"],
        ["AB", "Meeting someone who had been through it made the return seem possible."],
        ["KW", "stroke"], ["KW", "peer support"], ["AN", "INV-0001"], ["ER", ""],
    ]  # fmt: skip
    assert first["authors"] == ["Okafor, Ngozi", "Lindqvist, Märta"]
    assert (first["year"], first["pages"], first["number"], first["doi"]) == (
        2018,
        "101-115",
        "3",
        "10.5555/jir.2018.101",
    )
    assert first["keywords"] == ["stroke", "peer support"]
    assert [row["source_line"] for row in (first, second, third, fourth)] == [1, 18, 26, 34]
    assert (third["source_key"], fourth["title"]) == ("PS-77", "")
    sha = hashlib.sha256(RIS).hexdigest()
    assert [row["record"] for row in (first, second)] == [record_uid(sha, 1), record_uid(sha, 2)]


def test_the_raw_text_is_ascii_and_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    odd = "A\u202ereversed\x1b[31m title with a NUL \x00, a \u0085 break and 𝔘𝔫𝔦𝔠𝔬𝔡𝔢"
    path = tmp_path / "odd.ris"
    path.write_text(f"TY  - JOUR\nTI  - {odd}\nAU  - O'Neill, Zoë\nER  - \n", encoding="utf-8")
    import_file(desk, path, Origin())
    (raw,) = dump(desk.store)["record_raw"]
    assert raw["raw"].isascii()
    kept = [value for tag, value in json.loads(raw["raw"]) if tag != "ER"]
    assert "".join(kept).replace("\n", "") == f"JOUR{odd}O'Neill, Zoë".replace("\u0085", "\u0085")
    (record,) = dump(desk.store)["record"]
    assert not set(record["title"]) & set("\u202e\x1b\x00")
    out = tmp_path / "records.jsonl"
    assert write_records(desk.store, out) == 1
    assert json.loads(out.read_text(encoding="ascii"))["raw"] == json.loads(raw["raw"])


def test_problems_are_kept_with_their_place_and_text(desk: Desk, ris: Path) -> None:
    report = import_file(desk, ris, Origin())
    with desk.store.read() as connection:
        rows = connection.execute(
            select(
                ImportProblem.line,
                ImportProblem.record,
                ImportProblem.severity,
                ImportProblem.message,
                ImportProblem.text,
            ).order_by(ImportProblem.line)
        ).all()
    assert [(row.line, row.record, row.severity) for row in rows] == [
        (34, 4, Severity.WARNING),
        (40, 5, Severity.ERROR),
    ]
    assert [row.message for row in rows] == [problem.message for problem in report.problems]
    assert json.loads(rows[1].text) == report.problems[1].text == "TY  - JOUR\nER  - "


def test_the_same_file_twice_adds_nothing_and_says_so(desk: Desk, ris: Path) -> None:
    import_file(desk, ris, Origin(stage="1", source="Medbase"))
    before = dump(desk.store, log=True)
    copy = ris.with_name("the same under another name.ris")
    copy.write_bytes(RIS)
    report = import_file(desk, copy, Origin(stage="2", source="Medbase"))
    assert (report.records, report.papers) == (0, 0)
    assert report.known == "was imported on 2026-01-01; nothing was added"
    assert dump(desk.store, log=True) == before


def test_again_makes_new_uids(desk: Desk, ris: Path) -> None:
    for times in (1, 2, 3):
        report = import_file(desk, ris, Origin(), again=True)
        assert (report.records, report.known) == (4, "")
        held = dump(desk.store)
        assert len({row["uid"] for row in held["record"]}) == 4 * times
        assert len({row["paper"] for row in held["record"]}) == 4 * times
    assert sorted(row["number"] for row in dump(desk.store)["paper"]) == list(range(1, 13))


def test_again_after_the_first_import_was_undone(desk: Desk, ris: Path) -> None:
    from realist.services.history import undo

    import_file(desk, ris, Origin())
    first = len(dump(desk.store, log=True)["act"])
    import_file(desk, ris, Origin(), again=True)
    undo(desk, str(first))
    assert import_file(desk, ris, Origin(), again=True).records == 4
    assert len({row["uid"] for row in dump(desk.store)["record"]}) == 8


def test_two_searches_and_what_they_found(desk: Desk, ris: Path, tmp_path: Path) -> None:
    add_stage(desk, "1")
    add_search(desk, "Medbase, spring", stage="1", source="Medbase", hits=5)
    add_search(desk, "Psybase, spring", stage="1", source="Psybase")
    second = tmp_path / "psybase.ris"
    second.write_bytes(SECOND_RIS)
    import_file(desk, ris, Origin(search="Medbase, spring"))
    import_file(desk, second, Origin(search="#2"))
    with desk.store.read() as connection:
        assert [(row["name"], row["hits"], row["records"]) for row in review.searches(connection)] == [
            ("Medbase, spring", 5, 4),
            ("Psybase, spring", None, 2),
        ]
        (flow,) = staged_flow(connection)
    computed = {(line.step, line.label): line.computed for line in flow.groups[-1].lines}
    assert computed == {
        (FlowStep.IDENTIFIED, ""): 6, (FlowStep.DUPLICATES, ""): 0,
        (FlowStep.IDENTIFIED, "Medbase"): 4, (FlowStep.DUPLICATES, "Medbase"): 0,
        (FlowStep.IDENTIFIED, "Psybase"): 2, (FlowStep.DUPLICATES, "Psybase"): 0,
    }  # fmt: skip


def test_a_stage_and_a_source_are_found_again(desk: Desk, ris: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.ris"
    second.write_bytes(SECOND_RIS)
    import_file(desk, ris, Origin(stage="1", source="Medbase"))
    desk.notes.clear()
    import_file(desk, second, Origin(stage="1", source=" MEDBASE "))
    assert desk.notes == []
    held = dump(desk.store)
    assert {row["search"] for row in held["import"]} == {held["search"][0]["uid"]}


def test_a_person_who_is_new_is_added(desk: Desk, ris: Path) -> None:
    other = Desk(desk.store, "NG")
    import_file(other, ris, Origin())
    assert other.notes[0] == "NG is new to this review and was added."
    held = dump(desk.store)
    (person,) = [row["uid"] for row in held["person"] if row["initials"] == "NG"]
    assert {row["person"] for row in held["record"] + held["paper"] + held["import"]} == {person}


@pytest.mark.parametrize(
    ("content", "origin", "error"),
    [(RIS, Origin(search="Nowhere"), NotFound), (None, Origin(), RealistError)],
)
def test_nothing_is_left_of_what_cannot_begin(
    desk: Desk, tmp_path: Path, content: bytes | None, origin: Origin, error: type[RealistError]
) -> None:
    path = tmp_path / "file.ris"
    if content:
        path.write_bytes(content)
    before = dump(desk.store, log=True)
    with pytest.raises(error):
        import_file(desk, path, origin)
    assert dump(desk.store, log=True) == before


@pytest.mark.parametrize("content", [b"", b"Dear colleague,\nhere are the papers.\n", b"%PDF-1.7\n\x00\x01"])
def test_a_file_without_records_leaves_nothing(desk: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.ris"
    path.write_bytes(content)
    before = dump(desk.store, log=True)
    report = import_file(desk, path, Origin(stage="1", source="Medbase"))
    assert (report.records, report.refused) == (0, 1)
    assert dump(desk.store, log=True) == before


def test_imported_papers_are_listed_named_and_found(desk: Desk, ris: Path) -> None:
    import_file(desk, ris, Origin())
    index_imports(desk.store)
    with desk.store.read() as connection:
        listed = papers.papers(connection)
        assert [row["label"] for row in listed] == [
            "Okafor (2018)",
            "Haddad (2020)",
            "Okafor (2018)",
            "Pettersen (2015)",
        ]
        found = papers.papers(connection, words="seem poss")
        assert [row["number"] for row in found] == [1]
    assert check(desk.store) == []


def test_more_records_than_a_batch(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "many.ris"
    text = "".join(f"TY  - JOUR\nTI  - Paper {i}\nAU  - Author, A{i}\nER  - \n\n" for i in range(1, 2502))
    path.write_text(text, encoding="ascii")
    steps: list[Step] = []
    report: FileReport = import_file(desk, path, Origin(), progress=steps.append)
    assert report.records == 2501
    assert [step.records for step in steps] == [1000, 2000, 2501]
    assert [step.share for step in steps] == sorted(step.share for step in steps)
    index_imports(desk.store)
    with desk.store.read() as connection:
        assert papers.count_papers(connection) == 2501
        assert connection.execute(select(Import.records)).scalars().all() == [2501]
        titles = [row["title"] for row in papers.papers(connection, after=1999, limit=2)]
    assert titles == ["Paper 2000", "Paper 2001"]
    assert check(desk.store) == []


@pytest.mark.parametrize(
    ("authors", "year", "label"),
    [
        (("Williams, P.",), 2012, "Williams (2012)"),
        (("van der Berg, Anna",), None, "van der Berg"),
        (("Smith JA",), 1999, "Smith (1999)"),
        (("Anna Smith",), 1999, "Smith (1999)"),
        (("World Health Organization,",), 2008, "World Health Organization (2008)"),
        (("Plato",), None, "Plato"),
        ((), 2001, ""),
    ],
)
def test_labels(authors: tuple[str, ...], year: int | None, label: str) -> None:
    assert label_of(authors, year) == label


def test_stopping_at_the_second_file_leaves_no_trace_of_the_first(desk: Desk, ris: Path) -> None:
    second = ris.with_name("second.ris")
    second.write_bytes(SECOND_RIS)
    before = dump(desk.store, log=True)

    def stop(step: Step) -> None:
        if step.number == 2:
            assert step.of == 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_files(desk, [ris, second], Origin(stage="1", source="Medbase"), progress=stop)
    assert dump(desk.store, log=True) == before
    assert [report.records for report in import_files(desk, [ris, second], Origin())] == [4, 2]


def test_what_cannot_be_opened_costs_the_others_nothing(desk: Desk, ris: Path, tmp_path: Path) -> None:
    gone, read, twice = import_files(desk, [tmp_path / "gone.ris", ris, ris], Origin())
    assert 'There is no file "' in gone.problems[0].message
    assert (gone.records, gone.uid, read.records) == (0, "", 4)
    assert twice.known == "has the same content as a file before it; nothing was added"
    with desk.store.read() as connection:
        assert connection.execute(select(Import.uid)).scalars().all() == [read.uid]
    first, second = import_files(desk, [ris, ris], Origin(), again=True)
    assert (first.records, second.records) == (4, 4)
    assert check(desk.store) == []


def test_looking_at_files_says_what_importing_would_and_writes_nothing(desk: Desk, ris: Path) -> None:
    before = dump(desk.store, log=True)
    (looked,) = look_at(desk.store, [ris])
    assert dump(desk.store, log=True) == before
    (imported,) = import_files(desk, [ris], Origin())
    assert replace(looked, uid=imported.uid) == imported
    assert looked.records == 4
    (again,) = look_at(desk.store, [ris])
    assert again.known.startswith("was imported on ")


def test_mended_text_is_of_the_search_of_what_it_mends(desk: Desk, ris: Path) -> None:
    import_file(desk, ris, Origin(stage="1", source="Medbase"))
    ris.with_name("mended.ris").write_bytes(SECOND_RIS)
    import_file(desk, ris.with_name("mended.ris"), Origin(mends="Medbase.RIS"))
    with desk.store.read() as connection:
        first, second = imports.imports(connection)
    assert (first["mended"], second["mends"]) == (1, "medbase.ris")
    assert first["search"] == second["search"] == "Medbase (1)"
    with pytest.raises(NotFound, match=r"no import of a file 'other\.ris' in this review\. There are "):
        import_file(desk, ris, Origin(mends="other.ris"), again=True)


def test_an_import_logged_before_columns_came_can_be_undone_and_redone(desk: Desk, ris: Path) -> None:
    """Images that an earlier schema kept lack its columns."""
    import_file(desk, ris, Origin(stage="1", source="Medbase"))
    index_imports(desk.store)
    before = dump(desk.store)
    _forget_columns(desk)
    undo(desk)
    assert dump(desk.store)["record"] == []
    with desk.store.read() as connection:
        assert connection.execute(select(Import.uid)).all() == []
    _forget_columns(desk)
    redo(desk)
    assert dump(desk.store) == before


def _forget_columns(desk: Desk) -> None:
    """Take the columns of the second schema out of all images in the log."""
    with desk.store.write() as connection:
        if desk.store.is_file:
            connection.exec_driver_sql("DROP TRIGGER change_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE change DISABLE TRIGGER USER")
        rows = connection.execute(select(Change.act, Change.position, Change.before, Change.after)).all()
        for act, position, *images in rows:
            old = [image and json.dumps(_without(json.loads(image))) for image in images]
            here = (Change.act == act) & (Change.position == position)
            connection.execute(update(Change).where(here).values(before=old[0], after=old[1]))
        if desk.store.is_file:
            connection.exec_driver_sql(
                "CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN"
                " SELECT RAISE(ABORT, 'the log is append-only'); END"
            )
        else:
            connection.exec_driver_sql("ALTER TABLE change ENABLE TRIGGER USER")


def _without(image: dict[str, object]) -> dict[str, object]:
    later = ("mends", "editors", "database", "publisher")
    return {name: value for name, value in image.items() if name not in later}
