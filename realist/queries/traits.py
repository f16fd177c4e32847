"""What is known of papers that tables can be by: studies, year, answers to a form, appraisals."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import Connection, select

from realist.domain.crossing import By, Value
from realist.errors import Ambiguous, NotFound
from realist.queries.answers import Version, answers, current, same_form
from realist.queries.appraisals import appraisals, dimension_named, scale
from realist.queries.best import read_together, shown
from realist.queries.grouping import paper_grouping
from realist.queries.kin import studies
from realist.store.tables import Paper
from realist.text import fold, line, shorten
from realist.vocabulary import FieldKind


class Traits(NamedTuple):
    """Values by paper (uid); ``known`` are all that there are, in order, where that is settled."""

    of: dict[str, list[Value]]
    known: tuple[Value, ...] = ()


def trait_of(connection: Connection, by: By, *, viewer: str = "") -> Traits:
    """Return what is known of papers as *viewer* may see it; *country* is what forms were answered."""
    match by.what:
        case "study":
            return _studies(connection)
        case "year":
            return _years(connection)
        case "country":
            return _countries(connection, viewer)
        case "appraisal":
            return _appraised(connection, by.name, viewer)
    return _answered(connection, *_field(connection, by.name), viewer)


def _studies(connection: Connection) -> Traits:
    rows = studies(connection)
    found: dict[str, list[Value]] = defaultdict(list)
    for row in rows:
        for paper in row["papers"]:
            found[paper["uid"]].append(Value(row["uid"], row["name"], row["uid"]))
    return Traits(found, tuple(Value(row["uid"], row["name"], row["uid"]) for row in rows))


def _years(connection: Connection) -> Traits:
    grouping = paper_grouping(connection)
    of = {**grouping, **{whole: whole for whole in grouping.values()}}
    best = read_together(connection, of, ["year"])
    rows = connection.execute(select(Paper.uid, Paper.year)).mappings()
    years = {row["uid"]: shown(row, best)["year"] for row in rows}
    return Traits({uid: [Value(str(year), str(year))] for uid, year in years.items() if year})


def _countries(connection: Connection, viewer: str) -> Traits:
    """Return the countries that fields of that kind were answered with, in whatever form."""
    found: dict[str, list[Value]] = defaultdict(list)
    for form in current(connection):
        for field in form.template.fields:
            if field.kind is FieldKind.COUNTRY:
                for paper, values in _answered(connection, form, field.key, viewer).of.items():
                    found[paper] += [Value(value.name, value.name) for value in values]
    return Traits(found)


def _field(connection: Connection, name: str) -> tuple[Version, str]:
    """Return the form and key that "KEY" or "FORM:KEY" means."""
    of, _, key = name.rpartition(":")
    key, forms = line(key), current(connection)
    if of:
        named = same_form(forms, of)
        forms = [named] if named else []
    having = [form for form in forms if key in form.fields]
    if len(having) == 1:
        return having[0], key
    if having:
        there = ", ".join(f"field:{shorten(form.template.name, 40)}:{key}" for form in having)
        raise Ambiguous(f"Several forms have a field {key}: say which one, {there}.")
    keys = ", ".join(key for form in forms for key in form.fields) or "there is none yet"
    raise NotFound(f"No form has a field {shorten(name, 40)!r}. The fields: {keys}.")


def _answered(connection: Connection, form: Version, key: str, viewer: str) -> Traits:
    """Return what counts of the answers to a field; where people differ, what each of them answered."""
    field = next(field for field in form.template.fields if field.key == key)
    found: dict[str, list[Value]] = {}
    for paper, given in answers(connection, form, viewer=viewer).items():
        texts = (line(text) for one in given.get(key, ()) if one.counts for text in one.value.split("\n"))
        if field.kind is FieldKind.TEXT:
            texts = (line(one.value) for one in given.get(key, ()) if one.counts)
        found[paper] = [Value(fold(text) or text, text) for text in texts if text]
    return Traits(found, tuple(Value(fold(choice) or choice, choice) for choice in field.choices))


def _appraised(connection: Connection, name: str, viewer: str) -> Traits:
    """Return the levels that people gave papers as a whole; where they differ, each of them."""
    of = dimension_named(scale(connection), name)
    levels = {level.name: Value(level.uid, level.name, level.uid) for level in of.levels}
    found: dict[str, list[Value]] = defaultdict(list)
    for row in appraisals(connection, viewer=viewer):
        if row.dimension == of.name and not row.excerpt and row.level in levels:
            found[row.paper].append(levels[row.level])
    return Traits(found, tuple(levels.values()))
