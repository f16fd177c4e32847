"""Tests of realist.formats.tagged, with the grammar of RIS and with another one."""

from __future__ import annotations

import re
import sys
from typing import SupportsIndex

import pytest

from realist.formats import tagged
from realist.formats.records import Problem, RawRecord
from realist.formats.ris import GRAMMAR
from realist.formats.tagged import Grammar, TagReader
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
