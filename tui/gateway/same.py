"""What papers are to each other: the same, different, related, of one study; and what that would mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from realist.errors import Refused
from realist.queries import abreast, kin, paper_story
from realist.queries.abreast import Side, Together
from realist.services import sameness
from realist.text import line
from realist.vocabulary import Relatedness, Verdict

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

__all__ = ["Means", "Side", "Together"]


class Means(NamedTuple):
    """Papers side by side, what it comes to if they are one document, and sentences about conflicts then."""

    sides: tuple[Side, ...]
    together: Together
    conflicts: tuple[str, ...]

    @property
    def best(self) -> Side:
        """The one that the others would be read under."""
        return next(side for side in self.sides if side.line.uid == self.together.best)


def conflicts(connection: Connection, person: str, papers: Sequence[str], *, now: bool) -> tuple[str, ...]:
    """Return sentences about the rounds in which *papers* were decided on differently, for *person* to read.

    What of other people's decisions a person may see in these sentences is decided here and nowhere else.
    """
    found: dict[str, dict[tuple[int, str, str], None]] = {}
    for paper in papers:
        for entry in paper_story.decisions(connection, paper, viewer=person):
            for one in entry["decisions"]:
                if one["current"] and one["verdict"] != Verdict.UNDECIDED:
                    said = (entry["paper"], str(one["verdict"]), str(one["by"]))
                    found.setdefault(entry["round"], {})[said] = None
    sentences = []
    for round_, said_there in found.items():
        numbers = {number for number, _, _ in said_there}
        if len(numbers) < 2 or len({verdict for _, verdict, _ in said_there}) < 2:
            continue
        who = ", ".join(f"#{number} {verdict} ({line(by)})" for number, verdict, by in said_there)
        all_ = "Both" if len(numbers) == 2 else "All"
        when = "a conflict now" if now else "they would be in conflict"
        sentences.append(f"{all_} were decided in round “{line(round_)}”: {who}: {when}.")
    return tuple(sentences)


def means(gate: Gateway, papers: Sequence[str]) -> Means:
    """Return what it comes to if *papers*, uids of any that are not one yet, are one document."""
    return gate.read(lambda connection: means_of(connection, gate.person, papers))


def means_of(connection: Connection, person: str, papers: Sequence[str]) -> Means:
    """Return what it comes to if *papers* are one document, for *person* to read."""
    wholes = list(dict.fromkeys(paper_story.parts(connection, uid)[0] for uid in papers))
    sides = tuple(abreast.sides(connection, wholes, viewer=person))
    if len(sides) < 2:
        raise Refused("These papers are one already.")
    there = [side.line.uid for side in sides]
    return Means(sides, abreast.together(connection, there), conflicts(connection, person, there, now=False))


# -- what a person says ---------------------------------------------------------------------------------


@contextmanager
def _by_number(desk: Desk, *papers: str) -> Iterator[None]:
    """Have what is refused name papers by their numbers."""
    try:
        yield
    except Refused as error:
        words = str(error)
        with desk.store.read() as connection:
            for uid in papers:
                words = words.replace(uid, f"#{paper_story.number_of(connection, uid)}")
        raise Refused(words) from error


def call_same(desk: Desk, papers: Sequence[str], fields: Mapping[str, str] | None = None) -> str:
    """State that papers are one document, *fields* naming whose value is right; return what to say of it."""
    with _by_number(desk, *papers):
        best = sameness.call_same(desk, papers, fields=fields)
    with desk.store.read() as connection:
        names = [f"#{paper_story.number_of(connection, uid)}" for uid in papers if uid != best]
        number = paper_story.number_of(connection, best)
        said = conflicts(connection, desk.initials, [best], now=True)
    are = "is" if len(names) == 1 else "are"
    return " ".join([f"Same: {' and '.join(names)} {are} read under #{number} now.", *said])


def call_different(desk: Desk, one: str, other: str) -> str:
    """State that two papers are different documents; return what to say of it."""
    with _by_number(desk, one, other):
        sameness.call_different(desk, one, other)
    return f"Different: {_numbers(desk, one, other)} stay two papers."


def relate(desk: Desk, one: str, other: str, kind: str) -> str:
    """State how two papers belong together; return what to say of it."""
    with _by_number(desk, one, other):
        sameness.relate(desk, one, other, Relatedness(kind))
    return f"Related: {_numbers(desk, one, other)}, {kind}."


def _numbers(desk: Desk, *papers: str) -> str:
    with desk.store.read() as connection:
        return " and ".join(f"#{paper_story.number_of(connection, uid)}" for uid in papers)


def split(desk: Desk, paper: str, reason: str) -> str:
    """Take a paper out of what it is one with; return what to say of it."""
    if not line(reason):
        raise Refused("Say why it is a document of its own: that stands in the log.")
    with _by_number(desk, paper):
        sameness.end_join(desk, paper, reason=reason)
    return f"{_numbers(desk, paper)} stands for itself again."


def studies(gate: Gateway) -> list[tuple[str, str, int]]:
    """Return uid and name of every study, and how many papers it has."""
    return [(row["uid"], row["name"], len(row["papers"])) for row in gate.read(kin.studies)]


def put_in_study(desk: Desk, study: str, papers: Sequence[str], *, new: bool) -> str:
    """State that papers are about a study, by its uid, or a *new* one by its name; return what to say."""
    if new:
        sameness.add_study(desk, study, papers=papers)
        return f"{_numbers(desk, *papers)} are about the new study {line(study)}."
    added = sameness.put_in_study(desk, study, papers)
    if not added:
        return f"{_numbers(desk, *papers)} were in that study already."
    return f"{_numbers(desk, *papers)} are about that study now."
