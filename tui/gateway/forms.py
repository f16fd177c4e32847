"""Forms: those of the review, and defining one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from realist.domain.forms import CHOOSING, Field, Template, check, key_from, read_field
from realist.errors import Refused
from realist.queries import answers
from realist.services import forms
from realist.text import line, paragraphs
from realist.vocabulary import FieldKind

if TYPE_CHECKING:
    from realist.queries.answers import Version
    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

KINDS = tuple(map(str, FieldKind))


def there(gate: Gateway) -> tuple[list[Version], list[Template]]:
    """Return the forms in use, and those that come ready and are not among them."""
    of = gate.read(answers.current)
    ready = (forms.ready_template(name) for name in forms.READY)
    return of, [template for template in ready if answers.same_form(of, template.name) is None]


def in_use(gate: Gateway, name: str) -> Version | None:
    """Return the version of a form that is in use, None where there is none of that name."""
    return answers.same_form(gate.read(answers.current), name)


def define(desk: Desk, template: Template, since: str) -> str:
    """Define a form, or the next version of one; return what was done as a sentence."""
    if not line(template.name):
        raise Refused("The form has no name: n gives it one.")
    if not template.fields:
        raise Refused("The form has no fields: a adds one.")
    done = forms.define_form(desk, template, since=since)
    if not done.new:
        return f"The form {done.name} stands like that already, version {done.number}: nothing was changed."
    return f"The form {done.name} is there, version {done.number}."


def field_of(values: Mapping[str, str], others: Sequence[Field]) -> Field:
    """Return the field that was typed, beside *others*; Refused where it cannot be one."""
    label, kind = line(values["label"]), values["kind"]
    if not label:
        raise Refused("Say what is asked.")
    taken = [field.key for field in others]
    key = line(values["key"]) or key_from(label, taken)
    if key in taken:
        raise Refused(f"Another field has the key {key!r}: give this one another.")
    choices = [choice for choice in map(line, values["choices"].split("\n")) if choice]
    if choices and kind not in CHOOSING:
        raise Refused(f"A field of the kind {kind} has no choices: take them out, or change the kind.")
    if not choices and kind in CHOOSING:
        raise Refused("Write the choices, one on each line.")
    row = {"key": key, "label": label, "kind": kind, "choices": choices, "help": paragraphs(values["help"])}
    return read_field(row, "The field")


def tried(template: Template, values: Mapping[str, str]) -> str:
    """Check answers as those to a form would be, without keeping them; Refused where one does not fit."""
    for field in template.fields:
        check(field, values[field.key])
    return "These answers would be taken; nothing was kept."


def as_draft(template: Template, since: str) -> dict[str, str]:
    """Return a form that is worked on as a draft."""
    rows = [[of.key, of.label, str(of.kind), list(of.choices), of.help] for of in template.fields]
    body = json.dumps(rows, ensure_ascii=False)
    return {"name": template.name, "note": template.note, "since": since, "fields": body}


def from_draft(found: Mapping[str, str]) -> tuple[Template, str] | None:
    """Return the form of a draft, and the version that it changes; None where it cannot be read."""
    try:
        fields = tuple(
            Field(str(key), str(label), FieldKind(kind), tuple(map(str, choices)), str(help_))
            for key, label, kind, choices, help_ in json.loads(found["fields"])
        )
        return Template(found["name"], found["note"], fields), found["since"]
    except (KeyError, TypeError, ValueError):
        return None


def changes(was: Version | None, template: Template) -> list[str]:
    """Return what differs from the version in use, and what becomes of what was answered."""
    if was is None:
        return []
    old = {field.key: field for field in was.template.fields}
    new = {field.key: field for field in template.fields}
    said = [f"{len(new.keys() - old.keys())} added"] if new.keys() - old.keys() else []
    changed = [key for key in old.keys() & new.keys() if old[key] != new[key]]
    said += [f"{len(changed)} changed"] if changed else []
    if gone := [key for key in old if key not in new]:
        said.append(f"{len(gone)} taken out ({', '.join(gone)}): answers stay with version {was.number}")
    if [key for key in old if key in new] != [key for key in new if key in old]:
        said.append("another order")
    return said
