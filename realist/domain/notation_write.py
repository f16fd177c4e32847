"""Writing the CMO notation: on one line, or drawn over several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from realist.domain.notation_parts import Part, normalised, tag
from realist.domain.notation_tags import prefix_at
from realist.domain.notation_tokens import Sort, scan, word_end
from realist.domain.notation_words import IF, JOIN_WORD, JOIN_WORDS
from realist.text import cell_width

ARROW = "→"


def write(parts: Sequence[Part]) -> str:
    """Return *parts* in the notation, on one line.

    Reading gives back :func:`normalised` parts. Wording that could be read as a tag, arrow, join or prefix
    gets a backslash there. A part without wording is only its tag; reading it back reports that.
    """
    return f" {ARROW} ".join(chain(parts))


def chain(parts: Sequence[Part]) -> list[str]:
    """Return the notation of *parts*, one string for each arrow segment."""
    segments: list[str] = []
    for part in normalised(parts):
        shown = _part(part, first=not segments)
        if part.segment > len(segments):
            segments.append(f"{part.join} {shown}" if part.join else shown)
        else:
            space = " " if part.join[0].isalpha() else ""
            segments[-1] += f"{space}{part.join} {shown}"
    return segments


def draw(parts: Sequence[Part], width: int) -> str:
    """Return the notation of *parts* with each arrow segment on a line of its own, wrapped at *width*.

    A segment after the first begins with an arrow; the lines that continue one are indented by two. Lines
    break at spaces only, so a longer word makes a longer line. Reading gives back the same parts.
    """
    lines: list[str] = []
    for number, segment in enumerate(chain(parts)):
        lines.extend(_wrap(f"{ARROW} {segment}" if number else segment, width))
    return "\n".join(lines)


def _wrap(text: str, width: int) -> Iterator[str]:
    """Yield *text* in lines of at most *width* columns, all but the first indented by two."""
    words: list[str] = []
    indent, used = "", 0
    for word in text.split(" "):
        wide = cell_width(word)
        if words and used + 1 + wide > width:
            yield indent + " ".join(words)
            words, indent = [], "  "
        used = used + 1 + wide if words else len(indent) + wide
        words.append(word)
    yield indent + " ".join(words)


def _part(part: Part, first: bool) -> str:
    """Return one part as wording and tag, what could be misread in the wording escaped."""
    printed = tag(part)
    if not part.text:
        return printed
    whole, limit = f"{part.text} {printed}", len(part.text)
    pieces: list[str] = []
    at = word_end(whole, 0) if _misread(whole, part.join, first) else 0
    if at:
        pieces += ["\\", whole[:at]]
    for token in scan(whole, at):
        if token.start >= limit:
            break
        raw = whole[token.start : min(token.end, limit)]
        if token.sort is Sort.SLASHES:
            pieces.append(raw)
        elif token.sort in (Sort.TAG, Sort.ARROW):
            pieces.append("\\")
        pieces.append(raw)
    return f"{''.join(pieces)} {printed}"


def _misread(text: str, join: str, first: bool) -> bool:
    """Return whether the start of *text*, printed after *join*, would be read as a prefix or a join."""
    if prefix_at(text, 0) is not None:
        return True
    if first:
        return not join and IF.match(text) is not None
    word = JOIN_WORD.match(text)
    return join in (",", ";") and word is not None and word[1].lower() in JOIN_WORDS
