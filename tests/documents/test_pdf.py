"""PDF files, by both extractors."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from realist.documents.pdf import pdfium, reading
from realist.documents.pdf.pieces import Damaged, Locked, RawPage, Run
from realist.documents.values import DocumentKind
from realist.errors import RealistError
from tests.documents.pdfs import Put, lines, pdf
from tests.documents.support import PROSE, read, squeezed

BOTH = pytest.mark.parametrize("extractor", ["pdfium", "pypdf_lines"])


@BOTH
def test_text_page_by_page(tmp_path: Path, extractor: str) -> None:
    data = pdf([lines(50, 100, PROSE), lines(50, 100, PROSE[::-1])])
    document = read(tmp_path / "a.bin", data, extractor)
    assert document.kind is DocumentKind.PDF
    assert [page.number for page in document.pages] == [1, 2]
    assert squeezed(document.pages[:1]) == " ".join(PROSE)
    assert not document.scanned
    assert document.extractor in ("pypdfium2", "pypdf")
    assert document.version.endswith("layout 1")


def test_ligatures_hyphens_and_columns(tmp_path: Path) -> None:
    left = ["The ﬁrst clinic was diﬀerent in its", "workﬂow, as the staﬀ and the inte-",
            "gration of its teams show", "in every table of this long report,",
            "which we print here in two columns"]  # fmt: skip
    right = [f"right column, line {n} of the text" for n in range(5)]
    data = pdf([[Put(50, 60, "A title across both of the columns of this page", 18, True),
                 *lines(310, 100, right), *lines(50, 100, left)]])  # fmt: skip
    text = read(tmp_path / "a.pdf", data).pages[0].text
    assert text.startswith(
        "A title across both of the columns of this page\n\nThe first clinic was different in its"
    )
    assert "workflow, as the staff and the integration of its teams show in every table" in text
    assert text.index("two columns") < text.index("right column, line 0")


def test_headings_by_how_they_are_printed(tmp_path: Path) -> None:
    page = [Put(50, 60, "Leading joint teams", 18, True), Put(50, 100, "1 Introduction", 12, True),
            *lines(50, 120, PROSE), Put(50, 210, "1.1 Earlier reviews", 11, True),
            *lines(50, 230, PROSE)]  # fmt: skip
    document = read(tmp_path / "a.pdf", pdf([page, [Put(50, 60, "References"), *lines(50, 100, PROSE)]]))
    assert [(one.title, one.level, one.page) for one in document.sections] == [
        ("Leading joint teams", 1, 1), ("1 Introduction", 2, 1), ("1.1 Earlier reviews", 3, 1),
        ("References", 4, 2),
    ]  # fmt: skip
    for one in document.sections:
        assert document.pages[one.page - 1].text.startswith(one.title, one.position)


@BOTH
def test_labels_of_the_file(tmp_path: Path, extractor: str) -> None:
    data = pdf([lines(50, 100, PROSE)] * 4, labels="0 << /S /r >> 2 << /S /D /St 673 /P (S) >>")
    document = read(tmp_path / "a.pdf", data, extractor)
    assert [page.label for page in document.pages] == ["i", "ii", "S673", "S674"]


@BOTH
def test_scanned_pages(tmp_path: Path, extractor: str) -> None:
    document = read(tmp_path / "a.pdf", pdf([None, None, lines(50, 100, PROSE)]), extractor)
    assert document.scanned
    assert "2 of 3 pages are pictures without text: run text recognition" in document.problems[0].message
    document = read(tmp_path / "a.pdf", pdf([None, *[lines(50, 100, PROSE)] * 3]), extractor)
    assert not document.scanned
    assert document.problems[0].page == 1


def test_pages_without_text(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf([[], []]))
    assert not document.scanned
    assert "no text that can be taken out" in document.problems[0].message


def test_turned_pages(tmp_path: Path) -> None:
    page = [Put(100 + 12 * at, 700, text, 10, False, 1) for at, text in enumerate(PROSE)]
    assert squeezed(read(tmp_path / "a.pdf", pdf([page])).pages) == " ".join(PROSE)


def test_the_second_extractor_says_that_columns_may_be_mixed(tmp_path: Path) -> None:
    document = read(tmp_path / "a.pdf", pdf([lines(50, 100, PROSE)]), "pypdf_lines")
    assert "columns may be mixed" in document.problems[0].message
    assert document.pages[0].text.count("\n") == len(PROSE) - 1


@BOTH
def test_a_password(tmp_path: Path, extractor: str) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    data = (tmp_path / "locked.pdf").read_bytes()
    with pytest.raises(Locked):
        read(tmp_path / "a.pdf", data, extractor)


@BOTH
def test_an_empty_password_is_none(tmp_path: Path, extractor: str) -> None:
    (tmp_path / "open.pdf").write_bytes(pdf([lines(50, 100, PROSE)]))
    writer = pypdf.PdfWriter(clone_from=tmp_path / "open.pdf")
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "owned.pdf")
    document = read(tmp_path / "a.pdf", (tmp_path / "owned.pdf").read_bytes(), extractor)
    assert squeezed(document.pages) == " ".join(PROSE)


@BOTH
@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00\xff" * 5000, pdf([lines(5, 9, PROSE)])[:300]]
)
def test_damaged_files(tmp_path: Path, extractor: str, data: bytes) -> None:
    with pytest.raises(Damaged):
        read(tmp_path / "a.pdf", data, extractor)


@BOTH
def test_a_file_without_its_table_of_contents_is_read(tmp_path: Path, extractor: str) -> None:
    whole = pdf([lines(50, 100, PROSE)])
    cut = whole[: whole.index(b"xref")] + b"trailer\n<< /Root 1 0 R /Size 8 >>\nstartxref\n0\n%%EOF\n"
    assert squeezed(read(tmp_path / "a.pdf", cut, extractor).pages) == " ".join(PROSE)


def test_hostile_letters_are_made_plain(tmp_path: Path) -> None:
    page = [Put(50, 100, "before\x1b[2J\x07\x00after"), *lines(50, 120, PROSE)]
    text = read(tmp_path / "a.pdf", pdf([page])).pages[0].text
    assert not any(character < " " and character != "\n" for character in text)


def test_the_extractors_are_loaded_when_needed() -> None:
    code = "import sys, realist.documents; print({'pypdfium2', 'pypdf', 'markdown_it'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "set()"


def test_more_text_or_pages_than_any_paper_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf([lines(50, 100, PROSE)] * 3)
    monkeypatch.setattr(reading, "_MOST_CHARACTERS", 500)
    with pytest.raises(RealistError, match=r'"a\.pdf" holds more than 500'):
        read(tmp_path / "a.pdf", data)
    monkeypatch.setattr(reading, "_MOST_PAGES", 2)
    with pytest.raises(RealistError, match="has more than 2 pages"):
        read(tmp_path / "a.pdf", data)


@BOTH
def test_a_file_that_claims_millions_of_pages(tmp_path: Path, extractor: str) -> None:
    data = pdf([lines(50, 100, PROSE)]).replace(b"/Count 1", b"/Count 1900000000")
    start = time.process_time()
    with contextlib.suppress(Damaged, RealistError):
        read(tmp_path / "a.pdf", data, extractor)
    assert time.process_time() - start < 20


def test_fonts_that_do_not_say_which_letters_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = tuple(Run("\ue001\ue002\ue003 abc", 50, 200, 100 + 12 * at, 10) for at in range(9))

    class Fake:
        extractor, version, length = "fake", "1", 2

        def __init__(self, path: Path) -> None:
            self.path = path

        def __iter__(self) -> Iterator[RawPage]:
            yield RawPage(1, "", 595, 842, runs, True)
            yield RawPage(2, "", 595, 842, (), True, unread=True)

    monkeypatch.setattr(pdfium, "Pdf", Fake)
    document = read(tmp_path / "a.pdf", pdf([]))
    assert [one.page for one in document.problems] == [None, 2]
    assert "fonts do not say which letters" in document.problems[0].message
    assert "The page is damaged and was left empty" in document.problems[1].message
    monkeypatch.setattr(Fake, "__iter__", lambda self: iter([RawPage(1, "", 9, 9, (), True, unread=True)]))
    with pytest.raises(Damaged):
        read(tmp_path / "a.pdf", pdf([]))
