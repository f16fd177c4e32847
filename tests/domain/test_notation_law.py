"""What is written is read back equal, whatever the wording; and nothing makes reading fail or crawl."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.domain.notation import JOINS, Part, ProblemKind, chain, draw, normalised, read, tag, write
from realist.vocabulary import Activation, Basis, ElementKind, Valence

PIECES = [
    "(C)", "(c)", "(M+, Resource)", "(O–)", "(O+-)", "(A)", "(a)", "(?)", "(X+)", "(M+, Resourse)",
    "(M (resource))", "(M", "(M+, ", "Resource)", "M (resource)+:", "C:", "C: ", "Context: ", "; O: ",
    "\nM: ", ". M:", "A:", "?:", "→", "->", "-->", "=>", "-", "–", ">", "<", "=", "▶️", "\\", "\\\\",
    "\\(", "\\→", "\\and", "and", "and ", " and", "AND ", "& ", "but ", "or ", "and/or ", "because ",
    "if ", "If ", "then ", ", ", ",", ";", ".", ". ", " ", "  ", "\n", "\t", "\u00a0", "\x00", "\u202e",
    "(", ")", "[", "]", "[C]", '"', '(C, "', '")', "+", "0", "1", "word", "leader(s)",
    "(see C. difficile)", "Contxt: ", "é", "ſ", "İf ", "(context)", "(C1", ", strong)", "ve",
]  # fmt: skip
wordings = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map("".join),
    st.text(min_size=1, max_size=20),
    st.sampled_from(["staff leave.", "and so they leave", "If so, they go", "they stay because of pay"]),
).filter(lambda text: normalised([Part(ElementKind.CONTEXT, text)])[0].text != "")
labels = st.one_of(
    st.just(""),
    st.sampled_from(
        ["C1", "M2", "M2.1", "O3b", "?1", "A1", "1a", "C0", "c1", "C1.", "left box", 'a "b" \\ (C)']
    ),
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    st.text(max_size=8),
)
parts = st.builds(
    Part,
    kind=st.sampled_from(ElementKind),
    text=wordings,
    valence=st.none() | st.sampled_from(Valence),
    label=labels,
    activation=st.none() | st.sampled_from(Activation),
    basis=st.none() | st.sampled_from(Basis),
    segment=st.integers(1, 3),
    join=st.sampled_from(["", *JOINS, "AND", "&", "while", " but "]),
)
configurations = st.lists(parts, max_size=6)


@settings(max_examples=500, deadline=None)
@given(configurations)
def test_what_is_written_is_read_back(configuration: list[Part]) -> None:
    reading = read(write(configuration))
    assert reading.parts == normalised(configuration)
    assert reading.problems == ()


@settings(max_examples=200, deadline=None)
@given(configurations, st.integers(0, 60))
def test_what_is_drawn_is_read_back(configuration: list[Part], width: int) -> None:
    reading = read(draw(configuration, width))
    assert reading.parts == normalised(configuration)
    assert reading.problems == ()


@settings(max_examples=200, deadline=None)
@given(configurations)
def test_parts_without_wording_are_kept_and_pointed_at(configuration: list[Part]) -> None:
    bare = [replace(part, text="", join="") for part in configuration]
    reading = read(write(bare))
    assert reading.parts == normalised(bare)
    assert [problem.kind for problem in reading.problems] == [ProblemKind.EMPTY] * len(bare)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_any_text_can_be_read(text: str) -> None:
    reading = read(text)
    assert normalised(reading.parts) == reading.parts
    assert read(write(reading.parts)).parts == reading.parts
    for problem in reading.problems:
        assert 0 <= problem.offset <= problem.offset + problem.length <= len(text)
        assert problem.length or not text.strip() or problem.kind is ProblemKind.EMPTY
        assert problem.message.endswith(".")
    offsets = [problem.offset for problem in reading.problems]
    assert offsets == sorted(offsets)


@settings(max_examples=200, deadline=None)
@given(configurations)
def test_normal_form_is_final(configuration: list[Part]) -> None:
    once = normalised(configuration)
    assert normalised(once) == once


def test_normal_form() -> None:
    given_parts = [
        Part(ElementKind.CONTEXT, " a\n b\x00", segment=7, join="and", label=" C1 "),
        Part(ElementKind.OUTCOME, "c", segment=7, join="While"),
        Part(ElementKind.OUTCOME, "d", segment=7, join="&"),
        Part(ElementKind.OUTCOME, "e", segment=2, join="but"),
        Part(ElementKind.OUTCOME, "f", segment=2),
    ]
    assert [(p.text, p.segment, p.join) for p in normalised(given_parts)] == [
        ("a b", 1, ""), ("While c", 1, ","), ("d", 1, "and"), ("e", 2, ""), ("f", 2, ","),
    ]  # fmt: skip
    assert normalised(given_parts)[0].label == "C1"
    assert normalised([Part(ElementKind.CONTEXT, "a", join="If")])[0].join == "if"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("vitamin (C) intake", "vitamin \\(C) intake (C)"),
        ("a → b", "a \\→ b (C)"),
        ("If so, no", "\\If so, no (C)"),
        ("Context: all", "\\Context: all (C)"),
        ("a \\→ b", "a \\\\\\→ b (C)"),
        ("C:\\temp and (NHS) or leader(s)", "\\C:\\temp and (NHS) or leader(s) (C)"),
        ("bread and butter", "bread and butter (C)"),
        ("(M+, Resourse)", "\\(M+, Resourse) (C)"),
    ],
)
def test_only_what_could_be_misread_is_escaped(text: str, written: str) -> None:
    assert write([Part(ElementKind.CONTEXT, text)]) == written


def test_drawing() -> None:
    box = [
        Part(ElementKind.CONTEXT, "one two three four five"),
        Part(ElementKind.RESOURCE, "six seven", Valence.PLUS, segment=2),
        Part(ElementKind.REASONING, "eight", Valence.MINUS, segment=2, join="."),
        Part(ElementKind.OUTCOME, "incomprehensibilities", segment=3),
    ]
    assert draw(box, 20) == (
        "one two three four\n  five (C)\n"
        "→ six seven (M+,\n  Resource). eight\n  (M–, Reasoning)\n"
        "→\n  incomprehensibilities\n  (O)"
    )
    assert chain(box)[1] == "six seven (M+, Resource). eight (M–, Reasoning)"
    assert draw([], 20) == write([]) == ""
    assert [tag(part) for part in box] == ["(C)", "(M+, Resource)", "(M–, Reasoning)", "(O)"]


HOSTILE = [
    "(", "((", "(C", "(C ", "( ", "(M (", "[", "\\", "\\(", "\\(C)", "-", "--", "=", "→", "->", " ",
    "\n", "; ", "C: ", ", and ", "if ", "(C,\"", "(C,\"\\", "(C1.1", "1", "(C1", "+/", "(O+ /", "no ",
    "(a) ", "a", "<-", "(M+ ", "\n ", ". \n", " \\", ",then", "(C,,", "“", "word ",
]  # fmt: skip


@pytest.mark.parametrize(
    "lead", ["", *(pytest.param(lead, marks=pytest.mark.slow) for lead in ("C: ", "If x, then "))]
)
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str, lead: str) -> None:
    """A quadratic step would take minutes here; the bound leaves room for a slow, busy machine."""
    started = time.process_time()
    read(lead + piece * (150_000 // len(piece)))
    assert time.process_time() - started < 5
