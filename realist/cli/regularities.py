"""Verbs for demi-regularities: patterns across papers that a person named."""

from __future__ import annotations

import re
from typing import NamedTuple

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.errors import NotFound, WrongUse
from realist.exports.regularities import regularity_json, regularity_text, stands
from realist.queries.beside import memos
from realist.queries.naming import resolve
from realist.queries.patterns import accounts
from realist.queries.regularities import regularities
from realist.services import regularities as services
from realist.services.unit import Desk
from realist.text import line

_FROM = re.compile(r"(?P<what>group|pattern)[: ](?P<number>\d{1,6})", re.IGNORECASE)


@click.group("regularity")
def regularity_() -> None:
    """Demi-regularities: what people named a pattern, and what is against it."""


@regularity_.command("add")
@click.argument("name")
@click.option("--wording", required=True, help="What tends to happen, in your words.")
@click.option(
    "--case", "cases", multiple=True, metavar="BOX", help="A box that shows it; may be given again."
)
@click.option("--counter", "counters", multiple=True, metavar="BOX", help="A box that speaks against it.")
@click.option("--context", default="", help="The named context that it is about.")
@click.option("--mechanism", default="", help="The mechanism that it is about.")
@click.option("--outcome", default="", help="The named outcome that it is about.")
@click.option("--from", "found", default="", metavar="FOUND", help="Take boxes from what was found.")
@click.option("--reason", required=True, help="Why it is one.")
@click.option("--memo", default="", help="A memo to keep on it.")
@as_json
def regularity_add(
    name: str,
    wording: str,
    cases: tuple[str, ...],
    counters: tuple[str, ...],
    context: str,
    mechanism: str,
    outcome: str,
    found: str,
    reason: str,
    memo: str,
    json_: bool,
) -> None:
    """Name a demi-regularity: what tends to happen across papers, with the boxes for and against it.

    --from takes what was found, by its number there: `group 2` of `realist pattern similar`, or `pattern 3`
    of `realist pattern recurrent`, with its counter-examples and what it is about. Boxes named by --case and
    --counter come with them, and are put where they are named.

    \b
    Example:
      realist regularity add "Forced mergers cost trust" --from "pattern 1" \\
        --wording "Where people were not asked, they stop telling." --reason "five papers, one against"
    """
    with desk() as at:
        taken = _taken(at, found) if found else _Found()
        named = {*cases, *counters}
        uid = services.add_regularity(
            at,
            name,
            wording=wording,
            reason=reason,
            cases=[*cases, *(box for box in taken.cases if box not in named)],
            counters=[*counters, *taken.counters],
            context=context or taken.context,
            mechanism=mechanism or taken.mechanism,
            outcome=outcome or taken.outcome,
            memo=memo,
        )
        with at.store.read() as connection:
            of = accounts(connection, viewer=at.initials)
            (one,) = regularities(connection, of, uid=uid, viewer=at.initials)
    show.done(json_, uid, f"{one.name} is named: {stands(one)}.")


class _Found(NamedTuple):
    """What a found pattern gives a regularity, all by uid."""

    cases: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    context: str = ""
    mechanism: str = ""
    outcome: str = ""


def _taken(at: Desk, found: str) -> _Found:
    """Return the boxes of a group or pattern, by its number as the verbs print it."""
    from realist.domain.patterns.alike import similar
    from realist.domain.patterns.recurrent import recurrent

    said = _FROM.fullmatch(line(found))
    if said is None:
        raise WrongUse(f"--from {line(found)!r}: say `group 2` (similar boxes) or `pattern 3` (recurrent).")
    with at.store.read() as connection:
        of = accounts(connection, viewer=at.initials)
    what, number = said["what"].lower(), int(said["number"])
    if what == "group":
        groups = similar(of.boxes)
        if 0 < number <= len(groups):
            return _Found(groups[number - 1].uids)
        raise NotFound(_none(what, len(groups), "similar"))
    patterns = recurrent(of.boxes, of.papers, of.studies)
    if 0 < number <= len(patterns):
        one = patterns[number - 1]
        under = one.mechanism.uid if one.mechanism else ""
        return _Found(one.shows, one.counters, one.context.uid, under, one.outcome.uid)
    raise NotFound(_none(what, len(patterns), "recurrent"))


def _none(what: str, n: int, verb: str) -> str:
    there = f"there are {n}" if n != 1 else "there is one"
    return f"There is no such {what}: {there} (`realist pattern {verb}`)."


@regularity_.command("list")
@click.option("--all", "ended", is_flag=True, help="Also those that were given up.")
@as_json
def regularity_list(ended: bool, json_: bool) -> None:
    """List the demi-regularities, with how many papers are for and against each."""
    me = viewer()
    with review() as store, store.read() as connection:
        of = accounts(connection, viewer=me)
        found = regularities(connection, of, ended=ended, viewer=me)
    if json_:
        show.say_json([regularity_json(one, of) for one in found])
        return
    rows = [
        {
            "number": f"#{one.number}", "name": one.name, "wording": one.wording, "for": one.for_.papers,
            "against": one.against.papers, "ended": one.ended,
        }
        for one in found
    ]  # fmt: skip
    headings = {"number": "", "name": "regularity", "wording": "wording", "for": "for", "against": "against"}
    show.table(rows, headings | ({"ended": "given up"} if ended else {}), grow="wording")


@regularity_.command("show")
@click.argument("name")
@as_json
def regularity_show(name: str, json_: bool) -> None:
    """Show a demi-regularity: what it says, the boxes for and against it, memos."""
    me = viewer()
    with review() as store, store.read() as connection:
        uid = resolve(connection, "regularity", name)
        of = accounts(connection, viewer=me)
        (one,) = regularities(connection, of, uid=uid, viewer=me)
        notes = memos(connection, "regularity", uid, viewer=me)
    if json_:
        show.say_json({**regularity_json(one, of), "memos": notes})
    else:
        show.say(regularity_text(one, of, notes, show.width()).rstrip())


@regularity_.command("edit")
@click.argument("name")
@click.option("--wording", default=None, help="What tends to happen, in other words.")
@click.option("--name", "called", default=None, help="Another name.")
@click.option("--reason", required=True)
@as_json
def regularity_edit(name: str, wording: str | None, called: str | None, reason: str, json_: bool) -> None:
    """Change the wording or the name of a demi-regularity; the log keeps what it said before."""
    if wording is None and called is None:
        raise WrongUse("Say what to change: --wording or --name.")
    with desk() as at:
        uid = services.edit_regularity(at, name, wording=wording, name=called, reason=reason)
        known = _called(at, uid)
    show.done(json_, uid, f"{known} was changed.")


@regularity_.command("case")
@click.argument("name")
@click.argument("boxes", nargs=-1, required=True, metavar="BOX...")
@click.option("--counter", is_flag=True, help="They speak against it.")
@click.option("--note", default="", help="How, or how far.")
@as_json
def regularity_case(name: str, boxes: tuple[str, ...], counter: bool, note: str, json_: bool) -> None:
    """Say that boxes show a demi-regularity, or speak against it."""
    with desk() as at:
        uid = services.put_cases(at, name, boxes, counter=counter, note=note)
        known = _called(at, uid)
    side = "against" if counter else "to"
    show.done(json_, uid, f"{show.were(len(boxes), 'box')} put {side} {known}.")


@regularity_.command("take")
@click.argument("name")
@click.argument("boxes", nargs=-1, required=True, metavar="BOX...")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def regularity_take(name: str, boxes: tuple[str, ...], reason: str, json_: bool) -> None:
    """Take boxes off a demi-regularity."""
    with desk() as at:
        uid = services.take_cases(at, name, boxes, reason=reason)
        known = _called(at, uid)
    show.done(json_, uid, f"{show.were(len(boxes), 'box')} taken off {known}.")


@regularity_.command("drop")
@click.argument("name")
@click.option("--reason", required=True, help="Why it is none after all.")
@as_json
def regularity_drop(name: str, reason: str, json_: bool) -> None:
    """Give a demi-regularity up, with the reason; `regularity list --all` still lists it."""
    with desk() as at:
        uid = services.drop_regularity(at, name, reason=reason)
        known = _called(at, uid)
    show.done(json_, uid, f"{known} was given up.")


def _called(at: Desk, uid: str) -> str:
    from realist.queries.called import called

    with at.store.read() as connection:
        return called(connection, [uid]).get(uid, "")
