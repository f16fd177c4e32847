"""Writers: what is written reads back equal, but for what is named; every format alike."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.records import Fields
from realist.formats.writing import FORMATS, losses, parts
from realist.formats.writing.types import FORMS, OWN, type_in
from tests.formats.written import HOSTILE, ORDINARY, UNPLAIN, check_law, read_back, write

NAMES = list(FORMATS)
TEXTS = [name for name, found in FORMATS.items() if found.encoding]
TYPES = {"ris": "JOUR", "bibtex": "article", "csl-json": "article-journal", "endnote-xml": "Journal Article"}
_PAPERS = st.lists(HOSTILE, min_size=1, max_size=4)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", TYPES.values())
def test_an_ordinary_paper_is_carried_whole(name: str, kind: str) -> None:
    paper = ORDINARY._replace(type=kind)
    other = paper._replace(title="Another", doi="10.5555/other", source_key="L2")
    lost = check_law([paper, other], name)
    assert not any(lost.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_field_can_stand_alone(name: str) -> None:
    kind = TYPES.get(name, "JOUR")
    for field in Fields._fields:
        bare, full = Fields(type=kind, title="A title"), ORDINARY._replace(type=kind)
        pairs = ((bare, full), (full, bare))
        alone, without = (one._replace(**{field: getattr(other, field)}) for one, other in pairs)
        lost = {loss.field for loss in (*losses(alone, name), *losses(without, name))}
        assert not lost, field


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=20, deadline=None)
@given(papers=_PAPERS)
def test_what_is_written_reads_back_but_for_what_is_named(name: str, papers: list[Fields]) -> None:
    check_law(papers, name)


@settings(max_examples=12, deadline=None)
@given(papers=_PAPERS, unplain=UNPLAIN)
def test_a_workbook_reads_back_but_for_what_is_named(papers: list[Fields], unplain: Fields) -> None:
    check_law([*papers, unplain._replace(year=2019)], "xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=1000, deadline=None)
@given(papers=_PAPERS)
def test_many_more_papers_read_back_but_for_what_is_named(name: str, papers: list[Fields]) -> None:
    check_law(papers, name)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=30, deadline=None)
@given(papers=st.lists(UNPLAIN, min_size=1, max_size=3))
def test_texts_that_nobody_made_plain_end_no_record(name: str, papers: list[Fields]) -> None:
    check_law([paper._replace(year=2019) for paper in papers], name)


@pytest.mark.parametrize("form", FORMS)
def test_a_type_of_the_format_itself_stays_as_it_is(form: str) -> None:
    papers = [ORDINARY._replace(type=kind, journal="", editors=()) for kind in sorted(OWN[form])]
    found = read_back(write(papers, form)[0], form)
    assert [found[number].type for number in range(len(papers))] == [paper.type for paper in papers]


@pytest.mark.parametrize("form", FORMS)
def test_a_type_of_another_format_gets_the_formats_own_word(form: str) -> None:
    for name in set().union(*OWN.values()):
        kind, known = type_in(form, name, "A journal")
        assert known
        assert kind in OWN[form]
    assert type_in(form, "Journal Article; Review")[0] == TYPES[form]
    assert type_in(form, "Nonesuch") == (type_in(form, "")[0], False)


def test_types_mean_the_same_in_every_format() -> None:
    rows = [
        ("JOUR", "article", "article-journal", "Journal Article"),
        ("CHAP", "incollection", "chapter", "Book Section"),
        ("THES", "phdthesis", "thesis", "Thesis"),
        ("RPRT", "techreport", "report", "Report"),
        ("CONF", "inproceedings", "paper-conference", "Conference Proceedings"),
    ]
    for row in rows:
        for given_, form in ((kind, form) for kind in row for form in FORMS):
            own = given_ if given_ in OWN[form] - {"article"} else row[FORMS.index(form)]
            assert type_in(form, given_, "A journal") == (own, True)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Review", "JOUR"),
        ("Article; Early Access", "JOUR"),
        ("journalArticle", "JOUR"),
        ("bookSection", "CHAP"),
        ("Dissertation/Thesis", "THES"),
        ("Proceedings Paper", "CONF"),
        ("posted-content", "UNPB"),
        ("mastersthesis", "THES"),
        ("", "JOUR"),
    ],
)
def test_names_that_databases_give_types_are_known(name: str, code: str) -> None:
    assert type_in("ris", name, "A journal") == (code, True)


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_type_is_generic_and_named(form: str) -> None:
    paper = ORDINARY._replace(type="Nonesuch", source_key="")
    (loss,) = losses(paper, form)
    generic = type_in(form, "GEN")[0]
    assert (loss.field, loss.value) == ("type", "Nonesuch")
    assert loss.why == f'The format has no such type: it reads back as "{generic}".'
    assert "Nonesuch" in "".join(parts([paper], form))
    assert "Review" in "".join(parts([paper._replace(type="Review")], form))


@pytest.mark.parametrize("name", NAMES)
def test_a_line_break_in_a_title_and_a_year_that_is_none_are_named(name: str) -> None:
    paper = ORDINARY._replace(type=TYPES.get(name, "JOUR"), title="One\nTwo", year=20190, source_key="")
    found = {loss.field: loss for loss in losses(paper, name)}
    assert set(found) == {"title", "year"}
    assert '"One Two"' in found["title"].why


@pytest.mark.parametrize(
    ("name", "values", "why"),
    [
        ("ris", {"keywords": ("tea; milk",)}, 'A semicolon parts entries: it reads back as "tea | milk".'),
        ("ris", {"doi": "none"}, "It is not written as a DOI is."),
        ("bibtex", {"pages": "p. 4"}, 'The format gives it another form: it reads back as "4".'),
        ("csl-json", {"url": "example"}, "It is not written as a web address is."),
        ("endnote-xml", {"title": "a\ufffeb"}, "XML cannot hold the characters U+FFFE and U+FFFF"),
        ("ris", {"doi": "", "notes": "doi: 10.5555/it"}, "Other fields are understood to say it"),
        ("csv", {"authors": ("One\nTwo",)}, 'An entry stands on one line: it reads back as "One Two".'),
    ],
)
def test_the_reason_of_a_loss_is_said(name: str, values: dict[str, Any], why: str) -> None:
    paper = Fields(type=TYPES.get(name, "JOUR"), title="A title", year=2019)._replace(**values)
    (loss,) = [loss for loss in losses(paper, name) if loss.field != "source_key"]
    assert loss.why.startswith(why)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_at_all_makes_a_file_without_records(name: str) -> None:
    content, lost = write([], name)
    assert lost == {}
    if content.strip(b"\xef\xbb\xbf \n"):
        assert read_back(content, name) == {}


@pytest.mark.parametrize("name", TEXTS)
def test_parts_come_as_papers_come(name: str) -> None:
    asked = 0

    def papers() -> object:
        nonlocal asked
        for number in range(1000):
            asked = number
            yield ORDINARY._replace(title=f"Paper {number}", source_key=f"L{number}")

    found = parts(papers(), name)  # type: ignore[arg-type]
    assert next(found) is not None
    assert next(found)
    assert asked < 500
