"""Making reviews: new ones, samples, copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from realist import machine
from realist.errors import Refused
from realist.services import plan
from realist.services.keeping import backup
from realist.services.unit import Desk
from realist.store.engine import is_server, open_store
from realist.store.migrate import create
from realist.text import line
from realist.vocabulary import Scheme

if TYPE_CHECKING:
    from tui.gateway.door import Gateway


def make_review(file: str, title: str, question: str, scheme: str) -> str:
    """Make a review in a new file and return the file's name; what fails half-way leaves no file."""
    name = line(file)
    if not name or not line(title):
        raise Refused("A review needs a file and a title.")
    if not is_server(name) and not name.endswith(".realist"):
        name += ".realist"
    create(name)
    store = open_store(name)
    try:
        desk = Desk(store, machine.me() or "ME")
        plan.create_review(desk, title=title, question=question, scheme=Scheme(scheme))
    except BaseException:
        store.close()
        if not is_server(name):
            Path(name).unlink(missing_ok=True)
        raise
    store.close()
    return name


def build_sample(name: str, address: str, progress: Callable[[str], None]) -> None:
    """Build a sample review at *address*; stopped half-way it leaves no file."""
    if name == "tour":
        from realist.samples.tour import build_tour

        build_tour(address)
    else:
        from realist.samples.leadership import build_leadership

        build_leadership(address)


def back_up(gate: Gateway, file: str) -> str:
    """Write a verified copy of the open review; return a sentence that says so."""
    size = backup(gate.store, Path(file))
    return f"{file} is a sound copy ({size / 1_000_000:,.1f} MB)."
