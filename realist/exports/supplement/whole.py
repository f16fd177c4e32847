"""The whole supplement of a paper in one folder, with a page that lists it.

What cannot be made (nothing recorded, too large, something hidden) is named on the page with the reason;
nothing of it is left out in silence. The same review gives the same files.
"""

from __future__ import annotations

import io
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from realist.errors import RealistError, Refused
from realist.exports.archive import write_archive
from realist.exports.boxes_table import boxes_document, chosen_boxes, cmoc_document
from realist.exports.figures.drawn import FIGURES, Asked
from realist.exports.flow_figure import Made, flow_mermaid
from realist.exports.grid_table import grid_document
from realist.exports.prisma import prisma_csv
from realist.exports.references import write_references
from realist.exports.supplement.checklist import STANDARDS, checklist
from realist.exports.supplement.methods import feedback, methods
from realist.exports.supplement.papers import appraised, characteristics, excluded
from realist.exports.supplement.searching import search_appendix
from realist.exports.table import Document
from realist.exports.theory_report import theory_report
from realist.exports.writing import written
from realist.queries.facts import made_of_documents
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.prisma import prisma
from realist.queries.reporting import in_order, members_of
from realist.queries.review import review
from realist.queries.theory_story import story
from realist.store.engine import Store
from realist.text import plain

Told = Callable[[str, float], None]


class Item(NamedTuple):
    """A file of the supplement: its name, what it is called, what makes its bytes."""

    file: str
    title: str
    make: Callable[[], bytes]


class Done(NamedTuple):
    """A file that was made, or why it was not (``why``)."""

    file: str
    title: str
    bytes: int
    why: str = ""


def write_supplement(
    store: Store, folder: Path, *, viewer: str, archive: bool = True, told: Told | None = None
) -> list[Done]:
    """Write the supplement into a new *folder*, there whole or not at all; return what is in it.

    *told* hears what comes next and which share is done, and may raise to stop. Raises Refused for a folder
    that is there, RealistError for one that cannot be made.
    """
    if folder.exists():
        raise Refused(f"{folder} is already there: choose another name.")
    aside = folder.with_name(f".{folder.name[:50]}.{secrets.token_hex(4)}.part")
    try:
        aside.mkdir()
        found = _filled(store, aside, viewer, archive, told)
        aside.rename(folder)
    except OSError as error:
        raise RealistError(f"{folder} cannot be written: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            shutil.rmtree(aside)
    return found


def _filled(store: Store, folder: Path, viewer: str, archive: bool, told: Told | None) -> list[Done]:
    found: list[Done] = []
    with store.read() as connection:
        title = str(review(connection)["title"])
        items = list(_items(store, connection, viewer))
        for place, item in enumerate(items):
            if told:
                told(item.title, place / (len(items) + 1))
            found.append(_made(folder, item))
    if archive:
        if told:
            told("the review as an archive", len(items) / (len(items) + 1))
        found.append(_archived(store, folder, viewer))
    (folder / "index.html").write_text(_page(title, found), encoding="utf-8")
    return found


def _made(folder: Path, item: Item) -> Done:
    try:
        content = item.make()
    except RealistError as error:
        return Done(item.file, item.title, 0, str(error))
    (folder / item.file).write_bytes(content)
    return Done(item.file, item.title, len(content))


def _archived(store: Store, folder: Path, viewer: str) -> Done:
    file, title = "review.zip", "The review as an archive of plain tables"
    try:
        made = write_archive(store, folder / file, viewer=viewer, attachments=False)
    except RealistError as error:
        return Done(file, title, 0, str(error))
    return Done(file, title, made.bytes)


def _items(store: Store, connection: Connection, viewer: str) -> Iterator[Item]:
    for name, title, document in documents(connection, viewer):
        for ending, kind in (("docx", "docx"), ("md", "markdown")):
            yield Item(f"{name}.{ending}", f"{title} ({ending})", partial(_written, document, kind))
        if name in ("grid", "cmoc-tables", "characteristics"):
            yield Item(f"{name}.xlsx", f"{title} (xlsx)", partial(_written, document, "xlsx"))
    yield Item("grid.csv", "Evidence grid (csv)", partial(_grid_csv, connection, viewer))
    yield Item("theory.txt", "How the theory came about", partial(_theory, connection, viewer))
    for name, draw in FIGURES.items():
        yield Item(f"figure-{name}.svg", f"Figure: {name}", partial(_drawn, draw, connection, viewer))
    yield Item("flow.mmd", "Flow of documents, for Mermaid", partial(_mermaid, connection, viewer))
    yield Item("prisma2020.csv", "Flow for the R package PRISMA2020", partial(_prisma, connection, viewer))
    for name, ending in (("ris", "ris"), ("bibtex", "bib"), ("csl-json", "json")):
        yield Item(
            f"included.{ending}",
            f"Included papers ({ending})",
            partial(_references, store, connection, name, viewer),
        )
    yield Item("map.html", "Evidence map, to look around in", partial(_map, connection, viewer))


def documents(connection: Connection, viewer: str) -> Iterator[tuple[str, str, Callable[[], Document]]]:
    """Yield what can be printed: a name for files, what it is called, and what makes the document."""

    def grid() -> Document:
        return grid_document(connection, evidence_grid(connection, viewer=viewer), "ticks", viewer=viewer)

    def chosen(make: Callable[..., Document]) -> Document:
        return make(chosen_boxes(connection, viewer=viewer))

    yield "grid", "Evidence grid", grid
    yield "boxes", "CMO boxes", partial(chosen, boxes_document)
    yield "cmoc-tables", "Tables of configurations", partial(chosen, cmoc_document)
    yield (
        "characteristics",
        "Characteristics of included papers",
        partial(characteristics, connection, viewer=viewer),
    )
    yield "appraisals", "Appraisal of included papers", partial(appraised, connection, viewer=viewer)
    yield "excluded", "Papers excluded at full text", partial(excluded, connection, viewer=viewer)
    yield "searches", "Searches as they were run", partial(search_appendix, connection)
    yield "feedback", "What stakeholders said", partial(feedback, connection, viewer=viewer)
    yield "methods", "Names and numbers for the methods", partial(methods, connection, viewer=viewer)
    for name in STANDARDS:
        yield name, f"Checklist: {name.upper()}", partial(checklist, connection, name, viewer=viewer)


def _written(document: Callable[[], Document], name: str) -> bytes:
    return written(document(), name)


def _grid_csv(connection: Connection, viewer: str) -> bytes:
    grid = evidence_grid(connection, viewer=viewer)
    return written(grid_document(connection, grid, "ticks", viewer=viewer, flat=True), "csv")


def _theory(connection: Connection, viewer: str) -> bytes:
    return plain(theory_report(story(connection, viewer=viewer), 100)).encode()


def _drawn(draw: Callable[[Connection, Asked], str], connection: Connection, viewer: str) -> bytes:
    return draw(connection, Asked(viewer=viewer)).encode()


def _mermaid(connection: Connection, viewer: str) -> bytes:
    made = [Made(*one) for one in made_of_documents(connection, viewer=viewer)]
    return flow_mermaid(staged_flow(connection, viewer=viewer), made).encode()


def _prisma(connection: Connection, viewer: str) -> bytes:
    return prisma_csv(prisma(connection, viewer=viewer)).encode()


def _references(store: Store, connection: Connection, name: str, viewer: str) -> bytes:
    _, members = members_of(connection, viewer=viewer)
    if not members:
        raise Refused("No included set holds a paper yet.")
    out = io.BytesIO()
    write_references(store, [one.uid for one in in_order(connection, members)], name, out)
    return out.getvalue()


def _map(connection: Connection, viewer: str) -> bytes:
    from realist.exports.evidence_map.facts import map_facts
    from realist.exports.evidence_map.page import map_page

    return map_page(map_facts(connection, viewer=viewer))


_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;
color-scheme:light dark}}li{{margin:.2rem 0}}small{{opacity:.75}}</style></head><body>
<h1>{title}</h1>
<p>The supplement, as `realist export all` wrote it from the review.</p>
"""


def _page(title: str, found: list[Done]) -> str:
    rows = [
        f'<li><a href="{escape(one.file, quote=True)}">{escape(plain(one.title))}</a>'
        f" <small>{escape(one.file)}, {one.bytes:,} bytes</small></li>"
        for one in found
        if not one.why
    ]
    missing = [
        f"<li>{escape(plain(one.title))} <small>{escape(plain(one.why))}</small></li>"
        for one in found
        if one.why
    ]
    parts = [_HEAD.format(title=escape(plain(title))), "<ul>", *rows, "</ul>"]
    if missing:
        parts += ["<h2>Not made</h2>", "<ul>", *missing, "</ul>"]
    return "\n".join([*parts, "</body></html>"]) + "\n"
