"""A rewritten box: each part finds the element that it came from, and no element serves twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from realist.domain.configuration import BoxElement, Source, TagRef
from realist.domain.matching import rewrite
from realist.domain.notation import Part, read
from realist.vocabulary import ElementKind, SourceKind, Valence

OLD = "a merger (C) → views are asked (M+, Resource) but overridden (M–, Reasoning) → they leave (O–)"


def elements(parts: tuple[Part, ...]) -> tuple[BoxElement, ...]:
    """Return elements with uids e1, e2 …, a source and a tag each."""
    return tuple(
        BoxElement(part, f"e{n}", (Source(SourceKind.THEORY, f"s{n}"),), (TagRef("context", f"c{n}", ""),))
        for n, part in enumerate(parts, 1)
    )


def origins(new: str, old: str = OLD) -> list[str]:
    """Return the uids that the parts of *new* got."""
    parts = read(new).parts
    found = rewrite(elements(read(old).parts), parts)
    assert tuple(element.part for element in found) == parts
    return [element.uid for element in found]


def test_what_is_unchanged_is_the_same_wherever_it_stands() -> None:
    assert origins(OLD) == ["e1", "e2", "e3", "e4"]
    turned = "they leave (O–) → overridden (M–, Reasoning) → views are asked (M+, Resource) → a merger (C)"
    assert origins(turned) == ["e4", "e3", "e2", "e1"]


def test_a_part_that_is_new_has_nothing_of_an_old_one() -> None:
    (_, new, *_) = rewrite(elements(read(OLD).parts), read(f"a merger (C) and debts (C) → {OLD[15:]}").parts)
    assert new == BoxElement(Part(ElementKind.CONTEXT, "debts", segment=1, join="and"))


def test_other_direction_label_or_case_is_the_same_part() -> None:
    assert origins("A merger (C1) → they leave (O+)") == ["e1", "e4"]


def test_the_same_words_under_another_tag_are_the_same_part() -> None:
    assert origins("a merger (C) → views are asked (M+) → they leave (O–)") == ["e1", "e2", "e4"]


def test_reworded_parts_are_found_by_likeness() -> None:
    old = "views are asked for (O) → staff are leaving the ward (O)"
    new = "the staff leave the ward (O) → views are not asked for (O)"
    assert origins(new, old) == ["e2", "e1"]


def test_what_is_written_anew_in_its_place_is_the_same_part() -> None:
    new = "winter (C) → a bonus (M+, Resource) but overridden (M–, Reasoning) → x (O)"
    assert origins(new) == ["e1", "e2", "e3", "e4"]
    assert origins(f"war (C) and {new}")[2:] == ["e2", "e3", "e4"]


def test_a_part_taken_out_gives_its_uid_to_nobody_of_another_kind() -> None:
    assert origins("a merger (C) → they leave (O–)") == ["e1", "e4"]
    assert origins("pay (I) → they leave (O–)") == ["", "e4"]


def test_two_alike_stay_two() -> None:
    old = "pay (C) and pay (C) → pay (C)"
    assert origins(old, old) == ["e1", "e2", "e3"]
    assert origins("pay (C) → pay (C)", old) == ["e1", "e3"]


KINDS = st.sampled_from([ElementKind.CONTEXT, ElementKind.OUTCOME, ElementKind.RESOURCE])
PARTS = st.builds(
    Part,
    kind=KINDS,
    text=st.sampled_from(["", "pay", "Pay!", "paid", "a merger", "two mergers", "they leave the ward"]),
    valence=st.sampled_from([None, Valence.PLUS]),
    segment=st.integers(1, 3),
)


@given(st.lists(PARTS, max_size=8), st.lists(PARTS, max_size=8))
def test_no_element_twice_and_nothing_invented(old: list[Part], new: list[Part]) -> None:
    before = elements(tuple(old))
    found = rewrite(before, tuple(new))
    assert [element.part for element in found] == new
    known = {element.uid: element for element in before}
    used = [element.uid for element in found if element.uid]
    assert len(used) == len(set(used))
    for element in found:
        came_from = known.get(element.uid, BoxElement(element.part))
        assert element == replace(came_from, part=element.part)


@given(st.lists(PARTS, max_size=8), st.data())
def test_parts_that_were_not_touched_keep_their_uids(old: list[Part], data: st.DataObject) -> None:
    before = elements(tuple(old))
    assert rewrite(before, tuple(old)) == before
    there = st.lists(st.sampled_from(range(len(old))), unique=True) if old else st.just([])
    kept = data.draw(there)
    found = rewrite(before, tuple(old[place] for place in kept))
    assert all(element.uid for element in found)
    for place, element in zip(kept, found, strict=True):
        if old.count(old[place]) == 1:
            assert element.uid == before[place].uid
