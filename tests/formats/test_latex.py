"""Tests of realist.formats.bibtex.latex: what becomes a character, what stays, and that nothing is lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.formats.bibtex.latex import decode, decode_address


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\'e \'{e} {\'e} {\'{e}}", "é é é é"),
        (r"\"{\i} \'\i{} \^{\j}", "ï í ĵ"),
        (r"\v{s} \v s \c{c} \c c \H{o} \r{a} {\r a} \u{g} \k{a} \d{s} \b{b}", "š š ç ç ő å å ğ ą ṣ ḇ"),
        (r"\=a \.z \~n \`e \^o", "ā ż ñ è ô"),
        (r"{\k{C}}", "C̨"),
        (r"\'{\^e} \'{\ae}", "ế ǽ"),
        (r"\ss\ and \o\ and \L{}ód\'z", "ß and ø and Łódź"),
        (r"Stra\ss e, \AA ngstr{\"o}m, {\OE}uvre, \dh \TH", "Straße, Ångström, Œuvre, ðÞ"),
    ],
)
def test_accents_and_letters(written: str, meant: str) -> None:
    assert decode(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"Moss \& Reid\_2 50\% \$5 \#1 \{x\}", "Moss & Reid_2 50% $5 #1 {x}"),
        (r"pp. 3--9 --- so", "pp. 3–9 — so"),
        ("``said'' and 5''", "“said” and 5”"),
        ("only 5'' wide", "only 5'' wide"),
        (r"\textendash \textquoteright{}s \textless{}5 2\texttimes 3 25\textdegree C", "–’s <5 2×3 25°C"),
        (r"and \ldots\ so \copyright\,2020", "and … so © 2020"),
        (r"J.~Invent. 5~nm A~B", "J. Invent. 5 nm A B"),
        (r"hyphen\-ation", "hyphenation"),
    ],
)
def test_symbols(written: str, meant: str) -> None:
    assert decode(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\textit{a} \emph{b {c} d} \textbf{e}", "a b c d e"),
        (r"CO\textsubscript{2} and m\textsuperscript{3}", "CO2 and m3"),
        (r"{\em so} and {\sc Big}", "so and Big"),
        (r"\enquote{this} \enquote*{that} \mkbibquote{more}", "“this” ‘that’ “more”"),
        (r"\url{https://x.org/a_b~c%20\_d}", "https://x.org/a_b~c%20_d"),
        (r"\href{https://x.org/~a}{the \emph{link}}", "https://x.org/~a the link"),
        ("{{The}} {GaN} {D}evice", "The GaN Device"),
        (r"\{\{\vphantom{\}\}}{{GaAs}}\vphantom\{\}\vphantom\{\}", "{{GaAs}}"),
    ],
)
def test_markup_goes_and_its_content_stays(written: str, meant: str) -> None:
    assert decode(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"$\alpha$ and $\beta$", "α and β"),
        (r"$<$ $>$ $\geq$ $M$ $p < 0.05$", "< > ≥ M p < 0.05"),
        (r"m$^{2}$, Cu$_2$O, 10$^{-3}$, 25$^\circ$C", "m², Cu₂O, 10⁻³, 25°C"),
        (r"$\mathrm{CO}_2$ $\Lambda\sim$", "CO₂ Λ∼"),
        (r"$\frac{o}{a}$ and $x_{\alpha}$", r"$\frac{o}{a}$ and $x_{\alpha}$"),
        ("costs $5 and then $10", "costs $5 and then $10"),
        ("US$50 or US$60, not $7", "US$50 or US$60, not $7"),
    ],
)
def test_simple_formulas(written: str, meant: str) -> None:
    assert decode(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Effect in 50% of patients with 95% CI",
        "https://x.org/a%20b?c=d&e",
        r"C:\Users\x\new.txt",
        r"see C:\beta\alpha and D:\o\x.pdf",
        r"\\server\in\x",
        r"\unknown \foo{bar}{baz} \cite[p. 3]{key}",
        "about ~50 kg or (~60), 3~5 mg, http://x.edu/~me",
        "a -----rule----- of dashes",
        r"don\'t",
        r"5\' 3\" tall",
        "a } b",
        r"ends with \ ".rstrip(),
    ],
)
def test_what_is_not_known_stays_as_it_stands(text: str) -> None:
    assert decode(text) == text


def test_addresses_lose_only_escapes() -> None:
    assert decode_address(r"https://x.org/a\_b\%20c\&d{\_}e\~{}f{\textasciitilde}g") == (
        "https://x.org/a_b%20c&d_e~f~g"
    )
    assert (
        decode_address("{https://x.org/~a}")
        == decode_address(r"\url{https://x.org/~a}")
        == "https://x.org/~a"
    )
    assert decode_address("10.1002/(SICI)1--2{3}") == "10.1002/(SICI)1--2{3}"


PIECES = st.sampled_from([*"\\{}$~%^_`'-= \n", "\\'", "\\c", "\\emph{", "\\foo", "\\vphantom{", "$x", "5Q55"])


@given(st.lists(PIECES).map("".join))
def test_no_word_is_lost(text: str) -> None:
    assert len(re.findall("Q55", decode(text))) == len(re.findall("Q55", text))


HOSTILE = [
    "{",
    "}",
    "\\",
    "$",
    "$a",
    "\\'{",
    "C:\\",
    "``",
    "\\textit{",
    "~",
    "\\foo[",
    "\\url{",
    "\\href{a}{",
    "--a",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_values_take_linear_time(piece: str) -> None:
    began = time.process_time()
    decode(piece * 100_000)
    decode_address(piece * 100_000)
    assert time.process_time() - began < 5
