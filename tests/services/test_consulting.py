"""Consultations: who was asked, what was shown, said and decided. What is said is never a tick."""

from __future__ import annotations

from typing import Any

import pytest

from realist.errors import Refused
from realist.queries import theory
from realist.queries.grid import evidence_grid
from realist.services import configurations, consulting, mechanisms
from realist.services.plan import add_stage
from realist.services.unit import Desk
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice
from tests.services.dumps import dump
from tests.services.world import box


def test_a_consultation_is_kept_with_its_decisions_in_order(desk: Desk) -> None:
    add_stage(desk, "1")
    consulting.add_consultation(
        desk, "June meeting", kind=ConsultationKind.ADVISER, mode=ConsultationMode.MAIL, held="June 2019",
        stage="1", people=0, who="one adviser", shown="list of May", decisions=["drop none", "add Voice"],
    )  # fmt: skip
    consulting.add_consultation(desk, "July meeting")
    first, second = sorted(dump(desk.store)["consultation"], key=lambda row: int(row["position"]))
    assert (first["kind"], first["mode"], first["held"], first["people"]) == (
        "adviser",
        "mail round",
        "June 2019",
        0,
    )
    assert (second["kind"], second["mode"], second["people"], second["stage"]) == (
        "stakeholders",
        None,
        None,
        None,
    )
    decided = sorted(dump(desk.store)["consultation_decision"], key=lambda row: int(row["position"]))
    assert [row["text"] for row in decided] == ["drop none", "add Voice"]


@pytest.mark.parametrize("name", ["", "June meeting"])
def test_a_consultation_needs_a_name_of_its_own(file_desk: Desk, name: str) -> None:
    consulting.add_consultation(file_desk, "June meeting")
    with pytest.raises(Refused, match=r"needs a name|already a consultation 'June meeting'"):
        consulting.add_consultation(file_desk, name)


@pytest.mark.parametrize("people", [-1, 2**31])
def test_a_number_of_people_that_cannot_be(desk: Desk, people: int) -> None:
    with pytest.raises(Refused, match="The number of people cannot be"):
        consulting.add_consultation(desk, "June meeting", people=people)


def test_what_is_said_is_shown_with_the_mechanism_and_is_no_evidence(file_desk: Desk) -> None:
    uid = mechanisms.add_mechanism(file_desk, "Trust")
    consulting.add_consultation(file_desk, "June meeting")
    consulting.add_feedback(
        file_desk, Voice.DIVIDED, "Some do,\nsome do not.", consultation="June meeting", mechanism="Trust",
        who="service users",
    )  # fmt: skip
    with file_desk.store.read() as connection:
        found = theory.mechanism(connection, uid)["feedback"]
        grid = evidence_grid(connection)
    assert [(row["voice"], row["words"], row["who"], row["consultation"]) for row in found] == [
        ("divided", "Some do,\nsome do not.", "service users", "June meeting")
    ]
    assert (grid.rows, [column.n for column in grid.columns]) == ([], [0])


@pytest.mark.parametrize("about", ["consultation", "configuration"])
def test_what_is_said_may_be_about_a_box_or_in_general(file_desk: Desk, about: str) -> None:
    consulting.add_consultation(file_desk, "June meeting")
    configurations.add_configuration(file_desk, box("1", "A (2001)", "Trust"))
    names: Any = {about: {"consultation": "June meeting", "configuration": "1"}[about]}
    consulting.add_feedback(file_desk, Voice.COMMENT, "Good.", **names)
    (row,) = dump(file_desk.store)["feedback"]
    assert [name for name in ("consultation", "configuration", "mechanism") if row[name]] == [about]


def test_what_is_said_is_about_something(file_desk: Desk) -> None:
    with pytest.raises(Refused, match="Feedback is about something, or stands under a consultation"):
        consulting.add_feedback(file_desk, Voice.FOR, "Yes.")
