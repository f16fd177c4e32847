"""Things to look at in boxes: dismissed with a reason, looked at again, and gone with the part."""

from __future__ import annotations

import pytest

from realist.domain.configuration import BoxElement, Source
from realist.domain.notation import Part
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.boxes import boxes
from realist.queries.looking import to_look_at
from realist.queries.naming_boxes import resolve_any
from realist.services import attaching, configurations, editing, looking, papers
from realist.services.history import undo
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.store.tables import Review
from realist.vocabulary import ElementKind, Scheme, SourceKind, Valence
from tests.services.dumps import dump
from tests.services.world import box


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Box 1 of paper A, of which only the reasoning rests on something; box 2 is dropped."""
    papers.add_paper(desk, label="A")
    quoted = Source(SourceKind.EXCERPT, quotation="Nobody said so.")
    first = box("1", "A", "Trust")
    elements = (*first.elements[:2], BoxElement(first.elements[2].part, sources=(quoted,)))
    outcome = BoxElement(Part(ElementKind.OUTCOME, "fewer stays", Valence.MINUS, segment=3))
    configurations.add_configuration(desk, box("1", "A", "Trust", elements=(*elements, outcome)))
    gone = configurations.add_configuration(desk, box("2", "A", "Trust"))
    editing.drop_configuration(desk, gone, reason="twice")
    return desk


def there(desk: Desk, box: str = "", *, dismissed: bool = False) -> list[tuple[str, int]]:
    with desk.store.read() as connection:
        uids = [resolve_any(connection, "configuration", box)] if box else None
        found = to_look_at(connection, uids=uids)
    return [(one.look.rule, one.look.part) for one in found if (one.dismissed is not None) is dismissed]


def test_what_is_dismissed_is_listed_apart_until_it_is_looked_at_again(full: Desk) -> None:
    assert there(full) == [("no-source", 1), ("no-source", 2), ("no-source", 4)]
    looking.dismiss(full, "1", "no-source", part=2, reason=" known from\nthe visit ")
    assert there(full) == [("no-source", 1), ("no-source", 4)]
    assert there(full, dismissed=True) == [("no-source", 2)]
    with full.store.read() as connection:
        (gone,) = [one.dismissed for one in to_look_at(connection) if one.dismissed]
    assert (gone.by, gone.reason) == ("SF", "known from\nthe visit")
    undo(full)
    assert len(there(full)) == 3
    looking.dismiss(full, "1", "no-source", part=2, reason="again")
    looking.look_again(full, "1", "no-source", reason="the visit was elsewhere")
    looking.dismiss(full, "1", "no-source", part=2, reason="no, here")
    assert [row["ended"] for row in dump(full.store)["dismissal"]] == ["the visit was elsewhere", ""]
    assert check(full.store) == []


def test_what_cannot_be_meant_is_said(full: Desk) -> None:
    for how, says in (
        ({"rule": "no-source", "reason": "x"}, r"several parts of box 1 \(1, 2, 4\): say which with --part"),
        ({"rule": "no-source", "reason": " ", "part": 1}, "say why it is fine"),
        ({"rule": "unsure", "reason": "x"}, "The rule unsure finds nothing in box 1"),
        ({"rule": "no-source", "reason": "x", "part": 3}, "finds nothing in part 3 of box 1"),
    ):
        with pytest.raises(Refused, match=says):
            looking.dismiss(full, "1", **how)
    with pytest.raises(WrongUse, match="There is no rule 'nonsense'"):
        looking.dismiss(full, "1", "nonsense", reason="x")
    with pytest.raises(NotFound, match="There is no box '9'"):
        looking.dismiss(full, "9", "unsure", reason="x")
    with pytest.raises(Refused, match="was not dismissed"):
        looking.look_again(full, "1", "no-source", part=1)
    looking.dismiss(full, "1", "no-source", part=1, reason="x")
    with pytest.raises(Refused, match="is dismissed already"):
        looking.dismiss(full, "1", "no-source", part=1, reason="x")


def test_a_dismissal_stays_with_its_part_and_goes_with_it(full: Desk) -> None:
    looking.dismiss(full, "1", "no-source", part=2, reason="known")
    with full.store.read() as connection:
        now = boxes(connection)[0]
    uid, (first, *others) = now.uid, now.elements
    editing.edit_configuration(full, uid, box("1", "A", "Trust", elements=tuple(others)))
    assert there(full, dismissed=True) == [("no-source", 1)]
    editing.edit_configuration(full, uid, box("1", "A", "Trust", elements=(first, *others[1:])))
    assert dump(full.store)["dismissal"] == []
    undo(full)
    assert there(full, dismissed=True) == [("no-source", 1)]


def test_dropped_boxes_are_looked_at_when_named_and_the_scheme_counts(full: Desk) -> None:
    assert there(full, "2") == [("no-source", place) for place in (1, 2, 3, 4)]
    with full.unit("edit review") as work:
        work.change(Review, dump(full.store)["review"][0]["uid"], scheme=Scheme.SCMO)
    assert there(full)[0] == ("partial", 0)


def test_a_quotation_that_is_in_no_text_is_found_as_soon_as_there_is_one(
    full: Desk, tmp_path: object
) -> None:
    path = tmp_path / "a.txt"  # type: ignore[operator]
    path.write_text("They said this.", encoding="utf-8")
    attaching.attach(full, "A", path)
    assert ("flagged-quotation", 3) in there(full)
