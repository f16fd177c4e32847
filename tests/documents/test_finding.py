"""Quotations are found where they stand, or said to be ambiguous or not found; never guessed."""

from __future__ import annotations

import pytest

from realist.documents import Context, FindState, Found, Page, context_of, find_quotation
from tests.documents.support import pages

FIRST = (
    "Leaders of joint teams gave staff the time to learn. Where they did not, people kept to the rules of "
    "the house that they came from. “Trust grew slowly – and went quickly”, said a nurse."
)
SECOND = (
    "A merger took a year. Leaders of joint teams gave staff the time to learn. It was the staff’s own time."
)


def shown(found: Found, text: tuple[Page, ...]) -> str:
    """Return the words at the place that was found."""
    assert found.state is FindState.FOUND
    assert found.page is not None
    assert found.end_page is not None
    if found.page == found.end_page:
        return text[found.page - 1].text[found.start : found.end]
    parts = [text[found.page - 1].text[found.start :], text[found.end_page - 1].text[: found.end]]
    return "|".join(parts)


@pytest.mark.parametrize(
    ("text", "quotation", "expected"),
    [
        (FIRST, "people kept to the rules", "people kept to the rules"),
        ("they inte-\ngrate care", "integrate care", "inte-\ngrate care"),
        ("they integrate care", "inte-\ngrate care", "integrate care"),
        ("a diﬀerent ﬁeld", "different field", "diﬀerent ﬁeld"),
        ("a different field", "diﬀerent ﬁeld", "different field"),
        ("soft\xadware and   more\n\nof it", "software and more of it", "soft\xadware and   more\n\nof it"),
        (FIRST, "\"Trust grew slowly - and went quickly\"", "“Trust grew slowly – and went quickly”"),
        (FIRST, "Trust grew slowly — and went quickly", "Trust grew slowly – and went quickly"),
        (FIRST, "said a nurse.", "said a nurse."),
        (FIRST, "said a nurse", "said a nurse"),
        (SECOND, "the staff's own time", "the staff’s own time"),
        ("by decisionmaking staff", "by decision-making staff", "by decisionmaking staff"),
        ("in 2010–2012 they", "in 2010-2012 they", "in 2010–2012 they"),
        ("LEADERS ASKED for views", "Leaders asked for views", "LEADERS ASKED for views"),
        ("the école de santé was", "école de santé", "école de santé"),
        ("the e\u0301cole de sante\u0301 was", "école de santé", "e\u0301cole de sante\u0301"),
        ("the école de santé was", "e\u0301cole de sante\u0301", "école de santé"),
        ("доверие росло медленно и", "росло медленно", "росло медленно"),
        ("信任增长缓慢。但消失很快。", "但消失很快", "但消失很快"),
        ("the point [3]… and then", "point [3]... and then", "point [3]… and then"),
        ("C → M+ (resource) → O–", "M+ (resource) → O-", "M+ (resource) → O–"),
        ("of “integrated” care", "‘integrated’ care", "“integrated” care"),
    ],
)  # fmt: skip
def test_the_same_words(text: str, quotation: str, expected: str) -> None:
    one = pages("Another page.", text)
    assert shown(find_quotation(one, quotation), one) == expected


@pytest.mark.parametrize(
    "quotation",
    [
        "people kept to rules",
        "people, kept to the rules",
        "Trust grew slowly, and went",
        "it's own time",
        "",
        "  ",
        "“”",
        "…",
    ],
)
def test_other_words_and_signs_are_not_found(quotation: str) -> None:
    found = find_quotation(pages(FIRST, SECOND), quotation)
    assert found.state is FindState.NOT_FOUND
    assert found.page is found.start is found.end_page is found.end is None
    assert all(candidate.likeness < 1 for candidate in found.candidates)


def test_no_pages() -> None:
    assert find_quotation((), "words") == Found(FindState.NOT_FOUND)
    assert find_quotation(pages("", ""), "words").state is FindState.NOT_FOUND


def test_capitals_count_where_they_can() -> None:
    text = pages("Power is shared. They spoke of power is shared by all.")
    found = find_quotation(text, "power is shared")
    assert (found.start, found.end) == (31, 46)


def test_several_places_are_ambiguous_and_shown() -> None:
    found = find_quotation(pages(FIRST, SECOND), "Leaders of joint teams gave staff")
    assert found.state is FindState.AMBIGUOUS
    assert found.page is found.start is None
    assert [(one.page, one.start, one.likeness) for one in found.candidates] == [(1, 0, 1.0), (2, 22, 1.0)]


def test_the_surroundings_decide() -> None:
    text, quotation = pages(FIRST, SECOND), "gave staff the time to learn"
    assert find_quotation(text, quotation, after=". It was").page == 2
    assert find_quotation(text, quotation, after=". Where they").page == 1
    assert find_quotation(text, quotation, before="a year. Leaders of joint teams ").page == 2
    alike = find_quotation(text, quotation, before="Leaders of joint teams ")
    assert alike.state is FindState.AMBIGUOUS


def test_surroundings_that_point_to_two_places_leave_it_open() -> None:
    text = pages(
        "alpha beta gamma words here delta epsilon zeta. one two three four words here five six seven."
    )
    found = find_quotation(text, "words here", before="alpha beta gamma ", after=" five six seven")
    assert found.state is FindState.AMBIGUOUS


def test_damaged_surroundings_decide_where_they_clearly_can() -> None:
    text = pages(
        "alpha beta gamma words here delta epsilon zeta. one two three four words here five six seven."
    )
    found = find_quotation(text, "words here", before="alXha beta gamma ", after=" delta epXilon zeta")
    assert (found.state, found.start) == (FindState.FOUND, 17)


def test_signs_in_the_surroundings_decide_where_the_letters_do_not() -> None:
    text = pages("Yes, no; yes. No! Yes, no; yes: no?")
    context = context_of(text, 1, 9, 12, width=4)
    assert context == Context("no; ", ". No")
    assert find_quotation(text, "yes", before=context.before, after=context.after).start == 9


def test_the_earlier_position_decides_between_places_that_are_alike() -> None:
    text = pages(*[f"{SECOND} " * 8] * 3)
    quotation = "A merger took a year"
    assert find_quotation(text, quotation).state is FindState.AMBIGUOUS
    at = len(SECOND) + 1
    found = find_quotation(text, quotation, near=(2, 3 * at))
    assert (found.state, found.page, found.start) == (FindState.FOUND, 2, 3 * at)
    assert find_quotation(text, quotation, near=(2, 3 * at + 40)).state is FindState.AMBIGUOUS
    assert find_quotation(text, quotation, near=(9, 0)).state is FindState.AMBIGUOUS
    far = pages(SECOND + " x" * 2000 + SECOND)
    assert find_quotation(far, quotation, near=(1, 30)).start == 0


def test_a_single_place_in_quite_other_surroundings_is_ambiguous() -> None:
    found = find_quotation(
        pages(FIRST), "people kept to the rules", before="It was said of them that ", after=" by law, he"
    )
    assert found.state is FindState.AMBIGUOUS
    assert [one.text for one in found.candidates] == ["people kept to the rules"]
    assert find_quotation(pages(FIRST), "people kept to the rules", before="Where they did not, ").page == 1


def test_over_the_end_of_a_page() -> None:
    text = pages("Where they did not, people kept to the inte-", "grated rules of the house.")
    found = find_quotation(text, "kept to the integrated rules")
    assert (found.page, found.start, found.end_page, found.end) == (1, 27, 2, 12)
    assert shown(found, text) == "kept to the inte-|grated rules"


def test_over_the_end_of_a_page_with_notes_and_a_header_between() -> None:
    text = pages(
        "Where they did not, people kept to the\n\n1 A note at the foot of the page.",
        "Journal of Joint Care\n\nrules of the house that they came from, and waited.",
    )
    found = find_quotation(text, "people kept to the rules of the house")
    assert found.state is FindState.FOUND
    assert (found.page, found.start, found.end_page) == (1, 20, 2)
    assert text[1].text[: found.end].endswith("rules of the house")


def test_signs_at_the_end_of_a_page() -> None:
    text = pages(
        "In clinics of the north (all of Quebec),\n\n1 A note.",
        "(of 1,200 people) and elsewhere, trust grew.",
    )
    found = find_quotation(text, "clinics of the north (all of Quebec), (of 1,200 people) and elsewhere")
    assert (found.start, found.end_page, found.end) == (3, 2, 31)


def test_parts_of_a_quotation_far_apart_are_not_it() -> None:
    text = pages("people kept to the " + "x" * 5000, "rules of the house that they came from.")
    assert find_quotation(text, "people kept to the rules of the house").state is FindState.NOT_FOUND
    text = pages("people kept to the", "nothing at all", "rules of the house that they came from.")
    assert find_quotation(text, "people kept to the rules of the house").state is FindState.NOT_FOUND


def test_what_is_only_like_it_is_offered() -> None:
    text = pages("Another page.", FIRST.replace("rules of the house", "ru1es of tbe house"))
    found = find_quotation(text, "people kept to the rules of the house that they came from")
    assert found.state is FindState.NOT_FOUND
    best = found.candidates[0]
    assert (best.page, best.text) == (2, "people kept to the ru1es of tbe house that they came from")
    assert 0.9 < best.likeness < 1
    assert find_quotation(text, "nothing of the kind was ever written in it").candidates == ()


def test_page_numbers_are_those_of_the_pages() -> None:
    text = (Page(7, "673", FIRST), Page(9, "675", SECOND))
    assert find_quotation(text, "A merger took a year").page == 9
    assert context_of(text, 9, 0, 8, width=10) == Context("a nurse.\n"[-10:].rjust(10, " "), " took a ye")
    with pytest.raises(KeyError):
        context_of(text, 8, 0, 1)


def test_the_surroundings_of_a_place() -> None:
    text = pages("abc def", "", "ghi")
    assert context_of(text, 1, 4, 7) == Context("abc ", "\n\nghi")
    assert context_of(text, 3, 0, 3, width=5) == Context("ef\n\n"[-5:].rjust(5, "d"), "")
    assert context_of(text, 1, 4, 1, end_page=3) == Context("abc ", "hi")


def test_a_word_that_stands_everywhere_is_ambiguous_soon() -> None:
    text = pages("care and more care " * 50_000)
    found = find_quotation(text, "care")
    assert found.state is FindState.AMBIGUOUS
    assert len(found.candidates) == 20
    found = find_quotation(
        text, "care", before="care and more care and more ", after=" and more care and more care"
    )
    assert found.state is FindState.AMBIGUOUS


def test_a_rare_surrounding_of_a_word_that_stands_everywhere() -> None:
    text = pages("care and more care " * 9000 + "joint care of teams " + "care and more care " * 9000)
    found = find_quotation(text, "care", before="and more care joint ", after=" of teams care and")
    assert text[0].text[(found.start or 0) - 6 : found.end] == "joint care"
