"""Verbs for CMO configurations (boxes)."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import click

from realist.cli import boxes_files, parts, show
from realist.cli.desk import as_json, desk, review, viewer
from realist.cli.looking import cmo_check, cmo_dismiss
from realist.cli.patterns import cmo_lineage
from realist.domain.configuration import Box, BoxElement, Ref, to_json
from realist.domain.matching import rewrite
from realist.domain.notation import Reading, read, write
from realist.errors import RealistError, WrongUse
from realist.queries.boxes import boxes, numbers
from realist.queries.extractions import box_marks
from realist.queries.naming import resolve
from realist.queries.naming_boxes import BOX, resolve_any
from realist.services import building
from realist.services.configurations import add_configuration
from realist.services.editing import drop_configuration, edit_configuration
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConfigurationStatus, Polarity

_NOT_STATED = "not stated"


@click.group("cmo")
def cmo_() -> None:
    """CMO configurations (boxes): list, show, add, edit, check, import, export."""


@cmo_.command("list")
@click.option("--paper", default="", help="Only boxes of this paper.")
@click.option("--mechanism", default="", help="Only boxes under this mechanism.")
@as_json
def cmo_list(paper: str, mechanism: str, json_: bool) -> None:
    """List boxes; with --json, everything they hold, as `cmo import` reads it back."""
    me = viewer()
    with review() as store, store.read() as connection:
        found = boxes(
            connection,
            paper=resolve(connection, "paper", paper) if paper else "",
            mechanism=resolve(connection, "mechanism", mechanism) if mechanism else "",
            viewer=me,
        )
        known, marks = numbers(connection, viewer=me), box_marks(connection, viewer=me)
    if json_:
        show.say_json([to_json(box) for box in found])
        return
    rows = [
        {
            "number": f"#{known[box.uid]}",
            "label": box.label,
            "title": box.title or shorten(write(box.parts), 60),
            "papers": [paper.name for paper in box.papers],
            "polarity": box.polarity,
            "elements": len(box.elements),
            "status": box.status,
            "extraction": marks.get(box.uid, ""),
        }
        for box in found
    ]
    headings = {"number": "", "label": "box", "title": "title", "papers": "papers", "polarity": "shows"}
    headings |= {"elements": "parts", "status": "status"}
    show.table(rows, headings | ({"extraction": "of"} if marks else {}), grow="title")


@cmo_.command("show")
@click.argument("box")
@as_json
def cmo_show(box: str, json_: bool) -> None:
    """Show one box as the field prints it, with what each part rests on.

    BOX is a label (2b), a number (#4), a title or a uid.
    """
    from realist.exports.boxes import box_text

    with review() as store, store.read() as connection:
        uid = resolve_any(connection, BOX, box, viewer=viewer())
        found = boxes(connection, uids=[uid], viewer=viewer())[0]
        known = numbers(connection, viewer=viewer())
        told = [
            f"  {relation.kind} this box: #{known[other.uid]} {other.label or other.title}".rstrip()
            for other in boxes(connection, viewer=viewer())
            for relation in other.relations
            if relation.configuration.uid == uid and other.uid != uid
        ]
    if json_:
        show.say_json(to_json(found))
    else:
        show.say(box_text(found, known[uid], show.width()).rstrip())
        for sentence in told:
            show.say(sentence)


@cmo_.command("add")
@click.argument("notation", required=False)
@click.option("--label", default="", help='As printed, such as "2b".')
@click.option("--title", default="")
@click.option("--paper", "papers", multiple=True, help="The paper it is of; may be given again.")
@click.option("--mechanism", "mechanisms", multiple=True, help="The mechanism it stands under; may repeat.")
@click.option("--polarity", type=click.Choice([str(word) for word in Polarity]), default=None)
@click.option("--status", type=click.Choice([str(word) for word in ConfigurationStatus]), default=None)
@click.option("--setting", default="")
@click.option("--country", default="")
@click.option("--narrative", default="")
@click.option("--printed", default="", help="The sentence as the source prints it.")
@click.option("--like", default="", help="Begin with the parts of this box, as a template, instead.")
@as_json
def cmo_add(
    notation: str | None,
    like: str,
    label: str,
    title: str,
    papers: tuple[str, ...],
    mechanisms: tuple[str, ...],
    polarity: str | None,
    status: str | None,
    setting: str,
    country: str,
    narrative: str,
    printed: str,
    json_: bool,
) -> None:
    """Add a box, written in the notation of the field; incomplete ones are welcome.

    Without NOTATION it is read from standard input. What cannot be read is kept as an element of kind
    `unsure`, and the place is named.

    \b
    Example:
      realist cmo add --paper "Choi (2012)" --mechanism "Working with power" \\
        "Two departments merge (C) → the leader asks for views (M+, Resource) but overrides
         them (M–, Reasoning) → the team is upset (O–)"
    """
    if like:
        _add_like(like, notation, papers, json_)
        return
    reading = _read(notation)
    with desk() as at:
        with at.store.read() as connection:
            of = [Ref(resolve(connection, "paper", name), name) for name in papers]
            under = [Ref(resolve(connection, "mechanism", name), name) for name in mechanisms]
        default = ConfigurationStatus.PAPER_LEVEL if of else ConfigurationStatus.CANDIDATE
        uid = add_configuration(
            at,
            Box(
                label=line(label),
                title=line(title),
                narrative=paragraphs(narrative),
                printed=paragraphs(printed),
                setting=line(setting),
                country=line(country),
                status=ConfigurationStatus(status) if status else default,
                polarity=Polarity(polarity) if polarity else None,
                papers=tuple(of),
                mechanisms=tuple(under),
                elements=tuple(BoxElement(part) for part in reading.parts),
            ),
        )
    _say_problems(reading)
    show.done(json_, uid, f"The box was added with {show.counted(len(reading.parts), 'part')}.")


def _add_like(like: str, notation: str | None, papers: tuple[str, ...], json_: bool) -> None:
    if notation or len(papers) > 1:
        raise WrongUse("--like takes the parts of another box: leave NOTATION out, and name one --paper.")
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve_any(connection, BOX, like, viewer=at.initials)
        made = building.copy_box(at, uid, paper="".join(papers))
    show.done(json_, made, f"A box with the parts of {line(like)} was begun; they rest on nothing yet.")


@cmo_.command("edit")
@click.argument("box")
@click.argument("notation", required=False)
@click.option("--label", default=None, help='As printed, such as "2b".')
@click.option("--title", default=None)
@click.option("--paper", "papers", multiple=True, help="The papers it is of, instead of those before.")
@click.option("--mechanism", "mechanisms", multiple=True, help="The mechanisms it stands under, likewise.")
@click.option("--polarity", type=click.Choice([*map(str, Polarity), _NOT_STATED]), default=None)
@click.option("--status", type=click.Choice([str(word) for word in ConfigurationStatus]), default=None)
@click.option("--setting", default=None)
@click.option("--country", default=None)
@click.option("--narrative", default=None)
@click.option("--printed", default=None, help="The sentence as the source prints it.")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def cmo_edit(
    box: str,
    notation: str | None,
    papers: tuple[str, ...],
    mechanisms: tuple[str, ...],
    polarity: str | None,
    status: str | None,
    reason: str,
    json_: bool,
    **texts: str | None,
) -> None:
    """Change a box: only what is given changes; an empty --paper or --mechanism clears the list.

    With NOTATION (- reads standard input) the parts become those written; a part that was there before,
    also reworded, keeps what it rests on, its tags and links.

    \b
    Example:
      realist cmo edit 2b --status refined --reason "after the second meeting"
    """
    given: dict[str, Any] = {name: value for name, value in texts.items() if value is not None}
    given |= {"status": ConfigurationStatus(status)} if status else {}
    given |= {"polarity": None if polarity == _NOT_STATED else Polarity(polarity)} if polarity else {}
    reading = None if notation is None else _read(notation)
    if not (given or papers or mechanisms or reading):
        raise WrongUse("Say what to change: the parts in the notation, or one of the options.")
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve_any(connection, BOX, box, viewer=at.initials)
            (was,) = boxes(connection, uids=[uid], viewer=at.initials)
            for key, kind, names in (("papers", "paper", papers), ("mechanisms", "mechanism", mechanisms)):
                if names:
                    of = (Ref(resolve(connection, kind, name), name) for name in names if line(name))
                    given[key] = tuple(of)
        if reading:
            given["elements"] = rewrite(was.elements, reading.parts)
        edit_configuration(at, uid, replace(was, **given), was=was, reason=reason)
    if reading:
        _say_problems(reading)
    show.done(json_, uid, f"Box {line(box)} was changed.")


@cmo_.command("drop")
@click.argument("box")
@click.option("--reason", required=True)
@as_json
def cmo_drop(box: str, reason: str, json_: bool) -> None:
    """Drop a box: it stays in the review, as dropped, and leaves the grid."""
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve_any(connection, BOX, box, viewer=at.initials)
        drop_configuration(at, uid, reason=reason)
    show.done(json_, uid, f"Box {line(box)} was dropped.")


def _read(notation: str | None) -> Reading:
    return read(_typed_in() if notation in (None, "-") else str(notation))


def _say_problems(reading: Reading) -> None:
    for problem in reading.problems:
        click.echo(f"realist: at character {problem.offset + 1}: {line(problem.message)}", err=True)


def _typed_in() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise RealistError(f"Standard input is not UTF-8 (byte {error.start + 1}).") from error


for _command in (cmo_check, cmo_dismiss, cmo_lineage, *parts.COMMANDS, *boxes_files.COMMANDS):
    cmo_.add_command(_command)
