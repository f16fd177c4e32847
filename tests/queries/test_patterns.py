"""The boxes among which patterns are looked for: joined and merged ones are one, dropped ones gone."""

from __future__ import annotations

from sqlalchemy import select

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.domain.patterns.recurrent import recurrent
from realist.queries.patterns import Accounts, accounts
from realist.queries.saturation import papers_read
from realist.queries.sets import labels
from realist.services import configurations, editing, evidence, mechanisms, papers, sameness
from realist.services.unit import Desk
from realist.store.tables import Paper
from realist.vocabulary import ElementKind, ReadingResult, SourceKind, Valence


def _box(label: str, paper: str, mechanism: str) -> Box:
    elements = (
        BoxElement(Part(ElementKind.CONTEXT, "a merger"), tags=(TagRef("context", "", "Merger"),)),
        BoxElement(Part(ElementKind.REASONING, "fear"), tags=(TagRef("mechanism", "", mechanism),)),
        BoxElement(
            Part(ElementKind.OUTCOME, "leave", Valence.MINUS), tags=(TagRef("outcome", "", "Turnover"),)
        ),
    )
    return Box(label=label, papers=(Ref("", paper),), mechanisms=(Ref("", mechanism),), elements=elements)


def _of(desk: Desk) -> Accounts:
    with desk.store.read() as connection:
        return accounts(connection, viewer="SF")


def _named(of: Accounts) -> dict[str, int]:
    found = recurrent(of.boxes, of.papers, of.studies, least=1)
    return {one.mechanism.name: one.count.papers for one in found if one.mechanism}


def test_what_was_merged_or_joined_is_one(desk: Desk) -> None:
    for label, mechanism in (("A", "Fear"), ("B", "Dread"), ("C", "Fear")):
        papers.add_paper(desk, label=label)
        configurations.add_configuration(desk, _box(label, label, mechanism))
    assert _named(_of(desk)) == {"Fear": 2, "Dread": 1}
    mechanisms.merge_mechanisms(desk, "Dread", ["Fear"], reason="one thing")
    assert _named(_of(desk)) == {"Fear": 3}
    sameness.join_papers(desk, "C", "B", reason="the same")
    assert _named(_of(desk)) == {"Fear": 2}
    sameness.add_study(desk, "One trial", papers=["A", "B"])
    of = _of(desk)
    assert of.behind(box.uid for box in of.boxes) == (2, 1)


def test_a_dropped_box_is_not_there_and_a_box_of_no_paper_is_of_those_it_quotes(desk: Desk) -> None:
    papers.add_paper(desk, label="A")
    gone = configurations.add_configuration(desk, _box("A", "A", "Fear"))
    source = Source(SourceKind.EXCERPT, quotation="They left.", paper=Ref("", "A"))
    element = BoxElement(Part(ElementKind.OUTCOME, "leave"), sources=(source,))
    kept = configurations.add_configuration(desk, Box(label="S", elements=(element,)))
    editing.drop_configuration(desk, gone, reason="no account")
    of = _of(desk)
    assert [box.uid for box in of.boxes] == [kept]
    assert [of.labels[paper] for paper in of.papers[kept]] == ["A"]


def test_papers_are_in_the_order_in_which_they_were_read(desk: Desk) -> None:
    for label in ("A", "B", "C", "D"):
        papers.add_paper(desk, label=label)
    mechanisms.add_mechanism(desk, "Fear")
    evidence.add_reading(desk, "C", ReadingResult.NONE, mechanism="Fear")
    evidence.add_evidence(desk, "A", claim="They fear.", mechanism="Fear")
    configurations.add_configuration(desk, _box("1", "B", "Fear"))
    evidence.add_evidence(desk, "C", claim="Late.", mechanism="Fear")
    of = _of(desk)
    with desk.store.read() as connection:
        found = papers_read(connection, of, viewer="SF")
    names = _labels(desk)
    assert [names[paper.uid] for paper in found] == ["C", "A", "B"]
    assert [len(paper.boxes) for paper in found] == [0, 0, 1]
    assert all(len(paper.mechanisms) == 1 for paper in found)


def _labels(desk: Desk) -> dict[str, str]:
    with desk.store.read() as connection:
        return labels(connection, list(connection.execute(select(Paper.uid)).scalars()))
