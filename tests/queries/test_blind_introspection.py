"""Every query that can tell what people decided, noted or tagged is told who looks; every caller says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.telling import calls_without_viewer, modules, parts_of, telling, unguarded

ROOT = Path(__file__).parents[2]
QUERIES = "realist.queries"
_NOBODY = "asks as nobody does, and so shows what everybody may see"
EXCEPTIONS = {
    "abreast.together": _NOBODY,
    "blind.anything_hidden": "says whether anything is hidden from anybody",
    "blind.histories": "works out who may see what; what it returns is for that alone",
    "called.called": "gives a tag its name by its uid, which who may not know of it has not",
    "checking.findings": "names what is broken in the file, and how many rows",
    "checking.unsound": "as checking.findings",
    "excerpts.anchors": "says where an excerpt stands to who has its uid",
    "excerpts.states": "as excerpts.anchors",
    "extractions.handed": "names what a person has to extract, never what is in it",
    "extractions.marked": "names whose work rows are that may be seen",
    "extractions.marks": "names who has which extraction, never what is in it",
    "extractions.own_extraction": "names the extraction that what a person writes belongs to",
    "extractions.set_aside": "names extractions, never what is in them",
    "extractions.under_way": "says whether any extraction is blind",
    "sameness.Order": "orders papers by whether people work with them; having a paper to extract is that",
    "sameness.best_of": "as sameness.Order",
    "sameness.used": "as sameness.Order",
    "sameness.used_among": "as sameness.Order",
    "shown.confidential": "says whether anything is hidden from anybody",
    "compared.compared": "reads what searches for duplicates changed",
    "compared.corrected_since": "reads corrections of papers",
    "compared.meanwhile": "reads corrections of papers, joins and judgements on duplicates",
    "milestones.milestones": "counts acts",
    "milestones.moment_said": "counts acts",
    "likely.by_words": _NOBODY,
    "likely.likely": _NOBODY,
    "log.intentions": "names what was meant, never with a verdict",
    "log.last_number": "counts acts",
    "moves.names_of": "gives a thing its name by its uid, to who may see it",
    "papers.papers": "looks for words in papers alone",
    "pile_news.entries_of_act": "is asked of an act that the person at the keyboard is about to undo",
    "sameness.last_joining": "gives the number of the last act that joined duplicates",
    "shown.with_verdicts": "is asked only where no round is blind",
    "together.progress": "counts what people decided and how long they took, never what",
    "undoing.redo_target": "gives the act to who undoes; refuses one that is hidden from them",
    "undoing.undo_target": "gives the act to who undoes; refuses one that is hidden from them",
    "seen.secret_since": "says since when anything is hidden from anybody",
    "subjects.about": "says what a memo or feedback is about to who has its uid",
    "standing.standing": "says where pieces stand to who has their uids",
    "subjects.papers_of": "says of which paper a thing is to who has its uid",
    "undoing.undone": "a condition on acts: whether they hold",
}
"""What is not told who looks, and why it need not be."""


@pytest.fixture(scope="module")
def found() -> set[str]:
    return unguarded(parts_of(QUERIES, modules(ROOT / "realist/queries")))


def test_every_query_that_can_tell_is_told_who_looks(found: set[str]) -> None:
    assert found - EXCEPTIONS.keys() == set()


def test_every_exception_is_one(found: set[str]) -> None:
    assert EXCEPTIONS.keys() - found == set()


def test_the_queries_that_tell_are_known() -> None:
    told = telling(parts_of(QUERIES, modules(ROOT / "realist/queries")))
    for name in (
        "states.states", "listing.page", "filters.matching", "finding.find", "home.home",
        "grid.evidence_grid", "flow.staged_flow", "paper_story.decisions", "log.acts", "undoing.will_undo",
        "beside.memos", "codings.codings", "crossing.Crossing",
    ):  # fmt: skip
        assert name in told
    for name in (
        "theory.mechanisms", "theory.evidence", "boxes.boxes", "cell.behind", "excerpts.excerpts",
        "ways.from_boxes", "naming_boxes.resolve_any", "papers.paper",
    ):  # fmt: skip
        assert name in told
    assert not told & {"naming.resolve", "overlap.overlap"}


BAD = {
    "deep": """
from realist.store.tables import Decision as D

def rows(connection): return connection.execute(select(D.verdict))
def guarded(connection, *, viewer=""): return rows(connection)
def typed(act: D) -> D: return act
def _inner(connection): return rows(connection)
""",
    "far": """
from realist.queries import deep
from realist.queries.deep import _inner, guarded
from realist.store.tables import Base, Paper

TABLE = {"x": _inner}
def by_module(connection): return deep.rows(connection)
def by_table(connection): return [one(connection) for one in TABLE.values()]
def by_guard(connection): return guarded(connection)
def by_home(connection, initials): return guarded(connection, viewer=initials)
def by_words(connection): return connection.exec_driver_sql("SELECT verdict FROM decision")
def by_base(connection): return select(Base.metadata.tables["memo"])
def harmless(connection): return select(Paper.uid), "a decision"
class Reader:
    def __init__(self, connection): self.rows = by_module(connection)
class Told:
    def __init__(self, connection, viewer): self.rows = by_module(connection)
def by_class(connection): return Reader(connection)
def later(connection):
    from realist.store.tables import Memo
    return select(Memo.text)
def indexed(connection):
    from realist.store import asking
    return asking.find(connection, "x")
""",
}


def test_a_query_that_is_not_told_who_looks_is_found() -> None:
    assert unguarded(parts_of(QUERIES, BAD)) == {
        "deep.rows", "far.by_module", "far.by_table", "far.by_guard", "far.by_words", "far.by_base",
        "far.Reader", "far.by_class", "far.later", "far.indexed",
    }  # fmt: skip


# -- callers ----------------------------------------------------------------------------------------------

SAFE = {
    "realist/cli/screening.py", "realist/queries/abreast.py", "realist/queries/likely.py",
    "tui/gateway/screening.py",
}  # fmt: skip
"""Modules that ask as nobody does somewhere: they show what everybody may see, and no more."""


def guarded() -> dict[str, set[str]]:
    parts = parts_of(QUERIES, modules(ROOT / "realist/queries"))
    takes = {name: part.takes or set() for name, part in parts.items() if name in telling(parts)}
    return {name: of for name, of in takes.items() if "viewer" in of} | {"deciding.placed": set()}


def test_every_caller_says_who_looks() -> None:
    wanted = guarded()
    for in_its_place in (
        "deciding.placed", "blind.blind", "extractions.seen", "extractions.counted", "extractions.boxes_seen",
        "shown_extracted.hidden_rows",
    ):  # fmt: skip
        del wanted[in_its_place]  # they ask for the viewer in their place
    missing = []
    for room in ("realist", "tui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if name not in SAFE:
                text = path.read_text(encoding="utf-8")
                missing += [(name, *where) for where in calls_without_viewer(QUERIES, text, wanted)]
    assert missing == []


def test_a_caller_that_does_not_say_is_found() -> None:
    text = """
from realist.queries import listing
from realist.queries.states import states
listing.count(connection, filter_)
listing.count(connection, filter_, viewer=me)
states(connection, None)
"""
    wanted = {"listing.count": {"viewer"}, "states.states": {"viewer"}}
    assert calls_without_viewer(QUERIES, text, wanted) == [(4, "listing.count"), (6, "states.states")]
