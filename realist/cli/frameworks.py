"""Verbs for frameworks of codes."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.coding import code_json
from realist.cli.desk import as_json, desk, review, viewer
from realist.domain.codes import Book, read_book
from realist.errors import RealistError, Refused
from realist.queries import codings as queries
from realist.queries.naming import resolve
from realist.services import coding as services
from realist.text import line


@click.group("framework")
def framework_() -> None:
    """Frameworks of codes that were there before the reading."""


@framework_.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def framework_import(file: Path, json_: bool) -> None:
    """Add a framework with its codes from a TOML file.

    \b
    Such a file:
      name = "Levels of integration"
      source = "Hale 2013"
      [[code]]
      name = "Clinical"
      [[code]]
      name = "Case finding"
      description = "Who looks for whom, and how."
      within = "Clinical"
    """
    with desk() as at:
        book = _read(file)
        uid = services.add_framework(at, book)
    show.done(
        json_, uid, f"The framework {book.name} was added with {show.counted(len(book.codes), 'code')}."
    )


def _read(file: Path) -> Book:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RealistError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RealistError(f"{file} is not UTF-8 (byte {error.start + 1}): save it as UTF-8.") from error
    try:
        return read_book(text)
    except Refused as error:
        raise Refused(f"{file}: {error} Nothing was imported.") from None


@framework_.command("add")
@click.argument("name")
@click.option("--source", default="", help="Where it comes from.")
@click.option("--note", default="")
@as_json
def framework_add(name: str, source: str, note: str, json_: bool) -> None:
    """Add a framework without codes; `realist code add --framework` adds them."""
    with desk() as at:
        uid = services.add_framework(at, Book(name, source, note))
    show.done(json_, uid, f"The framework {line(name)} was added.")


@framework_.command("list")
@as_json
def framework_list(json_: bool) -> None:
    """List the frameworks with how many codes each has."""
    with review() as store, store.read() as connection:
        rows = [row._asdict() for row in queries.frameworks(connection)]
    if json_:
        show.say_json(rows)
    else:
        headings = {"name": "framework", "codes": "codes", "source": "source", "note": "note"}
        show.table(rows, headings, grow="note")


@framework_.command("show")
@click.argument("name")
@as_json
def framework_show(name: str, json_: bool) -> None:
    """Show a framework: its codes in order, what they mean, how often they were put."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "framework", name)
        of = next(row for row in queries.frameworks(connection) if row.uid == uid)
        codes = [row for row in queries.codes(connection) if row.framework == uid]
        counted = queries.counted(connection, viewer=viewer())
    if json_:
        show.say_json({**of._asdict(), "codes": [code_json(row, counted) for row in codes]})
        return
    show.title(of.name + (f" ({of.source})" if of.source else ""))
    if of.note:
        show.paragraph(of.note)
    for row in codes:
        indent = "  " * (len(row.path) - 1)
        retired = f" [retired: {row.ended}]" if row.ended else ""
        things = counted.get(row.uid, (0, 0))[0]
        show.paragraph(f"{row.name}  on {show.counted(things, 'thing')}{retired}", indent=indent)
        if row.description:
            show.paragraph(row.description, indent=f"{indent}    ")
