"""Tests of strings, names and relatives in BibTeX files."""

from __future__ import annotations

import pytest

from realist.formats.bibtex import kin as bibtex_kin
from realist.formats.bibtex import values as bibtex_values
from realist.formats.bibtex.meaning import read
from realist.formats.bibtex.names import names
from realist.formats.bibtex.values import Strings, is_enclosed, split_fields
from realist.formats.records import Fields, Notes, Problem
from tests.formats.support import split_items


def read_fields(text: str) -> tuple[list[Fields], list[Problem]]:
    records, problems = split_items(list(read(["\n" + text], Notes())))
    return [fields for _, fields in records], problems


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("{a}", "a"),
        ('"a {b}"', "a {b}"),
        ("12", "12"),
        ("jan", "January"),
        ("known", "Some Text"),
        ("KNOWN # { x}", "Some Text x"),
        ('"a" # known # "b"', "aSome Textb"),
        ("unknown", "unknown"),
        ("{a} {b}", "a b"),
        ("two words", "two words"),
        ("{open", "open"),
        ("{a} # ", "a"),
        ("", ""),
    ],
)
def test_expressions(expression: str, text: str) -> None:
    strings = Strings()
    assert strings.define("Known", '{Some} # " " # {Text}')
    assert strings.text_of(expression) == text


def test_a_string_holds_for_what_follows_it() -> None:
    found, problems = read_fields(
        "@misc{a, title = s}\n@string{s = {One}}\n@misc{b, title = s}\n@string{t = s # {!}}\n"
        "@string{s = {Two}}\n@misc{c, title = s # t}\n"
    )
    assert [fields.title for fields in found] == ["s", "One", "TwoOne!"]
    assert problems == []


def test_strings_cannot_grow_without_end() -> None:
    bomb = "@string{s0 = {0123456789}}\n"
    bomb += "".join(f"@string{{s{n} = {' # '.join([f's{n - 1}'] * 10)}}}\n" for n in range(1, 12))
    found, problems = read_fields(bomb + "@misc{a, title = s11, note = s3}\n")
    assert found[0].title == "s11"
    assert found[0].notes == "0123456789" * 1000
    assert problems[0].line == 6
    assert problems[0].message.startswith('The string "s5" of line 6 comes to more text than any name, or')


def test_strings_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_values, "ALLOWANCE", 1000)
    strings = "".join(f"@string{{s{n} = {{{n:030}}}}}\n" for n in range(40))
    found, problems = read_fields(strings + "@misc{a, title = s1 # s39}\n")
    assert found[0].title == f"{1:030}s39"
    assert problems[0].line == 41 - len(problems)


def test_fields_cannot_multiply_a_long_string() -> None:
    records = "".join(f"@misc{{a{n}, title = s}}\n" for n in range(300))
    found, problems = read_fields("@string{s = {" + "x" * 90_000 + "}}\n" + records)
    assert sum(len(fields.title) for fields in found) < 12_000_000
    assert found[-1].title == "s"
    assert problems[-1].message.startswith("The field title of record 300 of line 301 comes to more text")


def test_enclosed_values() -> None:
    assert [is_enclosed(text) for text in ("{a}", '"a"', "{a{b}c}", '"{"}"', "{}", '"a\\""')] == [True] * 6
    assert [is_enclosed(text) for text in ("{a} # {b}", '"a" "b"', "a", "{", '"', "{a\\}", "")] == [False] * 7


def test_fields_that_lack_a_comma_are_told_apart() -> None:
    assert split_fields("a", "{x = {y}} b = 3 c d = {z}") == [("a", "{x = {y}}"), ("b", "3 c"), ("d", "{z}")]
    assert split_fields("a", "{x} # b # {y}") == [("a", "{x} # b # {y}")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Moss, Ann and Reid, E.", ("Moss, Ann", "Reid, E.")),
        ("Ann Moss and\n   Emil van der Reid AND Ö. Silva", ("Moss, Ann", "van der Reid, Emil", "Silva, Ö.")),
        ("{Group of Ten and More} and {WHO}", ("Group of Ten and More", "WHO")),
        ("Invented Health Organization", ("Invented Health Organization",)),
        ("Ministry of Health and The Trust", ("Ministry of Health", "The Trust")),
        ("Moss, Jr., Ann", ("Moss, Jr., Ann",)),
        ("Ann B. Moss Jr.", ("Moss, Jr., Ann B.",)),
        ("Moss A and ANN MOSS", ("Moss A", "MOSS, ANN")),
        ("Plato", ("Plato",)),
        ("moss reid", ("moss reid",)),
        ("Ann {Moss Reid} and {\\'E}mile~Silva", ("Moss Reid, Ann", "Silva, Émile")),
        ("Moss, A. and others", ("Moss, A.",)),
        ("Moss, A. and et al.", ("Moss, A.",)),
        ("family=Reid, given=Emil, prefix=van and Moss, A.", ("van Reid, Emil", "Moss, A.")),
        ("Moss, A, Reid, EJ, and Silva, M", ("Moss, A", "Reid, EJ", "Silva, M")),
        ("Moss, A.; Reid, E.", ("Moss, A.", "Reid, E.")),
        ("Ann Moss 0002", ("Ann Moss 0002",)),
        ("张 三", ("张 三",)),
        ("Jean Laid{\\'e},\n  Ben Loaeb", ("Jean Laidé, Ben Loaeb",)),
        ("Sand and Anders, B. and  and ", ("Sand", "Anders, B.")),
        ("", ()),
    ],
)
def test_names(written: str, meant: tuple[str, ...]) -> None:
    assert names(written) == meant


FAMILY = """@inproceedings{child, title = {Paper}, crossref = {Parent}, pages = {1--2}}
@misc{between, title = {Other}}
@proceedings{parent, title = {Proceedings}, year = 2001, editor = {Ed Moss}, publisher = {P}, doi={10.1000/p}}
@inproceedings{later, title = {Second}, crossref = {parent}, year = 1999, booktitle = {Own}}
"""


def test_children_inherit_from_parents_before_and_after_them() -> None:
    found, problems = read_fields(FAMILY)
    assert problems == []
    assert [fields.source_key for fields in found] == ["child", "between", "parent", "later"]
    child, later = found[0], found[3]
    assert (child.journal, child.year, child.editors, child.publisher) == (
        "Proceedings",
        2001,
        ("Moss, Ed",),
        "P",
    )
    assert (child.title, child.pages, child.doi) == ("Paper", "1-2", "")
    assert (later.journal, later.year, later.publisher) == ("Own", 1999, "P")


def test_raw_holds_only_what_the_child_itself_gives() -> None:
    records, _ = split_items(list(read(["\n" + FAMILY], Notes())))
    assert records[0][0].raw == [
        ("@type", "inproceedings"),
        ("@key", "child"),
        ("title", "Paper"),
        ("crossref", "Parent"),
        ("pages", "1--2"),
    ]


def test_inheritance_goes_over_generations_and_sets_of_data() -> None:
    found, problems = read_fields(
        "@inbook{a, title = {A}, crossref = b}\n@book{b, title = {B}, author = {Ann Moss}, crossref = {c}}\n"
        "@mvbook{c, title={C}, xdata = {x}, date = {2003-05/2004}}\n@xdata{x, publisher = {P}, xdata = {y}}\n"
        "@xdata{y, language = {eng}}\n@article{d, title = {D}, crossref = {e}}\n@periodical{e, title = {J}}\n"
    )
    assert {problem.message[:24] for problem in problems} == {
        "Record 4 of line 4 has n",
        "Record 5 of line 5 has n",
    }
    assert found[0]._replace(source_key="", type="") == Fields(
        title="A", authors=("Moss, Ann",), year=2003, journal="B", publisher="P", language="eng"
    )
    assert found[1].journal == ""
    assert found[5].journal == "J"


def test_a_parent_that_never_comes_is_told() -> None:
    found, problems = read_fields("@inbook{a, title = {A}, crossref = {Nobody}}\n@misc{b, title = {B}}\n")
    assert len(found) == 2
    assert [problem.message for problem in problems] == [
        'Record 1 of line 1 refers to a record "nobody", which was not found in the file: '
        "it was read without what it would take over from it."
    ]


def test_circles_end() -> None:
    found, problems = read_fields(
        "@book{a, title = {A}, crossref = {b}, year = 1999}\n@book{b, title = {B}, crossref = {a}}\n"
        "@book{c, title = {C}, crossref = {c}}\n@xdata{d, title={D}, xdata={d, e}}\n@xdata{e, xdata={d}}\n"
    )
    assert [fields.year for fields in found[:3]] == [1999, 1999, None]
    assert len(found) == 5
    assert problems == []


def test_what_is_held_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_kin, "HELD", 20_000)
    records = "".join(f"@misc{{k{n}, title = {{T}}}}\n" for n in range(200))
    text = "@inbook{a, title = {A}, crossref = {z}}\n" + records + "@book{z, title = {Z}}\n"
    found, problems = read_fields(text)
    assert [fields.source_key for fields in found] == ["a", *(f"k{n}" for n in range(200)), "z"]
    assert found[0].journal == ""
    assert len(problems) == 1


def test_a_parent_cannot_multiply_long_text() -> None:
    children = "".join(f"@inbook{{a{n}, title = {{A}}, crossref = {{z}}}}\n" for n in range(50))
    found, _ = read_fields(children + "@book{z, title = {" + "x" * 50_000 + "}, publisher = {P}}\n")
    assert found[0].publisher == "P"
    assert found[0].journal == ""
