"""The grid, cross-case tables and boxes as files from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realist.exports.writing import FORMATS
from tests.cli.conftest import Ask, AskJson, Run
from tests.exports.readers import READERS, read_csv
from tests.exports.small import AHMED, BAKER, DUNN, POWER, QUOTATION, TRUST

TEXTS = [name for name, found in FORMATS.items() if not found.binary]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_shown_is_what_is_written(small: Path, ask: Ask, name: str) -> None:
    file = f"grid{FORMATS[name].suffixes[0]}"
    said = ask("grid", "-o", file, "--list", "Table 1", "--set", "theory building", "--show", "stance")
    assert said == f"The grid was written to {file}: 3 papers, 2 mechanisms.\n"
    one = (small / file).read_bytes()
    ask("export", "grid", file, "--list", "Table 1", "--set", "theory building", "--show", "stance")
    assert (small / file).read_bytes() == one
    if name == "json":
        found = json.loads(one)
        assert [column["name"] for column in found["columns"]] == [TRUST, POWER]
        assert (found["show"], found["set"], found["list"]) == ("stance", "theory building", "Table 1")
    else:
        read = READERS[name](one)
        assert read.columns[:2] == [TRUST, POWER]
        assert read.rows[0][0] == AHMED
        assert read.rows[0][1][0] == "SW"


def test_csv_is_the_same_by_either_option(small: Path, ask: Ask) -> None:
    ask("grid", "--csv", "a.csv")
    ask("grid", "-o", "b.csv")
    assert (small / "a.csv").read_bytes() == (small / "b.csv").read_bytes()
    ask("cross", "mechanism", "paper", "--csv", "c.csv")
    ask("cross", "mechanism", "paper", "-o", "d.x", "--format", "csv")
    assert (small / "c.csv").read_bytes() == (small / "d.x").read_bytes()


@pytest.mark.parametrize("name", TEXTS)
def test_standard_output_takes_what_a_file_would(small: Path, run: Run, ask: Ask, name: str) -> None:
    ask("export", "boxes", "boxes", "--format", name)
    said = run("export", "boxes", "-", "--format", name)
    assert (said.status, said.out.encode("utf-8")) == (0, (small / "boxes").read_bytes())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("grid", "-o", "-"), "- is standard output, which has no ending: say --format."),
        (("grid", "-o", "-", "--format", "docx"), "DOCX is no text: name a file."),
        (("grid", "-o", "-", "--format", "csv", "--json"), "--json has no place to print to"),
        (("grid", "--format", "csv"), "--format is that of a file: name one."),
        (("grid", "-o", "a.csv", "--csv", "b.csv"), "Name one file: with -o, or with --csv."),
        (
            ("cross", "paper", "site", "-o", "a.csv", "--csv", "b.csv"),
            "Name one file: with -o, or with --csv.",
        ),
        (("cross", "paper", "site", "-o", "a.doc"), "a.doc does not say which format"),
    ],
)
def test_what_cannot_be_meant_is_told(small: Path, run: Run, words: tuple[str, ...], sentence: str) -> None:
    said = run(*words)
    assert said.status == 2
    assert sentence in said.err
    assert not [path for path in small.iterdir() if path.suffix in (".csv", ".doc")]


def test_the_review_is_not_written_over(small: Path, run: Run) -> None:
    (review,) = small.glob("*.realist")
    before = review.read_bytes()
    said = run("export", "grid", review.name, "--format", "csv")
    assert (said.status, said.sentence) == (1, f"{review.name} is the review itself: choose another name.")
    assert review.read_bytes() == before


def test_boxes_are_numbered_and_say_what_they_rest_on(small: Path, ask: Ask) -> None:
    text = ask("export", "boxes", "-", "--format", "markdown").replace("\\", "")
    assert "#### Box 1. Views that do not count (shows its absence)" in text
    assert "A leader asks." in text
    assert "(M+, Resource) but overrides them (M–, Reasoning) → the team is upset (O–)" in text
    assert f"“{QUOTATION}” ({BAKER}, p676; SF)" in text
    assert "inference: nobody says so, but all leave (SF)" in text
    assert "**No source was recorded for** context, “Two departments merge”; resource," in text
    assert "#### Box 2b. Without title" in text
    assert "**No source was recorded for** any part" in text
    assert "#### Box #3. Without title" in text


def test_boxes_as_json_are_what_cmo_list_prints_and_can_be_read_again(
    small: Path, ask: Ask, ask_json: AskJson
) -> None:
    ask("export", "boxes", "boxes.json")
    assert json.loads((small / "boxes.json").read_text(encoding="utf-8")) == ask_json("cmo", "list")
    assert "there already" in ask("cmo", "import", "boxes.json")


def test_tables_of_configurations_one_for_each_mechanism(small: Path, ask: Ask) -> None:
    text = ask("export", "boxes", "-", "--format", "markdown", "--as", "table").replace("\\", "")
    assert (
        text.index("under “Use of power”")
        < text.index("under “+Safety”")
        < text.index("under no mechanism yet")
    )
    ask("export", "boxes", "all.csv")
    read = read_csv((small / "all.csv").read_bytes())
    assert read.columns == [
        "mechanism of the theory", "configuration", "context", "mechanism: resource", "mechanism: reasoning",
        "mechanism, not split", "outcome", "papers", "quotation",
    ]  # fmt: skip
    cells = dict(zip(read.columns, read.below("Box 1"), strict=True))
    assert cells["mechanism of the theory"] == POWER
    assert cells["outcome"] == "the team is upset (−)\nstays (+)"
    assert cells["papers"] == BAKER
    assert cells["quotation"].startswith(f"“{QUOTATION}” ({BAKER}, p676; SF)")
    assert dict(zip(read.columns, read.below("Box 2b"), strict=True))["papers"] == f"{DUNN}\n{AHMED}"
    assert read.below("Box #3")[-1] == "no source recorded"


def test_boxes_are_chosen_by_paper_mechanism_and_set(small: Path, ask: Ask, ask_json: AskJson) -> None:
    def count(*words: str) -> int:
        return int(ask_json("export", "boxes", "a.html", *words)["boxes"])

    assert [count(), count("--paper", BAKER), count("--mechanism", POWER), count("--set", "printed")] == [
        3,
        1,
        1,
        2,
    ]
    assert count("--paper", "Twin (2020)") == 1
    assert count("--set", "theory building", "--mechanism", POWER) == 1


def test_a_dropped_box_is_left_out_and_said_to_be(small: Path, ask: Ask) -> None:
    ask("cmo", "edit", "2b", "--status", "dropped")
    said = ask("export", "boxes", "boxes.docx")
    assert said == "2 boxes were written to boxes.docx.\n  · 1 box left out: dropped.\n"


@pytest.mark.parametrize("name", TEXTS)
def test_a_review_without_anything_is_written_too(bare: Path, ask: Ask, name: str) -> None:
    for words in (("grid",), ("boxes",), ("boxes", "--as", "table")):
        if name != "csv" or words != ("boxes",):
            ask("export", words[0], "out", "--format", name, *words[1:])
            assert (bare / "out").stat().st_size > 0
