"""Agreement between people, as text and JSON."""

from __future__ import annotations

from typing import Any

from realist.domain.agreement import (
    Agreement,
    Figure,
    Figures,
    Gate,
    PairAgreement,
    RoundAgreement,
    Scale,
    Statistic,
    Table,
)
from realist.text import line, wrap


def agreement_json(found: Agreement, gate: Gate | None, *, blind: bool, hidden: int) -> dict[str, Any]:
    """Return figures both ways: value, standard error and limits, each null with a reason where undefined."""
    return {
        "independent": blind,
        "hidden": hidden,
        "gate": None
        if gate is None
        else {
            "passed": gate.passed, "statistic": str(gate.statistic), "threshold": gate.threshold,
            "sentence": gate.sentence,
        },
        **{name: _round_json(found.on(scale)) for name, scale in _WAYS.items()},
    }  # fmt: skip


_WAYS = {"two_way": Scale.TWO_WAY, "three_way": Scale.THREE_WAY}


def _round_json(found: RoundAgreement) -> dict[str, Any]:
    return {
        "papers": found.papers,
        "left_out": found.left_out,
        "people": list(found.people),
        "figures": _figures_json(found.figures),
        "pooled": {"pairs": found.pooled.pairs, "n": found.pooled.figures.n, **_pooled_json(found)},
        "pairs": [
            {
                "first": pair.first, "second": pair.second, "n": pair.table.n,
                "categories": [str(word) for word in pair.table.categories],
                "table": [list(row) for row in pair.table.cells], "figures": _figures_json(pair.figures),
            }
            for pair in found.pairs
        ],
    }  # fmt: skip


def _pooled_json(found: RoundAgreement) -> dict[str, Any]:
    return {"figures": _figures_json(found.pooled.figures)}


def _figures_json(figures: Figures) -> dict[str, Any]:
    return {_KEYS[statistic]: _figure_json(figures.of(statistic)) for statistic in Statistic}


_KEYS = {statistic: statistic.name.lower() for statistic in Statistic}


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "value": figure.value, "se": figure.se, "low": figure.low, "high": figure.high, "why": figure.why,
    }  # fmt: skip


def agreement_text(
    name: str, found: RoundAgreement, gate: Gate | None, *, blind: bool, hidden: int, width: int
) -> str:
    """Return a report of a round, one way: the figures of all, pooled, and of each pair with its table."""
    way = "include and maybe as one" if found.scale is Scale.TWO_WAY else "include, maybe, exclude apart"
    lines = [f"{line(name)}: {way}"]
    lines.append(
        f"{found.papers:,} {'paper' if found.papers == 1 else 'papers'} that two people or more decided;"
        f" {found.left_out:,} left out"
        f" (decided by fewer){f'; {hidden:,} that you may not see yet' if hidden else ''}."
    )
    lines.append(
        "Decisions held when independence ended, before any reconciling."
        if blind
        else "This round was never blind: people could see each other's decisions."
    )
    lines += ["", "all together"]
    lines += _figures_text(found.figures, width)
    if len(found.pairs) > 1:
        lines += ["", f"pooled over {found.pooled.pairs:,} pairs, n = {found.pooled.figures.n:,}"]
        lines += _figures_text(found.pooled.figures, width)
    for pair in found.pairs:
        lines += ["", *_pair_text(pair, width)]
    if gate is not None:
        lines += ["", *wrap(gate.sentence, width, first="gate  ", rest="      ")]
    return "\n".join(lines)


def _figures_text(figures: Figures, width: int) -> list[str]:
    rows = []
    for statistic in Statistic:
        figure = figures.of(statistic)
        if figure.value is None:
            text = f"undefined: {figure.why}"
        else:
            text = f"{figure.value:.3f}"
            if figure.low is not None and figure.high is not None:
                text += f"  (95 % {figure.low:.3f} to {figure.high:.3f})"
        rows += wrap(text, width, first=f"  {statistic:<22}  ", rest=" " * 26)
    return rows


def _pair_text(pair: PairAgreement, width: int) -> list[str]:
    lines = [f"{line(pair.first)} and {line(pair.second)}, n = {pair.table.n:,}"]
    return lines + _table_text(pair) + _figures_text(pair.figures, width)


def _table_text(pair: PairAgreement) -> list[str]:
    table: Table = pair.table
    words = [str(word) for word in table.categories]
    size = max(9, *(len(word) for word in words))
    head = f"  {line(pair.first):>{size}} \\ {line(pair.second)}: " + "  ".join(
        f"{word:>9}" for word in words
    )
    indent = len(head) - 11 * len(words) + 2
    rows = [
        f"{word:>{indent - 2}}  " + "  ".join(f"{n:>9,}" for n in cells)
        for word, cells in zip(words, table.cells, strict=True)
    ]
    return [head, *rows]
