"""Defining an extraction form on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from realist.domain.forms import Template, read_template
from realist.queries.answers import Version, current
from realist.services import drafts, forms, history, papers
from realist.services.unit import Desk
from tests.fewer import fewer
from tests.golden import golden
from tests.tui.hostile import CORPUS, FORBIDDEN
from tests.tui.support import open_app, press, text_of
from tui.forms.design import Designer

FORM = """
name = "The groups"

[[field]]
key = "leader"
label = "Who led it?"
kind = "choice"
choices = ["a nurse", "a peer"]

[[field]]
key = "size"
label = "How many came?"
kind = "number"
"""
SIZE = (80, 24)


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """A review with a paper and no form."""
    papers.add_paper(file_desk, label="Ash (2001)")
    return file_desk


@pytest.fixture
def formed(review: Desk) -> Desk:
    """The same with a form, and an answer to it."""
    forms.define_form(review, read_template(FORM))
    forms.fill_form(review, "Ash (2001)", {"leader": "a nurse", "size": "11"})
    return review


def in_use(desk: Desk) -> list[Version]:
    with desk.store.read() as connection:
        return current(connection)


async def typed(pilot: Pilot[str], words: str) -> None:
    await press(pilot, *(" " if c == " " else "enter" if c == "\n" else c for c in words))


async def opened(pilot: Pilot[str], *, form: str = "groups") -> None:
    """Open a form of the list to work on it."""
    await press(pilot, "ctrl+f")
    await typed(pilot, form)
    await press(pilot, "enter")


async def test_a_form_is_made_field_by_field_and_asked(review: Desk) -> None:
    async with open_app(review.store.address, SIZE) as pilot:
        await opened(pilot, form="a new form")
        await typed(pilot, "The groups")
        await press(pilot, "ctrl+s")
        assert "Form: The groups · new" in text_of(pilot)
        await press(pilot, "a")
        await typed(pilot, "Who led it?")
        await press(pilot, "tab", *["right"] * 3, "tab")
        await typed(pilot, "a nurse\na peer")
        await press(pilot, "ctrl+s", "a")
        await typed(pilot, "How many came?")
        await press(pilot, "tab", "right", "ctrl+s")
        assert "a nurse; a peer" in text_of(pilot)
        assert in_use(review) == []
        await press(pilot, "ctrl+s")
        assert "The form The groups is there, version 1." in text_of(pilot)
    (form,) = in_use(review)
    expected = read_template(FORM)
    assert [field.key for field in form.template.fields] == ["who-led-it", "how-many-came"]
    assert [(of.label, of.kind, of.choices) for of in form.template.fields] == [
        (of.label, of.kind, of.choices) for of in expected.fields
    ]
    with review.store.read() as connection:
        assert drafts.drafts(connection, "SF") == []


async def test_fields_are_changed_moved_and_taken_out_as_one_version(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "right_square_bracket")
        assert "another order" in text_of(pilot)
        await press(pilot, "x", "home", "enter", "end")
        await typed(pilot, " to each")
        await press(pilot, "ctrl+s")
        assert "1 changed · 1 taken out (leader): answers stay with version 1" in text_of(pilot)
        await press(pilot, "ctrl+s")
        assert "The form The groups is there, version 2." in text_of(pilot)
    (form,) = in_use(formed)
    assert [(of.key, of.label) for of in form.template.fields] == [("size", "How many came? to each")]
    with formed.store.read() as connection:
        from realist.queries.answers import answers, form_named

        old = form_named(connection, "The groups", number=1)
        (given,) = answers(connection, old).values()
    assert {key: [one.value for one in rows] for key, rows in given.items()} == {
        "leader": ["a nurse"],
        "size": ["11"],
    }
    history.undo(formed)
    assert in_use(formed)[0].number == 1


async def test_it_is_seen_as_it_will_be_asked_and_tried(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "p")
        golden("screens/form_as_asked_80.txt", text_of(pilot))
        await press(pilot, "right", "tab")
        await typed(pilot, "many")
        await press(pilot, "ctrl+s")
        assert "size: 'many' is no number" in text_of(pilot)
        await press(pilot, *["backspace"] * 4)
        await typed(pilot, "12")
        await press(pilot, "ctrl+s")
        assert "These answers would be taken; nothing was kept." in text_of(pilot)


@pytest.mark.parametrize(
    ("keys", "words", "why"),
    [
        ((), "", "Say what is asked."),
        (("tab", *["right"] * 3), "Led by", "Write the choices, one on each line."),
        (("tab", "tab", *"one"), "Led by", "A field of the kind text has no choices"),
        (("tab", "tab", "tab", "tab", *"leader"), "Led by", "Another field has the key 'leader'"),
        (("tab", "tab", "tab", "tab", *"Led By"), "Led by", "'Led By' is no key: use up to 40 small letters"),
    ],
)
async def test_a_field_that_cannot_be_is_refused_and_stays_typed(
    keys: tuple[str, ...], words: str, why: str, formed: Desk
) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        await typed(pilot, words)
        await press(pilot, *keys, "ctrl+s")
        assert " ".join(why.split()) in " ".join(text_of(pilot).replace("│", " ").split())
        assert "Add a field" in text_of(pilot)


async def test_what_was_done_is_there_again_and_esc_twice_throws_it_away(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "x")
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        assert "What you did before is back" in text_of(pilot)
        assert "1 taken out (leader)" in text_of(pilot)
        await press(pilot, "escape")
        assert "Esc again throws away what you did" in text_of(pilot)
        await press(pilot, "escape")
        await opened(pilot)
        assert "taken out" not in text_of(pilot)
        assert "Who led it?" in text_of(pilot)
    assert in_use(formed)[0].number == 1


async def test_a_field_half_typed_is_there_again(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        await typed(pilot, "How often")
        screen = pilot.app.screen
        getattr(screen, "_keep_draft")()  # noqa: B009 - what the clock does
        await press(pilot)
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        assert "How often" in text_of(pilot)


async def test_what_another_changed_meanwhile_is_not_covered_unseen(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot)
        await press(pilot, "x")
        other = Desk(formed.store, "ML")
        new = read_template(FORM + '[[field]]\nkey = "where"\n')
        forms.define_form(other, new)
        await press(pilot, "ctrl+s")
        shown = " ".join(text_of(pilot).replace("│", " ").split())
        assert "changed meanwhile, by ML: version 2 is in use" in shown
        assert "2 taken out (leader, where): answers stay with version 2" in shown
        assert in_use(formed)[0].number == 2
        await press(pilot, "ctrl+s")
        assert "version 3." in text_of(pilot)
    assert [of.key for of in in_use(formed)[0].template.fields] == ["size"]


async def test_a_new_form_does_not_take_the_place_of_another(formed: Desk) -> None:
    async with open_app(formed.store.address, SIZE) as pilot:
        await opened(pilot, form="a new form")
        await typed(pilot, "the GROUPS")
        await press(pilot, "ctrl+s", "ctrl+s")
        assert "The form has no fields: a adds one." in text_of(pilot)
        await press(pilot, "a")
        await typed(pilot, "Where")
        await press(pilot, "ctrl+s", "ctrl+s")
        assert "There is a form The groups already" in text_of(pilot)
    assert in_use(formed)[0].number == 1


async def test_where_there_is_no_form_filling_one_begins_with_defining_it(tour: str, review: Desk) -> None:
    async with open_app(review.store.address, SIZE) as pilot:
        await press(pilot, "g", "p", "enter", "r", "F")
        assert "Forms: change one, or define another" in text_of(pilot)
        await press(pilot, *"charact", "enter")
        assert "Form: Paper characteristics · new" in text_of(pilot)
        golden("screens/form_designer_80.txt", text_of(pilot))
        await press(pilot, "ctrl+s")
    assert in_use(review)[0].template == forms.ready_template("characteristics")


@fewer("evil", CORPUS[:16], 0, 6, 11)
async def test_hostile_words_stay_words(evil: str, review: Desk) -> None:
    template = read_template(FORM)
    fields = tuple(
        of.__class__(of.key, f"A {evil}", of.kind, tuple(f"{c} {evil}" for c in of.choices), evil)
        for of in template.fields
    )
    with review.unit("define form", "made up") as work:
        forms_rows(work.add, Template(f"F {evil}", evil, fields))
    async with open_app(review.store.address, SIZE) as pilot:
        await press(pilot, "ctrl+f", "enter")
        assert isinstance(pilot.app.screen, Designer)
        assert "Form: F" in text_of(pilot)
        await press(pilot, "p")
        shown = text_of(pilot).encode()
        assert b"As it will be asked" in shown
        assert not [code for code in FORBIDDEN if code in shown]


def forms_rows(add: Callable[..., object], template: Template) -> None:
    """Write a form as it came, behind the back of what checks it."""
    from realist.store.tables import Form, FormField

    form = Form(name=template.name, number=1, note=template.note)
    add(form)
    for position, of in enumerate(template.fields, 1):
        row = FormField(form=form.uid, position=position, key=of.key, label=of.label, kind=of.kind)
        row.choices, row.help = "\n".join(of.choices), of.help
        add(row)
