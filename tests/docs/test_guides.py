"""Who follows the guides from the first page on sees what they show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.commands import Shown
from tests.docs.walk import Step, walk

GUIDES = (
    "guide-first-quarter-hour.md",
    "guide-screener.md",
    "guide-extractor.md",
    "guide-lead.md",
    "exchange.md",
)


def test_the_guides_show_what_the_program_prints(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        steps = list(walk(GUIDES, tmp_path, patch))
    assert {step.command.place.partition(",")[0] for step in steps} == set(GUIDES)
    wrong = [step.differs for step in steps if step.differs]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("output", "printed", "status", "good"),
    [
        (("one", "two"), ("one", "two", ""), 0, True),
        (("one", "…"), ("one", "two", "three"), 0, True),
        (("one", "…", "three"), ("one", "three"), 1, True),
        (("…",), (), 0, True),
        (("on 2026-01-02 10:11", "1.7 MB"), ("on 2027-11-12 01:02", "12.0 MB"), 0, True),
        (("one",), ("one", "two"), 0, False),
        (("one", "two"), ("one",), 0, False),
        (("one", "…", "two"), ("one", "three"), 0, False),
        ((), ("whatever",), 0, True),
        ((), ("realist: no.",), 1, False),
    ],
)
def test_what_is_printed_is_compared_with_what_is_shown(
    output: tuple[str, ...], printed: tuple[str, ...], status: int, good: bool
) -> None:
    step = Step(Shown("a page, line 1", "realist grid", output), printed, status)
    assert (step.differs == "") is good
