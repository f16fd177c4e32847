"""Verbs that look after a review: log, undo, redo, check, backup."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, person, review, viewer
from realist.errors import NotFound, Refused
from realist.queries import log as queries
from realist.queries.naming import resolve
from realist.queries.undoing import Preview, will_undo
from realist.services import history
from realist.services.keeping import backup, check, files_missing
from realist.text import line


@click.command("log")
@click.option("--by", default="", help="Only acts of this person.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=30, show_default=True)
@click.option("--before", type=NUMBER, default=0, help="Only acts before this number.")
@click.option("--words", default="", help="Only acts that hold these words.")
@click.option("--act", type=NUMBER, default=None, help="Show one act, row by row.")
@as_json
def log_(by: str, limit: int, before: int, words: str, act: int | None, json_: bool) -> None:
    """Show who did what, when and why, newest first.

    What others did in a blind round is said without its content while you may not see it.
    """
    me = viewer()
    with review() as store, store.read() as connection:
        of = resolve(connection, "person", by) if by else ""
        if act is not None:
            last = queries.acts(connection, before=act + 1, limit=1, viewer=me)
            rows = [row for row in last if row["number"] == act]
            if not rows:
                raise NotFound(f"There is no act {act} in the log: `realist log` lists them.")
            rows[0]["rows"] = queries.changes(connection, rows[0]["uid"], viewer=me)
        else:
            rows = queries.acts(connection, person=of, before=before, limit=limit, words=words, viewer=me)
    if json_:
        show.say_json(rows)
        return
    shown = [
        {
            **row,
            "what": f"{row['intention']} {row['subject']}" + (" [undone]" if row["undone"] else ""),
        }
        for row in rows
    ]
    headings = {"number": "act", "at": "when", "person": "who", "what": "what", "reason": "why"}
    show.table(shown, headings, grow="what")
    for row in rows:
        for change in row.get("rows", []):
            verb = "added" if not change["before"] else "removed" if not change["after"] else "changed"
            show.say(f"  {verb} {change['table']} {change['row']}")


@click.command("undo")
@click.argument("act", required=False, default="")
@click.option("--reason", default="")
@click.option("--preview", is_flag=True, help="Only say what it would do.")
@as_json
def undo_(act: str, reason: str, preview: bool, json_: bool) -> None:
    """Take back your last act, or the act with this number (see `realist log`).

    Refused, with the reason, when something was built on it since.
    """
    if preview:
        with review() as store, store.read() as connection:
            found = will_undo(connection, person(), act)
        if found is None:
            raise Refused("There is nothing of yours to undo.")
        _say_preview(found, json_)
        return
    with desk() as at:
        what = history.undo(at, act, reason=reason)
    if json_:
        show.say_json({"undone": what})
    else:
        show.say(f"Undone: {what}.")


def _say_preview(found: Preview, json_: bool) -> None:
    if json_:
        rows = [{"verb": verb, "table": table, "what": what} for verb, table, what in found.rows]
        show.say_json({**asdict(found), "rows": rows})
        return
    show.say(line(found.sentence))
    for verb, table, what in found.rows:
        show.say(f"  {verb} {table.replace('_', ' ')} {line(what)}".rstrip())
    if len(found.rows) < found.count:
        show.say(f"  {show.counted(found.count, 'row')} in all")


@click.command("redo")
@click.argument("act", required=False, default="")
@as_json
def redo_(act: str, json_: bool) -> None:
    """Do again what your last undo took back, or the undo with this number."""
    with desk() as at:
        what = history.redo(at, act)
    if json_:
        show.say_json({"redone": what})
    else:
        show.say(f"Redone: {what}.")


@click.command("check")
@click.option("--mend", is_flag=True, help="Make the full-text index anew first.")
@as_json
def check_(mend: bool, json_: bool) -> None:
    """Look whether the review is sound: foreign keys, vocabularies, invariants, log, index.

    Exit status 1 when something was found.
    """
    with review() as store:
        found = check(store, mend=mend) + files_missing(store)
    if json_:
        show.say_json({"sound": not found, "findings": found})
    else:
        for sentence in found:
            show.say(f"! {sentence}")
        show.say(f"{show.counted(len(found), 'finding')}." if found else "The review is sound.")
    if found:
        raise click.exceptions.Exit(1)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup_(file: Path, json_: bool) -> None:
    """Write a verified copy to a new file, while others go on working. A server's review becomes a file."""
    with review() as store:
        size = backup(store, file)
    if json_:
        show.say_json({"file": str(file), "bytes": size})
    else:
        show.say(f"{file} is a sound copy ({size / 1_000_000:,.1f} MB).")
