"""Verbs for the supplement of a paper: reports, figures, the flow in files."""

from __future__ import annotations

from tests.cli.case import Case

_NO_PLACE = "cannot be written: No such file or directory."


def _report(name: str, says: str, keys: str = "title") -> Case:
    return Case(
        f"report {name}", says, keys,
        f"report {name} --format odt out.odt", "'odt' is not one of",
        f"report {name} no/where.docx", f"no/where.docx {_NO_PLACE}",
    )  # fmt: skip


CASES = {
    "report characteristics": _report("characteristics", "Characteristics of included papers"),
    "report appraisals": _report("appraisals", "Appraisal of included papers"),
    "report excluded": _report("excluded", "Papers excluded at full text"),
    "report searches": _report("searches", "Searches as they were run"),
    "report feedback": _report("feedback", "What stakeholders said"),
    "report methods": _report("methods", "Names and numbers only"),
    "report rameses": _report("rameses", "Document flow diagram", "number name section state facts"),
    "report entreq": _report("entreq", "Synthesis methodology", "number name section state facts"),
    "export all": Case(
        "export all out --no-archive", "index.html lists them.", "folder files",
        "export all", "Missing argument 'FOLDER'",
        "export all no/where", f"no/where {_NO_PLACE}",
    ),
    "export figure": Case(
        "export figure grid out.svg", "The figure was written to out.svg.", "file figure bytes",
        "export figure grid out.gif", "out.gif does not say how to draw: end it in one of .svg, .pdf, .png.",
        "export figure years no/where.svg", f"no/where.svg {_NO_PLACE}",
    ),
}  # fmt: skip
