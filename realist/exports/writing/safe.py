"""What all writers do with words that may be hostile, and files in which no clock is seen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import lru_cache
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from realist.text import paragraphs, plain

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that everything in a zip file bears."""
_NO_TEXT = {
    code: None for plane in range(17) for code in (plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF)
}


@lru_cache(maxsize=8192)  # the signs and names of a grid come again and again
def words(text: str) -> str:
    """Return *text* without controls, overrides of direction and code points that are no characters."""
    return plain(text).translate(_NO_TEXT)


@lru_cache(maxsize=8192)
def inline(text: str) -> str:
    """Return *text* as :func:`words` does, on one line."""
    return " ".join(words(text).split())


def lines(text: str) -> list[str]:
    """Return the lines of *text*, its blank ones left out."""
    return [line for line in paragraphs(words(text)).split("\n") if line]


_KEY = re.compile(r"[^A-Za-z0-9_-]")


@lru_cache(maxsize=8192)
def anchor(table: str, key: str = "") -> str:
    """Return the name of an anchor: ASCII, beginning with a letter."""
    return _KEY.sub("_", f"{table}-{key}" if key else table)


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file in which every member bears the same time."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content)
    return out.getvalue()
