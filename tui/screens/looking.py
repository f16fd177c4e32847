"""What is in the files that were chosen, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import on
from textual.containers import Container
from textual.widget import Widget

from tui.actions import bindings
from tui.forms.importing import ask_encoding, begin_import, begin_look
from tui.gateway import importing
from tui.gateway.importing import Found, Looked, Reported
from tui.place import Place
from tui.sheets.importing import several, write_looked
from tui.sheets.problem import ProblemSheet
from tui.widgets.detail import Detail
from tui.widgets.import_tables import FileTable
from tui.widgets.lines import Lines
from tui.widgets.page import Page

_TODO = "Import the file; the report can write this text to a file, to be mended and imported again."


class LookScreen(Place):
    """The files in a table; below, what is in the one under the cursor."""

    PLACE = "looking"
    TITLE = "Import: look"
    BINDINGS = bindings("looking")
    DEFAULT_CSS = """
    LookScreen #both { height: 1fr; layout: vertical; }
    LookScreen #files { height: 4; max-height: 45%; min-height: 3; }
    LookScreen #inside { height: 1fr; border-top: solid $panel; }
    """

    def __init__(self, mends: str, found: Looked, imported: Callable[[], None]) -> None:
        super().__init__()
        self._mends, self._found, self._imported = mends, found, imported
        self._problems: list[Found] = []

    def body(self) -> Iterable[Widget]:
        """Yield the files and what is in one of them."""
        yield Container(FileTable(id="files"), Detail(id="inside"), id="both")

    @property
    def _files(self) -> FileTable:
        return self.query_one(FileTable)

    @property
    def _inside(self) -> Detail:
        return self.query_one(Detail)

    # -- what is shown --------------------------------------------------------------------------------------

    def load(self) -> None:
        """Show what was found; nothing of it is in the review."""
        self._show(self._found)

    def _show(self, found: Looked) -> None:
        self._found = found
        self._files.fill(found.reports)
        reports = found.reports
        parts = [
            several(len(reports), "file"),
            several(sum(one.records for one in reports), "record"),
            f"read as {found.encoding}" if found.encoding else "",
            "nothing is written yet",
        ]
        self.say_where(" · ".join(filter(None, parts)))
        self._tell()

    @on(Lines.Moved, "#files")
    def moved(self) -> None:
        """Show what is in the file the cursor came to."""
        self._tell()

    def _tell(self) -> None:
        report = self._files.item
        if report is not None:
            what = importing.what_is(report)
            self._problems = importing.found_in(report)
            found = self._problems
            self._inside.show_of(
                str(self._files.cursor), lambda sheet: write_looked(sheet, report, what, found)
            )

    # -- going into it --------------------------------------------------------------------------------------

    def action_other(self) -> None:
        """Go to the problems of the file, or back to the files."""
        (self._files if self._inside.has_focus else self._inside).focus()

    @on(Lines.Chosen, "#files")
    def into(self) -> None:
        """Go to the problems of the file."""
        self._inside.focus()

    @on(Page.Followed)
    def open_problem(self, event: Page.Followed) -> None:
        """Show the text of the problem under the cursor."""
        self.app.push_screen(ProblemSheet(self._problems, int(event.target.uid), _TODO))

    # -- what is done with it -------------------------------------------------------------------------------

    def action_encoding(self) -> None:
        """Ask for the encoding of all files, and look again."""
        ask_encoding(self, lambda encoding: begin_look(self, self._found.files, encoding, self._show))

    def action_take_in(self) -> None:
        """Ask where the files come from, and read them."""
        reports = self._found.reports
        if all(importing.is_nothing(one) and not one.known for one in reports):
            self.house.say("There is nothing to import in these files; each says below what it is.")
        else:
            begin_import(self, self._found, self._mends, self._read)

    def _read(self, reported: Reported) -> None:
        self._imported()
        self.house.pop_screen()
        self.house.open("report", "", reported=reported)
