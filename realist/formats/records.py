"""What every reader of exports yields: raw records, what was understood of them, and remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from realist.vocabulary import Severity


class Problem(NamedTuple):
    """A remark on one place of a file: something refused (error) or read with a doubt (warning).

    ``line`` is the 1-based line, ``record`` the 1-based number of the record in the file or None;
    ``message`` is one sentence, what and what to do; ``text`` is the refused text, to be kept.
    """

    line: int
    record: int | None
    severity: Severity
    message: str
    text: str = ""


class RawRecord(NamedTuple):
    """A record as it stands in the file: every field, in file order, to the letter.

    ``position`` is its 1-based number in the file and ``line`` the 1-based line where it starts.
    ``raw`` holds (tag, value); lines that continue a value are joined to it by a line feed.
    """

    position: int
    line: int
    raw: list[tuple[str, str]]


class Fields(NamedTuple):
    """What was understood of a record, made safe to store and show. Absent text is ``""``.

    ``source_key`` is the name the database gave the record; ``type`` the type as the file gives it;
    ``doi`` is bare and in lower case; ``url`` is http or https; abstract and notes keep line feeds.
    """

    source_key: str = ""
    type: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    year: int | None = None
    journal: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    notes: str = ""
    database: str = ""
    publisher: str = ""


class Source(NamedTuple):
    """What is known of a file: its name without folders, SHA-256 (hex), size in bytes, format, encoding.

    ``encoding`` is ``""`` for files that are not text. ``product`` is the program or database that
    wrote the file, ``""`` where that cannot be told.
    """

    name: str
    sha256: str
    size: int
    format: str
    encoding: str
    product: str = ""


@dataclass(slots=True)
class Notes:
    """What a reading learns of the file as a whole while it reads.

    ``product`` as in :class:`Source`; ``noise`` counts lines between records that say nothing; ``share``
    is how much of the file was read so far, from 0 to 1.
    """

    product: str = ""
    noise: int = 0
    share: float = 0.0


Item: TypeAlias = tuple[RawRecord, Fields] | Problem
