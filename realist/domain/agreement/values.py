"""What comes out of looking at agreement: figures, tables, and what they are figures of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from realist.vocabulary import Verdict


class Scale(StrEnum):
    """What counts as one verdict."""

    TWO_WAY = "maybe counts as include"
    THREE_WAY = "include, maybe and exclude apart"

    @property
    def categories(self) -> tuple[Verdict, ...]:
        """The verdicts that are told apart, in the order of tables."""
        if self is Scale.TWO_WAY:
            return (Verdict.INCLUDE, Verdict.EXCLUDE)
        return (Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE)


class Statistic(StrEnum):
    """A figure of agreement, by the name it is printed under, in the order of a report."""

    RAW = "raw agreement"
    POSITIVE = "positive agreement"
    NEGATIVE = "negative agreement"
    MAYBE = "agreement on maybe"
    KAPPA = "Cohen's kappa"
    PABAK = "PABAK"
    AC1 = "Gwet's AC1"
    ALPHA = "Krippendorff's alpha"
    FLEISS = "Fleiss' kappa"


@dataclass(frozen=True, slots=True)
class Figure:
    """One statistic. ``value`` is at most 1, or None where it is undefined; unknown is not zero.

    Kappa and AC1 have a standard error and a 95 % interval (value ± 1.96 standard errors, cut at −1 and 1);
    the other figures have none. ``why`` is a sentence where there is no value, or where one of these two
    has a value but no interval; else ``""``.
    """

    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """All statistics of the same decisions. ``n`` is what they are over: papers, or pairs of decisions."""

    n: int
    raw: Figure
    positive: Figure
    negative: Figure
    maybe: Figure
    kappa: Figure
    pabak: Figure
    ac1: Figure
    alpha: Figure
    fleiss: Figure

    def of(self, statistic: Statistic) -> Figure:
        """Return the figure of *statistic*."""
        figure: Figure = getattr(self, statistic.name.lower())
        return figure


@dataclass(frozen=True, slots=True)
class Table:
    """How often which verdict of one person met which of another: 2×2 or 3×3.

    ``cells[i][j]`` are the papers to which the first person gave ``categories[i]`` and the second
    ``categories[j]``. In a 2×2 table that is ((a, b), (c, d)), a: both include, d: both exclude.
    """

    categories: tuple[Verdict, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def n(self) -> int:
        """The papers that both decided."""
        return sum(self.rows)

    @property
    def rows(self) -> tuple[int, ...]:
        """How often the first person gave each verdict."""
        return tuple(sum(row) for row in self.cells)

    @property
    def columns(self) -> tuple[int, ...]:
        """How often the second person gave each verdict."""
        return tuple(sum(column) for column in zip(*self.cells, strict=True))


class Meeting(NamedTuple):
    """How often two verdicts met on a paper, whoever gave which."""

    one: Verdict
    other: Verdict
    n: int


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two people, ``first`` < ``second`` by uid, on the papers that both decided."""

    first: str
    second: str
    table: Table
    figures: Figures


@dataclass(frozen=True, slots=True)
class PooledAgreement:
    """All pairs of people together; ``figures.n`` counts pairs of decisions, not papers.

    ``met`` is the tables of all pairs added up. Who of two people stands in the rows is chance, so the two
    cells for the same two verdicts are one number. See :func:`rounds.pooled_agreement` for the figures.
    """

    pairs: int
    met: tuple[Meeting, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """A round on one scale. Only papers that two people or more decided are in any number but ``left_out``.

    ``papers`` is how many these are, ``left_out`` how many were decided by one person or nobody, ``people``
    the uids of who decided, ``verdicts`` how often each verdict was given, in the order of
    ``scale.categories``. ``pairs`` are the pairs of people with a paper in common. In ``figures`` each paper
    counts once, however many people decided it.
    """

    scale: Scale
    papers: int
    left_out: int
    people: tuple[str, ...]
    verdicts: tuple[int, ...]
    pairs: tuple[PairAgreement, ...]
    pooled: PooledAgreement
    figures: Figures

    def of(self, statistic: Statistic) -> Figure:
        """Return what *statistic* says of the round; Cohen's kappa is the one pooled over the pairs."""
        return (self.pooled if statistic is Statistic.KAPPA else self).figures.of(statistic)


@dataclass(frozen=True, slots=True)
class Agreement:
    """The same decisions with maybe counted as include, and with maybe as a verdict of its own."""

    two_way: RoundAgreement
    three_way: RoundAgreement

    def on(self, scale: Scale) -> RoundAgreement:
        """Return the round on *scale*."""
        return self.two_way if scale is Scale.TWO_WAY else self.three_way
