"""Excerpts: the words at a place, at several places, at none; changed, put in place, taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.domain.configuration import BoxElement, Source
from realist.domain.notation import Part
from realist.errors import NotFound, Refused
from realist.queries import excerpts
from realist.queries.excerpts import Quoted
from realist.services import appraising, attaching, excerpting, papers
from realist.services.anchoring import Place
from realist.services.configurations import add_configuration
from realist.services.unit import Desk
from realist.store.tables import DocumentPage
from realist.vocabulary import ElementKind, SourceKind
from tests.services.world import box

TEXT = "The ward met daily. It helped.\n\nThe ward met weekly. It did not help.\n"


@pytest.fixture
def ready(desk: Desk, tmp_path: Path) -> Desk:
    papers.add_paper(desk, label="Ward (2020)", abstract="It helped the ward.")
    (tmp_path / "ward.txt").write_text(TEXT, encoding="utf-8")
    attaching.attach(desk, "#1", tmp_path / "ward.txt")
    return desk


def text(desk: Desk) -> str:
    with desk.store.read() as connection:
        return str(connection.exec_driver_sql("SELECT uid FROM document_text").scalar_one())


def one(desk: Desk, uid: str) -> Quoted:
    with desk.store.read() as connection:
        return excerpts.excerpts(connection, uids=[uid])[0]


def second_page(desk: Desk) -> None:
    with desk.unit("a page more", "") as work:
        work.add(DocumentPage(document_text=text(desk), number=2, label="677", body="Then it ended.\n"))


def test_words_at_a_place_with_what_stands_around(ready: Desk) -> None:
    start = TEXT.index("The ward met weekly")
    uid = excerpting.quote(ready, "#1", locator="p. 4", place=Place(text(ready), 1, start, 1, start + 12))
    found = one(ready, uid)
    assert (found.quotation, found.state, found.locator) == ("The ward met", "found", "p. 4")
    assert found.before.endswith("It helped.\n\n")
    assert found.after.startswith(" weekly")
    assert [(at.page, at.start, at.end) for at in found.anchors] == [(1, start, start + 12)]


def test_words_over_two_pages(ready: Desk) -> None:
    second_page(ready)
    start = TEXT.index("It did not help")
    uid = excerpting.quote(ready, "#1", place=Place(text(ready), 1, start, 2, 4))
    found = one(ready, uid)
    assert found.quotation.split() == ["It", "did", "not", "help.", "Then"]
    assert [(at.page, at.end_page, at.end) for at in found.anchors] == [(1, 2, 4)]


@pytest.mark.parametrize(
    ("page", "start", "end_page", "end"), [(2, 0, 2, 5), (1, 5, 1, 5), (1, 0, 1, 10_000), (1, -1, 1, 5)]
)
def test_a_place_that_is_none_is_refused(ready: Desk, page: int, start: int, end_page: int, end: int) -> None:
    with pytest.raises(Refused):
        excerpting.quote(ready, "#1", place=Place(text(ready), page, start, end_page, end))


def test_what_stands_at_several_places_is_flagged_and_put_in_its_place(ready: Desk) -> None:
    uid = excerpting.quote(ready, "#1", "The ward met")
    assert one(ready, uid).state == "ambiguous"
    start = TEXT.rindex("The ward met")
    excerpting.place_excerpt(ready, uid, Place(text(ready), 1, start, 1, start + 12))
    found = one(ready, uid)
    assert (found.state, found.anchors[0].start, found.quotation) == ("found", start, "The ward met")
    assert found.after.startswith(" weekly")


def test_it_is_put_where_its_words_stand_within_what_is_given(ready: Desk) -> None:
    uid = excerpting.quote(ready, "#1", "The ward met")
    start = TEXT.rindex("The ward met")
    excerpting.place_excerpt(ready, uid, Place(text(ready), 1, start - 2, 1, len(TEXT) - 1))
    assert [(at.start, at.end) for at in one(ready, uid).anchors] == [(start, start + 12)]
    with pytest.raises(Refused, match="Other words stand there"):
        excerpting.place_excerpt(ready, uid, Place(text(ready), 1, start + 13, 1, start + 30))
    with pytest.raises(Refused, match="Other words stand there"):  # twice in it
        excerpting.place_excerpt(ready, uid, Place(text(ready), 1, 0, 1, len(TEXT) - 1))


def test_with_a_place_the_words_are_those_that_stand_there(ready: Desk) -> None:
    place = Place(text(ready), 1, 0, 1, 18)
    kept = excerpting.quote(ready, "#1", "Quite other words", place=place)
    assert one(ready, kept).quotation == "The ward met daily"
    from_memory = excerpting.quote(ready, "#1", "The ward met often")
    excerpting.edit_excerpt(ready, from_memory, place=place)
    found = one(ready, from_memory)
    assert (found.quotation, found.state) == ("The ward met daily", "found")


def test_an_abstract_is_a_text(ready: Desk) -> None:
    found = one(ready, excerpting.quote(ready, "#1", "helped the ward"))
    assert [(at.text, at.name, at.state) for at in found.anchors if at.state == "found"] == [
        ("", "abstract", "found")
    ]
    assert found.state == "found"


def test_words_that_stand_nowhere_are_kept_and_flagged(ready: Desk) -> None:
    nowhere = excerpting.quote(ready, "#1", "Nurses left at once")
    excerpting.quote(ready, "#1", "met weekly")
    excerpting.quote(ready, "#1", locator="p. 9")
    with ready.store.read() as connection:
        flagged = excerpts.excerpts(connection, flagged=True)
        every = excerpts.excerpts(connection)
    assert [found.uid for found in flagged] == [nowhere]
    assert len(every) == 3


def test_changed_words_are_looked_for_anew(ready: Desk) -> None:
    uid = excerpting.quote(ready, "#1", "Nurses left at once")
    excerpting.edit_excerpt(ready, uid, quotation="met weekly", site="ward B")
    found = one(ready, uid)
    assert (found.state, found.site) == ("found", "ward B")
    excerpting.edit_excerpt(ready, uid, note="odd", locator="p. 2")
    assert one(ready, uid).note == "odd"
    with pytest.raises(Refused, match="cannot be emptied: drop it"):
        excerpting.edit_excerpt(ready, uid, quotation=" ")


def test_one_on_which_something_rests_stays(ready: Desk) -> None:
    quoted_part = BoxElement(
        Part(ElementKind.OUTCOME, "it helps"), sources=(Source(SourceKind.EXCERPT, quotation="It helped"),)
    )
    add_configuration(ready, box("1", "Ward (2020)", "Daily meetings", elements=(quoted_part,)))
    with ready.store.read() as connection:
        quoted = [found for found in excerpts.excerpts(connection) if found.serves]
    assert [(found.state, found.serves[0].words) for found in quoted] == [("found", "it helps")]
    with pytest.raises(Refused, match="The excerpt stays: "):
        excerpting.drop_excerpt(ready, quoted[0].uid)
    appraised = excerpting.quote(ready, "#1", "It did not help")
    appraising.add_ready_scale(ready)
    appraising.appraise(ready, "#1", "rigour", "high", reason="counted", excerpt=appraised)
    with pytest.raises(Refused, match="it was appraised"):
        excerpting.drop_excerpt(ready, appraised)
    free = excerpting.quote(ready, "#1", "met daily")
    excerpting.drop_excerpt(ready, free)
    with pytest.raises(NotFound, match="There is no excerpt"):
        excerpting.drop_excerpt(ready, free)


def test_nothing_at_all_is_no_excerpt(ready: Desk) -> None:
    with pytest.raises(Refused, match="needs its words"):
        excerpting.quote(ready, "#1")
