"""Writers: hostile words stay words, in every format; the same document gives the same bytes anywhere."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from realist.errors import RealistError, Refused, WrongUse
from realist.exports.table import (
    Behind,
    Block,
    Cell,
    Column,
    Document,
    Frame,
    Heading,
    Holds,
    Piece,
    Row,
    Style,
    Table,
    Text,
    blocks,
)
from realist.exports.writing import FORMATS, format_of, save, written
from realist.exports.writing.safe import inline
from tests.exports.hostile import HOSTILE
from tests.exports.readers import READERS, tex_text

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufffe\uffff]")


def everywhere(text: str) -> Document:
    """Return a document that says *text* wherever something can be said."""
    pieces = (Piece("claim", text, text, text, text, text, text, text), Piece("reading", quotes=False))
    table = Table(
        "T", text, text or "row",
        [
            Column(text, "c1", Holds.WORDS, note=text), Column("sign", "c2", Holds.SIGNS),
            Column("n", holds=Holds.NUMBERS, sum=True),
        ],
        [Row(text, [Cell(text), Cell("none", text, None, "none", "1-2"), Cell("3", number=3)], "r1")],
        [Row("sum", [Cell(), Cell(text), Cell()])],
        [text], {"1-2": Behind(text, text, pieces)},
    )  # fmt: skip
    frame = Frame("box-1", text, [Text(text, style, text) for style in Style])
    texts = [Text(text, style, text) for style in Style]
    return Document(text, [Heading(text), *texts, frame, table], [text])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
@pytest.mark.parametrize("name", FORMATS)
def test_hostile_words_are_read_back_as_they_are(name: str, text: str) -> None:
    content = written(everywhere(text), name)
    _sound(name, content)
    found = READERS[name](content)
    cells = [found.columns[0], found.rows[0][0], found.rows[0][1][0]]
    one = inline(text)
    if name == "xlsx" and len(one) > 32_767:
        one = one[:32_766] + "…"
    for cell in cells:
        assert inline(cell) == one


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_words_are_read_back_as_they_are(text: str) -> None:
    for name in FORMATS:
        content = written(everywhere(text), name)
        _sound(name, content)
        assert inline(READERS[name](content).rows[0][1][0]) == inline(text), name


def _sound(name: str, content: bytes) -> None:
    """Check that nothing in a file is more than words."""
    if FORMATS[name].binary:
        with ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                text = archive.read(member).decode("utf-8") if member.endswith((".xml", ".rels")) else ""
                assert 'TargetMode="External"' not in text
                assert "<f>" not in text
                assert not text or fromstring(text) is not None
        return
    text = content.decode("utf-8-sig" if name == "csv" else "utf-8")
    assert not CONTROLS.search(text)
    if name == "html":
        _sound_html(text)
    elif name == "markdown":
        page = MarkdownIt("gfm-like", {"html": True, "linkify": True}).render(text)
        tags = set(re.findall(r"<([a-zA-Z!?/][a-zA-Z0-9]*)", page)) - {"/"}
        assert {tag.lstrip("/") for tag in tags} <= MARKDOWN_TAGS, tags
        assert "<a " not in page
    elif name == "latex":
        _sound_latex(text)
    elif name == "csv":
        for cell in re.findall(r'"((?:[^"]|"")*)"', text):
            assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))


MARKDOWN_TAGS = {
    "h1", "h2", "h3", "h4", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong",
    "blockquote", "br", "",
}  # fmt: skip
HTML_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "h4", "p", "div", "section",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "ul", "li", "strong", "span",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "dir", "scope", "title", "href",
    "aria-label", "colspan",
}  # fmt: skip


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in HTML_TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES
            assert name != "href" or (value or "").startswith("#")
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _sound_html(text: str) -> None:
    page = _Page()
    page.feed(text)
    page.close()
    assert not page.open
    assert text.startswith("<!DOCTYPE html>")


_COMMANDS = {
    "begin", "end", "section", "subsection", "caption", "toprule", "midrule", "bottomrule", "endfirsthead",
    "endhead", "endfoot", "multicolumn", "itshape", "realistnote", "realistchain", "realistquote",
    "hypertarget", "hyperlink", "textbf", "par", "noindent", "small", "footnotesize", "centering",
    "raggedright", "raggedleft", "arraybackslash", "dimexpr", "linewidth", "tabcolsep", "relax",
    "textbackslash", "textasciitilde", "textasciicircum", "textless", "textgreater", "textbar",
    "textasciigrave", "textquotedbl", "textperiodcentered", "ensuremath", "checkmark", "pm", "geq", "leq",
    "approx", "neq", "times", "rightarrow", "leftarrow", "leftrightarrow", "Rightarrow", "newline",
}  # fmt: skip


def _sound_latex(text: str) -> None:
    """Check the structure: known commands only, braces and environments closed, specials escaped."""
    body = text[text.index("\\begin{document}") :]
    assert text.endswith("\\end{document}\n")
    assert body.count("\\end{document}") == 1
    assert set(re.findall(r"\\([A-Za-z]+)", body.replace("\\\\", ""))) <= _COMMANDS
    bare = re.sub(r"\\\\|\\[^A-Za-z]", "", body)
    assert not set("#$%^") & set(bare)
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    stack = []
    for way, name in re.findall(r"\\(begin|end)\{([a-z]+)\}", body):
        if way == "begin":
            stack.append(name)
        else:
            assert stack.pop() == name
    assert not stack


def test_headings_of_groups_span_their_columns() -> None:
    columns = [Column(f"c{n}", holds=Holds.SIGNS, group="A" if n < 2 else "B") for n in range(5)]
    row = Row("r", [Cell(str(n)) for n in range(5)])
    document = Document("Groups", [Table("T", "t", "row", columns, [row])])
    assert '<th colspan="2" scope="colgroup" dir="auto">A</th>' in written(document, "html").decode()
    assert "\\multicolumn{3}{c}{B}" in written(document, "latex").decode()
    assert b'"","group","A","A","B","B","B"' in written(document, "csv") or b'"group","A"' in written(
        document, "csv"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(written(document, "xlsx"))).worksheets[0]
    assert {str(found) for found in sheet.merged_cells.ranges} == {"B1:C1", "D1:F1"}
    table = docx.Document(io.BytesIO(written(document, "docx"))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["", "A", "A", "B", "B", "B"]


def test_blocks_keep_groups_together_and_sums_at_the_end() -> None:
    grouped = [Column(f"c{n}", group=f"g{n // 8}") for n in range(40)]
    table = Table("T", "t", "row", [*grouped, Column("n", sum=True)], [])
    assert [len(block.places) for block in blocks(table)] == [16, 16, 9]
    plain = Table("T", "t", "row", [*(Column(f"c{n}") for n in range(21)), Column("n", sum=True)], [])
    assert [len(block.places) for block in blocks(plain)] == [11, 11]
    assert blocks(plain)[0].said == "columns 1 to 11 of 21"
    assert blocks(Table("T", "t", "row", grouped[:20], [])) == [Block(tuple(range(20)), "")]
    one = Table("T", "t", "row", [Column(f"c{n}", group="g") for n in range(45)], [])
    assert [len(block.places) for block in blocks(one)] == [20, 20, 5]


def test_a_table_without_rows_or_headings_of_rows_is_written() -> None:
    bare = Table("T", "t", "", [Column("a"), Column("b")], [Row("", [Cell("1"), Cell("2")])])
    for table in (bare, Table("T", "t", "row", [Column("a")], [])):
        for name in FORMATS:
            _sound(name, written(Document("D", [table]), name))
    assert written(Document("D", [bare]), "csv").decode("utf-8-sig") == '"a","b"\n"1","2"\n'


def test_the_format_is_told_by_the_ending_or_by_name() -> None:
    assert [format_of(f"a{suffix}").name for suffix in (".HTM", ".tex", ".xlsx")] == ["html", "latex", "xlsx"]
    assert format_of("a.txt", "csv").name == "csv"
    with pytest.raises(WrongUse, match=r"a\.odt does not say which format: end it in one of \.csv"):
        format_of("a.odt")


def test_the_review_is_never_overwritten_and_nothing_half_is_left(tmp_path: Path) -> None:
    review = tmp_path / "a.realist"
    review.write_bytes(b"kept")
    document = Document("D", [])
    with pytest.raises(Refused, match="is the review itself"):
        save(document, review, "csv", review=str(review))
    with pytest.raises(RealistError, match="cannot be written"):
        save(document, tmp_path / "no" / "a.csv", "csv")
    with pytest.raises(Refused, match="already there"):
        save(document, review, "csv", new=True)
    assert review.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [review]


@pytest.mark.parametrize(
    ("name", "module", "instead"), [("xlsx", "xlsxwriter", "CSV"), ("docx", "docx", "HTML")]
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, instead: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(RealistError, match=rf"pip install 'realist\[office\]', or write {instead}"):
        written(Document("D", []), name)


def test_what_latex_sets_is_read_as_it_was() -> None:
    with pytest.raises(KeyError):
        tex_text("\\input{x}")


_SCRIPT = """
import sys, time
shift = float(sys.argv[1])
real, local = time.time, time.localtime
time.time = lambda: real() + shift
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
from hashlib import sha256
from realist.exports.writing import FORMATS, written
from tests.exports.test_writers import everywhere
for name in FORMATS:
    print(name, sha256(written(everywhere("Trust (2019) \\u2713 =1"), name)).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_years_and_zones_apart_write_the_same_bytes() -> None:
    said = []
    for seed, zone, shift in (("0", "UTC", "0"), ("4711", "Pacific/Auckland", "98765432")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", _SCRIPT, shift]
        root = Path(__file__).parents[2]
        found = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=root)
        said.append(found.stdout)
    assert said[0] == said[1]
    assert len(said[0].splitlines()) == len(FORMATS)
