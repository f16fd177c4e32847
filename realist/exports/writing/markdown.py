"""Markdown: tables with pipes, as GitHub and pandoc read them; words from a review are never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from realist.exports.table import (
    Column,
    Document,
    Frame,
    Heading,
    Holds,
    Part,
    Style,
    Table,
    Text,
)
from realist.exports.writing.safe import inline, lines

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$^&!@])")
_STARTS = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=:])")
_RULES = {Holds.SIGNS: ":-:", Holds.NUMBERS: "--:", Holds.WORDS: ":--"}


def write(document: Document) -> bytes:
    """Return a document as Markdown."""
    found = [f"# {escaped(document.title)}", *(escaped(about) for about in document.about)]
    for part in document.parts:
        found += _part(part)
    return ("\n\n".join(found) + "\n").encode("utf-8")


@lru_cache(maxsize=8192)
def escaped(text: str) -> str:
    """Return *text* on one line so that it is read as it stands, also at the beginning of a line.

    An address is not made a link, either: its colon and its first dot are escaped.
    """
    one = _MARKUP.sub(r"\\\1", inline(text)).replace("://", "\\://").replace("www.", "www\\.")
    return _STARTS.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", one)


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Table):
        yield from _table(part)
    elif isinstance(part, Frame):
        yield f"#### {escaped(part.title)}"
        inner = "\n\n".join(one for text in part.parts for one in _text(text)).replace("\n\n- ", "\n- ")
        yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    elif isinstance(part, Heading):
        yield f"{'#' * (part.level + 1)} {escaped(part.text)}"
    else:
        yield from _text(part)


def _text(text: Text) -> Iterator[str]:
    name = f"{_strong(text.name)} ".lstrip()
    found = lines(text.text)
    if text.style is Style.QUOTE and found:
        yield "\n".join([f"- {name}{escaped(found[0])}", *(f"  {escaped(line)}" for line in found[1:])])
        return
    for place, line in enumerate(found or [""]):
        said = f"{'' if place else name}{escaped(line)}".rstrip()
        if said:
            yield said


def _table(table: Table) -> Iterator[str]:
    yield _strong(table.title)
    columns = [Column("", holds=Holds.WORDS)] if table.corner else []
    columns += table.columns
    yield "\n".join(
        [
            _line([*([escaped(table.corner)] if table.corner else []), *_heads(table)]),
            _line([_RULES[column.holds] for column in columns]),
            *(
                _line(
                    [
                        *([escaped(row.name)] if table.corner else []),
                        *(_cell(cell.shown) for cell in row.cells),
                    ]
                )
                for row in (*table.rows, *table.foot)
            ),
        ]
    )
    for note in table.notes:
        yield escaped(note)
    if table.behind:
        yield f"## {escaped(table.sources)}"
        row = None
        for behind in table.behind.values():
            if behind.row != row:
                row = behind.row
                yield f"### {escaped(row)}"
            pieces = [f"- {escaped(piece.sentence())}" for piece in behind.pieces]
            yield "\n".join([_strong(behind.column), "", *pieces])


def _heads(table: Table) -> list[str]:
    """Return the headings; Markdown has one row of them, so that a group stands before its columns' names."""
    if not table.grouped:
        return [escaped(column.name) for column in table.columns]
    return [
        f"{escaped(group)}: {escaped(column.name)}" if group else escaped(column.name)
        for column in table.columns
        for group in (column.group,)
    ]


def _cell(text: str) -> str:
    return escaped(text) if "\n" not in text else "<br>".join(escaped(line) for line in lines(text))


def _strong(text: str) -> str:
    """Return *text* strong; nothing is not made so, for asterisks alone would be a rule."""
    return f"**{one}**" if (one := escaped(text)) else ""


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
