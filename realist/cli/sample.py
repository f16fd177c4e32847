"""The verb that builds sample reviews."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json
from realist.store.engine import shown_address


@click.group("sample")
def sample_() -> None:
    """Build a published review to look around in."""


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
    file = shown_address(file)
    if json_:
        show.say_json({"review": file})
    else:
        show.say(
            f"{file} is ready. Try: realist --db {file} grid · cmo show 1 · flow · mechanism list --lists"
        )
