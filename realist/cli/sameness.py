"""Verbs about what papers are to each other: one document, different, related, of one study."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.queries.kin import studies
from realist.queries.naming import resolve
from realist.services import sameness as services
from realist.vocabulary import Relatedness

KINDS = [str(kind) for kind in Relatedness]


@click.command("join")
@click.argument("paper")
@click.option("--into", required=True, help="The paper that it is the same document as.")
@click.option("--reason", default="")
@as_json
def join(paper: str, into: str, reason: str, json_: bool) -> None:
    """State that two papers are one document; nothing is deleted, and it can be undone."""
    with desk() as at:
        uid = services.join_papers(at, paper, into, reason=reason)
    show.done(json_, uid, f"{paper} is read under {into} from now on.")


@click.command("split")
@click.argument("paper")
@click.option("--reason", required=True)
@as_json
def split(paper: str, reason: str, json_: bool) -> None:
    """State that a joined paper is a document of its own after all; the rest stays together."""
    with desk() as at:
        services.end_join(at, paper, reason=reason)
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, f"{paper} stands for itself again.")


@click.command("differ")
@click.argument("paper")
@click.argument("other")
@click.option("--withdraw", is_flag=True, help="Take it back.")
@click.option("--reason", default="")
@as_json
def differ(paper: str, other: str, withdraw: bool, reason: str, json_: bool) -> None:
    """State that two papers are different documents; no search for duplicates joins them.

    \b
    Example:
      realist paper differ "#12" "#40" --reason "two conferences"
    """
    with desk() as at:
        if withdraw:
            services.withdraw_different(at, paper, other, reason=reason)
            said = f"{paper} and {other} may be one document again."
        else:
            services.call_different(at, paper, other, reason=reason)
            said = f"{paper} and {other} are different documents."
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, said)


@click.command("relate")
@click.argument("paper")
@click.argument("other")
@click.option("--kind", type=click.Choice(KINDS), default=str(Relatedness.COMPANION))
@click.option("--end", is_flag=True, help="State that they do not belong together after all.")
@click.option("--reason", default="")
@as_json
def relate(paper: str, other: str, kind: str, end: bool, reason: str, json_: bool) -> None:
    """State that two papers belong together: an erratum, a preprint, a protocol, a part.

    \b
    Example:
      realist paper relate "#12" "#40" --kind protocol
    """
    with desk() as at:
        if end:
            services.end_relation(at, paper, other, reason=reason)
            said = f"{paper} and {other} are not related any more."
        else:
            services.relate(at, paper, other, Relatedness(kind), reason=reason)
            said = f"{paper} and {other} are related: {kind}."
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, said)


@click.group("study")
def study_() -> None:
    """Studies, cases, programmes that several papers are about."""


@study_.command("add")
@click.argument("name")
@click.option("--kind", default="", help="Study, case, programme, or what you call it.")
@click.option("--within", default="", help="The larger study that it is a part of.")
@click.option("--paper", "papers", multiple=True, help="A paper about it; may be given again.")
@click.option("--note", default="")
@as_json
def study_add(name: str, kind: str, within: str, papers: tuple[str, ...], note: str, json_: bool) -> None:
    """Add a study with papers about it.

    \b
    Example:
      realist study add "Leeds pilot" --kind case --paper "#12" --paper "#40"
    """
    with desk() as at:
        uid = services.add_study(at, name, kind=kind, within=within, papers=papers, note=note)
    show.done(json_, uid, f"Study {name} was added.")


@study_.command("put")
@click.argument("study")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@as_json
def study_put(study: str, papers: tuple[str, ...], json_: bool) -> None:
    """State that papers are about a study."""
    with desk() as at:
        n = services.put_in_study(at, study, papers)
    if json_:
        show.say_json({"put": n})
    else:
        show.say(f"{show.were(n, 'paper')} put in {study}.")


@study_.command("take")
@click.argument("study")
@click.argument("paper")
@as_json
def study_take(study: str, paper: str, json_: bool) -> None:
    """State that a paper is not about a study after all."""
    with desk() as at:
        services.take_out_of_study(at, study, paper)
        with at.store.read() as connection:
            uid = resolve(connection, "study", study)
    show.done(json_, uid, f"{paper} is not in {study} any more.")


@study_.command("list")
@as_json
def study_list(json_: bool) -> None:
    """List the studies with their papers."""
    with review() as store, store.read() as connection:
        rows = studies(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [
        {
            **row,
            "papers": [f"#{paper['number']} {paper['label'] or paper['title']}" for paper in row["papers"]],
        }
        for row in rows
    ]
    columns = {"name": "study", "kind": "kind", "within": "part of", "papers": "papers"}
    show.table(shown, columns, grow="papers")
