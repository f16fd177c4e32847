"""Tests of realist.formats.markup.xml_records: damage, hostile text and laws, seen through EndNote XML."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.markup import endnote_xml, xml_records
from realist.formats.markup.xml_records import Cutter
from realist.formats.records import Notes, Problem
from realist.vocabulary import Severity
from tests.formats.support import errors, export_of, read_bytes, split_items
from tests.formats.test_endnote_xml import FULL, HEAD, TAIL, read, record


def test_damage_costs_one_record_and_its_text_is_kept(tmp_path: Path) -> None:
    bad = "<record><titles>\n<title>lost words</titel></titles></record>"
    records, problems = read(tmp_path, record("A"), bad, "\n", record("C"))
    assert [(r.position, r.line, f.title) for r, f in records] == [(1, 4, "A"), (3, 7, "C")]
    (problem,) = problems
    assert (problem.line, problem.record, problem.severity) == (5, 2, Severity.ERROR)
    assert problem.text == bad
    assert problem.message == (
        "Record 2 of line 5 was left out, for line 6 cannot be read (mismatched tag): "
        "mend it there, or export the record again."
    )


@pytest.mark.parametrize(
    ("text", "titles", "line"),
    [
        (record("A").replace("</record>", "") + record("B"), ["A", "B"], 4),
        (record("A") + record("B").replace("</record>", ""), ["A", "B"], 5),
        (record("A") + "<record><titles><title>B and m", ["A", "B and m"], 5),
        (record("A") + "<record><titles><title>B</tit", ["A", "B"], 5),
        (record("A") + "<record><titles><title>B]", ["A", "B]"], 5),
        (record("A") + "<record><titles><title>B &am", ["A", "B &am"], 5),
    ],
)
def test_a_record_without_end_is_read_as_far_as_it_goes(
    tmp_path: Path, text: str, titles: list[str], line: int
) -> None:
    tail = "" if text.startswith(record("A")) else TAIL
    records, problems = read_bytes(tmp_path, (HEAD + text + tail).encode())
    assert [fields.title for _, fields in records] == titles
    assert errors(problems) == []
    assert problems[0].line == line
    assert "has no </record>" in problems[0].message


def test_half_a_tag_at_the_end_is_kept_with_the_remark(tmp_path: Path) -> None:
    _, problems = read_bytes(tmp_path, (HEAD + '<record><titles><title>B</title><foo bar="words').encode())
    assert problems[0].text == '<foo bar="words'


@pytest.mark.parametrize(
    ("written", "title", "odd"),
    [
        ("a\x0bb", "a\x0bb", "control characters"),
        ("a&#11;b&#x0;", "a\x0bb\x00", "control characters"),
        ("a\ufffeb", "a\ufffeb", "control characters"),
        ("a&nbsp;b&uuml;", "a\xa0bü", "names of characters"),
        ("a&foo;b", "a&foo;b", "names of characters"),
        ("R & D, A&B", "R & D, A&B", 'a bare "&"'),
        ("p < 0.05 and <5", "p < 0.05 and <5", 'a bare "<"'),
        ("a&#xD800;b&#9999999;", "a&#xD800;b&#9999999;", "numbers of no character"),
        ("<![CDATA[a <b> & </record> <record> &amp;]]>", "a <b> & </record> <record> &amp;", ""),
        ("a]]>b", "a]]>b", ""),
        ("&lt;b&gt; &#233;&#xe9; &apos;", "<b> éé '", ""),
        ("a<b>c</b><i/>d", "acd", ""),
    ],
)
def test_what_xml_does_not_allow_is_read_and_told_once(
    tmp_path: Path, written: str, title: str, odd: str
) -> None:
    records, problems = read(tmp_path, record(written), record(written))
    assert [dict(record_.raw)["titles/title"] for record_, _ in records] == [title, title]
    assert [problem.line for problem in problems] == ([4] if odd else [])
    assert all(odd in problem.message and problem.severity is Severity.WARNING for problem in problems)


def test_records_within_comments_are_none_and_sections_without_end_are_text(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "<!-- ", record("no"), "-->", record("yes"))
    assert [fields.title for _, fields in records] == ["yes"]
    for opener in ("<!--", "<![CDATA["):
        records, problems = read(tmp_path, record("A"), record(opener + "x"), record("C"))
        assert [fields.title for _, fields in records] == ["A", "C"]
        assert [problem.record for problem in errors(problems)] == [2]


def test_text_between_records_is_told(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path, "<titles><title>no record</title></titles>", record("A"), "stray\n", record("B")
    )
    assert len(records) == 2
    assert [(problem.line, problem.severity) for problem in problems] == [
        (1, Severity.ERROR),
        (4, Severity.WARNING),
    ]
    assert "no record" in problems[0].text
    assert "stray" in problems[1].text


def test_empty_records_are_refused_by_line(tmp_path: Path) -> None:
    records, problems = read(
        tmp_path, "<record/>", "<record></record>", '<record><a b="c"/></record>', record("A")
    )
    assert [record_.position for record_, _ in records] == [4]
    assert ["is an empty record" in problem.message for problem in errors(problems)] == [True] * 3


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE xml [\n<!ENTITY l0 "lol">\n{ENTITIES}]>',
        '<!DOCTYPE xml [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>',
    ],
)
def test_declared_entities_are_never_used(tmp_path: Path, declared: str) -> None:
    text = HEAD.replace("<xml>", declared + "<xml>") + record("a &l9; b") + TAIL
    began = time.monotonic()
    ((_, fields),), problems = read_bytes(tmp_path, text.encode())
    assert fields.title == "a &l9; b"
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert "declarations of entities" in problems[0].message
    assert declared in problems[0].text
    assert time.monotonic() - began < 5


def test_a_harmless_document_type_is_no_matter(tmp_path: Path) -> None:
    text = HEAD.replace("<xml>", '<!DOCTYPE xml SYSTEM "RSXML.dtd">\n<xml>') + record("A") + TAIL
    records, problems = read_bytes(tmp_path, text.encode())
    assert (len(records), problems) == (1, [])


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        ("<record>" + "<a>" * 100_000 + "x" + "</a>" * 100_000 + "</record>", "nested deeper"),
        ("<record>" + "<style>" * 100_000 + "x" + "</style>" * 100_000 + "</record>", "nested deeper"),
        ("<record>" + "<a/>" * 200_000 + "</record>", "more than 100,000 elements"),
        ("<record><" + "a" * 100_000 + ">x</" + "a" * 100_000 + "></record>", "names longer"),
        ("<record " + " ".join(f'a{n}=""' for n in range(150_000)) + ">x</record>", "more than 100,000"),
        ('<record><!DOCTYPE a [<!ENTITY b "c">]>&b;</record>', "cannot be read"),
    ],
)
def test_hostile_records_are_refused_and_the_next_is_read(tmp_path: Path, hostile: str, reason: str) -> None:
    began = time.monotonic()
    records, problems = read(tmp_path, hostile, record("next"))
    assert [fields.title for _, fields in records] == ["next"]
    assert [reason in problem.message for problem in problems] == [True]
    assert problems[0].text == hostile
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "value", ["x" * 1_500_000, "&" * 500_000, "<" * 500_000, "&#x0;" * 100_000, "]]>" * 100_000]
)
def test_long_values_are_read(tmp_path: Path, value: str) -> None:
    began = time.monotonic()
    records, problems = read(tmp_path, record(value), record("next"))
    assert [len(fields.title) for _, fields in records][1:] == [4]
    assert errors(problems) == []
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "opening", ["<record>", "<record><![CDATA[", "<record><!--", "<record><titles><title>a"]
)
def test_thousands_of_unclosed_records_are_each_told(tmp_path: Path, opening: str) -> None:
    began = time.monotonic()
    records, problems = read_bytes(tmp_path, (HEAD + (opening + "\n") * 5000).encode())
    assert len(records) + len(errors(problems)) == 5000
    assert time.monotonic() - began < 10


def test_a_record_that_would_fill_the_memory_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_records, "LARGEST", 100_000)
    records, problems = read(tmp_path, record("x y" * 200_000), record("next"))
    assert [fields.title[:3] for _, fields in records] == ["x y", "nex"]
    (problem,) = [problem for problem in errors(problems) if problem.record]
    assert "longer than 10,000,000 characters" in problem.message
    kept = sum(len(value) for record_, _ in records for _, value in record_.raw)
    assert kept + sum(len(problem.text) for problem in problems) > 600_000


def test_values_are_safe_to_show(tmp_path: Path) -> None:
    ((_, fields),), _ = read(tmp_path, record("a\x1b[31m\u202eb"))
    assert fields.title == "a[31mb"


def test_bytes_that_fit_no_encoding_are_kept_and_told(tmp_path: Path) -> None:
    text = (
        HEAD.encode()
        + record("é" * 9).encode()
        + record("a~b").encode().replace(b"~", b"\xff")
        + TAIL.encode()
    )
    items = list(export_of(tmp_path, text))
    records, problems = split_items(items)
    assert records[1][1].title == "a\\xFFb"
    assert [problem.line for problem in problems] == [5]
    assert "\\xFF" in problems[0].text


TOKENS = st.sampled_from(
    [
        *("<record>", "<record>", "</record>", "</record>", "<titles>", "</titles>", "<title>", "</title>"),
        *("<style>", "</style>", "<keyword/>", "</records>", "<", "&", "&nbsp;", "&l9;", "&#1;", "&amp;"),
        *("<![CDATA[", "]]>", "\x0b", "\r", "\n", "<a b='", "'>", "<a:b>", "</a:b>", "\x00", "é"),
    ]
)
WORDS = st.integers(100, 999).map(lambda number: f" word{number} ")


@settings(max_examples=300)
@given(st.lists(st.one_of(TOKENS, WORDS), max_size=40).map("".join))
def test_nearly_xml_never_crashes_and_loses_no_word(text: str) -> None:
    items = list(endnote_xml.read([HEAD + "<record>" + text], Notes()))
    assert items
    kept = " ".join(
        item.text
        if isinstance(item, Problem)
        else " ".join(path + " " + value for path, value in item[0].raw)
        for item in items
    )
    assert set(re.findall(r"word\d+", text)) <= set(re.findall(r"word\d+", kept))


WHOLE = HEAD + FULL + record("two") + FULL.replace("trust", "doubt") + TAIL


@settings(max_examples=200)
@given(st.integers(0, len(WHOLE)), st.integers(0, 60), st.text("<>&/ar\n", max_size=4))
def test_a_wound_anywhere_never_costs_the_records_around_it(at: int, length: int, inserted: str) -> None:
    wounded = WHOLE[:at] + inserted + WHOLE[at + length :]
    records, _ = split_items(list(endnote_xml.read([wounded], Notes())))
    titles = {fields.title for _, fields in records}
    first, second = WHOLE.index("<record>", len(HEAD) + 9), WHOLE.rindex("<record>")
    if at + length < first - len(TAIL):
        assert "How doubt grows" in titles
    if at > second:
        assert {"How trust grows", "two"} <= titles


@given(st.lists(st.integers(0, len(WHOLE)), max_size=30))
def test_where_pieces_end_does_not_matter(ends: list[int]) -> None:
    bounds = [0, *sorted(ends), len(WHOLE)]
    pieces = [WHOLE[start:end] for start, end in pairwise(bounds)]
    assert list(Cutter().cut(pieces)) == list(Cutter().cut([WHOLE]))
