"""Theories: versions as one unit, the latest edited in its place, what bears on them, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realist.domain.configuration import Ref, Source
from realist.domain.revising import revised
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.boxes import boxes
from realist.services import bearing, configurations, editing, evidence, mechanisms, papers, theories
from realist.services.unit import Desk
from realist.vocabulary import SourceKind, Stance, TheoryKind, TheoryStage
from tests.services.dumps import dump
from tests.services.theorised import latest
from tests.services.world import box


@pytest.fixture
def ready(file_desk: Desk) -> Desk:
    """A box, and a theory with two statements."""
    papers.add_paper(file_desk, label="A")
    mechanisms.add_mechanism(file_desk, "Trust")
    configurations.add_configuration(file_desk, box("1", "A", "Trust"))
    theories.add_theory(file_desk, "How trust grows")
    theories.new_version(file_desk, "T1", revised((), adds=["They meet.", "If a then b."]))
    return file_desk


def said(desk: Desk) -> list[tuple[int, str]]:
    return [(one.number, one.said) for one in latest(desk.store).statements]


def test_a_version_begins_as_a_copy_and_is_one_act(ready: Desk) -> None:
    acts = len(ready.acts)
    theories.new_version(ready, "T1", reason="as submitted", label="final", dated="2026")
    assert len(ready.acts) == acts + 1
    version = latest(ready.store)
    assert (version.number, version.stage, version.label, version.dated) == (2, "initial", "final", "2026")
    assert said(ready) == [(1, "They meet."), (2, "If a, then b.")]


def test_parts_keep_their_numbers_and_one_comes_back(ready: Desk) -> None:
    first = latest(ready.store).statements
    theories.new_version(ready, "T1", revised(first, drops=["p1"], adds=["New."]), reason="x")
    assert said(ready) == [(2, "If a, then b."), (3, "New.")]
    theories.new_version(ready, "T1", [*latest(ready.store).statements, first[0]], reason="it was right")
    assert said(ready) == [(2, "If a, then b."), (3, "New."), (1, "They meet.")]


def test_a_later_version_needs_its_reason(ready: Desk) -> None:
    before = dump(ready.store, log=True)
    with pytest.raises(Refused, match="needs its reason"):
        theories.new_version(ready, "T1", stage=TheoryStage.REFINED)
    assert dump(ready.store, log=True) == before


def test_a_version_that_somebody_wrote_meanwhile_is_not_overlooked(ready: Desk) -> None:
    was = latest(ready.store)
    theories.new_version(ready, "T1", reason="another's")
    with pytest.raises(Refused, match="Somebody wrote a version meanwhile"):
        theories.new_version(ready, "T1", was.statements, reason="mine", after=was.number)
    theories.edit_version(ready, "T1", revised(latest(ready.store).statements, words={"p1": "x"}))
    with pytest.raises(Refused, match="Somebody changed this version meanwhile"):
        theories.edit_version(ready, "T1", was.statements, was=was.statements)


def test_what_bears_on_a_part_keeps_it_in_its_version(ready: Desk) -> None:
    bearing.bear(ready, "1", "T1", part="p1", stance=Stance.SUPPORTS, reason="seen")
    now = latest(ready.store).statements
    with pytest.raises(Refused, match="p1 is not dropped from this version: one thing bears on it here"):
        theories.edit_version(ready, "T1", revised(now, drops=["p1"]))
    theories.edit_version(ready, "T1", revised(now, words={"p1": "They meet often."}))
    assert ready.notes[-1] == "One thing bears on p1 in this version, and now on its new wording."
    theories.new_version(ready, "T1", revised(latest(ready.store).statements, drops=["p1"]), reason="x")
    assert said(ready) == [(2, "If a, then b.")]


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (revised((), adds=["…"]), "A statement needs words"),
        (None, "A part stands twice"),
    ],
)
def test_statements_that_are_refused(ready: Desk, statements: object, sentence: str) -> None:
    now = latest(ready.store).statements
    given = (*now, now[0]) if statements is None else statements
    with pytest.raises(Refused, match=sentence):
        theories.new_version(ready, "T1", given, reason="x")  # type: ignore[arg-type]


def test_a_box_bears_once_on_a_part_and_with_its_reasoning(ready: Desk) -> None:
    with pytest.raises(Refused, match="that it weakens needs the reasoning"):
        bearing.bear(ready, "1", "T1", stance=Stance.WEAKENS)
    uid = bearing.bear(ready, "1", "T1")
    bearing.bear(ready, "1", "T1", part="p1")
    with pytest.raises(Refused, match=r"bears on it already \(not judged\)"):
        bearing.bear(ready, "1", "T1 v1", stance=Stance.SUPPORTS, reason="x")
    with pytest.raises(NotFound, match="There is no statement 'p9'"):
        bearing.bear(ready, "1", "T1", part="p9")
    bearing.judge_bearing(ready, uid, Stance.MODIFIES, reason="read again")
    bearing.withdraw_bearing(ready, uid, reason="another box was meant")
    assert [row["part"] is None for row in dump(ready.store)["bearing"]] == [False]


def test_a_dropped_box_bears_on_nothing(ready: Desk) -> None:
    with ready.store.read() as connection:
        (found,) = boxes(connection)
    editing.drop_configuration(ready, found.uid, reason="no")
    with pytest.raises(Refused, match="was dropped"):
        bearing.bear(ready, "1", "T1")


def test_evidence_bears_on_a_version_or_a_part(ready: Desk) -> None:
    evidence.add_evidence(ready, "A", claim="x", theory="T1 v1")
    evidence.add_evidence(ready, "A", claim="y", theory="T1", part="p2", stance=Stance.WEAKENS)
    rows = {row["claim"]: row for row in dump(ready.store)["evidence"]}
    version = latest(ready.store)
    assert [rows[claim]["theory_version"] for claim in "xy"] == [version.uid] * 2
    assert (rows["x"]["theory_part"], rows["y"]["theory_part"]) == (None, version.statements[1].part)
    with pytest.raises(Refused, match="say which theory"):
        evidence.add_evidence(ready, "A", claim="x", mechanism="Trust", part="p2")


def test_things_are_situated_in_a_theory_beside_the_programmes(ready: Desk) -> None:
    with pytest.raises(Refused, match="T1 How trust grows is a programme theory"):
        theories.situate(ready, "T1", ["mechanism Trust"], reason="x")
    theories.add_theory(ready, "Social capital", kind=TheoryKind.MIDDLE_RANGE)
    with pytest.raises(WrongUse, match="A paper cannot be situated"):
        theories.situate(ready, "T2", ["paper A"], reason="x")
    with pytest.raises(Refused, match="needs its reason"):
        theories.situate(ready, "T2", ["mechanism Trust"], reason=" ")
    theories.situate(ready, "T2", ["mechanism Trust", "statement T1 p1"], reason="ties are capital")
    assert [row["kind"] for row in dump(ready.store)["move"]] == ["situate"]


def test_names_of_theories_are_one_each(ready: Desk) -> None:
    with pytest.raises(Refused, match="There is already a theory T1 How trust grows"):
        theories.add_theory(ready, "HOW TRUST GROWS")
    with pytest.raises(Refused, match="says this already"):
        theories.edit_theory(ready, "T1", name="How trust grows")


def test_a_part_of_a_box_rests_on_a_theory_of_the_review(ready: Desk) -> None:
    theories.add_theory(ready, "Social capital", kind=TheoryKind.SUBSTANTIVE)
    with ready.store.read() as connection:
        (was,) = boxes(connection)
    source = Source(SourceKind.THEORY, text="ties", theory=Ref("", "social capital"))
    gone = Source(SourceKind.THEORY, theory=Ref("", "Nobody's"))
    part = replace(was.elements[0], sources=(source, gone))
    editing.edit_configuration(ready, was.uid, replace(was, elements=(part, *was.elements[1:])))
    with ready.store.read() as connection:
        (now,) = boxes(connection)
    assert [one.said for one in now.elements[0].sources] == ["Social capital: ties", "Nobody's"]
    assert "is not in this review" in ready.notes[-1]
