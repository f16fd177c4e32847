"""Texts that people read, kept byte for byte beside this file."""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).parent


def golden(name: str, text: str) -> None:
    """Compare *text* with the file *name*, byte for byte; with GOLDEN=1 in the environment, write it."""
    path = HERE / name
    if os.environ.get("GOLDEN") == "1":
        path.write_bytes(text.encode("utf-8"))
    assert path.exists(), f"{path.name} is not there yet: run the tests once with GOLDEN=1 and read it."
    kept = path.read_bytes()
    assert text.split("\n") == kept.decode("utf-8").split("\n")
    assert text.encode("utf-8") == kept
