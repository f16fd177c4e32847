"""What the verbs of lives are asked and answer, for mechanisms, contexts and outcomes alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.case import Case
    from tests.cli.conftest import Ask

_UID = "uid"
_WHY = "--reason 'they said so'"
_NOTED = f"{_WHY} --moved-by 'paper #1'"
_NAMES = {
    "mechanism": ("Trust between professions", "Shared purpose"),
    "context": ("Two departments merge", "Rural"),
    "outcome": ("Staff stay", "Staff leave"),
}
_TOLD = {"drop": "was dropped.", "park": "was parked."}
_MOVE = "did at by reason result number source into moved_by before after pieces"
_PIECE = "table piece given paper_uid paper box box_uid words now under into"


def prepared(verb: str, words: list[str], ask: Ask) -> list[str]:
    """Have what a verb needs: a second one, one that is parked, merged, or whose pieces wait."""
    kind, _, act = verb.partition(" ")
    if kind not in _NAMES or act not in _NEEDS:
        return words
    one, other = _NAMES[kind]
    if kind != "mechanism":
        ask(kind, "add", other)
        ask("cmo", "add", "a merger (C) → people leave (O–)", "--paper", "#1")
    if act == "reinstate":
        ask(kind, "park", one, "--reason", "later")
    elif act == "unmerge":
        ask(kind, "merge", one, "--into", other, "--reason", "one thing")
    elif act in ("place", "waiting"):
        if kind != "mechanism":
            box = json.loads(ask("cmo", "list", "--json"))[-1]["uid"]
            place = "1" if kind == "context" else "2"
            ask("cmo", "part", box, place, f"--{kind}", one)
        ask(kind, "split", one, "--into", other, "--into", "Something new", "--reason", "two")
        piece = json.loads(ask(kind, "waiting", "--json"))[0]["piece"]
        words = [piece if word == "PIECE" else word for word in words]
    return words


_NEEDS = ("merge", "split", "unmerge", "reinstate", "place", "waiting")


def lives(case: type[Case]) -> dict[str, Case]:
    """Return the cases of every kind."""
    return {f"{kind} {act}": made for kind in _NAMES for act, made in _cases(case, kind).items()}


def _cases(case: type[Case], kind: str) -> dict[str, Case]:
    one, other = _NAMES[kind]
    unknown = f"There is no {kind} 'Zebra' in this review."

    def of(right: str, says: str, keys: str, wrong: str, complains: str, bad: str = "") -> Case:
        bad = bad or right.replace(f"'{one}'", "Zebra")
        return case(f"{kind} {right}", says, keys, f"{kind} {wrong}", complains, f"{kind} {bad}", unknown)

    lacks = "Missing option '--reason'"
    found = {
        "describe": of(
            f"describe '{one}' 'As they said.' {_NOTED}", f"The {kind} was described", _UID,
            f"describe '{one}'", "Missing argument 'DESCRIPTION'",
        ),
        "refine": of(
            f"refine '{one}' 'As they said.' {_NOTED}", f"The {kind} was refined", _UID,
            f"refine '{one}' 'As they said.'", lacks,
        ),
        "rename": of(
            f"rename '{one}' 'Another name' {_NOTED}", "It is called Another name now", _UID,
            f"rename '{one}' 'Another name'", lacks,
        ),
        "prioritise": of(
            f"prioritise '{one}' core {_NOTED}", f"The priority of the {kind} was set.", _UID,
            f"prioritise '{one}' core", lacks,
        ),
        "merge": of(
            f"merge '{one}' --into '{other}' {_NOTED}", f"{one} went into {other}.", _UID,
            f"merge '{one}' {_WHY}", "Missing option '--into'",
        ),
        "split": of(
            f"split '{one}' --into '{other}' --into 'Quite new' {_NOTED}",
            f"{one} was split into {other}, Quite new.", _UID, f"split '{one}' {_WHY}",
            "Missing option '--into'",
        ),
        "unmerge": of(
            f"unmerge '{one}' {_NOTED}", f"{one} stands for itself again.", _UID, f"unmerge '{one}'", lacks
        ),
        "reinstate": of(
            f"reinstate '{one}' {_NOTED}", f"{one} is back.", _UID, f"reinstate '{one}'", lacks
        ),
        "waiting": of(
            "waiting", "waits under", _PIECE, "waiting --nonsense", "No such option '--nonsense'",
            "waiting Zebra",
        ),
        "place": case(
            f"{kind} place PIECE --under '{other}' {_NOTED}", f"1 piece placed under {other}.", "uid uids",
            f"{kind} place PIECE {_WHY}", "Missing option '--under'",
            f"{kind} place Zebra --under '{one}' {_WHY}",
            f"There is no piece 'Zebra' of {'an' if kind == 'outcome' else 'a'} {kind}:"
            f" `realist {kind} waiting` lists them.",
        ),
        "history": of(
            f"history '{one}'", "propose", _MOVE, "history", "Missing argument 'NAME'", "history Zebra"
        ),
    }  # fmt: skip
    for verb, told in _TOLD.items():
        found[verb] = of(f"{verb} '{one}' {_NOTED}", f"{one} {told}", _UID, f"{verb} '{one}'", lacks)
    return found


def lists(case: type[Case]) -> dict[str, Case]:
    """Return the cases of the verbs for named lists."""
    unknown = "There is no mechanism list 'Table 9' in this review. Did you mean Table 1?"
    return {
        "mechanism lists add": case(
            "mechanism lists add First M1 'M2=As printed' '=Heading'", "The list First was added: 3 items.",
            _UID, "mechanism lists add First", "Missing argument 'MECHANISMS...'",
            "mechanism lists add 'Table 1' M1",
            "There is already a mechanism list 'Table 1' in this review.",
        ),
        "mechanism lists show": case(
            "mechanism lists show", "TRUST", "uid name dated agreed source note items lineage",
            "mechanism lists show --nonsense", "No such option '--nonsense'",
            "mechanism lists show 'Table 9'", unknown,
        ),
        "mechanism lists lineage": case(
            "mechanism lists lineage 'Table 1' 'Table 1' 'not stated'", "lineage not stated.", _UID,
            "mechanism lists lineage 'Table 1' 'Table 1' perhaps", "'perhaps' is not one of",
            "mechanism lists lineage 'Table 9' 'Table 1' stated", unknown,
        ),
    }  # fmt: skip
