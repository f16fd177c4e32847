"""The verb that writes the evidence map."""

from __future__ import annotations

from tests.cli.case import Case

CASES = {
    "export map": Case(
        "export map map.html", "The evidence map was written to map.html: 5 papers, 4 mechanisms",
        "file bytes papers mechanisms claims boxes",
        "export map map.txt", "map.txt is to be a web page: end it in .html.",
        "export map map.html --list nowhere", "There is no mechanism list 'nowhere' in this review.",
    ),
}  # fmt: skip
