"""Things to look at in boxes: dismissed with a reason, and looked at again. Nothing else of a box changes."""

from __future__ import annotations

from realist.domain.looking import RULES
from realist.errors import Refused, WrongUse
from realist.queries.looking import ToLook, to_look_at
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services.unit import Desk, Unit
from realist.store.tables import Dismissal
from realist.text import line, paragraphs, shorten


def dismiss(desk: Desk, box: str, rule: str, *, part: int | None = None, reason: str) -> str:
    """Say that what a rule finds in a box, or in one *part* of it (from 1), is fine; return the uid."""
    with desk.unit("dismiss", reason=reason) as work:
        found = _meant(work, box, rule, part, dismissed=False)
        if not line(reason):
            raise Refused("Nothing was changed: say why it is fine as it is.")
        table = "element" if found.look.part else "configuration"
        row = Dismissal(rule=rule, subject_table=table, subject=found.look.uid, reason=paragraphs(reason))
        return work.add(row).uid


def look_again(desk: Desk, box: str, rule: str, *, part: int | None = None, reason: str = "") -> str:
    """End a dismissal, so that what the rule finds is to be looked at again; return its uid."""
    with desk.unit("look again", reason=reason) as work:
        found = _meant(work, box, rule, part, dismissed=True)
        assert found.dismissed is not None
        work.change(Dismissal, found.dismissed.uid, ended=line(reason) or "to be looked at again")
        return found.dismissed.uid


def _meant(work: Unit, box: str, rule: str, part: int | None, *, dismissed: bool) -> ToLook:
    """Return the one thing that is meant; refuse where there is none, or more than one."""
    if rule not in RULES:
        raise WrongUse(f"There is no rule {shorten(rule, 40)!r}: use one of {', '.join(RULES)}.")
    uid = resolve_any(work.connection, BOX, box, viewer=work.initials)
    name = shorten(box, 60)
    work.act.subject = f"box {line(box)}: {rule}"
    there = [
        one for one in to_look_at(work.connection, uids=[uid], viewer=work.initials) if one.look.rule == rule
    ]
    there = [one for one in there if part is None or one.look.part == part]
    of = f"part {part} of box {name}" if part is not None else f"box {name}"
    if not there:
        raise Refused(f"The rule {rule} finds nothing in {of}: `realist cmo check` lists what is to look at.")
    meant = [one for one in there if (one.dismissed is not None) is dismissed]
    if not meant:
        state = "was not dismissed" if dismissed else "is dismissed already"
        raise Refused(f"What the rule {rule} finds in {of} {state}.")
    if len(meant) > 1:
        parts = ", ".join(str(one.look.part) for one in meant)
        raise Refused(f"The rule {rule} finds several parts of box {name} ({parts}): say which with --part.")
    if meant[0].look.part:
        work.act.subject += f", part {meant[0].look.part}"
    return meant[0]
