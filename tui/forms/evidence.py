"""What is asked beside a text that is no box: evidence, readings, appraisals, the answers to a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from realist.domain.forms import spoken
from realist.text import shorten
from tui.dialogs import Choose, Confirm, Field, Form, Option
from tui.forms.asked import asked_fields
from tui.forms.design import begin_forms
from tui.gateway import building

if TYPE_CHECKING:
    from realist.queries.answers import Version
    from realist.queries.appraisals import Dimension
    from tui.gateway.building import Known, Stretch
    from tui.place import Place

_SHOWN = 400


def begin_evidence(
    place: Place, paper: str, at: Stretch, words: str, locator: str, then: Callable[[], None]
) -> None:
    """Ask what a passage does to a mechanism, context, outcome or statement of a theory, and record it."""

    def ask(known: Known) -> None:
        def save(values: dict[str, str]) -> str:
            place.house.at_desk(lambda desk: building.add_evidence(desk, paper, values, at, locator))
            return f"Recorded: {values['stance']} {values['name']}."

        def done(answer: str | None) -> None:
            if answer:
                then()
                place.house.say_done(answer)

        names = (*known.mechanism, *known.context, *known.outcome, *known.statement)
        fields = [
            Field("name", "Which one", choices=names, help="→ takes what is suggested."),
            Field("stance", "What the passage does to it", choices=building.STANCES, only=True),
            Field("on", "It is a", choices=building.BORNE_ON, only=True),
            Field("claim", "What the paper says, in your words", long=True),
            Field("topic", "Topic"),
            Field("site", "The case within the paper"),
        ]
        note = f"“{shorten(words, _SHOWN)}” {locator}".strip()
        place.app.push_screen(Form("Evidence", fields, save, note=note, draft=f"evidence of {paper}"), done)

    place.house.with_person(lambda: place.fetch(building.known, ask, group="names"))


def begin_looked(place: Place, paper: str, called: str) -> None:
    """Ask what reading a paper for a mechanism gave."""

    def ask(known: Known) -> None:
        def save(values: dict[str, str]) -> str:
            place.house.at_desk(lambda desk: building.add_reading(desk, paper, values))
            return f"Recorded: {values['result']}."

        fields = [
            Field("result", "What came of it", "none", choices=building.RESULTS, only=True),
            Field(
                "mechanism", "The mechanism looked for; empty: every one there is", choices=known.mechanism
            ),
            Field("note", "Note", long=True),
        ]
        form = Form(
            "Read for a mechanism", fields, save, note=shorten(called, 80), draft=f"reading of {paper}"
        )
        place.app.push_screen(form, place.house.say_done)

    place.house.with_person(lambda: place.fetch(building.known, ask, group="names"))


def begin_appraise(place: Place, paper: str, called: str) -> None:
    """Ask for the levels of each dimension, with reasons; where there is no scale, offer the ready one."""

    def ask(found: tuple[list[Dimension], dict[str, str]]) -> None:
        dimensions, own = found
        if not dimensions:
            text = "Relevance, richness and rigour, each low, moderate or high, can be taken as they are."
            place.app.push_screen(Confirm("This review has no scale yet. Add one?", text), added)
            return

        def save(values: dict[str, str]) -> str:
            done = place.house.at_desk(lambda desk: building.appraise(desk, paper, dimensions, values))
            return f"Appraised for {done} of {len(dimensions)}; it never excludes."

        fields = []
        for n, of in enumerate(dimensions):
            levels = ("", *(level.name for level in of.levels))
            note = of.description
            fields.append(Field(f"l{n}", of.name, own.get(of.name, ""), choices=levels, only=True, help=note))
            fields.append(Field(f"r{n}", f"Why: the reason for {of.name}"))
        form = Form(
            "Appraise this paper", fields, save, note=shorten(called, 80), draft=f"appraisal of {paper}"
        )
        place.app.push_screen(form, place.house.say_done)

    def added(yes: bool | None) -> None:
        if yes:
            place.house.write(building.add_scale, lambda done: again())

    def again() -> None:
        place.fetch(lambda gate: building.scale(gate, paper), ask, group="names")

    place.house.with_person(again)


def begin_form(place: Place, paper: str, called: str) -> None:
    """Fill in a form for a paper; where there are several, ask which, and where there is none, define one."""

    def ask(found: list[tuple[Version, dict[str, str]]]) -> None:
        if not found:
            begin_forms(place.house)
        elif len(found) == 1:
            _fill(place, paper, called, *found[0])
        else:
            options = [Option(form.template.name, str(n)) for n, (form, _) in enumerate(found)]

            def chosen(n: str | None) -> None:
                if n:
                    _fill(place, paper, called, *found[int(n)])

            place.app.push_screen(Choose("Which form?", options), chosen)

    place.house.with_person(lambda: place.fetch(lambda gate: building.asked(gate, paper), ask, group="names"))


def _fill(place: Place, paper: str, called: str, form: Version, own: Mapping[str, str]) -> None:
    before = {field.key: spoken(field, own.get(field.key, "")) for field in form.template.fields}

    def save(values: dict[str, str]) -> str:
        name = form.template.name
        done = place.house.at_desk(lambda desk: building.fill(desk, paper, name, before, values))
        return f"{done} {'answer was' if done == 1 else 'answers were'} kept."

    shown = Form(
        form.template.name,
        asked_fields(form.template, before),
        save,
        note=shorten(called, 80),
        draft=f"form {form.uid} of {paper}",
    )
    place.app.push_screen(shown, place.house.say_done)
