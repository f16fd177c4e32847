"""The flow of records."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from realist.exports.flow import flow_json, flow_text
from realist.queries.flow import StageFlow, staged_flow
from tui.gateway.files import write_new

if TYPE_CHECKING:
    from tui.gateway.door import Gateway

Stages = list[StageFlow]


def staged(gate: Gateway) -> Stages:
    """Return the flow, stage by stage."""
    return gate.read(lambda connection: staged_flow(connection, viewer=gate.person))


def text(stages: Stages, width: int) -> str:
    """Return the flow as text of at most *width* columns."""
    return flow_text(stages, width)


def export(gate: Gateway, name: str) -> str:
    """Write the flow to a new file, as JSON where the name ends so; return a sentence."""
    stages = staged(gate)
    content = json.dumps(flow_json(stages), indent=2) if name.endswith(".json") else flow_text(stages, 100)
    return write_new(name, content)
