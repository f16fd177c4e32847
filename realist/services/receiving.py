"""An archive made a review again: equal in every row, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from realist.errors import Newer, RealistError, Refused
from realist.formats.archive import README, Unpacking, file_name, table_name, unpacking
from realist.queries.checking import findings
from realist.store import files
from realist.store.engine import SCHEMA, is_server
from realist.store.filling import Clash, Filling, new_review
from realist.store.plain import Kind, Plan, Shape, misfit, misfit_on_server
from realist.store.tables import Document, DocumentFile
from realist.text import line, shorten

_AT_ONCE = 1000
_HELD = 4 << 20
_READ, _INDEXED = 0.6, 0.95


class Step(NamedTuple):
    """How far it has come: what is being done, and which share of all."""

    what: str
    share: float


Told = Callable[[Step], None]


class Received(NamedTuple):
    """What an archive held: rows, files of full texts, how many of these it lacks, and its schema."""

    rows: int
    files: int
    missing: int
    schema: int


def import_review(path: Path, address: str, told: Told | None = None) -> Received:
    """Make a new review at *address*, a file or a server's database, of the archive at *path*.

    An archive of an older schema is brought up to date as a review is. Nothing that the archive says is
    trusted; the review is there when everything was compared and found sound, and before that nothing is.
    *told* hears how far it has come and may raise to stop. Raises BadArchive with the file and line that is
    wrong, Newer, and Refused where something is at *address* already.
    """
    with unpacking(path) as archive:
        _look(archive)
        revision = f"{archive.manifest.schema:04}"
        with _place(address, archive) as place, new_review(place.address, revision, address) as new:
            return _Receiving(archive, new, place, told or (lambda _: None)).receive()


def _look(archive: Unpacking) -> None:
    schema = archive.manifest.schema
    if schema > SCHEMA:
        raise Newer(
            f"{line(archive.archive)} was written by a newer realist (schema {schema}, here {SCHEMA}):"
            " update this one."
        )
    if README not in archive.pieces:
        raise archive.bad("", f"it has no {README}")


class _Receiving:
    """One archive on its way into one new review."""

    def __init__(self, archive: Unpacking, new: Filling, place: _Place, told: Told) -> None:
        self._archive, self._new, self._place, self._tell = archive, new, place, told
        self._bytes = 0
        self._inside: set[str] = set()
        self._rows = 0

    def receive(self) -> Received:
        """Read everything, compare it, and see that what came of it is sound."""
        for _ in self._archive.chunks(README):
            pass
        known = {plan.table.name: plan for plan in self._new.plans}
        held = {name for name in self._archive.pieces if name.startswith("tables/")}
        for name in sorted({table_name(table) for table in known} - held):
            raise self._archive.bad("", f"it has no {name}")
        for name in sorted(held - {table_name(table) for table in known}):
            raise self._archive.bad(name, f"schema {self._archive.manifest.schema} has no such table")
        for plan in known.values():
            self._table(plan)
        named = self._named() if Document.__tablename__ in known else set()
        self._files(named)
        self._finish()
        missing = len(named - self._held())
        return Received(self._rows, len(self._held()), missing, self._archive.manifest.schema)

    def _table(self, plan: Plan) -> None:
        """Read the rows of a table into it."""
        name, batch, size, first, last = table_name(plan.table.name), [], 0, 1, None
        for number, length, pairs in self._archive.rows(name):
            where = f"{name}, line {number}"
            row = self._row(plan, where, pairs)
            key = plan.sort_key(row)
            if last is not None and key <= last:
                raise self._archive.bad(where, "the rows are not in the order of their keys, each once")
            last = key
            batch.append(row)
            size += (
                length if plan.table.name != DocumentFile.__tablename__ else _HELD
            )  # what a file has is not in its line
            self._bytes += length
            if len(batch) >= _AT_ONCE or size >= _HELD:
                self._put(plan, batch, first)
                batch, size, first = [], 0, number + 1
                self._tell(Step(plan.table.name, _READ * self._bytes / max(self._archive.manifest.size, 1)))
        self._put(plan, batch, first)

    def _put(self, plan: Plan, batch: Sequence[tuple[Any, ...]], first: int) -> None:
        self._rows += len(batch)
        try:
            self._new.put(plan, batch, first)
        except Clash as clash:
            raise self._clashed(clash) from clash

    def _clashed(self, clash: Clash) -> RealistError:
        return self._archive.bad(f"{table_name(clash.table)}, line {clash.line}", clash.why)

    def _row(self, plan: Plan, where: str, pairs: tuple[tuple[str, Any], ...]) -> tuple[Any, ...]:
        names = plan.names
        if tuple(name for name, _ in pairs) != names:
            given = dict(pairs)
            for name, _ in pairs:
                if name not in names:
                    raise self._archive.bad(where, f'the table has no column "{shorten(line(name), 60)}"')
            if len(given) != len(pairs):
                raise self._archive.bad(where, "a column is there twice")
            for name in names:
                if name not in given:
                    raise self._archive.bad(where, f"{name} is missing")
            pairs = tuple((name, given[name]) for name in names)
        return tuple(
            self._value(shape, value, where, pairs)
            for shape, (_, value) in zip(plan.columns, pairs, strict=True)
        )

    def _value(self, shape: Shape, value: Any, where: str, pairs: tuple[tuple[str, Any], ...]) -> Any:
        if shape.kind is Kind.REAL and type(value) is int and abs(value) < 1 << 53:
            value = float(value)
        if shape.kind is Kind.BYTES:
            value = self._bytes_of(value, where, pairs)
        why = misfit(shape, value)
        if not why and not self._new.in_file:
            why = misfit_on_server(shape, value)
        if why:
            raise self._archive.bad(where, why)
        return value

    def _bytes_of(self, value: Any, where: str, pairs: tuple[tuple[str, Any], ...]) -> bytes:
        """Return the bytes of a file that the review itself holds."""
        sha256 = str(dict(pairs).get("sha256"))
        if value != file_name(sha256) or value not in self._archive.pieces:
            raise self._archive.bad(where, "it names no file that is in the archive")
        self._inside.add(sha256)
        return b"".join(self._archive.chunks(value))

    # -- files of full texts ------------------------------------------------------------------------------

    def _held(self) -> set[str]:
        return {name.removeprefix("files/") for name in self._archive.pieces if name.startswith("files/")}

    def _named(self) -> set[str]:
        of = next(plan.table for plan in self._new.plans if plan.table.name == Document.__tablename__)
        return set(self._new.connection.execute(select(of.c.sha256)).scalars())

    def _files(self, named: set[str]) -> None:
        """Put the files that lay beside the review beside it, or into it where it is on a server."""
        for sha256 in sorted(self._held() - self._inside):
            name = file_name(sha256)
            if sha256 not in named:
                raise self._archive.bad(name, "no full text is of this file")
            if self._new.in_file:
                self._place.keep(sha256, self._archive.chunks(name))
            else:
                files.keep_inside(self._new.connection, sha256, b"".join(self._archive.chunks(name)))
            self._bytes += self._archive.pieces[name].bytes
            self._tell(Step("full texts", _READ * self._bytes / max(self._archive.manifest.size, 1)))

    # -- the end ------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        def indexed(number: int) -> None:
            share = min(number / max(self._rows, 1), 1)
            self._tell(Step("index", _READ + (_INDEXED - _READ) * share))

        try:
            self._new.finish(indexed)
        except Clash as clash:
            raise self._clashed(clash) from clash
        self._tell(Step("check", _INDEXED))
        for sentence in findings(self._new.connection):
            raise self._archive.bad("", f"the review in it is not sound ({sentence.rstrip('.')})")


# -- where it is made -------------------------------------------------------------------------------------


class _Place:
    """Where a review is made before it is there: beside its file, or in a server's transaction."""

    def __init__(self, address: str, folder: Path | None) -> None:
        self.address, self._folder = address, folder

    def keep(self, name: str, chunks: Iterator[bytes]) -> None:
        """Write a file of a full text, whole or not at all."""
        assert self._folder is not None
        with (self._folder / name).open("xb") as out:
            for chunk in chunks:
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())


@contextmanager
def _place(address: str, archive: Unpacking) -> Iterator[_Place]:
    """Give where to make a review of an archive; when the block ends without an error, it is at *address*."""
    if is_server(address):
        yield _Place(address, None)
        return
    target = Path(address)
    _is_free(target)
    _sweep(target)
    room = target.with_name(_room(target, os.getpid()))
    try:
        if shutil.disk_usage(target.absolute().parent).free < archive.manifest.size:
            raise Refused(
                f"{target} cannot be made: the disk has no room for {archive.manifest.size / 1e6:,.0f} MB."
            )
        shutil.rmtree(room, ignore_errors=True)
        kept = room / "files"
        kept.mkdir(parents=True)
        try:
            made = room / "review"
            yield _Place(str(made), kept)
            _move(made, kept, target)
        finally:
            shutil.rmtree(room, ignore_errors=True)
    except OSError as error:
        raise RealistError(f"{target} cannot be made: {error.strerror or error}.") from error


def _is_free(target: Path) -> None:
    try:
        there = target.exists() or target.is_symlink()
    except OSError as error:
        raise Refused(f"A review cannot be made there: {error.strerror}. Choose another name.") from error
    if there:
        raise Refused(f"{target} is already there: choose another name.")
    if not target.absolute().parent.is_dir():
        raise Refused(f"The folder {target.absolute().parent} is not there: make it first.")


def _move(made: Path, kept: Path, target: Path) -> None:
    """Put a review that is ready where it belongs: its files first, for without it they are nothing."""
    with made.open("rb") as whole:
        os.fsync(whole.fileno())
    _is_free(target)
    folder, moved = files.folder_of(str(target)), []
    had_folder = folder.exists()
    try:
        for file in sorted(kept.iterdir()):
            folder.mkdir(exist_ok=True)
            place = folder / file.name
            if not place.exists():
                moved.append(place)
            file.replace(place)
        made.replace(target)
    except BaseException:
        for place in moved:
            place.unlink(missing_ok=True)
        if not had_folder:
            with suppress(OSError):
                folder.rmdir()
        raise


def _room(target: Path, pid: int) -> str:
    return f".{target.name[:60]}.{pid}.part"


def _sweep(target: Path) -> None:
    """Take away what a program that was killed while it made *target* left beside it."""
    if os.name != "posix":
        return
    for room in target.absolute().parent.glob(".*.part"):
        pid = room.name.split(".")[-2]
        if pid.isdigit() and room.name == _room(target, int(pid)):
            try:
                os.kill(int(pid), 0)
            except (ProcessLookupError, OverflowError):
                shutil.rmtree(room, ignore_errors=True)
            except OSError:
                continue
