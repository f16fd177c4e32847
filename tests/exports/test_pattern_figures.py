"""Chains, saturation and lineage as text, Mermaid and SVG: right, the same each time, and harmless."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

import pytest

from realist.domain.configuration import Box, BoxElement, Link
from realist.domain.notation import Part
from realist.domain.patterns.chains import chains
from realist.domain.patterns.lineage import Tie, lineage
from realist.domain.patterns.saturation import ReadPaper, stretches
from realist.exports.chains import chains_json, chains_mermaid, chains_svg, chains_text
from realist.exports.drawing import mermaid
from realist.exports.lineage import lineage_json, lineage_mermaid, lineage_text
from realist.exports.saturation import bar, saturation_svg, saturation_text
from realist.queries.lineage import Descent
from realist.queries.patterns import Accounts
from realist.text import cell_width
from realist.vocabulary import ConfigurationStatus, ElementKind, Valence

EVIL = (
    '\x1b]0;x\x07<script>alert(1)</script>"]; click a "javascript:x" %%{init}%% `**b**` & '
    "\u202e'\\ end\n--> x"
)
SVG = "{http://www.w3.org/2000/svg}"


def accounts(words: str = "", n: int = 3, *, status: str = "paper-level") -> Accounts:
    """Return boxes b1 … each of its own paper, the outcome of each linked to the next, of the last to b1."""
    boxes = []
    for at in range(1, n + 1):
        parts = (
            BoxElement(Part(ElementKind.CONTEXT, words or f"context {at}"), f"b{at}c"),
            BoxElement(
                Part(ElementKind.OUTCOME, words or f"outcome {at}", Valence.MINUS, segment=2), f"b{at}o"
            ),
        )
        link = Link(f"b{at}o", f"b{at % n + 1}c", f"l{at}", words)
        boxes.append(
            Box(
                f"b{at}",
                words or f"B{at}",
                words,
                elements=parts,
                links=(link,),
                status=ConfigurationStatus(status),
            )
        )
    papers = {box.uid: (f"p{box.uid}",) for box in boxes}
    labels = {f"pb{at}": words or f"Paper {at}" for at in range(1, n + 1)}
    return Accounts(tuple(boxes), {f"b{at}": at for at in range(1, n + 1)}, papers, labels, {})


def test_a_chain_as_text() -> None:
    of = accounts()
    assert chains_text(chains(of.boxes), of, 80).splitlines() == [
        "1. 3 boxes of 3 papers · 1 loop",
        "#1 B1 context 1 (C) → outcome 1 (O–)",
        "  outcome –: outcome 1",
        "    ↳ context: context 2",
        "#2 B2 context 2 (C) → outcome 2 (O–)",
        "  outcome –: outcome 2",
        "    ↳ context: context 3",
        "#3 B3 context 3 (C) → outcome 3 (O–)",
        "  outcome –: outcome 3",
        "    ↳ context: context 1 ↻ loop #1 → #2 → #3 → #1",
    ]
    (told,) = chains_json(chains(of.boxes), of)
    assert told["loops"] == [["b1", "b2", "b3"]]
    assert [one["from"]["part"] for one in told["links"]] == ["b1o", "b2o", "b3o"]


def test_a_chain_as_mermaid() -> None:
    of = accounts(n=2)
    assert chains_mermaid(chains(of.boxes), of) == (
        "flowchart LR\n"
        '  subgraph box1["#35;1 B1 context 1 (C) #8594; outcome 1 (O–)"]\n'
        '    box1part1["context: context 1"]\n'
        '    box1part2["outcome –: outcome 1"]\n'
        "    box1part1 --> box1part2\n"
        "  end\n"
        '  subgraph box2["#35;2 B2 context 2 (C) #8594; outcome 2 (O–)"]\n'
        '    box2part1["context: context 2"]\n'
        '    box2part2["outcome –: outcome 2"]\n'
        "    box2part1 --> box2part2\n"
        "  end\n"
        "  box1part2 ==> box2part1\n"
        '  box2part2 -.->|"loop"| box1part1\n'
    )


def test_a_mermaid_label_holds_nothing_that_means_something() -> None:
    label = mermaid(EVIL)
    assert re.fullmatch(r'"(?:[\w .,\-–:()+±\'“”’…]|#\d+;)*"', label)
    decoded = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label[1:-1])
    assert "<script>alert(1)</script>" in decoded
    assert "\n" not in decoded
    assert mermaid("") == '" "'


def _safe(figure: str) -> Element:
    """Return a figure after looking that it is SVG that runs nothing and holds no control character."""
    root = fromstring(figure)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {"svg", "title", "rect", "text", "path"}
    assert not any(
        name.lower().startswith("on") or "href" in name for one in root.iter() for name in one.attrib
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", figure)
    return root


def test_hostile_words_stay_words_in_every_figure() -> None:
    of = accounts(EVIL)
    found = chains(of.boxes)
    root = _safe(chains_svg(found, of))
    assert any("<script>" in (one.text or "") for one in root.iter(f"{SVG}text"))
    drawn = chains_mermaid(found, of)
    assert "<" not in drawn.replace("-.->", "")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e`]", drawn)
    tree = Descent(lineage(["b1", "b2", "b3"], [Tie("b1", "b2", EVIL), Tie("b1", "b3", "rests on")]), of, {})
    tree = Descent(tree.lineage, of, {box.uid: box for box in of.boxes})
    assert "<" not in lineage_mermaid(tree)


def test_figures_are_the_same_for_the_same_review() -> None:
    assert chains_svg(chains(accounts().boxes), accounts()) == chains_svg(
        chains(accounts().boxes), accounts()
    )


def test_boxes_of_an_svg_do_not_lie_on_each_other() -> None:
    of = accounts(n=7)
    root = _safe(chains_svg(chains(of.boxes), of))
    places = [(float(one.get("x", "0")), float(one.get("y", "0"))) for one in root.iter(f"{SVG}rect")][1:]
    assert len(places) == len(set(places)) == 7
    assert sum("dasharray" in str(one.attrib) for one in root.iter(f"{SVG}path")) == 1


@pytest.mark.parametrize("width", [40, 80, 120])
def test_saturation_fits_the_width(width: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    papers = [
        ReadPaper(f"p{n}", at, frozenset({f"m{min(n, 15)}"}), frozenset({f"b{n}", f"c{n}"}))
        for n in range(25)
    ]
    found = stretches(papers)
    lines = saturation_text(found, width).splitlines()
    assert all(cell_width(line) <= width for line in lines)
    assert [line.split()[:2] for line in lines[2:5]] == [["1–10", "10"], ["11–20", "6"], ["21–25", "0"]]
    root = _safe(saturation_svg(found))
    said = [one.text for one in root.iter(f"{SVG}text")]
    assert [one for one in said if one in ("new mechanisms", "new boxes", "unlike those before")] == [
        "new mechanisms", "new boxes", "unlike those before",
    ]  # fmt: skip
    assert said[-4:-1] == ["1–10", "11–20", "21–25"]
    heights = [float(one.get("height", "")) for one in [*root.iter(f"{SVG}rect")][1:4]]
    assert heights == [heights[0], round(heights[0] * 0.6, 1), 0.0]
    assert saturation_text([], width).startswith("No paper was read yet")
    _safe(saturation_svg([]))


def test_bars_are_as_long_as_what_they_say() -> None:
    assert [bar(n, 8, 4) for n in (0, 1, 4, 8)] == ["", "▌", "██", "████"]
    assert bar(1, 1000, 4) == "▏", "what is not nothing is seen"


def test_347_accounts_consolidated_into_75_can_be_read() -> None:
    n = 347 + 75
    boxes = tuple(
        Box(
            f"b{at}",
            title=f"Account {at}",
            status=ConfigurationStatus("synthesised" if at <= 75 else "paper-level"),
        )
        for at in range(1, n + 1)
    )
    order = [box.uid for box in boxes]
    papers = {f"b{at}": (f"p{at % 60}",) if at > 75 else () for at in range(1, n + 1)}
    of = Accounts(boxes, {f"b{at}": at for at in range(1, n + 1)}, papers, {}, {})
    ties = [Tie(f"b{at % 75 + 1}", f"b{at}", "rests on") for at in range(76, n - 1)]
    found = Descent(lineage(order, ties), of, {box.uid: box for box in boxes})
    text = lineage_text(found, 80)
    assert all(cell_width(line) <= 80 for line in text.splitlines())
    assert "345 boxes below 75." in text
    assert "In no tree: 2 boxes (#421, #422)." in text
    tops = [line for line in text.splitlines() if line.startswith("#")]
    assert len(tops) == 75
    assert re.fullmatch(r"#1 Account 1 · 4 boxes · 4 papers · synthesised", tops[0])
    assert len(lineage_text(found, 80, 0).splitlines()) == 75 * 2 + 2
    told = lineage_json(found)
    assert [len(tree) for tree in told["trees"]].count(5) + [len(t) for t in told["trees"]].count(6) == 75
