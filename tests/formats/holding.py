"""What holds of every file, whatever is in it: it is read or refused, soon, and nothing of it does harm."""

from __future__ import annotations

import json
import re
import resource
import signal
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from realist.errors import RealistError
from realist.formats.door import open_exports
from realist.formats.records import Fields, Item, Problem, RawRecord

SECONDS = 10
TAGGED = ("ris", "nbib", "wos", "enw", "ovid")
_WORD = re.compile("[A-Za-z]{4,}")
Read = list[tuple[RawRecord, Fields]]


class TookTooLong(BaseException):
    """A reading passed its limit; not an Exception, so that no reader can catch it."""


@contextmanager
def watched() -> Iterator[None]:
    """Raise TookTooLong after this many seconds of the processor."""

    def late(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"more than {SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def peak_memory() -> float:
    """Return the highest memory of this process in MB; that of its parent, which Linux adds, left out."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().split("\n") if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(path: Path) -> list[tuple[list[Problem], Read]]:
    """Return the problems and records of every export of a file."""
    with open_exports(path) as exports:
        whole = []
        for export in exports:
            items = list(export)
            problems = [item for item in items if isinstance(item, Problem)]
            whole.append((problems, [item for item in items if not isinstance(item, Problem)]))
        return whole


def check(path: Path) -> None:
    """Hold what is read of a file against what always holds; a refusal of the file is one sentence too."""
    try:
        with watched(), open_exports(path) as exports:
            for export in exports:
                check_items(export)
    except RealistError as error:
        check_sentence(str(error))


def check_items(items: Iterable[Item]) -> None:
    """Check every record and problem of a file; at least one there must be, and positions must grow."""
    before, silent = 0, True
    for item in items:
        silent = False
        if isinstance(item, Problem):
            assert item.line >= (0 if item.record is None else 1)
            check_sentence(item.message)
            json.dumps(item.text).encode("utf-8")
        else:
            check_record(*item)
            assert item[0].position > before
            before = item[0].position
    assert not silent


def check_words(path: Path) -> None:
    """Check that no word of a tagged export vanishes: it is in a record, or in the text of a problem.

    Lines between records that say nothing are passed over; an export that has some is not checked.
    """
    with suppress(RealistError), open_exports(path) as exports:
        export = exports[0]
        if len(exports) > 1 or export.source.format not in TAGGED or path.read_bytes()[:2] == b"PK":
            return
        parts = []
        for item in export:
            pairs = [("", item.text)] if isinstance(item, Problem) else item[0].raw
            parts += [f"{tag} {value}" for tag, value in pairs]
        kept = "\n".join(parts)
        text = path.read_bytes().decode(export.source.encoding, "replace")
        gone = set(_WORD.findall(text)) - set(_WORD.findall(kept))
        assert export.noise or not [word for word in gone if word not in kept]


def check_sentence(text: str) -> None:
    """Assert that a message is a sentence that can be shown."""
    assert text.endswith("."), text
    assert text.encode("utf-8").decode("utf-8") == text
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text), text


def check_record(record: RawRecord, fields: Fields) -> None:
    """Assert that a record can be stored, and that what was understood of it can be shown."""
    assert record.line >= 1
    assert record.position >= 1
    assert json.loads(json.dumps(record.raw)) == [list(pair) for pair in record.raw]
    assert fields.year is None or 1000 <= fields.year <= 2100
    assert not fields.url or fields.url.startswith(("http://", "https://")), fields.url
    assert not fields.pmid or (fields.pmid.isdecimal() and len(fields.pmid) <= 8)
    assert fields.doi == fields.doi.lower()
    for name, value in zip(Fields._fields, fields, strict=True):
        for text in value if isinstance(value, tuple) else [str(value)]:
            text.encode("utf-8")
            feeds = "\n" if name in ("abstract", "notes") else ""
            bad = [sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs") and sign not in feeds]
            assert not bad, (name, bad)
