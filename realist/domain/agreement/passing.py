"""Whether a pilot round passes: one statistic against a threshold that the team set."""

from __future__ import annotations

from dataclasses import dataclass

from realist.domain.agreement.values import Figure, RoundAgreement, Statistic

TIE = 1e-9
"""2·0.7 − 1 is a hair below 0.4 in binary; what is nearer to the threshold than this reaches it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What came of it: ``passed`` is None where it cannot be said; ``sentence`` says what and why."""

    passed: bool | None
    statistic: Statistic
    threshold: float
    figure: Figure
    sentence: str


def gate(found: RoundAgreement, statistic: Statistic, threshold: float, *, least: int = 0) -> Gate:
    """Return whether *statistic* of the round is at least *threshold*, on at least *least* papers.

    Cohen's kappa is the one pooled over the pairs of people, any other statistic that of the round. The
    value decides, not its interval; the sentence names the interval, and how many pairs stay below. An
    undefined statistic neither passes nor fails, nor do too few papers. ValueError if *threshold* is not
    from −1 to 1.
    """
    if not -1 <= threshold <= 1:
        raise ValueError(f"a threshold of agreement is from -1 to 1, not {threshold}")
    figure = found.of(statistic)
    why = figure.why if figure.value is None else _too_few(found.papers, least)
    if figure.value is None or why:
        return Gate(None, statistic, threshold, figure, f"Whether the round passes cannot be said. {why}")
    passed = _reaches(figure.value, threshold)
    value, limit = _told(figure.value, threshold)
    sentences = [
        f"{'Passed' if passed else 'Not passed'}: {statistic} is {value}{_interval(figure)} "
        f"on {_papers(found.papers)}, {'at least' if passed else 'below'} {limit}.",
        _pairs_below(found, statistic, threshold),
        "Only one verdict was given: that says nothing of the others." if _one_verdict(found) else "",
    ]
    return Gate(passed, statistic, threshold, figure, " ".join(filter(None, sentences)))


def _too_few(papers: int, least: int) -> str:
    if papers >= least:
        return ""
    return f"Of the {_papers(least)} that are asked for, two people or more decided {papers:,}."


def _reaches(value: float, threshold: float) -> bool:
    return value >= threshold - TIE


def _told(value: float, threshold: float) -> tuple[str, str]:
    """Both numbers with as few decimals, from two on, as give the threshold whole and tell the two apart."""
    for digits in range(2, 9):
        shown, limit = f"{value:z.{digits}f}", f"{threshold:z.{digits}f}"
        whole = abs(float(limit) - threshold) < TIE
        if whole and (shown != limit or abs(value - threshold) < TIE):
            break
    return shown, limit


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f" (95 % CI {figure.low:z.2f} to {figure.high:z.2f})"


def _pairs_below(found: RoundAgreement, statistic: Statistic, threshold: float) -> str:
    if len(found.pairs) < 2:
        return ""
    values = [pair.figures.of(statistic).value for pair in found.pairs]
    below = sum(value is not None and not _reaches(value, threshold) for value in values)
    unknown = values.count(None)
    said = f"Of {len(values):,} pairs of people {below:,} {'is' if below == 1 else 'are'} below"
    return f"{said}; of {unknown:,} it cannot be said." if unknown else f"{said}."


def _one_verdict(found: RoundAgreement) -> bool:
    return sum(n > 0 for n in found.verdicts) == 1


def _papers(n: int) -> str:
    return f"{n:,} paper{'' if n == 1 else 's'}"
