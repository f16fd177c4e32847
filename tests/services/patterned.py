"""A demi-regularity in the small invented review."""

from __future__ import annotations

from realist.services.regularities import add_regularity
from realist.services.unit import Desk


def name_pattern(desk: Desk) -> None:
    """Name what two boxes show, one for it and one against it."""
    add_regularity(
        desk,
        "Small firms wait and see",
        wording="In small firms hope comes first, and a place later.",
        cases=["1"],
        counters=["2"],
        context="Small firm",
        reason="both firms were small",
        memo="Ask about large ones.",
    )
