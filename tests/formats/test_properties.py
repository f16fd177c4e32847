"""What holds for every file, not only for those somebody thought of."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.errors import RealistError
from realist.formats.door import open_export
from realist.formats.records import Problem
from realist.formats.tagged.ris import GRAMMAR
from tests.formats.support import errors, lines_of, read_bytes

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TAGS = st.sampled_from([a + b for a in LETTERS for b in LETTERS + "0123456789" if a + b not in ("TY", "ER")])
PIECES = [
    b"TY  - JOUR\n",
    b"TI  - A\n",
    b"ER  - \n",
    b"ER  -",
    b"\r",
    b"\n",
    b"\xef\xbb\xbf",
    b"AU  - B\n",
    b"1.\n",
]


def _is_value(text: str) -> bool:
    return GRAMMAR.field.search("\n" + text) is None and "\r" not in text


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30)
VALUES = st.lists(LINES, min_size=1, max_size=3).map("\n".join).filter(_is_value)
RECORDS = st.lists(st.tuples(TAGS, VALUES), min_size=1, max_size=8)


def _written(record: list[tuple[str, str]], newline: str) -> str:
    lines = ["TY  - JOUR", "TI  - always a title", *(f"{tag}  - {value}" for tag, value in record), "ER  - "]
    return "\n".join(lines).replace("\n", newline) + newline + newline


@given(
    st.lists(RECORDS, max_size=5), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig"])
)
def test_what_was_written_is_what_is_kept(
    records: list[list[tuple[str, str]]], newline: str, encoding: str
) -> None:
    text = "".join(_written(record, newline) for record in records) or "TY  - JOUR\nTI  - x\nER  - "
    with tempfile.TemporaryDirectory() as folder:
        found, problems = read_bytes(Path(folder), text.encode(encoding))
    assert errors(problems) == []
    if records:
        assert [record.raw[2:-1] for record, _ in found] == records
        line = 1
        for record, _ in found:
            assert record.line == line
            line += len(_written(record.raw[2:-1], "\n").split("\n")) - 1


@given(st.binary(max_size=400))
def test_random_bytes_never_crash(content: bytes) -> None:
    _read_anything(content)


@settings(max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=6)), max_size=25).map(b"".join))
def test_nearly_an_export_never_crashes_and_loses_no_word(content: bytes) -> None:
    _read_anything(b"TY  - JOUR\n" + content)


@given(st.binary(max_size=200), st.sampled_from(["utf-8", "utf-16", "cp1252", "gbk", "shift_jis", "utf-32"]))
def test_random_bytes_under_a_named_encoding_never_crash(content: bytes, encoding: str) -> None:
    _read_anything(b"TY  - JOUR\nTI  - " + content, encoding)


def _read_anything(content: bytes, encoding: str | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        try:
            export = open_export(path, encoding)
        except RealistError:
            return
        items = list(export)
    assert items
    kept = Counter[str]()
    for item in items:
        if isinstance(item, Problem):
            assert item.line >= 1
            assert item.message.endswith(".")
            kept.update(re.findall(r"[a-zA-Z]+", item.text))
        else:
            assert len(lines_of(item[0])) == len(item[0].raw)
            assert "\udcff" not in str(item)
            str(item).encode()
            kept.update(word for _, value in item[0].raw for word in re.findall(r"[a-zA-Z]+", value))
    if export.source.format == "ris" and encoding is None and export.source.encoding == "utf-8":
        assert not _words(content) - kept


def _words(content: bytes) -> Counter[str]:
    """Return the words of values, counted without the reader: what is left when tags are struck out."""
    text = re.sub(r"(?m)^[ \r\f\ufeff]*[A-Z][A-Z0-9] {1,3}-(?= |$)", " ", content.decode("utf-8", "replace"))
    return Counter(word for word in re.findall(r"[a-zA-Z]+", text) if len(word) > 2 and word != "JOUR")


def test_rispy_understands_plain_files_alike(tmp_path: Path) -> None:
    rispy = pytest.importorskip("rispy")
    text = "".join(
        f"TY  - JOUR\nTI  - Title {n}\nAU  - Body, A{n}\nAU  - Else, B.\nPY  - {1990 + n}\nT2  - Invented J\n"
        f"AB  - Words of {n}.\nKW  - one\nKW  - two\nER  - \n\n"
        for n in range(30)
    )
    records, problems = read_bytes(tmp_path, text.encode())
    assert problems == []
    ours = [
        (f.type, f.title, list(f.authors), str(f.year), f.journal, f.abstract, list(f.keywords))
        for _, f in records
    ]
    theirs = [
        (
            entry["type_of_reference"],
            entry["title"],
            entry["authors"],
            entry["year"],
            entry["secondary_title"],
            entry["abstract"],
            entry["keywords"],
        )
        for entry in rispy.loads(text)
    ]
    assert ours == theirs
