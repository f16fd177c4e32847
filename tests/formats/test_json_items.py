"""Tests of realist.formats.markup.json_items: damage, hostile text and laws, by the reader of CSL-JSON."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.markup import csl_json
from realist.formats.markup.json_items import ItemReader
from realist.formats.records import Notes, Problem
from realist.vocabulary import Severity
from tests.formats.support import errors, read_bytes, split_items
from tests.formats.test_csl_json import FULL, item, read_text

BAD = [
    '{"id":"bad","title":"lost words",}',
    '{"id":"bad","title":"lost words"',
    '{"id":"bad","title":"lost words',
    '{"id":"bad" "title":"lost words"}',
    '{"id":"bad","title":lost words}',
    "{\"id\":\"bad\",'title':'lost words'}",
    '{"id":"bad","title":"lost words","author":[{"family":"A","given":"B"}',
    '{"id":"bad","title":"lost words","x":["\\q"]}',
    '{"id":"bad","title":"lost words"}}',
    '"lost words"',
    "lost words",
    "7",
]


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("join", [",\n", ","])
def test_damage_costs_one_item_and_its_text_is_kept(bad: str, join: str) -> None:
    text = "[\n" + join.join((item(1), bad, item(3), item(4))) + "\n]"
    records, problems = split_items(read_text(text))
    titles = [fields.title for _, fields in records]
    assert [title for title in titles if title.startswith("T")] == ["T1", "T3", "T4"]
    assert problems
    assert all(problem.severity is Severity.ERROR and problem.line in (2, 3) for problem in problems)
    kept = " ".join([*titles, *(problem.text for problem in problems)])
    assert "lost words" in kept or bad == "7"


def test_the_sentence_of_a_refusal_names_record_lines_and_reason(tmp_path: Path) -> None:
    text = f'[{item(1)},\n{{"id":"2",\n"title":}},\n{item(3)}]'
    records, problems = read_bytes(tmp_path, text.encode())
    assert [record.position for record, _ in records] == [1, 3]
    assert [(problem.line, problem.record, problem.text) for problem in problems] == [
        (2, 2, '{"id":"2",\n"title":}')
    ]
    assert problems[0].message == (
        "Record 2 of line 2 was left out, for line 3 cannot be read (Expecting value): "
        "mend it there, or export the records again."
    )


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{}", "is an empty record"),
        ('{"foo": 1}', "has no field of CSL-JSON"),
        ("null", "is no object"),
        ("[1, [2]]", "is no object"),
    ],
)
def test_items_that_are_no_records_are_refused(bad: str, reason: str) -> None:
    records, problems = split_items(read_text(f"[{bad},{item(2)}]"))
    assert [record.position for record, _ in records] == [2]
    assert [problem.text for problem in problems] == [bad]
    assert reason in problems[0].message


def test_a_file_that_is_cut_off_is_told() -> None:
    records, problems = split_items(read_text(f"[{item(1)},\n{item(2)}"))
    assert len(records) == 2
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert problems[0].message == "The list that begins in line 1 has no end: the file may be cut off."
    records, problems = split_items(read_text(f"[{item(1)},\n{item(2)[:-20]}"))
    assert len(records) == 1
    assert [(problem.line, problem.text) for problem in problems] == [(2, item(2)[:-20])]


HOSTILE = [
    '{"id":"a","x":' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"id":"a","x":' + '{"a":' * 100_000 + "1" + "}" * 100_000 + "}",
    '{"id":"a","x":' + "[" * 60 + "]" * 60 + "}",
    '{"id":"a","x":[' + "0," * 150_000 + "0]}",
    '{"id":"a","' + "n" * 600 + '":1}',
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_items_are_refused_and_the_next_is_read(tmp_path: Path, hostile: str) -> None:
    began = time.monotonic()
    records, problems = read_bytes(tmp_path, f"[{hostile},\n{item(2)}]".encode())
    assert [fields.title for _, fields in records] == ["T2"]
    assert [problem.text for problem in problems] == [hostile]
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "alone", ['{"a":' * 100_000, '[{"a":' * 100_000, '{"a":\n' * 100_000, '[{"a":\n' * 100_000]
)
def test_nothing_but_depth_is_one_refusal(tmp_path: Path, alone: str) -> None:
    records, problems = read_bytes(tmp_path, alone.encode())
    assert records == []
    assert [problem.text for problem in problems] == [alone.strip().removeprefix("[")]


@pytest.mark.parametrize("ending", ["", "\n", ',"y":[\n', "\n\n", '"\n', ',"t":"x\n'])
def test_thousands_of_unclosed_items_take_seconds(tmp_path: Path, ending: str) -> None:
    began = time.monotonic()
    text = "[" + ('{"id":"1","title":"x"' + ending) * 5000
    records, problems = read_bytes(tmp_path, text.encode())
    assert records == []
    assert sum(problem.text.count('"id"') for problem in errors(problems)) == 5000
    assert time.monotonic() - began < 10


def test_huge_numbers_and_no_numbers_are_text() -> None:
    digits = "9" * 5000
    dated = f'"issued":{{"date-parts":[[{digits}]]}}'
    text = f'[{{"id":NaN,"title":"T","volume":{digits},"issue":-Infinity,{dated}}}]'
    ((record, fields),), problems = split_items(read_text(text))
    assert (fields.source_key, fields.volume, fields.number, fields.year) == (
        "NaN",
        digits,
        "-Infinity",
        None,
    )
    assert dict(record.raw)["issued/date-parts/1/1"] == digits
    assert len(problems) == 1


def test_lone_surrogates_and_control_characters_do_no_harm(tmp_path: Path) -> None:
    text = '[{"id":"a","title":"x\\ud800y \\ud83d\\ude00","note":"a\\u0000\tb\nc","issued":2001}]'
    ((record, fields),), problems = read_bytes(tmp_path, text.encode())
    assert problems == []
    assert record.raw[1:3] == [("title", "x\\ud800y 😀"), ("note", "a\x00\tb\nc")]
    assert fields.title == "xy 😀"
    str(record).encode()


def test_a_long_value_on_one_line_is_read_and_an_endless_one_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = item(1).replace("T1", "x" * 1_500_000)
    records, problems = read_bytes(tmp_path, f"[{long},{item(2)}]".encode())
    assert [len(fields.title) for _, fields in records] == [1_500_000, 2]
    assert problems == []
    monkeypatch.setattr("realist.formats.markup.json_items.LARGEST", 200_000)
    monkeypatch.setattr("realist.formats.markup.json_items._AHEAD", 1000)
    records, problems = read_bytes(tmp_path, f"[{long},{item(2)}]".encode())
    assert [fields.title for _, fields in records] == ["T2"]
    assert sum(len(problem.text) for problem in problems) == len(long)


def test_bytes_that_fit_no_encoding_are_kept_and_told(tmp_path: Path) -> None:
    text = f'[{item(1)},\n{{"id":"2","title":"ééé a~b"}}]'.encode().replace(b"~", b"\xff")
    records, problems = read_bytes(tmp_path, text)
    assert len(records) == 1
    assert [problem.line for problem in problems] == [2, 2]
    assert any("\\xFF" in problem.text for problem in problems)


VALUES = st.recursive(
    st.text(max_size=8) | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
ITEMS = st.lists(
    st.dictionaries(st.sampled_from([*FULL, "extra", "x"]), VALUES, min_size=1, max_size=6).map(
        lambda members: {"title": "T", **members}
    ),
    min_size=1,
    max_size=5,
)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(f"{path}/{name}" if path else name, inner)
    elif isinstance(value, list) and value:
        for at, inner in enumerate(value, 1):
            yield from _leaves(f"{path}/{at}", inner)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value)


@settings(max_examples=50)
@given(ITEMS, st.sampled_from([None, 1, "\t"]), st.booleans(), st.lists(st.integers(0, 2000), max_size=9))
def test_what_was_written_is_what_is_kept(
    items: list[dict[str, Any]], indent: Any, ascii_only: bool, ends: list[int]
) -> None:
    text = json.dumps(items, indent=indent, ensure_ascii=ascii_only)
    bounds = [0, *sorted(end for end in ends if end < len(text)), len(text)]
    pieces = [text[start:end] for start, end in pairwise(bounds)]
    records, problems = split_items(list(csl_json.read(pieces, Notes())))
    assert errors(problems) == []
    assert [record.raw for record, _ in records] == [list(_leaves("", item)) for item in items]


TOKENS = st.sampled_from(
    [
        *(
            "{",
            "}",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            '"',
            '"title":',
            '"id":',
            '{"id":',
            "},{",
            "1",
            "null",
            "-",
        ),
        *('"author":[{"family":', '"items":[', '"},\n{"title":"', "\\", "\n", "\x00", "é"),
    ]
)
WORDS = st.integers(100, 999).map(lambda number: f'"word{number}"')


@settings(max_examples=200)
@given(st.lists(st.one_of(TOKENS, WORDS), max_size=40).map("".join), st.sampled_from(['[{"id":"x"', "", "["]))
def test_nearly_json_never_crashes_and_loses_no_word(text: str, start: str) -> None:
    items = read_text(start + text)
    kept = " ".join(
        item.text
        if isinstance(item, Problem)
        else " ".join(path + " " + value for path, value in item[0].raw)
        for item in items
    )
    assert sorted(re.findall(r"word\d+", text)) == sorted(re.findall(r"word\d+", kept))


WHOLE = (
    "[\n" + ",\n".join((json.dumps(FULL), item(2), item(3), json.dumps(FULL, indent=1), item(5))) + "\n]\n"
)


@settings(max_examples=200)
@given(st.integers(0, len(WHOLE)), st.integers(0, 60), st.text('{}[]",:\\a\n', max_size=4))
def test_a_wound_anywhere_leaves_the_items_around_it(at: int, length: int, inserted: str) -> None:
    wounded = WHOLE[:at] + inserted + WHOLE[at + length :]
    titles = [fields.title for _, fields in split_items(read_text(wounded))[0]]
    if at + length < WHOLE.index(item(2)):
        assert {"T3", "T5"} <= set(titles)
    if at > WHOLE.index(item(5)):
        assert {"T2", "T3"} <= set(titles)


def test_where_pieces_end_does_not_matter() -> None:
    whole = [found._replace() for found in ItemReader([WHOLE]).read()]
    for size in (1, 2, 3, 7, 50):
        pieces = [WHOLE[at : at + size] for at in range(0, len(WHOLE), size)]
        assert list(ItemReader(pieces).read()) == whole
