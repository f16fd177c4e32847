"""Consultations with people who are no papers: what was shown, said and decided."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.errors import Refused
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.services.unit import Desk, count_of
from realist.store.tables import Consultation, ConsultationDecision, Feedback
from realist.text import line, paragraphs
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice


def add_consultation(
    desk: Desk,
    name: str,
    *,
    kind: ConsultationKind = ConsultationKind.STAKEHOLDERS,
    mode: ConsultationMode | None = None,
    held: str = "",
    stage: str = "",
    people: int | None = None,
    who: str = "",
    shown: str = "",
    decisions: Sequence[str] = (),
) -> str:
    """Record a consultation and what it decided; return its uid. Who was there is said by role."""
    name = line(name)
    with desk.unit("add consultation", name) as work:
        if not name:
            raise Refused("A consultation needs a name.")
        if work.connection.execute(select(Consultation.uid).where(Consultation.name == name)).first():
            raise Refused(f"There is already a consultation {name!r} in this review.")
        row = Consultation(position=work.position(Consultation), name=name, kind=kind, mode=mode)
        row.people = count_of(people, "The number of people")
        row.held, row.who, row.shown = line(held), paragraphs(who), paragraphs(shown)
        row.stage = resolve(work.connection, "stage", stage) if stage else None
        work.add(row)
        for position, words in enumerate(decisions, 1):
            work.add(ConsultationDecision(consultation=row.uid, position=position, text=paragraphs(words)))
        return row.uid


def add_feedback(
    desk: Desk,
    voice: Voice,
    words: str,
    *,
    consultation: str = "",
    mechanism: str = "",
    configuration: str = "",
    who: str = "",
) -> str:
    """Record what was said of a mechanism or configuration; return its uid. It is never a tick."""
    with desk.unit("add feedback", mechanism or configuration or consultation) as work:
        if not (mechanism or configuration or consultation):
            raise Refused("Feedback is about a mechanism or a configuration, or stands under a consultation.")
        row = Feedback(voice=voice, words=paragraphs(words), who=line(who))
        row.consultation = resolve(work.connection, "consultation", consultation) if consultation else None
        row.mechanism = resolve(work.connection, "mechanism", mechanism) if mechanism else None
        row.configuration = (
            resolve_any(work.connection, "configuration", configuration, viewer=desk.initials)
            if configuration
            else None
        )
        return work.add(row).uid
