"""The one door for full texts: a file goes in, pages of plain text come out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator
from pathlib import Path

from realist.documents.kinds import kind_of_bytes, kind_of_text
from realist.documents.values import Document, DocumentKind
from realist.errors import RealistError
from realist.text import line

MOST_BYTES = 200_000_000
"""How large a file may be."""

_HEAD = 1 << 16
_MOST_TEXT = 50_000_000
_TEXTS = (DocumentKind.HTML, DocumentKind.MARKDOWN, DocumentKind.TEXT)


def read_document(
    path: str | os.PathLike[str], progress: Callable[[int, int], None] | None = None
) -> Document:
    """Return the full text in a file: PDF, DOCX, HTML, Markdown or plain text, told from its content.

    *progress* is called with (pages read, pages in all) after each page, and at least twice a second
    meanwhile, in the thread of the caller; in all is 0 until it is known. To stop, raise any error from it:
    it comes out here, and nothing is left behind.

    The file is read in a process of its own, with limits of time and memory, so that no file can hang or
    bring down the caller. Raises RealistError, with the file and what to do, for one that is missing,
    empty, larger than 200 MB, protected, damaged or of another kind.
    """
    from realist.documents.apart import read_apart

    file = Path(path)
    return read_apart(file, check(file), progress or _nothing)


def read_here(path: Path, kind: DocumentKind, extractor: str) -> Generator[tuple[int, int], None, Document]:
    """Read a file that was checked, in this process; yield (pages read, pages in all), return the document.

    *extractor* is one of the modules that open PDFs. Raises as the readers do.
    """
    if kind is DocumentKind.PDF:
        from realist.documents.pdf import reading

        return (yield from reading.read(path, extractor))
    if kind is DocumentKind.DOCX:
        from realist.documents import docx

        return docx.read(path)
    from realist.documents import decoding

    text = decoding.decode(path.read_bytes())
    if kind is DocumentKind.HTML:
        from realist.documents import html

        return html.read(text)
    if kind is DocumentKind.MARKDOWN:
        from realist.documents import markdown

        return markdown.read(text)
    from realist.documents import plaintext

    return plaintext.read(text)


def check(path: Path) -> DocumentKind:
    """Return the kind of a file; raise RealistError where it is none that can be read."""
    shown = line(path.name)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise RealistError(f'"{shown}" is not a file: name the paper itself.')
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no such name"
        raise RealistError(
            f'"{line(str(path))}" cannot be read ({reason}): look at its name and place.'
        ) from error
    if status.st_size > MOST_BYTES:
        raise RealistError(
            f'"{shown}" is larger than {MOST_BYTES // 10**6} MB: attach a smaller copy, without its pictures.'
        )
    if not head.strip():
        raise RealistError(f'"{shown}" is empty: download it again.')
    found = kind_of_bytes(head) or _kind_of_text(head)
    if not isinstance(found, DocumentKind):
        raise RealistError(f'"{shown}" {found}')
    if found in _TEXTS and status.st_size > _MOST_TEXT:
        raise RealistError(
            f'"{shown}" holds more than {_MOST_TEXT // 10**6} MB of text: attach a part of it.'
        )
    return found


def _kind_of_text(head: bytes) -> DocumentKind | str:
    from realist.documents.decoding import decode

    return kind_of_text(decode(head[: head.rfind(b"\n", _HEAD // 2) + 1 or None]))


def _nothing(done: int, total: int) -> None:
    """Tell nobody how far the reading is."""
