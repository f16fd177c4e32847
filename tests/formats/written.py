"""Papers to write and the law that what is written reads back, for the tests of writers."""

from __future__ import annotations

import io
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from realist.formats import writing
from realist.formats.door import open_export
from realist.formats.records import Fields, Problem
from realist.formats.values import doi_of, listed, one_line, prose, web_address
from realist.formats.writing.losses import Loss
from realist.formats.writing.types import FORMS, OWN, type_in

TRAPS = (
    "ER  - ", "TY  - JOUR", "\n", "\n\n", "HR - ", "\nCI - ", " and ", "{", "}", "\\", "\\'e", "%", "--",
    "``", "''", "~", "^", "_", "$x^2$", "&", "&amp;", "&lt;", ";", "; ", ",", '"', '","', "'", "'=",
    "=1+1", "-", "+", "@", "\n@article{x,", "@foo(", "＝", "<b>", "]]>", "<!--", "<![CDATA[", "\x00",
    "\x1b[31m", "\u202e", "\u2028", "\x85", "\ufeff", "\ufffe", "\uffff", "\ud800", "\U0010fe00", "\xa0",
    "é", "e\u0301", "ß", "領導", "🙂", "doi:10.1000/x", "https://doi.org/10.1000/x", "PMID: 12345",
    "Accession Number: 9", "no. 1", "_x0041_", "Copyright of x is the property of y",
    "RAYYAN-INCLUSION: ", '{"A"=>"Included"} |', "\t", "\r", "others", "null", "\\textit{a}", "\\&",
    "?`", "1e5",
)  # fmt: skip
ORDINARY = Fields(
    source_key="L2012345",
    title="Talking to someone who has been there: peer visits after stroke (a realist evaluation)",
    authors=("Okafor, Ngozi A.", "Løvstad-Müller, Åse", "de la Cruz, J. M.", "王, 小明"),
    editors=("Hale, Ruth",),
    year=2019,
    journal="Journal of Invented Rehabilitation & Care",
    volume="12",
    number="3-4",
    pages="101-115",
    doi="10.5555/jir.2019.101_a",
    pmid="31234567",
    url="https://example.org/jir/12/3?page=101&view=full_text",
    abstract="BACKGROUND: 50% of visits – “the first ones” – failed.\n\nRESULTS: p < 0.05, 12 of 24.",
    keywords=("stroke", "peer support", "Rehabilitation/methods", "*Caregivers"),
    language="English",
    notes="Cited by 3.\nA second note, on another line.",
    database="Embase",
    publisher="Invented Press, Ltd.",
)

_raw = st.lists(
    st.one_of(st.text(st.characters(), max_size=6), st.sampled_from(TRAPS)), max_size=5
).map("".join)  # fmt: skip
_line = st.one_of(st.just(""), _raw.map(one_line))
_entries = st.one_of(
    st.lists(_raw, max_size=3).map(listed),
    st.lists(_raw.map(one_line).filter(bool), max_size=3).map(tuple),
)
_types = st.one_of(
    st.sampled_from(sorted(set().union(*OWN.values()))), st.sampled_from(("", "Review")), _line
)

HOSTILE = st.builds(
    Fields,
    source_key=_line,
    type=_types,
    title=_line,
    authors=_entries,
    editors=_entries,
    year=st.one_of(st.none(), st.integers(1000, 2100), st.integers(-5, 99999)),
    journal=_line,
    volume=_line,
    number=_line,
    pages=st.one_of(_line, st.sampled_from(("1-9", "e12", "S3-S9", "9-1", "12, 14-16", "p. 4", "100–109"))),
    doi=st.one_of(_raw.map(lambda text: doi_of("10.1000/a" + text)), _line),
    pmid=st.one_of(st.from_regex(r"[0-9]{1,8}", fullmatch=True), _line),
    url=st.one_of(_raw.map(lambda text: web_address("https://example.org/a" + text)), _line),
    abstract=_raw.map(prose),
    keywords=_entries,
    language=_line,
    notes=_raw.map(prose),
    database=st.one_of(_line, st.sampled_from(("PubMed", "Scopus", "Embase"))),
    publisher=_line,
)
"""Papers with whatever a file can have brought, made plain as every reader makes it."""

UNPLAIN = st.builds(
    Fields, title=_raw, authors=st.lists(_raw, max_size=2).map(tuple), abstract=_raw, notes=_raw
)
"""Papers with texts that nobody made plain."""


def write(papers: Sequence[Fields], name: str) -> tuple[bytes, dict[int, list[Loss]]]:
    """Return the file of *papers* in a format, and what was lost, by the number of the paper from 0."""
    lost: dict[int, list[Loss]] = defaultdict(list)
    target = io.BytesIO()
    writing.write(papers, name, target, lambda number, loss: lost[number - 1].append(loss))
    return target.getvalue(), lost


def read_back(content: bytes, name: str) -> dict[int, Fields]:
    """Return what the one door understands of a file, by position from 0; it has to see the format."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export")
        path.write_bytes(content)
        export = open_export(path)
        assert export.source.format == name
        return {item[0].position - 1: item[1] for item in export if not isinstance(item, Problem)}


def check_law(papers: Sequence[Fields], name: str) -> dict[int, list[Loss]]:
    """Assert that every field reads back equal, but for exactly those that are named; return these."""
    content, lost = write(papers, name)
    assert content == write(papers, name)[0]
    found = read_back(content, name)
    for number, before in enumerate(papers):
        named = {loss.field for loss in lost[number]}
        if "" in named:
            assert named == {""}
            assert number not in found
            continue
        after = found[number]
        for field, old, new in zip(Fields._fields, before, after, strict=True):
            made = field == "source_key" and not old and name in ("bibtex", "csl-json")
            made |= (
                field == "type"
                and name in FORMS
                and (new, True) == type_in(name, before.type, before.journal)
            )
            assert (old == new or made) is (field not in named), (field, old, new)
    return lost
