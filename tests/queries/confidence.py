"""A review with a blind round, and questions asked of it by different people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from realist.queries.naming import resolve
from realist.services import notes, papers, plan, rounds
from realist.services import screening as services
from realist.services.unit import Desk
from realist.store.engine import Store
from realist.store.tables import Assignment, Entry
from realist.vocabulary import Role, RoundKind, Verdict

INCLUDE, EXCLUDE, UNDECIDED = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.UNDECIDED
EVERYBODY = ("SF", "RP", "LM", "")
Query = Callable[..., Any]


@pytest.fixture
def store(desk: Desk) -> Store:
    """Papers A to D in "titles", a blind round for two readers, its includes the set "in"."""
    plan.add_stage(desk, "1")
    for initials in ("RP", "LM"):
        plan.edit_person(desk, initials, name=initials)
    for label in "ABCD":
        papers.add_paper(desk, label=label)
    add_round(desk, "titles", "ABCD", readers=2)
    services.add_included_set(desk, "in", round_="titles")
    return desk.store


def add_round(desk: Desk, name: str, entries: str, **rules: Any) -> None:
    rules = {"blind": True, "reasons": ("no peers", "not about work"), **rules}
    rounds.add_round(desk, name, stage="1", kind=RoundKind.TITLE_ABSTRACT, **rules)
    rounds.enter(desk, name, list(entries))


def decide(store: Store, who: str, paper: str, verdict: Verdict, round_: str = "titles", **more: Any) -> None:
    services.decide(Desk(store, who), paper, verdict, round_=round_, **more)


def asked(store: Store, query: Query, *args: Any, **more: Any) -> Any:
    with store.read() as connection:
        return query(connection, *args, **more)


def uid(store: Store, label: str) -> str:
    return str(asked(store, resolve, "paper", label))


def entry(connection: Connection, label: str, round_: str = "titles") -> str:
    where = (
        Entry.paper == resolve(connection, "paper", label),
        Entry.round == resolve(connection, "round", round_),
    )
    return str(connection.execute(select(Entry.uid).where(*where)).scalar_one())


def assign(store: Store, paper: str, who: str, role: Role, round_: str = "titles") -> None:
    with Desk(store, "SF").unit("assign", paper) as work:
        of, reader = entry(work.connection, paper, round_), resolve(work.connection, "person", who)
        work.add(Assignment(entry=of, reader=reader, role=role))


@pytest.fixture
def secret(store: Store) -> Store:
    """RP includes A and excludes B, tags and notes; SF decides on D; both include C."""
    decide(store, "RP", "A", INCLUDE)
    decide(store, "RP", "B", EXCLUDE, reason="1", also=["2"], note="led by a nurse", seconds=40.0)
    decide(store, "SF", "D", EXCLUDE)
    for who in ("RP", "SF"):
        decide(store, who, "C", INCLUDE)
    notes.tag(Desk(store, "RP"), "paper", "A", "pearl")
    notes.tag(Desk(store, "RP"), "paper", "C", "later")
    notes.add_memo(Desk(store, "RP"), "paper", "A", "A zebra of a paper.")
    notes.add_memo(Desk(store, "RP"), "paper", "C", "No zebra here.")
    return store


def by_viewer(store: Store, query: Query, *args: Any, **more: Any) -> list[Any]:
    return [asked(store, query, *args, viewer=who, **more) for who in EVERYBODY]
