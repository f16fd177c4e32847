"""A box as text: the chain as the field prints it, and what each part rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realist.domain.configuration import Box, BoxElement, Ref, Relation, Source
from realist.domain.notation import normalised, read
from realist.exports.boxes import box_text
from realist.queries.boxes import boxes, numbers
from realist.store.engine import Store
from realist.text import cell_width
from realist.vocabulary import RelationKind, SourceKind
from tests.exports.small import QUOTATION, TEXT
from tests.golden import golden


@pytest.fixture(scope="module")
def stored(small: Store) -> list[tuple[Box, int]]:
    """The boxes of the small review with their numbers."""
    with small.read() as connection:
        known = numbers(connection)
        return [(box, known[box.uid]) for box in boxes(connection)]


def _chain(text: str) -> str:
    """Return the drawn chain within the text of a box, on one line."""
    lines = text.split("\n\n")[1].split("\n")
    stop = next((i for i, line in enumerate(lines) if "“" in line or "Printed" in line), len(lines))
    return " ".join(line.strip() for line in lines[:stop]).strip()


def test_the_chain_reads_back_as_the_parts_that_were_typed(stored: list[tuple[Box, int]]) -> None:
    box, number = stored[0]
    text = box_text(box, number, 80)
    assert read(_chain(text)).parts == normalised(read(TEXT).parts)
    assert not read(_chain(text)).problems


def test_a_box_says_where_it_comes_from_and_what_it_rests_on(stored: list[tuple[Box, int]]) -> None:
    text = box_text(*stored[0], 200)
    assert text.startswith("#1 Box 1: Views that do not count (shows its absence)\n")
    assert "Papers: Baker (2020) · Use of power · hospital, Sweden · paper-level" in text
    assert f"  reasoning: “{QUOTATION}” (Baker (2020), p676)" in text
    assert "  reasoning: inference: nobody says so, but all leave" in text
    assert "A leader asks.\nThen the leader does not listen.\n" in text
    assert "Printed: Views were sought, and overridden." in text


def test_a_box_of_several_papers_and_one_of_none(stored: list[tuple[Box, int]]) -> None:
    several, none = box_text(*stored[1], 80), box_text(*stored[2], 80)
    assert "Papers: =Dunn (2022); Ahmed (2019)" in several
    assert "→ people hold back (M)\n→ nothing changes (O0)" in several
    assert "Of no paper yet · candidate" in none
    assert "#3 Box: without title" in none


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_asked(stored: list[tuple[Box, int]], width: int) -> None:
    long = replace(
        stored[0][0],
        title="A title that goes on " * 12,
        papers=tuple(Ref(str(i), f"Author {i} (2020)") for i in range(30)),
        narrative="領導力" * 60,
        relations=(Relation(RelationKind.UNDERPINS, Ref("u", "overarching " * 20)),),
    )
    for box in (*(box for box, _ in stored), long):
        assert max(map(cell_width, box_text(box, 1, width).split("\n"))) <= width


def test_related_boxes_are_named() -> None:
    relation = Relation(RelationKind.UNDERPINS, Ref("u1", "1"))
    unlabelled = Relation(RelationKind.CONTRADICTS, Ref("u2", ""))
    text = box_text(Box(label="1a", relations=(relation, unlabelled)), 7, 80)
    assert text.endswith("\n  underpins 1\n  contradicts u2\n")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (Source(SourceKind.EXCERPT, paper=Ref("p", "Baker (2020)"), locator="p2"), "(no words quoted)"),
        (Source(SourceKind.STATEMENT, text="we were not asked"), "statement: we were not asked"),
        (Source(SourceKind.THEORY, text="equity theory"), "theory: equity theory"),
    ],
)
def test_every_kind_of_source_is_named(source: Source, shown: str) -> None:
    (part,) = read("Two departments merge (C)").parts
    text = box_text(Box(elements=(BoxElement(replace(part, label="C1"), sources=(source,)),)), 1, 80)
    assert f"  C1: {shown}" in text


def test_boxes_read_as_kept(stored: list[tuple[Box, int]]) -> None:
    for width in (60, 80):
        text = "\n".join(box_text(box, number, width) for box, number in stored)
        golden(f"small_boxes_{width}.txt", text)
