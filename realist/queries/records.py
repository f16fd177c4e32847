"""Records with where they came from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, true

from realist.queries.grouping import paper_grouping
from realist.store.tables import Import, Record, RecordRaw, RecordText


def export_rows(connection: Connection) -> Iterator[tuple[Any, str]]:
    """Yield (record row with long fields and raw text, uid of the paper it is read under now)."""
    grouping = paper_grouping(connection)
    imports = connection.execute(
        select(Import.uid, Import.file).where(Import.finished == true()).order_by(Import.at, Import.uid)
    ).all()
    columns = [column for column in Record.__table__.columns if column.name not in ("person", "at")]
    for one in imports:
        position = 0
        while True:  # by key, so that a large import never stands in memory whole
            rows = connection.execute(
                select(
                    *columns, RecordText.url, RecordText.abstract, RecordText.keywords,
                    RecordText.language, RecordText.notes, RecordText.editors, RecordText.database,
                    RecordText.publisher, RecordRaw.raw, Import.file,
                )
                .join(RecordText, RecordText.uid == Record.uid)
                .join(RecordRaw, RecordRaw.uid == Record.uid)
                .join(Import, Import.uid == Record.import_)
                .where(Record.import_ == one.uid, Record.position > position)
                .order_by(Record.position)
                .limit(500)
            ).all()  # fmt: skip
            for row in rows:
                yield row, grouping[row.paper]
            if not rows:
                break
            position = rows[-1].position
