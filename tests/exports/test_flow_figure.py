"""The flow as a figure: every number of the flow is in it, in any form; hostile words stay words."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from realist.domain.flow import Count, Derived, Group, Line
from realist.exports.flow_figure import Made, blocks, flow_mermaid, flow_svg
from realist.queries.flow import StageFlow, staged_flow
from realist.samples.leadership import build_leadership
from realist.store.engine import open_store
from realist.vocabulary import FlowStep, Qualifier

HOSTILE = 'x"]; click a "javascript:1" <script>&\x1b[31m%% end'


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> list[StageFlow]:
    """The flow of the published review."""
    path = tmp_path_factory.mktemp("lead") / "lead.realist"
    build_leadership(str(path))
    store = open_store(str(path))
    with store.read() as connection:
        found = staged_flow(connection)
    store.close()
    return found


def words(svg: str) -> str:
    return " ".join(one.text or "" for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text"))


def test_every_number_stands_in_both_figures(flow: list[StageFlow]) -> None:
    svg, chart = words(flow_svg(flow, [Made("configurations", 7)], "Flow")), flow_mermaid(flow, [])
    for stage in flow:
        for line in (line for group in stage.groups for line in group.lines):
            value = line.reported.value if line.reported else line.derived and line.derived.value
            if value is not None:
                mark = "*" if line.reported and line.reported.value is not None else "†"
                assert f"{value:,}{mark}" in svg, (line.step, value)
                assert f"{value:,}#{ord(mark)};" in chart, (line.step, value)
    assert "configurations: 7" in svg
    assert "identified, very many, not counted: not known" in re.sub(r"\s+", " ", svg)


def test_the_doors_of_a_stage_stand_side_by_side(flow: list[StageFlow]) -> None:
    first, second, third = blocks(flow)
    assert [track.name for track in first.doors] == ["database", "grey literature"]
    assert [track.name for track in second.doors] == ["reference lists", "website"]
    assert third.whole is not None
    sought = next(box for box in third.whole.boxes if box.enters)
    assert sought.lines[0] == "sought in full: 462*"
    assert "Nuffield Trust website: 3*" in sought.enters


def test_counted_numbers_bear_no_mark_and_doubtful_ones_say_so() -> None:
    lines = [
        Line(FlowStep.IDENTIFIED, computed=1200, reported=Count(FlowStep.IDENTIFIED, 1300)),
        Line(FlowStep.DUPLICATES, reported=Count(FlowStep.DUPLICATES, 4, Qualifier.AT_LEAST)),
        Line(FlowStep.SCREENED, derived=Derived(1196, "1,200 − 4")),
        Line(FlowStep.INCLUDED, reported=Count(FlowStep.INCLUDED, None, Qualifier.UNKNOWN)),
    ]
    (block,) = blocks([StageFlow("u", "1", "", [Group(None, lines)])])
    assert block.whole is not None
    said = [line for box in block.whole.boxes for line in (*box.lines, *box.out)]
    assert said == [
        "identified: 1,200", "duplicates removed: ≥ 4*", "screened: 1,196†", "included: not known",
    ]  # fmt: skip


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    lines = [Line(FlowStep.ADDED, HOSTILE, computed=3), Line(FlowStep.SOUGHT, computed=3)]
    flow = [StageFlow("u", HOSTILE, HOSTILE, [Group(HOSTILE, lines[1:]), Group(None, lines)])]
    svg = flow_svg(flow, [Made(HOSTILE, 1)], HOSTILE)
    tags = {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "rect", "text", "path"}
    assert "\x1b" not in svg
    for line in flow_mermaid(flow, [Made(HOSTILE, 1)]).split("\n"):
        assert "<" not in line.replace("-->", "")
        assert line.count('"') in (0, 2)


def test_nothing_yet_is_a_figure_too() -> None:
    assert "nothing made of them yet" in words(flow_svg([], [], "Flow"))
