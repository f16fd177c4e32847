"""Tables of papers: those included and how each was found, their appraisals, those excluded and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from realist.exports.table import Cell, Column, Document, Holds, Row, Table, Text
from realist.queries.answers import Given, Version, answers, current
from realist.queries.appraisals import Appraised, appraisals, scale
from realist.queries.grid import evidence_grid
from realist.queries.references import Reference
from realist.queries.reporting import excluded_in_full, in_order, members_of, uses, ways_in
from realist.queries.review import review

_NONE = "not recorded"


def _column(name: str, field: str, share: float = 1.0, holds: Holds = Holds.WORDS) -> Column:
    return Column(name, holds=holds, field=field, share=share)


def _cells(*texts: str) -> list[Cell]:
    return [Cell(text) for text in texts]


def named(one: Reference) -> str:
    """Return what a paper is called in tables: its label, or its first author and year, or its title."""
    first = one.authors[0].partition(",")[0] if one.authors else ""
    dated = f"{first} ({one.year})" if first and one.year else first
    return one.label or dated or one.title or f"#{one.number}"


def _about(connection: Connection, of_set: str, n: int) -> list[str]:
    title = str(review(connection)["title"])
    return [title, f"{n} papers" + (f" of the included set {of_set}" if of_set else " of all included sets")]


def characteristics(connection: Connection, *, of_set: str = "", viewer: str = "") -> Document:
    """Return the table of included papers (of a set's uid, or of all sets): what each is, how it was found.

    Columns are the questions of every form in use (answers that count; several stand side by side), what the
    paper is for, by which ways it came, and of how many mechanisms it speaks. RAMESES item 13.
    """
    name, members = members_of(connection, of_set, viewer=viewer)
    papers = in_order(connection, members)
    forms = [form for form in current(connection) if form.template.fields]
    given = [answers(connection, form, members, viewer=viewer) for form in forms]
    ways, used = ways_in(connection), uses(connection, viewer=viewer)
    grid = {row.uid: row.n for row in evidence_grid(connection, viewer=viewer, of_set=of_set or None).rows}
    asked = [(form, place, field) for place, form in enumerate(forms) for field in form.template.fields]
    columns = [
        _column("Year", "year", 0.4),
        _column("Title", "title", 2.0),
        *(_column(field.label, field.key) for _, _, field in asked),
        _column("For", "use", 0.8),
        _column("Found by", "found_by", 1.4),
        _column("Mechanisms", "mechanisms", 0.4, Holds.NUMBERS),
    ]
    rows = [
        Row(
            named(one),
            [
                *_cells(str(one.year or ""), one.title),
                *(
                    Cell(_answer(given[place].get(one.uid, {}).get(field.key, ())))
                    for _, place, field in asked
                ),
                *_cells("; ".join(used.get(one.uid, ())), _found(ways.get(one.uid, ()))),
                _number(grid.get(one.uid, 0)),
            ],
            uid=one.uid,
        )
        for one in papers
    ]
    missing = [_unanswered(form, given[place], members) for place, form in enumerate(forms)]
    table = Table(
        "characteristics", "Characteristics of included papers", "Paper", columns, rows,
        notes=[note for note in missing if note],
    )  # fmt: skip
    return Document(table.title, [table], _about(connection, name, len(papers)))


def _number(n: int) -> Cell:
    return Cell(str(n), number=n)


def _found(ways: Iterable[object]) -> str:
    return "; ".join(map(str, ways)) or _NONE


def _answer(given: Sequence[Given]) -> str:
    """Return the answers that count, each once; where people differ, with who said what."""
    counting = [one for one in given if one.counts]
    values = list(dict.fromkeys(one.value for one in counting))
    if len(values) < 2:
        return values[0] if values else ""
    return "; ".join(f"{one.value} ({one.by})" for one in counting)


def _unanswered(form: Version, given: Mapping[str, object], members: Mapping[str, None]) -> str:
    missing = len([paper for paper in members if not given.get(paper)])
    title = form.template.name
    return f"{missing} of {len(members)} papers have no answers to the form {title}." if missing else ""


def appraised(connection: Connection, *, of_set: str = "", viewer: str = "") -> Document:
    """Return how included papers were appraised: a row a paper, a column a dimension, with the reasons.

    Each person's latest; of excerpts below the paper's own. Appraisals never exclude. RAMESES item 9.
    """
    name, members = members_of(connection, of_set, viewer=viewer)
    dimensions = scale(connection)
    of: dict[str, dict[str, list[Appraised]]] = defaultdict(lambda: defaultdict(list))
    for one in appraisals(connection, members, viewer=viewer):
        of[one.paper][one.dimension].append(one)
    papers = in_order(connection, members)
    columns = [_column(dimension.name.capitalize(), dimension.name, 1.5) for dimension in dimensions]
    rows = [
        Row(named(one), [Cell(_judged(of[one.uid][dimension.name])) for dimension in dimensions], uid=one.uid)
        for one in papers
    ]
    levels = [
        f"{dimension.name.capitalize()}: {', '.join(level.name for level in dimension.levels)}"
        + (f" ({dimension.description})" if dimension.description else "")
        for dimension in dimensions
    ]
    bare = len([one for one in papers if not any(of[one.uid].values())])
    notes = [*levels, *([f"{bare} of {len(papers)} papers were not appraised."] if bare else [])]
    table = Table("appraisals", "Appraisal of included papers", "Paper", columns, rows, notes=notes)
    none = [] if dimensions else [Text("This review has no scale: `realist appraisal scale add` makes one.")]
    return Document(
        table.title, [*none, table] if dimensions else none, _about(connection, name, len(papers))
    )


def _judged(found: Sequence[Appraised]) -> str:
    said = []
    for one in found:
        of = f" of “{one.quotation}”" if one.excerpt else ""
        why = f": {one.reason}" if one.reason else ""
        said.append(f"{one.level}{of}{why} ({one.by})")
    return "; ".join(said)


def excluded(connection: Connection, *, viewer: str = "") -> Document:
    """Return the papers that were excluded when their full text was read, with the reasons.

    A table a round. Papers of which the viewer may not see the decisions yet are left out. RAMESES items 9
    and 12.
    """
    found = excluded_in_full(connection, viewer=viewer)
    tables = []
    for number, round_ in enumerate(dict.fromkeys(one.round for one in found), 1):
        rows = [
            Row(
                named(one.reference),
                _cells(
                    str(one.reference.year or ""), one.reference.title, one.reference.journal,
                    "; ".join(one.reasons) or _NONE, "; ".join(one.notes), ", ".join(one.by),
                ),
                uid=one.reference.uid,
            )
            for one in found
            if one.round == round_
        ]  # fmt: skip
        columns = [
            _column("Year", "year", 0.4), _column("Title", "title", 2.0), _column("Journal", "journal"),
            _column("Reason", "reason", 1.2), _column("Note", "note"), _column("By", "by", 0.4),
        ]  # fmt: skip
        title = f"Excluded in the round {round_}: {len(rows)}"
        tables.append(Table(f"excluded-{number}", title, "Paper", columns, rows))
    none = [] if tables else [Text("No paper was excluded in a round of full texts.")]
    about = [str(review(connection)["title"])]
    return Document("Papers excluded at full text, with reasons", [*none, *tables], about)
