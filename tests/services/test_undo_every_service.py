"""Every service: done and in the log, undone, done again, undone again, and nothing but the log tells."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select

from realist.errors import Refused
from realist.queries.log import acts, changes
from realist.queries.undoing import will_redo, will_undo
from realist.services.history import redo, undo
from realist.services.plan import create_review
from realist.services.unit import Desk
from realist.store.engine import REVISION, Store
from realist.store.tables import Base, Person
from tests.services.cases import APART, CASES, public_services
from tests.services.dumps import LOG, Dump, dump
from tests.services.replay import BROUGHT, differences, from_log, logged
from tests.services.world import World


def test_every_service_has_a_case() -> None:
    assert {name.partition(":")[0] for name in CASES} | APART == public_services()


def test_the_world_has_rows_in_every_table(lasting: World) -> None:
    held = dump(lasting.store, log=True)
    assert {name for name, rows in held.items() if not rows} == {"search_due"}
    assert set(held) == {table.name for table in Base.metadata.sorted_tables}


@pytest.mark.parametrize("name", CASES)
def test_undo_and_redo(lasting: World, at: Desk, name: str) -> None:
    number, before = _last(lasting), dump(lasting.store)
    CASES[name](at, lasting)
    after = dump(lasting.store)
    assert after != before
    _is_logged(lasting, number, name, before, after)
    _as_previewed(at, "undo", number + 1)
    assert dump(lasting.store) == before
    _as_previewed(at, "redo", number + 2)
    assert dump(lasting.store) == after
    undo(at)
    assert dump(lasting.store) == before


def _as_previewed(at: Desk, verb: str, number: int) -> None:
    """Undo or redo, and assert that it was said before: of which act, in what words, with which rows."""
    with at.store.read() as connection:
        said = (will_undo if verb == "undo" else will_redo)(connection, "SF")
        by_number = will_undo(connection, "nobody", str(number))
        assert said is not None
        assert by_number == said
    what = (undo if verb == "undo" else redo)(at)
    assert said.sentence.startswith(f"{verb.capitalize()} {what} (")
    assert (said.number, said.person) == (number, "SF")
    with at.store.read() as connection:
        (done,) = acts(connection, limit=1)
        rows = changes(connection, done["uid"])
        reversed_ = [row for row in acts(connection, limit=9) if row["uid"] == done["undoes"]]
    assert [(row["number"], row["subject"], row["at"]) for row in reversed_] == [
        (number, said.subject, said.at)
    ]
    verbs = {(True, False): "removes", (False, True): "adds", (True, True): "changes"}
    done_rows = Counter((verbs[bool(row["before"]), bool(row["after"])], row["table"]) for row in rows)
    if all(row["table"] != "import" for row in rows):  # each record is logged when an import goes
        assert Counter(row[:2] for row in said.rows) == done_rows
        assert said.count == len(rows)


def _is_logged(of: World, number: int, name: str, before: Dump, after: Dump) -> None:
    """Assert that one act of SF logs each row that changed, before and after."""
    with of.store.read() as connection:
        changes = logged(connection, number)
        me = connection.execute(select(Person.uid).where(Person.initials == "SF")).scalar_one()
    wanted = differences(before, after)
    if name.startswith("import_file"):  # logs its import, not each row that it brought
        wanted = {key: images for key, images in wanted.items() if key[0] not in BROUGHT}
    assert from_log(changes) == wanted
    assert {(row.number, row.person, row.revision) for row in changes} == {(number + 1, me, REVISION)}
    assert [row.position for row in changes] == list(range(1, len(changes) + 1))


def test_create_review(store: Store) -> None:
    desk = Desk(store, "SF")
    empty = {name: rows for name, rows in dump(store).items() if name != "person"}
    assert not any(empty.values())
    create_review(desk, title="A first title", objectives=["One.", "Two."])
    after = dump(store)
    assert [row["text"] for row in after["objective"]] == ["One.", "Two."]
    assert undo(desk) == "new review A first title"
    assert {name: rows for name, rows in dump(store).items() if name != "person"} == empty
    redo(desk)
    assert dump(store) == after
    undo(desk)
    create_review(desk, title="A second title")
    assert [row["title"] for row in dump(store)["review"]] == ["A second title"]


def test_undo_of_an_undo_is_a_redo(lasting: World, at: Desk) -> None:
    before = dump(lasting.store)
    CASES["add_memo"](at, lasting)
    after = dump(lasting.store)
    undo(at)
    undo(at, str(_last(lasting)))
    assert dump(lasting.store) == after
    with pytest.raises(Refused, match="nothing of yours to redo"):
        redo(at)
    undo(at)
    assert dump(lasting.store) == before


def test_undo_of_a_redo_is_an_undo(lasting: World, at: Desk) -> None:
    before = dump(lasting.store)
    CASES["tag"](at, lasting)
    after = dump(lasting.store)
    undo(at)
    redo(at)
    undo(at, f"#{_last(lasting)}")
    assert dump(lasting.store) == before
    redo(at)
    assert dump(lasting.store) == after
    undo(at)
    assert dump(lasting.store) == before


def _last(of: World) -> int:
    with of.store.read() as connection:
        return int(acts(connection, limit=1)[0]["number"])


def test_nothing_of_the_log_is_ever_taken_out(lasting: World, at: Desk) -> None:
    held = dump(lasting.store, log=True)
    CASES["add_round"](at, lasting)
    undo(at)
    redo(at)
    undo(at)
    now = dump(lasting.store, log=True)
    for table in LOG:
        kept = {tuple(sorted(row.items(), key=str)) for row in now[table]}
        assert {tuple(sorted(row.items(), key=str)) for row in held[table]} < kept
