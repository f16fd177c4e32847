"""What a person has to screen, what changed in it, and where they stopped."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from realist.errors import Refused
from realist.queries import pile_news, piles
from realist.queries.log import last_number
from realist.services import history, notes, papers, rounds, sameness, screening
from realist.services.plan import add_stage, edit_person
from realist.services.retrieving import add_highlight, drop_highlight
from realist.services.unit import Desk
from realist.store.tables import Assignment, Entry, Paper, Person, Round
from realist.vocabulary import Role, RoundKind, RoundOrder, TermSet, Verdict

FEW = 7


@pytest.fixture
def piled(file_desk: Desk) -> Desk:
    """Papers 1 to 7 in the round "titles", which wants one reader and has two reasons."""
    add_stage(file_desk, "1")
    rounds.add_round(
        file_desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, reasons=["no peer", "no work"]
    )
    for number in range(1, FEW + 1):
        papers.add_paper(file_desk, label=f"P{number}", title=f"Title {number}", abstract=f"Text {number}.")
    rounds.enter(file_desk, "titles", [f"#{number}" for number in range(1, FEW + 1)])
    for initials in ("AB", "CD"):
        screening.decide(Desk(file_desk.store, initials), "#7", Verdict.MAYBE, round_="titles")
        screening.decide(Desk(file_desk.store, initials), "#7", Verdict.UNDECIDED, round_="titles")
    return file_desk


def round_of(desk: Desk) -> str:
    with desk.store.read() as connection:
        return str(connection.execute(select(Round.uid).order_by(Round.number)).scalars().first())


def pile_of(desk: Desk, viewer: str) -> piles.Pile:
    with desk.store.read() as connection:
        return piles.pile(connection, round_of(desk), viewer=viewer)


def told(desk: Desk, viewer: str) -> dict[int, str]:
    """By number how papers stand in a pile."""
    return {
        item.number: item.verdict or ("parked" if item.parked else "check" if item.is_check else "")
        for item in pile_of(desk, viewer).items
    }


def number_now(desk: Desk) -> int:
    with desk.store.read() as connection:
        return last_number(connection)


def news(desk: Desk, since: int, viewer: str = "AB", *, handed: bool = False) -> pile_news.News:
    with desk.store.read() as connection:
        return pile_news.news(connection, round_of(desk), since, viewer=viewer, handed=handed)


def hand(desk: Desk, paper: str, initials: str, role: Role) -> None:
    with desk.unit("hand out", paper) as work:
        number = int(paper.removeprefix("#"))
        entry = select(Entry.uid).join(Paper, Paper.uid == Entry.paper).where(Paper.number == number)
        reader = select(Person.uid).where(Person.initials == initials)
        work.add(
            Assignment(
                entry=work.connection.execute(entry).scalar_one(),
                reader=work.connection.execute(reader).scalar_one(), role=role,
            )
        )  # fmt: skip


def test_a_pile_that_was_not_handed_out_leaves_out_what_others_finished(piled: Desk) -> None:
    ab, cd = Desk(piled.store, "AB"), Desk(piled.store, "CD")
    screening.decide(ab, "#1", Verdict.INCLUDE, round_="titles")
    screening.decide(cd, "#2", Verdict.EXCLUDE, round_="titles", reason="2", also=["1"], note="hm")
    screening.park(ab, "#3", round_="titles")
    assert told(piled, "AB") == {1: "include", 3: "parked", 4: "", 5: "", 6: "", 7: ""}
    assert told(piled, "CD") == {2: "exclude", 3: "", 4: "", 5: "", 6: "", 7: ""}
    assert told(piled, "nobody") == {3: "", 4: "", 5: "", 6: "", 7: ""}
    assert told(piled, "") == {3: "", 4: "", 5: "", 6: "", 7: ""}
    with piled.store.read() as connection:
        entries = [item.entry for item in pile_of(piled, "CD").items]
        assert piles.mine_of(connection, entries, viewer="CD") == {
            entries[0]: piles.Mine("exclude", (2, 1), "hm", "")
        }
        assert piles.mine(connection, entries[0], viewer="AB") is None


def test_a_pile_that_was_handed_out_holds_what_was_and_what_i_decided(piled: Desk) -> None:
    screening.decide(Desk(piled.store, "AB"), "#1", Verdict.INCLUDE, round_="titles")
    hand(piled, "#2", "AB", Role.READ)
    hand(piled, "#3", "CD", Role.READ)
    hand(piled, "#4", "AB", Role.CHECK)
    assert told(piled, "AB") == {1: "include", 2: "", 4: "check"}
    assert told(piled, "CD") == {3: ""}
    assert told(piled, "SF") == {}
    assert pile_of(piled, "AB").handed
    assert [item.is_check for item in pile_of(piled, "AB").items] == [False, False, True]


def test_a_random_order_depends_on_the_seed_alone(piled: Desk) -> None:
    assert [item.number for item in pile_of(piled, "AB").items] == list(range(1, FEW + 1))
    orders = []
    for seed in (1, 2, 1):
        rounds.edit_round(piled, "titles", order=RoundOrder.RANDOM, seed=seed)
        orders.append([item.number for item in pile_of(piled, "AB").items])
        assert orders[-1] == [item.number for item in pile_of(piled, "CD").items]
    assert orders[0] == orders[2] != orders[1]


def test_what_is_read_of_a_paper_comes_from_all_that_was_joined_into_it(piled: Desk) -> None:
    papers.add_paper(piled, doi="10.5555/other")
    sameness.join_papers(piled, "#8", "#1")
    first = pile_of(piled, "AB").items[0]
    with piled.store.read() as connection:
        shown = piles.texts(connection, [first.paper])[first.paper]
    assert (shown.title, shown.abstract, shown.typed, shown.doi) == (
        "Title 1", "Text 1.", True, "10.5555/other",
    )  # fmt: skip


def test_news_are_what_the_pile_says(piled: Desk) -> None:
    chance = random.Random(11)
    verdicts = list(Verdict)
    for step in range(60):
        since, before = number_now(piled), {item.paper: item for item in pile_of(piled, "AB").items}
        for _ in range(chance.randint(1, 3)):
            desk = Desk(piled.store, chance.choice(("AB", "CD")))
            paper = f"#{chance.randint(1, FEW)}"
            if chance.random() < 0.2:
                with suppress(Refused):  # it is parked already, or is not
                    chance.choice((screening.park, screening.unpark))(desk, paper, round_="titles")
            elif chance.random() < 0.2 and step:
                history.undo(desk)
            else:
                screening.decide(desk, paper, chance.choice(verdicts), round_="titles")
        found = news(piled, since)
        after = {item.paper: item for item in pile_of(piled, "AB").items}
        assert found.number == number_now(piled)
        if found.whole:
            continue
        for paper, item in found.items.items():
            assert after.get(paper) == item
        touched = set(found.items)
        assert {p: i for p, i in before.items() if p not in touched} == {
            p: i for p, i in after.items() if p not in touched
        }


@pytest.mark.parametrize("what", ["enter", "join", "hand", "rules", "much"])
def test_a_pile_is_read_anew_after_what_changes_all_of_it(
    piled: Desk, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = number_now(piled)
    if what == "enter":
        papers.add_paper(piled, label="P8")
        rounds.enter(piled, "titles", ["P8"])
    elif what == "join":
        sameness.join_papers(piled, "#2", "#1")
    elif what == "hand":
        hand(piled, "#2", "AB", Role.READ)
    elif what == "rules":
        rounds.edit_round(piled, "titles", criteria="other ones")
    else:
        monkeypatch.setattr(pile_news, "MOST", 1)
        for paper in ("#1", "#2"):
            screening.decide(piled, paper, Verdict.MAYBE, round_="titles")
    assert news(piled, since).whole


def test_texts_tags_and_terms_that_changed_are_named(piled: Desk) -> None:
    first, second, *_ = (item.paper for item in pile_of(piled, "AB").items)
    since = number_now(piled)
    assert news(piled, since) == pile_news.News(since)
    papers.edit_paper(piled, "#1", "title", "Better", reason="typo")
    notes.tag(piled, "paper", "#2", "rural")
    found = news(piled, since)
    assert found.texts == {first, second}
    assert (found.items, found.whole, found.terms) == ({}, False, False)
    with piled.store.read() as connection:
        assert pile_news.tags_of(connection, [first, second], viewer="AB") == {second: ("rural",)}
    since = number_now(piled)
    add_highlight(piled, "trust", TermSet.INCLUDE)
    assert news(piled, since).terms
    since = number_now(piled)
    drop_highlight(piled, "trust")
    edit_person(piled, "AB", role="reader")
    assert news(piled, since)._replace(number=0) == pile_news.News(0, terms=True)


def test_an_act_on_papers_of_a_pile_is_told_from_others(piled: Desk) -> None:
    def of_last() -> dict[str, str] | None:
        with piled.store.read() as connection:
            return pile_news.entries_of_act(connection, last_number(connection))

    (entry,) = (item.entry for item in pile_of(piled, "SF").items if item.number == 3)
    screening.decide(piled, "#3", Verdict.EXCLUDE, round_="titles", reason="1", also=["2"], note="hm")
    assert of_last() == {entry: "hm"}
    history.undo(piled)
    assert of_last() == {entry: "hm"}
    screening.park(piled, "#3", round_="titles")
    assert of_last() == {entry: ""}
    papers.add_paper(piled, label="P8")
    assert of_last() is None


def test_where_somebody_stopped_and_when_they_decided(piled: Desk) -> None:
    uid = round_of(piled)
    start = datetime(2020, 1, 1, tzinfo=UTC)
    with piled.store.read() as connection:
        assert pile_news.left_at(connection, uid, viewer="SF") == ""
    for paper in ("#4", "#2"):
        screening.decide(piled, paper, Verdict.MAYBE, round_="titles")
    screening.decide(piled, "#1", Verdict.UNDECIDED, round_="titles")
    (entry,) = (item.entry for item in pile_of(piled, "SF").items if item.number == 2)
    with piled.store.read() as connection:
        assert pile_news.left_at(connection, uid, viewer="SF") == entry
        assert len(pile_news.lately(connection, uid, start, viewer="SF", limit=5)) == 2
        latest = pile_news.lately(connection, uid, start, viewer="SF", limit=1)
        assert latest == pile_news.lately(connection, uid, start, viewer="SF", limit=5)[-1:]
        assert pile_news.lately(connection, uid, datetime.now(UTC), viewer="SF", limit=5) == []


def test_deciding_ends_what_was_parked_and_undo_brings_it_back(piled: Desk) -> None:
    ab = Desk(piled.store, "AB")
    screening.park(ab, "#1", round_="titles")
    item = pile_of(piled, "AB").items[0]
    screening.decide_entry(ab, item.entry, "#1 P1", Verdict.INCLUDE, parked=item.parked, seconds=4.5)
    assert told(piled, "AB")[1] == "include"
    screening.decide(ab, "#1", Verdict.UNDECIDED, round_="titles")
    assert told(piled, "AB")[1] == ""
    history.undo(ab)
    history.undo(ab)
    assert told(piled, "AB")[1] == "parked"
    screening.unpark_entry(ab, item.entry, "#1 P1")
    screening.park_entry(ab, item.entry, "#1 P1")
    assert told(piled, "AB")[1] == "parked"
    screening.decide(ab, "#1", Verdict.MAYBE, round_="titles")
    assert told(piled, "AB")[1] == "maybe"
