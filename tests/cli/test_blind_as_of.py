"""The review as it was never shows what is hidden now, whatever was open then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from realist.services import extracting, history, rounds
from tests.blindness import EXTRACTED_ACTS, ROUND, decide, hands
from tests.cli.conftest import Said
from tests.cli.test_blind_verbs import WORDS, Args, both, both_files, told
from tests.fewer import fewer

__all__ = ["both", "both_files", "told"]
Told = Callable[..., Said]
ASKED: tuple[Args, ...] = (
    ("log", "--limit", "200", "--json"), ("cmo", "list", "--json"), ("evidence", "list", "--json"),
    ("memo", "list", "--json"), ("consultation", "said", "--json"), ("grid", "--json"), ("flow", "--json"),
    ("paper", "list", "--json"), ("paper", "show", "A", "--json"), ("paper", "show", "G", "--json"),
    ("export", "decisions", "out"), ("appraisal", "list", "--json"), ("code", "list", "--put", "--json"),
    ("excerpt", "list", "--json"), ("extraction", "list", "--json"), ("form", "answers", "--json"),
    ("report", "retroduction", "--json"),
)  # fmt: skip


def differing(
    told: Told, both: tuple[Path, Path], who: str, moment: int, some: tuple[Args, ...]
) -> list[Args]:
    as_of = ("--as-of", f"#{moment}")
    return [
        args for args in some if told(both[0], who, (*as_of, *args)) != told(both[1], who, (*as_of, *args))
    ]


@fewer("moment", [EXTRACTED_ACTS, 85, 93, 45, 30], 0)
def test_at_no_moment(told: Told, both: tuple[Path, Path], moment: int) -> None:
    assert differing(told, both, "SF", moment, ASKED) == []


@pytest.mark.slow
@pytest.mark.parametrize("who", ["SF", "LM"])
def test_no_word_of_it_is_found_or_told_of_an_act(told: Told, both: tuple[Path, Path], who: str) -> None:
    words = tuple(("find", word, "--json") for word in WORDS)
    every = tuple(("log", "--act", str(n), "--json") for n in range(23, EXTRACTED_ACTS))
    assert differing(told, both, who, EXTRACTED_ACTS, (*words, *every)) == []


def _open_and_shut(both: tuple[Path, Path]) -> None:
    """Open the round, let SF be done and decide on all papers; then take all of that back."""
    for folder in both:
        with hands(folder / "review.realist") as at:
            rounds.open_round(at("LM"), ROUND)
            extracting.open_extractions(at("LM"), "G", reason="enough")
            history.undo(at("LM"))
            history.undo(at("LM"))
            for label in "AB":
                decide(at("SF"), label, "include")  # type: ignore[arg-type]
            history.undo(at("SF"))
            history.undo(at("SF"))


@pytest.mark.parametrize("after", [2, 6])
def test_what_was_open_then_and_is_hidden_now(told: Told, both: tuple[Path, Path], after: int) -> None:
    _open_and_shut(both)
    assert differing(told, both, "SF", EXTRACTED_ACTS + after, ASKED) == []
    assert differing(told, both, "RP", EXTRACTED_ACTS + after, ASKED[:2]) == [*ASKED[:2]]


def test_who_may_see_it_now_sees_it_as_it_was(told: Told, both: tuple[Path, Path]) -> None:
    assert differing(told, both, "RP", EXTRACTED_ACTS, ASKED[:3]) == [*ASKED[:3]]
