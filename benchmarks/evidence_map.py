"""What an evidence map costs at 500 papers by 60 mechanisms: writing it, and looking around in it.

Run ``python benchmarks/evidence_map.py [--review FILE]``. 5,000 claims with quotations, 2,000 boxes of four
parts of which three rest on a quotation, readings for 80 % of the cells. Writing is the verb in a process of
its own: CPU and the most memory it held. Then a Chromium without a window opens the page and filters it; each
figure is the CPU that the page used until what changed was drawn, the median of several. FILE is such a
review that is there; without it one is made (about a minute). Exit status 1 over a limit.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from realist.services import plan  # noqa: E402
from realist.services.unit import Desk, Unit  # noqa: E402
from realist.store.engine import open_store  # noqa: E402
from realist.store.migrate import create  # noqa: E402
from realist.store.tables import (  # noqa: E402
    Configuration,
    ConfigurationMechanism,
    ConfigurationPaper,
    Context,
    Element,
    ElementSource,
    ElementTag,
    Evidence,
    Excerpt,
    Mechanism,
    Outcome,
    Paper,
    Reading,
)
from realist.vocabulary import (  # noqa: E402
    ConfigurationStatus,
    ElementKind,
    ReadingResult,
    SourceKind,
    Stance,
    Valence,
)
from tests.chromium import Page, browser, chromium  # noqa: E402

PAPERS, MECHANISMS, CLAIMS, BOXES, READ, RUNS = 500, 60, 5_000, 2_000, 0.8, 7
WRITE, MEMORY, SIZE, OPEN, FILTER = 4.0, 300, 8.0, 1.0, 0.25
SAID = "In this study the people of the ward said that being expected came first, and all else followed, note"
COUNTRIES = ("Norway", "Ghana", "Chile", "India", "Canada", "Ireland")
FILTERS = {
    "a word typed into the search": "document.querySelector('#words').value = 'note 17';"
    "document.querySelector('#words').dispatchEvent(new Event('input'))",
    "the word taken back": "document.querySelector('#words').value = '';"
    "document.querySelector('#words').dispatchEvent(new Event('input'))",
    "a context chosen": "document.querySelector('[data-name=context] input[type=checkbox]').click()",
    "a stance chosen": "document.querySelector('[data-name=stance] input').click()",
    "a country chosen": "document.querySelector('[data-name=country] input').click()",
    "stances instead of counts": "document.querySelector('input[value=counts]').click();"
    "document.querySelector('input[value=stance]').click()",
    "a cell opened": "document.querySelector('tbody td.has').click()",
    "all filters taken back": "document.querySelector('#clear').click()",
    "another order": "document.querySelector('#order').value = 'most';"
    "document.querySelector('#order').dispatchEvent(new Event('change'))",
    "a mechanism chosen (drawn anew)": "document.querySelector("
    "'[data-name=mechanism] input[type=checkbox]').click()",
    "all mechanisms again (drawn anew)": "document.querySelector('#clear').click()",
}


def build(path: Path) -> None:
    """Make the review, through the unit of work."""
    create(str(path))
    store = open_store(str(path))
    desk = Desk(store, "SS")
    plan.create_review(desk, title="A large review")
    chance = random.Random(7)
    with desk.unit("fill") as work:
        papers = [
            work.add(
                Paper(
                    number=n,
                    label=f"Author{n} ({1995 + n % 30})",
                    title=f"What kept people, {n}",
                    year=1995 + n % 30,
                )
            ).uid
            for n in range(1, PAPERS + 1)
        ]
        columns = [
            work.add(Mechanism(number=n, name=f"Being expected and needed {n}")).uid
            for n in range(1, MECHANISMS + 1)
        ]
        tags = [work.add(Context(number=n, name=f"Context {n}")).uid for n in range(1, 31)]
        ends = [work.add(Outcome(number=n, name=f"Outcome {n}")).uid for n in range(1, 21)]
        for n in range(CLAIMS):
            paper = chance.choice(papers)
            evidence = Evidence(
                paper=paper, mechanism=chance.choice(columns), claim=f"Being expected helps, claim {n}"
            )
            evidence.excerpt = _quoted(work, paper, n)
            evidence.stance = chance.choice(list(Stance))
            work.add(evidence)
        for n in range(1, BOXES + 1):
            _box(work, chance, n, papers, columns, tags, ends)
        for paper in papers:
            for mechanism in columns:
                if chance.random() < READ:
                    result = chance.choice((ReadingResult.NONE, ReadingResult.NOT_RECOVERABLE))
                    work.add(Reading(paper=paper, mechanism=mechanism, result=result))
    store.close()


def _quoted(work: Unit, paper: str, n: int) -> str:
    return work.add(Excerpt(paper=paper, quotation=f"{SAID} {n}", locator=f"p. {n % 30}")).uid


def _box(
    work: Unit,
    chance: random.Random,
    n: int,
    papers: list[str],
    columns: list[str],
    tags: list[str],
    ends: list[str],
) -> None:
    paper = chance.choice(papers)
    box = Configuration(number=n, label=str(n), title=f"People stay, {n}", country=chance.choice(COUNTRIES))
    box.status = ConfigurationStatus.PAPER_LEVEL
    uid = work.add(box).uid
    work.add(ConfigurationPaper(configuration=uid, position=1, paper=paper))
    work.add(ConfigurationMechanism(configuration=uid, position=1, mechanism=chance.choice(columns)))
    kinds = (ElementKind.CONTEXT, ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.OUTCOME)
    for place, kind in enumerate(kinds, 1):
        part = Element(
            configuration=uid, position=place, kind=kind, text=f"what stands for {kind} in {n}", segment=place
        )
        part.valence = None if kind is ElementKind.CONTEXT else chance.choice(list(Valence))
        element = work.add(part).uid
        if kind is ElementKind.CONTEXT:
            work.add(ElementTag(element=element, position=1, context=chance.choice(tags)))
        if kind is ElementKind.OUTCOME:
            work.add(ElementTag(element=element, position=1, outcome=chance.choice(ends)))
        if kind is not ElementKind.REASONING:
            source = ElementSource(element=element, position=1, kind=SourceKind.EXCERPT)
            source.excerpt = _quoted(work, paper, n)
            work.add(source)


class Limits:
    """What was measured against its limit."""

    def __init__(self) -> None:
        self.broken = 0

    def say(self, what: str, found: float, limit: float, unit: str = "s") -> None:
        """Print a figure beside its limit."""
        self.broken += found > limit
        print(
            f"  {what:<44} {found:8.3f} {unit:<3} (limit {limit} {unit}){'  OVER' if found > limit else ''}"
        )


def write(limits: Limits, review: Path, page: Path) -> None:
    """Write the map in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "realist", "--db", str(review), "export", "map", str(page)]
    began = time.perf_counter()
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT), "REALIST_PERSON": "SS"})
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    limits.say(f"writing, CPU ({wall:.1f} s on the clock)", cpu, WRITE)
    limits.say("most memory while writing", after.ru_maxrss / 1024, MEMORY, "MB")
    limits.say("size of the file", page.stat().st_size / 1e6, SIZE, "MB")


def used(page: Page) -> float:
    """Return the CPU seconds that the page used up to now: scripts, style, layout and painting."""
    found = page.call("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in found if one["name"] == "TaskDuration")


def timed(page: Page, does: str) -> float:
    """Return the CPU seconds from an act until what it changed was drawn."""
    page.settle()
    began = used(page)
    page.js(f"(() => {{ {does} }})()")
    page.settle()
    return used(page) - began


def look(limits: Limits, page: Path, folder: Path) -> None:
    """Open the page and filter it, several times."""
    opened: list[float] = []
    found: dict[str, list[float]] = {}
    with browser(folder) as running:
        for _ in range(RUNS):
            one = running.page()
            one.screen(1360, 860)
            one.call("Performance.enable", timeDomain="threadTicks")
            began = used(one)
            one.open(page.as_uri())
            opened.append(used(one) - began)
            cells = one.js("document.querySelectorAll('tbody td:not(.sum)').length")
            assert cells == PAPERS * MECHANISMS, json.dumps(cells)
            for what, does in FILTERS.items():
                found.setdefault(what, []).append(timed(one, does))
            assert not one.said, one.said
            one.call("Page.close")
    limits.say("opening, until it is drawn and answers, CPU", statistics.median(opened), OPEN)
    for what, times in found.items():
        limits.say(what, statistics.median(times), FILTER)


def main() -> None:
    """Print the figures; exit with 1 over a limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--review", type=Path)
    given = parser.parse_args().review
    limits = Limits()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        review = given or Path(folder) / "large.realist"
        if not review.exists():
            build(review)
        page = Path(folder) / "map.html"
        print(f"{PAPERS} papers x {MECHANISMS} mechanisms, {CLAIMS:,} claims, {BOXES:,} boxes")
        write(limits, review, page)
        if chromium():
            look(limits, page, Path(folder) / "profile")
        else:
            print("  no Chromium on this machine: opening and filtering were not measured")
    sys.exit(1 if limits.broken else 0)


if __name__ == "__main__":
    main()
