"""Writing papers as references from the command line: formats, choice, reports, streams."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realist.formats.door import open_export
from realist.formats.records import Fields, Problem
from tests.cli.conftest import Ask, AskJson, Run

RIS = "".join(
    f"TY  - {'JOUR' if n else 'ODDITY'}\nTI  - Walking, part {n}\nAU  - Okafor, N.\nPY  - {2000 + n}\n"
    f"AB  - Steps: {n}.\nKW  - walking{';' if n == 3 else ''} {n}\nER  - \n\n"
    for n in range(4)
)


@pytest.fixture
def review(bare: Path, ask: Ask) -> Path:
    """A review with four imported papers."""
    (bare / "in.ris").write_text(RIS)
    ask("import", "in.ris")
    return bare


def read(path: Path) -> list[Fields]:
    return [item[1] for item in open_export(path) if not isinstance(item, Problem)]


@pytest.mark.parametrize("suffix", ["ris", "bib", "json", "xml", "csv"])
def test_the_suffix_says_the_format(suffix: str, review: Path, ask: Ask) -> None:
    said = ask("export", "papers", f"out.{suffix}").splitlines()
    assert said[0] == f"4 papers written to out.{suffix}."
    found = read(review / f"out.{suffix}")
    assert [fields.title for fields in found] == [f"Walking, part {n}" for n in range(4)]
    assert [fields.abstract for fields in found] == [f"Steps: {n}." for n in range(4)]


def test_another_format_can_be_named(review: Path, ask: Ask) -> None:
    ask("export", "papers", "out.txt", "--format", "ris")
    assert (review / "out.txt").read_text(encoding="utf-8").startswith("TY  - GEN\n")


def test_words_choose_papers_as_those_of_the_list_do(review: Path, ask: Ask) -> None:
    for words in (
        ["year:2001..2002"],
        ["walking", "2"],
        ["--", "-year:2001"],
        ["title:part 3"],
        ["nonesuch"],
    ):
        listed = [row["title"] for row in json.loads(ask("paper", "list", "--json", *words))]
        ask("export", "papers", "out.ris", *words)
        assert [fields.title for fields in read(review / "out.ris")] == listed


def test_one_paper_and_none(review: Path, ask: Ask) -> None:
    assert ask("export", "papers", "out.csv", "year:2001") == "1 paper written to out.csv.\n"
    assert ask("export", "papers", "out.csv", "year:1901") == "0 papers written to out.csv.\n"


def test_what_cannot_be_carried_is_said(review: Path, ask: Ask, ask_json: AskJson) -> None:
    said = ask("export", "papers", "out.ris").splitlines()
    assert said[1:] == [
        '  · #1 Okafor (2000), type "ODDITY": the format has no such type: it reads back as "GEN".'
    ]
    found = ask_json("export", "papers", "out.ris")
    assert found == {
        "file": "out.ris", "format": "ris", "papers": 4,
        "losses": [
            {
                "paper": 1, "name": "Okafor (2000)", "field": "type", "value": "ODDITY",
                "why": 'The format has no such type: it reads back as "GEN".',
            }
        ],
    }  # fmt: skip


def test_of_many_losses_the_first_are_said_and_json_has_all(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    entries = "".join(f"TY  - ODD\nTI  - Number {n}\nPY  - 2001\nER  - \n\n" for n in range(25))
    (bare / "odd.ris").write_text(entries)
    ask("import", "odd.ris")
    lines = ask("export", "papers", "out.ris").splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  … and 5 more: --json lists them all."
    assert len(ask_json("export", "papers", "out.ris")["losses"]) == 25


def test_a_dash_is_standard_output(review: Path, run: Run, ask: Ask) -> None:
    said = run("export", "papers", "-", "--format", "ris")
    ask("export", "papers", "out.ris")
    assert said.out == (review / "out.ris").read_text(encoding="utf-8")
    assert said.status == 0
    assert "ODDITY" in said.err
    assert json.loads(run("export", "papers", "-", "year:2001", "--format", "csl-json").out)[0]["id"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["-"],
            "- does not say which format: end it in one of .ris, .bib, .json, .xml, .csv, .xlsx, "
            "or use --format.",
        ),
        (
            ["-", "--format", "ris", "--json"],
            "--json has no place to print to when the papers go to standard output.",
        ),
        (["-", "--format", "xlsx"], "XLSX is no text: name a file."),
    ],
)
def test_what_cannot_work_is_explained(words: list[str], sentence: str, review: Path, run: Run) -> None:
    said = run("export", "papers", *words)
    assert (said.status, said.out, said.sentence) == (2, "", sentence)


def test_the_review_is_not_overwritten(review: Path, run: Run) -> None:
    before = (review / "review.realist").read_bytes()
    said = run("export", "papers", "review.realist", "--format", "ris")
    assert (said.status, said.sentence) == (
        1, "review.realist is the review itself: choose another name.",
    )  # fmt: skip
    assert (review / "review.realist").read_bytes() == before


def test_a_filter_that_is_not_understood_is_said(review: Path, run: Run) -> None:
    said = run("export", "papers", "out.ris", "colour:red")
    assert said.status == 0
    assert "is no field" in said.err


def test_a_file_that_was_written_is_read_as_the_same_papers(review: Path, ask: Ask) -> None:
    ask("export", "papers", "out.csv")
    ask("import", "out.csv", "--again")
    assert ask("export", "papers", "again.csv", "title:walking")
    first, again = read(review / "out.csv"), read(review / "again.csv")
    assert again == first + first
