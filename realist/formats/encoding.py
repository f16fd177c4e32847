"""Which encoding a file is in, decided from its bytes in one streaming pass.

Order: byte order mark, the NUL pattern of UTF-16 and UTF-32 without one, strict UTF-8, and only then a
statistical guess among the legacy encodings that exports are known to use.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from realist.errors import WrongUse
from realist.text import line

CHUNK = 1 << 18
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
_NOT_FOR_FILES = frozenset(
    {"utf-7", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape"}
    | {"idna", "punycode", "undefined", "mbcs", "oem"}
)
_SAMPLE = 1 << 16
_SAMPLE_LINE = 1 << 12
_FEW = 12
_FEW_KINDS = 3
_KEPT = re.compile("[\udc00-\udcff]")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
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
    ``damaged``: some bytes do not fit ``encoding``. ``long_lines``: some line may be longer than 256 kB.
    ``misfit`` is the position of the first byte that
    does not fit an encoding that was asked for, else None.
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
        b"".decode(name)
    except (LookupError, ValueError):
        known = "undefined"
    if known in _NOT_FOR_FILES:
        raise WrongUse(f'"{line(name)}" is no encoding for text files: use a name such as utf-8 or cp1252.')
    return known


def chunks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of the file, 256 kB at a time. Raises OSError."""
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
    named = asked or _from_head(head)
    scan = _Scan(named or "utf-8")
    for chunk in chunks(path):
        scan.feed(chunk)
    scan.feed(b"", final=True)
    chosen, damaged = named or "utf-8", scan.misfit is not None
    if named is None and damaged and not scan.is_damaged_utf8():
        chosen = _guess(bytes(scan.sample))
        damaged = not _fits(path, chosen)
    misfit = scan.misfit if asked else None
    newline = "\n" if scan.has["\n"] else "\r"
    digest = scan.hash.hexdigest()
    return Survey(digest, scan.size, head, chosen, newline, damaged, scan.lacks[newline], misfit)


class _Scan:
    """The state of one pass: hash, size, line ends, and where decoding first failed.

    ``has``: whether the text has LF, CR. ``lacks``: whether a whole chunk of it has none.
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        self._decoder = codecs.getincrementaldecoder(self._encoding)("strict")
        self._good = 0
        self._bad = 0
        self._cut_short = False
        self.hash = hashlib.sha256()
        self.size = 0
        self.has = {"\n": False, "\r": False}
        self.lacks = {"\n": False, "\r": False}
        self.misfit: int | None = None
        self.sample = bytearray()

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
        if self.misfit is not None:
            self._bad += len(_KEPT.findall(text))
            self._good += len(_BEYOND_ASCII.findall(text))
            self._collect(chunk)

    def _decode(self, chunk: bytes, final: bool) -> str:
        if self.misfit is not None:
            return self._decoder.decode(chunk, final)
        try:
            return self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            waiting = self._decoder.getstate()[0]
            self.misfit = max(self.size + error.start - len(waiting), 0)
            self._cut_short = final
            self._decoder = codecs.getincrementaldecoder(self._encoding)(KEEP)
            return self._decoder.decode(waiting + chunk, final)

    def _collect(self, chunk: bytes) -> None:
        """Keep lines with bytes beyond ASCII: a line feed is never half a character."""
        for part in chunk.split(b"\n"):
            if len(self.sample) >= _SAMPLE:
                return
            if not part.isascii():
                self.sample += part[:_SAMPLE_LINE] + b"\n"

    def is_damaged_utf8(self) -> bool:
        """Return whether a file that is not valid UTF-8 is UTF-8 all the same, with a few bad bytes.

        Text in another encoding makes next to no valid sequences by chance. A file that fails only
        because it ends within a character was cut off.
        """
        return self._cut_short or self._good >= 2 * self._bad


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
