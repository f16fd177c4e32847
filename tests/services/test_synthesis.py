"""Moves across papers: what they need, what they leave alone, what they write."""

from __future__ import annotations

import pytest

from realist.errors import NotFound, Refused, WrongUse
from realist.queries.boxes import boxes
from realist.queries.moves import moves
from realist.services import configurations, consulting, extracting, mechanisms, papers, synthesis
from realist.services.history import undo
from realist.services.keeping import check
from realist.services.unit import Desk
from realist.vocabulary import ExtractionRole, MoveKind, MoveRole
from tests.services.dumps import dump
from tests.services.world import box


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Boxes 1 and 2 of papers A and B, box 3 of no paper, and a meeting."""
    for label in ("A", "B"):
        papers.add_paper(desk, label=label)
    for label, paper in (("1", "A"), ("2", "B")):
        configurations.add_configuration(desk, box(label, paper, "Trust"))
    configurations.add_configuration(desk, box("3", "A", "Trust", papers=()))
    consulting.add_consultation(desk, "First meeting")
    return desk


def move(desk: Desk, kind: MoveKind, *inputs: str, **more: object) -> str:
    return synthesis.synthesise(desk, kind, inputs, **{"reason": "because", **more})  # type: ignore[arg-type]


def test_what_is_consolidated_rests_on_what_went_in(three: Desk) -> None:
    before = dump(three.store)
    uid = move(
        three, MoveKind.CONSOLIDATE, "box 1", "box 2", "box 1",
        results=["box 3"], moved_by=["consultation First meeting", "paper A"],
    )  # fmt: skip
    with three.store.read() as connection:
        (one,) = moves(connection)
        _, _, third = boxes(connection)
    assert (one.uid, one.number, one.kind, one.by) == (uid, 1, "consolidate", "SF")
    assert [item.name for item in one.of(MoveRole.INPUT)] == ["1", "2"]
    assert [item.name for item in one.of(MoveRole.MOVED_BY)] == ["First meeting", "A"]
    assert third.status == "synthesised"
    assert [relation.kind for relation in third.relations] == ["rests on", "rests on"]
    assert check(three.store) == []
    move(three, MoveKind.CONSOLIDATE, "box 2", "box 1", results=["box 3"])
    with three.store.read() as connection:
        assert len(boxes(connection)[2].relations) == 2
    undo(three)
    undo(three)
    assert dump(three.store) == before


@pytest.mark.parametrize(
    ("kind", "inputs", "more", "says"),
    [
        (MoveKind.JUXTAPOSE, ["box 1", "box 1"], {}, "to juxtapose takes two things or more"),
        (MoveKind.RECONCILE, ["box 1", "box 2"], {"result": " "}, "to reconcile says what came of it"),
        (MoveKind.ADJUDICATE, ["box 1", "box 2"], {}, "to adjudicate says what came of it"),
        (MoveKind.CONSOLIDATE, ["box 1", "box 2"], {}, "to consolidate takes boxes and gives a box"),
        (MoveKind.CONSOLIDATE, ["box 1", "paper A"], {"results": ["box 3"]}, "takes boxes and gives a box"),
        (MoveKind.CONSOLIDATE, ["box 1", "box 2"], {"results": ["box 1"]}, "cannot give what went in"),
        (MoveKind.SITUATE, ["box 1", "box 2"], {}, "puts something beside a theory"),
        (MoveKind.JUXTAPOSE, ["box 1", "box 2"], {"reason": "\n "}, "to juxtapose needs its reason"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(
    three: Desk, kind: MoveKind, inputs: list[str], more: dict[str, object], says: str
) -> None:
    before = dump(three.store)
    with pytest.raises(Refused, match=says):
        move(three, kind, *inputs, **more)
    assert dump(three.store) == before


def test_lives_have_verbs_of_their_own_and_things_have_to_be_there(three: Desk) -> None:
    with pytest.raises(WrongUse, match="To merge is no move across papers: use one of juxtapose, reconcile"):
        move(three, MoveKind.MERGE, "box 1", "box 2")
    with pytest.raises(WrongUse, match="'bax 1' does not begin with the kind of thing"):
        move(three, MoveKind.JUXTAPOSE, "bax 1", "box 2")
    with pytest.raises(NotFound, match="There is no consultation 'Last meeting'"):
        move(three, MoveKind.JUXTAPOSE, "box 1", "box 2", moved_by=["consultation Last meeting"])
    with pytest.raises(NotFound, match="There is no excerpt"):
        move(three, MoveKind.JUXTAPOSE, "box 1", "excerpt p. 3")


def test_nothing_of_an_independent_extraction_under_way_moves(three: Desk) -> None:
    other = Desk(three.store, "NG")
    mechanisms.add_mechanism(other, "Hope")
    extracting.allot_extraction(three, ["B"], ["SF", "NG"], ExtractionRole.INDEPENDENT)
    configurations.add_configuration(other, box("4", "B", "Hope"))
    with pytest.raises(Refused, match="of an independent extraction that is not done, and a move is open"):
        move(other, MoveKind.JUXTAPOSE, "box 1", "box 4")
    with pytest.raises(NotFound):
        move(three, MoveKind.JUXTAPOSE, "box 1", "box 4")


def test_a_move_is_dropped_and_its_boxes_stay(three: Desk) -> None:
    move(three, MoveKind.CONSOLIDATE, "box 1", "box 2", results=["box 3"])
    with pytest.raises(Refused, match="to drop a move needs its reason"):
        synthesis.drop_move(three, "1", reason="")
    synthesis.drop_move(three, "#1", reason="of two kinds")
    with three.store.read() as connection:
        assert moves(connection) == []
        assert len(boxes(connection)[2].relations) == 2
    assert dump(three.store)["move_item"] == []
