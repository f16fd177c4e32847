"""Verbs for milestones: named moments at which the review can be looked at as it was."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.queries.milestones import milestones
from realist.services import milestones as services
from realist.text import line


@click.group("milestone")
def milestone_() -> None:
    """Named moments, to look at the review as it was."""


@milestone_.command("add")
@click.argument("name")
@click.option("--at", "at_", default="", help="A date (its end is meant; UTC) or an act such as #12.")
@click.option("--note", default="")
@as_json
def milestone_add(name: str, at_: str, note: str, json_: bool) -> None:
    """Name a moment: now, or the one of --at.

    \b
    Examples:
      realist milestone add submitted --note "to the journal"
      realist milestone add "protocol agreed" --at 2025-03-14
      realist --as-of submitted grid
    """
    with desk() as at:
        uid = services.add_milestone(at, name, at=at_, note=note)
    show.done(json_, uid, f"The milestone {line(name)} was added: `realist --as-of NAME VERB` looks at it.")


@milestone_.command("list")
@as_json
def milestone_list(json_: bool) -> None:
    """List the milestones in the order of time, each with the last act before it."""
    with review() as store, store.read() as connection:
        rows = milestones(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [
        {**row, "act": f"#{row['act']}", "moment": f"{row['moment']:%Y-%m-%d %H:%M} UTC"} for row in rows
    ]
    headings = {"name": "milestone", "moment": "when", "act": "last act", "note": "note"}
    show.table(shown, headings, grow="note")


@milestone_.command("drop")
@click.argument("name")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def milestone_drop(name: str, reason: str, json_: bool) -> None:
    """Take a milestone out; the log keeps it."""
    with desk() as at:
        uid = services.drop_milestone(at, name, reason=reason)
    show.done(json_, uid, f"The milestone {line(name)} was taken out.")
