"""Forms in TOML, there and back; answers checked against what a field asks; countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realist.domain.countries import country
from realist.domain.forms import (
    Field,
    Template,
    check,
    fits,
    key_from,
    read_field,
    read_template,
    spoken,
    write_template,
)
from realist.errors import Refused
from realist.text import line
from realist.vocabulary import FieldKind

NUMBER, YES_NO, DATE = FieldKind.NUMBER, FieldKind.YES_NO, FieldKind.DATE
CHOICE, MANY, COUNTRY, TEXT = FieldKind.CHOICE, FieldKind.MANY, FieldKind.COUNTRY, FieldKind.TEXT
CHOICES = ("trial", "Case study", "±")
WHOLE = """
name = "  Paper   characteristics"
note = "first try"

[[field]]
key = "aim"

[[field]]
key = "design"
label = "What kind of study?"
kind = "many choices"
choices = ["trial", "case study"]
help = \"\"\"
One or more.

See the protocol.\"\"\"
"""


def field(kind: FieldKind) -> Field:
    return Field("x", "X", kind, CHOICES if kind in (CHOICE, MANY) else ())


def test_a_form_is_read() -> None:
    found = read_template(WHOLE)
    assert (found.name, found.note) == ("Paper characteristics", "first try")
    assert found.fields == (
        Field("aim", "aim"),
        Field(
            "design",
            "What kind of study?",
            MANY,
            ("trial", "case study"),
            "One or more.\n\nSee the protocol.",
        ),
    )


words = st.text(min_size=1).map(line).filter(bool)


@given(name=words, note=words, label=words, choices=st.lists(st.from_regex("[a-z]{1,9}", fullmatch=True),
       min_size=1, unique=True))  # fmt: skip
def test_a_form_that_was_written_reads_back_equal(
    name: str, note: str, label: str, choices: list[str]
) -> None:
    form = Template(name, note, (Field("a", label, help=note), Field("b", label, CHOICE, tuple(choices))))
    assert read_template(write_template(form)) == form


F = 'name = "F"\n[[field]]\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name = ", r"This is no TOML that can be read: Invalid value \(at end of document\)\."),
        ("a = " + "[" * 9999, "This is no TOML that can be read"),
        ("a = " + "9" * 9999, "This is no TOML that can be read"),
        ('name = "F"', r"The form has no fields: begin each with a line \[\[field\]\]\."),
        ('name = "F"\nfield = "x"', "The form has no fields"),
        ('[[field]]\nkey = "a"', "The form has no name"),
        ('name = 7\n[[field]]\nkey = "a"', "The form: name is no text"),
        ('title = "F"\n' + F, "The form says 'title', which means nothing here: use name, note, field."),
        (F, "Field 1: '' is no key: use up to 40 small letters"),
        (F + 'key = "Aim"', "Field 1: 'Aim' is no key"),
        (F + 'key = "paper_uid"', "Field 1: 'paper_uid' is taken by a column of tables"),
        (F + 'key = "a"\n[[field]]\nkey = "a"', "Two fields have the key 'a'"),
        (F + 'key = "a"\nchoises = ["b"]', "Field 1 says 'choises', which means nothing here"),
        (F + 'key = "a"\nkind = "colour"', r"Field 1 \(a\): 'colour' is no kind: use one of text, number"),
        (F + 'key = "a"\nkind = "choice"', r"Field 1 \(a\) has no choices"),
        (F + 'key = "a"\nchoices = ["b"]', r"Field 1 \(a\) has choices, and is of kind text"),
        (F + 'key = "a"\nkind = "choice"\nchoices = "b"', "choices is no list of texts"),
        (F + 'key = "a"\nkind = "choice"\nchoices = ["b;c"]', "'b;c' cannot be a choice"),
        (F + 'key = "a"\nkind = "choice"\nchoices = ["b", " "]', "an empty choice"),
        (F + 'key = "a"\nkind = "choice"\nchoices = ["B", "b"]', "has the choice 'B' twice"),
    ],
)
def test_what_is_wrong_with_a_form_is_said(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence) as told:
        read_template(text)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (TEXT, " one \n\n\n\n two\x1b[31m ", "one\n\ntwo[31m"),
        (TEXT, "=cmd()", "=cmd()"),
        (NUMBER, " 1446 ", "1446"),
        (NUMBER, "+3.50", "3.50"),
        (NUMBER, "-2", "-2"),
        (YES_NO, "Y", "yes"),
        (YES_NO, "no", "no"),
        (DATE, "2019", "2019"),
        (DATE, "2019-05", "2019-05"),
        (DATE, "2020-02-29", "2020-02-29"),
        (CHOICE, "case STUDY", "Case study"),
        (CHOICE, "±", "±"),
        (MANY, "±; trial;; trial ", "trial\n±"),
        (MANY, "±\ntrial", "trial\n±"),
        (COUNTRY, "uk", "United Kingdom"),
        (COUNTRY, "SWE; Côte d’Ivoire", "Sweden\nCôte d'Ivoire"),
        *((kind, " \x00 ", "") for kind in FieldKind),
    ],
)
def test_an_answer_is_kept_in_one_form(kind: FieldKind, typed: str, kept: str) -> None:
    assert check(field(kind), typed) == kept
    assert fits(field(kind), kept)


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        (NUMBER, "1,446", "is no number: use digits"),
        (NUMBER, "٣", "is no number"),
        (NUMBER, "9" * 31, "is no number"),
        (YES_NO, "maybe", "is neither yes nor no"),
        (DATE, "2019-13", "is no date: write it as 2019-05-31, or as far as known"),
        (DATE, "2019-02-29", "is no date"),
        (DATE, "31.5.2019", "is no date"),
        (DATE, "0000", "is no date"),
        (CHOICE, "a trial", "'a trial' is none of its choices: trial; Case study; ±"),
        (CHOICE, "…", "is none of its choices"),
        (MANY, "trial; error", "'error' is none of its choices"),
        (COUNTRY, "Sweden, Norway", "is no country of ISO 3166"),
    ],
)
def test_what_a_field_does_not_ask_is_refused(kind: FieldKind, typed: str, why: str) -> None:
    with pytest.raises(Refused, match=f"^x: .*{why}"):
        check(field(kind), typed)
    assert not fits(field(kind), typed)


def test_an_answer_that_no_longer_fits() -> None:
    assert fits(field(CHOICE), "trial")
    assert not fits(field(NUMBER), "trial")
    assert not fits(field(CHOICE), "trial\n±")
    assert not fits(field(CHOICE), "TRIAL"), "a choice is kept as it is written in the form"


def test_an_answer_on_one_line() -> None:
    assert spoken(field(MANY), "trial\n±") == "trial; ±"
    assert spoken(field(TEXT), "one\n\ntwo") == "one two"


@pytest.mark.parametrize(
    ("typed", "name"),
    [("se", "Sweden"), ("TUR", "Türkiye"), ("Turkey", "Türkiye"), ("u.s.a.", "United States"),
     ("Korea, Republic of", "South Korea"), ("aland islands", "Åland Islands")],
)  # fmt: skip
def test_a_country_by_name_or_code(typed: str, name: str) -> None:
    assert country(typed) == name
    assert country(name) == name


def test_a_country_that_is_none() -> None:
    with pytest.raises(Refused, match=r"'Sweeden' is no country of ISO 3166: did you mean Sweden\?"):
        country("Sweeden")
    with pytest.raises(Refused, match="write United Kingdom, and the rest in a note"):
        country("Wales")
    with pytest.raises(Refused, match="use its English name, or its code such as SE"):
        country("\x1b")


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Who led it?", (), "who-led-it"),
        ("Who led it?", ("who-led-it", "who-led-it-2"), "who-led-it-3"),
        ("2. Où était-ce ?", (), "ou-etait-ce"),
        ("Paper", (), "paper-2"),
        ("国家", (), "field"),
        ("x" * 99, ("x" * 36,), "x" * 36 + "-2"),
    ],
)
def test_a_key_is_made_of_a_label(label: str, taken: tuple[str, ...], key: str) -> None:
    assert key_from(label, taken) == key
    assert read_field({"key": key, "label": label}, "The field").key == key
