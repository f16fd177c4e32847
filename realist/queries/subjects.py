"""Of which papers things are: excerpts, parts of boxes, boxes, evidence, papers; and what notes are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, select

from realist.store.tables import (
    Configuration,
    ConfigurationPaper,
    Element,
    ElementSource,
    Evidence,
    Excerpt,
    Feedback,
    Memo,
    Paper,
)

Thing = tuple[str, str]
"""A table and a uid."""
KINDS = ("excerpt", "element", "configuration", "evidence", "paper")
"""The tables of things that can be coded."""
ABOUT_OTHERS = ("memo", "feedback")
"""The tables of what is itself about a thing: a memo on it, what was said of it."""
_AT_ONCE = 500


def papers_of(connection: Connection, things: Collection[Thing]) -> dict[Thing, tuple[str, ...]]:
    """Return of each thing that is there the papers (uids) it is of, as they were given.

    An element is of the papers that it quotes; one that quotes none is of those of its box. A thing that is
    gone is left out.
    """
    by_table: dict[str, set[str]] = defaultdict(set)
    for table, uid in things:
        by_table[table].add(uid)
    found: dict[Thing, tuple[str, ...]] = {}
    own: dict[str, Any] = {"excerpt": Excerpt, "evidence": Evidence}
    for table, of in own.items():
        rows = _rows(connection, of.uid, of.paper, by_table[table])
        found |= {(table, uid): (paper,) for uid, paper in rows}
    papers = _rows(connection, Paper.uid, Paper.number, by_table["paper"])
    found |= {("paper", uid): (uid,) for uid, _ in papers}
    boxes = _rows(connection, Configuration.uid, Configuration.number, by_table["configuration"])
    elements = dict(_rows(connection, Element.uid, Element.configuration, by_table["element"]))
    of_box = _lists(_of_boxes(connection, {uid for uid, _ in boxes} | set(elements.values())))
    quoted = _lists(_quoted(connection, elements))
    found |= {("configuration", uid): of_box.get(uid, ()) for uid, _ in boxes}
    found |= {("element", uid): quoted.get(uid) or of_box.get(box, ()) for uid, box in elements.items()}
    return found


def about(connection: Connection, things: Collection[Thing]) -> dict[Thing, Thing]:
    """Return of each thing what it is about in the end: of a memo or feedback its subject, else itself.

    A memo on a memo is about what that one is about. Of one that is gone, itself.
    """
    found = {thing: thing for thing in things}
    for _ in range(_DEEPEST):
        ahead = {thing for thing in found.values() if thing[0] in ABOUT_OTHERS}
        subjects = _subjects(connection, ahead) if ahead else {}
        if not subjects:
            break
        found = {thing: subjects.get(at, at) for thing, at in found.items()}
    return found


_DEEPEST = 40


def _subjects(connection: Connection, things: Collection[Thing]) -> dict[Thing, Thing]:
    of, found = Feedback, dict[Thing, Thing]()
    for table, key, statement in (
        ("memo", Memo.uid, select(Memo.uid, Memo.subject_table, Memo.subject)),
        ("feedback", of.uid, select(of.uid, of.subject_table, of.subject, of.mechanism, of.configuration)),
    ):
        wanted = sorted(uid for kind, uid in things if kind == table)
        for start in range(0, len(wanted), _AT_ONCE):
            rows = connection.execute(statement.where(key.in_(wanted[start : start + _AT_ONCE])))
            for uid, kind, subject, *columns in rows:
                thing = _of_columns(columns) or ((kind, subject) if kind else None)
                if thing:
                    found[table, uid] = thing
    return found


def _of_columns(columns: list[str | None]) -> Thing | None:
    """Return what feedback is about that names a mechanism or a box in a column of its own."""
    named = zip(("mechanism", "configuration"), columns, strict=False)
    return next(((kind, uid) for kind, uid in named if uid), None)


def _rows(connection: Connection, key: Any, value: Any, uids: Collection[str]) -> list[tuple[str, Any]]:
    wanted, rows = sorted(uids), list[tuple[str, Any]]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = select(key, value).where(key.in_(wanted[start : start + _AT_ONCE]))
        rows += [(uid, of) for uid, of in connection.execute(some)]
    return rows


def _of_boxes(connection: Connection, boxes: Collection[str]) -> list[tuple[str, str]]:
    of, wanted, rows = ConfigurationPaper, sorted(boxes), list[tuple[str, str]]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = of.configuration.in_(wanted[start : start + _AT_ONCE])
        statement = select(of.configuration, of.paper).where(some).order_by(of.position)
        rows += [(box, paper) for box, paper in connection.execute(statement)]
    return rows


def _quoted(connection: Connection, elements: Collection[str]) -> list[tuple[str, str]]:
    of, wanted, rows = ElementSource, sorted(elements), list[tuple[str, str]]()
    for start in range(0, len(wanted), _AT_ONCE):
        some = select(of.element, Excerpt.paper).join(Excerpt, Excerpt.uid == of.excerpt)
        some = some.where(of.element.in_(wanted[start : start + _AT_ONCE])).order_by(of.position)
        rows += [(element, paper) for element, paper in connection.execute(some)]
    return rows


def _lists(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for key, value in rows:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
