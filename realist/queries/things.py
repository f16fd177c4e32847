"""What things of any kind are called, and on whose page they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.queries.called import called
from realist.queries.extractions import hidden_things
from realist.queries.naming_things import Thing
from realist.queries.seen import hidden_memos
from realist.queries.sets import labels
from realist.queries.subjects import ABOUT_OTHERS, about
from realist.store.tables import (
    Configuration,
    Consultation,
    Element,
    Evidence,
    Excerpt,
    Feedback,
    Memo,
    Move,
    Review,
    Theory,
    TheoryPart,
    TheoryVersion,
)
from realist.text import line, shorten

WORDS = {
    "configuration": "box", "element": "part", "included_set": "set", "mechanism_list": "list",
    "theory_version": "version", "theory_part": "statement",
}  # fmt: skip
"""What kinds of things are called where that is not the name of their table."""
_LONGEST = 80
_AT_ONCE = 500


class Told(NamedTuple):
    """What a thing is called: the word for its kind and a name; and the thing on whose page it stands."""

    kind: str
    name: str
    page: Thing

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


def kind_of(table: str) -> str:
    """Return the word for things of a table."""
    return WORDS.get(table, table.replace("_", " "))


def told(connection: Connection, things: Collection[Thing], *, viewer: str = "") -> dict[Thing, Told]:
    """Return what those of *things* are called that are there and that *viewer* may see."""
    wanted = {Thing(*thing) for thing in things}
    unseen = unseen_things(connection, wanted, viewer=viewer)
    by_table: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(wanted - unseen):
        by_table[thing.table].append(thing.uid)
    found: dict[Thing, Told] = {}
    for table, uids in by_table.items():
        for start in range(0, len(uids), _AT_ONCE):
            some = uids[start : start + _AT_ONCE]
            for uid, name, page in _NAMED.get(table, _by_name)(connection, some):
                thing = Thing(table, uid)
                found[thing] = Told(kind_of(table), shorten(line(name), _LONGEST), page or thing)
    return found


def unseen_things(connection: Connection, things: Collection[Thing], *, viewer: str = "") -> set[Thing]:
    """Return those of *things* that *viewer* may not see yet, and what is about such a thing."""
    hidden = hidden_things(connection, viewer=viewer)
    notes = {thing for thing in things if thing.table in ABOUT_OTHERS}
    unseen = {thing for thing in things if thing.uid in hidden}
    if notes and hidden:
        of = about(connection, notes)
        unseen |= {thing for thing in notes if of[thing][1] in hidden}
    if any(thing.table == "memo" for thing in notes):
        memos = hidden_memos(connection, viewer=viewer)
        unseen |= {thing for thing in notes if thing.uid in memos}
    return unseen


_Names = Iterable[tuple[str, str, Thing | None]]


def _by_name(connection: Connection, uids: list[str]) -> _Names:
    return [(uid, name, None) for uid, name in called(connection, uids).items()]


def _papers(connection: Connection, uids: list[str]) -> _Names:
    return [(uid, name, None) for uid, name in labels(connection, uids).items()]


def _review(connection: Connection, uids: list[str]) -> _Names:
    rows = connection.execute(select(Review.uid, Review.title).where(Review.uid.in_(uids)))
    return [(uid, title, None) for uid, title in rows]


def _boxes(connection: Connection, uids: list[str]) -> _Names:
    of = Configuration
    rows = connection.execute(select(of.uid, of.number, of.label, of.title).where(of.uid.in_(uids)))
    return [(uid, f"#{number} {label} {title}", None) for uid, number, label, title in rows]


def _elements(connection: Connection, uids: list[str]) -> _Names:
    of = Element
    rows = connection.execute(
        select(of.uid, of.kind, of.text, of.configuration, Configuration.number)
        .join(Configuration, Configuration.uid == of.configuration)
        .where(of.uid.in_(uids))
    )
    return [
        (uid, f"{shorten(text or kind, 50)}, box #{number}", Thing("configuration", box))
        for uid, kind, text, box, number in rows
    ]


def _of_paper(table: Any, words: Any) -> Callable[[Connection, list[str]], _Names]:
    def names(connection: Connection, uids: list[str]) -> _Names:
        rows = connection.execute(select(table.uid, words, table.paper).where(table.uid.in_(uids))).all()
        of = labels(connection, list({paper for _, _, paper in rows}))
        return [
            (uid, ", ".join(filter(None, (shorten(text, 50), of.get(paper, "")))), Thing("paper", paper))
            for uid, text, paper in rows
        ]

    return names


def _feedback(connection: Connection, uids: list[str]) -> _Names:
    of = Feedback
    rows = connection.execute(
        select(of.uid, of.voice, of.words, of.consultation, Consultation.name)
        .outerjoin(Consultation, Consultation.uid == of.consultation)
        .where(of.uid.in_(uids))
    )
    for uid, voice, words, held, name in rows:
        where = f", {shorten(name, 30)}" if name else ""
        yield uid, f"{voice}: {shorten(words, 40)}{where}", Thing("consultation", held) if held else None


def _memos(connection: Connection, uids: list[str]) -> _Names:
    rows = connection.execute(
        select(Memo.uid, Memo.text, Memo.subject_table, Memo.subject).where(Memo.uid.in_(uids))
    )
    return [(uid, text, Thing(table, subject)) for uid, text, table, subject in rows]


def _theories(connection: Connection, uids: list[str]) -> _Names:
    rows = connection.execute(select(Theory.uid, Theory.number, Theory.name).where(Theory.uid.in_(uids)))
    return [(uid, f"T{number} {name}", None) for uid, number, name in rows]


def _versions(connection: Connection, uids: list[str]) -> _Names:
    of = TheoryVersion
    rows = connection.execute(
        select(of.uid, of.number, of.label, of.theory, Theory.number)
        .join(Theory, Theory.uid == of.theory)
        .where(of.uid.in_(uids))
    )
    return [
        (uid, f"T{theory_number} v{number} {label}", Thing("theory", theory))
        for uid, number, label, theory, theory_number in rows
    ]


def _parts(connection: Connection, uids: list[str]) -> _Names:
    of = TheoryPart
    rows = connection.execute(
        select(of.uid, of.number, of.name, of.theory, Theory.number)
        .join(Theory, Theory.uid == of.theory)
        .where(of.uid.in_(uids))
    )
    return [
        (uid, f"T{theory_number} p{number} {name}", Thing("theory", theory))
        for uid, number, name, theory, theory_number in rows
    ]


def _moves(connection: Connection, uids: list[str]) -> _Names:
    of = Move
    rows = connection.execute(
        select(of.uid, of.number, of.kind, of.result, of.reason).where(of.uid.in_(uids))
    )
    return [
        (uid, f"#{number} {kind}: {result or reason}", None) for uid, number, kind, result, reason in rows
    ]


_NAMED: dict[str, Callable[[Connection, list[str]], _Names]] = {
    "paper": _papers,
    "review": _review,
    "configuration": _boxes,
    "element": _elements,
    "excerpt": _of_paper(Excerpt, Excerpt.quotation),
    "evidence": _of_paper(Evidence, Evidence.claim),
    "feedback": _feedback,
    "memo": _memos,
    "theory": _theories,
    "theory_version": _versions,
    "theory_part": _parts,
    "move": _moves,
}
