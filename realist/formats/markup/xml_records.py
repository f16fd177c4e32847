"""XML cut into its records before it is parsed, so that damage to one costs no other.

Files hold what XML forbids (control characters, ``&nbsp;``, a bare ``&`` or ``<``) and are cut off; each
record is made well-formed where its meaning is plain, and parsed by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from html.entities import html5
from typing import NamedTuple
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from realist.formats.lines import count_lines

LARGEST = 10_000_000
"""Characters of one record that are read, give or take a block: a hostile file must not fill the memory."""

DEEPEST = 50
"""Levels of elements within a record that are read; exports have seven."""

UNKNOWN_NAME = "names of characters that XML does not know"
"""One of the oddities of a record."""

MOST = 100_000
"""Elements and attributes of a record that are read."""

_CONTROL = "control characters"
_LONGEST_PATH = 500
_STRETCH = 1_000_000
_HOLD = 40
_SPACE = " \t\r\n"
_TOKEN = re.compile(
    r"<(?:(?P<start>record)(?=[\s/>])|(?P<end>/record)\s{0,20}>|(?P<last>/records)\s{0,20}>"
    r"|(?P<data>!\[CDATA\[)|(?P<comment>!--))|\]\]>|-->",
    re.IGNORECASE,
)
_CLOSERS = {"data": "]]>", "comment": "-->"}

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#x[Dd]|#13);)(?:(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});)?"
)
# Characters of private use stand for forbidden ones while the text goes through the parser.
_FORBIDDEN = [*map(chr, range(0x20)), "\ufffe", "\uffff"]
_STAND_INS = {ord(forbidden): chr(0x10FE00 + at) for at, forbidden in enumerate(_FORBIDDEN)}
_RESTORED = {ord(stand_in): chr(forbidden) for forbidden, stand_in in _STAND_INS.items()}


class Cut(NamedTuple):
    """A stretch of a file: a record from its start tag to its end tag, or what stands between records.

    ``line`` is the 1-based line where it starts. A record that is not ``closed`` lacks its end tag; one that
    is not ``whole`` was ended for its length.
    """

    line: int
    text: str
    is_record: bool
    closed: bool = True
    whole: bool = True


class Cutter:
    """One reading of one file: :meth:`cut` its pieces once.

    Record tags within comments and CDATA sections are text, unless such a section has no end.
    """

    def __init__(self) -> None:
        self._line = 1
        self._held: list[str] = []
        self._size = 0
        self._in_record = False
        self._until = ""
        self._sections = True

    def cut(self, pieces: Iterable[str]) -> Iterator[Cut]:
        """Yield what the text given in *pieces* holds, in its order and nothing left out."""
        rest = ""
        for piece in pieces:
            text = rest + piece
            # A tag may be cut in two where a piece ends.
            taken = yield from self._take(text, max(len(text) - _HOLD, 0))
            rest = text[taken:]
        yield from self._take(rest, len(rest))
        if self._until:
            yield from self._take_again()
        yield from self._flush(closed=False)

    def _take(self, text: str, limit: int) -> Generator[Cut, None, int]:
        """Take *text* as far as *limit*, or to the end of what begins before it; return how far."""
        at = taken = 0
        for token in _TOKEN.finditer(text):
            if token.start() >= limit:
                break
            taken = token.end()
            kind = token.lastgroup or ""
            if self._until:
                self._until = "" if token[0] == self._until else self._until
            elif kind in _CLOSERS:
                self._until = _CLOSERS[kind] if self._sections else ""
            elif kind in ("start", "last"):
                self._hold(text[at : token.start()])
                yield from self._flush(closed=False)
                at, self._in_record = token.start(), kind == "start"
            elif kind == "end" and self._in_record:
                self._hold(text[at:taken])
                yield from self._flush()
                at, self._in_record = taken, False
        taken = max(taken, limit)
        self._hold(text[at:taken])
        if self._size > (LARGEST if self._in_record or self._until else _STRETCH):
            if self._until:
                yield from self._take_again()
            else:
                yield from self._flush(closed=False, whole=not self._in_record)
                self._in_record = False
        return taken

    def _hold(self, text: str) -> None:
        self._held.append(text)
        self._size += len(text)

    def _flush(self, closed: bool = True, whole: bool = True) -> Iterator[Cut]:
        text = "".join(self._held)
        self._held.clear()
        self._size = 0
        if text:
            line, self._line = self._line, self._line + count_lines(text)
            yield Cut(line, text, self._in_record, closed, whole)

    def _take_again(self) -> Iterator[Cut]:
        """Take again what followed the opening of a section that has no end; from now on there are none."""
        text = "".join(self._held)
        self._held.clear()
        self._size, self._in_record, self._until, self._sections = 0, False, "", False
        yield from self._take(text, len(text))


class Record(NamedTuple):
    """What one record holds: (path, text) in file order, to the letter.

    A path is the names of elements below the record, and of an attribute: ``titles/title``,
    ``ref-type@name``. ``odd`` tells in words what XML does not allow and was understood all the same.
    ``rest`` is the tag in which it was cut off. ``error`` is why it could not be read, ``""`` if it could,
    ``line`` the line of the error within it.
    """

    pairs: list[tuple[str, str]]
    odd: tuple[str, ...] = ()
    rest: str = ""
    error: str = ""
    line: int = 1


def parse(cut: Cut, inline: frozenset[str]) -> Record:
    """Return what a record holds. Elements named in *inline* are formatting: only their text counts."""
    text, odd = _well_formed(cut.text)
    content = _Content(inline)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(content)
    whole = len(text)
    if not cut.closed and text.rfind("<") > text.rfind(">"):
        whole = text.rfind("<")
    try:
        parser.feed(text[:whole])
        parser.feed("".join(f"</{name}>" for name in reversed(content.names)))
        parser.close()
    except SAXParseException as error:
        return Record([], odd, "", error.getMessage(), error.getLineNumber() or 1)
    except DefusedXmlException:
        return Record([], odd, "", "a declaration within a record")
    except _Hostile as error:
        return Record([], odd, "", str(error))
    pairs = [pair for pair in content.pairs if pair is not None]
    if odd:
        pairs = [(path, value.translate(_RESTORED)) for path, value in pairs]
    return Record(pairs, odd, text[whole:])


class _Hostile(Exception):
    """Elements are nested deeper, or have longer names, than any export has."""


class _Content(ContentHandler):
    """Collects pairs: each element without children, each with text of its own, and each attribute."""

    def __init__(self, inline: frozenset[str]) -> None:
        super().__init__()
        self.names: list[str] = []
        self.pairs: list[tuple[str, str] | None] = []
        self._inline = inline
        self._open: list[tuple[str, int, list[str]]] = []

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        """Open an element; formatting below the fields of a record opens none."""
        self.names.append(name)
        depth = len(self.names)
        if depth > DEEPEST:
            raise _Hostile(f"elements nested deeper than {DEEPEST} levels")
        if depth > 2 and name in self._inline:
            return
        path = f"{self._open[-1][0]}/{name}" if depth > 2 else name if depth > 1 else ""
        if len(path) > _LONGEST_PATH or len(self.pairs) + len(attrs) > MOST:
            raise _Hostile(f"more than {MOST:,} elements, or names longer than any export has")
        if len(attrs):
            self.pairs += [(f"{path}@{key[:_LONGEST_PATH]}", value) for key, value in attrs.items()]
        self._open.append((path, len(self.pairs), []))
        self.pairs.append(None)

    def characters(self, content: str) -> None:
        """Take text: it belongs to the innermost element that is no formatting."""
        self._open[-1][2].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        """Close an element: white space around its text is layout, and so is all of it around children."""
        if len(self.names) > 2 and name in self._inline:
            self.names.pop()
            return
        self.names.pop()
        path, at, texts = self._open.pop()
        text = "".join(texts).strip(_SPACE)
        if text or (path and at == len(self.pairs) - 1):
            self.pairs[at] = (path or "record", text)


def _well_formed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* made well-formed where its meaning is plain, and what was odd about it."""
    odd: set[str] = set()
    if "<![CDATA[" in text:
        text = replace_sections(text, "<![CDATA[", "]]>", _escaped)
    if "]]>" in text:
        text = text.replace("]]>", "]]&gt;")
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda found: _STAND_INS[ord(found[0])], text)
        odd.add(_CONTROL)
    if _BARE_LESS.search(text):
        text = _BARE_LESS.sub("&lt;", text)
        odd.add('a bare "<"')
    if "&" in text:
        text = _REFERENCE.sub(lambda found: _resolved(found, odd), text)
    return text, tuple(sorted(odd))


def _resolved(found: re.Match[str], odd: set[str]) -> str:
    """Return what a reference, or a bare ampersand, is in well-formed XML."""
    name = found[1]
    if name is None:
        odd.add('a bare "&"')
        return "&amp;"
    if not name.startswith("#"):
        odd.add(UNKNOWN_NAME)
        meant = html5.get(name + ";", "")
        return _escaped(meant) if meant else f"&amp;{name};"
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    if code in _STAND_INS and code not in (9, 10, 13):
        odd.add(_CONTROL)
        return _STAND_INS[code]
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        odd.add("numbers of no character")
        return f"&amp;{name};"
    return found[0]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def replace_sections(text: str, opener: str, closer: str, change: Callable[[str], str]) -> str:
    """Return *text* with what *change* makes of the inside of each stretch from *opener* to *closer*.

    An opener without a closer stays as it is.
    """
    parts, at = [], 0
    while (start := text.find(opener, at)) >= 0:
        end = text.find(closer, start + len(opener))
        if end < 0:
            break
        parts += [text[at:start], change(text[start + len(opener) : end])]
        at = end + len(closer)
    return "".join(parts) + text[at:]
