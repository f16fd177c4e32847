"""What a person may not see yet of what others do in a blind round: the log, and what is undone."""

from __future__ import annotations

from typing import Any

import pytest

from realist.errors import Refused
from realist.queries import log
from realist.queries.states import states
from realist.queries.undoing import will_undo
from realist.services import history, notes, papers, rounds
from realist.services import screening as services
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.store.tables import Decision, Parking, Resolution
from realist.vocabulary import Verdict
from tests.queries.confidence import (
    EVERYBODY,
    EXCLUDE,
    INCLUDE,
    add_round,
    asked,
    decide,
    entry,
    secret,
    store,
    uid,
)

__all__ = ["secret", "store"]


def said(store: Store, viewer: str, **which: Any) -> list[str]:
    rows = asked(store, log.acts, viewer=viewer, limit=99, **which)
    return [f"{row['person']} {row['intention']} {row['subject']} {row['reason']}".strip() for row in rows]


def test_the_log_says_that_something_was_done_and_not_what(secret: Store) -> None:
    hidden = [
        "RP write memo paper #1", "RP tag paper #1", "RP decide #2", "RP decide #1",
    ]  # fmt: skip
    whole = [
        "RP write memo paper A", "RP tag paper A: pearl", "RP decide exclude B", "RP decide include A",
    ]  # fmt: skip
    for who in EVERYBODY:
        acts = said(secret, who)
        assert [act for act in acts if act in hidden] == ([] if who == "RP" else hidden)
        assert [act for act in acts if act in whole] == (whole if who == "RP" else [])
        assert "RP decide include C" in acts
        assert "RP tag paper C: later" in acts
        assert ("SF decide exclude D" in acts) is (who == "SF")


def test_undo_and_redo_of_something_hidden_say_no_more(secret: Store) -> None:
    other = Desk(secret, "RP")
    decide(secret, "RP", "B", INCLUDE, note="at first sight")
    assert history.undo(other, reason="I misread the include") == "decide include B"
    assert history.redo(other) == "decide include B"
    assert said(secret, "SF")[:3] == ["RP redo decide #2", "RP undo decide #2", "RP decide #2"]
    assert said(secret, "RP")[:2] == [
        "RP redo decide include B", "RP undo decide include B I misread the include",
    ]  # fmt: skip
    services.park(other, "B", round_="titles")
    services.unpark(other, "B", round_="titles")
    notes.tag_papers(other, ["A", "B"], "dross")
    notes.untag_papers(other, ["A"], "dross")
    history.undo(other)
    assert said(secret, "")[:5] == [
        "RP undo untag paper #1", "RP untag papers #1", "RP tag papers 2 papers", "RP unpark #2",
        "RP park #2",
    ]  # fmt: skip
    with secret.read() as connection:
        kept = connection.exec_driver_sql("SELECT subject FROM act WHERE intention = 'redo'").scalar_one()
    assert kept == "decide B", "the log itself keeps no verdict in words"


def test_a_tag_taken_off_in_confidence_is_hidden_though_all_saw_it_before(secret: Store) -> None:
    notes.untag_papers(Desk(secret, "SF"), ["C"], "later")
    assert "SF untag papers C: later" in said(secret, "LM")
    papers.add_paper(Desk(secret, "RP"), label="E")
    notes.tag(Desk(secret, "RP"), "paper", "E", "early")
    rounds.enter(Desk(secret, "SF"), "titles", ["E"])
    notes.untag_papers(Desk(secret, "RP"), ["E"], "early")
    assert said(secret, "SF")[0] == "RP untag papers #5"
    assert "RP tag paper E: early" in said(secret, "SF")


def test_what_older_programs_wrote_is_reduced_as_well(secret: Store) -> None:
    with Desk(secret, "RP").unit("decide include", "D") as work:
        work.add(Decision(entry=entry(work.connection, "D"), verdict=INCLUDE))
    # SF has decided on D: with RP's, all may see it
    assert said(secret, "LM")[0] == "RP decide include D"
    with Desk(secret, "RP").unit("decide maybe", "A") as work:
        work.add(Decision(entry=entry(work.connection, "A"), verdict=Verdict.MAYBE))
    assert said(secret, "LM")[0] == "RP decide #1"
    assert said(secret, "RP")[0] == "RP decide maybe A"
    assert history.undo(Desk(secret, "RP")) == "decide maybe A"
    assert said(secret, "LM")[0] == "RP undo decide #1"
    for who in EVERYBODY:
        assert said(secret, who, intention="decide include") == said(secret, who, intention="decide")
    with secret.read() as connection:
        assert "decide" in log.intentions(connection)
        assert "decide include" not in log.intentions(connection)


def test_the_log_is_searched_by_what_is_shown(secret: Store) -> None:
    assert said(secret, "RP", words="decide exclude") == ["RP decide exclude B"]
    assert said(secret, "SF", words="decide exclude") == ["SF decide exclude D"]
    assert said(secret, "LM", words="exclude") == []
    assert said(secret, "LM", words="decide include") == ["SF decide include C", "RP decide include C"]
    assert [said(secret, who, words="pearl") for who in EVERYBODY] == [[], ["RP tag paper A: pearl"], [], []]
    assert said(secret, "SF", words="tag paper #1") == ["RP tag paper #1"]
    assert said(secret, "RP", words="tag paper #1") == []
    assert said(secret, "SF", words="decide #2") == ["RP decide #2"]


def act_of(store: Store, shown: str, viewer: str) -> dict[str, Any]:
    rows = asked(store, log.acts, viewer=viewer, limit=99)
    found: dict[str, Any] = next(row for row in rows if f"{row['intention']} {row['subject']}" == shown)
    return found


def test_the_rows_of_an_act_are_signed_and_no_more(secret: Store) -> None:
    act = act_of(secret, "decide #2", "SF")
    (row,) = asked(secret, log.changes, act["uid"], viewer="SF")
    assert act["changes"] == 1, "two reasons more are two rows more: not to be counted"
    assert (row["table"], row["hidden"], row["before"]) == ("decision", True, None)
    assert row["after"].keys() == {"uid", "entry", "person", "at"}
    whole = asked(secret, log.changes, act["uid"], viewer="RP")
    assert [one["table"] for one in whole] == ["decision", "decision_reason"]
    assert whole[0]["after"]["note"] == "led by a nurse"
    assert "hidden" not in whole[0]
    assert act_of(secret, "decide exclude B", "RP")["changes"] == 2
    memo = act_of(secret, "write memo paper #1", "")
    (row,) = asked(secret, log.changes, memo["uid"])
    assert row["after"].keys() == {"uid", "subject_table", "subject", "person", "at"}


def test_whether_a_tag_is_new_is_not_told(secret: Store) -> None:
    notes.tag(Desk(secret, "RP"), "paper", "B", "pearl")
    notes.tag(Desk(secret, "RP"), "paper", "B", "of its own")
    old, new = asked(secret, log.acts, viewer="SF", limit=2)
    assert old["changes"] == new["changes"] == 1
    rows = [asked(secret, log.changes, act["uid"], limit=5, viewer="SF") for act in (old, new)]
    assert [[row["table"] for row in some] for some in rows] == [["tagging"], ["tagging"]]
    assert [act["changes"] for act in asked(secret, log.acts, viewer="RP", limit=2)] == [2, 1]


def test_all_rows_of_an_act_are_hidden_where_one_is(secret: Store) -> None:
    notes.tag_papers(Desk(secret, "RP"), ["A", "C"], "dross")
    (act,) = asked(secret, log.acts, viewer="SF", limit=1)
    assert (act["subject"], act["changes"]) == ("2 papers", 2)
    assert all("tag" not in row["after"] for row in asked(secret, log.changes, act["uid"], viewer="SF"))


def test_a_resolution_is_hidden_where_its_round_became_blind_again(secret: Store) -> None:
    with Desk(secret, "RP").unit("resolve", "A", reason="she said include") as work:
        row = Resolution(entry=entry(work.connection, "A"), verdict=INCLUDE, why="we talked")
        work.add(row)
        work.add(Parking(entry=row.entry))
    assert said(secret, "SF")[0] == "RP resolve #1"
    assert said(secret, "RP")[0] == "RP resolve A she said include"
    for who in EVERYBODY:
        assert asked(secret, states, [uid(secret, "A")], viewer=who) == {uid(secret, "A"): "open"}


def test_what_was_decided_on_an_entry_that_is_gone_stays_in_confidence(secret: Store) -> None:
    papers.add_paper(Desk(secret, "SF"), label="E")
    rounds.enter(Desk(secret, "SF"), "titles", ["E"])
    decide(secret, "RP", "E", INCLUDE)
    history.undo(Desk(secret, "RP"))
    history.undo(Desk(secret, "SF"))
    assert said(secret, "SF")[1:3] == ["RP undo decide #5", "RP decide #5"]
    assert said(secret, "RP")[2] == "RP decide include E"


def test_anothers_hidden_act_is_not_undone_nor_looked_at(secret: Store) -> None:
    number = str(act_of(secret, "decide #2", "SF")["number"])
    sentence = f"Act {number} is by RP and not to be seen while its round is blind: only RP can reverse it."
    for who in ("SF", "LM", "XX"):
        with pytest.raises(Refused) as refused:
            history.undo(Desk(secret, who), number)
        assert str(refused.value) == sentence
    with secret.read() as connection, pytest.raises(Refused, match=sentence):
        will_undo(connection, "SF", number)
    history.undo(Desk(secret, "RP"), number)
    undo = str(act_of(secret, "undo decide exclude B", "RP")["number"])
    for again in (history.redo, history.undo):
        with pytest.raises(Refused, match="only RP can reverse it"):
            again(Desk(secret, "SF"), undo)
    history.redo(Desk(secret, "RP"), undo)
    decide(secret, "SF", "B", INCLUDE)
    assert history.undo(Desk(secret, "SF"), number) == "decide exclude B"


def test_ones_own_act_is_previewed_with_its_verdict(secret: Store) -> None:
    decide(secret, "SF", "A", EXCLUDE, note="mine")
    with secret.read() as connection:
        found = will_undo(connection, "SF")
    assert found is not None
    assert (found.intention, found.subject) == ("decide exclude", "A")
    assert found.sentence.startswith("Undo decide exclude A (act ")


def test_what_was_decided_in_an_open_round_is_told_though_its_entry_is_gone(secret: Store) -> None:
    add_round(Desk(secret, "SF"), "open", "A", blind=False)
    decide(secret, "RP", "A", INCLUDE, "open")
    history.undo(Desk(secret, "RP"))
    for _ in range(2):
        history.undo(Desk(secret, "SF"))
    assert said(secret, "SF")[2:4] == ["RP undo decide include A", "RP decide include A"]
