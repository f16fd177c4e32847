"""Questions to the full-text index: which things hold words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select, text

from realist.store.search import KINDS
from realist.store.tables import (
    SearchPiece,
)
from realist.text import index_text

_LONGEST = 200  # PostgreSQL refuses a question with a word over 2 kB


def find(connection: Connection, words: str, *, kind: str = "", limit: int = 100) -> list[tuple[str, str]]:
    """Return (kind, uid) of things that hold all *words*, the last as a beginning of one, best first."""
    terms = index_text(words).split()
    if not terms:
        return []
    if connection.dialect.name == "sqlite":
        question = " ".join(f'"{term}"' for term in terms) + "*"
        statement = text(
            "SELECT p.kind, p.subject FROM search_fts f JOIN search_piece p ON p.id = f.rowid"
            " WHERE f.body MATCH :q AND (:kind = '' OR p.kind = :kind) ORDER BY f.rank, p.id LIMIT :n"
        )
    else:
        question = " & ".join(terms) + ":*"
        statement = text(
            "SELECT p.kind, p.subject FROM search_piece p, to_tsquery('simple', :q) q"
            " WHERE to_tsvector('simple', p.body) @@ q AND (:kind = '' OR p.kind = :kind)"
            " ORDER BY ts_rank(to_tsvector('simple', p.body), q) DESC, p.id LIMIT :n"
        )
    rows = connection.execute(statement, {"q": question, "kind": kind, "n": limit})
    return list(dict.fromkeys((row.kind, row.subject) for row in rows))


def terms(words: str) -> list[str]:
    """Return the words of a question as the index keeps them; the first 30 count."""
    return [term[:_LONGEST] for term in index_text(words).split()[:30]]


def some(
    connection: Connection, words: str, limit: int | None = None, *, beginning: bool = True, kind: str = ""
) -> list[tuple[str, str]]:
    """Return (kind, uid) of things that hold all *words*, the last as a beginning, in no order of merit.

    With *limit*, the first ones that come, which takes no longer for words that stand everywhere; a
    beginning of one or two letters does (a file has no index of beginnings). With *kind*, only its things.
    """
    of = terms(words)
    if not of:
        return []
    cut = (" AND p.kind = :kind" if kind else "") + ("" if limit is None else " LIMIT :n")
    if connection.dialect.name == "sqlite":
        question = " ".join(f'"{term}"' for term in of) + "*" * beginning
        statement = (
            "SELECT p.kind, p.subject FROM search_fts f JOIN search_piece p ON p.id = f.rowid"
            f" WHERE f.body MATCH :q{cut}"
        )
    else:
        question = " & ".join(of) + ":*" * beginning
        statement = (
            "SELECT p.kind, p.subject FROM search_piece p, to_tsquery('simple', :q) q"
            f" WHERE to_tsvector('simple', p.body) @@ q{cut}"
        )
    given = {"q": question, "n": limit, "kind": kind or None}
    values = {name: value for name, value in given.items() if value is not None}
    rows = connection.execute(text(statement), values)
    return list(dict.fromkeys((row.kind, row.subject) for row in rows))


def among_few(
    connection: Connection, words: str, kind: str, limit: int, *, apart: Collection[str] = ()
) -> list[str]:
    """Return uids of a *kind* of which there are few that hold all *words*, read from their texts.

    Those in *apart* are left out. Not for papers: for these few the index, which knows no kinds, would have
    to be read whole.
    """
    of = terms(words)
    if not of:
        return []
    body = " " + SearchPiece.body + " "
    holds = [body.like(f"% {term} %") for term in of[:-1]]
    known = select(KINDS[kind].uid)
    rows = connection.execute(
        select(SearchPiece.subject)
        .where(SearchPiece.kind == kind, SearchPiece.subject.in_(known), *holds, body.like(f"% {of[-1]}%"))
        .order_by(SearchPiece.id)
        .limit(None if apart else limit)
    )
    return list(dict.fromkeys(uid for uid in rows.scalars() if uid not in apart))[:limit]


def holders(
    connection: Connection, words: Sequence[str], *, beginning: bool = True, limit: int | None = None
) -> set[str] | None:
    """Return the uids of everything whose text holds all *words*, or None where these are over *limit*.

    Each of *words* is a word or a phrase; the last is a beginning where *beginning* says so.
    """
    phrases = _phrases(words)
    if not phrases:
        return set()
    last = "*" if beginning else ""
    if connection.dialect.name == "sqlite":
        question = " ".join(f'"{phrase}"' for phrase in phrases) + last
        inner = "SELECT rowid FROM search_fts WHERE search_fts MATCH :q"
    else:
        question = " & ".join("(" + " <-> ".join(phrase.split()) + ")" for phrase in phrases)
        question = question[:-1] + (":*)" if beginning else ")")
        inner = (
            "SELECT p.id FROM search_piece p, to_tsquery('simple', :q) q"
            " WHERE to_tsvector('simple', p.body) @@ q"
        )
    if limit is not None:
        pieces = connection.execute(text(f"{inner} LIMIT {limit + 1}"), {"q": question}).scalars().all()
        if len(pieces) > limit:
            return None
        rows = select(SearchPiece.subject).where(SearchPiece.id.in_(pieces))
        return set(connection.execute(rows).scalars())
    # the plus keeps SQLite at the index of the subjects: looking up each piece would read all their texts
    every = text(f"SELECT subject FROM search_piece WHERE +id IN ({inner})")
    return set(connection.execute(every, {"q": question}).scalars())


def holding(
    connection: Connection, words: Sequence[str], subjects: Sequence[str], *, beginning: bool = True
) -> set[str]:
    """Return those of *subjects* that :func:`holders` would, read from their texts: for a few things."""
    phrases = [f" {phrase} " for phrase in _phrases(words)]
    if phrases and beginning:
        phrases[-1] = phrases[-1][:-1]
    rows = connection.execute(
        select(SearchPiece.subject, SearchPiece.body).where(SearchPiece.subject.in_(subjects))
    )
    found = ((subject, f" {body} ") for subject, body in rows)
    return {subject for subject, body in found if phrases and all(phrase in body for phrase in phrases)}


def _phrases(words: Sequence[str]) -> list[str]:
    """Return *words* as the index keeps them, none of their parts longer than a server takes."""
    folded = (" ".join(part[:_LONGEST] for part in index_text(word).split()) for word in words)
    return [phrase for phrase in folded if phrase]
