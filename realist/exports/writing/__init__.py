"""Writers: a document of tables, text and frames as CSV, JSON, Markdown, HTML, LaTeX, XLSX or DOCX.

One module a format, each with ``write(document) -> bytes``, loaded when it is used. The same document gives
the same bytes, in any process, time zone and year. Words from a review are data in every format: nothing of
them is markup, a formula or a script, and characters that no text holds are left out.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from realist.errors import WrongUse
from realist.exports.files import opened
from realist.exports.table import Document


class Format(NamedTuple):
    """A format: its name, what a person calls it, the suffixes of its files, the module that writes it.

    ``binary`` files are no text; ``flat`` ones hold tables alone, and no paragraphs or frames between them.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    binary: bool = False
    flat: bool = False


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("csv", "CSV", (".csv",), flat=True),
        Format("json", "JSON", (".json",)),
        Format("markdown", "Markdown", (".md", ".markdown")),
        Format("html", "HTML", (".html", ".htm")),
        Format("latex", "LaTeX", (".tex",)),
        Format("xlsx", "XLSX", (".xlsx",), binary=True, flat=True),
        Format("docx", "DOCX", (".docx",), binary=True),
    )
}
"""The formats by name."""


def format_of(file: str, name: str = "") -> Format:
    """Return the format *name*, or else the one that the suffix of *file* means. Raises WrongUse."""
    if name:
        return FORMATS[name]
    suffix = Path(file).suffix.lower()
    for found in FORMATS.values():
        if suffix in found.suffixes:
            return found
    endings = ", ".join(found.suffixes[0] for found in FORMATS.values())
    raise WrongUse(f"{file} does not say which format: end it in one of {endings}, or name the format.")


def written(document: Document, name: str) -> bytes:
    """Return *document* in the format *name*.

    Raises RealistError where XLSX or DOCX is wanted and its extra is not installed.
    """
    content: bytes = import_module(f"realist.exports.writing.{name}").write(document)
    return content


def save(document: Document, path: Path, name: str, *, review: str = "", new: bool = False) -> None:
    """Write *document* to a file, whole or not at all; *review* is the file that is never overwritten.

    With *new* nothing is. Raises Refused and RealistError as :func:`realist.exports.files.opened`.
    """
    content = written(document, name)
    with opened(path, review, new=new) as target:
        target.write(content)
