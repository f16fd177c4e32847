"""What becomes of mechanisms, contexts and outcomes: the same verbs for each of the three."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.domain.wording import marked
from realist.queries import lives as queries
from realist.queries import waiting as waiting_queries
from realist.queries.naming import resolve
from realist.services import lives as services
from realist.services import placements
from realist.text import line

F = TypeVar("F", bound=Callable[..., Any])


def why(command: F) -> F:
    """Give a command the reason, and what moved it."""
    command = click.option(
        "--moved-by", "moved_by", multiple=True,
        help='What moved it: "paper LABEL", "excerpt UID", "box 3", "consultation NAME"; may repeat.',
    )(command)  # fmt: skip
    return click.option("--reason", required=True, help="Why.")(command)


def add_lives(group: click.Group, kind: str) -> None:
    """Add the verbs of a life to the *group* of a *kind*."""
    _add_wording(group, kind)
    _add_fates(group, kind)
    _add_goings(group, kind)
    _add_pieces(group, kind)
    _add_history(group, kind)


def _add_wording(group: click.Group, kind: str) -> None:
    @group.command("describe", help=f"Describe {_a(kind)}; only a first description needs no reason.")
    @click.argument("name")
    @click.argument("description")
    @click.option("--reason", default="", help="Why.")
    @click.option("--moved-by", "moved_by", multiple=True, help="What moved it, as for refine; may repeat.")
    @as_json
    def describe(name: str, description: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            uid = services.describe(at, name, description, reason=reason, moved_by=moved_by, kind=kind)
        show.done(json_, uid, f"The {kind} was described; the earlier versions stay.")

    @group.command("refine", help=f"Refine what {_a(kind)} says; the earlier versions stay.")
    @click.argument("name")
    @click.argument("description")
    @why
    @as_json
    def refine(name: str, description: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            uid = services.refine(at, name, description, reason=reason, moved_by=moved_by, kind=kind)
        show.done(json_, uid, f"The {kind} was refined; the earlier versions stay.")

    @group.command("rename", help=f"Give {_a(kind)} another name; the old one still means it.")
    @click.argument("name")
    @click.argument("new")
    @why
    @as_json
    def rename(name: str, new: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            uid = services.rename(at, name, new, reason=reason, moved_by=moved_by, kind=kind)
        show.done(json_, uid, f"It is called {line(new)} now; {line(name)} still means it.")

    @group.command("prioritise", help='Set its priority in your own words: core, 1, later; "" takes it off.')
    @click.argument("name")
    @click.argument("priority")
    @why
    @as_json
    def prioritise(name: str, priority: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            uid = services.prioritise(at, name, priority, reason=reason, moved_by=moved_by, kind=kind)
        show.done(json_, uid, f"The priority of the {kind} was set.")


def _add_fates(group: click.Group, kind: str) -> None:
    told = {
        "drop": (services.drop, f"Drop {_a(kind)}; it stays in the review.", "was dropped"),
        "park": (services.park, f"Put {_a(kind)} aside for later.", "was parked"),
        "reinstate": (services.reinstate, f"Take back {_a(kind)} that was dropped or parked.", "is back"),
    }

    def add(verb: str, service: Callable[..., str], text: str, done: str) -> None:
        @group.command(verb, help=text)
        @click.argument("name")
        @why
        @as_json
        def decide(name: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
            with desk() as at:
                uid = service(at, name, reason=reason, moved_by=moved_by, kind=kind)
            show.done(json_, uid, f"{line(name)} {done}.")

    for verb, (service, text, done) in told.items():
        add(verb, service, text, done)


def _add_goings(group: click.Group, kind: str) -> None:
    @group.command(
        "merge",
        help=f"State that {_a(kind)} went into one other, or several.\n\n"
        "With one, what was given to it shows there from now on. With several, it waits where it is until you"
        f" place it: see `realist {kind} waiting`.",
    )
    @click.argument("name")
    @click.option("--into", multiple=True, required=True, help="Into which; may repeat.")
    @why
    @as_json
    def merge(name: str, into: tuple[str, ...], reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            services.merge(at, name, into, reason=reason, moved_by=moved_by, kind=kind)
            uid = _uid(at.store, kind, name)
        show.done(json_, uid, f"{line(name)} went into {_all(into)}.{_waits(len(into), kind, name)}")

    @group.command(
        "split",
        help=f"State that {_a(kind)} was two or more: known ones, or new ones, which are proposed by it.\n\n"
        f"What was given to it waits where it is until you place it: see `realist {kind} waiting`.",
    )
    @click.argument("name")
    @click.option("--into", multiple=True, required=True, help="Into which; repeat it for each.")
    @why
    @as_json
    def split(name: str, into: tuple[str, ...], reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            services.split(at, name, into, reason=reason, moved_by=moved_by, kind=kind)
            uid = _uid(at.store, kind, name)
        show.done(json_, uid, f"{line(name)} was split into {_all(into)}.{_waits(len(into), kind, name)}")

    @group.command("unmerge", help="Let what was merged or split stand for itself again.")
    @click.argument("name")
    @why
    @as_json
    def unmerge(name: str, reason: str, moved_by: tuple[str, ...], json_: bool) -> None:
        with desk() as at:
            services.end_merge(at, name, reason=reason, moved_by=moved_by, kind=kind)
            uid = _uid(at.store, kind, name)
        show.done(json_, uid, f"{line(name)} stands for itself again.")


def _add_pieces(group: click.Group, kind: str) -> None:
    @group.command("waiting", help=f"List what waits to be placed because its {kind} went into several.")
    @click.argument("name", required=False, default="")
    @as_json
    def waiting(name: str, json_: bool) -> None:
        with review() as store, store.read() as connection:
            uid = resolve(connection, kind, name) if name else ""
            rows = waiting_queries.waiting(connection, kind, uid, viewer=viewer())
        if json_:
            show.say_json(rows)
            return
        if not rows:
            show.say("Nothing waits to be placed.")
            return
        shown = [
            {
                **row,
                "under": row["under"]["name"],
                "into": " | ".join(one["name"] for one in row["into"]),
                "box": f"#{row['box']}" if row["box"] else "",
                "uid": row["piece"],
            }
            for row in rows
        ]
        headings = {"under": "waits under", "paper": "paper", "box": "box", "words": "what it says"}
        show.table(shown, {**headings, "into": "goes under", "uid": "piece"}, grow="words")

    @group.command(
        "place",
        help=f"Place pieces that wait under one or several of what their {kind} went into.\n\n"
        f"PIECES are as `realist {kind} waiting` names them. Placing again puts them there instead.",
    )
    @click.argument("pieces", nargs=-1, required=True)
    @click.option("--under", multiple=True, required=True, help="Under which; may repeat.")
    @why
    @as_json
    def place(
        pieces: tuple[str, ...], under: tuple[str, ...], reason: str, moved_by: tuple[str, ...], json_: bool
    ) -> None:
        with desk() as at:
            uids = placements.place(at, pieces, under, reason=reason, moved_by=moved_by, kind=kind)
        if json_:
            show.say_json({"uid": uids[0], "uids": uids})
        else:
            show.say(f"{show.counted(len(pieces), 'piece')} placed under {_all(under)}.")


def _add_history(group: click.Group, kind: str) -> None:
    @group.command("history", help=f"Tell the life of {_a(kind)}: every move, who, when, why, what moved it.")
    @click.argument("name")
    @as_json
    def history(name: str, json_: bool) -> None:
        with review() as store, store.read() as connection:
            rows = queries.history(connection, kind, resolve(connection, kind, name), viewer=viewer())
        if json_:
            show.say_json(rows)
            return
        for row in rows:
            _say(row)


def _say(row: dict[str, Any]) -> None:
    """Print a move: when, who, what; the reason, what moved it, what changed in the words."""
    source = f" {_all(one['name'] for one in row['source'])}" if row["source"] else ""
    into = f" into {_all(one['name'] for one in row['into'])}" if row["into"] else ""
    pieces = f" {show.counted(row['pieces'], 'piece')}" if row["pieces"] else ""
    result = f": {row['result']}" if row["result"] and not row["into"] else ""
    show.say(f"{row['at']:%Y-%m-%d} {row['by']}  {row['did']}{pieces}{source}{into}{result}")
    if row["reason"]:
        show.paragraph(f"because: {row['reason']}", indent="    ")
    if row["moved_by"]:
        movers = _all(f"{one['table'].replace('_', ' ')} {one['name']}" for one in row["moved_by"])
        show.paragraph(f"moved by: {movers}", indent="    ")
    if row["after"]:
        words = marked(row["before"], row["after"])
        show.paragraph(row["after"] if not row["before"] else words, indent="    ")


def _a(kind: str) -> str:
    return f"{'an' if kind == 'outcome' else 'a'} {kind}"


def _all(names: Any) -> str:
    return ", ".join(map(line, names))


def _uid(store: Any, kind: str, name: str) -> str:
    with store.read() as connection:
        return resolve(connection, kind, name)


def _waits(targets: int, kind: str, name: str) -> str:
    said = f'`realist {kind} waiting "{line(name)}"` lists what waits to be placed.'
    return f" {said}" if targets > 1 else ""
