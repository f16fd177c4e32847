"""Defining a form: its fields in order, added, changed, moved and taken out, then saved as one version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from realist.domain.forms import Field as Asked
from realist.domain.forms import Template
from realist.errors import RealistError
from realist.text import line, paragraphs, shorten
from tui.dialogs import Choose, Dialog, Field, Form, Option
from tui.forms.asked import asked_fields
from tui.gateway import drafts, forms
from tui.safe import said
from tui.widgets.lines import Column, Lines, Span
from tui.widgets.table import Table

if TYPE_CHECKING:
    from realist.queries.answers import Version
    from tui.app import RealistApp

_KEYS = "a add · Enter change · x take out · [ ] move · n name · p try · ^s save"
_EMPTY = Template("", "", ())


def begin_forms(house: RealistApp) -> None:
    """Ask which form to change, or for a new one, and open it."""

    def ask() -> None:
        of, ready = forms.there(house.gate)
        options = [
            Option(one.template.name, str(n), f"version {one.number} · fields: {len(one.template.fields)}")
            for n, one in enumerate(of)
        ]
        options += [
            Option(f"+ {one.name}", f"ready {n}", "comes ready; change it as you like")
            for n, one in enumerate(ready)
        ]
        options.append(Option("+ a new form", "new", "without any field"))

        def chosen(which: str | None) -> None:
            if which == "new":
                house.push_screen(Designer(house, None, _EMPTY), house.say_done)
            elif which and which.startswith("ready "):
                template = ready[int(which.removeprefix("ready "))]
                house.push_screen(Designer(house, None, template), house.say_done)
            elif which:
                one = of[int(which)]
                house.push_screen(Designer(house, one, one.template), house.say_done)

        house.push_screen(Choose("Forms: change one, or define another", options), chosen)

    house.with_person(ask)


class Designer(Dialog[str]):
    """A form that is worked on; returns what was saved, as a sentence. What is done is kept as a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", show=False),
        Binding("e", "change", show=False),
        Binding("x,delete", "take_out", show=False),
        Binding("left_square_bracket,less_than_sign", "shift(-1)", show=False),
        Binding("right_square_bracket,greater_than_sign", "shift(1)", show=False),
        Binding("n", "name", show=False),
        Binding("p", "preview", show=False),
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("q", "leave", show=False),
    ]
    DEFAULT_CSS = """
    Designer Table { height: 12; }
    """

    def __init__(self, house: RealistApp, was: Version | None, template: Template) -> None:
        super().__init__()
        self._house, self._was, self._template, self._began = house, was, template, template
        self._since = was.uid if was else ""
        self._draft = f"form {shorten(template.name, 150)}" if template.name else "a new form"
        self._warned = self._busy = False

    def compose(self) -> ComposeResult:
        """Lay it out: the name, the fields, what differs, the keys."""
        columns = [Column("asks", share=3), Column("kind", 12), Column("choices", share=2)]
        with Vertical():
            yield Static("", classes="title", id="name")
            yield Static("", classes="note", id="said")
            yield Table[Asked](columns, _shown, empty="No field yet: a adds one.", id="fields")
            yield Static("", classes="note", id="changes")
            yield Static("", classes="wrong", id="wrong")
            yield Static(_KEYS, classes="note")

    def on_mount(self) -> None:
        """Show the form, as it was left where it was not saved."""
        self._table.focus()
        found = forms.from_draft(drafts.found(self._house.gate, self._draft))
        if found and found[0] != self._template:
            self._template, self._since = found
            self._say("What you did before is back; Esc twice throws it away.")
        self._show()
        if not self._template.name:
            self.action_name()

    @property
    def _table(self) -> Table[Asked]:
        return self.query_one("#fields", Table)

    def _show(self) -> None:
        of, was = self._template, self._was
        version = f"version {was.number + 1}" if was else "new"
        self.query_one("#name", Static).update(said(f"Form: {of.name or 'without a name'} · {version}"))
        self.query_one("#said", Static).update(said(shorten(of.note, 140)))
        differs = " · ".join(forms.changes(was, of))
        self.query_one("#changes", Static).update(said(differs))
        self._table.fill(of.fields)

    def _say(self, why: str) -> None:
        self.query_one("#wrong", Static).update(said(why))

    def _now(self, template: Template, cursor: int) -> None:
        """Work on with *template*: show it, and keep it as a draft."""
        self._template, self._warned = template, False
        self._say("")
        self._show()
        self._table.go_to(cursor)
        drafts.keep(self._house.gate, self._draft, forms.as_draft(template, self._since))

    # -- fields ---------------------------------------------------------------------------------------------

    def action_add(self) -> None:
        """Ask for a field, and put it behind the one under the cursor."""
        self._ask(None, min(self._table.cursor + 1, len(self._template.fields)))

    @on(Lines.Chosen)
    def action_change(self) -> None:
        """Change the field under the cursor."""
        if self._table.item is not None:
            self._ask(self._table.item, self._table.cursor)

    def _ask(self, was: Asked | None, at: int) -> None:
        of = self._template.fields
        others = [field for field in of if field is not was]

        def done(field: Asked | None) -> None:
            if field is not None:
                rest = of[at:] if was is None else of[at + 1 :]
                self._now(replace(self._template, fields=(*of[:at], field, *rest)), at)

        title = "Change a field" if was else "Add a field"
        draft = f"{self._draft}: {was.key if was else 'a new field'}"
        form = Form(
            title, _questions(was), lambda values: forms.field_of(values, others), done="Take", draft=draft
        )
        self._house.push_screen(form, done)

    def action_take_out(self) -> None:
        """Take out the field under the cursor."""
        if self._table.item is not None:
            at, of = self._table.cursor, self._template.fields
            self._now(replace(self._template, fields=of[:at] + of[at + 1 :]), at)

    def action_shift(self, steps: int) -> None:
        """Move the field under the cursor up or down."""
        at, of = self._table.cursor, list(self._template.fields)
        if self._table.item is not None and 0 <= at + steps < len(of):
            of.insert(at + steps, of.pop(at))
            self._now(replace(self._template, fields=tuple(of)), at + steps)

    # -- the form -------------------------------------------------------------------------------------------

    def action_name(self) -> None:
        """Ask for the name and the note; a form that is in use keeps its name."""

        def save(values: dict[str, str]) -> dict[str, str]:
            if not self._was and not line(values["name"]):
                raise RealistError("Give the form a name.")
            return values

        def done(values: dict[str, str] | None) -> None:
            if values:
                name = line(values.get("name", self._template.name))
                template = replace(self._template, name=name, note=paragraphs(values["note"]))
                self._now(template, self._table.cursor)

        fields = [] if self._was else [Field("name", "Name of the form", self._template.name)]
        fields.append(Field("note", "What it is for, if you like to say so", self._template.note, long=True))
        title = f"The form {self._template.name}" if self._was else "A new form"
        self._house.push_screen(Form(title, fields, save, done="Take"), done)

    def action_preview(self) -> None:
        """Show the form as it will be asked; answers can be tried."""
        template = self._template
        if not template.fields:
            self._say("The form has no fields: a adds one.")
            return
        form = Form(
            template.name, asked_fields(template, {}), lambda values: forms.tried(template, values),
            note="As it will be asked. Try it: what you type is checked, and not kept.", done="Try",
        )  # fmt: skip
        self._house.push_screen(form, lambda words: self._say(words or ""))

    def action_save(self) -> None:
        """Save the form as one version."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._save, thread=True, exit_on_error=False)

    def _save(self) -> None:
        template, since = self._template, self._since
        try:
            words = self._house.at_desk(lambda desk: forms.define(desk, template, since))
            drafts.drop(self._house.gate, self._draft)
        except RealistError as error:
            self.call_later(self._refused, error, forms.in_use(self._house.gate, template.name))
        except Exception as error:
            self.call_later(self._broke, error)
        else:
            self.call_later(self.leave_with, words)

    def _refused(self, error: RealistError, now: Version | None) -> None:
        """Say why; where another changed the form, show what differs from that, and save after it next."""
        self._busy, more = False, ""
        if self._was and (now is None or now.uid != self._since):
            self._was, self._since = now, now.uid if now else ""
            more = " What differs stands above; ^s again saves yours as the next version."
            self._show()
        self._say(f"{error}{more}")

    def _broke(self, error: Exception) -> None:
        self._busy = False
        self.fail(error)

    def action_leave(self) -> None:
        """Leave; what was done is thrown away at the second Esc only."""
        if self._busy:
            return
        if self._template != self._began and not self._warned:
            self._warned = True
            self._say("Esc again throws away what you did; ^s saves it.")
            return
        self._house.run_worker(
            lambda: drafts.drop(self._house.gate, self._draft), thread=True, exit_on_error=False
        )
        self.dismiss(None)


def _questions(was: Asked | None) -> list[Field]:
    key_help = "Names it in tables and files; empty: made of the question. Answers are found by it."
    return [
        Field("label", "What is asked", was.label if was else ""),
        Field("kind", "Kind of answer", str(was.kind) if was else "", choices=forms.KINDS, only=True),
        Field("choices", "Choices, one on each line: of the kinds choice and many choices alone",
              "\n".join(was.choices) if was else "", long=True),
        Field("help", "Help that stands below it", was.help if was else "", long=True),
        Field("key", "Key", was.key if was else "", help=key_help),
    ]  # fmt: skip


def _shown(field: Asked) -> Sequence[Span | str]:
    return field.label, Span(str(field.kind), "muted"), Span("; ".join(field.choices), "muted")
