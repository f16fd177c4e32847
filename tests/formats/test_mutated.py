"""Files that went wrong: whatever is in them, they are read or refused with a sentence, and soon."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from _pytest.mark import ParameterSet

from tests.formats.corpus import FOLDER, WHY, manifest
from tests.formats.holding import Read, TookTooLong, check, check_words, read
from tests.formats.independent import FORMATS, decoded, encoding_of, found_in
from tests.formats.mutations import mutated
from tests.formats.samples import SAMPLES

LARGEST = 60_000
GLUED = ("ris", "nbib", "wos", "enw", "ovid", "bibtex")

FOUND: dict[str, bytes] = {
    "a year of two digits": b"TY  - JOUR\nTI  - A\nPY  - 15\nER  - \n",
}
"""Small cases of what mutations found, by what went wrong."""


def packed(name: str, content: bytes) -> bytes:
    """Return a zip file that holds one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def spreadsheet() -> bytes:
    """Return an XLSX file of two records."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Title", "Authors", "Year"),
        ("What keeps nurses", "Okafor, A.", 2014),
        ("Trust", "Reid, K.", 1998),
    ):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def invented() -> list[bytes]:
    """Return the invented files, plain and packed."""
    return [*SAMPLES.values(), packed("export.ris", SAMPLES["ris"]), spreadsheet()]


@cache
def real() -> list[bytes]:
    """Return the real files, long ones cut where a record begins; the invented ones without a corpus."""
    return [*map(shortened, manifest()), *invented()]


def shortened(file: dict[str, Any]) -> bytes:
    """Return a file of the corpus; of a long one the first records, about as much as is wanted."""
    content = (FOLDER / str(file["file"])).read_bytes()
    if len(content) <= LARGEST:
        return content
    encoding = encoding_of(content)
    text = decoded(content).text
    if file["format"] == "endnote-xml":
        end = text.rfind("</record>", 0, LARGEST) + len("</record>")
        return (text[:end] + "</records></xml>").encode("utf-8")
    lines = text.split("\n") if "\n" in text else text.split("\r")
    sizes, size = [0], 0
    for line in lines:
        size += len(line) + 1
        sizes.append(size)
    starts = [record.line - 1 for record in found_in(content, file) if record.line <= len(lines)]
    last = max((start for start in starts if 0 < sizes[start] <= LARGEST), default=len(lines))
    joint = "\n" if "\n" in text else "\r"
    return joint.join([*lines[:last], ""]).encode(encoding)[: 4 * LARGEST]


def check_cases(seeds: list[bytes], numbers: range, folder: Path) -> None:
    """Check mutated files; the one that fails is named with its number."""
    path = folder / "export"
    for number in numbers:
        content, how = mutated(seeds, number)
        path.write_bytes(content)
        try:
            check(path)
            check_words(path)
        except (Exception, TookTooLong) as error:
            pytest.fail(f"case {number} ({how}): {type(error).__name__}: {error}")


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_mutated_files_are_read_or_refused(start: int, tmp_path: Path) -> None:
    if not manifest():
        pytest.skip(WHY)
    check_cases(real(), range(start, start + 50), tmp_path)


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_mutated_inventions_are_read_or_refused(start: int, tmp_path: Path) -> None:
    check_cases(invented(), range(start, start + 50), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(1000, 6000, 250))
def test_thousands_of_mutated_files_are_read_or_refused(start: int, tmp_path: Path) -> None:
    check_cases(real(), range(start, start + 250), tmp_path)


@pytest.mark.parametrize("what", FOUND)
def test_what_mutations_found_stays_mended(what: str, tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(FOUND[what])
    check(path)


def wellmade() -> list[ParameterSet]:
    """Return (name, format, content) of files that can be changed without harm."""
    files = [pytest.param(name, content, id=f"invented {name}") for name, content in SAMPLES.items()]
    for file in manifest():
        if file["expected_records"] and file["format"] in FORMATS:
            files.append(pytest.param(file["format"], shortened(file), id=file["file"]))
    return files


def read_bytes(folder: Path, content: bytes) -> Read:
    """Return the records of a file with this content."""
    path = folder / "export"
    path.write_bytes(content)
    return [record for _, records in read(path) for record in records]


def same(left: Read, right: Read) -> None:
    """Assert that two readings gave the same records, lines aside."""
    assert [(record.position, record.raw) for record, _ in left] == [
        (record.position, record.raw) for record, _ in right
    ]
    assert [fields for _, fields in left] == [fields for _, fields in right]


@pytest.mark.parametrize(("form", "content"), wellmade())
def test_line_ends_and_encodings_change_nothing(form: str, content: bytes, tmp_path: Path) -> None:
    if encoding_of(content) == "cp1252":
        pytest.skip("its encoding is not certain")
    text = decoded(content).text
    before = read_bytes(tmp_path, content)
    assert before
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        mark = "\ufeff" if encoding == "utf-16-be" else ""
        same(before, read_bytes(tmp_path, (mark + text).encode(encoding)))
    if "\n" in text and "\r" not in text.replace("\r\n", "\n"):
        for end in ("\n", "\r\n", "\r"):
            changed = text.replace("\r\n", "\n").replace("\n", end)
            same(before, read_bytes(tmp_path, changed.encode("utf-8")))


@pytest.mark.parametrize("form", GLUED)
def test_glued_files_hold_the_records_of_both(form: str, tmp_path: Path) -> None:
    contents = [SAMPLES[form]] * 2 + [
        content.removeprefix(b"\xef\xbb\xbf")
        for file in manifest()
        if file["format"] == form and file["expected_records"]
        for content in [shortened(file)]
        if encoding_of(content).startswith("utf-8") and b"\n" in content
    ]
    raws = [[record.raw for record, _ in read_bytes(tmp_path, content)] for content in contents]
    for number, (left, right) in enumerate(pairwise(contents)):
        glued = [record.raw for record, _ in read_bytes(tmp_path, left + b"\n\n" + right)]
        assert glued == raws[number] + raws[number + 1]
