"""Printing: tables that fit the terminal, plain text to a pipe, JSON for scripts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from realist.text import cell_width, line, pad, plain, shorten, wrap

PIPE_WIDTH = 100
_NARROW = 8


def width() -> int:
    """Return how many columns there are to fill: those of the terminal, or of COLUMNS, or a hundred."""
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def say(text: str) -> None:
    """Print text, made safe for a terminal."""
    click.echo(plain(text))


def say_json(value: Any) -> None:
    """Print a value as indented JSON, ASCII-escaped so that nothing in it reaches the terminal raw."""
    click.echo(json.dumps(value, indent=2, default=_simple).replace("\x7f", "\\u007f"))


def _simple(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, grow: str = "") -> None:
    """Print rows under headings: *columns* maps a key to its heading; the column *grow* takes what is left.

    Numbers stand right; unknown values show as ``?`` nowhere: None is an empty cell.
    """
    keys = list(columns)
    texts = [[_text(row.get(key)) for key in keys] for row in rows]
    numeric = [bool(rows) and all(isinstance(row.get(key), int | None) for row in rows) for key in keys]
    sizes = [
        min(max([cell_width(columns[key]), *(cell_width(text[i]) for text in texts)]), 60)
        for i, key in enumerate(keys)
    ]
    spare = width() - sum(sizes) - 2 * (len(keys) - 1)
    if spare > 0 and grow in keys:
        sizes[keys.index(grow)] += spare
    elif spare < 0:
        _shrink(sizes, -spare, {i for i, key in enumerate(keys) if key == "uid"})
    heading = "  ".join(pad(columns[key], size) for key, size in zip(keys, sizes, strict=True))
    say(heading.rstrip())
    say("─" * min(sum(sizes) + 2 * (len(keys) - 1), width()))
    for text in texts:
        cells = (pad(text[i], sizes[i], right=numeric[i]) for i in range(len(keys)))
        say("  ".join(cells).rstrip())


def _shrink(sizes: list[int], excess: int, kept: set[int]) -> None:
    """Take *excess* columns from the widest ones, one at a time; those in *kept* and narrow ones stay."""
    while excess > 0:
        widest = max(range(len(sizes)), key=lambda i: 0 if i in kept else sizes[i])
        if widest in kept or sizes[widest] <= _NARROW:
            return
        sizes[widest] -= 1
        excess -= 1


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: 1 record, 2 records, 3 boxes."""
    return f"{n:,} {noun}" + ("" if n == 1 else "es" if noun.endswith("x") else "s")


def were(n: int, noun: str) -> str:
    """Return a number with its noun and verb: 1 record was, 2 records were."""
    return f"{counted(n, noun)} {'was' if n == 1 else 'were'}"


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return line("; ".join(map(str, value)))
    return line(str(value))


def paragraph(text: str, *, indent: str = "") -> None:
    """Print text wrapped to the terminal, its paragraphs kept."""
    for part in plain(text).split("\n"):
        say("\n".join(wrap(part, max(width(), 40), first=indent, rest=indent)))


def fields(values: Mapping[str, Any]) -> None:
    """Print names and values, one a line; empty ones are left out."""
    size = max((len(name) for name, value in values.items() if value not in ("", None, [])), default=0)
    for name, value in values.items():
        if value in ("", None, []):
            continue
        say("\n".join(wrap(_text(value), max(width(), 40), first=f"{name:<{size}}  ", rest=" " * (size + 2))))


def title(text: str) -> None:
    """Print a heading."""
    say(shorten(text, width()))
    say("─" * min(cell_width(shorten(text, width())), width()))


def done(json_: bool, uid: str, sentence: str) -> None:
    """Say that a change was made: the uid for a script, a sentence for a person."""
    if json_:
        say_json({"uid": uid})
    else:
        say(sentence)
