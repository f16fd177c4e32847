"""Places that are like a quotation: parted by the end of a page, or with some characters other than it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from realist.documents.forms import form
from realist.documents.places import Place, Quotation, Text
from realist.documents.values import Candidate

LEAST_LIKENESS = 0.75
"""Below this a place is not offered."""

_MOST = 5
_GRAM = 9
_GRAMS = 24
_SHORT_GRAM = 5
_SHORT = 24
_HITS = 40
_LIKELY = 12
_HEAD = 8
_NOTES = 2500
_MORE = 600
_MOST_SIGNS = 6


def across_pages(text: Text, quotation: Quotation) -> list[Place]:
    """Return where the quotation begins on one page and goes on on the next, after notes or a header."""
    letters, flat = quotation.letters, text.skeleton.flat
    starts = [*text.skeleton.starts, len(flat)]
    found = []
    if len(letters) < 2 * _HEAD:
        return []
    for number, hit in enumerate(text.hits(letters[:_HEAD])):
        if number >= _HITS * _HITS:
            break
        page = text.skeleton.page_of(hit)
        border = starts[page + 1]
        if border >= len(flat) or border - hit > len(letters) + _NOTES:
            continue
        common = _common(flat[hit : min(hit + len(letters), border)], letters)
        for cut in range(min(common, len(letters) - 1), _HEAD - 1, -1):
            rest = letters[cut:]
            at = flat.find(rest, border, min(border + len(rest) + _MORE, starts[page + 2]))
            place = _parted(text, quotation, (hit, cut), (at, len(rest))) if at >= 0 else None
            if place:
                found.append(place)
                break
    return found


def _common(one: bytes, other: bytes) -> int:
    """Return how many letters two texts have in common at their beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _parted(text: Text, quotation: Quotation, first: tuple[int, int], rest: tuple[int, int]) -> Place | None:
    """Return the place of two parts, (offset, length) each, if together they are the quotation."""
    above, below = text.span(*first), text.span(*rest)
    whole = Place(above.page, above.start, below.end_page, below.end)
    after = text.signs_after(above)[:_MOST_SIGNS]
    before = text.signs_before(below)[-_MOST_SIGNS:]
    for end in range(len(after) + 1):
        for start in range(len(before) + 1):
            parts = (text.words(above), after[:end], "\n", before[start:], text.words(below))
            if form("".join(parts)) == quotation.core:
                return text.with_signs(whole, quotation)
    return None


def nearly(text: Text, quotation: Quotation) -> list[Candidate]:
    """Return the places most like a quotation that stands nowhere, the likeliest first."""
    letters, flat = quotation.letters, text.skeleton.flat
    found: dict[Place, Candidate] = {}
    for offset in _offsets(text, letters):
        pad = len(letters) // 8 + _GRAM
        start = max(offset - pad, 0)
        window = flat[start : offset + len(letters) + pad]
        aligned = fuzz.partial_ratio_alignment(letters, window, score_cutoff=100 * LEAST_LIKENESS - 10)
        if aligned is None or aligned.dest_end <= aligned.dest_start:
            continue
        first, last = _trimmed(letters, window[aligned.dest_start : aligned.dest_end])
        if last <= first:
            continue
        place = text.span(start + aligned.dest_start + first, last - first)
        likeness = likeness_of(text, quotation, place)
        if likeness >= LEAST_LIKENESS:
            found[place] = text.candidate(place, likeness)
    best = sorted(
        found.values(), key=lambda candidate: (-candidate.likeness, candidate.page, candidate.start)
    )
    return _apart(best)[:_MOST]


def _trimmed(letters: bytes, shown: bytes) -> tuple[int, int]:
    """Return where in *shown* what is like *letters* begins and ends: without more letters at its ends."""
    steps = list(Levenshtein.opcodes(letters, shown))
    while steps and steps[0].tag == "insert":
        del steps[0]
    while steps and steps[-1].tag == "insert":
        del steps[-1]
    return (steps[0].dest_start, steps[-1].dest_end) if steps else (0, 0)


def likeness_of(text: Text, quotation: Quotation, place: Place) -> float:
    """Return how like the quotation a place is, from 0 to less than 1."""
    return min(fuzz.ratio(quotation.core, form(text.words(place))) / 100, 0.999)


def _offsets(text: Text, letters: bytes) -> Iterator[int]:
    """Yield where a text like *letters* may begin: where several short pieces of it stand in that order."""
    gram = _GRAM if len(letters) >= _SHORT else _SHORT_GRAM
    votes: Counter[int] = Counter()
    grain = max(len(letters) // 6, _SHORT_GRAM)
    for at in range(0, len(letters) - gram + 1, max(gram // 2, (len(letters) - gram) // _GRAMS)):
        for number, hit in enumerate(text.hits(letters[at : at + gram])):
            if number >= _HITS:
                break
            votes[max(hit - at, 0) // grain] += 1
    for bucket, _ in votes.most_common(_LIKELY):
        yield bucket * grain + grain // 2


def _apart(candidates: list[Candidate]) -> list[Candidate]:
    """Return *candidates* without those that overlap a better one."""
    kept: list[Candidate] = []
    for one in candidates:
        if not any(
            one.page == other.page and one.start < other.end and other.start < one.end for other in kept
        ):
            kept.append(one)
    return kept
