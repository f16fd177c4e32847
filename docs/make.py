"""Write the pages that are made from the code: schema.md from the tables, verbs.md from the command line,
keys.md from the table of actions.

python docs/make.py            writes the pages
python docs/make.py --check    exit status 1 when a page is not up to date
"""

from __future__ import annotations

import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint

from realist import vocabulary
from realist.cli.main import VERBS, cli
from realist.store import tables
from realist.store.engine import APPLICATION_ID, REVISION
from realist.store.tables.base import Base, Utc, Word, table_of
from tui.actions import ACTIONS, GOALS, TITLES

DOCS = Path(__file__).parent
MADE = "<!-- Made by docs/make.py from the code: change it there. -->"
ORDER = ("plan", "searching", "screening", "reading", "extraction", "coding", "theory", "journal", "index")
SIGNED = {
    "uid": "names this row, and never changes",
    "person": "who made this row",
    "at": "when, in UTC",
}
OF_ANOTHER = "the uid of the row that this one completes"


def pages() -> dict[str, str]:
    """Return the text of every page that is made, by the name of its file."""
    return {"schema.md": _page(schema()), "verbs.md": _page(verbs()), "keys.md": _page(keys())}


def _page(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def schema() -> Iterator[str]:
    """Yield the lines of the page on the tables."""
    yield from ("# The tables", "", MADE, "")
    yield (
        f"Every table of a review, schema {int(REVISION)} (`user_version` {int(REVISION)}, `application_id` "
        f"{APPLICATION_ID}). [The file](file-format.md) says how to read it with other programs, "
        "[the model](model.md) what the words mean."
    )
    yield ""
    yield (
        "`text` that holds nothing is empty, not null; *null* says which columns can be unknown. "
        "A `time` is text in UTC, such as `2026-01-01T09:30:00.000000Z`; a `yes/no` is 1 or 0 in a file and "
        "true or false on PostgreSQL; a `word` is text, one of the [words](#words) of its vocabulary. "
        "→ names the column that a value points to."
    )
    for module in _modules():
        about = _prose(module)
        yield from ("", f"## {about.partition(':')[0].rstrip('.')}", "", about)
        for model in _models(module):
            yield from _table(table_of(model), _prose(model))
    yield from ("", "## Words", "", "What a column of the type `word` can hold.")
    for words in _vocabularies():
        yield from ("", f"### {words.__name__}", "", _prose(words), "")
        yield ", ".join(f"`{word}`" for word in words)


def _prose(thing: ModuleType | type[object]) -> str:
    """Return the docstring of *thing* on one line."""
    return " ".join((thing.__doc__ or "").replace("``", "`").split())


def _modules() -> list[ModuleType]:
    """Return the modules that hold tables, in the order in which a person reads about them."""
    names = [found.name for found in pkgutil.iter_modules(tables.__path__) if found.name != "base"]
    known = [name for name in ORDER if name in names]
    return [
        import_module(f"{tables.__name__}.{name}") for name in known + sorted(set(names).difference(ORDER))
    ]


def _models(module: ModuleType) -> list[type[Base]]:
    """Return the tables that *module* defines, in its order."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Base)
        and value.__module__ == module.__name__
        and value in Base.models
    ]


def _vocabularies() -> list[type[StrEnum]]:
    """Return the vocabularies that some column uses, in the order of their module."""
    columns = (column.type for table in Base.metadata.sorted_tables for column in table.columns)
    used = {kind.words for kind in columns if isinstance(kind, Word)}
    return [value for value in vars(vocabulary).values() if isinstance(value, type) and value in used]


def _table(table: Table, doc: str) -> Iterator[str]:
    yield from ("", f"### {table.name}", "", doc, "")
    yield "| column | type | null | what |"
    yield "|---|---|---|---|"
    for column in table.columns:
        null = "null" if column.nullable else ""
        yield f"| `{column.name}` | {_type(column)} | {null} | {_what(column)} |"
    keys = list(_keys(table))
    if keys:
        yield ""
        yield from keys


def _type(column: Column[object]) -> str:
    kind = column.type
    if isinstance(kind, Word):
        return f"word: [{kind.words.__name__}](#{kind.words.__name__.lower()})"
    if isinstance(kind, Utc):
        return "time"
    if isinstance(kind, Boolean):
        return "yes/no"
    if isinstance(kind, Integer):
        return "integer"
    return "text" if isinstance(kind, String) else "number"


def _what(column: Column[object]) -> str:
    targets = sorted(key.target_fullname for key in column.foreign_keys)
    said = column.doc or SIGNED.get(column.name, "")
    if column.name == "uid" and targets:
        said = OF_ANOTHER
    key = "key" if column.primary_key else ""
    arrow = ", ".join(f"→ `{target}`" for target in targets)
    return "; ".join(filter(None, (key, said, arrow))).replace("|", "\\|")


def _keys(table: Table) -> Iterator[str]:
    """Yield a line for each rule of uniqueness and each index of a table."""
    found: list[tuple[str, str]] = []
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint):
            found.append(("Unique", _named(rule.columns.keys())))
    for index in table.indexes:
        found.append(("Unique" if index.unique else "Index", _named(index.columns.keys()) + _where(index)))
    for what in ("Unique", "Index"):
        named = sorted(names for kind, names in found if kind == what)
        if named:
            yield f"- {what}: {'; '.join(named)}"


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _where(index: Index) -> str:
    where = index.dialect_options["sqlite"]["where"]
    return "" if where is None else f" where `{where}`"


def verbs() -> Iterator[str]:
    """Yield the lines of the page on the command line."""
    yield from ("# The verbs", "", MADE, "")
    yield (
        "`realist --help` lists the verbs and `realist VERB --help` explains one; this page says the same. "
        "[Exchange](exchange.md) describes the JSON and the exit statuses."
    )
    root = click.Context(cli, info_name="realist", help_option_names=["-h", "--help"])
    yield from ("", "## Before the verb", "")
    yield from ("```text", _usage(cli, root), "```", "")
    yield from _options(cli)
    for title, named in VERBS.items():
        yield from ("", f"## {title}")
        for verb in named:
            command = cli.get_command(root, verb)
            if command is not None:
                yield from _verb(command, click.Context(command, info_name=verb, parent=root), 3)


def _verb(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {context.command_path}", "")
    if isinstance(command, click.Group):
        yield from _help(command)
        for name in command.list_commands(context):
            part = command.get_command(context, name)
            if part is not None:
                yield from _verb(part, click.Context(part, info_name=name, parent=context), level + 1)
        return
    yield from ("```text", _usage(command, context), "```", "")
    yield from _help(command)
    arguments = [_argument(param) for param in command.params if isinstance(param, click.Argument)]
    yield from ("", *arguments, *_options(command))


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _help(command: click.Command) -> Iterator[str]:
    """Yield the help of a command: prose in one line a paragraph, and what is laid out as it stands."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ""
        if paragraph.startswith("\b"):
            yield from ("```text", *paragraph.splitlines()[1:], "```")
        else:
            yield " ".join(paragraph.split())


def _argument(param: click.Argument) -> str:
    name = param.metavar or (param.name or "").upper()
    words = f", one of {_choices(param)}" if isinstance(param.type, click.Choice) else ""
    often = ", one or several" if param.nargs == -1 else ""
    return f"- `{name.removesuffix('...')}`{often}{words}" + ("" if param.required else " (may be left out)")


def _options(command: click.Command) -> Iterator[str]:
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            yield _option(param)


def _option(param: click.Option) -> str:
    value = "" if param.is_flag else f" {param.metavar or _value(param)}"
    said = [" ".join((param.help or "").split())]
    if isinstance(param.type, click.Choice):
        said.append(f"One of {_choices(param)}.")
    if param.show_default and param.default not in (None, ""):
        said.append(f"Default: {param.default}.")
    if param.required:
        said.append("Needed.")
    text = " ".join(filter(None, said))
    return f"- `{', '.join(param.opts)}{value}`" + (f": {text}" if text else "")


def _value(param: click.Option) -> str:
    if isinstance(param.type, click.Choice):
        return "WORD"
    if isinstance(param.type, click.Path):
        return "FILE"
    return "NUMBER" if isinstance(param.type, click.IntRange) else "TEXT"


def _choices(param: click.Parameter) -> str:
    choices = param.type.choices if isinstance(param.type, click.Choice) else ()
    return ", ".join(f"`{choice}`" for choice in choices)


def keys() -> Iterator[str]:
    """Yield the lines of the page on the keys of the interface."""
    yield from ("# The keys", "", MADE, "")
    yield (
        "Every key of the interface, screen by screen. `?` shows those of the screen one is on, `:` finds any"
        " of them by its name; the bar at the bottom names the most used ones, and takes clicks of the mouse."
    )
    yield from ("", "## g and a letter", "", "| keys | goes to |", "|---|---|")
    yield from (f"| `g {goal.letter}` | {goal.title}: {goal.help} |" for goal in GOALS)
    for place, title in TITLES.items():
        yield from ("", f"## {title}", "", "| key | does |", "|---|---|")
        for action in ACTIONS[place]:
            named = " ".join(f"`{key}`" for key in action.all_keys.split())
            yield f"| {named} | {action.help} |"


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check say which of them are not up to date; return the exit status."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = 0
    for name, text in pages().items():
        path = DOCS / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale = 1
        if not arguments:
            path.write_text(text, encoding="utf-8", newline="\n")
        print(f"docs/{name} {'is not up to date: run python docs/make.py' if arguments else 'was written'}.")
    return stale if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
