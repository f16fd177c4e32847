"""The figures of a review, drawn from what its queries say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection

from realist.domain.agreement import Figure, Statistic, agreement
from realist.domain.patterns.alike import similar
from realist.domain.patterns.chains import chains
from realist.domain.patterns.saturation import stretches
from realist.exports.chains import chains_svg
from realist.exports.figures.bars import across, intervals, upright
from realist.exports.figures.heat import heat_map
from realist.exports.flow_figure import Made, flow_svg
from realist.exports.grid_table import grid_table
from realist.exports.saturation import saturation_svg
from realist.queries.facts import made_of_documents
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.queries.patterns import accounts
from realist.queries.reporting import countries, in_order, members_of
from realist.queries.review import people
from realist.queries.saturation import papers_read
from realist.queries.screening import rounds
from realist.queries.together import independently
from realist.queries.voices import voices


class Asked(NamedTuple):
    """What of a review is drawn: of an included set and a list (uids, "" the review's), cells as *show*."""

    of_set: str = ""
    of_list: str = ""
    show: str = "counts"
    viewer: str = ""


def _grid(connection: Connection, asked: Asked) -> str:
    grid = evidence_grid(connection, of_list=asked.of_list, of_set=asked.of_set, viewer=asked.viewer)
    return heat_map(grid_table(grid, asked.show, voices(connection)))


def _years(connection: Connection, asked: Asked) -> str:
    name, members = members_of(connection, asked.of_set, viewer=asked.viewer)
    papers = in_order(connection, members)
    dated = Counter(one.year for one in papers if one.year is not None)
    missing = len(papers) - dated.total()
    without = f" {missing} without a year." if missing else ""
    return upright(dated, "Papers by year", f"{len(papers)} papers of {name or 'no set'}.{without}")


def _countries(connection: Connection, asked: Asked) -> str:
    name, members = members_of(connection, asked.of_set, viewer=asked.viewer)
    found = countries(connection, viewer=asked.viewer)
    counted = Counter(country for paper in members for country in found.get(paper, ()))
    missing = len(members) - len([paper for paper in members if found.get(paper)])
    note = f"{len(members)} papers of {name or 'no set'}; one of several countries counts in each."
    if missing:
        note += f" {missing} without a country."
    return across(counted, "Papers by country", note)


def _agreement(connection: Connection, asked: Asked) -> str:
    named = {row["uid"]: row["initials"] for row in people(connection)}
    rows: list[tuple[str, int, Figure]] = []
    for round_ in rounds(connection, viewer=asked.viewer):
        own = independently(connection, round_["uid"], viewer=asked.viewer)
        figures = agreement(own.decided).two_way
        if not figures.papers:
            continue
        label = round_["name"] + ("" if own.blind else " (never blind)")
        rows.append((label, figures.papers, figures.of(Statistic.KAPPA)))
        if len(figures.pairs) > 1:
            rows += [
                (f"{named[pair.first]} and {named[pair.second]}", pair.figures.n, pair.figures.kappa)
                for pair in figures.pairs
            ]
    note = "Cohen's kappa with its 95 % interval, maybe counted as include; n papers that two people decided."
    return intervals(rows, "Agreement", note if rows else "No round has papers that two people decided.")


def _flow(connection: Connection, asked: Asked) -> str:
    made = [Made(*one) for one in made_of_documents(connection, viewer=asked.viewer)]
    return flow_svg(staged_flow(connection, viewer=asked.viewer), made, "Flow of documents")


def _saturation(connection: Connection, asked: Asked) -> str:
    of = accounts(connection, viewer=asked.viewer)
    groups = [group.uids for group in similar(of.boxes)]
    return saturation_svg(stretches(papers_read(connection, of, viewer=asked.viewer), groups, every=10))


def _chains(connection: Connection, asked: Asked) -> str:
    of = accounts(connection, viewer=asked.viewer)
    return chains_svg(chains(of.boxes), of)


FIGURES: dict[str, Callable[[Connection, Asked], str]] = {
    "grid": _grid, "flow": _flow, "years": _years, "countries": _countries, "agreement": _agreement,
    "saturation": _saturation, "chains": _chains,
}  # fmt: skip
"""Figures by name: each returns SVG."""
