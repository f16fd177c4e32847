"""Which review, and who is at the keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from realist.errors import NoPerson, NoReview, WrongUse
from realist.machine import me
from realist.services.keeping import open_review
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.text import line, plain

F = TypeVar("F", bound=Callable[..., Any])
NUMBER = click.IntRange(0, 2_147_483_647)
"""A whole number that every database can hold."""


def as_json(command: F) -> F:
    """Give a verb the option --json."""
    return click.option("--json", "json_", is_flag=True, help="Print JSON for scripts.")(command)


def address() -> str:
    """Return the review meant: --db, else REALIST_DB, else the only one in this folder."""
    given = _options()["db"] or os.environ.get("REALIST_DB", "")
    if given:
        return str(given)
    here = sorted(Path.cwd().glob("*.realist"))
    if len(here) == 1:
        return str(here[0].name)
    if here:
        names = ", ".join(path.name for path in here)
        raise NoReview(f"There are several reviews here ({names}): name one with --db FILE.")
    raise NoReview(
        "There is no review in this folder: make one with `realist new FILE`, or name one with --db."
    )


def _options() -> dict[str, Any]:
    context = click.get_current_context()
    options: dict[str, Any] = context.find_root().obj or {"db": None, "person": None, "as_of": ""}
    return options


def person() -> str:
    """Return the initials of who is at the keyboard: --as, else REALIST_PERSON, else `realist me`."""
    given = _options()["person"] or os.environ.get("REALIST_PERSON", "")
    if not given:
        given = me()
    if not given:
        raise NoPerson(str(NoPerson.__doc__))
    return line(given)


def viewer() -> str:
    """Return the initials of who looks; "" where nobody said: then only what everybody may see is shown."""
    try:
        return person()
    except NoPerson:
        return ""


@contextmanager
def review() -> Iterator[Store]:
    """Open the review for looking: as it is, or with --as-of as it was."""
    store = open_review(address())
    try:
        if store.remark:
            click.echo(f"realist: {plain(store.remark)}", err=True)
        if said := _options()["as_of"]:
            with _as_it_was(store, said) as then:
                yield then
        else:
            yield store
    finally:
        store.close()


@contextmanager
def _as_it_was(store: Store, said: str) -> Iterator[Store]:
    from realist.queries.milestones import moment_said
    from realist.services.replay import as_of

    with store.read() as connection:
        moment = moment_said(connection, said)
    click.echo(plain(f"realist: as of {moment.called} (act #{moment.act})."), err=True)
    with as_of(store, moment, viewer=viewer()) as then:
        yield then


@contextmanager
def desk() -> Iterator[Desk]:
    """Open the review for writing; what the person should know is said at the end, on stderr."""
    if _options()["as_of"]:
        raise WrongUse("Nothing can be written with --as-of: it looks at the review as it was.")
    who = person()
    with review() as store:
        at = Desk(store, who)
        yield at
        for note in at.notes:
            click.echo(plain(note), err=True)
