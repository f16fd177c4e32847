"""Running the interface in a terminal."""

from __future__ import annotations

import gc
import os


def run(address: str, person: str, place: str = "", asked: str = "") -> tuple[int, str]:
    """Run the interface until the person leaves; return the exit status and a sentence to print, or "".

    It begins at home, or at *place*, which is asked to show *asked*.
    """
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when textual is imported
    gc.disable()  # until the review is open: nothing of what is loaded before goes away again
    from tui.app import RealistApp

    app = RealistApp(address, person, _begun)
    app.first = (place, asked)
    said = app.run()
    return app.return_code or 0, said or ""


def _begun() -> None:
    gc.freeze()
    gc.set_threshold(5000, 20, 50)  # to look through everything takes too long to be done at every other key
    gc.enable()
