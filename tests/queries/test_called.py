"""What rows are called, by uid alone."""

from __future__ import annotations

from realist.queries.called import LONGEST, called
from realist.queries.screening import rounds
from realist.services import mechanisms, papers, plan
from realist.services import rounds as rounding
from realist.services.unit import Desk
from realist.store.tables import Entry
from realist.vocabulary import RoundKind


def test_things_are_called_by_their_names_and_entries_by_their_papers(desk: Desk) -> None:
    labelled = papers.add_paper(desk, label="Klinga (2016)", title="Shared responsibility")
    titled = papers.add_paper(desk, title="Budgets " * 40)
    trust = mechanisms.add_mechanism(desk, "Trust")
    plan.add_stage(desk, "1a")
    rounding.add_round(desk, "Titles", stage="1a", kind=RoundKind.TITLE_ABSTRACT)
    rounding.enter(desk, "Titles", ["Klinga (2016)"])
    with desk.store.read() as connection:
        round_ = rounds(connection)[0]["uid"]
        entry = connection.execute(Entry.__table__.select()).mappings().one()["uid"]
        many = [f"no-{n}" for n in range(1200)]
        found = called(connection, [labelled, titled, trust, round_, entry, *many])
    assert found.pop(titled).startswith("Budgets Budgets")
    assert found == {labelled: "Klinga (2016)", trust: "Trust", round_: "Titles", entry: "Klinga (2016)"}


def test_names_are_short(desk: Desk) -> None:
    uid = papers.add_paper(desk, title="x" * 100_000)
    with desk.store.read() as connection:
        assert len(called(connection, {uid})[uid]) == LONGEST
        assert called(connection, set()) == {}
