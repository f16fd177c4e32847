"""By which ways a box bears on a cell of the evidence grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

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


def from_boxes(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield (paper, mechanism, configuration) for boxes of a paper, tagged elements and quoted papers."""
    for _, paper, mechanism, configuration in ways_of_boxes(connection):
        yield paper, mechanism, configuration


def ways_of_boxes(connection: Connection) -> Iterator[tuple[str, str, str, str]]:
    """Yield (why, paper, mechanism, configuration); why is *of the paper*, *tagged element* or *quoted*."""
    holds = Configuration.status != ConfigurationStatus.DROPPED
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
        .where(Configuration.status.in_(_SYNTHESISED))
    )
    quoted_and_tagged = (
        select(Excerpt.paper, ElementTag.mechanism, Configuration.uid)
        .join(Element, Element.configuration == Configuration.uid)
        .join(ElementSource, ElementSource.element == Element.uid)
        .join(Excerpt, Excerpt.uid == ElementSource.excerpt)
        .join(ElementTag, ElementTag.element == Element.uid)
        .where(Configuration.status.in_(_SYNTHESISED), ElementTag.mechanism.is_not(None))
    )
    for why, statement in (
        ("of the paper", own), ("tagged element", tagged), ("quoted", quoted), ("quoted", quoted_and_tagged),
    ):  # fmt: skip
        rows: Any = connection.execute(statement.order_by(Configuration.number))
        for row in rows:
            yield why, *row
