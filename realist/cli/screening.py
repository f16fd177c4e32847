"""Verbs for rounds, decisions, included sets and reported numbers."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review
from realist.errors import WrongUse
from realist.queries import screening as queries
from realist.services import screening as services
from realist.text import line
from realist.vocabulary import CountOf, Door, FlowStep, Qualifier, RoundKind, SearchKind, Use, Verdict


@click.group("round")
def round_() -> None:
    """Screening rounds and the papers in them."""


@round_.command("add")
@click.argument("name")
@click.option("--stage", required=True)
@click.option("--kind", type=click.Choice([str(kind) for kind in RoundKind]), required=True)
@click.option("--criteria", default="")
@click.option("--reason", "reasons", multiple=True, help="An exclusion reason; may be given again.")
@click.option("--readers", type=NUMBER, default=1, help="People who decide on each paper.")
@as_json
def round_add(
    name: str, stage: str, kind: str, criteria: str, reasons: tuple[str, ...], readers: int, json_: bool
) -> None:
    """Add a screening round to a stage, with its numbered exclusion reasons."""
    with desk() as at:
        uid = services.add_round(
            at, name, stage=stage, kind=RoundKind(kind), criteria=criteria, reasons=reasons, readers=readers
        )
    show.done(json_, uid, f"Round {line(name)} was added.")


@round_.command("list")
@as_json
def round_list(json_: bool) -> None:
    """List rounds with how far each has come."""
    with review() as store, store.read() as connection:
        rows = queries.rounds(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [{**row, "number": f"#{row['number']}"} for row in rows]
    headings = {"number": "", "name": "round", "stage": "stage", "kind": "kind", "entries": "papers"}
    headings |= {
        "include": "in",
        "exclude": "out",
        "maybe": "maybe",
        "conflicts": "conflicts",
        "open": "open",
    }
    show.table(shown, headings, grow="name")


@round_.command("enter")
@click.argument("round_name", metavar="ROUND")
@click.argument("papers", nargs=-1, required=True)
@click.option("--door", type=click.Choice([str(door) for door in Door]), default=None)
@click.option("--why", default="")
@click.option("--supplied-by", default="")
@as_json
def round_enter(
    round_name: str, papers: tuple[str, ...], door: str | None, why: str, supplied_by: str, json_: bool
) -> None:
    """Put papers into a round, saying by which door they came."""
    with desk() as at:
        n = services.enter(
            at, round_name, papers, door=Door(door) if door else None, why=why, supplied_by=supplied_by
        )
    if json_:
        show.say_json({"entered": n})
    else:
        show.say(f"{show.counted(n, 'paper')} entered {round_name}.")


@click.command("decide")
@click.argument("paper")
@click.argument("verdict", type=click.Choice([str(verdict) for verdict in Verdict]))
@click.option("--round", "round_name", required=True)
@click.option("--reason", default="", help="An exclusion reason of the round, by number or words.")
@click.option("--use", type=click.Choice([str(use) for use in Use]), default=None)
@click.option("--note", default="")
@as_json
def decide_(
    paper: str, verdict: str, round_name: str, reason: str, use: str | None, note: str, json_: bool
) -> None:
    """Include or exclude a paper in a round; `undecided` takes a decision back. Earlier decisions stay.

    \b
    Example:
      realist decide "#12" exclude --round "full text 2" --reason 1
    """
    with desk() as at:
        uid = services.decide(
            at,
            paper,
            Verdict(verdict),
            round_=round_name,
            reason=reason,
            use=Use(use) if use else None,
            note=note,
        )
    show.done(json_, uid, f"{paper}: {verdict}.")


@click.group("set")
def set_() -> None:
    """Included sets: the named results of rounds."""


@set_.command("add")
@click.argument("name")
@click.option("--round", "round_name", default="", help="The round whose includes are its members.")
@click.option("--paper", "papers", multiple=True, help="A member that a source lists; may be given again.")
@click.option("--listed-in", default="", help="Where these are listed.")
@click.option("--note", default="")
@as_json
def set_add(
    name: str, round_name: str, papers: tuple[str, ...], listed_in: str, note: str, json_: bool
) -> None:
    """Name the result of a round, or a set that only a source lists."""
    if bool(papers) != bool(listed_in):
        raise WrongUse("--paper and --listed-in go together: a listed member needs its source.")
    with desk() as at:
        uid = services.add_included_set(
            at, name, round_=round_name, note=note, papers=papers, source=listed_in
        )
    show.done(json_, uid, f"Set {line(name)} was added.")


@set_.command("list")
@as_json
def set_list(json_: bool) -> None:
    """List included sets with how many papers each holds."""
    with review() as store, store.read() as connection:
        rows = queries.sets(connection)
    if json_:
        show.say_json(rows)
    else:
        shown = [{**row, "n": len(row["papers"])} for row in rows]
        show.table(shown, {"name": "set", "n": "papers", "note": "note"}, grow="note")


@click.group("count")
def count_() -> None:
    """Numbers that only a source gives."""


@count_.command("add")
@click.argument("value", metavar="NUMBER|unknown")
@click.option("--source", required=True, help="Where it stands.")
@click.option(
    "--step", type=click.Choice([str(step) for step in FlowStep]), default=None, help="Step of the flow."
)
@click.option(
    "--of", "counts", type=click.Choice([str(of) for of in CountOf]), default=None, help="Or a sum."
)
@click.option("--stage", default="")
@click.option("--kind", type=click.Choice([str(kind) for kind in SearchKind]), default=None)
@click.option("--mechanism", default="")
@click.option("--paper", default="")
@click.option("--label", default="", help="What is counted, in words.")
@click.option(
    "--qualifier",
    type=click.Choice([str(word) for word in Qualifier if word != "unknown"]),
    default="exactly",
)
@as_json
def count_add(
    json_: bool,
    value: str,
    source: str,
    step: str | None,
    counts: str | None,
    kind: str | None,
    qualifier: str,
    **texts: str,
) -> None:
    """Record a number that only a source gives; it is shown beside what is computed, never mixed in.

    \b
    Example:
      realist count add 914 --step screened --stage 1a --kind database --source "Sims 2021, p. 4"
    """
    unknown = value.lower() == "unknown"
    if not unknown and not (value.isascii() and value.isdecimal() and len(value) < 10):
        raise WrongUse(f"{value!r} is no number: use digits, or the word unknown.")
    with desk() as at:
        uid = services.report_count(
            at,
            value=None if unknown else int(value),
            source=source,
            step=FlowStep(step) if step else None,
            counts=CountOf(counts) if counts else None,
            kind=SearchKind(kind) if kind else None,
            qualifier=Qualifier.UNKNOWN if unknown else Qualifier(qualifier),
            **texts,
        )
    show.done(json_, uid, "The number was recorded as reported.")


@count_.command("list")
@as_json
def count_list(json_: bool) -> None:
    """List reported numbers and where they stand."""
    with review() as store, store.read() as connection:
        rows = queries.reported(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [{**row, "value": "unknown" if row["value"] is None else f"{row['value']:,}"} for row in rows]
    headings = {"what": "what", "stage": "stage", "of": "of", "value": "reported", "source": "where"}
    show.table(shown, headings, grow="source")
