"""Which kind of full text a file is, told from its content; its name says nothing."""

from __future__ import annotations

import re

from realist.documents.values import DocumentKind

_OFFICE = "Save it as DOCX or PDF and attach that."
_REFUSED: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        re.compile(rb"\xd0\xcf\x11\xe0"),
        f"is a file of an old Word (.doc) or one that is protected with a password. {_OFFICE}",
    ),
    (re.compile(rb"\s*\{\\rtf"), f"is a file in Rich Text Format. {_OFFICE}"),
    (
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP", re.DOTALL),
        "is a picture. Run text recognition (OCR) on it and attach the PDF that this makes.",
    ),
    (
        re.compile(rb"\x1f\x8b|BZh[1-9]1AY&SY|7z\xbc\xaf\x27\x1c|\xfd7zXZ\x00|Rar!\x1a|\x28\xb5\x2f\xfd"),
        "is a packed file. Unpack it and attach the paper within.",
    ),
    (re.compile(rb"SQLite format 3\0"), "is a database. Attach the paper itself, as PDF or text."),
    (re.compile(rb"(?:%!PS|\x04%!PS)"), "is a PostScript file. Make a PDF of it and attach that."),
)
_ZIPPED = "is a packed file and no Word document. Attach the paper itself, as PDF or DOCX."
_NO_TEXT = "is no text that can be read. Attach the paper as PDF, DOCX, HTML or plain text."
_MAIL = re.compile(r"(?:MIME-Version|From|Received|Return-Path): ", re.IGNORECASE)
_SAVED_PAGE = "is a web page saved as one file of mail (MHTML). Attach it saved as HTML or printed to PDF."
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h[1-6]|table)\b", re.IGNORECASE
)
_XHTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_OPENING = 2000
_XML = re.compile(r"<\?xml|<!DOCTYPE\s(?!html)|<\w+[^<>]{0,400}\sxmlns", re.IGNORECASE)
_OTHER_XML = "is XML of a kind that cannot be read. Attach the paper as PDF or HTML."
_HEADING = re.compile(r"^ {0,3}#{1,6} \S", re.MULTILINE)
_MARKUP = re.compile(r"^ {0,3}#{1,6} \S|\*\*[^*\n]{1,200}\*\*|\]\((?:https?://|#|mailto:)|^```", re.MULTILINE)
_SIGNS_OF_MARKDOWN = 2
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_MOST_STRANGE = 0.02


def kind_of_bytes(head: bytes) -> DocumentKind | str | None:
    """Return the kind of a file from its first bytes, a sentence without subject if it cannot be read.

    None if it may be text.
    """
    if b"%PDF-" in head[:1024]:
        return DocumentKind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return DocumentKind.DOCX if b"word/" in head or b"[Content_Types].xml" in head else _ZIPPED
    return next((reason for sign, reason in _REFUSED if sign.match(head)), None)


def kind_of_text(head: str) -> DocumentKind | str:
    """Return the kind of a text from its first characters, or why it cannot be read, without subject."""
    start = head.lstrip("\ufeff \t\r\n\f")
    if len(_STRANGE.findall(start)) > _MOST_STRANGE * max(len(start), 50):
        return _NO_TEXT
    if start.startswith("<"):
        if _XML.match(start):
            return DocumentKind.HTML if _XHTML.search(start[:_OPENING]) else _OTHER_XML
        if _HTML.search(start):
            return DocumentKind.HTML
    if _MAIL.match(start) and "Content-Type:" in start[:4000]:
        return _SAVED_PAGE
    signs = sum(1 for _ in _MARKUP.finditer(head))
    is_markdown = signs >= _SIGNS_OF_MARKDOWN and _HEADING.search(head)
    return DocumentKind.MARKDOWN if is_markdown else DocumentKind.TEXT
