"""A form: several things asked at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
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
_SOON = 0.4
"""After so many seconds what was typed is kept: a crash loses less than the last second."""
_ONE_AT_A_TIME = Lock()


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
    returned (or True), None where the person left. What is typed is kept as a draft under the name *draft*,
    a second after the last key at the latest, and is there again when the form opens after a crash.
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
        draft: str = "",
    ) -> None:
        super().__init__()
        self._draft = draft
        self._looked = not draft
        self._to_keep = self._done_with = False
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
        if self._draft:  # after the first field has the focus: that selects what stands in it
            self.call_after_refresh(self.run_worker, self._look_for_draft, thread=True, exit_on_error=False)

    # -- drafts ---------------------------------------------------------------------------------------------

    def _look_for_draft(self) -> None:
        from tui.gateway import drafts

        found = drafts.found(getattr(self.app, "gate"), self._draft)  # noqa: B009
        self.call_later(self._bring_back, found)

    def _bring_back(self, found: dict[str, str]) -> None:
        """Put what was typed before into the fields; what was typed since they opened stands after it."""
        self._looked = True
        if not found or found == self.values:
            return
        for field in self._fields:
            widget, value = self.query_one(f"#f-{field.name}"), found.get(field.name)
            if value is None:
                continue
            if isinstance(widget, TextArea):
                typed = widget.text if widget.text != plain(field.value) else ""
                widget.text = value + typed
                widget.move_cursor(widget.document.end)
            elif isinstance(widget, Input):
                typed = widget.value if widget.value != line(field.value) else ""
                widget.value = value.replace("\n", " ") + typed
                widget.action_end()
            elif isinstance(widget, Choice) and value in widget.words:
                widget.value = value
                widget.refresh()
        self.say_wrong("What you typed before is back, perhaps of another passage; Esc twice throws it away.")

    def _note_draft(self) -> None:
        """Have what is typed kept soon: once for all keys of a moment."""
        if self._draft and self._looked and not self._to_keep and not self._busy:
            self._to_keep = True
            self.set_timer(_SOON, self._keep_draft)

    def _keep_draft(self) -> None:
        self._to_keep = False
        if not self._busy and self.is_mounted:
            values = self.values
            self.run_worker(lambda: self._write_draft(values), thread=True, exit_on_error=False)

    def _write_draft(self, values: dict[str, str]) -> None:
        from tui.gateway import drafts

        with _ONE_AT_A_TIME:
            if not self._done_with:
                drafts.keep(getattr(self.app, "gate"), self._draft, values)  # noqa: B009

    def _drop_draft(self) -> None:
        from tui.gateway import drafts

        with _ONE_AT_A_TIME:
            self._done_with = True
            drafts.drop(getattr(self.app, "gate"), self._draft)  # noqa: B009

    # -- what stands in it ----------------------------------------------------------------------------------

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
        """Show what the typed words mean, where the form can say so, and keep them as a draft."""
        self._warned = False
        self._show_live()
        if self._draft and self._changed():
            self._note_draft()

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
            self._give_up()

    def action_leave(self) -> None:
        """Leave; what was typed is thrown away at the second Esc only."""
        if self._changed() and not self._warned and not self._busy:
            self._warned = True
            self.say_wrong("Esc again throws away what you typed; ^s saves it.")
        elif not self._busy:
            self._give_up()

    def _give_up(self) -> None:
        if self._draft:
            self.app.run_worker(self._drop_draft, thread=True, exit_on_error=False)
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
            if self._draft:
                self._drop_draft()
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
