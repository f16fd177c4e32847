"""Verbs for mechanisms, contexts, outcomes, evidence and readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.cli.lives import add_lives
from realist.cli.mechanism_lists import lists_, say_lists
from realist.errors import WrongUse
from realist.queries import theory as queries
from realist.queries.naming import resolve
from realist.services import evidence as evidence_services
from realist.services import mechanisms as services
from realist.text import line
from realist.vocabulary import ContextLevel, MechanismKind, ReadingResult, Stance

F = TypeVar("F", bound=Callable[..., Any])


def _proposing(command: F) -> F:
    """Give a command why something is proposed, and what moved it."""
    command = click.option(
        "--moved-by", "moved_by", multiple=True, help="What moved it, as for merge; needs a reason."
    )(command)
    return click.option("--reason", default="", help="Why it is proposed.")(command)


@click.group("mechanism")
def mechanism_() -> None:
    """Mechanisms: the components of the programme theory."""


@mechanism_.command("add")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice([str(kind) for kind in MechanismKind]), default="mechanism", show_default=True
)
@click.option("--description", default="")
@click.option("--alias", "aliases", multiple=True, help="Another name; may be given again.")
@_proposing
@as_json
def mechanism_add(
    name: str,
    kind: str,
    description: str,
    aliases: tuple[str, ...],
    reason: str,
    moved_by: tuple[str, ...],
    json_: bool,
) -> None:
    """Propose a mechanism. It starts as not looked at in every paper."""
    with desk() as at:
        uid = services.add_mechanism(
            at,
            name,
            kind=MechanismKind(kind),
            description=description,
            aliases=aliases,
            reason=reason,
            moved_by=moved_by,
        )
    show.done(json_, uid, f"Mechanism {line(name)} was proposed.")


@mechanism_.command("list")
@click.option("--list", "of_list", default="", help="Only those of a named list, in its order.")
@click.option("--lists", "only_lists", is_flag=True, help="Show the named lists instead.")
@as_json
def mechanism_list(of_list: str, only_lists: bool, json_: bool) -> None:
    """List mechanisms with their fate and n of papers, or the named lists they stand in."""
    with review() as store, store.read() as connection:
        if only_lists:
            rows = queries.lists(connection)
        else:
            uid = resolve(connection, "list", of_list) if of_list else ""
            rows = queries.mechanisms(connection, of_list=uid, viewer=viewer())
    if json_:
        show.say_json(rows)
    elif only_lists:
        say_lists(rows)
    else:
        shown = [
            {
                **row,
                "number": f"M{row['number']}" if row.get("number") else "",
                "note": "; ".join(filter(None, (_into(row), row.get("note", "")))),
            }
            for row in rows
        ]
        headings = {"number": "", "name": "mechanism", "fate": "fate", "papers": "papers"}
        more = {"priority": "priority"} if any(row.get("priority") for row in rows) else {}
        show.table(shown, {**headings, **more, "note": "note"}, grow="note")


def _into(row: dict[str, Any]) -> str:
    into = row.get("into")
    return "into " + ", ".join(item["name"] for item in into) if into else ""


@mechanism_.command("show")
@click.argument("name")
@as_json
def mechanism_show(name: str, json_: bool) -> None:
    """Show one mechanism: description and versions, fate, evidence, what stakeholders said."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "mechanism", name)
        found = queries.mechanism(connection, uid, viewer=viewer())
    if json_:
        show.say_json(found)
        return
    show.title(f"M{found['number']} {found['name']}")
    for alias in found["aliases"]:
        show.say(f"also: {alias['name']} {alias['source']}".rstrip())
    if found["note"]:
        show.paragraph(found["note"])
    for version in reversed(found["versions"]):
        show.paragraph(f"\n[{version['number']}] {version['description']}")
    for fate in found["fates"]:
        after = f" after {fate['consultation']}" if fate["consultation"] else ""
        show.paragraph(f"{fate['fate']}{after} ({fate['by']}) {fate['reason']}")
    if found["into"]:
        show.paragraph("into: " + ", ".join(row["name"] for row in found["into"]))
    if found["evidence"]:
        show.say("")
        show.table(found["evidence"], {"label": "paper", "stance": "stance", "claim": "claim"}, grow="claim")
    for row in found["feedback"]:
        who = f" ({row['consultation']})" if row["consultation"] else ""
        show.paragraph(f"stakeholders, {row['voice']}{who}: {row['words']}")


@click.group("context")
def context_() -> None:
    """Named contexts, for tagging."""


@context_.command("add")
@click.argument("name")
@click.option("--level", type=click.Choice([str(level) for level in ContextLevel]), default=None)
@click.option("--description", default="")
@_proposing
@as_json
def context_add(
    name: str, level: str | None, description: str, reason: str, moved_by: tuple[str, ...], json_: bool
) -> None:
    """Name a context, so that elements of many papers can be tagged with it."""
    with desk() as at:
        uid = services.add_context(
            at,
            name,
            level=ContextLevel(level) if level else None,
            description=description,
            reason=reason,
            moved_by=moved_by,
        )
    show.done(json_, uid, f"Context {line(name)} was added.")


@context_.command("list")
@as_json
def context_list(json_: bool) -> None:
    """List the named contexts."""
    with review() as store, store.read() as connection:
        rows = queries.contexts(connection, viewer=viewer())
    if json_:
        show.say_json(rows)
    else:
        _say_tags(rows, {"number": "", "name": "context", "level": "level", "elements": "elements"})


@click.group("outcome")
def outcome_() -> None:
    """Named outcomes, for tagging."""


@outcome_.command("add")
@click.argument("name")
@click.option("--description", default="")
@_proposing
@as_json
def outcome_add(name: str, description: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
    """Name an outcome, so that elements of many papers can be tagged with it."""
    with desk() as at:
        uid = services.add_outcome(at, name, description=description, reason=reason, moved_by=moved_by)
    show.done(json_, uid, f"Outcome {line(name)} was added.")


@outcome_.command("list")
@as_json
def outcome_list(json_: bool) -> None:
    """List the named outcomes."""
    with review() as store, store.read() as connection:
        rows = queries.outcomes(connection, viewer=viewer())
    if json_:
        show.say_json(rows)
    else:
        _say_tags(rows, {"number": "", "name": "outcome", "elements": "elements"})


def _say_tags(rows: queries.Rows, headings: dict[str, str]) -> None:
    """Print contexts or outcomes; what became of them, and their priority, where there is any."""
    shown = [{**row, "became": " ".join(filter(None, (row["fate"], _into(row))))} for row in rows]
    more = {"priority": "priority"} if any(row["priority"] for row in rows) else {}
    show.table(shown, {**headings, **more, "became": "fate"}, grow="name")


for _group, _kind in ((mechanism_, "mechanism"), (context_, "context"), (outcome_, "outcome")):
    add_lives(_group, _kind)
mechanism_.add_command(lists_)


@click.group("evidence")
def evidence_() -> None:
    """What a paper says of a mechanism."""


@evidence_.command("add")
@click.argument("paper")
@click.argument("stance", type=click.Choice([str(stance) for stance in Stance]))
@click.option("--mechanism", default="")
@click.option("--context", default="")
@click.option("--outcome", default="")
@click.option("--box", "configuration", default="")
@click.option("--theory", default="", help='A version of a theory: "T1 v2"; "T1" is its latest.')
@click.option("--part", default="", help='The statement of the theory, such as "p3".')
@click.option("--claim", required=True, help="What the paper says, in your words.")
@click.option("--quotation", default="", help="The exact words it rests on.")
@click.option("--locator", default="", help='Their place as printed, such as "p676".')
@click.option("--topic", default="")
@click.option("--site", default="", help="The case within the paper.")
@click.option("--excerpt", "excerpts", multiple=True, help="The uid of an excerpt it rests on; may repeat.")
@as_json
def evidence_add(
    json_: bool, paper: str, stance: str, claim: str, excerpts: tuple[str, ...], **texts: Any
) -> None:
    """Record that a paper bears on a mechanism (or context, outcome, box, theory).

    \b
    Example:
      realist evidence add "Choi (2012)" weakens --mechanism "Working with power" \\
              --claim "asking for views and then overriding them loses the team" --locator p490
    """
    with desk() as at:
        uid = evidence_services.add_evidence(
            at, paper, stance=Stance(stance), claim=claim, excerpts=excerpts, **texts
        )
    show.done(json_, uid, "The evidence was recorded.")


@evidence_.command("list")
@click.option("--paper", default="")
@click.option("--mechanism", default="")
@as_json
def evidence_list(paper: str, mechanism: str, json_: bool) -> None:
    """List evidence, of a paper, of a mechanism, or all."""
    with review() as store, store.read() as connection:
        rows = queries.evidence(
            connection,
            paper=resolve(connection, "paper", paper) if paper else "",
            mechanism=resolve(connection, "mechanism", mechanism) if mechanism else "",
            viewer=viewer(),
        )
    if json_:
        show.say_json(rows)
    else:
        headings = {
            "label": "paper",
            "on": "bears on",
            "stance": "stance",
            "claim": "claim",
            **_marks(rows),
            "uid": "uid",
        }
        show.table(rows, headings, grow="claim")


@evidence_.command("withdraw")
@click.argument("uid")
@click.option("--reason", required=True)
@as_json
def evidence_withdraw(uid: str, reason: str, json_: bool) -> None:
    """Take a piece of evidence back; the log keeps it, and `undo` brings it back."""
    with desk() as at:
        evidence_services.withdraw_evidence(at, uid, reason=reason)
    show.done(json_, uid, "The evidence was withdrawn.")


def _marks(rows: queries.Rows) -> dict[str, str]:
    """Return the column that says of which extraction rows are, where any is."""
    return {"extraction": "of"} if any(row["extraction"] for row in rows) else {}


@click.group("reading")
def reading_() -> None:
    """What was read and looked for, found or not."""


@reading_.command("add")
@click.argument("paper")
@click.argument("result", type=click.Choice([str(result) for result in ReadingResult]))
@click.option("--mechanism", default="", help="The mechanism looked for; see --all.")
@click.option("--all", "every", is_flag=True, help="Looked for every mechanism there is now.")
@click.option("--note", default="")
@as_json
def reading_add(paper: str, result: str, mechanism: str, every: bool, note: str, json_: bool) -> None:
    """Record that a paper was read for a mechanism, so that an empty cell of the grid means something.

    \b
    Example:
      realist reading add "Cramm (2012)" none --mechanism "Taking a wider view"
    """
    if bool(mechanism) == every:
        raise WrongUse("Name the mechanism with --mechanism, or use --all.")
    with desk() as at:
        uid = evidence_services.add_reading(at, paper, ReadingResult(result), mechanism=mechanism, note=note)
    show.done(json_, uid, "The reading was recorded.")


@reading_.command("list")
@click.option("--paper", default="")
@as_json
def reading_list(paper: str, json_: bool) -> None:
    """List readings."""
    with review() as store, store.read() as connection:
        of = resolve(connection, "paper", paper) if paper else ""
        rows = queries.readings(connection, paper=of, viewer=viewer())
    if json_:
        show.say_json(rows)
    else:
        shown = [{**row, "mechanism": row["mechanism"] or "every mechanism then"} for row in rows]
        headings = {
            "label": "paper",
            "mechanism": "mechanism",
            "result": "result",
            "by": "by",
            **_marks(rows),
            "note": "note",
        }
        show.table(shown, headings, grow="note")
