"""What holds for every BibTeX file, not only for those somebody thought of."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.bibtex.meaning import read
from realist.formats.bibtex.parse import judge
from realist.formats.bibtex.split import START, plain_entry, stretches
from realist.formats.records import Notes, Problem, RawRecord

ATOMS = st.one_of(
    st.sampled_from(["title", "author", "year", "2000", "jan", "Ünï", "a b", "funding text 1", " ", "%"]),
    st.sampled_from(["{", "}", "{}", '"', '{"}', ",", "=", "#", "\\", "\\{", "\\}", '\\"', "(", ")"]),
    st.sampled_from(["\n", "\r", "\t", "\u2028", "\x0c", "\ufeff", "@", "@x", "@x{", "@ (", "},\n", "\n}"]),
    st.sampled_from(["{a}", "{{b}}", '"c"', "= {d},", ' = "e" ,', "= 7,", "\n f = {g},"]),
)
NEARLY = st.lists(ATOMS, max_size=14).map("".join)
FIELD = st.tuples(
    st.sampled_from(["title", "a-b", "x y", " k", "é+1"]),
    st.sampled_from([" = ", "=", "\n=\t"]),
    st.one_of(
        NEARLY.map(lambda text: f"{{{text}}}"),
        NEARLY.map(lambda text: f'"{text}"'),
        st.sampled_from(["12", "jan", "{x {y {z {w}}}}", "{x {y {z {w {v}}}}}"]),
    ),
    st.sampled_from([",", " , ", ",\n", "\n,", ""]),
).map("".join)
ENTRY = st.tuples(
    st.sampled_from(["@article{k,", "@Book {k 1 ,", "@misc{,", "@a{", "@x(k,", " @é_1{a:b/c,\n"]),
    st.one_of(st.lists(FIELD, max_size=4).map("".join), NEARLY),
    st.sampled_from(["}", "\n}\n", "", "}}", ",}", "} tail"]),
).map("".join)

MARKS = st.one_of(
    st.sampled_from(["@article{k1,\n", "@book{", "@misc(", "\n@article{k2, title = {", "\n@misc{", "@"]),
    st.sampled_from(["crossref = {k1},", "xdata = {k2},", " and ", "s", "\n n = {", "# s #"]),
    st.sampled_from(["title = {", "year = 2001,", "abstract = {", " = ", "#", ",", "{}", "}},\n", "\n}\n"]),
    st.sampled_from(["}", "},", "},\n", "}\n", ")", "{", '"', '",', "\n", "\\", "\\{", "\\}", "\r"]),
)
COMMENTS = st.sampled_from(
    ["@string{s = {", "\n@comment{", "\n@preamble{", "% ", "\n%", "\n%@article{", "\ufeff"]
)
WORDS = st.text("abcdefg", min_size=4, max_size=7)
FILES = st.lists(st.one_of(MARKS, WORDS), max_size=30).map("".join)
COMMENTED = st.lists(st.one_of(MARKS, COMMENTS, WORDS), max_size=30).map("".join)


def blocks(text: str) -> list[str]:
    return ["\n" + text]


def assert_judged_alike(text: str) -> int:
    """Assert that what is read as plain is read alike by bibtexparser; return how many records were plain."""
    plain = 0
    for line, stretch in stretches(blocks(text)):
        found = plain_entry(line, stretch)
        if found is None:
            continue
        plain += 1
        entry, end = found
        first = judge(line, stretch)[0]
        assert first.part == entry
        assert first.end == end
    return plain


@settings(max_examples=400, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3).map("\n".join))
def test_plain_records_are_read_as_bibtexparser_reads_them(text: str) -> None:
    assert_judged_alike(text)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3).map("\n".join))
def test_plain_records_are_read_as_bibtexparser_reads_them_in_many_files(text: str) -> None:
    assert_judged_alike(text)


def test_the_comparison_compares_something() -> None:
    text = '@article{k, title = {A {b}}, note = "c", year = 2000}\n@book{l, x={y}, z=jan\n}\nmore'
    assert assert_judged_alike(text) == 2


@settings(deadline=None)
@given(COMMENTED)
def test_stretches_are_the_text(text: str) -> None:
    found = list(stretches(blocks(text)))
    assert "".join(stretch for _, stretch in found) == "\n" + text
    assert all(START.match(stretch) for _, stretch in found[1:])
    number = 1
    for line, stretch in found:
        assert line == number
        number += stretch.count("\n") + stretch.count("\r")


def kept_words(text: str) -> tuple[Counter[str], Counter[str]]:
    """Return the words of a text, and those that came out of it."""
    items = list(read(blocks(text), Notes()))
    kept = Counter[str]()
    positions = []
    for item in items:
        if isinstance(item, Problem):
            assert 1 <= item.line <= 1 + text.count("\n") + text.count("\r")
            assert item.message.endswith(".")
            kept.update(re.findall("[a-g]{4,}", item.text))
        else:
            record: RawRecord = item[0]
            positions.append(record.position)
            str(item).encode()
            kept.update(
                word for pair in record.raw for part in pair for word in re.findall("[a-g]{4,}", part)
            )
    assert positions == sorted(set(positions))
    return Counter(re.findall("[a-g]{4,}", text)), kept


def assert_nothing_lost(text: str) -> None:
    written, kept = kept_words(text)
    assert not written - kept


@settings(max_examples=400, deadline=None)
@given(FILES)
def test_nearly_a_bibtex_file_never_crashes_and_loses_no_word(text: str) -> None:
    assert_nothing_lost(text)


@pytest.mark.slow
@settings(max_examples=3000, deadline=None)
@given(FILES)
def test_nearly_a_bibtex_file_loses_no_word_in_many_files(text: str) -> None:
    assert_nothing_lost(text)


@settings(max_examples=400, deadline=None)
@given(COMMENTED)
def test_nearly_a_bibtex_file_with_comments_never_crashes(text: str) -> None:
    kept_words(text)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_never_crashes(text: str) -> None:
    kept_words(text)
