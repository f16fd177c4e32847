"""What the fields of a box's form mean: a new box, or an edit of one that leaves everything else alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from realist.domain.configuration import Box, BoxElement
from realist.domain.notation import Part
from realist.domain.placing import placed
from realist.text import line, paragraphs
from realist.vocabulary import ConfigurationStatus, ElementKind, Polarity, Valence

K = ElementKind
ASKED = (K.CONTEXT, K.RESOURCE, K.REASONING, K.MECHANISM, K.OUTCOME)
"""The parts that the form of a new box asks for, in this order."""
_LINES = ("label", "title", "setting", "country")
_PARAGRAPHS = ("narrative", "printed")


class Slot(NamedTuple):
    """A part in a form: the uid of the element it is (none for a new one), and what it said."""

    uid: str
    part: Part


def slots(box: Box | None) -> list[Slot]:
    """Return the parts that a form shows: those of *box* and room for two more, or those of a new box."""
    if box is None:
        return [Slot("", Part(kind, "")) for kind in ASKED]
    kinds = (K.CONTEXT, K.OUTCOME)
    return [
        *(Slot(element.uid, element.part) for element in box.elements),
        *(Slot("", Part(kind, "")) for kind in kinds),
    ]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed in a form; calling it does so to a box, also to one that others changed since."""

    fields: Mapping[str, Any]
    parts: Mapping[str, Mapping[str, Any]]
    gone: frozenset[str]
    new: tuple[Part, ...]

    def __call__(self, box: Box) -> Box:
        """Return *box* with the changes."""
        kept = [
            replace(element, part=replace(element.part, **self.parts.get(element.uid, {})))
            for element in box.elements
            if element.uid not in self.gone
        ]
        if self.gone or self.new:
            kept = placed(kept, map(BoxElement, self.new))
        return replace(box, elements=tuple(kept), **self.fields)


def read_edit(values: Mapping[str, str], was: Box, shown: Sequence[Slot]) -> Edit:
    """Return what *values* of a form say that *was* did not; a part whose wording was emptied goes."""
    fields: dict[str, Any] = {}
    for names, tidy in ((_LINES, line), (_PARAGRAPHS, paragraphs)):
        for name in names:
            if tidy(values[name]) != tidy(getattr(was, name)):
                fields[name] = tidy(values[name])
    if values["status"] and values["status"] != was.status:
        fields["status"] = ConfigurationStatus(values["status"])
    if values["polarity"] != (was.polarity or ""):
        fields["polarity"] = Polarity(values["polarity"]) if values["polarity"] else None
    parts: dict[str, dict[str, Any]] = {}
    gone, new = set(), []
    for place, slot in enumerate(shown):
        said = _said(values, place)
        if not slot.uid:
            if said["text"]:
                new.append(Part(**said))
        elif not said["text"] and line(slot.part.text):
            gone.add(slot.uid)
        else:
            changed = {name: value for name, value in said.items() if value != _of(slot.part, name)}
            parts[slot.uid] = changed
    return Edit(fields, parts, frozenset(gone), tuple(new))


def _said(values: Mapping[str, str], place: int) -> dict[str, Any]:
    valence = values[f"v{place}"]
    return {
        "kind": ElementKind(values[f"k{place}"]),
        "text": line(values[f"t{place}"]),
        "valence": Valence(valence) if valence else None,
    }


def _of(part: Part, name: str) -> Any:
    return line(part.text) if name == "text" else getattr(part, name)
