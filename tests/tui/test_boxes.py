"""Boxes: the list, the drawn box, and everything that can be done to one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation, Source, TagRef
from realist.domain.notation import Part, read, write
from realist.domain.placing import placed
from realist.queries.boxes import boxes
from realist.queries.naming import resolve
from realist.services import configurations, editing, mechanisms, papers
from realist.services.unit import Desk
from realist.vocabulary import ConfigurationStatus, ElementKind, Polarity, RelationKind, SourceKind, Valence
from tests.fewer import fewer
from tests.tui.forms import field, fill, refusal, save
from tests.tui.support import layouts, open_app, press, row_with, settle, text_of
from tui.forms.box import LastOf, where
from tui.screens.boxes import BoxesScreen
from tui.widgets.box_page import short_chain
from tui.widgets.detail import Detail

TEXT = (
    "a merger (C) → views are asked (M+, Resource) but overridden (M–, Reasoning, inferred) → they leave (O–)"
)
HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]Trustful[/] \u202eevil\x9b31m"


@pytest.fixture
def review(file_desk: Desk) -> Desk:
    """Three boxes: a full one, one that varies it and leads to it, and a synthesised one of no paper."""
    for label in ("Choi (2012)", "Best (2017)"):
        papers.add_paper(file_desk, label=label)
    for name in ("Working with power", "Trust"):
        mechanisms.add_mechanism(file_desk, name)
    one, two, three, four = (BoxElement(part, f"e{n}") for n, part in enumerate(read(TEXT).parts, 1))
    quoted = Source(SourceKind.EXCERPT, "s1", quotation="They asked us.", locator="p. 4", excerpt="x1")
    one = replace(one, sources=(quoted,), tags=(TagRef("context", "", "Mergers"),))
    three = replace(three, sources=(Source(SourceKind.INFERENCE, "s3", text="Nobody says so outright."),))
    full = Box(
        uid="b1", label="2b", title="Views overridden", papers=(Ref("", "Choi (2012)"),),
        mechanisms=(Ref("", "Working with power"),), elements=(one, two, three, four),
        links=(Link("e1", "e4", "l1", "in the end"),), polarity=Polarity.ABSENCE, country="Sweden",
        narrative="A story of two departments.", printed="If merged, they leave.",
        status=ConfigurationStatus.PAPER_LEVEL,
    )  # fmt: skip
    other = Box(
        uid="b2", label="2c", papers=(Ref("", "Best (2017)"),),
        elements=(BoxElement(Part(ElementKind.OUTCOME, "unrest spreads"), "e9"),),
        links=(Link("e9", "e1", "l9"),), relations=(Relation(RelationKind.VARIES, Ref("b1", ""), "r9"),),
    )  # fmt: skip
    third = Box(uid="b3", title="Löwstedt’s rule", status=ConfigurationStatus.SYNTHESISED)
    configurations.import_configurations(file_desk, [full, other, third])
    return file_desk


def stored(desk: Desk, uid: str) -> Box:
    with desk.store.read() as connection:
        return boxes(connection, uids=[uid])[0]


def newest(desk: Desk) -> Box:
    with desk.store.read() as connection:
        return boxes(connection)[-1]


def opened(pilot: Pilot[str], monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note what is opened instead of opening it."""
    found: list[tuple[str, str]] = []

    def note(kind: str, uid: str, **how: Any) -> None:
        found.append((kind, uid))

    monkeypatch.setattr(pilot.app, "open", note)
    return found


async def test_the_list_says_what_each_box_is_and_the_page_draws_it(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "b")
        shown = text_of(pilot)
        row = row_with(pilot, "   #1 ")
        for words in ("2b Views over", "Choi (2012)", "C→Mr+ Me−→O−"):
            assert words in row
        for words in (
            "→ views are asked (M+, Resource) but", "− its absence", "Sweden", "A story of two departments.",
            "“They asked us.”", "Choi (2012), p. 4", "inferred: Nobody says so outright.", "context: Mergers",
            "part 1 → part 4 · in the end", "#2 2c varies this box", "#2 2c, part 1 → part 1",
            "If merged, they leave.", "no source yet",
        ):  # fmt: skip
            assert words in shown
        await press(pilot, "j")
        assert "varies #1 2b" in text_of(pilot)
        assert "e9" not in text_of(pilot)
        await press(pilot, "j")
        assert "No part yet" in text_of(pilot)
        assert "● synthesised" in text_of(pilot)


@pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 40), True), ((200, 60), True)])
async def test_the_page_stands_beside_the_list_where_there_is_room(
    review: Desk, size: tuple[int, int], beside: bool
) -> None:
    async with open_app(review.store.address, size) as pilot:
        await press(pilot, "g", "b")
        listed, page = pilot.app.screen.query_one("#list").region, pilot.app.screen.query_one(Detail).region
        assert (listed.y == page.y) is beside
        assert listed.height >= 4
        assert page.width >= size[0] // 2 - 1
        assert "views are asked (M+," in text_of(pilot)
        assert all(len(row) <= size[0] for row in text_of(pilot).split("\n"))


async def test_moving_draws_the_next_box_without_laying_anything_out(review: Desk) -> None:
    async with open_app(review.store.address, (120, 40)) as pilot:
        await press(pilot, "g", "b")
        with layouts(pilot) as passes:
            await press(pilot, "j")
        assert "unrest spreads" in text_of(pilot)
        assert passes == []


async def test_of_a_paper_of_a_mechanism_and_one_box(review: Desk) -> None:
    with review.store.read() as connection:
        paper = resolve(connection, "paper", "Best (2017)")
        mechanism = resolve(connection, "mechanism", "Working with power")
    async with open_app(review.store.address) as pilot:
        app: Any = pilot.app
        app.open("boxes of paper", paper)
        await settle(pilot)
        assert "Boxes · 1 · Best (2017)" in text_of(pilot)
        assert "unrest spreads" in text_of(pilot)
        app.open("boxes of mechanism", mechanism)
        await settle(pilot)
        assert "Boxes · 1 · Working with power" in text_of(pilot)
        app.open("box", "b3")
        await settle(pilot)
        assert "Boxes · 3" in text_of(pilot)
        assert row_with(pilot, "Löwstedt’s rule").startswith("›")


@fewer("kind", ["paper", "mechanism"], 0)
async def test_a_box_added_among_those_of_a_thing_is_of_that_thing(review: Desk, kind: str) -> None:
    name = "Best (2017)" if kind == "paper" else "Trust"
    with review.store.read() as connection:
        uid = resolve(connection, kind, name)
    async with open_app(review.store.address) as pilot:
        app: Any = pilot.app
        app.open(f"boxes of {kind}", uid)
        await settle(pilot)
        await press(pilot, "w")
        assert field(pilot, f"{kind}s") == name
        await save(pilot, text="they left (O)")
        assert row_with(pilot, "they left").startswith("›")
    box = newest(review)
    found = box.papers or box.mechanisms
    assert [(one.uid, one.name) for one in found] == [(uid, name)]


async def test_the_filter_finds_by_words_of_everything_and_keeps_the_cursor(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "j")
        await press(pilot, "f", *"lowstedt")
        assert "1 of 3" in text_of(pilot)
        assert "Löwstedt’s rule" in row_with(pilot, "#3")
        filter_line = pilot.app.screen.query_one("#filter", Input)
        for words, numbers in (("overridden", "#1"), ("best", "#2"), ("power 2b", "#1"), ("zebra", "")):
            filter_line.value = words
            await settle(pilot)
            assert (numbers in text_of(pilot)) if numbers else ("No box holds these words" in text_of(pilot))
        filter_line.value = ""
        await press(pilot, "escape")
        assert "Boxes · 3" in text_of(pilot)
        assert pilot.app.focused is pilot.app.screen.query_one("#list")


async def test_enter_goes_into_the_box_and_on_to_paper_mechanism_and_box(
    review: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "b", "enter")
        page = pilot.app.screen.query_one(Detail)
        assert pilot.app.focused is page
        found = opened(pilot, monkeypatch)
        for place, target in sorted(page._sheet.targets.items()):
            page.go_to(place)
            await press(pilot, "enter")
            assert found[-1] == (target.kind, target.uid)
        with review.store.read() as connection:
            paper = resolve(connection, "paper", "Choi (2012)")
            mechanism = resolve(connection, "mechanism", "Working with power")
        assert {("paper", paper), ("mechanism", mechanism), ("box", "b2")} == set(found)
        await press(pilot, "escape")
        assert pilot.app.focused is pilot.app.screen.query_one("#list")
        await press(pilot, "tab")
        assert pilot.app.focused is page


async def test_p_goes_to_the_paper(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b")
        found = opened(pilot, monkeypatch)
        await press(pilot, "p", "end", "p")
        assert [kind for kind, _ in found] == ["paper"]
        assert "no paper yet" in text_of(pilot)


async def test_p_asks_which_of_several_papers(review: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (Ref("", "Best (2017)"), Ref("", "Choi (2012)"))
    editing.edit_configuration(review, "b3", replace(stored(review, "b3"), papers=both))
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "end")
        found = opened(pilot, monkeypatch)
        await press(pilot, "p", *"choi", "enter")
        assert found == [("paper", stored(review, "b1").papers[0].uid)]


async def test_a_adds_a_box_by_form_and_leaves_out_what_is_blank(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "a")
        await save(
            pilot, papers="choi (2012); #2", mechanisms="Trust", label="9", title="Half a box",
            polarity="both", setting="a ward", country="Eire", t0="pooled money", t1="a joint manager",
            v1="+", t2="nobody feels  robbed", v2="+", t4="they go on", v4="±", narrative="So it went.",
        )  # fmt: skip
        assert isinstance(pilot.app.screen, BoxesScreen)
        assert row_with(pilot, "Half a box").startswith("›")
        box = newest(review)
    assert write(box.parts) == (
        "pooled money (C) → a joint manager (M+, Resource) and nobody feels robbed (M+, Reasoning)"
        " → they go on (O±)"
    )
    assert [paper.name for paper in box.papers] == ["Choi (2012)", "Best (2017)"]
    assert [one.name for one in box.mechanisms] == ["Trust"]
    assert (box.label, box.setting, box.country, box.narrative) == ("9", "a ward", "Eire", "So it went.")
    assert (box.status, box.polarity) == (ConfigurationStatus.PAPER_LEVEL, Polarity.BOTH)


async def test_what_the_form_refuses_stays_in_the_form(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "a")
        await press(pilot, "ctrl+s")
        assert "Nothing was added" in refusal(pilot)
        await save(pilot, papers="Choy (2012)", t0="pooled money", v0="-")
        assert "Did you mean #1 Choi (2012)?" in refusal(pilot)
        assert (field(pilot, "t0"), field(pilot, "v0")) == ("pooled money", "-")
        await press(pilot, "escape")
        assert "throws away" in refusal(pilot)
        await save(pilot, papers="Choi (2012)")
        assert newest(review).parts == (Part(ElementKind.CONTEXT, "pooled money", Valence.MINUS),)


async def test_w_draws_what_is_understood_and_adds_it(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "w")
        await fill(pilot, text="a merger (C)\n-> they leave (O- and more)")
        live = str(pilot.app.screen.query_one("#live", Static).render())
        assert "? line 2, character" in live
        assert "a merger (C)" in live
        await save(pilot, text="")
        assert "Nothing was written" in refusal(pilot)
        await save(pilot, text="a merger (C) -> they leave (O-)", label="7", mechanisms="Trust")
        box = newest(review)
    assert write(box.parts) == "a merger (C) → they leave (O–)"
    assert (box.label, box.status) == ("7", ConfigurationStatus.CANDIDATE)
    assert [one.name for one in box.mechanisms] == ["Trust"]


async def test_e_edits_by_form_and_keeps_what_the_parts_rest_on(review: Desk) -> None:
    before = stored(review, "b1")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "e")
        assert [field(pilot, f"t{place}") for place in range(6)] == [
            "a merger", "views are asked", "overridden", "they leave", "", "",
        ]  # fmt: skip
        await save(
            pilot, title="Views unheard", papers="Best (2017)", v1="", t2="", t3="they leave at once",
            t5="unrest", reason="after the meeting",
        )  # fmt: skip
        assert "Views unheard" in text_of(pilot)
    box = stored(review, "b1")
    assert write(box.parts) == (
        "a merger (C) → views are asked (M, Resource) → they leave at once (O–) and unrest (O)"
    )
    assert [element.uid for element in box.elements][:3] == ["e1", "e2", "e4"]
    assert box.elements[0] == before.elements[0]
    assert [paper.name for paper in box.papers] == ["Best (2017)"]
    assert (box.mechanisms, box.links, box.narrative) == (before.mechanisms, before.links, before.narrative)


async def test_saving_the_form_as_it_was_changes_nothing(review: Desk) -> None:
    before = stored(review, "b1")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "e", "ctrl+s")
        assert isinstance(pilot.app.screen, BoxesScreen)
    assert stored(review, "b1") == before


async def test_n_edits_the_notation_and_keeps_sources_tags_and_links(review: Desk) -> None:
    before = stored(review, "b1")
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "n")
        assert read(field(pilot, "text")).parts == before.parts
        changed = TEXT.replace("a merger", "a forced merger").replace("they leave", "they stay, sadly")
        await save(pilot, text=changed)
        assert "a forced merger (C)" in text_of(pilot)
    box = stored(review, "b1")
    assert write(box.parts) == changed
    assert [element.uid for element in box.elements] == ["e1", "e2", "e3", "e4"]
    assert [element.sources for element in box.elements] == [one.sources for one in before.elements]
    assert (box.elements[0].tags, box.links) == (before.elements[0].tags, before.links)


@fewer("key", ["e", "n"], 0)
async def test_what_a_colleague_changed_meanwhile_is_said_once(review: Desk, key: str) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", key)
        editing.edit_configuration(review, "b1", replace(stored(review, "b1"), title="A colleague’s title"))
        values = {"t3": "they stay"} if key == "e" else {"text": TEXT.replace("they leave", "they stay")}
        await save(pilot, **values)
        assert "was changed meanwhile by SF" in refusal(pilot)
        assert "they stay" in field(pilot, next(iter(values)))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, BoxesScreen)
    box = stored(review, "b1")
    assert (box.title, box.parts[3].text) == ("A colleague’s title", "they stay")


async def test_x_drops_with_a_reason_and_u_brings_it_back(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        await press(pilot, "g", "b", "x", "ctrl+s")
        assert "needs a reason" in refusal(pilot)
        await save(pilot, reason="said twice")
        assert stored(review, "b1").status is ConfigurationStatus.DROPPED
        assert "✗" in row_with(pilot, "Views over")
        await press(pilot, "u")
        assert stored(review, "b1").status is ConfigurationStatus.PAPER_LEVEL


async def test_a_change_by_anybody_is_shown_and_the_cursor_stays_on_its_box(review: Desk) -> None:
    async with open_app(review.store.address) as pilot:
        app: Any = pilot.app
        await press(pilot, "g", "b", "j")
        editing.edit_configuration(review, "b2", replace(stored(review, "b2"), title="Unrest, renamed"))
        app.changed(app.gate.version())
        await settle(pilot)
        assert row_with(pilot, "Unrest, renamed").startswith("›")


async def test_an_empty_review_says_what_to_do(file_desk: Desk) -> None:
    async with open_app(file_desk.store.address) as pilot:
        await press(pilot, "g", "b")
        assert "No box yet: a adds one by form, w in the notation." in text_of(pilot)
        await press(pilot, "e", "n", "x", "p", "enter")
        assert isinstance(pilot.app.screen, BoxesScreen)


@pytest.mark.slow
@fewer("size", [(80, 24), (120, 40)], 0)
async def test_hostile_rows_are_shown_plain(file_desk: Desk, size: tuple[int, int]) -> None:
    parts = tuple(
        BoxElement(Part(kind, HOSTILE * 20, label=HOSTILE, segment=n))
        for n, kind in enumerate(ElementKind, 1)
    )
    papers.add_paper(file_desk, label=HOSTILE)
    box = Box(
        label=HOSTILE, title=HOSTILE * 3000, narrative=HOSTILE * 3000, printed=HOSTILE, setting=HOSTILE,
        country=HOSTILE, mechanisms=(Ref("", HOSTILE),), elements=parts,
    )  # fmt: skip
    configurations.add_configuration(file_desk, box)
    async with open_app(file_desk.store.address, size) as pilot:
        await press(pilot, "g", "b")
        for keys in ((), ("enter", "end"), ("e",), ("escape", "n"), ("escape", "x"), ("escape",)):
            await press(pilot, *keys)
            shown = text_of(pilot)
            assert all(c.isprintable() or c == "\n" for c in shown)
            assert "\u202e" not in shown
        assert "[bold red]Trustful[/]" in shown


def test_the_short_chain_has_letters_signs_and_arrows() -> None:
    assert short_chain(read(TEXT).parts) == "C→Mr+ Me−→O−"
    assert short_chain(read("a (C) -> b (M) -> c (O±), d (O0) ").parts) == "C→M→O± O0"
    assert short_chain(()) == ""


def test_a_new_part_goes_where_its_kind_belongs() -> None:
    now = [BoxElement(part) for part in read("a (C) → b (M+, Resource) and c (M+, Reasoning) → d (O+)").parts]
    kinds = (ElementKind.CONTEXT, ElementKind.MECHANISM, ElementKind.OUTCOME, ElementKind.ACTOR)
    whole = placed(now, [BoxElement(Part(kind, f"new {kind}")) for kind in kinds])
    assert write([one.part for one in whole]) == (
        "a (C) and new context (C) → new actor (A)"
        " → b (M+, Resource) and c (M+, Reasoning) and new mechanism (M) → d (O+) and new outcome (O)"
    )


async def test_names_are_suggested_after_the_last_separator() -> None:
    suggest = LastOf(["Choi (2012)", "Chen (2011)"]).get_suggestion
    assert await suggest("Best (2017); cho") == "Best (2017); choi (2012)"
    assert await suggest("Best (2017); ") is None
    assert await suggest("zebra") is None


def test_places_count_from_one() -> None:
    assert where("abc", 1) == "character 2"
    assert where("abc\ndef", 5) == "line 2, character 2"


async def test_what_is_to_be_looked_at_is_listed_and_can_be_fine(review: Desk) -> None:
    async with open_app(review.store.address, (120, 60)) as pilot:
        await press(pilot, "g", "b")
        assert "To look at" in text_of(pilot)
        await press(pilot, "d")
        await press(pilot, "enter")
        await save(pilot, reason="so it is printed")
        assert "Fine, says SF: so it is printed" in " ".join(text_of(pilot).replace("│", " ").split())
