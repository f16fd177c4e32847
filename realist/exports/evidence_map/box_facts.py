"""Boxes as an evidence map holds them: drawn as the field prints them, with what each part rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from realist.domain.configuration import Box, Relation, Source
from realist.domain.countries import country_or_words
from realist.domain.notation import normalised, tag
from realist.exports.boxes import beside_of, shows
from realist.exports.pieces import box_name
from realist.queries.behind import Sources, place_of
from realist.queries.standing import Standing
from realist.vocabulary import ElementKind


@dataclass(frozen=True, slots=True)
class Tagged:
    """What things of a kind (context, outcome) are called, and where what was tagged with them stands now."""

    kind: str
    names: Mapping[str, str]
    at: Standing

    def of(self, box: Box) -> list[str]:
        """Return the names of those with which parts of a box are tagged now, each once."""
        found = (
            self.names.get(uid, tag.name)
            for element in box.elements
            for tag in element.tags
            if tag.kind == self.kind
            for uid in self.at.of_tag(element.uid, tag.uid)
        )
        return list(dict.fromkeys(found))


class Boxes:
    """The boxes of a map: each once, named by its place in ``found``."""

    def __init__(self, sources: Sources, contexts: Tagged, outcomes: Tagged) -> None:
        self._sources, self._contexts, self._outcomes = sources, contexts, outcomes
        self._places: dict[str, int] = {}
        self.found: list[dict[str, Any]] = []

    def place(self, box: Box) -> int:
        """Return the place of a box, which is put there when it comes first."""
        place = self._places.get(box.uid)
        if place is None:
            place = self._places[box.uid] = len(self.found)
            tags = {"contexts": self._contexts.of(box), "named": self._outcomes.of(box)}
            self.found.append({**box_facts(box, self._sources), **tags})
        return place


def box_facts(box: Box, sources: Sources) -> dict[str, Any]:
    """Return a box: heading, what it is of, its narrative, its parts, and how it stands to others.

    ``parts`` are ``[segment, join, wording, tag, kind, beside, sources]``, each source
    ``[what, words, quotation, paper, place, by]``; ``outcomes`` the valences of its outcomes, each once.
    With what its parts are tagged, ``contexts`` and ``named`` outcomes, comes from :class:`Boxes`.
    """
    outcomes = (part.valence for part in box.parts if part.kind is ElementKind.OUTCOME)
    return {
        "uid": box.uid,
        "name": box_name(box, sources.numbers),
        "title": box.title,
        "shows": shows(box.polarity) if box.polarity else "",
        "papers": [paper.name for paper in box.papers],
        "under": [mechanism.name for mechanism in box.mechanisms],
        "setting": ", ".join(filter(None, (box.site, box.setting))),
        "country": country_or_words(box.country),
        "status": str(box.status),
        "narrative": box.narrative,
        "printed": box.printed,
        "parts": list(_parts(box, sources)),
        "outcomes": [str(valence) for valence in dict.fromkeys(outcomes) if valence is not None],
        "beside": [_relation(of, sources) for of in box.relations],
    }


def _parts(box: Box, sources: Sources) -> Iterator[list[Any]]:
    for part, element in zip(normalised(box.parts), box.elements, strict=True):
        rests = [_source(source, sources) for source in element.sources]
        yield [part.segment, part.join, part.text, tag(part), str(part.kind), beside_of(element), rests]


def _source(source: Source, sources: Sources) -> list[str]:
    return [
        str(source.kind), source.text, source.quotation, source.paper.name if source.paper else "",
        place_of(source.locator, sources.pages.get(source.excerpt)), sources.people.get(source.uid, ""),
    ]  # fmt: skip


def _relation(of: Relation, sources: Sources) -> str:
    number = sources.numbers.get(of.configuration.uid)
    name = f"box {of.configuration.name}" if of.configuration.name else f"box #{number}"
    return f"{of.kind} {name}" + (f": {of.note}" if of.note else "")
