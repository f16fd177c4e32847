"""One thing that a person can do: its keys, its label, its help; and how keys are written for people."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """One thing a person can do on a screen; ``keys`` as Textual names them, the first is shown."""

    name: str
    keys: str
    label: str
    help: str
    bar: bool = True
    each: bool = False
    """Whether the action is given the key that was pressed: one for each of a row of keys."""

    @property
    def key(self) -> str:
        """The first key as a person reads it, or a row of keys."""
        return self.all_keys if self.each else shown(self.keys.split(",")[0])

    @property
    def all_keys(self) -> str:
        """Every key as a person reads them."""
        keys = [shown(key) for key in self.keys.split(",")]
        return f"{keys[0]}…{keys[-1]}" if self.each else " ".join(keys)

    @property
    def bindings(self) -> list[BindingType]:
        """What binds the action to its keys."""
        if not self.each:
            return [Binding(self.keys, self.name, self.label, show=self.bar)]
        return [Binding(key, f"{self.name}('{key}')", self.label) for key in self.keys.split(",")]


_SHOWN = {
    "question_mark": "?", "colon": ":", "slash": "/", "enter": "Enter", "space": "Space", "escape": "Esc",
    "plus": "+", "minus": "-", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "tab": "Tab", "shift+tab": "⇧Tab", "full_stop": ".",
    "comma": ",", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "less_than_sign": "<", "greater_than_sign": ">", "left_square_bracket": "[",
    "right_square_bracket": "]", "equals_sign": "=", "asterisk": "*", "tilde": "~", "backspace": "Backspace",
}  # fmt: skip


def shown(key: str) -> str:
    """Return a key name of Textual as a person reads it: ``ctrl+p`` is ``^p``."""
    if key in _SHOWN:
        return _SHOWN[key]
    return "^" + key.removeprefix("ctrl+") if key.startswith("ctrl+") else key
