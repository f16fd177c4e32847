"""Named lists of mechanisms, and what is known of how one came from another."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.queries import theory as queries
from realist.queries.naming import resolve
from realist.services import mechanisms as services
from realist.text import line
from realist.vocabulary import Lineage


@click.group("lists")
def lists_() -> None:
    """Named lists: preliminary, agreed, Table 1 …, in their order, and how they hang together."""


@lists_.command("add")
@click.argument("name")
@click.argument("mechanisms", nargs=-1, required=True)
@click.option("--dated", default="", help="Its date as far as known.")
@click.option("--of-person", is_flag=True, help="It is one person's, not agreed by the team.")
@click.option("--source", default="", help="Where it stands.")
@click.option("--stage", default="", help="The search stage that it belongs to.")
@click.option("--note", default="")
@as_json
def lists_add(
    name: str,
    mechanisms: tuple[str, ...],
    dated: str,
    of_person: bool,
    source: str,
    stage: str,
    note: str,
    json_: bool,
) -> None:
    """Add a named list of MECHANISMS, in this order.

    \b
    "M1=words as printed" keeps the words of the list; "=words" is a heading that names no mechanism.

    \b
    Example:
      realist mechanism lists add "Preliminary" M1 "M2=Keeping trust" "=Leadership" --dated "May 2019"
    """
    items = []
    for item in mechanisms:
        of, sign, printed = item.partition("=")
        items.append((of.strip(), printed) if sign else (item, ""))
    with desk() as at:
        uid = services.add_list(
            at, name, items, stage=stage, dated=dated, agreed=not of_person, source=source, note=note
        )
    show.done(json_, uid, f"The list {line(name)} was added: {show.counted(len(items), 'item')}.")


@lists_.command("show")
@click.argument("name", required=False, default="")
@as_json
def lists_show(name: str, json_: bool) -> None:
    """Show the lists, or one, with what is known of their lineage."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "list", name) if name else ""
        rows = [row for row in queries.lists(connection) if uid in ("", row["uid"])]
    if json_:
        show.say_json(rows)
    else:
        say_lists(rows)


def say_lists(rows: queries.Rows) -> None:
    """Print lists with their items, one below the other."""
    for row in rows:
        show.title(str(row["name"]))
        for position, item in enumerate(row["items"], 1):
            show.say(f"{position:>3}  {item}")
        for lineage in row["lineage"]:
            show.paragraph(f"From {lineage['from']}: lineage {lineage['lineage']}. {lineage['note']}")
        show.say("")


@lists_.command("lineage")
@click.argument("from_list")
@click.argument("into_list")
@click.argument("lineage", type=click.Choice([str(word) for word in Lineage]))
@click.option("--note", default="", help="What the source says, or that it says nothing.")
@as_json
def lists_lineage(from_list: str, into_list: str, lineage: str, note: str, json_: bool) -> None:
    """State what is known of how one list came from another: "stated" or "not stated"."""
    with desk() as at:
        uid = services.state_lineage(at, from_list, into_list, Lineage(lineage), note=note)
    show.done(json_, uid, f"From {line(from_list)} to {line(into_list)}: lineage {lineage}.")
