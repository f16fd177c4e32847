"""Evidence and readings: one target each, quotations kept, withdrawal with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from realist.errors import NotFound, Refused
from realist.queries import theory
from realist.services import configurations, evidence, mechanisms, papers
from realist.services.unit import Desk
from realist.vocabulary import ReadingResult, Stance
from tests.services.dumps import dump
from tests.services.world import box

TARGETS = ("mechanism", "context", "outcome", "configuration")


@pytest.fixture
def ready(file_desk: Desk) -> Desk:
    """The paper A, the mechanism Trust, a context, an outcome and a box."""
    papers.add_paper(file_desk, label="A")
    mechanisms.add_mechanism(file_desk, "Trust")
    mechanisms.add_context(file_desk, "Small firm")
    mechanisms.add_outcome(file_desk, "Back at work")
    configurations.add_configuration(file_desk, box("1", "A", "Trust"))
    return file_desk


def test_evidence_is_not_judged_unless_somebody_judges(ready: Desk) -> None:
    evidence.add_evidence(
        ready, "A", claim="They  trusted.\r\n\r\nAlways.", mechanism="M1", topic="a", site="b"
    )
    with ready.store.read() as connection:
        (row,) = theory.evidence(connection)
    assert (row["stance"], row["claim"], row["topic"], row["site"], row["by"]) == (
        "not judged",
        "They trusted.\n\nAlways.",
        "a",
        "b",
        "SF",
    )


@pytest.mark.parametrize("kind", TARGETS)
def test_each_kind_of_target(ready: Desk, kind: str) -> None:
    names = {"mechanism": "Trust", "context": "Small firm", "outcome": "Back at work", "configuration": "1"}
    target: Any = {kind: names[kind]}
    evidence.add_evidence(ready, "A", claim="x", stance=Stance.WEAKENS, **target)
    (row,) = dump(ready.store)["evidence"]
    assert [name for name in TARGETS if row[name]] == [kind]
    assert row["stance"] == Stance.WEAKENS


@pytest.mark.parametrize("targets", [{}, {"mechanism": "Trust", "context": "Small firm"}])
def test_evidence_bears_on_exactly_one_thing(ready: Desk, targets: dict[str, str]) -> None:
    before = dump(ready.store, log=True)
    given: Any = targets
    with pytest.raises(
        Refused, match="bears on exactly one mechanism, context, outcome, configuration or theory"
    ):
        evidence.add_evidence(ready, "A", claim="x", **given)
    assert dump(ready.store, log=True) == before


def test_a_quotation_is_kept_with_its_place(ready: Desk) -> None:
    evidence.add_evidence(
        ready, "A", claim="x", mechanism="Trust", quotation="“We knew each other”", locator="p676"
    )
    evidence.add_evidence(ready, "A", claim="y", mechanism="Trust", locator="table 3")
    quoted = {row["uid"]: row for row in dump(ready.store)["excerpt"]}
    rows = {row["claim"]: quoted[row["excerpt"]] for row in dump(ready.store)["evidence"]}
    assert (rows["x"]["quotation"], rows["x"]["locator"]) == ("“We knew each other”", "p676")
    assert (rows["y"]["quotation"], rows["y"]["locator"]) == ("", "table 3")
    (paper,) = dump(ready.store)["paper"]
    assert {row["paper"] for row in quoted.values()} == {paper["uid"]}


def test_withdrawn_evidence_is_gone_from_every_count_and_kept_in_the_log(ready: Desk) -> None:
    uid = evidence.add_evidence(ready, "A", claim="misread", mechanism="Trust")
    evidence.withdraw_evidence(ready, uid, reason="it is about another paper")
    with ready.store.read() as connection:
        assert theory.evidence(connection) == []
    held = dump(ready.store, log=True)
    act = max(held["act"], key=lambda row: int(row["number"]))
    assert (act["intention"], act["reason"]) == ("withdraw evidence", "it is about another paper")
    (change,) = [row for row in held["change"] if row["act"] == act["uid"]]
    assert '"misread"' in change["before"]
    assert change["after"] is None


def test_a_withdrawal_needs_a_reason_and_evidence(ready: Desk) -> None:
    uid = evidence.add_evidence(ready, "A", claim="x", mechanism="Trust")
    with pytest.raises(Refused, match="withdrawing evidence needs a reason"):
        evidence.withdraw_evidence(ready, uid, reason=" ")
    with pytest.raises(NotFound, match="There is no evidence nothing: `realist evidence list`"):
        evidence.withdraw_evidence(ready, "nothing", reason="x")
    assert len(dump(ready.store)["evidence"]) == 1


def test_readings_say_who_looked_for_what(ready: Desk) -> None:
    evidence.add_reading(ready, "A", ReadingResult.NONE, mechanism="Trust", note="twice")
    evidence.add_reading(Desk(ready.store, "NG"), "A", ReadingResult.NOT_RECOVERABLE)
    with ready.store.read() as connection:
        rows = theory.readings(connection)
    assert [(row["label"], row["mechanism"], row["result"], row["note"], row["by"]) for row in rows] == [
        ("A", "Trust", "none", "twice", "SF"),
        ("A", None, "not recoverable", "", "NG"),
    ]


def test_several_readings_at_once_are_one_act(ready: Desk) -> None:
    mechanisms.add_mechanism(ready, "Hope")
    before = len(dump(ready.store, log=True)["act"])
    evidence.add_readings(
        ready, "A", {"Trust": (ReadingResult.FOUND, ""), "Hope": (ReadingResult.NONE, "looked twice")}
    )
    held = dump(ready.store, log=True)
    assert len(held["act"]) == before + 1
    assert sorted((row["result"], row["note"]) for row in held["reading"]) == [
        ("found", ""),
        ("none", "looked twice"),
    ]


def test_nothing_can_be_read_for_when_there_is_no_mechanism(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="A")
    with pytest.raises(Refused, match="There is no mechanism yet that the paper could have been read for"):
        evidence.add_reading(file_desk, "A", ReadingResult.NONE)


@pytest.mark.parametrize("name", ["B", "#2"])
def test_a_paper_that_is_not_there(ready: Desk, name: str) -> None:
    with pytest.raises(NotFound, match=f"There is no paper '{name}' in this review"):
        evidence.add_evidence(ready, name, claim="x", mechanism="Trust")
