"""Real exports of many products, kept beside the project: counts, values, words and fields."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from realist.formats.door import READERS, open_export
from realist.formats.records import Fields, Problem, RawRecord
from tests.formats.support import errors, split_items

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "formats"
MANIFEST = FOLDER / "manifest.json"
WHY = "the corpus of real exports is not beside the project"

TAG = re.compile(r"^\s*([A-Z][A-Z0-9]) {1,3}-(?: |$)")
NOISE = re.compile(r"\s*(?:\d+\.|Record #.*|(?:Provider|Database|Content): .*)\s*$")


def _files() -> list[Any]:
    if not MANIFEST.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=WHY))]
    files = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    return [pytest.param(file, id=file["file"]) for file in files]


def _ris_files() -> list[Any]:
    empty = ("derived__empty.ris", "derived__html-login-page.ris")
    return [
        file
        for file in _files()
        if not file.values[0] or (file.values[0]["format"] == "ris" and file.values[0]["file"] not in empty)
    ]


def _read(file: dict[str, Any]) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    return split_items(list(open_export(FOLDER / file["file"])))


def _lines(file: dict[str, Any]) -> list[str]:
    """Return the lines of a file by a count of our own, without the byte order mark."""
    content = (FOLDER / file["file"]).read_bytes()
    text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    return re.split("\r\n|\n" if "\n" in text else "\r", text)


@pytest.mark.parametrize("file", _files())
def test_the_format_is_told_by_content(file: dict[str, Any]) -> None:
    special = {"derived__empty.ris": "empty", "derived__html-login-page.ris": "html"}
    found = open_export(FOLDER / file["file"]).source
    assert found.format == special.get(file["file"], file["format"])
    assert found.sha256 == file.get("sha256", found.sha256)
    assert found.size == file["bytes"]


@pytest.mark.parametrize("file", _files())
def test_files_without_a_reader_are_one_error(file: dict[str, Any]) -> None:
    export = open_export(FOLDER / file["file"])
    if export.source.format in READERS:
        assert list(export)
        return
    records, problems = split_items(list(export))
    assert records == []
    assert len(errors(problems)) == len(problems) == 1


@pytest.mark.parametrize("file", _ris_files())
def test_every_record_is_read_or_refused_by_line(file: dict[str, Any]) -> None:
    records, problems = _read(file)
    refused = errors(problems)
    assert len(records) + len(refused) == file["expected_records"]
    lines = _lines(file)
    for problem in refused:
        assert f"line {problem.line} " in problem.message
        assert lines[problem.line - 1].lstrip("\ufeff").startswith("TY")


@pytest.mark.parametrize("file", _ris_files())
def test_every_value_and_every_word_is_kept(file: dict[str, Any]) -> None:
    records, problems = _read(file)
    lines = _lines(file)
    tags = Counter(found[1] for line in lines if (found := TAG.match(line)))
    refused = Counter(
        found[1]
        for problem in errors(problems)
        for line in problem.text.split("\n")
        if (found := TAG.match(line))
    )
    kept = Counter(tag for record, _ in records for tag, _ in record.raw)
    assert kept + refused == tags
    told = [problem.text for problem in errors(problems)]
    values = [value for record, _ in records for _, value in record.raw]
    words = Counter(word for value in values for word in value.split())
    words.update(word for text in told for line in text.split("\n") for word in TAG.sub("", line).split())
    written = Counter(word for line in lines if not NOISE.match(line) for word in TAG.sub("", line).split())
    assert words == written


@pytest.mark.parametrize("file", _ris_files())
def test_the_fields_that_were_read_by_hand(file: dict[str, Any]) -> None:
    by_position = {record.position: (record, fields) for record, fields in _read(file)[0]}
    for expected in file["expected_fields"]:
        if set(expected) <= {"record", "line"} and expected["record"] not in by_position:
            continue
        record, fields = by_position[expected["record"]]
        found = {
            "record": record.position,
            "line": record.line,
            "type_raw": fields.type,
            "title_raw": fields.title,
            "first_author": fields.authors[0] if fields.authors else None,
            "author_lines": len(fields.authors),
            "doi_raw": fields.doi,
            "year_raw": fields.year,
            "accession": fields.source_key,
        }
        assert {key: found[key] for key in expected} == {
            key: _normal(key, value) for key, value in expected.items()
        }


def _normal(key: str, value: Any) -> Any:
    if key == "doi_raw":
        return str(value).lower().removeprefix("https://doi.org/").removeprefix("doi:")
    if key == "year_raw":
        years = re.findall(r"(?<!\d)(?:1\d{3}|20\d\d)(?=\d{4}\b|\D|$)", str(value))
        return int(years[0]) if years else None
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("file", _ris_files())
def test_products_are_recognised_or_left_open(file: dict[str, Any]) -> None:
    export = open_export(FOLDER / file["file"])
    list(export)
    known = export.source.product
    named = file["product"]
    if named in ("derived", "ASReview", "JabRef fixture", "") or not known:
        return
    assert known.split()[0] in named or (known, named) == ("APA PsycNet", "APA PsycInfo")
