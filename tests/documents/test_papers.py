"""Real papers, where they are at hand: sentences of them are found, each in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from realist.documents import Document, FindState, context_of, find_quotation, sentences
from realist.documents.reading import check
from tests.conftest import SHARED
from tests.documents.support import read

PAPERS = SHARED / "papers" if (SHARED / "papers").exists() else SHARED / "data" / "papers"
NAMES = (
    "sims_2021_leadership_realist_review.txt",
    "bmc_primary_care_first_steps_case_management.txt",
    "chouinard_2021_community_pharmacies.md",
    "pricare_collective_leadership_commentary.txt",
    "schwarz_2025_ijic_abstract.txt",
)


def paper(name: str, folder: Path) -> Document:
    """Read one of the papers; skips where they are not at hand."""
    if not (PAPERS / name).exists():
        pytest.skip("the real papers are not at hand")
    return read(folder / name, (PAPERS / name).read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_each_sentence_is_found_in_its_place(name: str, tmp_path: Path) -> None:
    document = paper(name, tmp_path)
    text = document.pages[0].text
    spans = [span for span in sentences(text) if span.end - span.start > 30]
    assert len(spans) > 15
    for start, end in spans[:: max(len(spans) // 60, 1)]:
        context = context_of(document.pages, 1, start, end)
        spoiled = re.sub(r"([a-z]{3})([a-z]{3})", "\\1-\n\\2", text[start:end], count=2).replace(" ", "  ")
        found = find_quotation(
            document.pages, spoiled, before=context.before, after=context.after, near=(1, start)
        )
        assert (found.state, found.start, found.end) == (FindState.FOUND, start, end)


def test_headings_of_the_papers(tmp_path: Path) -> None:
    expected = {
        NAMES[0]: {"Introduction", "Methods", "Results", "Discussion", "References"},
        NAMES[1]: {"Background", "Methods", "Results", "Discussion"},
        NAMES[2]: {"Introduction", "Material and methods", "Results", "Discussion", "References"},
        NAMES[3]: {"Abstract", "Introduction"},
        NAMES[4]: {"Abstract"},
    }
    for name, titles in expected.items():
        assert titles <= {one.title for one in paper(name, tmp_path).sections}, name


def test_kinds_of_the_papers(tmp_path: Path) -> None:
    for name in NAMES:
        paper(name, tmp_path)
        assert check(tmp_path / name).value == ("markdown" if name.endswith(".md") else "text")
