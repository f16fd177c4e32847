"""What an act of the log shows to one who looks: what was decided, or only that something was done."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.queries.blind import Blind, blind, person_of, secret_rounds
from realist.queries.extractions import under_way
from realist.queries.shown_extracted import EXTRACTED, PLACING, hidden_rows
from realist.queries.subjects import ABOUT_OTHERS, KINDS, about, papers_of
from realist.store.tables import Change, Coding, Decision, Entry, Memo, Paper
from realist.vocabulary import Verdict

TELLING = (
    "decision", "decision_reason", "resolution", "parking", "memo", "tagging", "coding", "appraisal",
    "answer",
    *EXTRACTED, *PLACING,
)  # fmt: skip
"""The tables of which rows can be hidden."""
INNER = ("decision_reason", "tag", "answer", *EXTRACTED, *PLACING)
"""Rows that say more of what is hidden, or how much there is of it: then neither shown nor counted."""
_HELD = (*EXTRACTED, *PLACING)
_KEPT = ("uid", "entry", "paper", "subject_table", "subject", "person", "at")
_VERBS = {
    "resolution": "resolve", "parking": "park", "memo": "write memo", "appraisal": "appraise",
    "answer": "fill form",
}  # fmt: skip
_OF_PAPER = ("tag", "untag", "code", "uncode", "write memo", "edit memo", "drop memo")
_PUT_AND_TAKEN = {"tagging": ("tag", "untag"), "coding": ("code", "uncode")}
_VERDICTS = tuple(map(str, Verdict))
_AT_ONCE = 500
_PLACES = "excerpt_anchor"
_DECISION, _CODING, _MEMO = Decision.__tablename__, Coding.__tablename__, Memo.__tablename__
_OF_PAPERS = (*KINDS, *ABOUT_OTHERS)
_VERDICT = re.compile(r'(?<!\\)"verdict": "([^"\\]*)"')
"""The verdict in a row as the log keeps it; in what a person typed, quotation marks have a sign before."""
Acts = Sequence[Mapping[str, Any]]


class Shown(NamedTuple):
    """The words of an act as they may be shown.

    ``unseen`` are the changed rows, by uid, of which only the signature may be shown; with any, the words
    say no more than what was done to which paper. ``apart`` are rows that are not told of at all: places of
    another's excerpts, which a text that came or went moved.
    """

    intention: str
    subject: str
    reason: str
    unseen: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()


class _Touched(NamedTuple):
    table: str
    row: str
    image: dict[str, Any]
    taken_out: bool

    @property
    def put_on(self) -> str:
        """The uid of the thing that a memo, tag, code, appraisal or answer was put on; "" for other rows."""
        return str(self.image.get("subject") or self.image.get("paper") or "")


def bare(intention: str) -> str:
    """Return an intention without a verdict: older logs hold "decide include", newer ones "decide"."""
    verb, _, verdict = intention.partition(" ")
    return verb if verb == "decide" and verdict in _VERDICTS else intention


def decides(act: Mapping[str, Any]) -> bool:
    """Whether an act says that it decides, or undoes or redoes that, but not what: its rows do."""
    return str(act["subject"]).startswith("decide ") if act["undoes"] else act["intention"] == "decide"


def shown(connection: Connection, acts: Acts, *, viewer: str = "") -> dict[str, Shown]:
    """Return by uid what acts show to *viewer*.

    Each of *acts* has uid, ``who`` (the uid of the person), at, intention, subject, reason and undoes.
    """
    if confidential(connection):
        return in_confidence(connection, acts, viewer=viewer)
    return with_verdicts(connection, acts)


def confidential(connection: Connection) -> bool:
    """Whether anything is hidden from anybody: by a blind round, or while independent extractions go on."""
    return bool(secret_rounds(connection)) or under_way(connection)


def with_verdicts(connection: Connection, acts: Acts) -> dict[str, Shown]:
    """Return by uid what acts show where no round is blind: everything."""
    verdicts = _verdicts(connection, [act["uid"] for act in acts if decides(act)])
    return {act["uid"]: _whole(act, verdicts.get(act["uid"], set())) for act in acts}


def _verdicts(connection: Connection, acts: Sequence[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for start in range(0, len(acts), _AT_ONCE):
        some = Change.act.in_(acts[start : start + _AT_ONCE])
        rows = select(Change.act, Change.before, Change.after).where(some, Change.table_name == _DECISION)
        for act, before, after in connection.execute(rows):
            verdict = _VERDICT.search(after or before or "")
            if verdict:
                found.setdefault(act, set()).add(verdict[1])
    return found


def in_confidence(connection: Connection, acts: Acts, *, viewer: str = "") -> dict[str, Shown]:
    """Return by uid what acts show to *viewer* while a round is blind."""
    touched = _touched(connection, [act["uid"] for act in acts])
    veil = _Veil(connection, viewer, touched)
    found = {}
    for act in acts:
        rows = touched.get(act["uid"], [])
        unseen = [row for row in rows if veil.hides(act, row)]
        if unseen:
            found[act["uid"]] = _reduced(act, unseen, veil.papers_of(rows))
        else:
            verdicts = {str(row.image["verdict"]) for row in rows if row.table == _DECISION}
            found[act["uid"]] = _whole(act, verdicts)._replace(apart=veil.moved(rows))
    return found


def _touched(connection: Connection, acts: Sequence[str]) -> dict[str, list[_Touched]]:
    """Return by act the rows that it changed and that can be hidden, as they were after it, or before."""
    found: dict[str, list[_Touched]] = {}
    for start in range(0, len(acts), _AT_ONCE):
        rows = connection.execute(
            select(Change.act, Change.table_name, Change.row, Change.before, Change.after)
            .where(Change.act.in_(acts[start : start + _AT_ONCE]), Change.table_name.in_(TELLING))
            .order_by(Change.act, Change.position)
        )
        for act, table, row, before, after in rows:
            touched = _Touched(table, row, json.loads(after or before or "{}"), after is None)
            found.setdefault(act, []).append(touched)
    return found


class _Veil:
    """What is hidden of the rows that acts changed."""

    def __init__(self, connection: Connection, viewer: str, touched: Mapping[str, list[_Touched]]) -> None:
        rows = [row for of_act in touched.values() for row in of_act]
        self._extracted = hidden_rows(connection, [row[:3] for row in rows], viewer)
        rows = [row for row in rows if row.table not in _HELD]
        self._me = person_of(connection, viewer)
        self._entry_of = {row.row: row.image["entry"] for row in rows if row.table == _DECISION}
        entries = {entry for row in rows if (entry := self._entry(row))}
        self._paper_of = _looked_up(connection, (Entry.uid, Entry.paper), entries)
        self._gone = entries - self._paper_of.keys()
        if self._gone:
            self._look_back(connection)
        things = {(row.image["subject_table"], row.put_on) for row in rows if row.table in (_CODING, _MEMO)}
        self._about_thing = about(connection, {thing for thing in things if thing[0] in _OF_PAPERS})
        coded = set(self._about_thing.values())
        self._of_coded = papers_of(connection, coded)
        self._of_coded |= _papers_of_gone(connection, coded - self._of_coded.keys())
        notes = {row.put_on for row in rows if row.image.get("subject_table", "paper") == "paper"} - {""}
        papers = notes | set(self._paper_of.values()) | set().union(*self._of_coded.values())
        papers |= {hidden.paper for hidden in self._extracted.values()}
        self._numbers = _looked_up(connection, (Paper.uid, Paper.number), papers)
        self._blind: Blind = blind(connection, viewer, papers)

    def _look_back(self, connection: Connection) -> None:
        """Find out from the log of which paper entries were that are gone; only secret rounds count on."""
        rounds = secret_rounds(connection)
        for row in _gone_entries(connection, self._gone):
            self._paper_of[row["uid"]] = row["paper"]
            if row["round"] not in rounds:
                self._gone = self._gone - {row["uid"]}

    def _entry(self, row: _Touched) -> str:
        return str(row.image.get("entry") or self._entry_of.get(row.image.get("decision", ""), ""))

    def hides(self, act: Mapping[str, Any], row: _Touched) -> bool:
        """Whether what an act changed in a row may not be seen."""
        image = row.image
        hidden = self._extracted.get(row.row)
        if hidden or row.table in _HELD:  # texts that come or go move the places of anybody's excerpts
            return hidden is not None and (row.table != _PLACES or act["who"] == hidden.extractor)
        if row.put_on:
            made, papers = datetime.fromisoformat(image["at"]), self._put_on(row)
            if papers is None:  # nobody can say any more of which paper it was
                return bool(image["person"] != self._me)
            return any(
                self._blind.hides_note(paper, who, at)
                for paper in papers
                for who, at in ((image["person"], made), (act["who"], act["at"]))
            )
        entry = self._entry(row)
        if entry in self._gone:
            return bool(image["person"] != self._me)
        return self._blind.hides(entry, image["person"])

    def _put_on(self, row: _Touched) -> tuple[str, ...] | None:
        """Return the papers that something was put on; None for a thing of papers that is gone."""
        if row.table not in (_CODING, _MEMO):
            return (row.put_on,)
        thing = self._about_thing.get((row.image["subject_table"], row.put_on))
        if thing is None or thing[0] not in _OF_PAPERS:  # a mechanism, say, is of no paper
            return ()
        return self._of_coded.get(thing)

    def _about(self, row: _Touched) -> tuple[str, ...]:
        if hidden := self._extracted.get(row.row):
            return (hidden.paper,)
        if row.put_on:
            return self._put_on(row) or ("",)
        return (self._paper_of.get(self._entry(row), ""),)

    def moved(self, rows: Iterable[_Touched]) -> frozenset[str]:
        """Return the places of excerpts that are not to be told of."""
        return frozenset(row.row for row in rows if row.row in self._extracted)

    def papers_of(self, rows: Iterable[_Touched]) -> list[str]:
        """Return the numbers of the papers that rows are about, "" for one that is not known any more."""
        told = (row for row in rows if row.table not in _HELD or row.row in self._extracted)
        of = (paper for row in told for paper in self._about(row))
        return [f"#{self._numbers[uid]}" if uid in self._numbers else "" for uid in dict.fromkeys(of)]


def unseen_rows(
    connection: Connection, rows: Sequence[tuple[str, str, dict[str, Any]]], *, viewer: str = ""
) -> frozenset[str]:
    """Return the uids of rows of TELLING, (table, uid, image), that *viewer* may not see, also of rows gone.

    An image is a row as the log keeps it.
    """
    touched = [_Touched(*row, False) for row in rows]
    veil = _Veil(connection, viewer, {"": touched})
    hidden = set(veil.moved(touched))
    for row in touched:
        made = {"who": row.image["person"], "at": datetime.fromisoformat(row.image["at"])}
        if row.row not in hidden and veil.hides(made, row):
            hidden.add(row.row)
    return frozenset(hidden)


def _looked_up(connection: Connection, columns: tuple[Any, Any], uids: Collection[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    wanted = list(uids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = select(*columns).where(columns[0].in_(wanted[start : start + _AT_ONCE]))
        found |= dict(connection.execute(some).all())
    return found


def _gone_entries(connection: Connection, uids: Collection[str]) -> Iterator[dict[str, Any]]:
    wanted = list(uids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = select(Change.before, Change.after).where(
            Change.row.in_(wanted[start : start + _AT_ONCE]), Change.table_name == Entry.__tablename__
        )
        for before, after in connection.execute(rows).all():
            yield json.loads(after or before or "{}")


def _papers_of_gone(
    connection: Connection, things: Collection[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the papers of coded things that are gone, from the log; of an element, those of its box."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    boxes: dict[tuple[str, str], tuple[str, str]] = {}
    wanted = sorted(uid for _, uid in things)
    for start in range(0, len(wanted), _AT_ONCE):
        some = Change.row.in_(wanted[start : start + _AT_ONCE])
        rows = select(Change.table_name, Change.row, Change.before, Change.after).where(some)
        for table, uid, before, after in connection.execute(rows).all():
            image = json.loads(after or before or "{}")
            if image.get("paper"):
                found[table, uid] = (image["paper"],)
            elif image.get("configuration"):
                boxes[table, uid] = ("configuration", image["configuration"])
    of = papers_of(connection, set(boxes.values()))
    return found | {thing: of[box] for thing, box in boxes.items() if box in of}


def _reduced(act: Mapping[str, Any], unseen: list[_Touched], papers: list[str]) -> Shown:
    """Return the words of an act by what it was done to alone: "decide #12", "tag paper #12"."""
    first = unseen[0]
    verb = bare(act["intention"])
    if act["undoes"]:
        taken = first.taken_out is not (act["intention"] == "undo")
        both = _PUT_AND_TAKEN.get(first.table)
        extracts = "extract" if first.table in _HELD else "decide"
        verb = both[taken] if both else _VERBS.get(first.table, extracts)
    if len(papers) > 1:
        what = f"{len(papers):,} papers"
    else:
        what = " ".join(filter(None, ("paper" if verb in _OF_PAPER else "", papers[0]))) or "a paper"
    rows = frozenset(row.row for row in unseen)
    if act["undoes"]:
        return Shown(act["intention"], f"{verb} {what}", "", rows)
    return Shown(verb, what, "", rows)


def _whole(act: Mapping[str, Any], verdicts: Collection[str]) -> Shown:
    """Return the words of an act, with the verdict that it gave, or took back, where they say none."""
    intention, subject = str(act["intention"]), str(act["subject"])
    if len(verdicts) == 1 and decides(act):
        decided = f"decide {next(iter(verdicts))}"
        if not act["undoes"]:
            intention = decided
        elif not f"{subject} ".startswith(f"{decided} "):
            subject = f"{decided} {subject.removeprefix('decide ')}"
    return Shown(intention, subject, str(act["reason"]))


def signature(image: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return of a row, as the log keeps it, only on what it is, by whom and when."""
    return None if image is None else {name: image[name] for name in _KEPT if name in image}
