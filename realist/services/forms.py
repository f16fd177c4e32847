"""Extraction forms: defined in versions, filled paper by paper."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import NamedTuple

from realist.domain.forms import Field, Template, check, read_template
from realist.errors import NotFound, Refused
from realist.queries.answers import Version, answers, current, form_named, same_form
from realist.queries.grouping import wholes_of
from realist.queries.naming import resolve
from realist.services.unit import Desk, Unit
from realist.store.tables import Answer, Form, FormField
from realist.text import line, paragraphs, shorten

READY = ("characteristics",)
"""The forms that come with the program."""


class Defined(NamedTuple):
    """A form after it was defined; not ``new`` where it stood in the review like that already."""

    uid: str
    name: str
    number: int
    new: bool


def ready_template(name: str) -> Template:
    """Return a form that comes with the program, one of READY."""
    path = files("realist.services").joinpath("ready", f"{name}.toml")
    return read_template(path.read_text(encoding="utf-8"))


def define_form(desk: Desk, template: Template, *, since: str | None = None) -> Defined:
    """Add a form, or the next version of the one with that name.

    With *since*, the uid of the version that was changed, "" for a new form: Refused where another is in use.

    Answers stay where they were given; they are read under the field with the same key, and flagged where
    they do not fit it any more. Nothing is written where the form in use says the same.
    """
    with desk.unit("define form", template.name) as work:
        was = same_form(current(work.connection), template.name)
        name = was.template.name if was else template.name
        if since is not None and since != (was.uid if was else ""):
            raise Refused(_meanwhile(name, was, since))
        if was and (was.template.note, was.template.fields) == (template.note, template.fields):
            return Defined(was.uid, name, was.number, False)
        number = was.number + 1 if was else 1
        form = work.add(Form(name=name, number=number, note=template.note))
        work.act.subject = f"{name}, version {number}"
        for position, field in enumerate(template.fields, 1):
            work.add(_row(form.uid, position, field))
        return Defined(form.uid, name, number, True)


def _meanwhile(name: str, was: Version | None, since: str) -> str:
    called = shorten(name, 60)
    if was is None:
        return f"The form {called} was taken back meanwhile."
    if not since:
        return f"There is a form {called} already: change that one, or give yours another name."
    return f"The form {called} was changed meanwhile, by {was.by}: version {was.number} is in use."


def _row(form: str, position: int, field: Field) -> FormField:
    row = FormField(form=form, position=position, key=field.key, label=field.label, kind=field.kind)
    row.choices, row.help = "\n".join(field.choices), field.help
    return row


def fill_form(
    desk: Desk,
    paper: str,
    given: Mapping[str, str],
    *,
    form: str = "",
    note: str = "",
    agreed: bool = False,
) -> list[str]:
    """Answer fields of a form for a paper, texts by key; return the uids. All are kept, or none.

    An empty text takes an answer back. *form* is a name; it may be left out where there is one form only.
    An *agreed* answer counts before those of single people.
    """
    with desk.unit("fill form", paper) as work:
        of = form_named(work.connection, form)
        if not given:
            raise Refused(
                f"Nothing was answered: name fields of {of.template.name}, such as {_keys(of)[0]}=…."
            )
        values = {line(key): _value(of, line(key), typed) for key, typed in given.items()}
        work.act.subject = f"{work.act.subject}: {', '.join(values)}{' (agreed)' if agreed else ''}"
        named = resolve(work.connection, "paper", paper)
        whole = wholes_of(work.connection, [named])[named]
        _there_to_take_back(work, of, whole, [key for key in values if not values[key]], desk, agreed)
        rows = [
            Answer(paper=whole, field=of.fields[key], value=value, note=paragraphs(note), agreed=agreed)
            for key, value in values.items()
        ]
        return [work.add(row).uid for row in rows]


def _keys(of: Version) -> list[str]:
    return [field.key for field in of.template.fields]


def _value(of: Version, key: str, typed: str) -> str:
    field = next((field for field in of.template.fields if field.key == key), None)
    if field is None:
        keys = ", ".join(_keys(of))
        raise NotFound(f"{of.template.name} has no field {shorten(key, 40)!r}. Its fields: {keys}.")
    return check(field, typed)


def _there_to_take_back(
    work: Unit, of: Version, paper: str, keys: list[str], desk: Desk, agreed: bool
) -> None:
    if not keys:
        return
    found = answers(work.connection, of, [paper], viewer=desk.initials).get(paper, {})
    for key in keys:
        own = (
            row for row in found.get(key, ()) if row.agreed is agreed and (agreed or row.by == desk.initials)
        )
        if not any(own):
            whose = "There is no agreed answer" if agreed else "You gave no answer"
            raise Refused(f"{whose} to {key}: there is nothing to take back.")
