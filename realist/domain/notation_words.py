"""The words and signs of the CMO notation, and the patterns that find them.

No pattern can backtrack: repetitions are possessive, and what may follow them is disjoint from them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from realist.vocabulary import Activation, Basis, ElementKind, Valence

LETTERS = {
    ElementKind.CONTEXT: "C",
    ElementKind.RESOURCE: "M",
    ElementKind.REASONING: "M",
    ElementKind.MECHANISM: "M",
    ElementKind.OUTCOME: "O",
    ElementKind.INTERVENTION: "I",
    ElementKind.ACTOR: "A",
    ElementKind.STRATEGY: "S",
    ElementKind.UNSURE: "?",
}

# As a heading ("Outcomes:"); alone in brackets they are ordinary wording.
PLURALS = {
    f"{kind.value}s": kind
    for kind in (
        ElementKind.CONTEXT,
        ElementKind.RESOURCE,
        ElementKind.MECHANISM,
        ElementKind.OUTCOME,
        ElementKind.INTERVENTION,
        ElementKind.ACTOR,
    )
} | {"strategies": ElementKind.STRATEGY}

# What may open a tag.
HEADS = (
    PLURALS
    | {kind.value: kind for kind in ElementKind}
    | {
        "c": ElementKind.CONTEXT,
        "m": ElementKind.MECHANISM,
        "o": ElementKind.OUTCOME,
        "i": ElementKind.INTERVENTION,
        "a": ElementKind.ACTOR,
        "s": ElementKind.STRATEGY,
        "?": ElementKind.UNSURE,
    }
)

# What may follow as a further item; "response" is too common in prose to open a tag.
KINDS = HEADS | {
    "response": ElementKind.REASONING,
    "responses": ElementKind.REASONING,
}

VALENCES = {
    "plus": Valence.PLUS,
    "positive": Valence.PLUS,
    "minus": Valence.MINUS,
    "negative": Valence.MINUS,
    "no change": Valence.NO_CHANGE,
    "unchanged": Valence.NO_CHANGE,
    "neutral": Valence.NO_CHANGE,
    "mixed": Valence.MIXED,
}

ACTIVATIONS = {word.value: word for word in Activation} | {
    "weakly": Activation.WEAK,
    "partially": Activation.PARTIAL,
    "strongly": Activation.STRONG,
}

BASES = {word.value: word for word in Basis}

ITEMS = frozenset(KINDS) | frozenset(VALENCES) | frozenset(ACTIVATIONS) | frozenset(BASES)

JOINS = ("and", "but", "or", "and/or", ",", ";", ".", "because", "then", "if")
JOIN_WORDS = {word: word for word in JOINS if word.isascii() and word[0].isalpha()} | {"&": "and"}

PLUSES = "+＋"
TRUE_MINUSES = "\u2212－"
HYPHENS = ("-", "\u2010", "\u2011", "\u2013", "\u2014")
_SIGNS = PLUSES + TRUE_MINUSES + "±∓" + "".join(HYPHENS).replace("-", "\\-")

# Arrows that stand alone; the last is what a word processor's symbol font makes of "-->".
_ARROW_SIGNS = "→⇒⟶⟹⟼↦⇝⇢⇨⇾➔➙-➞➠-➯➱-➾▶►▸⭢⮕￫\uf0e0"
_ONE_ARROW = (
    rf"[{_ARROW_SIGNS}]\ufe0f?+"
    r"|(?<![<\-\u2013\u2014\u2212])[\-\u2013\u2014\u2212]++>"
    r"|(?<![<=])=++>"
)
_ARROWS = rf"(?:{_ONE_ARROW})(?:\s*+(?:{_ONE_ARROW}))*+"

ONE_ARROW = re.compile(_ONE_ARROW)

ARROWS = re.compile(_ARROWS)
"""An arrow, or several with nothing between them."""

STOP = re.compile(rf"\\++|[(\[](?=\s*+[A-Za-z?])|{_ARROWS}")
"""Where something other than wording may begin: backslashes, a bracket, an arrow."""

BRACKET = re.compile(r'[(\[][^()\[\]"]{0,60}+[)\]]')
"""A short bracket without another and without quotation marks, as nearly all tags are."""

LONG_BRACKET = re.compile(rf'[(\[][^()\[\]"]*+(?:["\])]|\(\s*+(?:[A-Za-z]{{2}}|[{_SIGNS}]))')
"""The start of any other bracket that may be a tag: a long one, one with a label, one with a group in it."""

ITEM = re.compile(
    rf"""\s*+(?:
      (?P<word>[Nn][Oo]\s++[Cc][Hh][Aa][Nn][Gg][Ee](?![^\W_])|[^\W\d_]++)
    | (?P<query>\?)
    | (?P<number>0(?![0-9A-Za-z.])|[1-9][0-9]*+(?:\.[0-9]++)*+[A-Za-z]?+(?![0-9A-Za-z]))
    | (?P<sign>[{_SIGNS}](?:\s*+/\s*+[{_SIGNS}]|[{_SIGNS}])*+(?:[Vv][Ee](?![^\W_]))?+)
    | (?P<comma>[,;/:])
    | (?P<quoted>"(?:[^"\\()\[\]]|\\.)*+")
    | (?P<open>\()
    | (?P<close>[)\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
"""One item inside a tag."""

LABEL = re.compile(r"[1-9][0-9]*+(?:\.[0-9]++)*+[A-Za-z]?+")
"""What may stand directly after the letter of a tag: the ``1a`` of ``(C1a)``."""

JOIN = re.compile(r"\s*+(?:(\.)|([,;]?+)\s*+(?:(&|[A-Za-z]++(?:/[A-Za-z]++)?+)(?=\s|\Z))?+)")
"""After a tag: a full stop; or a comma or semicolon, a word, or both."""

JOIN_WORD = re.compile(r"(&|[A-Za-z]++(?:/[A-Za-z]++)?+)(?=\s|\Z)")

SPACE = re.compile(r"\s*+")

IF = re.compile(r"\s*+[Ii][Ff](?=\s)")

BREAK = re.compile(
    r"(?:[;.,]|(?<![\s;.,]))\s++(&|[Aa][Nn][Dd](?:/[Oo][Rr])?+|[Bb][Uu][Tt]|[Oo][Rr]|[Tt][Hh][Ee][Nn]"
    r"|[Bb][Ee][Cc][Aa][Uu][Ss][Ee])\s++|[;.,\n]\s*+"
)
"""In prefix style: what may stand before the next prefix. The group is a joining word."""


@lru_cache(maxsize=4096)
def closest(word: str) -> str:
    """Return the item that *word* is a misspelling of, or "" where none is near."""
    folded = word.casefold()
    if not 4 <= len(folded) <= 20 or folded in ITEMS:
        return ""
    found = process.extractOne(folded, _SPELT, scorer=fuzz.ratio, score_cutoff=75)
    return found[0] if found else ""


_SPELT = sorted(word for word in ITEMS if len(word) >= 4)
