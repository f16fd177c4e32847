"""Verbs for papers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.cli.sameness import differ, join, relate, split
from realist.domain.configuration import to_json
from realist.domain.filtering import Filter, read_filter
from realist.errors import RealistError
from realist.exports.papers import papers_csv, papers_json
from realist.queries import listing
from realist.queries import papers as queries
from realist.queries.answers import counting
from realist.queries.appraisals import appraisals
from realist.queries.best import FIELDS
from realist.queries.kin import related, studies
from realist.queries.listing import SORTS
from realist.queries.naming import resolve
from realist.queries.texts import texts_of
from realist.services import notes
from realist.services import papers as services
from realist.text import line, plain

EVERYTHING = Filter()


@click.group("paper")
def paper_() -> None:
    """Papers: add, find, show, correct, join, relate."""


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
            found = queries.paper(connection, uid, viewer=at.initials)
    if json_:
        show.say_json({"uid": uid, "number": found["number"]})
    else:
        show.say(f"Paper #{found['number']} {found['label'] or found['title'] or found['doi']} was added.")


@paper_.command("list")
@click.argument("filters", nargs=-1, metavar="[WORDS]...")
@click.option("--search", "words", default="", help="The same as WORDS.")
@click.option("--sort", type=click.Choice(SORTS), default="number", show_default=True)
@click.option("--desc", "descending", is_flag=True, help="The other way round.")
@click.option("--after", type=NUMBER, default=0, help="Go on after the paper of this number.")
@click.option("--limit", type=click.IntRange(1, 100_000), help="Default: 50; with --csv all.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a CSV file."
)
@as_json
def paper_list(
    filters: tuple[str, ...],
    words: str,
    sort: str,
    descending: bool,
    after: int,
    limit: int | None,
    csv_file: Path | None,
    json_: bool,
) -> None:
    """List papers, or find them by WORDS in title, authors, abstract, label, and by fields.

    Fields are title, author, year, journal, label, doi, tag, state, mechanism, stage, search, has and is,
    each written before a colon. Several values of a field are alternatives. A minus before a field turns
    it around; write -- before the first of these.

    \b
    Examples:
      realist paper list hope "peer support" year:2010..2014
      realist paper list state:included has:evidence --sort year --desc
      realist paper list --csv papers.csv -- tag:theory -state:excluded
    """
    filter_ = filter_of(filters, words)
    most, me = limit or (None if csv_file else 50), viewer()
    with review() as store, store.read() as connection:
        numbers = listing.listing(
            connection, filter_, sort=sort, descending=descending, after=after, limit=most, viewer=me
        )
        rows = [
            line
            for n in range(0, len(numbers), 2000)
            for line in listing.page(connection, numbers[n : n + 2000], viewer=me)
        ]
        fitting = listing.count(connection, filter_, viewer=me)
        total = fitting if filter_.empty else listing.count(connection, EVERYTHING, viewer=me)
    if csv_file:
        _write(csv_file, papers_csv(rows))
    if json_:
        show.say_json(papers_json(rows))
    elif csv_file:
        show.say(f"{show.were(len(rows), 'paper')} written to {csv_file}.")
    elif not rows:
        show.say(_nothing(total, fitting))
    else:
        _table(rows)
        of = show.counted(total, "paper")
        of = of if fitting in (total, len(rows)) else f"{fitting:,} that fit; {of} in all"
        cut = most is not None and len(rows) == most
        show.say(f"\n{len(rows):,} of {of}." + (f" Go on with --after {rows[-1].number}." if cut else ""))


def filter_of(filters: Iterable[str], words: str = "") -> Filter:
    """Return the filter that arguments mean; what was not understood of them is said on standard error."""
    filter_ = read_filter(" ".join((words, *map(_as_typed, filters))).strip())
    for problem in filter_.problems:
        click.echo(f"realist: {plain(problem)}", err=True)
    return filter_


def _as_typed(word: str) -> str:
    """Return an argument as it would be typed: what the shell took the quotes from gets them back."""
    if " " not in word or '"' in word:
        return word
    field, colon, value = word.partition(":")
    return f'{field}:"{value}"' if colon and " " not in field else f'"{word}"'


def _nothing(total: int, fitting: int) -> str:
    if not total:
        return (
            "There is no paper in this review yet: read an export with `realist import FILE`, or add one with"
            " `realist paper add`."
        )
    if fitting:
        return f"No paper comes after that one; {fitting:,} fit."
    return (
        f"No paper fits; there {'is' if total == 1 else 'are'} {show.counted(total, 'paper')} in this review."
    )


def _table(rows: list[listing.PaperLine]) -> None:
    shown = [
        {
            **row._asdict(),
            "number": f"#{row.number}",
            "label": row.label or ("" if row.title else row.doi),
            "year": str(row.year or ""),
        }
        for row in rows
    ]
    show.table(shown, {"number": "", "label": "paper", "year": "year", "title": "title"}, grow="title")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise RealistError(f"{file} cannot be written: {error.strerror}.") from error


@paper_.command("tag")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--name", required=True, help="The tag; a new one is made.")
@as_json
def paper_tag(papers: tuple[str, ...], name: str, json_: bool) -> None:
    """Put a tag on papers, all in one act.

    \b
    Example:
      realist paper tag "#12" "Klinga (2016)" --name "ask the author"
    """
    with desk() as at:
        n = notes.tag_papers(at, papers, name)
    if json_:
        show.say_json({"tagged": n})
    else:
        show.say(f"{show.were(n, 'paper')} tagged {line(name)}.")


@paper_.command("untag")
@click.argument("papers", nargs=-1, required=True, metavar="PAPER...")
@click.option("--name", required=True, help="The tag.")
@as_json
def paper_untag(papers: tuple[str, ...], name: str, json_: bool) -> None:
    """Take a tag off papers, all in one act."""
    with desk() as at:
        n = notes.untag_papers(at, papers, name)
    if json_:
        show.say_json({"untagged": n})
    else:
        show.say(f"The tag {line(name)} was taken off {show.counted(n, 'paper')}.")


@paper_.command("show")
@click.argument("paper")
@as_json
def paper_show(paper: str, json_: bool) -> None:
    """Show one paper: its records and where they came from, corrections, evidence, boxes.

    PAPER is a number (#12), a label, a DOI or a uid.
    """
    with review() as store, store.read() as connection:
        found = queries.paper(connection, resolve(connection, "paper", paper), viewer=viewer())
        kin = {
            "related": related(connection, found["uid"]),
            "studies": [row["name"] for row in studies(connection, found["uid"])],
        }
        read = {
            "texts": [text._asdict() for text in texts_of(connection, found["uid"]) if text.uid],
            "appraisals": [one._asdict() for one in appraisals(connection, [found["uid"]], viewer=viewer())],
            "answers": [one._asdict() for one in counting(connection, found["uid"], viewer=viewer())],
        }
    if json_:
        show.say_json({**found, **kin, **read, "boxes": [to_json(box) for box in found["boxes"]]})
        return
    show.title(f"#{found['number']} {found['label'] or found['title'] or found['doi']}")
    shown = {name.replace("_", " "): found[name] for name in (*FIELDS, "supplied_by")}
    shown["year"] = str(found["year"] or "")
    show.fields({**shown, "abstract": found["abstract"], "note": found["note"]})
    for row in found["records"]:
        show.say(f"\nrecord {row['source_key']} of {row['file']}, line {row['line']}; {row['search'] or ''}")
    for number in sorted(set(found["borrowed"].values())):
        fields = ", ".join(field for field, of in found["borrowed"].items() if of == number)
        show.say(f"from #{number}: {fields}")
    for row in found["joined"]:
        show.say(f"joined: #{row['number']} {row['label'] or row['title']} ({row['rule']}, {row['by']})")
    for row in kin["related"]:
        show.say(f"related: #{row['number']} {row['label'] or row['title']} ({row['kind']}, {row['by']})")
    for name in kin["studies"]:
        show.say(f"study: {name}")
    for row in found["corrections"]:
        show.say(f"corrected by {row['by']}: {row['field']} was {row['original']!r} {row['reason']}".rstrip())
    for text in read["texts"]:
        pages = show.counted(text["pages"], "page")
        show.say(f"text: {text['name']}, {'scanned' if text['scanned'] else pages}")
    for one in read["appraisals"]:
        of = " of an excerpt" if one["excerpt"] else ""
        show.paragraph(f"{one['dimension']}{of}: {one['level']} ({one['by']}) {one['reason']}".rstrip())
    for one in read["answers"]:
        show.paragraph(f"{one['label']} {one['value']} ({one['by'] or 'agreed'})")
    if found["evidence"]:
        show.say("")
        show.table(found["evidence"], {"on": "bears on", "stance": "stance", "claim": "claim"}, grow="claim")
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


for _command in (join, split, differ, relate):
    paper_.add_command(_command)
