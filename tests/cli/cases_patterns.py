"""The verbs of patterns, and the boxes that they are asked about."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.case import NOT_A_REVIEW, Case

_WORDS = (
    ("Wards merge against the will of nurses", "Nurses distrust ward managers", "Nurses resign in a year"),
    (
        "Against nurses' will, wards are merging",
        "Managers may be distrusted by nurses",
        "A year: they resign",
    ),
    ("A merged ward, against its nurses' will", "Distrust of managers of wards", "Resignation in a year"),
)


def prepare(verb: str, ask: Callable[..., str]) -> None:
    """Put boxes into the review that are alike, tagged alike, linked in a loop and related."""
    if not verb.startswith(("pattern", "saturation", "cmo lineage", "regularity")):
        return
    ask("context", "add", "Forced merger")
    ask("outcome", "add", "Turnover")
    Path("alike.json").write_text(json.dumps([_box(n, words) for n, words in enumerate(_WORDS, 1)]))
    ask("cmo", "import", "alike.json")
    ask("cmo", "link", "P1", "3", "P2", "1", "--note", "a year later")
    ask("cmo", "link", "P2", "3", "P1", "1")
    ask("cmo", "relate", "P3", "rests on", "P1")
    ask("cmo", "relate", "P3", "rests on", "P2")
    if verb.startswith("regularity"):
        words = ("--wording", "Nurses go.", "--counter", "P1", "--case", "P2", "--reason", "three papers")
        ask("regularity", "add", "Moving wards", *words)


def _box(n: int, words: tuple[str, str, str]) -> dict[str, Any]:
    kinds = ("context", "reasoning", "outcome")
    tags: tuple[list[dict[str, str]], ...] = (
        [{"kind": "context", "name": "Forced merger"}], [], [{"kind": "outcome", "name": "Turnover"}]
    )  # fmt: skip
    elements = [
        {
            "kind": kind,
            "text": text,
            "segment": place,
            "tags": tag,
            "valence": "-" if kind == "outcome" else None,
        }
        for place, (kind, text, tag) in enumerate(zip(kinds, words, tags, strict=True), 1)
    ]
    return {"label": f"P{n}", "papers": [{"label": f"#{n}"}], "elements": elements, "status": "paper-level"}


CASES = {
    "pattern similar": Case(
        "pattern similar", "3 boxes of 3 papers, alike",
        "score papers studies words tags boxes",
        "pattern similar --over 101", "is not in the range 0<=x<=100",
        "pattern similar '#99'", "There is no box '#99' in this review.",
    ),
    "pattern recurrent": Case(
        "pattern recurrent", "1. Forced merger (C) → Turnover (O–)",
        "context mechanism outcome direction for against shows counters mixed otherwise",
        "pattern recurrent --papers 0", "is not in the range x>=1",
        "--db notes.txt pattern recurrent", NOT_A_REVIEW,
    ),
    "pattern chains": Case(
        "pattern chains", "↻ loop #4 → #5 → #4", "papers studies boxes starts links loops",
        "pattern chains --dot", "No such option '--dot'",
        "pattern chains --svg no/where.svg", "no/where.svg cannot be written: No such file or directory.",
    ),
    "saturation": Case(
        "saturation --every 2", "unlike those before", "first last mechanisms boxes unlike papers",
        "saturation --every 0", "is not in the range x>=1",
        "saturation --svg no/where.svg", "no/where.svg cannot be written: No such file or directory.",
    ),
    "cmo lineage": Case(
        "cmo lineage", "├─ #4 P1", "trees apart",
        "cmo lineage --depth deep", "is not a valid integer range",
        "cmo lineage '#99'", "There is no box '#99' in this review.",
    ),
    "regularity add": Case(
        "regularity add 'Forced mergers empty wards' --wording 'Forced, they go.' --case P1 --counter P2"
        " --reason 'three papers'",
        "Forced mergers empty wards is named: 1 paper for, 1 paper against.", "uid",
        "regularity add Empty --reason y", "Missing option '--wording'",
        "regularity add Empty --wording x --case '#99' --reason y", "There is no box '#99' in this review.",
    ),
    "regularity list": Case(
        "regularity list", "Moving wards", "uid number name wording for against cases",
        "regularity list --by AB", "No such option '--by'",
        "--db notes.txt regularity list", NOT_A_REVIEW,
    ),
    "regularity show": Case(
        "regularity show 'Moving wards'", "for: #5 P2",
        "uid number name wording context mechanism outcome ended by at for against cases memos",
        "regularity show", "Missing argument 'NAME'",
        "regularity show Nothing", "There is no regularity 'Nothing' in this review.",
    ),
    "regularity edit": Case(
        "regularity edit 1 --wording 'They leave.' --reason clearer", "Moving wards was changed.", "uid",
        "regularity edit 1 --reason x", "Say what to change",
        "regularity edit 7 --wording y --reason x", "There is no regularity '7' in this review.",
    ),
    "regularity case": Case(
        "regularity case 1 P3 --counter --note stayed", "1 box was put against Moving wards.", "uid",
        "regularity case 1", "Missing argument 'BOX...'",
        "regularity case 7 P1", "There is no regularity '7' in this review.",
    ),
    "regularity take": Case(
        "regularity take 1 P2", "1 box was taken off Moving wards.", "uid",
        "regularity take 1", "Missing argument 'BOX...'",
        "regularity take 7 P3", "There is no regularity '7' in this review.",
    ),
    "regularity drop": Case(
        "regularity drop 1 --reason 'one study only'", "Moving wards was given up.", "uid",
        "regularity drop 1", "Missing option '--reason'",
        "regularity drop 7 --reason x", "There is no regularity '7' in this review.",
    ),
}  # fmt: skip
