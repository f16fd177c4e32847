"""Tables of imports: files that were looked at or read, their problems, and what was imported earlier."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from realist.text import line, pad
from realist.vocabulary import Severity
from tui.widgets.lines import Column, Row, Span, cells, widths
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.gateway.importing import Earlier, Found, Report

_LONGEST = 2000
_CLOSE = (
    Column("", 1), Column("file"), Column("product", 12), Column("format", 7), Column("encoding", 9),
    Column("records", 7, right=True), Column("warn.", 5, right=True), Column("refused", 7, right=True),
)  # fmt: skip
_WHOLE = (
    Column("", 1), Column("file"), Column("product", 20), Column("format", 11), Column("encoding", 11),
    Column("records", 9, right=True), Column("warnings", 8, right=True), Column("refused", 8, right=True),
)  # fmt: skip
_EARLIER_CLOSE = (
    Column("imported earlier", share=3), Column("when", 10), Column("by", 4), Column("search", share=2),
    Column("records", 7, right=True), Column("warn.", 5, right=True), Column("refused", 7, right=True),
    Column("mended", 6, right=True),
)  # fmt: skip
_EARLIER_WHOLE = (
    Column("imported earlier", share=3), Column("when", 10), Column("by", 6), Column("search", share=2),
    Column("product", 14), Column("records", 9, right=True), Column("warnings", 8, right=True),
    Column("refused", 8, right=True), Column("mended", 6, right=True),
)  # fmt: skip
_ROOMY = 100
TAKEN_BACK = "its import was taken back"


class FileTable(Table["Report"]):
    """A row for each file: what it is, and how much of it is read, doubted and refused."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_CLOSE, self._cells, empty="No file was looked at.", id=id)
        self.gone: Collection[str] = ()

    def fill(self, items: Sequence[Report], *, keep: bool = True) -> None:
        """Show other files, in as many lines as they need, as far as there is room."""
        self.styles.height = len(items) + self.heads
        super().fill(items, keep=keep)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self.columns = list(_WHOLE if self.room >= _ROOMY else _CLOSE)
        super().resized()

    def row(self, index: int, width: int) -> Row:
        """Return the row of a file; where there are no counts, it says why across all columns."""
        if not self.items:
            return super().row(index, width)
        report = self.items[index]
        sign, words = self._instead(report)
        if not words:
            return cells(self._cells(report), self.columns, width)
        name = widths(self.columns, width)[1]
        return [
            sign, Span(" "), Span(pad(_name(report.file), name)), Span(" "),
            Span(pad(line(words[:_LONGEST]), max(width - name - 3, 1)), "muted"),
        ]  # fmt: skip

    def _instead(self, report: Report) -> tuple[Span, str]:
        """Return the sign and the words of a file that has no counts."""
        if report.uid in self.gone:
            return Span("↶", "warn"), TAKEN_BACK
        if report.known:
            return Span("=", "accent"), f"there already: {report.known}"
        if not report.records and not report.uid and report.problems:
            first = next((one for one in report.problems if one.severity == Severity.ERROR), None)
            if first is not None and not any(one.text for one in report.problems):
                return Span("✗", "bad"), first.message
        return Span(""), ""

    def _cells(self, report: Report) -> list[Span | str]:
        refused, warnings = report.refused, report.warnings
        return [
            Span("!", "warn") if refused else Span("✓", "good"),
            _name(report.file),
            Span(report.product or "–"),
            Span(report.format, "muted"),
            Span(report.encoding or "–", "muted"),
            f"{report.records:,}",
            Span(f"{warnings:,}" if warnings else "–", "warn" if warnings else "muted"),
            Span(f"{refused:,}" if refused else "–", "bad" if refused else "muted"),
        ]


class ProblemTable(Table["Found"]):
    """A row for each problem, what was refused first; the file is named where there are several."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__((), self._cells, empty="Every record was read without a doubt.", id=id)
        self._several = False

    def fill(self, items: Sequence[Found], *, keep: bool = True) -> None:
        """Show other problems."""
        self._several = len({found.file for found in items}) > 1
        self._set_columns()
        super().fill(items, keep=keep)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self._set_columns()
        super().resized()

    def _set_columns(self) -> None:
        self.columns = [
            Column("", 1),
            *([Column("file", 30 if self.room >= _ROOMY else 16)] if self._several else []),
            Column("line", 8, right=True),
            Column("record", 7, right=True),
            Column("what · Enter shows the text"),
        ]

    def _cells(self, found: Found) -> list[Span | str]:
        problem = found.problem
        error = problem.severity == Severity.ERROR
        return [
            Span("✗", "bad") if error else Span("·", "warn"),
            *([_name(found.file)] if self._several else []),
            Span(f"{problem.line:,}", "muted"),
            Span(f"{problem.record:,}" if problem.record else "", "muted"),
            line(problem.message[:_LONGEST]),
        ]


class EarlierTable(Table["Earlier"]):
    """A row for each import, newest first."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(_EARLIER_CLOSE, self._cells, empty="No file was imported yet.", id=id)

    def fill(self, items: Sequence[Earlier], *, keep: bool = True) -> None:
        """Show other imports, in as many lines as they need, as far as there is room."""
        self.styles.height = max(len(items), 1) + self.heads + 1
        super().fill(items, keep=keep)

    def resized(self) -> None:
        """Choose the columns for the width there is."""
        self.columns = list(_EARLIER_WHOLE if self.room >= _ROOMY else _EARLIER_CLOSE)
        super().resized()

    def _cells(self, one: Earlier) -> list[Span | str]:
        row = one.row
        file = _name(row["file"]) + (f" mends {_name(row['mends'])}" if row["mends"] is not None else "")
        product = [Span(_name(row["product"]) or "–", "muted")] if self.columns[4].title == "product" else []
        return [
            file,
            Span(f"{row['at'].astimezone():%Y-%m-%d}", "muted"),
            line(row["by"][:_LONGEST]),
            Span(line((row["search"] or "–")[:_LONGEST]), "" if row["search"] else "muted"),
            *product,
            f"{row['records']:,}",
            Span(f"{row['warnings']:,}" if row["warnings"] else "–", "warn" if row["warnings"] else "muted"),
            Span(f"{row['refused']:,}" if row["refused"] else "–", "bad" if row["refused"] else "muted"),
            Span(f"✓ {row['mended']:,}" if row["mended"] else "–", "good" if row["mended"] else "muted"),
        ]


def _name(text: str) -> str:
    return line(text[:_LONGEST])
