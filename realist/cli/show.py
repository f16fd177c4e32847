"""Printing: tables that fit the terminal, plain text to a pipe, JSON for scripts."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from realist.text import cell_width, line, pad, plain, shorten

PIPE_WIDTH = 100


def width() -> int:
    """Return how many columns there are to fill."""
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if sys.stdout.isatty() else _pipe_width()


def _pipe_width() -> int:
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def say(text: str) -> None:
    """Print text, made safe for a terminal."""
    click.echo(plain(text))


def say_json(value: Any) -> None:
    """Print a value as indented JSON, ASCII-escaped so that nothing in it reaches the terminal raw."""
    click.echo(json.dumps(value, indent=2, default=_simple))


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
    flexible = keys.index(grow) if grow in keys else max(range(len(keys)), key=lambda i: sizes[i])
    sizes[flexible] = max(sizes[flexible] + spare, 8) if spare < 0 or grow else sizes[flexible]
    heading = "  ".join(pad(columns[key], size) for key, size in zip(keys, sizes, strict=True))
    say(heading.rstrip())
    say("─" * min(sum(sizes) + 2 * (len(keys) - 1), width()))
    for text in texts:
        cells = (pad(text[i], sizes[i], right=numeric[i]) for i in range(len(keys)))
        say("  ".join(cells).rstrip())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return line(str(value))


def paragraph(text: str, *, indent: str = "") -> None:
    """Print text wrapped to the terminal, its paragraphs kept."""
    for part in plain(text).split("\n"):
        say(textwrap.fill(part, max(width(), 40), initial_indent=indent, subsequent_indent=indent) or "")


def fields(values: Mapping[str, Any]) -> None:
    """Print names and values, one a line; empty ones are left out."""
    size = max((len(name) for name, value in values.items() if value not in ("", None, [])), default=0)
    for name, value in values.items():
        if value in ("", None, []):
            continue
        text = textwrap.fill(
            _text(value),
            max(width(), 40),
            initial_indent=" " * (size + 2),
            subsequent_indent=" " * (size + 2),
        )
        say(f"{name:<{size}}  {text.lstrip()}")


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
