"""Searching everything that has text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realist.queries import finding
from realist.queries.finding import Hit

if TYPE_CHECKING:
    from tui.gateway.door import Gateway

Hits = list[Hit]
FIRST = 30
"""Hits of all kinds together; of one kind as many as are put in order."""


def hits(gate: Gateway, words: str, kind: str) -> Hits:
    """Return what holds all *words*, the last as a beginning: a few of each kind, or much of one *kind*."""
    limit = finding.CANDIDATES if kind else FIRST
    return gate.read(
        lambda connection: finding.find(connection, words, kind=kind, limit=limit, viewer=gate.person)
    )


def counts(gate: Gateway, words: str) -> dict[str, int]:
    """Return by kind how many things hold the words."""
    return gate.read(lambda connection: finding.counts(connection, words, viewer=gate.person))
