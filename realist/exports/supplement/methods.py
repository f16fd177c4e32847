"""A paragraph on methods, of names and numbers only, to be edited; what stakeholders said by mechanism."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from realist.exports.table import Cell, Column, Document, Heading, Row, Style, Table, Text
from realist.queries.facts import facts
from realist.queries.review import review
from realist.store.tables import Configuration, Consultation, Feedback, Mechanism

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


def feedback(connection: Connection) -> Document:
    """Return what people who are no papers said, by mechanism: voice, words, who, at which consultation.

    Never a tick: it stands beside the evidence.
    """
    of = Feedback
    rows = connection.execute(
        select(
            Mechanism.number, Mechanism.name, Configuration.number, Configuration.label, of.voice, of.words,
            of.who, Consultation.name, Consultation.held,
        )
        .outerjoin(Mechanism, Mechanism.uid == of.mechanism)
        .outerjoin(Configuration, Configuration.uid == of.configuration)
        .outerjoin(Consultation, Consultation.uid == of.consultation)
        .order_by(Mechanism.number, Configuration.number, of.at, of.uid)
    ).all()  # fmt: skip
    under: dict[str, list[Row]] = defaultdict(list)
    for number, name, box, label, voice, words, who, consultation, held in rows:
        about = f"M{number} {name}" if name else f"Box {label or f'#{box}'}" if box else "Of other things"
        when = " ".join(filter(None, (consultation, f"({held})" if held else "")))
        under[about].append(Row(str(voice), [Cell(words), Cell(who), Cell(when)]))
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
