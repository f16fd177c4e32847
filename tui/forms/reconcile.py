"""The small forms in which a conflict is resolved, a resolution taken back, one's own decision changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from realist.text import line, shorten
from realist.vocabulary import Verdict
from tui.dialogs import Field, Form
from tui.gateway import reconcile

if TYPE_CHECKING:
    from tui.app import RealistApp
    from tui.gateway.reconcile import Case, Conflict

_NO_REASON = ""
_MOST = 7


def begin_settling(house: RealistApp, case: Case, verdict: Verdict, number: str = "") -> None:
    """Ask why a conflict is resolved as *verdict*, and resolve it; *number* is that of a reason.

    An exclude without one asks for it, where the round has reasons.
    """
    known = {str(row["number"]): reconcile.shown(row) for row in case.row["reasons"]}
    if number and number not in known:
        has = f"has {len(known)}: n asks which" if known else "has none: n excludes without one"
        house.say(f"The round has no reason {number}; it {has}.")
        return
    asks = verdict is Verdict.EXCLUDE and bool(known) and not number
    why = Field("why", "Why: what was agreed", help="May stay empty. Enter resolves it.")

    def save(values: dict[str, str]) -> str:
        reason = number or reconcile.reason_of(case.row, values.get("reason", ""))
        house.at_desk(lambda desk: reconcile.settle(desk, case, verdict, reason, values["why"]))
        return f"#{case.conflict.number} is resolved: {verdict}. u takes it back."

    told = f"{verdict}, {known[number]}" if number else str(verdict)
    title = f"Resolve #{case.conflict.number} {_called(case.conflict)}: {told}"
    fields = [_reasons(case.row, _agreed_reason(case)), why] if asks else [why]
    note = "\n".join([_who_said_what(case), *(_listed(case.row) if asks else ())])
    form = Form(title, fields, save, note=note, done="Resolve")
    house.push_screen(form, house.say_done)


def _reasons(row: Mapping[str, Any], number: str = "") -> Field:
    words = (_NO_REASON, *(reconcile.shown(one) for one in row["reasons"]))
    value = next((word for word in words if number and word.startswith(f"{number} ")), _NO_REASON)
    return Field("reason", "Reason: its digit, or ← →", value, choices=words, only=True)


def _agreed_reason(case: Case) -> str:
    """Return the number of the reason that all who excluded the paper gave first; "" where there is none."""
    given = {
        vote.reasons[0] if vote.reasons else "" for vote in case.votes if vote.verdict == Verdict.EXCLUDE
    }
    return _number(case.row, given.pop()) if len(given) == 1 else ""


def _number(row: Mapping[str, Any], words: str) -> str:
    return next((str(one["number"]) for one in row["reasons"] if one["text"] == words), "")


def _listed(row: Mapping[str, Any]) -> list[str]:
    """Return the first reasons of a round, one a line: as many as leave room for the form."""
    more = ["…"] if len(row["reasons"]) > _MOST else []
    return [*(shorten(reconcile.shown(one), 70) for one in row["reasons"][:_MOST]), *more]


def _who_said_what(case: Case) -> str:
    said = (f"{line(vote.by)} {vote.verdict}" for vote in case.votes)
    return f"{' · '.join(said)}. What is resolved rules until it is taken back, whatever people decide."


def _called(conflict: Conflict) -> str:
    return shorten((conflict.label or conflict.title)[:400], 40)


def begin_unsettling(house: RealistApp, conflict: Conflict) -> None:
    """Ask why a resolution is taken back, and take it back."""

    def save(values: dict[str, str]) -> str:
        house.at_desk(lambda desk: reconcile.unsettle(desk, conflict, values["why"]))
        return f"#{conflict.number} waits again. u brings its resolution back."

    title = f"Take back what was resolved on #{conflict.number} {_called(conflict)}"
    note = "The paper is in conflict again, unless people agree by now. What was resolved stays in the log."
    house.push_screen(Form(title, [Field("why", "Why")], save, note=note, done="Take back"), house.say_done)


def begin_deciding(house: RealistApp, case: Case) -> None:
    """Ask the person what they decide on the paper now."""
    own = next((vote for vote in case.votes if vote.by == house.gate.person and not vote.is_check), None)
    verdicts = (Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE, *([Verdict.UNDECIDED] if own else []))
    number = _number(case.row, own.reasons[0]) if own and own.reasons else ""
    fields = [
        Field("verdict", "You decide", str(own.verdict) if own else "", choices=tuple(map(str, verdicts)),
              only=True),
        *([_reasons(case.row, number)] if case.row["reasons"] else []),
        Field("note", "Note", own.note if own else "", long=True),
    ]  # fmt: skip

    def save(values: dict[str, str]) -> str:
        verdict = Verdict(values["verdict"])
        number = reconcile.reason_of(case.row, values.get("reason", ""))
        house.at_desk(lambda desk: reconcile.decide(desk, case, verdict, number, values["note"]))
        return f"#{case.conflict.number}: you say {verdict} now. u takes it back."

    title = f"Your own decision on #{case.conflict.number} {_called(case.conflict)}"
    note = (
        "Your earlier decision stays in the log; agreement is measured on what people held at first."
        if own
        else "You have not decided on this paper: this adds your decision to the others."
    )
    house.push_screen(Form(title, fields, save, note=note), house.say_done)
