"""Tests of realist.formats.tagged.engine and grammar, with the grammar of RIS and with others."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from typing import SupportsIndex

import pytest

from realist.formats.records import Problem, RawRecord
from realist.formats.tagged import engine as tagged
from realist.formats.tagged import grammar as grammar_module
from realist.formats.tagged.engine import TagReader
from realist.formats.tagged.grammar import Grammar
from realist.formats.tagged.ris import GRAMMAR
from realist.vocabulary import Severity
from tests.formats.support import lines_of

MADE_UP = Grammar(
    name="made up",
    field=re.compile(r"\n#([A-Z]+):(?: |(?=\n)|\Z)"),
    start="NEW",
    end="DONE",
    noise=re.compile(r"-+\Z"),
    separator=": ",
    remedy="#NEW: thing",
)

PARTED = Grammar(
    name="parted by blank lines",
    field=re.compile(r"\n[\r\ufeff]*([a-z]+)=(?: |(?=\n)|\Z)"),
    start="id",
    end="",
    noise=re.compile(r"-+\Z"),
    separator="= ",
    remedy="id= 1",
    glue=re.compile(r"id=(?<![\n\r]id=)(?<!\n\ufeffid=)(?= [0-9])"),
    parted=True,
    named=True,
    stray=re.compile(r"\n *(?=\n\S)"),
)
LATE = replace(PARTED, name="late", late=True, named=False, stray=None, followers=frozenset({"note"}))
PEEKING = Grammar(
    name="names on lines of their own",
    field=re.compile(r"\n(=+(?=[0-9])|[A-Z][a-z]+(?=\n \S))"),
    start="=",
    end="",
    noise=re.compile(r"(?!)"),
    separator="",
    remedy="=1",
    peeks=True,
)


def read(*blocks: str, grammar: Grammar = GRAMMAR) -> tuple[list[RawRecord], list[Problem], TagReader]:
    reader = TagReader(grammar)
    items = list(reader.read(["\n" + block for block in blocks]))
    records = [item for item in items if isinstance(item, RawRecord)]
    return records, [item for item in items if isinstance(item, Problem)], reader


def test_every_tag_is_kept_in_file_order_with_its_line() -> None:
    records, problems, _ = read("TY  - JOUR\nKW  - a\nTI  - T\nKW  - b\nXQ  - \nER  - ")
    expected = [("TY", "JOUR"), ("KW", "a"), ("TI", "T"), ("KW", "b"), ("XQ", ""), ("ER", "")]
    assert records == [RawRecord(1, 1, expected)]
    assert lines_of(records[0]) == [1, 2, 3, 4, 5, 6]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("AB  - text", "text"),
        ("AB - text", "text"),
        ("AB   - text", "text"),
        ("   AB  - text", "text"),
        ("AB  -  text ", " text "),
        ("AB  -", ""),
        ("\ufeffAB  - text", "text"),
        ("AB  - a  - b", "a  - b"),
    ],
)
def test_ways_to_write_a_tag_line(line: str, value: str) -> None:
    records, _, _ = read(f"TY  - JOUR\nTI  - T\n{line}\nER  -")
    assert records[0].raw[2] == ("AB", value)


@pytest.mark.parametrize(
    "line",
    [
        "ER then a second line",
        "AB    - four spaces",
        "AB- none",
        "AB  -text",
        "ab  - lower",
        "1A  - digit",
        "ABC  - x",
        "\tAB  - x",
    ],
)
def test_lines_that_are_no_tags_continue_the_value(line: str) -> None:
    records, _, _ = read(f"TY  - JOUR\nAB  - one\n{line}\nlast\nER  - ")
    assert records[0].raw[1] == ("AB", f"one\n{line}\nlast")
    assert lines_of(records[0]) == [1, 2, 5]


def test_blank_lines_within_a_value_stay() -> None:
    records, _, _ = read("TY  - JOUR\nAB  - one\n\n  \ntwo\nER  - ")
    assert records[0].raw[1] == ("AB", "one\n\n  \ntwo")


def test_a_start_ends_a_record_without_an_end_and_names_both_lines() -> None:
    records, problems, _ = read("TY  - JOUR\nTI  - A\n\nTY  - BOOK\nTI  - B\nER  - ")
    assert [record.raw[1] for record in records] == [("TI", "A"), ("TI", "B")]
    assert [record.line for record in records] == [1, 4]
    assert [(problem.line, problem.record, problem.severity) for problem in problems] == [
        (4, 1, Severity.WARNING)
    ]
    assert problems[0].message == "Record 1 of line 1 has no ER line before record 2 begins at line 4: " + (
        "it was ended there."
    )


def test_the_end_of_the_file_ends_a_record() -> None:
    records, problems, _ = read("TY  - JOUR\nTI  - A\nAB  - b\n\n")
    assert records[0].raw == [("TY", "JOUR"), ("TI", "A"), ("AB", "b")]
    assert "the file may be cut off there" in problems[0].message


def test_noise_before_an_unended_end_is_not_its_text() -> None:
    records, _, reader = read("TY  - A\nTI  - A\nAB  - 1\n2.\n\nRecord #2 of 3\n\nTY  - B\nTI  - B\nER  -")
    assert records[0].raw[-1] == ("AB", "1\n2.")
    assert reader.preamble == ["Record #2 of 3"]


def test_an_end_ends_whatever_follows_it() -> None:
    records, problems, _ = read("TY  - JOUR\nTI  - A\nER  - dsfd\n\nTY  - JOUR\nTI  - B\nER  - ")
    assert records[0].raw[-1] == ("ER", "dsfd")
    assert len(records) == 2
    assert [(problem.line, problem.text) for problem in problems] == [(3, "dsfd")]


def test_noise_between_records_is_counted_and_never_told() -> None:
    head = 'Record #3 of 18\nProvider: A Maker\nContent: text/plain; charset="UTF-8"\n\n1.\n'
    tail = "\n\n6. \nLink to the Ovid Full Text or citation:\nhttp://ovidsp.example/?x=1\n"
    records, problems, reader = read(head + "TY  - JOUR\nTI  - A\nER  - \n" + tail)
    assert len(records) == 1
    assert problems == []
    assert reader.noise == 7
    assert reader.preamble[1] == "Provider: A Maker"


def test_other_text_outside_records_is_told_with_its_lines() -> None:
    _, problems, _ = read("hello\n\nTY  - J\nTI  - A\nER  - \nlost one\nlost two\n\nTY  - J\nTI  - B\nER  - ")
    assert [(problem.line, problem.text) for problem in problems] == [(1, "hello"), (6, "lost one\nlost two")]
    assert problems[0].message.startswith("Line 1 is outside any record and left out")
    assert problems[1].message.startswith("Lines 6 to 7 are outside any record and left out")
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_fields_without_a_start_are_errors_with_their_text() -> None:
    text = "AU  - A\nTI  - One\nwrapped\nER  - \n\nAU  - B\nTI  - Two\n\nTY  - J\nTI  - Three\nER  - "
    records, problems, _ = read(text)
    assert [record.line for record in records] == [9]
    assert [(problem.line, problem.severity) for problem in problems] == [
        (1, Severity.ERROR),
        (6, Severity.ERROR),
    ]
    assert problems[0].text == "AU  - A\nTI  - One\nwrapped\nER  - "
    assert 'put a line "TY  - GEN" before these fields' in problems[0].message
    assert problems[1].text == "AU  - B\nTI  - Two"


def test_a_stray_end_is_a_warning() -> None:
    _, problems, _ = read("TY  - J\nTI  - A\nER  - \nER  - \nAU  - x")
    assert [(problem.line, problem.severity) for problem in problems] == [
        (4, Severity.WARNING),
        (5, Severity.ERROR),
    ]


def test_much_text_outside_is_told_in_portions() -> None:
    _, problems, _ = read("x\n" * 2500 + "TY  - J\nTI  - A\nER  - ")
    assert [problem.line for problem in problems] == [1, 1001, 2001]
    assert sum(problem.text.count("x") for problem in problems) == 2500


def test_long_text_outside_is_told_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "_BLOCK_SIZE", 10)
    _, problems, _ = read("123456789\n" * 4)
    assert [problem.line for problem in problems] == [1, 3]


def test_empty_records_are_refused_with_their_text() -> None:
    records, problems, _ = read("TY  - GEN\nER  - \nTY  -\nAU  - \n \nER  -\nTY  - J\nTI  - A\nER  -")
    assert [record.position for record in records] == [3]
    assert [(p.line, p.record, p.severity, p.text) for p in problems] == [
        (1, 1, Severity.ERROR, "TY  - GEN\nER  - "),
        (3, 2, Severity.ERROR, "TY  - \nAU  - \n \nER  - "),
    ]


def test_bare_cr_stays_in_the_value_and_counts_as_a_line() -> None:
    records, problems, _ = read(
        "TY  - J\nAB  - a\rb\rAU  - c\nTI  - T\nER  - \n\n\rTY  - J\nTI  - B\nER  - x"
    )
    assert records[0].raw[1] == ("AB", "a\rb\rAU  - c")
    assert lines_of(records[0]) == [1, 2, 5, 6]
    assert records[1].line == 9
    assert [problem.line for problem in problems] == [11]


def test_bare_cr_before_a_tag_goes_to_the_value_before_it() -> None:
    records, _, _ = read("TY  - J\nAB  - a\n \r\rTI  - T\nER  - ")
    assert records[0].raw == [("TY", "J"), ("AB", "a \r\r"), ("TI", "T"), ("ER", "")]
    assert lines_of(records[0]) == [1, 2, 5, 6]


def test_bare_cr_elsewhere_is_not_moved() -> None:
    records, _, _ = read("TY  - J\nAB  - a\n\rb\nER  - ")
    assert records[0].raw[1] == ("AB", "a\n\rb")


@pytest.mark.parametrize("end", ["ER  - ", "ER  -", "ER  - \ufeff", "ER  -\ufeff", "ER  - \n\ufeff"])
def test_files_glued_together_are_read_apart(end: str) -> None:
    records, problems, _ = read(f"TY  - J\nTI  - A\n{end}TY  - BOOK\nTI  - B\nER  - ")
    assert [record.raw[0][1] for record in records] == ["J", "BOOK"]
    assert [record.raw[1] for record in records] == [("TI", "A"), ("TI", "B")]
    assert records[0].raw[-1] == ("ER", "")
    assert problems == []
    assert records[1].line == (4 if "\n" in end else 3)


def test_a_file_cut_off_within_a_line_and_the_one_joined_on_to_it_are_read_apart() -> None:
    records, problems, _ = read("TY  - J\nTI  - A\nAB  - cut o\ufeffTY  - BOOK\nTI  - B\nER  - ")
    assert [record.raw[-1] for record in records] == [("AB", "cut o"), ("ER", "")]
    assert [record.line for record in records] == [1, 3]
    assert [(problem.line, problem.record) for problem in problems] == [(3, 1)]


def test_blocks_may_part_anywhere_between_lines() -> None:
    text = (
        "1.\nTY  - J\nAB  - a\n\nb\n\rc\nER  - \n\nfoo\n\nTY  - K\nTI  - B\n\nTY  - L\nTI  - C\nER  - z\nbar"
    )
    lines = text.split("\n")
    whole = read(text)[:2]
    for cut in range(1, len(lines)):
        assert read("\n".join(lines[:cut]), "\n".join(lines[cut:]))[:2] == whole
    assert read(*lines)[:2] == whole
    assert [record.line for record in whole[0]] == [2, 12, 15]


def test_another_grammar_is_read_by_the_same_engine() -> None:
    records, problems, reader = read(
        "---\n#NEW: one\n#SIZE: 3\nand more\n#DONE:\nwhat\n#NEW:\n#DONE:", grammar=MADE_UP
    )
    assert records == [
        RawRecord(1, 2, [("NEW", "one"), ("SIZE", "3\nand more"), ("DONE", "")]),
    ]
    assert [(problem.line, problem.severity) for problem in problems] == [
        (6, Severity.WARNING),
        (7, Severity.ERROR),
    ]
    assert reader.noise == 1


def test_many_lines_without_tags_take_linear_work() -> None:
    blocks = ["\n" + "word\n" * 500 + "word" for _ in range(400)]
    reader = TagReader(GRAMMAR)
    items = list(reader.read(["\nTY  - J\nAB  - a", *blocks, "\nER  - "]))
    assert isinstance(items[0], RawRecord)
    assert items[0].raw[1][1].count("word") == 400 * 501


def test_a_record_beyond_all_measure_is_ended_and_the_rest_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "LARGEST", 100)
    records, problems, _ = read("TY  - J\nTI  - A", *["AB  - " + "a" * 50] * 5, "TY  - J\nTI  - B\nER  - ")
    assert [record.position for record in records] == [1, 2]
    assert [tag for tag, _ in records[0].raw] == ["TY", "TI", "AB", "AB"]
    assert [(problem.line, problem.record, problem.severity) for problem in problems] == [
        (5, 1, Severity.ERROR),
        (5, None, Severity.ERROR),
    ]
    assert problems[1].text.count("a" * 50) == 3


def test_many_records_across_blocks_are_never_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "LARGEST", 100)
    records, problems, _ = read(*["ER  - \nTY  - J\nTI  - " + "a" * 50] * 20)
    assert len(records) == 20
    assert [problem.severity for problem in problems] == [Severity.WARNING] * 2


class Counting(list[str]):
    """A list that counts how far it was searched."""

    looked = 0

    def index(self, value: str, start: SupportsIndex = 0, stop: SupportsIndex = sys.maxsize) -> int:
        found = super().index(value, start, stop)
        self.looked += found - int(start)
        return found


def test_starts_without_ends_take_linear_work() -> None:
    tags = Counting(["TY"] * 5000)
    items = list(TagReader(GRAMMAR)._fields(1, tags, ["x"] * 5000, False))
    assert len(items) == 2 * 4999
    assert tags.looked < 2 * 5000


def first_values(records: list[RawRecord]) -> list[tuple[int, str]]:
    """Return of each record its line and its first value."""
    return [(record.line, record.raw[0][1]) for record in records]


def test_blank_lines_part_records_and_a_start_begins_one_without_them() -> None:
    records, problems, _ = read("id= 1\na= x\n\na= 2\nb= y\nid= 3\na= z\n \n\n", grammar=PARTED)
    assert first_values(records) == [(1, "1"), (4, "2"), (6, "3")]
    assert [record.raw for record in records] == [
        [("id", "1"), ("a", "x")],
        [("a", "2"), ("b", "y")],
        [("id", "3"), ("a", "z")],
    ]
    assert problems == []


def test_indented_lines_after_a_blank_one_go_on_with_the_value() -> None:
    records, problems, _ = read("id= 1\na= x\n\n  more\nb= y", grammar=PARTED)
    assert records[0].raw == [("id", "1"), ("a", "x\n\n  more"), ("b", "y")]
    assert lines_of(records[0]) == [1, 2, 5]
    assert problems == []


@pytest.mark.parametrize(("tail", "count"), [("", 1), ("\nid= 2\na= y", 2), ("\n\nb= 2", 2)])
def test_text_after_a_blank_line_at_the_end_of_a_record_is_outside(tail: str, count: int) -> None:
    records, problems, _ = read(f"id= 1\na= x\n\nlost one\nlost two{tail}", grammar=PARTED)
    assert len(records) == count
    assert records[0].raw == [("id", "1"), ("a", "x")]
    assert [(problem.line, problem.text) for problem in problems] == [(4, "lost one\nlost two")]
    assert problems[0].message.startswith("Lines 4 to 5 are outside any record")


def test_a_start_alone_is_a_record_only_where_its_value_says_something() -> None:
    assert [record.raw for record in read("id= 1\n\nid=", grammar=PARTED)[0]] == [[("id", "1")]]
    _, problems, _ = read("id= 1\n\na= x", grammar=LATE)
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (1, Severity.ERROR, "id= 1")
    ]


def test_a_late_start_is_one_more_field_of_a_record_that_began_without_it() -> None:
    text = "a= x\nid= 1\nid= 1b\nb= y\nid= 2\nb= z\n\na= w\n\nid= 3\na= v"
    records, _, _ = read(text, grammar=LATE)
    assert [(record.line, [tag for tag, _ in record.raw]) for record in records] == [
        (1, ["a", "id", "id", "b"]),
        (5, ["id", "b"]),
        (8, ["a"]),
        (10, ["id", "a"]),
    ]


def test_followers_go_on_with_a_record_after_a_blank_line() -> None:
    records, _, _ = read("note= 0\na= x\n\nnote= 1\n\na= y\n\n", grammar=LATE)
    assert [record.raw for record in records] == [
        [("note", "0"), ("a", "x\n"), ("note", "1")],
        [("a", "y")],
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_joined_on_within_a_line_begins_there(mark: str) -> None:
    records, problems, _ = read(f"id= 1\na= x{mark}id= 2\na= y\nmore\nid= 3\na= z", grammar=PARTED)
    assert [record.raw for record in records] == [
        [("id", "1"), ("a", "x")],
        [("id", "2"), ("a", "y\nmore")],
        [("id", "3"), ("a", "z")],
    ]
    assert [record.line for record in records] == [1, 2, 5]
    assert problems == []


def test_what_follows_a_record_beyond_all_measure_is_told_until_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tagged, "MOST_FIELDS", 3)
    blocks = ["id= 1\na= 1\nb= 2", "c= 3\nd= 4", "e= 5", "f= 6\n\nid= 2\na= x"]
    records, problems, _ = read(*blocks, grammar=PARTED)
    assert [tag for tag, _ in records[0].raw] == ["id", "a", "b", "c", "d"]
    assert records[1] == RawRecord(2, 9, [("id", "2"), ("a", "x")])
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (6, Severity.ERROR, ""),
        (6, Severity.ERROR, "e= 5\nf= 6"),
    ]


@pytest.mark.parametrize("grammar", [PARTED, LATE], ids=lambda grammar: str(grammar.name))
def test_blocks_of_parted_records_may_part_anywhere_between_lines(grammar: Grammar) -> None:
    text = "x\n\na= 1\nid= 1\n\n  m\n\nid= 2\nnote= y\n\n\nlost\n\nid= 3\na= zid= 4\na= w\n \nnote= v\n"
    lines = text.split("\n")[:-1]
    whole = read("\n".join(lines), grammar=grammar)[:2]
    for cut in range(1, len(lines)):
        assert read("\n".join(lines[:cut]), "\n".join(lines[cut:]), grammar=grammar)[:2] == whole
    assert read(*lines, grammar=grammar)[:2] == whole
    assert len(whole[0]) > 3


def test_names_on_lines_of_their_own_are_told_by_the_line_after_them() -> None:
    lines = ["=1", "Title", " One", " two", "Not", "Author", " A", "", " B", "=2", "Title", " Three"]
    whole = read("\n".join(lines), grammar=PEEKING)[:2]
    assert [record.raw for record in whole[0]] == [
        [("=", "1"), ("Title", "\n One\n two\nNot"), ("Author", "\n A\n\n B")],
        [("=", "2"), ("Title", "\n Three")],
    ]
    assert [record.line for record in whole[0]] == [1, 10]
    for cut in range(1, len(lines)):
        assert read("\n".join(lines[:cut]), "\n".join(lines[cut:]), grammar=PEEKING)[:2] == whole
    assert read(*lines, grammar=PEEKING)[:2] == whole


def test_names_without_end_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "_MOST_TAGS", 3)
    names = [f"Name{letter}" for letter in "abcdefgh"]
    records, _, _ = read("=1", *[f"{name}\n x" for name in names], grammar=PEEKING)
    assert [tag for tag, _ in records[0].raw] == ["=", *names]


def test_much_indented_text_is_not_held_back_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grammar_module, "_MOST_HELD", 50)
    records, _, _ = read("=1\nTitle", *[" word"] * 100, "Author\n A", grammar=PEEKING)
    assert [tag for tag, _ in records[0].raw] == ["=", "Title", "Author"]
    assert records[0].raw[1][1].count("word") == 100


def test_fields_outside_records_do_not_hide_a_blank_line_between_them() -> None:
    _, problems, _ = read("AU  - A\n\nTI  - B\nTY  - J\nTI  - C\nER  - ")
    assert [(problem.line, problem.text) for problem in problems] == [(1, "AU  - A"), (3, "TI  - B")]
