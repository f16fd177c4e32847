"""Things to look at in a box: every rule finds what it is for, and nothing in a box that is whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, Source
from realist.domain.doing import reads_like_doing
from realist.domain.looking import RULES, Around, looks
from realist.domain.notation import Part, read
from realist.vocabulary import (
    Activation,
    Basis,
    ElementKind,
    Inference,
    Polarity,
    Scheme,
    SourceKind,
    Valence,
)

QUOTED = Source(SourceKind.EXCERPT, quotation="words", excerpt="x")
WHOLE = "small firms (C) → a peer calls (M+, Resource) and it seems possible (M+, Reasoning) → they go (O+)"


def box(text: str = WHOLE, **more: object) -> Box:
    elements = tuple(BoxElement(part, f"e{i}", (QUOTED,)) for i, part in enumerate(read(text).parts, 1))
    values: dict[str, object] = {"uid": "b", "elements": elements, "mechanisms": (Ref("m", "Hope"),), **more}
    return Box(**values)  # type: ignore[arg-type]


def part(
    place: int,
    of: Box,
    *,
    sources: tuple[Source, ...] = (QUOTED,),
    inference: Inference | None = None,
    **more: object,
) -> Box:
    """Return the box with a part (from 1) changed."""
    elements = list(of.elements)
    element = elements[place - 1]
    changed = replace(element.part, **more)  # type: ignore[arg-type]
    elements[place - 1] = replace(element, part=changed, inference=inference, sources=sources)
    return replace(of, elements=tuple(elements))


def found(of: Box, around: Around | None = None) -> list[tuple[str, int]]:
    return [(look.rule, look.part) for look in looks(of, around)]


def test_a_whole_box_has_nothing_to_look_at() -> None:
    assert found(box()) == []


MEMO = Source(SourceKind.INFERENCE, text="all leave")
INFERRED: dict[str, Any] = {"basis": Basis.INFERRED}


@pytest.mark.parametrize(
    ("of", "finds"),
    [
        (box("a (C) → b (O+)"), [("partial", 0)]),
        (box("b (M+, Reasoning)"), [("partial", 0), ("reasoning-alone", 1)]),
        (box("a (C) → b (M+, Resource) → c (O+)"), [("resource-alone", 2)]),
        (box("a (C) → b (M+) → c (O+)"), [("unsplit", 2)]),
        (box("a (C) → x (M+, Resource) and a weekly workshop (M+, Reasoning) → c (O+)"), [("activity", 3)]),
        (box("a (C) → x (M+, Resource) and y (M+, Reasoning) → c (O)"), [("no-valence", 4)]),
        (part(1, box(), sources=()), [("no-source", 1)]),
        (part(1, box(), sources=(), **INFERRED), [("no-memo", 1), ("no-how", 1)]),
        (part(1, box(), sources=(QUOTED, replace(MEMO, text=" ")), inference=Inference.ABDUCTION, **INFERRED),
         [("no-memo", 1)]),
        (part(1, box(), sources=(MEMO,), **INFERRED), [("no-how", 1)]),
        (part(1, box(), sources=(MEMO,), inference=Inference.RETRODUCTION, **INFERRED), []),
        (box(f"{WHOLE} → what now"), [("unsure", 5)]),
        (box(mechanisms=()), [("no-mechanism", 0)]),
        (part(4, box(), activation=Activation.WEAK), [("activation", 4)]),
        (part(3, box(), activation=Activation.WEAK), []),
        (box(polarity=Polarity.ABSENCE), [("polarity", 0)]),
        (part(4, box(polarity=Polarity.ABSENCE), valence=Valence.MINUS), []),
        (box(polarity=Polarity.PRESENCE), []),
        (part(1, box(), text="word " * 61), [("long", 1)]),
        (part(1, box(), text="word " * 60), []),
        (part(4, box(), text="SMALL firms!"), [("twice", 4)]),
        (Box(uid="b"), [("partial", 0), ("no-mechanism", 0)]),
    ],
)  # fmt: skip
def test_each_rule_finds_what_it_is_for(of: Box, finds: list[tuple[str, int]]) -> None:
    assert found(of) == finds
    for look in looks(of):
        assert look.why.endswith(".")
        assert look.do.endswith(".")
        assert look.uid == (f"e{look.part}" if look.part else "b")


def test_what_is_whole_depends_on_the_scheme() -> None:
    (look,) = looks(box(), Around(Scheme.ICAMO))
    assert look.why == "It has no intervention and actor."
    assert found(box(), Around(Scheme.SCMO)) == [("partial", 0)]
    parts = (*box().elements, BoxElement(Part(ElementKind.STRATEGY, "calls"), "s", (QUOTED,)))
    assert found(box(elements=parts), Around(Scheme.SCMO)) == []


def test_a_quotation_that_has_no_place_is_found_at_each_part_that_rests_on_it() -> None:
    one = part(2, box(), sources=(replace(QUOTED, excerpt="y"),))
    for state, said in (("not found", "in no text of its paper"), ("ambiguous", "at several places")):
        (look,) = looks(one, Around(flagged={"y": state}))
        assert (look.rule, look.part) == ("flagged-quotation", 2)
        assert said in look.why
    assert found(one, Around(flagged={"z": "not found"})) == []


def test_words_are_quoted_as_they_were_written() -> None:
    (look,) = looks(part(3, box(), text="Workshops of the NHS"))
    assert look.why == "The reasoning “Workshops of the NHS” reads like an activity (“workshops”)."


def test_rules_say_what_they_find() -> None:
    for key, rule in RULES.items():
        assert key == key.lower()
        assert (rule.__doc__ or "").endswith("."), key


@pytest.mark.parametrize(
    "text",
    [
        "Training", "a weekly team meeting", "training for all staff", "The ward provides a nurse",
        "staff were trained twice", "Workshops on asthma", "supervision", "reminders by post",
    ],
)  # fmt: skip
def test_what_reads_like_an_activity(text: str) -> None:
    assert reads_like_doing(text)


@pytest.mark.parametrize(
    "text",
    [
        "it seems possible again", "staff trust the training", "training makes them feel safe",
        "people hold back", "they are afraid of meetings", "workshops are valued", "Schulung für alle",
        "研修", "", "they want more", "they know whom to ask", "hopes for training",
        "nobody asked them about the many workshops", "they wait until the hospital has delivered",
    ],
)  # fmt: skip
def test_what_does_not(text: str) -> None:
    assert reads_like_doing(text) == ""
