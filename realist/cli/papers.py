"""Verbs for papers."""

from __future__ import annotations

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review
from realist.domain.configuration import to_json
from realist.queries import papers as queries
from realist.queries.naming import resolve
from realist.services import papers as services


@click.group("paper")
def paper_() -> None:
    """Papers: add, find, show, correct, join."""


@paper_.command("add")
@click.option("--label", default="", help='How it is cited in this review, such as "Klinga (2016)".')
@click.option("--title", default="")
@click.option("--author", "authors", multiple=True, help="An author; may be given again, in order.")
@click.option("--year", default="")
@click.option("--journal", default="")
@click.option("--volume", default="")
@click.option("--issue", default="")
@click.option("--pages", default="")
@click.option("--doi", default="")
@click.option("--abstract", default="")
@click.option("--supplied-by", default="", help="Who brought it.")
@click.option("--note", default="")
@as_json
def paper_add(json_: bool, authors: tuple[str, ...], **texts: str) -> None:
    """Add a paper that no database gave; a label, a title or a DOI is enough.

    \b
    Examples:
      realist paper add --label "Klinga (2016)"
      realist paper add --doi 10.5334/ijic.5936 --supplied-by "stakeholder group"
    """
    with desk() as at:
        uid = services.add_paper(at, authors=authors, **texts)
        with at.store.read() as connection:
            found = queries.paper(connection, uid)
    if json_:
        show.say_json({"uid": uid, "number": found["number"]})
    else:
        show.say(f"Paper #{found['number']} {found['label'] or found['title'] or found['doi']} was added.")


@paper_.command("list")
@click.option("--search", "words", default="", help="Words that must occur; the last may be a beginning.")
@click.option("--after", type=NUMBER, default=0, help="Go on after this number.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True)
@as_json
def paper_list(words: str, after: int, limit: int, json_: bool) -> None:
    """List papers, or find them by words in title, authors, abstract, label."""
    with review() as store, store.read() as connection:
        rows = queries.papers(connection, words=words, after=after, limit=limit)
        total = queries.count_papers(connection)
    if json_:
        show.say_json(rows)
        return
    shown = [
        {
            **row,
            "number": f"#{row['number']}",
            "label": row["label"] or ("" if row["title"] else row["doi"]),
            "year": str(row["year"] or ""),
        }
        for row in rows
    ]
    show.table(shown, {"number": "", "label": "paper", "year": "year", "title": "title"}, grow="title")
    more = f" Go on with --after {rows[-1]['number']}." if rows and not words and len(rows) == limit else ""
    show.say(f"\n{len(rows):,} of {show.counted(total, 'paper')}.{more}")


@paper_.command("show")
@click.argument("paper")
@as_json
def paper_show(paper: str, json_: bool) -> None:
    """Show one paper: its records and where they came from, corrections, evidence, boxes.

    PAPER is a number (#12), a label, a DOI or a uid.
    """
    with review() as store, store.read() as connection:
        found = queries.paper(connection, resolve(connection, "paper", paper))
    if json_:
        show.say_json({**found, "boxes": [to_json(box) for box in found["boxes"]]})
        return
    show.title(f"#{found['number']} {found['label'] or found['title'] or found['doi']}")
    names = (
        "title",
        "authors",
        "year",
        "journal",
        "volume",
        "issue",
        "pages",
        "doi",
        "pmid",
        "type",
        "supplied_by",
    )
    shown = {name.replace("_", " "): found[name] for name in names}
    shown["year"] = str(found["year"] or "")
    show.fields({**shown, "abstract": found["abstract"], "note": found["note"]})
    for row in found["records"]:
        show.say(f"\nrecord {row['source_key']} of {row['file']}, line {row['line']}; {row['search'] or ''}")
    for row in found["joined"]:
        show.say(f"joined: #{row['number']} {row['label'] or row['title']} ({row['rule']}, {row['by']})")
    for row in found["corrections"]:
        show.say(f"corrected by {row['by']}: {row['field']} was {row['original']!r} {row['reason']}".rstrip())
    if found["evidence"]:
        show.say("")
        show.table(
            found["evidence"], {"mechanism": "mechanism", "stance": "stance", "claim": "claim"}, grow="claim"
        )
    for box in found["boxes"]:
        show.say(f"\nbox {box.label} {box.title}: `realist cmo show {box.label or box.uid}`")


@paper_.command("edit")
@click.argument("paper")
@click.argument("field")
@click.argument("value")
@click.option("--reason", default="", help="Why it is corrected.")
@as_json
def paper_edit(paper: str, field: str, value: str, reason: str, json_: bool) -> None:
    """Correct a field of a paper; what it was before is kept.

    \b
    Example:
      realist paper edit "#12" year 2012 --reason "misprint in the export"
    """
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
        services.edit_paper(at, paper, field, value, reason=reason)
    show.done(json_, uid, f"{field} was corrected.")


@paper_.command("join")
@click.argument("paper")
@click.option("--into", required=True, help="The paper that it is the same document as.")
@click.option("--reason", default="")
@as_json
def paper_join(paper: str, into: str, reason: str, json_: bool) -> None:
    """State that two papers are one document; nothing is deleted, and it can be undone."""
    with desk() as at:
        uid = services.join_papers(at, paper, into, reason=reason)
    show.done(json_, uid, f"{paper} is read under {into} from now on.")


@paper_.command("split")
@click.argument("paper")
@click.option("--reason", required=True)
@as_json
def paper_split(paper: str, reason: str, json_: bool) -> None:
    """State that a joined paper is a document of its own after all."""
    with desk() as at:
        services.end_join(at, paper, reason=reason)
        with at.store.read() as connection:
            uid = resolve(connection, "paper", paper)
    show.done(json_, uid, f"{paper} stands for itself again.")
