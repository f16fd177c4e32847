"""Paragraphs put together to pages, with the positions of the headings among them."""

from __future__ import annotations

from collections.abc import Iterable

from realist.documents.letters import readable
from realist.documents.values import Page, Section

CELLS = "  "
"""What stands between the cells of a row of a table."""

_DEEPEST = 6


class Assembly:
    """Pages while they are put together, paragraph by paragraph."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = [[]]
        self._length = 0
        self._sections: list[Section] = []

    def add(self, text: str, level: int = 0, *, close: bool = False) -> None:
        """Add a paragraph; its lines are kept, other white space is single spaces.

        A *level* from 1 makes it a heading; *close* puts it on the next line, without a blank one between.
        """
        lines = (" ".join(line.split()) for line in readable(text).split("\n"))
        self._put("\n".join(filter(None, lines)), level, close)

    def add_row(self, cells: Iterable[str], *, close: bool) -> None:
        """Add a row of a table as one line; *close* as for paragraphs."""
        tidy = (" ".join(readable(cell).split()) for cell in cells)
        self._put(CELLS.join(filter(None, tidy)), 0, close)

    def turn(self) -> None:
        """Begin a new page."""
        self._pages.append([])
        self._length = 0

    @property
    def begun(self) -> bool:
        """Whether the page at hand holds anything."""
        return bool(self._pages[-1])

    def pages(self) -> tuple[Page, ...]:
        """Return the pages, empty ones among them; none at the end."""
        while len(self._pages) > 1 and not self._pages[-1]:
            self._pages.pop()
        return tuple(Page(number, "", "".join(parts)) for number, parts in enumerate(self._pages, 1))

    def sections(self) -> tuple[Section, ...]:
        """Return the headings in order."""
        return tuple(self._sections)

    def _put(self, text: str, level: int, close: bool) -> None:
        if not text:
            return
        page = self._pages[-1]
        if page:
            text = ("\n" if close else "\n\n") + text
        page.append(text)
        at = self._length + len(text) - len(text.lstrip("\n"))
        if level:
            title = " ".join(text.split())
            self._sections.append(Section(title, min(level, _DEEPEST), len(self._pages), at))
        self._length += len(text)
