"""The one door for exports: whatever the format, a file goes in and records and remarks come out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from realist.errors import RealistError
from realist.formats import ris
from realist.formats.detect import detect_bytes, detect_text, explain
from realist.formats.encoding import Survey, survey
from realist.formats.lines import decode, read_blocks
from realist.formats.records import Item, Notes, Problem, Source
from realist.text import line
from realist.vocabulary import Severity

Reader = Callable[[Iterable[str], Notes], Iterator[Item]]

READERS: dict[str, Reader] = {"ris": ris.read}
"""The formats that can be read. A reader takes blocks of lines and yields records and remarks in order."""


class Export:
    """A file that was looked at once and can be iterated, more than once, for what it holds.

    Iterating yields ``(RawRecord, Fields)`` and :class:`Problem` in file order and keeps only the
    record at hand in memory. A file that is no export, or of a format without a reader, yields one
    Problem. Raises RealistError if the file has become unreadable.
    """

    def __init__(self, path: Path, source: Source, found: Survey) -> None:
        self._path = path
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

    def __iter__(self) -> Iterator[Item]:
        reader = READERS.get(self._source.format)
        if reader is None:
            yield Problem(1, None, Severity.ERROR, explain(self._source.format))
            return
        self._notes = Notes()
        problems: list[Problem] = []
        blocks = read_blocks(self._path, self._survey, problems)
        try:
            for item in reader(blocks, self._notes):
                if problems:
                    yield from _before(item, problems)
                yield item
        except OSError as error:
            raise _unreadable(self._path, error) from error
        yield from problems


def open_export(path: str | os.PathLike[str], encoding: str | None = None) -> Export:
    """Look at the file and return it ready to be read; *encoding* overrides what its bytes say.

    The file is read through once, in constant memory, for its hash, encoding and format. Raises
    RealistError for a file that is missing, no regular file or unreadable, and for an encoding that is
    unknown or does not fit.
    """
    file = Path(path)
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise RealistError(f'"{_shown(file)}" is not a file: name the exported file itself.')
        found = survey(file, encoding)
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    name, used = _format(found), found.encoding
    if name in ("xlsx", "zip", "pdf"):
        used = ""
    elif found.misfit is not None:
        raise RealistError(
            f'"{_shown(file)}" is not in the encoding {found.encoding} (byte {found.misfit + 1} does not '
            "fit): name another encoding, or none to let it be found."
        )
    source = Source(line(file.name), found.sha256, found.size, name, used)
    return Export(file, source, found)


def _format(found: Survey) -> str:
    name = detect_bytes(found.head)
    return name or detect_text("".join(decode([found.head], found.encoding, found.newline)))


def _before(item: Item, problems: list[Problem]) -> Iterator[Problem]:
    """Yield and remove the problems of lines before the item's own."""
    line_of_item = item.line if isinstance(item, Problem) else item[0].line
    while problems and problems[0].line < line_of_item:
        yield problems.pop(0)


def _shown(path: Path) -> str:
    return line(str(path))


def _unreadable(path: Path, error: Exception) -> RealistError:
    shown = _shown(path)
    if isinstance(error, FileNotFoundError):
        return RealistError(f'There is no file "{shown}": look at the name and the folder.')
    if isinstance(error, PermissionError):
        return RealistError(f'"{shown}" may not be read: change its permissions or copy it elsewhere.')
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is no file name"
    return RealistError(f'"{shown}" cannot be read ({reason}): copy the file elsewhere and try again.')
