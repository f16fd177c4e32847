"""By which ways a box bears on a cell of the evidence grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from realist.queries.extractions import counted, seen
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


def from_boxes(connection: Connection, *, viewer: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (paper, mechanism, configuration) for boxes of a paper, tagged elements and quoted papers.

    Boxes that *viewer* may not see yet do not count, nor those that a consensus counts in place of.
    """
    for _, paper, mechanism, configuration in ways_of_boxes(connection, viewer=viewer):
        yield paper, mechanism, configuration


def ways_of_boxes(connection: Connection, *, viewer: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Yield (why, paper, mechanism, configuration); why is *of the paper*, *tagged element* or *quoted*.

    As for :func:`from_boxes`, of what *viewer* may see.
    """
    counts = counted(Configuration, viewer)
    holds = (Configuration.status != ConfigurationStatus.DROPPED) & counts
    joined = Configuration.status.in_(_SYNTHESISED) & counts & seen(Excerpt, viewer)
    own = (
        select(ConfigurationPaper.paper, ConfigurationMechanism.mechanism, Configuration.uid)
        .join(ConfigurationPaper, ConfigurationPaper.configuration == Configuration.uid)
        .join(ConfigurationMechanism, ConfigurationMechanism.configuration == Configuration.uid)
        .where(holds)
    )
    tagged = (
        select(ConfigurationPaper.paper, ElementTag.mechanism, Configuration.uid)
        .join(ConfigurationPaper, ConfigurationPaper.configuration == Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementTag, ElementTag.element == Element.uid)
        .where(holds, ElementTag.mechanism.is_not(None))
    )
    quoted = (
        select(Excerpt.paper, ConfigurationMechanism.mechanism, Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .join(ConfigurationMechanism, ConfigurationMechanism.configuration == Configuration.uid)
        .where(joined)
    )
    quoted_and_tagged = (
        select(Excerpt.paper, ElementTag.mechanism, Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .join(ElementTag, ElementTag.element == Element.uid)
        .where(joined, ElementTag.mechanism.is_not(None))
    )
    for why, statement in (
        ("of the paper", own), ("tagged element", tagged), ("quoted", quoted), ("quoted", quoted_and_tagged),
    ):  # fmt: skip
        rows: Any = connection.execute(statement.order_by(Configuration.number))
        for row in rows:
            yield why, *row
