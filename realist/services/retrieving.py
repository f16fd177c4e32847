"""Getting full texts: sought, obtained, not obtainable; and the terms that are marked while screening."""

from __future__ import annotations

from sqlalchemy import select

from realist.domain.highlighting import read_term
from realist.errors import NotFound, Refused
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.services.unit import Desk
from realist.store.tables import Highlight, Retrieval
from realist.text import line
from realist.vocabulary import RetrievalStatus, TermKind, TermSet


def retrieve(desk: Desk, paper: str, status: RetrievalStatus, *, happened: str = "", reason: str = "") -> str:
    """Record how far the full text of a paper has come; the latest counts. Return the uid of the step."""
    with desk.unit(f"full text {status}", paper, reason=reason) as work:
        uid = paper_grouping(work.connection)[resolve(work.connection, "paper", paper)]
        if status is RetrievalStatus.NOT_OBTAINABLE and not line(reason):
            raise Refused("Say why the full text cannot be obtained: reviews report it.")
        row = Retrieval(paper=uid, status=status, happened=line(happened), reason=line(reason))
        return work.add(row).uid


def add_highlight(desk: Desk, text: str, colour: TermSet, *, regex: bool = False) -> str:
    """Have a term marked in titles and abstracts, in the colour of a set; return its uid.

    ``word`` is whole words, ``integrat*`` beginnings of words, with *regex* a pattern. Refused for a pattern
    that is none or could stall the screen, and for a term that is there.
    """
    with desk.unit("add highlight", text) as work:
        usual = TermKind.PREFIX if text.strip().endswith("*") else TermKind.PLAIN
        term = read_term(text, TermKind.REGEX if regex else usual, colour)
        rows = work.connection.execute(select(Highlight.kind, Highlight.text))
        if (term.kind, term.text) in {(kind, there) for kind, there in rows}:
            raise Refused(f"{line(text)!r} is marked already.")
        row = Highlight(position=work.position(Highlight), colour=colour, kind=term.kind, text=term.text)
        return work.add(row).uid


def drop_highlight(desk: Desk, text: str) -> None:
    """Have a term marked no more."""
    with desk.unit("drop highlight", text) as work:
        wanted = text.strip()
        rows = work.connection.execute(select(Highlight.uid, Highlight.text, Highlight.kind)).all()
        exactly = [uid for uid, there, kind in rows if wanted == _typed(there, kind)]
        found = exactly or [uid for uid, there, _ in rows if wanted == there]
        if found:
            work.remove(Highlight, found[0])
            return
        raise NotFound(f"{line(text)!r} is not marked: `realist highlight list` lists what is.")


def _typed(text: str, kind: str) -> str:
    return f"{text}*" if kind == TermKind.PREFIX else text
