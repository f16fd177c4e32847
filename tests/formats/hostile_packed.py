"""Hostile files that are packed: zip files and spreadsheets, made without the space that they would take."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.formats.hostile import LAUGHS, ris

_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(*members: tuple[str, bytes]) -> bytes:
    """Return a zip file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in members:
            folder.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def zeros(name: str, megabytes: int, sign: bytes = b"\0") -> bytes:
    """Return a zip file with one member that holds nothing but a sign, made without the space it takes."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = sign * 1_000_000
    data, check = b"", 0
    for _ in range(megabytes):
        data += squeeze.compress(million)
        check = zlib.crc32(million, check)
    data += squeeze.flush()
    size = megabytes * 1_000_000
    path = name.encode()
    sizes = struct.pack("<IIIHH", check, len(data), size, len(path), 0)
    head = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + path
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHII", 0, 0, 0, 0, 0) + path
    ending = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(head) + len(data), 0)
    return head + data + entry + b"PK\x05\x06" + ending


def sheet(rows: str, strings: str = "") -> bytes:
    """Return the least of an XLSX file around these rows of its sheet."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{kind}">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packages}/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{_SHEET}"/>',
    }
    return packed(*((name, text.encode()) for name, text in parts.items()))


def _row(*cells: str, number: int = 1) -> str:
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def _shared_bomb() -> bytes:
    dtd = f'<!DOCTYPE sst [<!ENTITY l0 "laugh">{LAUGHS}]>'
    strings = f'{dtd}<sst xmlns="{_SHEET}"><si><t>&l9;</t></si></sst>'
    return sheet('<row r="1"><c t="s"><v>0</v></c></row>' + _row("Trust", number=2), strings)


def _link() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as folder:
        link = zipfile.ZipInfo("evil.ris")
        link.external_attr = 0o120777 << 16
        folder.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _encrypted() -> bytes:
    content = bytearray(packed(("a.ris", ris())))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _wrong_sum() -> bytes:
    content = bytearray(packed(("a.ris", ris() * 50)))
    content[50] ^= 255
    return bytes(content)


def _nested_zip() -> bytes:
    content = packed(("a.ris", ris()))
    for _ in range(20):
        content = packed(("inner.zip", content))
    return content


PACKED: dict[str, Callable[[], bytes]] = {
    "zip: bomb": lambda: zeros("a.ris", 1200, b"a"),
    "zip: bomb of zeros": lambda: zeros("a.ris", 300),
    "zip: bomb in bombs": lambda: packed(*((f"b{n}.zip", zeros("a.ris", 20)) for n in range(30))),
    "zip: slip": lambda: packed(
        *((name, ris()) for name in ("../../slipped.ris", "/tmp/slipped.ris", "a/../../../slipped.ris")),
        *((name, ris()) for name in ("C:\\slipped.ris", "..\\slipped.ris", "a\0b.ris", "\u202eslipped.ris")),
    ),
    "zip: link": _link,
    "zip: encrypted": _encrypted,
    "zip: wrong sum": _wrong_sum,
    "zip: cut off": lambda: packed(("a.ris", ris() * 100))[:-30],
    "zip: within itself": _nested_zip,
    "zip: many members": lambda: packed(*((f"{n}.ris", b"") for n in range(20_000))),
    "zip: empty": lambda: packed(),
    "xlsx: bomb": lambda: zeros("xl/worksheets/sheet1.xml", 800, b"<"),
    "xlsx: many rows": lambda: sheet(_row("Title", "Year") + "<row/>" * 1_000_000),
    "xlsx: a far cell": lambda: sheet(
        _row("Title", "Year") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "xlsx: entity bomb": _shared_bomb,
    "xlsx: deep": lambda: sheet("<row>" * 100_000),
    "xlsx: formulas": lambda: sheet(
        _row("Title", "Year") + '<row r="2"><c><f>HYPERLINK("http://x")</f><v>1</v></c></row>'
    ),
}
"""Packed hostile files by name; the part before the colon is the format that they pretend to be."""
