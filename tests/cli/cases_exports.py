"""Cases of the verbs that write documents: the grid, boxes."""

from __future__ import annotations

from tests.cli.case import Case

EXPORTS: dict[str, Case] = {
    "export grid": Case(
        "export grid out.docx --show stance", "The grid was written to out.docx: 5 papers, 4 mechanisms.",
        "file format papers mechanisms",
        "export grid out.odt", "out.odt does not say which format: end it in one of .csv",
        "export grid no/where.html", "no/where.html cannot be written: No such file or directory.",
    ),
    "export boxes": Case(
        "export boxes out.html --mechanism 'Use of power'", "1 box was written to out.html.",
        "file format boxes left_out",
        "export boxes out.csv --as boxes", "CSV holds tables: leave --as out",
        "export boxes out.docx --set nowhere", "There is no included set 'nowhere' in this review.",
    ),
}  # fmt: skip
