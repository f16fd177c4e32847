"""Drafts: kept for each person and place, outside the log, seen by nobody else."""

from __future__ import annotations

from realist.queries.log import last_number
from realist.services.drafts import drafts, drop_draft, keep_draft
from realist.services.unit import Desk


def test_a_draft_is_kept_replaced_and_dropped(file_desk: Desk) -> None:
    store = file_desk.store
    with store.read() as connection:
        before = last_number(connection)
    keep_draft(store, "SF", "new box", {"text": "half"})
    keep_draft(store, "SF", "new box", {"text": "half a box", "label": "1"})
    keep_draft(store, "NG", "new box", {"text": "another"})
    with store.read() as connection:
        (mine,) = drafts(connection, "SF", "new box")
        assert [one.values for one in drafts(connection, "NG")] == [{"text": "another"}]
        assert last_number(connection) == before
    assert mine.values == {"text": "half a box", "label": "1"}
    drop_draft(store, "SF", "new box")
    with store.read() as connection:
        assert drafts(connection, "SF") == []
        assert len(drafts(connection, "NG")) == 1


def test_what_another_program_wrote_there_is_shown_as_text(file_desk: Desk) -> None:
    with file_desk.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO draft (initials, place, body, at) VALUES"
            " ('SF', 'x', 'no json', '2026-01-01T00:00:00.000000Z')"
        )
    with file_desk.store.read() as connection:
        assert [one.values for one in drafts(connection, "SF")] == [{"text": "no json"}]
