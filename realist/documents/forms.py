"""When two texts are the same words, whatever their line ends, hyphens, dashes, quotes and ligatures."""

from __future__ import annotations

import re
from unicodedata import normalize

_NOTHING = re.compile("[\\s\xad\u200b\u2060\ufeff\x00-\x1f]+")
_APOSTROPHE = re.compile("(?<=[^\\W_])['’ʼ‘`´′](?=[^\\W_])")
_HELD = "\x7f"
QUOTES = "'\"‘’‚‛“”„‟‹›«»`´′″ʼ"
_QUOTES = re.compile(f"[{QUOTES}]")
_DASHES = re.compile("[-‐‑‒–—―−﹘﹣－¬]+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def form(text: str) -> str:
    """Return what of *text* tells its words and signs apart.

    White space and quotation marks are dropped (an apostrophe within a word stays), dashes are all one and
    dropped between letters; ligatures, accents, raised figures and the like are composed or resolved (NFKC).
    """
    text = _DASHES.sub("-", _QUOTES.sub("", _APOSTROPHE.sub(_HELD, text)))
    text = _NOTHING.sub("", text if text.isascii() else normalize("NFKC", text))
    return _HYPHEN.sub("", _DASHES.sub("-", text))
