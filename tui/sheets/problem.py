"""A problem of an import to the letter: where it is, what it is, what to do, and the refused text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from realist.vocabulary import Severity
from tui.dialogs import Dialog
from tui.safe import said
from tui.sheets.raw_record import chopped, visible
from tui.sheets.sheet import Sheet
from tui.widgets.page import Page

if TYPE_CHECKING:
    from tui.gateway.importing import Found

_LONGEST = 50_000
_MESSAGE = 2000


class ProblemSheet(Dialog[int]):
    """One of several problems to the letter; the arrows go on. Returns the place of the one seen last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,enter", "leave", "Close", show=False, priority=True),
        Binding("right,n,greater_than_sign,right_square_bracket", "step(1)", show=False),
        Binding("left,p,less_than_sign,left_square_bracket", "step(-1)", show=False),
    ]
    DEFAULT_CSS = """
    ProblemSheet > Vertical { width: 110; max-width: 98%; height: 94%; }
    ProblemSheet Page { height: 1fr; }
    """

    def __init__(self, problems: Sequence[Found], at: int, todo: str) -> None:
        super().__init__()
        self._problems, self._at, self._todo = problems, at, todo

    def compose(self) -> ComposeResult:
        """Lay it out: which of how many, the text, the keys."""
        with Vertical():
            yield Static("", id="which", classes="title")
            yield Page(id="problem")
            yield Static("→ next · ← before · Esc goes back. What does not print is named.", classes="note")

    def on_mount(self) -> None:
        """Show the problem."""
        self._show()
        self.query_one(Page).focus()

    def _show(self) -> None:
        found = self._problems[self._at]
        kind = "Refused" if found.problem.severity == Severity.ERROR else "Read with a doubt"
        which = f"{kind}   {self._at + 1:,} of {len(self._problems):,}"
        self.query_one("#which", Static).update(said(which))
        self.query_one(Page).show(lambda sheet: write_problem(sheet, found, self._todo))

    def action_step(self, steps: int) -> None:
        """Go to the next problem, or to the one before."""
        at = max(0, min(self._at + steps, len(self._problems) - 1))
        if at != self._at:
            self._at = at
            self._show()

    def action_leave(self) -> None:
        """Leave, saying which problem was seen last."""
        self.dismiss(self._at)


def write_problem(sheet: Sheet, found: Found, todo: str) -> None:
    """Write where a problem is, what it is, and its text to the letter; *todo* says what to do with that."""
    problem = found.problem
    sheet.field("File", found.file[:_MESSAGE])
    sheet.field("Line", f"{problem.line:,}")
    sheet.field("Record", f"{problem.record:,}" if problem.record else "")
    sheet.field("What", problem.message[:_MESSAGE])
    if not problem.text:
        return
    if problem.severity == Severity.ERROR:
        sheet.field("What to do", todo)
    sheet.heading("The text", "to the letter")
    for row in visible_rows(problem.text[:_LONGEST]):
        for piece in chopped(row, max(sheet.width, 10)):
            sheet.lines(piece or " ")
    if len(problem.text) > _LONGEST:
        sheet.blank()
        sheet.text(f"… and {len(problem.text) - _LONGEST:,} more characters.", "muted")


def visible_rows(text: str) -> list[str]:
    """Return the lines of *text*, characters that do not print as signs or codes."""
    return [visible(row) for row in text.split("\n")]
