"""Excerpts of papers: kept, put in their place where that was not certain, changed, taken out."""

from __future__ import annotations

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.excerpts import served
from realist.queries.naming import resolve
from realist.services.anchoring import Place, Stands, anchor, look, stands_at, words_at
from realist.services.evidence import add_excerpt, excerpt_named
from realist.services.unit import Desk, Unit
from realist.store.tables import Appraisal, Coding, Excerpt, ExcerptAnchor
from realist.text import line, paragraphs, shorten


def quote(
    desk: Desk,
    paper: str,
    quotation: str = "",
    *,
    locator: str = "",
    note: str = "",
    site: str = "",
    place: Place | None = None,
) -> str:
    """Keep words of a paper; return the uid. With *place*, they are the words that stand there.

    Words that are in no text of the paper are kept, too, and flagged.
    """
    with desk.unit("add excerpt", f"{paper}: {shorten(quotation, 40)}" if quotation else paper) as work:
        if not (place or paragraphs(quotation) or line(locator)):
            raise Refused("An excerpt needs its words, or at least the place as printed.")
        uid = resolve(work.connection, "paper", paper)
        return add_excerpt(work, uid, quotation, locator, note, site=site, place=place)


def edit_excerpt(
    desk: Desk,
    uid: str,
    *,
    quotation: str | None = None,
    locator: str | None = None,
    note: str | None = None,
    site: str | None = None,
    place: Place | None = None,
) -> None:
    """Change an excerpt: only what is given changes.

    Other words are looked for anew; with *place*, they become those that stand there.
    """
    with desk.unit("edit excerpt") as work:
        row = excerpt_named(work, uid)
        work.act.subject = shorten(row["quotation"], 60)
        given = {"locator": locator, "note": note, "site": site}
        values = {name: text for name, text in given.items() if text is not None}
        values = {name: paragraphs(t) if name == "note" else line(t) for name, t in values.items()}
        if quotation is not None or place:
            of = row["paper"]
            words = paragraphs(words_at(work.connection, of, place) if place else quotation or "")
            if not words:
                raise Refused("The words of an excerpt cannot be emptied: drop it.")
            stands = look(work.connection, of, words, place)
            around = next((one.around for one in stands if one.around != ("", "")), ("", ""))
            values |= {"quotation": words, "before": around[0], "after": around[1]}
            _anchor_anew(work, row["uid"], stands)
        work.change(Excerpt, row["uid"], **values)


def place_excerpt(desk: Desk, uid: str, place: Place) -> None:
    """Say at which of several places an excerpt stands in a text: its words have to stand within *place*."""
    with desk.unit("place excerpt") as work:
        row = excerpt_named(work, uid)
        work.act.subject = shorten(row["quotation"], 60)
        here = stands_at(work.connection, row["paper"], row["quotation"], place)
        if here is None:
            raise Refused(
                "Other words stand there, or these more than once: give the place of the excerpt alone."
            )
        _take_out(work, row["uid"], place.text)
        anchor(work, row["uid"], [here])
        work.change(Excerpt, row["uid"], before=here.around[0], after=here.around[1])


def drop_excerpt(desk: Desk, uid: str, *, reason: str = "") -> None:
    """Take an excerpt out on which nothing rests."""
    with desk.unit("drop excerpt", reason=reason) as work:
        row = excerpt_named(work, uid)
        work.act.subject = shorten(row["quotation"], 60)
        rests = served(work.connection, [row["uid"]], viewer=desk.initials).get(row["uid"], [])
        if rests:
            first = f"the {rests[0].kind} {shorten(rests[0].words, 40)!r}"
            more = f" and {len(rests) - 1} more" if len(rests) > 1 else ""
            raise Refused(f"The excerpt stays: {first}{more} rests on it.")
        if served(work.connection, [row["uid"]], viewer=desk.initials, everything=True):
            raise Refused("The excerpt stays: something that you may not see yet rests on it.")
        if work.connection.execute(select(Appraisal.uid).where(Appraisal.excerpt == row["uid"])).first():
            raise Refused("The excerpt stays: it was appraised.")
        if work.connection.execute(select(Coding.uid).where(Coding.subject == row["uid"])).first():
            raise Refused("The excerpt stays: it was coded.")
        for anchored in _anchors(work, row["uid"]):
            work.remove(ExcerptAnchor, anchored)
        work.remove(Excerpt, row["uid"])


def _anchor_anew(work: Unit, uid: str, stands: list[Stands]) -> None:
    for one in _anchors(work, uid):
        work.remove(ExcerptAnchor, one)
    anchor(work, uid, stands)


def _anchors(work: Unit, excerpt: str) -> list[str]:
    rows = select(ExcerptAnchor.uid).where(ExcerptAnchor.excerpt == excerpt).order_by(ExcerptAnchor.uid)
    return list(work.connection.execute(rows).scalars())


def _take_out(work: Unit, excerpt: str, text: str) -> None:
    of = ExcerptAnchor.document_text
    here = of == text if text else of.is_(None)
    rows = select(ExcerptAnchor.uid).where(ExcerptAnchor.excerpt == excerpt, here)
    for uid in work.connection.execute(rows).scalars().all():
        work.remove(ExcerptAnchor, uid)
