"""What an undo or redo would do, said before; and the log searched by words and intention."""

from __future__ import annotations

import pytest

from realist.domain.configuration import Box, BoxElement
from realist.domain.notation import Part
from realist.errors import NotFound, Refused
from realist.queries.log import acts, intentions
from realist.queries.undoing import Preview, will_redo, will_undo
from realist.services import configurations, mechanisms, notes, papers, plan
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.vocabulary import ElementKind
from tests.services.dumps import dump


def next_undo(desk: Desk, act: str = "", initials: str = "SF") -> Preview | None:
    with desk.store.read() as connection:
        return will_undo(connection, initials, act)


def next_redo(desk: Desk, act: str = "", initials: str = "SF") -> Preview | None:
    with desk.store.read() as connection:
        return will_redo(connection, initials, act)


def test_what_undo_and_redo_would_do_in_words(desk: Desk) -> None:
    papers.add_paper(desk, label="Choi (2012)")
    papers.edit_paper(desk, "#1", "year", "2012", reason="a misprint")
    before = dump(desk.store, log=True)
    found = next_undo(desk)
    assert found is not None
    assert (found.number, found.person, found.intention, found.subject) == (
        4, "SF", "edit paper", "year of #1",
    )  # fmt: skip
    assert found.sentence == "Undo edit paper year of #1 (act 4, SF, 2026-01-01 00:00)."
    assert found.rows == (
        ("removes", "field_override", "year"),
        ("changes", "paper", "Choi (2012): year"),
    )
    assert found.count == 2
    assert next_redo(desk) is None
    assert dump(desk.store, log=True) == before
    undo(desk)
    again = next_redo(desk)
    assert again is not None
    assert again.sentence == "Redo edit paper year of #1 (undone by act 5, SF, 2026-01-01 00:00)."
    assert again.rows == (("changes", "paper", "Choi (2012): year"), ("adds", "field_override", "year"))
    assert next_undo(desk, "5") == again
    redo(desk)
    assert next_undo(desk) == found
    assert next_undo(desk, "#6") == found


def test_each_person_has_their_own_next_act(file_desk: Desk) -> None:
    assert next_undo(file_desk, initials="NG") is None
    papers.add_paper(file_desk, label="A")
    mechanisms.add_mechanism(Desk(file_desk.store, "NG"), "Trust")
    assert [found and found.subject for found in (next_undo(file_desk), next_undo(file_desk, "", "NG"))] == [
        "A", "Trust",
    ]  # fmt: skip
    undo(Desk(file_desk.store, "NG"))
    assert next_undo(file_desk, initials="NG") is None
    mine = next_redo(file_desk, initials="NG")
    assert mine is not None
    assert (mine.person, mine.rows[0]) == ("NG", ("adds", "mechanism", "Trust"))
    plan.add_stage(Desk(file_desk.store, "NG"), "1")
    assert next_redo(file_desk, initials="NG") is None


def test_an_act_that_is_not_there_or_undone_is_told_as_undo_tells_it(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="A")
    undo(file_desk)
    for act, error in (("3", Refused), ("99", NotFound), ("x", NotFound)):
        told = []
        for ask in (lambda: next_undo(file_desk, act), lambda: undo(file_desk, act)):  # noqa: B023
            with pytest.raises(error) as raised:
                ask()
            told.append(str(raised.value))
        assert told[0] == told[1]
    assert next_redo(file_desk, "2") is None


def test_a_long_act_names_fifty_rows_and_counts_all(file_desk: Desk) -> None:
    parts = tuple(BoxElement(Part(ElementKind.CONTEXT, f"part {n}")) for n in range(60))
    configurations.add_configuration(file_desk, Box(label="long", elements=parts))
    found = next_undo(file_desk)
    assert found is not None
    assert (len(found.rows), found.count) == (50, 61)
    assert found.rows[0] == ("removes", "element", "part 59")


def subjects(desk: Desk, words: str = "", intention: str = "", before: int = 0, limit: int = 30) -> list[str]:
    with desk.store.read() as connection:
        rows = acts(connection, words=words, intention=intention, before=before, limit=limit)
    return [row["subject"] for row in rows]


def test_the_log_is_searched_by_words_and_intention(desk: Desk) -> None:
    papers.add_paper(desk, label="Löwstedt (2018)")
    papers.edit_paper(desk, "#1", "year", "2018", reason="Ein Druckfehler, 100 %")
    notes.add_memo(desk, "paper", "#1", "Who paid for this?")
    papers.add_paper(desk, label="Choi (2012)")
    assert subjects(desk, "LOWSTEDT") == ["Löwstedt (2018)"]
    assert subjects(desk, "druckfehler 100") == ["year of #1"]
    assert subjects(desk, "paper add") == ["Choi (2012)", "Löwstedt (2018)"]
    assert subjects(desk, "paper", limit=1) == ["Choi (2012)"]
    assert subjects(desk, "paper", before=6, limit=2) == ["paper #1", "year of #1"]
    assert subjects(desk, "_") == subjects(desk, "%") == subjects(desk, "nothing of this") == []
    assert subjects(desk, intention="add paper") == ["Choi (2012)", "Löwstedt (2018)"]
    assert subjects(desk, "choi", "add paper") == ["Choi (2012)"]
    assert subjects(desk, " ")[0] == "Choi (2012)"
    with desk.store.read() as connection:
        assert intentions(connection) == ["add paper", "add person", "edit paper", "new review", "write memo"]
