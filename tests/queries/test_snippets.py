"""A piece of the original text around the words, and where they stand in it, whatever the text is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.queries.snippets import LONGEST, holds, snippet
from realist.store.asking import terms
from realist.text import index_text, line


def marked(text: str, words: str) -> list[str]:
    """Return the stretches of the snippet that are marked."""
    shown, marks = snippet(text, terms(words))
    return [shown[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Peer supporters help.", "peer", ["Peer"]),
        ("Peers and peer support", "peer", ["Peers", "peer"]),
        ("Peers and peer support", "peer support", ["peer", "support"]),
        ("Peers, peer", "peer and", ["peer"]),
        ("Löwstedt, naïve “works”", "lowstedt naive WORK", ["Löwstedt", "naïve", "works"]),
        ("Lo\u0308wstedt said", "löwstedt", ["Lo\u0308wstedt"]),
        ("cafe\u0301", "café", ["cafe\u0301"]),
        ("Die Straße und der Weg", "strasse", ["Straße"]),
        ("ﬁnding ﬂow", "finding", ["ﬁnding"]),
        ("in ½ of all", "1 2", ["½"]),
        ("ΛΟΓΟΣ και λόγος", "λογος", ["ΛΟΓΟΣ", "λόγος"]),
        ("東京都の病院", "東京", ["東京"]),
        ("東京都の病院", "東京都", ["東京都"]),
        ("follow-up visits", "follow up", ["follow", "up"]),
        ("[bold]trust[/bold]", "trust", ["trust"]),
        ("\x1btrust\u202e", "trust", ["trust"]),
        ("nothing of it", "trust", []),
        ("", "trust", []),
    ],
)
def test_marks_are_whole_words_of_the_original(text: str, words: str, found: list[str]) -> None:
    assert marked(text, words) == found


def test_a_long_text_is_cut_around_the_first_word() -> None:
    text = "before " * 500 + "\n\nthe  trust\tof nurses " + "after " * 500
    shown, marks = snippet(text, ["trust"])
    ((start, end),) = marks
    assert shown[start:end] == "trust"
    assert shown.startswith("…before ")
    assert shown.endswith("…")
    assert "the trust of nurses after" in shown
    assert len(shown) <= LONGEST
    assert snippet("short and whole", ["whole"])[0] == "short and whole"
    assert snippet("word " * 100, ["qqq"])[0].startswith("word word")


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "x" * 100_000 + " trust", "é" * 5000 + "trust " * 9000, " " * 9999]
)
def test_hostile_texts(text: str) -> None:
    shown, marks = snippet(text, ["trust"])
    assert len(shown) <= LONGEST
    assert {shown[start:end] for start, end in marks} <= {"trust"}


LETTERS = st.sampled_from(list("abé ß½-東京\u0301\u202e\n.ΣςI·\u0e33ﬁ"))


@given(st.text(LETTERS, max_size=600), st.text(LETTERS, max_size=6))
def test_marks_lie_in_the_snippet_and_hold_the_words(text: str, words: str) -> None:
    of = terms(words)
    if not of:
        return
    shown, marks = snippet(text, of)
    assert len(shown) <= LONGEST
    assert shown == line(shown)
    last = 0
    for start, end in marks:
        assert last <= start < end <= len(shown)
        last = end
        parts = index_text(shown[start:end]).split()
        assert any(part in of or part.startswith(of[-1]) or of[-1].startswith(part) for part in parts)
    if text == line(text) and len(text) <= LONGEST:
        assert bool(marks) == bool(holds(text, of))
