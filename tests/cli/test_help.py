"""Help: every verb is in the table, can be loaded, and explains itself in a sentence."""

from __future__ import annotations

import importlib
import pkgutil

import click
import pytest

import realist.cli
from realist.cli.main import VERBS, cli
from tests.cli.conftest import Ask, Run
from tests.cli.test_every_verb import leaves

TABLE = {verb: where for verbs in VERBS.values() for verb, where in verbs.items()}


def _commands() -> dict[str, click.Command]:
    """Every command by its full name, groups too."""
    found = dict(leaves(cli))
    context = click.Context(cli, help_option_names=["-h", "--help"])
    for name in TABLE:
        command = cli.get_command(context, name)
        assert command is not None
        found[name] = command
    return found


COMMANDS = _commands()


def test_the_table_names_every_verb_that_a_module_defines() -> None:
    defined = {}
    for module in pkgutil.iter_modules(realist.cli.__path__):
        if module.name == "main":
            continue
        for name, value in vars(importlib.import_module(f"realist.cli.{module.name}")).items():
            if isinstance(value, click.Command) and name.endswith("_"):
                assert value.name == name.removesuffix("_").replace("_", "-")
                defined[value.name] = module.name
    assert defined == {verb: module for verb, (module, _) in TABLE.items()}


@pytest.mark.parametrize("verb", TABLE)
def test_the_table_says_what_a_verb_is_for(verb: str) -> None:
    _, text = TABLE[verb]
    assert text[:1].isupper()
    assert text.endswith((".", "?"))
    assert 10 < len(text) <= 75
    if isinstance(COMMANDS[verb], click.Group):
        assert text == _first_sentence(COMMANDS[verb])


def test_no_two_verbs_say_the_same() -> None:
    texts = [text for _, text in TABLE.values()]
    assert len(set(texts)) == len(texts)


def _first_sentence(command: click.Command) -> str:
    return (command.help or "").split("\n\n")[0].replace("\n", " ").strip()


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_command_explains_itself(verb: str) -> None:
    sentence = _first_sentence(COMMANDS[verb])
    assert sentence[:1].isupper()
    assert sentence.endswith((".", "?"))


@pytest.mark.parametrize("verb", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help(verb: str, option: str, ask: Ask) -> None:
    text = ask(*verb.split(), option)
    assert text.startswith(f"Usage: cli {verb} ")
    assert _first_sentence(COMMANDS[verb]).split()[0] in text


@pytest.mark.parametrize("verb", [name for name, command in COMMANDS.items() if " " in name])
def test_every_command_speaks_json(verb: str) -> None:
    assert "--json" in {option for param in COMMANDS[verb].params for option in param.opts}


def test_the_help_lists_every_verb_under_what_it_is_for(ask: Ask) -> None:
    text = ask("--help")
    for title, verbs in VERBS.items():
        assert f"\n{title}:\n" in text
        for verb, (_, words) in verbs.items():
            assert f"\n  {verb} " in text
            assert words.split()[0] in text
    assert "realist sample leadership" in text
    assert ask() == text


def test_the_version_is_told(ask: Ask) -> None:
    assert ask("--version") == f"realist {realist.__version__}\n"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("papre", "There is no verb 'papre'. Did you mean paper"),
        ("grip", "Did you mean grid?"),
        ("zzzz", "There is no verb 'zzzz'. `realist --help` lists them."),
    ],
)
def test_a_mistyped_verb_is_met_with_the_nearest(typed: str, hint: str, run: Run) -> None:
    said = run(typed)
    assert (said.status, said.out) == (2, "")
    assert hint in said.err


@pytest.mark.parametrize(
    "group", [name for name, found in COMMANDS.items() if isinstance(found, click.Group)]
)
def test_a_group_alone_shows_its_verbs(group: str, run: Run) -> None:
    said = run(group)
    assert said.status == 2
    assert "Commands:" in said.err
