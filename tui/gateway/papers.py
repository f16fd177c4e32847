"""Lists of papers, and what is done with many of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from realist.domain.filtering import Filter, read_filter
from realist.errors import Refused
from realist.exports.papers import papers_csv, papers_json
from realist.exports.references import export_references
from realist.formats.writing import FORMATS
from realist.queries import listing, paper_story
from realist.queries.listing import PaperLine
from realist.services import notes
from realist.services import papers as services
from realist.text import line
from tui.gateway.files import write_new

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

PAGE = 100
_FEW = 2000
_AT_ONCE = 500
_SHOWN = 20
MOST_TAGGED = 20_000
"""So many papers can be tagged in one act: each is a row of the log, and they are named in one statement."""


class Ask(NamedTuple):
    """Which papers, as typed, and in which order."""

    words: str = ""
    sort: str = "number"
    descending: bool = False


class Way(NamedTuple):
    """A way of writing papers: its name, what a person calls it, what for, its suffix, and help."""

    name: str
    title: str
    note: str
    suffix: str
    help: str = "Every field of a paper is written; what the format cannot carry is named."


LIST = "list"
_FOR = {
    "ris": "EndNote, Zotero, Covidence, Rayyan",
    "bibtex": "LaTeX, JabRef, Zotero",
    "csl-json": "Pandoc, Zotero",
    "endnote-xml": "EndNote, Covidence",
    "csv": "every field; nothing is lost",
    "xlsx": "the same as a spreadsheet",
}
WAYS = (
    Way(
        LIST, "List", "what the list shows: CSV or JSON", ".csv",
        "A name that ends in .json gives JSON, any other CSV.",
    ),
    *(Way(name, FORMATS[name].title, note, FORMATS[name].suffix) for name, note in _FOR.items()),
)  # fmt: skip
"""The ways in which papers can be written: as they are listed, or as references."""


class Found(NamedTuple):
    """The numbers of papers in order, all or (not *complete*) the first; some of them to show; what was not
    understood of the filter."""

    ask: Ask
    numbers: array[int]
    papers: list[PaperLine]
    complete: bool
    problems: tuple[str, ...]


def first(gate: Gateway, ask: Ask, rows: int) -> Found:
    """Return the first papers, so many that *rows* of them can be shown at once and scrolled a little."""
    filter_ = read_filter(ask.words)
    limit = 2 * rows + PAGE if ask.sort == "number" else None  # other orders are only known when all is
    with gate.store.read() as connection:
        numbers = _listing(gate, connection, ask, limit)
        papers = listing.page(connection, numbers[: max(rows, PAGE)], viewer=gate.person)
    complete = limit is None or len(numbers) < limit
    return Found(ask, array("l", numbers), papers, complete, filter_.problems)


def whole(gate: Gateway, ask: Ask, keep: int, rows: int) -> Found:
    """Return all papers in order, and those to show that stand around the paper with number *keep*."""
    filter_ = read_filter(ask.words)
    with gate.store.read() as connection:
        numbers = array("l", _listing(gate, connection, ask))
        at = place_of(numbers, keep)
        start = max((0 if at is None else at) - max(rows, PAGE // 2), 0)
        shown = numbers[start : start + 2 * max(rows, PAGE // 2)].tolist()
        papers = listing.page(connection, shown, viewer=gate.person)
    return Found(ask, numbers, papers, True, filter_.problems)


def _listing(gate: Gateway, connection: Connection, ask: Ask, limit: int | None = None) -> list[int]:
    filter_ = read_filter(ask.words)
    return listing.listing(
        connection, filter_, sort=ask.sort, descending=ask.descending, limit=limit, viewer=gate.person
    )


def place_of(numbers: Sequence[int], number: int) -> int | None:
    """Return where a number stands in the order; None where it does not."""
    try:
        return numbers.index(number)
    except ValueError:
        return None


def page(gate: Gateway, numbers: Sequence[int]) -> list[PaperLine]:
    """Return the papers with these numbers."""
    return gate.read(lambda connection: listing.page(connection, list(numbers), viewer=gate.person))


def total(gate: Gateway) -> int:
    """Return how many papers the review has, joined ones counted once."""
    return gate.read(lambda connection: listing.count(connection, Filter(), viewer=gate.person))


def abstract(gate: Gateway, uid: str) -> str:
    """Return the abstract of a paper."""
    return gate.read(lambda connection: paper_story.abstract(connection, uid))


def tags(gate: Gateway, numbers: Sequence[int] = ()) -> dict[str, int]:
    """Return tags and on how many papers each is: those on the papers with these numbers; without, all."""

    def read(connection: Connection) -> dict[str, int]:
        known = paper_story.tags_of_papers(connection, viewer=gate.person)
        if not numbers or len(numbers) > _FEW:
            return known
        page = listing.page(connection, numbers, viewer=gate.person)
        there = {tag for paper in page for tag in paper.tags}
        return {tag: n for tag, n in known.items() if tag in there}

    return gate.read(read)


def uid_of(gate: Gateway, number: int) -> str:
    """Return the uid of the paper with this number; "" where there is none."""
    return gate.read(lambda connection: next(iter(paper_story.uids_numbered(connection, [number])), ""))


def number_of(gate: Gateway, uid: str) -> int:
    """Return the number of a paper."""
    return gate.read(lambda connection: paper_story.number_of(connection, uid))


def add(desk: Desk, values: dict[str, str]) -> str:
    """Add a paper by hand, from the fields of a form; authors stand one a line, or between semicolons."""
    authors = [author for author in values["authors"].replace(";", "\n").split("\n") if author.strip()]
    rest = {name: value for name, value in values.items() if name != "authors"}
    return services.add_paper(desk, authors=authors, **rest)


def tag(desk: Desk, numbers: Sequence[int], label: str) -> None:
    """Put a tag on the papers with these numbers, in one act."""
    notes.tag_papers(desk, _uids(desk, numbers), label)


def untag(desk: Desk, numbers: Sequence[int], label: str) -> None:
    """Take a tag off the papers with these numbers, in one act."""
    notes.untag_papers(desk, _uids(desk, numbers), label)


def may_write(name: str) -> None:
    """Refuse a name under which nothing can be written, before long work begins."""
    path = Path(line(name)).expanduser()
    if not line(name):
        raise Refused("The file needs a name.")
    if path.exists():
        raise Refused(f"{path} is already there: choose another name.")
    if not path.parent.is_dir():
        raise Refused(f"{path} cannot be written: there is no folder {path.parent}. Choose another name.")


def export(
    gate: Gateway,
    way: str,
    name: str,
    numbers: Sequence[int],
    ask: Ask,
    told: Callable[[str], None] | None = None,
) -> str:
    """Write papers to a new file in a way of WAYS; return a sentence, and lines about what was lost.

    Those with *numbers*, in that order; without any, all that *ask* asks for. *told* hears how far it got
    and may raise to stop it: nothing is written then.
    """
    with gate.store.read() as connection:
        if not numbers:
            numbers = _listing(gate, connection, ask)
        if way != LIST:
            uids = paper_story.uids_numbered(connection, numbers)
    if way != LIST:
        return _references(gate, way, name, uids, told)
    rows = _listed(gate, numbers, told)
    if name.endswith(".json"):
        return write_new(name, json.dumps(papers_json(rows), indent=2) + "\n")
    return write_new(name, papers_csv(rows), encoding="utf-8-sig")


def _listed(gate: Gateway, numbers: Sequence[int], told: Callable[[str], None] | None) -> list[PaperLine]:
    rows: list[PaperLine] = []
    with gate.store.read() as connection:
        for start in range(0, len(numbers), _AT_ONCE):
            if told:
                told(f"{start:,} of {len(numbers):,} papers read")
            some = list(numbers[start : start + _AT_ONCE])
            rows += listing.page(connection, some, viewer=gate.person)
    return rows


def _references(
    gate: Gateway, way: str, name: str, uids: Sequence[str], told: Callable[[str], None] | None
) -> str:
    def heard(n: int) -> None:
        if told:
            told(f"{n:,} of {len(uids):,} papers written")

    path = Path(line(name)).expanduser()
    written = export_references(gate.store, uids, way, path, new=True, told=heard)
    said = [f"Written to {path}."]
    if written.losses:
        said.append(f"{FORMATS[way].title} could not carry everything:\n")
        said += map(str, written.losses[:_SHOWN])
    if len(written.losses) > _SHOWN:
        said.append(
            f"… and {len(written.losses) - _SHOWN:,} more: `realist export papers --json` lists them."
        )
    return "\n".join(said)


def _uids(desk: Desk, numbers: Sequence[int]) -> list[str]:
    if len(numbers) > MOST_TAGGED:
        raise Refused(f"Nothing was changed: at most {MOST_TAGGED:,} papers are tagged at once; mark fewer.")
    with desk.store.read() as connection:
        return paper_story.uids_numbered(connection, numbers)
