"""Frameworks read from TOML, and names that may mean the same."""

from __future__ import annotations

import pytest

from realist.domain.alike import almost
from realist.domain.codes import Book, NewCode, read_book, same_name
from realist.errors import Refused
from tests.services.coded import BOOK


def test_a_framework_is_read_with_parts_after_what_they_are_parts_of() -> None:
    assert read_book(BOOK) == Book(
        "Levels",
        "Hale 2013",
        "",
        (
            NewCode("Clinical", "Between patient and staff."),
            NewCode("Case finding", "", "Clinical"),
            NewCode("Organisational"),
        ),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name", "This is no TOML that can be read"),
        ("x = " + "[" * 5_000, "This is no TOML that can be read"),
        ('name = "A"', "The framework has no codes: begin each with a line [[code]]."),
        ('name = "A"\ncode = ["x"]', "The framework has no codes"),
        ('[[code]]\nname = "x"', "The framework has no name"),
        (
            'name = "A"\ncolour = 1\n[[code]]\nname = "x"',
            "The framework says 'colour', which means nothing here",
        ),
        ('name = "A"\n[[code]]\nname = 1', "Code 1: name is no text: put it in quotation marks"),
        ('name = "A"\n[[code]]\ndescription = "x"', "Code 1 has no name"),
        ('name = "A"\n[[code]]\nname = "x"\n[[code]]\nname = "X "', "Code 2 (X) is there twice"),
        (
            'name = "A"\n[[code]]\nname = "x"\nwithin = "y"\n[[code]]\nname = "y"',
            "Code 1 (x) is within 'y', which is no code above it.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, says: str) -> None:
    with pytest.raises(Refused) as error:
        read_book(text)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Team meetings", "Team meeting"),
        ("meeting, team", "Team meeting"),
        ("Teem meeting", "Team meeting"),
        ("Trust", ""),
        ("", ""),
        ("信任", ""),
    ],
)
def test_names_that_may_mean_the_same(name: str, near: str) -> None:
    assert almost(name, ["Team meeting", "Team", "Money"]) == near


def test_names_are_the_same_when_they_differ_by_case_and_signs() -> None:
    assert same_name("team-MEETING", ["Money", "Team meeting"]) == "Team meeting"
    assert same_name("+", ["-", "+"]) == "+"
    assert same_name("Teams", ["Team"]) == ""
