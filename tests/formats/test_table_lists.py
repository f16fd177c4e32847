"""Lists within one cell: people are neither glued nor cut, keywords part where they should."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.formats.tables.lists import commas_part, keywords, people, people_of_pubmed, unglued


@pytest.mark.parametrize(
    ("cell", "commas", "expected"),
    [
        ("Best, Nora; Shaw, Jo; ", None, ["Best, Nora", "Shaw, Jo"]),
        ("Smits,Maarten L.;van Hoven,null;", None, ["Smits, Maarten L.", "van Hoven"]),
        ("Best, N. and Shaw, J. and others", False, ["Best, N.", "Shaw, J."]),
        ("Best, N. and World Health Organization", False, ["Best, N.", "World Health Organization"]),
        ("Best, N. and World Health Organization", None, ["Best, N.", "World Health Organization"]),
        ("Nora Best, Jo Shaw, and Ian Ray", None, ["Nora Best", "Jo Shaw", "Ian Ray"]),
        ("Nora Best, Jo Shaw and Ian Ray", None, ["Nora Best", "Jo Shaw", "Ian Ray"]),
        ("Best, N., Shaw, J.-P., & Ray, I. B.", None, ["Best, N.", "Shaw, J.-P.", "Ray, I. B."]),
        ("Nora Best|Jo Shaw", None, ["Nora Best", "Jo Shaw"]),
        ("Best N, Shaw JP, van der Ray I", None, ["Best N", "Shaw JP", "van der Ray I"]),
        ("Best, Nora", None, ["Best, Nora"]),
        ("van der Best, Nora Ann", None, ["van der Best, Nora Ann"]),
        ("Lopez Best, N. A.", None, ["Lopez Best, N. A."]),
        ("Lopez Best, Nora Ann", False, ["Lopez Best, Nora Ann"]),
        ("Best, Nora, Jr.", None, ["Best, Nora, Jr."]),
        ("N Best, J Shaw, ...", True, ["N Best", "J Shaw"]),
        ("Best N et al", None, ["Best N et al"]),
        ("Best N; et al.", None, ["Best N"]),
        ("Johnson & Johnson", None, ["Johnson & Johnson"]),
        ("['Best, Nora', \"O'Shaw, J\"]", None, ["Best, Nora", "O'Shaw, J"]),
        ("Nora Best\nJo Shaw", None, ["Nora Best", "Jo Shaw"]),
        ("Best, Nora (57209); Shaw, Jo (3)", False, ["Best, Nora", "Shaw, Jo"]),
        ("Best, N., Shaw, J. and Ray, I. B.", None, ["Best, N.", "Shaw, J.", "Ray, I. B."]),
        ("Best, N., Shaw, J. and Ray, I. B.", False, ["Best, N.", "Shaw, J.", "Ray, I. B."]),
        (
            "[{'authorId': '1', 'name': 'Nora Best'}, {'name': \"Jo O'Shaw\"}]",
            None,
            ["Nora Best", "Jo O'Shaw"],
        ),
        ("[No author name available]", True, []),
        ("", None, []),
        (" ;; ", None, []),
    ],
)
def test_people_are_neither_glued_nor_cut(cell: str, commas: bool | None, expected: list[str]) -> None:
    assert list(people(cell, commas)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Best N, Shaw JP.", ["Best N", "Shaw JP"]),
        ("Best N, van der Shaw JP Jr; CARE Group.", ["Best N", "van der Shaw JP Jr", "CARE Group"]),
        (
            "Best N; Group for Care, North; Shaw JP, Ray I.",
            ["Best N", "Group for Care, North", "Shaw JP", "Ray I"],
        ),
        ("Group for Care, North.", ["Group for Care, North"]),
        ("Best N, et al.", ["Best N"]),
        ("", []),
    ],
)
def test_groups_among_the_people_of_pubmed_stay_whole(cell: str, expected: list[str]) -> None:
    assert list(people_of_pubmed(cell)) == expected


def test_other_cells_tell_whether_commas_part_people() -> None:
    assert commas_part(["Best, Nora", "Best, Nora; Shaw, Jo"]) is False
    assert commas_part(["Best, Nora and Shaw, Jo"]) is False
    assert commas_part(["Nora Best and Jo Shaw"]) is False
    assert commas_part(["Nora Best, Jo Shaw and Ian Ray"]) is None
    assert commas_part([]) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["a; b ;c;"], ["a", "b", "c"]),
        (["a, b (c, d), e"], ["a", "b (c, d)", "e"]),
        (["a,b, type 2,c"], ["a", "b, type 2", "c"]),
        (["a|b"], ["a", "b"]),
        (["a\nb"], ["a", "b"]),
        (["one phrase"], ["one phrase"]),
        (["['a, b', 'c']"], ["a, b", "c"]),
        (["a;b", "b;c"], ["a", "b", "c"]),
        (["a &amp; b; c"], ["a &amp; b", "c"]),
    ],
)
def test_keywords(cells: list[str], expected: list[str]) -> None:
    assert list(keywords(cells)) == expected


def test_glued_names_part_at_capitals_but_not_within_a_name() -> None:
    assert unglued("Nora BestJo ShawEva DeVries") == "Nora Best;Jo Shaw;Eva DeVries"
    assert unglued("Nora Best") == "Nora Best"


def words(values: Iterable[str]) -> list[str]:
    """Return the letters of some texts, sorted."""
    return sorted(character for value in values for character in value if character.isalpha())


@given(
    st.lists(st.from_regex(r"\A[A-Z][a-z]{1,8}, [A-Z]\.\Z"), min_size=1, max_size=6),
    st.sampled_from(["; ", " and ", "|", ", "]),
)
def test_families_and_initials_stay_together_whatever_parts_people(names: list[str], separator: str) -> None:
    assert list(people(separator.join(names))) == names


@given(st.text(max_size=60), st.sampled_from([True, False, None]))
def test_people_lose_no_letter_but_of_those_who_are_nobody(cell: str, commas: bool | None) -> None:
    found = people(cell, commas)
    assert all(name == name.strip() and name for name in found)
    assert len(words(found)) <= len(words([cell]))
