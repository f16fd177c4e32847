"""How far a reading of files has come: which file, how much of all, the records a second, the time left."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.text import shorten
from tui.sheets.ages import bar

if TYPE_CHECKING:
    from realist.services.importing import Step

_BAR = 50
_SOON = 0.4  # seconds after which a rate is worth saying


class Pace:
    """Puts the steps of one reading into words; a *clock* counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._before = 0
        self._last = (0, 0)

    def words(self, step: Step) -> str:
        """Return what to say of a step: the file, the bar, the records with their rate, the time left."""
        number, records = self._last
        if step.number != number:
            self._before += records
        self._last = (step.number, step.records)
        done, spent = self._before + step.records, self._clock() - self._began
        share = min(max(step.share, 0.0), 1.0)
        said = [f"{done:,} record{'' if done == 1 else 's'}"]
        if spent >= _SOON:
            said.append(f"{done / spent:,.0f} a second")
            if 0.01 < share < 1:
                said.append(left(spent * (1 - share) / share))
        which = f"file {step.number:,} of {step.of:,}" if step.of > 1 else "reading"
        return "\n".join(
            (
                f"{which}: {shorten(step.file[:1000], 50)}",
                f"{bar(int(share * 1000), 1000, _BAR)} {share:4.0%}",
                " · ".join(said),
            )
        )


def left(seconds: float) -> str:
    """Return how long something still takes: ``12 s left``, ``3 min left``, ``1 h 20 min left``."""
    if seconds < 60:
        return f"{max(round(seconds), 1)} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min left"
