"""Writing an archive: the same bytes for the same content."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from types import TracebackType
from typing import IO

from realist.formats.archive.layout import MANIFEST, Manifest, Piece, is_bomb

_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


class Packing:
    """An archive that is being written: pieces one after the other, at the end the manifest."""

    def __init__(self, target: IO[bytes], *, squeezed: bool = True) -> None:
        self._method = zipfile.ZIP_DEFLATED if squeezed else zipfile.ZIP_STORED
        self._zip = zipfile.ZipFile(target, "w", self._method)
        self.pieces: list[Piece] = []

    def __enter__(self) -> Packing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Close the archive; the directory of one that failed is of no use to anybody, but does no harm."""
        self._zip.close()

    @property
    def dense(self) -> bool:
        """Whether it unpacks to more than who reads archives takes: then it has to be written unsqueezed."""
        packed = sum(info.compress_size for info in self._zip.infolist())
        return is_bomb(sum(piece.bytes for piece in self.pieces), packed)

    def add(self, name: str, chunks: Iterable[bytes], *, table: bool = False) -> Piece:
        """Write a piece of the archive; of a *table* a chunk is one or more whole lines."""
        digest, size, rows = sha256(), 0, 0
        with self._zip.open(self._info(name), "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                rows += chunk.count(b"\n") if table else 0
        piece = Piece(name, rows if table else None, size, digest.hexdigest())
        self.pieces.append(piece)
        return piece

    def close_with(self, program: str, schema: int, attachments: bool, missing: Iterable[str]) -> Manifest:
        """Write the manifest over all pieces."""
        manifest = Manifest(program, schema, attachments, tuple(missing), tuple(self.pieces))
        self._zip.writestr(self._info(MANIFEST), manifest.written())
        return manifest

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, _TIME)
        info.create_system, info.external_attr, info.compress_type = _UNIX, _PLAIN_FILE, self._method
        return info
