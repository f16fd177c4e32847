"""Tests of realist.formats.markup.csl_json and of the taking of JSON item by item below it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from realist.formats.markup import csl_json
from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.vocabulary import Severity
from tests.formats.support import export_of, read_bytes, split_items

FULL: dict[str, Any] = {
    "id": "okafor2014",
    "type": "chapter",
    "title": "How <i>trust</i> grows",
    "author": [
        {"family": "Beek", "given": "Anna", "non-dropping-particle": "van"},
        {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "suffix": "Jr."},
        {"literal": "Society of Made-up Things; North"},
        {"given": "Mononym"},
    ],
    "editor": [{"family": "Éditeur", "given": "E."}],
    "issued": {"date-parts": [["2014", 12, 31]]},
    "container-title": "A Handbook",
    "volume": 2,
    "issue": "3",
    "page": "454-81",
    "DOI": "https://doi.org/10.1234/ABC.5",
    "PMID": "123",
    "URL": "https://example.org/a",
    "abstract": "First.\nSecond.",
    "keyword": "trust, time",
    "language": "en",
    "note": "A note",
    "source": "Invented Base",
    "publisher": "No Press",
    "custom": {"kept": True, "none": None, "empty": [], "bare": {}},
}


def read(folder: Path, *items: Any) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    return read_bytes(folder, json.dumps(items, indent=1).encode())


def read_text(text: str) -> list[Item]:
    return list(csl_json.read([text], Notes()))


def item(number: int) -> str:
    return f'{{"id":"i{number}","title":"T{number}","issued":{{"date-parts":[[2001]]}}}}'


def test_every_field_of_an_item_is_understood(tmp_path: Path) -> None:
    ((_, fields),), problems = read(tmp_path, FULL)
    assert problems == []
    assert fields == Fields(
        source_key="okafor2014",
        type="chapter",
        title="How <i>trust</i> grows",
        authors=("van Beek, Anna", "Fontaine, Jean de, Jr.", "Society of Made-up Things; North", "Mononym"),
        editors=("Éditeur, E.",),
        year=2014,
        journal="A Handbook",
        volume="2",
        number="3",
        pages="454-481",
        doi="10.1234/abc.5",
        pmid="123",
        url="https://example.org/a",
        abstract="First.\nSecond.",
        keywords=("trust", "time"),
        language="en",
        notes="A note",
        database="Invented Base",
        publisher="No Press",
    )


def test_raw_is_every_value_by_its_path_to_the_letter(tmp_path: Path) -> None:
    ((record, _),), _ = read(tmp_path, FULL)
    assert (record.position, record.line) == (1, 2)
    assert record.raw[:6] == [
        ("id", "okafor2014"),
        ("type", "chapter"),
        ("title", "How <i>trust</i> grows"),
        ("author/1/family", "Beek"),
        ("author/1/given", "Anna"),
        ("author/1/non-dropping-particle", "van"),
    ]
    raw = dict(record.raw)
    assert raw["editor/1/family"] == "Éditeur"
    assert raw["issued/date-parts/1/2"] == "12"
    assert raw["abstract"] == "First.\nSecond."
    custom = [(path, value) for path, value in record.raw if path.startswith("custom")]
    assert custom == [
        ("custom/kept", "true"),
        ("custom/none", "null"),
        ("custom/empty", "[]"),
        ("custom/bare", "{}"),
    ]


def test_numbers_and_names_that_come_twice_stand_as_they_are_written() -> None:
    text = '[{"id":1.10,"title":"","title":"A","volume":1e5,"note":"x","note":"y","issued":2001}]'
    ((record, fields),) = split_items(read_text(text))[0]
    assert record.raw == [
        ("id", "1.10"),
        ("title", ""),
        ("title", "A"),
        ("volume", "1e5"),
        ("note", "x"),
        ("note", "y"),
        ("issued", "2001"),
    ]
    assert (fields.title, fields.notes, fields.year) == ("A", "x", 2001)


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [["2004"]]}, 2004),
        ({"date-parts": [[2004, 5], [2005, 1]]}, 2004),
        ({"raw": "12 May 2003"}, 2003),
        ({"literal": "c1887."}, 1887),
        ({"season": "3", "date-parts": [[2004]]}, 2004),
        ("2003-05", 2003),
        (2003, 2003),
        ({"date-parts": [["in press"]]}, None),
        ({"date-parts": [[-300]]}, None),
        ([], None),
        (None, None),
    ],
)
def test_the_year_is_found_in_every_dress(tmp_path: Path, issued: Any, year: int | None) -> None:
    ((_, fields),), problems = read(tmp_path, {"title": "T", "issued": issued})
    assert fields.year == year
    assert len(problems) == (1 if year is None and issued else 0)


@pytest.mark.parametrize(
    ("members", "field", "value"),
    [
        ({"keyword": "a, b; c"}, "keywords", ("a, b", "c")),
        ({"keyword": "a, b"}, "keywords", ("a", "b")),
        ({"keyword": ["a, b", "c"]}, "keywords", ("a, b", "c")),
        ({"note": "PMID: 77\nDOI: 10.1234/x"}, "pmid", "77"),
        ({"note": "PMID: 77\nDOI: 10.1234/x"}, "doi", "10.1234/x"),
        ({"URL": "https://doi.org/10.1234/y"}, "doi", "10.1234/y"),
        ({"URL": "https://pubmed.ncbi.nlm.nih.gov/88/"}, "pmid", "88"),
        ({"URL": "javascript:alert(1)"}, "url", ""),
        ({"container-title": ["J of Lists", "J L"]}, "journal", "J of Lists"),
        ({"number": 7}, "number", "7"),
        ({"article-number": "e12"}, "pages", "e12"),
        ({"author": {"family": "One", "given": "Only"}}, "authors", ("One, Only",)),
        ({"author": ["Plain Name", None, 5, {}]}, "authors", ("Plain Name", "5")),
        ({"author": [{"family": ["x"], "literal": "L"}]}, "authors", ("L",)),
        ({"id": 42}, "source_key", "42"),
        ({"title": {"odd": "thing"}}, "title", ""),
        ({"abstract": "a\x1b[31m\u202eb"}, "abstract", "a[31mb"),
    ],
)
def test_values_are_found_in_every_dress(tmp_path: Path, members: Any, field: str, value: Any) -> None:
    ((_, fields),), _ = read(tmp_path, {"issued": 2001, "title": "T", **members})
    assert getattr(fields, field) == value


def test_what_zotero_writes_in_its_own_words_is_read(tmp_path: Path) -> None:
    data = {
        "itemType": "bookSection",
        "title": "A chapter",
        "creators": [
            {"creatorType": "author", "firstName": "Anna", "lastName": "Okafor"},
            {"creatorType": "editor", "name": "Some Body"},
            {"creatorType": "seriesEditor", "lastName": "Not", "firstName": "Me"},
        ],
        "date": "2014-05-01",
        "bookTitle": "A Book",
        "pages": "1-9",
        "abstractNote": "Text.",
        "tags": [{"tag": "trust, time"}, {"tag": "staff", "type": 1}],
        "extra": "PMID: 55",
        "libraryCatalog": "Invented",
        "url": "https://example.org",
    }
    expected = Fields(
        source_key="KEY",
        type="bookSection",
        title="A chapter",
        authors=("Okafor, Anna",),
        editors=("Some Body",),
        year=2014,
        journal="A Book",
        pages="1-9",
        pmid="55",
        url="https://example.org",
        abstract="Text.",
        keywords=("trust, time", "staff"),
        notes="PMID: 55",
        database="Invented",
    )
    export = export_of(tmp_path, json.dumps({"items": [{"key": "KEY", **data}]}).encode())
    ((_, fields),) = split_items(list(export))[0]
    assert (fields, export.source.product) == (expected, "Zotero")
    wrapped = {"key": "KEY", "version": 3, "data": {"key": "KEY", **data}}
    ((record, fields),) = read(tmp_path, wrapped)[0]
    assert (fields, dict(record.raw)["data/title"]) == (expected, "A chapter")


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",\n".join(map(item, range(3))) + "]",
        "[" + ",".join(map(item, range(3))) + ",]",
        "[" + "\n".join(map(item, range(3))) + "]",
        "\ufeff\n[" + ",\n".join(map(item, range(3))) + "]\n\x00",
        "[[" + ",\n".join(map(item, range(2))) + "],[" + item(2) + "]]",
        "\n".join(map(item, range(3))),
        '{"items": [' + ",\n".join(map(item, range(3))) + "]}",
        '{"references":[' + ",\n".join(map(item, range(3))) + "]}",
        json.dumps([json.loads(item(number)) for number in range(3)], indent="\t"),
    ],
)
def test_items_come_as_a_list_or_one_after_the_other(text: str) -> None:
    records, problems = split_items(read_text(text))
    assert problems == []
    assert [(record.position, fields.title) for record, fields in records] == [
        (1, "T0"),
        (2, "T1"),
        (3, "T2"),
    ]


def test_answers_of_crossref_are_read(tmp_path: Path) -> None:
    work = {
        "indexed": {},
        "source": "Crossref",
        "title": ["A"],
        "DOI": "10.1234/a",
        "author": [{"name": "Group"}],
    }
    many = {"status": "ok", "message": {"total-results": 2, "items": [work, {**work, "title": ["B"]}]}}
    one = {"status": "ok", "message": work}
    for answer, titles in ((many, ["A", "B"]), (one, ["A"])):
        export = export_of(tmp_path, json.dumps(answer, indent=1).encode())
        records, problems = split_items(list(export))
        assert [fields.title for _, fields in records] == titles
        assert records[0][1].authors == ("Group",)
        assert [problem.severity for problem in problems] == [Severity.WARNING] * (len(titles))
        assert export.source.product == "Crossref"


def test_a_damaged_answer_of_crossref_loses_only_what_is_damaged() -> None:
    items = read_text(
        f'{{"status": "ok", "message": {{"items": [{item(1)}, {{"id": "x" "title"}}, {item(2)}]}}}}'
    )
    records, problems = split_items(items)
    assert [fields.title for _, fields in records] == ["T1", "T2"]
    assert sum(problem.severity is Severity.ERROR for problem in problems) == 1


def test_messages_within_messages_are_not_followed() -> None:
    records, problems = split_items(read_text('{"message": ' * 5000 + "1" + "}" * 5000))
    assert records == []
    assert problems[0].severity is Severity.ERROR


def test_what_stands_beside_the_list_is_told(tmp_path: Path) -> None:
    text = '{"config": {"label": "words"},\n"items": [' + item(1) + '],\n"more": 1}'
    records, problems = read_bytes(tmp_path, text.encode())
    assert len(records) == 1
    assert [(problem.line, problem.severity, problem.text) for problem in problems] == [
        (1, Severity.WARNING, "config/label: words\nmore: 1")
    ]


def test_lines_are_those_of_an_editor() -> None:
    text = '[\n{"id":"a","title":"x\\ny"},\r\n\n{"id":"b",\r"title":"y"},{"id":"c","title":"z"}\n]'
    records, _ = split_items(read_text(text.replace("\r\n", "\n")))
    assert [record.line for record, _ in records] == [2, 4, 5]
