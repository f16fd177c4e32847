"""Boxes in a text file: what is written is read back, whatever the words are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.configuration import Box, BoxElement, Ref
from realist.domain.notation import Part, normalised
from realist.domain.notation_file import read_boxes, write_boxes
from realist.text import line
from realist.vocabulary import ElementKind, Polarity, Valence

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).map(line)
NAMED = WORDS.filter(lambda text: bool(text) and ";" not in text)
PARTS = st.builds(
    Part, kind=st.sampled_from(ElementKind), text=NAMED, valence=st.none() | st.sampled_from(Valence)
)


@given(
    st.lists(
        st.builds(
            Box, label=WORDS, title=WORDS, setting=WORDS, country=WORDS, site=WORDS,
            polarity=st.none() | st.sampled_from(Polarity),
            papers=st.lists(NAMED.map(lambda name: Ref("", name)), max_size=2).map(tuple),
            elements=st.lists(PARTS.map(BoxElement), max_size=3).map(tuple),
        ),
        max_size=3,
    )
)  # fmt: skip
def test_what_is_written_is_read_back(boxes: list[Box]) -> None:
    found = read_boxes(write_boxes(boxes), "boxes.txt")
    assert len(found) == len(boxes)
    for one, box in zip(found, boxes, strict=True):
        read = one.box
        assert (read.label, read.title, read.setting) == (box.label, box.title, box.setting)
        assert (read.country, read.site, read.polarity) == (box.country, box.site, box.polarity)
        assert [ref.name for ref in read.papers] == [ref.name for ref in box.papers]
        assert normalised(read.parts) == normalised(box.parts)


@pytest.mark.parametrize("words", ["#", "# 2b Being heard", "\\# two", "\\\\#", "CMOC 2: being heard"])
def test_a_box_that_begins_as_a_heading_does_is_read_back(words: str) -> None:
    parts = (BoxElement(Part(ElementKind.CONTEXT, words)),)
    (found,) = read_boxes(write_boxes([Box(label="1", elements=parts)]), "boxes.txt")
    assert [one.part.text for one in found.box.elements] == [words]
    assert found.box.label == "1"
