"""Words, sentences and paragraphs, and selections that grow and shrink."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.documents import (
    Span,
    grow,
    paragraph_at,
    paragraphs,
    sentence_at,
    sentences,
    shrink,
    word_at,
    words,
)

TEXT = (
    "Smith et al. (2010) asked J. R. Hill, e.g. about trust (Fig. 3). It grew by 3.5 per cent.\n\n"
    "“Why?” she asked. Don’t wait for decision-making."
)


def cuts(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Smith et al. Found it. Then left.", ["Smith et al. Found it.", "Then left."]),
        ("See e.g. Hill, i.e. Him, vs. Her.", ["See e.g. Hill, i.e. Him, vs. Her."]),
        ("J. R. Hill wrote. B. Adams read.", ["J. R. Hill wrote.", "B. Adams read."]),
        ("As Fig. 3 and Table 2. Shows it", ["As Fig. 3 and Table 2.", "Shows it"]),
        ("It grew by 3.5 per cent. In 2010. Then", ["It grew by 3.5 per cent.", "In 2010.", "Then"]),
        ("It ended.12 Then [3, 4]. And.[5] So", ["It ended.12", "Then [3, 4].", "And.[5]", "So"]),
        ("“It ended.” She left. (It did.) He too", ["“It ended.”", "She left.", "(It did.)", "He too"]),
        ("It ended... Then… maybe not. Yes", ["It ended...", "Then… maybe not.", "Yes"]),
        (
            "Dr. Hill said no. No. 3 said yes. No. Never.",
            ["Dr. Hill said no.", "No. 3 said yes.", "No. Never."],
        ),
        ("He said no. They went.", ["He said no.", "They went."]),
        ("z. B. Hill; d. h. er. Dann", ["z. B. Hill; d. h. er.", "Dann"]),
        ("1. First point. It is.\n2. Second", ["1. First point.", "It is.", "2. Second"]),
        ("信任增长缓慢。但消失很快！是吗？", ["信任增长缓慢。", "但消失很快！", "是吗？"]),
        ("Это так. И это.", ["Это так.", "И это."]),
        ("A heading\n\nA sentence. Another", ["A heading", "A sentence.", "Another"]),
        ("", []),
        ("  \n\n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cuts(text, sentences(text)) == expected


def test_paragraphs() -> None:
    assert cuts("one\ntwo\n \nthree\n\n\nfour ", paragraphs("one\ntwo\n \nthree\n\n\nfour ")) == [
        "one\ntwo",
        "three",
        "four",
    ]
    table = "Clinic  patients\nNorth  12\nSouth  9"
    assert cuts(table, paragraphs(table)) == table.split("\n")
    long = "word " * 50 + "\nand a line below"
    assert len(paragraphs(long)) == 2


def test_words() -> None:
    text = "Don’t wait: decision-making (M+) of 3.5 % in naïve e\u0301lan, 信任。"
    assert cuts(text, words(text)) == [
        "Don’t", "wait", "decision-making", "M", "of", "3.5", "in", "naïve", "e\u0301lan", "信", "任",
    ]  # fmt: skip
    assert cuts("ab信c", words("ab信c")) == ["ab", "信", "c"]


def test_what_stands_at_a_position() -> None:
    at = TEXT.index("trust") + 2
    assert TEXT[slice(*word_at(TEXT, at))] == "trust"
    assert TEXT[slice(*sentence_at(TEXT, at))].startswith("Smith et al.")
    assert TEXT[slice(*paragraph_at(TEXT, at))].endswith("per cent.")
    assert TEXT[slice(*sentence_at(TEXT, TEXT.index("3.5")))] == "It grew by 3.5 per cent."
    assert TEXT[slice(*word_at(TEXT, TEXT.index("\n")))] == "Why"
    assert TEXT[slice(*word_at(TEXT, len(TEXT) + 5))] == "decision-making"
    assert word_at("", 3) == Span(0, 0)


def test_a_selection_grows_and_shrinks() -> None:
    selected = Span(TEXT.index("grew") + 1, TEXT.index("grew") + 2)
    seen = []
    for _ in range(5):
        selected = grow(TEXT, selected)
        seen.append(TEXT[selected.start : selected.end])
    assert seen[0] == "grew"
    assert seen[1] == "It grew by 3.5 per cent."
    assert seen[2] == TEXT.split("\n\n")[0]
    assert seen[3] == seen[4] == TEXT
    down = [selected]
    for _ in range(4):
        down.append(shrink(TEXT, down[-1]))
    assert cuts(TEXT, down[1:]) == [seen[2], seen[2][: seen[2].index(" It grew")], "Smith", "Smith"]


def test_a_selection_over_two_sentences_grows_to_their_ends() -> None:
    start, end = TEXT.index("trust"), TEXT.index("grew") + 2
    grown = grow(TEXT, Span(start, end))
    assert TEXT[slice(*grown)] == TEXT[start : end + 2]
    assert TEXT[slice(*grow(TEXT, grown))] == TEXT.split("\n\n")[0]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB .!?\n“”(3[]-’é信\u0301", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_growing_holds_what_was_selected_and_comes_to_an_end(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    selected = Span(start, end)
    for _ in range(5):
        larger = grow(text, selected)
        assert larger.start <= selected.start <= selected.end <= larger.end <= len(text)
        smaller = shrink(text, larger)
        assert larger.start <= smaller.start <= smaller.end <= larger.end
        selected = larger
    assert grow(text, selected) == selected
    for parts in (words(text), sentences(text), paragraphs(text)):
        assert all(one.end <= other.start for one, other in pairwise(parts))
        assert all(text[span.start : span.end].strip() == text[span.start : span.end] != "" for span in parts)
