"""The page docs/import-compared.md, made from what `peers.py` measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

MADE = "<!-- Made by benchmarks/peers.py --write from its own measurements: run it again. -->"
NAMES = {
    "ris": "RIS",
    "nbib": "PubMed (NBIB)",
    "wos": "Web of Science, plain text",
    "wos-tab": "Web of Science, tab-delimited",
    "enw": "EndNote (ENW)",
    "ovid": "Ovid, tagged",
    "bibtex": "BibTeX",
    "endnote-xml": "EndNote XML",
    "csv": "CSV",
    "tsv": "TSV",
    "csl-json": "CSL-JSON",
    "xlsx": "XLSX",
}


def page(rows: Sequence[Any], python: str, told: int) -> str:
    """Return the page for the *rows* of `peers.py`; *told* records were refused by us, each by its line."""
    return "\n".join(_lines(rows, python, told)).rstrip() + "\n"


def _lines(rows: Sequence[Any], python: str, told: int) -> Iterator[str]:
    ours = [row for row in rows if row.reader == "realist"]
    yield from ("# Imports, side by side", "", MADE, "")
    files, records = sum(row.files for row in ours), sum(row.records for row in ours)
    yield (
        f"{files} real export files with {records:,} records, read by `realist` and by the libraries that "
        "are commonly used for them, in one run on one machine."
    )
    yield ""
    yield from _overall(rows, told)
    for form in dict.fromkeys(row.format for row in rows):
        yield from _table(form, [row for row in rows if row.format == form])
    yield from _method(rows, python)


def _overall(rows: Sequence[Any], told: int) -> Iterator[str]:
    """Yield the table over all formats: what each reader did with the files it can be asked for."""
    ours = {row.format: row for row in rows if row.reader == "realist"}
    yield from ("## All formats", "", "Each reader with the files of the formats that it reads.", "")
    yield (
        "| reader | formats | files | files refused | records missing | of | words lost "
        "| realist: missing, lost |"
    )
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for reader in dict.fromkeys(row.reader for row in rows):
        mine = [row for row in rows if row.reader == reader and row.files]
        if not mine:
            continue
        same = [ours[row.format] for row in mine]
        formats = "all" if reader == "realist" else "; ".join(NAMES[row.format] for row in mine)
        cells = (
            f"{reader} {mine[0].version or ''}".strip(),
            formats,
            sum(row.files for row in mine),
            sum(len(row.refused) for row in mine),
            sum(row.missing for row in mine),
            f"{sum(row.records for row in mine):,}",
            _share(mine),
            f"{sum(row.missing for row in same)}, {_share(same)}",
        )
        yield f"| {' | '.join(map(str, cells))} |"
    yield ""
    missing = sum(row.missing for row in ours.values())
    yield (
        f"Of the {_count(missing, 'record')} that `realist` did not return, it told {told} with line, "
        "reason and text; the words of a refused record count as lost here."
    )
    yield ""


def _share(rows: Sequence[Any]) -> str:
    """Return the share of words that were lost."""
    return f"{100 * sum(row.lost for row in rows) / max(sum(row.words for row in rows), 1):.2f} %"


def _table(form: str, rows: Sequence[Any]) -> Iterator[str]:
    first = rows[0]
    heading = f"{_count(first.files, 'file')}, {_count(first.records, 'record')}."
    yield from (f"## {NAMES.get(form, form)}", "", heading, "")
    yield (
        "| reader | files refused | records missing | surplus | words lost | CPU | realist, same files "
        "| memory |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for row in rows:
        if row.version is None:
            yield f"| {row.reader} | not installed | | | | | | |"
            continue
        name = f"{row.reader} {row.version}".strip()
        read = row.files > len(row.refused)
        times = (f"{1000 * row.seconds:.1f} ms", f"{1000 * row.ours:.1f} ms", f"{row.memory:.0f} MB")
        cells = (
            name,
            len(row.refused),
            row.missing,
            row.surplus,
            _share([row]),
            *(times if read else ("",) * 3),
        )
        yield f"| {' | '.join(map(str, cells))} |"
    yield ""


def _method(rows: Sequence[Any], python: str) -> Iterator[str]:
    yield from ("## How it was measured", "")
    yield from (
        f"- Python {python}. Versions stand in the tables; `benchmarks/peers.txt` and "
        "`benchmarks/peers-asreview.txt` pin them.",
        "- Every file is read by every reader in a process of its own, with a limit of 60 seconds. A file is "
        "*refused* if the reader raises an exception, passes the limit, or returns nothing of a file that "
        "holds records; all its records count as missing and all its words as lost.",
        "- *Missing* are records fewer than the file holds, *surplus* those it does not hold, counted file "
        "by file. The number of records was counted by other means than any of these readers.",
        "- *Words* are the runs of letters and digits in the values of all fields, in any case, found by "
        "plain scanners that belong to none of the readers. A word is lost if it is nowhere in what the "
        "reader returns for the file, names of fields included. In BibTeX the names of strings such as `jan` "
        "and the *and* between authors are left out.",
        "- *CPU* is the sum over the files that the reader did not refuse, of the fastest of three readings "
        "of each; beside it the time of `realist` for the same files, which includes hashing the file, "
        "finding its encoding and mapping its fields. *Memory* is the highest peak of a process, its "
        "libraries included. The files are small; large ones are for the other benchmarks.",
        "- Readers that take text are given it in the right encoding; the others are given the file. pybtex "
        "is let go on after mistakes (`set_strict_mode(False)`); of bibtexparser its `entries` are taken, "
        "not the `failed_blocks` to which it moves records with a repeated field or key.",
        "- ASReview twice: *reader* is the table that it makes of a file, the other line what its user gets, "
        "which keeps eight fields by design.",
    )
    absent = [name for form, name in NAMES.items() if form not in {row.format for row in rows if row.files}]
    if absent:
        yield f"- The files hold no export of these formats, which `realist` reads too: {', '.join(absent)}."
    yield ""
    yield "`python benchmarks/peers.py --write` makes this page anew."


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
