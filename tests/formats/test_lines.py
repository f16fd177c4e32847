"""Tests of realist.formats.lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.formats import lines
from realist.formats.encoding import CHUNK, chunks, survey
from realist.formats.lines import count_lines, decode, join_lines, read_blocks
from realist.formats.records import Problem
from realist.vocabulary import Severity


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def lines_of(folder: Path, content: bytes) -> tuple[list[str], list[Problem]]:
    path = folder / "file"
    path.write_bytes(content)
    problems: list[Problem] = []
    text = "".join(read_blocks(chunks(path), survey(path), problems))
    return text.split("\n")[1:], problems


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("newline", "content", "expected"),
    [
        ("\n", "a\r\nb\nc\r\n", "a\nb\nc\n"),
        ("\n", "a\rb\r\nc\r\r\nd", "a\rb\nc\r\nd"),
        ("\n", "a\nb\r", "a\nb\r"),
        ("\r", "a\rb\r\rc", "a\nb\n\nc"),
        ("\n", "\ufeffa\né\u2028b\x85c\x0bd\x0ce\n", "a\né\u2028b\x85c\x0bd\x0ce\n"),
        ("\n", "a\n\ufeffb", "a\n\ufeffb"),
        ("\n", "", ""),
    ],
)
def test_only_lf_and_cr_lf_end_lines(newline: str, content: str, expected: str, size: int) -> None:
    assert "".join(decode(pieces(content.encode(), size), "utf-8", newline)) == expected


def test_a_mark_that_comes_in_pieces_is_removed_too() -> None:
    assert "".join(decode(pieces(b"\xef\xbb\xbfTY", 1), "utf-8-sig", "\n")) == "TY"


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_blocks_are_whole_lines_each_led_by_lf(size: int) -> None:
    text = "one\n\ntwo\nthree"
    parts = [text[start : start + size] for start in range(0, len(text), size)]
    blocks = list(join_lines(parts, False, []))
    assert "".join(blocks) == "\n" + text
    assert all(block.startswith("\n") for block in blocks)


@pytest.mark.parametrize(("text", "expected"), [("", ""), ("\n", "\n"), ("a\n", "\na"), ("a", "\na")])
def test_a_last_lf_begins_no_line(text: str, expected: str) -> None:
    assert "".join(join_lines([text], False, [])) == expected


def test_lines_begin_at_lf_and_at_bare_cr() -> None:
    assert count_lines("\na\nb\rc") == 3
    assert count_lines("") == 0


def test_bytes_that_do_not_fit_are_kept_and_told_with_their_line(tmp_path: Path) -> None:
    good = "Évaluation réaliste\n".encode() * 3
    found, problems = lines_of(tmp_path, good + b"bare\rCR\nM\xfcller\n" + good)
    assert found[3:5] == ["bare\rCR", "M\\xFCller"]
    assert [(problem.line, problem.severity) for problem in problems] == [(6, Severity.WARNING)]
    assert problems[0].text == "M\\xFCller"
    assert problems[0].message.startswith("Line 6 holds bytes that are not utf-8")


def test_half_a_character_at_the_end_is_kept(tmp_path: Path) -> None:
    found, problems = lines_of(tmp_path, b"abc\nd\xe2\x82")
    assert found == ["abc", "d\\xE2\\x82"]
    assert problems[0].line == 2


def test_lone_surrogates_of_utf16_become_readable(tmp_path: Path) -> None:
    content = "a\n".encode("utf-16-le") + b"\x00\xd8" + "b\nc".encode("utf-16-le")
    found, problems = lines_of(tmp_path, b"\xff\xfe" + content)
    assert found == ["a", "\\x00\\xD8b", "c"]
    assert [problem.line for problem in problems] == [2]


def test_a_line_beyond_all_measure_is_cut_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 2 * CHUNK)
    found, problems = lines_of(tmp_path, b"a\nb\rc\n" + b"x" * (3 * CHUNK) + b"\nend\n" + b"y" * (4 * CHUNK))
    assert found == ["a", "b\rc", "x" * (2 * CHUNK), "end", "y" * (2 * CHUNK)]
    assert [(problem.line, problem.severity) for problem in problems] == [
        (4, Severity.ERROR),
        (6, Severity.ERROR),
    ]
    assert f"{3 * CHUNK:,} characters" in problems[0].message
