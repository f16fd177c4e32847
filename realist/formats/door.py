"""The one door for exports: whatever the format, a file goes in and records and remarks come out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import cast

from realist.errors import RealistError
from realist.formats.detect import KINDS, detect_bytes, detect_text, explain
from realist.formats.encoding import Survey, chunks, survey
from realist.formats.lines import decode, read_blocks
from realist.formats.pieces import read_pieces
from realist.formats.records import Item, Notes, Problem, Source
from realist.text import line
from realist.vocabulary import Severity

TextReader = Callable[[Iterable[str], Notes], Iterator[Item]]
FileReader = Callable[[Path, Notes], Iterator[Item]]

READERS: dict[str, str] = {
    "bibtex": "bibtex.meaning",
    "csl-json": "markup.csl_json",
    "csv": "tables.reading",
    "endnote-xml": "markup.endnote_xml",
    "enw": "tagged.enw",
    "nbib": "tagged.nbib",
    "ovid": "tagged.ovid",
    "ris": "tagged.ris",
    "tsv": "tables.reading",
    "wos": "tagged.wos",
    "wos-tab": "tables.reading",
}
"""Formats that are text, and the module whose ``read`` takes blocks of their lines.

A reader yields records and remarks in file order and fills the notes meanwhile. Modules are loaded when a
file of their format is read.
"""

STREAMS = frozenset({"csl-json", "endnote-xml"})
"""Formats in which lines mean nothing: their readers take pieces of the text that end anywhere."""

FILE_READERS: dict[str, str] = {"xlsx": "tables.spreadsheet"}
"""Formats that are no text, and the module whose ``read`` takes their path."""


class Export:
    """A file that was looked at once and can be iterated, more than once, for what it holds.

    Iterating yields ``(RawRecord, Fields)`` and :class:`Problem` in file order and keeps only the
    record at hand in memory. A file that is no export, or of a format without a reader, yields one
    Problem. Raises RealistError if the file has become unreadable.
    """

    def __init__(self, path: Path, source: Source, found: Survey, shown: str) -> None:
        self._path = path
        self._shown = shown
        self._source = source
        self._survey = found
        self._notes = Notes()

    @property
    def source(self) -> Source:
        """What is known of the file. ``product`` is filled while its records are read."""
        return self._source._replace(product=self._notes.product)

    @property
    def noise(self) -> int:
        """How many lines between records said nothing and were passed over in the last reading."""
        return self._notes.noise

    @property
    def share(self) -> float:
        """How much of the file was read so far, from 0 to 1."""
        return self._notes.share

    def __iter__(self) -> Iterator[Item]:
        self._notes = Notes()
        name = self._source.format
        if name not in READERS and name not in FILE_READERS:
            yield Problem(1, None, Severity.ERROR, explain(name))
            return
        silent = True
        try:
            for item in self._items(name):
                silent = silent and isinstance(item, Problem) and item.severity is Severity.WARNING
                yield item
        except OSError as error:
            raise _unreadable(self._shown, error) from error
        self._notes.share = 1.0
        if silent:
            message = (
                f"The file holds no record, although it looks like {KINDS[name]}: export the search again."
            )
            yield Problem(1, None, Severity.ERROR, message)

    def _items(self, name: str) -> Iterator[Item]:
        if name in FILE_READERS:
            yield from cast(FileReader, _reader(FILE_READERS[name]))(self._path, self._notes)
            return
        problems: list[Problem] = []
        cut = read_pieces if name in STREAMS else read_blocks
        blocks = cut(self._counted(), self._survey, problems)
        for item in cast(TextReader, _reader(READERS[name]))(blocks, self._notes):
            if problems:
                yield from _before(item, problems)
            yield item
        yield from problems

    def _counted(self) -> Iterator[bytes]:
        """Yield the bytes of the file, noting how far they go."""
        size, done = max(self._survey.size, 1), 0
        for chunk in chunks(self._path):
            yield chunk
            done += len(chunk)
            self._notes.share = min(done / size, 1.0)


def open_export(path: str | os.PathLike[str], encoding: str | None = None, name: str = "") -> Export:
    """Look at the file and return it ready to be read; *encoding* overrides what its bytes say.

    The file is read through once, in constant memory, for its hash, encoding and format. *name* is what
    it is called where it is not its own. Raises RealistError for a file that is missing, no regular file
    or unreadable, and for an encoding that is unknown or does not fit.
    """
    file = Path(path)
    shown = line(name or str(file))
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise RealistError(f'"{shown}" is not a file: name the exported file itself.')
        found = survey(file, encoding)
    except (OSError, ValueError) as error:
        raise _unreadable(shown, error) from error
    kind, used = detect_bytes(found.head), found.encoding
    if kind is not None and found.size:
        used = ""
    elif found.misfit is not None:
        raise RealistError(
            f'"{shown}" is not in the encoding {found.encoding} (byte {found.misfit + 1} does not '
            "fit): name another encoding, or none to let it be found."
        )
    kind = kind or detect_text("".join(decode([found.head], found.encoding, found.newline)))
    source = Source(line(name or file.name), found.sha256, found.size, kind, used)
    return Export(file, source, found, shown)


@contextmanager
def open_exports(path: str | os.PathLike[str], encoding: str | None = None) -> Iterator[list[Export]]:
    """Give the exports that a file holds: itself, or those within a packed file, as long as they are needed.

    What is within ``searches.zip`` is named ``searches.zip/embase.ris`` and has the hash of its own content.
    Raises what :func:`open_export` raises, and RealistError for a packed file that is not safe to unpack.
    """
    export = open_export(path, encoding)
    with ExitStack() as stack:
        exports, outer = [export], export.source.name
        if export.source.format == "zip":
            # Imported here: few imports need it, and it is slow to load.
            from realist.formats.packed import unpacked

            try:
                members = stack.enter_context(unpacked(Path(path), outer))
            except OSError as error:
                raise _unreadable(line(str(path)), error) from error
            exports = [open_export(member.path, encoding, f"{outer}/{member.name}") for member in members]
        yield exports


def _reader(module: str) -> TextReader | FileReader:
    return cast("TextReader | FileReader", import_module(f"realist.formats.{module}").read)


def _before(item: Item, problems: list[Problem]) -> Iterator[Problem]:
    """Yield and remove the problems of lines before the item's own."""
    line_of_item = item.line if isinstance(item, Problem) else item[0].line
    while problems and problems[0].line < line_of_item:
        yield problems.pop(0)


def _unreadable(shown: str, error: Exception) -> RealistError:
    if isinstance(error, FileNotFoundError):
        return RealistError(f'There is no file "{shown}": look at the name and the folder.')
    if isinstance(error, PermissionError):
        return RealistError(f'"{shown}" may not be read: change its permissions or copy it elsewhere.')
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is no file name"
    return RealistError(f'"{shown}" cannot be read ({reason}): copy the file elsewhere and try again.')
