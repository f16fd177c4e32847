"""Folders and files of this machine: what there is to choose from, and what a typed or dropped path means."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from realist import machine
from realist.errors import NotFound, RealistError, WrongUse
from realist.text import cell_width, fold, line, shorten

_REMEMBERED = "import_folder"
_LONGEST = 100_000  # characters of what is pasted that are looked at
_OWN = (".realist-wal", ".realist-shm", ".realist-journal")
_DIGITS = re.compile(r"[0-9]{1,12}")


class Entry(NamedTuple):
    """A file or folder within a folder; by ``folded``, its name is found."""

    name: str
    path: str
    folder: bool
    size: int
    changed: float
    folded: str


class Listing(NamedTuple):
    """What a folder holds, folders first, and when something came into it or left it last."""

    folder: str
    entries: list[Entry]
    stamp: int


class Given(NamedTuple):
    """What a path means that was typed, pasted or dropped: some files, or one folder."""

    files: tuple[str, ...]
    folder: str = ""


def listing(folder: str) -> Listing:
    """Return the files and folders in *folder* that are not hidden. Raises RealistError where it cannot."""
    path = os.path.abspath(os.path.expanduser(folder))
    try:
        with os.scandir(path) as found:
            entries = [entry for one in found if (entry := _entry(one)) is not None]
        changed = os.stat(path).st_mtime_ns
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else "") or "its name is no folder name"
        raise RealistError(f"The folder {known(path)} cannot be read ({why}): choose another one.") from error
    entries.sort(key=_order)
    return Listing(path, entries, changed)


def _entry(one: os.DirEntry[str]) -> Entry | None:
    """Return what a folder's entry is; None for hidden ones and what is neither file nor folder."""
    if one.name.startswith(".") or one.name.endswith(_OWN):
        return None
    try:
        found = one.stat()
    except OSError:  # a link that leads nowhere
        return None
    folder = stat.S_ISDIR(found.st_mode)
    if not folder and not stat.S_ISREG(found.st_mode):
        return None
    return Entry(one.name, one.path, folder, found.st_size, found.st_mtime, fold(one.name))


def _order(entry: Entry) -> tuple[bool, str, str]:
    """Return what a listing is sorted by: folders first, then names, numbers in them by their value."""
    numbered = _DIGITS.sub(lambda digits: digits[0].zfill(12), entry.folded)
    return not entry.folder, numbered, entry.name


def first_listing(address: str) -> Listing:
    """Return the folder to begin in: the one used last, else the review's, else the person's own."""
    remembered = machine.settings().get(_REMEMBERED, "")
    tried = [remembered] if isinstance(remembered, str) and remembered else []
    if address and "://" not in address:
        tried.append(str(Path(address).absolute().parent))
    for folder in (*tried, os.path.expanduser("~")):
        try:
            return listing(folder)
        except RealistError:
            continue
    return listing(os.sep)


def remember(files: Sequence[str]) -> None:
    """Keep the folder of the first file as the one to begin in the next time."""
    if files:
        machine.remember(**{_REMEMBERED: os.path.dirname(os.path.abspath(files[0]))})


def stamp(folder: str) -> int:
    """Return when something came into *folder* or left it last; 0 where that cannot be told."""
    try:
        return os.stat(folder).st_mtime_ns
    except (OSError, ValueError):
        return 0


def known(path: str, columns: int = 60) -> str:
    """Return *path* as a person knows it: from their own folder, its beginning cut where it is long."""
    home = os.path.expanduser("~")
    inside = path == home or path.startswith(home.rstrip(os.sep) + os.sep)
    shown = line("~" + path[len(home.rstrip(os.sep)) :] if inside and home != os.sep else path)
    if cell_width(shown) <= columns:
        return shown
    while cell_width(shown) >= columns:
        shown = shown[max((len(shown) - columns) // 2, 1) :]
    return "…" + shown


def meant(text: str, folder: str) -> Given:
    """Return the files, or the one folder, that *text* names; what is relative is so to *folder*.

    Terminals write dropped files in quotes, with a backslash before spaces, or as ``file://``, several on
    one line or one a line; a single path may hold bare spaces. Raises RealistError for what is not there.
    """
    if len(text) > _LONGEST:
        raise WrongUse("That is too long to be the names of files: choose them in the list.")
    paths = [path for row in text.splitlines() for path in _paths(row.strip(), folder)]
    if not paths:
        raise WrongUse("A path needs a name: type where the file is, such as ~/Downloads/embase.ris.")
    folders = [path for path in paths if os.path.isdir(path)]
    if folders and len(paths) == 1:
        return Given((), paths[0])
    if folders:
        raise WrongUse(f"{shorten(known(folders[0]), 60)} is a folder: name files only, or one folder.")
    return Given(tuple(dict.fromkeys(paths)))


def _paths(row: str, folder: str) -> Iterator[str]:
    """Yield the paths in one row: the row itself where it is one, else its words as a shell reads them."""
    if not row:
        return
    whole = _full(row, folder)
    words = [_full(word, folder) for word in _words(row)]
    if os.path.exists(whole):
        yield whole
        return
    for path in words:
        if not os.path.exists(path):
            odd = path if any(sign in row for sign in "'\"\\") or len(words) == 1 else whole
            raise NotFound(f"There is no file or folder “{shorten(known(odd), 80)}”: look at the name.")
        yield path


def _words(row: str) -> list[str]:
    reader = shlex.shlex(row, posix=True, punctuation_chars=False)
    reader.whitespace_split = True
    reader.commenters = ""
    if os.name == "nt":  # there, a backslash stands between folders
        reader.escape = ""
    try:
        return list(reader)
    except ValueError:  # a quote that is not closed: part of a name
        return [row]


def _full(word: str, folder: str) -> str:
    if word.startswith("file://"):
        word = "/" + unquote(word.removeprefix("file://")).partition("/")[2]
    return os.path.normpath(os.path.join(folder, os.path.expanduser(word)))
