"""Extraction forms: read from TOML and written back, and answers checked against what a field asks.

A form in a file::

    name = "Paper characteristics"

    [[field]]
    key = "setting"
    label = "Where did it take place?"
    kind = "choice"
    choices = ["hospital", "community"]

``kind`` is a word of :class:`~realist.vocabulary.FieldKind`, text where none is given. An answer is kept as
text in one form only ("yes", "2019-05", "Sweden"); several choices or countries stand a line each.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from realist.domain.countries import country
from realist.errors import Refused
from realist.text import fold, line, paragraphs, shorten
from realist.vocabulary import FieldKind

CHOOSING = (FieldKind.CHOICE, FieldKind.MANY)
SEVERAL = (FieldKind.MANY, FieldKind.COUNTRY)
"""Kinds to which several answers can be given, parted by semicolons."""
RESERVED = ("paper_uid", "paper_number", "paper")
"""Columns that stand before the answers in a table."""
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_OF_FORM, _OF_FIELD = ("name", "note", "field"), ("key", "label", "kind", "choices", "help")
_YES = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form: the *key* names it in tables and files, the *label* is what people read."""

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A form as a team defines it; the fields stand in order."""

    name: str
    note: str
    fields: tuple[Field, ...]


def read_template(text: str) -> Template:
    """Return the form that a TOML text defines. Raises Refused with what is wrong, where, what to do."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = line(str(error)) if isinstance(error, ValueError) else "it is nested too deeply"
        raise Refused(f"This is no TOML that can be read: {why}.") from None
    _only(data, _OF_FORM, "The form")
    rows = data.get("field", [])
    if not (isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)):
        raise Refused("The form has no fields: begin each with a line [[field]].")
    name = line(_words(data, "name", "The form"))
    if not name:
        raise Refused('The form has no name: begin with a line such as name = "Characteristics".')
    fields = tuple(read_field(row, f"Field {place}") for place, row in enumerate(rows, 1))
    keys = [field.key for field in fields]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise Refused(f"Two fields have the key {twice!r}: give one of them another.")
    return Template(name, paragraphs(_words(data, "note", "The form")), fields)


def _only(row: dict[str, Any], known: Sequence[str], what: str) -> None:
    if odd := next((name for name in row if name not in known), ""):
        raise Refused(f"{what} says {shorten(odd, 40)!r}, which means nothing here: use {', '.join(known)}.")


def _words(row: dict[str, Any], name: str, what: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise Refused(f'{what}: {name} is no text: put it in quotation marks, {name} = "…".')
    return value


def read_field(row: dict[str, Any], what: str) -> Field:
    """Return the field that a table of a TOML text says; *what* begins the sentence of what is Refused."""
    _only(row, _OF_FIELD, what)
    key = _words(row, "key", what)
    if not _KEY.fullmatch(key) or key in RESERVED:
        taken = "is taken by a column of tables" if key in RESERVED else "is no key"
        rule = "use up to 40 small letters a to z, digits, - and _, with a letter first"
        raise Refused(f"{what}: {shorten(key, 40)!r} {taken}: {rule}.")
    what = f"{what} ({key})"
    kind = line(_words(row, "kind", what)) or FieldKind.TEXT
    if kind not in list(FieldKind):
        raise Refused(f"{what}: {shorten(kind, 40)!r} is no kind: use one of {', '.join(FieldKind)}.")
    label, help_ = line(_words(row, "label", what)) or key, paragraphs(_words(row, "help", what))
    return Field(key, label, FieldKind(kind), _choices(row, FieldKind(kind), what), help_)


def _choices(row: dict[str, Any], kind: FieldKind, what: str) -> tuple[str, ...]:
    given = row.get("choices", [])
    if not (isinstance(given, list) and all(isinstance(choice, str) for choice in given)):
        raise Refused(f'{what}: choices is no list of texts: write choices = ["one", "another"].')
    choices = tuple(map(line, given))
    if bool(choices) != (kind in CHOOSING):
        wrong = "has no choices" if kind in CHOOSING else f"has choices, and is of kind {kind}"
        raise Refused(f"{what} {wrong}: give choices to the kinds {' and '.join(CHOOSING)} alone.")
    if odd := next((choice for choice in choices if ";" in choice), ""):
        raise Refused(f"{what}: {shorten(odd, 40)!r} cannot be a choice: leave the semicolon out.")
    if "" in choices:
        raise Refused(f"{what} has an empty choice: leave it out.")
    alike = [fold(choice) or choice for choice in choices]
    if twice := next((c for c, one in zip(choices, alike, strict=True) if alike.count(one) > 1), ""):
        raise Refused(f"{what} has the choice {shorten(twice, 40)!r} twice: leave one out.")
    return choices


def key_from(label: str, taken: Collection[str]) -> str:
    """Return a key made of a label, none that is *taken*: "Who led it?" gives ``who-led-it``."""
    words = "-".join(re.findall("[a-z0-9]+", fold(label))).lstrip("0123456789-")[:36].rstrip("-") or "field"
    keys = (words if n == 1 else f"{words}-{n}" for n in count(1))
    return next(key for key in keys if key not in taken and key not in RESERVED)


def write_template(template: Template) -> str:
    """Return a form as TOML that :func:`read_template` reads back equal."""
    rows = [f"name = {_quoted(template.name)}"]
    if template.note:
        rows.append(f"note = {_quoted(template.note)}")
    for field in template.fields:
        rows += ["", "[[field]]", f"key = {_quoted(field.key)}", f"label = {_quoted(field.label)}"]
        rows.append(f"kind = {_quoted(field.kind)}")
        if field.choices:
            rows.append(f"choices = [{', '.join(map(_quoted, field.choices))}]")
        if field.help:
            rows.append(f"help = {_quoted(field.help)}")
    return "\n".join(rows) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)  # what JSON escapes, TOML escapes in the same way


def check(field: Field, typed: str) -> str:
    """Return the answer as it is kept; "" for an empty one. Raises Refused where the field asks otherwise."""
    text = paragraphs(typed) if field.kind is FieldKind.TEXT else line(typed)
    if field.kind in SEVERAL:
        parts = [line(part) for part in typed.replace("\n", ";").split(";")]
        found = list(dict.fromkeys(_checked(field, part) for part in parts if part))
        order = field.choices if field.kind is FieldKind.MANY else found
        return "\n".join(one for one in order if one in found)
    return _checked(field, text) if text else ""


def _checked(field: Field, text: str) -> str:
    match field.kind:
        case FieldKind.NUMBER:
            if _NUMBER.fullmatch(text):
                return text.removeprefix("+")
            raise _wrong(field, text, "is no number: use digits, with a point before decimals, such as 12.5")
        case FieldKind.YES_NO:
            if answer := _YES.get(fold(text)):
                return answer
            raise _wrong(field, text, "is neither yes nor no")
        case FieldKind.DATE:
            if _is_date(text):
                return text
            raise _wrong(field, text, "is no date: write it as 2019-05-31, or as far as known: 2019-05, 2019")
        case FieldKind.COUNTRY:
            try:
                return country(text)
            except Refused as error:
                raise Refused(f"{field.key}: {error}") from None
        case FieldKind.CHOICE | FieldKind.MANY:
            return _chosen(field, text)
    return text


def _chosen(field: Field, text: str) -> str:
    folded = fold(text)
    same = [choice for choice in field.choices if choice == text or (folded and fold(choice) == folded)]
    if not same:
        raise _wrong(field, text, f"is none of its choices: {'; '.join(field.choices)}")
    return same[0]


def _wrong(field: Field, text: str, why: str) -> Refused:
    return Refused(f"{field.key}: {shorten(text, 60)!r} {why}.")


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def fits(field: Field, value: str) -> bool:
    """Whether an answer that was given earlier is one to the field as it is now."""
    try:
        return check(field, value) == value
    except Refused:
        return False


def spoken(field: Field, value: str) -> str:
    """Return an answer on one line, several choices or countries parted by semicolons."""
    return "; ".join(value.split("\n")) if field.kind in SEVERAL else line(value)
