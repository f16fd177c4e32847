"""The flow for the R package PRISMA2020: its CSV, and the address that opens its page with the numbers.

Keys, order of columns and traps: Haddaway et al. 2022, Campbell Systematic Reviews 18:e1230, and the reader
of the package. It finds values by matching on the column ``data`` and headings on ``box``; lists are written
``reason, n; reason, n``, so that no label may hold a comma or a semicolon; an empty ``n`` takes a line out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from realist.queries.prisma import DATABASES, Number, Prisma
from realist.text import line
from realist.vocabulary import SearchKind

HEADER = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
PAGE = "https://estech.shinyapps.io/prisma_flowdiagram/"
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("", "node1", "prevstud", "Previous studies"),
    ("previous_studies", "node2", "box1", "Studies included in previous version of review"),
    ("previous_reports", "node3", "box1", "Reports of studies included in previous version of review"),
    ("", "node4", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node5", "box2", "Databases"),
    ("database_specific_results", "node5", "box2", "Databases, one by one"),
    ("register_results", "node6", "box2", "Registers"),
    ("register_specific_results", "node6", "box2", "Registers, one by one"),
    ("", "node7", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node8", "box11", "Websites"),
    ("organisation_results", "node8", "box11", "Organisations"),
    ("citations_results", "node8", "box11", "Citation searching"),
    ("duplicates", "node9", "box3", "Duplicate records removed"),
    ("excluded_automatic", "node9", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "node9", "box3", "Records removed for other reasons: known from an earlier stage"),
    ("records_screened", "node10", "box4", "Records screened"),
    ("records_excluded", "node11", "box5", "Records excluded"),
    ("dbr_sought_reports", "node12", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node13", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node14", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node15", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node16", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node17", "box9", "Reports excluded"),
    ("other_assessed", "node18", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node19", "box15", "Reports excluded"),
    ("new_studies", "node20", "box10", "New studies included in review"),
    ("new_reports", "node21", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "node22", "box16", "Reports of total included studies"),
    ("identification", "node23", "identification", "Identification"),
    ("screening", "node24", "screening", "Screening"),
    ("included", "node25", "included", "Included"),
)
_HEADINGS = ("", "identification", "screening", "included")


def prisma_csv(found: Prisma) -> str:
    """Return the CSV; numbers that are not known are empty, which takes their line out of the figure.

    Where a column of exclusions has one reason, "Other, 0" goes with it: earlier readers fail on a lone one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for key, node, box, text in _ROWS:
        value = "" if key in _HEADINGS else _value(found, key)
        writer.writerow([key, node, box, text, text, _how(found, key), "", value])
    return out.getvalue()


def prisma_link(found: Prisma) -> str:
    """Return the address of the package's page with the numbers that are known."""
    shown = {key: _value(found, key) for key, *_ in _ROWS if key not in _HEADINGS}
    switches = {"previous": "0", "other": "1", "dbDetail": str(int(bool(found.sources))), "regDetail": "0"}
    return f"{PAGE}?{urlencode({**{key: value for key, value in shown.items() if value}, **switches})}"


def _value(found: Prisma, key: str) -> str:
    if key == "database_specific_results":
        return _list(_sources(found, SearchKind.DATABASE))
    if key == "register_specific_results":
        return _list(_sources(found, SearchKind.REGISTER))
    if key in ("dbr_excluded", "other_excluded"):
        return _list(found.excluded.get(key.removesuffix("_excluded"), {}).items())
    number = found.numbers.get(key, Number(None, ""))
    return "" if number.value is None else str(number.value)


def _sources(found: Prisma, kind: SearchKind) -> Iterator[tuple[str, int]]:
    assert kind in DATABASES
    for of, name, n in found.sources:
        if of == kind and n is not None:
            yield name, n


def _list(pairs: Iterable[tuple[str, int]]) -> str:
    said: dict[str, int] = {}
    for name, n in pairs:
        label = line(name).replace(",", " –").replace(";", " /") or "not named"
        said[label] = said.get(label, 0) + n
    if len(said) == 1:
        said["Other"] = said.get("Other", 0)
    return "; ".join(f"{label}, {n}" for label, n in said.items())


def _how(found: Prisma, key: str) -> str:
    return found.numbers.get(key, Number(None, "")).how
