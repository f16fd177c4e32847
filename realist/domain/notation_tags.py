"""Tags of the CMO notation: ``(M+, Resource)`` in a text, ``M (resource)+:`` before one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from realist.domain.notation_parts import Part, ProblemKind, tag, unquoted
from realist.domain.notation_words import (
    ACTIVATIONS,
    BASES,
    HEADS,
    HYPHENS,
    ITEM,
    KINDS,
    LETTERS,
    PLURALS,
    PLUSES,
    TRUE_MINUSES,
    VALENCES,
)
from realist.vocabulary import Activation, Basis, ElementKind, Valence

_WORD_NEXT = re.compile(r"\s*+[^\W\d_]")
_MOST_ITEMS = 16
_SPLIT = (ElementKind.RESOURCE, ElementKind.REASONING)


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a tag, in one sentence, and what may have been meant."""

    kind: ProblemKind
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a tag says. ``kind`` is None where it is none of the kinds.

    A *weak* tag such as ``(A)`` or ``(context)`` could be ordinary wording; it counts only where
    something of the notation follows it.
    """

    kind: ElementKind | None
    valence: Valence | None = None
    label: str = ""
    activation: Activation | None = None
    basis: Basis | None = None
    weak: bool = False
    remark: Remark | None = None


def same_family(one: ElementKind | None, other: ElementKind | None) -> ElementKind | None:
    """Return what two names of a kind say together (mechanism and resource: resource), or None."""
    if one is other:
        return one
    if one is ElementKind.MECHANISM and other in _SPLIT:
        return other
    return one if other is ElementKind.MECHANISM and one in _SPLIT else None


def prefix_at(text: str, at: int) -> tuple[Tag, int] | None:
    """Return the tag in prefix style (``C:``, ``M2 (resource)+:``) at *at*, and where its colon ends."""
    return read_tag(text, at, ":")


def read_tag(text: str, at: int, closer: str) -> tuple[Tag, int] | None:
    """Read items up to *closer*; with ":" up to the last colon that still ends a tag."""
    item = ITEM.match(text, at)
    head = item[item.lastgroup or 0] if item is not None else ""
    kind = HEADS.get(head.casefold())
    if item is None or kind is None:
        return None
    build, depth, found = _Build(text, head, kind), 0, None
    while build.count < _MOST_ITEMS and (item := ITEM.match(text, item.end())) is not None:
        sort = item.lastgroup or ""
        if sort == "close":
            if build.before in ("comma", "open"):
                break
            if not depth:
                return (build.tag(), item.end()) if item[sort] == closer and build.allowed(closer) else None
            depth -= 1
        elif sort == "open":
            if depth or build.before == "comma" or not _opens_group(text, item.end()):
                break
            depth += 1
        elif sort == "comma":
            if build.before in ("comma", "open"):
                break
            if item[sort] == ":" and closer == ":" and not depth and build.allowed(closer):
                found = build.tag(), item.end()
        elif not build.take(item, sort):
            break
        build.count += 1
        build.before = "comma" if build.before == "dash" else sort
    return found


def _opens_group(text: str, at: int) -> bool:
    """Return whether brackets inside a tag hold no tag of their own: ``(M (resource))``, not ``(M (C))``."""
    item = ITEM.match(text, at)
    if item is None or item.lastgroup not in ("word", "sign"):
        return False
    return len(item[item.lastgroup]) > 1 or item.lastgroup == "sign"


class _Build:
    """A tag while its items are read. ``before`` is the sort of the item just read."""

    def __init__(self, text: str, head: str, kind: ElementKind) -> None:
        self.text, self.head = text, head
        self.kind: ElementKind | None = kind
        self.before = "head"
        self.count = 1
        self.number = self.label = ""
        self.activation: Activation | None = None
        self.basis: Basis | None = None
        self.valences: set[Valence] = set()
        self.doubt = False
        self.bare = True

    def take(self, item: re.Match[str], sort: str) -> bool:
        """Take one more item; return whether a tag can have it there."""
        if sort == "number" and item[sort] != "0":
            fits = self.before == "head"
            self.number = item[sort]
            return fits
        self.bare = False
        if sort == "number":
            self.valences.add(Valence.NO_CHANGE)
            return True
        if sort == "sign":
            return self._sign(item)
        if sort == "quoted":
            fits = not (self.label or self.number)
            self.label = unquoted(item[sort])
            return fits
        return sort == "word" and self._word(item[sort])

    def _word(self, word: str) -> bool:
        """Take a word. ``(a strong leader)`` and ``(I partially agree)`` are prose: A and I need a comma."""
        if self.before in ("head", "number") and self.head in ("a", "A", "i", "I"):
            return False
        folded = " ".join(word.casefold().split())
        if folded in VALENCES:
            self.valences.add(VALENCES[folded])
        elif folded in ACTIVATIONS:
            fits = self.activation in (None, ACTIVATIONS[folded])
            self.activation = ACTIVATIONS[folded]
            return fits
        elif folded in BASES:
            fits = self.basis in (None, BASES[folded])
            self.basis = BASES[folded]
            return fits
        else:
            self.kind = same_family(self.kind, KINDS.get(folded))
            return self.kind is not None
        return True

    def _sign(self, item: re.Match[str]) -> bool:
        """Take a sign. A dash between two words may be a hyphen or a dash instead of a minus."""
        sign = item["sign"]
        if sign in HYPHENS and _WORD_NEXT.match(self.text, item.end()):
            before = self.text[item.start("sign") - 1].isspace()
            after = self.text[item.end()].isspace()
            if sign == "—" or (before and after) or (not before and not after and sign != "–"):
                self.before = "dash"
                self.doubt |= sign != "—" and before
                return True
        self.valences.add(valence_of(sign))
        return True

    def allowed(self, closer: str) -> bool:
        """Return whether this is a tag at all: ``(a)``, ``(i)``, ``(s)`` and ``(resources)`` are wording."""
        if not self.bare or self.number:
            return True
        return self.head not in ("a", "i", "s") and (closer == ":" or self.head.casefold() not in PLURALS)

    def tag(self) -> Tag:
        """Return the tag built so far."""
        kind = self.kind or ElementKind.UNSURE
        valence = next(iter(self.valences)) if len(self.valences) == 1 else None
        label = LETTERS[kind] + self.number if self.number else " ".join(self.label.split())
        weak = self.bare and self.head not in ("C", "M", "O")
        made = Tag(kind, valence, label, self.activation, self.basis, weak)
        if len(self.valences) > 1:
            message = "This tag gives different directions, so none was taken."
            return replace(made, remark=Remark(ProblemKind.CONTRADICTION, message))
        if self.doubt and not self.valences:
            without, minus = printed(made), printed(replace(made, valence=Valence.MINUS))
            message = f"The dash may be a minus or only a dash: write {minus} or {without}."
            return replace(made, remark=Remark(ProblemKind.AMBIGUOUS, message, without))
        return made


def valence_of(sign: str) -> Valence:
    """Return the direction that a run of signs gives. Plus and minus side by side are mixed."""
    plus = any(c in PLUSES for c in sign)
    minus = any(c in HYPHENS or c in TRUE_MINUSES for c in sign)
    if (plus and minus) or "±" in sign or "∓" in sign:
        return Valence.MIXED
    return Valence.PLUS if plus else Valence.MINUS


def printed(made: Tag) -> str:
    """Return *made* as a tag is printed."""
    kind = made.kind or ElementKind.UNSURE
    return tag(Part(kind, "", made.valence, made.label, made.activation, made.basis))
