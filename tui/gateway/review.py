"""What the review is called and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from realist.queries import review

if TYPE_CHECKING:
    from tui.gateway.door import Gateway


class Head(NamedTuple):
    """What stands at the head of a review."""

    title: str
    question: str


def head(gate: Gateway) -> Head:
    """Return what the review is called and asks: the first that is known of it."""
    row = gate.read(review.review)
    return Head(row["title"], row["question"])
