"""The palette: every command of the screen that is seen, with its key."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions import GOALS
from tui.place import Place

Command = tuple[str, str, str]


class Commands(Provider):
    """Offers the actions of the screen, and the places to go to."""

    def _all(self) -> list[Command]:
        """Every command as (words, help, what it runs)."""
        screen = self.screen
        if not isinstance(screen, Place):
            return []
        found = [
            (f"{action.label}  ({action.all_keys})", action.help, action.name)
            for action in screen.actions
            if action.name != "palette"
        ]
        goals = [(f"Go to {goal.title}  (g {goal.letter})", goal.help, f"to {goal.place}") for goal in GOALS]
        return found + goals

    async def _run(self, name: str) -> None:
        screen = self.screen
        if not isinstance(screen, Place):
            return
        if name.startswith("to "):
            await screen.house.go_to(name.removeprefix("to "))
        else:
            await screen.perform(name)

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for words, told, name in self._all():
            yield DiscoveryHit(Content(words), partial(self._run, name), words, told)

    async def search(self, query: str) -> Hits:
        """Offer what fits the words typed, in name or help."""
        matcher = self.matcher(query)
        for words, told, name in self._all():
            score = max(matcher.match(words), matcher.match(told) * 0.8)
            if score > 0:
                yield Hit(score, matcher.highlight(words), partial(self._run, name), words, told)
