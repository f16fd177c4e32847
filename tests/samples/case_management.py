"""A small second review, made of the papers themselves: case management in primary care.

Enablers and barriers by clinic, by who speaks and by the dimensions of an integration framework. What is
coded is found in the papers by its place (a section, a sentence, a cell), so that no sentence of them stands
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from realist.domain.codes import read_book
from realist.services import attaching, coding, excerpting, papers
from realist.services.unit import Desk
from realist.vocabulary import Valence

CLINICS, PHARMACIES = "First steps (2022)", "Chouinard (2021)"
FILES = {
    CLINICS: "bmc_primary_care_first_steps_case_management.txt",
    PHARMACIES: "chouinard_2021_community_pharmacies.md",
    "Collective leadership": "pricare_collective_leadership_commentary.txt",
    "Schwarz (2025)": "schwarz_2025_ijic_abstract.txt",
}
DIMENSIONS = ("Clinical", "Professional", "Organisational", "System", "Functional", "Normative")
BOOK = 'name = "Integration"\nsource = "Rainbow model"\n' + "".join(
    f'\n[[code]]\nname = "{name}"\n' for name in DIMENSIONS
)
THEMES = (
    # under which heading, which sentence, the theme that grew from it, its sign, at which clinics
    ("Themes related to context", 0, "Collaboration", "+", "most clinics"),
    ("Themes related to context", 1, "Outside organisations", "-", "most clinics"),
    ("Themes related to context", 2, "Access to information", "-", "all clinics"),
    ("Themes related to context", 3, "Access to information", "-", "all clinics"),
    ("Themes related to context", 4, "Access to information", "+", "some clinics"),
    ("Themes related to context", 5, "Self-management", "+", "most clinics"),
    ("Themes related to characteristics", 0, "Leadership", "+", "most clinics"),
    ("Themes related to characteristics", 1, "Experience of case managers", "+", "most clinics"),
    ("Themes related to characteristics", 2, "Time", "-", "all clinics"),
)
_DIMENSION = re.compile(r"^#+ \**(\w+) integration\**$")
_SAID = re.compile(r"^“(?P<words>[^“”]+)” \((?P<who>[^()]+)\)$")
_ITEM = re.compile(r"(?<=[a-z)]) (?=[A-Z][a-z])")
_SENTENCE = re.compile(r"(?<=[a-z)])\. (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Coded:
    """A passage of a paper with its code, sign and site."""

    paper: str
    words: str
    code: str
    sign: str = ""
    site: str = ""


def themes(text: str) -> Iterator[Coded]:
    """Yield what the paper on six clinics says for and against, by theme and clinic."""
    lines = [one for one in text.splitlines() if one.strip()]
    for heading, place, theme, sign, site in THEMES:
        at = next(number for number, one in enumerate(lines) if one.startswith(heading))
        yield Coded(CLINICS, _SENTENCE.split(lines[at + 1])[place], theme, sign, site)


def voices(text: str) -> Iterator[Coded]:
    """Yield what people said in the paper on pharmacies, by the dimension that it stands under."""
    dimension = ""
    for one in text.splitlines():
        if heading := _DIMENSION.match(one):
            dimension = next(name for name in DIMENSIONS if name == heading[1])
        elif one.startswith("#"):
            dimension = ""
        elif dimension and (said := _SAID.match(one)):
            yield Coded(PHARMACIES, said["words"], dimension, site=said["who"].removeprefix("Individual "))


def table(text: str) -> Iterator[Coded]:
    """Yield the enablers and barriers of the table of that paper, by dimension."""
    for one in text.splitlines():
        cells = one.split("\t")
        if len(cells) == 4 and cells[0].startswith("<b>"):
            start = re.sub(r"^<b>(\w{6})\w*</b>.*", r"\1", cells[0])
            dimension = next(name for name in DIMENSIONS if name.startswith(start))
            for cell, sign in ((cells[2], "+"), (cells[3], "-")):
                if cell != "-":
                    yield from (Coded(PHARMACIES, item, dimension, sign) for item in _ITEM.split(cell))


def everything(folder: Path) -> list[Coded]:
    """Return all that is coded, in the order of the papers."""
    clinics, pharmacies = ((folder / FILES[name]).read_text("utf-8") for name in (CLINICS, PHARMACIES))
    return [*themes(clinics), *voices(pharmacies), *table(pharmacies)]


def build(desk: Desk, folder: Path) -> list[Coded]:
    """Make the review of the papers in *folder*; return what was coded."""
    for label, file in FILES.items():
        papers.add_paper(desk, label=label)
        attaching.attach(desk, label, folder / file)
    coding.add_framework(desk, read_book(BOOK))
    for theme in dict.fromkeys(theme for _, _, theme, _, _ in THEMES):
        coding.add_code(desk, theme)
    made = everything(folder)
    for one in made:
        uid = excerpting.quote(desk, one.paper, one.words)
        valence = Valence(one.sign) if one.sign else None
        coding.put_code(desk, "excerpt", uid, one.code, valence=valence, site=one.site)
    return made
