"""Invented exports of any size, each record about as long as real ones are on average."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from pathlib import Path

TEXT = """programme context mechanism outcome trust nurses support training peer community practice the of
and in to a for with on was were by that this evidence realist review theory patients care staff reported
implementation engagement motivation resources reasoning interviews sessions follow-up adherence rural
school-based intervention (n = 214) 95% CI; p < 0.05, however therefore between among across studies"""
WORDS = TEXT.split()
ACCENTED = ("naïve", "Zürich", "“what", "works”", "patients’", "–")
NAMES = ("Okafor", "Lindqvist", "Marín", "Tanaka", "O'Dell", "van Beek", "Nowak", "Haddad", "Silva", "Reid")
JOURNALS = ("Journal of Invented Studies", "Annals of Made-Up Care", "Fictional Health Research")
WITH_COMMANDS = ("naïve", 'Z{\\"u}rich', "``what", "works''", "{RCT}", "50\\%", "--")
Text = Callable[[int], str]


def write_ris(path: Path, records: int) -> None:
    """Write *records* invented records of RIS, 2.5 kB each; 500 different ones repeat under new numbers."""
    _write(path, records, _ris, ACCENTED)


def write_nbib(path: Path, records: int) -> None:
    """Write *records* invented records of PubMed, 3.7 kB each."""
    _write(path, records, _nbib, ACCENTED)


def write_bibtex(path: Path, records: int) -> None:
    """Write *records* invented records of BibTeX, 1.65 kB each; one in fifty is not written plainly."""
    _write(path, records, _bibtex, WITH_COMMANDS)


def _write(
    path: Path, records: int, shape: Callable[[random.Random, Text], str], unusual: tuple[str, ...]
) -> None:
    chance = random.Random(7)
    shapes = [shape(chance, _text(chance, unusual)) for _ in range(500)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        for number in range(records):
            stream.write(shapes[number % 500].replace("@N@", str(10_000_000 + number)))


def _text(chance: random.Random, unusual: tuple[str, ...]) -> Text:
    """Return what makes text of a size from the words, in three of ten records with *unusual* ones."""
    vocabulary = (*WORDS, *unusual) if chance.random() < 0.3 else WORDS

    def text(size: int) -> str:
        words: list[str] = []
        while size > 0:
            words.append(chance.choice(vocabulary))
            size -= len(words[-1]) + 1
        return " ".join(words)

    return text


def _ris(chance: random.Random, text: Text) -> str:
    people = [f"AU  - {chance.choice(NAMES)}, {chance.choice('ABCDEJKM')}." for _ in range(5)]
    first = chance.randint(1, 900)
    lines = [
        "TY  - JOUR",
        f"TI  - {text(95).capitalize()}",
        *people,
        f"PY  - {chance.randint(1990, 2024)}",
        f"T2  - {chance.choice(JOURNALS)}",
        f"VL  - {chance.randint(1, 80)}",
        f"IS  - {chance.randint(1, 12)}",
        f"SP  - {first}",
        f"EP  - {first + 12}",
        "DO  - 10.99999/inv.@N@",
        "UR  - https://example.org/record?id=@N@&from=export",
        f"J2  - {text(14)}",
        "SN  - 1234-5678 (ISSN)",
        *[f"AD  - {text(90)}" for _ in range(3)],
        f"AB  - {text(1300)}",
        *[f"KW  - {text(18)}" for _ in range(10)],
        "LA  - English",
        "M3  - Article",
        f"N1  - Cited By: {chance.randint(0, 90)}; Export Date: 1 May 2024",
        "AN  - INV@N@",
        "DB  - Invented",
        "ER  - ",
        "",
        "",
    ]
    return "\n".join(lines)


def _nbib(chance: random.Random, text: Text) -> str:
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


def _bibtex(chance: random.Random, text: Text) -> str:
    people = " and ".join(f"{chance.choice(NAMES)}, {chance.choice('ABCDEJKM')}." for _ in range(5))
    first = chance.randint(1, 900)
    odd = chance.random() < 0.02
    lines = [
        "@article{inv@N@,",
        f"  author = {{{people}}},",
        f"  title = {{{text(95).capitalize()}}},",
        f"  journal = {{{chance.choice(JOURNALS)}}}" + (" # { \\& More}," if odd else ","),
        f"  year = {chance.randint(1990, 2024)},",
        "  month = mar,",
        f"  volume = {{{chance.randint(1, 80)}}},",
        f"  number = {{{chance.randint(1, 12)}}},",
        f"  pages = {{{first}--{first + 12}}},",
        "  doi = {10.99999/inv.@N@},",
        "  url = {https://example.org/record?id=@N@&from=export},",
        "  issn = {1234-5678},",
        f"  abstract = {{{text(950)}}},",
        f"  keywords = {{{'; '.join(text(18) for _ in range(8))}}},",
        "  language = {English},",
        f"  note = {{Cited By: {chance.randint(0, 90)}}},",
        "}",
        "",
        "",
    ]
    return "\n".join(lines)
