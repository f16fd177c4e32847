"""Running the interface in a terminal."""

from __future__ import annotations

import gc
import os


def run(address: str, person: str) -> tuple[int, str]:
    """Run the interface until the person leaves; return the exit status and a sentence to print, or ""."""
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when textual is imported
    gc.disable()  # until the review is open: nothing of what is loaded before goes away again
    from tui.app import RealistApp

    app = RealistApp(address, person, _begun)
    said = app.run()
    return app.return_code or 0, said or ""


def _begun() -> None:
    gc.freeze()
    gc.enable()
