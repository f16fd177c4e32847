"""Readers of every format in which tables are written, independent of the writers: what people would see."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import NamedTuple

import docx
import openpyxl


class Read(NamedTuple):
    """The first table of a file: names of columns, and by the name of a row its cells; rows in order."""

    columns: list[str]
    rows: list[tuple[str, list[str]]]

    def below(self, name: str) -> list[str]:
        """Return the cells of the only row with that name."""
        (found,) = (cells for row, cells in self.rows if row == name)
        return found


def read_csv(content: bytes) -> Read:
    """Read CSV: uids come first; cells hold words and not signs."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    bare = [[_unprefixed(cell) for cell in row] for row in rows]
    return Read(bare[0][2:], [(row[1], row[2:]) for row in bare[1:]])


def _unprefixed(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(tuple("=+-@\t\r\n＝＋－＠")) else text


def read_json(content: bytes) -> Read:
    """Read the first table of a document's own JSON."""
    table = next(part for part in json.loads(content)["parts"] if part["part"] == "table")
    rows = [
        (row["name"], [cell.get("sign", cell["text"]) for cell in row["cells"]])
        for row in (*table["rows"], *table["foot"])
    ]
    return Read([column["name"] for column in table["columns"]], rows)


def read_markdown(content: bytes) -> Read:
    """Read the first table with pipes."""
    lines = content.decode("utf-8").split("\n")
    start = next(place for place, line in enumerate(lines) if line.startswith("| :-"))
    rows = [_piped(lines[start - 1])]
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append(_piped(line))
    return Read(rows[0][1:], [(row[0], row[1:]) for row in rows[1:]])


def _piped(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)(?:\\\\)*\|", line.strip())[1:-1]
    return [re.sub(r"\\(.)", r"\1", cell.strip().replace("<br>", "\n")) for cell in cells]


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.cell: list[str] | None = None
        self.done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.done:
            return
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = []
        elif tag == "p" and self.cell:
            self.cell.append("\n")

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.cell is not None:
            self.rows[-1].append("".join(self.cell))
            self.cell = None
        elif tag == "table":
            self.done = True


def read_html(content: bytes) -> Read:
    """Read the first table of a page."""
    found = _Tables()
    found.feed(content.decode("utf-8"))
    return Read(found.rows[0][1:], [(row[0], row[1:]) for row in found.rows[1:]])


_COMMANDS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "textasciigrave": "`", "textquotedbl": '"', "textperiodcentered": "·", "checkmark": "✓",
    "pm": "±", "geq": "≥", "leq": "≤", "approx": "≈", "neq": "≠", "times": "×", "rightarrow": "→",
    "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "newline": "\n",
}  # fmt: skip
_KEPT = ("ensuremath", "raggedright", "rotatebox", "parbox", "hyperlink", "hypertarget", "textbf")
_TOKENS = re.compile(r"\\([A-Za-z]+)(?:\{\}| )?|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)


def tex_text(text: str) -> str:
    """Return what LaTeX sets of *text*, as our writer writes it. Raises KeyError for a command unknown."""
    text = re.sub(
        r"\\hypertarget\{[^{}]*\}\{\\hyperlink\{[^{}]*\}\{(.*)\}\}$", r"\1", text.strip(), flags=re.S
    )
    text = re.sub(
        r"\\rotatebox\{90\}\{\\parbox\[c\]\{[^{}]*\}\{\\raggedright (.*)\}\}$", r"\1", text, flags=re.S
    )
    text = text.replace("\\ensuremath{-}", "−")
    found = []
    for command, escaped, _brace, plain in _TOKENS.findall(text):
        if command and command not in _KEPT:
            found.append(_COMMANDS[command])
        found.append({"-": "\u00ad"}.get(escaped, escaped))
        found.append(plain.replace("~", "\u00a0"))
    return "".join(found)


_LONG = re.compile(
    r"\\endfirsthead\n.*?\\toprule\n(.*?)\\midrule\n\\endhead\n"
    r"\\bottomrule\n\\endfoot\n(.*?)\\end\{longtable\}",
    re.DOTALL,
)


def read_latex(content: bytes) -> Read:
    """Read the long tables of a file that go on from each other: blocks of columns of one table."""
    columns: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    for head, body in _LONG.findall(content.decode("utf-8")):
        columns += [tex_text(cell) for cell in _ampersands(head.strip().removesuffix("\\\\"))[1:]]
        lines = [line for line in body.replace("\\midrule\n", "").split(" \\\\\n") if line]
        made = [[tex_text(cell) for cell in _ampersands(line)] for line in lines]
        rows = (
            [(row[0], [*before[1], *row[1:]]) for before, row in zip(rows, made, strict=True)]
            if rows
            else [(row[0], row[1:]) for row in made]
        )
    return Read(columns, rows)


def _ampersands(line: str) -> list[str]:
    return re.split(r"(?<!\\) & ", " " + line + " ") if "&" in line else [line]


def read_xlsx(content: bytes) -> Read:
    """Read the first sheet; hidden uids are left out."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    rows = [
        ["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)
    ]
    n = len(rows[0]) - (rows[0][-1] == "uid")
    named = [row for row in rows if row[0] != "uid"]
    return Read(named[0][1:n], [(row[0], row[1:n]) for row in named[1:]])


def read_docx(content: bytes, blocks: int = 1) -> Read:
    """Read the first tables, so many as one table was set in."""
    columns: list[str] = []
    rows: list[tuple[str, list[str]]] = []
    for table in docx.Document(io.BytesIO(content)).tables[:blocks]:
        made = [
            [
                "\n".join("".join(t.text or "" for t in p.iter(_T)) for p in cell.iter(_P))
                for cell in row.iter(_TC)
            ]
            for row in table._tbl.iter(_TR)
        ]
        columns += made[0][1:]
        body = made[1:]
        rows = (
            [(row[0], [*before[1], *row[1:]]) for before, row in zip(rows, body, strict=True)]
            if rows
            else [(row[0], row[1:]) for row in body]
        )
    return Read(columns, rows)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T, _P, _TC, _TR = (_W + name for name in ("t", "p", "tc", "tr"))
READERS = {
    "csv": read_csv, "json": read_json, "markdown": read_markdown, "html": read_html, "latex": read_latex,
    "xlsx": read_xlsx, "docx": read_docx,
}  # fmt: skip
