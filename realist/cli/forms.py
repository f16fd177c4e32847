"""Verbs for extraction forms: defined, shown, filled, and the answers as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from realist.cli import show
from realist.cli.appraising import members
from realist.cli.desk import as_json, desk, review, viewer
from realist.cli.tables import write_table
from realist.domain.forms import RESERVED, Field, Template, read_template, spoken, write_template
from realist.errors import RealistError, Refused, WrongUse
from realist.queries.answers import Given, Version, answers, current, form_named
from realist.queries.appraisals import numbered
from realist.queries.naming import resolve
from realist.services import forms as services
from realist.services.unit import Desk
from realist.text import line

UNFIT = " [does not fit]"
"""What stands behind an answer that is none to the field as it is now."""


@click.group("form")
def form_() -> None:
    """Extraction forms: define, fill, the answers as a table."""


@form_.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def form_import(file: Path, json_: bool) -> None:
    """Define a form by a TOML file, or the next version of the one with the same name.

    Answers stay: they are read under the field with the same key. `realist form show --toml` writes a form as
    such a file.
    """
    with desk() as at:
        _said(at, services.define_form(at, _read(file)), json_)


def _read(file: Path) -> Template:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RealistError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RealistError(f"{file} is not UTF-8 (byte {error.start + 1}): save it as UTF-8.") from error
    try:
        return read_template(text)
    except Refused as error:
        raise Refused(f"{file}: {error} Nothing was imported.") from None


@form_.command("add")
@click.argument("name", type=click.Choice(services.READY))
@as_json
def form_add(name: str, json_: bool) -> None:
    """Add a form that comes with the program: characteristics, for the table of included papers."""
    with desk() as at:
        _said(at, services.define_form(at, services.ready_template(name)), json_)


def _said(at: Desk, done: services.Defined, json_: bool) -> None:
    if json_:
        show.say_json(done._asdict())
    elif done.new:
        show.say(f"The form {done.name} is there, version {done.number}.")
    else:
        show.say(
            f"The form {done.name} stands like that already, version {done.number}: nothing was changed."
        )


@form_.command("list")
@as_json
def form_list(json_: bool) -> None:
    """List the forms of this review, each in the version that is in use."""
    with review() as store, store.read() as connection:
        rows = [
            {
                "uid": row.uid, "name": row.template.name, "version": row.number,
                "fields": len(row.template.fields), "note": row.template.note, "by": row.by, "at": row.at,
            }
            for row in current(connection)
        ]  # fmt: skip
    if json_:
        show.say_json(rows)
    else:
        headings = {"name": "form", "version": "version", "fields": "fields", "note": "note"}
        show.table(rows, headings, grow="note")


@form_.command("show")
@click.argument("name", required=False, default="")
@click.option("--number", type=click.IntRange(1, 1_000_000), default=None, help="An earlier version.")
@click.option("--toml", is_flag=True, help="As a file that `realist form import` reads.")
@as_json
def form_show(name: str, number: int | None, toml: bool, json_: bool) -> None:
    """Show the fields of a form; NAME may be left out where there is one only."""
    if toml and json_:
        raise WrongUse("Use --toml or --json.")
    with review() as store, store.read() as connection:
        found = form_named(connection, name, number=number)
    template = found.template
    if toml:
        show.say(write_template(template).rstrip("\n"))
        return
    if json_:
        show.say_json(_as_json(found))
        return
    show.title(f"{template.name}, version {found.number}")
    if template.note:
        show.paragraph(template.note)
    for field in template.fields:
        choices = f": {'; '.join(field.choices)}" if field.choices else ""
        show.paragraph(f"{field.key}  {field.label} ({field.kind}{choices})")
        if field.help:
            show.paragraph(field.help, indent="    ")


def _as_json(found: Version) -> dict[str, Any]:
    template = found.template
    return {
        "uid": found.uid, "name": template.name, "version": found.number, "note": template.note,
        "by": found.by, "at": found.at,
        "fields": [
            {
                "uid": found.fields[field.key], "key": field.key, "label": field.label,
                "kind": str(field.kind), "choices": list(field.choices), "help": field.help,
            }
            for field in template.fields
        ],
    }  # fmt: skip


@form_.command("fill")
@click.argument("paper")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.option("--form", "name", default="", help="The form, where there are several.")
@click.option("--note", default="", help="A remark on these answers, or where they stand in the paper.")
@click.option("--agreed", is_flag=True, help="What the team agreed: it counts before single answers.")
@as_json
def form_fill(paper: str, values: tuple[str, ...], name: str, note: str, agreed: bool, json_: bool) -> None:
    """Answer fields of a form for a paper; KEY= takes an answer back.

    Several choices or countries are parted by semicolons. A date is 2019-05-31, or what is known of it.

    \b
    Example:
      realist form fill "#12" design="case study" "country=UK; Norway" data-from=2019-05
    """
    given: dict[str, str] = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not equals:
            raise WrongUse(f"{line(value)!r} is no answer: write KEY=VALUE, such as country=Sweden.")
        if line(key) in given:
            raise WrongUse(f"{line(key)} is answered twice: part several choices by semicolons.")
        given[line(key)] = text
    with desk() as at:
        uids = services.fill_form(at, paper, given, form=name, note=note, agreed=agreed)
    if json_:
        show.say_json({"uids": uids})
    else:
        as_agreed = " as agreed" if agreed else ""
        show.say(f"{line(paper)}: {show.were(len(uids), 'answer')} kept{as_agreed}.")


@form_.command("answers")
@click.argument("paper", required=False)
@click.option("--form", "name", default="", help="The form, where there are several.")
@click.option("--set", "set_", default="", help="Of an included set, with papers that have no answers yet.")
@click.option(
    "--csv", "target", type=click.Path(path_type=Path), help="Write papers by fields to a CSV file."
)
@as_json
def form_answers(paper: str | None, name: str, set_: str, target: Path | None, json_: bool) -> None:
    """Show what was answered, papers by fields; of one PAPER, field by field with who answered.

    What was agreed stands alone; where people differ, all are shown.
    """
    if paper and (set_ or target):
        raise WrongUse("--set and --csv are for the table of all papers: leave PAPER out.")
    with review() as store, store.read() as connection:
        form = form_named(connection, name)
        of = [resolve(connection, "paper", paper)] if paper else None
        if set_:
            of = members(connection, set_)
        found = answers(connection, form, of, viewer=viewer())
        names = numbered(connection, found.keys() | set(of or () if set_ else ()))
    rows = [Line(uid, number, label, found.get(uid, {})) for uid, (number, label) in names.items()]
    fields = form.template.fields
    if target:
        table = ([*row[:3], *(_cell(field, row.given) for field in fields)] for row in rows)
        write_table(target, [*RESERVED, *(field.key for field in fields)], table)
    if json_:
        show.say_json([_answers_json(form, row) for row in rows])
        return
    if target:
        show.say(f"{show.were(len(rows), 'paper')} written to {target}.")
    elif paper:
        _say(form, rows[0].given if rows else {}, line(paper))
    else:
        _table(fields, rows)
    _say_unfit(rows)


class Line(NamedTuple):
    """A paper with what was answered for it, by key."""

    uid: str
    number: int
    label: str
    given: Mapping[str, Sequence[Given]]


def _cell(field: Field, given: Mapping[str, Sequence[Given]], flag: str = "") -> str:
    """Return the answers that count as one text: as one where people agree, else each with who gave it."""
    counting = [one for one in given.get(field.key, ()) if one.counts]
    texts = [spoken(field, one.value) + ("" if one.fits else flag) for one in counting]
    if len(set(texts)) <= 1:
        return "".join(texts[:1])
    return " | ".join(f"{one.by}: {text}" for one, text in zip(counting, texts, strict=True))


def _table(fields: Sequence[Field], rows: Sequence[Line]) -> None:
    shown = [
        {"#": f"#{row.number} {row.label}", **{of.key: _cell(of, row.given, UNFIT) for of in fields}}
        for row in rows
    ]
    show.table(shown, {"#": "paper", **{field.key: field.key for field in fields}}, grow="#")


def _answers_json(form: Version, row: Line) -> dict[str, Any]:
    return {
        "uid": row.uid, "number": row.number, "label": row.label,
        "form": form.template.name, "version": form.number,
        "answers": {key: [one._asdict() for one in given] for key, given in row.given.items()},
    }  # fmt: skip


def _say(form: Version, given: Mapping[str, Sequence[Given]], paper: str) -> None:
    if not given:
        show.say(f"Nobody has answered {form.template.name} for {paper}, as far as you may see.")
    for field in form.template.fields:
        for one in given.get(field.key, ()):
            who = f"agreed, {one.by}" if one.agreed else one.by
            flag = "" if one.fits else UNFIT
            beside = "" if one.counts else ", beside what was agreed"
            show.paragraph(f"{field.label}: {spoken(field, one.value)}{flag} ({who}{beside})")
            if one.note:
                show.paragraph(one.note, indent="  ")


def _say_unfit(rows: Sequence[Line]) -> None:
    counting = [one for row in rows for given in row.given.values() for one in given if one.counts]
    n = sum(not one.fits for one in counting)
    if n:
        fit = "fits its field" if n == 1 else "fit their fields"
        click.echo(f"realist: {show.counted(n, 'answer')} no longer {fit}: fill in anew.", err=True)
