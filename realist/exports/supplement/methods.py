"""A paragraph on methods, of names and numbers only, to be edited; what stakeholders said by mechanism."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from realist.exports.table import Cell, Column, Document, Heading, Row, Style, Table, Text
from realist.queries.consulting import feedback as said_of
from realist.queries.facts import facts
from realist.queries.review import review

_SECTIONS = {
    "Question": ("question", "scheme"),
    "Searching": ("scoping", "searches"),
    "Selection": ("selection", "excluded"),
    "Appraisal and extraction": ("appraisal", "extraction"),
    "Synthesis": ("analysis", "stakeholders", "changes"),
    "People and software": ("reviewers", "software"),
}


def methods(connection: Connection, *, viewer: str = "") -> Document:
    """Return what the review can say of its methods: names and numbers, for authors to make sentences of."""
    parts: list[Heading | Text] = []
    for title, names in _SECTIONS.items():
        found = facts(connection, names, viewer=viewer)
        if found:
            parts += [Heading(title), Text(" ".join(fact.text for fact in found))]
    parts.append(Text("Names and numbers only, taken from the review; to be edited.", Style.NOTE))
    return Document("Methods", parts, [str(review(connection)["title"])])


def feedback(connection: Connection, *, viewer: str = "") -> Document:
    """Return what people who are no papers said, as far as *viewer* may see it, by what they said it of.

    Mechanisms first; voice, words, who, at which consultation. Never a tick: it stands beside the evidence.
    """
    under: dict[str, list[Row]] = defaultdict(list)
    said = sorted(said_of(connection, viewer=viewer), key=lambda one: one["kind"] != "mechanism")
    for one in said:
        about = f"{one['kind']} {one['of']}".strip() if one["of"] else "in general"
        cells = [Cell(one["words"]), Cell(one["who"]), Cell(one["consultation"])]
        under[about[0].upper() + about[1:]].append(Row(str(one["voice"]), cells, uid=one["uid"]))
    columns = [
        Column("Words", field="words", share=3.0), Column("Who", field="who"),
        Column("Consultation", field="consultation"),
    ]  # fmt: skip
    tables = [
        Table(f"feedback-{place}", about, "Voice", columns, some)
        for place, (about, some) in enumerate(under.items(), 1)
    ]
    none = [] if tables else [Text("Nothing that was said is recorded.")]
    return Document("What stakeholders said", [*none, *tables], [str(review(connection)["title"])])
