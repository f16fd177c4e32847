"""How far people agree who decided on the same papers independently: per pair, pooled, and for a round.

    from realist.domain.agreement import Scale, Statistic, agreement, gate

    both = agreement({"paper 1": {"SF": Verdict.INCLUDE, "NB": Verdict.MAYBE}, …})
    both.two_way.papers                    # decided by two people or more; both.two_way.left_out: by fewer
    both.two_way.pairs[0].table.cells      # ((a, b), (c, d)): rows are one person, columns the other
    both.two_way.pairs[0].figures.kappa    # Figure(value, se, low, high, why); value is None where undefined
    both.two_way.figures.alpha             # of the whole round; both.three_way likewise
    gate(both.two_way, Statistic.KAPPA, 0.6).sentence

Which decision of a person counts is the caller's to say: the one held when independence ended. No figure
stands for the others: with few includes kappa may be low and AC1 high for the very same decisions
(Feinstein & Cicchetti 1990, J Clin Epidemiol 43:543–549), so they are shown together, with n and the table.
"""

from __future__ import annotations

from realist.domain.agreement.passing import Gate, gate
from realist.domain.agreement.rounds import Decided, agreement, pair_agreement, round_agreement
from realist.domain.agreement.values import (
    Agreement,
    Figure,
    Figures,
    Meeting,
    PairAgreement,
    PooledAgreement,
    RoundAgreement,
    Scale,
    Statistic,
    Table,
)

__all__ = [
    "Agreement", "Decided", "Figure", "Figures", "Gate", "Meeting", "PairAgreement", "PooledAgreement",
    "RoundAgreement", "Scale", "Statistic", "Table", "agreement", "gate", "pair_agreement",
    "round_agreement",
]  # fmt: skip
