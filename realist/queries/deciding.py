"""How papers stand in rounds, for one who looks: by what people decided, and what that person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.screening import Rules, Said, Stand, ended_at, held, stands
from realist.queries.blind import histories, needed_of, person_of, together
from realist.queries.grouping import Grouping
from realist.queries.words import stored
from realist.store.tables import Entry, Resolution, Round
from realist.vocabulary import ConflictRule, MaybeRule, Verdict

OPEN = Stand(None, False, "decision")


class How(NamedTuple):
    """How a paper stands in a round.

    ``verdict`` is None while too few have decided, and in a conflict. ``people``: uids of those whose current
    decisions that comes from, as far as the viewer may see them. ``waiting``: for what (see ``Stand``).
    ``hidden``: whether there is, or may be, something that the viewer may not see. ``readers``: uids of
    those it was handed to, ``resolved`` whether a resolution rules.
    """

    verdict: Verdict | None
    conflict: bool
    people: frozenset[str]
    waiting: str = ""
    hidden: bool = False
    readers: tuple[str, ...] = ()
    resolved: bool = False


class Placed(NamedTuple):
    """A paper in a round: its entries, the door it came through first, and how it stands."""

    entries: tuple[str, ...]
    door: str | None
    how: How


def rules_of(connection: Connection, rounds: Collection[str] | None = None) -> dict[str, Rules]:
    """Return the rules of rounds by uid, in the order of their numbers."""
    columns = (Round.uid, Round.readers, Round.blind, Round.opened, Round.maybe_rule, Round.conflict_rule)
    statement = select(*columns).order_by(Round.number)
    if rounds is not None:
        statement = statement.where(Round.uid.in_(rounds))
    return {
        row.uid: Rules(
            row.readers, row.blind, row.opened, stored(MaybeRule, row.maybe_rule),
            stored(ConflictRule, row.conflict_rule),
        )
        for row in connection.execute(statement)
    }  # fmt: skip


def placed(
    connection: Connection,
    viewer: str,
    of: Grouping,
    *,
    rounds: Collection[str] | None = None,
    members: Collection[str] | None = None,
) -> dict[str, dict[str, Placed]]:
    """Return by round and paper, as they are read now, where papers stand, in the order of entry.

    *viewer* are the initials of who looks; *of* gives the paper under which each is read; *rounds* and
    *members* (papers, and what was joined into them) restrict what is asked.
    """
    rules = rules_of(connection, rounds)
    entries = select(Entry.uid, Entry.paper, Entry.round, Entry.door).order_by(Entry.at, Entry.uid)
    if rounds is not None:
        entries = entries.where(Entry.round.in_(rounds))
    if members is not None:
        entries = entries.where(Entry.paper.in_(members))
    groups: dict[tuple[str, str], tuple[list[str], str | None]] = {}
    for uid, paper, round_, door in connection.execute(entries):
        groups.setdefault((round_, of[paper]), ([], door))[0].append(uid)
    uids = None if rounds is None and members is None else [uid for own, _ in groups.values() for uid in own]
    known = _Known(connection, viewer, uids)
    found: dict[str, dict[str, Placed]] = defaultdict(dict)
    for (round_, paper), (own, door) in groups.items():
        found[round_][paper] = Placed(tuple(own), door, known.how(own, rules[round_]))
    return found


class _Known:
    """All that was decided, handed out and resolved on some entries, or on all."""

    def __init__(self, connection: Connection, viewer: str, entries: list[str] | None) -> None:
        self._viewer = person_of(connection, viewer)
        self._said = histories(connection, entries)
        self._needed = needed_of(connection, entries)
        rows = connection.execute(select(Resolution.entry, Resolution.verdict).where(Resolution.ended == ""))
        self._resolved = {entry: stored(Verdict, verdict) for entry, verdict in rows}
        self._same: dict[Any, How] = {}

    def how(self, entries: list[str], rules: Rules) -> How:
        """Return how a paper with these *entries* stands by *rules*."""
        said = together(self._said, entries)
        readers = [self._needed[uid] for uid in entries if uid in self._needed]
        resolved = next((self._resolved[uid] for uid in entries if uid in self._resolved), None)
        if not said and resolved is None:
            people = tuple(dict.fromkeys(who for one in readers for group in one.values() for who in group))
            return How(None, False, frozenset(), "decision", rules.blind and rules.opened is None, people)
        if len(said) == 1 and not readers and resolved is None and not rules.blind:
            return self._alone(said[0], rules)
        return self._weighed(said, readers, resolved, rules)

    def _alone(self, one: Said, rules: Rules) -> How:
        """How a paper stands on which one decision was made and no more; the same few over and over."""
        key = (one.person, one.verdict, one.is_check, rules)
        if key not in self._same:
            self._same[key] = self._weighed([one], [], None, rules)
        return self._same[key]

    def _weighed(
        self,
        said: list[Said],
        readers: list[dict[bool, tuple[str, ...]]],
        resolved: Verdict | None,
        rules: Rules,
    ) -> How:
        deciding = {who for one in readers for who in one.get(False, ())}
        checking = {who for one in readers for who in one.get(True, ())}
        needed = max(rules.readers, len(deciding))
        assigned = tuple(dict.fromkeys(who for one in readers for group in one.values() for who in group))
        hidden = rules.blind and rules.opened is None and ended_at(said, needed) is None
        people = frozenset(one.person for one in held(said))
        if hidden:
            return How(None, False, people & {self._viewer}, "decision", True, assigned)
        stand = stands(said, rules, needed=needed, checks=len(checking), resolved=resolved)
        return How(
            stand.verdict, stand.conflict, people, stand.waiting, False, assigned, resolved is not None
        )


def by_paper(rows: Mapping[str, Placed]) -> dict[str, How]:
    """Return how papers stand, without where they came from."""
    return {paper: row.how for paper, row in rows.items()}
