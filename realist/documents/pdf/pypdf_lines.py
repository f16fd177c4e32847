"""The text of a PDF line by line, by pypdf: for files that PDFium cannot read or platforms without it.

pypdf gives the lines in the order of the file and no places, so columns come as the file has them. Crafted
files have made it loop or fill the memory time and again (see the advisories of py-pdf/pypdf), so it too
runs in a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf

from realist.documents.pdf.pieces import Damaged, Locked, RawPage, Run

_SIZE = 10.0
_LINE = 12.0
_HARDLY_ANY = 60


class Pdf:
    """A PDF opened by pypdf. Raises Locked where it wants a password and Damaged where it cannot be read."""

    extractor = "pypdf"

    def __init__(self, path: Path) -> None:
        self.version = pypdf.__version__
        try:
            self._reader = pypdf.PdfReader(path)
            locked = self._reader.is_encrypted and not self._opens()
            self.length = 0 if locked else len(self._reader.pages)
            self._labels = [] if locked else self._reader.page_labels
        except Exception as error:
            # pypdf raises errors of many kinds on damaged files.
            raise Damaged(str(error)) from error
        if locked:
            raise Locked

    def _opens(self) -> bool:
        """Whether the file opens without a password and with the ciphers that are at hand."""
        try:
            return bool(self._reader.decrypt(""))
        except (pypdf.errors.DependencyError, NotImplementedError):
            return False

    def __iter__(self) -> Iterator[RawPage]:
        try:
            for index in range(self.length):
                yield self._page(index)
        finally:
            self._reader.close()

    def _page(self, index: int) -> RawPage:
        label = self._labels[index] if index < len(self._labels) else ""
        try:
            page = self._reader.pages[index]
            lines = page.extract_text().split("\n")
            few = sum(map(len, lines)) < _HARDLY_ANY
            pictures = 1.0 if few and _has_picture(page) else 0.0
        except Exception:
            return RawPage(index + 1, label, 0.0, 0.0, (), False, unread=True)
        runs = tuple(
            Run(line, 0.0, _SIZE * len(line), _LINE * at, _SIZE)
            for at, line in enumerate(lines, 1)
            if line.strip()
        )
        return RawPage(index + 1, label, 0.0, _LINE * (len(lines) + 1), runs, False, pictures)


def _has_picture(page: Any) -> bool:
    objects = page.get("/Resources", {}).get("/XObject", {})
    return any(objects[name].get("/Subtype") == "/Image" for name in objects)
