"""Tables and documents written to files."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from realist.errors import RealistError, WrongUse
from realist.exports.table import Document
from realist.exports.writing import FORMATS, Format, format_of, save, written
from realist.text import cell

F = TypeVar("F", bound=Callable[..., Any])
FILE = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
"""A file to write to; - is standard output."""


def format_option(command: F) -> F:
    """Give a verb the option --format of those that write documents."""
    help_ = "Of the file; default: what its ending means."
    return click.option("--format", "name", type=click.Choice(list(FORMATS)), help=help_)(command)


def target_format(file: Path | None, name: str | None, json_: bool) -> Format | None:
    """Return the format of a file to be written, None without a file. Raises WrongUse, before any work."""
    if file is None:
        if name:
            raise WrongUse("--format is that of a file: name one.")
        return None
    if str(file) != "-":
        return format_of(str(file), name or "")
    if not name:
        raise WrongUse("- is standard output, which has no ending: say --format.")
    if json_:
        raise WrongUse("--json has no place to print to when the file goes to standard output.")
    if FORMATS[name].binary:
        raise WrongUse(f"{FORMATS[name].title} is no text: name a file.")
    return FORMATS[name]


def write_document(document: Document, file: Path, name: str, review: str) -> bool:
    """Write a document to a file, or to standard output; return whether there is room for a sentence there.

    *review* is the address of the review, whose file is never overwritten.
    """
    if str(file) != "-":
        save(document, file, name, review=review)
        return True
    sys.stdout.flush()
    sys.stdout.buffer.write(written(document, name))
    sys.stdout.buffer.flush()
    return False


def write_table(target: Path, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV that a spreadsheet can open and never runs."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([cell(name) for name in heading])
    for row in rows:
        writer.writerow(["" if v is None else cell(v) if isinstance(v, str) else v for v in row])
    write_whole(target, out.getvalue())


def write_whole(target: Path, text: str, *, marked: bool = True) -> None:
    """Write text to a file as UTF-8; *marked* so that spreadsheets know it as such."""
    try:
        target.write_text(text, encoding="utf-8-sig" if marked else "utf-8", newline="")
    except OSError as error:
        raise RealistError(f"{target} cannot be written: {error.strerror}.") from error
