"""Import: choose the exports to look at, in the folders of this machine; below, what was imported earlier."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from realist.text import cell_width, shorten
from tui.actions import bindings
from tui.forms.importing import begin_look
from tui.gateway import folders, importing
from tui.gateway.folders import Entry, Given, Listing
from tui.gateway.importing import Earlier, Looked
from tui.place import Place
from tui.sheets.importing import several
from tui.widgets.file_list import UP, FileList
from tui.widgets.filter import FilterLine
from tui.widgets.import_tables import EarlierTable
from tui.widgets.lines import Lines
from tui.widgets.path_line import PathLine

_WATCH = 2.0
_HINT = "part of a name"
_PATH = "path of a file or folder, such as ~/Downloads/embase.ris; several in quotes"


class ImportScreen(Place):
    """A folder under a cursor, and the imports there were."""

    PLACE = "importing"
    TITLE = "Import"
    BINDINGS = bindings("importing")
    DEFAULT_CSS = """
    ImportScreen #files { height: 1fr; min-height: 4; }
    ImportScreen #earlier { height: 4; max-height: 45%; min-height: 4; border-top: solid $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._mends = ""
        self._mended_file = ""
        self._stamp = 0

    def body(self) -> Iterable[Widget]:
        """Yield the lines in which one types, the folder, and the earlier imports."""
        yield FilterLine(_HINT)
        yield PathLine(placeholder=_PATH, id="path")
        yield FileList(id="files")
        yield EarlierTable(id="earlier")

    @property
    def _files(self) -> FileList:
        return self.query_one(FileList)

    @property
    def _earlier(self) -> EarlierTable:
        return self.query_one(EarlierTable)

    # -- what is shown --------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Look into the folder now and then: what a browser saves meanwhile is shown."""
        self.set_interval(_WATCH, self._watch)

    def load(self) -> None:
        """Ask for the earlier imports, and at first for the folder to begin in."""
        self.fetch(importing.earlier, self._show_earlier, group="earlier")
        if not self._files.folder:
            self.fetch(lambda gate: folders.first_listing(gate.address), self._show, group="folder")

    def forget(self) -> None:
        """Begin anew: it is another review."""
        super().forget()
        self._mends = self._mended_file = ""

    def _show_earlier(self, found: Sequence[Earlier]) -> None:
        self._earlier.fill(found)
        mended = next((one for one in found if one.uid == self._mends), None)
        self._mends = mended.uid if mended else ""  # it may have been taken back
        self._mended_file = mended.row["file"] if mended else ""
        self._say()

    def _open(self, folder: str, at: str = "") -> None:
        """Show a folder, the cursor on the entry called *at*."""
        self.fetch(
            lambda gate: folders.listing(folder), lambda listing: self._show(listing, at), group="folder"
        )

    def _show(self, listing: Listing, at: str = "") -> None:
        files = self._files
        if files.folder and listing.folder != files.folder:
            self.query_one(FilterLine).value = files.words = ""
            self.query_one(FilterLine).remove_class("used")
        above = os.path.dirname(listing.folder)
        up = Entry(UP, above, True, 0, 0.0, "") if above != listing.folder else None
        self._stamp = listing.stamp
        files.show(listing, up, at)
        self._say()

    def _watch(self) -> None:
        folder = self._files.folder
        if folder and self.is_current:
            self.fetch(lambda gate: folders.stamp(folder), self._looked_again, group="look")

    def _looked_again(self, stamp: int) -> None:
        if stamp and stamp != self._stamp:
            self._stamp = stamp
            self._open(self._files.folder)

    def on_screen_resume(self) -> None:
        """Look into the folder again."""
        self._watch()

    def _say(self) -> None:
        files = self._files
        count = f"{len(files.marked):,} marked" if files.marked else several(files.files, "file")
        mends = f"to mend {shorten(self._mended_file, 30)}" if self._mends else ""
        used = [self.TITLE, mends, count, self.house.whose]
        room = self.size.width - sum(cell_width(words) + 3 for words in used if words)
        folder = folders.known(files.folder, max(room, 12)) if files.folder else ""
        self.say_where(" · ".join(filter(None, [mends, folder, count if folder else ""])))

    def on_resize(self) -> None:
        """Say as much of the folder as there is room for."""
        self._say()

    # -- going through folders ------------------------------------------------------------------------------

    @on(Lines.Chosen, "#files")
    def open_entry(self) -> None:
        """Open the folder under the cursor, or look at the file."""
        entry = self._files.entry
        if entry is None:
            return
        if entry.folder:
            self.action_rise() if entry.name == UP else self._open(entry.path)
        else:
            self._look([entry.path])

    def action_rise(self) -> None:
        """Go to the folder above, the cursor on the one left."""
        folder = self._files.folder
        above = os.path.dirname(folder)
        if folder and above != folder:
            self._open(above, os.path.basename(folder))

    def action_filter(self) -> None:
        """Type what the list should show."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "#filter")
    def typed(self, event: Input.Changed) -> None:
        """Show what fits now."""
        self._files.find(event.value)

    def action_sort(self) -> None:
        """Sort by the next column."""
        sorts = FileList.SORTS
        self._files.order_by(sorts[(sorts.index(self._files.sort) + 1) % len(sorts)])

    @on(FileList.Headed)
    def headed(self, event: FileList.Headed) -> None:
        """Sort by the heading clicked."""
        self._files.order_by(event.sort)

    def action_path(self) -> None:
        """Type or paste a path."""
        self.query_one(PathLine).begin()

    @on(PathLine.Given)
    def given(self, event: PathLine.Given) -> None:
        """Go to the folder that was given, or look at the files."""
        self._take(event.text, look=True)

    def on_paste(self, event: events.Paste) -> None:
        """Mark the files that were pasted or dropped, or open the folder."""
        self._take(event.text, look=False)

    def _take(self, text: str, *, look: bool) -> None:
        folder = self._files.folder

        def found(given: Given) -> None:
            self.query_one(PathLine).end()
            if given.folder:
                self._open(given.folder)
                return
            first = given.files[0]
            self._open(os.path.dirname(first), os.path.basename(first))
            if look:
                self._look(given.files)
            else:
                self._files.mark(given.files)

        self.fetch(lambda gate: folders.meant(text, folder), found, group="given")

    # -- marks ----------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the file under the cursor, or take the mark off."""
        if not self._earlier.has_focus:
            self._files.mark_here()

    def action_mark_all(self) -> None:
        """Mark every file that is shown; where all are marked, none."""
        files, shown = self._files, self._files.shown_files
        files.mark(shown, not all(path in files.marked for path in shown))

    @on(FileList.Marked)
    def marked(self) -> None:
        """Say how many are marked."""
        self._say()

    # -- looking and reading --------------------------------------------------------------------------------

    def action_look(self) -> None:
        """Look at the marked files, or at the one under the cursor."""
        files = self._files
        entry = files.entry
        if files.marked:
            self._look()
        elif entry is not None and not entry.folder:
            self._look([entry.path])
        else:
            self.house.say("No file is chosen: Space marks one, a all that are shown.")

    def _look(self, others: Sequence[str] = ()) -> None:
        """Look at the marked files, and at *others* with them."""
        files, mends = list(dict.fromkeys([*self._files.marked, *others])), self._mends

        def seen(found: Looked) -> None:
            self.house.open("looking", mends, found=found, imported=self._imported)

        begin_look(self, files, "", seen)

    def _imported(self) -> None:
        """Begin anew after the files were read."""
        self._mends = self._mended_file = ""
        self._files.mark(list(self._files.marked), False)

    # -- earlier imports ------------------------------------------------------------------------------------

    def action_earlier(self) -> None:
        """Go to the earlier imports, or back to the files."""
        (self._files if self._earlier.has_focus else self._earlier).focus()

    @on(Lines.Chosen, "#earlier")
    def open_report(self) -> None:
        """Show the report of the import under the cursor."""
        one = self._earlier.item
        if one is not None:
            self.house.open("report", one.uid)

    def on_place_asked(self, message: Place.Asked) -> None:
        """Choose a file that mends what an import refused: its uid, and a path where the file is known."""
        self._mends, _, path = message.text.partition(" ")
        self._mended_file = next(
            (one.row["file"] for one in self._earlier.items if one.uid == self._mends), ""
        )
        self._files.focus()
        if path:
            self._open(os.path.dirname(path), os.path.basename(path))
        self._say()
