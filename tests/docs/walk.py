"""Following the guides: their commands run one after the other, and what they print is compared."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.docs.commands import Shown, calls, run, shown
from tests.docs.pages import DOCS, fences

LEFT_OUT = "…"
_VARIES = (
    (re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?"), "DATE"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "UID"),
    (re.compile(r"[\d,]+\.\d MB"), "SIZE"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command that a guide shows, with what it printed and its exit status."""

    command: Shown
    printed: tuple[str, ...]
    status: int

    @property
    def differs(self) -> str:
        """How what was printed differs from what the page shows, or nothing.

        A line with only an ellipsis stands for any lines. A command that is shown without output may print
        what it likes, and has to succeed.
        """
        wanted = self.command.output
        good = _fits(wanted, self.printed) if wanted else self.status == 0
        said = f"{self.command.place}: {self.command.text}\nIt prints (status {self.status}):"
        return "" if good else "\n".join([said, *self.printed, ""])


def walk(guides: Sequence[str], folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Step]:
    """Follow *guides* in *folder*, one after the other, and yield each step.

    A block `ris NAME`, `json NAME`, `toml NAME` or `text NAME` is written to that file; of other programs
    only `mkdir`, `cd` and `echo $?` are done.
    """
    patch.setenv("COLUMNS", "100")
    patch.setenv("HOME", str(folder))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    for name in ("REALIST_DB", "REALIST_PERSON"):
        patch.delenv(name, raising=False)
    patch.chdir(folder)
    status = 0
    for guide in guides:
        for fence in fences(DOCS / guide, "console", "ris", "json", "toml", "text"):
            kind, _, file = fence.info.partition(" ")
            if kind == "console":
                for command in shown(fence):
                    step = _done(command, status, patch)
                    status = step.status
                    yield step
            elif file:
                Path(file).write_text(fence.text, encoding="utf-8")


def _done(command: Shown, before: int, patch: pytest.MonkeyPatch) -> Step:
    status, printed = 0, list[str]()
    match command.words:
        case ["mkdir", folder]:
            Path(folder).mkdir()
        case ["cd", folder]:
            os.chdir(folder)
        case ["echo", "$?"]:
            printed.append(str(before))
        case words:
            for arguments in calls(words):
                status, lines = run(arguments, patch)
                printed += lines
    return Step(command, tuple(printed), status)


def _steady(line: str) -> str:
    for pattern, name in _VARIES:
        line = pattern.sub(name, line)
    return line


def _fits(shown_lines: Sequence[str], printed: Sequence[str]) -> bool:
    wanted, found = (list(map(_steady, lines)) for lines in (shown_lines, printed))
    for lines in (wanted, found):
        while lines and not lines[-1]:
            lines.pop()
    pattern = "".join("(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) + "\n" for line in wanted)
    return re.fullmatch(pattern, "".join(line + "\n" for line in found)) is not None
