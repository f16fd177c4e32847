"""What rows are called, by uid alone: for texts in which a row refers to others."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from realist.store.tables import (
    Code,
    Configuration,
    Consultation,
    Context,
    Element,
    Entry,
    Framework,
    Import,
    IncludedSet,
    Mechanism,
    MechanismList,
    Milestone,
    Outcome,
    Paper,
    Person,
    Reason,
    Regularity,
    Round,
    Search,
    Stage,
    Study,
    Tag,
    Theory,
    TheoryPart,
)
from realist.text import shorten

LONGEST = 80
_FEW = 500
_NAMES: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (Paper, (Paper.label, Paper.title, Paper.doi)),
    (Mechanism, (Mechanism.name,)),
    (Configuration, (Configuration.label, Configuration.title)),
    (Element, (Element.text, Element.kind)),
    (Context, (Context.name,)),
    (Outcome, (Outcome.name,)),
    (Person, (Person.initials,)),
    (Round, (Round.name,)),
    (Reason, (Reason.text,)),
    (Stage, (Stage.name,)),
    (Search, (Search.name,)),
    (Import, (Import.file,)),
    (IncludedSet, (IncludedSet.name,)),
    (MechanismList, (MechanismList.name,)),
    (Consultation, (Consultation.name,)),
    (Tag, (Tag.name,)),
    (Study, (Study.name,)),
    (Framework, (Framework.name,)),
    (Code, (Code.name,)),
    (Theory, (Theory.name,)),
    (TheoryPart, (TheoryPart.name,)),
    (Regularity, (Regularity.name,)),
    (Milestone, (Milestone.name,)),
)


def called(connection: Connection, uids: Collection[str]) -> dict[str, str]:
    """Return the names, at most 80 characters each, of those of *uids* that something with a name has now.

    An entry into a round is called by its paper, a box without label and title by its number.
    """
    found: dict[str, str] = {}
    wanted = sorted(uids)
    for start in range(0, len(wanted), _FEW):
        some = wanted[start : start + _FEW]
        entries = select(Entry.uid, Paper.label, Paper.title).join(Paper, Paper.uid == Entry.paper)
        statements = [select(table.uid, *names).where(table.uid.in_(some)) for table, names in _NAMES]
        numbered = select(Configuration.uid, Configuration.number).where(Configuration.uid.in_(some))
        found |= {uid: f"box #{number}" for uid, number in connection.execute(numbered)}
        for statement in (*statements, entries.where(Entry.uid.in_(some))):
            for uid, *names in connection.execute(statement):
                found[uid] = shorten(next(filter(None, names), ""), LONGEST) or found.get(uid, "")
    return {uid: name for uid, name in found.items() if name}
