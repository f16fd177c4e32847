"""Decisions made elsewhere, read from a table into the rounds of this review."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from realist.errors import NotFound, RealistError, Refused
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.services.screening import reason_of
from realist.services.unit import Desk, Unit, initials_of
from realist.store.tables import (
    Decision,
    DecisionReason,
    Entry,
    Paper,
    Person,
    Reason,
    Record,
    Round,
    Stage,
)
from realist.store.visible import arrived
from realist.text import line, paragraphs
from realist.vocabulary import RoundKind, Verdict

NEEDED = ("record_key", "round", "person", "verdict")
OPTIONAL = ("reasons", "note", "at", "seconds")
LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: decisions that are new, those that were there already, and what was made for them."""

    decisions: int
    known: int
    rounds: int
    people: int
    entries: int


def import_decisions(desk: Desk, path: Path, *, create: bool = False) -> Told:
    """Read decisions from a CSV with the columns of :data:`NEEDED`, and perhaps of :data:`OPTIONAL`.

    ``record_key`` is the key that a database gave a record, or a paper's uid, ``#number``, DOI or label;
    ``reasons`` are numbers or words with ``;`` between, the primary first; ``at`` is ISO 8601 (UTC where no
    zone is said), ``seconds`` a number. With *create*, rounds, people, entries and reasons that are missing
    are made. All or nothing: the first line that cannot be read is refused with its number. Decisions that
    are there already, equal in everything, are left alone.
    """
    rows = list(_read(path))
    with desk.unit("import decisions", path.name) as work:
        return _Import(work, path.name, create).take(rows)


def _read(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(f"{path.name} is larger than {LARGEST // 1_000_000} MB: split it.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RealistError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RealistError(f"{path.name} is no UTF-8 text: save it as CSV UTF-8.") from error
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        heads = [line(name or "").lower() for name in reader.fieldnames or ()]
        missing = [name for name in NEEDED if name not in heads]
        if missing:
            raise RealistError(f"{path.name} has no column {missing[0]}: it needs {', '.join(NEEDED)}.")
        reader.fieldnames = heads
        for row in reader:
            values = {name: value or "" for name, value in row.items() if isinstance(name, str)}
            if any(map(str.strip, values.values())):
                yield reader.line_num, values
    except csv.Error as error:
        raise RealistError(f"{path.name}, line {reader.line_num}: {error}.") from error


class _Import:
    """One import under way: what rows name, found once each."""

    def __init__(self, work: Unit, file: str, create: bool) -> None:
        self.work, self.file, self.create = work, file, create
        self.made = {"round": 0, "person": 0, "entry": 0}
        self._grouping = paper_grouping(work.connection)
        self._keys = _record_keys(work.connection)
        self._rounds: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._papers: dict[str, str] = {}
        self._entries: dict[tuple[str, str], str] = {}
        entries = select(Entry.round, Entry.paper, Entry.uid).order_by(Entry.uid.desc())
        for round_, paper, uid in work.connection.execute(entries):
            self._entries[round_, self._grouping[paper]] = uid
        self._there = set(
            work.connection.execute(
                select(Decision.entry, Decision.person, Decision.verdict, Decision.at)
            ).all()
        )

    def take(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> Told:
        """Write every row; refuse the first that cannot be read, by its line."""
        new = known = 0
        for number, row in rows:
            try:
                if self._take(row):
                    new += 1
                else:
                    known += 1
            except RealistError as error:
                raise type(error)(f"{self.file}, line {number}: {error} Nothing was imported.") from error
        return Told(new, known, self.made["round"], self.made["person"], self.made["entry"])

    def _take(self, row: Mapping[str, str]) -> bool:
        verdict = _verdict(row["verdict"])
        round_ = self._round(row["round"])
        person = self._person(row["person"])
        entry = self._entry(round_, self._paper(row["record_key"]), row)
        at = _moment(row.get("at", ""))
        if at is not None and (entry, person, verdict, at) in self._there:
            return False
        reasons = [self._reason(round_, name) for name in row.get("reasons", "").split(";") if name.strip()]
        made = Decision(
            entry=entry, verdict=verdict, reason=reasons[0] if reasons else None,
            note=paragraphs(row.get("note", "")), seconds=_seconds(row.get("seconds", "")),
        )  # fmt: skip
        self.work.add(made, by=person, at=at)
        for reason in dict.fromkeys(reasons[1:]):
            if reason != reasons[0]:
                self.work.add(DecisionReason(decision=made.uid, reason=reason), by=person, at=at)
        return True

    def _round(self, name: str) -> str:
        name = line(name)
        if name not in self._rounds:
            try:
                self._rounds[name] = resolve(self.work.connection, "round", name)
            except NotFound:
                if not self.create or not name:
                    raise
                self._rounds[name] = self._new_round(name)
        return self._rounds[name]

    def _new_round(self, name: str) -> str:
        stage = self.work.connection.execute(select(Stage.uid).order_by(Stage.position).limit(1)).scalar()
        if stage is None:
            stage = self.work.add(Stage(position=1, name="1")).uid
        kind = RoundKind.FULL_TEXT if "full" in name.lower() else RoundKind.TITLE_ABSTRACT
        made = Round(number=self.work.number(Round), stage=str(stage), kind=kind, name=name)
        self.made["round"] += 1
        self.work.note(f"Round {name} is new: a round of {kind}.")
        return self.work.add(made).uid

    def _person(self, initials: str) -> str:
        initials = initials_of(initials)
        if initials not in self._people:
            rows = select(Person.uid).where(Person.initials == initials)
            found = self.work.connection.execute(rows).scalar()
            if found is None:
                if not (self.create and initials):
                    raise NotFound(f"There is no person {initials!r} in this review: use --create to add.")
                found = self.work.add(Person(initials=initials)).uid
                self.made["person"] += 1
            self._people[initials] = str(found)
        return self._people[initials]

    def _paper(self, key: str) -> str:
        key = line(key)
        if key not in self._papers:
            found = self._keys.get(key, [])
            wholes = {self._grouping[paper] for paper in found}
            if len(wholes) > 1:
                raise Refused(f"The key {key!r} is of {len(wholes)} papers: name it by #number or uid.")
            paper = wholes.pop() if wholes else resolve(self.work.connection, "paper", key)
            self._papers[key] = self._grouping[paper]
        return self._papers[key]

    def _entry(self, round_: str, paper: str, row: Mapping[str, str]) -> str:
        if (round_, paper) not in self._entries:
            if not self.create:
                raise Refused(
                    f"{line(row['record_key'])} is not in {line(row['round'])}: use --create to put it in."
                )
            self._entries[round_, paper] = self.work.add(Entry(round=round_, paper=paper)).uid
            self.made["entry"] += 1
        return self._entries[round_, paper]

    def _reason(self, round_: str, name: str) -> str:
        name = line(name)
        try:
            return reason_of(self.work, round_, name)
        except Refused:
            if not self.create or name.isdecimal():
                raise
            number = self.work.connection.execute(select(Reason.number).where(Reason.round == round_))
            top = max(number.scalars(), default=0)
            return self.work.add(Reason(round=round_, number=top + 1, text=name)).uid


def _record_keys(connection: Connection) -> dict[str, list[str]]:
    """Return the papers of each key of a record: its uid, and the key its database gave it."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = select(Record.uid, Record.source_key, Record.paper).join(Paper, Paper.uid == Record.paper)
    for uid, key, paper in connection.execute(rows.where(arrived())):
        found[uid].append(paper)
        if line(key):
            found[line(key)].append(paper)
    return found


def _verdict(text: str) -> Verdict:
    word = line(text).lower()
    if word not in list(Verdict):
        raise Refused(f"{line(text)!r} is no verdict: use {', '.join(Verdict)}.")
    return Verdict(word)


def _moment(text: str) -> datetime | None:
    text = line(text)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{text!r} is no moment: write it like 2026-03-01T14:05:00Z.") from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(text: str) -> float | None:
    text = line(text)
    try:
        found = float(text) if text else None
    except ValueError as error:
        raise Refused(f"{text!r} are no seconds: use a number.") from error
    if found is not None and not 0 <= found < 1e9:
        raise Refused(f"{text!r} are no seconds: use a number from 0 on.")
    return found
