"""Joining duplicates: rows that end, nothing deleted, and nothing that people decided overturned."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from realist.domain import duplicates
from realist.domain.duplicates import Result, Setting
from realist.errors import Refused
from realist.queries import papers as paper_queries
from realist.queries import sameness
from realist.queries.grouping import paper_grouping
from realist.services import deduping
from realist.services.deduping import dedupe, look
from realist.services.history import redo, undo
from realist.services.importing import Origin, import_file
from realist.services.keeping import check
from realist.services.papers import add_paper
from realist.services.plan import add_stage
from realist.services.rounds import add_round, enter
from realist.services.sameness import call_different, end_join, join_papers
from realist.services.screening import decide
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Verdict
from tests.services.dumps import dump

TITLES = (
    "Walking groups after stroke: a realist evaluation of peer support",
    "How allotment gardens keep carers well in two northern towns",
    "Tea, talk and trust in rural memory cafés",
)


def ris(*records: tuple[int, str, str]) -> str:
    """Return records of (which title, its spelling, DOI) as a file."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Okafor, Ngozi\nAU  - Reid, Ewan\nPY  - {2014 + n}\n"
        f"JO  - Invented Studies\nVL  - {4 + n}\nSP  - {n}11\nEP  - {n}29\n"
        f"{f'DO  - {doi}' if doi else 'KW  - none'}\nER  - \n\n"
        for n, title, doi in records
    )


@pytest.fixture
def two(desk: Desk, tmp_path: Path) -> Desk:
    """A review with three papers from one file, and two of them again, in capitals, from another."""
    first = [(n, title, "") for n, title in enumerate(TITLES)]
    second = [(n, title.upper(), f"10.5555/{n}") for n, title in enumerate(TITLES[:2])]
    for name, records in (("first.ris", first), ("second.ris", second)):
        (tmp_path / name).write_text(ris(*records), encoding="utf-8")
        import_file(desk, tmp_path / name, Origin())
    return desk


def groups(desk: Desk) -> set[frozenset[str]]:
    """Return the titles, in small letters, with the numbers of papers that are read as one."""
    with desk.store.read() as connection:
        grouping = paper_grouping(connection)
        uids = [record.uid for record in sameness.comparable(connection)]
        names = sameness.named(connection, uids)
    found: dict[str, set[str]] = {}
    for uid in uids:
        found.setdefault(grouping[uid], set()).add(f"#{names[uid][0]}")
    return {frozenset(group) for group in found.values()}


def test_papers_of_one_document_are_joined_with_reasons_and_nothing_is_deleted(two: Desk) -> None:
    before = dump(two.store)
    done = dedupe(two)
    assert (done.records, done.papers, done.joined, done.doubtful) == (5, 3, 2, ())
    assert groups(two) == {frozenset(("#1", "#4")), frozenset(("#2", "#5")), frozenset(("#3",))}
    after = dump(two.store)
    assert len(after["paper"]) == 5
    assert {name for name in after if after[name] != before[name]} == {
        "paper_join", "deduplication", "paper_keys",
    }  # fmt: skip
    with two.store.read() as connection:
        log = sameness.joins(connection)
        assert paper_queries.count_papers(connection) == 3
    assert [row["rule"] for row in log] == [deduping.RULE] * 2
    assert all(row["score"] >= 0.9 and "titles" in row["reason"] and row["by"] == "SF" for row in log)
    assert check(two.store) == []


def test_the_paper_that_says_most_is_the_one_that_stays(two: Desk) -> None:
    dedupe(two)
    with two.store.read() as connection:
        into = {row["number"]: row["into_number"] for row in sameness.joins(connection)}
    assert into == {1: 4, 2: 5}, "the second file has DOIs"


def test_a_paper_that_people_work_with_stays(two: Desk) -> None:
    add_stage(two, "1")
    add_round(two, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    enter(two, "titles", ["#1", "#5"])
    decide(two, "#1", Verdict.INCLUDE, round_="titles")
    before = dump(two.store)["decision"]
    dedupe(two)
    with two.store.read() as connection:
        into = {row["number"]: row["into_number"] for row in sameness.joins(connection)}
    assert into == {4: 1, 2: 5}
    assert dump(two.store)["decision"] == before


def test_twice_changes_nothing_and_looking_writes_nothing(two: Desk) -> None:
    before = dump(two.store, log=True)
    assert look(two.store).joined == 2
    assert dump(two.store, log=True) == before
    dedupe(two)
    after = dump(two.store, log=True)
    again = dedupe(two)
    assert (again.joined, again.papers) == (0, 3)
    assert dump(two.store, log=True) == after


def test_what_people_decided_is_never_overturned(two: Desk) -> None:
    dedupe(two)
    end_join(two, "#1", reason="two editions")
    join_papers(two, "#3", "#2", reason="seen in the library")
    for setting in Setting:
        assert dedupe(two, setting).joined == 0
    assert groups(two) == {frozenset(("#1",)), frozenset(("#4",)), frozenset(("#2", "#3", "#5"))}


def test_joins_are_taken_back_and_made_again_after_work_went_on(two: Desk) -> None:
    before = groups(two)
    dedupe(two)
    joined = groups(two)
    add_paper(two, label="Lind (2020)", title="Rain on Tuesdays, and who stays at home")
    with two.store.read() as connection:
        act = sameness.last_joining(connection)
    undo(two, str(act))
    assert groups(two) == before | {frozenset(("#6",))}
    with two.store.read() as connection:
        assert sameness.last_joining(connection) is None
    redo(two)
    assert groups(two) == joined | {frozenset(("#6",))}
    assert check(two.store) == []


def test_a_new_import_is_matched_against_what_is_there(two: Desk, tmp_path: Path) -> None:
    dedupe(two)
    third = ris((2, TITLES[2], ""), (0, TITLES[0], ""))
    (tmp_path / "third.ris").write_text(third, encoding="utf-8")
    import_file(two, tmp_path / "third.ris", Origin())
    done = dedupe(two)
    assert (done.joined, done.papers) == (2, 3)
    assert frozenset(("#1", "#4", "#7")) in groups(two)
    with two.store.read() as connection:
        into = {row["number"]: row["into_number"] for row in sameness.joins(connection)}
    assert into[7] == 4, "what papers were joined into before stays"


def test_what_was_said_meanwhile_is_noticed(two: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    find = duplicates.find

    def meanwhile(*args: Any, **how: Any) -> Result:
        call_different(two, "#1", "#4")
        return find(*args, **how)

    monkeypatch.setattr(deduping, "find", meanwhile)
    with pytest.raises(Refused, match="Somebody called papers different meanwhile: nothing was joined"):
        dedupe(two)
    assert len(groups(two)) == 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_random_joins_undone_in_any_order_leave_memberships_as_before(two: Desk, seed: int) -> None:
    chance = random.Random(seed)
    before = groups(two)
    acts = []
    for _ in range(8):
        with two.store.read() as connection:
            grouping = paper_grouping(connection)
            names = sameness.named(connection, [record.uid for record in sameness.comparable(connection)])
        whole = [number for uid, (number, _, _) in names.items() if grouping[uid] == uid]
        if len(whole) < 2:
            break
        one, other = chance.sample(whole, 2)
        join_papers(two, f"#{one}", f"#{other}")
        acts.append(_last_act(two))
        add_paper(two, label=f"In between {seed} {len(acts)}")
    chance.shuffle(acts)
    for act in acts:
        undo(two, str(act))
    assert {group for group in groups(two) if len(group) > 1} == set()
    assert before <= groups(two)


def _last_act(desk: Desk) -> int:
    return max(int(row["number"]) for row in dump(desk.store, log=True)["act"])
