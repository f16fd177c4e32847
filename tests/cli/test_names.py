"""From what a person types to the thing meant: numbers, labels, folded names, candidates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Ask, AskJson, Run

TWINS = (
    "TY  - JOUR\nTI  - Leading one way\nAU  - Williams, P.\nPY  - 2012\nER  - \n\n"
    "TY  - JOUR\nTI  - Leading another way\nAU  - Williams, P.\nPY  - 2012\nER  - \n"
)


@pytest.fixture
def twins(bare: Path, ask: Ask) -> Path:
    """A review with two papers of one label."""
    (bare / "twins.ris").write_text(TWINS)
    ask("import", "twins.ris")
    return bare


def test_an_ambiguous_paper_lists_its_candidates(twins: Path, run: Run) -> None:
    said = run("paper", "show", "Williams (2012)")
    assert (said.status, said.out) == (1, "")
    assert said.sentence == (
        "'Williams (2012)' could be more than one paper: #1 Williams (2012), #2 Williams (2012)."
        " Use its number."
    )


def test_a_number_tells_them_apart(twins: Path, ask_json: AskJson) -> None:
    assert ask_json("paper", "show", "#2")["title"] == "Leading another way"
    assert ask_json("paper", "show", "1")["title"] == "Leading one way"


def test_a_title_tells_them_apart_too(twins: Path, ask_json: AskJson) -> None:
    assert ask_json("paper", "show", "Leading one way")["number"] == 1


@pytest.mark.parametrize("name", ["#0", "#3", "#99999999999999999999", "…", "nowhere"])
def test_what_is_not_there_is_told(name: str, twins: Path, run: Run) -> None:
    said = run("paper", "show", name)
    assert said.status == 1
    assert said.sentence.startswith("There is no paper '")


@pytest.mark.parametrize("name", ["", "  "])
def test_no_name_is_no_paper(name: str, bare: Path, ask: Ask, run: Run) -> None:
    ask("paper", "add", "--label", "Choi (2012)")
    assert (run("paper", "show", name).status, run("paper", "show", name).out) == (1, "")


def test_a_paper_of_a_doi_alone_is_listed_by_it(bare: Path, ask: Ask) -> None:
    ask("paper", "add", "--doi", "https://doi.org/10.1000/ALONE")
    assert "#1  10.1000/alone\n" in ask("paper", "list")
    assert ask("paper", "show", "#1").startswith("#1 10.1000/alone\n")


def test_near_names_are_offered(small: Path, run: Run) -> None:
    said = run("evidence", "add", "#3", "supports", "--mechanism", "Shared purposes", "--claim", "x")
    assert said.sentence == (
        "There is no mechanism 'Shared purposes' in this review. Did you mean #2 Shared purpose?"
    )


@pytest.mark.parametrize("name", ["Baker (2020)", "baker 2020", "#2", "2", "10.1000/baker", "Twin (2020)"])
def test_a_paper_answers_to_all_its_names(name: str, small: Path, ask_json: AskJson) -> None:
    found = ask_json("paper", "show", name)
    assert (found["number"], found["label"]) == (2, "Baker (2020)")


@pytest.mark.parametrize("name", ["M1", "m1", "#1", "1", "trust BETWEEN professions", "relying"])
def test_a_mechanism_answers_to_all_its_names(name: str, small: Path, ask_json: AskJson) -> None:
    assert ask_json("mechanism", "show", name)["number"] == 1


@pytest.mark.parametrize(
    ("named", "field", "value"),
    [
        ("Ahmed (2019)", "label", "Achmed (2019)"),
        ("Ahmed (2019)", "label", ""),
        ("Ahmed (2019)", "label", "Baker (2020)"),
        ("Trust in teams", "title", "Trusting teams"),
        ("10.1000/baker", "doi", "10.1000/other"),
    ],
)
def test_the_name_by_which_a_paper_is_found_can_be_corrected(
    named: str, field: str, value: str, small: Path, ask_json: AskJson
) -> None:
    uid = ask_json("paper", "show", named)["uid"]
    assert ask_json("paper", "edit", named, field, value) == {"uid": uid}
    found = ask_json("paper", "show", uid)
    assert found[field] == value
    assert [row["field"] for row in found["corrections"]] == [field]


@pytest.mark.parametrize("option", ["--act", "--before"])
@pytest.mark.parametrize("number", ["-1", "99999999999999999999", "1.5", "x"])
def test_a_number_beyond_all_numbers_is_wrong_use(option: str, number: str, bare: Path, run: Run) -> None:
    said = run("log", option, number)
    assert said.status == 2
    assert "Invalid value" in said.err


@pytest.mark.parametrize(
    "args",
    [
        ("search", "add", "x", "--stage", "1a", "--hits"),
        ("round", "add", "x", "--stage", "1a", "--kind", "full text", "--readers"),
        ("paper", "list", "--after"),
        ("paper", "list", "--limit"),
    ],
)
def test_numbers_that_no_database_holds_are_wrong_use(args: tuple[str, ...], small: Path, run: Run) -> None:
    for number in ("-1", "2147483648", "99999999999999999999"):
        assert run(*args, number).status == 2


@pytest.mark.parametrize(
    "args",
    [
        ("paper", "show", "\udcff"),
        ("paper", "list", "--search", "\udcff"),
        ("undo", "\udcff"),
        ("log", "--by", "\udcff"),
        ("evidence", "withdraw", "\udcff", "--reason", "x"),
        ("--db", "\udcff", "check"),
        ("cmo", "import", "\udcff"),
        ("import", "\udcff"),
        ("export", "records", "no/\udcff"),
        ("\udcff",),
    ],
)
def test_bytes_that_are_no_text_end_in_a_sentence(args: tuple[str, ...], small: Path, run: Run) -> None:
    said = run(*args)
    assert said.status in (0, 1, 2)
    (said.out + said.err).encode("utf-8")
