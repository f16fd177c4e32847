"""What is in a file that was looked at, as a text: what it is, what would come in, what would be refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realist.vocabulary import Severity
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.formats.records import Problem
    from tui.gateway.importing import Found, Report

_MOST = 300
_LONGEST = 2000


def write_looked(sheet: Sheet, report: Report, what: str, found: Sequence[Found]) -> None:
    """Write what is in a file; *what* says what it is. Each problem *found* leads to its text."""
    sheet.text(report.file[:_LONGEST] or "(a file without a name)", "strong")
    if what:
        sheet.text(what, "muted")
    if report.known:
        sheet.text(f"It is there already: it {report.known}. i can read it again.", "accent")
        return
    if report.records:
        sheet.text(f"{counted(report)}.")
    for place, one in enumerate(found[:_MOST]):
        _problem(sheet, one.problem, place)
    if len(found) > _MOST:
        sheet.blank()
        sheet.text(f"… and {len(found) - _MOST:,} more; the report of the import lists them all.", "muted")
    if not found:
        sheet.text("Every record was read without a doubt.", "good")


def _problem(sheet: Sheet, problem: Problem, place: int) -> None:
    sign, style = ("✗ ", "bad") if problem.severity == Severity.ERROR else ("· ", "warn")
    sheet.blank()
    target = Target("problem", str(place))
    if problem.line > 1 or problem.record:
        sheet.spans(Span(sign, style), Span(where(problem), "muted"), target=target)
        sheet.text(problem.message[:_LONGEST], first="  ", target=target)
    else:  # of the file as a whole
        sheet.text(problem.message[:_LONGEST], style, first=sign, target=target)


def where(problem: Problem) -> str:
    """Return where in its file a problem is: ``line 12, record 3``."""
    return f"line {problem.line:,}" + (f", record {problem.record:,}" if problem.record else "")


def counted(report: Report) -> str:
    """Return how many records a file has, how many of them with a warning, and what was refused."""
    return ", ".join(
        filter(
            None,
            (
                several(report.records, "record"),
                several(report.warnings, "warning") if report.warnings else "",
                f"{report.refused:,} refused" if report.refused else "",
            ),
        )
    )


def several(n: int, noun: str) -> str:
    """Return a number with its noun: ``1 record``, ``1,204 records``."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
