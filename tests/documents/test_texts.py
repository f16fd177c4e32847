"""HTML, Markdown and plain text to pages and headings."""

from __future__ import annotations

import pytest

from realist.documents import html, markdown, plaintext

PAGE = """<html><head><title>T</title><style>p {}</style></head><body>
<nav><a href=x>Menu</a></nav><script>var a = "<p>no</p>";</script>
<h1>Leading   joint&nbsp;teams</h1><p>Trust &amp; power &mdash; a <b>so-called</b> pair.<br>New line</p>
<h2>Methods</h2><div>Loose text<p>in a block</div>
<ul><li>one<li>two</ul>
<table><tr><th>Clinic<th>Patients</tr><tr><td>North<td>12<tr><td>South<td><table><tr><td>nested</table></table>
<p hidden>not shown</p><p style="display: none">nor this</p><pre>a
  b</pre>tail</body></html>"""


def test_html() -> None:
    document = html.read(PAGE)
    assert document.pages[0].text == (
        "Leading joint teams\n\nTrust & power — a so-called pair.\nNew line\n\nMethods\n\nLoose text"
        "\n\nin a block\n\none\ntwo\n\nClinic  Patients\nNorth  12\nSouth  nested\n\na\nb\n\ntail"
    )
    assert [(one.title, one.level) for one in document.sections] == [
        ("Leading joint teams", 1),
        ("Methods", 2),
    ]
    assert all(document.pages[0].text.startswith(one.title, one.position) for one in document.sections)


@pytest.mark.parametrize(
    "text",
    ["", "<", "<p", "<p>a</div></div>", "</td></tr>a", "<td>a<tr>b", "<table><tr><td>a",
     "<script>never closed", "<!-- open", "&#0;&#x1b;[2J&bogus;", "<h1>" * 3000 + "a",
     "<table><tr><td>" * 3000, "<div hidden>" * 3000],
)  # fmt: skip
def test_any_html_gives_a_page(text: str) -> None:
    document = html.read(text)
    assert len(document.pages) == 1
    assert "\x1b" not in document.pages[0].text


def test_markdown() -> None:
    document = markdown.read(
        "# Leading *joint* teams\n\nTrust<sup>1</sup> &amp; [power](http://x), `code`\ngoes on  \nNew line"
        "\n\nMethods\n-------\n\n- one\n- two\n\n| Clinic | Patients |\n|---|---|\n| North | 12 |\n\n"
        "```\n# no heading\n```\n\n<div>Some <b>HTML</b></div>\n\n![A figure](x.png)\n"
    )
    assert document.pages[0].text == (
        "Leading joint teams\n\nTrust1 & power, code goes on\nNew line\n\nMethods\n\none\ntwo\n\n"
        "Clinic  Patients\nNorth  12\n\n# no heading\n\nSome HTML\n\nA figure"
    )
    assert [(one.title, one.level) for one in document.sections] == [
        ("Leading joint teams", 1),
        ("Methods", 2),
    ]


@pytest.mark.parametrize(
    "text", ["", "#", "> " * 2000 + "a", "[" * 5000, "*a " * 5000, "| a |\n|---|\n" * 50]
)
def test_any_markdown_gives_a_page(text: str) -> None:
    assert len(markdown.read(text).pages) == 1


def test_plain_text_and_its_pages() -> None:
    document = plaintext.read(
        "Abstract\nTrust grew  slowly.\r\n\r\n\r\n\r\nIt went.\x07\fMethods\n\nWe asked.\f \f"
    )
    assert [page.text for page in document.pages] == [
        "Abstract\nTrust grew slowly.\n\nIt went.",
        "Methods\n\nWe asked.",
    ]
    assert [(one.title, one.level, one.page, one.position) for one in document.sections] == [
        ("Abstract", 1, 1, 0), ("Methods", 1, 2, 0),
    ]  # fmt: skip


def test_headings_of_plain_text_by_words_numbers_and_place() -> None:
    long = (
        "Trust grew slowly and went quickly, as one nurse of the second clinic put it to those who asked. "
        * 2
    )
    heads = ("2.1 Choosing the clinics", "How teams were led", "A short line.", "Table 1")
    text = f"1. Introduction\n{long}\n\n" + "".join(f"{head}\n\n{long}\n\n" for head in heads)
    text += "References:\n1. Adams B. A title. 2014."
    found = [(one.title, one.level) for one in plaintext.read(text).sections]
    assert found == [
        ("1. Introduction", 1),
        ("2.1 Choosing the clinics", 2),
        ("How teams were led", 2),
        ("References", 1),
    ]


def test_an_empty_text_is_an_empty_page() -> None:
    assert [page.text for page in plaintext.read("\f\f").pages] == [""]
