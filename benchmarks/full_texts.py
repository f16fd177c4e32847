"""How long full texts take: a long PDF attached, words looked for in many of them, a long one opened.

Run ``python benchmarks/full_texts.py [--pages N] [--papers N]``. An invented PDF of 400 pages with 40 lines
each is attached as a person does, by the verb, from start to exit. Then 500 papers have a text of 20 pages;
printed is how long the first hits of words take, that stand on one page, on many, on all. At last a text of
two million characters is opened in a (pseudo-)terminal by its key, and keys scroll it, a bare Textual list
in turn.
Exit status 1 over a limit.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from screening import Limits  # noqa: E402
from terminal import Terminal  # noqa: E402

from realist.queries import finding  # noqa: E402
from realist.services import attaching, papers, plan  # noqa: E402
from realist.services.unit import Desk  # noqa: E402
from realist.store import search  # noqa: E402
from realist.store.engine import open_store  # noqa: E402
from realist.store.migrate import create  # noqa: E402
from realist.store.tables import Document, DocumentPage, DocumentText  # noqa: E402
from tests.documents.pdfs import lines, pdf  # noqa: E402

ATTACH, FIND, OPEN, RATIO = 10_000.0, 50.0, 1_000.0, 1.5
WORDS = (
    "leadership",
    "integrated",
    "teams",
    "power",
    "trust",
    "context",
    "because",
    "people",
    "change",
    "care",
)


def sentence(chance: random.Random) -> str:
    """Return a line of invented words."""
    return " ".join(chance.choice(WORDS) for _ in range(9)) + "."


def desk_at(path: Path) -> Desk:
    """Make a review and sit down at it."""
    create(str(path))
    desk = Desk(open_store(str(path)), "SF")
    plan.create_review(desk, title="Many texts")
    return desk


def attached(limits: Limits, folder: Path, pages: int) -> None:
    """Attach a long PDF by the verb."""
    chance = random.Random(1)
    review = folder / "long.realist"
    desk = desk_at(review)
    papers.add_paper(desk, label="Long (2020)")
    desk.store.close()
    made = [lines(60, 60, [sentence(chance) for _ in range(40)]) for _ in range(pages)]
    (folder / "long.pdf").write_bytes(pdf(made))
    began = time.perf_counter()
    command = [sys.executable, "-m", "realist", "--db", str(review), "--as", "SF", "attach", "#1"]
    subprocess.run([*command, str(folder / "long.pdf")], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    limits.say(f"a PDF of {pages} pages attached", (time.perf_counter() - began) * 1000, ATTACH)


def found(limits: Limits, folder: Path, count: int) -> None:
    """Look for words in many texts."""
    chance = random.Random(2)
    desk = desk_at(folder / "many.realist")
    for number in range(1, count + 1):
        papers.add_paper(desk, label=f"Paper {number} (2020)", title=f"Paper {number}")
    with desk.store.read() as connection:
        uids = connection.exec_driver_sql("SELECT uid FROM paper ORDER BY number").scalars().all()
    for uid in uids:
        with desk.unit("attach", uid) as work:
            document = work.add(Document(paper=uid, name="a.txt", kind="text", sha256=uid, size=1)).uid
            text = DocumentText(document=document, number=1, extractor="text", version="1", pages=20)
            bodies = [" ".join(sentence(chance) for _ in range(40)) for _ in range(20)]
            bodies[3] += f" only{uid.replace('-', '')} here"
            work.add(text)
            work.add_all(
                [
                    DocumentPage(document_text=text.uid, number=n, body=body)
                    for n, body in enumerate(bodies, 1)
                ]
            )
    rare = f"only{uids[-1].replace('-', '')}"
    for name, words in (("one page", rare), ("all pages", "leadership tea"), ("beginnings", "tru")):
        with desk.store.read() as connection:
            waits = []
            for _ in range(20):
                began = time.perf_counter()
                hits = finding.find(connection, words, kind="page", limit=30)
                waits.append(time.perf_counter() - began)
        limits.must(f"hits on {name}", bool(hits))
        limits.say(f"first hits, words on {name}, the longest of 20", max(waits) * 1000, FIND)
    with desk.store.read() as connection:
        limits.must("every page is in the index", not list(search.missing(connection)))
    desk.store.close()


def opened(limits: Limits, folder: Path, keys: int = 100) -> None:
    """Open a long text in a terminal and scroll it, a bare list beside it."""
    chance = random.Random(3)
    desk = desk_at(folder / "book.realist")
    papers.add_paper(desk, label="Book (2020)")
    words, length = [], 0
    while length < 2_000_000:
        words.append(sentence(chance) + ("\n\n" if chance.random() < 0.2 else " "))
        length += len(words[-1])
    (folder / "book.txt").write_text("".join(words), encoding="utf-8")
    attaching.attach(desk, "#1", folder / "book.txt")
    desk.store.close()
    env = {"TEXTUAL_FPS": "120", "PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(folder / "config")}
    mine, peers = list[float](), list[float]()
    command = [sys.executable, "-m", "realist", "--db", str(folder / "book.realist"), "--as", "SF"]
    bare = [sys.executable, str(ROOT / "benchmarks" / "bare.py"), "lines", "100000"]
    with (
        Terminal(command, env=env, columns=120, rows=40) as ours,
        Terminal(bare, env=env, columns=120, rows=40) as peer,
    ):
        ours.until(b"Many texts", 30)
        ours.rest(1.0)
        for keys_there in (b"gp", b"\r"):
            ours.type(keys_there)
            ours.rest(1.0)
        ours.written = b""
        began = time.perf_counter()
        ours.type(b"r")
        ours.until("".join(words)[:30].encode(), 60)
        shown = time.perf_counter() - began
        ours.rest(1.0)
        peer.rest(1.0)
        for _ in range(keys):
            mine.append(key_wait(ours))
            peers.append(key_wait(peer))
    limits.say("two million characters, from the key to the text", shown * 1000, OPEN)
    middle = sorted(mine)[keys // 2] * 1000, sorted(peers)[keys // 2] * 1000
    limits.say(f"page down, p50 {middle[0]:.1f} ms, over a bare list", middle[0] / middle[1], RATIO, "x")


def key_wait(terminal: Terminal) -> float:
    """Press page down; return the seconds until the last of what it draws came, 20 ms of rest not counted."""
    terminal.written = b""
    began = last = time.perf_counter()
    terminal.type(b"\x1b[6~")
    while time.perf_counter() - max(last, began + 0.1 * (not terminal.written)) < 0.02:
        before = len(terminal.written)
        terminal.take(0.002)
        if len(terminal.written) > before:
            last = time.perf_counter()
    return last - began


def main() -> None:
    """Run all and exit with 1 where a limit was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--papers", type=int, default=500)
    options = parser.parse_args()
    limits = Limits()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        attached(limits, Path(name), options.pages)
        found(limits, Path(name), options.papers)
        opened(limits, Path(name))
    sys.exit(1 if limits.broken else 0)


if __name__ == "__main__":
    main()
