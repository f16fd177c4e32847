"""The program: one review, its places, and what works everywhere."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, ClassVar, TypeVar, cast

from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.timer import Timer

from realist import machine
from realist.errors import RealistError
from realist.text import shorten
from tui.actions import bindings
from tui.gateway.door import Gateway, given_address
from tui.going import Going
from tui.palette import Commands
from tui.place import Place
from tui.safe import PrintedOnly
from tui.screens.home import HomeScreen
from tui.themes import THEMES

T = TypeVar("T")
_LOOK_EVERY = 0.5
_REST = 1.0
SCREENS = {
    "importing": "ImportScreen", "papers": "PapersScreen", "duplicates": "DuplicatesScreen",
    "screening": "ScreeningScreen",
    "reconcile": "ReconcileScreen", "rounds": "RoundsScreen",
    "boxes": "BoxesScreen", "mechanisms": "MechanismsScreen", "theory": "TheoryScreen",
    "patterns": "PatternsScreen",
    "consultations": "ConsultationsScreen", "grid": "GridScreen", "flow": "FlowScreen",
    "exporting": "ExportScreen",
    "log": "LogScreen", "find": "FindScreen",
}  # fmt: skip
"""The places that ``g`` goes to beside home: the module under ``tui.screens`` and the screen in it."""


def _load_places() -> None:
    for module in (*SCREENS, "paper", "reading", "cell", "looking", "report"):
        import_module(f"tui.screens.{module}")


def _screen(module: str, name: str) -> Callable[[], Screen[Any]]:
    def make() -> Screen[Any]:
        return cast("Screen[Any]", getattr(import_module(f"tui.screens.{module}"), name)())

    return make


class RealistApp(Going):
    """The interface. Returns a sentence when it ended for a reason that the person should read."""

    TITLE = "realist"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    MODES: ClassVar[dict[str, Any]] = {
        "home": HomeScreen,
        **{place: _screen(place, name) for place, name in SCREENS.items()},
    }
    DEFAULT_MODE = "home"
    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere")
    COMMANDS: ClassVar[set[Any]] = {Commands}
    NOTIFICATION_TIMEOUT = 6

    def __init__(self, address: str = "", person: str = "", begun: Callable[[], None] = lambda: None) -> None:
        """Show the review at *address*, or ask for one; *begun* is called when there is something to see."""
        super().__init__()
        self.begun = begun
        self.gate = Gateway(given_address(address), person)
        self.version = -1
        self.first = ("", "")
        self._watch: Timer | None = None
        self._asked_who = False
        for theme in THEMES:
            self.register_theme(theme)
        wanted = str(machine.settings().get("theme", ""))
        name = wanted if wanted in {theme.name for theme in THEMES} else THEMES[0].name
        self.set_reactive(App.theme, name)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return the filters of every line drawn; nothing that does not print gets past the last one."""
        return [*super().get_line_filters(), _PRINTED]

    # -- beginning and end ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Open the review after the first frame is drawn; look for changes of others from then on."""
        self._restore_on_signals()
        self.call_after_refresh(self._begin)

    def _restore_on_signals(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                loop.add_signal_handler(number, self.exit, "realist was asked to stop; everything is saved.")

    def _begin(self) -> None:
        if self.gate.address:
            self.open_review(self.gate.address)
        else:
            self.begun()
            self.choose_review()

    def choose_review(self) -> None:
        """Offer the reviews there are, a new one, and the samples."""
        from tui.screens.start import StartScreen

        if not isinstance(self.screen, StartScreen):
            self.push_screen(StartScreen())

    def open_review(self, address: str) -> None:
        """Open the review at *address* in a thread; what cannot be opened is said in one sentence."""
        self.run_worker(lambda: self._open(address), thread=True, exit_on_error=False, group="open")

    def _open(self, address: str) -> None:
        try:
            self.gate.open(address)
            version = self.gate.version()
        except Exception as error:
            self.call_later(self._not_opened, error)
        else:
            self.call_later(self._opened, version)

    def _not_opened(self, error: Exception) -> None:
        self.begun()
        if not self.gate.is_open:
            self.choose_review()
        self.fail(error)

    def _opened(self, version: int) -> None:
        from tui.screens.start import StartScreen

        self.begun()
        self.version = version
        if self._watch is None:
            self._watch = self.set_interval(_LOOK_EVERY, self._look)
            self.set_timer(_REST, self._make_ready)
        if isinstance(self.screen, StartScreen):
            self.pop_screen()
        for place in self._places():
            place.say_where_again()
            place.forget()
            if not self.first[0]:  # else it is not this place that one wants to see
                place.look_again()
        if self.gate.remark:
            self.say(self.gate.remark)
        if self.first[0]:
            self.run_worker(self._go_to_first(), exit_on_error=False)
        if not self.gate.person and not self._asked_who:
            self._asked_who = True
            self.action_who()

    async def _go_to_first(self) -> None:
        """Go where a verb sent the person, once."""
        (place, asked), self.first = self.first, ("", "")
        await self.go_to(place)
        if asked and isinstance(self.screen, Place):
            self.screen.post_message(Place.Asked(asked))

    def _make_ready(self) -> None:
        """Load the other places while the person reads the first one, so that none has to be waited for."""
        self.run_worker(_load_places, thread=True, exit_on_error=False, group="look")

    def _places(self) -> list[Place]:
        stacks = [*self._screen_stacks.values()]
        return [screen for stack in stacks for screen in stack if isinstance(screen, Place)]

    async def action_quit(self) -> None:
        """Leave; everything is saved already, or what is not is said first."""
        unsaved = next((place.unsaved for place in self._places() if place.unsaved), "")
        if not unsaved:
            self.exit()
            return
        from tui.dialogs import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self.exit()

        self.push_screen(Confirm("Leave all the same?", unsaved, yes="Leave"), answered)

    def on_unmount(self) -> None:
        """Close the review."""
        self.gate.close()

    @property
    def whose(self) -> str:
        """Which review this is, and who is at the keyboard."""
        review = shorten(self.gate.address.rsplit("/", 1)[-1], 40) if self.gate.address else "no review"
        remark = " · read only" if self.gate.read_only else ""
        return f"{review}{remark} · {self.gate.person or 'nobody'}"

    # -- the review changes ---------------------------------------------------------------------------------

    def _look(self) -> None:
        if self.gate.is_open and not self._look_under_way:
            self._look_under_way = True
            self.run_worker(self._look_now, thread=True, exit_on_error=False, group="look")

    _look_under_way = False

    def _look_now(self) -> None:
        try:
            version = self.gate.version()
        except RealistError:  # closed or out of reach for now: whoever asks next says so
            version = self.version
        finally:
            self._look_under_way = False
        if version != self.version and self.is_running:
            self.call_later(self.changed, version)

    def changed(self, version: int) -> None:
        """Show what changed: the place that is seen at once, the others when they are seen again."""
        self.version = version
        if isinstance(self.screen, Place):
            self.screen.look_again()

    def write(
        self,
        work: Callable[[Any], T],
        then: Callable[[T], None] | None = None,
        *,
        say: str | Callable[[T], str] = "",
    ) -> None:
        """Do *work* at the desk, in a thread; then say so, and show what changed.

        Where nobody has said who is at the keyboard, that is asked first.
        """
        self.with_person(
            lambda: self.run_worker(
                lambda: self._write(work, then, say), thread=True, exit_on_error=False, group="write"
            )
        )

    def with_person(self, then: Callable[[], object]) -> None:
        """Do *then*, after asking who is at the keyboard where nobody said so."""
        if self.gate.person:
            then()
        else:
            self.action_who(then)

    def at_desk(self, work: Callable[[Any], T]) -> T:
        """Do *work* at the desk, in the thread that calls; say what should be said. For forms."""
        with self.gate.desk() as desk:
            result = work(desk)
        for note in desk.notes:
            self.call_later(self.say, note)
        self.call_later(self.changed, self.gate.version())
        return result

    def _write(
        self, work: Callable[[Any], T], then: Callable[[T], None] | None, say: str | Callable[[T], str]
    ) -> None:
        try:
            result = self.at_desk(work)
        except Exception as error:
            self.call_later(self.fail, error)
            return
        words = say(result) if callable(say) else say
        if words:
            self.call_later(self.say, words)
        if then:
            self.call_later(then, result)

    # -- what works everywhere ------------------------------------------------------------------------------

    def action_palette(self) -> None:
        """Open the palette of commands."""
        self.action_command_palette()

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from tui.screens.help import Help

        if isinstance(self.screen, Place):
            self.push_screen(Help(self.screen.TITLE, self.screen.actions))

    def action_undo(self) -> None:
        """Take back the person's last act."""
        from tui.gateway import acts

        self.write(acts.undo, say=lambda what: f"Undone: {what}. U does it again.")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        from tui.gateway import acts

        self.write(acts.redo, say=lambda what: f"Done again: {what}.")

    def action_theme(self) -> None:
        """Go on to the next theme, and remember it."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        machine.remember(theme=self.theme)
        self.say(f"Theme: {self.theme}")

    def action_who(self, then: Callable[[], object] | None = None) -> None:
        """Ask who is at the keyboard."""
        from tui.dialogs import Field, Form

        def save(values: dict[str, str]) -> str:
            return machine.keep_me(values["initials"])

        def known(initials: str | None) -> None:
            if initials:
                self._sit_down(initials)
                if then:
                    then()

        note = "Every change is kept with the initials of who made it. They are remembered on this machine."
        field = Field("initials", "Your initials", self.gate.person)
        self.push_screen(Form("Who is at the keyboard?", [field], save, note=note), known)

    def _sit_down(self, initials: str) -> None:
        """Have somebody at the keyboard; what others may see and they may not is shown no longer."""
        another = initials != self.gate.person
        self.gate.person = initials
        for place in self._places():
            place.say_where_again()
            if another:
                place.forget()
        if another and isinstance(self.screen, Place):
            self.screen.look_again()

    def action_forms(self) -> None:
        """Define extraction forms, and change them."""
        from tui.forms.design import begin_forms

        begin_forms(self)

    def action_open_review(self) -> None:
        """Open another review."""
        self.choose_review()

    def action_back_up(self) -> None:
        """Write a verified copy of the review."""
        from tui.screens.start import back_up_form

        self.push_screen(back_up_form(self.gate), self.say_done)


_PRINTED = PrintedOnly()
