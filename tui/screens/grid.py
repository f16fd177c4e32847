"""The evidence grid: mechanisms by papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from realist.text import shorten
from tui.actions import ACTIONS, Action, bindings
from tui.dialogs import Choose, Field, Form, Option
from tui.forms.cell import begin_claim, begin_reading
from tui.gateway import grid
from tui.gateway.matrix import legend
from tui.place import Place
from tui.widgets.filter import FilterLine
from tui.widgets.grid_view import GridView
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from realist.queries.grid import Grid
    from tui.gateway.door import Gateway

_EMPTY = "The grid is empty: "
_NO_MECHANISM = f"{_EMPTY}no mechanism yet. g m goes to the mechanisms, a proposes one there."
_NO_PAPER = f"{_EMPTY}no paper that anything was recorded of. P chooses a set; g p goes to the papers."
_FILTERED = "No paper fits what you typed. f changes it."


class GridScreen(Place):
    """Which paper says something of which mechanism, and how."""

    PLACE = "grid"
    TITLE = "Grid"
    BINDINGS = bindings("grid")

    def __init__(self) -> None:
        super().__init__()
        self.look = grid.Look()
        self._answer: grid.Answer | None = None
        self._before = False
        self._of_list = self._of_set = ""
        self._problems: tuple[str, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Yield the filter and the grid."""
        yield FilterLine("words of the label, or fields such as year:2010.. tag:pilot state:included")
        yield GridView(id="grid")

    @property
    def actions(self) -> list[Action]:
        """What a person can do here, moving sideways too."""
        known = super().actions
        return [*known, *(action for action in ACTIONS["cells"] if action not in known)]

    @property
    def view(self) -> GridView:
        """The grid as it is drawn."""
        return self.query_one(GridView)

    # -- loading --------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the grid, and for the papers that the filter lets through."""
        of_list, of_set, words = self._of_list, self._of_set, self.query_one(FilterLine).value
        before = self._before

        def ask(gate: Gateway) -> tuple[grid.Answer, grid.Fitting]:
            answer = grid.ask(gate, of_list, of_set, before)
            return answer, grid.fitting(gate, answer, words)

        self.fetch(ask, lambda found: self._show(*found, words))

    def _show(self, answer: grid.Answer, fitting: grid.Fitting, words: str) -> None:
        self._answer = answer
        self._let_through(fitting)
        if self.query_one(FilterLine).value != words:  # typed on while the grid was read
            self._fit()

    @on(Input.Changed, "#filter")
    def _fit(self) -> None:
        """Show the papers that fit what is typed."""
        answer, words = self._answer, self.query_one(FilterLine).value
        if answer is not None:
            self.fetch(lambda gate: grid.fitting(gate, answer, words), self._let_through, group="filter")

    def _let_through(self, fitting: grid.Fitting) -> None:
        self._problems = fitting.problems
        self._arrange(papers=fitting.papers)

    def _arrange(self, **changes: object) -> None:
        """Look at the grid in another way; the cursor stays on its paper and mechanism."""
        view, was = self.view, self.look
        self.look = look = replace(was, **changes)  # type: ignore[arg-type]
        if self._answer is None:
            return
        row, column = view.here
        if look.turned != was.turned:
            row, column = column, row
        marks = (_mark(look.papers_by, "↓↑"), _mark(look.mechanisms_by, "→←"))
        if look.turned:
            marks = (_mark(look.mechanisms_by, "↓↑"), _mark(look.papers_by, "→←"))
        view.marks = marks
        view.legend = lambda width: legend(look.mode, width)
        view.empty = _FILTERED if look.papers is not None else _NO_PAPER
        if not self._answer.grid.columns:
            view.empty = _NO_MECHANISM
        matrix = grid.matrix(self._answer, look)
        view.corner = self._corner(matrix.grid)
        view.fill(matrix, row, column)
        self.say_cell()

    def _corner(self, shown: Grid) -> tuple[str, str]:
        """Return how many rows and how many columns are shown."""
        whole = len(self._answer.grid.rows) if self._answer else 0
        papers = len(shown.columns if shown.turned else shown.rows)
        of = f"{papers:,} papers" if papers == whole else f"{papers:,} of {whole:,} papers"
        mechanisms = len(shown.rows if shown.turned else shown.columns)
        many = f"{mechanisms} mechanism" if mechanisms == 1 else f"{mechanisms} mechanisms"
        return (many, of) if shown.turned else (of, many)

    @on(Lines.Moved)
    def say_cell(self) -> None:
        """Say in the bar which cell is under the cursor, in full."""
        place, view = self._here, self.view
        if self._answer is None or view.matrix is None:
            return
        whole = self._answer.grid
        given = "as given" if whole.before else ""
        of = " · ".join(filter(None, (shorten(whole.of_set, 30), shorten(whole.of_list, 30), given)))
        problem = f"{self._problems[0]} · " if self._problems else ""
        if place is None:
            self.say_where(problem + of)
            return
        state = view.matrix.state(view.cursor, view.column)
        number = next(column.number for column in whole.columns if column.uid == place.mechanism)
        mechanism, paper = shorten(place.mechanism_name, 60), shorten(place.paper_name, 40)
        self.say_where(f"{problem}{state}: M{number} {mechanism} × {paper}{f' · {of}' if of else ''}")

    @property
    def _here(self) -> grid.Place | None:
        matrix = self.view.matrix
        if matrix is None or not self.view.holds:
            return None
        row, column = matrix.head(self.view.cursor), matrix.columns[self.view.column]
        paper, mechanism = (column, row) if matrix.turned else (row, column)
        return grid.Place(paper.uid, paper.name, mechanism.uid, mechanism.name)

    # -- looking --------------------------------------------------------------------------------------------

    def action_mode(self) -> None:
        """Show the next of ticks, counts, stance and valence."""
        self._arrange(mode=grid.after(self.look.mode))

    def action_transpose(self) -> None:
        """Change rows and columns."""
        self._arrange(turned=not self.look.turned)

    def action_sort(self) -> None:
        """Sort the rows by the column under the cursor: what is present first, the other way, as before."""
        self._sort(self.view.here[1], rows=True)

    def action_sort_columns(self) -> None:
        """Sort the columns by the row under the cursor."""
        self._sort(self.view.here[0], rows=False)

    def action_sort_n(self) -> None:
        """Sort the rows by n."""
        self._sort("", rows=True)

    def _sort(self, uid: str, *, rows: bool) -> None:
        if not self.view.holds:
            return
        side = "papers_by" if rows != self.look.turned else "mechanisms_by"
        before: grid.Order | None = getattr(self.look, side)
        if before is None or before.uid != uid:
            self._arrange(**{side: grid.Order(uid)})
        else:
            self._arrange(**{side: None if before.backwards else grid.Order(uid, backwards=True)})

    @on(GridView.Headed)
    def sort_by_heading(self, event: GridView.Headed) -> None:
        """Sort the rows by the column clicked."""
        matrix = event.view.matrix
        if matrix is not None:
            self._sort("" if event.column is None else matrix.columns[event.column].uid, rows=True)

    def action_filter(self) -> None:
        """Type which papers to show."""
        self.query_one(FilterLine).begin()

    def action_choose_list(self) -> None:
        """Choose the list of mechanisms."""

        def chosen(uid: str | None) -> None:
            if uid is not None:
                self._of_list = uid
                self.load()

        self._choose("Mechanisms of which list?", "every mechanism", grid.lists(self.gate), chosen)

    def action_choose_set(self) -> None:
        """Choose the included set of papers."""

        def chosen(uid: str | None) -> None:
            if uid is not None:
                self._of_set = uid
                self.load()

        self._choose(
            "Papers of which set?", "every paper with anything recorded", grid.sets(self.gate), chosen
        )

    def _choose(
        self, title: str, everything: str, choices: list[grid.Choice], then: Callable[[str | None], None]
    ) -> None:
        options = [Option("the review's choice", ""), Option("all", grid.ALL, everything)]
        options += [Option(choice.name, choice.uid, choice.note) for choice in choices]
        self.app.push_screen(Choose(title, options), then)

    # -- the cell -------------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Show what is behind the cell under the cursor."""
        self.open_cell()

    @on(Lines.Chosen)
    def open_cell(self) -> None:
        """Show what is behind the cell."""
        if place := self._here:
            shown = self._answer.grid if self._answer else None
            columns = [of.uid for of in shown.columns] if shown and shown.of_list else []
            before = shown is not None and shown.before
            self.house.open("cell", f"{place.paper} {place.mechanism}", columns=columns, before=before)

    def action_before(self) -> None:
        """Show what was given, as if nothing had been merged or split; again: where it stands now."""
        self._before = not self._before
        self.load()

    def action_reading(self) -> None:
        """Record what reading this paper for this mechanism gave."""
        if place := self._here:
            begin_reading(self.house, place)

    def action_claim(self) -> None:
        """Record evidence in this cell."""
        if place := self._here:
            begin_claim(self.house, place)

    def action_export(self) -> None:
        """Write exactly what is shown into a file."""
        answer, look = self._answer, self.look
        if answer is None:
            return

        def save(values: dict[str, str]) -> str:
            return grid.export(answer, look, values["file"])

        note = (
            "A name that ends in .csv gives a table for a spreadsheet, .json one for scripts, any other text."
        )
        field = Field("file", "Write the grid, as it is shown, to", "grid.csv")
        self.app.push_screen(
            Form("Export the grid", [field], save, note=note, done="Write"), self.house.say_done
        )


def _mark(order: grid.Order | None, signs: str) -> str:
    return f"{signs[order.backwards]}{order.uid}" if order else ""
