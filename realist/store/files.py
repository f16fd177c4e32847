"""Files of full texts, kept by the hash of their content: in the review, or in a folder beside its file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert, select

from realist.errors import NotFound, RealistError
from realist.store.engine import Store
from realist.store.tables import DocumentFile, table_of


def hash_of(content: bytes) -> str:
    """Return the SHA-256 of a content, in hexadecimal, under which it is kept."""
    return sha256(content).hexdigest()


def folder_of(address: str) -> Path:
    """Return the folder beside the review in the file *address*: `review.realist` has `review.files`."""
    path = Path(address)
    return path.with_name(f"{path.stem if path.suffix == '.realist' else path.name}.files")


def keep_beside(store: Store, name: str, content: bytes) -> None:
    """Keep a content under its hash in the folder beside the review; whole or not at all."""
    folder = folder_of(store.address)
    target = folder / name
    if _holds(target, name):
        return
    part = folder / f"{name}.part{os.getpid()}"
    try:
        folder.mkdir(exist_ok=True)
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise RealistError(
            f"The file cannot be kept in {folder}: {error.strerror}. Nothing was attached; --embed keeps it"
            " in the review itself."
        ) from error


def keep_inside(connection: Connection, name: str, content: bytes) -> None:
    """Keep a content under its hash in the review itself."""
    there = select(DocumentFile.sha256).where(DocumentFile.sha256 == name)
    if connection.execute(there).first() is None:
        connection.execute(insert(table_of(DocumentFile)), {"sha256": name, "content": content})


def content_of(store: Store, connection: Connection, name: str) -> bytes:
    """Return the bytes kept under a hash. Raises NotFound where they are gone or are not those any more."""
    kept = select(DocumentFile.content).where(DocumentFile.sha256 == name)
    content = connection.execute(kept).scalar()
    if content is not None:
        return bytes(content)
    if store.is_file:
        with suppress(OSError):
            content = (folder_of(store.address) / name).read_bytes()
    if content is None or hash_of(content) != name:
        where = f"in {folder_of(store.address)}" if store.is_file else "in the database"
        raise NotFound(f"The file {name[:12]}… is not {where} as it was attached: attach it again.")
    return content


def missing(store: Store, connection: Connection, names: Iterable[str]) -> list[str]:
    """Return those of some hashes under which nothing is kept; that a file is there is looked at, no more."""
    inside = set(connection.execute(select(DocumentFile.sha256)).scalars())
    folder = folder_of(store.address) if store.is_file else None
    return [name for name in names if name not in inside and not (folder and (folder / name).is_file())]


def _holds(target: Path, name: str) -> bool:
    try:
        return hash_of(target.read_bytes()) == name
    except OSError:
        return False
