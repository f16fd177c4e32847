"""Verbs for things to look at in boxes: listed, dismissed, looked at again."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.domain.looking import RULES
from realist.errors import WrongUse
from realist.queries.boxes import numbers
from realist.queries.looking import ToLook, to_look_at
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services import looking as services
from realist.text import line

_RULE = click.Choice(list(RULES))


@click.command("check")
@click.argument("box", required=False)
@click.option("--paper", default="", help="Only boxes of this paper.")
@click.option("--rule", type=_RULE, default=None, help="Only what this rule finds.")
@click.option("--dismissed", is_flag=True, help="What was dismissed, with the reasons, instead.")
@as_json
def cmo_check(box: str | None, paper: str, rule: str | None, dismissed: bool, json_: bool) -> None:
    """List what is to look at in boxes, with a reason and what to do. Nothing of it is an error.

    Whether a reasoning reads like an activity is guessed by lists of English words. What is fine as it is can
    be dismissed: `realist cmo dismiss`. Dropped boxes are looked at only when named.
    """
    if box and paper:
        raise WrongUse("Name a box or use --paper.")
    with review() as store, store.read() as connection:
        uids = [resolve_any(connection, BOX, box, viewer=viewer())] if box else None
        of = resolve(connection, "paper", paper) if paper else ""
        found = to_look_at(connection, uids=uids, paper=of, viewer=viewer())
        known = numbers(connection, viewer=viewer())
    shown = [one for one in found if rule is None or one.look.rule == rule]
    hidden = sum(one.dismissed is not None for one in shown)
    shown = [one for one in shown if (one.dismissed is not None) is dismissed]
    if json_:
        show.say_json([_row(one, known[one.box.uid]) for one in shown])
        return
    last = ""
    for one in shown:
        if one.box.uid != last:
            label = f"Box {one.box.label}".rstrip()
            show.title(f"#{known[one.box.uid]} {label}: {one.box.title or 'without title'}")
            last = one.box.uid
        where = f"{one.look.rule}, part {one.look.part}" if one.look.part else one.look.rule
        if one.dismissed:
            show.paragraph(f"{where}: {one.look.why}")
            show.paragraph(f"fine: {one.dismissed.reason} ({one.dismissed.by})", indent="  ")
        else:
            show.paragraph(f"{where}: {one.look.why} {one.look.do}")
    boxes = len({one.box.uid for one in shown})
    if dismissed:
        show.say(f"{show.were(len(shown), 'thing')} dismissed in {show.counted(boxes, 'box')}.")
    else:
        rest = f"; {show.were(hidden, 'thing')} dismissed" if hidden else ""
        show.say(f"{show.counted(len(shown), 'thing')} to look at in {show.counted(boxes, 'box')}{rest}.")


def _row(one: ToLook, number: int) -> dict[str, Any]:
    box, look = one.box, one.look
    return {
        "uid": box.uid, "number": number, "label": box.label, "title": box.title, "rule": look.rule,
        "part": look.part or None, "element": look.uid if look.part else None, "why": look.why, "do": look.do,
        "dismissed": one.dismissed and one.dismissed._asdict(),
    }  # fmt: skip


@click.command("dismiss")
@click.argument("box")
@click.argument("rule", type=_RULE)
@click.option("--part", type=click.IntRange(1, 10_000), default=None, help="The part that is meant, from 1.")
@click.option("--reason", default="", help="Why it is fine as it is.")
@click.option("--again", is_flag=True, help="Have it looked at again.")
@as_json
def cmo_dismiss(box: str, rule: str, part: int | None, reason: str, again: bool, json_: bool) -> None:
    """Say that what RULE finds in a box is fine as it is, and why.

    It stays so when the box is reworded: `realist cmo check --dismissed` lists what was dismissed.

    \b
    Example:
      realist cmo dismiss 2b no-valence --part 4 --reason "the paper gives no direction"
    """
    if not (again or reason):
        raise WrongUse("Say why it is fine with --reason, or use --again.")
    with desk() as at:
        if again:
            uid = services.look_again(at, box, rule, part=part, reason=reason)
        else:
            uid = services.dismiss(at, box, rule, part=part, reason=reason)
    done = "is to be looked at again" if again else "is fine as it is"
    show.done(json_, uid, f"Box {line(box)}: {rule} {done}.")
