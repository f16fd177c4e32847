"""The flow as text and JSON: counted, reported and derived numbers beside each other, never mixed."""

from __future__ import annotations

import pytest

from realist.domain.flow import Count, Derived, Group, Line, lay_out
from realist.exports.flow import flow_json, flow_text
from realist.queries.flow import StageFlow, staged_flow
from realist.store.engine import Store
from realist.text import cell_width
from realist.vocabulary import FlowStep, Qualifier
from tests.golden import golden

Flow = list[StageFlow]


@pytest.fixture(scope="module")
def flow(small: Store) -> Flow:
    """The flow of the small review."""
    with small.read() as connection:
        return staged_flow(connection)


def _one(*lines: Line, purpose: str = "") -> Flow:
    return [StageFlow("u1", "1a", purpose, [Group(None, list(lines))])]


def _long() -> Flow:
    terms = " + ".join(f"{n:,}" for n in range(1000, 1030))
    line = Line(
        FlowStep.EXCLUDED_FULL_TEXT,
        "brought back by stakeholders at the second meeting, in Uppsala",
        1_234_567,
        Count(FlowStep.EXCLUDED_FULL_TEXT, 1_234_567, Qualifier.AT_LEAST),
        Derived(1_234_567, terms),
    )
    return _one(line, Line(FlowStep.INCLUDED), purpose="what is written on teams " * 20)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_asked(flow: Flow, width: int) -> None:
    for of in (flow, _long()):
        assert max(map(cell_width, flow_text(of, width).split("\n"))) <= width


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_long_derivation_is_told_whole(width: int) -> None:
    text = " ".join(flow_text(_long(), width).split())
    for n in range(1000, 1030):
        assert f"{n:,}" in text


def test_three_forms_of_a_number_stand_side_by_side() -> None:
    reported = Count(FlowStep.SCREENED, 914, source="p. 4")
    agreeing = Line(FlowStep.SCREENED, "", 912, reported, Derived(914, "1,446 − 532"))
    differing = Line(FlowStep.SCREENED, "", 912, reported, Derived(913, "1,445 − 532"))
    shown = flow_text(_one(agreeing, differing), 100).split("\n")
    assert shown[2].split() == ["screened", "912", "914", "914", "=", "1,446", "−", "532"]
    assert shown[3].split() == ["screened", "912", "914", "≠", "913", "=", "1,445", "−", "532"]


def test_what_is_not_known_exactly_says_so() -> None:
    of = FlowStep.IDENTIFIED
    lines = [
        Line(of, reported=Count(of, None, Qualifier.UNKNOWN)),
        Line(of, reported=Count(of, 60, Qualifier.AT_LEAST)),
        Line(of, reported=Count(of, 70, Qualifier.ABOUT)),
    ]
    shown = [line.split()[1:] for line in flow_text(_one(*lines), 80).split("\n")[2:5]]
    assert shown == [["unknown"], ["≥", "60"], ["about", "70"]]


def test_an_empty_flow_says_what_to_do() -> None:
    assert flow_text([], 80) == "There is no search stage yet: `realist stage add` makes the first.\n"
    assert "nothing counted or reported yet" in flow_text([StageFlow("u", "2", "", [])], 80)


def test_json_tells_the_three_forms_apart(flow: Flow) -> None:
    stages = flow_json(flow)["stages"]
    assert [(stage["name"], set(stage)) for stage in stages] == [
        ("1a", {"uid", "name", "purpose", "groups"}),
        ("2", {"uid", "name", "purpose", "groups"}),
    ]
    groups = {group["kind"]: group["lines"] for group in stages[0]["groups"]}
    assert list(groups) == ["database", "grey literature", None]
    screened = groups["database"][-1]
    assert set(screened["reported"]) == {"uid", "value", "qualifier", "source"}
    assert screened | {"reported": screened["reported"]["value"]} == {
        "step": "screened", "label": "", "computed": None, "reported": 914,
        "derived": {"value": 914, "from": "1,446 − 532"}, "balanced": True,
    }  # fmt: skip
    unknown = groups["grey literature"][0]["reported"]
    assert (unknown["value"], unknown["qualifier"]) == (None, "unknown")
    counted = {line["step"]: line["computed"] for line in groups[None]}
    assert counted == {
        "added": 1, "sought in full": 5, "read in full": 4, "excluded at full text": 1, "included": 3,
    }  # fmt: skip


@pytest.mark.parametrize("width", [60, 80])
def test_the_flow_reads_as_kept(flow: Flow, width: int) -> None:
    golden(f"small_flow_{width}.txt", flow_text(flow, width))


SOURCES: list[tuple[FlowStep, str, int]] = [
    (FlowStep.IDENTIFIED, "", 31), (FlowStep.IDENTIFIED, "Medbase", 24),
    (FlowStep.IDENTIFIED, "Web\x1b[2J", 7), (FlowStep.DUPLICATES, "", 4),
    (FlowStep.DUPLICATES, "Medbase", 1), (FlowStep.DUPLICATES, "Web\x1b[2J", 3),
]  # fmt: skip


def test_sources_have_lines_of_their_own_below_the_totals() -> None:
    reported = [Count(FlowStep.IDENTIFIED, 33), Count(FlowStep.SCREENED, 30)]
    flow = [StageFlow("u1", "1a", "", lay_out({None: reported}, {None: SOURCES}))]
    golden("sources_flow_60.txt", flow_text(flow, 60))
    lines = flow_json(flow)["stages"][0]["groups"][0]["lines"]
    told = [(line["step"], line["label"], line["computed"], line["derived"]) for line in lines]
    assert told == [
        ("identified", "", 31, None),
        ("identified", "Medbase", 24, None),
        ("identified", "Web\x1b[2J", 7, None),
        ("duplicates removed", "", 4, {"value": 3, "from": "33 − 30"}),
        ("duplicates removed", "Medbase", 1, None),
        ("duplicates removed", "Web\x1b[2J", 3, None),
        ("screened", "", None, None),
    ]
