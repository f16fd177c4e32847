"""Highlight terms: what they find, which of them wins, and that no pattern stalls a screen."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from realist.domain.highlighting import (
    DEEPEST,
    LONGEST,
    Highlighter,
    Marked,
    Span,
    Term,
    read_term,
)
from realist.errors import Refused
from realist.text import fold
from realist.vocabulary import TermKind, TermSet

PLAIN, PREFIX, REGEX = TermKind.PLAIN, TermKind.PREFIX, TermKind.REGEX
INCLUDE, EXCLUDE, CONTEXT = TermSet.INCLUDE, TermSet.EXCLUDE, TermSet.CONTEXT


def terms(*typed: str, kind: TermKind = PLAIN, term_set: TermSet = INCLUDE) -> list[Term]:
    return [read_term(text, kind, term_set) for text in typed]


def marked(text: str, *typed: str, kind: TermKind = PLAIN) -> list[str]:
    """Return the parts of *text* that these terms of one set mark, in order."""
    return [text[span.start : span.end] for span in Highlighter(terms(*typed, kind=kind)).mark(text).spans]


def refusal(text: str, kind: TermKind = REGEX) -> str:
    with pytest.raises(Refused) as refused:
        read_term(text, kind, INCLUDE)
    return str(refused.value)


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("trust", "Trust, distrust and TRUST; trusted trust", ["Trust", "TRUST", "trust"]),
        ("health care team", "a health  care\n team, healthcare team", ["health  care\n team"]),
        ("health care team", "health care. Team; health-care team", []),
        ("health\tcare", "Health\N{NO-BREAK SPACE}care", ["Health\N{NO-BREAK SPACE}care"]),
        (
            "entree",
            "une entrée, l'entre\N{COMBINING ACUTE ACCENT}e",
            ["entrée", "entre\N{COMBINING ACUTE ACCENT}e"],
        ),
        ("entrée", "the ENTREE", ["ENTREE"]),
        ("Straße", "in der STRASSE", ["STRASSE"]),
        ("strasse", "in der Straße.", ["Straße"]),
        ("coordination", "co\N{SOFT HYPHEN}ordination", ["co\N{SOFT HYPHEN}ordination"]),
        ("follow-up", "follow–up, follow‐up and follow up", ["follow–up", "follow‐up"]),
        ("team's", "the team’s", ["team’s"]),
        ("team", "the team’s team-work", ["team", "team"]),
        ("trust", "trust¹ and trust_2", ["trust", "trust"]),
        ("CO2", "less CO₂ than CO2", ["CO₂", "CO2"]),
        ("brand", "Brand™", ["Brand"]),
        ("C++", "C and C++ but c", ["C++"]),
        ("≥ 5", "n ≥  5 or ≥ 50", ["≥  5"]),
        ("整合", "医療の整合性", ["整合"]),
        ("हिन्दी", "हिन्दी में", ["हिन्दी"]),
        ("हिन्द", "हिन्दी में", []),
        ("доверие", "Доверие и недоверие", ["Доверие"]),
    ],
)
def test_a_plain_term_is_whole_words_as_a_person_reads_them(term: str, text: str, found: list[str]) -> None:
    assert marked(text, term) == found


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("integrat*", "Integration, integrated; disintegrate integra", ["Integration", "integrated"]),
        ("integrat", "integrating", ["integrating"]),
        ("co-ordinat*", "Co‑ordinated", ["Co‑ordinated"]),
        ("health care team*", "health care teams", ["health care teams"]),
        ("réform*", "reformers’ reform-minded", ["reformers", "reform"]),
    ],
)
def test_a_prefix_is_the_beginning_of_a_word_and_takes_the_word(
    term: str, text: str, found: list[str]
) -> None:
    assert marked(text, term, kind=PREFIX) == found


def test_a_regex_is_read_to_the_letter() -> None:
    text = "Organisation or organization, of the NHS; écoles"
    assert marked(text, r"organi[sz]ation", kind=REGEX) == ["organization"]
    assert marked(text, r"(?i)organi[sz]ation", kind=REGEX) == ["Organisation", "organization"]
    assert marked(text, r"\b[A-Z]{2,}\b", r"\bé\w+\b", kind=REGEX) == ["NHS", "écoles"]
    assert marked("x y  z", "y  z", kind=REGEX) == ["y  z"]


@pytest.mark.parametrize("pattern", ["x*", "^", "$", r"\b", "(?=a)", "a?", "|b"])
def test_a_match_of_no_characters_is_none(pattern: str) -> None:
    spans = Highlighter(terms(pattern, kind=REGEX)).mark("xx ab").spans
    assert all(span.end > span.start for span in spans)
    assert marked("xx ab", "x*", kind=REGEX) == ["xx"]


def test_the_longest_wins_then_the_earlier_set_then_what_begins_earlier_then_the_earlier_term() -> None:
    text = "integrated health care"
    made = [
        *terms("health care", term_set=CONTEXT),
        *terms("integrated health", term_set=EXCLUDE),
        *terms("care"),
    ]
    assert Highlighter(made).mark(text).spans == (Span(0, 17, EXCLUDE, 1), Span(18, 22, INCLUDE, 2))
    same = [*terms("a b", term_set=CONTEXT), *terms("b c", term_set=INCLUDE)]
    assert Highlighter(same).mark("a b c").spans == (Span(2, 5, INCLUDE, 1),)
    assert Highlighter(terms("b c", "a b")).mark("a b c").spans == (Span(0, 3, INCLUDE, 1),)
    assert Highlighter(terms("Trust", "trust")).mark("trust").spans == (Span(0, 5, INCLUDE, 0),)


def test_nothing_to_mark() -> None:
    assert Highlighter([]).mark("text") == Marked()
    assert Highlighter(terms("trust")).mark("") == Marked()
    assert Highlighter(terms("a+", kind=REGEX)).mark("") == Marked()


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("  ", PLAIN, "nothing to look for"),
        ("\N{SOFT HYPHEN}", PLAIN, "nothing to look for"),
        ("*", PREFIX, "nothing to look for"),
        ("", REGEX, "nothing to look for"),
        ("in*grat*", PREFIX, "one * at its end"),
        ("team *", PREFIX, "one * at its end"),
        ("x" * (LONGEST + 1), PLAIN, f"at most {LONGEST} characters"),
    ],
)
def test_a_term_without_sense_is_refused(text: str, kind: TermKind, said: str) -> None:
    assert said in refusal(text, kind)


@pytest.mark.parametrize(
    ("pattern", "at", "said"),
    [
        ("trust(ed", 6, "is not closed"),
        ("trusted)", 8, "closes nothing"),
        ("tru[st", 4, "is not closed"),
        ("[]||", 1, "is not closed"),
        ("[^]||", 1, "is not closed"),
        ("+trust", 1, "nothing stands before this"),
        ("a**", 3, "repeats a repetition"),
        (r"trust\q", 6, "means nothing"),
        ("trust\\", 6, "write \\\\"),
        ("[z-a]", 2, "turn it round"),
        ("a{3,1}", 3, "turn them round"),
        ("(?:a){e<=1}", 6, r"write \{"),
        ("[[a]", 2, r"write \["),
        ("[a&&b]", 3, r"write \&\&"),
        ("a(?#b)", 2, "leave them out"),
        ("(?ix)a", 1, "leave them out"),
        ("(?<=a+)b", None, "needs one length"),
        (r"\p{L}", 1, "no Python pattern"),
        ("a(?R)", 3, "means nothing"),
    ],
)
def test_a_bad_pattern_is_refused_where_it_is_bad(pattern: str, at: int | None, said: str) -> None:
    message = refusal(pattern)
    assert said in message
    assert ("at character" in message) is (at is not None)
    assert at is None or f"at character {at} " in message.replace(":", " ")
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:a{65535}){65535}",
        "[a-z]{65535}",
        "(?:" * 18 + "a" + ")+" * 18,
        "(?:(?:a{30}){30}){30}",
        "a{99999999999999999999}",
    ],
)
def test_a_pattern_that_would_fill_the_memory_is_refused(pattern: str) -> None:
    assert "use smaller numbers" in refusal(pattern)


def test_brackets_have_a_depth() -> None:
    assert read_term("(" * DEEPEST + "a" + ")" * DEEPEST, REGEX, INCLUDE)
    assert "deep" in refusal("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bleader\w*\W+(?:\w+\W+){0,10}integrat\w*",
        r"(?i)\b(?:staff|team)s?\b.{0,200}\b(?:trust|hope)\b",
        r"\d{1,3}(?:,\d{3})*(?:\.\d+)?\s?%",
        r"(?P<year>19|20)\d{2}[a-z]?",
        r"[]a-z^\-]+\{x\}",
        r"[^]]\[.*?\]",
        r"(?<!non-)\bintegrat(?=ed|ion)",
    ],
)
def test_patterns_that_people_write_are_read(pattern: str) -> None:
    assert read_term(pattern, REGEX, INCLUDE).text == pattern


HOSTILE = [
    r"(a+)+$",
    r"(a|a)*$",
    r"([a-z]+)*\d",
    r"(.*)*x",
    r"(.*?,){11}P",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(?:(?=.*z|.)a|a)+!",
    r"(?:a?){30}a{30}!",
    r"(a|b)*a(a|b){12}c",
    r"(.+)\1+!",
    r"(?i)(a+)+ß",
    r"(\w+)(\w+)(\w+)(\w+)(\w+)!",
]


@pytest.mark.parametrize("pattern", HOSTILE)
@pytest.mark.parametrize("text", ["a" * 3000, "ab" * 1500, "aaaaaaaaa " * 300, "é" * 3000])
def test_a_runaway_pattern_ends_and_the_other_terms_stand(pattern: str, text: str) -> None:
    text += " trust"
    found = Highlighter([*terms(pattern, r"tr\w+t", kind=REGEX), *terms("trust")]).mark(text)
    assert 1 not in found.given_up
    assert any(span.end == len(text) for span in found.spans)
    assert not [span for span in found.spans if span.term in found.given_up]


def test_a_pattern_that_is_given_up_is_named() -> None:
    made = Highlighter(terms(*[HOSTILE[2]] * 30, "a", kind=REGEX))
    found = made.mark("a" * 3000)
    assert set(range(30)) <= set(found.given_up)
    assert made.mark("a1").given_up == ()


def test_a_stored_term_that_cannot_be_used_is_named_and_left_out() -> None:
    made = Highlighter([Term("(", REGEX, INCLUDE), Term("", PLAIN, INCLUDE), *terms("trust")])
    assert [place for place, _ in made.problems] == [0, 1]
    assert made.mark("( trust").spans == (Span(2, 7, INCLUDE, 2),)


def test_the_engine_of_patterns_is_loaded_for_a_pattern_only() -> None:
    code = (
        "import sys; from realist.domain.highlighting import *\n"
        "made = [read_term('trust', TermKind.PLAIN, TermSet.INCLUDE)]\n"
        "Highlighter(made).mark('a trust'); assert 'regex' not in sys.modules\n"
        "read_term('a+', TermKind.REGEX, TermSet.INCLUDE); assert 'regex' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


WORDS = st.sampled_from(["a", "b", "ab", "é", "e", "Ab", "a b", "b a", "ß", "ss", "team’s", "a-b"])
GAPS = st.sampled_from([" ", "  ", "\n", ", ", "-", ". ", "\N{NO-BREAK SPACE}", "¹ ", "\N{SOFT HYPHEN}"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=12).map(lambda parts: "".join(w + g for w, g in parts))
KINDS = st.sampled_from([PLAIN, PREFIX])
TERMS = st.lists(st.builds(read_term, WORDS, KINDS, st.sampled_from(list(TermSet))), max_size=6)


@given(TEXTS, TERMS)
def test_spans_are_in_order_apart_and_what_was_looked_for(text: str, made: list[Term]) -> None:
    spans = Highlighter(made).mark(text).spans
    ends = 0
    for start, end, term_set, place in spans:
        assert ends <= start < end <= len(text)
        ends = end
        term = made[place]
        found = fold(text[start:end].replace("\N{SOFT HYPHEN}", ""))
        wanted = fold(term.text)
        assert term_set is term.set
        assert found == wanted or (term.kind is PREFIX and found.startswith(wanted))


@given(TEXTS, TERMS)
def test_what_is_left_out_lies_under_something_stronger(text: str, made: list[Term]) -> None:
    order = list(TermSet)

    def strength(span: Span) -> tuple[int, int, int, int]:
        return (span.start - span.end, order.index(span.set), span.start, span.term)

    won = Highlighter(made).mark(text).spans
    for place, term in enumerate(made):
        for alone in Highlighter([term]).mark(text).spans:
            span = alone._replace(term=place)
            over = [other for other in won if other.start < span.end and span.start < other.end]
            assert span in won or any(strength(other) < strength(span) for other in over)


@given(TEXTS, TERMS)
def test_how_accents_are_stored_does_not_matter(text: str, made: list[Term]) -> None:
    def found(form: Literal["NFC", "NFD"], term: Term) -> list[str]:
        stored = unicodedata.normalize(form, text)
        made_so = Highlighter([replace(term, text=unicodedata.normalize(form, term.text))])
        return [unicodedata.normalize("NFC", stored[s.start : s.end]) for s in made_so.mark(stored).spans]

    for term in made:
        assert found("NFC", term) == found("NFD", term)


@given(st.text(max_size=60), st.text(max_size=8), KINDS)
def test_any_text_can_be_marked(text: str, typed: str, kind: TermKind) -> None:
    try:
        term = read_term(typed, kind, INCLUDE)
    except Refused:
        return
    ends = 0
    for span in Highlighter([term]).mark(text).spans:
        assert ends <= span.start < span.end <= len(text)
        ends = span.end


LETTERS = st.text(st.sampled_from("ab()[]{}*+?|^$\\.-&~,019<>=!:iPx#NsdwbBZ "), max_size=14)


@given(LETTERS)
@example("[[:alpha:]]")
@example("[a--b]")
@example("(?P<a>b){,}")
@example(r"\N{DASH}")
@example("(?(1)a|b)")
def test_what_is_typed_as_a_pattern_is_read_or_refused(pattern: str) -> None:
    try:
        term = read_term(pattern, REGEX, INCLUDE)
    except Refused:
        return
    text = "ab ba, aab{1} 01 (b)"
    spans = Highlighter([term]).mark(text).spans
    expected = [m.span() for m in re.finditer(pattern, text) if m.end() > m.start()]
    assert [(span.start, span.end) for span in spans] == expected
