"""The interface in a real terminal: what reaches it, and how it is left behind."""

from __future__ import annotations

import re
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal
from realist.services.keeping import check
from realist.store.engine import open_store
from tests.tui.hostile import FORBIDDEN, spoil
from tui.actions import GOALS

pytestmark = pytest.mark.slow
REALIST = [sys.executable, "-m", "realist"]
ROOT = Path(__file__).parents[2]
LEFT = b"\x1b[?1049l"
GREY = {0, 7, 8, 15, 16, 59, 102, 145, 188, 231, *range(232, 256)}
"""Those of the 256 colours of a terminal that are black, white or between."""
Open = Callable[..., Terminal]


@pytest.fixture
def opened(tour: str, tmp_path: Path) -> Open:
    """Open the tour in a terminal."""

    def begin(*more: str, address: str = tour, columns: int = 80, rows: int = 24, **env: str) -> Terminal:
        settings = {
            "XDG_CONFIG_HOME": str(tmp_path / "config"), "REALIST_PERSON": "AB",
            "PYTHONPATH": str(ROOT), **env,
        }  # fmt: skip
        return Terminal(
            [*REALIST, "--db", address, *more], columns=columns, rows=rows, cwd=tmp_path, env=settings
        )

    return begin


def test_leaving_restores_the_terminal(opened: Open) -> None:
    with opened() as terminal:
        terminal.until(b"Peer-led", 30)
        terminal.rest()
        terminal.type(b"\x11")
        assert terminal.end() == 0
        assert LEFT in terminal.written[-400:]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["TERM", "HUP"])
def test_who_is_asked_to_stop_restores_the_terminal_and_says_so(opened: Open, number: int) -> None:
    with opened() as terminal:
        terminal.until(b"Peer-led", 30)
        terminal.rest()
        terminal.kill(number)
        terminal.end()
        assert LEFT in terminal.written
        assert b"everything is saved" in terminal.written.rpartition(LEFT)[2]


def test_a_killed_one_leaves_a_sound_review(opened: Open, tour: str) -> None:
    with opened() as terminal:
        terminal.until(b"Peer-led", 30)
        terminal.rest()
        terminal.type(b"gp")
        terminal.rest(0.5)
        terminal.type(b"trural\r")
        terminal.rest(0.5)
        terminal.type(b"u")
        terminal.kill(signal.SIGKILL)
    store = open_store(tour)
    assert check(store) == []
    store.close()


def test_without_colour_nothing_is_coloured_and_the_cursor_is_seen(opened: Open) -> None:
    with opened(NO_COLOR="1") as terminal:
        terminal.until(b"Peer-led", 30)
        terminal.type(b"gp")
        terminal.until("›".encode(), 10, after=len(terminal.written) - 1)
        terminal.rest()
        assert colours(terminal.written) <= GREY
        assert "›".encode() in terminal.written


def colours(written: bytes) -> set[int]:
    """Return the numbers of the 256 colours that are used; a full colour counts by its nearest kind."""
    found = {int(number) for number in re.findall(rb"[34]8;5;(\d+)", written)}
    for red, green, blue in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", written):
        found.add(16 if red == green == blue else 1)
    return found


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.place)
def test_nothing_hostile_reaches_the_terminal(opened: Open, tour: str, goal: tuple[str, ...]) -> None:
    assert spoil(tour) > 1000
    with opened(columns=120, rows=40) as terminal:
        terminal.until(b"Home", 30)
        terminal.rest(0.6)
        for keys in (
            b"g" + goal[0].encode(),
            b"\x1b[B",
            b"\x1b[6~",
            b"\x1b[F",
            b"\r",
            b"?",
            b"\x1b",
            b"u",
            b"\r",
        ):
            terminal.type(keys)
            terminal.rest(0.25)
        terminal.type(b"\x1b\x11")
        terminal.rest(0.3)
        for sequence in FORBIDDEN:
            assert sequence not in terminal.written, sequence


def test_two_windows_on_one_review_see_each_other(opened: Open, tour: str) -> None:
    with sqlite3.connect(tour) as connection:
        (newest,) = connection.execute("SELECT max(number) FROM act").fetchone()
    with opened() as one, opened(REALIST_PERSON="CD") as other:
        for terminal in (one, other):
            terminal.until(b"Peer-led", 30)
            terminal.rest()
        one.type(b"gl")
        one.until(b" %d " % newest)
        other.type(b"gp")
        other.rest(0.5)
        before = len(one.written)
        other.type(b"t")
        other.rest(0.3)
        other.type(b"seen by both\r")
        other.until(b"seen by both")
        one.until(b" %d " % (newest + 1), 10, after=before)
        one.until(b"tag paper", 10, after=before)
        back = len(other.written)
        one.type(b"gp")
        one.rest(0.4)
        one.type(b"t")
        one.rest(0.4)
        one.type(b"by one\r")
        one.rest(0.6)
        other.type(b"gl")
        other.until(b" %d " % (newest + 2), 10, after=back)
        for terminal in (one, other):
            assert b"did not work" not in terminal.written


def test_without_a_terminal_the_verbs_are_listed(tour: str, tmp_path: Path) -> None:
    import subprocess

    done = subprocess.run(
        REALIST, capture_output=True, encoding="utf-8", cwd=tmp_path, check=True, stdin=subprocess.DEVNULL,
        env={"PATH": "/usr/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Usage: realist" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.realist", None, b"There is no review at"),
        ("page.realist", b"<html>", b"is not a review"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence_on_the_screen(
    opened: Open, tmp_path: Path, name: str, content: bytes | None, told: bytes
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with opened(address=name) as terminal:
        terminal.until(told, 30)
        terminal.rest()
        terminal.type(b"\r")
        terminal.until(b"New review", 10)
        terminal.type(b"\x11")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.written


def test_a_newer_review_is_a_sentence_on_the_screen(opened: Open, tour: str, tmp_path: Path) -> None:
    path = tmp_path / "newer.realist"
    shutil.copy(tour, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with opened(address=str(path)) as terminal:
        terminal.until(b"newer realist", 30)
