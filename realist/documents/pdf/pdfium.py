"""The text of a PDF and where it stands, by PDFium.

PDFium must not be called from two threads at once, may crash on a hostile file, and cannot be interrupted
within a page: :mod:`realist.documents.apart` runs it in a process of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from ctypes import byref, c_double, create_string_buffer
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from realist.documents.pdf.pieces import Damaged, Locked, RawPage, Run

_HYPHENS = frozenset((0x02, 0xFFFE))
"""What PDFium gives for a hyphen at the end of a line, after which the next line follows at once."""

_SPACES = frozenset((*range(2), *range(3, 33), 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000))
_GAP = 0.95
_SAME_LINE = 0.5
_HARDLY_ANY = 60
_SAMPLES = 24
_BOLD = ("bold", "black", "heavy", "semibold", "demi", "cmbx", "sfbx", "-bd")
_FONT_NAME = 128


class _Word(NamedTuple):
    """A word: its first character's number, its text, the ends and the baseline, in points."""

    first: int
    text: str
    x0: float
    x1: float
    y: float


class Pdf:
    """A PDF opened by PDFium. Raises Locked where it wants a password and Damaged where it cannot be read."""

    extractor = "pypdfium2"

    def __init__(self, path: Path) -> None:
        self.version = f"{pypdfium2.PYPDFIUM_INFO} (PDFium {pypdfium2.PDFIUM_INFO.build})"
        try:
            self._document = pypdfium2.PdfDocument(path)
            self.length = len(self._document)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise (Locked if locked else Damaged)(str(error)) from error

    def __iter__(self) -> Iterator[RawPage]:
        with closing(self._document):
            for index in range(self.length):
                yield self._page(index)

    def _page(self, index: int) -> RawPage:
        label = self._document.get_page_label(index) or ""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError:
            return RawPage(index + 1, label, 0.0, 0.0, (), True, unread=True)
        with closing(page):
            with closing(page.get_textpage()) as text:
                runs, width, height = _Reading(text, page.get_bbox()).runs()
            few = sum(len(run.text) for run in runs) < _HARDLY_ANY
            pictures = _pictures(page) if few else 0.0
        return RawPage(index + 1, label, width, height, runs, True, pictures)


class _Reading:
    """One page of text while it is read: its characters, and the turn in which most of them stand."""

    def __init__(self, text: pypdfium2.PdfTextPage, box: tuple[float, float, float, float]) -> None:
        self._text = text.raw
        get = pdfium.FPDFText_GetUnicode
        self._codes = [get(self._text, at) for at in range(text.count_chars())]
        self._turn = self._common_turn()
        left, bottom, right, top = box
        corners = [self._turned(x, y) for x in (left, right) for y in (bottom, top)]
        self._left, self._top = min(x for x, _ in corners), max(y for _, y in corners)
        self._width = max(x for x, _ in corners) - self._left
        self._height = self._top - min(y for _, y in corners)

    def runs(self) -> tuple[tuple[Run, ...], float, float]:
        """Return the runs of the page in the order of the file, and the width and height of the page."""
        runs: list[Run] = []
        held: list[_Word] = []
        size, bold, turned = 0.0, False, False
        for word in self._words():
            if held and self._goes_on(held[-1], word, size):
                held.append(word)
                continue
            self._close(runs, held, size, bold, turned)
            held = [word]
            size, turned = self._size(word.first)
            bold = self._is_bold(word.first)
        self._close(runs, held, size, bold, turned)
        return tuple(runs), self._width, self._height

    def _close(self, runs: list[Run], held: list[_Word], size: float, bold: bool, turned: bool) -> None:
        """Add the words of one piece of a line to *runs*, unless they stand outside the page."""
        if not held:
            return
        text = " ".join(word.text for word in held)
        x0, x1, y = held[0].x0, max(held[-1].x1, held[0].x0), held[0].y
        bold = bold and (len(held) == 1 or self._is_bold(held[-1].first))
        inside = -size <= y <= self._height + size and x1 >= 0 and x0 <= self._width
        if inside and text.strip():
            runs.append(Run(text, x0, x1, y, size, bold, turned))

    @staticmethod
    def _goes_on(last: _Word, word: _Word, size: float) -> bool:
        """Whether a word goes on in the line of the last one, without a gap as wide as between columns."""
        if last.text.endswith("-") and abs(word.y - last.y) > 1:
            return False
        return abs(word.y - last.y) < _SAME_LINE * size and -0.3 * size < word.x0 - last.x1 < _GAP * size

    def _words(self) -> Iterator[_Word]:
        codes, at, many = self._codes, 0, len(self._codes)
        box, x, y = pdfium.FS_RECTF(), c_double(), c_double()
        while at < many:
            if codes[at] in _SPACES:
                at += 1
                continue
            end = at + 1
            while end < many and codes[end] not in _SPACES and codes[end - 1] not in _HYPHENS:
                end += 1
            pdfium.FPDFText_GetCharOrigin(self._text, at, x, y)
            pdfium.FPDFText_GetLooseCharBox(self._text, end - 1, byref(box))
            x0, base = self._turned(x.value, y.value)
            x1 = self._turned(box.right, box.top)[0] if self._turn == 0 else self._far_end(box)
            yield _Word(at, _letters(codes[at:end]), x0 - self._left, x1 - self._left, self._top - base)
            at = end

    def _far_end(self, box: Any) -> float:
        return max(self._turned(x, y)[0] for x in (box.left, box.right) for y in (box.bottom, box.top))

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """Return a place as it is when the page is turned so that most of its text runs to the right."""
        if self._turn == 0:
            return x, y
        cos, sin = math.cos(self._turn), math.sin(self._turn)
        return x * cos + y * sin, y * cos - x * sin

    def _common_turn(self) -> float:
        """Return the direction of most of the text, in radians, one of the four of a sheet."""
        shown = [at for at, code in enumerate(self._codes) if code not in _SPACES]
        sample = shown[:: max(len(shown) // _SAMPLES, 1)]
        quarters = [round(self._direction(at)[0] / (math.pi / 2)) % 4 for at in sample]
        common = max(range(4), key=quarters.count) if quarters else 0
        return common * math.pi / 2

    def _direction(self, at: int) -> tuple[float, float]:
        """Return in which direction a character runs, in radians, and how far its font is enlarged."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self._text, at, byref(matrix)):
            return 0.0, 1.0
        return math.atan2(matrix.b, matrix.a), math.hypot(matrix.c, matrix.d) or 1.0

    def _size(self, at: int) -> tuple[float, bool]:
        """Return the size of a character, in points, and whether it runs in another direction than most."""
        direction, scale = self._direction(at)
        size = float(pdfium.FPDFText_GetFontSize(self._text, at)) * scale
        return max(size, 1.0), abs(math.remainder(direction - self._turn, 2 * math.pi)) > 0.1

    def _is_bold(self, at: int) -> bool:
        name = create_string_buffer(_FONT_NAME)
        length = pdfium.FPDFText_GetFontInfo(self._text, at, name, _FONT_NAME, None)
        if not 0 < length <= _FONT_NAME:
            return False
        shown = name.value.decode("ascii", "replace").lower()
        return any(part in shown for part in _BOLD)


def _letters(codes: list[int]) -> str:
    """Return the text of characters: hyphens at line ends as hyphens, halves of pairs joined."""
    text = "".join("-" if code in _HYPHENS else chr(code) for code in codes)
    if any(0xD800 <= code < 0xE000 for code in codes):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _pictures(page: pypdfium2.PdfPage) -> float:
    """Return which share of a page pictures cover, from 0 to 1; where they overlap they count twice."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        x0, y0, x1, y1 = picture.get_bounds()
        covered += max(min(x1, right) - max(x0, left), 0.0) * max(min(y1, top) - max(y0, bottom), 0.0)
    return min(float(covered / area), 1.0)
