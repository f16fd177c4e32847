"""Every command line that a page shows could be typed: its verb and its options exist."""

from __future__ import annotations

import click
import pytest

from realist.errors import WrongUse
from tests.docs.commands import calls, shown, understand
from tests.docs.pages import Fence, fences, pages

KINDS = ("sh", "console")


def _blocks() -> list[Fence]:
    return [fence for page in pages() for fence in fences(page, *KINDS)]


def test_every_command_line_is_understood() -> None:
    seen = 0
    for block in _blocks():
        for command in shown(block):
            for arguments in calls(command.words):
                seen += 1
                try:
                    understand(arguments)
                except (click.ClickException, WrongUse) as error:
                    pytest.fail(f"{command.place}: {command.text}\n{error}")
    assert seen > 50


@pytest.mark.parametrize(
    "line",
    [
        "realist scren",
        "realist grid --shwo counts",
        "realist grid --show quotes",
        "realist mechanism list extra",
        "realist cmo draw 1",
        "realist decide 1 include",
    ],
)
def test_a_command_line_that_cannot_be_typed_is_noticed(line: str) -> None:
    block = Fence("a page", 1, "sh", line + "\n")
    (command,) = shown(block)
    (arguments,) = calls(command.words)
    with pytest.raises(click.UsageError):
        understand(arguments)


def test_commands_are_found_in_lines_that_hold_more() -> None:
    text = (
        "make demo    # builds\n"
        "REALIST_DB=a.realist realist grid --json > grid.json && realist flow | less\n"
        'realist cmo add "a (C)\n  → b (O)"\n'
        "realist --db b.realist \\\n  paper list\n"
    )
    found = [call for command in shown(Fence("a page", 1, "sh", text)) for call in calls(command.words)]
    assert found == [
        ["grid", "--json"],
        ["flow"],
        ["cmo", "add", "a (C)\n  → b (O)"],
        ["--db", "b.realist", "paper", "list"],
    ]
