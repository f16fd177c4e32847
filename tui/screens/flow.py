"""The staged flow of records, as text."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from tui.actions import bindings
from tui.dialogs import Field, Form
from tui.gateway import flow
from tui.place import Place
from tui.sheets.sheet import Sheet
from tui.widgets.page import Page


class FlowScreen(Place):
    """How records flowed, stage by stage: counted, reported, derived."""

    PLACE = "flow"
    TITLE = "Flow"
    BINDINGS = bindings("flow")

    def body(self) -> Iterable[Widget]:
        """Yield the text."""
        yield Page(id="flow")

    def load(self) -> None:
        """Ask for the flow."""
        self.fetch(flow.staged, self._show)

    def _show(self, stages: flow.Stages) -> None:
        def write(sheet: Sheet) -> None:
            sheet.lines(flow.text(stages, sheet.width))

        self.say_where(f"{len(stages)} stages" if len(stages) != 1 else "1 stage")
        self.query_one(Page).show(write, keep=True)

    def action_export(self) -> None:
        """Ask for a file and write the flow into it."""

        def save(values: dict[str, str]) -> str:
            return flow.export(self.gate, values["file"])

        note = "A name that ends in .json gives JSON, any other the text as it is shown."
        field = Field("file", "Write the flow to", "flow.txt")
        form = Form("Export the flow", [field], save, note=note, done="Write")
        self.app.push_screen(form, self.house.say_done)
