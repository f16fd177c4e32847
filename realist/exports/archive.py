"""The archive of a review: every row of every table as JSON Lines in a zip, and the files of full texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from sqlalchemy import Connection, false, func, select

from realist import __version__
from realist.errors import NotFound, Refused
from realist.exports.files import opened
from realist.formats.archive import LONGEST, README, Manifest, Packing, file_name, readme, table_name
from realist.queries.blind import blind, secret_rounds
from realist.queries.checking import unsound
from realist.queries.texts import hashes
from realist.store import files
from realist.store.engine import SCHEMA, Store
from realist.store.plain import Kind, Plan, misfit, plans, rows
from realist.store.tables import DocumentFile, Entry, Import, Review, Round
from realist.text import line, shorten

_CHUNK = 1 << 20
_WEIGHT = 1000
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


class Progress(NamedTuple):
    """How far it has come: what is being written, and which share of all."""

    what: str
    share: float


Told = Callable[[Progress], None]


class Archived(NamedTuple):
    """What is in an archive: rows, files of full texts, and how many of these were gone or left out."""

    rows: int
    files: int
    missing: int
    left_out: int
    bytes: int


def write_archive(
    store: Store, path: Path, *, viewer: str, attachments: bool = True, told: Told | None = None
) -> Archived:
    """Write the archive of a review to *path*, there whole or not at all; return what is in it.

    The same rows give the same bytes, from a file or a server, whatever the time and place. *told* hears how
    far it has come and may raise to stop. Raises Refused while anything is hidden from *viewer* (initials, ""
    for nobody), for an archive holds everything; while an import is being read; for a review that is not
    sound; and for the file of the review itself.
    """
    with store.read() as connection:
        _may(connection, viewer)
        with opened(path, store.address) as target:
            return _written(store, connection, target, attachments, told)


def _may(connection: Connection, viewer: str) -> None:
    """See that everything may be written now."""
    for sentence in _hidden(connection, viewer):
        raise Refused(f"An archive holds everything, and {sentence}")
    unfinished = connection.execute(select(Import.file).where(Import.finished == false()).limit(1)).scalar()
    if unfinished is not None:
        raise Refused(
            f"{shorten(line(unfinished), 60)} is being imported: make the archive when that is done."
        )
    for sentence in unsound(connection):
        raise Refused(f"The review is not sound, so its archive could not be read again: {sentence}")


def _hidden(connection: Connection, viewer: str) -> Iterator[str]:
    """Yield of what is hidden from *viewer* where it is and when that ends."""
    hidden = blind(connection, viewer)
    if hidden.entries:
        entries = select(Round.name, Entry.uid).join(Entry, Entry.round == Round.uid).order_by(Round.number)
        rows = connection.execute(entries.where(Round.uid.in_(secret_rounds(connection))))
        names = dict.fromkeys(line(name) for name, entry in rows if entry in hidden.entries)
        yield (
            f"what was decided in {shorten(', '.join(names), 80)} is hidden from you: one can be made when"
            " all who have to have decided there, or when it was opened (`realist round open`)."
        )
    if {who for of in hidden.extracted.values() for who in of} - {hidden.viewer}:
        yield (
            "papers are being extracted independently: one can be made when all who extract them are done, or"
            " when they were opened (`realist extraction list`)."
        )


def _written(
    store: Store, connection: Connection, target: IO[bytes], attachments: bool, told: Told | None
) -> Archived:
    writing = _Writing(store, connection, attachments, told)
    with Packing(target) as packing:
        manifest = writing.write(packing)
        dense = packing.dense
    if dense:  # who reads archives takes it for a bomb
        target.seek(0)
        target.truncate()
        with Packing(target, squeezed=False) as packing:
            manifest = _Writing(store, connection, attachments, told).write(packing)
    target.flush()
    packed = [piece for piece in manifest.pieces if piece.name.startswith("files/")]
    return Archived(
        rows=sum(piece.rows or 0 for piece in manifest.pieces),
        files=len(packed),
        missing=len(manifest.missing),
        left_out=0 if attachments else len(writing.names),
        bytes=target.tell(),
    )


class _Writing:
    """One writing of an archive, in one moment of the review."""

    def __init__(self, store: Store, connection: Connection, attachments: bool, told: Told | None) -> None:
        self._store, self._connection, self._told = store, connection, told
        self._plans = plans()
        self._attachments = attachments
        self.names = sorted({name for name, _ in hashes(connection)} | set(self._inside()))
        counts = (select(func.count()).select_from(plan.table) for plan in self._plans)
        self._of = sum(int(connection.execute(count).scalar_one()) for count in counts)
        self._of += _WEIGHT * len(self.names) if attachments else 0
        self._done = 0

    def _inside(self) -> list[str]:
        return list(self._connection.execute(select(DocumentFile.sha256)).scalars())

    def write(self, packing: Packing) -> Manifest:
        """Write everything, the manifest last."""
        title = self._connection.execute(select(Review.title)).scalar()
        packing.add(README, [readme(str(title or ""), __version__, SCHEMA, self._attachments)])
        for plan in self._plans:
            packing.add(table_name(plan.table.name), self._lines(plan), table=True)
        gone = self._files(packing) if self._attachments else []
        return packing.close_with(__version__, SCHEMA, self._attachments, gone)

    def _lines(self, plan: Plan) -> Iterator[bytes]:
        """Yield the rows of a table as lines, a megabyte at a time."""
        is_files = plan.table.name == DocumentFile.__tablename__
        if is_files and not self._attachments:
            return
        held, size, names = [], 0, plan.names
        for row in rows(self._connection, plan):
            if is_files:
                row = tuple(file_name(row[0]) if shape.kind is Kind.BYTES else v
                            for shape, v in zip(plan.columns, row, strict=True))  # fmt: skip
            else:
                _check(plan, row)
            text = _encode(dict(zip(names, row, strict=True)))
            if len(text) >= LONGEST:
                raise Refused(
                    f"{_named(plan, row)} is longer than {LONGEST >> 20} MB: no archive can hold it."
                )
            held.append(text)
            size += len(text)
            self._done += 1
            if size >= _CHUNK or len(held) >= _WEIGHT:
                yield _bytes_of(held)
                held, size = [], 0
                self._tell(plan.table.name)
        if held:
            yield _bytes_of(held)
        self._tell(plan.table.name)

    def _files(self, packing: Packing) -> list[str]:
        """Write the files of full texts; return the hashes of those that are gone."""
        gone = []
        for name in self.names:
            try:
                content = files.content_of(self._store, self._connection, name)
            except NotFound:
                gone.append(name)
                continue
            packing.add(file_name(name), [content])
            self._done += _WEIGHT
            self._tell("full texts")
        return gone

    def _tell(self, what: str) -> None:
        if self._told:
            self._told(Progress(what, min(self._done / max(self._of, 1), 1.0)))


def _bytes_of(texts: list[str]) -> bytes:
    return ("\n".join(texts) + "\n").encode("ascii")


def _check(plan: Plan, row: tuple[Any, ...]) -> None:
    """See that a row of a file, where any program may have put anything, holds what its columns are for."""
    for shape, value in zip(plan.columns, row, strict=True):
        if why := misfit(shape, value):
            raise Refused(f"{_named(plan, row)}: {why}; another program wrote that, and it has to be mended.")


def _named(plan: Plan, row: tuple[Any, ...]) -> str:
    return f"The row {' '.join(str(row[at]) for at in plan.key)} of {plan.table.name}"
