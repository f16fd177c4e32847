"""How far people agree, as a text: every figure on both scales, what is undefined and why, pairs, tables."""

from __future__ import annotations

from realist.domain.agreement import Agreement, Figure, Gate, PairAgreement, RoundAgreement, Statistic, Table
from realist.text import line, pad
from realist.vocabulary import Verdict
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span

_NAME, _COLUMN = 22, 24
_MOST_PAIRS = 12
NEVER_BLIND = "Never blind: people could see each other's decisions, so they need not be independent."
_FEW = (Statistic.RAW, Statistic.KAPPA, Statistic.AC1)


def write_agreement(sheet: Sheet, agreed: Agreement, *, blind: bool, hidden: int, gate: Gate | None) -> None:
    """Write the agreement of a round; *hidden* papers are left out, as the reader may not see them yet."""
    two, three = agreed.two_way, agreed.three_way
    fewer = f", {papers(two.left_out)} by fewer" if two.left_out else ""
    sheet.heading("Agreement", f"{papers(two.papers)} decided by two or more{fewer}")
    if hidden:
        sheet.text(f"{papers(hidden)} left out: still blind for you.", "muted")
    if not two.papers:
        sheet.text("Nothing to measure yet: it takes papers that two people decided on.", "muted")
        return
    if not blind:
        sheet.text(NEVER_BLIND, "warn")
    if gate is not None:
        sheet.text(f"Pilot. {gate.sentence}", _GATE[gate.passed])
    _figures(sheet, two, three)
    maybe = any(n for verdict, n in zip(three.scale.categories, three.verdicts, strict=True)
                if verdict is Verdict.MAYBE)  # fmt: skip
    for place, pair in enumerate(two.pairs[:_MOST_PAIRS]):
        sheet.blank()
        _pair(sheet, pair, several=len(two.pairs) > 1)
        if maybe:
            _table(sheet, three.pairs[place])
    if len(two.pairs) > _MOST_PAIRS:
        sheet.text(f"… and {len(two.pairs) - _MOST_PAIRS:,} pairs more", "muted")


_GATE = {True: "good", False: "bad", None: "warn"}


def papers(n: int) -> str:
    """Return so many papers, in words."""
    return f"{n:,} paper{'' if n == 1 else 's'}"


def figure(of: Figure) -> str:
    """Return a figure with its interval; ``undefined`` where it has no value."""
    if of.value is None:
        return "undefined"
    interval = f" ({of.low:z.2f} to {of.high:z.2f})" if of.low is not None and of.high is not None else ""
    return f"{of.value:z.2f}{interval}"


def short(agreed: RoundAgreement) -> str:
    """Return the agreement of a round in one line: raw, kappa, AC1, and on how many papers."""
    if not agreed.papers:
        return ""
    said = ", ".join(f"{word} {figure(agreed.of(word))}" for word in _FEW)
    return f"{said}, on {papers(agreed.papers)}"


def _figures(sheet: Sheet, two: RoundAgreement, three: RoundAgreement) -> None:
    heads = "".join(pad(word, _COLUMN) for word in ("maybe as include", "maybe apart"))
    sheet.spans(Span(" " * _NAME, "muted"), Span(heads, "muted"))
    whys: dict[str, list[str]] = {}
    for statistic in Statistic:
        values = []
        for found, scale in ((two, "maybe as include"), (three, "maybe apart")):
            of = found.of(statistic)
            nothing = statistic is Statistic.MAYBE and found is two
            values.append("–" if nothing else figure(of))
            if of.value is None and not nothing:
                whys.setdefault(f"{statistic}: {of.why}", []).append(scale)
        name = "kappa, pairs pooled" if statistic is Statistic.KAPPA and len(two.pairs) > 1 else statistic
        sheet.spans(Span(pad(name, _NAME)), *(Span(pad(value, _COLUMN)) for value in values))
    for why, scales in whys.items():
        which = f" ({scales[0]})" if len(scales) == 1 else ""
        sheet.text(f"{which.strip()} {why}".strip(), "muted", first="  ")


def _pair(sheet: Sheet, pair: PairAgreement, *, several: bool) -> None:
    names = f"{line(pair.first)} and {line(pair.second)}"
    sheet.spans(Span(names, "strong"), Span(f"  {papers(pair.table.n)} by both", "muted"))
    if several:
        told = ", ".join(f"{word} {figure(pair.figures.of(word))}" for word in _FEW)
        sheet.text(told, first="  ")
    _table(sheet, pair)


def _table(sheet: Sheet, pair: PairAgreement) -> None:
    table: Table = pair.table
    columns = [f"{line(pair.second)} {verdict}" for verdict in table.categories]
    rows = [f"{line(pair.first)} {verdict}" for verdict in table.categories]
    wide, name = max(map(len, columns)) + 2, max(map(len, rows)) + 2
    heads = "".join(pad(column, wide, right=True) for column in columns)
    sheet.spans(Span(" " * (name + 2)), Span(heads, "muted"))
    for place, row in enumerate(table.cells):
        spans = [Span(pad(f"  {rows[place]}", name + 2), "muted")]
        spans += [
            Span(pad(f"{n:,}", wide, right=True), "good" if other == place else "warn" if n else "muted")
            for other, n in enumerate(row)
        ]
        sheet.spans(*spans)
