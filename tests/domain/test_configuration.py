"""A box as JSON: what is written is read back equal, and what cannot be read is told in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.domain.configuration import (
    TAG_KINDS,
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
from realist.errors import RealistError
from realist.text import line, paragraphs
from realist.vocabulary import (
    Activation,
    Basis,
    ConfigurationStatus,
    ElementKind,
    Polarity,
    RelationKind,
    SourceKind,
    Valence,
)

LINES = st.text(max_size=20).map(line)
TEXTS = st.text(max_size=30).map(paragraphs)
SOME = st.from_regex(r"[a-z][a-z0-9_-]{1,8}", fullmatch=True)
UIDS = st.just("") | SOME
REFS = st.builds(Ref, UIDS, LINES).filter(lambda ref: bool(ref.uid or ref.name))
SOURCES = st.builds(
    Source,
    kind=st.sampled_from(SourceKind),
    uid=UIDS,
    text=TEXTS,
    quotation=TEXTS,
    locator=LINES,
    paper=st.none() | REFS,
    excerpt=UIDS,
    feedback=UIDS,
)
TAGS = st.builds(TagRef, st.sampled_from(TAG_KINDS), UIDS, LINES).filter(
    lambda tag: bool(tag.uid or tag.name)
)
PARTS = st.builds(
    Part,
    kind=st.sampled_from(ElementKind),
    text=LINES,
    valence=st.none() | st.sampled_from(Valence),
    label=LINES,
    activation=st.none() | st.sampled_from(Activation),
    basis=st.none() | st.sampled_from(Basis),
    segment=st.integers(1, 9999),
    join=LINES,
)
ELEMENTS = st.builds(
    BoxElement,
    part=PARTS,
    uid=UIDS,
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    tags=st.lists(TAGS, max_size=2).map(tuple),
)
BOXES = st.builds(
    Box,
    uid=UIDS,
    label=LINES,
    title=LINES,
    narrative=TEXTS,
    printed=TEXTS,
    setting=LINES,
    country=LINES,
    status=st.sampled_from(ConfigurationStatus),
    polarity=st.none() | st.sampled_from(Polarity),
    papers=st.lists(REFS, max_size=2).map(tuple),
    mechanisms=st.lists(REFS, max_size=2).map(tuple),
    elements=st.lists(ELEMENTS, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, SOME, SOME, UIDS, LINES), max_size=2).map(tuple),
    relations=st.lists(st.builds(Relation, st.sampled_from(RelationKind), REFS, UIDS, LINES), max_size=2).map(
        tuple
    ),
)


@settings(deadline=None, max_examples=60)
@given(BOXES)
def test_what_is_written_is_read_back_equal(box: Box) -> None:
    travelled = json.loads(json.dumps(to_json(box)))
    assert from_json(travelled, "box 1") == (box, [])
    assert to_json(box) == travelled


def read(value: Any) -> Box:
    return from_json(value, "box 1 of it.json")[0]


def test_almost_nothing_is_a_box() -> None:
    assert read({}) == Box()
    assert read({"label": None, "elements": None, "polarity": None}) == Box()


def test_names_alone_are_enough() -> None:
    box = read(
        {
            "papers": ["Klinga (2016)"],
            "mechanisms": [{"name": "Trust"}],
            "elements": [{"text": "they talk", "sources": ["“We talked.”"]}],
        }
    )
    assert (box.papers, box.mechanisms) == ((Ref("", "Klinga (2016)"),), (Ref("", "Trust"),))
    assert box.status is ConfigurationStatus.PAPER_LEVEL
    (element,) = box.elements
    assert (element.part.kind, element.part.segment) == (ElementKind.UNSURE, 1)
    assert element.sources == (Source(SourceKind.EXCERPT, quotation="“We talked.”"),)


@pytest.mark.parametrize(
    ("value", "valence"),
    [
        ("+", Valence.PLUS), ("-", Valence.MINUS), ("–", Valence.MINUS), ("−", Valence.MINUS),
        ("—", Valence.MINUS), ("±", Valence.MIXED), ("+/-", Valence.MIXED), ("0", Valence.NO_CHANGE),
        (0, Valence.NO_CHANGE), ("", None), (None, None),
    ],
)  # fmt: skip
def test_valences_as_people_write_them(value: object, valence: Valence | None) -> None:
    assert read({"elements": [{"valence": value}]}).elements[0].part.valence is valence


def test_segments_count_by_themselves_and_a_join_stays_in_its_own() -> None:
    box = read({"elements": [{"text": "c"}, {"text": "r"}, {"text": "m", "join": "and"}, {"text": "o"}]})
    assert [element.part.segment for element in box.elements] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ({"quotation": "x"}, SourceKind.EXCERPT),
        ({"locator": "p. 4"}, SourceKind.EXCERPT),
        ({"excerpt": "e1"}, SourceKind.EXCERPT),
        ({"text": "x"}, SourceKind.STATEMENT),
        ({"kind": "Theory", "text": "x"}, SourceKind.THEORY),
    ],
)
def test_the_kind_of_a_source_follows_from_what_it_has(source: dict[str, str], kind: SourceKind) -> None:
    assert read({"elements": [{"sources": [source]}]}).elements[0].sources[0].kind is kind


def test_what_has_no_field_of_its_own_is_listed() -> None:
    value = {
        "label": "1", "colour": "red", "papers": [{"label": "A", "doi": "10.1/x"}],
        "elements": [{"text": "x", "weight": 3, "sources": [{"text": "y", "page": 4}]}],
        "links": [{"from": "e1", "to": "e2", "why": ""}],
        "relations": [{"kind": "varies", "configuration": "2", "strength": 1}],
    }  # fmt: skip
    box, lost = from_json(value, "box 1")
    assert box.label == "1"
    assert lost == [
        "box 1: the box has no field 'colour'",
        "box 1: a paper has no field 'doi'",
        "box 1: element 1 has no field 'weight'",
        "box 1: a source of element 1 has no field 'page'",
        "box 1: a link has no field 'why'",
        "box 1: a relation has no field 'strength'",
    ]


WRONG: list[tuple[Any, str]] = [
    ([], "the box should be an object, not a list"),
    ("CMO", "the box should be an object, not text"),
    (None, "the box should be an object, not nothing"),
    (3, "the box should be an object, not a number"),
    ({"label": []}, "label should be text, not a list"),
    ({"label": True}, "label should be text, not a number"),
    ({"narrative": {}}, "narrative should be text, not an object"),
    ({"elements": {}}, "elements should be a list, not an object"),
    ({"elements": "C"}, "elements should be a list, not text"),
    ({"elements": ["C"]}, "element 1 should be an object, not text"),
    ({"status": "final"}, "status 'final' is none of candidate, paper-level, synthesised, refined, dropped"),
    ({"polarity": "yes"}, "polarity 'yes' is none of presence, absence, both"),
    ({"elements": [{}, {"kind": "magic"}]}, "element 2 kind 'magic' is none of context, resource"),
    ({"elements": [{"valence": "++"}]}, r"element 1 valence '\+\+' is none of \+, -, 0, ±"),
    ({"elements": [{"segment": 0}]}, "element 1 segment should be a whole number from 1"),
    ({"elements": [{"segment": 1.5}]}, "element 1 segment should be a whole number from 1"),
    ({"elements": [{"segment": True}]}, "element 1 segment should be a whole number from 1"),
    ({"elements": [{"segment": 10**12}]}, "element 1 segment should be a whole number from 1"),
    ({"elements": [{"sources": [7]}]}, "a source of element 1 should be an object, not a number"),
    ({"elements": [{"tags": [{"kind": "paper", "name": "A"}]}]}, "a tag of element 1 should be of kind"),
    ({"elements": [{"tags": [{"kind": "context"}]}]}, "a tag of element 1 has neither uid nor name"),
    ({"papers": [{}]}, "a paper has neither uid nor label"),
    ({"papers": [{"uid": ["x"]}]}, "a paper should be text, not a list"),
    ({"mechanisms": "Trust"}, "mechanisms should be a list, not text"),
    ({"links": [{"from": "e1"}]}, "a link needs the uids of two elements, `from` and `to`"),
    ({"relations": [{"configuration": "2"}]}, "a relation needs its kind: underpins, rests on"),
    ({"relations": [{"kind": "varies", "configuration": {}}]}, "a relation has neither uid nor label"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "told"), WRONG, ids=[told[:50] for _, told in WRONG])
def test_a_wrong_type_is_told_in_one_sentence(value: Any, told: str) -> None:
    with pytest.raises(
        RealistError, match=rf"\Abox 1 of it\.json: {told}.*\. Nothing was imported\.\Z"
    ) as caught:
        read(value)
    assert "\n" not in str(caught.value)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["label", "elements", "papers", "sources", "tags", "kind", "links", "text", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=100)
@given(ANY)
def test_any_json_is_read_or_refused_and_read_again_the_same(value: Any) -> None:
    try:
        box, _ = from_json(value, "it")
    except RealistError:
        with pytest.raises(RealistError, match=r"\Ait: .*Nothing was imported\.\Z"):
            from_json(value, "it")
        return
    assert from_json(to_json(box), "it") == (box, [])
