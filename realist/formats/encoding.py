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
from unicodedata import category

from realist.errors import WrongUse
from realist.formats.detect import detect_bytes
from realist.text import line

CHUNK = 1 << 16
HEAD = 1 << 16
KEEP = "realist.keep"
"""Error handler: each undecodable byte becomes the lone surrogate U+DC00 + byte, for every codec."""

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
_RARE_NUL = 200
_STRANGE = frozenset(map(chr, range(1, 9))) | frozenset(map(chr, range(14, 32)))
_UNWRITTEN = frozenset({"Cc", "Cn", "Co", "Cs"})
_SAMPLE = 1 << 15
_SAMPLE_LINE = 1 << 12
_KEPT = re.compile("[\udc00-\udcff]")
_LINE_END = re.compile(rb"[\r\n]")
_DECLARED = re.compile(
    rb"\s{0,40}(?:<\?xml[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']|%[^\r\n]{0,80}?Encoding: {0,9})"
    rb"([A-Za-z][\w.:-]{0,40})"
)


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
    # Bytes that are no text are only counted and hashed.
    named = asked or ("latin-1" if head and detect_bytes(head) else _from_head(head))
    scan = _Scan(named or "utf-8")
    for chunk in chunks(path):
        scan.feed(chunk)
    scan.feed(b"", final=True)
    chosen, damaged = named or "utf-8", scan.misfit is not None
    if named is None and damaged and not scan.cut_short:
        chosen, damaged = _weighed(path, _declared(head))
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
            # For UTF-8 Python has a handler that is many times faster and does the same.
            handler = "surrogateescape" if self._encoding == "utf-8" else KEEP
            self._decoder = codecs.getincrementaldecoder(self._encoding)(handler)
            return self._decoder.decode(waiting + chunk, final)


def _weighed(path: Path, declared: str) -> tuple[str, bool]:
    """Return the encoding of a file that is not valid UTF-8, and whether some of its bytes do not fit.

    Text in another encoding makes next to no valid UTF-8 sequences by chance, so a file in which they
    prevail is UTF-8 with some bad bytes. Else what the file declares counts if all of it fits.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    sample = bytearray()
    for chunk in chunks(path):
        text = decoder.decode(chunk)
        valid = text.encode("utf-8", "ignore").decode()
        bad += len(text) - len(valid)
        good += len(valid) - len(valid.encode("ascii", "ignore"))
        if len(sample) < _SAMPLE:
            sample += _telling_lines(chunk)
    if good >= 2 * bad:
        return "utf-8", True
    # Imported here: few files need it.
    from realist.formats.legacy import WIDER, guess

    guessed = guess(bytes(sample[:_SAMPLE]))
    for name in filter(None, (declared, guessed, WIDER.get(guessed))):
        if _fits(path, name):
            return name, False
    return guessed, True


def _telling_lines(chunk: bytes) -> bytes:
    """Return the lines of *chunk* that hold more than ASCII, each cut where no character is cut in two."""
    lines = _LINE_END.split(chunk)
    # A line end is never half a character, the ends of a chunk may be.
    lines = lines[1:-1] if len(chunk) == CHUNK and len(lines) > 2 else lines
    return b"".join(_cut(line) + b"\n" for line in lines if not line.isascii())


def _cut(line: bytes) -> bytes:
    if len(line) <= _SAMPLE_LINE:
        return line
    space = line.rfind(b" ", 0, _SAMPLE_LINE)
    return line[: space if space > 0 else _SAMPLE_LINE]


def _declared(head: bytes) -> str:
    """Return the encoding that a file names in its first lines (XML; JabRef's BibTeX), ``""`` if none."""
    found = _DECLARED.match(head) or _DECLARED.match(head.partition(b"\n")[2])
    if found is None:
        return ""
    try:
        name = check_name(found[1].decode("ascii"))
    except WrongUse:
        return ""
    # What calls itself Latin-1 is cp1252 nearly always, which is the same but for signs where it has none.
    return "cp1252" if name == "iso8859-1" else "" if name.startswith("utf") else name


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
    return _utf16_of_other_letters(head)


def _utf16_of_other_letters(head: bytes) -> str | None:
    """Return which UTF-16 a text is in that has few ASCII characters, None if it is in neither.

    Text of another kind has no NUL bytes, and makes characters in UTF-16 that nobody writes.
    """
    if head.count(0) < max(2, len(head) // _RARE_NUL):
        return None
    text = head.decode("utf-8", "replace")
    if sum(c == "\ufffd" or c in _STRANGE for c in text) * _RARE_NUL < len(text):
        return None
    found = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = codecs.getincrementaldecoder(name)(KEEP).decode(head)
        if all(c in "\t\n\r" or category(c) not in _UNWRITTEN for c in text):
            found[name] = sum(c < "\x80" for c in text)
    return max(found, key=lambda name: found[name], default=None)


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for chunk in chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
