"""Verbs for memos: notes on anything."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.queries.memos import memos
from realist.queries.naming_things import KINDS, thing_said
from realist.services import notes
from realist.text import line

_KIND = click.Choice(list(KINDS))


@click.group("memo")
def memo_() -> None:
    """Memos: notes on anything."""


@memo_.command("add")
@click.argument("kind", type=_KIND)
@click.argument("name")
@click.argument("text")
@as_json
def memo_add(kind: str, name: str, text: str, json_: bool) -> None:
    """Write a memo on a thing of any KIND; of the review itself, NAME is not looked at.

    \b
    Examples:
      realist memo add box 3 "Why does this work only in small teams?"
      realist memo add version "T1 v2" "The board read this one."
      realist memo add feedback "Meeting 1 f3" "Said twice, by two people."
    """
    with desk() as at:
        uid = notes.add_memo(at, kind, name, text)
    show.done(json_, uid, "The memo was written.")


@memo_.command("list")
@click.option("--on", default="", help='Only on one thing, such as "box 3" or "paper Ash (2001)".')
@click.option("--kind", type=_KIND, default=None, help="Only on things of this kind.")
@click.option("--find", "words", default="", help="Only those that hold these words.")
@as_json
def memo_list(on: str, kind: str | None, words: str, json_: bool) -> None:
    """List memos in the order of time, each with what it is on. What you may not see yet is left out."""
    with review() as store, store.read() as connection:
        thing = thing_said(connection, on, viewer=viewer()) if on else None
        table = KINDS[kind] if kind else ""
        rows = memos(connection, on=thing, table=table, words=words, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    for row in rows:
        show.say(f"{row['kind']} {line(row['of']) or 'that is gone'}")
        show.paragraph(row["text"], indent="  ")
        show.say(f"  {row['by']}, {row['at']:%Y-%m-%d %H:%M} UTC · {row['uid']}")
    show.say(f"{show.counted(len(rows), 'memo')}.")


@memo_.command("edit")
@click.argument("uid")
@click.argument("text")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def memo_edit(uid: str, text: str, reason: str, json_: bool) -> None:
    """Word the memo UID anew; `realist memo list` shows the uids, the log keeps what it was."""
    with desk() as at:
        notes.edit_memo(at, uid, text, reason=reason)
    show.done(json_, line(uid), "The memo was changed.")


@memo_.command("drop")
@click.argument("uid")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def memo_drop(uid: str, reason: str, json_: bool) -> None:
    """Take the memo UID out; the log keeps it."""
    with desk() as at:
        notes.drop_memo(at, uid, reason=reason)
    show.done(json_, line(uid), "The memo was taken out.")
