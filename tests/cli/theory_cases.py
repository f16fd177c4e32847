"""The verbs for theories and reports: cases as in tests.cli.cases, and the theory that they are used on."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.case import Case, looking

_UID = "uid"
_NONE = "There is no theory 'T9' in this review."


def prepare(verb: str, words: list[str], ask: Callable[..., str]) -> list[str]:
    """Make what a verb for theories is used on; return its words with the uid of a bearing."""
    if verb == "theory add":
        return words
    ask("theory", "add", "How trust grows")
    if verb == "theory situate":
        ask("theory", "add", "Social learning", "--kind", "substantive")
    ask("theory", "version", "T1", "--add", "If they meet, then they trust.", "--add", "Leaders ask.")
    args = ("theory", "bear", "T1", "2b", "supports", "--part", "p2", "--reason", "so they say", "--json")
    uid = json.loads(ask(*args))["uid"] if verb != "theory bear" else ""
    if verb == "theory compare":
        ask("theory", "version", "T1", "--reason", "read on", "--word", "p2", "Leaders listen.")
    return [uid if word == "BEARING" else word for word in words]


CASES: dict[str, Case] = {
    "theory add": Case(
        "theory add 'How trust grows' --note x", "The theory How trust grows was added.", _UID,
        "theory add x --kind grand", "'grand' is not one of",
        "theory add '…'", "A theory needs a name with a letter or a digit. Nothing was written.",
    ),
    "theory list": looking(
        "theory list", "How trust grows",
        "uid number name kind source note versions stage label statements boxes evidence explains",
    ),
    "theory show": Case(
        "theory show T1", "+ box #", "uid number name kind source note by at version statements bearing"
        " strength versions explains",
        "theory show T1 --version new", "'new' is not a valid integer",
        "theory show T9", _NONE,
    ),
    "theory version": Case(
        "theory version T1 --reason 'read on' --stage candidate --word p1 'They meet.' --drop p2 --add Tea"
        " --moved-by 'box 2b'", "Version 2 was written: 2 statements.", _UID,
        "theory version T1 --stage last", "'last' is not one of",
        "theory version T9 --reason x", _NONE,
    ),
    "theory edit": Case(
        "theory edit T1 --call p1 Meeting --priority p1 high --order p2", "The version was changed.", _UID,
        "theory edit T1", "Say what to change",
        "theory edit T9 --name x", _NONE,
    ),
    "theory prioritise": Case(
        "theory prioritise T1 p1=high 'p2=' --reason asked", "The statements were prioritised.", _UID,
        "theory prioritise T1 p1 --reason x", "'p1' is no priority: write PART=WORD",
        "theory prioritise T9 p1=high --reason x", _NONE,
    ),
    "theory bear": Case(
        "theory bear 'T1 v1' 2b weakens --part p1 --reason 'not there'", "Box 2b bears on it: weakens.", _UID,
        "theory bear T1 2b doubts", "'doubts' is not one of",
        "theory bear T9 2b 'not judged'", _NONE,
    ),
    "theory rejudge": Case(
        "theory rejudge BEARING modifies --reason 'read again'", "It is judged now: modifies.", _UID,
        "theory rejudge BEARING modifies", "Missing option '--reason'",
        "theory rejudge nothing modifies --reason x",
        "No box bears on a theory by 'nothing': `theory show --json` has uids.",
    ),
    "theory withdraw": Case(
        "theory withdraw BEARING --reason 'another box'", "It bears on it no more.", _UID,
        "theory withdraw BEARING", "Missing option '--reason'",
        "theory withdraw nothing --reason x",
        "No box bears on a theory by 'nothing': `theory show --json` has uids.",
    ),
    "theory situate": Case(
        "theory situate T2 --part 'T1 p1' --mechanism M1 --box 2b --reason 'one sees it'",
        "It was situated in the theory.", _UID,
        "theory situate T2 --reason x", "Say what is situated in it",
        "theory situate T9 --part 'T1 p1' --reason x", _NONE,
    ),
    "theory compare": Case(
        "theory compare T1", "Leaders [-ask.-] {+listen.+}",
        "uid number name state moved from to before after words",
        "theory compare T1 --from a", "'a' is not a valid integer",
        "theory compare T9", _NONE,
    ),
    "theory strength": Case(
        "theory strength T1", "thin: no paper, no excerpt",
        "uid number name said papers independent outside boxes evidence stances polarity settings sites"
        " countries richness excerpts voices thin",
        "theory strength", "Missing argument 'THEORY'",
        "theory strength T9", _NONE,
    ),
    "theory thin": Case(
        "theory thin", "T1 v1 p1", "theory version uid number name said thin",
        "theory thin T1 T2", "unexpected extra argument",
        "theory thin T9", _NONE,
    ),
    "report theory": Case(
        "report theory", "How the theory came about", "theories mechanisms shares",
        "report theory a b", "unexpected extra argument",
        "--db notes.txt report theory", "notes.txt is not a review: it is no SQLite file.",
    ),
}  # fmt: skip
