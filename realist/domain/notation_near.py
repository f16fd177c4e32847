"""Near misses of a tag: what can be understood of them, and what may have been meant."""

from __future__ import annotations

import re

from realist.domain.notation_parts import ProblemKind
from realist.domain.notation_tags import Remark, Tag, printed, read_tag, valence_of
from realist.domain.notation_words import HEADS, ITEM, ITEMS, closest
from realist.text import shorten
from realist.vocabulary import ElementKind, Valence

_CMO = (ElementKind.CONTEXT, ElementKind.MECHANISM, ElementKind.OUTCOME)
_MOST_ITEMS = 8
_SHOWN = 40


def near_tag(text: str, at: int, closer: str) -> tuple[Tag, int] | None:
    """Return what can be understood of a near miss such as ``(M+, Resourse)`` or ``(X+)``, and where it ends.

    The text of the tag begins at *at*. What is near enough: a word that is a misspelt item; a letter C, M
    or O with a direction, or a comma and an item it cannot have; another capital letter with a direction.
    """
    items: list[re.Match[str]] = []
    end = at
    while len(items) <= _MOST_ITEMS and (item := ITEM.match(text, end)) is not None:
        end = item.end()
        if item.lastgroup == "close":
            made = _guess(text, items) if item["close"] == closer else None
            return (made, end) if made is not None else None
        if item.lastgroup == "open":
            return None
        items.append(item)
    return None


def misspelt_prefix_at(text: str, at: int) -> tuple[Tag, int] | None:
    """Return a tag of no kind for a misspelt word and a colon (``Contxt:``) at *at*, and where it ends."""
    word = ITEM.match(text, at)
    if word is None or word.lastgroup != "word" or text[word.end() : word.end() + 1] != ":":
        return None
    kind = HEADS.get(closest(word["word"]))
    if kind is None:
        return None
    meant = f"{kind.value.capitalize()}:"
    message = f"“{word['word']}:” names no kind of element; perhaps “{meant}” was meant."
    return Tag(None, remark=Remark(ProblemKind.UNKNOWN_TAG, message, meant)), word.end() + 1


def _guess(text: str, items: list[re.Match[str]]) -> Tag | None:
    """Return the tag that *items*, which are none, come near to."""
    if not items or items[0].lastgroup != "word":
        return None
    head = items[0]["word"]
    kind = HEADS.get(head.casefold())
    words = [item["word"] for item in items[1:] if item.lastgroup == "word"]
    known = [word for word in words if len(word) > 1 and word.casefold() in ITEMS]
    meant, signed = _meant(text, items), _direction(text, items)
    if kind is not None:
        conflict = bool(known) and known == words and any(item.lastgroup == "comma" for item in items)
        close = bool(meant) or (kind in _CMO and (signed is not None or conflict))
    elif closest(head):
        close = bool(meant) and (bool(known) or any(item.lastgroup == "sign" for item in items))
    else:
        close = len(head) == 1 and head.isupper() and signed is not None and known == words
    if not close:
        return None
    shown = shorten(text[items[0].start("word") : items[-1].end()], _SHOWN)
    hope = f"perhaps {meant} was meant" if meant else "a tag begins with C, M, O, I, A, S or ?"
    remark = Remark(ProblemKind.UNKNOWN_TAG, f"({shown}) is no tag; {hope}.", meant)
    if kind in _CMO:
        return Tag(kind, signed, remark=remark)
    return Tag(None, weak=kind is None and not meant, remark=remark)


def _direction(text: str, items: list[re.Match[str]]) -> Valence | None:
    """Return the direction at the head or its number: ``C+,`` or ``C +)``, or attached as in ``C+ …``."""
    for item in items[1:3]:
        if item.lastgroup == "sign":
            attached = not text[item.start("sign") - 1].isspace()
            after = text[item.end()]
            clear = after in ",;:)]" or (attached and after.isspace())
            return valence_of(item["sign"]) if clear else None
        if item.lastgroup != "number":
            break
    return None


def _meant(text: str, items: list[re.Match[str]]) -> str:
    """Return the tag that *items* make once misspelt words are put right, or ""."""
    spelt, at = "", items[0].start()
    for item in items:
        if item.lastgroup == "word" and (better := closest(item["word"])):
            spelt += text[at : item.start("word")] + better
            at = item.end()
    if not spelt:
        return ""
    found = read_tag(f"{spelt}{text[at : items[-1].end()]})", 0, ")")
    return printed(found[0]) if found is not None else ""
