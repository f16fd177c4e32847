"""Acts of many rows are taken back and done again at once, and refused in the words of one row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realist.errors import Refused
from realist.services.deduping import dedupe
from realist.services.history import redo, undo
from realist.services.importing import Origin, import_file
from realist.services.keeping import check
from realist.services.notes import tag_papers
from realist.services.plan import add_stage
from realist.services.rounds import add_round, enter
from realist.services.sameness import end_join
from realist.services.screening import decide
from realist.services.unit import AT_ONCE, Desk
from realist.store.tables import Memo, Stage
from realist.vocabulary import RoundKind, Verdict
from tests.fewer import fewer
from tests.services.alike import Entry as Exported
from tests.services.alike import brought, last_act, loud
from tests.services.dumps import dump
from tests.services.replay import differences, from_log, logged

MANY = 2 * AT_ONCE + 100


@pytest.fixture
def at(desk: Desk, tmp_path: Path) -> Desk:
    """A round that more papers entered in one act than are taken out at once."""
    titles = "".join(f"TY  - JOUR\nTI  - Paper {n}\nER  - \n\n" for n in range(1, MANY + 1))
    (tmp_path / "many.ris").write_text(titles)
    import_file(desk, tmp_path / "many.ris", Origin())
    add_stage(desk, "1")
    add_round(desk, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT)
    enter(desk, "titles", [f"#{n}" for n in range(1, MANY + 1)])
    return desk


def test_all_goes_and_comes_back_and_each_row_is_in_the_log(at: Desk) -> None:
    entered, act = dump(at.store), last_act(at)
    undo(at)
    gone = dump(at.store)
    assert (len(entered["entry"]), len(gone["entry"])) == (MANY, 0)
    with at.store.read() as connection:
        changes = logged(connection, act)
    assert from_log(changes) == differences(entered, gone)
    assert [row.position for row in changes] == list(range(1, MANY + 1))
    assert [row.row for row in changes] == [row["uid"] for row in _as_added(at, act)][::-1]
    redo(at)
    assert dump(at.store) == entered
    undo(at)
    assert dump(at.store) == gone
    assert check(at.store) == []


def _as_added(desk: Desk, act: int) -> list[dict[str, str]]:
    with desk.store.read() as connection:
        return [json.loads(row.after) for row in logged(connection, act - 1) if row.number == act]


@fewer("number", [1, AT_ONCE, MANY], 1)
def test_one_row_that_something_rests_on_keeps_all(at: Desk, number: int) -> None:
    act = last_act(at)
    decide(at, f"#{number}", Verdict.INCLUDE, round_="titles")
    before = dump(at.store, log=True)
    with pytest.raises(Refused) as refused:
        undo(at, str(act))
    assert str(refused.value).startswith(f"Act {act} (enter ")
    assert str(refused.value).endswith(
        " cannot be undone: 1 decision made since rests on it. Undo that first."
    )
    assert dump(at.store, log=True) == before
    undo(at)
    undo(at, str(act))
    assert dump(at.store)["entry"] == []


def test_one_row_that_was_changed_since_keeps_all(desk: Desk, tmp_path: Path) -> None:
    some = [Exported(f"On {word} in towns that are not there", (f"{word}, A.",), pages=f"{n}-{n + 4}")
            for n, word in enumerate(("Hope", "Trust", "Rivers", "Ferries", "Choirs"), 1)]  # fmt: skip
    brought(desk, tmp_path, *some, *map(loud, some))
    assert dedupe(desk).joined == 5
    act = last_act(desk)
    end_join(Desk(desk.store, "NG"), "#8", reason="two editions")
    joins = dump(desk.store)["paper_join"]
    with pytest.raises(Refused, match=r"its paper join was changed since by act \d+ \(end join, NG, "):
        undo(desk, str(act))
    assert dump(desk.store)["paper_join"] == joins


def test_a_tag_that_others_use_by_now_keeps_all(at: Desk) -> None:
    tag_papers(at, [f"#{n}" for n in range(1, 700)], "later")
    act = last_act(at)
    tag_papers(at, ["#900"], "later")
    with pytest.raises(Refused, match="1 tagging made since rests on it"):
        undo(at, str(act))
    undo(at)
    undo(at, str(act))
    assert dump(at.store)["tagging"] == []


def test_many_rows_are_added_as_one_by_one(desk: Desk) -> None:
    with desk.unit("add stages", "one by one") as work:
        for n in range(3):
            work.add(Stage(position=n, name=f"a{n}"))
    with desk.unit("add stages", "at once") as work:
        work.add_all([Stage(position=n, name=f"b{n}") for n in range(3)])
        work.add_all([])
    with desk.store.read() as connection:
        first, second = (logged(connection, last_act(desk) - n) for n in (2, 1))
    rows = {row["name"]: row for row in dump(desk.store)["stage"]}
    assert set(rows) == {f"{letter}{n}" for letter in "ab" for n in range(3)}
    for row in second:
        after = json.loads(row.after)
        assert after == rows[after["name"]]
        assert (after["person"], after["at"]) == (row.person, rows["b0"]["at"])
    assert [row.position for row in second] == [row.position for row in first[:3]] == [1, 2, 3]
    undo(desk)
    undo(desk, str(last_act(desk) - 2))
    assert dump(desk.store)["stage"] == []


def test_rows_added_at_once_are_found_at_once(desk: Desk) -> None:
    with desk.unit("add memos") as work:
        stages = [Stage(position=n, name=f"c{n}") for n in range(2)]
        work.add_all(stages)
        work.add_all([Memo(subject_table="stage", subject=stage.uid, text="peers") for stage in stages])
    assert len(dump(desk.store)["search_piece"]) == 2
    undo(desk)
    assert dump(desk.store)["search_piece"] == []
    assert check(desk.store) == []
