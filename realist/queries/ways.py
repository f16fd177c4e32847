"""By which ways a box bears on a cell of the evidence grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.queries.extractions import counted, seen
from realist.queries.standing import Standing, standing
from realist.store.tables import (
    Configuration,
    ConfigurationMechanism,
    ConfigurationPaper,
    Element,
    ElementSource,
    ElementTag,
    Excerpt,
)
from realist.vocabulary import ConfigurationStatus

_SYNTHESISED = (ConfigurationStatus.SYNTHESISED, ConfigurationStatus.REFINED)


class Way(NamedTuple):
    """A way in which a box bears on a cell: *of the paper*, *tagged element* or *quoted*.

    ``table`` and ``piece`` are the row by which ``mechanism`` was given.
    """

    why: str
    paper: str
    table: str
    piece: str
    mechanism: str
    configuration: str


def from_boxes(
    connection: Connection, *, at: Standing | None = None, viewer: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield (paper, mechanism, configuration) for boxes of a paper, tagged elements and quoted papers.

    The mechanism is that under which the box stands now, as *at* says. Boxes that *viewer* may not see yet
    do not count, nor those that a consensus counts in place of.
    """
    at = at or standing(connection)
    for way in ways_of_boxes(connection, viewer=viewer):
        for mechanism in at.now(way.table, way.piece, way.mechanism):
            yield way.paper, mechanism, way.configuration


def ways_of_boxes(connection: Connection, *, viewer: str = "") -> Iterator[Way]:
    """Yield by which ways boxes bear on mechanisms as they were given; of what *viewer* may see."""
    counts = counted(Configuration, viewer)
    holds = (Configuration.status != ConfigurationStatus.DROPPED) & counts
    joined = Configuration.status.in_(_SYNTHESISED) & counts & seen(Excerpt, viewer)
    under, tag = ConfigurationMechanism, ElementTag
    own = (
        select(ConfigurationPaper.paper, under.uid, under.mechanism, Configuration.uid)
        .join(ConfigurationPaper, ConfigurationPaper.configuration == Configuration.uid)
        .join(under, under.configuration == Configuration.uid)
        .where(holds)
    )
    tagged = (
        select(ConfigurationPaper.paper, tag.uid, tag.mechanism, Configuration.uid)
        .join(ConfigurationPaper, ConfigurationPaper.configuration == Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(tag, tag.element == Element.uid)
        .where(holds, tag.mechanism.is_not(None))
    )
    quoted = (
        select(Excerpt.paper, under.uid, under.mechanism, Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .join(under, under.configuration == Configuration.uid)
        .where(joined)
    )
    quoted_and_tagged = (
        select(Excerpt.paper, tag.uid, tag.mechanism, Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .join(tag, tag.element == Element.uid)
        .where(joined, tag.mechanism.is_not(None))
    )
    by_box, by_tag = under.__tablename__, tag.__tablename__
    for why, table, statement in (
        ("of the paper", by_box, own), ("tagged element", by_tag, tagged), ("quoted", by_box, quoted),
        ("quoted", by_tag, quoted_and_tagged),
    ):  # fmt: skip
        rows: Any = connection.execute(statement.order_by(Configuration.number))
        for paper, piece, mechanism, configuration in rows:
            yield Way(why, paper, table, piece, mechanism, configuration)
