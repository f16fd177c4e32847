"""The door: a file is read apart, with progress, limits and a way to stop."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pypdf
import pytest

from realist.documents import DocumentKind, Problem, apart, read_document, worker
from realist.errors import RealistError
from tests.documents.pdfs import Put, bomb, lines, pdf
from tests.documents.support import PROSE, squeezed
from tests.documents.test_docx import p, packed


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "WORKER", "tests.documents.misbehaving")


def children() -> set[int]:
    """Return the processes that this one has started and not ended."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not listed.exists():
        pytest.skip("this system does not list processes")
    return set(map(int, listed.read_text().split()))


def test_every_kind(tmp_path: Path) -> None:
    files = {
        DocumentKind.PDF: pdf([lines(50, 100, PROSE)]),
        DocumentKind.DOCX: packed(p(" ".join(PROSE))),
        DocumentKind.HTML: f"<!doctype html><p>{' '.join(PROSE)}".encode(),
        DocumentKind.MARKDOWN: ("# Title\n\n## Text\n\n" + " ".join(PROSE)).encode(),
        DocumentKind.TEXT: "\n".join(PROSE).encode(),
    }
    for kind, data in files.items():
        (tmp_path / "päper; rm -rf").write_bytes(data)
        document = read_document(tmp_path / "päper; rm -rf")
        assert document.kind is kind
        assert squeezed(document.pages).endswith(" ".join(PROSE))


def test_the_whole_document_comes_over(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf([[Put(50, 60, "1 Methods", 14, True), *lines(50, 100, PROSE)], None])
    )
    document = read_document(str(tmp_path / "a.pdf"))
    assert document.sections[0].title == "1 Methods"
    assert document.pages[0].number == 1
    assert document.problems[0].page == 2
    assert isinstance(document.problems[0], Problem)
    assert document.extractor == "pypdfium2"


def test_progress_page_by_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([lines(50, 100, PROSE)] * 12))
    seen: list[tuple[int, int]] = []
    read_document(tmp_path / "a.pdf", lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 0)
    assert seen[-1] == (12, 12)
    assert [step for step in seen if step[1]] == sorted(step for step in seen if step[1])


class Stop(Exception):
    """Somebody pressed Escape."""


@pytest.mark.usefixtures("misbehaving")
def test_stopping_between_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("%PDF-count")
    before = children()

    def stop(done: int, total: int) -> None:
        if done >= 3:
            raise Stop

    with pytest.raises(Stop):
        read_document(tmp_path / "a.pdf", stop)
    assert children() == before


@pytest.mark.usefixtures("misbehaving")
def test_a_reader_that_is_not_installed_is_not_the_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("%PDF-not installed")
    with pytest.raises(RealistError, match="what reads PDF is not installed"):
        read_document(tmp_path / "a.pdf")


@pytest.mark.usefixtures("misbehaving")
def test_a_file_that_hangs_is_given_up_and_meanwhile_progress_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LONGEST_STEP", 1.5)
    (tmp_path / "a.pdf").write_text("%PDF-hang")
    before, start, calls = children(), time.monotonic(), []
    with pytest.raises(RealistError, match=r'"a\.pdf" took too long to read and was given up'):
        read_document(tmp_path / "a.pdf", lambda done, total: calls.append((done, total)))
    assert time.monotonic() - start < 30
    assert calls.count((1, 9)) >= 2
    assert children() == before


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("what", "told"), [("crash", "is damaged"), ("babble", "is damaged"), ("memory", "fills the memory")]
)
def test_what_goes_wrong_in_the_process_is_one_sentence(tmp_path: Path, what: str, told: str) -> None:
    (tmp_path / "a.pdf").write_text(f"%PDF-{what}")
    with pytest.raises(RealistError, match=told) as refused:
        read_document(tmp_path / "a.pdf")
    assert "\n" not in str(refused.value)


@pytest.mark.usefixtures("misbehaving")
def test_the_second_extractor_reads_what_the_first_crashes_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("%PDF-crash once")
    assert read_document(tmp_path / "a.pdf").extractor == "pypdf_lines"
    (tmp_path / "a.pdf").write_text("%PDF-fine")
    assert read_document(tmp_path / "a.pdf").extractor == "pdfium"


def test_protected_and_damaged_files(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(RealistError, match=r'"locked\.pdf" is protected with a password: save a copy'):
        read_document(tmp_path / "locked.pdf")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n\x00\xff")
    with pytest.raises(
        RealistError, match=r'"cut\.pdf" is damaged and cannot be read as PDF: download it again'
    ):
        read_document(tmp_path / "cut.pdf")
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 word/")
    with pytest.raises(RealistError, match=r'"cut\.docx" is damaged'):
        read_document(tmp_path / "cut.docx")


def test_a_name_that_looks_like_an_option_or_holds_controls(tmp_path: Path) -> None:
    (tmp_path / "-c.txt").write_text("Trust grew slowly.")
    assert read_document(tmp_path / "-c.txt").pages[0].text == "Trust grew slowly."
    name = tmp_path / "a\x1b[2J.pdf"
    name.write_bytes(b"%PDF-1.7\n\x00")
    with pytest.raises(RealistError) as refused:
        read_document(name)
    assert "\x1b" not in str(refused.value)


def test_modules_of_the_folder_at_hand_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json.py", "pypdfium2.py", "realist.py"):
        (tmp_path / name).write_text("raise SystemExit('owned')")
    (tmp_path / "a.txt").write_text("Trust grew slowly.")
    monkeypatch.chdir(tmp_path)
    assert read_document("a.txt").pages[0].text == "Trust grew slowly."


@pytest.mark.slow
def test_a_file_that_unpacks_to_far_more_ends_soon(tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(bomb())
    start = time.monotonic()
    document = read_document(tmp_path / "bomb.pdf")
    assert sum(len(page.text) for page in document.pages) < 1_000_000
    assert time.monotonic() - start < 120


def test_the_messages_of_the_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(worker, "_limit", lambda: None)
    (tmp_path / "a.pdf").write_bytes(pdf([lines(50, 100, PROSE)] * 2))
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 word/")
    (tmp_path / "a.html").write_text("<p>Trust")
    worker.main(str(tmp_path / "a.pdf"), "pdf", "pdfium")
    worker.main(str(tmp_path / "a.html"), "html", "")
    worker.main(str(tmp_path / "cut.docx"), "docx", "")
    worker.main(str(tmp_path / "cut.docx"), "pdf", "pdfium")
    said = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert [next(iter(one)) for one in said] == ["at", "at", "document", "document", "refused", "failed"]
    assert said[1] == {"at": [2, 2]}
    assert said[3]["document"][3] == [[1, "", "Trust"]]
    assert said[5] == {"failed": "Damaged"}


@pytest.mark.usefixtures("misbehaving")
def test_a_file_that_never_comes_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST", 0.3)
    (tmp_path / "a.pdf").write_text("%PDF-count")
    with pytest.raises(RealistError, match="took too long"):
        read_document(tmp_path / "a.pdf")


def test_a_system_that_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    (tmp_path / "a.txt").write_text("Trust grew slowly.")
    with pytest.raises(RealistError, match="started no process"):
        read_document(tmp_path / "a.txt")
