"""Which papers were compared for duplicates already, and by what each is found again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, false, func, select, true

from realist.domain.duplicates import Setting, rows_version
from realist.store.tables import Act, Change, Deduplication, Import, NotSame, Paper, PaperJoin, PaperKeys
from realist.store.visible import arrived

_AT_ONCE = 500


class Compared(NamedTuple):
    """The searches that hold for a setting, uid by uid with the number of their act, and what is new to them.

    ``fresh``: uids of papers that came, or were corrected, since they were compared, sorted; ``papers``: how
    many there are in all; ``act``: the number of the last act that this knows of.
    """

    searches: dict[str, int]
    fresh: list[str]
    papers: int
    act: int


class Meanwhile(NamedTuple):
    """What was done after a moment: papers ``corrected`` and papers ``gone``, by uid; other answers.

    ``joined`` says that papers were joined or taken apart, ``parted`` that they were taken apart or called
    different.
    """

    corrected: set[str]
    gone: set[str]
    joined: bool
    parted: bool


def compared(connection: Connection, setting: Setting) -> Compared:
    """Return which papers have still to be compared by *setting*: all, after another setting or rules.

    Only the last search counts, and those before it by the same setting and rules: what an undone search
    compared is new again.
    """
    rows = connection.execute(
        select(Deduplication.uid, Deduplication.setting, Deduplication.rules, Act.number)
        .join(Change, Change.row == Deduplication.uid)
        .join(Act, Act.uid == Change.act)
        .where(Change.table_name == Deduplication.__tablename__)
        .order_by(Act.number)
    ).all()
    searches: dict[str, int] = {}
    for uid, by, rules, number in rows:
        if (by, rules) != (setting, rows_version()):
            searches.clear()
        else:
            searches.setdefault(uid, number)  # a search done again compared what it did at first
    never = select(PaperKeys.paper).where(PaperKeys.paper == Paper.uid, PaperKeys.searched.in_(searches))
    came = connection.execute(select(Paper.uid).where(arrived(), ~never.exists())).scalars().all()
    unfinished = select(Import.uid).where(Import.finished == false())
    papers, hidden = (
        int(connection.execute(select(func.count()).select_from(Paper).where(which)).scalar_one())
        for which in (true(), Paper.import_.in_(unfinished))
    )
    act = connection.execute(select(func.max(Act.number))).scalar() or 0
    return Compared(searches, sorted({*came, *_corrected(connection, searches)}), papers - hidden, act)


def _corrected(connection: Connection, searches: dict[str, int]) -> list[str]:
    """The papers that were corrected after the one of *searches* that compared them."""
    if not searches:
        return []
    changed = corrected_since(connection, min(searches.values()))
    found: list[str] = []
    uids = sorted(changed)
    for start in range(0, len(uids), _AT_ONCE):
        some = uids[start : start + _AT_ONCE]
        rows = (
            select(Paper.uid, PaperKeys.searched)
            .join(PaperKeys, PaperKeys.paper == Paper.uid)
            .where(Paper.uid.in_(some), arrived())
        )
        found += [uid for uid, search in connection.execute(rows) if changed[uid] > searches.get(search, 0)]
    return found


def corrected_since(connection: Connection, act: int) -> dict[str, int]:
    """Return the papers whose fields were changed after *act*, with the number of the last act that did."""
    rows = connection.execute(
        select(Change.row, func.max(Act.number))
        .join(Act, Act.uid == Change.act)
        .where(Act.number > act, Change.table_name == Paper.__tablename__, Change.before.is_not(None))
        .group_by(Change.row)
    )
    return dict(rows.all())


def meanwhile(connection: Connection, act: int) -> Meanwhile:
    """Return what was done after *act* that matters to a search for duplicates."""
    tables = [of.__tablename__ for of in (Paper, PaperJoin, NotSame)]
    rows = connection.execute(
        select(Change.table_name, Change.row, Change.after)
        .join(Act, Act.uid == Change.act)
        .where(Act.number > act, Change.table_name.in_(tables))
        .order_by(Act.number, Change.position)
    )
    found = Meanwhile(set(), set(), joined=False, parted=False)
    for table, uid, after in rows:
        ended = json.loads(after).get("ended") if after else "taken out"
        if table == Paper.__tablename__:
            now, then = (found.corrected, found.gone) if after else (found.gone, found.corrected)
            now.add(uid)
            then.discard(uid)
        elif table == PaperJoin.__tablename__:
            found = found._replace(joined=True, parted=found.parted or bool(ended))
        else:
            found = found._replace(parted=found.parted or ended == "")
    return found


def keys(connection: Connection) -> Iterator[tuple[str, bytes]]:
    """Yield for each paper that was compared its uid and the keys by which it is found again.

    Papers may be among them that are gone since, with the import that brought them.
    """
    for paper, stored in connection.execute(select(PaperKeys.paper, PaperKeys.keys)):
        yield paper, bytes.fromhex(stored)


def last_setting(connection: Connection) -> Setting | None:
    """Return the setting of the last search for duplicates; None where nobody looked yet."""
    rows = connection.execute(select(Deduplication.setting).order_by(Deduplication.at.desc()).limit(1))
    found = rows.scalar()
    return next((setting for setting in Setting if setting == found), None)
