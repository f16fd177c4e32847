"""Verbs for synthesis across papers: moves with their inputs, results, reasoning and what moved them."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.errors import Refused
from realist.queries.moves import Item, Moved, moves
from realist.queries.naming import resolve
from realist.queries.naming_things import thing_said
from realist.services import synthesis as services
from realist.text import line
from realist.vocabulary import MoveKind, MoveRole

_KIND = click.Choice([str(kind) for kind in services.KINDS])
_ANY = click.Choice([str(kind) for kind in MoveKind])
_ROLES = {
    MoveRole.INPUT: "from", MoveRole.RESULT: "gave", MoveRole.MOVED_BY: "moved by",
}  # fmt: skip


@click.group("move")
def move_() -> None:
    """Synthesis across papers: what was put together, why, and what came of it."""


@move_.command("add")
@click.argument("kind", type=_KIND)
@click.option("--input", "inputs", multiple=True, required=True, help='What goes in, such as "box 3".')
@click.option("--result", "results", multiple=True, help="The thing that came of it; may repeat.")
@click.option("--words", default="", help="What came of it, in words.")
@click.option("--moved-by", multiple=True, help='What moved it, such as "consultation First meeting".')
@click.option("--reason", required=True, help="The reasoning.")
@as_json
def move_add(
    kind: str, inputs: tuple[str, ...], results: tuple[str, ...], words: str, moved_by: tuple[str, ...],
    reason: str, json_: bool,
) -> None:  # fmt: skip
    """Record a move across papers; nothing that goes in changes.

    A box into which others are consolidated rests on them from now on. What is situated meets a theory.

    \b
    Example:
      realist move add consolidate --input "box 3" --input "box 7" --result "box 12" \\
        --reason "both say that being asked comes before staying"
    """
    with desk() as at:
        uid = services.synthesise(
            at, MoveKind(kind), inputs, results=results, result=words, moved_by=moved_by, reason=reason
        )
    show.done(json_, uid, f"The move was recorded: {kind}.")


@move_.command("list")
@click.option(
    "--kind",
    "kinds",
    type=_ANY,
    multiple=True,
    help="Only of this kind.",
)
@click.option("--on", default="", help='Only those that name a thing, such as "box 3" or "mechanism M2".')
@as_json
def move_list(kinds: tuple[str, ...], on: str, json_: bool) -> None:
    """List every move of the review, in order: what was done to what, why, and what moved it."""
    with review() as store, store.read() as connection:
        about = thing_said(connection, on, viewer=viewer()).uid if on else ""
        found = moves(connection, about=about, kinds=kinds, viewer=viewer())
    if json_:
        show.say_json([_json(one) for one in found])
        return
    rows = [
        {
            "number": one.number, "kind": one.kind, "what": _names(one, MoveRole.INPUT),
            "gave": _names(one, MoveRole.RESULT) or one.result, "moved by": _names(one, MoveRole.MOVED_BY),
            "reason": one.reason, "by": one.by, "at": one.at,
        }
        for one in found
    ]  # fmt: skip
    headings = dict(zip(_LISTED, _LISTED, strict=True)) | {"number": "#", "at": "when"}
    show.table(rows, headings, grow="reason")


_LISTED = ("number", "kind", "what", "gave", "moved by", "reason", "by", "at")


@move_.command("show")
@click.argument("number")
@as_json
def move_show(number: str, json_: bool) -> None:
    """Show one move, by its number."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "move", number)
        found = [one for one in moves(connection, viewer=viewer()) if one.uid == uid]
    if not found:
        raise Refused(f"Move {line(number)} names something that you may not see yet.")
    (one,) = found
    if json_:
        show.say_json(_json(one))
        return
    show.title(f"#{one.number} {one.kind}")
    for role, word in _ROLES.items():
        for item in one.of(role):
            show.paragraph(f"{word} {_said(item)}")
    show.fields({"what came of it": one.result, "reason": one.reason, "by": one.by, "at": one.at})


@move_.command("drop")
@click.argument("number")
@click.option("--reason", required=True, help="Why, for the log.")
@as_json
def move_drop(number: str, reason: str, json_: bool) -> None:
    """Take a move across papers back; the boxes that it names stay as they are."""
    with desk() as at:
        uid = services.drop_move(at, number, reason=reason)
    show.done(json_, uid, f"Move {line(number)} was taken back.")


def _names(one: Moved, role: MoveRole) -> str:
    return ", ".join(map(_said, one.of(role)))


def _said(item: Item) -> str:
    kind = "box" if item.table == "configuration" else item.table.replace("_", " ")
    return f"{kind} {item.name}"


def _json(one: Moved) -> dict[str, Any]:
    items: dict[str, list[dict[str, str]]] = {
        str(role): [{"table": item.table, "uid": item.uid, "name": item.name} for item in one.of(role)]
        for role in MoveRole
    }
    return {
        "uid": one.uid, "number": one.number, "kind": one.kind, "reason": one.reason, "result": one.result,
        "by": one.by, "at": one.at, "items": items,
    }  # fmt: skip
