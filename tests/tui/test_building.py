"""Boxes built while reading: a passage and a key make a part that leads back to the sentence."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from realist.domain.configuration import Box
from realist.domain.notation import write
from realist.queries import answers, appraisals, boxes, excerpts, theory
from realist.queries.log import acts
from realist.services import attaching, forms, mechanisms, papers
from realist.services.unit import Desk
from tests.tui.forms import field, save
from tests.tui.support import open_app, press, settle, text_of
from tui.screens.reading import ReadingScreen

FILE = """Peers met each week. The firm lent a room and paid for coffee. They felt heard, and came again.
Fewer left the firm. Nobody was asked to lead.

Two managers stayed away.
"""


@pytest.fixture
def review(file_desk: Desk, tmp_path: Path) -> Desk:
    """A paper with a text, another without, two mechanisms."""
    papers.add_paper(file_desk, label="Ash (2001)", title="Trust")
    papers.add_paper(file_desk, label="Beech (2002)", title="Another")
    (tmp_path / "ash.txt").write_text(FILE, encoding="utf-8")
    attaching.attach(file_desk, "Ash (2001)", tmp_path / "ash.txt")
    mechanisms.add_mechanism(file_desk, "Being heard")
    mechanisms.add_mechanism(file_desk, "Room to meet")
    return file_desk


async def reading(pilot: Pilot[str]) -> ReadingScreen:
    """Go to the text of the first paper."""
    await press(pilot, "g", "p", "home", "enter", "r")
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


def stored(desk: Desk) -> list[Box]:
    """Return the boxes as they are stored."""
    with desk.store.read() as connection:
        return boxes.boxes(connection)


async def first_box(pilot: Pilot[str]) -> None:
    """Build a box of the first four sentences: each selected by going on from the last one."""
    await press(pilot, "s", "c", *"peers meet", "enter")
    await press(pilot, "s", "right", "r", *"a room is lent", "enter", "plus")
    await press(pilot, "s", "right", "e", *"they feel heard", "enter", "plus")
    await press(pilot, "s", "right", "o", *"fewer leave", "enter", "minus")


async def test_a_box_is_built_of_passages(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await first_box(pilot)
        assert "(M+, Resource)" in text_of(pilot)
    (box,) = stored(review)
    assert write(box.parts) == (
        "peers meet (C) → a room is lent (M+, Resource) and they feel heard (M+, Reasoning)"
        " → fewer leave (O–)"
    )
    assert [paper.name for paper in box.papers] == ["Ash (2001)"]
    assert [source.quotation for one in box.elements for source in one.sources] == [
        "Peers met each week.", "The firm lent a room and paid for coffee.",
        "They felt heard, and came again.", "Fewer left the firm.",
    ]  # fmt: skip
    with review.store.read() as connection:
        assert {one.state for one in excerpts.excerpts(connection)} == {"found"}


async def test_enter_alone_takes_the_words_of_the_passage(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "o", "enter")
    (box,) = stored(review)
    assert box.elements[0].part.text == "Peers met each week."


async def test_one_passage_serves_several_parts_and_is_kept_once(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", *"one", "enter", "V", "o", *"two", "enter")
    (box,) = stored(review)
    assert len({source.excerpt for one in box.elements for source in one.sources}) == 1
    with review.store.read() as connection:
        (excerpt,) = excerpts.excerpts(connection)
    assert [(one.kind, one.words) for one in excerpt.serves] == [("context", "one"), ("outcome", "two")]


async def test_a_part_rests_on_a_further_passage_and_says_more(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "m", *"heard", "enter", "s", "right", "R")
        await press(pilot, "d")
        await save(
            pilot, text="being heard", kind="reasoning", activation="weak", basis="inferred", label="M1",
            inference="abduction", memo="from the two", hedge="seems", site="firm A", mechanism="Being heard",
            context="a firm; small",
        )  # fmt: skip
        await press(pilot, "asterisk")
    ((part,),) = (box.elements for box in stored(review))
    assert write([part.part]) == "being heard (M1±, Reasoning, weak, inferred)"
    assert (part.inference, part.hedge, part.site) == ("abduction", "seems", "firm A")
    assert [source.quotation or source.text for source in part.sources] == [
        "Peers met each week.", "The firm lent a room and paid for coffee.", "from the two",
    ]  # fmt: skip
    assert [(tag.kind, tag.name) for tag in part.tags] == [
        ("mechanism", "Being heard"), ("context", "a firm"), ("context", "small"),
    ]  # fmt: skip


async def test_a_part_is_inferred_with_a_memo(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "z", "enter", "I")
        await save(pilot, how="retroduction", memo="what must be so")
    ((part,),) = (box.elements for box in stored(review))
    assert (part.part.kind, part.part.basis, part.inference) == ("unsure", "inferred", "retroduction")
    assert part.sources[-1].text == "what must be so"


async def test_a_box_stands_under_a_mechanism_and_shows_something(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", "enter", "M", *"room", "enter", "P", "P")
        await press(pilot, "M", *"Being heards", "enter")
        assert "almost the same" in text_of(pilot)
        await press(pilot, "n")
    (box,) = stored(review)
    assert [one.name for one in box.mechanisms] == ["Room to meet", "Being heard"]
    assert box.polarity == "absence"


async def test_the_next_part_begins_a_new_box_or_goes_to_another(review: Desk) -> None:
    async with open_app(review.store.address, (130, 40)) as pilot:
        await reading(pilot)
        await first_box(pilot)
        await press(pilot, "B", "enter", "s", "right", "c", *"nobody leads", "enter")
        assert "Other boxes" in text_of(pilot)
        await press(pilot, "B", "down", "enter", "s", "o", *"they stay", "enter")
    one, two = stored(review)
    assert [len(box.elements) for box in (one, two)] == [5, 1]
    assert one.parts[-1].text == "they stay"


async def test_more_is_done_with_a_box_and_its_part(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await first_box(pilot)
        await press(pilot, "O", *"template", "enter", "O", *"underpins", "enter", "enter")
        await press(pilot, "comma", "O", *"leads", "enter", *"fewer", "enter")
        await press(pilot, "O", *"take", "enter")
    one, two = stored(review)
    assert (len(one.elements), len(two.elements)) == (4, 3)
    assert [(of.kind, of.configuration.uid) for of in two.relations] == [("underpins", one.uid)]
    assert not any(element.sources for element in two.elements)


async def test_a_part_leads_to_one_of_another_box(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", *"first", "enter", "B", "enter", "s", "right", "o", *"second", "enter")
        await press(pilot, "O", *"leads", "enter", *"first", "enter")
    one, two = stored(review)
    ((link,),) = (box.links for box in (two,))
    assert (link.from_uid, link.to_uid) == (two.elements[0].uid, one.elements[0].uid)


async def test_a_box_is_written_in_the_notation(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", *"peers meet", "enter", "W")
        await save(pilot, text="peers meet (C) → they talk (M+, Reasoning) → trust (O+)")
    (box,) = stored(review)
    assert len(box.elements) == 3
    assert box.elements[0].sources[0].quotation == "Peers met each week."


async def test_what_the_scheme_does_not_have_is_said(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "i")
        assert "O edits the box" in text_of(pilot)
    assert stored(review) == []


async def test_evidence_and_readings_without_a_box(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "right", "E")
        await save(pilot, name="Room to meet", stance="weakens", claim="a room is not enough")
        await press(pilot, "L")
        await save(pilot, result="none", mechanism="Being heard")
    with review.store.read() as connection:
        (row,) = theory.evidence(connection)
        (read,) = theory.readings(connection)
    assert (row["stance"], row["quotation"]) == ("weakens", "The firm lent a room and paid for coffee.")
    assert (read["mechanism"], read["result"]) == ("Being heard", "none")


async def test_a_paper_is_appraised_and_a_form_filled(review: Desk) -> None:
    forms.define_form(review, forms.ready_template("characteristics"))
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "A", "y")
        await save(pilot, l0="high", r0="of these firms")
        await press(pilot, "F")
        await save(pilot, country="Sweden")
    with review.store.read() as connection:
        (one,) = appraisals.appraisals(connection)
        form = answers.form_named(connection)
        (given,) = answers.answers(connection, form).values()
    assert (one.dimension, one.level, one.reason) == ("relevance", "high", "of these firms")
    assert given["country"][0].value == "Sweden"


async def test_undo_takes_the_last_part_back_and_nothing_else(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        screen: Any = await reading(pilot)
        await first_box(pilot)
        await press(pilot, "u", "u")
        assert screen.part.part.text == "they feel heard"
    (box,) = stored(review)
    assert [part.text for part in box.parts] == ["peers meet", "a room is lent", "they feel heard"]


async def test_what_was_typed_is_there_again_after_a_crash(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", *"half a sen")
        await asyncio.sleep(0.6)
        await settle(pilot)  # and the program is gone, without a word
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c")
        await settle(pilot)
        assert field(pilot, "words") == "half a sen"
        await press(pilot, *"tence", "enter")
        await press(pilot, "s", "c")
        assert field(pilot, "words") == ""
    (box,) = stored(review)
    assert box.parts[0].text == "half a sentence"


async def test_what_is_thrown_away_does_not_come_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await reading(pilot)
        await press(pilot, "s", "c", *"not this")
        await asyncio.sleep(0.6)
        await press(pilot, "escape", "escape")
        await settle(pilot)
        await press(pilot, "s", "c")
        await settle(pilot)
        assert field(pilot, "words") == ""


async def test_a_part_that_was_taken_back_is_changed_by_no_key(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        screen: Any = await reading(pilot)
        await press(pilot, "s", "c", *"one", "enter", "s", "right", "o", *"two", "enter")
        await press(pilot, "u", "minus")
        assert screen.part.part.text == "one"
    (box,) = stored(review)
    assert [(part.text, part.valence) for part in box.parts] == [("one", "-")]
    with review.store.read() as connection:
        last = acts(connection, limit=5)
    assert any(act["subject"].startswith("1 of box #1") for act in last)
