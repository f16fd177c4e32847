"""Memos on a thing, and the consultations of a review."""

from __future__ import annotations

from realist.queries.beside import consultations, memos
from realist.queries.naming import resolve
from realist.services.consulting import add_consultation
from realist.services.mechanisms import add_mechanism
from realist.services.notes import add_memo
from realist.services.unit import Desk


def test_memos_are_those_of_the_thing_oldest_first(desk: Desk) -> None:
    trust = add_mechanism(desk, "Trust")
    add_mechanism(desk, "Power")
    for kind, name, text in (
        ("mechanism", "Trust", "First thought."),
        ("mechanism", "Power", "Another thing."),
        ("mechanism", "Trust", "Second thought."),
        ("review", "", "On the whole."),
    ):
        add_memo(desk, kind, name, text)
    with desk.store.read() as connection:
        found = memos(connection, "mechanism", trust)
        assert [row["text"] for row in found] == ["First thought.", "Second thought."]
        assert {row["by"] for row in found} == {"SF"}
        assert memos(connection, "paper", trust) == []


def test_consultations_stand_in_the_order_they_were_recorded(desk: Desk) -> None:
    add_consultation(desk, "Meeting 2", held="2011-05", who="four managers")
    add_consultation(desk, "Meeting 1")
    with desk.store.read() as connection:
        found = consultations(connection)
        assert [(row["name"], row["held"], row["who"]) for row in found] == [
            ("Meeting 2", "2011-05", "four managers"),
            ("Meeting 1", "", ""),
        ]
        assert found[0]["uid"] == resolve(connection, "consultation", "Meeting 2")
