"""Markdown to plain text: without its marks, headings known, tables row by row (CommonMark, with tables)."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from realist.documents.assembly import Assembly
from realist.documents.html import text_of
from realist.documents.values import Document, DocumentKind

RULES = 1
"""The version of the rules by which text is put together."""

_LISTS = frozenset({"bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"})
_TEXT = frozenset({"text", "text_special", "code_inline", "image"})


def read(text: str) -> Document:
    """Return the text of a Markdown file, one page long."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assembly = Assembly()
    level, first_row, close, depth = 0, True, False, 0
    listed = False
    row: list[str] | None = None
    for token in parser.parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "table_open":
            first_row = True
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            assembly.add_row(row, close=not first_row)
            row, first_row = None, False
        elif token.type in _LISTS:
            depth += token.nesting
        elif token.type == "list_item_open":
            close = listed
            listed = True
        elif token.type == "inline":
            content = _inline(token.children or ())
            if row is not None:
                row.append(content)
            else:
                assembly.add(content, level, close=close)
            level, close, listed = 0, False, listed and depth > 0
        elif token.type in ("fence", "code_block"):
            assembly.add(token.content)
        elif token.type == "html_block":
            assembly.add(text_of(token.content))
    return Document(
        DocumentKind.MARKDOWN, "realist", f"markdown {RULES}", assembly.pages(), assembly.sections()
    )


def _inline(children: Sequence[Token]) -> str:
    """Return the words of a paragraph; a line end is a space, a forced one stays."""
    parts = []
    for child in children:
        if child.type in _TEXT:
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" " if child.type == "softbreak" else "\n")
    return "".join(parts)
