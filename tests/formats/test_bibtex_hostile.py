"""BibTeX files that mean harm: each is read or refused within seconds, and what is refused is told."""

from __future__ import annotations

import time

import pytest

from realist.formats.bibtex.meaning import read
from realist.formats.records import Fields, Notes, Problem, RawRecord
from tests.formats.support import errors, split_items

GOOD = "\n@misc{good, title = {Read}, year = 2000}\n"
WAIT = 30.0
"""Seconds. Each of these takes a small part of it; what is not linear takes minutes."""


def read_text(text: str) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    lines = (text + GOOD).split("\n")
    blocks = ["\n" + "\n".join(lines[at : at + 1000]) for at in range(0, len(lines), 1000)]
    began = time.process_time()
    found = split_items(list(read(blocks, Notes())))
    assert time.process_time() - began < WAIT
    assert found[0][-1][1].title == "Read"
    return found


def test_nested_braces() -> None:
    deep = "{" * 100_000 + "x" + "}" * 100_000
    records, problems = read_text(f"@misc{{a, title = {{{deep}}}}}")
    assert records[0][1].title == "x"
    assert records[0][0].raw[2] == ("title", deep)
    assert problems == []


def test_braces_that_never_close() -> None:
    records, problems = read_text("@misc{a, title = {" + "{" * 100_000)
    assert len(records) == 1
    assert [problem.line for problem in errors(problems)] == [1]


def test_thousands_of_unclosed_records_are_each_refused() -> None:
    _, problems = read_text("\n".join(f"@article{{k{n}, title={{never closed {n}" for n in range(5000)))
    assert [problem.line for problem in errors(problems)] == list(range(1, 5001))
    assert [problem.record for problem in problems] == list(range(1, 5001))


def test_thousands_of_unclosed_values_are_each_told() -> None:
    text = "".join(f"@article{{k{n},\n title = {{never closed {n},\n year = 2001,\n}}\n" for n in range(2000))
    records, problems = read_text(text)
    assert [fields.year for _, fields in records[:-1]] == [2001] * 2000
    assert len(problems) == 2000


@pytest.mark.parametrize("text", ["words " * 250_000, "a \\{b\\} , = " * 120_000, '{q} " # = ' * 150_000])
def test_one_very_long_line(text: str) -> None:
    records, problems = read_text(f"@misc{{a, title = {{t}}, abstract = {{{text}}}}}")
    assert records[0][0].raw[3] == ("abstract", text)
    assert problems == []


def test_nul_and_lone_surrogates() -> None:
    records, problems = read_text("@misc{a\x00b, title = {x\ud800\x00y}, note = {\udfff}, \x00 = {z}}\n")
    assert records[0][1].title == "xy"
    assert records[0][0].raw[2] == ("title", "x\ud800\x00y")
    assert problems == []


def test_a_year_of_five_thousand_digits() -> None:
    nines, ones = "9" * 5000, "1" * 5000
    records, problems = read_text(
        f"@misc{{a, title={{t}}, year={{{nines}}}}}\n@misc{{b, title={{t}}, year={ones}}}"
    )
    assert [fields.year for _, fields in records] == [None, None, 2000]
    assert [problem.line for problem in problems] == [1, 2]
    assert all(len(problem.message) < 200 for problem in problems)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 200_000,
        "@{\n" * 50_000,
        "@" * 1_000_000,
        "@misc{a, title = {x}} " * 20_000,
        "@misc{a, title = {{\n" + "@w{ x}} y\n" * 20_000,
        "@misc{a, title = {{{{{{{{{{\n@w{}}} {x\n" * 5000,
        "@misc{a, " + "x = " * 200_000 + "}",
        "@misc{a, " + "," * 200_000 + "}",
        "@misc{a, t = " + "{x} # " * 200_000 + "y}",
        "@misc{a, t = " + '"x" ' * 200_000 + "}",
        "@misc{a, t = " + '"' * 200_001 + "}",
        "@misc{a, t = {x}" + "\n b = {c}" * 50_000 + "}",
        "@misc{a,\n t = {x" + "\n b = {c}" * 50_000,
        "@misc{a,\n" + "% c, {\n" * 50_000 + "t = {x}}",
        "@misc{a, author = {" + "a and " * 200_000 + "}}",
        "@misc{a, author = {" + "A, B, " * 200_000 + "}}",
        "@misc{a, title = {" + "\\'{" * 200_000 + "}}",
        "@misc{a," + "".join(f"f{n} = {{v}}," for n in range(50_000)) + "}",
        "% c = {x}\n" * 100_000,
        ("x = {y}\n" * 9 + "\n") * 10_000,
        "\n".join(f"@book{{k{n}, title = {{t}}, crossref = {{k{n + 1}}}}}" for n in range(10_000)),
        "\n".join(f"@book{{k{n}, title = {{t}}, crossref = {{z}}}}" for n in range(20_000)),
        "\n".join(f"@xdata{{k{n}, xdata = {{{','.join(f'k{m}' for m in range(20))}}}}}" for n in range(2000)),
    ],
    ids=range(23),
)
def test_what_is_repeated_without_end_takes_linear_time(text: str) -> None:
    read_text(text + "\n")
