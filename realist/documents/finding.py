"""Where a quotation stands in the pages of a text: at one place, at several, or nowhere. Never guessed.

    found = find_quotation(pages, "the exact words", before="32 characters", after="32 characters")
    if found.state is FindState.FOUND: found.page, found.start, found.end_page, found.end

The words must be the same whatever the line ends, hyphenation, ligatures, quotation marks and dashes;
capitals count unless nothing else fits. They may go on on the next page. Of several places the one is taken
whose surroundings agree with those of the quotation, then the one at its earlier position; where neither
tells them apart, it is ambiguous. Places that are only like it are offered and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from realist.documents.forms import form
from realist.documents.nearly import LEAST_LIKENESS, across_pages, likeness_of, nearly
from realist.documents.places import Place, Quotation, Text
from realist.documents.skeleton import reduced
from realist.documents.values import Context, FindState, Found, Page

WIDTH = 32
"""How many characters before and after a quotation are kept with it."""

_MOST_HITS = 4000
_LOOKED_AT = 24
_SHOWN = 20
_MARGIN = 4
_TELLING = 12
_CLOSE = 300
_FIRST_SIGNS = re.compile(r"\A[\W_]+")
_LAST_SIGNS = re.compile(r"[\W_]+\Z")


def find_quotation(
    pages: Sequence[Page],
    quotation: str,
    *,
    before: str = "",
    after: str = "",
    near: tuple[int, int] | None = None,
) -> Found:
    """Return where *quotation* stands in *pages*.

    *before* and *after* are the characters around it where it was taken from, *near* the number of the page
    and the position where it stood in an earlier text of the same document. Positions are those of the texts
    of *pages* as given. A single place whose surroundings are quite other than those given is ambiguous.
    """
    wanted = Quotation(quotation, before, after)
    if not wanted.letters or not pages:
        return Found(FindState.NOT_FOUND)
    text = Text(pages)
    exact, folded, unlike = _sorted_out(text, wanted)
    places = exact or folded or across_pages(text, wanted)
    if places:
        return _decided(text, wanted, places, (before, after), near)
    like = [text.candidate(place, likeness_of(text, wanted, place)) for place in unlike]
    like = [candidate for candidate in like if candidate.likeness >= LEAST_LIKENESS]
    like.sort(key=lambda candidate: -candidate.likeness)
    return Found(FindState.NOT_FOUND, candidates=tuple(like or nearly(text, wanted))[:_SHOWN])


def context_of(
    pages: Sequence[Page], page: int, start: int, end: int, *, end_page: int | None = None, width: int = WIDTH
) -> Context:
    """Return the *width* characters before and after a stretch of text, over the borders of pages.

    *page* and *end_page* (the same if None) are numbers of pages; *start* and *end* positions in their texts.
    Raises KeyError for a page that is not there.
    """
    index = {item.number: at for at, item in enumerate(pages)}
    place = Place(index[page], start, index[page if end_page is None else end_page], end)
    return Context(*Text(pages).around(place, width))


def _sorted_out(text: Text, wanted: Quotation) -> tuple[list[Place], list[Place], list[Place]]:
    """Return the places with the words of the quotation, with other capitals, with other signs."""
    exact: list[Place] = []
    folded: list[Place] = []
    unlike: list[Place] = []
    for hit in _hits(text, wanted):
        core = text.span(hit, len(wanted.letters))
        shown = form(text.words(core))
        place = text.with_signs(core, wanted)
        if place is None or shown.casefold() != wanted.core.casefold():
            unlike.append(core)
        elif shown == wanted.core:
            exact.append(place)
        else:
            folded.append(place)
    return exact, folded, unlike


def _hits(text: Text, wanted: Quotation) -> list[int]:
    """Return where the letters of the quotation stand, at most some dozens, the best surrounded ones."""
    hits = list(islice(text.hits(wanted.letters), _MOST_HITS))
    if len(hits) <= _LOOKED_AT or not wanted.before + wanted.after:
        return hits[:_LOOKED_AT]
    surrounded = text.hits(wanted.before + wanted.letters + wanted.after)
    if sure := [at + len(wanted.before) for at in islice(surrounded, _LOOKED_AT)]:
        return sure
    flat, length = text.skeleton.flat, len(wanted.letters)

    def agreement(hit: int) -> int:
        before, after = flat[max(hit - WIDTH, 0) : hit], flat[hit + length : hit + length + WIDTH]
        return _ends_alike(before, wanted.before) + _starts_alike(after, wanted.after)

    best = sorted(hits, key=lambda hit: (-agreement(hit), hit))
    return sorted(best[:_LOOKED_AT])


def _starts_alike(one: bytes, other: bytes) -> int:
    """Return how many letters two texts have in common at their beginning."""
    both = min(len(one), len(other))
    return next((at for at in range(both) if one[at] != other[at]), both)


def _ends_alike(one: bytes, other: bytes) -> int:
    return _starts_alike(one[::-1], other[::-1])


class _Agreement(NamedTuple):
    """How many letters before and after a place are those given; whether the signs among them are too."""

    before: int
    after: int
    signs: bool

    @property
    def both(self) -> int:
        """How many letters agree in all."""
        return self.before + self.after


def _decided(
    text: Text, wanted: Quotation, places: list[Place], around: tuple[str, str], near: tuple[int, int] | None
) -> Found:
    """Return the one place that the surroundings or the earlier position point to, else ambiguous."""
    agreements = [_agreement(text, wanted, place, around) for place in places]
    likely = _best(agreements, len(wanted.before), len(wanted.after))
    chosen = [places[at] for at in likely]
    if len(chosen) > 1 and near is not None:
        chosen = _nearest(text, chosen, near)
    if len(chosen) == 1:
        page, start, end_page, end = chosen[0]
        return Found(FindState.FOUND, text.number(page), start, text.number(end_page), end)
    order = sorted(range(len(places)), key=lambda at: (-agreements[at].both, places[at]))
    candidates = tuple(text.candidate(places[at], 1.0) for at in order[:_SHOWN])
    return Found(FindState.AMBIGUOUS, candidates=candidates)


def _agreement(text: Text, wanted: Quotation, place: Place, around: tuple[str, str]) -> _Agreement:
    before, after = text.around(place, 4 * WIDTH)
    return _Agreement(
        _ends_alike(reduced(before), wanted.before),
        _starts_alike(reduced(after), wanted.after),
        form(before).rstrip("-").endswith(_FIRST_SIGNS.sub("", form(around[0]).rstrip("-")))
        and form(after).lstrip("-").startswith(_LAST_SIGNS.sub("", form(around[1]).lstrip("-"))),
    )


def _best(agreements: list[_Agreement], before: int, after: int) -> list[int]:
    """Return which places the surroundings point to: one, several that they do not tell apart, or none.

    *before* and *after* are how many letters of surroundings are given.
    """
    if len(agreements) == 1:
        strange = before + after >= _TELLING and max(agreements[0][:2]) < _MARGIN
        return [] if strange else [0]
    everything = list(range(len(agreements)))
    full = [at for at in everything if agreements[at][:2] == (before, after)]
    if len(full) > 1:
        return [at for at in full if agreements[at].signs] or full
    if full and before + after:
        return full
    for at in everything:
        one, others = agreements[at], agreements[:at] + agreements[at + 1 :]
        if 2 * one.both >= before + after and all(
            one.before >= other.before and one.after >= other.after and one.both >= other.both + _MARGIN
            for other in others
        ):
            return [at]
    return everything


def _nearest(text: Text, places: list[Place], near: tuple[int, int]) -> list[Place]:
    """Return the place that is clearly the nearest to an earlier position, or all where none is."""
    page, start = near
    index = next((at for at in range(len(text.texts)) if text.number(at) == page), None)
    if index is None:
        return places
    wanted = text.position(Place(index, start, index, start))
    far = sorted((abs(text.position(place) - wanted), place) for place in places)
    (closest, place), (second, _) = far[:2]
    exactly = closest == 0 and second > 0
    return [place] if exactly or (closest <= _CLOSE and second > 3 * closest + _CLOSE) else places
