"""Reviews on each engine, quickly; and a way to be somebody without rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from tests.services.server import address, server_schema

__all__ = ["address", "guarded", "server_schema", "unprivileged"]
NOBODY = 65534


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder whose rights bind everybody who is not root; writable again in the end."""
    folder = Path(tempfile.mkdtemp(prefix="realist-rights-"))
    yield folder
    for path in [folder, *folder.iterdir()]:
        path.chmod(0o777)
    shutil.rmtree(folder)


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """A block in which the process has no more rights than any user, even if root runs the tests."""

    @contextmanager
    def somebody() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return somebody
