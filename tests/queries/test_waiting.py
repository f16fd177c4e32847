"""What waits to be placed: listed for who may see it, placed by a person, and told by nobody else's log."""

from __future__ import annotations

import pytest

from realist.errors import NotFound, Refused
from realist.queries import lives as queries
from realist.queries.log import acts
from realist.queries.naming import resolve
from realist.queries.theory import mechanisms
from realist.queries.waiting import waiting
from realist.services import evidence, extracting, lives, papers, placements
from realist.services.plan import edit_person
from realist.services.proposing import add_mechanism
from realist.services.unit import Desk
from realist.vocabulary import ExtractionRole


@pytest.fixture
def hidden(file_desk: Desk) -> Desk:
    """A paper that AB and CD extract independently; AB's claim waits under what was split."""
    papers.add_paper(file_desk, label="Ash (2001)")
    for name in ("Trust", "Hope", "Voice"):
        add_mechanism(file_desk, name)
    for initials in ("AB", "CD"):
        edit_person(file_desk, initials, name=initials)
    extracting.allot_extraction(file_desk, ["Ash (2001)"], ["AB", "CD"], role=ExtractionRole.INDEPENDENT)
    evidence.add_evidence(Desk(file_desk.store, "AB"), "Ash (2001)", claim="secret", mechanism="Trust")
    lives.split(file_desk, "Trust", ["Hope", "Voice"], reason="two things")
    return file_desk


def pieces(desk: Desk, viewer: str) -> list[str]:
    with desk.store.read() as connection:
        return [row["piece"] for row in waiting(connection, viewer=viewer)]


def test_what_may_not_be_seen_is_neither_listed_nor_placed_nor_told(hidden: Desk) -> None:
    (own,) = pieces(hidden, "AB")
    assert pieces(hidden, "CD") == pieces(hidden, "") == []
    with pytest.raises(NotFound, match="There is no piece"):
        placements.place(Desk(hidden.store, "CD"), [own], ["Hope"], reason="x")
    placements.place(Desk(hidden.store, "AB"), [own], ["Hope"], reason="secret reason")
    with hidden.store.read() as connection:
        uid = resolve(connection, "mechanism", "Hope")
        for viewer, sees in (("AB", True), ("CD", False), ("", False)):
            did = [row["did"] for row in queries.history(connection, "mechanism", uid, viewer=viewer)]
            assert ("place" in did) is sees
            told = str(acts(connection, viewer=viewer))
            assert ("secret reason" in told) is sees
            n = {row["name"]: row["papers"] for row in mechanisms(connection, viewer=viewer)}
            assert n["Hope"] == int(sees)


def test_a_placement_rests_and_leads_on(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="Ash (2001)")
    for name in ("Trust", "Hope", "Voice", "Pacing"):
        add_mechanism(file_desk, name)
    uid = evidence.add_evidence(file_desk, "Ash (2001)", claim="x", mechanism="Trust")

    def n() -> dict[str, int]:
        with file_desk.store.read() as connection:
            return {row["name"]: row["papers"] for row in mechanisms(connection) if row["papers"]}

    lives.split(file_desk, "Trust", ["Hope", "Voice"], reason="two")
    assert n() == {"Trust": 1}
    with pytest.raises(Refused, match="Trust went into Hope, Voice: place it under one or several"):
        placements.place(file_desk, [uid], ["Pacing"], reason="x")
    placements.place(file_desk, [uid], ["Hope"], reason="x")
    assert n() == {"Hope": 1}
    lives.merge(file_desk, "Hope", ["Pacing"], reason="one")
    assert n() == {"Pacing": 1}
    lives.end_merge(file_desk, "Trust", reason="one after all")
    assert n() == {"Trust": 1}
    lives.merge(file_desk, "Trust", ["Hope", "Voice"], reason="again")
    assert n() == {"Pacing": 1}
    placements.place(file_desk, [uid], ["Voice"], reason="rather")
    assert n() == {"Voice": 1}
    with pytest.raises(Refused, match="that is where it stands already"):
        placements.place(file_desk, [uid], ["Voice"], reason="again")
    with pytest.raises(Refused, match="to place needs its reason"):
        placements.place(file_desk, [uid], ["Hope"], reason=" ")
