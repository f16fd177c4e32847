"""From who decided what to the agreement of each pair of people, of all pairs pooled, and of the round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, combinations_with_replacement
from typing import TypeAlias

from realist.domain.agreement import formulas
from realist.domain.agreement.formulas import Marks, Pattern, Sample, Tables, Units
from realist.domain.agreement.values import (
    Agreement,
    Figure,
    Figures,
    Meeting,
    PairAgreement,
    PooledAgreement,
    RoundAgreement,
    Scale,
    Table,
)
from realist.vocabulary import Verdict

Decided: TypeAlias = Mapping[str, Mapping[str, Verdict]]
"""From the uid of a paper to the uid of a person to the verdict that this person held."""

NO_PAPERS = "No paper was decided by two people."
NO_MAYBE = "Maybe counts as include here."
TWO_PEOPLE = "Cohen's kappa is of two people: see the pairs, or all pairs pooled."
WHOLE_ROUND = "This is of a pair or of a whole round, not of pairs pooled."


def agreement(decided: Decided) -> Agreement:
    """Return all figures of a round, with maybe counted as include and with maybe apart.

    *decided* holds the verdicts that count. Papers may have any number of people, not the same ones each;
    those with fewer than two are left out and counted. ``UNDECIDED`` is no verdict.
    """
    given = _given(decided)
    return Agreement(_on(given, Scale.TWO_WAY), _on(given, Scale.THREE_WAY))


def round_agreement(decided: Decided, scale: Scale) -> RoundAgreement:
    """Return all figures of a round on one *scale*; *decided* as for :func:`agreement`."""
    return _on(_given(decided), scale)


def pair_agreement(first: str, second: str, table: Table) -> PairAgreement:
    """Return all figures of two people whose verdicts met as in *table*.

    *table* may be empty: then every figure is undefined.
    """
    places = range(len(table.categories))
    cells: Counter[Pattern] = Counter()
    units: Counter[Marks] = Counter()
    for i, row in enumerate(table.cells):
        for j, n in enumerate(row):
            if n:
                cells[(first, i), (second, j)] += n
                units[tuple((place == i) + (place == j) for place in places)] += n
    if not units:
        return PairAgreement(first, second, table, _undefined(NO_PAPERS))
    kappa = formulas.cohen({(first, second): table}, cells)
    return PairAgreement(first, second, table, _figures(units, kappa, table.categories))


def _given(decided: Decided) -> Counter[tuple[tuple[str, Verdict], ...]]:
    """How many papers there are by who gave which verdict: of such patterns even a large round has few."""
    return Counter(
        tuple(sorted((person, verdict) for person, verdict in by.items() if verdict != Verdict.UNDECIDED))
        for by in decided.values()
    )


def _on(given: Mapping[tuple[tuple[str, Verdict], ...], int], scale: Scale) -> RoundAgreement:
    places = {verdict: place for place, verdict in enumerate(scale.categories)}
    places.setdefault(Verdict.MAYBE, places[Verdict.INCLUDE])
    patterns: Counter[Pattern] = Counter()
    left_out = 0
    for pattern, papers in given.items():
        if len(pattern) < 2:
            left_out += papers
        else:
            patterns[tuple((person, places[verdict]) for person, verdict in pattern)] += papers
    categories = scale.categories
    units = _units(patterns, len(categories))
    verdicts = tuple(sum(marks[k] * n for marks, n in units.items()) for k in range(len(categories)))
    people = tuple(sorted({person for pattern in patterns for person, _ in pattern}))
    tables = _tables(patterns, categories)
    pairs = tuple(pair_agreement(first, second, table) for (first, second), table in tables.items())
    return RoundAgreement(
        scale=scale,
        papers=patterns.total(),
        left_out=left_out,
        people=people,
        verdicts=verdicts,
        pairs=pairs,
        pooled=pooled_agreement(tables, patterns, categories),
        figures=_of_round(units, pairs, categories),
    )


def _units(patterns: Mapping[Pattern, int], q: int) -> Counter[Marks]:
    units: Counter[Marks] = Counter()
    for pattern, papers in patterns.items():
        marks = [0] * q
        for _, place in pattern:
            marks[place] += 1
        units[tuple(marks)] += papers
    return units


def _tables(patterns: Mapping[Pattern, int], categories: tuple[Verdict, ...]) -> dict[tuple[str, str], Table]:
    """The table of each pair of people with a paper in common, by uid."""
    cells: dict[tuple[str, str], list[list[int]]] = {}
    for pattern, papers in patterns.items():
        for (first, i), (second, j) in combinations(pattern, 2):
            if (first, second) not in cells:
                cells[first, second] = [[0] * len(categories) for _ in categories]
            cells[first, second][i][j] += papers
    return {pair: Table(categories, tuple(map(tuple, cells[pair]))) for pair in sorted(cells)}


def pooled_agreement(
    tables: Tables, patterns: Mapping[Pattern, int], categories: tuple[Verdict, ...]
) -> PooledAgreement:
    """Return the agreement of all pairs of people together.

    Pooled means that the *tables* of all pairs are added up: every pair of decisions on one paper counts
    once, so a paper that three people decided counts three times. Kappa takes the chance of each pair from
    its own table (:func:`formulas.cohen`). Intervals are over papers (*patterns*), not over pairs of
    decisions, of which those on one paper are not independent. Alpha and Fleiss' kappa have ways of their
    own to take in many people, and are given for the round.
    """
    places = range(len(categories))
    met = tuple(
        Meeting(
            categories[i],
            categories[j],
            sum(t.cells[i][j] + (t.cells[j][i] if i != j else 0) for t in tables.values()),
        )
        for i, j in combinations_with_replacement(places, 2)
    )
    if not tables:
        return PooledAgreement(0, met, _undefined(NO_PAPERS))
    sample = formulas.sample_of(_units(patterns, len(categories)), formulas.per_pair)
    not_pooled = Figure(None, why=WHOLE_ROUND)
    kappa = formulas.cohen(tables, patterns)
    return PooledAgreement(
        len(tables), met, _of_sample(sample, sample.total, kappa, not_pooled, not_pooled, categories)
    )


def _of_round(units: Units, pairs: tuple[PairAgreement, ...], categories: tuple[Verdict, ...]) -> Figures:
    if not pairs:
        return _undefined(NO_PAPERS)
    kappa = pairs[0].figures.kappa if len(pairs) == 1 else Figure(None, why=TWO_PEOPLE)
    return _figures(units, kappa, categories)


def _figures(units: Units, kappa: Figure, categories: tuple[Verdict, ...]) -> Figures:
    sample = formulas.sample_of(units)
    return _of_sample(
        sample, sample.papers, kappa, formulas.alpha(units), formulas.fleiss(sample), categories
    )


def _of_sample(
    sample: Sample, n: int, kappa: Figure, alpha: Figure, fleiss: Figure, categories: tuple[Verdict, ...]
) -> Figures:
    by_verdict = {
        verdict: formulas.specific(sample, place, verdict) for place, verdict in enumerate(categories)
    }
    return Figures(
        n=n,
        raw=formulas.raw(sample),
        positive=by_verdict[Verdict.INCLUDE],
        negative=by_verdict[Verdict.EXCLUDE],
        maybe=by_verdict.get(Verdict.MAYBE, Figure(None, why=NO_MAYBE)),
        kappa=kappa,
        pabak=formulas.pabak(sample),
        ac1=formulas.ac1(sample),
        alpha=alpha,
        fleiss=fleiss,
    )


def _undefined(why: str) -> Figures:
    nothing = Figure(None, why=why)
    return Figures(0, *[nothing] * 9)
