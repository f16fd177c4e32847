"""Nothing is lost by any sequence of merging, splitting, renaming, placing, undoing and redoing."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realist.domain.configuration import Box, BoxElement, Ref, TagRef
from realist.domain.notation import Part
from realist.errors import Refused
from realist.queries import theory
from realist.queries.grid import evidence_grid
from realist.queries.naming import resolve
from realist.queries.waiting import pieces
from realist.services import configurations, evidence, lives, mechanisms, papers, placements
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.store.identity import seeded, ticking
from realist.vocabulary import ElementKind
from tests.services.dumps import Dump, dump

PAPERS = ("A", "B", "C")
PIECES = ("evidence", "configuration_mechanism", "element_tag")
ACTS = (
    "propose", "propose_context", "claim", "claim", "box", "tag", "merge", "merge", "split", "split",
    "rename", "place", "place", "place", "end", "drop", "reinstate", "undo", "undo", "redo",
)  # fmt: skip
Step = tuple[str, int, int, int]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), *[st.integers(0, 11)] * 3), min_size=4, max_size=24)


class Machine:
    """A review in which things are done by numbers, and what must hold after each."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.step, self.made = desk, 0, 0
        self.names: set[tuple[str, str, str]] = set()
        self.done: list[Dump] = []
        self.undone: list[Dump] = []
        for label in PAPERS:
            papers.add_paper(desk, label=label)
        for _ in range(3):
            self.propose(0, 0, 0)
            self.propose_context(0, 0, 0)
        self.now = dump(desk.store)

    def table(self, name: str) -> list[dict[str, Any]]:
        return self.now[name]

    def one(self, number: int, kind: str = "mechanism") -> str:
        with self.desk.store.read() as connection:
            uids = connection.exec_driver_sql(f"SELECT uid FROM {kind} ORDER BY number").scalars().all()
        return str(uids[number % len(uids)])

    def kind(self, number: int) -> str:
        return "context" if number % 3 == 0 else "mechanism"

    # -- what is done ---------------------------------------------------------------------------------------

    def name(self) -> str:
        self.made += 1
        return f"Thing number {self.made}"

    def propose(self, *_: int) -> None:
        mechanisms.add_mechanism(self.desk, self.name())

    def propose_context(self, *_: int) -> None:
        mechanisms.add_context(self.desk, self.name())

    def claim(self, a: int, b: int, c: int) -> None:
        on = {"context": self.one(a, "context")} if c % 3 == 0 else {"mechanism": self.one(a)}
        evidence.add_evidence(self.desk, PAPERS[b % 3], claim="x", **on)  # type: ignore[arg-type]

    def box(self, a: int, b: int, c: int) -> None:
        under = dict.fromkeys((self.one(a), self.one(c)))
        box = Box(papers=(Ref("", PAPERS[b % 3]),), mechanisms=tuple(Ref(uid, "") for uid in under))
        configurations.add_configuration(self.desk, box)

    def tag(self, a: int, b: int, c: int) -> None:
        tags = (TagRef("mechanism", self.one(a), ""), TagRef("context", self.one(c, "context"), ""))
        part = BoxElement(Part(ElementKind.CONTEXT, "x"), "", (), tags)
        configurations.add_configuration(self.desk, Box(papers=(Ref("", PAPERS[b % 3]),), elements=(part,)))

    def merge(self, a: int, b: int, c: int) -> None:
        kind = self.kind(c)
        into = [self.one(b, kind), *([self.one(c, kind)] if c % 2 else [])]
        lives.merge(self.desk, self.one(a, kind), into, reason="x", kind=kind)

    def split(self, a: int, b: int, c: int) -> None:
        kind = self.kind(c)
        second = self.name() if c % 2 else self.one(c, kind)
        lives.split(self.desk, self.one(a, kind), [self.one(b, kind), second], reason="x", kind=kind)

    def rename(self, a: int, b: int, c: int) -> None:
        kind = self.kind(c)
        had = sorted(name for of, name, _ in self.names if of == kind)
        new = had[0] if had and not b % 2 else self.name()
        lives.rename(self.desk, self.one(a, kind), new, reason="x", kind=kind)

    def place(self, a: int, b: int, c: int) -> None:
        kind = self.kind(c)
        with self.desk.store.read() as connection:
            rows = pieces(connection, kind)
        if not rows:
            raise Refused("Nothing waits.")
        row = rows[a % len(rows)]
        into = [one["uid"] for one in row["into"]] or [one["uid"] for one in row["now"]]
        under = [into[b % len(into)], *([into[c % len(into)]] if c % 2 else [])]
        placements.place(self.desk, [row["piece"]], under, reason="x", kind=kind)

    def end(self, a: int, b: int, c: int) -> None:
        kind = self.kind(c)
        lives.end_merge(self.desk, self.one(a, kind), reason="x", kind=kind)

    def drop(self, a: int, b: int, c: int) -> None:
        lives.drop(self.desk, self.one(a), reason="x")

    def reinstate(self, a: int, b: int, c: int) -> None:
        lives.reinstate(self.desk, self.one(a), reason="x")

    # -- what must hold -------------------------------------------------------------------------------------

    def do(self, act: str, *numbers: int) -> None:
        """Do one thing; what is refused changes nothing, undo and redo lead to the dumps that were there."""
        before = self.now
        if act == "undo" and not self.done:  # what the review began with stays
            return
        try:
            if act == "undo":
                undo(self.desk)
            elif act == "redo":
                redo(self.desk)
            else:
                getattr(self, act)(*numbers)
        except Refused:
            assert dump(self.desk.store) == before
            return
        self.now = dump(self.desk.store)
        if act == "undo":
            self.undone.append(before)
            assert self.now == self.done.pop()
        elif act == "redo":
            self.done.append(before)
            assert self.now == self.undone.pop()
        else:
            self.done.append(before)
            self.undone.clear()
            self._nothing_went(before)
        self._all_is_found()
        self._counts()

    def _nothing_went(self, before: Dump) -> None:
        for table in (
            "evidence",
            "configuration_mechanism",
            "element_tag",
            "mechanism",
            "context",
            "placement",
        ):
            assert {row["uid"] for row in before[table]} <= {row["uid"] for row in self.now[table]}

    def _all_is_found(self) -> None:
        """Assert that every piece stands or waits, names are unique, and every name that was had resolves."""
        for kind in ("mechanism", "context"):
            self.names |= {(kind, row["name"], row["uid"]) for row in self.table(kind)}
            known = {row["uid"] for row in self.table(kind)}
            names = [row["name"] for row in self.table(kind)]
            assert len(names) == len(set(names))
            had = {row[kind]: row["name"] for row in self.table(f"{kind}_alias")}
            with self.desk.store.read() as connection:
                for uid, name in [*had.items(), *((row["uid"], row["name"]) for row in self.table(kind))]:
                    assert resolve(connection, kind, name) == uid
                listed = {row["piece"]: row for row in pieces(connection, kind)}
            merged = self._merged(kind)
            for table, piece, to in self._given(kind):
                stands = self._stands(kind, merged, table, piece, to)
                assert stands
                assert stands <= known
                waits = {one for one in stands if one in merged}
                if waits:
                    assert {one["uid"] for one in listed[piece]["now"]} == stands

    def _given(self, kind: str) -> Iterator[tuple[str, str, str]]:
        for table in PIECES:
            for row in self.table(table):
                if row.get(kind):
                    yield table, row["uid"], row[kind]

    def _merged(self, kind: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.table(f"{kind}_merge"):
            if not row["ended"]:
                found.setdefault(row[f"from_{kind}"], []).append(row[f"into_{kind}"])
        return found

    def _stands(self, kind: str, merged: dict[str, list[str]], table: str, piece: str, at: str) -> set[str]:
        """Where a piece stands, told anew by the words of the rule."""
        into = merged.get(at, [])
        if len(into) > 1:
            placed = {
                row[kind]
                for row in self.table("placement")
                if (row["subject_table"], row["subject"], row["ended"]) == (table, piece, "")
            }
            into = [one for one in into if one in placed]
        if not into:
            return {at}
        return {end for one in into for end in self._stands(kind, merged, table, piece, one)}

    def _counts(self) -> None:
        """Assert that n of papers and of elements are what counting row by row gives."""
        merged = self._merged("mechanism")
        paper_of = {row["configuration"]: row["paper"] for row in self.table("configuration_paper")}
        box_of = {row["uid"]: row["configuration"] for row in self.table("element")}
        present: set[tuple[str, str]] = set()
        rows = {table: {row["uid"]: row for row in self.table(table)} for table in PIECES}
        for table, piece, to in self._given("mechanism"):
            row = rows[table][piece]
            box = row.get("configuration") or box_of.get(row.get("element", ""))
            paper = row["paper"] if table == "evidence" else paper_of[box]
            present |= {(one, paper) for one in self._stands("mechanism", merged, table, piece, to)}
        n = Counter(mechanism for mechanism, _ in present)
        with self.desk.store.read() as connection:
            for row in theory.mechanisms(connection):
                assert row["papers"] == n[row["uid"]]
            for column in evidence_grid(connection, of_list=None, of_set=None).columns:
                assert column.n == n[column.uid]
            counted = {row["uid"]: row["elements"] for row in theory.contexts(connection)}
        merged = self._merged("context")
        elements: set[tuple[str, str]] = set()
        for table, piece, to in self._given("context"):
            if table == "element_tag":
                element = rows[table][piece]["element"]
                elements |= {(one, element) for one in self._stands("context", merged, table, piece, to)}
        assert {uid: of for uid, of in counted.items() if of} == dict(Counter(uid for uid, _ in elements))


@contextmanager
def machine(empty: Path) -> Iterator[Machine]:
    """A machine on a review of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lives.realist"
        shutil.copy(empty, path)
        clock = ticking(datetime(2026, 1, 1, tzinfo=UTC))
        store = open_store(str(path), clock=clock, uids=seeded(3, clock))
        try:
            yield Machine(Desk(store, "SF"))
        finally:
            store.close()


def _run(empty: Path, steps: list[Step]) -> None:
    with machine(empty) as of:
        for act, *numbers in steps:
            of.do(act, *numbers)


def _tested(examples: int) -> Callable[..., Any]:
    made = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    return lambda test: made(given(steps=STEPS)(test))


@_tested(5)
def test_nothing_is_lost(empty_file: Path, steps: list[Step]) -> None:
    _run(empty_file, steps)


@pytest.mark.slow
@_tested(200)
def test_nothing_is_lost_whatever_is_done(empty_file: Path, steps: list[Step]) -> None:
    _run(empty_file, steps)


def test_the_machine_does_all_that_it_is_about(empty_file: Path) -> None:
    steps: list[Step] = [
        ("claim", 0, 0, 1), ("box", 0, 1, 1), ("tag", 0, 2, 0), ("split", 0, 1, 1), ("place", 0, 0, 1),
        ("place", 1, 1, 2), ("rename", 0, 1, 1), ("merge", 1, 2, 1), ("end", 0, 0, 1), ("undo", 0, 0, 0),
        ("redo", 0, 0, 0), ("undo", 0, 0, 0), ("claim", 0, 1, 3), ("split", 0, 1, 3), ("place", 0, 0, 3),
        ("place", 2, 0, 1), ("drop", 2, 0, 0), ("reinstate", 2, 0, 0),
    ]  # fmt: skip
    with machine(empty_file) as of:
        for act, *numbers in steps:
            of.do(act, *numbers)
        done = {row["kind"] for row in of.table("move")}
        assert {"split", "place", "rename"} <= done
        assert {row["subject_table"] for row in of.table("placement")} == {*PIECES}
        assert of._merged("mechanism")
