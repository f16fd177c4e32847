"""Verbs for moves across papers."""

from __future__ import annotations

from tests.cli.case import Case

_UID = "uid"
CASES = {
    "move add": Case(
        "move add juxtapose --input 'box 1' --input 'box 2b' --reason 'one is silent'",
        "The move was recorded: juxtapose.", _UID,
        "move add merge --input 'box 1' --reason x", "'merge' is not one of",
        "move add juxtapose --input 'box 1' --reason x",
        "Nothing was written: to juxtapose takes two things or more.",
    ),
    "move list": Case(
        "move list", "one is silent", "uid number kind reason result by at items",
        "move list --kind odd", "'odd' is not one of",
        "move list --on 'box 9'", "There is no box '9' in this review.",
    ),
    "move show": Case(
        "move show 1", "one is silent", "uid number kind reason result by at items",
        "move show", "Missing argument 'NUMBER'",
        "move show 9", "There is no move '9' in this review.",
    ),
    "move drop": Case(
        "move drop 1 --reason 'made too early'", "Move 1 was taken back.", _UID,
        "move drop 1", "Missing option '--reason'",
        "move drop 9 --reason x", "There is no move '9' in this review.",
    ),
}  # fmt: skip
