"""Verbs that read boxes from files and write them: JSON, and the notation of the field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review, viewer
from realist.cli.tables import FILE, format_option, target_format, write_document, write_whole
from realist.domain.configuration import Box, from_json, to_json
from realist.domain.notation_file import lost_in_writing, read_boxes, write_boxes
from realist.errors import RealistError, WrongUse
from realist.queries.boxes import boxes
from realist.queries.extractions import box_marks
from realist.queries.naming import resolve
from realist.services.configurations import import_configurations
from realist.text import line

_TEXT_ENDS = (".txt", ".md", ".cmo")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def import_(file: Path, json_: bool) -> None:
    """Read boxes from a file; all or none.

    JSON as `cmo list --json` and `cmo export` write it; or, in a file that ends in .txt, .md or .cmo, boxes
    in the notation of the field, each under a line such as "# 2b Being heard" or parted by blank lines.
    Papers and mechanisms that are new are added. What has no field of its own is listed as lost.

    \b
    Example:
      realist cmo import boxes.json
    """
    if file.suffix.lower() in _TEXT_ENDS:
        read, lost = _read_text(file)
    else:
        read, lost = _read_json(file)
    with desk() as at:
        done = import_configurations(at, read, source=file.name)
    if json_:
        show.say_json({"added": list(done.added), "known": list(done.known), "lost": lost})
        return
    for sentence in lost:
        show.say(f"lost: {sentence}")
    known = f", {show.were(len(done.known), 'box')} there already" if done.known else ""
    show.say(f"{show.were(len(done.added), 'box')} added{known}.")


@click.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--paper", default="", help="Only boxes of this paper.")
@click.option("--mechanism", default="", help="Only boxes under this mechanism.")
@as_json
def export(file: Path, paper: str, mechanism: str, json_: bool) -> None:
    """Write boxes to a file: .json with all that they hold, .txt or .md in the notation of the field.

    `cmo import` reads both back. What the notation cannot carry is named. A file that is there is replaced.

    \b
    Example:
      realist cmo export boxes.txt --mechanism "Working with power"
    """
    suffix = file.suffix.lower()
    if suffix not in (".json", *_TEXT_ENDS):
        raise WrongUse(f"{file} does not say which format: end it in .json, .txt or .md.")
    with review() as store, store.read() as connection:
        found = boxes(
            connection,
            paper=resolve(connection, "paper", paper) if paper else "",
            mechanism=resolve(connection, "mechanism", mechanism) if mechanism else "",
            viewer=viewer(),
        )
        aside = {uid for uid, mark in box_marks(connection, viewer=viewer()).items() if "not counted" in mark}
    left_out = sum(box.uid in aside for box in found)
    found = [box for box in found if box.uid not in aside]
    if suffix == ".json":
        text = json.dumps([to_json(box) for box in found], ensure_ascii=False, indent=1) + "\n"
    else:
        text = write_boxes(found)
    lost = lost_in_writing(found) if suffix != ".json" else []
    if left_out:
        lost.append(f"{show.were(left_out, 'box')} left out, in whose place a consensus counts.")
    write_whole(file, text, marked=False)
    if json_:
        show.say_json({"file": str(file), "boxes": len(found), "lost": lost})
        return
    show.say(f"{show.were(len(found), 'box')} written to {file}.")
    for sentence in lost:
        show.say(f"  · {sentence}")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RealistError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RealistError(f"{file} is not UTF-8 (byte {error.start + 1}): save it as UTF-8.") from error


def _read_text(file: Path) -> tuple[list[Box], list[str]]:
    found = read_boxes(_text_of(file), file.name)
    if not found:
        raise RealistError(f"{file} holds no box. Nothing was imported.")
    for one in found:
        for problem in one.problems:
            click.echo(f"realist: {line(problem)}", err=True)
    return [one.box for one in found], [sentence for one in found for sentence in one.lost]


def _read_json(file: Path) -> tuple[list[Box], list[str]]:
    try:
        value: Any = json.loads(_text_of(file))
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "it"
        raise RealistError(f"{file}: {where} is no JSON that can be read. Nothing was imported.") from error
    lost: list[str] = []
    if isinstance(value, dict) and "configurations" in value:
        lost = [
            f"{file.name} has a field {line(key)!r} of its own" for key in value if key != "configurations"
        ]
        value = value["configurations"]
    elif isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise WrongUse(f"{file} should hold a list of boxes, as `realist cmo list --json` writes it.")
    found = []
    for number, item in enumerate(value, 1):
        name = item.get("label") or item.get("title") if isinstance(item, dict) else ""
        box, sentences = from_json(
            item, f"{file.name}, box {number}" + (f" ({line(str(name))})" if name else "")
        )
        found.append(box)
        lost += sentences
    return found, lost


@click.command("boxes")
@click.argument("file", type=FILE)
@click.option("--paper", default="", help="Only boxes of this paper.")
@click.option("--mechanism", default="", help="Only boxes under this mechanism.")
@click.option("--set", "of_set", default="", help="Only boxes of papers of this included set.")
@click.option(
    "--as", "as_", type=click.Choice(("boxes", "table")), help="Default: boxes; a table for CSV and XLSX."
)
@format_option
@as_json
def export_boxes(
    file: Path, paper: str, mechanism: str, of_set: str, as_: str | None, name: str | None, json_: bool
) -> None:
    """Write boxes for print: numbered, with narrative, chain, and what each part rests on.

    With `--as table`, tables of configurations, one for each mechanism: context, resource, reasoning,
    outcome, papers, quotations. The ending of FILE says the format: .csv, .json, .md, .html, .tex, .xlsx or
    .docx; CSV and XLSX hold one table of all. Dropped boxes are left out. `cmo export` writes boxes to be
    read again.

    \b
    Examples:
      realist export boxes boxes.docx
      realist export boxes power.tex --mechanism "Working with power" --as table
    """
    target = target_format(file, name, json_)
    assert target is not None
    as_ = as_ or ("table" if target.flat else "boxes")
    if target.flat and as_ == "boxes":
        raise WrongUse(f"{target.title} holds tables: leave --as out, or choose a format of documents.")
    with review() as store, store.read() as connection:
        from realist.exports.boxes_table import boxes_document, chosen_boxes, cmoc_document

        found = chosen_boxes(connection, paper=paper, mechanism=mechanism, of_set=of_set, viewer=viewer())
        document = boxes_document(found) if as_ == "boxes" else cmoc_document(found, together=target.flat)
        room = write_document(document, file, target.name, store.address)
    if json_:
        left_out = list(found.left_out)
        show.say_json(
            {"file": str(file), "format": target.name, "boxes": len(found.boxes), "left_out": left_out}
        )
    elif room:
        show.say(f"{show.were(len(found.boxes), 'box')} written to {file}.")
        for sentence in found.left_out:
            show.say(f"  · {sentence}")


COMMANDS = (import_, export)
"""What `realist cmo` takes from here."""
