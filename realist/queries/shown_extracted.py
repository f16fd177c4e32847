"""Which rows that acts changed belong to an extraction that one who looks may not see yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from realist.queries.extractions import Hidden, hidden_extractions
from realist.store.tables import (
    Change,
    Configuration,
    ConfigurationMechanism,
    Element,
    ElementTag,
    Evidence,
    Excerpt,
)

EXTRACTED: dict[str, tuple[tuple[str, str], ...]] = {
    "configuration": (),
    "evidence": (),
    "reading": (),
    "excerpt": (),
    "configuration_paper": (("configuration", "configuration"),),
    "configuration_mechanism": (("configuration", "configuration"),),
    "configuration_relation": (
        ("from_configuration", "configuration"), ("to_configuration", "configuration"),
    ),
    "element": (("configuration", "configuration"),),
    "element_source": (("element", "element"), ("excerpt", "excerpt")),
    "element_tag": (("element", "element"),),
    "element_link": (("from_element", "element"), ("to_element", "element")),
    "evidence_excerpt": (("evidence", "evidence"), ("excerpt", "excerpt")),
    "excerpt_anchor": (("excerpt", "excerpt"),),
    "feedback": (("configuration", "configuration"),),
    "consultation_item": (),
    "bearing": (("configuration", "configuration"),),
    "move_item": (),
}  # fmt: skip
"""The tables of what is extracted or about it, each with the columns that name what a row is part of, and its
table; a row that names its subject and the table of that is part of it, too."""
PLACING = ("placement", "move", "move_item")
"""The tables that tell of a piece that was placed: who may not see it sees nothing of them."""
_AT_ONCE = 500
_OF: dict[str, tuple[Any, Any]] = {
    "element_tag": (ElementTag.uid, ElementTag.element),
    "configuration_mechanism": (ConfigurationMechanism.uid, ConfigurationMechanism.configuration),
    "element": (Element.uid, Element.configuration),
    "configuration": (Configuration.uid, Configuration.extraction),
    "evidence": (Evidence.uid, Evidence.extraction),
    "excerpt": (Excerpt.uid, Excerpt.extraction),
}
_WITHIN = {"element_tag": "element", "element": "configuration", "configuration_mechanism": "configuration"}
"""Of what a row is a part, from the inside out."""
Image = Mapping[str, Any]
Thing = tuple[str, str]


def hidden_rows(
    connection: Connection, rows: Sequence[tuple[str, str, Image]], viewer: str
) -> dict[str, Hidden]:
    """Return of rows, (table, uid, image), those that *viewer* may not see, with what each belongs to."""
    hidden = hidden_extractions(connection, viewer=viewer)
    if not hidden:
        return {}
    parts = {uid: list(_part_of(table, image)) for table, uid, image in rows}
    own = {uid: image.get("extraction") for table, uid, image in rows if table in EXTRACTED}
    things = {thing for of in parts.values() for thing in of}
    above: dict[Thing, Thing] = {}
    for kind, holder in _WITHIN.items():
        of = _looked_up(connection, kind, {uid for table, uid in things if table == kind})
        above |= {(kind, uid): (holder, whole) for uid, whole in of.items() if whole}
        things |= set(above.values())
    known: dict[Thing, str | None] = {}
    for kind in ("configuration", "evidence", "excerpt"):
        of = _looked_up(connection, kind, {uid for table, uid in things if table == kind})
        known |= {(kind, uid): extraction for uid, extraction in of.items()}
    found = {}
    for uid, of_row in parts.items():
        reached = [own.get(uid), *(known.get(_whole(thing, above)) for thing in of_row)]
        if unseen := [hidden[extraction] for extraction in reached if extraction in hidden]:
            found[uid] = unseen[0]
    moves = {image["move"]: found[uid] for table, uid, image in rows if table in PLACING and uid in found}
    for table, uid, image in rows:
        if table in PLACING and (of_move := uid if table == "move" else image.get("move")) in moves:
            found[uid] = moves[of_move]
    return found


def _whole(thing: Thing, above: Mapping[Thing, Thing]) -> Thing:
    while thing in above:
        thing = above[thing]
    return thing


def _part_of(table: str, image: Image) -> Iterable[Thing]:
    """Yield what a row is part of, or was put on: (table, uid)."""
    for column, of in EXTRACTED.get(table, ()):
        if image.get(column):
            yield of, str(image[column])
    if image.get("subject_table") in _OF:
        yield str(image["subject_table"]), str(image["subject"])
    if table == "appraisal" and image.get("excerpt"):
        yield "excerpt", str(image["excerpt"])


def _looked_up(connection: Connection, kind: str, uids: Collection[str]) -> dict[str, str | None]:
    """Return of things what they belong to; of those that are gone, what the log says."""
    found: dict[str, str | None] = {}
    wanted = list(uids)
    key, value = _OF[kind]
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        found |= dict(connection.execute(select(key, value).where(key.in_(some))).all())
    gone = [uid for uid in wanted if uid not in found]
    for start in range(0, len(gone), _AT_ONCE):
        images = select(Change.row, Change.before, Change.after).where(
            Change.row.in_(gone[start : start + _AT_ONCE]), Change.table_name == kind
        )
        for uid, before, after in connection.execute(images).all():
            found[uid] = json.loads(after or before or "{}").get(value.name)
    return found
