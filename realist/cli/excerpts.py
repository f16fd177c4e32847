"""Verbs for excerpts: quotations of papers, with where they stand."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.errors import NotFound, WrongUse
from realist.queries import excerpts, texts
from realist.queries.excerpts import Quoted
from realist.queries.naming import resolve
from realist.queries.sets import labels
from realist.services import excerpting
from realist.services.anchoring import Place
from realist.services.unit import Desk
from realist.text import line, shorten


@click.group("excerpt")
def excerpt_() -> None:
    """Excerpts: quotations of papers, and whether they stand in the texts."""


@excerpt_.command("add")
@click.argument("paper")
@click.argument("quotation", required=False, default="")
@click.option("--locator", default="", help='The place as printed, such as "p676".')
@click.option("--note", default="")
@click.option("--site", default="", help="The case within the paper that it speaks of.")
@click.option("--at", "at_", default="", help="PAGE:START-END in its text: what stands there.")
@as_json
def excerpt_add(
    paper: str, quotation: str, locator: str, note: str, site: str, at_: str, json_: bool
) -> None:
    """Keep a quotation of a paper; it is looked for in the paper's texts.

    Words that stand in none of them are kept as well, and flagged: `realist excerpt list --flagged`.

    \b
    Example:
      realist excerpt add "Choi (2012)" "sharing of leadership was seen as a threat" --locator p676
    """
    with desk() as at:
        place = _place(at, paper, at_) if at_ else None
        uid = excerpting.quote(at, paper, quotation, locator=locator, note=note, site=site, place=place)
        found = _one(at, uid)
    show.done(json_, uid, f"The excerpt was kept: {_stands(found)}.")


def _one(at: Desk, uid: str) -> Quoted:
    with at.store.read() as connection:
        found = excerpts.excerpts(connection, uids=[uid], viewer=at.initials)
    if not found:
        raise NotFound(f"There is no excerpt {uid}: `realist excerpt list` shows the uids.")
    return found[0]


def _place(at: Any, paper: str, asked: str) -> Place:
    page, _, span = asked.partition(":")
    start, _, end = span.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (page, start, end)):
        raise WrongUse(f"{line(asked)!r} is no place: write PAGE:START-END, such as 3:120-184.")
    with at.store.read() as connection:
        found = texts.texts_of(connection, resolve(connection, "paper", paper))
    files = [text for text in found if text.uid != texts.ABSTRACT] or found
    if len(files) != 1:
        raise WrongUse(f"{line(paper)} has {len(files)} texts: give the words instead of a place.")
    return Place(files[0].uid, int(page), int(start), int(page), int(end))


@excerpt_.command("list")
@click.argument("paper", required=False)
@click.option("--flagged", is_flag=True, help="Only those that are not at one place in any text.")
@as_json
def excerpt_list(paper: str | None, flagged: bool, json_: bool) -> None:
    """List excerpts, of a paper or all: their words, where they stand, what rests on them."""
    with review() as store, store.read() as connection:
        papers = [resolve(connection, "paper", paper)] if paper else None
        found = excerpts.excerpts(connection, papers, flagged=flagged, viewer=viewer())
        names = labels(connection, list({one.paper for one in found}))
    if json_:
        show.say_json([_row(one, names[one.paper]) for one in found])
        return
    for one in found:
        said = f" {one.locator}" if one.locator else ""
        show.paragraph(f"{names[one.paper]}{said} · {_stands(one)} · {one.extraction or one.by} · {one.uid}")
        show.paragraph(f"“{one.quotation}”" if one.quotation else "(only the place is known)", indent="  ")
        for serves in one.serves:
            of = f"box #{serves.box}, {serves.kind}" if serves.box else f"evidence, {serves.kind}"
            show.say("  → " + shorten(f"{of}: {serves.words}", show.width() - 4))
    show.say(f"{show.counted(len(found), 'excerpt')}.")


def _row(one: Quoted, label: str) -> dict[str, Any]:
    return {
        **one._asdict(),
        "label": label,
        "anchors": [anchored._asdict() for anchored in one.anchors],
        "serves": [serves._asdict() for serves in one.serves],
    }


def _stands(one: Quoted) -> str:
    where = [
        f"p. {anchored.page} of {anchored.name}" if anchored.text else "in the abstract"
        for anchored in one.anchors
        if anchored.page
    ]
    if not one.quotation:
        return "its words are not recorded"
    match one.state:
        case "found":
            return f"found, {', '.join(where)}"
        case "ambiguous":
            return "stands at several places"
        case "not found":
            return "stands in no text of the paper"
        case _:
            return "not checked against a full text"


@excerpt_.command("edit")
@click.argument("uid")
@click.option("--quotation", default=None, help="Other words; they are looked for anew.")
@click.option("--locator", default=None)
@click.option("--note", default=None)
@click.option("--site", default=None)
@as_json
def excerpt_edit(
    uid: str,
    quotation: str | None,
    locator: str | None,
    note: str | None,
    site: str | None,
    json_: bool,
) -> None:
    """Change an excerpt: only what is given changes."""
    if quotation is None and locator is None and note is None and site is None:
        raise WrongUse("Say what to change: --quotation, --locator, --note or --site.")
    with desk() as at:
        excerpting.edit_excerpt(at, uid, quotation=quotation, locator=locator, note=note, site=site)
        found = _one(at, line(uid))
    show.done(json_, found.uid, f"The excerpt was changed: {_stands(found)}.")


@excerpt_.command("place")
@click.argument("uid")
@click.argument("place")
@as_json
def excerpt_place(uid: str, place: str, json_: bool) -> None:
    """Say where an excerpt stands that is at several places: PLACE is PAGE:START-END in the one file."""
    with desk() as at:
        found = _one(at, line(uid))
        excerpting.place_excerpt(at, found.uid, _place(at, found.paper, place))
    show.done(json_, found.uid, "The excerpt has its place.")


@excerpt_.command("drop")
@click.argument("uid")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def excerpt_drop(uid: str, reason: str, json_: bool) -> None:
    """Take out an excerpt on which nothing rests."""
    with desk() as at:
        excerpting.drop_excerpt(at, uid, reason=reason)
    show.done(json_, line(uid), "The excerpt was taken out.")
