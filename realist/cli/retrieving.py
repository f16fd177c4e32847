"""Verbs for full texts and for the terms that are marked while screening."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.cli.tables import write_table
from realist.queries import retrieval
from realist.queries.piles import highlights
from realist.services import retrieving as services
from realist.vocabulary import RetrievalStatus, TermSet


@click.group("retrieval")
def retrieval_() -> None:
    """Full texts: sought, obtained, not obtainable."""


@retrieval_.command("add")
@click.argument("paper")
@click.argument("status", type=click.Choice([str(status) for status in RetrievalStatus]))
@click.option("--on", "happened", default="", help="The date, as far as known.")
@click.option("--reason", default="", help="Why it cannot be obtained, or where it was sought.")
@as_json
def retrieval_add(paper: str, status: str, happened: str, reason: str, json_: bool) -> None:
    """Record how far the full text of a paper has come.

    \b
    Example:
      realist retrieval add "#12" "not obtainable" --on 2026-03-01 --reason "thesis, no copy in any library"
    """
    with desk() as at:
        uid = services.retrieve(at, paper, RetrievalStatus(status), happened=happened, reason=reason)
    show.done(json_, uid, f"{paper}: {status}.")


_COLUMNS = (
    "number", "label", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "status",
    "reason", "since",
)  # fmt: skip


@retrieval_.command("list")
@click.option(
    "--csv", "target", type=click.Path(path_type=Path), help="Write the list as CSV, for a library."
)
@as_json
def retrieval_list(target: Path | None, json_: bool) -> None:
    """List the papers whose full text is missing: wanted by a round, and not there."""
    with review() as store, store.read() as connection:
        rows = retrieval.missing(connection, viewer=viewer())
    if target:
        write_table(target, _COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))
    if json_:
        show.say_json(rows)
    elif target:
        show.say(f"{show.were(len(rows), 'paper')} written to {target}.")
    else:
        shown = [{**row, "paper": f"#{row['number']} {row['label'] or row['title']}"} for row in rows]
        show.table(shown, {"paper": "paper", "status": "status", "reason": "why"}, grow="paper")


@click.group("highlight")
def highlight_() -> None:
    """Terms that are marked in titles and abstracts while people screen."""


@highlight_.command("add")
@click.argument("text")
@click.option(
    "--as", "colour", type=click.Choice([str(colour) for colour in TermSet]), default=str(TermSet.INCLUDE),
    help="What it speaks for.",
)  # fmt: skip
@click.option("--regex", is_flag=True, help="TEXT is a pattern.")
@as_json
def highlight_add(text: str, colour: str, regex: bool, json_: bool) -> None:
    """Have a term marked: whole words, or with * at the end beginnings of words, or a pattern.

    \b
    Examples:
      realist highlight add "peer support"
      realist highlight add "rat*" --as exclude
      realist highlight add "because (of|they)" --regex --as mechanism
    """
    with desk() as at:
        uid = services.add_highlight(at, text, TermSet(colour), regex=regex)
    show.done(json_, uid, f"{text} is marked from now on.")


@highlight_.command("drop")
@click.argument("text")
@as_json
def highlight_drop(text: str, json_: bool) -> None:
    """Have a term marked no more."""
    with desk() as at:
        with at.store.read() as connection:
            uid = next((row["uid"] for row in highlights(connection) if row["text"] == text.rstrip("*")), "")
        services.drop_highlight(at, text)
    show.done(json_, uid, f"{text} is not marked any more.")


@highlight_.command("list")
@as_json
def highlight_list(json_: bool) -> None:
    """List the terms that are marked."""
    with review() as store, store.read() as connection:
        rows = highlights(connection)
    if json_:
        show.say_json(rows)
    else:
        show.table(rows, {"text": "term", "colour": "speaks for", "kind": "kind"}, grow="text")
