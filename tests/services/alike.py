"""Small invented exports of papers that are alike, imported; which papers are read as one; what is asked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from realist.queries import compared, sameness
from realist.queries.doubts import questions
from realist.queries.grouping import paper_grouping
from realist.services.history import undo
from realist.services.importing import Origin, import_file
from realist.services.unit import Desk
from tests.services.dumps import dump

Groups = set[frozenset[str]]


class Entry(NamedTuple):
    """One record of an export; whatever is empty is left out of the file."""

    title: str = "Walking groups after stroke: a realist evaluation of peer support"
    authors: tuple[str, ...] = ("Okafor, Ngozi", "Reid, Ewan")
    year: str = "2014"
    journal: str = "Invented Studies"
    volume: str = "4"
    number: str = ""
    pages: str = "111-129"
    doi: str = ""
    type: str = "JOUR"

    def ris(self) -> str:
        """Return the record as a file has it."""
        fields = [("TY", self.type), ("TI", self.title), *(("AU", name) for name in self.authors)]
        fields += [("PY", self.year), ("JO", self.journal), ("VL", self.volume), ("IS", self.number)]
        fields += [("SP", self.pages), ("DO", self.doi)]
        return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n\n"


WALKING = Entry()
GARDENS = Entry("How allotment gardens keep carers well in two northern towns", ("Lind, Eva",), "2016",
                "Garden Fictions", "12", pages="7-19")  # fmt: skip
TEA = Entry("Tea, talk and trust in rural memory cafés", ("Ito, Kenji", "Poe, Mary"), "2019",
            "Journal of Imaginary Dementia", "3", pages="201-222")  # fmt: skip
UNTITLED = Entry(title="", pages="301-319", volume="9")
"""Twice, it is doubtful: all else agrees, and what it is about is not known."""
ERRATUM = WALKING._replace(title=f"Erratum: {WALKING.title}", pages="300")
"""It is related to WALKING and not the same."""

_WORDS = ("Rain", "Snow", "Hail", "Fog", "Wind", "Dew", "Ice", "Sun", "Mist", "Thaw")
FILLERS = [
    Entry(f"{word} and its uses in invented towns, {n}", (f"Name{n}, A.",), str(1980 + n), "Fiction", str(n))
    for n, word in enumerate(_WORDS)
]
"""Ten papers unlike all others, so that one or two new ones are few."""


def loud(entry: Entry) -> Entry:
    """Return the same paper as another database has it."""
    return entry._replace(title=entry.title.upper(), authors=tuple(map(_short, entry.authors)))


def _short(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{family} {given[:1]}"


def brought(desk: Desk, folder: Path, *entries: Entry) -> None:
    """Import entries as a file of their own."""
    path = folder / f"export {len(list(folder.glob('export *.ris')))}.ris"
    path.write_text("".join(entry.ris() for entry in entries), encoding="utf-8")
    import_file(desk, path, Origin(), again=True)


def groups(desk: Desk) -> Groups:
    """Return the numbers of papers that are read as one."""
    with desk.store.read() as connection:
        grouping = paper_grouping(connection)
        uids = [record.uid for record in sameness.comparable(connection)]
        names = sameness.named(connection, uids)
    found: dict[str, set[str]] = {}
    for uid in uids:
        found.setdefault(grouping[uid], set()).add(f"#{names[uid][0]}")
    return {frozenset(group) for group in found.values()}


def joined(desk: Desk) -> Groups:
    """Return the numbers of papers that are read as one, but for those that stand alone."""
    return {group for group in groups(desk) if len(group) > 1}


def asked(desk: Desk) -> dict[frozenset[str], str]:
    """Return by two papers what is asked of them: "same?", or how they seem related."""
    with desk.store.read() as connection:
        open_ = questions(connection)
        names = sameness.named(connection, [uid for row in open_ for uid in (row.one, row.other)])
    return {
        frozenset((f"#{names[row.one][0]}", f"#{names[row.other][0]}")): str(row.kind or "same?")
        for row in open_
    }


def together(*papers: str) -> Groups:
    """Return groups as they are told apart: ``together("#1 #2", "#3")``."""
    return {frozenset(group.split()) for group in papers}


def fresh(desk: Desk, setting: str = "balanced") -> int:
    """Return how many papers the next search by this setting would compare."""
    from realist.domain.duplicates import Setting

    with desk.store.read() as connection:
        return len(compared.compared(connection, Setting(setting)).fresh)


def last_act(desk: Desk) -> int:
    """Return the number of the last act."""
    return max(int(row["number"]) for row in dump(desk.store, log=True)["act"])


def back_to(desk: Desk, act: int) -> None:
    """Take back every act after number *act*, the last first."""
    for number in range(last_act(desk), act, -1):
        undo(desk, str(number))
