"""Cases of the verbs for consultations, memos, milestones and reports; what their right uses need first."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeVar

_UID = "uid"
_NO_CONSULTATION = "There is no consultation 'Nowhere' in this review."
Ask = Callable[..., str]
T = TypeVar("T")
Made = Callable[..., T]


def prepared(verb: str, words: list[str], ask: Ask) -> list[str]:
    """Do what a right use needs; return its words with uids in place of what stands for them."""
    if verb.startswith("consultation") or "MEMO" in words:
        ask("consultation", "add", "June", "--people", "3", "--show", "mechanism M1")
        ask("consultation", "add", "Never held")
        ask("consultation", "feedback", "June", "for", "That is us.", "--about", "mechanism M1")
        ask("consultation", "feedback", "June", "comment", "Hm.")
        ask("consultation", "decide", "June", "Go on.")
    if verb.startswith("memo"):
        uid = json.loads(ask("memo", "add", "paper", "#1", "Look again.", "--json"))["uid"]
        words = [uid if word == "MEMO" else word for word in words]
    if verb in ("milestone drop", "milestone list"):
        ask("milestone", "add", "protocol")
    return words


def cases(case: Made[T], looking: Made[T]) -> Mapping[str, T]:
    """Return the cases; *case* and *looking* make one, as in tests/cli/cases.py."""
    return {
        "review changed": case(
            "review changed --planned 'Ten sites.' --instead 'Six.' --reason 'Four refused.' --when spring",
            "The change was recorded.", _UID,
            "review changed --planned 'Ten sites.' --instead 'Six.'", "Missing option '--reason'",
            "review changed --planned ' ' --instead Six --reason x",
            "Nothing was changed: say what was planned.",
        ),
        "consultation add": case(
            "consultation add May --mode 'mail round' --people 4 --who '4 nurses' --show 'mechanism M1'"
            " --show review --decided 'Go on.'",
            "The consultation May was recorded.", _UID,
            "consultation add May --mode letter", "'letter' is not one of",
            "consultation add May --show 'mechanism Luck'", "There is no mechanism 'Luck' in this review.",
        ),
        "consultation list": looking(
            "consultation list", "June",
            "uid position name kind mode held stage people who shown by at voices said decisions"
            " shown_things followed",
        ),
        "consultation show": case(
            "consultation show June", "f1 for, of mechanism Trust between professions",
            "uid name kind mode held people who shown items feedback decided acts",
            "consultation show", "Missing argument 'NAME'",
            "consultation show Nowhere", _NO_CONSULTATION,
        ),
        "consultation said": case(
            "consultation said --about 'mechanism M1'", "June f1 for, of mechanism Trust",
            "uid number consultation voice words who kind of subject_table subject page_table page sources"
            " by at",
            "consultation said --of M1", "No such option '--of'",
            "consultation said --about 'mechanism Luck'", "There is no mechanism 'Luck' in this review.",
        ),
        "consultation edit": case(
            "consultation edit June --people 4 --show 'paper #1' --not-shown 'mechanism M1' --reason x",
            "The consultation June was changed.", _UID,
            "consultation edit June", "Say what to change",
            "consultation edit Nowhere --who nurses", _NO_CONSULTATION,
        ),
        "consultation feedback": case(
            "consultation feedback June divided 'Some do.' --about 'paper #1' --who 'two nurses'",
            "What was said is recorded.", _UID,
            "consultation feedback June perhaps 'Some do.'", "'perhaps' is not one of",
            "consultation feedback '' for 'Yes.'",
            "Feedback is about something, or stands under a consultation.",
        ),
        "consultation correct": case(
            "consultation correct 'June f1' --voice against --reason x", "What was said was corrected.", _UID,
            "consultation correct 'June f1'", "Say what to correct",
            "consultation correct 'Nowhere f1' --words x", _NO_CONSULTATION,
        ),
        "consultation withdraw": case(
            "consultation withdraw 'June f2' --reason x", "What was said was taken out", _UID,
            "consultation withdraw 'June f2'", "Missing option '--reason'",
            "consultation withdraw 7 --reason x",
            "There is no feedback '7': say its consultation and f1, f2 …, or its uid, as --json shows it.",
        ),
        "consultation decide": case(
            "consultation decide June 'Go on for a year.' --instead-of 1",
            "What was decided is recorded.", _UID,
            "consultation decide June", "Missing argument 'TEXT'",
            "consultation decide Nowhere 'Go on.'", _NO_CONSULTATION,
        ),
        "consultation followed": case(
            "consultation followed June '#2' 3", "2 acts: are linked.", _UID,
            "consultation followed June", "Missing argument 'ACTS...'",
            "consultation followed Nowhere 3", _NO_CONSULTATION,
        ),
        "consultation drop": case(
            "consultation drop 'Never held' --reason 'it was cancelled'",
            "The consultation Never held was taken out.", _UID,
            "consultation drop 'Never held'", "Missing option '--reason'",
            "consultation drop Nowhere --reason x", _NO_CONSULTATION,
        ),
        "memo add": case(
            "memo add mechanism M1 'Look again.'", "The memo was written.", _UID,
            "memo add dream M1 'Look again.'", "'dream' is not one of",
            "memo add mechanism M1 ' '", "An empty memo was not kept.",
        ),
        "memo list": case(
            "memo list --on 'paper #1' --find look", "Look again.",
            "uid kind of subject_table subject text by at",
            "memo list --kind dream", "'dream' is not one of",
            "memo list --on 'paper Nobody'", "There is no paper 'Nobody' in this review.",
        ),
        "memo edit": case(
            "memo edit MEMO 'Looked again.' --reason done", "The memo was changed.", _UID,
            "memo edit MEMO", "Missing argument 'TEXT'",
            "memo edit 7 x", "There is no memo '7': give its uid, as --json shows it.",
        ),
        "memo drop": case(
            "memo drop MEMO", "The memo was taken out.", _UID,
            "memo drop", "Missing argument 'UID'",
            "memo drop 7", "There is no memo '7': give its uid, as --json shows it.",
        ),
        "milestone add": case(
            "milestone add submitted --at '#3' --note 'to a journal'",
            "The milestone submitted was added", _UID,
            "milestone add", "Missing argument 'NAME'",
            "milestone add submitted --at someday",
            "'someday' is no moment: give a date such as 2025-03-14, or an act like #12.",
        ),
        "milestone list": looking("milestone list", "protocol", "uid name moment note by at act"),
        "milestone drop": case(
            "milestone drop protocol --reason x", "The milestone protocol was taken out.", _UID,
            "milestone drop", "Missing argument 'NAME'",
            "milestone drop nothing", "There is no milestone 'nothing' in this review.",
        ),
        "report retroduction": looking(
            "report retroduction", "parts of boxes were inferred",
            "parts inferred abduction retroduction not_said without_memo without_basis share elements",
        ),
        "report changes": looking("report changes", "RAMESES item 5", "recorded from_the_log"),
    }  # fmt: skip
