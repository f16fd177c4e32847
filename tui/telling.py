"""Saying things to the person: in passing, until they were read, and what went wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from typing import Any

from textual.app import App
from textual.message import Message

from realist import __version__, machine
from realist.errors import NoPerson
from tui.gateway.door import Gateway, sentence
from tui.safe import said


class Telling(App[str]):
    """A program that says what goes wrong in one sentence, and goes on."""

    gate: Gateway

    def action_who(self, then: Callable[[], object] | None = None) -> None:
        """Ask who is at the keyboard."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Say something in passing."""
        self.notify(said(words, 300).plain, markup=False)

    def say_done(self, words: str | None) -> None:
        """Say what a form answered, where the person did not leave it."""
        if words:
            self.say(words)

    def tell(self, title: str, words: str) -> None:
        """Say something that waits until it was read."""
        from tui.dialogs import Tell

        self.push_screen(Tell(title, words))

    def fail(self, error: BaseException) -> None:
        """Say what went wrong, in one sentence; what is an error of the program goes to the log file."""
        if isinstance(error, NoPerson) and not self.gate.person:
            self.action_who()
            return
        words = sentence(error) if isinstance(error, Exception) else ""
        if not words:
            log_error(error)
            words = (
                f"Something is wrong in realist itself ({type(error).__name__}). Your review is as it was"
                f" before this step. The details are in {machine.log_file()}."
            )
        self.tell("This did not work", words)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say what goes wrong inside, instead of ending the program."""
        try:
            yield
        except Exception as error:
            self.fail(error)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:
        """Perform an action; what goes wrong is said."""
        with self.guarded():
            return await super().run_action(*args, **kwargs)
        return True

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; what goes wrong is said, and the program goes on."""
        with self.guarded():
            await super()._dispatch_message(message)

    def _handle_exception(self, error: Exception) -> None:
        """End with a sentence instead of a traceback, where a part of the screen itself broke."""
        log_error(error)
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.exit(
            f"Something broke in realist itself ({type(error).__name__}); what you did before is saved."
            f" The details are in {machine.log_file()}.",
            return_code=1,
        )


def log_error(error: BaseException) -> None:
    """Write an error of the program with its traceback to the log file of this machine."""
    try:
        machine.log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            machine.log_file(), maxBytes=500_000, backupCount=1, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter(f"%(asctime)s realist {__version__} %(message)s"))
    record = logging.LogRecord("realist", logging.ERROR, __file__, 0, "%s", (type(error).__name__,), None)
    record.exc_info = (type(error), error, error.__traceback__)
    handler.handle(record)
    handler.close()
