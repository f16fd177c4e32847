"""Handing out the papers of a round: the scheme, the people, what it comes to, and then doing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realist.text import line, shorten
from realist.vocabulary import Role
from tui.dialogs import Choose, Confirm, Field, Form, Option
from tui.gateway import handing
from tui.gateway import rounds as gateway
from tui.gateway.handing import Allotted, Plan, Scheme

if TYPE_CHECKING:
    from tui.gateway.rounds import Known, RoundRow
    from tui.place import Place

_FIELDS = {
    "shares": Field("shares", "Shares", help="Blank: alike. Else in proportion, each person one: CD 2; EF 1"),
    "checked": Field("checked", "Percent that a second person gets", "10", help="0 for none."),
    "second": Field(
        "second", "The second person", Role.CHECK, choices=(str(Role.CHECK), str(Role.SECOND)), only=True,
        help="check: sees what the first decided, and counts in no agreement. second: decides alone.",
    ),
    "pairs": Field("pairs", "Pairs", help="CD+EF; CD+GH"),
    "group": Field("group", "The group", help="At least one of these reads each paper: AB; CD"),
    "readers": Field("readers", "How many read each paper", "2"),
}  # fmt: skip
_MOST_PAIRS = 12


def begin_handing(place: Place, row: RoundRow) -> None:
    """Ask how a round is handed out; show what it comes to; hand it out."""

    def ask(known: Known) -> None:
        schemes = sorted(handing.SCHEMES, key=lambda one: (one.name == handing.SPLIT) is (row.readers > 1))
        options = [Option(one.title, one.name, one.note) for one in schemes]
        title = f"How is #{row.number} handed out?"
        place.app.push_screen(Choose(title, options), lambda name: chosen(known, name))

    def chosen(known: Known, name: str | None) -> None:
        scheme = next((one for one in handing.SCHEMES if one.name == name), None)
        if scheme is not None:
            _ask_how(place, row, known, scheme)

    place.house.with_person(lambda: place.fetch(gateway.known, ask, group="form"))


def _ask_how(place: Place, row: RoundRow, known: Known, scheme: Scheme) -> None:
    people = "; ".join(map(line, known.people))
    fields = [
        Field("people", "Who reads", people, help="Initials, a ; between. Take out who does not."),
        *(_FIELDS[name] for name in scheme.fields),
        Field(
            "seed", "Seed of the chance", "1", help="The same seed gives the same papers to the same people."
        ),
    ]

    def save(values: dict[str, str]) -> tuple[Plan, Allotted]:
        wanted = handing.plan(scheme.name, values)
        return wanted, handing.look(place.gate, row.uid, wanted)

    note = "What people hold already stays theirs and counts. What it comes to is said before it is done."
    form = Form(f"Hand out #{row.number}: {scheme.title}", fields, save, note=note, done="Look")
    place.app.push_screen(form, lambda found: _confirm(place, row, found))


def _confirm(place: Place, row: RoundRow, found: tuple[Plan, Allotted] | None) -> None:
    if found is None:
        return
    (wanted, allotted), house = found, place.house

    def answered(yes: bool | None) -> None:
        if yes:
            house.write(lambda desk: handing.hand_out(desk, row.uid, wanted), say=said)

    def said(done: Allotted) -> str:
        return f"{_assignments(done.new)} handed out in #{row.number}. u takes that back."

    if not allotted.new:
        house.tell("Nothing to hand out", "\n".join(["Everybody has what this asks for.", *told(allotted)]))
        return
    lines = [f"{_assignments(allotted.new)} to hand out. With what people hold already:", ""]
    lines += told(allotted)
    if row.readers > len(allotted.loads):
        lines += ["", f"The round wants {row.readers:,} people on each paper: so few cannot finish it."]
    house.push_screen(Confirm("Hand these out?", "\n".join(lines), yes="Hand out"), answered)


def _assignments(n: int) -> str:
    return f"{n:,} assignment{'' if n == 1 else 's'}"


def told(allotted: Allotted) -> list[str]:
    """Return lines that say what everybody has, together with whom, and what is left open."""
    lines = []
    for load in allotted.loads:
        amounts = ((load.read, "to read"), (load.second, "as second person"), (load.check, "to check"))
        parts = [f"{n:,} {word}" for n, word in amounts if n]
        lines.append(f"{line(load.person)}: {' · '.join(parts) or 'nothing'}")
    shared = [
        f"{' and '.join(sorted((line(one.one), line(one.other))))} {one.entries:,}" for one in allotted.pairs
    ]
    if shared:
        more = f" and {len(shared) - _MOST_PAIRS} pairs more" if len(shared) > _MOST_PAIRS else ""
        lines.append(f"Together: {', '.join(shared[:_MOST_PAIRS])}{more}")
    if allotted.short:
        lines.append(f"{_papers(len(allotted.short))} with fewer people than that.")
    if allotted.unchecked:
        lines.append(f"{_papers(allotted.unchecked)} short of that percentage.")
    return lines


def _papers(n: int) -> str:
    return f"{n:,} paper{'' if n == 1 else 's'}"


def begin_handing_over(place: Place, row: RoundRow) -> None:
    """Ask who leaves, and give what that person has not decided to the others."""

    def ask(holders: list[str]) -> None:
        if not holders:
            place.house.say("Nothing was handed out in this round yet: h does it.")
            return
        options = [Option(line(name), name) for name in holders]
        place.app.push_screen(Choose(f"Who leaves #{row.number}?", options), chosen)

    def chosen(leaving: str | None) -> None:
        if leaving is not None:
            _ask_why(place, row, leaving)

    place.house.with_person(
        lambda: place.fetch(lambda gate: gateway.handed_to(gate, row.uid), ask, group="form")
    )


def _ask_why(place: Place, row: RoundRow, leaving: str) -> None:
    def save(values: dict[str, str]) -> str:
        done = place.house.at_desk(lambda desk: handing.hand_over(desk, row.uid, leaving, values["why"]))
        short = f" {_papers(len(done.short))} stay without a reader." if done.short else ""
        return (
            f"{_assignments(done.ended)} taken from {line(leaving)}, {done.new:,} given to others.{short}"
            " u takes that back."
        )

    note = (
        f"What {line(leaving)} decided stays. What is undecided goes to the others, as it was handed out:"
        f" {shorten(row.name[:400], 60)}."
    )
    form = Form(f"{line(leaving)} leaves", [Field("why", "Why")], save, note=note, done="Hand over")
    place.app.push_screen(form, place.house.say_done)
