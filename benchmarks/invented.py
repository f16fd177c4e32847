"""Invented PubMed exports of any size, about 4 kB a record as real ones are on average."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path

from read_ris import ACCENTED, JOURNALS, NAMES, WORDS


def write_nbib(path: Path, records: int) -> None:
    """Write *records* invented records; 500 different ones repeat under new numbers."""
    chance = random.Random(11)
    shapes = [_shape(chance) for _ in range(500)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        for number in range(records):
            stream.write(shapes[number % 500].replace("@N@", str(10_000_000 + number)))


def _shape(chance: random.Random) -> str:
    vocabulary = (*WORDS, *ACCENTED) if chance.random() < 0.3 else WORDS

    def text(size: int) -> str:
        words: list[str] = []
        while size > 0:
            words.append(chance.choice(vocabulary))
            size -= len(words[-1]) + 1
        return " ".join(words)

    year, first = chance.randint(1990, 2024), chance.randint(1, 900)
    fields = [
        ("PMID", "@N@"), ("OWN", "NLM"), ("STAT", "MEDLINE"), ("DCOM", f"{year}0901"), ("LR", f"{year}1201"),
        ("IS", "1234-5678 (Electronic)"), ("IS", "8765-4321 (Linking)"),
        ("VI", str(chance.randint(1, 80))), ("IP", str(chance.randint(1, 12))),
        ("DP", f"{year} May"), ("TI", text(95).capitalize() + "."), ("PG", f"{first}-{first + 12}"),
        ("LID", "10.99999/inv.@N@ [doi]"), ("AB", text(1300)), ("CI", "Copyright (c) by nobody."),
    ]  # fmt: skip
    for _ in range(5):
        name, initial = chance.choice(NAMES), chance.choice("ABCDEJKM")
        fields += [("FAU", f"{name}, {initial}na"), ("AU", f"{name} {initial}"), ("AD", text(150) + ".")]
    fields.append(("AUID", "ORCID: 0000-0000-0000-000X"))
    fields += [
        ("LA", "eng"), ("PT", "Journal Article"), ("DEP", f"{year}0415"), ("PL", "Nowhere"),
        ("TA", "Inv J"), ("JT", chance.choice(JOURNALS)), ("JID", "0000000"), ("SB", "IM"),
    ]  # fmt: skip
    fields += [("MH", text(22).capitalize()) for _ in range(8)] + [("OT", text(16)) for _ in range(3)]
    fields += [("PMC", "PMC@N@"), ("EDAT", f"{year}/04/20 06:00"), ("MHDA", f"{year}/09/01 06:00")]
    fields += [("CRDT", f"{year}/04/20 00:12")]
    events = ("received", "revised", "accepted", "pubmed", "medline", "entrez")
    fields += [("PHST", f"{year}/0{n}/1{n} 00:00 [{event}]") for n, event in enumerate(events, 1)]
    fields += [("AID", "inv@N@ [pii]"), ("AID", "10.99999/inv.@N@ [doi]"), ("PST", "ppublish")]
    fields += [("SO", f"Inv J. {year} May;1(2):{first}-{first + 12}. doi: 10.99999/inv.@N@.")]
    lines = [
        "\n".join(textwrap.wrap(value, 78, initial_indent=f"{tag:<4}- ", subsequent_indent="      "))
        for tag, value in fields
    ]
    return "\n".join(lines) + "\n\n"
