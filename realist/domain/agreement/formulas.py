"""The formulas. Each says what it is over and where it comes from; none rounds, and none fails.

``q`` is the number of verdicts of the scale, whether used or not. For one paper decided by r people, of whom
r_k gave verdict k, the share of its pairs of people that agree is Σ r_k(r_k − 1) / r(r − 1); for two people
it is 1 or 0. The figures over many papers are means of such shares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import fsum, sqrt
from typing import NamedTuple, TypeAlias

from realist.domain.agreement.values import Figure, Table
from realist.vocabulary import Verdict

Marks: TypeAlias = tuple[int, ...]
"""How many people gave a paper each verdict, in the order of the categories: (2, 0) is two includes."""
Units: TypeAlias = Mapping[Marks, int]
"""How many papers have these marks. Each was decided by two people or more."""
Weight: TypeAlias = Callable[[Marks], int]
Pattern: TypeAlias = tuple[tuple[str, int], ...]
"""Who gave a paper which verdict: (person, place of the category), sorted by person."""
Tables: TypeAlias = Mapping[tuple[str, str], Table]

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution; `statistics` takes as long to import as all the rest."""
NO_SPREAD = 1e-9
"""A standard error below this is rounding: it is 0."""

ONE_VERDICT = "Only one verdict was given, to every paper, so chance alone would make everybody agree."
NO_VARIATION = (
    "Both people of a pair gave the same verdict throughout, so chance alone would make them agree."
)
UNEQUAL = "Not every paper was decided by the same number of people; Krippendorff's alpha allows that."


def once(marks: Marks) -> int:
    """Each paper counts once."""
    return 1


def per_pair(marks: Marks) -> int:
    """Each paper counts as often as it has pairs of people: r(r − 1)/2."""
    return sum(marks) * (sum(marks) - 1) // 2


class _Kind(NamedTuple):
    """Papers with the same marks: how many, the weight of one, how far its pairs agree, marks as shares."""

    marks: Marks
    papers: int
    weight: int
    agree: float
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """Papers, weighted: ``observed`` is the mean share of pairs that agree, ``margins`` that of each verdict.

    Sums are exact before they are rounded, so that no figure depends on the order of papers or people.
    """

    kinds: tuple[_Kind, ...]
    papers: int
    total: int
    observed: float
    margins: tuple[float, ...]


def sample_of(units: Units, weight: Weight = once) -> Sample:
    """Return *units* weighted by *weight*. There has to be at least one paper."""
    kinds = []
    for marks, papers in units.items():
        r = sum(marks)
        agree = sum(n * (n - 1) for n in marks) / (r * (r - 1))
        kinds.append(_Kind(marks, papers, weight(marks), agree, tuple(n / r for n in marks)))
    total = sum(kind.papers * kind.weight for kind in kinds)
    observed = fsum(kind.papers * kind.weight * kind.agree for kind in kinds) / total
    by_verdict = zip(
        *([kind.papers * kind.weight * share for share in kind.shares] for kind in kinds), strict=True
    )
    margins = tuple(fsum(shares) / total for shares in by_verdict)
    return Sample(tuple(kinds), sum(units.values()), total, observed, margins)


def raw(sample: Sample) -> Figure:
    """Return the observed agreement, from 0 to 1: for two people (a + d)/n."""
    return Figure(sample.observed)


def specific(sample: Sample, place: int, verdict: Verdict) -> Figure:
    """Return the agreement on one verdict: if one person gives it, how often another one does too; 0 to 1.

    For two people 2a/(2a + b + c), likewise for d. Undefined where nobody gave the verdict. Cicchetti &
    Feinstein 1990, J Clin Epidemiol 43:551–558; for many people Spitzer & Fleiss 1974, Br J Psychiatry
    125:341–347.
    """
    both, said = [], []
    for kind in sample.kinds:
        r, n = sum(kind.marks), kind.marks[place]
        both.append(kind.papers * kind.weight * (n * (n - 1) / (r * (r - 1))))
        said.append(kind.papers * kind.weight * kind.shares[place])
    if not any(said):
        return Figure(None, why=f"Nobody said {verdict}.")
    return Figure(fsum(both) / fsum(said))


def pabak(sample: Sample) -> Figure:
    """Return (q·p_o − 1)/(q − 1), from −1/(q − 1) to 1: agreement as if every verdict were equally likely.

    With two verdicts it is 2·p_o − 1, the prevalence-adjusted bias-adjusted kappa (Byrt, Bishop & Carlin
    1993, J Clin Epidemiol 46:423–429); with three it is Brennan & Prediger's kappa (1981, Educ Psychol Meas
    41:687–699).
    """
    q = len(sample.margins)
    return Figure((q * sample.observed - 1) / (q - 1))


def ac1(sample: Sample) -> Figure:
    """Return Gwet's AC1 = (p_o − p_e)/(1 − p_e), p_e = Σ π_k(1 − π_k)/(q − 1), π_k the share of verdict k.

    Its standard error is linearised over papers, with n − 1, so pairs of people on one paper are not taken
    for independent. It is 1, with no interval, where everybody gave one verdict. Gwet 2008, Br J Math Stat
    Psychol 61:29–48. His interval later uses Student's t; this one is normal, like that of kappa.
    """
    q = len(sample.margins)
    chance = fsum(share * (1 - share) for share in sample.margins) / (q - 1)
    value = 1 - (1 - sample.observed) / (1 - chance)
    squares = []
    for kind in sample.kinds:
        moved = fsum(
            (1 - 2 * mean) * (share - mean) for mean, share in zip(sample.margins, kind.shares, strict=True)
        ) / (q - 1)
        pull = kind.weight * (kind.agree - sample.observed - (1 - value) * moved) / (1 - chance)
        squares.append(kind.papers * pull * pull)
    if sample.papers < 2:
        return Figure(value, why="No interval: there is only one paper.")
    se = sqrt(fsum(squares) * sample.papers / (sample.papers - 1)) / sample.total
    return _with_interval(value, se)


def fleiss(sample: Sample) -> Figure:
    """Return Fleiss' kappa = (p_o − p_e)/(1 − p_e) with p_e = Σ π_k².

    It asks for the same number of people per paper, not for the same people; undefined where the number
    differs, and where only one verdict was given. For two people it is Scott's π. Fleiss 1971, Psychol
    Bull 76:378–382.
    """
    if len({sum(kind.marks) for kind in sample.kinds}) > 1:
        return Figure(None, why=UNEQUAL)
    if _one_verdict(sample.margins):
        return Figure(None, why=ONE_VERDICT)
    chance = fsum(share * share for share in sample.margins)
    return Figure(1 - (1 - sample.observed) / (1 - chance))


def alpha(units: Units) -> Figure:
    """Return Krippendorff's alpha for nominal data: 1 − D_o/D_e, from the coincidences of verdicts.

    Any number of people per paper. A paper with r people weighs r. Undefined where only one verdict was
    given. Krippendorff 2011, Computing Krippendorff's alpha-reliability.
    """
    given = [
        sum(marks[place] * papers for marks, papers in units.items())
        for place in range(len(next(iter(units))))
    ]
    if _one_verdict(given):
        return Figure(None, why=ONE_VERDICT)
    n = sum(given)
    differing = fsum(
        papers * (sum(marks) ** 2 - sum(m * m for m in marks)) / (sum(marks) - 1)
        for marks, papers in units.items()
    )
    return Figure(1 - (n - 1) * differing / (n * n - sum(m * m for m in given)))


def cohen(tables: Tables, patterns: Mapping[Pattern, int]) -> Figure:
    """Return Cohen's kappa of one pair of people, or of several pairs pooled.

    One pair: (p_o − p_e)/(1 − p_e), p_e = Σ p_k+·p_+k of its table. Pooled: Σ n(p_o − p_e) / Σ n(1 − p_e)
    over the pairs, n the papers of a pair: each pair keeps its own p_e, since p_e of the added tables would
    change with who stands in the rows. Undefined where no pair gave two verdicts. Cohen 1960, Educ Psychol
    Meas 20:37–46; pooled: Conger 1980, Psychol Bull 88:322–328, and de Vries et al. 2008, Field Methods
    20:272–282.

    *patterns* counts the papers by who gave what. The standard error is the asymptotic one, linearised over
    papers; for one pair it is that of Fleiss, Cohen & Everitt 1969, Psychol Bull 72:323–327.
    """
    possible = {pair: _possible(table) for pair, table in tables.items()}
    most = fsum(possible.values())
    if not most:
        return Figure(None, why=NO_VARIATION)
    value = 1 - sum(_disagreements(table) for table in tables.values()) / most
    pulls = {pair: _pulls(table, value) for pair, table in tables.items()}
    squares = []
    for pattern, papers in patterns.items():
        pull = fsum(pulls[one, other][i][j] for (one, i), (other, j) in combinations(pattern, 2))
        squares.append(papers * pull * pull)
    return _with_interval(value, sqrt(fsum(squares)) / most)


def _possible(table: Table) -> float:
    """n(1 − p_e): how many papers of a pair would differ by chance. 0 exactly where both gave one verdict."""
    by_chance = sum(row * column for row, column in zip(table.rows, table.columns, strict=True))
    return (table.n**2 - by_chance) / table.n


def _disagreements(table: Table) -> int:
    return table.n - sum(row[place] for place, row in enumerate(table.cells))


def _pulls(table: Table, value: float) -> list[list[float]]:
    """How far one paper in each cell moves n(p_o − p_e), less *value* times how far it moves n(1 − p_e)."""
    rows, columns, n = table.rows, table.columns, table.n
    chance = 1 - _possible(table) / n
    places = range(len(rows))
    moved = [[(columns[i] + rows[j]) / n - chance for j in places] for i in places]
    return [[(i == j) - moved[i][j] - value * (1 - moved[i][j]) for j in places] for i in places]


def _one_verdict(given: tuple[float, ...] | list[int]) -> bool:
    return sum(n > 0 for n in given) == 1


def _with_interval(value: float, se: float) -> Figure:
    if se < NO_SPREAD:
        nobody = "nobody disagreed" if value == 1 else "these decisions do not show how far it would vary"
        return Figure(value, why=f"No interval: {nobody}.")
    return Figure(value, se, max(-1.0, value - Z * se), min(1.0, value + Z * se))
