"""Packed files (zip): looked at before anything is unpacked, and unpacked under names of our own."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from realist.errors import RealistError
from realist.text import line, shorten

MOST_BYTES = 200_000_000
"""Bytes that a packed file may hold in all."""

MOST_MEMBERS = 1_000
"""Files and folders that a packed file may hold."""

_RATIO = 100
_RATIO_FROM = 1_000_000
_DIRECTORY = 4_000_000
_END = b"PK\x05\x06"
_END_SIZE = 22
_FAR_END = b"PK\x06\x06"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|(?:.*/)?\.\.(?:/|\Z)", re.DOTALL)
_CHUNK = 1 << 16
_CLUTTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)\Z", re.DOTALL)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
_TELL = "the file was not opened"
_DAMAGED = f"The directory of the packed file is damaged, so {_TELL}: download or pack it again."


class Member(NamedTuple):
    """A file that was packed: its name within the packed file, and where it was unpacked to."""

    name: str
    path: Path


def check_directory(path: Path) -> str:
    """Return why a file packed as zip is not safe to open, one sentence; ``""`` if it is.

    Only its directory is read. Raises OSError.
    """
    if reason := _directory_reason(path):
        return reason
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
    except (*BROKEN, OSError):
        # A place before the start of the file is an OSError.
        return _DAMAGED
    if any(member.header_offset < 0 for member in members):
        return _DAMAGED
    if len(members) > MOST_MEMBERS:
        return f"The file holds more than {MOST_MEMBERS:,} packed files, so {_TELL}: pack only the exports."
    if sum(member.file_size for member in members) > MOST_BYTES:
        return f"The file unpacks to more than {MOST_BYTES // 10**6} MB, so {_TELL}: pack fewer exports."
    return next(filter(None, map(_member_reason, members)), "")


def _directory_reason(path: Path) -> str:
    """Return why the directory itself is not to be read: it would fill the memory."""
    extent = directory_size(path)
    if extent is None:
        return f"The packed file has no directory, so {_TELL}: it may be cut off; download or pack it again."
    if extent > _DIRECTORY:
        return f"The file holds more packed files than any export does, so {_TELL}: pack only the exports."
    return ""


def directory_size(path: Path) -> int | None:
    """Return how many bytes the directory of a packed file has, by its own word; None where it has none."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _END_SIZE - 0xFFFF - 76, 0))
        tail = file.read()
    plain = tail[-_END_SIZE:].startswith(_END)
    at = len(tail) - _END_SIZE if plain else tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return None
    extent = int.from_bytes(tail[at + 12 : at + 16], "little")
    if extent == 0xFFFFFFFF and (far := tail.rfind(_FAR_END, 0, at)) >= 0:
        extent = int.from_bytes(tail[far + 40 : far + 48], "little")
    return extent


def _member_reason(member: zipfile.ZipInfo) -> str:
    """Return why one packed file is not safe to unpack, ``""`` if it is."""
    name = f'"{shorten(member.filename, 80)}"'
    kind = stat.S_IFMT(member.external_attr >> 16)
    if _OUTSIDE.match(member.filename) or "\\" in member.filename or "\0" in member.orig_filename:
        return f"The packed file {name} would be put outside its folder, so {_TELL}: pack the exports again."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"The packed file {name} is a link or a device, so {_TELL}: pack the exports themselves."
    if member.flag_bits & 0x1:
        return f"The packed file {name} is encrypted, so {_TELL}: unpack it with its password first."
    if member.compress_type not in _METHODS:
        return f"The packed file {name} is packed in a way that cannot be read, so {_TELL}: unpack it first."
    if member.file_size > _RATIO_FROM and member.file_size > _RATIO * max(member.compress_size, 1):
        return f"The packed file {name} unpacks to over {_RATIO} times its size, so {_TELL}: unpack it first."
    return ""


@contextmanager
def unpacked(path: Path, shown: str) -> Iterator[list[Member]]:
    """Give the files packed in *path* (*shown* in messages), unpacked into a folder that lasts as long.

    Folders and what systems leave behind are passed over. Sizes are counted while unpacking, for the
    directory may lie. Raises RealistError for a file that is not safe or damaged, and OSError.
    """
    if reason := check_directory(path):
        raise RealistError(f'"{shown}": {reason}')
    with TemporaryDirectory(prefix="realist-") as folder:
        yield _members(path, Path(folder), shown)


def _members(path: Path, folder: Path, shown: str) -> list[Member]:
    members, room = [], MOST_BYTES
    name = ""
    try:
        with zipfile.ZipFile(path) as packed:
            for number, inner in enumerate(packed.infolist(), 1):
                name = line(inner.filename)
                if inner.is_dir() or _CLUTTER.match(inner.filename):
                    continue
                target = folder / f"{number:04}"
                room -= _extract(packed, inner, target, room)
                members.append(Member(name, target))
    except BROKEN as error:
        message = f'"{shown}": the packed file "{shorten(name, 80)}" is damaged: download or pack it again.'
        raise RealistError(message) from error
    if not members:
        raise RealistError(f'"{shown}" is a packed file without any file in it: pack the exports again.')
    return members


def _extract(packed: zipfile.ZipFile, inner: zipfile.ZipInfo, target: Path, room: int) -> int:
    """Unpack one file to *target*, at most *room* bytes; return how many it has."""
    size = 0
    with packed.open(inner) as source, target.open("xb") as copy:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > room:
                raise zipfile.BadZipFile
            copy.write(chunk)
    return size
