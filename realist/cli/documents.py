"""Verbs for full texts: attached, read, read again, taken off."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.errors import NotFound, RealistError
from realist.queries import texts
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.queries.sets import labels
from realist.services import attaching
from realist.text import line, paragraphs, shorten
from realist.vocabulary import AnchorState

_SIZES = ("bytes", "kB", "MB")


class _Pages:
    """A line on standard error with the pages read, where that is a terminal."""

    def __init__(self, name: str, quiet: bool) -> None:
        self._name, self._shown = shorten(name, 40), 0.0
        self._on = sys.stderr.isatty() and not quiet

    def __call__(self, done: int, total: int) -> None:
        if self._on and time.monotonic() - self._shown > 0.2:
            self._shown = time.monotonic()
            of = f" of {total:,}" if total else ""
            click.echo(f"\r\x1b[K{self._name}: page {done:,}{of}", nl=False, err=True)

    def done(self) -> None:
        """Take the line away."""
        if self._on:
            click.echo("\r\x1b[K", nl=False, err=True)


@click.command("attach")
@click.argument("paper")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--embed", is_flag=True, help="Keep the file in the review itself, not beside it.")
@as_json
def attach_(paper: str, file: Path, embed: bool, json_: bool) -> None:
    """Attach the full text of a paper: PDF, DOCX, HTML, Markdown or plain text.

    The file is kept, by its hash, in the folder NAME.files beside NAME.realist; what can be read in it is
    kept in the review, page by page, and found by `realist find`. Quotations that were recorded before are
    looked for in it.

    \b
    Example:
      realist attach "Choi (2012)" choi2012.pdf
    """
    pages = _Pages(file.name, json_)
    with desk() as at:
        try:
            done = attaching.attach(at, paper, file, embed=embed, progress=pages)
        finally:
            pages.done()
    _say_read(done, f"{line(file.name)} was attached to {line(paper)}", json_)


@click.group("document")
def document_() -> None:
    """Full texts that are attached: list, show, read again, save, take off."""


@document_.command("list")
@click.argument("paper", required=False)
@as_json
def document_list(paper: str | None, json_: bool) -> None:
    """List the full texts of a paper, or all."""
    with review() as store, store.read() as connection:
        found = texts.files_of(connection, resolve(connection, "paper", paper)) if paper else None
        found = texts.attached(connection) if found is None else found
        grouping = paper_grouping(connection)
        names = labels(connection, list({grouping[file.paper] for file in found}))
    rows = [_row(file, grouping[file.paper], names[grouping[file.paper]]) for file in found]
    if json_:
        show.say_json(rows)
        return
    for row in rows:
        row["size"] = _size(row["size"])
        row["read"] = "scanned: no text" if row["scanned"] else show.counted(row["pages"], "page")
    show.table(
        rows,
        {"label": "paper", "name": "file", "kind": "kind", "size": "size", "read": "read", "uid": "uid"},
        grow="name",
    )


def _row(file: texts.Attached, paper: str, label: str) -> dict[str, Any]:
    text = file.text
    return {
        "uid": file.uid, "paper": paper, "label": label, "name": file.name, "kind": file.kind,
        "sha256": file.sha256, "size": file.size, "by": file.by, "at": file.at, "text": text.uid,
        "number": text.number, "extractor": text.extractor, "version": text.version, "pages": text.pages,
        "scanned": text.scanned, "problems": list(text.problems),
    }  # fmt: skip


def _size(size: int) -> str:
    value, names = float(size), iter(_SIZES)
    name = next(names)
    while value >= 1000 and (name := next(names, "")):
        value /= 1000
    return f"{value:.0f} {name or 'GB'}"


@document_.command("show")
@click.argument("document")
@click.option("--page", default="", help="One page, by the number printed on it or its place in the file.")
@as_json
def document_show(document: str, page: str, json_: bool) -> None:
    """Print what was read out of a full text: its headings and pages, or one page.

    DOCUMENT is its uid, the name of its file, or a paper that has one full text.
    """
    with review() as store, store.read() as connection:
        file = _named(connection, document)
        sections = texts.sections_of(connection, file.text.uid)
        if page:
            one = texts.page_by_label(connection, file.text.uid, line(page))
            if one is None:
                raise NotFound(f"{file.name} has no page {line(page)}: it has {file.text.pages}.")
            pages = [one]
        else:
            pages = texts.pages_of(connection, file.text.uid, file.paper)
    if json_:
        show.say_json(
            {
                **_row(file, file.paper, ""),
                "sections": [section._asdict() for section in sections],
                "text_of_pages": [one._asdict() for one in pages],
            }
        )
        return
    for problem in () if page else file.text.problems:
        show.say(f"({problem})")
    heads = {(section.page, section.title) for section in sections}
    for one in pages:
        show.say(f"── page {one.label or one.number} " + "─" * 20)
        for block in paragraphs(one.text).split("\n"):
            show.paragraph(block, indent="" if (one.number, line(block)) in heads else "  ")
        show.say("")


def _named(connection: Any, document: str) -> texts.Attached:
    wanted = line(document)
    found = [file for file in texts.attached(connection) if wanted in (file.uid, file.name)]
    if not found:
        found = texts.files_of(connection, resolve(connection, "paper", document))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"{wanted} has no full text: `realist attach` adds one.")
    names = ", ".join(f"{file.name} ({file.uid})" for file in found)
    raise RealistError(f"{wanted} has several full texts: name one by its uid: {names}.")


@document_.command("again")
@click.argument("document")
@as_json
def document_again(document: str, json_: bool) -> None:
    """Read a full text again, as this version of the program reads it; the text before stays, too.

    Quotations are looked for in what comes out now: at their places, or flagged.
    """
    with desk() as at:
        with at.store.read() as connection:
            file = _named(connection, document)
        pages = _Pages(file.name, json_)
        try:
            done = attaching.read_again(at, file.uid, progress=pages)
        finally:
            pages.done()
    if done is None:
        show.done(json_, file.uid, f"{file.name} reads as it did before: nothing was changed.")
        return
    _say_read(done, f"{file.name} was read again", json_)


@document_.command("save")
@click.argument("document")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def document_save(document: str, file: Path, json_: bool) -> None:
    """Write the file of a full text, as it was attached, to FILE."""
    with review() as store:
        with store.read() as connection:
            found = _named(connection, document)
        content = attaching.content_of(store, found.uid)
    try:
        with file.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        raise RealistError(f"{file} cannot be written: {error.strerror}. Choose another name.") from error
    show.done(json_, found.uid, f"{found.name} was written to {file}.")


@document_.command("drop")
@click.argument("document")
@click.option("--reason", required=True)
@as_json
def document_drop(document: str, reason: str, json_: bool) -> None:
    """Take a full text off its paper. Quotations stay, with their words; the file stays where it is kept."""
    with desk() as at:
        with at.store.read() as connection:
            file = _named(connection, document)
        attaching.detach(at, file.uid, reason=reason)
    show.done(json_, file.uid, f"{file.name} was taken off.")


def _say_read(done: attaching.Read, what: str, json_: bool) -> None:
    if json_:
        show.say_json(
            {
                "document": done.document,
                "text": done.text,
                "pages": done.pages,
                "sections": done.sections,
                "scanned": done.scanned,
                "problems": list(done.problems),
                "excerpts": {str(state): done.excerpts[state] for state in AnchorState},
            }
        )
        return
    heads = show.counted(done.sections, "heading")
    show.say(f"{what}: {show.counted(done.pages, 'page')}, {heads}.")
    if done.scanned:
        show.say("Its pages are pictures: there is no text to select or search. A text recognition program")
        show.say("(ocrmypdf, for one) makes a file that can be attached beside it.")
    for problem in done.problems[:10]:
        show.say(f"  {problem}")
    if done.excerpts:
        counts = ", ".join(f"{n} {state}" for state, n in done.excerpts.items())
        show.say(f"Excerpts looked for in it: {counts}.")
