"""Editing a box: what it says afterwards, which rows stay, what is refused, and that it can be undone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from realist.domain.configuration import Box, BoxElement, Link, Ref, Relation, Source, TagRef, states
from realist.domain.matching import rewrite
from realist.domain.notation import Part, read
from realist.errors import NotFound, Refused
from realist.queries.boxes import boxes
from realist.queries.log import acts
from realist.services import configurations, evidence, mechanisms, papers
from realist.services.editing import drop_configuration, edit_configuration
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.vocabulary import ConfigurationStatus, ElementKind, Polarity, RelationKind, SourceKind, Valence
from tests.services.dumps import Dump, dump
from tests.services.server import FILE_FIRST

TEXT = "a merger (C) → views are asked (M+, Resource) but overridden (M–, Reasoning) → they leave (O–)"


@pytest.fixture
def ready(desk: Desk) -> Desk:
    return prepared(desk)


@pytest.fixture
def at(file_desk: Desk) -> Desk:
    return prepared(file_desk)


def prepared(desk: Desk) -> Desk:
    """Papers A and B, mechanisms M and N, and two boxes: one full, another that leads to it."""
    for label in "AB":
        papers.add_paper(desk, label=label)
    for name in "MN":
        mechanisms.add_mechanism(desk, name)
    mechanisms.add_context(desk, "Mergers")
    one, *rest = (BoxElement(part, f"e{place}") for place, part in enumerate(read(TEXT).parts, 1))
    quoted = Source(SourceKind.EXCERPT, "s1", quotation="They asked us.", locator="p. 4", excerpt="x1")
    one = replace(one, sources=(quoted, Source(SourceKind.THEORY, "s2", text="as in Lukes")))
    one = replace(one, tags=(TagRef("context", "", "Mergers"), TagRef("mechanism", "", "M")))
    full = Box(
        uid="b1", label="1", title="Views", papers=(Ref("", "A"),), mechanisms=(Ref("", "M"), Ref("", "N")),
        elements=(one, *rest), links=(Link("e1", "e4", "l1", "leads"), Link("e2", "e3", "l2")),
        polarity=Polarity.ABSENCE,
    )  # fmt: skip
    other = Box(
        uid="b2", label="2", elements=(BoxElement(Part(ElementKind.OUTCOME, "unrest"), "e9"),),
        links=(Link("e9", "e1", "l9"),), relations=(Relation(RelationKind.VARIES, Ref("b1", ""), "r9"),),
    )  # fmt: skip
    configurations.import_configurations(desk, [full, other])
    return desk


def stored(desk: Desk, uid: str = "b1") -> Box:
    with desk.store.read() as connection:
        return boxes(connection, uids=[uid])[0]


def last(desk: Desk) -> dict[str, object]:
    with desk.store.read() as connection:
        return acts(connection, limit=1)[0]


def edited(desk: Desk, new: Box, uid: str = "b1") -> Dump:
    """Edit, look that the box says so, that undo and redo lead there and back; return what it was."""
    before, was = dump(desk.store), stored(desk, uid)
    edit_configuration(desk, uid, new)
    after = dump(desk.store)
    gone = {element.uid for element in was.elements} - {element.uid for element in new.elements}
    links = tuple(link for link in new.links if not {link.from_uid, link.to_uid} & gone)
    assert states(replace(new, links=links), stored(desk, uid))
    undo(desk)
    assert dump(desk.store) == before
    redo(desk)
    assert dump(desk.store) == after
    return before


def uids(of: Dump, table: str) -> set[str]:
    return {row["uid"] for row in of[table]}


def test_what_is_the_same_writes_nothing(ready: Desk) -> None:
    before = dump(ready.store, log=True)
    edit_configuration(ready, "b1", stored(ready), was=stored(ready))
    edit_configuration(ready, "b1", replace(stored(ready), uid=""), reason="none")
    assert dump(ready.store, log=True) == before


def test_fields_papers_and_mechanisms(ready: Desk) -> None:
    was = stored(ready)
    new = replace(
        was, label="1a", title="More views", narrative="One.\n\nTwo.", printed="If so.", setting="ward",
        country="NO", status=ConfigurationStatus.REFINED, polarity=None,
        papers=(Ref("", "B"), *was.papers), mechanisms=(was.mechanisms[1],),
    )  # fmt: skip
    before = edited(ready, new)
    found = stored(ready)
    assert (found.label, found.narrative, found.polarity, found.country) == ("1a", "One.\n\nTwo.", None, "NO")
    assert [paper.name for paper in found.papers] == ["B", "A"]
    assert [one.name for one in found.mechanisms] == ["N"]
    assert found.elements == was.elements
    assert dump(ready.store)["element"] == before["element"]
    assert (last(ready)["intention"], last(ready)["subject"]) == ("redo", "edit box 1a")


def test_elements_change_places_and_keep_what_they_rest_on(ready: Desk) -> None:
    was = stored(ready)
    one, two, three, four = was.elements
    before = edited(ready, replace(was, elements=(two, three, four, one)))
    found = stored(ready)
    assert [element.uid for element in found.elements] == ["e2", "e3", "e4", "e1"]
    assert found.elements[3] == one
    for table in ("element_source", "element_tag", "element_link", "excerpt"):
        assert dump(ready.store)[table] == before[table]
    edited(ready, replace(found, elements=(three, two, one, four)))
    assert [element.uid for element in stored(ready).elements] == ["e3", "e2", "e1", "e4"]


def test_an_element_that_goes_takes_its_own_with_it_but_no_excerpt(ready: Desk) -> None:
    was = stored(ready)
    before = edited(ready, replace(was, elements=was.elements[1:]))
    now = dump(ready.store)
    assert uids(before, "element") - uids(now, "element") == {"e1"}
    assert (uids(now, "element_source"), now["element_tag"]) == (set(), [])
    assert uids(now, "element_link") == {"l2"}
    assert now["excerpt"] == before["excerpt"]
    assert [row["position"] for row in now["element"] if row["configuration"] == "b1"] == [1, 2, 3]


def test_a_notation_that_was_rewritten(ready: Desk) -> None:
    was = stored(ready)
    text = "a merger (C) and no money (C) → views are asked for (M+, Resource) → they all leave (O–)"
    edited(ready, replace(was, elements=rewrite(was.elements, read(text).parts)))
    found = stored(ready)
    kept = [element.uid for element in found.elements]
    assert (kept[0], kept[2], kept[3]) == ("e1", "e2", "e4")
    assert kept[1] not in {"e1", "e2", "e3", "e4"}
    assert found.elements[0].sources == was.elements[0].sources
    assert [link.uid for link in found.links] == ["l1"]
    assert [element.part for element in found.elements] == list(read(text).parts)


def test_sources_tags_links_and_relations(ready: Desk) -> None:
    was = stored(ready)
    one, two, *rest = was.elements
    quoted, theory = one.sources
    longer = replace(quoted, quotation="They asked us, once.", excerpt="")
    new = replace(
        was,
        elements=(
            replace(one, sources=(replace(theory, text="as in Lukes (1974)"), longer), tags=one.tags[::-1]),
            replace(two, sources=(Source(SourceKind.EXCERPT, quotation="Again.", paper=Ref("", "B")),)),
            *rest,
        ),
        links=(replace(was.links[1], note="but"), Link("e3", "e4")),
        relations=(Relation(RelationKind.CONTRADICTS, Ref("", "2"), note="see there"),),
    )
    before = edited(ready, new)
    found, now = stored(ready), dump(ready.store)
    assert [source.uid for source in found.elements[0].sources] == ["s2", "s1"]
    assert found.elements[0].sources[1].excerpt != "x1"
    assert uids(before, "excerpt") < uids(now, "excerpt")
    assert uids(before, "element_tag") == uids(now, "element_tag")
    assert [(link.from_uid, link.note) for link in found.links] == [("e2", "but"), ("e3", "")]
    (relation,) = found.relations
    changed = replace(relation, kind=RelationKind.UNDERPINS)
    edited(ready, replace(found, relations=(changed,), links=(replace(found.links[0], to_uid="e9"),)))
    assert stored(ready).relations == (changed,)
    assert stored(ready).links[0].to_uid == "e9"


def test_a_source_may_move_to_another_element(at: Desk) -> None:
    was = stored(at)
    one, two, *rest = was.elements
    elements = (replace(one, sources=()), replace(two, sources=one.sources), *rest)
    edited(at, replace(was, elements=elements))
    edited(at, replace(stored(at), elements=elements[1:]))
    assert [source.uid for source in stored(at).elements[0].sources] == ["s1", "s2"]
    edited(at, replace(stored(at), elements=(BoxElement(one.part, sources=one.sources), *rest)))
    assert [source.uid for source in stored(at).elements[0].sources] == ["s1", "s2"]


def test_what_was_changed_meanwhile_is_refused_and_says_by_whom(at: Desk) -> None:
    was = stored(at)
    edit_configuration(Desk(at.store, "NG"), "b1", replace(was, title="Asked"))
    before = dump(at.store, log=True)
    told = r"^Box 1 was changed meanwhile by NG \(act \d+, 2026-01-01 00:\d\d\): its title\."
    with pytest.raises(Refused, match=told):
        edit_configuration(at, "b1", replace(was, label="x"), was=was)
    assert dump(at.store, log=True) == before
    papers.edit_paper(at, "A", "year", "1999")
    now = stored(at)
    edit_configuration(at, "b1", replace(now, elements=now.elements[:2]), was=now)
    with pytest.raises(Refused, match=r"by SF .*: its elements, links"):
        edit_configuration(at, "b1", now, was=now)


def test_what_cannot_be_is_refused_and_changes_nothing(at: Desk) -> None:
    was = stored(at)
    before = dump(at.store, log=True)
    loose = Source(SourceKind.EXCERPT, quotation="Whose?")
    for new, told in (
        (replace(was, uid="b2"), "has the uid b2, not b1"),
        (replace(was, elements=(was.elements[0],) * 2), "one element twice"),
        (replace(was, elements=(BoxElement(Part(ElementKind.OUTCOME, "x"), "e9"),)), "element e9 is in this"),
        (replace(was, links=(Link("e1", "nowhere", "l1"),)), "element nowhere, which is not there"),
        (replace(was, relations=(Relation(RelationKind.VARIES, Ref("b7", "")),)), "b7, which is not there"),
        (
            replace(was, papers=(), elements=(replace(was.elements[1], sources=(loose,)),)),
            "'Whose\\?' does not say of which paper",
        ),
    ):
        with pytest.raises(Refused, match=told):
            edit_configuration(at, "b1", new)
        assert dump(at.store, log=True) == before
    with pytest.raises(NotFound, match="no box with the uid b7"):
        edit_configuration(at, "b7", replace(was, uid=""))


def test_a_dropped_box_leaves_the_grid_and_stays_in_the_review(at: Desk) -> None:
    before = dump(at.store)
    with pytest.raises(Refused, match="needs a reason"):
        drop_configuration(at, "b1", reason=" ")
    drop_configuration(at, "b1", reason="one of 2")
    assert stored(at).status is ConfigurationStatus.DROPPED
    assert (last(at)["intention"], last(at)["subject"], last(at)["reason"]) == ("drop box", "1", "one of 2")
    with pytest.raises(Refused, match="dropped already"):
        drop_configuration(at, "b1", reason="again")
    assert undo(at) == "drop box 1"
    assert dump(at.store) == before


def test_evidence_keeps_an_excerpt_that_a_box_words_anew(at: Desk) -> None:
    evidence.add_evidence(at, "A", claim="x", mechanism="M", quotation="They asked us.", locator="p. 9")
    (kept,) = dump(at.store)["evidence"]
    was = stored(at)
    source = replace(was.elements[0].sources[0], excerpt=kept["excerpt"], locator="p. 9")
    edited(at, replace(was, elements=(replace(was.elements[0], sources=(source,)),)))
    assert stored(at).elements[0].sources[0].excerpt == kept["excerpt"]
    source = replace(source, quotation="They asked us twice.")
    edit_configuration(at, "b1", replace(stored(at), elements=(replace(was.elements[0], sources=(source,)),)))
    (found,) = stored(at).elements[0].sources
    assert (found.uid, found.quotation) == ("s1", "They asked us twice.")
    assert found.excerpt not in ("x1", kept["excerpt"])
    (excerpt,) = [row for row in dump(at.store)["excerpt"] if row["uid"] == kept["excerpt"]]
    assert excerpt["quotation"] == "They asked us."


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_random_edits(file_desk: Desk, seed: int) -> None:
    _random_edits(prepared(file_desk), Random(seed), 12)


@FILE_FIRST
def test_random_edits_on_each_engine(ready: Desk) -> None:
    _random_edits(ready, Random(77), 10)


def _random_edits(desk: Desk, chance: Random, times: int) -> None:
    for _ in range(times):
        was = stored(desk)
        new = _changed(was, chance)
        before = edited(desk, new)
        kept = {element.uid for element in new.elements} - {""}
        assert {row["uid"] for row in dump(desk.store)["element"]} >= kept
        assert uids(before, "excerpt") <= uids(dump(desk.store), "excerpt")


def _changed(box: Box, chance: Random) -> Box:
    """Return the box with elements shuffled, taken out, reworded and new, and other papers."""
    elements = [_element(element, chance) for element in box.elements if chance.random() < 0.8]
    for _ in range(chance.randint(0, 2)):
        part = Part(chance.choice(list(ElementKind)), f"part {chance.random():.3f}")
        elements.append(BoxElement(part, sources=(Source(SourceKind.INFERENCE, text="so it seems"),)))
    chance.shuffle(elements)
    there = {element.uid for element in elements} - {""}
    links = tuple(link for link in box.links if {link.from_uid, link.to_uid} <= there)
    if len(there) > 1:
        links = (Link(*chance.sample(sorted(there), 2)), *links)
    names = chance.sample("AB", chance.randint(1, 2))
    under = chance.sample("MN", chance.randint(0, 2))
    return replace(
        box,
        elements=tuple(elements),
        links=links,
        papers=tuple(Ref("", name) for name in names),
        mechanisms=tuple(Ref("", name) for name in under),
        status=chance.choice(list(ConfigurationStatus)),
    )


def _element(element: BoxElement, chance: Random) -> BoxElement:
    if chance.random() < 0.5:
        return element
    part = replace(element.part, valence=chance.choice([*Valence, None]), segment=chance.randint(1, 3))
    quoted = Source(SourceKind.EXCERPT, quotation="new words", paper=Ref("", "A"))
    sources = chance.sample([*element.sources, quoted], chance.randint(0, 1 + len(element.sources)))
    tags = tuple(TagRef("mechanism", "", name) for name in chance.sample("MN", chance.randint(0, 2)))
    return replace(element, part=part, sources=tuple(sources), tags=tags)
