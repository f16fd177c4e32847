r"""LaTeX: a document that compiles, of long tables with booktabs, to be taken apart into a manuscript.

It asks for packages of every distribution only. XeLaTeX and LuaLaTeX set every script their font holds,
pdfLaTeX sets Latin ones. How frames, notes and quotations look is said once, in the preamble.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from realist.exports.table import (
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Heading,
    Holds,
    Row,
    Style,
    Table,
    Text,
    blocks,
    headings,
)
from realist.exports.writing.safe import anchor, inline, lines
from realist.exports.writing.setting import upright, wide, widths

_PREAMBLE = r"""% XeLaTeX or LuaLaTeX for every script; pdfLaTeX where all is Latin.
\documentclass[a4paper,10pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \usepackage{textcomp}
\else
  \usepackage{fontspec}
\fi
\usepackage[margin=2cm@]{geometry}
\usepackage{amssymb,array,booktabs,graphicx,longtable,lscape}
\usepackage[hidelinks]{hyperref}
\setlength{\tabcolsep}{3pt}
\setlength{\LTcapwidth}{\linewidth}
\setlength{\emergencystretch}{2em}
\newcommand{\realistnote}[1]{{\footnotesize\noindent #1\par}}
\newcommand{\realistchain}[1]{{\noindent\textit{#1}\par}}
\newcommand{\realistquote}[1]{{\leftskip=1.5em\noindent\llap{\textbullet\enspace}#1\par}}
\newenvironment{realistbox}[1]
  {\par\bigskip\hrule\smallskip\noindent\textbf{#1}\par\nobreak\smallskip
   \setlength{\parindent}{0pt}\setlength{\parskip}{3pt}}
  {\par\smallskip\hrule\bigskip}
"""
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_",
    "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", "`": r"\textasciigrave{}", "[": "{[}", "]": "{]}",
    "*": "{*}", '"': r"\textquotedbl{}", "\u00a0": "~", "\u00ad": r"\-",
    "✓": r"\ensuremath{\checkmark}", "·": r"\textperiodcentered{}", "−": r"\ensuremath{-}",
    "±": r"\ensuremath{\pm}", "≥": r"\ensuremath{\geq}", "≤": r"\ensuremath{\leq}",
    "≈": r"\ensuremath{\approx}", "≠": r"\ensuremath{\neq}", "×": r"\ensuremath{\times}",
    "→": r"\ensuremath{\rightarrow}", "←": r"\ensuremath{\leftarrow}",
    "↔": r"\ensuremath{\leftrightarrow}", "⇒": r"\ensuremath{\Rightarrow}",
}  # fmt: skip
_ESCAPES = str.maketrans(_SPECIAL)
_LIGATURES = re.compile(r"([-',])(?=\1)")
_ALIGNED = {Holds.SIGNS: r"\centering", Holds.NUMBERS: r"\raggedleft", Holds.WORDS: r"\raggedright"}
_LETTERS = {False: 95, True: 145}
_SECTIONS = ("section", "subsection", "subsubsection", "paragraph")
_HEIGHT = "4.5cm"


def write(document: Document) -> bytes:
    """Return a document as LaTeX."""
    lies = _lies(document)
    preamble = _PREAMBLE.replace("@", ",landscape" if lies else "")
    found = [preamble, "\\begin{document}\n", f"\\section*{{{escaped(document.title)}}}\n"]
    found += (f"\\realistnote{{{escaped(about)}}}\n" for about in document.about)
    for part in document.parts:
        found += _table(part, lies) if isinstance(part, Table) else _part(part)
    found.append("\\end{document}\n")
    return "".join(found).encode("utf-8")


@lru_cache(maxsize=8192)
def escaped(text: str) -> str:
    """Return *text* on one line so that it is set as it stands: no command, no ligature of signs."""
    return _LIGATURES.sub(r"\1{}", inline(text).translate(_ESCAPES))


def _lies(document: Document) -> bool:
    """Whether all pages lie: where every table wants it, and nothing else does not."""
    tables = document.tables
    framed = any(isinstance(part, Frame) for part in document.parts)
    return bool(tables) and not framed and all(wide(table, blocks(table)[0].places) for table in tables)


def _part(part: Heading | Frame | Text) -> Iterator[str]:
    if isinstance(part, Frame):
        title = f"\\hypertarget{{{anchor(part.key)}}}{{{escaped(part.title)}}}"
        yield f"\\begin{{realistbox}}{{{title}}}\n"
        for text in part.parts:
            yield from _text(text)
        yield "\\end{realistbox}\n"
    elif isinstance(part, Heading):
        yield f"\\{_SECTIONS[min(part.level, 3)]}*{{{escaped(part.text)}}}\n"
    else:
        yield from _text(part)


def _text(text: Text) -> Iterator[str]:
    name = f"\\textbf{{{escaped(text.name)}}} " if text.name else ""
    command = {Style.NOTE: "realistnote", Style.CHAIN: "realistchain", Style.QUOTE: "realistquote"}.get(
        text.style
    )
    for place, line in enumerate(lines(text.text) or ([""] if name else [])):
        said = ("" if place else name) + escaped(line)
        yield f"\\{command}{{{said}}}\n" if command else f"{said}\\par\n"


def _table(table: Table, lies: bool) -> Iterator[str]:
    for place, block in enumerate(blocks(table)):
        lying = lies or wide(table, block.places)
        turned = lying and not lies
        yield "\\begin{landscape}\n" if turned else ""
        yield from _block(table, block, first=not place, lying=lying)
        if table.notes and block.places[-1] == len(table.columns) - 1:
            yield from (f"\\realistnote{{{escaped(note)}}}\n" for note in table.notes)
        yield "\\end{landscape}\n" if turned else ""
    if table.behind:
        yield from _behind(table)


def _block(table: Table, block: Block, *, first: bool, lying: bool) -> Iterator[str]:
    columns = [table.columns[place] for place in block.places]
    n = len(columns) + bool(table.corner)
    small = "\\footnotesize" if n > 4 else "\\small"
    title = escaped(table.title) + (f" ({block.said})" if block.said else "")
    yield f"{{{small}\n\\begin{{longtable}}{{{_specification(table, block, lying)}}}\n"
    yield f"\\caption{{{title}}}" if first else f"\\caption[]{{{title}}}"
    head = "".join(_head(table, columns, block))
    yield f"\\\\\n\\toprule\n{head}\\midrule\n\\endfirsthead\n"
    yield f"\\multicolumn{{{n}}}{{@{{}}l@{{}}}}{{\\itshape continued}}\\\\\n"
    yield f"\\toprule\n{head}\\midrule\n\\endhead\n"
    yield "\\bottomrule\n\\endfoot\n"
    key = anchor(table.key)
    for row in table.rows:
        yield _row(table, row, block, key)
    if table.foot:
        yield "\\midrule\n"
        for row in table.foot:
            yield _row(table, row, block, key)
    yield "\\end{longtable}\n}\n"


def _specification(table: Table, block: Block, lying: bool) -> str:
    sizes = widths(table, block.places, letters=_LETTERS[lying])
    found = [_column(sizes.head, Holds.WORDS)] if table.corner else []
    found += (
        _column(size, table.columns[place].holds)
        for place, size in zip(block.places, sizes.columns, strict=True)
    )
    return "@{}" + "".join(found) + "@{}"


def _column(size: float, holds: Holds) -> str:
    return f">{{{_ALIGNED[holds]}\\arraybackslash}}p{{\\dimexpr {size:.4f}\\linewidth-2\\tabcolsep\\relax}}"


def _head(table: Table, columns: Sequence[Column], block: Block) -> Iterator[str]:
    if table.grouped:
        cells = [""] if table.corner else []
        rules, at = [], len(cells) + 1
        for group, n in headings(table, block.places):
            cells.append(f"\\multicolumn{{{n}}}{{c}}{{{escaped(group)}}}" if group or n > 1 else "")
            rules += [f"\\cmidrule(lr){{{at}-{at + n - 1}}}"] if group else []
            at += n
        yield f"{' & '.join(cells)} \\\\\n{''.join(rules)}\n"
    stand = upright(table, block.places)
    names = [escaped(table.corner)] if table.corner else []
    for column in columns:
        name = escaped(column.name)
        if stand and not column.sum:
            name = f"\\rotatebox{{90}}{{\\parbox[c]{{{_HEIGHT}}}{{\\raggedright {name}}}}}"
        names.append(name)
    yield f"{' & '.join(names)} \\\\\n"


def _row(table: Table, row: Row, block: Block, key: str) -> str:
    cells = [escaped(row.name)] if table.corner else []
    cells += (_cell(row.cells[place], key) for place in block.places)
    return f"{' & '.join(cells)} \\\\\n"


def _cell(cell: Cell, key: str) -> str:
    shown = cell.shown
    if not shown and cell.number is not None:
        shown = str(cell.number)
    said = " \\newline ".join(escaped(line) for line in lines(shown)) if "\n" in shown else escaped(shown)
    if not cell.behind:
        return said
    place = anchor(key, cell.behind)
    return f"\\hypertarget{{c-{place}}}{{\\hyperlink{{{place}}}{{{said}}}}}"


def _behind(table: Table) -> Iterator[str]:
    yield f"\\section*{{{escaped(table.sources)}}}\n"
    key, row = anchor(table.key), None
    for of, behind in table.behind.items():
        if behind.row != row:
            row = behind.row
            yield f"\\subsection*{{{escaped(row)}}}\n"
        place = anchor(key, of)
        name = f"\\textbf{{{escaped(behind.column)}}}"
        yield f"\\noindent\\hypertarget{{{place}}}{{\\hyperlink{{c-{place}}}{{{name}}}}}\\par\n"
        yield from (f"\\realistquote{{{escaped(piece.sentence())}}}\n" for piece in behind.pieces)
