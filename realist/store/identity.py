"""Where time and identity come from. Both are injected, so that samples and tests are reproducible."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

Clock = Callable[[], datetime]
Uids = Callable[[], str]


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def ticking(start: datetime, step: timedelta = timedelta(seconds=1)) -> Clock:
    """Return a clock that shows *start*, then one *step* more at every look."""
    shown = start - step

    def tick() -> datetime:
        nonlocal shown
        shown += step
        return shown

    return tick


def uuid7(clock: Clock = now, random: Callable[[int], bytes] = os.urandom) -> Uids:
    """Return a source of UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, 74 random bits.

    Each is greater than the one before, so that rows made in one millisecond keep their order.
    """
    last = -1

    def make() -> str:
        nonlocal last
        chance = int.from_bytes(random(10), "big")
        tail = (chance >> 64 & 0xFFF) << 62 | chance & (1 << 62) - 1
        last = max(int(clock().timestamp() * 1000) << 74 | tail, last + 1)
        whole = last >> 74 << 80 | 7 << 76 | (last >> 62 & 0xFFF) << 64 | 2 << 62 | last & (1 << 62) - 1
        digits = f"{whole:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    return make


def seeded(seed: int, clock: Clock) -> Uids:
    """Return a source of the same uids for the same *seed* and *clock* readings."""
    return uuid7(clock, Random(seed).randbytes)


def record_uid(file_sha256: str, position: int, reading: int = 0) -> str:
    """Return the uid of the record at *position* of a file: the same on every machine (RFC 9562, version 8).

    Sixty bits of the file's hash, then how often the file was imported before (*reading*), then the
    position: uids of one file follow each other, which keeps indexes small and quick.
    """
    h = file_sha256
    return f"{h[:8]}-{h[8:12]}-8{reading & 0xFFF:03x}-8{h[12:15]}-{position:012x}"
