"""The commands of LaTeX that exports are known to use, and the characters they stand for."""

from __future__ import annotations

ACCENTS: dict[str, str] = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
}
"""Commands that put a mark on the letter that follows, and the combining mark."""

LETTERS: dict[str, str] = {
    "ss": "ß",
    "SS": "ẞ",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
}
"""Commands that are letters."""

ESCAPES: dict[str, str] = {
    **{sign: sign for sign in "&%$#_{}"},
    **dict.fromkeys(" ,;:\n", " "),
    "!": "",
}
"""What a backslash and one character that is no letter stand for."""

_TEXT = """copyright © textcopyright © textregistered ® texttrademark ™ dag † ddag ‡ textdagger †
textdaggerdbl ‡ S § P ¶ textsection § textparagraph ¶ pounds £ textsterling £ texteuro € euro € EUR €
textyen ¥ textcent ¢ textcurrency ¤ ldots … dots … textellipsis … textendash – textemdash —
textendashs – textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textquotesingle '
textquotedbl " quotedblbase „ quotesinglbase ‚ guillemotleft « guillemotright » guilsinglleft ‹
guilsinglright › textless < textgreater > textbar | textbraceleft { textbraceright } textbackslash \\
textasciitilde ~ textasciicircum ^ textunderscore _ textasciigrave ` textdollar $ textasteriskcentered *
textbullet • textperiodcentered · textdegree ° degree ° textmu µ textmicro µ micro µ textohm Ω ohm Ω
texttimes × textdiv ÷ textpm ± textminus − textonehalf ½ textonequarter ¼ textthreequarters ¾
textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textordfeminine ª textordmasculine º
textexclamdown ¡ textquestiondown ¿ textnumero № textperthousand ‰ textperiod . slash / hyphen -
textvisiblespace ␣ TeX TeX LaTeX LaTeX BibTeX BibTeX psq f. psqq ff. textprime ′ textalpha α textbeta β
textgamma γ textdelta δ"""

_MATH = """alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
kappa κ lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi φ
varphi ϕ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ
Omega Ω leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ lt < gt > ll ≪ gg ≫ approx ≈ sim ∼
simeq ≃ cong ≅ equiv ≡ propto ∝ pm ± mp ∓ times × div ÷ cdot · ast * circ ∘ bullet • star ⋆ infty ∞
partial ∂ nabla ∇ sum ∑ prod ∏ int ∫ surd √ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
cup ∪ cap ∩ emptyset ∅ forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ oplus ⊕ otimes ⊗ perp ⊥
parallel ∥ mid ∣ angle ∠ rightarrow → to → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
Leftrightarrow ⇔ uparrow ↑ downarrow ↓ longrightarrow ⟶ mapsto ↦ rightleftharpoons ⇌ lesssim ≲ gtrsim ≳
prime ′ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ dagger †
ddagger ‡ cdots ⋯ colon : diamond ⋄ triangle △ square □ checkmark ✓ male ♂ female ♀ quad \u2003
qquad \u2003"""


def _words(table: str) -> list[str]:
    return [word for word in table.replace("\n", " ").split(" ") if word]


def _pairs(table: str) -> dict[str, str]:
    words = _words(table)
    return dict(zip(words[::2], words[1::2], strict=True))


SYMBOLS: dict[str, str] = {
    **_pairs(_MATH),
    **_pairs(_TEXT),
    "textspace": " ",
    "space": " ",
    "nobreakspace": " ",
}
"""Commands that are one symbol, in text and in formulas."""

SWITCHES = frozenset(
    _words("""em it bf sc tt rm sl sf itshape bfseries scshape ttfamily rmfamily sffamily slshape upshape
    mdseries normalfont normalsize small large relax protect noindent displaystyle textstyle unskip
    ignorespaces allowbreak nobreak linebreak""")
)
"""Commands that only change how the text after them looks."""

WRAPPERS = frozenset(
    _words("""textit textbf emph textsc texttt textrm textsf textsl textup textmd textnormal text underline
    uline mbox hbox fbox textsuperscript textsubscript mathrm mathit mathbf mathsf mathcal mathbb ensuremath
    MakeUppercase MakeLowercase uppercase lowercase mkbibemph mkbibitalic mkbibbold mkbibparens mkbibbrackets
    foreignquote textquote nocase bibstring caps textlatin hl ul""")
)
"""Commands that only change how their argument looks: it stays, they go."""

QUOTES = frozenset({"enquote", "mkbibquote", "textquotes"})
"""Commands that put their argument in quotation marks."""

SCRIPTS: dict[str, dict[str, str]] = {
    "^": dict(zip("0123456789+-−=()n iaoh", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ ⁱᵃᵒʰ", strict=True)),
    "_": dict(zip("0123456789+-−=()aeoxhklmnpst i", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ ᵢ", strict=True)),
}
"""Characters that have a raised or a lowered form."""
