"""The published leadership review as people see it: grid, flow and boxes, kept byte for byte."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.domain.notation import normalised, read
from realist.exports.boxes import box_text
from realist.exports.flow import flow_text
from realist.exports.grid import grid_json, grid_text
from realist.queries.boxes import boxes, numbers
from realist.queries.flow import staged_flow
from realist.queries.grid import evidence_grid
from realist.store.engine import Store, open_store
from realist.text import cell_width
from tests.exports.grids import blocks, signs
from tests.golden import golden

WIDTHS = (80, 120)


@pytest.fixture(scope="module")
def leadership(tmp_path_factory: pytest.TempPathFactory, leadership_file: Path) -> Iterator[Store]:
    """The leadership review, open."""
    path: Path = tmp_path_factory.mktemp("leadership") / "leadership.realist"
    shutil.copy(leadership_file, path)
    store = open_store(str(path))
    yield store
    store.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_grid_reads_as_kept(leadership: Store, width: int) -> None:
    with leadership.read() as connection:
        text = grid_text(evidence_grid(connection), "ticks", width)
    golden(f"leadership_grid_{width}.txt", text)
    assert max(map(cell_width, text.split("\n"))) <= width
    (block,) = blocks(text)
    shown = signs(text)
    assert Counter(shown.values()) == {"✓": 59, "·": 49, "?": 180}
    assert [line.split()[1:] for line in block if line.split()[0] in ("n", "reported")] == [
        ["13", "6", "6", "7", "4", "14", "9", "0"],
        ["22", "22", "13", "14", "10", "20", "16", "0"],
    ]
    assert len({label for label, _ in shown}) == 36
    assert "36 papers of the included set 'testing'" in " ".join(text.split())
    assert "Fostering resilience — No empirical evidence" in " ".join(text.split())


def test_the_text_of_the_grid_and_its_json_agree(leadership: Store) -> None:
    with leadership.read() as connection:
        grid = evidence_grid(connection)
    said, shown = grid_json(grid), signs(grid_text(grid, "ticks", 80))
    sign = {"present": "✓", "none": "·", "not_recoverable": "?", "not_looked": ""}
    for row in said["rows"]:
        for column, source in zip(said["columns"], grid.columns, strict=True):
            state = row["cells"].get(column["uid"], {"state": said["default"]})["state"]
            assert shown[row["paper"], f"M{source.number}"] == sign[state]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_flow_reads_as_kept(leadership: Store, width: int) -> None:
    with leadership.read() as connection:
        text = flow_text(staged_flow(connection), width)
    golden(f"leadership_flow_{width}.txt", text)
    assert max(map(cell_width, text.split("\n"))) <= width
    flat = " ".join(text.split())
    for part in (
        "screened 914 914 = 1,446 − 532",
        "excluded at title and abstract 848 = 914 − 66",
        "identified: very many, not counted unknown",
        "included 37 37 = 23 + 14",
        "excluded at title and abstract 5,253 = 5,673 − 420",
        "sought in full 462 462 = 420 + 11 + 2 + 14 + 11 + 1 + 3",
        "read in full 446 446 = 462 − 16",
        "excluded at full text 410 = 446 − 36",
    ):
        assert part in flat
    assert "≠" not in flat.removesuffix(
        "derived: follows from reported numbers · ≠ reported and derived differ"
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_the_boxes_read_as_kept(leadership: Store, width: int) -> None:
    with leadership.read() as connection:
        stored, known = boxes(connection), numbers(connection)
    assert [box.label for box in stored] == ["1", "2", "3", "4", "5", "6", "7"]
    texts = [box_text(box, known[box.uid], width) for box in stored]
    golden(f"leadership_boxes_{width}.txt", "\n".join(texts))
    assert max(cell_width(line) for text in texts for line in text.split("\n")) <= width
    assert "(shows its presence)" in texts[2]
    assert texts[2].rstrip().endswith("(O–)")
    assert "(M+, Resource)" in texts[3]
    assert "(M–, Reasoning)" in texts[3]
    assert "(Cohen (2006), p676)" in " ".join(texts[5].split())
    assert sum("Papers: Choi (2012)" in text for text in texts) == 3


def test_every_drawn_chain_reads_back_as_its_parts(leadership: Store) -> None:
    with leadership.read() as connection:
        stored = boxes(connection)
    for box in stored:
        drawn = box_text(box, 1, 10_000).split("\n\n")[1].split("\n  ")[0]
        assert read(" ".join(drawn.split("\n"))).parts == normalised(box.parts)
