"""Tests of realist.formats.door: whole files, as people have them."""

from __future__ import annotations

import hashlib
import os
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from realist.errors import RealistError
from realist.formats.detect import KINDS
from realist.formats.door import FILE_READERS, READERS, STREAMS, open_export, open_exports
from realist.formats.records import Fields, Item, Problem, Source
from realist.vocabulary import Severity
from tests.formats.support import errors, export_of, read_bytes, split_items

TWO = "TY  - JOUR\nTI  - Évaluation réaliste\nER  - \n\nTY  - BOOK\nTI  - Über uns\nER  - \n"


@pytest.mark.parametrize(
    "content",
    [
        TWO.encode(),
        TWO.replace("\n", "\r\n").encode(),
        TWO.replace("\n", "\r").encode(),
        TWO.encode("utf-8-sig"),
        ("\ufeff" + TWO).encode("utf-16-le"),
        ("\ufeff" + TWO).encode("utf-16-be"),
        TWO.encode("utf-16-le"),
        TWO.replace("\n", "\r\n").encode("utf-16-be"),
        ("\ufeff" + TWO).encode("utf-32-le"),
        TWO.encode("cp1252"),
        ("\n\n1.\n" + TWO).encode(),
    ],
)
def test_the_same_records_come_in_every_dress(tmp_path: Path, content: bytes) -> None:
    records, problems = read_bytes(tmp_path, content)
    assert [fields.title for _, fields in records] == ["Évaluation réaliste", "Über uns"]
    assert problems == []


def test_the_source_is_told_at_once_and_the_product_after_reading(tmp_path: Path) -> None:
    content = b"TY  - JOUR\nTI  - A\nDB  - Scopus\nER  - \n"
    export = export_of(tmp_path, content)
    before = Source("export", hashlib.sha256(content).hexdigest(), len(content), "ris", "utf-8", "")
    assert export.source == before
    list(export)
    assert export.source == before._replace(product="Scopus")


def test_an_export_can_be_read_again(tmp_path: Path) -> None:
    export = export_of(tmp_path, b"1.\n" + TWO.encode())
    assert list(export) == list(export)
    assert export.noise == 1


def test_reading_is_streaming(tmp_path: Path) -> None:
    export = export_of(tmp_path, TWO.encode() * 20_000)
    first = next(iter(export))
    assert not isinstance(first, Problem)
    assert first[0].position == 1


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "empty", "The file is empty"),
        (b"\xef\xbb\xbf\r\n", "empty", "The file is empty"),
        (b"<!DOCTYPE html><html>TY  - JOUR", "html", "This is a web page (a sign-in page?)"),
        (b"%PDF-1.4\n\xff\xfe", "pdf", "This is a PDF"),
        (b"PK\x03\x04\xff\xff", "zip", "This is a packed file (zip)"),
        (b"\x1f\x8b\x08\x00\x00", "packed", "This is a packed file of another kind than zip"),
        (b"Title-\xe9\xa2\x98\xe5\x90\x8d: x\n", "cnki", "This is CNKI or NoteExpress text"),
        (b"Nothing of the kind.", "unknown", "This is no export of a known format"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\xfe\xff", "image", "This is a picture"),
    ],
)
def test_what_cannot_be_read_is_one_error_that_says_what_it_is(
    tmp_path: Path, content: bytes, name: str, message: str
) -> None:
    export = export_of(tmp_path, content)
    items = list(export)
    assert export.source.format == name
    assert [type(item) for item in items] == [Problem]
    records, problems = split_items(items)
    assert (records, problems[0].line, problems[0].record) == ([], 1, None)
    assert problems[0].severity is Severity.ERROR
    assert problems[0].message.startswith(message)


def test_what_is_no_text_has_no_encoding(tmp_path: Path) -> None:
    assert export_of(tmp_path, b"%PDF-1.4").source.encoding == ""
    assert export_of(tmp_path, b"PK\x03\x04\xff", "utf-8").source.encoding == ""
    assert export_of(tmp_path, b"SQLite format 3\0\xff", "utf-8").source.encoding == ""


def test_a_missing_file_a_folder_and_a_pipe_are_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RealistError, match=r"^There is no file .*: look at the name and the folder\.$"):
        open_export(tmp_path / "none.ris")
    with pytest.raises(RealistError, match="is not a file: name the exported file itself"):
        open_export(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RealistError, match="is not a file"):
        open_export(tmp_path / "pipe")
    with pytest.raises(RealistError, match="cannot be read"):
        open_export(str(tmp_path / ("n" * 300)))
    with pytest.raises(RealistError, match="its name is no file name"):
        open_export("a\0b")


def test_names_of_files_are_safe_in_messages_and_sources(tmp_path: Path) -> None:
    with pytest.raises(RealistError) as caught:
        open_export(tmp_path / "a\x1b[31m\nb")
    assert "\x1b" not in str(caught.value)
    path = tmp_path / "a\x1b]0;x\x07 b.ris"
    path.write_bytes(TWO.encode())
    assert open_export(path).source.name == "a]0;x b.ris"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = export_of(tmp_path, TWO.encode())

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RealistError, match="may not be read: change its permissions"):
        open_export(tmp_path / "export")
    with pytest.raises(RealistError, match="may not be read"):
        list(export)


def test_a_file_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    export = export_of(tmp_path, TWO.encode())
    (tmp_path / "export").unlink()
    with pytest.raises(RealistError, match="There is no file"):
        list(export)


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    content = "TY  - JOUR\nTI  - Příčiny úspěchu: důvěra\nER  - \n".encode("iso8859_2")
    export = export_of(tmp_path, content, "latin2")
    records, _ = split_items(list(export))
    assert records[0][1].title == "Příčiny úspěchu: důvěra"
    assert export.source.encoding == "iso8859-2"


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    content = b"TY  - JOUR\nTI  - M\xfcller\nER  - \n"
    with pytest.raises(
        RealistError, match=r"is not in the encoding utf-8 \(byte 19 does not fit\)"
    ) as caught:
        export_of(tmp_path, content, "utf8")
    assert caught.value.exit_status == 1
    with pytest.raises(RealistError, match='"klingon" is no encoding') as caught:
        export_of(tmp_path, content, "klingon")
    assert caught.value.exit_status == 2


def test_utf16_may_be_named_with_and_without_a_mark(tmp_path: Path) -> None:
    for content in (TWO.encode("utf-16"), TWO.encode("utf-16-le"), ("\ufeff" + TWO).encode("utf-16-be")):
        assert len(split_items(list(export_of(tmp_path, content, "utf-16")))[0]) == 2


def test_bytes_that_fit_nowhere_are_kept_and_told_in_order(tmp_path: Path) -> None:
    good = "TY  - JOUR\nTI  - Évaluation réaliste\nER  - \n\n".encode()
    bad = b"TY  - JOUR\nTI  - A\nAB  - x\xffy\nER  - \n\n"
    items = list(export_of(tmp_path, good + bad + good))
    shape = ["problem" if isinstance(item, Problem) else item[0].position for item in items]
    assert shape == [1, 2, "problem", 3]
    record, problem = items[1], items[2]
    assert not isinstance(record, Problem)
    assert isinstance(problem, Problem)
    assert record[1].abstract == "x\\xFFy"
    assert (problem.line, problem.text) == (7, "AB  - x\\xFFy")


def test_damage_in_the_last_record_is_told_too(tmp_path: Path) -> None:
    items = list(export_of(tmp_path, TWO.encode() + b"TY  - JOUR\nTI  - A\xe2\x82"))
    records, problems = split_items(items)
    assert records[2][1].title == "A\\xE2\\x82"
    assert sorted(problem.line for problem in problems) == [9, 9]


def test_line_numbers_do_not_depend_on_where_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"1.\r\n" + b"TY  - JOUR\r\nAB  - a\rb\r\n\r\nc\r\nER  - \r\n\r\n\rstray\r\n\r\n" * 3
    whole = list(export_of(tmp_path, content))
    for size in (1, 2, 3, 5, 8, 13):
        monkeypatch.setattr("realist.formats.encoding.CHUNK", size)
        assert list(export_of(tmp_path, content)) == whole
    assert [_line(item) for item in whole if not _is_doubt(item)] == [2, 9, 12, 19, 22, 29]


def _line(item: Item) -> int:
    return item.line if isinstance(item, Problem) else item[0].line


def _is_doubt(item: Item) -> bool:
    return isinstance(item, Problem) and "no title" in item.message


@pytest.mark.parametrize(
    "value",
    [
        "\x00\x1b[2J\x9b\u202e\u2066\x7f",
        "\u2028\u2029\x85\x0b\x0c",
        "1" * 5000,
        "10.1234/" + "a." * 5000,
        "doi: " * 3000,
        "&amp;" * 3000 + ";" * 3000,
        "(" * 5000 + ")" * 5000,
        "https://" * 3000,
        " " * 5000 + "x",
        "=cmd|' /C calc'!A0",
    ],
)
def test_hostile_values_are_read_like_others(tmp_path: Path, value: str) -> None:
    tags = (
        "TI",
        "AU",
        "PY",
        "Y1",
        "DA",
        "SP",
        "EP",
        "DO",
        "UR",
        "N1",
        "AB",
        "KW",
        "AN",
        "C2",
        "M3",
        "L2",
        "DB",
    )
    text = "TY  - JOUR\nTI  - Title\n" + "".join(f"{tag}  - {value}\n" for tag in tags) + "ER  - \n"
    records, problems = read_bytes(tmp_path, text.encode())
    assert errors(problems) == []
    ((record, fields),) = records
    assert [tag for tag, _ in record.raw] == ["TY", "TI", *tags, "ER"]
    assert {kept for _, kept in record.raw[2:-1]} == {value}
    assert isinstance(fields, Fields)
    assert fields.year in (None, 1234)
    for text in (*fields.authors, *fields.keywords, fields.title, fields.abstract, fields.notes):
        assert not set(text) & set("\x00\x1b\x9b\u202e\u2066\x7f\u2028\u2029\x85\x0b\x0c")


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    records, problems = read_bytes(
        tmp_path, b"TY  - JOUR\nTI  - A\nAB  - " + b"x" * 6_000_000 + b"\nER  - \n"
    )
    assert len(records[0][1].abstract) == 5_000_000 - 6
    assert [problem.line for problem in errors(problems)] == [3]


def test_bytes_of_no_encoding_are_still_no_crash(tmp_path: Path) -> None:
    records, _ = read_bytes(tmp_path, b"TY  - JOUR\nTI  - \x81\x8d\x8f\x90\x9d\xff\xfe\nER  - \n" * 3)
    assert len(records) == 3


def test_every_format_of_exports_has_a_reader() -> None:
    assert READERS.keys() | FILE_READERS.keys() == KINDS.keys()
    assert not READERS.keys() & FILE_READERS.keys()
    assert READERS.keys() >= STREAMS
    for module in {*READERS.values(), *FILE_READERS.values()}:
        assert callable(import_module(f"realist.formats.{module}").read)


def _packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def test_a_file_that_is_not_packed_is_itself(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_bytes(TWO.encode())
    with open_exports(tmp_path / "a.ris") as (export,):
        assert export.source.name == "a.ris"
        assert len(list(export)) == 2
    (tmp_path / "b.ris").write_bytes(TWO.encode("cp1252"))
    with open_exports(tmp_path / "b.ris", "cp1252") as (export,):
        assert export.source.encoding == "cp1252"


def test_what_is_within_a_packed_file_is_read_under_its_name_and_own_hash(tmp_path: Path) -> None:
    path = _packed(
        tmp_path / "searches.zip",
        {
            "embase.ris": TWO.encode(),
            "deep/er/sco\x1bpus.txt": TWO.encode("cp1252"),
            "notes.txt": b"Dear all, here they are.",
            "inner.zip": _packed(tmp_path / "inner", {"a.ris": TWO.encode()}).read_bytes(),
            "folder/": b"",
            "__MACOSX/._embase.ris": b"\0\5\x16\7",
            ".DS_Store": b"\0",
        },
    )
    with open_exports(path) as exports:
        found = [(export.source, split_items(list(export))) for export in exports]
    assert [(source.name, source.format, source.encoding) for source, _ in found] == [
        ("searches.zip/embase.ris", "ris", "utf-8"),
        ("searches.zip/deep/er/scopus.txt", "ris", "cp1252"),
        ("searches.zip/notes.txt", "unknown", "utf-8"),
        ("searches.zip/inner.zip", "zip", ""),
    ]
    assert [len(records) for _, (records, _) in found] == [2, 2, 0, 0]
    assert [len(problems) for _, (_, problems) in found] == [0, 0, 1, 1]
    assert found[0][0].sha256 == hashlib.sha256(TWO.encode()).hexdigest()
    assert "unpack it" in found[3][1][1][0].message


def test_what_was_unpacked_is_gone_afterwards(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.zip", {"a.ris": TWO.encode()})
    with open_exports(path) as (export,):
        assert len(list(export)) == 2
    with pytest.raises(RealistError, match=r'There is no file "a\.zip/a\.ris"'):
        list(export)


def test_an_encoding_that_does_not_fit_names_the_packed_file(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.zip", {"a.ris": TWO.encode("cp1252")})
    with (
        pytest.raises(RealistError, match=r'"a\.zip/a\.ris" is not in the encoding utf-8'),
        open_exports(path, "utf-8"),
    ):
        pass


def test_a_packed_file_that_is_not_safe_or_empty_is_one_sentence(tmp_path: Path) -> None:
    for members, reason in (({"../a.ris": b"x"}, "outside its folder"), ({"a/": b""}, "without any file")):
        path = _packed(tmp_path / "a.zip", members)
        with pytest.raises(RealistError, match=reason) as caught, open_exports(path):
            pass
        assert str(caught.value).startswith('"a.zip"')


def test_a_spreadsheet_is_not_taken_apart(tmp_path: Path) -> None:
    path = _packed(tmp_path / "a.xlsx", {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    with open_exports(path) as (export,):
        assert (export.source.format, export.source.encoding) == ("xlsx", "")
