"""Extraction forms in versions, and answers: whose counts, what still fits, who may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from realist.domain.forms import read_template, write_template
from realist.errors import Ambiguous, NotFound, Refused
from realist.queries.answers import answers, current, form_named, versions
from realist.services import forms, papers, plan, rounds, sameness
from realist.services.history import redo, undo
from realist.services.unit import Desk
from realist.vocabulary import RoundKind
from tests.services.appraised import FORM
from tests.services.dumps import dump


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Papers A and B, and a form with the fields aim, design and country."""
    for label in "AB":
        papers.add_paper(desk, label=label)
    forms.define_form(desk, read_template(FORM))
    return desk


def counting(desk: Desk, viewer: str = "SF", form: str = "") -> dict[str, dict[str, list[str]]]:
    """Return by the label of the paper and key what counts; what does not fit ends in a mark."""
    labels = {row["uid"]: row["label"] for row in dump(desk.store)["paper"]}
    with desk.store.read() as connection:
        found = answers(connection, form_named(connection, form), viewer=viewer)
    return {
        labels[paper]: {
            key: [f"{one.by} {one.value}{'' if one.fits else ' ?'}" for one in given if one.counts]
            for key, given in by_key.items()
        }
        for paper, by_key in found.items()
    }


def test_the_latest_of_each_person_counts_and_what_was_agreed_before_all(full: Desk) -> None:
    other = Desk(full.store, "NG")
    forms.fill_form(full, "A", {"design": "trial", "country": "se"}, note="p. 3")
    forms.fill_form(other, "A", {"design": "interviews"})
    forms.fill_form(full, "A", {"design": "INTERVIEWS"})
    both = ["NG interviews", "SF interviews"]
    assert counting(full) == {"A": {"design": both, "country": ["SF Sweden"]}}
    forms.fill_form(other, "A", {"design": "trial"}, agreed=True)
    assert counting(full)["A"]["design"] == ["NG trial"]
    forms.fill_form(full, "A", {"design": "interviews"}, agreed=True)
    assert counting(full)["A"]["design"] == ["SF interviews"]
    forms.fill_form(other, "A", {"design": ""}, agreed=True)
    assert counting(full)["A"]["design"] == both
    assert undo(other) == "fill form A: design (agreed)"
    assert counting(full)["A"]["design"] == ["SF interviews"]
    redo(other)
    forms.fill_form(full, "A", {"design": " \x00", "aim": "=1+1"})
    assert counting(full)["A"] == {
        "aim": ["SF =1+1"], "design": ["NG interviews"], "country": ["SF Sweden"],
    }  # fmt: skip


def test_all_answers_are_kept_or_none(full: Desk) -> None:
    before = dump(full.store, log=True)
    for given, why in (
        ({"country": "SE", "design": "poem"}, "design: 'poem' is none of its choices: trial; interviews"),
        ({"country": "SE", "sise": "3"}, r"has no field 'sise'\. Its fields: aim, design, country\."),
        ({"country": "SE", "aim": ""}, "You gave no answer to aim: there is nothing to take back"),
        ({}, "Nothing was answered: name fields of Characteristics, such as aim="),
    ):
        with pytest.raises((Refused, NotFound), match=why):
            forms.fill_form(full, "A", given)
    with pytest.raises(Refused, match="There is no agreed answer to aim"):
        forms.fill_form(full, "A", {"aim": ""}, agreed=True)
    with pytest.raises(NotFound, match="There is no paper 'C'"):
        forms.fill_form(full, "C", {"aim": "x"})
    assert dump(full.store, log=True) == before


def test_a_new_version_keeps_answers_by_key(full: Desk) -> None:
    forms.fill_form(full, "A", {"aim": "why\n\nand how", "design": "trial", "country": "SE"})
    new = FORM.replace('["trial"', '["survey"').replace('name = "C', 'name = "c')
    new = new.replace('key = "aim"', 'key = "aim"\nkind = "number"').replace(
        '"country"\nkind', '"place"\nkind'
    )
    done = forms.define_form(full, read_template(new))
    assert (done.name, done.number, done.new) == ("Characteristics", 2, True)
    assert counting(full) == {"A": {"aim": ["SF why\n\nand how ?"], "design": ["SF trial ?"]}}
    forms.fill_form(full, "A", {"design": "survey"})
    assert counting(full)["A"]["design"] == ["SF survey"]
    forms.define_form(full, read_template(FORM))
    assert counting(full)["A"] == {
        "aim": ["SF why\n\nand how"], "design": ["SF survey ?"], "country": ["SF Sweden"],
    }  # fmt: skip
    with full.store.read() as connection:
        assert [row.number for row in versions(connection, "Characteristics")] == [1, 2, 3]
        assert form_named(connection, "characteristics", number=2).template.fields[2].key == "place"
        with pytest.raises(NotFound, match="The form Characteristics has no version 9: the last is 3"):
            form_named(connection, number=9)


def test_the_same_form_again_changes_nothing(full: Desk) -> None:
    before = dump(full.store, log=True)
    assert not forms.define_form(full, read_template(FORM)).new
    assert dump(full.store, log=True) == before


def test_a_form_is_written_as_it_was_read(full: Desk) -> None:
    ready = forms.ready_template("characteristics")
    forms.define_form(full, ready)
    with full.store.read() as connection:
        found = form_named(connection, "paper CHARACTERISTICS").template
        assert [row.template.name for row in current(connection)] == ["Characteristics", ready.name]
    assert found == ready == read_template(write_template(found))
    keys = [field.key for field in ready.fields]
    assert keys == [
        "aim", "design", "country", "setting", "participants", "methods", "intervention", "data-from",
    ]  # fmt: skip


def test_with_several_forms_one_is_named(full: Desk) -> None:
    forms.define_form(full, forms.ready_template("characteristics"))
    forms.fill_form(full, "A", {"aim": "x"}, form="characteristics")
    forms.fill_form(full, "A", {"aim": "y"}, form="Paper characteristics")
    assert counting(full, form="Characteristics") == {"A": {"aim": ["SF x"]}}
    with pytest.raises(Ambiguous, match=r"There are 2 forms \(Characteristics, Paper characteristics\)"):
        forms.fill_form(full, "A", {"aim": "x"})
    with pytest.raises(NotFound, match=r"There is no form 'Quality' in this review\. Its forms: Char"):
        forms.fill_form(full, "A", {"aim": "x"}, form="Quality")


def test_without_a_form_it_is_said_how_to_make_one(desk: Desk) -> None:
    with pytest.raises(NotFound, match="`realist form add characteristics` adds a ready one"):
        forms.fill_form(desk, "A", {"aim": "x"})


def test_answers_show_on_the_paper_as_it_is_read_now(full: Desk) -> None:
    forms.fill_form(full, "B", {"aim": "before", "country": "SE"})
    sameness.join_papers(full, "B", "A")
    forms.fill_form(full, "#2", {"aim": "after"})
    assert counting(full) == {"A": {"aim": ["SF after"], "country": ["SF Sweden"]}}
    sameness.end_join(full, "B", reason="two")
    assert counting(full) == {
        "A": {"aim": ["SF after"]},
        "B": {"aim": ["SF before"], "country": ["SF Sweden"]},
    }


def test_in_a_blind_round_only_ones_own_is_seen(full: Desk) -> None:
    other = Desk(full.store, "NG")
    plan.add_stage(full, "1")
    forms.fill_form(other, "A", {"aim": "before"})
    rounds.add_round(full, "titles", stage="1", kind=RoundKind.TITLE_ABSTRACT, readers=2, blind=True)
    rounds.enter(full, "titles", ["A"])
    forms.fill_form(other, "A", {"aim": "after", "country": "NO"})
    forms.fill_form(other, "A", {"country": "FI"}, agreed=True)
    forms.fill_form(other, "B", {"country": "NO"})
    forms.fill_form(full, "A", {"country": "SE"})
    common = {"aim": ["NG before"]}
    assert counting(full) == {"A": {**common, "country": ["SF Sweden"]}, "B": {"country": ["NG Norway"]}}
    assert counting(full, "") == counting(full, "XX") == {"A": common, "B": {"country": ["NG Norway"]}}
    assert counting(full, "NG")["A"] == {"aim": ["NG after"], "country": ["NG Finland"]}
    with pytest.raises(Refused, match="There is no agreed answer to country"):
        forms.fill_form(full, "A", {"country": ""}, agreed=True)
    rounds.open_round(full, "titles")
    assert counting(full, "")["A"] == {"aim": ["NG after"], "country": ["NG Finland"]}


def test_a_version_does_not_cover_one_that_came_meanwhile(full: Desk) -> None:
    template = read_template(FORM)
    with full.store.read() as connection:
        first = form_named(connection)
    with pytest.raises(Refused, match="There is a form Characteristics already: change that one"):
        forms.define_form(full, template, since="")
    with pytest.raises(Refused, match="The form Other was taken back meanwhile"):
        forms.define_form(full, replace(template, name="Other"), since=first.uid)
    longer = read_template(FORM + '[[field]]\nkey = "where"\n')
    assert forms.define_form(full, longer, since=first.uid).number == 2
    before = dump(full.store, log=True)
    with pytest.raises(Refused, match="was changed meanwhile, by SF: version 2 is in use"):
        forms.define_form(full, template, since=first.uid)
    assert dump(full.store, log=True) == before
