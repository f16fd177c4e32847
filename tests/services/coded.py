"""What was coded in the world: a framework, codes that grew, a paper, a part, a claim."""

from __future__ import annotations

from realist.domain.codes import read_book
from realist.services import coding, looking
from realist.services.unit import Desk
from realist.vocabulary import Valence

BOOK = """name = "Levels"
source = "Hale 2013"

[[code]]
name = "Clinical"
description = "Between patient and staff."

[[code]]
name = "Case finding"
within = "clinical"

[[code]]
name = "Organisational"
"""


def code_papers(desk: Desk, evidence: str, element: str) -> None:
    """Add a framework and two codes that grew, and code with them."""
    coding.add_framework(desk, read_book(BOOK))
    coding.add_code(desk, "Fear of being watched", description="By colleagues.")
    coding.add_code(desk, "Tea", within="Fear of being watched")
    coding.retire_code(desk, "Tea", reason="too few")
    coding.put_code(desk, "paper", "#2", "Clinical", note="all of it")
    coding.put_code(desk, "element", element, "Case finding", valence=Valence.PLUS, site="clinic A")
    looking.dismiss(desk, "1", "unsplit", reason="the paper does not part it")
    looking.dismiss(desk, "2", "no-source", part=1, reason="seen there")
    coding.put_code(desk, "evidence", evidence, "Fear of being watched", valence=Valence.MINUS)
