"""What a paper prints: chosen from a list, looked at, written."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.containers import Container
from textual.widget import Widget

from tui.actions import bindings
from tui.dialogs import Busy, Field, Form, Progress
from tui.gateway import exporting
from tui.gateway.exporting import Choice
from tui.place import Place
from tui.sheets.sheet import Sheet
from tui.widgets.detail import Detail
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table


class ExportScreen(Place):
    """A list of what can be written; below, how the one under the cursor looks."""

    PLACE = "exporting"
    TITLE = "Export"
    BINDINGS = bindings("exporting")
    DEFAULT_CSS = """
    ExportScreen #both { height: 1fr; layout: vertical; }
    ExportScreen #list { height: 2fr; min-height: 4; }
    ExportScreen #shown { height: 3fr; border-top: solid $panel; }
    """

    def body(self) -> Iterable[Widget]:
        """Yield the list and the look."""
        columns = (Column("what"), Column("a file of", 44))
        yield Container(Table[Choice](columns, self._cells, id="list"), Detail(id="shown"), id="both")

    @property
    def _list(self) -> Table[Choice]:
        return self.query_one("#list", Table)

    def _cells(self, row: Choice) -> list[Span | str]:
        return [row.title, Span(row.endings, "muted")]

    def load(self) -> None:
        """Ask what there is."""
        self.fetch(exporting.choices, self._show)

    def _show(self, found: list[Choice]) -> None:
        self._list.fill(found)
        self.say_where(f"{len(found)} things to write")
        self._look()

    @on(Lines.Moved, "#list")
    def _look(self) -> None:
        row = self._list.item
        if row is not None:
            self.query_one(Detail).show_of(row.name, lambda sheet: sheet.text("…", "muted"))
            self.fetch(partial(exporting.preview, choice=row), partial(self._draw, row), group="preview")

    def _draw(self, row: Choice, text: str) -> None:
        now = self._list.item
        if now is None or now.name != row.name:
            return

        def write(sheet: Sheet) -> None:
            for one in text.split("\n"):
                if one.strip():
                    sheet.text(one)
                else:
                    sheet.blank()

        self.query_one(Detail).show_of(row.name, write)

    def action_save(self) -> None:
        """Ask for a file and write into it what is under the cursor."""
        row = self._list.item
        if row is None:
            return

        def save(values: dict[str, str]) -> str:
            return exporting.write(self.gate, row, values["file"])

        note = f"The ending of the name says the format: {row.endings}."
        form = Form(
            f"Export: {row.title}", [Field("file", "Write it to", row.file)], save, note=note, done="Write"
        )
        self.app.push_screen(form, self.house.say_done)

    def action_everything(self) -> None:
        """Ask for a folder and write the whole supplement into it."""

        def chosen(folder: str | None) -> None:
            if folder:

                def work(told: Progress) -> str:
                    return exporting.write_all(self.gate, folder, told)

                self.app.push_screen(Busy("Writing the supplement", work), self._written)

        note = "A new folder. It gets every file, and a page that lists them."
        form = Form(
            "Export everything", [Field("folder", "Write it to", "supplement")],
            lambda values: values["folder"], note=note, done="Write",
        )  # fmt: skip
        self.app.push_screen(form, chosen)

    def _written(self, answer: tuple[bool, str] | None) -> None:
        sentence, _, missing = (answer[1] if answer else "Stopped; nothing was written.").partition("\n")
        if missing:
            self.house.tell(sentence, missing)
        else:
            self.house.say(sentence)
