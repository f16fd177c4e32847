"""A process of its own for each file that is read, so that none can hang or crash the program.

PDFium is native code that must not be called from two threads and cannot be interrupted; the parsers in
Python have been made to loop and to fill the memory by crafted files. A process can be ended at any time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from realist.documents.values import Document, DocumentKind, Page, Problem, Section
from realist.errors import RealistError
from realist.text import line

LONGEST_STEP = 60.0
"""Seconds that may go by between two pages."""

LONGEST = 900.0
"""Seconds that a reading may take in all."""

WORKER = "realist.documents.worker"
"""The module that the process runs."""

_TICK = 0.4
_EXTRACTORS = ("pdfium", "pypdf_lines")
_ROOT = str(Path(__file__).parents[2])


class _Failed(Exception):
    """A reading ended without a document. The message is a name: of an error, "ended" or "slow"."""


def read_apart(path: Path, kind: DocumentKind, progress: Callable[[int, int], None]) -> Document:
    """Return the full text in a file whose kind is known; progress and errors as for ``read_document``."""
    reasons = []
    for extractor in _EXTRACTORS if kind is DocumentKind.PDF else ("",):
        try:
            return _read(path, kind, extractor, progress)
        except _Failed as error:
            reasons.append(str(error))
            if reasons[-1] in ("Locked", "slow"):
                break
    raise RealistError(_sentence(line(path.name), kind, reasons))


def _sentence(name: str, kind: DocumentKind, reasons: list[str]) -> str:
    if "Locked" in reasons:
        return f'"{name}" is protected with a password: save a copy without one and attach that.'
    if "slow" in reasons:
        return f'"{name}" took too long to read and was given up: print it to a new PDF and attach that.'
    if "MemoryError" in reasons:
        return f'"{name}" fills the memory when it is read: print it to a new PDF and attach that.'
    if set(reasons) <= {"ImportError", "ModuleNotFoundError"}:
        return f'"{name}" cannot be read: what reads {kind.upper()} is not installed. Install realist again.'
    return (
        f'"{name}" is damaged and cannot be read as {kind.upper()}: '
        "download it again, or print it to a new PDF."
    )


def _read(path: Path, kind: DocumentKind, extractor: str, progress: Callable[[int, int], None]) -> Document:
    done, total = 0, 0
    with _started(path, kind, extractor) as messages:
        end, step_end = time.monotonic() + LONGEST, time.monotonic() + LONGEST_STEP
        while True:
            progress(done, total)
            try:
                message = messages.get(timeout=_TICK)
            except Empty:
                message = {}
            if time.monotonic() > (end if message else min(end, step_end)):
                raise _Failed("slow")
            if message == {}:
                continue
            step_end = time.monotonic() + LONGEST_STEP
            if message is None:
                raise _Failed("ended")
            if "at" in message:
                done, total = message["at"]
            elif "document" in message:
                return _document(message["document"])
            elif "refused" in message:
                raise RealistError(message["refused"])
            else:
                raise _Failed(message["failed"])


@contextmanager
def _started(path: Path, kind: DocumentKind, extractor: str) -> Iterator[SimpleQueue[dict[str, Any] | None]]:
    """Start the process and give its messages, None after the last; however this ends, it ends too."""
    # -P: a folder in which the program happens to run must not lend it modules.
    command = [sys.executable, "-P", "-m", WORKER, str(path.absolute()), kind, extractor]
    search = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH", ""))))
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise RealistError(
            f"The system started no process to read the file in ({error.strerror}): close other programs."
        ) from error
    messages: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    assert process.stdout is not None
    listener = Thread(target=_listen, args=(process.stdout, messages), daemon=True)
    listener.start()
    try:
        yield messages
    finally:
        process.kill()
        process.wait()
        listener.join()
        process.stdout.close()


def _listen(stream: IO[bytes], messages: SimpleQueue[dict[str, Any] | None]) -> None:
    for sent in stream:
        try:
            messages.put(json.loads(sent))
        except ValueError:
            # A line that was cut off when the process ended.
            break
    messages.put(None)


def _document(sent: list[Any]) -> Document:
    kind, extractor, version, pages, sections, scanned, problems = sent
    return Document(
        DocumentKind(kind),
        extractor,
        version,
        tuple(Page(*page) for page in pages),
        tuple(Section(*section) for section in sections),
        scanned,
        tuple(Problem(*problem) for problem in problems),
    )
