"""The bytes of a text file to characters: what the file says, what the bytes say, and only then a guess."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})"
    rb"|<\?xml[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4096
_SAMPLE = 1 << 16
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝœŒšŠžŽ‘’“”–—…•°±²³µ·×®©™€£§ª«»\xa0\xad"
)
_MOSTLY = 0.95
_GUESSED = [
    *("cp1252", "iso8859_15", "mac_roman", "cp1250", "iso8859_2", "cp1254", "cp1251", "koi8_r", "cp1253"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
_NOT_FOR_FILES = frozenset({"utf-7", "idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})


def decode(data: bytes) -> str:
    """Return the text that *data* is; a byte that fits no encoding becomes U+FFFD.

    A byte order mark decides, then the NUL bytes of UTF-16, strict UTF-8, the encoding that HTML or XML
    declares, Western text, and last charset-normalizer among the encodings that files are known to have.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    if wide := _wide(data[:_HEAD]):
        return data.decode(wide, "replace")
    for name in filter(None, ("utf-8", _declared(data[:_HEAD]))):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return data.decode(_guess(data[:_SAMPLE]), "replace")


def _wide(head: bytes) -> str:
    """Return which UTF-16 the pattern of NUL bytes shows, ``""`` if none."""
    half = max(len(head) // 2, 1)
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.4 * half > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half > 10 * odd else ""


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    if found is None:
        return ""
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        b"a".decode(name)
    except (LookupError, ValueError):
        return ""
    # What calls itself Latin-1 is cp1252 nearly always.
    return "cp1252" if name == "iso8859-1" else "" if name.replace("-", "_") in _NOT_FOR_FILES else name


def _guess(sample: bytes) -> str:
    foreign = [c for c in sample.decode("cp1252", "replace") if c > "\x7f"]
    if sum(c in _WESTERN for c in foreign) >= _MOSTLY * len(foreign):
        return "cp1252"
    # Imported here: few files need it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_GUESSED).best()
    return best.encoding if best else "cp1252"
