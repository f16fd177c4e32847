"""Where the review stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realist.domain.filtering import read_filter
from realist.queries import home as queries
from realist.queries.home import Home
from realist.queries.listing import count
from realist.vocabulary import Fate

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tui.gateway.door import Gateway

_GONE = (Fate.DROPPED, Fate.MERGED, Fate.SPLIT, Fate.PARKED)
_FEW_PAPERS = 2


@dataclass(frozen=True, slots=True)
class Read:
    """How much is read and configured: of included papers those with evidence and with boxes; boxes in all.

    ``fates`` counts mechanisms by fate ("" where none was decided), most first; ``thin`` those in use that
    fewer than two papers stand behind; ``missing`` full texts that are wanted and not there.
    """

    included: int
    with_evidence: int
    with_boxes: int
    boxes: int
    fates: tuple[tuple[str, int], ...]
    thin: int
    missing: int = 0


def home(gate: Gateway) -> Home:
    """Return where the review stands, for the person at the keyboard."""
    return gate.read(lambda connection: queries.home(connection, gate.person))


def reading(gate: Gateway) -> Read:
    """Return how much is read and configured."""
    from realist.queries import boxes, retrieval, theory  # not needed for the first content

    def query(connection: Connection) -> Read:
        rows = theory.mechanisms(connection, viewer=gate.person)
        fates = Counter(str(row["fate"] or ("merged" if row["into"] else "")) for row in rows)
        in_use = [row for row in rows if row["fate"] not in _GONE and not row["into"]]
        included, evidence, boxed = (
            count(connection, read_filter(text), viewer=gate.person)
            for text in ("state:included", "state:included has:evidence", "state:included has:box")
        )
        return Read(
            included=included,
            with_evidence=evidence,
            with_boxes=boxed,
            boxes=len(boxes.numbers(connection, viewer=gate.person)),
            fates=tuple(fates.most_common()),
            thin=sum(row["papers"] < _FEW_PAPERS for row in in_use),
            missing=len(retrieval.missing_papers(connection, viewer=gate.person)),
        )

    return gate.read(query)
