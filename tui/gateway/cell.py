"""What is behind one cell of the evidence grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from realist.errors import NotFound
from realist.exports.boxes import box_text
from realist.queries import cell
from realist.services import evidence

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.queries.cell import Behind, BoxBehind
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway


def behind(
    gate: Gateway, paper: str, mechanism: str, columns: Sequence[str] = (), before: bool = False
) -> Behind | None:
    """Return what is behind the cell of a grid of *columns*; None where paper or mechanism are gone."""

    def read(connection: Connection) -> Behind:
        return cell.behind(connection, paper, mechanism, columns=columns, before=before, viewer=gate.person)

    try:
        return gate.read(read)
    except NotFound:
        return None


def drawn(box: BoxBehind, width: int) -> str:
    """Return a box as the field prints it, with its number."""
    return box_text(box.box, box.number, width)


def withdraw(desk: Desk, uid: str, reason: str) -> None:
    """Take a piece of evidence back, with the reason."""
    evidence.withdraw_evidence(desk, uid, reason=reason)
