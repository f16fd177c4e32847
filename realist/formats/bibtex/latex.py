"""LaTeX in the values of BibTeX files to plain Unicode, without ever losing text.

Accents, letters, symbols and simple formulas become characters, markup goes and its content stays. What is
not known stays as it stands. ``%`` is no comment here: exports of databases write it unescaped. Linear in
time, without recursion.
"""

from __future__ import annotations

import re
import unicodedata

from realist.formats.bibtex.latex_tables import (
    ACCENTS,
    ESCAPES,
    LETTERS,
    QUOTES,
    SCRIPTS,
    SWITCHES,
    SYMBOLS,
    WRAPPERS,
)

_MARKS = re.compile(r"[\\{}$~]")
_MARKS_AND_DASHES = re.compile(r"[\\{}$~-]")
_ALL_MARKS = re.compile(r"[\\{}$~`'-]")
_COMMAND = re.compile(r"\\(?:([A-Za-z]++)|(.))", re.DOTALL)
_PATH = re.compile(r"\\(?=[^\s{}\\$]{0,200}(?:\\|\.\w|\s|\Z))[^\s{}$]*+")
_SHARE = re.compile(r"\\\\(?=\w[\w.-]{0,200}\\\w)[^\s{}$]*+")
_FORMULA = re.compile(r"\$((?:[^$\\]|\\.){1,300}+)\$", re.DOTALL)
_DASHES = re.compile(r"-++")
_SPACE = re.compile(r"[ \t]*+(?:\n[ \t]*+)?")
_ACCENT = re.compile(r"""\\(?:([`'^"~=.])|([cuvHkdbrt])(?![A-Za-z]))""")
_LETTER = re.compile(r"\\(ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])[ \t]*")
_GROUP = re.compile(r"\s*+\{([^{}]*+)\}")
_TWO_GROUPS = re.compile(r"\s*+\{([^{}]*+)\}\s*+\{")
_OPTION = re.compile(r"\[[^\[\]{}]{0,100}\]")
_PHANTOM = re.compile(r"\\[{}]|\{(?:\\[{}])*+\}")
_PLAIN_MATH = re.compile(r"[A-Za-z]|[<>=]{1,2}|[A-Za-z] ?[<>=]{1,2} ?-?[0-9]*[.,]?[0-9]+%?")
_MATH = re.compile(
    r"""\\(?:mathrm|mathit|mathbf|mathsf|text|textit|textrm|mbox|rm)\s?\{(?P<text>[^{}\\$]{0,100})\}
    |\\(?P<word>[A-Za-z]++)\s?
    |\\(?P<sign>[%&_\#,;:!{} ])
    |(?P<up>[_^])(?:\{(?P<many>[^{}]{1,40})\}|(?P<command>\\[A-Za-z]++)|(?P<one>[^\\{}\s]))
    |(?P<plain>[^\\{}_^$]++|[{}])""",
    re.VERBOSE,
)
_SIMPLE_SCRIPTS = {r"\circ": "°", r"\prime": "′", r"\dagger": "†", r"\ast": "*"}
_URL = re.compile(r"\\~\{\}|\{\\([_%&#$~])\}|\\([_%&#$~{}])|\{?\\textasciitilde(?:\{\}\}?|\}|[ ])?|\$\\sim\$")
_BEFORE_TIE = frozenset(".,;:)]}'’\"")
_AFTER_TIE = frozenset("\\{$-–([")
_PAIRS = {"``": "“", "''": "”"}
_LONGEST_CHAIN = 4


def decode(text: str) -> str:
    """Return *text* with its LaTeX turned into Unicode: ``{\\"O}zge`` is ``Özge``, ``50\\,\\%`` is ``50 %``.

    Unknown commands and paths of Windows stay as they stand; braces go, but for those of unknown commands.
    """
    if "\\" in text or "{" in text or "}" in text or "~" in text:
        return _Decoder(text).run()
    return _Decoder(text).run() if "$" in text or "--" in text or "``" in text else text


def decode_address(text: str) -> str:
    """Return a URL or DOI without the escapes that LaTeX needs: ``a\\_b`` is ``a_b``; the rest stays.

    Braces around all of it go, and so does ``\\url``.
    """
    if "\\url{" in text or "\\href{" in text:
        return decode(text)
    if text[:1] == "{":
        text = text.strip("{}")
    if "\\" not in text:
        return text
    return _URL.sub(lambda found: found[1] or found[2] or "~", text)


class _Decoder:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._out: list[str] = []
        self._closers: list[str] = []
        """What each open brace is closed with: nothing, a quotation mark, or itself."""

    def run(self) -> str:
        text, out = self._text, self._out
        marks = _ALL_MARKS if "``" in text else _MARKS_AND_DASHES if "--" in text else _MARKS
        takers = {"\\": self._backslash, "$": self._dollar, "~": self._tie, "-": self._dash}
        takers |= {"{": self._open, "}": self._close, "`": self._quote, "'": self._quote}
        while found := marks.search(text, self._at):
            start = found.start()
            if start > self._at:
                out.append(text[self._at : start])
            self._at = start + 1
            takers[found[0]](start)
        out.append(text[self._at :])
        return "".join(out)

    def _backslash(self, start: int) -> None:
        text = self._text
        path = None
        if text[start - 1 : start] == ":" and _ends_with_drive(text[max(start - 3, 0) : start - 1]):
            path = _PATH.match(text, start)
        elif text[start + 1 : start + 2] == "\\":
            path = _SHARE.match(text, start)
        found = path or _COMMAND.match(text, start)
        if found is None:
            self._out.append("\\")
            return
        self._at = found.end()
        if path:
            self._out.append(path[0])
        elif found[1]:
            self._word(found)
        else:
            self._sign(found)

    def _open(self, start: int) -> None:
        self._closers.append("")

    def _close(self, start: int) -> None:
        if not self._closers:
            self._out.append("}")
            return
        closer = self._closers.pop()
        self._out.append(closer)
        if closer == "}" and self._text[self._at : self._at + 1] == "{":
            self._keep_group()

    def _word(self, found: re.Match[str]) -> None:
        name = found[1]
        if name in LETTERS or name in SYMBOLS:
            self._out.append(LETTERS.get(name) or SYMBOLS[name])
            self._skip_space()
        elif name in SWITCHES:
            self._skip_space()
        elif name in ACCENTS:
            self._accent(found)
        elif name in WRAPPERS and self._opens(""):
            pass
        elif name in QUOTES:
            star = self._text[self._at : self._at + 1] == "*"
            self._at += star
            before, after = ("‘", "’") if star else ("“", "”")
            if self._opens(after):
                self._out.append(before)
            else:
                self._unknown(found[0] + "*" * star)
        elif not self._special(name):
            self._unknown(found[0])

    def _special(self, name: str) -> bool:
        """Take a command whose arguments are not text to be decoded; return False for others."""
        text = self._text
        if name in ("url", "nolinkurl", "path") and (found := _GROUP.match(text, self._at)):
            self._out.append(decode_address(found[1]))
        elif name == "href" and (found := _TWO_GROUPS.match(text, self._at)):
            self._out.append(decode_address(found[1]) + " ")
            self._closers.append("")
        elif not (name == "vphantom" and (found := _PHANTOM.match(text, self._at))):
            return False
        self._at = found.end()
        return True

    def _unknown(self, command: str) -> None:
        """Keep a command as it stands, with its arguments in their braces."""
        self._out.append(command)
        if option := _OPTION.match(self._text, self._at):
            self._out.append(option[0])
            self._at = option.end()
        if self._text[self._at : self._at + 1] == "{":
            self._keep_group()

    def _keep_group(self) -> None:
        self._out.append("{")
        self._closers.append("}")
        self._at += 1

    def _opens(self, closer: str) -> bool:
        """Step into the argument of a command if one follows; it ends with *closer*."""
        space = _SPACE.match(self._text, self._at)
        end = space.end() if space else self._at
        if self._text[end : end + 1] != "{":
            return False
        self._closers.append(closer)
        self._at = end + 1
        return True

    def _skip_space(self) -> None:
        if space := _SPACE.match(self._text, self._at):
            self._at = space.end()

    def _sign(self, found: re.Match[str]) -> None:
        sign = found[2]
        if sign in ESCAPES:
            self._out.append(ESCAPES[sign])
        elif sign in ACCENTS:
            if sign in "~^" and self._text.startswith("{}", self._at):
                self._out.append(sign)
                self._at += 2
            else:
                self._accent(found)
        elif sign == "-" and self._between_letters(found.start(), found.end()):
            pass
        else:
            self._out.append(found[0])

    def _between_letters(self, start: int, end: int) -> bool:
        return self._text[max(start - 1, 0) : start].isalpha() and self._text[end : end + 1].isalpha()

    def _accent(self, found: re.Match[str]) -> None:
        """Put an accent, or a few, on the letter that follows; without one the command stays."""
        text, at, opened = self._text, found.start(), 0
        marks: list[str] = []
        while len(marks) < _LONGEST_CHAIN and (accent := _ACCENT.match(text, at)):
            marks.append(ACCENTS[accent[1] or accent[2]])
            at = accent.end()
            if accent[2] and (space := _SPACE.match(text, at)):
                at = space.end()
            while text[at : at + 1] == "{" and opened < _LONGEST_CHAIN:
                opened += 1
                at += 1
        letter = _LETTER.match(text, at)
        base = LETTERS[letter[1]] if letter else text[at : at + 1]
        if not base.isalpha():
            self._out.append(found[0])
            return
        base = {"ı": "i", "ȷ": "j"}.get(base, base)
        accented = unicodedata.normalize("NFC", base + "".join(reversed(marks)))
        if len(accented) > 1 and not opened and found[2]:
            # No language has this letter: an apostrophe that somebody escaped.
            self._out.append(found[0])
            return
        self._out.append(accented)
        self._at = letter.end() if letter else at + 1
        self._closers += [""] * opened

    def _dollar(self, start: int) -> None:
        found = _FORMULA.match(self._text, start)
        plain = _simple_math(found[1]) if found else None
        if found and plain is not None:
            self._out.append(plain)
        elif found and ("\\" in found[1] or "^" in found[1] or "_" in found[1]):
            self._out.append(found[0])
        else:
            # An amount of dollars.
            self._out.append("$")
            return
        self._at = found.end()

    def _tie(self, start: int) -> None:
        before, after = self._text[max(start - 1, 0) : start], self._text[self._at : self._at + 1]
        ties = (before.isalnum() or before in _BEFORE_TIE) and (after.isalnum() or after in _AFTER_TIE)
        digits = before.isdecimal() and after.isdecimal()
        self._out.append(" " if before and after and ties and not digits else "~")

    def _dash(self, start: int) -> None:
        if found := _DASHES.match(self._text, start):
            self._out.append({2: "–", 3: "—"}.get(len(found[0]), found[0]))
            self._at = found.end()

    def _quote(self, start: int) -> None:
        pair = self._text[start : start + 2]
        if pair in _PAIRS:
            self._out.append(_PAIRS[pair])
            self._at = start + 2
        else:
            self._out.append(pair[0])


def _ends_with_drive(text: str) -> bool:
    """Whether *text*, of one or two characters, ends with one letter that is a word of its own."""
    return text[-1:].isalpha() and text[-1:].isascii() and not text[:-1].isalpha()


def _simple_math(content: str) -> str | None:
    """Return a formula as plain text if every part of it can be, else None."""
    content = content.strip()
    if _PLAIN_MATH.fullmatch(content):
        return content
    if not ("\\" in content or "^" in content or "_" in content):
        return None
    parts: list[str] = []
    at = 0
    while at < len(content):
        found = _MATH.match(content, at)
        part = _math_part(found) if found else None
        if found is None or part is None:
            return None
        parts.append(part)
        at = found.end()
    return "".join(parts).strip()


def _math_part(found: re.Match[str]) -> str | None:
    kind = found.lastgroup
    if kind == "text":
        return found["text"]
    if kind == "word":
        return SYMBOLS.get(found["word"])
    if kind == "sign":
        sign = found["sign"]
        return "" if sign == "!" else " " if sign in ",;: " else sign
    if kind == "plain":
        plain = found["plain"]
        return "" if plain in "{}" else plain
    text = found["many"] or found["command"] or found["one"]
    if found["up"] == "^" and text.strip() in _SIMPLE_SCRIPTS:
        return _SIMPLE_SCRIPTS[text.strip()]
    letters = [SCRIPTS[found["up"]].get(letter) for letter in text]
    return None if None in letters else "".join(map(str, letters))
