"""The dialogs in which a box is filled in: by form, and in the notation of the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.suggester import Suggester
from textual.widgets import Button, Input, Static, TextArea

from realist.domain.configuration import Box
from realist.domain.notation import draw, read
from realist.text import fold, line
from realist.vocabulary import ConfigurationStatus, ElementKind, Polarity, Valence
from tui.dialogs import Field, Form, Values
from tui.forms.box_edit import Slot
from tui.gateway.boxes import Names, naming
from tui.safe import said, told
from tui.widgets.choice import Choice

_PROBLEMS = 3
_DRAWN = 68


class LastOf(Suggester):
    """Suggests an end for what is typed after the last ``;``."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = [(fold(name), name) for name in names]

    async def get_suggestion(self, value: str) -> str | None:
        """Return *value* with its last name whole, None where none begins so."""
        start, last = _last(value)
        folded = fold(last)
        if not folded:
            return None
        fits = (name for known, name in self._names if known.startswith(folded))
        same = (name for name in fits if name.casefold().startswith(last.casefold()))
        name = next(same, None)
        return f"{start}{last}{name[len(last) :]}" if name else None


def _last(value: str) -> tuple[str, str]:
    start, sign, last = value.rpartition(";")
    bare = last.lstrip()
    return f"{start}{sign}{last[: len(last) - len(bare)]}", bare


class Asked(NamedTuple):
    """A row of the form: its name, the fields beside it, and whether the last stands below, full width."""

    label: str
    fields: tuple[Field, ...]
    below: bool = False


class BoxForm(Form):
    """A form with the names of its fields on the left, so that a whole box fits on few lines."""

    DEFAULT_CSS = """
    BoxForm > Vertical { width: 92; height: 94%; }
    BoxForm VerticalScroll { height: 1fr; max-height: 100%; }
    BoxForm .row { margin-top: 0; height: auto; }
    BoxForm .name { width: 14; color: $text-muted; }
    BoxForm .row Input { width: 1fr; }
    BoxForm .row Choice { width: 1fr; margin-right: 1; }
    BoxForm.with-live VerticalScroll { height: 3fr; }
    BoxForm #live { height: 2fr; margin-top: 1; color: $text-secondary; }
    """

    def __init__(
        self,
        title: str,
        rows: Sequence[Asked],
        save: Callable[[dict[str, str]], Any],
        *,
        note: str = "",
        live: Callable[[Values], str] | None = None,
        draft: str = "",
    ) -> None:
        fields = [field for row in rows for field in row.fields]
        super().__init__(title, fields, save, note=note, live=live, draft=draft)
        self._rows = rows
        self.set_class(live is not None, "with-live")

    def compose(self) -> ComposeResult:
        """Lay it out: a row for each thing asked, its name on the left."""
        with Vertical():
            yield Static(said(self._title), classes="title")
            if self._note:
                yield Static(told(self._note), classes="note")
            with VerticalScroll():
                for row in self._rows:
                    yield from self._laid(row)
            if self._live:
                yield Static("", id="live")
            yield Static("", id="wrong", classes="wrong")
            with Horizontal():
                yield Button(said(f"{self._done} (^s)"), id="save")
                yield Button("Cancel (Esc)", id="cancel")

    def on_mount(self) -> None:
        """Take as many lines as the rows need, and no more."""
        wanted = sum(1 + row.below + len(row.fields[-1].value) // _DRAWN for row in self._rows)
        frame = 9 if self._live is None else 20
        self.query_one("BoxForm > Vertical").styles.max_height = wanted + frame

    def _laid(self, row: Asked) -> Iterable[Horizontal]:
        beside, below = (row.fields[:-1], row.fields[-1:]) if row.below else (row.fields, ())
        yield Horizontal(Static(said(row.label), classes="name"), *map(self._widget, beside), classes="row")
        for field in below:
            yield Horizontal(self._widget(field), classes="row")

    def _widget(self, field: Field) -> Input | TextArea | Choice:
        widget = super()._widget(field)
        if isinstance(widget, Input) and field.choices:
            widget.suggester = LastOf(field.choices)
        if isinstance(widget, TextArea):
            widget.styles.height = "auto"
            widget.styles.min_height, widget.styles.max_height = 3 if field.name == "text" else 1, 8
        return widget


_KINDS = tuple(map(str, ElementKind))
_VALENCES = ("", *map(str, Valence))


def box_rows(box: Box | None, shown: Sequence[Slot], names: Names, under: Box) -> list[Asked]:
    """Return the rows of the form for *box*, or for a new one that stands under what *under* names."""
    given = box or under
    rows = [
        _line("Papers", "papers", naming(given.papers), names.papers),
        _line("Mechanisms", "mechanisms", naming(given.mechanisms), names.mechanisms),
        _line("Label", "label", given.label),
        _line("Title", "title", given.title),
        Asked("Status, shows", (_status(box), _polarity(box))),
        _line("Setting", "setting", given.setting),
        _line("Country", "country", given.country),
    ]
    for place, slot in enumerate(shown):
        rows.append(Asked(_named(place, slot, shown), _part(place, slot), below=True))
    rows += [
        Asked("Narrative", (Field("narrative", "Narrative", given.narrative, long=True),)),
        Asked("As printed", (Field("printed", "As printed", given.printed, long=True),)),
    ]
    return rows if box is None else [*rows, _line("Reason", "reason", "")]


def _line(label: str, name: str, value: str, choices: tuple[str, ...] = ()) -> Asked:
    return Asked(label, (Field(name, label, value, choices=choices),))


def _status(box: Box | None) -> Field:
    words = tuple(map(str, ConfigurationStatus))
    given = ("", *words) if box is None else words
    return Field("status", "Status", str(box.status) if box else "", choices=given, only=True)


def _polarity(box: Box | None) -> Field:
    words = ("", *map(str, Polarity))
    return Field("polarity", "Shows", str(box.polarity or "") if box else "", choices=words, only=True)


def _named(place: int, slot: Slot, shown: Sequence[Slot]) -> str:
    new = any(one.uid for one in shown) and not slot.uid
    return "new part" if new else f"part {place + 1}"


def _part(place: int, slot: Slot) -> tuple[Field, ...]:
    part = slot.part
    return (
        Field(f"k{place}", "Kind", str(part.kind), choices=_KINDS, only=True),
        Field(f"v{place}", "Valence", str(part.valence or ""), choices=_VALENCES, only=True),
        Field(f"t{place}", "Wording", line(part.text), long=True),
    )


def notation_rows(text: str, names: Names | None, under: Box) -> list[Asked]:
    """Return the rows of the form in which a box is written: with *names* also where it belongs."""
    written = Asked("The box", (Field("text", "The box", text, long=True),), below=True)
    if names is None:
        return [written, _line("Reason", "reason", "")]
    return [
        written,
        _line("Papers", "papers", naming(under.papers), names.papers),
        _line("Mechanisms", "mechanisms", naming(under.mechanisms), names.mechanisms),
        _line("Label", "label", ""),
        _line("Title", "title", ""),
    ]


def understood(values: Values) -> str:
    """Return how a box written in the notation is understood: what is unclear first, then as it is drawn."""
    text = values["text"]
    if not text.strip():
        return "C context · M mechanism · (M+, Resource) · (M–, Reasoning) · O outcome · → or -> between"
    reading = read(text)
    found = [f"? {where(text, problem.offset)}: {line(problem.message)}" for problem in reading.problems]
    more = len(found) - _PROBLEMS
    if more > 0:
        found = [*found[:_PROBLEMS], f"? and {more} more"]
    return "\n".join([*found, draw(reading.parts, _DRAWN)])


def where(text: str, offset: int) -> str:
    """Return the place of a character as people count, from 1: line and character, or only the latter."""
    row = text.count("\n", 0, offset)
    at = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return f"line {row + 1}, character {at}" if "\n" in text.strip() else f"character {at}"
