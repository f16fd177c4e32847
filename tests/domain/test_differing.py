"""Where two texts differ."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.differing import LONGEST, Range, differing
from tests.tui.hostile import CORPUS


def marked(one: str, other: str) -> tuple[str, str]:
    """Both texts with what differs in brackets."""
    found = []
    for text, ranges in zip((one, other), differing(one, other), strict=True):
        for start, end in reversed(ranges):
            text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
        found.append(text)
    return found[0], found[1]


def without(text: str, ranges: list[Range]) -> str:
    """What is left of a text without its ranges."""
    for start, end in reversed(ranges):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(
    ("one", "other", "marks"),
    [
        ("same", "same", ("same", "same")),
        ("", "new", ("", "[new]")),
        ("2009", "2010", ("20[09]", "20[10]")),
        ("100-109", "100-9", ("100-[10]9", "100-9")),
        ("10.1000/abc.1", "10.1000/abc.12", ("10.1000/abc.1", "10.1000/abc.1[2]")),
        (
            "'Buddies' after rehabilitation: A study.", "Buddies after rehabilitation: a study",
            ("[']Buddies['] after rehabilitation: [A] study[.]", "Buddies after rehabilitation: [a] study"),
        ),
        (
            "Walking groups in winter", "Walking groups in winter: attendance and ice",
            ("Walking groups in winter", "Walking groups in winter[: attendance and ice]"),
        ),
        (
            "Koskinen, Aino; Virtanen, Päivi", "Koskinen, A",
            ("Koskinen, A[ino; Virtanen, Päivi]", "Koskinen, A"),
        ),
        (
            "Trust, trails and tea with others", "Zinc for the healing of broken bones",
            ("[Trust, trails and tea with others]", "[Zinc for the healing of broken bones]"),
        ),
    ],
)  # fmt: skip
def test_what_is_marked(one: str, other: str, marks: tuple[str, str]) -> None:
    assert marked(one, other) == marks
    assert marked(other, one) == marks[::-1]


def test_letters_that_agree_by_chance_are_marked_with_what_is_around_them() -> None:
    one = "Walking back to life: a qualitative study of peer-led groups"
    assert marked(one, one.replace("peer-led", "lay")) == (
        "Walking back to life: a qualitative study of [peer-led] groups",
        "Walking back to life: a qualitative study of [lay] groups",
    )


def test_a_letter_keeps_its_marks() -> None:
    assert marked("Lo\u0308wstedt", "Lowstedt") == ("L[o\u0308]wstedt", "Lowstedt")
    assert marked("cafe\u0301", "cafe\u0300") == ("caf[e\u0301]", "caf[e\u0300]")


def test_what_comes_after_the_longest_is_compared_as_a_whole() -> None:
    head = "word " * (LONGEST // 5)
    assert differing(head + "tail", head + "tail") == ([], [])
    assert differing(head + "tail", head + "end") == (
        [Range(LONGEST, LONGEST + 4)], [Range(LONGEST, LONGEST + 3)],
    )  # fmt: skip
    assert differing("x" + head, head)[0][0] == Range(0, 1)


@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_hostile_texts_take_no_time(text: str) -> None:
    began = time.perf_counter()
    for other in (*CORPUS, text[::-1]):
        for of, ranges in zip((text, other), differing(text, other), strict=True):
            assert all(0 <= start < end <= len(of) for start, end in ranges)
    assert time.perf_counter() - began < 2


@given(st.text("abc é-12", max_size=60), st.text("abc é-12", max_size=60))
def test_what_is_not_marked_is_in_both(one: str, other: str) -> None:
    ours, theirs = differing(one, other)
    assert without(one, ours) == without(other, theirs)
    assert (one == other) == (not ours and not theirs)
    for ranges in (ours, theirs):
        assert all(first.end < second.start for first, second in pairwise(ranges))
