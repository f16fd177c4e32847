"""A sheet: styled lines of text, set for a width, some of which lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from realist.text import cell_width, line, paragraphs, plain, wrap
from tui.widgets.lines import Span


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line leads: a kind of thing and its uid."""

    kind: str
    uid: str


@dataclass(slots=True)
class Sheet:
    """Lines being written, one below the other. Everything is made plain and wrapped here."""

    width: int
    rows: list[list[Span]] = field(default_factory=list)
    targets: dict[int, Target] = field(default_factory=dict)

    def blank(self) -> None:
        """Leave a line empty, unless the one above is or none is there."""
        if self.rows and self.rows[-1]:
            self.rows.append([])

    def spans(self, *spans: Span, target: Target | None = None) -> None:
        """Write one line of several spans; what is too wide is cut when drawn."""
        self._add([Span(_one_line(text), style) for text, style in spans], target)

    def heading(self, text: str, note: str = "") -> None:
        """Write a heading with a rule, after a blank line."""
        self.blank()
        title = line(text)
        tail = f" {line(note)}" if note else ""
        rule = "─" * max(self.width - cell_width(title) - cell_width(tail) - 1, 0)
        self._add([Span(title, "heading"), Span(f" {rule}", "muted"), Span(tail, "muted")], None)

    def text(
        self,
        text: str,
        style: str = "",
        *,
        first: str = "",
        rest: str | None = None,
        target: Target | None = None,
    ) -> None:
        """Write text in as many lines as it takes; *first* stands before it, *rest* before later lines."""
        lead = " " * cell_width(first) if rest is None else rest
        for place, part in enumerate(paragraphs(text).split("\n")):
            before = lead if place else first
            for row in wrap(part, max(self.width, 20), first=before, rest=lead) or [before.rstrip()]:
                self._add([Span(row, style)], target)

    def lines(self, text: str, style: str = "", *, target: Target | None = None) -> None:
        """Write lines that are set already, such as a drawn box."""
        for row in plain(text).rstrip("\n").split("\n"):
            self._add([Span(row.replace("\t", " "), style)], target)

    def field(
        self, name: str, value: str, *, style: str = "", width: int = 12, target: Target | None = None
    ) -> None:
        """Write ``name  value``, the value wrapped under itself; nothing where the value is empty."""
        if not line(value):
            return
        start = len(self.rows)
        self.text(value, style, first=" " * width, target=target)
        row = self.rows[start][0].text[width:]
        self.rows[start] = [Span(f"{name:<{width - 1}} ", "muted"), Span(row, style)]

    def _add(self, spans: list[Span], target: Target | None) -> None:
        if target is not None:
            self.targets[len(self.rows)] = target
        self.rows.append(spans)


def _one_line(text: str) -> str:
    return plain(text).replace("\n", " ").replace("\t", " ")
