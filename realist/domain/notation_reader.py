"""Reading the CMO notation: a descent over its tokens. The grammar is in ``notation``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from realist.domain.notation_near import misspelt_prefix_at
from realist.domain.notation_parts import ProblemKind, Reading, one_line
from realist.domain.notation_sheet import Sheet, if_then
from realist.domain.notation_tags import Tag, prefix_at, same_family
from realist.domain.notation_tokens import Sort, Token, join_at, tokens
from realist.domain.notation_words import BREAK, IF, JOIN_WORDS, ONE_ARROW, SPACE
from realist.vocabulary import ElementKind

_CLOSING = re.compile(r"[\s.,;:!?'\"”’»)\]]*+")
_WORDING = re.compile(r"\w")
_LONE_LETTER = re.compile(r"[(\[]\s*+[AIS?][0-9.]*+[a-z]?+\s*+[)\]]")
_LETTERS_IN_PROSE = (ElementKind.ACTOR, ElementKind.INTERVENTION, ElementKind.STRATEGY, ElementKind.UNSURE)
_ENDS = (".", ",", ";")
_UNTAGGED = "This stands without a tag, so it was kept as an element of kind unsure."


def read(text: str) -> Reading:
    """Return the parts of the configuration in *text*, and what in it could not be read.

    Any text can be given; the time taken grows with its length. See the grammar in ``notation``.
    """
    sheet = Sheet(text)
    every = list(tokens(text))
    arrows = [number for number, token in enumerate(every) if token.sort is Sort.ARROW]
    tagged = any(token.sort is Sort.TAG for token in every)
    if one_line(text) and (tagged or arrows or prefix_at(text, 0) is not None or not if_then(sheet)):
        marked = tagged
        for before, between, after in _between(every, arrows):
            segment = _Segment(sheet, between, before, after, tagged)
            segment.read()
            marked |= segment.prefixed
        if not marked:
            sheet.without_tags()
    problems = sorted(sheet.problems, key=lambda problem: problem.offset)
    return Reading(tuple(sheet.parts), tuple(problems))


def _between(
    every: list[Token], arrows: list[int]
) -> Iterator[tuple[Token | None, list[Token], Token | None]]:
    """Yield the tokens of each segment with the arrows before and after it."""
    begin, before = 0, None
    for number in arrows:
        yield before, every[begin:number], every[number]
        begin, before = number + 1, every[number]
    yield before, every[begin:], None


@dataclass(frozen=True, slots=True)
class _Prefix:
    """A prefix; where the gap before it begins; where it begins and ends; the joining word in the gap."""

    tag: Tag
    gap: int
    start: int
    end: int
    join: str = ""


class _Segment:
    """What stands between two arrows, while it is read.

    ``at`` is the next token and ``pos`` the next character, which may lie inside that token. ``tagged``
    says whether the whole text has a tag: only without any are misspelt prefixes looked for.
    """

    def __init__(
        self, sheet: Sheet, between: list[Token], before: Token | None, after: Token | None, tagged: bool
    ) -> None:
        self.sheet, self.text, self.tokens = sheet, sheet.text, between
        self.before, self.after, self.tagged = before, after, tagged
        self.at = 0
        self.pos = before.end if before else 0
        self.end = after.start if after else len(self.text)
        self.prefixed = False

    def read(self) -> None:
        """Read the whole segment."""
        self.sheet.open_segment()
        arrow = self.after or self.before
        if arrow is not None and self._skip(self.pos) >= self.end:
            self.sheet.problem(ProblemKind.EMPTY, arrow.start, arrow.end, "Nothing stands beside this arrow.")
            return
        if self.before is not None and ONE_ARROW.fullmatch(self.before.value) is None:
            arrow = self.before
            message = "Nothing stands between these arrows."
            self.sheet.problem(ProblemKind.EMPTY, arrow.start, arrow.end, message)
        if self.before is None and (leading := IF.match(self.text)) is not None:
            self.sheet.join, self.pos = "if", leading.end()
        lead = self._lead()
        if lead is None:
            self._elements()
        else:
            self.prefixed = True
            self._tags_first(lead)

    def _elements(self) -> None:
        """Read elements whose tag comes last, or whose prefix comes first."""
        prefix, opened = self._prefix(), False
        joined = self.pos
        while True:
            start = self._skip(self.pos)
            wording, stop = self._stretch(prefix)
            if isinstance(stop, _Prefix):
                if prefix is not None or _CLOSING.fullmatch(wording) is None:
                    self._untagged(wording, start, stop.gap, prefix)
                joined, self.pos, prefix = stop.gap, stop.end, stop
                if not stop.join:
                    self.sheet.open_segment()
                self.sheet.join = stop.join
            elif stop is not None and stop.tag is not None:
                self._tagged(wording, stop, stop.tag, prefix)
                joined = stop.end
                join, self.pos = join_at(self.text, joined)
                self.sheet.join = join or ","
                prefix = self._prefix()
                if prefix is not None and join not in JOIN_WORDS.values():
                    self.sheet.open_segment()
            else:
                break
            opened = True
        if prefix is not None or _CLOSING.fullmatch(wording) is None:
            self._untagged(wording, start, self.end, prefix)
        elif not opened:
            self.sheet.problem(ProblemKind.EMPTY, start, self.end, "There is no wording here.")
        elif self.sheet.join in JOIN_WORDS:
            message = f"Nothing follows “{self.sheet.join}”."
            self.sheet.problem(ProblemKind.EMPTY, joined, self.end, message)

    def _stretch(self, prefix: _Prefix | None) -> tuple[str, Token | _Prefix | None]:
        """Return the wording from ``pos`` to the next tag, next prefix or end, and which of these it was."""
        pieces: list[str] = []
        stop: Token | _Prefix | None = None
        while stop is None and self.at < len(self.tokens):
            token = self.tokens[self.at]
            start = max(token.start, self.pos)
            if token.sort is Sort.TAG and start == token.start:
                stop = token
            elif token.sort is Sort.TEXT and start < token.end and self._breaks(prefix):
                stop = self._break(start, token.end, prefix)
                pieces.append(self.text[start : stop.gap if stop else token.end])
            else:
                pieces.append(token.value[start - token.start :])
            if not isinstance(stop, _Prefix):
                self.at += 1
        return one_line("".join(pieces)), stop

    def _breaks(self, prefix: _Prefix | None) -> bool:
        """Return whether a prefix may follow within the wording in hand."""
        return prefix is not None or (self.sheet.colons and not self.tagged)

    def _break(self, start: int, end: int, prefix: _Prefix | None) -> _Prefix | None:
        """Return the first prefix between *start* and *end* that follows a break."""
        for gap in BREAK.finditer(self.text, start, end):
            letter = self.text[gap.end() : gap.end() + 1]
            if not (letter.isalpha() or letter == "?") or (prefix is None and "\n" not in gap.group()):
                continue
            found = prefix_at(self.text, gap.end())
            if found is None and not gap[1] and not self.tagged:
                found = misspelt_prefix_at(self.text, gap.end())
            if found is not None and not (gap.group()[0] == "," and found[0].kind in _LETTERS_IN_PROSE):
                join = JOIN_WORDS[gap[1].lower()] if gap[1] else ""
                return _Prefix(found[0], gap.start(), gap.end(), found[1], join)
        return None

    def _prefix(self) -> _Prefix | None:
        """Return the prefix at ``pos``, and go behind it."""
        if not self.sheet.colons:
            return None
        start = self._skip(self.pos)
        found = prefix_at(self.text, start)
        if found is None and not self.tagged:
            found = misspelt_prefix_at(self.text, start)
        if found is None:
            return None
        self.pos = found[1]
        return _Prefix(found[0], start, start, found[1])

    def _tagged(self, wording: str, token: Token, made: Tag, prefix: _Prefix | None) -> None:
        """Add an element that ends in a tag. A prefix agrees with the tag or is wording."""
        if prefix is not None:
            if prefix.tag.kind is not None and same_family(prefix.tag.kind, made.kind) is not None:
                made = _both(made, prefix.tag)
            else:
                wording = one_line(f"{self.text[prefix.start : prefix.end]} {wording}")
        if made.kind is None:
            wording = f"{wording} {one_line(token.value)}".strip()
        if not wording:
            message = f"There is no wording for {one_line(token.value)}."
            self.sheet.problem(ProblemKind.EMPTY, token.start, token.end, message)
        self.sheet.add(wording, made, token.start, token.end)

    def _untagged(self, wording: str, start: int, end: int, prefix: _Prefix | None) -> None:
        """Add an element that ends in no tag: its prefix says what it is, or nothing does."""
        if prefix is None:
            self.sheet.problem(ProblemKind.UNTAGGED, start, end, _UNTAGGED)
            self.sheet.add(wording, Tag(ElementKind.UNSURE), start, end)
            return
        shown = one_line(self.text[prefix.start : prefix.end])
        if prefix.tag.kind is None:
            self.sheet.add(f"{shown} {wording}".strip(), prefix.tag, prefix.start, prefix.end)
            return
        self.prefixed = True
        wording = wording[:-1].rstrip() if wording.endswith(_ENDS) else wording
        if not wording:
            message = f"There is no wording after “{shown}”."
            self.sheet.problem(ProblemKind.EMPTY, prefix.start, prefix.end, message)
        self.sheet.add(wording, prefix.tag, prefix.start, prefix.end)

    def _lead(self) -> Token | None:
        """Return the tag at the start of a segment that has wording, and no tag, at its end."""
        lead = self.tokens[0]
        if lead.tag is None and len(self.tokens) > 1 and lead.end <= self._skip(self.pos):
            lead = self.tokens[1]
        if lead.tag is None or join_at(self.text, lead.end)[0]:
            return None
        if lead.sort is Sort.HINT and _LONE_LETTER.match(lead.value) is not None:
            return None
        last = next(token for token in reversed(self.tokens) if token.sort is Sort.TAG or token is lead)
        return lead if _WORDING.search(self.text, last.end, self.end) is not None else None

    def _tags_first(self, lead: Token) -> None:
        """Read elements whose tag comes first. A word before the next tag joins; else it opens a segment."""
        starts = [
            number for number, token in enumerate(self.tokens) if token.sort is Sort.TAG or token is lead
        ]
        for number, following in zip(starts, [*starts[1:], len(self.tokens)], strict=True):
            token = self.tokens[number]
            made = token.tag or Tag(None)
            wording = one_line("".join(each.value for each in self.tokens[number + 1 : following]))
            wording, join = wording.removeprefix(":").lstrip(), ""
            if following < len(self.tokens):
                stem, _, last = wording.rpartition(" ")
                join = JOIN_WORDS.get(last.lower(), "")
                wording = stem if join else wording
            wording = wording[:-1].rstrip() if wording.endswith(_ENDS) else wording
            if not wording:
                message = f"There is no wording for {one_line(token.value)}."
                self.sheet.problem(ProblemKind.EMPTY, token.start, token.end, message)
            shown = wording if made.kind is not None else f"{one_line(token.value)} {wording}".strip()
            self.sheet.add(shown, made, token.start, token.end)
            if join:
                self.sheet.join = join
            else:
                self.sheet.open_segment()

    def _skip(self, at: int) -> int:
        """Return the place of the first character from *at* on that is not white space."""
        if not self.text[at : at + 1].isspace():
            return at
        blank = SPACE.match(self.text, at)
        return blank.end() if blank is not None else at


def _both(made: Tag, prefix: Tag) -> Tag:
    """Return what the tag and the prefix of one element say together; the tag has the last word."""
    return replace(
        made,
        kind=same_family(prefix.kind, made.kind),
        valence=made.valence or prefix.valence,
        label=made.label or prefix.label,
        activation=made.activation or prefix.activation,
        basis=made.basis or prefix.basis,
    )
