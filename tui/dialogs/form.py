"""A form: several things asked at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static, TextArea

from realist.errors import RealistError
from realist.text import line, plain
from tui.dialogs.dialog import Dialog
from tui.safe import said, told
from tui.widgets.choice import Choice

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form. With *choices* and ``only``, one of them; without ``only`` they are suggested."""

    name: str
    label: str
    value: str = ""
    long: bool = False
    choices: tuple[str, ...] = ()
    only: bool = False
    help: str = ""


class Form(Dialog[Any]):
    """Asks several things at once and hands them to *save*, in a thread.

    When *save* refuses, its sentence stands in the form and what was typed stays. Returns what *save*
    returned (or True), None where the person left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", show=False, priority=True)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        save: Callable[[dict[str, str]], Any],
        *,
        note: str = "",
        done: str = "Save",
        live: Callable[[Values], str] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._fields, self._save, self._note, self._done = title, fields, save, note, done
        self._live = live
        self._busy = False
        self._warned = False

    def compose(self) -> ComposeResult:
        """Lay it out: label, field, help, one below the other."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            if self._note:
                yield Static(told(self._note), classes="note")
            with VerticalScroll():
                for field in self._fields:
                    yield Static(said(field.label), classes="note")
                    yield self._widget(field)
                    if field.help:
                        yield Static(said(field.help), classes="note")
            if self._live:
                yield Static("", id="live")
            yield Static("", id="wrong", classes="wrong")
            with Horizontal():
                yield Button(said(f"{self._done} (^s)"), id="save")
                yield Button("Cancel (Esc)", id="cancel")

    def _widget(self, field: Field) -> Input | TextArea | Choice:
        value = plain(field.value)
        name = f"f-{field.name}"
        if field.only:
            return Choice(field.choices, value, id=name)
        if field.long:
            return TextArea(value, id=name, tab_behavior="focus", soft_wrap=True)
        suggester = SuggestFromList(field.choices, case_sensitive=False) if field.choices else None
        return Input(line(field.value), id=name, suggester=suggester)

    def on_mount(self) -> None:
        """Begin in the first field."""
        if self._fields:
            self.query_one(f"#f-{self._fields[0].name}").focus()
        self._show_live()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the form now, by field."""
        found: dict[str, str] = {}
        for field in self._fields:
            widget = self.query_one(f"#f-{field.name}")
            if isinstance(widget, TextArea):
                found[field.name] = widget.text
            elif isinstance(widget, Input | Choice):
                found[field.name] = widget.value
        return found

    def _changed(self) -> bool:
        return any(
            value != (line(field.value) if not field.long else plain(field.value))
            for field, value in zip(self._fields, self.values.values(), strict=True)
            if not field.only
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    def typed(self) -> None:
        """Show what the typed words mean, where the form can say so."""
        self._warned = False
        self._show_live()

    def _show_live(self) -> None:
        if self._live:
            self.query_one("#live", Static).update(told(self._live(self.values), 6000))

    @on(Input.Submitted)
    def entered(self, event: Input.Submitted) -> None:
        """Go to the next field; from the last one, save."""
        if event.input.id == f"f-{self._fields[-1].name}":
            self.action_save()
        else:
            self.focus_next()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Save or leave."""
        if event.button.id == "save":
            self.action_save()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Leave; what was typed is thrown away at the second Esc only."""
        if self._changed() and not self._warned and not self._busy:
            self._warned = True
            self.say_wrong("Esc again throws away what you typed; ^s saves it.")
        elif not self._busy:
            self.dismiss(None)

    def action_save(self) -> None:
        """Hand over what was typed."""
        if not self._busy:
            self._busy = True
            values = self.values
            self.run_worker(lambda: self._run(values), thread=True, exit_on_error=False)

    def _run(self, values: dict[str, str]) -> None:
        try:
            result = self._save(values)
        except (RealistError, OSError) as error:
            from tui.gateway.door import sentence

            self.call_later(self._refused, sentence(error))
        except Exception as error:
            self.call_later(self._broke, error)
        else:
            self.call_later(self.leave_with, True if result is None else result)

    def _refused(self, why: str) -> None:
        self._busy = False
        self.say_wrong(why)

    def _broke(self, error: Exception) -> None:
        self._busy = False
        self.fail(error)

    def say_wrong(self, why: str) -> None:
        """Show a sentence above the buttons."""
        self.query_one("#wrong", Static).update(said(why))
