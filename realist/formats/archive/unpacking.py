"""Reading an archive that may come from anybody: looked at before it is unpacked, and never trusted."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from realist.errors import RealistError
from realist.formats.archive.layout import (
    LONGEST,
    MANIFEST,
    MOST_PIECES,
    README,
    BadArchive,
    Manifest,
    Piece,
    is_bomb,
    is_hash,
    read_manifest,
)
from realist.formats.packed import BROKEN, directory_size
from realist.text import line, shorten

_DIRECTORY = 24 << 20
_MANIFEST = 32 << 20
_CHUNK = 1 << 20
_DAMAGE = (*BROKEN, OSError)  # a place before the start of the file is an OSError
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Unpacking:
    """An archive that was looked at: its names, sizes and manifest are in order."""

    def __init__(self, path: Path, packed: zipfile.ZipFile) -> None:
        self.archive = path.name
        self._zip = packed
        self._infos = self._looked_at(path)
        self.manifest = self._manifest()
        self.pieces = {piece.name: piece for piece in self.manifest.pieces}
        self._compare()

    def bad(self, where: str, what: str) -> BadArchive:
        """Return the sentence about what is wrong with a file in the archive."""
        return BadArchive(self.archive, where, what)

    def rows(self, name: str) -> Iterator[tuple[int, int, tuple[tuple[str, Any], ...]]]:
        """Yield of each row of a table its line, how many bytes it has, and its columns with their values.

        Rows, bytes and SHA-256 have been compared with the manifest when the last was given.
        """
        piece, digest, size, number = self.pieces[name], sha256(), 0, 0
        with self._opened(name) as source:
            while True:
                try:
                    text = source.readline(LONGEST + 1)
                except _DAMAGE as error:
                    raise self.bad(f"{name}, line {number + 1}", "it is damaged") from error
                if not text:
                    break
                number += 1
                digest.update(text)
                size += len(text)
                yield number, len(text), self._row(f"{name}, line {number}", text)
        if number != piece.rows:
            raise self.bad(name, f"it holds {number:,} rows and not {piece.rows:,} as the manifest says")
        self._settle(piece, size, digest.hexdigest())

    def _row(self, where: str, text: bytes) -> tuple[tuple[str, Any], ...]:
        if len(text) > LONGEST:
            raise self.bad(where, f"it is longer than {LONGEST >> 20} MB")
        if not text.endswith(b"\n"):
            raise self.bad(where, "it is cut off")
        try:
            row = json.loads(text.decode("ascii"), object_pairs_hook=tuple, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise self.bad(where, "it is no JSON") from error
        if type(row) is not tuple:
            raise self.bad(where, "it is no JSON object")
        return row

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a file; they have been compared with the manifest when the last were given."""
        piece, digest, size = self.pieces[name], sha256(), 0
        with self._opened(name) as source:
            while True:
                try:
                    chunk = source.read(_CHUNK)
                except _DAMAGE as error:
                    raise self.bad(name, "it is damaged") from error
                if not chunk:
                    break
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        self._settle(piece, size, digest.hexdigest())

    def _settle(self, piece: Piece, size: int, digest: str) -> None:
        if size != piece.bytes or digest != piece.sha256:
            raise self.bad(
                piece.name, "its SHA-256 is not that of the manifest: it was changed or is damaged"
            )

    @contextmanager
    def _opened(self, name: str) -> Iterator[io.BufferedReader[Any]]:
        try:
            source = self._zip.open(self._infos[name])
        except _DAMAGE as error:
            raise self.bad(name, "it is damaged") from error
        with source:
            yield io.BufferedReader(cast("io.RawIOBase", source), _CHUNK)

    # -- before anything is unpacked ----------------------------------------------------------------------

    def _looked_at(self, path: Path) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > MOST_PIECES:
            raise self.bad("", f"it holds more than {MOST_PIECES:,} files")
        found: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            shown = f'"{shorten(line(info.orig_filename), 80)}"'
            if not _is_ours(info.orig_filename):
                raise self.bad("", f"it holds {shown}, which is no part of an archive")
            if info.filename in found:
                raise self.bad("", f"it holds {shown} twice")
            if info.header_offset < 0:
                raise self.bad("", "its directory is damaged")
            if info.flag_bits & 0x1 or info.compress_type not in _METHODS:
                raise self.bad("", f"{shown} in it is packed in a way that no archive is")
            found[info.filename] = info
        if is_bomb(sum(info.file_size for info in infos), path.stat().st_size):
            raise self.bad("", "it unpacks to far more than any review has")
        return found

    def _manifest(self) -> Manifest:
        info = self._infos.get(MANIFEST)
        if info is None:
            raise self.bad("", f"it has no {MANIFEST}, so it is not the archive of a review")
        if info.file_size > _MANIFEST:
            raise self.bad(MANIFEST, f"it is longer than {_MANIFEST >> 20} MB")
        try:
            content = self._zip.read(info)
        except _DAMAGE as error:
            raise self.bad(MANIFEST, "it is damaged") from error
        return read_manifest(self.archive, content)

    def _compare(self) -> None:
        """See that the manifest tells of what is there, and of nothing else."""
        there = self._infos.keys() - {MANIFEST}
        for name in sorted(self.pieces.keys() - there):
            raise self.bad(MANIFEST, f'it names "{shorten(line(name), 80)}", which is not there')
        for name in sorted(there - self.pieces.keys()):
            raise self.bad(MANIFEST, f'it does not name "{shorten(line(name), 80)}", which is there')
        for name, piece in self.pieces.items():
            if piece.bytes != self._infos[name].file_size:
                raise self.bad(name, "it has not as many bytes as the manifest says")
            if name.startswith("files/") and (
                piece.sha256 != name.removeprefix("files/") or piece.bytes > LONGEST
            ):
                raise self.bad(name, "it is not called by its SHA-256, or is too large")


def _is_ours(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if folder == "tables":
        table = rest.removesuffix(".jsonl")
        return rest != table and table.isascii() and table.replace("_", "").isalpha()
    return is_hash(rest) if folder == "files" else name in (README, MANIFEST)


def _refuse(_: str) -> None:
    raise ValueError


@contextmanager
def unpacking(path: Path) -> Iterator[Unpacking]:
    """Open an archive to read it. Raises BadArchive, Newer, and RealistError where there is no file."""
    try:
        size = directory_size(path)
    except OSError as error:
        raise RealistError(f"{path} cannot be read: {error.strerror}.") from error
    if size is None:
        raise BadArchive(path.name, "", "it is no zip file, or is cut off")
    if size > _DIRECTORY:
        raise BadArchive(path.name, "", "it holds more files than any archive does")
    try:
        packed = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise BadArchive(path.name, "", "its directory is damaged") from error
    with packed:
        yield Unpacking(path, packed)
