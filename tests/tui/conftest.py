"""The tour, built once, and a copy of it for each test that opens it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from realist.samples.tour import build_tour


@pytest.fixture(scope="session")
def tour_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tour, to copy."""
    path = tmp_path_factory.mktemp("tour") / "tour.realist"
    build_tour(str(path))
    return path


@pytest.fixture
def tour(tour_file: Path, tmp_path: Path) -> str:
    """The address of a tour that may be written to."""
    path = tmp_path / "tour.realist"
    shutil.copy(tour_file, path)
    return str(path)
