"""Which kind of full text a file is, and what its bytes are as characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.documents import DocumentKind
from realist.documents.decoding import decode
from realist.documents.reading import check
from realist.errors import RealistError

HTML = "<!DOCTYPE html><html><body><p>Trust</p></body></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4 ...", DocumentKind.PDF),
        (b"\n\njunk before %PDF-1.4 ...", DocumentKind.PDF),
        (b"PK\x03\x04....[Content_Types].xml word/document.xml", DocumentKind.DOCX),
        (HTML.encode(), DocumentKind.HTML),
        (b"\xef\xbb\xbf  " + HTML.encode(), DocumentKind.HTML),
        (HTML.encode("utf-16"), DocumentKind.HTML),
        (
            b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
            DocumentKind.HTML,
        ),
        (b"# Title\n\nSome **strong** words", DocumentKind.MARKDOWN),
        (b"# Title\n\n## Methods\n\nwords", DocumentKind.MARKDOWN),
        (b"# of patients: 12, some text", DocumentKind.TEXT),
        (b"Trust grew slowly.\n\nA table | with | bars\n---|---|---\n", DocumentKind.TEXT),
        (b"p < 0.05 and <b>bold</b>", DocumentKind.TEXT),
        ("Доверие росло".encode("cp1251"), DocumentKind.TEXT),
    ],
)
def test_kinds(tmp_path: Path, data: bytes, kind: DocumentKind) -> None:
    (tmp_path / "paper").write_bytes(data)
    assert check(tmp_path / "paper") is kind


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n\t \n", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word"),
        (b"{\\rtf1 words}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n....", "is a picture"),
        (b"\x1f\x8b\x08....", "is a packed file"),
        (b"PK\x03\x04....paper.pdf", "is a packed file and no Word document"),
        (b"SQLite format 3\0....", "is a database"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"<?xml version='1.0'?><article xmlns='x'></article>", "XML of a kind"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "MHTML"),
        (bytes(range(256)) * 10, "no text that can be read"),
    ],
)
def test_refusals_name_the_file_and_what_to_do(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "paper.pdf").write_bytes(data)
    with pytest.raises(RealistError, match=what) as refused:
        check(tmp_path / "paper.pdf")
    assert str(refused.value).startswith('"paper.pdf" ')
    assert str(refused.value).count("\n") == 0
    assert "ttach" in str(refused.value) or "download" in str(refused.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(RealistError, match="is not a file"):
        check(tmp_path)
    with pytest.raises(RealistError, match="cannot be read"):
        check(tmp_path / "none.pdf")
    with pytest.raises(RealistError, match="no such name"):
        check(Path("a\0b"))


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7" + b" " * 100)
    monkeypatch.setattr("realist.documents.reading.MOST_BYTES", 50)
    with pytest.raises(RealistError, match="larger than"):
        check(tmp_path / "a.pdf")
    (tmp_path / "a.txt").write_bytes(b"words")
    monkeypatch.setattr("realist.documents.reading._MOST_TEXT", 3)
    with pytest.raises(RealistError, match="of text: attach a part"):
        check(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("naïve “trust” – élan", "utf-8"), ("naïve “trust” – élan", "utf-8-sig"), ("naïve “trust”", "utf-16"),
        ("naïve “trust” and more", "utf-16-le"), ("naïve “trust” and more", "utf-16-be"), ("naïve", "utf-32"),
        ("naïve “trust” – élan", "cp1252"), ("плохо или хорошо, доверие росло медленно и уходило", "cp1251"),
        ("<meta charset='iso-8859-2'>zażółć gęślą jaźń", "iso8859-2"),
        ('<?xml version="1.0" encoding="shift_jis"?>信頼は', "shift_jis"),
        ("<meta charset='iso-8859-1'>“trust” élan", "cp1252"),
        ("<meta charset='utf-7'>élan vital", "cp1252"), ("<meta charset='no-such'>élan vital", "cp1252"),
    ],
)  # fmt: skip
def test_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_bytes_of_no_encoding_become_marks() -> None:
    assert decode(b"\xef\xbb\xbfok \xff") == "ok \ufffd"
    assert decode(b"") == ""
