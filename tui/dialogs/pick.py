"""Which paper is meant: the most likely ones at once, others as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from realist.text import line, shorten
from tui.dialogs.dialog import Dialog
from tui.safe import said, told
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.paper_list import SIGNS, first_author
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.gateway.door import Gateway
    from tui.gateway.pick import Candidate, Finder

_SHORTEST = 2
_LONGEST = 200
_COLUMNS = (
    Column("#", 6, right=True), Column("", share=4), Column("year", 4), Column("", share=9), Column("", 10),
)  # fmt: skip


class PickPaper(Dialog[str]):
    """Finds the paper that is meant beside the one with *uid*; returns its uid.

    At first the papers that are most likely the same document; as one types, those that have the words, the
    number or the name, also mistyped. Looking is done in threads: of what is typed the newest wins, and who
    leaves waits for nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("pageup", "step(-10)", show=False),
    ]
    DEFAULT_CSS = """
    PickPaper > Vertical { width: 100; }
    PickPaper Table { height: 10; }
    PickPaper #why { height: 5; color: $text-muted; }
    """

    def __init__(self, title: str, gate: Gateway, uid: str, hint: str = "words, a number, an author") -> None:
        super().__init__()
        self._title, self._gate, self._uid, self._hint = title, gate, uid, hint
        self._finder: Finder | None = None
        self._words = ""
        self._likely: list[Candidate] | None = None
        self._asking = self._entered = False

    def compose(self) -> ComposeResult:
        """Lay it out: what is typed, what fits, and more of the one under the cursor."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Input(placeholder=self._hint, id="words")
            yield Table["Candidate"](_COLUMNS, _row, empty="looking for the most likely ones …", id="fits")
            yield Static("", id="why")
            yield Static("Enter chooses · ↑ ↓ move · Esc leaves", classes="note")

    def on_mount(self) -> None:
        """Look for the most likely ones; typing begins at once."""
        self._table.can_focus = False
        self._table.heads = 0
        self.query_one(Input).focus()
        self._run_worker(self._ask_likely)

    @property
    def _table(self) -> Table[Candidate]:
        return self.query_one("#fits", Table)

    def _run_worker(self, work: object) -> None:
        self.run_worker(work, thread=True, exit_on_error=False)  # type: ignore[arg-type]

    def _find(self) -> Finder:
        from tui.gateway.pick import Finder

        self._finder = self._finder or Finder(self._gate, self._uid)
        return self._finder

    # -- looking --------------------------------------------------------------------------------------------

    def _ask_likely(self) -> None:
        try:
            found = self._find().likely()
        except Exception as error:
            self.call_later(self.fail, error)
        else:
            self.call_later(self._show_likely, found)

    def _show_likely(self, found: list[Candidate]) -> None:
        self._likely = found
        if not self._wanted:
            self._fill(found, "No paper is like it: type words, a number or a name.")

    @property
    def _wanted(self) -> str:
        words = line(self.query_one(Input).value[:_LONGEST])
        return words if len(words) >= _SHORTEST or words.isdecimal() else ""

    @on(Input.Changed)
    def typed(self) -> None:
        """Look for what is typed now; without words, show the likely ones again."""
        self._entered = False
        if not self._wanted:
            self._words = ""
            self._fill(self._likely or [], "looking for the most likely ones …")
        elif not self._asking:
            self._ask()

    def _ask(self) -> None:
        words = self._words = self._wanted
        self._asking = True
        self._run_worker(lambda: self._ask_words(words))

    def _ask_words(self, words: str) -> None:
        try:
            found = self._find().by_words(words)
        except Exception as error:
            self.call_later(self._failed, error)
        else:
            self.call_later(self._show, words, found)

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self.fail(error)

    def _show(self, words: str, found: list[Candidate]) -> None:
        self._asking = False
        wanted = self._wanted
        if wanted and wanted != words:
            self._ask()
        elif wanted:
            self._fill(found, "No paper has these words, or words like them.")
            if self._entered:
                self.chosen()

    def _fill(self, found: Sequence[Candidate], empty: str) -> None:
        self._table.empty = empty
        self._table.fill(found, keep=False)
        self._say_why()

    # -- choosing -------------------------------------------------------------------------------------------

    @on(Lines.Moved)
    def _say_why(self) -> None:
        """Show more of the paper under the cursor: its whole title, and why it is offered."""
        item = self._table.item
        self.query_one("#why", Static).update(told(_why(item) if item else "", 600))

    @on(Input.Submitted)
    @on(Lines.Chosen)
    def chosen(self) -> None:
        """Give the paper under the cursor, as soon as the papers are those that fit what is typed."""
        item = self._table.item
        self._entered = self._asking
        if item is not None and not self._asking:
            self.dismiss(item.paper.uid)

    def action_step(self, rows: int) -> None:
        """Move the cursor while typing."""
        self._table.action_move(rows)


def _row(one: Candidate) -> Sequence[Span | str]:
    paper = one.paper
    year = "" if paper.year is None else str(paper.year)
    score = f"{one.score:.2f}" if one.score else ""
    note = Span(one.kind or score, "accent") if one.kind or score else SIGNS[paper.state]
    who = first_author(paper) or paper.label
    return f"#{paper.number}", Span(who), Span(year, "muted"), paper.title or paper.label or paper.doi, note


def _why(one: Candidate) -> str:
    paper = one.paper
    about = " · ".join(
        filter(None, (line(paper.label[:200]), line(paper.journal[:200]), line(paper.doi[:200])))
    )
    title = shorten(paper.title[:1000], 200)
    reasons = shorten(" ".join(one.reasons)[:2000], 300)
    return "\n".join(filter(None, (title, about, f"{one.score:.2f}: {reasons}" if reasons else "")))
