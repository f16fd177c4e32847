"""Boxes: written in one step, imported all or none, recognised when they come again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from realist.domain.configuration import (
    Box,
    BoxElement,
    Link,
    Ref,
    Relation,
    Source,
    TagRef,
    from_json,
    to_json,
)
from realist.domain.notation import Part
from realist.errors import RealistError, Refused
from realist.queries.boxes import boxes
from realist.services import configurations, consulting, evidence, mechanisms, papers
from realist.services.unit import Desk
from realist.store.engine import open_store
from realist.vocabulary import (
    ConfigurationStatus,
    ElementKind,
    RelationKind,
    SourceKind,
    Valence,
    Voice,
)
from tests.services.dumps import dump
from tests.services.world import box


def stored(desk: Desk) -> list[Box]:
    with desk.store.read() as connection:
        return boxes(connection)


def again(desk: Desk) -> list[Box]:
    """Return the boxes of the review after a journey through JSON."""
    return [from_json(json.loads(json.dumps(to_json(one))), "it")[0] for one in stored(desk)]


def element(
    text: str, uid: str = "", sources: Sequence[Source] = (), tags: Sequence[TagRef] = ()
) -> BoxElement:
    return BoxElement(Part(ElementKind.OUTCOME, text, Valence.MINUS), uid, tuple(sources), tuple(tags))


def test_a_box_comes_back_as_it_was_written(desk: Desk) -> None:
    said = consulting.add_feedback(desk, Voice.FOR, "Yes.", mechanism=mechanisms.add_mechanism(desk, "Trust"))
    mechanisms.add_context(desk, "Small firm")
    quoted = Source(SourceKind.EXCERPT, text="as printed", quotation="We knew.", locator="p. 4")
    sources = (quoted, Source(SourceKind.STATEMENT, text="Yes.", feedback=said))
    tags = (
        TagRef("mechanism", "", "Trust"),
        TagRef("context", "", "Small firm"),
        TagRef("outcome", "", "New"),
    )
    given = box("1", "A (2001)", "Trust", elements=(element("less waiting", "e1", sources, tags),))
    uid = configurations.add_configuration(desk, given)
    (found,) = stored(desk)
    assert (found.uid, found.label, found.polarity, found.status) == (
        uid, "1", given.polarity, given.status,
    )  # fmt: skip
    assert [paper.name for paper in found.papers] == ["A (2001)"]
    (part,) = found.elements
    assert part.part == given.elements[0].part
    assert [(source.kind, source.text, source.quotation, source.locator) for source in part.sources] == [
        ("excerpt", "as printed", "We knew.", "p. 4"),
        ("statement", "Yes.", "", ""),
    ]
    assert part.sources[0].paper == found.papers[0]
    assert [(tag.kind, tag.name) for tag in part.tags] == [(tag.kind, tag.name) for tag in tags]
    assert "Paper #1 A (2001) is new and was added from its label." in desk.notes


def test_an_incomplete_box_is_as_welcome(file_desk: Desk) -> None:
    configurations.add_configuration(file_desk, Box(elements=(element("something"),)))
    configurations.add_configuration(file_desk, Box(label="empty"))
    assert [len(one.elements) for one in stored(file_desk)] == [1, 0]
    assert stored(file_desk)[0].status is ConfigurationStatus.CANDIDATE


def full(desk: Desk) -> None:
    """Write two boxes with everything: sources of each kind, tags, a link across, relations both ways."""
    papers.add_paper(desk, label="B (2002)")
    sources = (
        Source(SourceKind.EXCERPT, quotation="We knew.", locator="p. 4", paper=Ref("", "A (2001)")),
        Source(SourceKind.INFERENCE, text="from the table"),
    )
    first = box("1", "A (2001)", "Trust", elements=(element("less waiting", "e1", sources),))
    second = box(
        "2",
        "B (2002)",
        "Hope",
        elements=(element("more talk", "e2", (), (TagRef("mechanism", "", "Trust"),)),),
        links=(Link("e2", "e1", note="ripple"),),
        relations=(
            Relation(RelationKind.RESTS_ON, Ref("", "1")),
            Relation(RelationKind.VARIES, Ref("", "2")),
        ),
    )
    configurations.import_configurations(desk, [first, second], source="boxes.json")


def test_boxes_of_a_file_may_name_each_other_by_label(desk: Desk) -> None:
    full(desk)
    first, second = stored(desk)
    assert [(relation.kind, relation.configuration) for relation in second.relations] == [
        ("rests on", Ref(first.uid, "1")),
        ("varies", Ref(second.uid, "2")),
    ]
    assert [(link.from_uid, link.to_uid, link.note) for link in second.links] == [("e2", "e1", "ripple")]


def test_boxes_that_were_there_before_may_be_named_too(file_desk: Desk) -> None:
    full(file_desk)
    relations = (Relation(RelationKind.CONTRADICTS, Ref("", "2")),)
    later = box("3", "A (2001)", "Trust", links=(Link("e1", "e2"),), relations=relations)
    configurations.add_configuration(file_desk, later)
    assert stored(file_desk)[2].relations[0].configuration.name == "2"


def test_what_is_equal_is_known_and_adds_nothing(desk: Desk) -> None:
    full(desk)
    before = dump(desk.store, log=True)
    found = configurations.import_configurations(desk, again(desk))
    assert found.added == ()
    assert found.known == tuple(one.uid for one in stored(desk))
    assert dump(desk.store, log=True) == before


def test_what_differs_is_refused_and_nothing_is_imported(desk: Desk) -> None:
    full(desk)
    first, second = again(desk)
    before = dump(desk.store, log=True)
    new = box("9", "C (2003)", "Voice")
    with pytest.raises(Refused, match=r"Box 2 is in this review already and differs.* Nothing was imported"):
        configurations.import_configurations(desk, [new, first, replace(second, narrative="Another.")])
    assert dump(desk.store, log=True) == before


def test_the_boxes_of_one_review_come_into_another(desk: Desk, tmp_path: Path, empty_file: Path) -> None:
    full(desk)
    travelled = again(desk)
    path = tmp_path / "another.realist"
    shutil.copy(empty_file, path)
    other = Desk(open_store(str(path)), "NG")
    found = configurations.import_configurations(other, travelled)
    assert found.added == tuple(one.uid for one in travelled)
    assert stored(other) == stored(desk)
    assert configurations.import_configurations(other, travelled).known == found.added
    other.store.close()


def _new(number: int) -> Box:
    return box(f"new {number}", f"P{number} (2005)", f"Mechanism {number}")


BAD: dict[str, tuple[Callable[[], Box], str]] = {
    "an unknown element in a link": (
        lambda: replace(_new(2), links=(Link("nowhere", "e1"),)),
        "A link of box new 2 names the element nowhere, which is not there. Nothing was written",
    ),
    "an unknown box in a relation": (
        lambda: replace(_new(2), relations=(Relation(RelationKind.VARIES, Ref("", "77")),)),
        "Box new 2 varies 77, which is not there. Nothing was written",
    ),
    "an unknown uid in a relation": (
        lambda: replace(_new(2), relations=(Relation(RelationKind.VARIES, Ref("no-such-uid", "1")),)),
        "Box new 2 varies 1, which is not there. Nothing was written",
    ),
    "a quotation of nobody knows which paper": (
        lambda: replace(
            _new(2),
            papers=(),
            elements=(element("x", "", (Source(SourceKind.EXCERPT, quotation="We knew."),)),),
        ),
        "The quotation 'We knew.' does not say of which paper it is. Nothing was written",
    ),
    "an element that is there already": (
        lambda: replace(_new(2), uid="b-2", elements=(element("x", "e1"),)),
        "element .*e1.* already.* Nothing was",
    ),
    "an element twice": (
        lambda: replace(_new(2), elements=(element("x", "e9"), element("y", "e9"))),
        "element .*e9.* Nothing was",
    ),
    "a source that is there already": (
        lambda: replace(_new(2), elements=(element("x", "", (Source(SourceKind.THEORY, uid="s9"),) * 2),)),
        "element source .*s9.* Nothing was",
    ),
    "a link that is there already": (
        lambda: replace(_new(2), links=(Link("e1", "e2", "l9"), Link("e2", "e1", "l9"))),
        "element link .*l9.* Nothing was",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_one_box_that_cannot_be_read_and_none_is_imported(file_desk: Desk, name: str) -> None:
    full(file_desk)
    make, told = BAD[name]
    before = dump(file_desk.store, log=True)
    with pytest.raises(RealistError, match=told):
        configurations.import_configurations(file_desk, [_new(1), make()])
    assert dump(file_desk.store, log=True) == before


def test_two_boxes_of_one_uid_are_refused(file_desk: Desk) -> None:
    with pytest.raises(Refused, match="Two boxes in the file have the uid b1"):
        configurations.import_configurations(file_desk, [Box(uid="b1"), Box(uid="b1", label="x")])


def test_a_label_that_two_boxes_have_is_no_name(file_desk: Desk) -> None:
    for _ in range(2):
        configurations.add_configuration(file_desk, Box(label="1"))
    with pytest.raises(Refused, match="underpins 1, which is more than one box"):
        configurations.add_configuration(
            file_desk, Box(label="2", relations=(Relation(RelationKind.UNDERPINS, Ref("", "1")),))
        )


def test_papers_and_mechanisms_keep_the_uid_that_the_file_gives_them(file_desk: Desk) -> None:
    travelled = Box(papers=(Ref("paper-7", "A (2001)"),), mechanisms=(Ref("mechanism-7", "Trust"),))
    configurations.import_configurations(file_desk, [travelled])
    evidence.add_evidence(file_desk, "paper-7", claim="x", mechanism="mechanism-7")
    configurations.import_configurations(file_desk, [replace(travelled, label="again")])
    held = dump(file_desk.store)
    assert [(row["uid"], row["label"]) for row in held["paper"]] == [("paper-7", "A (2001)")]
    assert [(row["uid"], row["name"]) for row in held["mechanism"]] == [("mechanism-7", "Trust")]


def test_feedback_that_is_not_here_keeps_its_words(file_desk: Desk) -> None:
    source = Source(SourceKind.STATEMENT, text="Yes.", feedback="said-elsewhere")
    configurations.add_configuration(file_desk, Box(elements=(element("x", "", (source,)),)))
    ((kept,),) = [one.elements[0].sources for one in stored(file_desk)]
    assert (kept.text, kept.feedback) == ("Yes.", "")
    assert "The feedback said-elsewhere is not in this review; its words were kept." in file_desk.notes


def test_a_quotation_that_is_there_already_is_used_again(file_desk: Desk) -> None:
    papers.add_paper(file_desk, label="A (2001)")
    mechanisms.add_mechanism(file_desk, "Trust")
    evidence.add_evidence(file_desk, "A (2001)", claim="x", mechanism="Trust", quotation="We knew.")
    (excerpt,) = dump(file_desk.store)["excerpt"]
    source = Source(SourceKind.EXCERPT, excerpt=excerpt["uid"])
    configurations.add_configuration(file_desk, Box(elements=(element("x", "", (source,)),)))
    assert len(dump(file_desk.store)["excerpt"]) == 1
    assert stored(file_desk)[0].elements[0].sources[0].quotation == "We knew."


def test_a_paper_or_mechanism_named_twice_counts_once(file_desk: Desk) -> None:
    given = box("1", "", "", papers=(Ref("", "A"), Ref("", "A")), mechanisms=(Ref("", "T"), Ref("", " T ")))
    configurations.add_configuration(file_desk, given)
    (found,) = stored(file_desk)
    assert ([paper.name for paper in found.papers], [one.name for one in found.mechanisms]) == (["A"], ["T"])
