"""Verbs for the plan of a review: new, me, person, stage, search."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import NUMBER, address, as_json, desk, person, review
from realist.errors import NoPerson, WrongUse
from realist.machine import keep_me
from realist.queries import review as queries
from realist.services import plan
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.migrate import create
from realist.text import line
from realist.vocabulary import Scheme, SearchKind


@click.command("new")
@click.argument("file", required=False)
@click.option("--title", required=True, help="Title of the review.")
@click.option("--question", default="", help="What works, for whom, in what circumstances, and why?")
@click.option(
    "--scheme",
    type=click.Choice([str(s) for s in Scheme], case_sensitive=False),
    default="CMO",
    show_default=True,
    help="Element kinds of its configurations.",
)
@click.option("--objective", "objectives", multiple=True, help="An objective; may be given again.")
@as_json
def new_(
    file: str | None, title: str, question: str, scheme: str, objectives: tuple[str, ...], json_: bool
) -> None:
    """Make a new review: one file.

    \b
    Example:
      realist new leadership.realist --title "Leading integrated care" \\
              --question "What works, for whom, in what circumstances, and why?"
    """
    who = person()
    target = file or address()
    if file and "://" not in file and not Path(file).suffix:
        target = f"{file}.realist"
    create(target)
    store = open_store(target)
    try:
        uid = plan.create_review(
            Desk(store, who),
            title=title,
            question=question,
            scheme=Scheme(scheme.upper()),
            objectives=objectives,
        )
    except BaseException:
        store.close()
        if store.is_file:
            Path(store.address).unlink(missing_ok=True)
        raise
    store.close()
    if json_:
        show.say_json({"uid": uid, "review": store.address})
    else:
        show.say(f"{store.address} is ready. Next: `realist stage add`, `realist import`.")


@click.command("me")
@click.argument("initials", required=False)
@as_json
def me_(initials: str | None, json_: bool) -> None:
    """Say who is at the keyboard; kept on this machine, not in the review.

    \b
    Examples:
      realist me SF      from now on SF makes the changes
      realist me         who is it?
    """
    if initials is not None:
        keep_me(initials)
    try:
        now = person()
    except NoPerson:
        now = ""
    if json_:
        show.say_json({"initials": now or None})
    else:
        show.say(f"{now} is at the keyboard." if now else "Nobody has said who is at the keyboard.")


@click.group("review")
def review_() -> None:
    """What the review says of itself and what its grid shows."""


@review_.command("show")
@as_json
def review_show(json_: bool) -> None:
    """Show the review: question, objectives, and which list and set its grid shows."""
    with review() as store, store.read() as connection:
        found = queries.review(connection)
        changes = queries.process_changes(connection)
    if json_:
        show.say_json({**found, "process_changes": changes})
        return
    show.title(found["title"])
    names = ("question", "scheme", "citation", "note")
    shown = {"grid columns": found["grid_list_name"], "grid rows": found["grid_set_name"]}
    show.fields({**{name: found[name] for name in names}, **shown})
    for position, objective in enumerate(found["objectives"], 1):
        show.paragraph(f"{position}. {objective}")
    for row in changes:
        show.paragraph(f"Planned: {row['planned']} Done instead: {row['instead']} {row['reason']}")


@review_.command("edit")
@click.option("--title", default=None)
@click.option("--question", default=None)
@click.option(
    "--grid-list", default=None, help='The mechanism list whose order is the grid\'s columns; "": none.'
)
@click.option(
    "--grid-set", default=None, help='The included set whose papers are the grid\'s rows; "": none.'
)
@click.option("--reason", default="", help="Why.")
@as_json
def review_edit(json_: bool, reason: str, **fields: str | None) -> None:
    """Change the title or the question, or choose what the grid shows.

    \b
    Example:
      realist review edit --grid-set testing --reason "the set that the article reports"
    """
    if all(value is None for value in fields.values()):
        raise WrongUse("Say what to change: --title, --question, --grid-list or --grid-set.")
    with desk() as at:
        plan.edit_review(at, reason=reason, **fields)
        with at.store.read() as connection:
            uid = queries.review(connection)["uid"]
    show.done(json_, uid, "The review was changed.")


@review_.command("changed")
@click.option("--planned", required=True, help="What was planned.")
@click.option("--instead", required=True, help="What was done instead.")
@click.option("--reason", required=True, help="Why.")
@click.option("--when", "happened", default="", help="When, as far as known.")
@as_json
def review_changed(json_: bool, **given: str) -> None:
    """Record that something was done otherwise than planned (RAMESES item 5); `report changes` lists it.

    \b
    Example:
      realist review changed --planned "Interviews at ten sites." --instead "Six sites." \\
        --reason "Four would not let us in." --when "summer 2025"
    """
    with desk() as at:
        uid = plan.add_process_change(at, **given)
    show.done(json_, uid, "The change was recorded.")


@click.group("person")
def person_() -> None:
    """People who work on the review."""


@person_.command("list")
@as_json
def person_list(json_: bool) -> None:
    """List everybody who works or worked on the review."""
    with review() as store, store.read() as connection:
        rows = queries.people(connection)
    if json_:
        show.say_json(rows)
    else:
        shown = [{**row, "active": "" if row["active"] else "deactivated"} for row in rows]
        show.table(shown, {"initials": "who", "name": "name", "role": "role", "active": ""}, grow="role")


@person_.command("add")
@click.argument("initials")
@click.option("--name", default=None, help="Full name.")
@click.option("--role", default=None, help="What the person does in the review.")
@as_json
def person_add(initials: str, name: str | None, role: str | None, json_: bool) -> None:
    """Add a person, or correct the name or role of one."""
    with desk() as at:
        uid = plan.edit_person(at, initials, name=name, role=role)
    show.done(json_, uid, f"{initials} is in the review.")


@person_.command("deactivate")
@click.argument("initials")
@as_json
def person_deactivate(initials: str, json_: bool) -> None:
    """Let a person make no more changes; everything they did stays."""
    with desk() as at:
        uid = plan.edit_person(at, initials, active=False)
    show.done(json_, uid, f"{initials} is deactivated.")


@person_.command("activate")
@click.argument("initials")
@as_json
def person_activate(initials: str, json_: bool) -> None:
    """Let a deactivated person work again."""
    with desk() as at:
        uid = plan.edit_person(at, initials, active=True)
    show.done(json_, uid, f"{initials} is active.")


@click.group("stage")
def stage_() -> None:
    """Search stages: why the team went searching, in order."""


@stage_.command("add")
@click.argument("name")
@click.option("--purpose", default="", help="Why the team went searching.")
@as_json
def stage_add(name: str, purpose: str, json_: bool) -> None:
    """Add a search stage after the others, such as 1a."""
    with desk() as at:
        uid = plan.add_stage(at, name, purpose=purpose)
    show.done(json_, uid, f"Stage {line(name)} was added.")


@stage_.command("list")
@as_json
def stage_list(json_: bool) -> None:
    """List the stages in order."""
    with review() as store, store.read() as connection:
        rows = queries.stages(connection)
    if json_:
        show.say_json(rows)
    else:
        show.table(rows, {"name": "stage", "purpose": "purpose"}, grow="purpose")


@click.group("search")
def search_() -> None:
    """Searches as they were run."""


@search_.command("add")
@click.argument("name")
@click.option("--stage", required=True, help="The stage it belongs to.")
@click.option(
    "--kind", type=click.Choice([str(kind) for kind in SearchKind]), default="database", show_default=True
)
@click.option("--source", default="", help="Database, website, journal, group of people.")
@click.option("--platform", default="", help="Such as Ovid or EBSCOhost.")
@click.option("--strategy", default="", help="The strategy as run.")
@click.option("--limits", default="", help="Such as English only.")
@click.option("--period", default="", help="Period covered.")
@click.option("--run-on", default="", help="Date run, as far as known.")
@click.option("--hits", type=NUMBER, default=None, help="Hits shown by the source; leave out if unknown.")
@click.option("--led-by", default="", help="The consultation that led to it.")
@click.option("--note", default="")
@as_json
def search_add(json_: bool, name: str, stage: str, kind: str, hits: int | None, **texts: str) -> None:
    """Add one run of a search to a stage.

    \b
    Example:
      realist search add "Embase 1a" --stage 1a --source Embase --platform Ovid \\
              --strategy 'integrat* AND leader*' --limits "English only" --hits 412
    """
    with desk() as at:
        uid = plan.add_search(at, name, stage=stage, kind=SearchKind(kind), hits=hits, **texts)
    show.done(json_, uid, f"Search {line(name)} was added.")


@search_.command("list")
@as_json
def search_list(json_: bool) -> None:
    """List searches with their hits and the records imported for them; unknown hits show as ?."""
    with review() as store, store.read() as connection:
        rows = queries.searches(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [
        {**row, "number": f"#{row['number']}", "hits": "?" if row["hits"] is None else f"{row['hits']:,}"}
        for row in rows
    ]
    headings = {
        "number": "",
        "name": "search",
        "stage": "stage",
        "kind": "kind",
        "source": "source",
        "hits": "hits",
        "records": "records",
    }
    show.table(shown, headings, grow="source")
