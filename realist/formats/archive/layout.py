"""What is where in an archive, what its manifest says, and how large things may be."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from realist.errors import Newer, RealistError
from realist.text import line, shorten, wrap

README = "README.txt"
MANIFEST = "manifest.json"
FORMAT = "realist archive"
VERSION = 1
LONGEST = 256 << 20
"""Bytes of the longest line or file that an archive may hold: they are held in memory."""
MOST_PIECES = 130_000
_LARGE, _DENSE = 1 << 30, 200
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_README = """\
{title}

This is the archive of a realist review: everything that the review holds, as plain text that any program can
read. It was written by realist {program} (schema {schema}).

tables/NAME.jsonl   one file for each table: a line for each row, which is a JSON object with the names of the
                    columns as keys, in the order of the table's key. The text is ASCII; other characters are
                    escaped as JSON does. Moments are UTC; null is unknown.
files/SHA256        {files}
manifest.json       schema, version of the program, and of every file its rows, bytes and SHA-256.

What the tables mean is said in the documentation of realist: docs/schema.md, docs/model.md and, of this
form, docs/exchange.md. The full-text index and what somebody typed and did not save are not here.

    realist import-review ARCHIVE.zip NEW.realist

makes a review of it again that is equal in every row.
"""
_FILES = "the files of full texts, each under the SHA-256 of its content; table document says their names."
_NO_FILES = "left out of this archive. The text that was read in full texts is in tables/document_page.jsonl."


class BadArchive(RealistError):
    """The archive is damaged, or was not written by this program."""

    def __init__(self, archive: str, where: str, what: str) -> None:
        place = f", {where}" if where else ""
        super().__init__(
            f"{line(archive)}{line(place)}: {line(what)}; nothing was made:"
            " have the archive sent or made again."
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A file in the archive, its rows (null where it is no table), bytes and SHA-256."""

    name: str
    rows: int | None
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. ``missing``: SHA-256 of full texts whose files were gone."""

    program: str
    schema: int
    attachments: bool
    missing: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """How many bytes all files have unpacked."""
        return sum(piece.bytes for piece in self.pieces)

    def written(self) -> bytes:
        """Return it as the archive holds it."""
        value = {
            "format": FORMAT, "format_version": VERSION, "program": self.program, "schema": self.schema,
            "attachments": self.attachments, "missing": list(self.missing),
            "files": [asdict(piece) for piece in self.pieces],
        }  # fmt: skip
        return (json.dumps(value, indent=1) + "\n").encode("ascii")


def table_name(table: str) -> str:
    """Return the name under which a table lies in an archive."""
    return f"tables/{table}.jsonl"


def file_name(sha256: str) -> str:
    """Return the name under which the file with this hash lies in an archive."""
    return f"files/{sha256}"


def is_hash(value: str) -> bool:
    """Return whether a text is a SHA-256 as files are called by."""
    return bool(_HASH.match(value))


def is_bomb(unpacked: int, packed: int) -> bool:
    """Return whether so many bytes out of so few are more than any review has; such a one is not packed."""
    return unpacked > _LARGE and unpacked > _DENSE * packed


def readme(title: str, program: str, schema: int, attachments: bool) -> bytes:
    """Return the page that says what the archive is."""
    head = "\n".join(wrap(line(title), 100)) or "A review without title"
    files = _FILES if attachments else _NO_FILES
    text = _README.format(title="{}", program=program, schema=schema, files=files)
    return text.replace("{}", head, 1).encode("utf-8", "replace")


def read_manifest(archive: str, content: bytes) -> Manifest:
    """Return the manifest of an archive. Raises BadArchive, and Newer for one of a later form."""
    try:
        value = json.loads(content.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise BadArchive(archive, MANIFEST, "it is no JSON") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadArchive(archive, MANIFEST, "it is not that of the archive of a review")
    version = value.get("format_version")
    if type(version) is int and version > VERSION:
        raise Newer(f"{line(archive)} was written by a newer realist: update this one.")
    try:
        return _manifest(value, version)
    except (KeyError, TypeError, ValueError) as error:
        what = str(error) if type(error) is ValueError else "something in it is missing or of a wrong kind"
        raise BadArchive(archive, MANIFEST, what) from error


def _manifest(value: dict[str, Any], version: Any) -> Manifest:
    _check(version == VERSION and type(version) is int, "it does not say its form")
    program, schema, attachments = value["program"], value["schema"], value["attachments"]
    _check(isinstance(program, str) and type(attachments) is bool, "it does not say what wrote it")
    _check(_is_count(schema) and schema > 0, "it does not say the schema")
    pieces = tuple(_piece(piece) for piece in value["files"])
    names = [piece.name for piece in pieces]
    _check(len(set(names)) == len(names), "it names a file twice")
    missing = tuple(value["missing"])
    _check(all(isinstance(name, str) and is_hash(name) for name in missing), "what is missing has no hash")
    return Manifest(program, schema, attachments, missing, pieces)


def _piece(value: dict[str, Any]) -> Piece:
    piece = Piece(**value)
    name = f'of "{shorten(line(str(piece.name)), 60)}" '
    _check(isinstance(piece.name, str), "a file has no name")
    _check(_is_count(piece.bytes), f"{name}it does not say the bytes")
    _check(isinstance(piece.sha256, str) and is_hash(piece.sha256), f"{name}it does not say the SHA-256")
    is_table = piece.name.startswith("tables/")
    _check(_is_count(piece.rows) if is_table else piece.rows is None, f"{name}it does not say the rows")
    return piece


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1 << 63


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise ValueError(what)
