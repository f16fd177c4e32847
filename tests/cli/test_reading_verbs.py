"""Appraisals and forms as a person meets them: tables, what differs, files there and back."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.conftest import Ask, AskJson, Run


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_the_table_of_appraisals_has_a_column_for_each_dimension(small: Path, ask: Ask) -> None:
    ask("appraise", "#2", "relevance", "high", "--reason", "at its heart")
    ask("--as", "SH", "appraise", "#6", "relevance", "high", "--reason", "so it is")
    lines = ask("appraisal", "list").splitlines()
    assert lines[0].split() == ["paper", "relevance", "richness", "rigour", "excerpts"]
    assert lines[2].split() == ["#1", "Ahmed", "(2019)", "SF", "low,", "SH", "high"]
    assert lines[3].split() == ["#2", "Baker", "(2020)", "high"], "those who agree say one thing"
    ask("appraisal", "list", "--set", "printed", "--csv", "out.csv")
    heading, *rows = rows_of(small / "out.csv")
    assert heading == ["paper_uid", "paper_number", "paper", "relevance", "richness", "rigour", "excerpts"]
    assert [row[1] for row in rows] == ["1", "2", "3", "4", "5"], "papers that nobody appraised are there"
    assert rows[3][2] == "'=Dunn (2022)"


def test_the_appraisals_of_a_paper_come_with_reasons_and_excerpts(
    small: Path, ask: Ask, ask_json: AskJson
) -> None:
    uid = ask_json("excerpt", "add", "#1", "Trust came first", "--locator", "p4")["uid"]
    said = ask("appraise", "#1", "rigour", "high", "--reason", "well told", "--excerpt", uid)
    assert said == "an excerpt of #1: rigour high.\n"
    assert ask("appraisal", "list", "#1").splitlines() == [
        "rigour: low (SF)",
        "  one team",
        "rigour: high (SH)",
        "  one team",
        "rigour: high (SF) · “Trust came first”",
        "  well told",
    ]
    assert [row["excerpt"] for row in ask_json("appraisal", "list", "#1")] == ["", "", uid]
    assert ask("appraise", "#1", "rigour", "--take-back") == "#1: rigour taken back.\n"
    assert ask("appraisal", "list", "#3") == "Nobody has appraised #3, as far as you may see.\n"


def test_a_review_without_scale_or_form_says_how_to_make_one(bare: Path, ask: Ask, run: Run) -> None:
    assert "`realist appraisal scale add --ready` makes one" in ask("appraisal", "scale", "list")
    said = ask("appraisal", "scale", "add", "--ready")
    assert said == "Papers are appraised for relevance, richness, rigour, each low, moderate, high.\n"
    assert "`realist form add characteristics` adds a ready one" in run("form", "answers").sentence


def test_a_form_goes_to_a_file_and_comes_back_as_a_version(
    small: Path, ask: Ask, ask_json: AskJson, run: Run
) -> None:
    file = small / "form.toml"
    file.write_text(ask("form", "show", "--toml"), encoding="utf-8")
    assert "stands like that already, version 1" in ask("form", "import", "form.toml")
    file.write_text(file.read_text().replace('kind = "country"', 'kind = "number"'), encoding="utf-8")
    assert ask("form", "import", "form.toml") == "The form Features is there, version 2.\n"
    said = run("form", "answers")
    assert "SF: Sweden [does not fit] | SH: Finland [does not fit]" in said.out
    assert said.err == "realist: 2 answers no longer fit their fields: fill in anew.\n"
    (row,) = ask_json("form", "answers")
    assert [(one["by"], one["fits"], one["version"]) for one in row["answers"]["country"]] == [
        ("SF", False, 1), ("SH", False, 1),
    ]  # fmt: skip
    assert "country  country (country)" in ask("form", "show", "--number", "1")


def test_answers_go_to_a_table_that_no_spreadsheet_runs(small: Path, ask: Ask) -> None:
    (small / "form.toml").write_text('name = "Odd"\n[[field]]\nkey = "aim"\n', encoding="utf-8")
    ask("form", "import", "form.toml")
    ask("form", "fill", "#1", "aim==HYPERLINK(1)", "--form", "odd")
    ask("form", "fill", "#2", "design=survey; TRIAL", "country=UK;NO", "--form", "features")
    ask("form", "answers", "--form", "odd", "--csv", "odd.csv")
    assert rows_of(small / "odd.csv")[1][1:] == ["1", "Ahmed (2019)", "'=HYPERLINK(1)"]
    assert ask("form", "answers", "--form", "features", "--csv", "out.csv") == (
        "2 papers were written to out.csv.\n"
    )
    heading, first, second = rows_of(small / "out.csv")
    assert heading == ["paper_uid", "paper_number", "paper", "country", "design"]
    assert first[3:] == ["SF: Sweden | SH: Finland", ""]
    assert second[3:] == ["United Kingdom; Norway", "trial; survey"]


def test_what_was_agreed_stands_before_the_rest(small: Path, ask: Ask) -> None:
    said = ask("form", "fill", "#1", "country=SE", "--agreed", "--note", "p. 2")
    assert said == "#1: 1 answer was kept as agreed.\n"
    assert ask("form", "answers", "#1").splitlines() == [
        "country: Sweden (agreed, SF)",
        "  p. 2",
        "country: Sweden (SF, beside what was agreed)",
        "country: Finland (SH, beside what was agreed)",
    ]
    assert ask("form", "answers", "#3") == "Nobody has answered Features for #3, as far as you may see.\n"


def test_what_was_typed_wrongly_is_explained(small: Path, run: Run) -> None:
    for args, sentence in (
        (("appraise", "#1", "rigour", "low", "--take-back"), "Give a level, or --take-back without one."),
        (
            ("appraisal", "list", "#1", "--set", "printed"),
            "are for the table of all papers: leave PAPER out.",
        ),
        (("form", "answers", "#1", "--csv", "x.csv"), "are for the table of all papers: leave PAPER out."),
        (("form", "show", "--toml", "--json"), "Use --toml or --json."),
        (("form", "fill", "#1", "country=SE", "country=NO"), "country is answered twice"),
        (("form", "import", "nowhere.toml"), "nowhere.toml cannot be read: No such file or directory."),
        (("form", "import", "latin.toml"), "latin.toml is not UTF-8 (byte 10): save it as UTF-8."),
    ):
        (small / "latin.toml").write_bytes(b'name = "F\xfc"\n')
        said = run(*args)
        assert said.status in (1, 2)
        assert sentence in said.sentence
