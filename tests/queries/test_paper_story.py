"""What happened to one paper, with what was joined into it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from realist.queries import paper_story
from realist.services import notes, papers, plan, rounds, sameness, screening
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from realist.vocabulary import Door, RoundKind, Verdict

RIS = b"TY  - JOUR\nTI  - One\nAB  - Long abstract.\nN1  - a\x1bb  c\nER  -\nTY  - JOUR\nTI  - Two\nER  -\n"


def uid(connection: Connection, number: int) -> str:
    """The uid of a paper by number, joins followed."""
    return paper_story.uids_numbered(connection, [number])[0]


def test_decisions_follow_joins_and_say_which_are_current(desk: Desk) -> None:
    plan.add_stage(desk, "1")
    rounds.add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, reasons=["No walking"])
    rounds.add_round(desk, "texts", stage="1", kind=RoundKind.FULL_TEXT)
    for label in ("A", "B", "C"):
        papers.add_paper(desk, label=label)
    rounds.enter(desk, "texts", ["A"], door=Door.SUPPLIED, supplied_by="an expert")
    rounds.enter(desk, "titles", ["A", "B"])
    screening.decide(desk, "A", Verdict.EXCLUDE, round_="titles", reason="1")
    screening.decide(desk, "A", Verdict.INCLUDE, round_="titles", note="on reflection")
    screening.decide(Desk(desk.store, "NG"), "B", Verdict.MAYBE, round_="titles")
    sameness.join_papers(desk, "B", "A")
    with desk.store.read() as connection:
        whole, alone = uid(connection, 1), uid(connection, 3)
        assert uid(connection, 2) == whole
        found = paper_story.decisions(connection, whole)
        assert paper_story.decisions(connection, alone) == []
        assert paper_story.uids_numbered(connection, [3, 1, 2, 99]) == [alone, whole]
        assert [paper_story.number_of(connection, one) for one in (whole, alone, "none")] == [1, 3, 0]
    assert [(row["number"], row["paper"], row["door"], row["supplied_by"]) for row in found] == [
        (1, 1, None, ""), (1, 2, None, ""), (2, 1, "supplied", "an expert"),
    ]  # fmt: skip
    assert [
        (row["by"], row["verdict"], row["reason_number"], row["reason"], row["note"], row["current"])
        for row in found[0]["decisions"]
    ] == [
        ("SF", "exclude", 1, "No walking", "", False),
        ("SF", "include", None, "", "on reflection", True),
    ]
    assert [(row["by"], row["verdict"]) for row in found[1]["decisions"]] == [("NG", "maybe")]
    assert found[2]["decisions"] == []


def test_tags_and_memos_of_what_was_joined(desk: Desk) -> None:
    for label in ("A", "B", "C"):
        papers.add_paper(desk, label=label)
    notes.tag_papers(desk, ["A", "B"], "zeta")
    notes.tag_papers(desk, ["B"], "Alpha")
    notes.tag(desk, "review", "", "of the review")
    notes.add_memo(desk, "paper", "B", "First.")
    notes.add_memo(desk, "paper", "A", "Second.")
    sameness.join_papers(desk, "B", "A")
    with desk.store.read() as connection:
        whole = uid(connection, 1)
        assert paper_story.tags(connection, whole) == ["Alpha", "zeta"]
        assert [row["text"] for row in paper_story.memos(connection, whole)] == ["First.", "Second."]
        assert paper_story.memos(connection, uid(connection, 3)) == []
        assert paper_story.tags_of_papers(connection) == {"Alpha": 1, "of the review": 0, "zeta": 2}


def test_abstract_and_record_to_the_letter(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "two.ris").write_bytes(RIS)
    import_file(desk, str(tmp_path / "two.ris"), Origin())
    sameness.join_papers(desk, "#1", "#2")
    with desk.store.read() as connection:
        whole = uid(connection, 2)
        assert uid(connection, 1) == whole
        assert paper_story.abstract(connection, whole) == "Long abstract."
        record = connection.exec_driver_sql("SELECT uid FROM record WHERE position = 1").scalar_one()
        raw = paper_story.raw_record(connection, record)
        assert raw is not None
        assert (Path(raw["file"]).name, raw["line"]) == ("two.ris", 1)
        assert ["N1", "a\x1bb  c"] in raw["pairs"]
        assert paper_story.raw_record(connection, "none") is None
    papers.edit_paper(desk, "#2", "abstract", "Typed.")
    with desk.store.read() as connection:
        assert paper_story.abstract(connection, whole) == "Typed."
