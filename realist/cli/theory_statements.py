"""How statements of a theory are given on the command line: single changes, or a whole file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from realist.domain.revising import revised, statement_named
from realist.domain.theories import Statement, statement_said
from realist.errors import RealistError
from realist.queries.theory_versions import Version
from realist.text import line, shorten
from realist.vocabulary import StatementForm

F = TypeVar("F", bound=Callable[..., Any])
_LARGEST = 4_000_000
_PIECES = (("if", "if_text"), ("then", "then_text"), ("because", "because_text"))
_OPTIONS = (
    click.option("--add", "adds", multiple=True, metavar="TEXT", help="A new statement, at the end."),
    click.option(
        "--word", "words", multiple=True, nargs=2, metavar="PART TEXT", help="Another wording of a part."
    ),
    click.option("--call", "calls", multiple=True, nargs=2, metavar="PART NAME", help="Name a part."),
    click.option("--drop", "drops", multiple=True, metavar="PART", help="Leave a part out."),
    click.option("--order", default="", metavar="PARTS", help='Which come first: "p3 p1".'),
    click.option(
        "--priority", "ranks", multiple=True, nargs=2, metavar="PART WORD", help="How it is prioritised."
    ),
    click.option(
        "--statements", "file", type=click.Path(dir_okay=False, path_type=Path), default=None,
        help="A file with all of them: as --json gives them, or text, a blank line between two.",
    ),
)  # fmt: skip


def statement_options(command: F) -> F:
    """Give a verb the options by which the statements of a version are said."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given(version: Version, options: dict[str, Any]) -> tuple[Statement, ...] | None:
    """Return the statements that the options make of those of a version; None where they say nothing."""
    if not any(options.values()):
        return None
    found = list(version.statements)
    if options["file"]:
        found = _from_file(options["file"], version)
    return revised(
        found,
        words=dict(options["words"]),
        calls=dict(options["calls"]),
        ranks=dict(options["ranks"]),
        drops=options["drops"],
        order=options["order"].split(),
        adds=options["adds"],
    )


def _from_file(path: Path, version: Version) -> list[Statement]:
    """Return the statements that a file holds; those that name a part of the version are that part."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise RealistError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RealistError(f"{path} is no UTF-8 text. Nothing was written.") from error
    if len(raw) > _LARGEST:
        raise RealistError(f"{path} is too large to be the statements of a theory. Nothing was written.")
    if not text.lstrip().startswith(("[", "{")):
        blocks = text.replace("\r\n", "\n").split("\n\n")
        return [statement_said(block) for block in blocks if line(block)]
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RealistError(f"{path} is no JSON: {error}. Nothing was written.") from error
    if isinstance(value, dict):
        value = value.get("statements")
    if not isinstance(value, list):
        raise RealistError(f"{path} should hold a list of statements. Nothing was written.")
    return [_statement(row, f"{path}, statement {place}", version) for place, row in enumerate(value, 1)]


def _statement(row: Any, where: str, version: Version) -> Statement:
    if isinstance(row, str):
        return statement_said(row)
    if not isinstance(row, dict):
        raise RealistError(f"{where} should be an object or a text. Nothing was written.")
    part = statement_named(version.statements, _text(row, "part", where)) if row.get("part") else Statement()
    pieces = {name: _text(row, key, where) for key, name in _PIECES}
    text = _text(row, "text", where)
    if any(map(line, pieces.values())):
        made = Statement(form=StatementForm.IF_THEN, **pieces)  # type: ignore[arg-type]
    else:
        made = Statement(text=text) if line(text) else statement_said(_text(row, "said", where))
    return replace(
        made, part=part.part, number=part.number, name=_text(row, "name", where),
        priority=_text(row, "priority", where),
    )  # fmt: skip


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RealistError(f"{where}: {shorten(key, 40)} should be text. Nothing was written.")
    return value


def told(statements: Sequence[Statement]) -> str:
    """Return how many statements there are, in words."""
    return f"{len(statements)} statement" + ("" if len(statements) == 1 else "s")
