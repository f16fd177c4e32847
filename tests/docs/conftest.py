"""The sample review, built once for the pages that ask it something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, leadership_file: Path) -> Path:
    """The file of the leadership review."""
    file = tmp_path_factory.mktemp("sample") / "leadership.realist"
    shutil.copy(leadership_file, file)
    return file
