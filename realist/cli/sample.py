"""The verb that builds sample reviews."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json
from realist.store.engine import shown_address


@click.group("sample")
def sample_() -> None:
    """Build a sample review to look around in."""


@sample_.command("leadership")
@click.argument("file", default="leadership.realist")
@as_json
def sample_leadership(file: str, json_: bool) -> None:
    """Build the realist review of Sims et al. (2021) on leading integrated care, from its published facts.

    What the article does not say is not there: ticks that its printed table no longer shows are marked
    as not recoverable, numbers that only the article gives as reported.
    """
    from realist.samples.leadership import build_leadership

    build_leadership(file)
    _say_ready(file, "grid · cmo show 1 · flow · mechanism list --lists", json_)


@sample_.command("tour")
@click.argument("file", default="tour.realist")
@as_json
def sample_tour(file: str, json_: bool) -> None:
    """Build an invented review of walking groups that is half done, as reviews are.

    It holds a little of everything: searches, imports, rounds with conflicts, mechanisms in all their lives,
    boxes, an evidence grid with contradictions, second thoughts in the log.
    """
    from realist.samples.tour import build_tour

    build_tour(file)
    _say_ready(file, "round list · grid · cmo show 14 · flow · log", json_)


def _say_ready(file: str, try_: str, json_: bool) -> None:
    file = shown_address(file)
    if json_:
        show.say_json({"review": file})
    else:
        show.say(f"{file} is ready. Try: realist --db {file} {try_}")
