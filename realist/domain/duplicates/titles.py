"""Titles as they are compared: notes of databases and markup taken off, companions marked."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from realist.domain.duplicates.title_words import FUNCTION_WORDS, GENERIC, GREEK, NUMBERS, PART_LETTERS
from realist.domain.duplicates.values import Kind
from realist.text import fold

LONGEST = 1500
"""How many characters of a title are looked at."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_GREEK_LETTER = re.compile("[\u0391-\u03c9\u00b5]")
_GREEK_WORD = re.compile("[\u0370-\u03ff]{3}")
_MANGLED = re.compile(r"(?<=[a-zA-Z])\?(?=[a-zA-Z])")
_SUBTITLES = (": ", " - ", ". ", "? ", "! ", "; ", " (", " – ", "—", " : ")
_NOTE = re.compile(
    r"\b(?:refs?|references|review|erratum|corrected|correction|comments?|see|summary|letter|editorial"
    r"|abstract|electronic|transl|translation|published|republished|retracted|in (?:process|press)"
    r"|vol|pg|language|english|french|german|spanish|italian|russian|chinese|japanese|portuguese|polish"
    r"|dutch|turkish|korean|hungarian|czech|danish|swedish|norwegian|finnish|hebrew|croatian|serbian)\b"
)
_CORRECTED_PLACE = re.compile(r"\bvol\b.{0,40}\bp(?:g|ages?|p)?\b")
_SESSION = re.compile(
    r"\((?:(?:extended|invited|short|demo|demonstration|panel|poster|tutorial|keynote|industrial|abstract"
    r"|session|paper|talk|track|only|summary)\s?){1,4}\)"
)
_LABEL = re.compile(
    r"(?:(?:guest |invited )?editorial|letters?(?: to the editor)?|correspondence"
    r"|(?:invited )?comment(?:ary)?"
    r"|viewpoint|perspective|tutorial|panel|keynote|demo(?:nstration)?|invited talk|review[ -]arti(?:cle|kel)"
    r"|(?:original|research) article|case report|(?:short|brief) (?:communication|report)"
    r"|special issue article"
    r")\s*[:.\-–—]\s+"
)

_PUNCTUATION = r"\s*[:.\-–—]+\s*"
_BEFORE = (
    (
        Kind.ERRATUM,
        re.compile(
            r"(?:(?:author|publisher)['’]?s?['’]? )?"
            r"(?:errat(?:um|a)|corrigend(?:um|a)|corrections?|addend(?:um|a))"
            rf"(?:{_PUNCTUATION}|\s+(?:to|for|in|on)\b(?:{_PUNCTUATION}|\s+)|\s*$)"
        ),
    ),
    (
        Kind.RETRACTION,
        re.compile(
            r"(?:(?:notice of )?retract(?:ion|ed)|withdraw(?:al|n)|(?:editorial )?expression of concern)"
            rf"(?:\s+(?:note|notice|article|paper|to|for|of|on)){{0,4}}(?:{_PUNCTUATION}|\s+|\s*$)"
        ),
    ),
    (
        Kind.REPLY,
        re.compile(
            r"(?:re|aw)\s*:\s*"
            r"|(?:in reply"
            r"|(?:the |an? |some |our )?(?:authors?['’]?s?['’]? )?(?:reply|replies|response|rejoinder)"
            r"|(?:some |a |invited |editorial |further |brief )?(?:comments?|commentary|remarks?)|discussion"
            r"|letters?)"
            rf"(?:{_PUNCTUATION}(?:to|on|of)?\s+|\s+(?:to|on|re|regarding|concerning)\b(?:{_PUNCTUATION}|\s+)"
            r"|\s+of\s+(?=[\"“‘'«]))"
        ),
    ),
    (Kind.REVIEW, re.compile(rf"(?:book review|review)(?: essay)?(?:{_PUNCTUATION}|\s+of\s+(?=[\"“‘'«]))")),
    (
        Kind.SUPPLEMENT,
        re.compile(
            r"(?:(?:online |web |electronic )?suppl(?:ement(?:ary|al)?|\.)?"
            r"(?: (?:material|data|file|information|appendix|table)s?)?"
            r"|(?:online |web |technical )?appendix|additional file(?: \d{1,3})?)"
            rf"(?:{_PUNCTUATION}|\s+(?:to|for)\b(?:{_PUNCTUATION}|\s+))"
        ),
    ),
)  # fmt: skip
_AFTER = (
    (
        Kind.REPLY,
        re.compile(
            r"[^\w\s]\s*(?:the |an? |invited )?(?:authors?['’]?s?['’]? )?"
            r"(?:reply|response|rejoinder|comment|commentary|discussion)(?: (?:to|by|from) [^:]{1,80})?\W*$"
        ),
    ),
    (Kind.REVIEW, re.compile(r"[^\w\s]\s*(?:a )?book review\W*$")),
    (Kind.ERRATUM, re.compile(r"[^\w\s]\s*(?:an? )?(?:erratum|corrigendum|correction|addendum)\W*$")),
    (Kind.RETRACTION, re.compile(r"[^\w\s]\s*(?:retracted(?: article)?|retraction|withdrawn)\W*$")),
)  # fmt: skip
_PROTOCOL = re.compile(
    r"\bprotocol (?:for|of) (?:an?|the)\b|\b(?:study|trial|review|research) protocol\b"
    r"|[^\w\s]\s*(?:an? )?protocol\W*$|^protocol\b"
    r"|\brationale,? (?:and )?(?:study )?design\b|\bdesign and rationale\b"
)
_OF_PROTOCOL = re.compile(
    r"(?:an? |the )?(?:study |trial |review |research )?protocol(?: (?:for|of)(?: an?| the)?)?\b"
    r"|(?:study )?(?:rationale,? (?:and )?(?:study )?design|design and rationale)(?: of(?: an?| the)?)?\b"
)
_PART = re.compile(
    r"\b(?:part|pt|teil|parte|partie|deel|del)\.? (\d{1,3}|[ivx]{1,5}|[a-h]|one|two|three|four|five|six)\b"
)
_NUMBER_WORDS = frozenset(NUMBERS)
_RUN = re.compile("[0-9]+")


_MARKS = """addi adde appe auth book brie case comm corr demo disc edit elec erra expr furt gues invi keyn
lett noti onli orig pane pers publ rejo rema repl rese resp retr revi shor spec supp tech tuto view with"""
_MARKED = frozenset(_MARKS.split()) | {"re: ", "re :", "aw: ", "web "}
"""The first four letters of all that the patterns for the beginning of a title can begin with."""

_ARTICLES = ("the ", "a ", "an ", "in ", "some ", "our ")
_LAST = frozenset(
    ("adde", "arti", "book", "comm", "corr", "disc", "erra", "rejo", "repl", "resp", "retr", "revi", "with")
)
_SPACED = bytes(n if chr(n).isalnum() and n < 128 else 32 for n in range(256))
_NOT_PACKED = bytes(n for n in range(128) if not chr(n).isalnum())


class Title(NamedTuple):
    """A title as it is compared.

    ``text`` is folded, with notes and marks of companions taken off, ``packed`` the same without spaces,
    ``main`` how many letters of it stand before a subtitle (0 for none), ``others`` packed titles in other
    languages; ``digits`` its numbers; ``marks`` the kinds of companion that it names; ``part`` which
    part it is; ``generic`` whether many papers can bear it; ``bracketed`` whether it is a translation;
    ``cut`` whether dots stand for the rest of it; ``heading`` words such as "guest editorial" that
    were taken off; ``core`` what stands after a long heading such as "preface to the special issue on".
    """

    text: str = ""
    packed: str = ""
    main: int = 0
    others: tuple[str, ...] = ()
    digits: str = ""
    marks: frozenset[Kind] = frozenset()
    part: str = ""
    generic: bool = True
    bracketed: bool = False
    cut: bool = False
    heading: str = ""
    core: str = ""


NO_TITLE = Title()
_NO_MARKS: frozenset[Kind] = frozenset()
_NOT_GIVEN = frozenset(
    ("unknown", "untitled", "title", "no", "not", "given", "available", "na", "none", "null")
)


def read_title(raw: str, journal: str = "") -> Title:
    """Return a title as it is compared; *journal* is the folded name of its journal."""
    text = raw[:LONGEST]
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    text = text.strip(" \t\n.\"'“”*")
    bracketed = text[:1] == "["
    cut = text[-1:] == "…" or raw.endswith("...")
    others: list[str] = []
    noted = False
    if bracketed or text[-1:] in ("]", ")") or " = " in text or " / " in text:
        text, others, noted = _without_notes(text)
    if not text.isascii() and _GREEK_LETTER.search(text) and not _GREEK_WORD.search(text):
        text = text.translate(GREEK)
    if "?" in text:
        text = _MANGLED.sub("", text)
    text, marks, part, label = _without_marks(text, noted)
    words = _words(text)
    if not words or (words[0] in _NOT_GIVEN and _NOT_GIVEN.issuperset(words)):
        return NO_TITLE
    main = _main(text)
    heading = _words(label) if label else []
    if main and (kept := _without_heading(words, main)):
        heading += words[len(kept) :]
        words, main = kept, 0
    packed = "".join(words)
    generic = _is_generic(words, journal)
    return Title(
        " ".join(words),
        packed,
        main if main < len(packed) else 0,
        tuple([other for text in others if (other := "".join(fold(text).split())) and other != packed]),
        _digits(words, packed),
        marks,
        part,
        generic,
        bracketed,
        cut,
        " ".join(heading),
        "" if generic or len(words) < 5 else _core(words),
    )


def _words(text: str) -> list[str]:
    """Return what ``fold(text).split()`` returns, of ASCII in a third of the time."""
    if text.isascii():
        return text.lower().encode().translate(_SPACED).decode().split()
    return fold(text).split()


def _main(text: str) -> int:
    """Return how many letters and digits stand before the first sign of a subtitle, 0 without one."""
    places = [place for sign in _SUBTITLES if (place := text.find(sign, 4)) > 0]
    if not places:
        return 0
    main = text[: min(places)]
    if main.isascii():
        return len(main.encode().translate(None, _NOT_PACKED))
    return len("".join(fold(main).split()))


def _without_heading(words: list[str], main: int) -> list[str] | None:
    """Return the words before a subtitle such as "guest editor's introduction", None without such a one."""
    length = 0
    for place, word in enumerate(words):
        length += len(word)
        if length >= main:
            return words[: place + 1] if place > 1 and GENERIC.issuperset(words[place + 1 :]) else None
    return None


def _is_generic(words: list[str], journal: str) -> bool:
    """Whether a title has only words that many titles have, numbers, and words of the name of its journal."""
    first = words[0]
    if first not in GENERIC and first not in journal and not first.isdigit():
        return False
    named = journal.split()
    return all(word in GENERIC or word in named or word.isdigit() for word in words)


def _core(words: list[str]) -> str:
    """Return the packed words after three or more of headings, such as "preface to the issue on"."""
    start, end = 0, len(words)
    if words[0] not in GENERIC or words[1] not in GENERIC:
        return ""
    while start < end and words[start] in GENERIC:
        start += 1
    while end > start and (words[end - 1] in GENERIC or words[end - 1].isdigit()):
        end -= 1
    return "".join(words[start:end]) if start > 2 and end - start > 1 else ""


def _digits(words: list[str], packed: str) -> str:
    """Return the numbers of a title in digits, with spaces between; ``phase II`` has 2."""
    if not _NUMBER_WORDS.isdisjoint(words):
        return " ".join([run for word in words for run in _RUN.findall(NUMBERS.get(word, word))])
    return "" if packed.isalpha() else " ".join(_RUN.findall(" ".join(words)))


def _without_notes(text: str) -> tuple[str, list[str], bool]:
    """Return a title without bracketed notes, titles in other languages, whether a note is of an erratum."""
    others: list[str] = []
    noted = False
    for _ in range(4):
        last = text[-1:]
        if last not in ("]", ")"):
            break
        start = text.rfind("[" if last == "]" else "(")
        if start < 0:
            break
        rest, inside = text[:start].rstrip(" .:;-"), text[start + 1 : -1].strip()
        note = _NOTE.search(inside.lower())
        if last == "]" and len(rest) < 8:
            text = inside
        elif last == "]" or (note and inside.count(" ") < 8 and len(rest) >= 8):
            noted = noted or bool(_CORRECTED_PLACE.search(inside.lower()))
            if not note and inside.count(" ") >= 2:
                others.append(inside)
            text = rest
        else:
            break
        text = text.rstrip(" .\"'“”")
    for separator in (" = ", " / "):
        before, found, after = text.partition(separator)
        if found and before.count(" ") >= 2 and after.count(" ") >= 2:
            others += [before, after]
    return text.lstrip("["), others, noted


def _without_marks(text: str, noted: bool) -> tuple[str, frozenset[Kind], str, str]:
    """Return a title without the words that make it a companion, the kinds they name, its part and label."""
    low = text.lower()
    if len(low) != len(text):
        text = low
    marks = {Kind.ERRATUM} if noted else set()
    start, end = 0, len(low)
    label = ""
    if low[:4] in _MARKED or (low.startswith(_ARTICLES) and low[low.index(" ") + 1 :][:4] in _MARKED):
        for kind, before in _BEFORE:
            if found := before.match(low):
                marks.add(kind)
                if low.count(" ", found.end()) >= 2:
                    start = found.end()
        if (found := _LABEL.match(low)) and low.count(" ", found.end()) >= 1:
            start, label = found.end(), found[0]
    if _may_end_marked(low):
        for kind, after in _AFTER:
            if found := after.search(low, max(end - 110, start)):
                marks.add(kind)
                if low.count(" ", start, found.start()) >= 2:
                    end = found.start()
    text, low = text[start:end], low[start:end]
    if "(" in low and _SESSION.search(low):
        text = low = _SESSION.sub(" ", low)
    if ("protocol" in low or "rationale" in low) and _PROTOCOL.search(low):
        marks.add(Kind.PROTOCOL)
        text = _OF_PROTOCOL.sub(" ", low)
    part = ""
    parts = "part" in low or "pt" in low or "teil " in low or "deel " in low or "del " in low
    if parts and (found := _PART.search(low)):
        part = NUMBERS.get(found[1], PART_LETTERS.get(found[1], found[1]))
    return text, frozenset(marks) if marks else _NO_MARKS, part, label


def _may_end_marked(low: str) -> bool:
    """Whether a look at the end of a title in small letters is worth its time."""
    last = low[-24:].rstrip(" .)]:;!?\"'’”").rpartition(" ")[2].lstrip("([")
    tail = low[-110:]
    said = " repl" in tail or " response" in tail or " comment" in tail or " rejoinder" in tail
    return said or last[:4] in _LAST


def language(title: Title) -> str:
    """Return the language that the function words of a title speak for, ``""`` where that cannot be told."""
    if not title.packed[:20].isascii():
        return "script" if not any(c.isascii() for c in title.packed) else ""
    words = set(title.text.split())
    counts = sorted(((len(words & own), name) for name, own in FUNCTION_WORDS.items()), reverse=True)
    return counts[0][1] if counts[0][0] > counts[1][0] else ""
