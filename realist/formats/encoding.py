"""Which encoding a file is in, decided from its bytes in one streaming pass.

Order: byte order mark, the NUL pattern of UTF-16 and UTF-32 without one, strict UTF-8, and only then a
statistical guess among the legacy encodings that exports are known to use.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from realist.errors import WrongUse
from realist.text import line

CHUNK = 1 << 16
HEAD = 1 << 16
KEEP = "realist.keep"
"""Error handler: each undecodable byte becomes the lone surrogate U+DC00 + byte, for every codec."""

LEGACY = ("cp1252", "iso8859_15", "iso8859_2", "cp1251", "mac_roman", "gbk", "big5", "shift_jis")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EITHER_ORDER = {"utf-16": codecs.BOM_UTF16_BE, "utf-32": codecs.BOM_UTF32_BE}
_NOT_FOR_FILES = frozenset(
    {"utf-7", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape"}
    | {"idna", "punycode", "undefined", "mbcs", "oem"}
)
_SAMPLE = 1 << 16
_SAMPLE_LINE = 1 << 12
_FEW = 12
_FEW_KINDS = 3
_KEPT = re.compile("[\udc00-\udcff]")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4}")


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(KEEP, _keep)


class Survey(NamedTuple):
    """What one pass over a file found. ``head`` is its first 64 kB.

    ``newline`` is what ends its lines: ``"\\n"`` (also for CR LF), or ``"\\r"`` where it has no LF.
    ``damaged``: some bytes do not fit ``encoding``. ``long_lines``: some line may be longer than 64 kB.
    ``misfit`` is the position of the first byte that does not fit an encoding that was asked for, else None.
    """

    sha256: str
    size: int
    head: bytes
    encoding: str
    newline: str
    damaged: bool
    long_lines: bool
    misfit: int | None


def mend(text: str) -> str:
    """Return *text* with each byte that could not be decoded written as ``\\xNN``."""
    return _KEPT.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02X}", text)


def has_kept_bytes(text: str) -> bool:
    """Return whether *text* holds bytes that could not be decoded."""
    return not text.isascii() and _KEPT.search(text) is not None


def check_name(name: str) -> str:
    """Return the encoding *name* if it is one for text files; raise WrongUse if it is not."""
    try:
        known = codecs.lookup(name).name
        with suppress(UnicodeDecodeError):
            # Codecs that make no text of bytes refuse this with a LookupError.
            b"\0\0\0\0".decode(name)
    except (LookupError, ValueError):
        known = "undefined"
    if known in _NOT_FOR_FILES:
        raise WrongUse(f'"{line(name)}" is no encoding for text files: use a name such as utf-8 or cp1252.')
    return known


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of the file, 64 kB at a time. Raises OSError."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def survey(path: Path, encoding: str | None = None) -> Survey:
    """Read the file once, in constant memory, and decide how its bytes are to be read.

    A given *encoding* is taken as it is; whether it fits is told by ``misfit``. Raises OSError, and
    WrongUse for an unknown encoding.
    """
    asked = None if encoding is None else check_name(encoding)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if asked in _EITHER_ORDER:
        asked += "-be" if head.startswith(_EITHER_ORDER[asked]) else "-le"
    named = asked or _from_head(head)
    scan = _Scan(named or "utf-8")
    for chunk in chunks(path):
        scan.feed(chunk)
    scan.feed(b"", final=True)
    chosen, damaged = named or "utf-8", scan.misfit is not None
    if named is None and damaged and not scan.cut_short:
        chosen = _weighed(path)
        damaged = chosen == "utf-8" or not _fits(path, chosen)
    misfit = scan.misfit if asked else None
    newline = "\n" if scan.has["\n"] else "\r"
    digest = scan.hash.hexdigest()
    return Survey(digest, scan.size, head, chosen, newline, damaged, scan.lacks[newline], misfit)


class _Scan:
    """The state of one pass: hash, size, line ends, and where decoding first failed.

    ``has``: whether the text has LF, CR. ``lacks``: whether a whole chunk of it has none. ``cut_short``:
    decoding failed only because the file ends within a character.
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        self._decoder = codecs.getincrementaldecoder(self._encoding)("strict")
        self.hash = hashlib.sha256()
        self.size = 0
        self.has = {"\n": False, "\r": False}
        self.lacks = {"\n": False, "\r": False}
        self.misfit: int | None = None
        self.cut_short = False

    def feed(self, chunk: bytes, final: bool = False) -> None:
        """Take the next bytes of the file; *final* after the last."""
        self.hash.update(chunk)
        text = self._decode(chunk, final)
        self.size += len(chunk)
        for newline in "\n\r":
            if newline in text:
                self.has[newline] = True
            elif len(chunk) == CHUNK:
                self.lacks[newline] = True

    def _decode(self, chunk: bytes, final: bool) -> str:
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            waiting = self._decoder.getstate()[0]
            self.misfit = max(self.size + error.start - len(waiting), 0)
            self.cut_short = final
            self._decoder = codecs.getincrementaldecoder(self._encoding)(KEEP)
            return self._decoder.decode(waiting + chunk, final)


def _weighed(path: Path) -> str:
    """Return the encoding of a file that is not valid UTF-8: UTF-8 all the same, or a legacy encoding.

    Text in another encoding makes next to no valid UTF-8 sequences by chance, so a file in which they
    prevail is UTF-8 with some bad bytes.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(KEEP)
    good = bad = 0
    sample = bytearray()
    for chunk in chunks(path):
        text = decoder.decode(chunk)
        kept = len(_KEPT.findall(text))
        bad += kept
        good += len(text) - len(text.encode("ascii", "ignore")) - kept
        if len(sample) < _SAMPLE:
            # Whole lines: a line feed is never half a character, the ends of a chunk may be.
            lines = chunk.split(b"\n")
            lines = lines[1:-1] if len(chunk) == CHUNK else lines
            sample += b"\n".join(part[:_SAMPLE_LINE] for part in lines if not part.isascii()) + b"\n"
    return "utf-8" if good >= 2 * bad else _guess(bytes(sample[:_SAMPLE]))


def _from_head(head: bytes) -> str | None:
    """Return what a byte order mark or the pattern of NUL bytes says, None if they say nothing."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    quarters = [head[start::4] for start in range(4)]
    shares = [part.count(0) / max(len(part), 1) for part in quarters]
    full, none = 0.4, 0.1
    if min(shares[1:]) > full > none > shares[0]:
        return "utf-32-le"
    if min(shares[:3]) > full > none > shares[3]:
        return "utf-32-be"
    if min(shares[1], shares[3]) > full > none > max(shares[0], shares[2]):
        return "utf-16-le"
    if min(shares[0], shares[2]) > full > none > max(shares[1], shares[3]):
        return "utf-16-be"
    return None


def _guess(sample: bytes) -> str:
    """Return the legacy encoding in which *sample* reads best; cp1252 where there is too little to tell.

    A few accents or signs (degrees, copyright) say nothing of letters; a run of four high bytes is a word
    of another script.
    """
    high = _HIGH_BYTE.findall(sample)
    if (len(high) <= _FEW or len(set(high)) <= _FEW_KINDS) and not _HIGH_RUN.search(sample):
        return LEGACY[0]
    # Imported here: few files need it, and it is slow to load.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(LEGACY), enable_fallback=False).best()
    return LEGACY[0] if best is None else best.encoding


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for chunk in chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
