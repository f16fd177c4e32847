"""The plan of a review: its row, its people, stages, searches and changes of process."""

from __future__ import annotations

import pytest

from realist.errors import NoPerson, NotFound, Refused
from realist.queries import review
from realist.services import consulting, plan
from realist.services.unit import Desk
from realist.vocabulary import SearchKind
from tests.services.dumps import dump


def test_a_review_says_what_it_is(desk: Desk) -> None:
    with desk.store.read() as connection:
        found = review.review(connection)
    assert (found["title"], found["question"], found["scheme"]) == (
        "A review for tests",
        "What works?",
        "CMO",
    )
    assert found["objectives"] == []


def test_a_file_holds_one_review(file_desk: Desk) -> None:
    with pytest.raises(Refused, match="already holds a review"):
        plan.create_review(file_desk, title="Another")


def test_a_review_needs_a_title(file_desk: Desk) -> None:
    with pytest.raises(Refused, match="a review needs a title"):
        plan.edit_review(file_desk, title=" \u200e\n ")


def test_only_what_is_given_is_changed(file_desk: Desk) -> None:
    plan.edit_review(file_desk, question="What works,\r\n\r\n\r\nand   why?")
    (row,) = dump(file_desk.store)["review"]
    assert (row["title"], row["question"]) == ("A review for tests", "What works,\n\nand why?")


def test_text_is_made_safe_before_it_is_kept(desk: Desk) -> None:
    plan.edit_review(desk, title="Red \x1b[31malert\x00 \u202eon\u2066 line\u2028two")
    (row,) = dump(desk.store)["review"]
    assert row["title"] == "Red [31malert on line two"


@pytest.mark.parametrize("initials", ["", "  ", "\u200e"])
def test_a_write_without_a_person_is_refused(file_desk: Desk, initials: str) -> None:
    before = dump(file_desk.store, log=True)
    with pytest.raises(NoPerson, match="A write needs to know who makes it"):
        plan.add_stage(Desk(file_desk.store, initials), "1")
    assert dump(file_desk.store, log=True) == before


@pytest.mark.parametrize("initials", ["Sarah Field", "ABCDEFGHIJKLM"])
def test_a_name_is_no_initials(file_desk: Desk, initials: str) -> None:
    with pytest.raises(NoPerson, match="no initials: use at most 12 characters"):
        plan.add_stage(Desk(file_desk.store, initials), "1")
    with pytest.raises(NoPerson, match="no initials: use at most 12 characters"):
        plan.edit_person(file_desk, initials, name="Somebody")
    assert [row["initials"] for row in dump(file_desk.store)["person"]] == ["SF"]


def test_somebody_new_is_added_and_told(desk: Desk) -> None:
    other = Desk(desk.store, "Zoë")
    plan.add_stage(other, "1")
    plan.add_stage(other, "2")
    assert other.notes == ["Zoë is new to this review and was added."]
    held = dump(desk.store, log=True)
    (zoe,) = [row for row in held["person"] if row["initials"] == "Zoë"]
    assert zoe["person"] == zoe["uid"]
    mine = [act for act in held["act"] if act["person"] == zoe["uid"]]
    assert [act["intention"] for act in sorted(mine, key=lambda act: act["number"])] == [
        "add person",
        "add stage",
        "add stage",
    ]


def test_a_deactivated_person_keeps_everything_and_writes_nothing(file_desk: Desk) -> None:
    other = Desk(file_desk.store, "NG")
    plan.add_stage(other, "1")
    plan.edit_person(file_desk, "NG", active=False)
    with pytest.raises(Refused, match=r"NG is deactivated in this review: `realist person activate NG`"):
        plan.add_stage(other, "2")
    with file_desk.store.read() as connection:
        assert [(row["initials"], row["active"]) for row in review.people(connection)] == [
            ("NG", False),
            ("SF", True),
        ]
        assert [row["name"] for row in review.stages(connection)] == ["1"]
    plan.edit_person(file_desk, "NG", active=True)
    plan.add_stage(other, "2")


def test_nobody_locks_themselves_out(file_desk: Desk) -> None:
    with pytest.raises(Refused, match="cannot deactivate yourself"):
        plan.edit_person(file_desk, "SF", active=False)


def test_a_person_is_changed_field_by_field(file_desk: Desk) -> None:
    uid = plan.edit_person(file_desk, "NG", name="Nils Granath", role="reader")
    assert plan.edit_person(file_desk, " NG ", role="adviser") == uid
    (row,) = [row for row in dump(file_desk.store)["person"] if row["uid"] == uid]
    assert (row["name"], row["role"], row["active"]) == ("Nils Granath", "adviser", True)


def test_stages_stand_in_the_order_in_which_they_were_added(file_desk: Desk) -> None:
    for name in ("1a", "2", "1b"):
        plan.add_stage(file_desk, name, purpose=f"purpose of {name}")
    with file_desk.store.read() as connection:
        assert [row["name"] for row in review.stages(connection)] == ["1a", "2", "1b"]
    with pytest.raises(Refused, match="already a stage '2'"):
        plan.add_stage(file_desk, " 2 ")
    with pytest.raises(Refused, match="a stage needs a name"):
        plan.add_stage(file_desk, "")


def test_a_search_keeps_what_was_run_and_what_led_to_it(file_desk: Desk) -> None:
    plan.add_stage(file_desk, "1")
    meeting = consulting.add_consultation(file_desk, "June meeting")
    plan.add_search(
        file_desk, "Medbase 1", stage="1", source="Medbase", platform="Invented Host",
        strategy="1 stroke\n2 peer*\n3 1 AND 2", limits="English", period="2000-2020", run_on="2021-05-04",
        hits=0, led_by="june meeting", note="as mailed",
    )  # fmt: skip
    plan.add_search(file_desk, "Hand", stage="1", kind=SearchKind.HAND_SEARCH)
    first, second = sorted(dump(file_desk.store)["search"], key=lambda row: row["number"])
    assert first["strategy"] == "1 stroke\n2 peer*\n3 1 AND 2"
    assert (first["hits"], second["hits"]) == (0, None)
    assert (first["led_by"], second["led_by"]) == (meeting, None)
    assert (first["number"], second["number"]) == (1, 2)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"name": "Medbase 1"}, "already a search 'Medbase 1'"),
        ({"name": " "}, "a search needs a name"),
        ({"name": "x", "hits": -1}, "Hits cannot be negative"),
        ({"name": "x", "hits": 2**31}, "2,147,483,648"),
    ],
)
def test_a_search_that_cannot_be_kept(desk: Desk, values: dict[str, object], told: str) -> None:
    plan.add_stage(desk, "1")
    plan.add_search(desk, "Medbase 1", stage="1")
    before = dump(desk.store, log=True)
    with pytest.raises(Refused, match=told):
        plan.add_search(desk, stage="1", **values)  # type: ignore[arg-type]
    assert dump(desk.store, log=True) == before


def test_a_search_of_no_stage(file_desk: Desk) -> None:
    with pytest.raises(NotFound, match="There is no stage '1'"):
        plan.add_search(file_desk, "Medbase", stage="1")


def test_changes_of_process(file_desk: Desk) -> None:
    plan.add_process_change(
        file_desk, planned="two readers", instead="one, and a check", reason="time", happened="in March"
    )
    with file_desk.store.read() as connection:
        (row,) = review.process_changes(connection)
    assert (row["planned"], row["instead"], row["reason"], row["happened"]) == (
        "two readers",
        "one, and a check",
        "time",
        "in March",
    )
    with pytest.raises(Refused, match="say what was planned"):
        plan.add_process_change(file_desk, planned="", instead="x")
