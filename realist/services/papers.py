"""Papers: added by hand, corrected with the original kept, joined when they are one document."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import Ambiguous, NotFound, Refused, WrongUse
from realist.formats.values import doi_of
from realist.queries.best import read_together
from realist.queries.grouping import paper_grouping, parts_of
from realist.queries.naming import resolve
from realist.queries.papers import exported_abstract
from realist.services.unit import Desk, Unit
from realist.store.tables import FieldOverride, Paper, PaperText
from realist.store.visible import arrived
from realist.text import line, paragraphs

FIELDS = ("label", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "type")
LONG_FIELDS = ("abstract", "note")


def clean_doi(text: str) -> str:
    """Return the DOI in *text*, lower case, without address or prefix; "" where there is none."""
    return doi_of(line(text))


def clean_year(text: str) -> int | None:
    """Return a year between 1000 and 2100; None for an empty text. Refuses anything else."""
    text = line(text)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and 1000 <= int(text) <= 2100):
        raise Refused(f"{text!r} is no year: use four digits, or leave it out.")
    return int(text)


def add_paper(
    desk: Desk,
    *,
    label: str = "",
    title: str = "",
    authors: Sequence[str] = (),
    year: str = "",
    journal: str = "",
    volume: str = "",
    issue: str = "",
    pages: str = "",
    doi: str = "",
    abstract: str = "",
    supplied_by: str = "",
    note: str = "",
) -> str:
    """Add a paper that no database gave; a label, a title or a DOI is enough. Return its uid."""
    with desk.unit("add paper", label or title or doi) as work:
        found = clean_doi(doi)
        if doi and not found:
            raise Refused(f"{line(doi)!r} is no DOI: it should look like 10.1000/xyz.")
        paper = Paper(number=work.number(Paper), label=line(label), title=line(title), doi=found)
        if not (paper.label or paper.title or paper.doi):
            raise WrongUse("A paper needs a label, a title or a DOI.")
        _not_there_yet(work, paper)
        paper.authors = "\n".join(filter(None, map(line, authors)))
        paper.year, paper.journal = clean_year(year), line(journal)
        paper.volume, paper.issue, paper.pages = line(volume), line(issue), line(pages)
        paper.supplied_by = line(supplied_by)
        work.add(paper)
        if abstract or note:
            work.add(PaperText(uid=paper.uid, abstract=paragraphs(abstract), note=paragraphs(note)))
        return paper.uid


def _not_there_yet(work: Unit, paper: Paper) -> None:
    for column, value in ((Paper.label, paper.label), (Paper.doi, paper.doi)):
        if not value:
            continue
        same = work.connection.execute(
            select(Paper.number, Paper.label, Paper.title).where(column == value, arrived())
        ).first()
        if same:
            what = same.label or same.title
            raise Refused(f"Paper #{same.number} {what} already has {value}: use that one, or another label.")


def paper_named(work: Unit, label: str, uid: str = "") -> str:
    """Return the paper with this uid, label, DOI or title, adding it by what is given where it is new."""
    if uid and work.connection.execute(select(Paper.uid).where(Paper.uid == uid)).first():
        return uid
    label = line(label)
    if not uid:
        try:
            return resolve(work.connection, "paper", label, by_name=True)
        except Ambiguous:
            if work.connection.execute(select(Paper.uid).where(Paper.label == label, arrived())).first():
                raise
        except NotFound:
            pass
    if not (label or uid):
        raise Refused("Nothing was written: a paper without uid and label cannot be told apart.")
    doi = clean_doi(label)
    paper = work.add(Paper(uid=uid, number=work.number(Paper), label="" if doi else label, doi=doi))
    work.note(
        f"Paper #{paper.number} {label or uid} is new and was added from {'its DOI' if doi else 'its label'}."
    )
    return paper.uid


def edit_paper(desk: Desk, paper: str, field: str, value: str, *, reason: str = "") -> None:
    """Correct one field of a paper; what it was before is kept beside the new value."""
    with desk.unit("edit paper", f"{field} of {paper}", reason=reason) as work:
        uid = paper_grouping(work.connection)[resolve(work.connection, "paper", paper)]
        if field not in FIELDS + LONG_FIELDS:
            raise WrongUse(f"A paper has no field {field!r}: use one of {', '.join(FIELDS + LONG_FIELDS)}.")
        correct(
            work, uid, field, paragraphs(value) if field in LONG_FIELDS else _cleaned(field, value), reason
        )


def correct(work: Unit, uid: str, field: str, value: str | int | None, reason: str) -> None:
    """Put a value, as the review keeps it, into a field of a paper; what was there is kept beside it."""
    if field in LONG_FIELDS:
        _edit_long(work, uid, field, str(value or ""), reason)
        return
    before = work.row(Paper, uid)[field]
    if not work.change(Paper, uid, **{field: value}):  # its own, but a part may have what is shown
        together = read_together(work.connection, parts_of(work.connection, [uid])).get(uid)
        before = together.values.get(field, value) if together else value
    if before != value:
        _keep_original(work, uid, field, before, value, reason)


def _cleaned(field: str, value: str) -> str | int | None:
    if field == "year":
        return clean_year(value)
    if field == "authors":
        return "\n".join(filter(None, map(line, value.replace(";", "\n").split("\n"))))
    if field == "doi":
        found = clean_doi(value)
        if value.strip() and not found:
            raise Refused(f"{line(value)!r} is no DOI: it should look like 10.1000/xyz.")
        return found
    return line(value)


def _edit_long(work: Unit, uid: str, field: str, value: str, reason: str) -> None:
    there = work.connection.execute(select(PaperText.uid).where(PaperText.uid == uid)).first()
    before = work.row(PaperText, uid)[field] if there else ""
    if field == "abstract" and not before:
        before = exported_abstract(work.connection, uid)
    if there:
        changed = work.change(PaperText, uid, **{field: value})
    else:
        work.add(PaperText(uid=uid))
        work.change(PaperText, uid, **{field: value})
        changed = True
    if changed:
        _keep_original(work, uid, field, before, value, reason)


def _keep_original(work: Unit, uid: str, field: str, before: object, after: object, reason: str) -> None:
    work.add(
        FieldOverride(
            paper=uid,
            field=field,
            original="" if before is None else str(before),
            value="" if after is None else str(after),
            reason=line(reason),
        )
    )
