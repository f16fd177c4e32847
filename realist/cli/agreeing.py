"""Verbs about what people decided together: agreement, decisions read and written as tables."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.domain.agreement import Agreement, Gate, Scale, Statistic, agreement, gate
from realist.errors import NotFound
from realist.exports.agreement import agreement_json, agreement_text
from realist.queries import screening as queries
from realist.queries.naming import resolve
from realist.queries.together import independently
from realist.services.importing_decisions import import_decisions


@click.command("agreement")
@click.argument("round_name", metavar="[ROUND]", default="")
@click.option("--three-way", is_flag=True, help="Keep maybe apart; else it counts as include.")
@as_json
def agreement_(round_name: str, three_way: bool, json_: bool) -> None:
    """Show how far people agree in a round: raw, kappa and its companions, per pair, pooled, with n.

    Counted are the decisions that each person held when independence ended: when all who had to decide on a
    paper had, or the blind round was opened. Checks and slips taken back do not count; what you may not see
    yet is left out. Without a ROUND, all rounds that two people or more read.

    \b
    Example:
      realist agreement "abstracts 1" --json
    """
    scale = Scale.THREE_WAY if three_way else Scale.TWO_WAY
    found = []
    with review() as store, store.read() as connection:
        wanted = resolve(connection, "round", round_name) if round_name else ""
        for row in queries.rounds(connection, viewer=viewer()):
            if wanted and row["uid"] != wanted:
                continue
            own = independently(connection, row["uid"], viewer=viewer())
            figures = agreement(own.decided)
            if wanted or figures.two_way.papers:
                found.append((row, own, figures, _gate(row, figures)))
    if not found:
        raise NotFound("No round has papers that two people decided.")
    if json_:
        told = [
            {"uid": row["uid"], "round": row["name"]}
            | agreement_json(figures, passed, blind=own.blind, hidden=own.hidden)
            for row, own, figures, passed in found
        ]
        show.say_json(told[0] if wanted else told)
        return
    for place, (row, own, figures, passed) in enumerate(found):
        if place:
            show.say("")
        show.say(
            agreement_text(
                row["name"], figures.on(scale), passed, blind=own.blind, hidden=own.hidden, width=show.width()
            )
        )


def _gate(row: dict[str, object], found: Agreement) -> Gate | None:
    """Return whether a pilot reached what it has to; None where the round is none."""
    statistic, value = row["gate_statistic"], row["gate_value"]
    if not statistic or not isinstance(value, float) or statistic not in list(Statistic):
        return None
    return gate(found.two_way, Statistic(str(statistic)), value)


@click.command("import-decisions")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--create", is_flag=True, help="Make rounds, people, entries and reasons that are missing.")
@as_json
def import_decisions_(file: Path, create: bool, json_: bool) -> None:
    """Read decisions made elsewhere from a CSV.

    Its columns are record_key, round, person, verdict, reasons, note, at, seconds; the last four are
    optional. record_key is the key of a record in its database, or a paper's #number, DOI, label or uid. All
    of the file is read, or nothing.

    \b
    Example:
      realist import-decisions rayyan.csv --create
    """
    with desk() as at:
        told = import_decisions(at, file, create=create)
    if json_:
        show.say_json(
            {
                "decisions": told.decisions, "known": told.known, "rounds": told.rounds,
                "people": told.people, "entries": told.entries,
            }
        )  # fmt: skip
        return
    show.say(f"{show.were(told.decisions, 'decision')} imported; {told.known:,} were there already.")
    people = f"{told.people:,} {'person' if told.people == 1 else 'people'}"
    rounds = show.counted(told.rounds, "round")
    entered = show.counted(told.entries, "paper")
    if told.rounds or told.people or told.entries:
        show.say(f"New: {rounds}, {people}; {entered} entered a round.")
