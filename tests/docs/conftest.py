"""The sample review, built once for the pages that ask it something."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.samples.leadership import build_leadership


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the leadership review."""
    file = tmp_path_factory.mktemp("sample") / "leadership.realist"
    build_leadership(str(file))
    return file
