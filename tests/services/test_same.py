"""What is right of papers that are called the same: values taken over, with the original kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from realist.errors import NotFound, WrongUse
from realist.queries import papers as queries
from realist.queries import sameness as known
from realist.queries.paper_story import uids_numbered
from realist.services import evidence, history, mechanisms, papers, sameness
from realist.services.unit import Desk
from realist.store.tables import Act, FieldOverride, PaperJoin


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two papers; the first says more, and is the one under which the other would be read."""
    papers.add_paper(
        desk, label="Lo (2001)", title="Walks", authors=["Lo, M."], year="2001", journal="Heart", volume="3",
        abstract="Short.",
    )  # fmt: skip
    papers.add_paper(desk, label="Lo (2002)", title="Walks: a trial", authors=["Lo, Mina"], year="2002",
                     abstract="A longer one.")  # fmt: skip
    return desk


def overrides(desk: Desk) -> dict[str, tuple[str, str, str]]:
    """By field: original, value and reason."""
    with desk.store.read() as connection:
        rows = connection.execute(
            select(FieldOverride.field, FieldOverride.original, FieldOverride.value, FieldOverride.reason)
        )
        return {row.field: (row.original, row.value, row.reason) for row in rows}


def test_values_are_taken_over_in_one_act_with_the_original_kept(two: Desk) -> None:
    fields = {"title": "#2", "authors": "#2", "year": "Lo (2001)", "volume": "#1", "abstract": "#2"}
    with two.store.read() as connection:
        before = connection.execute(select(Act.number)).scalars().all()
    best = sameness.call_same(two, ["#1", "#2"], fields=fields)
    with two.store.read() as connection:
        after = connection.execute(select(Act.number)).scalars().all()
        paper = queries.paper(connection, best)
    assert len(after) == len(before) + 1
    assert (paper["number"], paper["title"], paper["authors"]) == (1, "Walks: a trial", ["Lo, Mina"])
    assert (paper["year"], paper["journal"], paper["volume"]) == (2001, "Heart", "3")
    assert paper["abstract"] == "A longer one."
    assert overrides(two) == {
        "title": ("Walks", "Walks: a trial", "from #2"),
        "authors": ("Lo, M.", "Lo, Mina", "from #2"),
        "abstract": ("Short.", "A longer one.", "from #2"),
    }
    history.undo(two)
    assert overrides(two) == {}
    with two.store.read() as connection:
        assert queries.paper(connection, best)["title"] == "Walks"


def test_the_value_of_what_is_joined_already_is_the_one_that_is_read(two: Desk) -> None:
    papers.add_paper(two, label="Lo (2003)", title="Walks", year="2003", journal="Heart", doi="10.1000/w.3")
    sameness.call_same(two, ["#2", "#3"], fields={"year": "#3"})
    sameness.call_same(two, ["#1", "#2"], fields={"year": "#3"})
    with two.store.read() as connection:
        (uid,) = uids_numbered(connection, [2])
        assert queries.paper(connection, uid)["year"] == 2003


@pytest.mark.parametrize("field", ["note", "uid", "colour"])
def test_what_is_no_field_is_refused_and_nothing_is_joined(two: Desk, field: str) -> None:
    with pytest.raises(WrongUse, match="No value can be taken over"):
        sameness.call_same(two, ["#1", "#2"], fields={field: "#1"})
    with pytest.raises(NotFound):
        sameness.call_same(two, ["#1", "#2"], fields={"title": "nobody"})
    with two.store.read() as connection:
        assert not connection.execute(select(PaperJoin.uid)).first()


def test_the_best_of_a_few_is_the_one_that_all_would_be_read_under(two: Desk) -> None:
    papers.add_paper(two, title="Hills")
    mechanisms.add_mechanism(two, "Company")
    evidence.add_evidence(two, "#3", mechanism="Company", claim="It says so.")
    with two.store.read() as connection:
        one, other, third = uids_numbered(connection, [1, 2, 3])
        assert known.best_of(connection, [other, one]) == one
        assert known.best_of(connection, [one, other, third]) == third
        assert known.used(connection, [one, third]) == known.used(connection) == {third}
