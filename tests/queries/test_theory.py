"""Mechanisms counted: papers by stance, what people said, the description that holds, and their story."""

from __future__ import annotations

from typing import Any

from realist.queries.naming import resolve
from realist.queries.theory import mechanism, mechanisms
from realist.services import consulting, evidence, papers, sameness
from realist.services import mechanisms as services
from realist.services.unit import Desk
from realist.vocabulary import Stance, Voice


def rows(desk: Desk, of_list: str = "") -> dict[str, dict[str, Any]]:
    with desk.store.read() as connection:
        uid = resolve(connection, "list", of_list) if of_list else ""
        return {row["name"]: row for row in mechanisms(connection, of_list=uid)}


def prepared(desk: Desk) -> Desk:
    """Evidence of papers A, B (joined into A) and C on M; N merged into M with its own."""
    for label in "ABC":
        papers.add_paper(desk, label=label)
    services.add_mechanism(desk, "M", description="First.")
    services.add_mechanism(desk, "N")
    sameness.join_papers(desk, "B", "A")
    for paper, stance in (
        ("A", Stance.SUPPORTS), ("B", Stance.SUPPORTS), ("A", Stance.WEAKENS), ("C", Stance.WEAKENS),
        ("C", Stance.MODIFIES), ("C", Stance.REFOCUSES), ("C", Stance.NOT_JUDGED),
    ):  # fmt: skip
        evidence.add_evidence(desk, paper, claim="x", stance=stance, mechanism="M")
    evidence.add_evidence(desk, "C", claim="x", stance=Stance.SUPPORTS, mechanism="N")
    services.describe(Desk(desk.store, "NG"), "M", "Second.", reason="A")
    consulting.add_feedback(desk, Voice.FOR, "Yes.", mechanism="M")
    consulting.add_feedback(Desk(desk.store, "NG"), Voice.AGAINST, "No.", mechanism="M", who="nurses")
    services.merge_mechanisms(desk, "N", ["M"], reason="the same")
    return desk


def test_papers_by_stance_feedback_and_description(desk: Desk) -> None:
    found = rows(prepared(desk))
    keys = ("papers", "for", "against", "modifies", "feedback", "description")
    assert [found["M"][key] for key in keys] == [2, 2, 2, 1, 2, "Second."]
    assert [found["N"][key] for key in keys] == [0, 0, 0, 0, 0, ""]
    assert [found[name]["given"] for name in "MN"] == [2, 1]


def test_items_of_a_list_have_the_same(file_desk: Desk) -> None:
    prepared(file_desk)
    services.add_list(file_desk, "one", [("M", "As printed"), ("", "Speech")])
    found = rows(file_desk, "one")
    assert found["M"] == {**rows(file_desk)["M"], "printed": "As printed"}
    assert found["Speech"] == {"uid": None, "name": "Speech"}


def test_versions_and_feedback_say_who_and_when(desk: Desk) -> None:
    prepared(desk)
    with desk.store.read() as connection:
        found = mechanism(connection, resolve(connection, "mechanism", "M"))
    assert [(row["number"], row["description"], row["by"]) for row in found["versions"]] == [
        (1, "First.", "SF"), (2, "Second.", "NG"),
    ]  # fmt: skip
    assert [(row["words"], row["who"], row["by"]) for row in found["feedback"]] == [
        ("Yes.", "", "SF"), ("No.", "nurses", "NG"),
    ]  # fmt: skip
    for some in (found["versions"], found["feedback"]):
        assert some[0]["at"] < some[1]["at"]
        assert all(row["at"].tzinfo for row in some)
