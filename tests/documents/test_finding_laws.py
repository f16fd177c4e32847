"""Laws of finding: whatever becomes of a text, a quotation is never found where it did not stand."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from realist.documents import FindState, Found, Page, context_of, find_quotation
from realist.documents.letters import LIGATURES
from tests.documents.support import pages

MARK = "\ue000"
"""Stands before and after the quotation while a text is changed."""

VOCABULARY = (
    "power trust different staff office first conflict workflow re-creation recreation decision-making the "
    "of a in Leaders leaders team teams 2010–2012 (M+) Fig. “care” care’s naïve élan 信任"
)
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.lists(WORDS, min_size=6, max_size=60).map(" ".join)
SPANS = st.tuples(st.floats(0, 1), st.floats(0, 1))
slow = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def cut(text: str, span: tuple[float, float]) -> tuple[int, int]:
    """Return the ends of a stretch of *text* that is more than signs and does not cut a word's hyphen off."""
    start, end = sorted(round(share * len(text)) for share in span)
    chosen = text[start:end]
    start += len(chosen) - len(chosen.lstrip())
    end -= len(chosen) - len(chosen.rstrip())
    assume(start < end and text[start].isalnum() and text[end - 1].isalnum())
    return start, end


@slow
@given(TEXTS, TEXTS, SPANS)
def test_a_stretch_with_its_own_surroundings_is_found_there(
    one: str, other: str, span: tuple[float, float]
) -> None:
    text = pages(one, other)
    start, end = cut(one, span)
    context = context_of(text, 1, start, end)
    found = find_quotation(text, one[start:end], before=context.before, after=context.after, near=(1, start))
    assert found == Found(FindState.FOUND, 1, start, 1, end)


def change(text: str, draw: st.DataObject) -> str:
    """Return *text* as another extractor might give it: other line ends, hyphens, ligatures, spaces."""
    made = []
    for at, character in enumerate(text):
        kind = draw.draw(st.integers(0, 11)) if character != MARK else 11
        inside = 0 < at < len(text) - 1 and text[at - 1].isalpha() and character.isalpha()
        if kind == 0 and inside:
            made.append("-\n")
        elif kind == 1 and inside:
            made.append("\xad")
        if character == " " and kind < 4:
            character = ("\n", "  ", " \n ", "\xa0")[kind]
        elif character in "“”" and kind < 6:
            character = '"'
        elif character == "–" and kind < 6:
            character = "-"
        made.append(character)
    changed = "".join(made)
    for sign, letters in LIGATURES.items():
        if draw.draw(st.booleans()):
            changed = changed.replace(letters, sign)
    return changed


def place_of_marks(texts: list[str]) -> tuple[list[str], tuple[int, int, int, int]]:
    """Return *texts* without the two marks, and where these were: page, start, page, end."""
    places: list[int] = []
    for number, text in enumerate(texts, 1):
        while (at := texts[number - 1].find(MARK)) >= 0:
            places += [number, at]
            texts[number - 1] = texts[number - 1][:at] + texts[number - 1][at + 1 :]
        del text
    return texts, (places[0], places[1], places[2], places[3])


def holds(found: Found, place: tuple[int, int, int, int], texts: list[str]) -> bool:
    """Whether what was found is the place, give or take a hyphen or white space at its ends."""
    page, start, end_page, end = place
    assert found.page is not None
    assert found.start is not None
    assert found.end_page is not None
    assert found.end is not None
    whole = "\n".join(texts)
    offsets = [sum(len(text) + 1 for text in texts[: number - 1]) for number in range(1, len(texts) + 1)]
    ends = ((offsets[page - 1] + start, offsets[found.page - 1] + found.start),
            (offsets[end_page - 1] + end, offsets[found.end_page - 1] + found.end))  # fmt: skip
    return all(not any(c.isalnum() for c in whole[min(pair) : max(pair)]) for pair in ends)


@slow
@given(TEXTS, SPANS, st.floats(0, 1), st.booleans(), st.data())
def test_in_a_changed_text_it_is_found_there_or_nowhere(
    text: str, span: tuple[float, float], border: float, with_context: bool, draw: st.DataObject
) -> None:
    original = pages(text)
    start, end = cut(text, span)
    context = context_of(original, 1, start, end)
    marked = change(text[:start] + MARK + text[start:end] + MARK + text[end:], draw)
    middle = round(border * len(marked))
    assume("’" not in marked[max(middle - 2, 0) : middle + 2])
    texts, place = place_of_marks([marked[:middle], marked[middle:]])
    made = pages(*texts)
    if with_context:
        found = find_quotation(made, text[start:end], before=context.before, after=context.after)
    else:
        found = find_quotation(made, text[start:end])
    if found.state is FindState.FOUND:
        assert holds(found, place, texts)
    else:
        assert found.page is None
        assert found.state is FindState.AMBIGUOUS


@slow
@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=8), st.text(max_size=8))
def test_any_text_gives_an_answer(text: str, quotation: str, before: str, after: str) -> None:
    found = find_quotation(
        (Page(1, "", text), Page(2, "", text[::-1])), quotation, before=before, after=after
    )
    if found.state is FindState.FOUND:
        assert found.page in (1, 2)
    for candidate in found.candidates:
        assert 0 < candidate.likeness <= 1
