"""Verbs for decisions, conflicts, included sets and reported numbers."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.errors import WrongUse
from realist.queries import screening as queries
from realist.queries.naming import resolve
from realist.services import screening as services
from realist.text import line
from realist.vocabulary import CountOf, FlowStep, Qualifier, SearchKind, Use, Verdict


@click.command("decide")
@click.argument("paper")
@click.argument("verdict", type=click.Choice([str(verdict) for verdict in Verdict]))
@click.option("--round", "round_name", required=True)
@click.option("--reason", default="", help="The primary exclusion reason, by number or words.")
@click.option("--also", multiple=True, help="A further reason; may be given again.")
@click.option("--use", type=click.Choice([str(use) for use in Use]), default=None)
@click.option("--note", default="")
@as_json
def decide_(
    paper: str,
    verdict: str,
    round_name: str,
    reason: str,
    also: tuple[str, ...],
    use: str | None,
    note: str,
    json_: bool,
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
            also=also,
            use=Use(use) if use else None,
            note=note,
        )
    show.done(json_, uid, f"{paper}: {verdict}.")


@click.command("park")
@click.argument("paper")
@click.option("--round", "round_name", required=True)
@click.option("--back", is_flag=True, help="Take it back into its place.")
@as_json
def park_(paper: str, round_name: str, back: bool, json_: bool) -> None:
    """Put a paper aside: it stays undecided and comes back at the end of your pile."""
    with desk() as at:
        (services.unpark if back else services.park)(at, paper, round_=round_name)
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, f"{paper} is {'back in its place' if back else 'parked'}.")


@click.command("resolve")
@click.argument("paper")
@click.argument("verdict", type=click.Choice(["include", "exclude", "maybe"]), required=False)
@click.option("--round", "round_name", required=True)
@click.option("--reason", default="", help="An exclusion reason of the round, by number or words.")
@click.option("--why", default="", help="What was agreed, and why.")
@click.option("--back", is_flag=True, help="Take the resolution back.")
@as_json
def resolve_(
    paper: str, verdict: str | None, round_name: str, reason: str, why: str, back: bool, json_: bool
) -> None:
    """Resolve a conflict: what was agreed where people differ. It rules until it is taken back.

    \b
    Example:
      realist resolve "#12" include --round "abstracts 1" --why "peers did lead the group"
    """
    if bool(verdict) == back:
        raise WrongUse("Say include, exclude or maybe; or --back, to take the resolution back.")
    with desk() as at:
        if back:
            services.unsettle(at, paper, round_=round_name, reason=why)
        elif verdict:
            services.settle(at, paper, Verdict(verdict), round_=round_name, reason=reason, why=why)
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, f"{paper}: {'not resolved any more' if back else f'resolved, {verdict}'}.")


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
