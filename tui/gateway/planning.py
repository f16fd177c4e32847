"""Setting rounds down: adding one, changing its rules, opening a blind one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from realist.errors import Refused
from realist.services import rounds
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConflictRule, MaybeRule, RoundKind, RoundOrder

if TYPE_CHECKING:
    from realist.services.unit import Desk

BLIND, NOT_BLIND = "blind", "not blind"
_MOST_DIGITS = 9


def number(values: Mapping[str, str], name: str, what: str, usual: int = 0) -> int:
    """Return a whole number from a form, *usual* where the field is blank; refuse anything else."""
    text = line(values[name])
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise Refused(f"{what} is a whole number such as {usual or 7}, not {shorten(text, 30)!r}.")
    return int(text)


def add(desk: Desk, values: Mapping[str, str]) -> str:
    """Add a round as a form describes it; return its uid."""
    if not line(values["name"]):
        raise Refused("A round needs a name, such as: titles and abstracts 1.")
    return rounds.add_round(
        desk,
        values["name"],
        stage=values["stage"],
        kind=RoundKind(values["kind"]),
        criteria=values["criteria"],
        reasons=reasons(values["reasons"]),
        readers=number(values, "readers", "The number of readers", 1),
        blind=values["blind"] == BLIND,
        maybe=MaybeRule(values["maybe"]),
        conflict=ConflictRule(values["conflict"]),
        order=RoundOrder(values["order"]),
        seed=number(values, "seed", "The seed"),
        gate=_gate(values),
        outcome=values["outcome"],
        note=values["note"],
    )


def reasons(text: str) -> list[str]:
    """Return exclusion reasons that stand one a line."""
    return [words for words in map(line, paragraphs(text).split("\n")) if words]


def _gate(values: Mapping[str, str]) -> tuple[str, float] | None:
    statistic, value = line(values["gate_statistic"]), line(values["gate_value"])
    if not statistic and not value:
        return None
    if not statistic or not value:
        raise Refused("A pilot needs both: which statistic, and the value to reach.")
    try:
        limit = float(value.replace(",", "."))
    except ValueError:
        limit = 2.0
    if not -1 <= limit <= 1:
        raise Refused(f"What a pilot has to reach is from -1 to 1, such as 0.6, not {shorten(value, 30)!r}.")
    return statistic, limit


def edit(desk: Desk, row: Mapping[str, Any], values: Mapping[str, str]) -> None:
    """Change the rules of a round to what a form says; what is as it was in *row* stays untouched."""
    wanted: dict[str, Any] = {
        "name": line(values["name"]),
        "criteria": paragraphs(values["criteria"]),
        "note": paragraphs(values["note"]),
        "readers": number(values, "readers", "The number of readers", 1),
        "blind": values["blind"] == BLIND,
        "maybe": MaybeRule(values["maybe"]),
        "conflict": ConflictRule(values["conflict"]),
        "order": RoundOrder(values["order"]),
        "seed": number(values, "seed", "The seed"),
    }
    if not wanted["name"]:
        raise Refused("A round needs a name.")
    columns = {"maybe": "maybe_rule", "conflict": "conflict_rule", "order": "reading_order"}
    changed = {key: value for key, value in wanted.items() if row[columns.get(key, key)] != value}
    more = reasons(values["reasons"])
    if not changed and not more:
        raise Refused("Nothing was changed: everything is as it was.")
    rounds.edit_round(desk, row["uid"], **changed, reasons=more, reason=values["why"])


def open_blind(desk: Desk, uid: str) -> None:
    """Open a blind round."""
    rounds.open_round(desk, uid)
