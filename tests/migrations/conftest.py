"""Reviews on each engine, quickly; and an empty schema of one's own where a test alters tables."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import own_schema
from tests.services.server import address, server_schema

__all__ = ["address", "server_schema"]


@pytest.fixture(params=["sqlite", "postgresql"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address where nothing is yet: of a file, or of an empty schema."""
    if request.param == "sqlite":
        yield str(tmp_path / "review.realist")
        return
    yield from own_schema(f"realist_migrated_{os.getpid()}")
