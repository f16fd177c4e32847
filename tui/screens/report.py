"""What came of an import: its files, every problem, and what was refused, to be mended."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.containers import Container
from textual.widget import Widget

from realist.text import shorten
from tui.actions import bindings
from tui.forms.importing import begin_writing_refused
from tui.gateway import importing
from tui.gateway.importing import Reported
from tui.place import Place
from tui.sheets.importing import several
from tui.sheets.problem import ProblemSheet
from tui.widgets.bars import Bar
from tui.widgets.import_tables import FileTable, ProblemTable
from tui.widgets.lines import Lines

_TODO = (
    "In the report, w writes what was refused to a file; mend it there in an editor, and m brings it in, as"
    " what mends this import."
)
_NONE = "No text that was refused is kept of this file, so there is nothing to mend."


class ReportScreen(Place):
    """The files in a table; below, all their problems, each with its text behind it."""

    PLACE = "report"
    TITLE = "Import: report"
    BINDINGS = bindings("report")
    AUTO_FOCUS = "#problems"
    DEFAULT_CSS = """
    ReportScreen #both { height: 1fr; layout: vertical; }
    ReportScreen #files { height: 4; max-height: 45%; min-height: 3; }
    ReportScreen #problems { height: 1fr; border-top: solid $panel; }
    """

    def __init__(self, uid: str, reported: Reported | None = None) -> None:
        super().__init__()
        self._uid = uid
        self._reported = reported or Reported((), {}, [])
        self._written: dict[str, str] = {}

    def body(self) -> Iterable[Widget]:
        """Yield where they came from, the files and the problems."""
        yield Bar(id="about")
        yield Container(FileTable(id="files"), ProblemTable(id="problems"), id="both")

    @property
    def _files(self) -> FileTable:
        return self.query_one(FileTable)

    @property
    def _problems(self) -> ProblemTable:
        return self.query_one(ProblemTable)

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Ask for the report, or how its imports stand now."""
        uid, reports = self._uid, self._reported.reports
        self.fetch(lambda gate: importing.reported(gate, uid, reports), self._show)

    def _show(self, reported: Reported) -> None:
        self._reported = reported
        reports = reported.reports
        self._files.gone = {one.uid for one in reports if one.uid and one.uid not in reported.imports}
        self._files.fill(reports)
        self._problems.fill(reported.found)
        what = several(len(reports), "file") if len(reports) > 1 else shorten(reports[0].file, 40)
        self.say_where(f"{what} · {several(sum(one.records for one in reports), 'record')}")
        self.query_one("#about", Bar).say(" · ".join(self._about()))

    def _about(self) -> list[str]:
        """Return what is said of the imports: of which search, by whom and when, and what mends what."""
        reports, known = self._reported.reports, self._reported.imports
        row = next((known[one.uid].row for one in reports if one.uid in known), None)
        if row is None:
            return ["nothing of it is in the review"]
        words = [shorten(row["search"] or "of no search", 60), f"read by {row['by']}"]
        words.append(f"{row['at'].astimezone():%Y-%m-%d %H:%M}")
        words += [f"mends {shorten(row['mends'], 60)}"] if row["mends"] is not None else []
        return words + (["mended since"] if row["mended"] and len(reports) == 1 else [])

    # -- going into it --------------------------------------------------------------------------------------

    def action_other(self) -> None:
        """Go to the files, or back to the problems."""
        (self._files if self._problems.has_focus else self._problems).focus()

    @on(Lines.Chosen, "#files")
    def into(self) -> None:
        """Go to the first problem of the file."""
        place, found = self._files.cursor, self._reported.found
        first = next((at for at, one in enumerate(found) if one.place == place), None)
        self._problems.focus()
        if first is not None:
            self._problems.go_to(first)

    @on(Lines.Chosen, "#problems")
    def open_problem(self) -> None:
        """Show the problem under the cursor to the letter."""
        table = self._problems

        def left(at: int | None) -> None:
            table.go_to(at or 0)

        self.app.push_screen(ProblemSheet(table.items, table.cursor, _TODO), left)

    # -- mending --------------------------------------------------------------------------------------------

    def _place(self) -> int | None:
        """Return the place of the file that is meant, where refused text of it is kept.

        It is the one under the cursor, among the files or behind the problem; else the first there is.
        """
        reports, found = self._reported.reports, self._problems.item
        first = self._files.cursor if self._files.has_focus or found is None else found.place
        order = [first, *(at for at in range(len(reports)) if at != first)]
        kept = (at for at in order if at < len(reports) and importing.has_refused_text(reports[at]))
        return next((at for at in kept if reports[at].uid not in self._files.gone), None)

    def action_write(self) -> None:
        """Write refused text to a file."""
        place = self._place()
        if place is None:
            self.house.say(_NONE)
            return
        uid = self._reported.reports[place].uid

        def written(path: str) -> None:
            self._written[uid] = path

        begin_writing_refused(self, self._reported, place, written)

    async def action_mend(self) -> None:
        """Choose the mended file."""
        place = self._place()
        if place is None:
            self.house.say(_NONE)
            return
        uid = self._reported.reports[place].uid
        await self.ask("importing", f"{uid} {self._written.get(uid, '')}")
