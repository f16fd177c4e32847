"""Take the pictures of the screens: real ones, of the samples, as SVG.

python docs/pictures.py            takes them all
python docs/pictures.py grid cell  takes some

The evidence map is a page: its picture is a PNG, and is taken where there is a Chromium.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PICTURES = ROOT / "docs" / "pictures"

from tests.chromium import chromium  # noqa: E402


class Picture(NamedTuple):
    """A picture: its name, the sample, the keys that lead there, the theme, the size in columns and rows."""

    name: str
    sample: str
    keys: tuple[str, ...]
    theme: str = "realist-dark"
    size: tuple[int, int] = (110, 32)


TAKEN = (
    Picture("home", "tour", ()),
    Picture("papers", "tour", ("g", "p", "f", *"walking state:included", "enter", "down", "space", "space")),
    Picture("paper", "tour", ("g", "p", "enter")),
    Picture("screening", "tour", ("g", "s"), size=(120, 30)),
    Picture("reading", "tour", ("g", "p", "enter", "r", "v", "down", "s"), size=(120, 34)),
    Picture(
        "building", "tour", ("g", "p", "enter", "r", "B", "down", "down", "enter", "e", "e"), size=(130, 36)
    ),
    Picture("duplicates", "tour", ("g", "d"), size=(110, 32)),
    Picture("rounds", "tour", ("g", "o", "down"), size=(120, 40)),
    Picture("reconcile", "tour", ("g", "c"), size=(120, 34)),
    Picture("boxes", "tour", ("g", "b", "down", "down"), size=(120, 34)),
    Picture("notation", "tour", ("g", "b", "n"), size=(100, 30)),
    Picture("mechanisms", "tour", ("g", "m", "down", "down", "down"), size=(120, 34)),
    Picture("theory", "tour", ("g", "t", "down"), size=(120, 34)),
    Picture("consultations", "tour", ("g", "a"), size=(120, 34)),
    Picture("grid", "tour", ("g", "g", "m", "m", "down", "down", "down")),
    Picture("grid_light", "leadership", ("g", "g"), theme="realist-light", size=(110, 46)),
    Picture("cell", "tour", ("g", "g", "down", "down", "down", "enter"), theme="realist-light"),
    Picture("flow", "leadership", ("g", "f"), theme="realist-light"),
    Picture("log", "tour", ("g", "l"), theme="realist-light"),
    Picture("find", "tour", ("slash", *"fear")),
    Picture("import", "tour", ("g", "i", "a", "enter"), size=(110, 28)),
    Picture("contrast", "tour", ("g", "m"), theme="high-contrast", size=(110, 28)),
)


EXPORTS = {
    "embase.ris": "TY  - JOUR\nTI  - A walk a day\nAU  - Lind, Eva\nPY  - 2019\nUR  - https://www.embase.com/a\n"
    "U2  - L1\nER  - \nTY  - JOUR\nER  - \n",
    "pubmed.nbib": "PMID- 31000001\nOWN - NLM\nTI  - Walking together.\nFAU - Okafor, Ngozi\nDP  - 2018\n\n"
    "PMID- 31000002\nOWN - NLM\nTI  - Hills and hearts.\nFAU - Reid, Ewan\nDP  - 2020\n",
    "scopus.bib": "@article{lind2020, title={Boots}, author={Lind, Eva}, year={2020}, source={Scopus}}\n"
    "@article{nowak2021, title={Rain}, author={Nowak, Jan}, year={in press}, source={Scopus}}\n",
    "signed out.ris": "<!DOCTYPE html><html><body>Please sign in</body></html>",
}
"""Invented files for the picture of the import screen."""


def write_exports(folder: Path) -> None:
    """Put the invented files into a folder."""
    for name, text in EXPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")


async def take(picture: Picture, review: Path) -> str:
    """Return the picture as SVG."""
    from tui.app import RealistApp

    app = RealistApp(str(review), "AB")
    async with app.run_test(size=picture.size, notifications=True) as pilot:

        async def settle() -> None:
            for _ in range(4):
                await pilot.pause()
                await app.workers.wait_for_complete([w for w in app.workers if w.group != "look"])

        await settle()
        app.theme = picture.theme
        for key in picture.keys:
            await pilot.press(key)
            await settle()
        await pilot.pause(0.5)
        return app.export_screenshot(title=f"realist · {picture.name}")


def take_map(review: Path, folder: Path) -> bytes:
    """Return a picture of the evidence map, a cell opened, as PNG."""
    from realist.exports.evidence_map.facts import map_facts
    from realist.exports.evidence_map.page import map_page
    from realist.store.engine import open_store
    from tests.chromium import browser

    store = open_store(str(review))
    with store.read() as connection:
        (folder / "map.html").write_bytes(map_page(map_facts(connection, viewer="AB")))
    store.close()
    with browser(folder / "profile") as running:
        page = running.page()
        page.screen(1300, 800)
        page.open((folder / "map.html").as_uri())
        page.js(
            "[...document.querySelectorAll('td.has')]"
            ".find(cell => /^1 claim.*; 1 box/.test(cell.ariaLabel)).click()"
        )
        page.settle()
        page.picture(folder / "map.png")
    return (folder / "map.png").read_bytes()


def main(names: list[str]) -> None:
    """Take the pictures called *names*, or all."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        from realist.samples.leadership import build_leadership
        from realist.samples.tour import build_tour

        built = {"tour": Path(folder) / "tour.realist", "leadership": Path(folder) / "leadership.realist"}
        build_tour(str(built["tour"]))
        build_leadership(str(built["leadership"]))
        for picture in TAKEN:
            if names and picture.name not in names:
                continue
            review = Path(folder) / "walk" / f"{picture.sample}.realist"
            review.parent.mkdir(exist_ok=True)
            shutil.copy(built[picture.sample], review)
            write_exports(review.parent)
            svg = asyncio.run(take(picture, review))
            svg = re.sub(r"terminal-\d+", f"terminal-{picture.name}", svg)
            (PICTURES / f"{picture.name}.svg").write_text(svg, encoding="utf-8", newline="\n")
            print(f"docs/pictures/{picture.name}.svg")
        if (not names or "evidence_map" in names) and chromium():
            (PICTURES / "evidence_map.png").write_bytes(take_map(built["tour"], Path(folder)))
            print("docs/pictures/evidence_map.png")


if __name__ == "__main__":
    main(sys.argv[1:])
