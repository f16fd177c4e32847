"""Lists of papers: which ones, in which order, and a page of them to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, false, func, select

from realist.domain.filtering import Filter
from realist.errors import WrongUse
from realist.queries.best import read_together, shown
from realist.queries.extractions import counted
from realist.queries.filters import boxes_of, few, matching, tests_of, through
from realist.queries.grouping import paper_grouping, parts_of
from realist.queries.seen import tagged
from realist.queries.states import FEW, among, states
from realist.store.tables import Evidence, Import, Paper, PaperJoin, Tag, Tagging
from realist.store.visible import arrived, stands_alone
from realist.text import fold
from realist.vocabulary import PaperState

SORTS = ("number", "year", "author", "title", "label", "journal", "state", "evidence")
_BEST = ("title", "authors", "year", "journal", "doi")
_LOOKED_AT = 2048
"""So many papers are tried one after the other before the whole review is asked."""


class PaperLine(NamedTuple):
    """A paper as a list shows it; what was given to papers joined into it counts as its own.

    Its fields are the best that it or one of these has (see :mod:`realist.queries.best`).
    """

    uid: str
    number: int
    label: str
    title: str
    authors: list[str]
    year: int | None
    journal: str
    doi: str
    state: PaperState
    tags: tuple[str, ...]
    evidence: int
    boxes: int


def listing(
    connection: Connection,
    filter_: Filter,
    *,
    sort: str = "number",
    descending: bool = False,
    after: int = 0,
    limit: int | None = None,
    viewer: str = "",
) -> list[int]:
    """Return the numbers of the papers that *filter_* lets through, in the order of *sort* (of SORTS).

    All of them, or the first *limit*; with *after*, those that stand behind the paper of that number.
    Papers of which the sorted field is not known come last either way; equal ones go by number. Joined
    papers are one, listed under the current one: by its own fields they are sorted, also where a part has a
    better one; *filter_* lets it through where any of its parts fits. What *viewer* may not see does not
    count. Raises WrongUse for an unknown *sort*.
    """
    if sort not in SORTS:
        raise WrongUse(f"Papers cannot be sorted by {sort!r}: use {', '.join(SORTS)}.")
    if sort == "number" and (filter_.empty or limit is not None):
        found = _walked(connection, filter_, descending, after, limit, viewer)
        if found is not None:
            return found
    fitting = None if filter_.empty else matching(connection, filter_, viewer=viewer)
    numbers = _sorted(connection, fitting, sort, descending, viewer)
    if after:
        numbers = numbers[numbers.index(after) + 1 :] if after in numbers else []
    return numbers if limit is None else numbers[:limit]


def count(connection: Connection, filter_: Filter, *, viewer: str = "") -> int:
    """Return how many papers *filter_* lets through for *viewer*, joined ones counted once."""
    if not filter_.empty:
        return len(matching(connection, filter_, viewer=viewer))
    unfinished = select(Import.uid).where(Import.finished == false())
    parts = (  # three counts from indexes, where one count would look at every paper
        select(func.count()).select_from(Paper),
        select(func.count()).select_from(Paper).where(Paper.import_.in_(unfinished)),
        select(func.count()).select_from(PaperJoin).where(PaperJoin.ended == ""),
    )
    papers, hidden, joined = (int(connection.execute(part).scalar_one()) for part in parts)
    return papers - hidden - joined


def _walked(
    connection: Connection, filter_: Filter, descending: bool, after: int, limit: int | None, viewer: str
) -> list[int] | None:
    """The list by number, papers tried in turn; None where the first thousands hold too few."""
    order = Paper.number.desc() if descending else Paper.number
    if filter_.empty:
        numbers = select(Paper.number).where(arrived(), stands_alone(), _behind(after, descending))
        return list(connection.execute(numbers.order_by(order).limit(limit)).scalars())
    tests, found, size, looked = tests_of(filter_, viewer=viewer), list[int](), 128, 0
    while looked < _LOOKED_AT:
        papers = select(Paper.uid, Paper.number).where(arrived(), stands_alone(), _behind(after, descending))
        rows = connection.execute(papers.order_by(order).limit(size)).all()
        if rows:
            scope = few(connection, {row.uid: row.number for row in rows})
            found += through(connection, scope, tests).values()
        if len(rows) < size or len(found) >= (limit or 0):
            return found[:limit]
        looked, after, size = looked + size, rows[-1].number, min(size * 3, _LOOKED_AT)
        if len(found) * _LOOKED_AT < (limit or 0) * looked:
            break
    return None


def _behind(after: int, descending: bool) -> Any:
    if not after:
        return Paper.number > 0
    return Paper.number < after if descending else Paper.number > after


_KEYS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "year": (Paper.year, lambda year: year),
    "author": (Paper.authors, lambda text: fold(text.split("\n", 1)[0])),
    "title": (Paper.title, fold),
    "label": (Paper.label, fold),
    "journal": (Paper.journal, fold),
}


def _sorted(
    connection: Connection, fitting: Mapping[str, int] | None, sort: str, descending: bool, viewer: str
) -> list[int]:
    if sort == "number" and fitting is not None:
        return sorted(fitting.values(), reverse=descending)
    keys = _keys(connection, fitting, sort, viewer)
    known = sorted(number for number, key in keys.items() if key not in ("", None))
    known.sort(key=keys.__getitem__, reverse=descending)
    return known + sorted(number for number, key in keys.items() if key in ("", None))


def _keys(
    connection: Connection, fitting: Mapping[str, int] | None, sort: str, viewer: str
) -> dict[int, Any]:
    """By number: what a paper is sorted by."""
    uids = list(fitting) if fitting is not None and len(fitting) <= FEW else None
    shown = among(Paper.uid, uids) if uids is not None else arrived() & stands_alone()
    if sort in _KEYS:
        column, key = _KEYS[sort]
        rows = connection.execute(select(Paper.number, column).where(shown)).all()
        wanted = None if fitting is None or uids is not None else set(fitting.values())
        return {number: key(value) for number, value in rows if wanted is None or number in wanted}
    if fitting is None:
        fitting = dict(connection.execute(select(Paper.uid, Paper.number).where(shown)).all())
    if sort == "state":
        order = {state: place for place, state in enumerate(PaperState)}
        standing = states(connection, fitting, viewer=viewer)
        return {fitting[uid]: order[state] for uid, state in standing.items()}
    of = parts_of(connection, uids) if uids is not None else paper_grouping(connection)
    claims = _claims(connection, list(of) if uids is not None else None, viewer)
    totals: Counter[str] = Counter()
    for paper, n in claims.items():
        totals[of.get(paper, paper)] += n
    return {number: totals[uid] for uid, number in fitting.items()}


def _claims(connection: Connection, members: list[str] | None, viewer: str) -> dict[str, int]:
    claims = select(Evidence.paper, func.count()).where(
        among(Evidence.paper, members), counted(Evidence, viewer)
    )
    return dict(connection.execute(claims.group_by(Evidence.paper)).all())


def page(connection: Connection, numbers: Sequence[int], *, viewer: str = "") -> list[PaperLine]:
    """Return the papers of these numbers in the order asked, as *viewer* may see them.

    Numbers of no paper are left out.

    A few statements however many papers the review has; meant for at most some thousand numbers.
    """
    rows = connection.execute(
        select(
            Paper.uid, Paper.number, Paper.label, Paper.title, Paper.authors, Paper.year, Paper.journal,
            Paper.doi,
        ).where(Paper.number.in_(numbers), arrived())
    ).mappings().all()  # fmt: skip
    roots = [row["uid"] for row in rows]
    of = parts_of(connection, roots)
    members = list(of)
    together = read_together(connection, of, _BEST)
    found = {row["number"]: shown(row, together) for row in rows}
    standing = states(connection, roots, viewer=viewer)
    tags: dict[str, set[str]] = {}
    named = select(Tagging.subject, Tag.name).join(Tag, Tag.uid == Tagging.tag)
    named = named.where(Tagging.subject_table == "paper", Tagging.subject.in_(members))
    for paper, name in tagged(connection, named, viewer=viewer):
        tags.setdefault(of[paper], set()).add(name)
    evidence: Counter[str] = Counter()
    for paper, n in _claims(connection, members, viewer).items():
        evidence[of[paper]] += n
    boxes: dict[str, set[str]] = {}
    for paper, box in connection.execute(boxes_of(members, viewer=viewer)):
        boxes.setdefault(of[paper], set()).add(box)
    return [
        PaperLine(
            **{**row, "authors": row["authors"].split("\n") if row["authors"] else []},
            state=standing[uid],
            tags=tuple(sorted(tags.get(uid, ()), key=lambda name: (fold(name), name))),
            evidence=evidence[uid],
            boxes=len(boxes.get(uid, ())),
        )
        for row in (found[number] for number in numbers if number in found)
        for uid in (row["uid"],)
    ]
