"""Words that want to be something else in some format, and ones that are hard to keep."""

from __future__ import annotations

FORMULAS = (
    "=1+1", '=cmd|" /C calc"!A0', "+SUM(A1)", "-2+3", "@SUM(A1:A2)", "\t=1", "＝1＋1",
    '=HYPERLINK("http://x.y","z")',
)  # fmt: skip
MARKUP = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style></table><b>",
    "&lt;b&gt; &amp; &#x3c;", "javascript:alert(1)", "]]><!-- x -->",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;", "<https://x.y>",
)  # fmt: skip
LATEX = (
    "\\input{/etc/passwd}", "\\write18{rm x} $x^2_i$ 100 % #1 & ~ {", "}}} \\end{document}",
    "[x] * --- -- ,, '' `` ?` \"",
)  # fmt: skip
MARKDOWN = (
    "[click](http://x.y) ![i](http://x.y/z.png)", "| a | b |", "**bold** _it_ `code` ~~no~~ ^up^",
    "# heading", "> quote", "1. one", "- item", "http://x.y/z www.x.y a@b.cd", "a\\|b", "{{ x }} ${y} %s {0}",
)  # fmt: skip
CONTROLS = (
    "\x1b[31mred\x1b[0m \x00\x07 \x9b31m", "a\u202eb\u2066c\u200fd", "\ufffe\uffff\U0001fffe", "\ud800",
    "\u2028line\u2029para\x85next", "one\ntwo\n\nthree", "  spaces   inside  ", "_x0041_ _x000D_",
)  # fmt: skip
KEPT = (
    "'; DROP TABLE paper; --", "שלום עולם (2019)", "ابحاث الرعاية", "統合ケアの指導者", "e\u0301 ﬁ ½ 𝒳",
    "👩‍⚕️ team", "x" * 40_000, "…", "✓ · ? −",
)  # fmt: skip
HOSTILE = (*FORMULAS, *MARKUP, *LATEX, *MARKDOWN, *CONTROLS, *KEPT)
