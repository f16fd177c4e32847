"""Bringing papers into a round: from where, which, how many it would be, and then doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realist.text import line, shorten
from tui.dialogs import Choose, Confirm, Field, Form, Option
from tui.gateway import entering
from tui.gateway.entering import Brought, From, Offer

if TYPE_CHECKING:
    from tui.gateway.rounds import RoundRow
    from tui.place import Place

_WORDS, _ALL = "words", "all"
_BY_WORDS = Field(
    "words", "Which papers", help="As in the list of papers: peer year:2010.. state:included tag:rural"
)


def begin_entering(place: Place, row: RoundRow) -> None:
    """Ask from where papers are brought into a round, say how many they are, and bring them in."""

    def ask(offers: list[Offer]) -> None:
        title = f"Bring papers into #{row.number} from where?"
        place.app.push_screen(Choose(title, _options(offers)), chosen)

    def chosen(value: str | None) -> None:
        if value is not None:
            _ask_which(place, row, value)

    place.house.with_person(
        lambda: place.fetch(lambda gate: entering.offers(gate, row.uid), ask, group="form")
    )


def _options(offers: list[Offer]) -> list[Option]:
    found = []
    for one in offers:
        name = f"#{one.number} {shorten(one.name[:400], 60)}"
        if one.include or one.maybe:
            note = f"{one.include:,} included" + (f", {one.maybe:,} maybe" if one.maybe else "")
            found.append(Option(f"Let through by {name}", f"in {one.round}", note))
    for one in offers:
        name = f"#{one.number} {shorten(one.name[:400], 60)}"
        if one.exclude:
            found.append(Option(f"Excluded in {name}", f"out {one.round}", f"{one.exclude:,}, brought back"))
    return [
        *found,
        Option("Papers by words and fields", _WORDS, "as in the list of papers"),
        Option("Every paper of the review", _ALL, "that is not in it yet"),
    ]


def _ask_which(place: Place, row: RoundRow, value: str) -> None:
    kind, _, uid = value.partition(" ")
    source = From(uid, excluded=kind == "out", words=kind == _WORDS)
    fields = [
        *([_BY_WORDS] if source.words else []),
        Field("sample", "Only so many, by chance", help="For a pilot. Blank brings in all of them."),
        Field("seed", "Seed of that chance", "1", help="The same seed takes the same papers."),
        Field("why", "Why"),
    ]

    def save(values: dict[str, str]) -> Brought:
        return entering.look(place.gate, row.uid, source, values)

    note = "You see first how many papers that is; nothing is written before."
    form = Form(f"Bring papers into #{row.number}", fields, save, note=note, done="Look")
    place.app.push_screen(form, lambda found: _confirm(place, row, found))


def _confirm(place: Place, row: RoundRow, found: Brought | None) -> None:
    if found is None:
        return
    n, house = len(found.papers), place.house

    def answered(yes: bool | None) -> None:
        if yes:
            house.write(lambda desk: entering.bring(desk, row.uid, found), say=said)

    def said(entered: int) -> str:
        papers = f"{entered:,} paper{'' if entered == 1 else 's'}"
        return f"{papers} entered #{row.number} {shorten(row.name[:400], 60)}. u takes them out again."

    doors = "\n".join(f"{count:,} {_door(door)}" for door, count in found.doors)
    text = f"{n:,} paper{'' if n == 1 else 's'} would enter {line(row.name[:400])}:\n\n{doors}"
    house.push_screen(Confirm("Bring these papers in?", text, yes="Bring in"), answered)


def _door(word: str) -> str:
    return {
        "search": "found by a search",
        "earlier stage": "from an earlier stage",
        "brought back": "excluded before, brought back",
        "supplied": "supplied by somebody",
    }.get(word, word)
