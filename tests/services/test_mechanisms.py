"""Mechanisms: named, described, decided on, merged and taken apart; lists and how they hang together."""

from __future__ import annotations

from typing import Any

import pytest

from realist.errors import Refused
from realist.queries import theory
from realist.queries.grid import evidence_grid
from realist.queries.naming import resolve
from realist.services import consulting, evidence, mechanisms, papers, sameness
from realist.services.history import undo
from realist.services.unit import Desk
from realist.vocabulary import ContextLevel, Fate, Lineage, MechanismKind
from tests.services.dumps import dump

NAMES = ("Trust", "Hope", "Pacing", "Voice")


@pytest.fixture
def named(file_desk: Desk) -> Desk:
    """Mechanisms M1 to M4, and the papers A, B, C with evidence on the first three in this order."""
    for name in NAMES:
        mechanisms.add_mechanism(file_desk, name)
    for label, name in zip("ABC", NAMES, strict=False):
        papers.add_paper(file_desk, label=label)
        evidence.add_evidence(file_desk, label, claim=f"{label} on {name}", mechanism=name)
    return file_desk


def shown(desk: Desk, name: str) -> dict[str, Any]:
    with desk.store.read() as connection:
        return theory.mechanism(connection, resolve(connection, "mechanism", name))


def columns(desk: Desk) -> dict[str, int]:
    """Return n by name for the columns of the grid."""
    with desk.store.read() as connection:
        return {column.name: column.n for column in evidence_grid(connection).columns}


def test_a_mechanism_is_proposed_whole(desk: Desk) -> None:
    mechanisms.add_mechanism(
        desk, " Borrowed  hope ", kind=MechanismKind.THEME, description="Seeing\n\nis believing.",
        aliases=["vicarious hope", "lent hope"], note="from talks", reason="interviews",
    )  # fmt: skip
    found = shown(desk, "M1")
    assert (found["name"], found["kind"], found["note"]) == ("Borrowed hope", "theme", "from talks")
    assert [row["name"] for row in found["aliases"]] == ["vicarious hope", "lent hope"]
    assert [(row["number"], row["description"]) for row in found["versions"]] == [
        (1, "Seeing\n\nis believing.")
    ]
    assert [(row["fate"], row["reason"], row["by"]) for row in found["fates"]] == [
        ("proposed", "interviews", "SF")
    ]
    assert shown(desk, "Lent Hope")["uid"] == found["uid"]


@pytest.mark.parametrize("name", ["Trust", "trust", " TRUST ", "Trüst"])
def test_the_same_name_however_it_is_written_is_refused(named: Desk, name: str) -> None:
    with pytest.raises(Refused, match="There is already a mechanism #1 Trust"):
        mechanisms.add_mechanism(named, name)


def test_a_mechanism_needs_a_name(named: Desk) -> None:
    with pytest.raises(Refused, match="A mechanism needs a name"):
        mechanisms.add_mechanism(named, " ")


def test_descriptions_are_versions(named: Desk) -> None:
    mechanisms.describe(named, "Trust", "They know each other.", reason="first reading")
    mechanisms.describe(named, "M1", "They know what to expect.", reason="Smith 2010")
    assert [(row["number"], row["description"], row["reason"]) for row in shown(named, "M1")["versions"]] == [
        (1, "They know each other.", "first reading"),
        (2, "They know what to expect.", "Smith 2010"),
    ]


def test_a_fate_needs_a_reason_and_the_latest_counts(named: Desk) -> None:
    consulting.add_consultation(named, "June meeting")
    with pytest.raises(Refused, match="a fate needs its reason"):
        mechanisms.decide_fate(named, "Trust", Fate.DROPPED, reason=" ")
    mechanisms.decide_fate(named, "Trust", Fate.DROPPED, reason="too broad", consultation="June meeting")
    assert "Trust" not in columns(named)
    mechanisms.decide_fate(named, "Trust", Fate.KEPT, reason="they came back")
    assert columns(named)["Trust"] == 1
    assert [(row["fate"], row["consultation"]) for row in shown(named, "Trust")["fates"]] == [
        ("proposed", None),
        ("dropped", "June meeting"),
        ("kept", None),
    ]


def test_a_merge_with_one_target_shows_the_evidence_there(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope"], reason="the same")
    assert columns(named) == {"Hope": 2, "Pacing": 1, "Voice": 0}
    uids = {row["name"]: row["uid"] for row in dump(named.store)["mechanism"]}
    assert {row["mechanism"] for row in dump(named.store)["evidence"]} == {
        uids[name] for name in ("Trust", "Hope", "Pacing")
    }
    assert [target["name"] for target in shown(named, "Trust")["into"]] == ["Hope"]
    assert shown(named, "Trust")["fates"][-1]["fate"] == "merged"


def test_merges_in_a_chain_lead_to_the_last(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope"], reason="the same")
    mechanisms.merge_mechanisms(named, "Hope", ["Pacing"], reason="the same")
    assert columns(named) == {"Pacing": 3, "Voice": 0}
    evidence.add_evidence(named, "A", claim="late", mechanism="Trust")
    assert columns(named)["Pacing"] == 3


def test_a_merge_with_several_targets_leaves_the_evidence_until_it_is_placed(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope", "Voice"], reason="it was two things")
    assert columns(named) == {"Trust": 1, "Hope": 1, "Pacing": 1, "Voice": 0}
    with named.store.read() as connection:
        rows = {row["name"]: row for row in theory.mechanisms(connection)}
        mechanisms_in = [row["name"] for row in rows["Trust"]["into"]]
    assert mechanisms_in == ["Hope", "Voice"]
    assert rows["Trust"]["papers"] == 1
    assert [row["claim"] for row in shown(named, "Trust")["evidence"]] == ["A on Trust"]


def test_a_merge_can_be_ended_after_work_went_on(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope"], reason="the same")
    evidence.add_evidence(named, "C", claim="given to Hope", mechanism="Hope")
    evidence.add_evidence(named, "B", claim="given to Trust", mechanism="Trust")
    assert columns(named)["Hope"] == 3
    mechanisms.end_merge(named, "Trust", reason="not the same")
    assert columns(named) == {"Trust": 2, "Hope": 2, "Pacing": 1, "Voice": 0}
    assert [row["ended"] for row in dump(named.store)["mechanism_merge"]] == ["not the same"]
    assert shown(named, "Trust")["fates"][-1]["fate"] == "proposed"
    mechanisms.merge_mechanisms(named, "Trust", ["Hope"], reason="after all")
    assert "Trust" not in columns(named)


def test_all_targets_of_a_merge_end_together(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope", "Voice", "Hope"], reason="two things")
    assert [row["position"] for row in dump(named.store)["mechanism_merge"]] == [1, 2]
    mechanisms.end_merge(named, "Trust", reason="one thing")
    assert shown(named, "Trust")["into"] == []


@pytest.mark.parametrize(
    ("name", "into", "reason", "told"),
    [
        ("Trust", [], "x", "needs its targets and its reason"),
        ("Trust", ["Hope"], " ", "needs its targets and its reason"),
        ("Trust", ["Trust"], "x", "cannot be merged into itself"),
        ("Trust", ["Hope", "M1"], "x", "cannot be merged into itself"),
        ("Voice", ["Hope"], "x", "Voice is merged already: undo that first"),
        ("Pacing", ["Voice"], "x", "cannot be merged into itself"),
    ],
)
def test_a_merge_that_cannot_be(named: Desk, name: str, into: list[str], reason: str, told: str) -> None:
    mechanisms.merge_mechanisms(named, "Voice", ["Pacing"], reason="the same")
    before = dump(named.store, log=True)
    with pytest.raises(Refused, match=told):
        mechanisms.merge_mechanisms(named, name, into, reason=reason)
    assert dump(named.store, log=True) == before


def test_a_mechanism_cannot_go_into_one_of_its_own_parts(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope", "Voice"], reason="two things")
    with pytest.raises(Refused, match="Hope cannot be merged into itself"):
        mechanisms.merge_mechanisms(named, "Hope", ["Trust"], reason="back again")


def test_a_circle_by_undoing_is_refused(named: Desk) -> None:
    mechanisms.merge_mechanisms(named, "Trust", ["Hope", "Voice"], reason="two things")
    mechanisms.end_merge(named, "Trust", reason="one thing")
    ended = len(dump(named.store, log=True)["act"])
    mechanisms.merge_mechanisms(named, "Hope", ["Trust"], reason="the same")
    with pytest.raises(Refused, match="merge mechanisms in a circle: undo the later one first"):
        undo(named, str(ended))


@pytest.mark.parametrize(("name", "reason"), [("Trust", "x"), ("Voice", "")])
def test_a_merge_that_cannot_be_ended(named: Desk, name: str, reason: str) -> None:
    mechanisms.merge_mechanisms(named, "Voice", ["Pacing"], reason="the same")
    with pytest.raises(Refused, match=f"{name} is not merged, or the reason is missing"):
        mechanisms.end_merge(named, name, reason=reason)


def test_a_paper_in_two_records_counts_once_for_a_mechanism(named: Desk) -> None:
    evidence.add_evidence(named, "B", claim="again", mechanism="Trust")
    sameness.join_papers(named, "B", "A")
    with named.store.read() as connection:
        assert {row["name"]: row["papers"] for row in theory.mechanisms(connection)} == {
            "Trust": 1, "Hope": 1, "Pacing": 1, "Voice": 0,
        }  # fmt: skip


def test_lists_keep_their_order_and_words(named: Desk) -> None:
    mechanisms.add_list(named, "first", [("Hope", "Hoping"), ("M1", "")], dated="May", source="p. 5")
    mechanisms.add_list(named, "second", [("", "Other things"), ("Trust", "")], agreed=False, note="draft")
    with named.store.read() as connection:
        first, second = theory.lists(connection)
        uid = resolve(connection, "list", "first")
        rows = theory.mechanisms(connection, of_list=uid)
    assert (first["items"], first["dated"], first["agreed"]) == (["Hoping", "M1"], "May", True)
    assert (second["items"], second["agreed"], second["note"]) == (["Other things", "Trust"], False, "draft")
    assert [(row["name"], row["printed"]) for row in rows] == [("Hope", "Hoping"), ("Trust", "M1")]


def test_the_grid_of_a_list_has_its_columns_even_if_they_were_dropped(named: Desk) -> None:
    mechanisms.add_list(named, "first", [("Pacing", ""), ("", "heading"), ("Trust", ""), ("Pacing", "again")])
    mechanisms.decide_fate(named, "Pacing", Fate.DROPPED, reason="thin")
    with named.store.read() as connection:
        grid = evidence_grid(connection, of_list="first")
    assert [column.name for column in grid.columns] == ["Pacing", "Trust"]


@pytest.mark.parametrize("name", ["", "first"])
def test_a_list_needs_a_name_of_its_own(named: Desk, name: str) -> None:
    mechanisms.add_list(named, "first", [])
    with pytest.raises(Refused, match=r"needs a name|already a mechanism list"):
        mechanisms.add_list(named, name, [])


def test_lineage_is_stated_and_never_made_up(named: Desk) -> None:
    for name in ("first", "second", "third"):
        mechanisms.add_list(named, name, [])
    mechanisms.state_lineage(named, "first", "third", Lineage.NOT_STATED, note="the report is silent")
    mechanisms.state_lineage(named, "second", "third", Lineage.STATED)
    with named.store.read() as connection:
        found = {row["name"]: row["lineage"] for row in theory.lists(connection)}
    assert found == {
        "first": [],
        "second": [],
        "third": [
            {"from": "first", "lineage": "not stated", "note": "the report is silent"},
            {"from": "second", "lineage": "stated", "note": ""},
        ],
    }


def test_contexts_and_outcomes_are_named_once(named: Desk) -> None:
    mechanisms.add_context(named, "Small firm", level=ContextLevel.INSTITUTIONAL, description="under 50")
    mechanisms.add_outcome(named, "Back at work")
    with pytest.raises(Refused, match="already a context #1 Small firm"):
        mechanisms.add_context(named, "small  FIRM")
    with pytest.raises(Refused, match="already an outcome #1 Back at work"):
        mechanisms.add_outcome(named, "Back at work")
    with pytest.raises(Refused, match="A context needs a name"):
        mechanisms.add_context(named, "")
    with named.store.read() as connection:
        assert [(row["name"], row["level"], row["elements"]) for row in theory.contexts(connection)] == [
            ("Small firm", "institutional", 0)
        ]
        assert [row["name"] for row in theory.outcomes(connection)] == ["Back at work"]
