"""The rules for untrusted and compared text."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.text import cell, cell_width, fold, index_text, line, pad, paragraphs, plain, shorten, wrap

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")

HOSTILE = [
    *map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\r\n", "\u061c", "\u200e", "\u200f", "\u202a",
    "\u202e", "\u2066", "\u2069", "\u2028", "\u2029", "\ud800", "\udfff", "\ufeff", "\u200b", "\u0301",
    "\u0e31", "İ", "ß", "ﬁ", "Ⅷ", "ǅ", "\u0345", "領", "한", "　", "=", "＝", "_", "a", "Z", " ", "é", "😀",
]  # fmt: skip
hostile = st.lists(st.sampled_from(HOSTILE) | st.characters(), max_size=40).map("".join)
NEVER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@given(hostile)
def test_plain_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    made = plain(text)
    assert not NEVER.search(made)
    assert plain(made) == made
    made.encode("utf-8")


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_plain_leaves_ordinary_text_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("\x1b]52;c;aGk=\x07title", "]52;c;aGk=title"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven\x0ceight\tend",
         "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\tend"),
        ("abc\u202efed\u2069", "abcfed"),
        ("a\x00b\ud800c\x7fd", "abcd"),
        ("e\u0301 עברית العربية 領導 😀\u200d", "e\u0301 עברית العربية 領導 😀\u200d"),
    ],
)  # fmt: skip
def test_plain_takes_out_controls_and_keeps_words(text: str, made: str) -> None:
    assert plain(text) == made


@given(hostile)
def test_a_line_is_one_line_with_single_spaces(text: str) -> None:
    made = line(text)
    assert not re.search(r"[\n\t\r]|\s\s", made)
    assert made == made.strip()
    assert line(made) == made


def test_a_line_keeps_words_apart() -> None:
    assert (
        line("  Leading\x0bteams\x0cand\u2028systems\n\n\tthat  span ")
        == "Leading teams and systems that span"
    )


@given(hostile)
def test_paragraphs_are_kept_and_tidied(text: str) -> None:
    made = paragraphs(text)
    assert "\n\n\n" not in made
    assert not re.search(r"[ \t][ \t]| \n|\n ", made)
    assert paragraphs(made) == made


def test_paragraph_breaks_stay() -> None:
    assert paragraphs(" One \r\n\r\n\r\n\r\n two\tand  \n three \n") == "One\n\ntwo and\nthree"


@given(hostile)
def test_folding_is_idempotent(text: str) -> None:
    made = fold(text)
    assert fold(made) == made
    assert made == " ".join(made.split())
    assert not any(unicodedata.combining(character) for character in made)


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_folding_does_not_depend_on_composition(text: str, form: str) -> None:
    assert fold(unicodedata.normalize(form, text)) == fold(text)  # type: ignore[arg-type]


@given(st.text(st.characters(codec="ascii")))
def test_folding_ignores_case_and_what_is_no_letter_or_digit(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert fold(f"({text}!)") == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Löwstedt, J.", "lowstedt j"),
        ("  The_Use—of   POWER: why?", "the use of power why"),
        ("Straße", "strasse"),
        ("ﬁnding № Ⅷ", "finding no viii"),
        ("İstanbul", "istanbul"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("Łódź", "łodz"),
        ("10.1000/ABC-def", "10 1000 abc def"),
        ("領導力", "領導力"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("", ""),
        ("—…", ""),
    ],
)
def test_names_are_compared_in_their_folded_form(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(hostile, st.integers(1, 50))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    made = shorten(text, width)
    assert len(made) <= width
    whole = line(text)
    assert made == whole if len(whole) <= width else made.endswith("…")
    assert whole.startswith(made.removesuffix("…"))


@given(hostile)
def test_no_cell_starts_a_formula(text: str) -> None:
    made = cell(text)
    assert not made.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert made in (text, f"'{text}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"), ("+SUM(A1)", "'+SUM(A1)"), ("-2", "'-2"), ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"), ("\n=1", "'\n=1"), ("＝1", "'＝1"),
        ("a=1", "a=1"), ("−", "−"), ("–", "–"), ("'=1", "'=1"), ("", ""),
    ],
)  # fmt: skip
def test_formulas_get_an_apostrophe(text: str, shown: str) -> None:
    assert cell(text) == shown


@given(hostile)
def test_the_index_holds_folded_words(text: str) -> None:
    made = index_text(text)
    assert made == " ".join(made.split())
    assert made.replace(" ", "")[:1] == fold(text)[:1]
    if text.isascii():
        assert made == fold(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The use of Power", ["the", "use", "of", "power"]),
        ("領導力與信任", ["領導", "導力", "力與", "與信", "信任"]),
        ("力", ["力"]),
        ("CMO領導力2", ["cmo", "領導", "導力", "2"]),
        ("Führung 領導", ["fuhrung", "領導"]),
        ("", []),
    ],
)
def test_scripts_without_spaces_are_indexed_by_pairs(text: str, words: list[str]) -> None:
    assert index_text(text).split() == words


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3), ("✓·?", 3), ("領導", 4), ("ｆ", 2), ("한", 2), ("e\u0301", 1), ("ไ\u0e31", 1),
        ("a\u200db", 2), ("❤\ufe0f", 1), ("", 0),
    ],
)  # fmt: skip
def test_columns_are_counted_as_a_terminal_does(text: str, columns: int) -> None:
    assert cell_width(text) == columns


@given(hostile.map(line), st.integers(0, 60), st.booleans())
def test_padding_fills_exactly(text: str, columns: int, right: bool) -> None:
    made = pad(text, columns, right=right)
    assert cell_width(made) == columns
    if cell_width(text) <= columns:
        assert made.strip() == text.strip()


def test_padding_cuts_with_an_ellipsis() -> None:
    assert pad("Leading teams", 9) == "Leading… "
    assert pad("領導力", 4) == "領…" + " "
    assert pad("ab", 5, right=True) == "   ab"
    assert pad("Leading", 1) == "…"
    assert pad("Leading", 0) == ""


def test_marks_upon_marks_are_cut_in_one_go() -> None:
    assert cell_width(pad("a" * 61 + "\u0301" * 20_000, 60)) == 60


@given(hostile, st.integers(2, 60), st.sampled_from(["", "  "]))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int, rest: str) -> None:
    columns += len(rest)
    made = wrap(text, columns, rest=rest)
    assert all(cell_width(one) <= columns for one in made)
    assert "".join("".join(made).split()) == "".join(plain(text).split())
    assert not any(character in one for one in made for character in "\n\t")


def test_wrapping_breaks_at_spaces_and_indents() -> None:
    assert wrap("what works for whom", 9) == ["what", "works for", "whom"]
    assert wrap("what works", 8, first="C: ", rest="   ") == ["C: what", "   works"]
    assert wrap("a  b", 9) == ["a  b"]
    assert wrap("abcdefgh ij", 4) == ["abcd", "efgh", "ij"]
    assert wrap(" \n ", 9, first="x") == []


def test_a_very_long_word_is_wrapped_in_pieces() -> None:
    made = wrap("領" * 50_000, 80)
    assert len(made) == 1250
    assert set(map(len, made)) == {40}
