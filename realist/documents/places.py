"""Stretches of the pages of a text, and whether a quotation's words are what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import category, normalize

from realist.documents.forms import QUOTES, form
from realist.documents.skeleton import counts, reduced, skeleton_of
from realist.documents.values import Candidate, Page

_WINDOW = 24


class Place(NamedTuple):
    """From position ``start`` of the page with index ``page`` to ``end`` of that with ``end_page``."""

    page: int
    start: int
    end_page: int
    end: int


class Quotation:
    """A quotation made ready: its letters, and the signs before, between and after them."""

    def __init__(self, text: str, before: str, after: str) -> None:
        text = normalize("NFC", text)
        self.letters, self.before, self.after = reduced(text), reduced(before), reduced(after)
        counting = [at for at, character in enumerate(text) if counts(character)]
        first, last = (counting[0], _end_of_letter(text, counting[-1])) if counting else (0, 0)
        self.lead, self.core, self.trail = text[:first], form(text[first:last]), text[last:]
        self.form = form(text)


class Text:
    """The pages of a text, in which a quotation is looked for."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self.texts = tuple(page.text for page in pages)
        self.skeleton = skeleton_of(self.texts)

    def hits(self, letters: bytes, start: int = 0, end: int | None = None) -> Iterator[int]:
        """Yield each offset at which *letters* stand, overlapping ones too."""
        flat = self.skeleton.flat
        at = flat.find(letters, start, end)
        while at >= 0:
            yield at
            at = flat.find(letters, at + 1, end)

    def span(self, offset: int, length: int) -> Place:
        """Return the place of *length* letters from *offset* on."""
        page, start = self.skeleton.place(offset)
        end_page, last = self.skeleton.place(offset + length - 1)
        return Place(page, start, end_page, _end_of_letter(self.texts[end_page], last))

    def words(self, place: Place) -> str:
        """Return what stands at a place, pages joined by a line feed."""
        page, start, end_page, end = place
        if page == end_page:
            return self.texts[page][start:end]
        between = self.texts[page + 1 : end_page]
        return "\n".join((self.texts[page][start:], *between, self.texts[end_page][:end]))

    def around(self, place: Place, width: int) -> tuple[str, str]:
        """Return up to *width* characters before and after a place, over the borders of pages."""
        before, page = self.texts[place.page][: place.start][-width:], place.page
        while len(before) < width and page > 0:
            page -= 1
            before = self.texts[page][-(width - len(before)) :] + "\n" + before
        after, page = self.texts[place.end_page][place.end : place.end + width], place.end_page
        while len(after) < width and page + 1 < len(self.texts):
            page += 1
            after += "\n" + self.texts[page][: width - len(after)]
        return before[-width:], after[:width]

    def position(self, place: Place) -> int:
        """Return how many characters of all pages stand before a place."""
        return sum(map(len, self.texts[: place.page])) + place.start

    def number(self, index: int) -> int:
        """Return the number of the page with that index."""
        return self._pages[index].number

    def candidate(self, place: Place, likeness: float) -> Candidate:
        """Return a place as it is told to others."""
        page, end_page = self.number(place.page), self.number(place.end_page)
        return Candidate(page, place.start, end_page, place.end, self.words(place), likeness)

    def signs_before(self, place: Place, more: int = 0) -> str:
        """Return the signs and spaces right before a place, on its page, at most some dozen and *more*."""
        shown = self.texts[place.page][max(place.start - _WINDOW - more, 0) : place.start]
        return shown[len(shown) - _until_letter(shown[::-1]) :]

    def signs_after(self, place: Place, more: int = 0) -> str:
        """Return the signs and spaces right after a place, on its page, at most some dozen and *more*."""
        shown = self.texts[place.end_page][place.end : place.end + _WINDOW + more]
        return shown[: _until_letter(shown)]

    def with_signs(self, place: Place, quotation: Quotation) -> Place | None:
        """Return *place* with the signs at its ends that the quotation has, None if there are others."""
        before = self.signs_before(place, 2 * len(quotation.lead))
        after = self.signs_after(place, 2 * len(quotation.trail))
        left = [before[len(before) - at :] for at in range(len(before) + 1)]
        right = [after[:at] for at in range(len(after) + 1)]
        reach_left, reach_right = _fitting(left, quotation.lead), _fitting(right, quotation.trail)
        if reach_left is None or reach_right is None:
            return None
        return place._replace(start=place.start - reach_left, end=place.end + reach_right)


def _end_of_letter(text: str, at: int) -> int:
    """Return where the letter at a position ends, with the accents that follow it."""
    at += 1
    while at < len(text) and category(text[at])[0] == "M":
        at += 1
    return at


def _until_letter(text: str) -> int:
    """Return how many characters come before the first letter or figure."""
    return next((at for at, character in enumerate(text) if counts(character)), len(text))


def _fitting(stretches: list[str], signs: str) -> int | None:
    """Return the first of *stretches*, each one longer, that is the *signs*; None where none is.

    Quotation marks do not tell them apart, but where the signs have some, those of the text belong to it.
    """
    needed = form(signs)
    fitting = [at for at, stretch in enumerate(stretches) if form(stretch) == needed]
    if fitting and any(sign in QUOTES for sign in signs):
        return next((at for at in fitting if any(sign in QUOTES for sign in stretches[at])), fitting[0])
    return fitting[0] if fitting else None
