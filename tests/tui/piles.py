"""Invented piles to screen in tests, and reading the screen of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from textual.pilot import Pilot

from realist.services import papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.migrate import create
from realist.store.tables import Assignment, Entry, Paper, Person
from realist.vocabulary import Role, RoundKind, RoundOrder, Verdict
from tests.tui.support import press, text_of
from tui.screens.screening import ScreeningScreen
from tui.widgets.reading import Reading

ROUND = "abstracts"
REASONS = ("no peers", "not about work", "a protocol only")
ABSTRACT = "Peers met each week and spoke of work. Trust grew slowly among those who came."


def a_pile(
    desk: Desk,
    n: int = 6,
    *,
    name: str = ROUND,
    kind: RoundKind = RoundKind.TITLE_ABSTRACT,
    readers: int = 1,
    blind: bool = False,
    reasons: Sequence[str] = REASONS,
    order: RoundOrder = RoundOrder.IMPORTED,
    seed: int = 0,
) -> Desk:
    """Make a round with *n* papers, called A1 (2001), A2 (2002) …; the last one has no abstract."""
    with desk.store.read() as connection:
        first = connection.exec_driver_sql("SELECT count(*) FROM stage").scalar_one() == 0
        known = connection.exec_driver_sql("SELECT count(*) FROM paper").scalar_one()
    if first:
        plan.add_stage(desk, "1")
    rounds.add_round(
        desk, name, stage="1", kind=kind, reasons=reasons, readers=readers, blind=blind, order=order,
        seed=seed, criteria="Include what says how support works.",
    )  # fmt: skip
    for number in range(known + 1, n + 1):
        papers.add_paper(
            desk,
            label=f"A{number} ({2000 + number % 100})",
            title=f"Support at work, part {number}",
            authors=[f"Author{number}, Ada", "Bee, Ben"],
            year=str(2000 + number % 100),
            journal=f"Journal {number}",
            doi=f"10.5555/made.{number}",
            abstract=f"{ABSTRACT} This is abstract {number}." if number < n else "",
        )
    rounds.enter(desk, name, [f"#{number}" for number in range(1, n + 1)])
    return desk


def small_pile(path: Path, n: int) -> None:
    """Make a review at *path* with a pile of *n* papers."""
    create(str(path))
    store = open_store(str(path))
    desk = Desk(store, "SF")
    plan.create_review(desk, title="A pile")
    a_pile(desk, n)
    store.close()


def decide(desk: Desk, number: int, verdict: str, *, by: str = "NG", round_: str = ROUND, **how: Any) -> None:
    """Have somebody else decide on a paper."""
    other = Desk(desk.store, by)
    screening.decide(other, f"#{number}", Verdict(verdict), round_=round_, **how)


def hand_out(desk: Desk, rows: list[tuple[str, str, Role]]) -> None:
    """Hand papers out to people, each in a role; SF has decided on the third one, and so is known."""
    screening.decide(Desk(desk.store, "SF"), "#3", Verdict.MAYBE, round_="abstracts")
    with desk.unit("allocate", "abstracts") as work:
        for paper, person, role in rows:
            entry = work.connection.execute(
                select(Entry.uid).join(Paper, Paper.uid == Entry.paper).where(Paper.number == int(paper[1:]))
            ).scalar_one()
            reader = work.connection.execute(select(Person.uid).where(Person.initials == person)).scalar_one()
            work.add(Assignment(entry=entry, reader=reader, role=role))


async def to_pile(pilot: Pilot[str]) -> ScreeningScreen:
    """Go to the pile; return its screen."""
    await press(pilot, "g", "s")
    return of(pilot)


def of(pilot: Pilot[str]) -> ScreeningScreen:
    """Return the screen of the pile."""
    screen = next(one for one in reversed(pilot.app.screen_stack) if isinstance(one, ScreeningScreen))
    assert isinstance(screen, ScreeningScreen)
    return screen


def head(pilot: Pilot[str]) -> str:
    """Return the line that says how the paper on the screen stands, and which it is."""
    marks = ("#", "Enter", "Done", "to check", "checked")  # a long line has no room for the number
    line = next(row for row in text_of(pilot).split("\n") if any(mark in row for mark in marks))
    return line.split("│")[0].strip()


def number(pilot: Pilot[str]) -> int:
    """Return the number of the paper on the screen; 0 at the end."""
    item = of(pilot).queue.item
    return item.number if item else 0


def remark(pilot: Pilot[str]) -> str:
    """Return the line below the text."""
    rows = of(pilot).query_one("#strip", Reading)._rows
    return "".join(span.text for row in rows for span in row).strip()


def decided(desk: Desk) -> list[tuple[Any, ...]]:
    """Return (paper, verdict, number of the reason, note, is_check, by) of every decision, in their order."""
    connection = sqlite3.connect(desk.store.address)
    rows = connection.execute(
        "SELECT p.number, d.verdict, r.number, d.note, d.is_check, w.initials FROM decision d"
        " JOIN entry e ON e.uid = d.entry JOIN paper p ON p.uid = e.paper JOIN person w ON w.uid = d.person"
        " LEFT JOIN reason r ON r.uid = d.reason ORDER BY d.at, d.uid"
    ).fetchall()
    connection.close()
    return rows


def rows(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    """Return what an SQL statement finds in the file."""
    connection = sqlite3.connect(desk.store.address)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found
