"""Extraction forms in their versions, and what people answered to them, paper by paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from realist.domain.forms import Field, Template, fits, spoken
from realist.errors import Ambiguous, NotFound
from realist.queries.grouping import Grouping, paper_grouping, parts_of, wholes_of
from realist.queries.seen import answered
from realist.queries.words import stored
from realist.store.tables import Answer, Form, FormField, Person
from realist.text import fold, line, shorten
from realist.vocabulary import FieldKind


class Version(NamedTuple):
    """A version of a form as it stands in the review; ``fields`` are the uids of its fields by key."""

    uid: str
    number: int
    template: Template
    fields: dict[str, str]
    by: str
    at: datetime


class Given(NamedTuple):
    """What a person answered, or what was ``agreed``.

    ``counts``: the agreed answer, and without one the latest of each person. ``fits``: whether it is an
    answer to the field as it is now. ``version`` of the form to which it was given.
    """

    uid: str
    by: str
    value: str
    note: str
    agreed: bool
    counts: bool
    fits: bool
    version: int
    at: datetime


class Answered(NamedTuple):
    """What counts as answered to a field of a form: the question, the answer, by whom ("" where agreed)."""

    form: str
    label: str
    value: str
    by: str


Answers = dict[str, dict[str, list[Given]]]
"""By paper, as it is read now, and by key: what was answered."""


def versions(connection: Connection, name: str | None = None) -> list[Version]:
    """Return every version of every form, or of the form with exactly that name; the latest ones last."""
    fields: dict[str, list[Any]] = defaultdict(list)
    columns = (FormField.uid, FormField.key, FormField.label, FormField.kind, FormField.choices)
    rows = select(FormField.form, *columns, FormField.help).order_by(FormField.position, FormField.uid)
    for form, *field in connection.execute(rows):
        fields[form].append(field)
    forms = select(Form.uid, Form.number, Form.name, Form.note, Person.initials, Form.at)
    forms = forms.join(Person, Person.uid == Form.person).order_by(Form.number, Form.at, Form.uid)
    if name is not None:
        forms = forms.where(Form.name == name)
    return [
        Version(
            row.uid, row.number, Template(row.name, row.note, tuple(map(_field, fields[row.uid]))),
            {key: uid for uid, key, *_ in fields[row.uid]}, row.initials, row.at,
        )
        for row in connection.execute(forms)
    ]  # fmt: skip


def _field(row: list[Any]) -> Field:
    _, key, label, kind, choices, help_ = row
    return Field(key, label, stored(FieldKind, kind), tuple(filter(None, choices.split("\n"))), help_)


def current(connection: Connection) -> list[Version]:
    """Return the version in use of each form, by name."""
    latest = {version.template.name: version for version in versions(connection)}
    return sorted(latest.values(), key=lambda version: fold(version.template.name))


def form_named(connection: Connection, name: str = "", *, number: int | None = None) -> Version:
    """Return the form that *name* means, or the only one: the version in use, or the one of that *number*.

    Raises NotFound, or Ambiguous where there are several and none is named.
    """
    of = current(connection)
    if not of:
        raise NotFound(
            "This review has no form yet: `realist form add characteristics` adds a ready one,"
            " `realist form import FILE.toml` one of your own."
        )
    there = ", ".join(shorten(version.template.name, 40) for version in of)
    if not line(name) and len(of) > 1:
        raise Ambiguous(f"There are {len(of)} forms ({there}): name one.")
    found = of[0] if not line(name) else same_form(of, name)
    if found is None:
        raise NotFound(f"There is no form {shorten(name, 60)!r} in this review. Its forms: {there}.")
    if number is None or number == found.number:
        return found
    older = [one for one in versions(connection, found.template.name) if one.number == number]
    if not older:
        of_form = shorten(found.template.name, 40)
        raise NotFound(f"The form {of_form} has no version {number}: the last is {found.number}.")
    return older[0]


def same_form(of: list[Version], name: str) -> Version | None:
    """Return the form with that name, compared folded where none is written so."""
    typed, folded = line(name), fold(name)
    exact = next((one for one in of if one.template.name == typed), None)
    return exact or next((one for one in of if folded and fold(one.template.name) == folded), None)


def answers(
    connection: Connection, form: Version, papers: Collection[str] | None = None, *, viewer: str = ""
) -> Answers:
    """Return what was answered to a form that *viewer* may see: agreed ones first, then by time.

    *papers* are uids of papers, None is all; what was joined into one is read under it. Answers to earlier
    versions are those of the field with the same key. What was taken back is left out.
    """
    if papers is None:
        of = paper_grouping(connection)
    else:
        of = Grouping(parts_of(connection, set(wholes_of(connection, papers).values())))
    statement = (
        select(
            Answer.paper, FormField.key, Answer.uid, Person.initials, Answer.value, Answer.note,
            Answer.agreed, Form.number, Answer.at,
        )
        .join(FormField, FormField.uid == Answer.field)
        .join(Form, Form.uid == FormField.form)
        .join(Person, Person.uid == Answer.person)
        .where(Form.name == form.template.name)
        .order_by(Answer.at, Answer.uid)
    )  # fmt: skip
    if papers is not None:
        statement = statement.where(Answer.paper.in_(list(of)))
    asked = {field.key: field for field in form.template.fields}
    latest: dict[tuple[str, str, str], Given] = {}
    for paper, key, uid, by, value, note, agreed, number, at in answered(
        connection, statement, viewer=viewer
    ):
        if key in asked:
            good = fits(asked[key], value)
            given = Given(uid, by, value, note, agreed, True, good, number, at)
            latest[of[paper], key, "" if agreed else by] = given
    found: Answers = defaultdict(lambda: defaultdict(list))
    for (paper, key, _), given in latest.items():
        consensus = latest.get((paper, key, ""))
        if given.value:
            counts = given.agreed or not (consensus and consensus.value)
            found[paper][key].append(given._replace(counts=counts))
            found[paper][key].sort(key=lambda one: (not one.agreed, one.at, one.uid))
    return {paper: {key: by_key[key] for key in asked if key in by_key} for paper, by_key in found.items()}


def counting(connection: Connection, paper: str, *, viewer: str = "") -> list[Answered]:
    """Return what counts as answered for a paper (uid) to every form, in the order of the questions."""
    found = []
    for form in current(connection):
        given = next(iter(answers(connection, form, [paper], viewer=viewer).values()), {})
        for field in form.template.fields:
            for one in given.get(field.key, ()):
                if one.counts:
                    by = "" if one.agreed else one.by
                    found.append(Answered(form.template.name, field.label, spoken(field, one.value), by))
    return found
