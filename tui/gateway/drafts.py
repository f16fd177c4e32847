"""What a person typed into a form and did not save yet.

Typing goes on whatever becomes of the file meanwhile: what goes wrong here is not said.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from realist.services import drafts

if TYPE_CHECKING:
    from tui.gateway.door import Gateway


def keep(gate: Gateway, place: str, values: Mapping[str, str]) -> None:
    """Keep what is typed at a place; where the review cannot be written now, typing goes on."""
    if gate.is_open and gate.person and not gate.read_only:
        with suppress(Exception):
            drafts.keep_draft(gate.store, gate.person, place, values)


def drop(gate: Gateway, place: str) -> None:
    """Forget what was typed at a place."""
    if gate.is_open and gate.person and not gate.read_only:
        with suppress(Exception):
            drafts.drop_draft(gate.store, gate.person, place)


def found(gate: Gateway, place: str) -> dict[str, str]:
    """Return what the person typed at a place before; empty where nothing."""
    if not gate.is_open:
        return {}
    with suppress(Exception):
        kept = gate.read(lambda connection: drafts.drafts(connection, gate.person, place))
        return kept[0].values if kept else {}
    return {}
