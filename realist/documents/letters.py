"""What the letters of a file become: no ligatures, soft hyphens or controls, accents composed."""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from realist.text import plain

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
"""Letters that are several letters in one sign."""

SOFT_HYPHEN = "\xad"
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_INVISIBLE = re.compile("[\xad\u200b\u2060\ufeff\ufffe\uffff]")
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def readable(text: str) -> str:
    """Return *text* made plain, ligatures resolved, without soft hyphens, with ordinary spaces, composed."""
    text = plain(text)
    if text.isascii():
        return text
    text = _LIGATURE.sub(lambda found: LIGATURES[found[0]], text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return text if is_normalized("NFC", text) else normalize("NFC", text)
