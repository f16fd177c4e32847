"""A place: a screen that shows something of the review, and shows it anew when the review changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui.actions import ACTIONS, Action
from tui.widgets.bars import Bar, KeyBar

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.door import Gateway

T = TypeVar("T")


class Place(Screen[None]):
    """A bar, a body, the keys. A subclass names its place in the table of actions and yields its body.

    ``load`` asks for what the place shows; it is called when the place is first seen, and again whenever the
    review changed while the place is seen, or is seen again.
    """

    PLACE: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    AUTO_FOCUS = "Lines"

    class Asked(Message, bubble=False):
        """Another place asks this one to show something: the filter of a list, the number of an act."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__()
        # A new screen is styled when it is mounted; Textual would parse every style once more for it.
        self._css_update_count = self.app._css_update_count
        self._seen = -1
        self._under_way: dict[str, object] = {}
        self._waiting: dict[str, tuple[Callable[[Gateway], Any], Callable[[Any], object]]] = {}

    @property
    def house(self) -> RealistApp:
        """The program this is a screen of."""
        return cast("RealistApp", self.app)

    @property
    def gate(self) -> Gateway:
        """The way to the review."""
        return self.house.gate

    def compose(self) -> ComposeResult:
        """Lay it out: where one is, what there is, which keys work."""
        yield Bar(id="bar")
        yield from self.body()
        yield KeyBar()

    def body(self) -> Iterable[Widget]:
        """Yield what stands between the bars."""
        raise NotImplementedError

    def load(self) -> None:
        """Ask for what is shown."""

    @property
    def unsaved(self) -> str:
        """What would be lost if the program ended now, as a sentence; "" where nothing would."""
        return ""

    def on_place_asked(self, message: Asked) -> None:
        """Show what another place asked for; a place that shows one thing only has nothing to do."""

    async def ask(self, place: str, text: str) -> None:
        """Go to the list of another place, not to what was opened from it, and ask it to show *text*."""
        await self.house.go_to(place)
        while len(self.house.screen_stack) > 1:
            await self.house.pop_screen()
        screen = self.house.screen
        if isinstance(screen, Place):
            screen.post_message(self.Asked(text))

    # -- what works here ------------------------------------------------------------------------------------

    @property
    def actions(self) -> list[Action]:
        """What a person can do here now, most particular first."""
        here = [*ACTIONS.get(self.PLACE, ()), *ACTIONS["lines"], *ACTIONS["everywhere"]]
        known: dict[str, Action] = {}
        for action in here:
            if self.check_action(action.name.partition("(")[0], ()):
                known.setdefault(action.name, action)
        return list(known.values())

    async def perform(self, action: str) -> None:
        """Do an action by its name, as its key does: on the part in focus, here, or everywhere."""
        parts = [part for part in (self.focused, *self.query(self.AUTO_FOCUS or "Lines")) if part is not None]
        name = action.partition("(")[0]
        for owner in (*parts, self, self.app):
            if hasattr(owner, f"action_{name}"):
                await self.app.run_action(action, owner)
                return

    @on(KeyBar.Pressed)
    async def pressed(self, event: KeyBar.Pressed) -> None:
        """Do what was clicked in the bar of keys."""
        await self.perform(event.action)

    def offer(self) -> None:
        """Show the keys that work now."""
        everywhere = set(ACTIONS["everywhere"])
        shown = [action for action in self.actions if action.bar]
        own = [action for action in shown if action not in everywhere]
        ours = [action for action in shown if action in everywhere]
        ends = [action for action in ours if action.name in ("help", "go")]
        rest = [action for action in ours if action.name not in ("help", "go")]
        self.query_one(KeyBar).offer([*ends, *own, *rest])

    def say_where(self, what: str = "") -> None:
        """Say in the bar where one is, and *what* of it."""
        where = f"{self.TITLE} · {what}" if what else self.TITLE
        self.query_one(Bar).say(where, self.house.whose)

    # -- life -----------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the frame at once; what stands in it follows."""
        self.say_where()
        self.offer()
        self.look_again()

    def on_screen_resume(self) -> None:
        """Look whether the review changed meanwhile."""
        self.say_where_again()
        self.look_again()

    def say_where_again(self) -> None:
        """Say again who is at the keyboard."""
        self.query_one(Bar).say(right=self.house.whose)

    def look_again(self) -> None:
        """Load what is shown, unless it is as new as the review is known to be."""
        if self.gate.is_open and self._seen != self.house.version and self.is_mounted:
            self._seen = self.house.version
            self.load()

    def forget(self) -> None:
        """Load anew at the next look, whatever is known of the review."""
        self._seen = -1

    # -- asking ---------------------------------------------------------------------------------------------

    def fetch(self, query: Callable[[Gateway], T], then: Callable[[T], object], group: str = "load") -> None:
        """Ask *query* in a thread and hand its answer to *then*; of several in a group only the last counts.

        While one of a group is under way, the next waits for it and replaces any that waited before.
        """
        if group in self._under_way:
            self._waiting[group] = (query, then)
            return
        token = self._under_way[group] = object()
        self.run_worker(
            lambda: self._ask(query, then, group, token), thread=True, exit_on_error=False, group=group
        )

    def _ask(
        self, query: Callable[[Gateway], T], then: Callable[[T], object], group: str, token: object
    ) -> None:
        try:
            answer = query(self.gate)
        except Exception as error:
            self._hand_over(self._failed, error, group)
        else:
            self._hand_over(self._answered, answer, then, group)

    def _hand_over(self, receive: Callable[..., None], *what: Any) -> None:
        if not self.call_later(receive, *what):  # the screen is gone, and nobody waits for it
            self._under_way.clear()

    def _answered(self, answer: T, then: Callable[[T], object], group: str) -> None:
        waiting = self._next(group)
        if not self.is_mounted:
            return
        if waiting is None:
            with self.house.guarded():
                then(answer)
        else:
            self.fetch(*waiting, group=group)

    def _failed(self, error: Exception, group: str) -> None:
        waiting = self._next(group)
        if waiting is not None:
            self.fetch(*waiting, group=group)
        else:
            self.house.fail(error)

    def _next(self, group: str) -> tuple[Callable[[Gateway], Any], Callable[[Any], object]] | None:
        self._under_way.pop(group, None)
        return self._waiting.pop(group, None)

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; what goes wrong is said, and the screen goes on."""
        with self.house.guarded():
            await super()._dispatch_message(message)
