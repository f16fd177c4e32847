"""From what a person types to the thing meant."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from realist.errors import Ambiguous, NotFound
from realist.queries.naming_boxes import resolve_any
from realist.services import configurations, consulting, mechanisms, papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.tables import Paper
from realist.vocabulary import RoundKind
from tests.services.dumps import dump
from tests.services.world import box


@pytest.fixture
def full(tmp_path: Path, full_file: Path) -> Iterator[Desk]:
    """One or more things of each kind."""
    path = tmp_path / "full.realist"
    shutil.copy(full_file, path)
    store = open_store(str(path))
    yield Desk(store, "SF")
    store.close()


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """The review of all tests here, to copy."""
    path = tmp_path_factory.mktemp("full") / "full.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    filled(Desk(store, "SF"))
    store.close()
    return path


def filled(desk: Desk) -> None:
    for label, title in (("Löwstedt (2009)", "Work after a stroke"), ("Williams (2012)", "Trust")):
        papers.add_paper(desk, label=label, title=title)
    papers.add_paper(desk, doi="10.5555/abc.1")
    mechanisms.add_mechanism(desk, "Borrowed hope", aliases=["vicarious hope", "Lent hope"])
    mechanisms.add_mechanism(desk, "Trust")
    mechanisms.add_mechanism(desk, "2024")
    mechanisms.add_context(desk, "Small firm")
    mechanisms.add_outcome(desk, "Back at work")
    mechanisms.add_list(desk, "Table 1", [])
    plan.add_stage(desk, "1a")
    plan.add_search(desk, "Medbase, spring", stage="1a")
    rounds.add_round(desk, "titles", stage="1a", kind=RoundKind.TITLE_ABSTRACT)
    screening.add_included_set(desk, "theory building")
    consulting.add_consultation(desk, "June meeting")
    configurations.add_configuration(desk, box("2b", "Williams (2012)", "Trust"))


def named(desk: Desk, kind: str, name: str) -> str:
    with desk.store.read() as connection:
        return resolve_any(connection, kind, name)


def uid_of(desk: Desk, table: str, column: str, value: object) -> str:
    (found,) = [str(row["uid"]) for row in dump(desk.store)[table] if row[column] == value]
    return found


@pytest.mark.parametrize(
    "name",
    ["Löwstedt (2009)", "lowstedt 2009", "LÖWSTEDT (2009)", " #1 ", "1", "Work after a stroke"],
)
def test_a_paper_by_what_it_is_called(full: Desk, name: str) -> None:
    assert named(full, "paper", name) == uid_of(full, "paper", "number", 1)


@pytest.mark.parametrize("name", ["Löwstedt (2009)", "LÖWSTEDT (2009)", "#1", "1", "Work after a stroke"])
def test_a_paper_on_each_engine(desk: Desk, name: str) -> None:
    papers.add_paper(desk, label="Löwstedt (2009)", title="Work after a stroke")
    assert named(desk, "paper", name) == uid_of(desk, "paper", "number", 1)


def test_a_paper_by_doi_and_by_uid(full: Desk) -> None:
    uid = uid_of(full, "paper", "number", 3)
    assert named(full, "paper", "10.5555/abc.1") == named(full, "paper", uid) == uid


@pytest.mark.parametrize(
    "name", ["Borrowed hope", "borrowed  HOPE", "M1", "m1", "#1", "1", "vicarious hope", "lent-hope"]
)
def test_a_mechanism_by_name_number_or_alias(full: Desk, name: str) -> None:
    assert named(full, "mechanism", name) == uid_of(full, "mechanism", "number", 1)


@pytest.mark.parametrize(
    ("kind", "name", "table", "column", "value"),
    [
        ("context", "c1", "context", "name", "Small firm"),
        ("context", "small firm", "context", "name", "Small firm"),
        ("outcome", "O1", "outcome", "name", "Back at work"),
        ("configuration", "2b", "configuration", "number", 1),
        ("configuration", "2B", "configuration", "number", 1),
        ("configuration", "#1", "configuration", "number", 1),
        ("configuration", "Box 2b", "configuration", "number", 1),
        ("stage", "1A", "stage", "name", "1a"),
        ("search", "#1", "search", "number", 1),
        ("search", "medbase spring", "search", "number", 1),
        ("round", "Titles", "round", "number", 1),
        ("list", "table 1", "mechanism_list", "name", "Table 1"),
        ("set", "Theory Building", "included_set", "name", "theory building"),
        ("consultation", "june meeting", "consultation", "name", "June meeting"),
        ("person", "SF", "person", "initials", "SF"),
    ],
)
def test_everything_else(full: Desk, kind: str, name: str, table: str, column: str, value: object) -> None:
    assert named(full, kind, name) == uid_of(full, table, column, value)


def test_bare_digits_are_a_name_before_they_are_a_number(full: Desk) -> None:
    assert named(full, "mechanism", "2024") == uid_of(full, "mechanism", "name", "2024")
    assert named(full, "mechanism", "3") == uid_of(full, "mechanism", "name", "2024")
    mechanisms.add_mechanism(full, "3")
    assert named(full, "mechanism", "3") == uid_of(full, "mechanism", "name", "3")
    assert named(full, "mechanism", "#3") == uid_of(full, "mechanism", "name", "2024")


def test_a_bare_number_is_no_box_where_labels_are_numbers(full: Desk) -> None:
    with pytest.raises(NotFound, match=r"No box has the label 1, and other.*'#1 2b', write \"#1\"\."):
        named(full, "configuration", "1")
    assert named(full, "configuration", "#1") == uid_of(full, "configuration", "number", 1)
    configurations.add_configuration(full, box("(1)", "Williams (2012)", "Trust"))
    assert named(full, "configuration", "1") == uid_of(full, "configuration", "label", "(1)")
    with pytest.raises(NotFound, match=r"There is no box '7'"):
        named(full, "configuration", "7")


@pytest.mark.parametrize("label", ["", "B"])
def test_a_bare_number_is_a_box_where_no_label_is_a_number(desk: Desk, label: str) -> None:
    papers.add_paper(desk, label="Ash (2001)")
    mechanisms.add_mechanism(desk, "Trust")
    one = replace(box("", "Ash (2001)", "Trust"), title="2 ways of trusting")
    configurations.add_configuration(desk, replace(one, label=label))
    assert named(desk, "configuration", "1") == uid_of(desk, "configuration", "number", 1)


def test_an_exact_name_goes_before_a_folded_one(full: Desk) -> None:
    papers.add_paper(full, label="Lowstedt (2009)")
    assert named(full, "paper", "Lowstedt (2009)") == uid_of(full, "paper", "number", 4)
    assert named(full, "paper", "Löwstedt (2009)") == uid_of(full, "paper", "number", 1)
    with pytest.raises(Ambiguous, match=r"#1 Löwstedt \(2009\), #4 Lowstedt \(2009\)\. Use its number"):
        named(full, "paper", "lowstedt 2009")


def test_an_ambiguous_name_lists_the_candidates(full: Desk) -> None:
    with full.unit("import", "made up") as work:
        for number in range(4, 16):
            work.add(Paper(number=number, label="Smith (2010)", title=f"No. {number}"))
    with pytest.raises(Ambiguous) as caught:
        named(full, "paper", "Smith (2010)")
    assert str(caught.value).startswith("'Smith (2010)' could be more than one paper: #4 Smith (2010), #5")
    assert str(caught.value).endswith("#11 Smith (2010) and 4 more. Use its number.")


def test_an_alias_of_two_mechanisms_is_ambiguous(full: Desk) -> None:
    mechanisms.add_alias(full, "Trust", "Vicarious Hope")
    with pytest.raises(Ambiguous, match="more than one mechanism: #1 Borrowed hope, #2 Trust"):
        named(full, "mechanism", "vicarious hope")


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [
        ("paper", "Wiliams (2012)", r"#2 Williams \(2012\)"),
        ("mechanism", "borowed hope", "#1 Borrowed hope"),
        ("round", "title", "#1 titles"),
        ("set", "theory bulding", "theory building"),
        ("search", "medbase", "#1 Medbase, spring"),
    ],
)
def test_a_near_miss_is_told(full: Desk, kind: str, name: str, near: str) -> None:
    with pytest.raises(NotFound, match=rf"There is no .* in this review\. Did you mean {near}"):
        named(full, kind, name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "#",
        "M",
        "#99",
        "#0",
        "99999999999999999999",
        "²",
        "xyzzy",
        "%",
        "_",
        "' OR 1=1 --",
        "\x1b[31m",
    ],
)
def test_what_nothing_is_called(full: Desk, name: str) -> None:
    for kind in ("paper", "mechanism", "set"):
        with pytest.raises(NotFound, match="There is no"):
            named(full, kind, name)
