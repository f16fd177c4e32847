"""Boxes for print: as numbered frames with narrative and chain, and as tables of configurations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from realist.domain.configuration import Box, BoxElement, Source, to_json
from realist.domain.notation import write
from realist.exports.boxes import beside_of, shows
from realist.exports.pieces import Known, box_name, source_piece
from realist.exports.table import Behind, Cell, Column, Document, Frame, Row, Style, Table, Text
from realist.queries.behind import pages, place_of, source_people
from realist.queries.boxes import boxes, numbers
from realist.queries.extractions import box_marks
from realist.queries.grouping import mechanism_grouping, paper_grouping
from realist.queries.naming import resolve
from realist.queries.review import review
from realist.queries.sets import included_sets
from realist.queries.theory import mechanism_names
from realist.text import line
from realist.vocabulary import ConfigurationStatus, ElementKind, SourceKind

if TYPE_CHECKING:
    from sqlalchemy import Connection

_VALENCES = "+ positive; − negative; ± mixed; 0 no change."
_NONE = "under no mechanism yet"
_KINDS: dict[str, str] = {
    ElementKind.INTERVENTION: "intervention", ElementKind.STRATEGY: "strategy", ElementKind.ACTOR: "actor",
    ElementKind.CONTEXT: "context", ElementKind.RESOURCE: "mechanism: resource",
    ElementKind.REASONING: "mechanism: reasoning", ElementKind.MECHANISM: "mechanism, not split",
    ElementKind.OUTCOME: "outcome", ElementKind.UNSURE: "unsure",
}  # fmt: skip
_ALWAYS = (ElementKind.CONTEXT, ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.OUTCOME)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Boxes to print, by the mechanisms they stand under now, with what is known beside them.

    ``left_out`` says in sentences what was asked for and is not there; ``about`` what was chosen.
    """

    boxes: Sequence[Box]
    under: Sequence[tuple[str, Sequence[Box]]]
    known: Known
    about: Sequence[str] = ()
    left_out: Sequence[str] = field(default_factory=list)


def chosen_boxes(
    connection: Connection, *, paper: str = "", mechanism: str = "", of_set: str = "", viewer: str = ""
) -> Chosen:
    """Return the boxes of a paper, under a mechanism, of the papers of an included set (names), or all.

    Those that were dropped are left out, and those in whose place a consensus counts. Raises NotFound and
    Ambiguous for a name that says nothing, or too much.
    """
    of_paper = resolve(connection, "paper", paper) if paper else ""
    of_mechanism = resolve(connection, "mechanism", mechanism) if mechanism else ""
    found = boxes(connection, paper=of_paper, mechanism=of_mechanism, viewer=viewer)
    about = []
    title = str(review(connection)["title"])
    if of_set:
        uid = resolve(connection, "set", of_set)
        chosen = next(row for row in included_sets(connection, viewer=viewer) if row.uid == uid)
        wholes, members = paper_grouping(connection), set(chosen.members)
        found = [box for box in found if any(wholes[ref.uid] in members for ref in box.papers)]
        about.append(f"Boxes of papers of the included set “{chosen.name}”")
    marks = box_marks(connection, viewer=viewer)
    aside = {uid for uid, mark in marks.items() if "not counted" in mark}
    dropped = {box.uid for box in found if box.status is ConfigurationStatus.DROPPED}
    left_out = [
        f"{n} {'box' if n == 1 else 'boxes'} left out: {why}."
        for n, why in (
            (len(dropped), "dropped"),
            (len(aside.intersection(box.uid for box in found) - dropped), "a consensus counts in its place"),
        )
        if n
    ]
    kept = [box for box in found if box.uid not in aside | dropped]
    known = Known(
        numbers(connection, viewer=viewer),
        source_people(connection, viewer=viewer),
        pages(connection, viewer=viewer),
    )
    only = mechanism_grouping(connection)[of_mechanism] if of_mechanism else ""
    return Chosen(kept, _by_mechanism(connection, kept, only), known, [title, *about], left_out)


def _by_mechanism(connection: Connection, found: Sequence[Box], only: str) -> list[tuple[str, list[Box]]]:
    grouping = mechanism_grouping(connection)
    under: dict[str, list[Box]] = defaultdict(list)
    for box in found:
        wholes = dict.fromkeys(grouping[ref.uid] for ref in box.mechanisms)
        for uid in wholes or {"": None}:
            if not only or uid == only:
                under[uid].append(box)
    names = mechanism_names(connection)
    parts = [(name, under[uid]) for uid, name in names.items() if uid in under]
    return [*parts, *([(_NONE, under[""])] if "" in under else [])]


# -- frames -------------------------------------------------------------------------------------------------


def boxes_document(chosen: Chosen) -> Document:
    """Return the boxes as numbered frames, one after another; JSON holds them as `cmo import` reads them."""
    frames = [box_frame(box, chosen.known) for box in chosen.boxes]
    remarks = [Text(sentence, Style.NOTE) for sentence in chosen.left_out]
    data = [to_json(box) for box in chosen.boxes]
    nothing = [] if frames else [Text("There is no box to print.")]
    title = "Context–mechanism–outcome configurations"
    return Document(title, [*nothing, *frames, *remarks], chosen.about, data)


def box_frame(box: Box, known: Known) -> Frame:
    """Return a box as a frame: what it is of, the narrative, the chain, and what each part rests on."""
    title = f"{box_name(box, known.numbers)}. {box.title or 'Without title'}"
    if box.polarity:
        title += f" ({shows(box.polarity)})"
    return Frame(f"box-{known.numbers.get(box.uid, 0)}", title, list(_inside(box, known)))


def _inside(box: Box, known: Known) -> Iterator[Text]:
    about = [
        "; ".join(ref.name for ref in box.papers) or "of no paper yet",
        "; ".join(ref.name for ref in box.mechanisms),
        ", ".join(filter(None, (box.setting, box.site, box.country))),
        str(box.status),
    ]
    yield Text(" · ".join(filter(None, about)), Style.NOTE)
    if box.narrative:
        yield Text(box.narrative)
    if box.elements:
        yield Text(write(box.parts), Style.CHAIN)
    for element in box.elements:
        name = _called(element)
        if beside := beside_of(element):
            yield Text(beside, Style.QUOTE, name)
        for source in element.sources:
            yield Text(source_sentence(source, known), Style.QUOTE, name)
    if missing := [_named(element) for element in box.elements if not element.sources]:
        whole = len(missing) == len(box.elements)
        yield Text("any part" if whole else "; ".join(missing), Style.QUOTE, "No source was recorded for")
    if box.printed:
        yield Text(box.printed, Style.TEXT, "As the source prints it:")
    for relation in box.relations:
        other = relation.configuration
        named = other.name or f"#{known.numbers.get(other.uid, 0)}"
        note = f" ({relation.note})" if relation.note else ""
        yield Text(f"{relation.kind} box {named}{note}", Style.QUOTE, "This box")


def _called(element: BoxElement) -> str:
    return f"{_named(element)}:"


def _named(element: BoxElement) -> str:
    part = element.part
    return f"{part.label or part.kind}, “{_short(part.text)}”" if part.text else str(part.label or part.kind)


def _short(text: str, words: int = 6) -> str:
    found = line(text).split()
    return " ".join(found[:words]) + (" …" if len(found) > words else "")


def source_sentence(source: Source, known: Known) -> str:
    """Return what a part rests on: the quotation, paper, page and person, or what else it is."""
    if source.kind is not SourceKind.EXCERPT:
        by = known.people.get(source.uid, "")
        return f"{source.kind}: {source.text}".strip() + (f" ({by})" if by else "")
    said = f"“{source.quotation}”" if source.quotation else "no words quoted"
    place = place_of(source.locator, known.pages.get(source.excerpt)) or "page not recorded"
    where = ", ".join(filter(None, (source.paper.name if source.paper else "", place)))
    by = known.people.get(source.uid, "")
    return f"{said} ({'; '.join(filter(None, (where, by)))}) {source.text}".strip()


# -- tables -------------------------------------------------------------------------------------------------


def cmoc_document(chosen: Chosen, *, together: bool = False) -> Document:
    """Return tables of configurations, one for each mechanism, or all *together* with a column for it."""
    title = "Table of context–mechanism–outcome configurations"
    if together:
        table = _cmoc_table(
            "Configurations",
            title,
            [(box, name) for name, some in chosen.under for box in some],
            chosen.known,
            True,
        )
        return Document(title, [table], [*chosen.about, *chosen.left_out])
    parts: list[Table | Text] = []
    for n, (name, some) in enumerate(chosen.under, 1):
        title_of = f"Configurations {name}" if name == _NONE else f"Configurations under “{line(name)}”"
        parts.append(_cmoc_table(f"CMOC-{n}", title_of, [(box, name) for box in some], chosen.known, False))
    parts.append(Text(_VALENCES if parts else "There is no box to print.", Style.NOTE))
    return Document(title, [*parts, *(Text(one, Style.NOTE) for one in chosen.left_out)], chosen.about)


def _cmoc_table(key: str, title: str, rows: Sequence[tuple[Box, str]], known: Known, together: bool) -> Table:
    there = {element.part.kind for box, _ in rows for element in box.elements}
    kinds = [kind for kind in _KINDS if kind in _ALWAYS or kind in there]
    columns = [Column("mechanism of the theory", share=0.9)] if together else []
    columns += [Column("configuration", share=1.2)]
    columns += [Column(_KINDS[kind]) for kind in kinds]
    columns += [Column("papers", share=0.8), Column("quotation", share=1.6)]
    behind: dict[str, Behind] = {}
    made = []
    for n, (box, under) in enumerate(rows, 1):
        name = box_name(box, known.numbers)
        pieces = tuple(
            source_piece(name, element, source, known)
            for element in box.elements
            for source in element.sources
        )
        if together and pieces:
            behind[str(n)] = Behind(name, "quotation", pieces)
        cells = [Cell(under)] if together else []
        cells += [Cell("\n".join(filter(None, (box.title, box.narrative))) or "without title")]
        cells += [
            Cell("\n".join(_part_text(one) for one in box.elements if one.part.kind == kind))
            for kind in kinds
        ]
        cells += [
            Cell("\n".join(ref.name for ref in box.papers) or "of no paper yet"),
            Cell("\n".join(_quotations(box, known)), behind=str(n) if together and pieces else ""),
        ]
        made.append(Row(name, cells, box.uid))
    notes = [_VALENCES] if together else []
    return Table(key, title, "box", columns, made, (), notes, behind, "What the boxes rest on")


def _part_text(element: BoxElement) -> str:
    part = element.part
    marks = [str(part.valence).replace("-", "−")] if part.valence else []
    marks += [str(word) for word in (part.activation, part.basis) if word]
    return line(part.text) + (f" ({', '.join(marks)})" if marks else "")


def _quotations(box: Box, known: Known) -> Iterator[str]:
    found = [source for element in box.elements for source in element.sources]
    if not found:
        yield "no source recorded"
    for source in found:
        yield line(source_sentence(source, known))
