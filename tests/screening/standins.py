"""Stand-in records: as many papers as a real review had, with invented titles, some in several databases."""

from __future__ import annotations

from pathlib import Path
from random import Random

_TEXT = """
amber anchor basin beacon bramble bridge canopy canal cedar chalk cinder clover cobalt copper coral crane
crescent cypress delta drift ember estuary falcon fern fjord flint garnet glacier granite grove harbour hazel
heron hollow indigo iris island ivory jasper juniper kelp kestrel lagoon lantern larch ledge lichen linden
lotus lumber magnet maple marble marsh meadow mica mill moraine moss nectar nettle oak obsidian ochre olive
onyx orchard osprey otter pearl pebble pine plateau plume pollen prairie quarry quartz quill rapids raven reed
reef ridge river rowan russet saffron sage sand sedge shale shore silver slate spruce stone strait summit tarn
teal thistle tide timber topaz tundra umber valley violet walnut willow wren
"""
_WORDS = _TEXT.split()
_NAMES = ("Abara", "Berg", "Castro", "Dahl", "Eze", "Falk", "Greco", "Hansen", "Ito", "Jovic", "Kaur", "Lund")


class StandIns:
    """Makes papers and writes them as exports of several databases."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._made = 0

    def papers(self, count: int) -> list[dict[str, str]]:
        """Return *count* papers that nobody could take for each other."""
        chance = self._random
        found = []
        for _ in range(count):
            self._made += 1
            words = chance.sample(_WORDS, 9)
            found.append(
                {
                    "TI": f"{' '.join(words[:4]).capitalize()} and the {' '.join(words[4:])}",
                    "AU": f"{chance.choice(_NAMES)}, {chance.choice('ABCDEFGH')}",
                    "PY": str(chance.randint(1998, 2019)),
                    "JO": f"Journal of {chance.choice(_WORDS).capitalize()} Studies",
                    "VL": str(chance.randint(1, 60)),
                    "SP": str(chance.randint(10, 900)),
                    "DO": f"10.5555/standin.{self._made}",
                    "AN": f"S{self._made}",
                }
            )
        return found

    def again(self, paper: dict[str, str]) -> dict[str, str]:
        """Return a paper as another database has it: in capitals, without a DOI, with a key of its own."""
        self._made += 1
        other = {**paper, "TI": paper["TI"].upper() + ".", "AN": f"S{self._made}"}
        if self._random.random() < 0.5:
            del other["DO"]
        return other


def write_ris(path: Path, papers: list[dict[str, str]]) -> Path:
    """Write papers as RIS."""
    entries = []
    for paper in papers:
        lines = "".join(f"{tag}  - {value}\n" for tag, value in paper.items())
        entries.append(f"TY  - JOUR\n{lines}ER  - \n\n")
    path.write_text("".join(entries), encoding="utf-8")
    return path
