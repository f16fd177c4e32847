"""Boxes read: how many stand under each mechanism."""

from __future__ import annotations

from realist.domain.configuration import Box, Ref
from realist.queries.boxes import under_mechanisms
from realist.services.configurations import add_configuration
from realist.services.mechanisms import add_mechanism
from realist.services.unit import Desk


def test_boxes_are_counted_under_the_mechanism_itself(desk: Desk) -> None:
    trust, power, _ = (add_mechanism(desk, name) for name in ("Trust", "Power", "Humour"))
    for names in (("Trust",), ("Trust", "Power"), ()):
        add_configuration(desk, Box(label="1", mechanisms=tuple(Ref("", name) for name in names)))
    with desk.store.read() as connection:
        assert under_mechanisms(connection) == {trust: 2, power: 1}
