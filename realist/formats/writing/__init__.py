"""Writers: any set of papers as RIS, BibTeX, CSL-JSON, EndNote XML, CSV or XLSX, and what each cannot carry.

What is written reads back equal, but for what is named as a loss.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import islice
from typing import IO, Any, NamedTuple

from realist.formats.records import Fields
from realist.formats.writing.losses import Loss, compared

_AT_ONCE = 200
Lost = Callable[[int, Loss], None]


class Format(NamedTuple):
    """A format that papers are written in.

    Its name, what a person calls it, the suffix of its files, the module that writes it, and its encoding,
    ``""`` where it is no text.
    """

    name: str
    title: str
    suffix: str
    module: str
    encoding: str


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("ris", "RIS", ".ris", "ris", "utf-8"),
        Format("bibtex", "BibTeX", ".bib", "bibtex", "utf-8"),
        Format("csl-json", "CSL-JSON", ".json", "csl_json", "utf-8"),
        Format("endnote-xml", "EndNote XML", ".xml", "endnote_xml", "utf-8"),
        Format("csv", "CSV", ".csv", "table", "utf-8-sig"),
        Format("xlsx", "XLSX", ".xlsx", "xlsx", ""),
    )
}
"""The formats that papers can be written in, by name."""


def write(papers: Iterable[Fields], name: str, target: IO[bytes], lost: Lost | None = None) -> None:
    """Write a file of *papers* in the format *name*; some papers are held at a time.

    *lost* hears, with the number of a paper from 1, what the format cannot carry of it. Raises RealistError
    where XLSX is wanted and its extra is not installed.
    """
    if encoding := FORMATS[name].encoding:
        encode = codecs.getincrementalencoder(encoding)().encode
        for part in parts(papers, name, lost):
            target.write(encode(part))
        return
    from realist.formats.writing import xlsx

    xlsx.write((fields for some, _ in _written(papers, name, lost) for fields in some), target)


def parts(papers: Iterable[Fields], name: str, lost: Lost | None = None) -> Iterator[str]:
    """Yield what :func:`write` writes in a format that is text, in parts."""
    module = _module(name)
    yield module.HEAD
    between = ""
    for _, texts in _written(papers, name, lost):
        yield between + module.BETWEEN.join(texts)
        between = module.BETWEEN
    yield module.TAIL


def losses(fields: Fields, name: str) -> list[Loss]:
    """Return what the format *name* cannot carry of one paper."""
    found: list[Loss] = []
    for _ in _written([fields], name, lambda _, loss: found.append(loss)):
        pass
    return found


def _written(
    papers: Iterable[Fields], name: str, lost: Lost | None
) -> Iterator[tuple[list[Fields], list[str]]]:
    """Yield papers with their texts, some at a time, after *lost* heard what was lost of them."""
    module = _module(name)
    write_one, number, rest = module.writer(), 1, iter(papers)
    while some := list(islice(rest, _AT_ONCE)):
        texts = [write_one(fields) for fields in some]
        if lost:
            whole = partial(_whole, module)
            for place, found in enumerate(compared(some, texts, name, whole), number):
                for loss in found:
                    lost(place, loss)
        yield some, texts
        number += len(some)


def _module(name: str) -> Any:
    return import_module(f"realist.formats.writing.{FORMATS[name].module}")


def _whole(module: Any, texts: Sequence[str]) -> str:
    return str(module.HEAD + module.BETWEEN.join(texts) + module.TAIL)
