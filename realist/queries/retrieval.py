"""Full texts: how far each has come, and which are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.screening import held
from realist.queries.blind import histories, together
from realist.queries.deciding import Placed, placed
from realist.queries.grouping import Grouping, paper_grouping, parts_of
from realist.queries.states import FEW
from realist.queries.words import stored
from realist.store.tables import Paper, Person, Retrieval, Round
from realist.vocabulary import RetrievalStatus, RoundKind, Verdict

Rows = list[dict[str, Any]]
_AT_ONCE = 500
_ON = (Verdict.INCLUDE, Verdict.MAYBE)
_FIELDS = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid")


class Step(NamedTuple):
    """A step of getting a full text. ``happened`` is the date as it was told, ``at`` when it was recorded."""

    status: RetrievalStatus
    happened: str
    reason: str
    by: str
    at: datetime


def latest(connection: Connection, papers: Collection[str] | None = None) -> dict[str, Step]:
    """Return by paper the step that counts, the latest one; papers on which nothing is recorded are left out.

    *papers* are uids of papers as they are read now, None is all; what was joined into one speaks for it.
    """
    return {paper: steps[-1] for paper, steps in _steps(connection, papers).items()}


def history(connection: Connection, paper: str) -> list[Step]:
    """Return every step of getting the full text of a paper, as it is read now, the latest one last."""
    return _steps(connection, [paper]).get(paper, [])


def _steps(connection: Connection, papers: Collection[str] | None) -> dict[str, list[Step]]:
    few = papers is not None and len(papers) <= FEW
    of = Grouping(parts_of(connection, papers or ())) if few else paper_grouping(connection)
    statement = (
        select(
            Retrieval.paper, Retrieval.status, Retrieval.happened, Retrieval.reason, Person.initials,
            Retrieval.at,
        )
        .join(Person, Person.uid == Retrieval.person)
        .order_by(Retrieval.at, Retrieval.uid)
    )  # fmt: skip
    if few:
        statement = statement.where(Retrieval.paper.in_(list(of)))
    wanted = None if papers is None or few else set(papers)
    found: dict[str, list[Step]] = {}
    for paper, status, happened, reason, by, at in connection.execute(statement):
        if wanted is None or of[paper] in wanted:
            step = Step(stored(RetrievalStatus, status), happened, reason, by, at)
            found.setdefault(of[paper], []).append(step)
    return found


def missing_papers(connection: Connection, *, viewer: str = "") -> dict[str, Step | None]:
    """Return the papers whose full text is wanted and not there, with the latest step (None where none is).

    Wanted are papers of full-text rounds, and those that, as far as *viewer* may see, a round of titles and
    abstracts let through. What somebody decided on at full text was read, whatever was decided.
    """
    grouping = paper_grouping(connection)
    kinds = dict(connection.execute(select(Round.uid, Round.kind).order_by(Round.number)).all())
    rounds = placed(connection, viewer, grouping)
    texts = {uid for uid, kind in kinds.items() if kind == RoundKind.FULL_TEXT}
    entries = [entry for uid in texts for row in rounds.get(uid, {}).values() for entry in row.entries]
    said = histories(connection, entries)
    passed: dict[str, bool] = {}
    read: dict[str, bool] = {}
    for uid in kinds:
        rows = rounds.get(uid, {})
        if uid in texts:
            read |= {
                paper: read.get(paper, False) or row.how.resolved or bool(held(together(said, row.entries)))
                for paper, row in rows.items()
            }
        else:
            passed |= {paper: row.how.verdict in _ON for paper, row in rows.items() if _stands(row)}
    wanted = [paper for paper, done in read.items() if not done]
    wanted += [paper for paper, on in passed.items() if on and paper not in read]
    steps = latest(connection)
    return {paper: steps.get(paper) for paper in wanted if not _obtained(steps.get(paper))}


def _stands(row: Placed) -> bool:
    return row.how.verdict is not None or row.how.conflict


def _obtained(step: Step | None) -> bool:
    return step is not None and step.status is RetrievalStatus.OBTAINED


def missing(connection: Connection, *, viewer: str = "") -> Rows:
    """Return the full texts that are missing (see :func:`missing_papers`), by number: a list for a library.

    Each with uid, number, label, title, authors (one a line), year, journal, volume, issue, pages, doi, pmid,
    ``status`` ("" where nothing is recorded), ``reason``, ``happened`` and ``since``, when that was recorded.
    """
    found = missing_papers(connection, viewer=viewer)
    rows = []
    for row in _about(connection, found):
        step = found[row["uid"]]
        rows.append(
            {
                **row,
                "status": str(step.status) if step else "",
                "reason": step.reason if step else "",
                "happened": step.happened if step else "",
                "since": step.at if step else None,
            }
        )
    return sorted(rows, key=lambda row: int(row["number"]))


def _about(connection: Connection, papers: Iterable[str]) -> Rows:
    """Return papers with what identifies them; what one lacks is taken from what was joined into it."""
    wanted = list(papers)
    columns = (Paper.uid, Paper.number, Paper.label, *(getattr(Paper, name) for name in _FIELDS))
    rows: Rows = []
    for start in range(0, len(wanted), _AT_ONCE):
        of = parts_of(connection, wanted[start : start + _AT_ONCE])
        parts = connection.execute(select(*columns).where(Paper.uid.in_(list(of)))).mappings().all()
        by_uid = {row["uid"]: dict(row) for row in parts}
        for part in sorted(parts, key=lambda row: int(row["number"])):
            whole = by_uid[of[part["uid"]]]
            for name in _FIELDS:
                whole[name] = whole[name] or part[name]
        rows += [by_uid[uid] for uid in wanted[start : start + _AT_ONCE] if uid in by_uid]
    return rows
