"""Real exports of many products, kept beside the project: formats, counts, lines, values, fields."""

from __future__ import annotations

import html
import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.formats.corpus import (
    FOLDER,
    WHY,
    Reading,
    found_of,
    lost_words,
    manifest,
    read,
    unexplained,
    wrong_fields,
)
from tests.formats.independent import TABLES, decoded, runs

NO_EXPORTS = {"derived__empty.ris": "empty", "derived__html-login-page.ris": "html"}
SAME_PRODUCT = {
    *(("APA PsycInfo", "APA PsycNet"), ("T&F", "Taylor & Francis Online"), ("MEDLINE", "PubMed")),
    *(("EndNote", "Bookends"), ("SpiderCite", "EndNote"), ("ISI/WoS", "Web of Science")),
    *(("ISI/WoS", "Web of Science (Inspec)"), ("ISI/WoS", "Web of Science (MEDLINE)")),
    ("Embase via Excel", "Embase.com"),
}
"""What the manifest calls a product, and what it is called here."""
COUNTED = ("ris", "nbib", "bibtex", *TABLES)


def _files(*formats: str) -> list[Any]:
    """Return the files of these formats (all without any), or one that is skipped."""
    files = [
        pytest.param(file["file"], id=file["file"])
        for file in manifest()
        if not formats or (file["format"] in formats and file["file"] not in NO_EXPORTS)
    ]
    return files or [pytest.param("", marks=pytest.mark.skip(reason=WHY))]


@cache
def _by_name() -> dict[str, dict[str, Any]]:
    return {file["file"]: file for file in manifest()}


@cache
def _read(name: str) -> Reading:
    return read(FOLDER, _by_name()[name])


@pytest.mark.parametrize("name", _files())
def test_the_format_is_told_by_content(name: str) -> None:
    assert _read(name).format == NO_EXPORTS.get(name, _by_name()[name]["format"])


@pytest.mark.parametrize("name", _files())
def test_every_record_is_read_or_refused_by_line(name: str) -> None:
    reading = _read(name)
    assert reading.crash == ""
    assert unexplained(reading) == 0
    starts = {record.line for record in found_of(FOLDER, reading.file)}
    for problem in reading.errors:
        assert problem.record is None or problem.line in starts
        assert problem.message.endswith(".")


@pytest.mark.parametrize("name", _files())
def test_every_record_begins_on_the_line_that_is_told(name: str) -> None:
    reading = _read(name)
    found = {record.line for record in found_of(FOLDER, reading.file)}
    if reading.expected is not None:
        assert {record.line for record, _ in reading.records} <= found


@pytest.mark.parametrize("name", _files())
def test_no_word_is_lost(name: str) -> None:
    reading = _read(name)
    if reading.format in NO_EXPORTS.values() or reading.expected is None:
        return
    lost, total = lost_words(FOLDER, reading)
    assert lost == Counter()
    assert total > 0


@pytest.mark.parametrize("name", _files(*COUNTED))
def test_every_value_is_kept_under_its_name(name: str) -> None:
    reading = _read(name)
    if reading.expected is None:
        return
    refused = {problem.line for problem in reading.errors}
    written = Counter(
        tag.strip().lower()
        for record in found_of(FOLDER, reading.file)
        if record.line not in refused
        for tag, value in record.pairs
        if value.strip() and tag not in ("ENTRYTYPE", "KEY")
    )
    kept = Counter(
        tag.strip().lower() for record, _ in reading.records for tag, value in record.raw if value.strip()
    )
    assert written - kept == Counter()


@pytest.mark.parametrize("name", _files())
def test_no_word_is_added(name: str) -> None:
    reading = _read(name)
    text = decoded((FOLDER / name).read_bytes()).text
    if reading.file["format"] == "csl-json":
        text = json.dumps(json.loads(text), ensure_ascii=False)
    there = set(runs(text)) | set(runs(html.unescape(text)))
    kept = {run for record, _ in reading.records for _, value in record.raw for run in runs(value)}
    assert {run for run in kept - there if run.isascii()} == set()


@pytest.mark.parametrize("name", _files())
def test_the_fields_that_were_read_by_hand(name: str) -> None:
    assert wrong_fields(_read(name)) == []


@pytest.mark.parametrize("name", _files())
def test_products_are_recognised_or_left_open(name: str) -> None:
    known, named = _read(name).product, _by_name()[name]["product"]
    if named in ("derived", "ASReview", "JabRef fixture", "Better BibTeX fixture", "") or not known:
        return
    assert known.split()[0] in named or (named, known) in SAME_PRODUCT


def test_a_table_without_a_title_column_is_refused_with_its_columns() -> None:
    name = "derived__csv-no-title-column.csv"
    if name not in _by_name():
        pytest.skip(WHY)
    reading = _read(name)
    assert reading.records == []
    assert len(reading.errors) == 1
    header = (FOLDER / name).read_text(encoding="utf-8").split("\n")[0]
    assert all(column.strip() in reading.errors[0].message for column in header.split(","))
