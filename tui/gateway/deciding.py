"""Deciding on papers, putting them aside, and taking that back: at once, in the thread that calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from realist.errors import Refused
from realist.queries import pile_news, undoing
from realist.queries.piles import Mine
from realist.services import history, papers, retrieving, screening
from realist.text import line, paragraphs
from realist.vocabulary import TermSet, Use, Verdict

if TYPE_CHECKING:
    from realist.queries.piles import Item
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway
    from tui.gateway.screening import Ready


class Done(NamedTuple):
    """What was written: the numbers of its acts, and what the person should be told."""

    acts: tuple[int, ...]
    notes: tuple[str, ...] = ()


class Back(NamedTuple):
    """What was taken back, or done again: in words, on which entries, with the notes that it had given."""

    said: str
    entries: dict[str, str]


class Decided(NamedTuple):
    """A decision to be written; *reason* and *also* are uids of reasons of the round."""

    verdict: Verdict
    reason: str | None = None
    also: tuple[str, ...] = ()
    use: str = ""
    note: str = ""
    seconds: float | None = None


def decide(gate: Gateway, item: Item, called: str, what: Decided) -> Done:
    """Decide on a paper; it is on disk when this returns."""
    with gate.desk() as desk:
        screening.decide_entry(
            desk,
            item.entry,
            called,
            what.verdict,
            reason=what.reason,
            also=what.also,
            use=Use(what.use) if what.use in set(Use) else None,
            note=what.note,
            seconds=what.seconds,
            is_check=item.is_check,
            parked=item.parked,
        )
    return Done(tuple(desk.acts), tuple(desk.notes))


def afterwards(
    item: Item, ready: Ready | None, what: Decided, numbers: Sequence[int]
) -> tuple[Item, Ready | None]:
    """Return a paper, and what is read of it, as they stand after a decision for reasons with *numbers*."""
    taken_back = what.verdict is Verdict.UNDECIDED
    verdict = "" if taken_back else str(what.verdict)
    own = None if taken_back else Mine(verdict, tuple(numbers), what.note, what.use)
    item = item._replace(verdict=verdict, parked=item.parked and taken_back)
    return item, None if ready is None else ready._replace(mine=own)


def put_aside(gate: Gateway, item: Item, called: str) -> Done:
    """Park a paper; one that is parked is taken back into its place."""
    with gate.desk() as desk:
        (screening.unpark_entry if item.parked else screening.park_entry)(desk, item.entry, called)
    return Done(tuple(desk.acts), tuple(desk.notes))


def take_back(gate: Gateway, *, again: bool = False) -> Back | None:
    """Undo this person's last act, or redo what was undone last, where that is about papers in a pile.

    None, and nothing is done, where it is about anything else: that may take long.
    """
    with gate.store.read() as connection:
        ask = undoing.will_redo if again else undoing.will_undo
        preview = ask(connection, gate.person)
        if preview is None:
            raise Refused(f"There is nothing of yours to {'redo' if again else 'undo'}.")
        entries = pile_news.entries_of_act(connection, preview.number)
    if entries is None:
        return None
    with gate.desk() as desk:
        said = (history.redo if again else history.undo)(desk, str(preview.number))
    return Back(said, entries)


def paste_abstract(desk: Desk, paper: str, text: str) -> None:
    """Give a paper the abstract that it lacks."""
    if not paragraphs(text):
        raise Refused("There is no abstract yet: paste it, or type it.")
    papers.edit_paper(desk, paper, "abstract", text, reason="pasted while screening")


def add_term(desk: Desk, values: dict[str, str]) -> str:
    """Have a term marked, from the fields of a form; return what to say of it."""
    regex = values["kind"] == "regex"
    retrieving.add_highlight(desk, values["text"], TermSet(values["colour"]), regex=regex)
    return f"{line(values['text'])} is marked now."


def drop_term(desk: Desk, text: str) -> str:
    """Have a term marked no more; return what to say of it."""
    retrieving.drop_highlight(desk, text)
    return f"{line(text)} is not marked any more. u takes it back."


def reason_uids(
    reasons: Sequence[dict[str, object]], numbers: Sequence[int]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the uids of reasons by their numbers: the primary one, and those beside it."""
    known = {one["number"]: str(one["uid"]) for one in reasons}
    found = [known[number] for number in numbers if number in known]
    return (found[0] if found else None), tuple(found[1:])
