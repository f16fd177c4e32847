"""The pages of the documentation, and the fenced blocks in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
_FENCE = re.compile(r"^( *)```([^`\n]*)\n(.*?)^\1```[ ]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: what stands after its first fence, and its text with the line it begins on."""

    page: str
    line: int
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}, line {self.line}"


def pages() -> list[Path]:
    """Return every page: those of docs and those beside the README."""
    return sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])


def fences(page: Path, *kinds: str) -> list[Fence]:
    """Return the fenced blocks of *page* whose first word is one of *kinds*, or all, in their order."""
    text = page.read_text(encoding="utf-8")
    found = [
        Fence(page.name, text.count("\n", 0, match.start(3)) + 1, match[2].strip(), match[3])
        for match in _FENCE.finditer(text)
    ]
    return [fence for fence in found if not kinds or fence.info.partition(" ")[0] in kinds]


def prose(page: Path) -> str:
    """Return the text of *page* without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))
