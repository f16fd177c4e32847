"""One call of every service for demi-regularities."""

from __future__ import annotations

from realist.services import regularities

_ONE = "Small firms wait and see"
CASES = {
    "add_regularity": lambda d, w: regularities.add_regularity(
        d, "Seeing is believing", wording="Who sees a peer at work hopes.", cases=["1", "2"],
        mechanism="Borrowed hope", outcome="Back for six months", reason="two papers", memo="thin",
    ),
    "edit_regularity": lambda d, w: regularities.edit_regularity(
        d, _ONE, wording="Hope first.", name="Hope first", reason="shorter"
    ),
    "put_cases": lambda d, w: regularities.put_cases(d, "#1", ["2", "F"], note="after all"),
    "put_cases: against": lambda d, w: regularities.put_cases(d, _ONE, ["1"], counter=True),
    "take_cases": lambda d, w: regularities.take_cases(d, _ONE, ["1", "2"], reason="not small"),
    "drop_regularity": lambda d, w: regularities.drop_regularity(d, _ONE, reason="one firm only"),
}  # fmt: skip
