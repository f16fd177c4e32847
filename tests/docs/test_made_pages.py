"""The pages that are made from the code are what the code makes now, and leave nothing out."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from realist.cli.main import cli
from realist.store.tables import Base
from tests.docs.pages import DOCS


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """The script that makes the pages."""
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_up_to_date(make: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    status = make.main(["--check"])
    assert status == 0, capsys.readouterr().out


def test_the_pages_come_out_the_same_each_time(make: ModuleType) -> None:
    assert make.pages() == make.pages()


def test_a_page_that_is_not_up_to_date_is_named_and_written_again(
    make: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(make, "DOCS", tmp_path)
    (tmp_path / "verbs.md").write_text(make.pages()["verbs.md"], encoding="utf-8")
    assert make.main(["--check"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == [
        f"docs/{name} is not up to date: run python docs/make.py." for name in ("schema.md", "keys.md")
    ]
    assert not (tmp_path / "schema.md").exists()
    assert make.main([]) == 0
    assert make.main(["--check"]) == 0
    assert make.main(["--nonsense"]) == 2


def _commands(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            assert part is not None, name
            yield from _commands(part, click.Context(part, info_name=name, parent=context))


def test_every_verb_and_each_of_its_options_is_on_the_page() -> None:
    text = (DOCS / "verbs.md").read_text(encoding="utf-8")
    chapters = {part.partition("\n")[0]: part for part in re.sub("\n#{4,}", "\n###", text).split("\n### ")}
    for context in _commands(
        cli, click.Context(cli, info_name="realist", help_option_names=["-h", "--help"])
    ):
        if context.parent is None:
            continue
        assert context.command_path in chapters
        for param in context.command.params:
            if isinstance(param, click.Option):
                assert f"`{param.opts[0]}" in chapters[context.command_path], context.command_path


def test_every_table_and_column_is_on_the_page() -> None:
    text = (DOCS / "schema.md").read_text(encoding="utf-8")
    chapters = {part.partition("\n")[0]: part for part in text.split("\n### ")}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            assert f"\n| `{column.name}` |" in chapters[table.name], table.name
