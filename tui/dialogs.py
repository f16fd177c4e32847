"""Dialogs: a sentence, a question, a form, a choice, and long work under way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Button, Input, Static, TextArea

from realist.errors import RealistError
from realist.text import fold, line, plain
from tui.safe import said, told
from tui.widgets.choice import Choice
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table

T = TypeVar("T")
Values = Mapping[str, str]


class Dialog(ModalScreen[T], Generic[T]):
    """A box over the screen; Esc leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Cancel", show=False)]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical { width: 76; max-width: 96%; height: auto; max-height: 94%; background: $surface;
      border: round $primary; padding: 0 1; }
    Dialog .title { text-style: bold; color: $text-primary; }
    Dialog .note { color: $text-muted; }
    Dialog .wrong { color: $text-error; }
    Dialog VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    Dialog Horizontal { height: auto; margin-top: 1; }
    Dialog Table { height: 14; }
    """

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    def leave_with(self, answer: T | None) -> None:
        """Leave with an answer; also from a thread, by way of ``call_later``."""
        self.dismiss(answer)

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; what goes wrong is said, and the program goes on."""
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self.fail(error)

    def fail(self, error: Exception) -> None:
        """Have the program say what went wrong."""
        tell: Callable[[Exception], None] = getattr(self.app, "fail")  # noqa: B009
        tell(error)


class Tell(Dialog[None]):
    """Says something; Enter or Esc goes on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q", "leave", "OK", show=False)]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            with VerticalScroll():
                yield Static(told(self._text, 8000), id="text")
            with Horizontal():
                yield Button("OK", id="ok")

    @on(Button.Pressed)
    def go_on(self) -> None:
        """Go on."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks before something is done; only Yes says yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "Yes", show=False),
        Binding("n", "leave", "No", show=False),
    ]

    def __init__(self, title: str, text: str, *, yes: str = "Yes") -> None:
        super().__init__()
        self._title, self._text, self._yes = title, text, yes

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            with VerticalScroll():
                yield Static(told(self._text, 8000), id="text")
            with Horizontal():
                yield Button(said(f"{self._yes} (y)"), id="yes")
                yield Button("No (n)", id="no")

    def action_yes(self) -> None:
        """Say yes."""
        self.dismiss(True)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Give the answer of the button."""
        self.dismiss(event.button.id == "yes")


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


@dataclass(frozen=True, slots=True)
class Option:
    """One of several things to choose from."""

    label: str
    value: str
    note: str = ""


class Choose(Dialog[str]):
    """One of many, found by typing. Returns its value; with *free*, also words that are none of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, free: str = "") -> None:
        super().__init__()
        self._title, self._options, self._free = title, list(options), free

    def compose(self) -> ComposeResult:
        """Lay it out: what is typed, then what fits."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Input(placeholder="type to find", id="words")
            columns = [Column("", share=3), Column("", share=2)]
            yield Table[Option](columns, _shown, empty="Nothing fits.", id="fits")
            yield Static("Enter chooses · ↑ ↓ move · Esc leaves", classes="note")

    def on_mount(self) -> None:
        """Show everything; typing begins at once."""
        table = self._table
        table.can_focus = False
        table.heads = 0
        table.fill(self._options)
        self.query_one(Input).focus()

    @property
    def _table(self) -> Table[Option]:
        return self.query_one("#fits", Table)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Show what fits: names that hold the words, then names like them."""
        self._table.fill(fitting(self._options, event.value, self._free), keep=False)

    @on(Input.Submitted)
    @on(Lines.Chosen)
    def chosen(self) -> None:
        """Give the option under the cursor."""
        item = self._table.item
        if item is not None:
            self.dismiss(item.value)

    def action_step(self, rows: int) -> None:
        """Move the cursor while typing."""
        self._table.action_move(rows)


def fitting(options: Sequence[Option], words: str, free: str) -> list[Option]:
    """Return the options that fit *words*, best first.

    With *free*, the words themselves too: after options that hold them, before those only like them.
    """
    wanted = fold(words)
    if not wanted:
        return list(options)
    found = [option for option in options if all(word in fold(option.label) for word in wanted.split())]
    own = Option(f"{free}: {line(words)}", line(words)) if free else None
    if own and found and not any(fold(option.label) == wanted for option in options):
        found.append(own)
    if not found:
        from rapidfuzz import fuzz, process

        names = [fold(option.label) for option in options]
        near = process.extract(wanted, names, scorer=fuzz.WRatio, limit=8, score_cutoff=60)
        found = [*([own] if own else []), *(options[place] for _, _, place in near)]
    return found


def _shown(option: Option) -> Sequence[Span | str]:
    return option.label, Span(option.note, "muted")


class Stopped(Exception):
    """The person stopped long work; what it raises through leaves nothing half done."""


Progress = Callable[[str], None]


class Busy(Dialog[Any]):
    """Long work under way: what it says of its progress, and a way to stop it.

    *work* gets a function to call with a sentence whenever it got on; that raises Stopped when the person
    stopped it. Returns (True, result), or None when stopped.
    """

    def __init__(self, title: str, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._title, self._work = title, work
        self._stop = False

    def compose(self) -> ComposeResult:
        """Lay it out."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            yield Static("working …", id="text")
            with Horizontal():
                yield Button("Stop (Esc)", id="stop")

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._run, thread=True, exit_on_error=False)

    def _run(self) -> None:
        try:
            result = self._work(self._told)
        except Stopped:
            self.call_later(self.leave_with, None)
        except Exception as error:
            self.call_later(self._failed, error)
        else:
            self.call_later(self.leave_with, (True, result))

    def _failed(self, error: Exception) -> None:
        self.dismiss(None)
        self.fail(error)

    def _told(self, how_far: str) -> None:
        if self._stop:
            raise Stopped
        self.call_later(self._say, how_far)

    def _say(self, how_far: str) -> None:
        self.query_one("#text", Static).update(said(how_far))

    @on(Button.Pressed)
    def pressed(self) -> None:
        """Stop."""
        self.action_leave()

    def action_leave(self) -> None:
        """Ask the work to stop; it does at its next whole step."""
        self._stop = True
        self._say("stopping after the step under way …")
