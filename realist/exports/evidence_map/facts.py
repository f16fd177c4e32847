"""What an evidence map holds, as one JSON object: short keys, things named by their place in lists.

Its shape, which the scripts beside this module read; ``uid``, ``name``, ``note`` and the like are text:

- ``title``, ``review``, ``question``, ``set``, ``list``; ``show``: the mode in which it opens, one of MODES;
- ``mechanisms``: ``uid code name kind note about n reported holds voices said``, in the order of the columns;
  ``holds`` are the names of what was merged into one, ``voices`` the line of signs, ``said`` what was said;
- ``papers``: ``uid number label n reported title authors year where doi countries levels answers cells
  looks``, in the order of the rows. ``cells`` is ``[place of a mechanism, state]`` or ``[…, state, claims,
  boxes]``, of all that was looked at; ``looks`` is ``[note, by, for all mechanisms, places]`` of those who
  found nothing;
- ``claims``: ``uid stance claim quotes paper by``; ``boxes``: see :func:`box_facts`; ``scale``: what papers
  are appraised for. A cell names claims and boxes by their place.

Everything is as the viewer may see it; what is hidden is not in it. Nothing says when it was made, so that
the same data give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from realist.domain.crossing import By
from realist.domain.forms import spoken
from realist.exports.evidence_map.box_facts import Boxes, Tagged
from realist.exports.grid import heard, shown_number
from realist.queries.answers import answers, current
from realist.queries.appraisals import appraisals, scale
from realist.queries.behind import Claim, sources_of_cells
from realist.queries.grid import Cell, Grid, Reported, evidence_grid
from realist.queries.looked import Look, looks
from realist.queries.references import Reference, references
from realist.queries.review import review
from realist.queries.standing import standing
from realist.queries.theory import contexts, mechanisms, outcomes
from realist.queries.traits import trait_of
from realist.queries.voices import voices
from realist.text import line
from realist.vocabulary import CellState, Stance

if TYPE_CHECKING:
    from sqlalchemy import Connection

STATES = (CellState.PRESENT, CellState.NONE, CellState.NOT_RECOVERABLE)
"""States by the number under which cells name them; what no cell names was not looked at."""


def map_facts(
    connection: Connection, *, of_list: str = "", of_set: str = "", title: str = "", viewer: str = ""
) -> dict[str, Any]:
    """Return what the map of a mechanism list by an included set holds, as *viewer* may see it.

    "" for list and set are those that the review chose, as for the grid. The number of statements does not
    grow with the number of cells.
    """
    grid = evidence_grid(connection, of_list=of_list, of_set=of_set, viewer=viewer)
    about = review(connection)
    gathered = _Gathered(connection, grid, viewer)
    return {
        "title": line(title) or f"Evidence map: {about['title']}",
        "review": about["title"],
        "question": about["question"],
        "citation": about["citation"],
        "set": grid.of_set,
        "list": grid.of_list,
        "show": "stance" if gathered.judged else "ticks",
        "scale": [
            {"name": of.name, "about": of.description, "levels": [level.name for level in of.levels]}
            for of in scale(connection)
        ],
        "mechanisms": gathered.mechanisms(),
        "papers": gathered.papers(),
        "claims": gathered.claims,
        "boxes": gathered.boxes.found,
    }


class _Gathered:
    """What several parts of the map need, read once."""

    def __init__(self, connection: Connection, grid: Grid, viewer: str) -> None:
        self._connection, self._grid, self._viewer = connection, grid, viewer
        columns = [column.uid for column in grid.columns]
        self._places = {uid: place for place, uid in enumerate(columns)}
        self._sources = sources_of_cells(connection, columns, viewer=viewer)
        self._looks = looks(connection, columns, viewer=viewer)
        self.boxes = Boxes(
            self._sources,
            *(
                Tagged(kind, {row["uid"]: row["name"] for row in rows}, standing(connection, kind))
                for kind, rows in (
                    ("context", contexts(connection, viewer=viewer)),
                    ("outcome", outcomes(connection, viewer=viewer)),
                )
            ),
        )
        self.claims: list[dict[str, Any]] = []
        self._claimed: dict[str, int] = {}
        shown = {row.uid for row in grid.rows}
        self.judged = any(
            claim.stance != Stance.NOT_JUDGED
            for (paper, mechanism), claims in self._sources.claims.items()
            if paper in shown and mechanism in self._places
            for claim in claims
        )

    def mechanisms(self) -> list[dict[str, Any]]:
        """Return the columns, with what was said of each and what was merged into it."""
        rows = {row["uid"]: row for row in mechanisms(self._connection, viewer=self._viewer)}
        holds = _held(rows)
        spoken_of = voices(self._connection)
        return [
            {
                "uid": column.uid, "code": f"M{column.number}", "name": column.name, "kind": column.kind,
                "note": column.note, "about": rows[column.uid]["description"], "n": column.n,
                "reported": _reported(column.reported), "holds": holds.get(column.uid, []),
                "voices": heard(spoken_of.get(column.uid, {})),
                "said": [
                    [one.voice, one.words, one.who, one.consultation, one.by]
                    for one in self._sources.said.get(column.uid, ())
                ],
            }
            for column in self._grid.columns
        ]  # fmt: skip

    def papers(self) -> list[dict[str, Any]]:
        """Return the rows, with what is known of each paper and its cells."""
        known = {of.uid: of for of in references(self._connection, [row.uid for row in self._grid.rows])}
        countries = trait_of(self._connection, By("country"), viewer=self._viewer).of
        levels = self._levels()
        answered = self._answers()
        found = []
        for row in self._grid.rows:
            cells = [
                self._cell(row.uid, uid, cell)
                for uid, cell in sorted(row.cells.items(), key=lambda item: self._places[item[0]])
            ]
            found.append(
                {
                    "uid": row.uid,
                    "label": row.label,
                    "n": row.n,
                    "reported": _reported(row.reported),
                    **_cited(known.get(row.uid)),
                    "countries": list(dict.fromkeys(value.name for value in countries.get(row.uid, ()))),
                    "levels": levels.get(row.uid, []),
                    "answers": answered.get(row.uid, []),
                    "cells": cells,
                    "looks": self._looked(row.uid, row.cells),
                }
            )
        return found

    def _cell(self, paper: str, mechanism: str, cell: Cell) -> list[Any]:
        place, state = self._places[mechanism], STATES.index(cell.state)
        if cell.state is not CellState.PRESENT:
            return [place, state]
        claims = [self._claim(claim) for claim in self._sources.claims.get((paper, mechanism), ())]
        boxes = [self.boxes.place(box) for box in self._sources.boxes.get((paper, mechanism), ())]
        return [place, state, claims, boxes]

    def _claim(self, claim: Claim) -> int:
        place = self._claimed.get(claim.uid)
        if place is None:
            place = self._claimed[claim.uid] = len(self.claims)
            self.claims.append(
                {
                    "uid": claim.uid, "stance": claim.stance, "claim": claim.claim,
                    "quotes": [list(quote) for quote in claim.quotes], "paper": claim.paper, "by": claim.by,
                }
            )  # fmt: skip
        return place

    def _looked(self, paper: str, cells: Mapping[str, Cell]) -> list[list[Any]]:
        """Return who looked and found nothing, once for all cells of which they said the same."""
        of: dict[Look, list[int]] = {}
        for uid, cell in cells.items():
            look = self._looks.get((paper, uid))
            if look and cell.state is not CellState.PRESENT:
                of.setdefault(look, []).append(self._places[uid])
        return [[look.note, look.by, look.whole, sorted(places)] for look, places in of.items()]

    def _levels(self) -> dict[str, list[list[str]]]:
        """Return by paper how it was appraised as a whole: dimension, level, reason, by whom."""
        found: dict[str, list[list[str]]] = {}
        for row in appraisals(self._connection, viewer=self._viewer):
            if not row.excerpt:
                found.setdefault(row.paper, []).append([row.dimension, row.level, row.reason, row.by])
        return found

    def _answers(self) -> dict[str, list[list[str]]]:
        """Return by paper what counts of the answers to forms: the question, the answer, by whom."""
        found: dict[str, list[list[str]]] = {}
        for form in current(self._connection):
            for paper, given in answers(self._connection, form, viewer=self._viewer).items():
                for field in form.template.fields:
                    found.setdefault(paper, []).extend(
                        [field.label, spoken(field, one.value), "" if one.agreed else one.by]
                        for one in given.get(field.key, ())
                        if one.counts
                    )
        return found


def _held(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the names of mechanisms that went into one other, by the last that they lead to."""
    found: dict[str, list[str]] = {}
    for uid, row in rows.items():
        at, seen = uid, {uid}
        while len(rows[at]["into"]) == 1 and rows[at]["into"][0]["uid"] not in seen:
            at = rows[at]["into"][0]["uid"]
            seen.add(at)
        if at != uid:
            found.setdefault(at, []).append(row["name"])
    return found


def _reported(reported: Reported | None) -> list[str]:
    """Return a reported number as it is printed, and where the source prints it; [] without one."""
    return [shown_number(reported), reported.source] if reported else []


def _cited(of: Reference | None) -> dict[str, Any]:
    if of is None:
        return {}
    where = [of.journal, of.volume and (f"{of.volume}({of.issue})" if of.issue else of.volume), of.pages]
    return {
        "number": of.number,
        "title": "" if of.title == of.label else of.title,
        "authors": "; ".join(of.authors),
        "year": of.year,
        "where": ", ".join(filter(None, where)),
        "doi": of.doi,
    }
