"""Going places: g and a letter, back, one thing by its kind, and jumping to a part of the screen."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from textual import events
from textual.widget import Widget

from tui.actions import GOALS
from tui.place import Place
from tui.telling import Telling
from tui.widgets.bars import KeyBar

OPENS = {
    "paper": ("paper", "PaperScreen", "uid"),
    "reading": ("reading", "ReadingScreen", "uid"),
    "cell": ("cell", "CellScreen", "uid"),
    "box": ("boxes", "BoxesScreen", "box"),
    "boxes of paper": ("boxes", "BoxesScreen", "paper"),
    "boxes of mechanism": ("boxes", "BoxesScreen", "mechanism"),
    "mechanism": ("mechanisms", "MechanismsScreen", "mechanism"),
    "feedback": ("consultations", "ConsultationsScreen", "feedback"),
    "consultation": ("consultations", "ConsultationsScreen", "consultation"),
    "theory": ("theory", "TheoryScreen", "theory"),
    "statement": ("theory", "TheoryScreen", "part"),
    "looking": ("looking", "LookScreen", "mends"),
    "report": ("report", "ReportScreen", "uid"),
}
"""What opens one thing: module, screen, and the argument that takes its uid."""


class Going(Telling):
    """A program with places. The letter after ``g`` or ``^o`` is taken before any screen sees it."""

    def __init__(self) -> None:
        super().__init__()
        self._asking = ""
        self._before: list[str] = []
        self._targets: dict[str, Widget] = {}

    async def on_event(self, event: events.Event) -> None:
        """Take the letter after ``g`` or ``^o`` before any screen sees it, so that fast typing goes right."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._take(event):
            await self._taken(event)
            return
        await super().on_event(event)

    def _take(self, event: events.Key) -> bool:
        if not isinstance(self.screen, Place):
            return False
        if self._asking:
            return True
        focused = self.focused
        typing = focused is not None and focused.check_consume_key(event.key, event.character)
        return event.key == "g" and not typing and self.gate.is_open

    async def _taken(self, event: events.Key) -> None:
        asking, self._asking = self._asking, ""
        if not asking:
            self.action_go()
            return
        self._keybar.ask(())
        if asking == "jump":
            self._clear_jump()
            if (target := self._targets.get(event.character or "")) is not None:
                target.focus()
        else:
            goal = next((goal for goal in GOALS if goal.letter == event.character), None)
            if goal:
                await self.go_to(goal.place)

    @property
    def _keybar(self) -> KeyBar:
        return self.screen.query_one(KeyBar)

    def action_go(self) -> None:
        """Ask where to go."""
        if self.gate.is_open and isinstance(self.screen, Place):
            self._asking = "go"
            self._keybar.ask([(goal.letter, goal.title) for goal in GOALS])

    async def go_to(self, place: str) -> None:
        """Go to a place, as it was left."""
        if place != self.current_mode:
            self._before = [*self._before[-20:], self.current_mode]
            await self.switch_mode(place)
        else:  # again: to the list, from what was opened out of it
            while len(self.screen_stack) > 1 and isinstance(self.screen, Place):
                await self.pop_screen()

    async def action_back(self) -> None:
        """Go back: to the screen below, else to the place before, else home."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self._before:
            await self.switch_mode(self._before.pop())
        elif self.current_mode != "home":
            await self.switch_mode("home")

    async def action_find(self) -> None:
        """Search everywhere: type at once, over the words of the search before."""
        if isinstance(self.screen, Place):
            await self.screen.ask("find", "")

    def open(self, kind: str, uid: str, **how: Any) -> None:
        """Open the screen of one thing by kind (see :data:`OPENS`) and uid; a cell has two."""
        module, name, given = OPENS[kind]
        made = getattr(import_module(f"tui.screens.{module}"), name)
        self.push_screen(made(**{given: uid}, **how))

    def action_jump(self) -> None:
        """Show a letter on every part of the screen that can be worked in."""
        from tui.widgets.jump import labels

        if isinstance(self.screen, Place):
            self._targets = labels(self.screen)
            self._asking = "jump"
            self._keybar.ask([(letter, widget.id or "list") for letter, widget in self._targets.items()])

    def _clear_jump(self) -> None:
        for label in self.screen.query(".jump"):
            label.remove()
