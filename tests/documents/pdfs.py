"""Small PDF files, made by hand: text at places, ligatures, page labels, pictures, turned text."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 595, 842
LIGATURES = {"ﬁ": "\\001", "ﬂ": "\\002", "ﬀ": "\\003"}
_ENCODING = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl /ff] >>"
_PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    "/Length 4 >>\nstream\nABCD\nendstream"
)


class Put(NamedTuple):
    """Text at a place, in points from the left and from the top; ``turn`` in quarters against the clock."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    turn: int = 0


def pdf(pages: Sequence[Sequence[Put] | None], labels: str = "", trailer: str = "") -> bytes:
    """Return a PDF; a page that is None is a picture. *labels* is the inside of a /PageLabels number tree."""
    count = len(pages)
    kids = " ".join(f"{6 + 2 * at} 0 R" for at in range(count))
    named = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {named} >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 {WIDTH} {HEIGHT}] >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {_ENCODING} >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding {_ENCODING} >>",
        _PICTURE,
    ]
    resources = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /P 5 0 R >> >>"
    for at, page in enumerate(pages):
        content = _content(page)
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {7 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _file(objects, trailer)


def _content(page: Sequence[Put] | None) -> str:
    if page is None:
        return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q"
    turns = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")
    return "\n".join(
        f"BT /F{2 if put.bold else 1} {put.size} Tf {turns[put.turn]} {put.x} {HEIGHT - put.y} Tm "
        f"({_escaped(put.text)}) Tj ET"
        for put in page
    )


def _escaped(text: str) -> str:
    for sign in "\\()":
        text = text.replace(sign, "\\" + sign)
    for sign, code in LIGATURES.items():
        text = text.replace(sign, code)
    return text


def _file(objects: Sequence[str], trailer: str) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = len(made)
    size = len(objects) + 1
    made += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    return made + f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{end}\n%%EOF\n".encode()


def lines(x: float, y: float, texts: Sequence[str], size: float = 10, leading: float = 12) -> list[Put]:
    """Return texts one below the other."""
    return [Put(x, y + leading * at, text, size) for at, text in enumerate(texts)]


def bomb() -> bytes:
    """Return a PDF whose one page unpacks to 100 MB of content."""
    packed = zlib.compress(b"BT /F1 10 Tf (" + b"x" * 100_000_000 + b") Tj ET", 9)
    whole = pdf([[Put(50, 50, "placeholder")]])
    start = whole.index(b"7 0 obj")
    head = f"7 0 obj\n<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    return whole[:start] + head + packed + b"\nendstream\nendobj\ntrailer\n<< /Size 8 /Root 1 0 R >>\n"
