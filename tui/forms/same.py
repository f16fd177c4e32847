"""What papers are to each other, asked step by step: the same, related, of one study, apart again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from realist.text import line, shorten
from realist.vocabulary import Relatedness
from tui.dialogs import Busy, Choose, Confirm, Field, Form, Option, Progress
from tui.dialogs.pick import PickPaper
from tui.gateway import duplicates, pick, same
from tui.sheets.means import confirming

if TYPE_CHECKING:
    from realist.queries.listing import PaperLine
    from tui.app import RealistApp
    from tui.gateway.same import Means
    from tui.place import Place

Parts = Sequence[tuple[str, int, str]]


def begin_same(place: Place, uid: str, other: str = "") -> None:
    """Ask which paper is the same document as *uid*, unless it is *other*; confirm; state it."""
    if other:
        _confirm(place, uid, other)
        return
    _pick(place, uid, "the same as …", lambda found: _confirm(place, uid, found))


def _pick(place: Place, uid: str, what: str, then: Callable[[str], object]) -> None:
    def ask(paper: PaperLine | None) -> None:
        if paper is None:
            place.house.say("This paper is not in the review any more.")
            return
        name = shorten((paper.label or paper.title or paper.doi)[:500], 50)
        title = f"#{paper.number} {name} is {what}"
        place.app.push_screen(PickPaper(title, place.gate, uid), chosen)

    def chosen(found: str | None) -> None:
        if found:
            then(found)

    place.fetch(lambda gate: pick.line_of(gate, uid), ask, "same")


def _confirm(place: Place, uid: str, other: str) -> None:
    house = place.house

    def ask(means: Means) -> None:
        papers = [side.line.uid for side in means.sides]

        def answered(yes: bool | None) -> None:
            if yes:
                house.write(
                    lambda desk: same.call_same(desk, papers), say=lambda said: f"{said} u takes it back."
                )

        title = "Are these one document?"
        house.push_screen(Confirm(title, confirming(means), yes="Yes, the same"), answered)

    place.fetch(lambda gate: same.means(gate, (uid, other)), ask, "same")


def choose_kind(house: RealistApp, offered: str, then: Callable[[str | None], None]) -> None:
    """Ask how two papers belong together, what is *offered* first; hand the word to *then*."""
    words = sorted(map(str, Relatedness), key=lambda word: word != offered)
    options = [Option(word, word, "this is offered" if word == offered else "") for word in words]
    house.push_screen(Choose("How do they belong together?", options), then)


def begin_relate(place: Place, uid: str) -> None:
    """Ask for a paper that belongs together with *uid*, and how; state it."""

    def found(other: str) -> None:
        def chosen(kind: str | None) -> None:
            if kind:
                place.house.write(
                    lambda desk: same.relate(desk, uid, other, kind),
                    say=lambda said: f"{said} u takes it back.",
                )

        choose_kind(place.house, "", chosen)

    _pick(place, uid, "related to …", found)


def begin_study(place: Place, papers: Sequence[str]) -> None:
    """Ask for a study, one there is or a new one, and put papers in it."""

    def ask(known: list[tuple[str, str, int]]) -> None:
        names = {uid for uid, _, _ in known}
        options = [Option(name, uid, f"{n} paper{'' if n == 1 else 's'}") for uid, name, n in known]

        def chosen(study: str | None) -> None:
            if study:
                new = study not in names
                place.house.write(lambda desk: same.put_in_study(desk, study, papers, new=new), say=str)

        title = "Which study are both about?" if known else "Which study are both about? Type its name."
        place.app.push_screen(Choose(title, options, free="new study"), chosen)

    place.fetch(same.studies, ask, "studies")


def begin_split(house: RealistApp, papers: Sequence[tuple[str, int, Parts]]) -> None:
    """Ask which paper stands for itself again, and why; state it. *papers*: uid, number, what is joined."""
    options = []
    for uid, number, parts in papers:
        note = f"joined into #{number}"
        options += [Option(f"#{n} {line(name[:200])}", part, note) for part, n, name in parts]
        if len(parts) > 1:
            options.append(Option(f"#{number}", uid, "the others stay together"))

    def why(uid: str | None) -> None:
        if uid:
            name = next(option.label for option in options if option.value == uid)
            house.with_person(lambda: _ask_why(house, uid, shorten(name, 50)))

    if not options:
        house.say("No paper here has others joined into it.")
    elif len(options) == 1:
        why(options[0].value)
    else:
        house.push_screen(Choose("Which paper is a document of its own?", options), why)


def _ask_why(house: RealistApp, uid: str, name: str) -> None:
    def save(values: dict[str, str]) -> str:
        return house.at_desk(lambda desk: same.split(desk, uid, values["reason"]))

    note = "It stands for itself again. What was done on either paper stays where it was done."
    form = Form(f"Take {name} apart", [Field("reason", "Why?")], save, note=note, done="Split")
    house.push_screen(form, house.say_done)


def begin_look(place: Place) -> None:
    """Ask for the measure, and look for duplicates, with a way to stop."""
    house = place.house

    def done(answer: tuple[bool, str] | None) -> None:
        house.say(answer[1] if answer else "Stopped: nothing was joined.")

    def chosen(setting: str | None) -> None:
        if setting:

            def work(progress: Progress) -> str:
                return house.at_desk(lambda desk: duplicates.look(desk, setting, progress))

            house.push_screen(Busy("Looking for duplicates", work), done)

    def ask(known: list[tuple[str, str]]) -> None:
        options = [Option(name, name, told) for name, told in known]
        house.with_person(lambda: house.push_screen(Choose("Look for duplicates", options), chosen))

    place.fetch(duplicates.settings, ask, "settings")
