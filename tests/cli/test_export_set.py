"""References of an included set: its papers alone, in its order or another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.formats.door import open_export
from realist.formats.records import Problem
from tests.cli.conftest import Ask, Run


@pytest.fixture
def four(bare: Path, ask: Ask) -> Path:
    """Four papers, of which a set lists three in an order of its own."""
    for n, year in ((1, 2003), (2, 2001), (3, 2002), (4, 2000)):
        ask("paper", "add", "--title", f"Part {n}", "--year", str(year), "--author", f"{'DBCA'[n - 1]}, X.")
    listed = [arg for n in (3, 1, 2) for arg in ("--paper", f"#{n}")]
    ask("set", "add", "kept", *listed, "--listed-in", "Table 1")
    return bare


def titles(path: Path) -> list[str]:
    return [item[1].title for item in open_export(path) if not isinstance(item, Problem)]


@pytest.mark.parametrize("suffix", ["ris", "bib", "json", "csv"])
def test_a_set_goes_out_in_its_order(suffix: str, four: Path, ask: Ask) -> None:
    assert ask("export", "papers", f"out.{suffix}", "--set", "kept").startswith("3 papers written")
    assert titles(four / f"out.{suffix}") == ["Part 3", "Part 1", "Part 2"]


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (["--desc"], "213"), (["--sort", "year"], "231"), (["--sort", "author", "--desc"], "132"),
        (["--sort", "number"], "123"), (["year:2002..2003"], "31"), (["--sort", "year", "year:2002.."], "31"),
    ],
)  # fmt: skip
def test_in_another_order_and_fewer(more: list[str], found: str, four: Path, ask: Ask) -> None:
    ask("export", "papers", "out.ris", "--set", "kept", *more)
    assert titles(four / "out.ris") == [f"Part {n}" for n in found]


def test_all_papers_in_an_order(four: Path, ask: Ask) -> None:
    ask("export", "papers", "out.ris", "--sort", "year")
    assert titles(four / "out.ris") == ["Part 4", "Part 2", "Part 3", "Part 1"]


def test_a_set_that_is_not_there(four: Path, run: Run) -> None:
    said = run("export", "papers", "out.ris", "--set", "lost")
    assert (said.status, said.out) == (1, "")
    assert "set 'lost'" in said.sentence
    assert not (four / "out.ris").exists()
