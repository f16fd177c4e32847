"""Verbs about what was imported: imports list, show, refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, review
from realist.errors import RealistError
from realist.formats.mending import mendable
from realist.queries import imports
from realist.store.engine import Store
from realist.text import line, plain

_LINES = 6


@click.group("imports")
def imports_() -> None:
    """What was imported, and what of it was refused."""


@imports_.command("list")
@as_json
def imports_list(json_: bool) -> None:
    """List every import, oldest first."""
    with review() as store, store.read() as connection:
        rows = imports.imports(connection)
    if json_:
        show.say_json(rows)
        return
    if not rows:
        show.say("Nothing was imported yet.")
        return
    shown = [{**row, "on": f"{row['at']:%Y-%m-%d}", "what": row["product"] or row["format"]} for row in rows]
    columns = {
        "file": "file", "on": "on", "by": "by", "what": "from", "search": "search", "records": "records",
        "warnings": "warnings", "refused": "refused",
    }  # fmt: skip
    show.table(shown, columns, grow="file")


@imports_.command("show")
@click.argument("file")
@as_json
def imports_show(file: str, json_: bool) -> None:
    """Show one import, by the name of its file: its counts, and every problem with the refused text."""
    with review() as store:
        row, problems = _one(store, file)
    if json_:
        show.say_json({**row, "problems": problems})
        return
    show.title(row["file"])
    fields = ("records", "warnings", "refused", "format", "product", "encoding", "search", "mends", "mended")
    show.fields(
        {"read": f"{row['at']:%Y-%m-%d %H:%M} by {row['by']}", **{name: row[name] for name in fields}}
    )
    for problem in problems:
        sign = "!" if problem["severity"] == "error" else "·"
        place = f"line {problem['line']}" + (f", record {problem['record']}" if problem["record"] else "")
        show.say(f"{sign} {place}: {line(problem['message'])}")
        _say_text(problem["text"])


def _say_text(text: str) -> None:
    """Show the beginning of a refused text; what is left out is said."""
    lines = text.split("\n") if text else []
    for part in lines[:_LINES]:
        shown = plain(part).replace("\t", " ")
        show.say(f"    {shown[:100]}{'…' if len(shown) > 100 else ''}")
    if len(lines) > _LINES:
        more = show.counted(len(lines) - _LINES, "more line")
        show.say(f"    … {more}: --json or `realist imports refused` gives all of it.")


def _one(store: Store, file: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    with store.read() as connection:
        uid = imports.resolve_import(connection, file)
        row = next(row for row in imports.imports(connection) if row["uid"] == uid)
        return row, imports.problems(connection, uid)


@imports_.command("refused")
@click.argument("file")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def imports_refused(file: str, target: Path, json_: bool) -> None:
    """Write what an import refused to a new file, to be mended and imported with --mends.

    \b
    Examples:
      realist imports refused embase.ris mend-me.ris
      realist import mend-me.ris --mends embase.ris
    """
    with review() as store, store.read() as connection:
        uid = imports.resolve_import(connection, file)
        row = next(row for row in imports.imports(connection) if row["uid"] == uid)
        texts = imports.refused_texts(connection, uid)
        columns = imports.column_names(connection, uid)
    if not texts:
        raise RealistError(f"Of {row['file']} no text was refused: there is nothing to write.")
    try:
        with target.open("x", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            stream.write(mendable(row["format"], texts, columns))
    except FileExistsError:
        raise RealistError(f"{target} is already there: choose another name.") from None
    except OSError as error:
        raise RealistError(f"{target} cannot be written: {error.strerror}.") from error
    if json_:
        show.say_json({"file": str(target), "texts": len(texts)})
    else:
        show.say(
            f"{show.counted(len(texts), 'refused text')} written to {target}: mend it, then"
            f' `realist import "{target}" --mends "{row["file"]}"`.'
        )
