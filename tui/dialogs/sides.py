"""Of two papers that are one document: whose value is right, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from realist.text import shorten
from tui.dialogs.dialog import Dialog
from tui.safe import said, told
from tui.sheets.abreast import ABSTRACT, FIELDS, name_of, shown
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.gateway.same import Means

_NAMES = {"label": "label"} | {field: name for field, name, _ in (*FIELDS, ABSTRACT)}


class Either:
    """A field in which two papers differ: both values, and the place (0 or 1) of the one chosen."""

    def __init__(self, field: str, values: tuple[str, str], at: int) -> None:
        self.field, self.values, self.at = field, values, at


class ChooseSides(Dialog[dict[str, str]]):
    """Lists the fields in which two papers differ; returns for each the uid of the paper that is right.

    At first it is what would stand without choosing; where that says nothing, what the other says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "side(0)", show=False),
        Binding("right", "side(1)", show=False),
        Binding("space", "turn", show=False),
        Binding("ctrl+s", "save", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ChooseSides > Vertical { width: 110; }
    ChooseSides Table { height: 10; }
    ChooseSides #whole { height: 5; }
    """

    def __init__(self, means: Means) -> None:
        super().__init__()
        self._means = means
        self.choices = choices_of(means)

    def compose(self) -> ComposeResult:
        """Lay it out: the fields, and the two values under the cursor in full."""
        one, other = (shorten(name_of(side), 60) for side in self._means.sides[:2])
        with Vertical():
            yield Static(said("Whose value is right, now that they are one document?"), classes="title")
            columns = [Column("field", 9), Column(one), Column(other)]
            yield Table[Either](columns, self._row, empty="They differ in no field.", id="fields")
            yield Static("", id="whole")
            note = "← → choose · Enter changes · ^s: the same · the originals are kept"
            yield Static(said(note), classes="note")
            with Horizontal():
                yield Button("Same (^s)", id="save")
                yield Button("Cancel (Esc)", id="cancel")

    def on_mount(self) -> None:
        """Begin at the first field."""
        self._table.fill(self.choices)
        self._table.focus()
        self._say()

    @property
    def _table(self) -> Table[Either]:
        return self.query_one("#fields", Table)

    def _row(self, choice: Either) -> Sequence[Span | str]:
        return [Span(_NAMES[choice.field], "muted")] + [
            Span(f"{'✓' if choice.at == place else '·'} {shown(choice.field, value) or '–'}",
                 "strong" if choice.at == place else "muted")
            for place, value in enumerate(choice.values)
        ]  # fmt: skip

    @on(Lines.Moved)
    def _say(self) -> None:
        """Show both values under the cursor in full."""
        choice = self._table.item
        whole = ""
        if choice is not None:
            texts = (shorten(shown(choice.field, value), 300) or "–" for value in choice.values)
            whole = "\n".join(
                f"#{side.line.number} {'✓' if choice.at == place else '·'} {text}"
                for place, (side, text) in enumerate(zip(self._means.sides, texts, strict=False))
            )
        self.query_one("#whole", Static).update(told(whole, 1000))

    def action_side(self, place: int) -> None:
        """Choose the value on the left or on the right."""
        choice = self._table.item
        if choice is not None:
            choice.at = place
            self._table.renew_row(self._table.cursor)
            self._say()

    @on(Lines.Chosen)
    def action_turn(self) -> None:
        """Choose the other value."""
        choice = self._table.item
        if choice is not None:
            self.action_side(1 - choice.at)

    def action_save(self) -> None:
        """Give what was chosen."""
        uids = [side.line.uid for side in self._means.sides[:2]]
        self.dismiss({choice.field: uids[choice.at] for choice in self.choices})

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Give what was chosen, or leave."""
        if event.button.id == "save":
            self.action_save()
        else:
            self.dismiss(None)


def choices_of(means: Means) -> list[Either]:
    """Return the fields in which the first two papers differ, each with what would stand without choosing."""
    one, other = means.sides[:2]
    best = 0 if means.best is one else 1
    found = []
    for field in _NAMES:
        values = (one.fields[field], other.fields[field])
        if shown(field, values[0]) == shown(field, values[1]):
            continue
        said = means.together.fields.get(field)
        at = 1 - best if said == values[1 - best] else best
        if field == "abstract":
            typed = [place for place in (best, 1 - best) if means.sides[place].typed]
            at = typed[0] if typed else max((best, 1 - best), key=lambda place: len(values[place]))
        found.append(Either(field, values, at))
    return found
