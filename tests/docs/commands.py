"""The commands that the pages show: found, understood without running them, and run."""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import click
import pytest

from realist.cli.main import cli, main
from tests.docs.pages import Fence

PROMPT = "$ "
_OPERATORS = frozenset((";", "&", "&&", "|", "||"))
_SETTING = re.compile(r"[A-Z_]+=")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as a page shows it, with the lines of output below it."""

    place: str
    text: str
    output: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The words of the command as a shell parts them."""
        return _words(self.text)


def _words(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";<>|&")
    lexer.whitespace_split = True
    return list(lexer)


def shown(fence: Fence) -> Iterator[Shown]:
    """Yield the commands of a block: of `console` those after a prompt, of others every line."""
    prompt = PROMPT if fence.info.partition(" ")[0] == "console" else ""
    lines = list(enumerate(fence.text.splitlines(), fence.line))
    while lines:
        number, line = lines.pop(0)
        if not line.strip() or not line.startswith(prompt):
            continue
        text = line.removeprefix(prompt)
        while lines and _goes_on(text):
            text = text.removesuffix("\\") + ("" if text.endswith("\\") else "\n") + lines.pop(0)[1]
        output = []
        while prompt and lines and not lines[0][1].startswith(prompt):
            output.append(lines.pop(0)[1].rstrip())
        yield Shown(f"{fence.page}, line {number}", text, tuple(output))


def _goes_on(text: str) -> bool:
    try:
        _words(text)
    except ValueError:  # a quotation that is not closed
        return True
    return text.endswith("\\")


def calls(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the arguments of each call of `realist` among the words of a command line."""
    call: list[str] = []
    for word in [*words, ";"]:
        if word not in _OPERATORS:
            call.append(word)
            continue
        while call and _SETTING.match(call[0]):
            call.pop(0)
        if call and call[0] == "realist":
            stop = next((at for at, part in enumerate(call) if part in ("<", ">", ">>")), len(call))
            yield call[1:stop]
        call = []


def understand(arguments: Sequence[str]) -> list[str]:
    """Return the names of the verb and subcommand; raise UsageError for what does not exist."""
    command: click.Command = cli
    context = click.Context(cli, info_name="realist", help_option_names=["-h", "--help"])
    rest, names = list(arguments), list[str]()
    while isinstance(command, click.Group):
        _, rest, _ = command.make_parser(context).parse_args(rest)
        if not rest:
            return names
        name, found, rest = command.resolve_command(context, rest)
        if found is None:
            raise click.UsageError(f"There is no {name}.")
        names.append(found.name or "")
        command, context = found, click.Context(found, info_name=name, parent=context)
    if "--help" not in rest:
        command.make_context(context.info_name, rest, parent=context.parent)
    return names


def run(arguments: Sequence[str], patch: pytest.MonkeyPatch) -> tuple[int, list[str]]:
    """Run `realist` with *arguments*; return its exit status and the lines that a terminal shows."""
    told = io.StringIO()
    patch.setattr(sys, "argv", ["realist", *arguments])
    with redirect_stdout(told), redirect_stderr(told):
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 0
    return status, [line.rstrip() for line in told.getvalue().splitlines()]
