"""HTML: one file without scripts that asks no server for anything, in light and dark, and to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape

from realist.exports.table import (
    Cell,
    Document,
    Frame,
    Heading,
    Holds,
    Part,
    Row,
    Style,
    Table,
    Text,
    headings,
)
from realist.exports.writing.safe import anchor, inline, lines
from realist.exports.writing.setting import upright

_STYLE = """
:root{color-scheme:light dark;
--ink:#1a1a1a;--paper:#fff;--soft:#595959;--line:#bbb;--wash:#f2f4f7;--link:#0b57a4}
@media (prefers-color-scheme:dark){
:root{--ink:#e8e8e8;--paper:#16181b;--soft:#a8adb4;--line:#4a4f57;--wash:#22262b;--link:#8ec5ff}}
body{margin:2rem auto;max-width:75rem;padding:0 1rem;background:var(--paper);color:var(--ink);
font:16px/1.5 "Segoe UI","Helvetica Neue",Arial,sans-serif}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem}h3{font-size:1.05rem;margin-bottom:.2rem}
a{color:var(--link)}
.about,.note{color:var(--soft);font-size:.875rem}.note{margin:.25rem 0}
.scroll{overflow:auto;max-height:90vh}
table{border-collapse:collapse;font-size:.875rem;border-top:2px solid;border-bottom:2px solid}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{padding:.3rem .55rem;vertical-align:top;text-align:left}
thead th{position:sticky;top:0;background:var(--paper);vertical-align:bottom;border-bottom:1px solid}
thead tr.groups th{border-bottom:1px solid var(--line);text-align:center;position:static}
tbody th{font-weight:400;white-space:nowrap}tbody tr:nth-child(even){background:var(--wash)}
tfoot th,tfoot td{border-top:1px solid var(--line);color:var(--soft);font-weight:400}
.signs{text-align:center}.numbers{text-align:right;font-variant-numeric:tabular-nums}
.signs a{text-decoration:none;display:block}.signs a:hover,.signs a:focus{text-decoration:underline}
.upright{writing-mode:vertical-rl;transform:rotate(180deg);max-height:14rem;text-align:left}
.words p{margin:0 0 .3rem}.behind ul{margin:.1rem 0 .6rem;padding-left:1.2rem}
.behind h4{margin:.6rem 0 0;font-size:.95rem}
.frame{border:1px solid;padding:.6rem 1rem;margin:1.2rem 0;border-radius:4px}
.frame h3{margin:.1rem 0 .4rem}.frame .note{border-bottom:1px solid var(--line);padding-bottom:.4rem}
.chain{font-weight:600}ul.quotes{padding-left:1.2rem}
:target{outline:2px solid var(--link);outline-offset:2px}
@media print{@page{size:A4 landscape;margin:1.5cm}body{max-width:none;margin:0;font-size:10pt}
.scroll{overflow:visible;max-height:none}thead{display:table-header-group}tr,.frame{break-inside:avoid}
thead th{position:static}a{color:inherit;text-decoration:none}tbody tr:nth-child(even){background:none}}
""".strip()
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="referrer" content="no-referrer">\n'
)


def write(document: Document) -> bytes:
    """Return a document as a page of HTML."""
    title = escaped(document.title)
    found = [
        f"{_HEAD}<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    ]
    found += (f'<p class="about" dir="auto">{escaped(about)}</p>\n' for about in document.about)
    in_list = False
    for part in document.parts:
        quote = isinstance(part, Text) and part.style is Style.QUOTE
        if quote != in_list:
            found.append('<ul class="quotes">\n' if quote else "</ul>\n")
            in_list = quote
        found += _part(part)
    found.append("</ul>\n" if in_list else "")
    found.append("</main>\n</body>\n</html>\n")
    return "".join(found).encode("utf-8")


@lru_cache(maxsize=8192)
def escaped(text: str) -> str:
    """Return *text* on one line as it may stand in an element or an attribute."""
    return escape(inline(text))


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Table):
        yield from _table(part)
    elif isinstance(part, Frame):
        yield f'<section class="frame" id="{anchor(part.key)}">\n<h3 dir="auto">{escaped(part.title)}</h3>\n'
        quotes = [text for text in part.parts if text.style is Style.QUOTE]
        for text in part.parts:
            if text.style is not Style.QUOTE:
                yield from _text(text)
        if quotes:
            yield '<ul class="quotes">\n'
            for text in quotes:
                yield from _text(text)
            yield "</ul>\n"
        yield "</section>\n"
    elif isinstance(part, Heading):
        level = min(part.level + 1, 6)
        yield f'<h{level} dir="auto">{escaped(part.text)}</h{level}>\n'
    else:
        yield from _text(part)


def _text(text: Text) -> Iterator[str]:
    tag = "li" if text.style is Style.QUOTE else "p"
    name = f"<strong>{escaped(text.name)}</strong> " if text.name else ""
    for place, line in enumerate(lines(text.text) or ([""] if name else [])):
        yield f'<{tag} class="{text.style}" dir="auto">{"" if place else name}{escaped(line)}</{tag}>\n'


def _table(table: Table) -> Iterator[str]:
    key = anchor(table.key)
    stand = upright(table)
    yield f'<div class="scroll">\n<table id="{key}">\n'
    yield f'<caption dir="auto">{escaped(table.title)}</caption>\n<thead>\n'
    if table.grouped:
        yield '<tr class="groups">' + ("<td></td>" if table.corner else "")
        for group, n in headings(table, range(len(table.columns))):
            yield f'<th colspan="{n}" scope="colgroup" dir="auto">{escaped(group)}</th>'
        yield "</tr>\n"
    yield "<tr>" + (f'<th scope="col">{escaped(table.corner)}</th>' if table.corner else "")
    for column in table.columns:
        name = escaped(column.name)
        inner = f'<span class="upright">{name}</span>' if stand and not column.sum else name
        note = f' title="{escaped(column.note)}"' if column.note else ""
        yield f'<th scope="col" class="{column.holds}" dir="auto"{note}>{inner}</th>'
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield _row(table, row, key)
    yield "</tbody>\n"
    if table.foot:
        yield "<tfoot>\n"
        for row in table.foot:
            yield _row(table, row, key)
        yield "</tfoot>\n"
    yield "</table>\n</div>\n"
    for note in table.notes:
        yield f'<p class="note" dir="auto">{escaped(note)}</p>\n'
    if table.behind:
        yield from _behind(table)


def _row(table: Table, row: Row, key: str) -> str:
    head = f'<th scope="row" dir="auto">{escaped(row.name)}</th>' if table.corner else ""
    cells = [_cell(cell, column.holds, key) for cell, column in zip(row.cells, table.columns, strict=True)]
    return f"<tr>{head}{''.join(cells)}</tr>\n"


def _cell(cell: Cell, holds: Holds, key: str) -> str:
    """Return a cell; what only a sign says to the eye is said in words to who listens."""
    if not cell.behind and holds is not Holds.WORDS:
        return _plain_cell(cell, holds)
    said = _said(cell)
    if holds is Holds.WORDS and "\n" in said:
        inner = "".join(f'<p dir="auto">{escaped(line)}</p>' for line in lines(said))
    else:
        inner = escaped(said)
    if not cell.behind:
        return f'<td class="{holds}" dir="auto">{inner}</td>'
    place = anchor(key, cell.behind)
    label = f' aria-label="{escaped(_spoken(cell))}"' if cell.sign is not None else ""
    return f'<td class="{holds}" id="c-{place}"><a href="#{place}"{label}>{inner}</a></td>'


@lru_cache(maxsize=4096)
def _plain_cell(cell: Cell, holds: Holds) -> str:
    spoken = escaped(_spoken(cell))
    label = f' title="{spoken}"' if cell.sign is not None and spoken else ""
    return f'<td class="{holds}"{label}>{escaped(_said(cell))}</td>'


def _said(cell: Cell) -> str:
    shown = cell.shown
    return shown if shown or cell.number is None else str(cell.number)


def _spoken(cell: Cell) -> str:
    text = cell.state.replace("_", " ")
    return text if not cell.text or cell.text == cell.state else f"{text} {cell.text}".strip()


def _behind(table: Table) -> Iterator[str]:
    yield f'<section class="behind">\n<h2>{escaped(table.sources)}</h2>\n'
    row = None
    key = anchor(table.key)
    for of, behind in table.behind.items():
        if behind.row != row:
            row = behind.row
            yield f'<h3 dir="auto">{escaped(row)}</h3>\n'
        place = anchor(key, of)
        yield f'<h4 id="{place}" dir="auto"><a href="#c-{place}">{escaped(behind.column)}</a></h4>\n<ul>\n'
        for piece in behind.pieces:
            yield f'<li dir="auto">{escaped(piece.sentence())}</li>\n'
        yield "</ul>\n"
    yield "</section>\n"
