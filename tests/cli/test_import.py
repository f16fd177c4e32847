"""Reading exports: every record kept, every refusal with its line, one report for many files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, AskJson, Run

GOOD = (
    "TY  - JOUR\nTI  - One\nAU  - Ahmed, A.\nPY  - 2001\nER  - \n\n"
    "TY  - JOUR\nTI  - Two\nPY  - 2002\nER  - \n"
)
DOUBTFUL = "TY  - JOUR\nAU  - Nobody, N.\nPY  - 2001\nER  - \n"
REFUSED = "TY  - JOUR\nTI  - Three\nPY  - 2003\nER  - \n\nTI  - no beginning\nER  - \n"


@pytest.fixture
def files(bare: Path) -> Path:
    """A review and some exports beside it."""
    for name, text in (("good.ris", GOOD), ("doubtful.ris", DOUBTFUL), ("refused.ris", REFUSED)):
        (bare / name).write_text(text)
    (bare / "page.ris").write_text("<!DOCTYPE html><html><body>Sign in</body></html>")
    (bare / "empty.ris").write_text("")
    return bare


def test_json_has_the_shape_that_scripts_rely_on(files: Path, ask_json: AskJson) -> None:
    value = ask_json("import", "good.ris", "doubtful.ris")
    assert (value["records"], value["papers"]) == (3, 3)
    good, doubtful = value["files"]
    assert {"file", "format", "encoding", "records", "problems"} <= set(good)
    assert (good["file"], good["format"], good["records"], good["problems"]) == ("good.ris", "ris", 2, [])
    (problem,) = doubtful["problems"]
    assert problem == {
        "line": 1, "record": 1, "severity": "warning",
        "message": "Record 1 of line 1 has no title: it was read without one.",
    }  # fmt: skip


def test_warnings_end_with_0_and_refusals_with_1(files: Path, run: Run) -> None:
    assert run("import", "doubtful.ris").status == 0
    for as_json in ((), ("--json",)):
        said = run("import", "refused.ris", "--again", *as_json)
        assert said.status == 1
    value = json.loads(said.out)
    (problem,) = value["files"][0]["problems"]
    assert (problem["line"], problem["severity"]) == (6, "error")
    assert value["records"] == 1


def test_the_text_names_file_line_and_record(files: Path, run: Run) -> None:
    said = run("import", "good.ris", "doubtful.ris", "refused.ris")
    assert said.status == 1
    lines = said.out.split("\n")
    assert lines[0].startswith("good.ris: 2 records (ris, ")
    assert lines[1].endswith(", 1 warning")
    assert lines[2] == "  · line 1, record 1: Record 1 of line 1 has no title: it was read without one."
    assert lines[3].endswith(", 1 refused")
    assert lines[4].startswith("  ! line 6: ")
    assert lines[5:] == ["4 records read, 4 papers made.", ""]


def test_a_missing_file_does_not_stop_the_others(files: Path, run: Run, ask_json: AskJson) -> None:
    said = run("import", "good.ris", "nowhere.ris", ".", "doubtful.ris", "--json")
    assert said.status == 1
    value = json.loads(said.out)
    assert [(row["records"], len(row["problems"])) for row in value["files"]] == [
        (2, 0), (0, 1), (0, 1), (1, 1),
    ]  # fmt: skip
    missing = value["files"][1]
    assert (missing["file"], missing["problems"][0]["severity"]) == ("nowhere.ris", "error")
    assert 'There is no file "nowhere.ris"' in missing["problems"][0]["message"]
    assert len(ask_json("paper", "list")) == 3
    text = run("import", "nowhere.ris").out
    assert text.startswith('nowhere.ris: 0 records, 1 refused\n  ! There is no file "nowhere.ris": look at')


def test_a_file_that_does_not_fit_the_encoding_does_not_stop_the_others(files: Path, run: Run) -> None:
    (files / "umlaut.ris").write_text(GOOD.replace("Ahmed", "Löwstedt"), encoding="utf-8")
    said = run("import", "umlaut.ris", "good.ris", "--encoding", "ascii", "--json")
    assert said.status == 1
    assert [row["records"] for row in json.loads(said.out)["files"]] == [0, 2]
    unknown = run("import", "good.ris", "--encoding", "klingon")
    assert unknown.status == 2
    assert '"klingon" is no encoding' in unknown.sentence


@pytest.mark.parametrize(("name", "word"), [("page.ris", "web page"), ("empty.ris", "empty")])
def test_what_is_no_export_is_refused_and_leaves_no_act(
    name: str, word: str, files: Path, run: Run, ask_json: AskJson
) -> None:
    before = ask_json("log")
    said = run("import", name)
    assert said.status == 1
    assert word in said.out
    assert ask_json("log") == before


def test_a_file_is_read_once_unless_asked_again(files: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("import", "good.ris")
    (files / "renamed.txt").write_text(GOOD)
    said = ask("import", "renamed.txt")
    assert "renamed.txt was imported on 20" in said
    assert "nothing was added (--again reads it once more)" in said
    assert ask_json("import", "good.ris")["files"][0]["known"]
    assert ask_json("import", "good.ris", "--again")["papers"] == 2
    assert len(ask_json("paper", "list")) == 4


def test_source_and_stage_make_their_search(files: Path, run: Run, ask_json: AskJson) -> None:
    said = run("import", "good.ris", "--source", "Scopus", "--stage", "2")
    assert "Stage 2 is new and was added." in said.err
    assert "Search Scopus (2) is new and was added." in said.err
    (search,) = ask_json("search", "list")
    assert (search["stage"], search["source"], search["records"], search["hits"]) == ("2", "Scopus", 2, None)
    assert run("import", "doubtful.ris", "--source", "scopus", "--stage", "2").err == ""
    assert ask_json("search", "list")[0]["records"] == 3


@pytest.mark.parametrize(
    "args",
    [
        ("--search", "x", "--source", "y", "--stage", "z"),
        ("--source", "y"),
        ("--stage", "z"),
    ],
)
def test_an_origin_is_a_search_or_a_source_with_its_stage(
    args: tuple[str, ...], files: Path, run: Run, ask_json: AskJson
) -> None:
    assert run("import", "good.ris", *args).status == 2
    assert ask_json("paper", "list") == []


def test_an_unknown_search_leaves_nothing_behind(files: Path, run: Run, ask_json: AskJson) -> None:
    assert run("import", "good.ris", "--search", "Embase").sentence.startswith("There is no search 'Embase'")
    assert ask_json("paper", "list") == []
    assert len(ask_json("log")) == 2


def test_many_problems_are_summed_up(files: Path, run: Run) -> None:
    (files / "many.ris").write_text(DOUBTFUL * 30)
    lines = run("import", "many.ris").out.split("\n")
    assert sum(line.startswith("  · ") for line in lines) == 20
    assert "  … and 10 more: --json lists them all." in lines


def test_what_was_imported_is_exported_found_and_undone(files: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("import", "good.ris")
    assert ask_json("export", "records", "out.jsonl") == {"file": "out.jsonl", "records": 2}
    rows = [json.loads(line) for line in (files / "out.jsonl").read_text().splitlines()]
    assert [row["raw"][1] for row in rows] == [["TI", "One"], ["TI", "Two"]]
    (found,) = ask_json("paper", "list", "--search", "ahm")
    assert (found["label"], found["year"]) == ("Ahmed (2001)", 2001)
    assert found["uid"] == rows[0]["paper"]
    assert "record  of good.ris, line 1;" in ask("paper", "show", "#1")
    assert ask("undo") == "Undone: import good.ris: 2 records.\n"
    assert ask_json("paper", "list") == []
    ask("redo")
    assert len(ask_json("paper", "list")) == 2


def test_export_to_a_full_disk_is_told(files: Path, run: Run) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    run("import", "good.ris")
    said = run("export", "records", "/dev/full")
    assert said.status == 1
    assert said.sentence == "/dev/full cannot be written: No space left on device."


def test_looking_says_what_would_come_and_writes_nothing(files: Path, run: Run, ask_json: AskJson) -> None:
    before = (files / "review.realist").read_bytes()
    said = run("import", "good.ris", "refused.ris", "page.ris", "good.ris", "--look")
    assert said.status == 1
    assert "good.ris: 2 records (ris, " in said.out
    assert "page.ris: 0 records" in said.out
    assert "good.ris has the same content as a file before it; nothing was added" in said.out
    assert said.out.endswith("3 records read, nothing was written.\n")
    assert (files / "review.realist").read_bytes() == before
    assert ask_json("imports", "list") == []


def test_refused_text_is_written_out_mended_and_imported_again(files: Path, run: Run, ask: Ask) -> None:
    ask("stage", "add", "1")
    ask("search", "add", "Base 1", "--stage", "1", "--source", "Base")
    assert run("import", "refused.ris", "--search", "Base 1").status == 1
    assert "TI  - no beginning" in ask("imports", "show", "refused.ris")
    ask("imports", "refused", "refused.ris", "mend.ris")
    text = (files / "mend.ris").read_text()
    assert text == "TI  - no beginning\nER  - \n"
    (files / "mend.ris").write_text("TY  - JOUR\n" + text)
    assert "1 record read" in ask("import", "mend.ris", "--mends", "refused.ris")
    first, second = json.loads(ask("imports", "list", "--json"))
    assert (first["mended"], second["mends"]) == (1, "refused.ris")
    assert first["search"] == second["search"] == "Base 1"
    assert run("imports", "refused", "refused.ris", "mend.ris").sentence == (
        "mend.ris is already there: choose another name."
    )
    assert run("imports", "refused", "mend.ris", "more.ris").sentence.startswith("Of mend.ris no text was")
    assert "1 import made since rests on it" in run("undo", "5").err


def test_an_import_is_named_by_its_file(files: Path, run: Run, ask: Ask) -> None:
    ask("import", "good.ris")
    assert "good.ris" in ask("imports", "show", "GOOD.RIS")
    assert run("imports", "show", "goood.ris").sentence == (
        "There is no import of a file 'goood.ris' in this review. There are good.ris."
    )
    assert run("import", "doubtful.ris", "--mends", "none.ris").sentence.startswith("There is no import of")


def test_a_long_refused_text_is_shown_in_part_and_says_so(files: Path, run: Run, ask: Ask) -> None:
    (files / "long.ris").write_text(GOOD + "\n" + "".join(f"KW  - word {n}\n" for n in range(9)))
    assert run("import", "long.ris").status == 1
    shown = ask("imports", "show", "long.ris")
    assert "KW  - word 5\n    … 3 more lines: --json or `realist imports refused` gives all of it." in shown
