"""The keys of screening: ours, and those that people know from other programs."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import BindingsMap

from realist import machine
from tui.actions import ACTIONS, Action

_KEPT = "screening keys"


class Preset(NamedTuple):
    """A set of keys: its name, what is said of it, and which actions have other keys than ours."""

    name: str
    told: str
    keys: dict[str, str]


PRESETS = (
    Preset("realist", "y include · n exclude · m maybe · u undo", {}),
    Preset(
        "rayyan", "i include · e exclude · u maybe · z undo", {"include": "i", "exclude": "e", "maybe": "u"}
    ),
    Preset("asreview", "r include · i exclude · m maybe · u undo", {"include": "r", "exclude": "i"}),
)


def named(name: str) -> Preset:
    """Return the preset with this name; ours where there is none."""
    return next((preset for preset in PRESETS if preset.name == name), PRESETS[0])


def remembered() -> Preset:
    """Return the preset that was chosen on this machine."""
    return named(str(machine.settings().get(_KEPT, "")))


def remember(preset: Preset) -> None:
    """Keep on this machine which preset was chosen."""
    machine.remember(**{_KEPT: preset.name})


def actions_of(preset: Preset) -> list[Action]:
    """Return the actions of screening with the keys of a preset: a key that it takes is taken from others."""
    taken = set(preset.keys.values())
    found = []
    for action in ACTIONS["screening"]:
        own = [key for key in action.keys.split(",") if key not in taken]
        keys = preset.keys.get(action.name, ",".join(own))
        found.append(action._replace(keys=keys))
    return found


def bound(preset: Preset, others: BindingsMap) -> BindingsMap:
    """Return the bindings of a preset, beside those that hold on any screen."""
    own = BindingsMap([binding for action in actions_of(preset) for binding in action.bindings])
    return BindingsMap.merge([others, own])
