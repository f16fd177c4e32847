"""Demi-regularities: patterns across papers that a person named, with the boxes for and against them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.extractions import hidden_things
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services.unit import Desk, Unit
from realist.store.tables import Configuration, Memo, Regularity, RegularityCase
from realist.text import fold, line, paragraphs

_NOTHING = "Nothing was changed: "


def add_regularity(
    desk: Desk,
    name: str,
    *,
    wording: str,
    reason: str,
    cases: Sequence[str] = (),
    counters: Sequence[str] = (),
    context: str = "",
    mechanism: str = "",
    outcome: str = "",
    memo: str = "",
) -> str:
    """Name a demi-regularity; return its uid.

    *wording* says what tends to happen. *cases* are the boxes that show it and *counters* those that speak
    against it; *context*, *mechanism* and *outcome* the named ones that it is about. All are named as people
    name them. A *memo* is kept on it. Raises Refused without name, wording or reason, for a name that is
    there, and for boxes of an independent extraction that is not done: a regularity is open to all.
    """
    name = line(name)
    with desk.unit("name regularity", name, reason=reason) as work:
        _refuse_empty(name, wording, reason)
        _refuse_same(work, name)
        row = Regularity(number=work.number(Regularity), name=name, wording=paragraphs(wording), ended="")
        for kind, said in (("context", context), ("mechanism", mechanism), ("outcome", outcome)):
            if said:
                setattr(row, kind, resolve(work.connection, kind, said))
        uid = work.add(row).uid
        against = _boxes(work, counters)
        for box in dict.fromkeys((*_boxes(work, cases), *against)):
            work.add(RegularityCase(regularity=uid, configuration=box, counter=box in against, note=""))
        if line(memo):
            work.add(Memo(subject_table="regularity", subject=uid, text=paragraphs(memo)))
        return uid


def _refuse_empty(name: str, wording: str, reason: str) -> None:
    if not name:
        raise Refused(f"{_NOTHING}a demi-regularity needs a name.")
    if not line(wording):
        raise Refused(f"{_NOTHING}a demi-regularity says in words what tends to happen.")
    if not line(reason):
        raise Refused(f"{_NOTHING}to name a demi-regularity needs its reason.")


def _refuse_same(work: Unit, name: str, but: str = "") -> None:
    of = Regularity
    for row in work.connection.execute(select(of.uid, of.number, of.name, of.ended)):
        if fold(row.name) == fold(name) and row.uid != but:
            gone = ", which was given up" if row.ended else ""
            raise Refused(f"There is already a regularity #{row.number} {row.name}{gone}: use another name.")


def _boxes(work: Unit, said: Sequence[str]) -> list[str]:
    """Return boxes (uids) by what a person calls them; refuse what is not open to all."""
    found = [resolve_any(work.connection, BOX, name, viewer=work.initials) for name in said]
    hidden = hidden_things(work.connection, viewer="") if found else frozenset()
    for uid, name in zip(found, said, strict=True):
        if uid in hidden:
            raise Refused(
                f"{_NOTHING}the box {line(name)} is of an independent extraction that is not done, and a"
                " regularity is open to all."
            )
    return list(dict.fromkeys(found))


def edit_regularity(
    desk: Desk, regularity: str, *, wording: str | None = None, name: str | None = None, reason: str
) -> str:
    """Change the wording or the name of a regularity, with the reason; return its uid."""
    with desk.unit("edit regularity", reason=reason) as work:
        uid, was = _named(work, regularity)
        new = {"wording": was["wording"] if wording is None else paragraphs(wording)}
        new["name"] = was["name"] if name is None else line(name)
        _refuse_empty(new["name"], new["wording"], reason)
        _refuse_same(work, new["name"], uid)
        work.act.subject = new["name"]
        if not work.change(Regularity, uid, **new):
            raise Refused(f"{_NOTHING}{new['name']} says so already.")
        return uid


def put_cases(
    desk: Desk, regularity: str, boxes: Sequence[str], *, counter: bool = False, note: str = ""
) -> str:
    """Say that boxes show a regularity, or (*counter*) speak against it; return its uid.

    A box that was put on the other side changes sides.
    """
    with desk.unit("put cases") as work:
        uid, was = _named(work, regularity)
        work.act.subject = was["name"]
        known = _cases(work, uid)
        changed = False
        for box in _boxes(work, boxes):
            if box in known:
                values = {"counter": counter} | ({"note": paragraphs(note)} if note else {})
                changed |= work.change(RegularityCase, known[box], **values)
            else:
                row = RegularityCase(regularity=uid, configuration=box, counter=counter)
                row.note = paragraphs(note)
                work.add(row)
                changed = True
        if not changed:
            side = "against" if counter else "for"
            raise Refused(f"{_NOTHING}all these count {side} {was['name']} already.")
        return uid


def take_cases(desk: Desk, regularity: str, boxes: Sequence[str], *, reason: str = "") -> str:
    """Take boxes off a regularity, from whichever side they are on; return its uid."""
    with desk.unit("take cases", reason=reason) as work:
        uid, was = _named(work, regularity)
        work.act.subject = was["name"]
        known = _cases(work, uid)
        for box in _boxes(work, boxes):
            if box not in known:
                row = work.row(Configuration, box)
                called = f"#{row['number']} {row['label']}".strip()
                raise Refused(f"{_NOTHING}{called} is no case of {was['name']}.")
            work.remove(RegularityCase, known[box])
        return uid


def drop_regularity(desk: Desk, regularity: str, *, reason: str) -> str:
    """Give a regularity up, with the reason; it stays in the review as given up. Return its uid."""
    with desk.unit("give up regularity", reason=reason) as work:
        uid, was = _named(work, regularity)
        work.act.subject = was["name"]
        if not line(reason):
            raise Refused(f"{_NOTHING}to give a regularity up needs its reason.")
        work.change(Regularity, uid, ended=line(reason))
        return uid


def _named(work: Unit, regularity: str) -> tuple[str, dict[str, str]]:
    """Return the uid and row of a regularity that holds."""
    uid = resolve(work.connection, "regularity", regularity)
    row = dict(work.row(Regularity, uid))
    if row["ended"]:
        raise Refused(f"{_NOTHING}{row['name']} was given up: `realist undo` takes that back.")
    return uid, row


def _cases(work: Unit, uid: str) -> dict[str, str]:
    of = RegularityCase
    rows = select(of.configuration, of.uid).where(of.regularity == uid)
    return dict(work.connection.execute(rows).all())
