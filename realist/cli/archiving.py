"""Verbs for the archive of a review: export review, import-review."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.progress import Progress
from realist.store.engine import shown_address


@click.command("review")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.zip")
@click.option(
    "--attachments/--no-attachments",
    default=True,
    help="With the files of full texts, or without. What was read in them is in the archive either way.",
)
@as_json
def export_review(file: Path, attachments: bool, json_: bool) -> None:
    """Write the whole review as an archive: a zip of plain tables that any program can read.

    One file of JSON Lines for each table, all rows, the log too; a manifest with checksums; a page that says
    what it is. The same review gives the same bytes. `realist import-review` makes a review of it again. A
    file that is there is replaced. While anything is hidden from you, none can be made.
    """
    from realist.exports.archive import write_archive

    with review() as store, Progress(json_) as progress:
        made = write_archive(
            store,
            file,
            viewer=viewer(),
            attachments=attachments,
            told=lambda step: progress.show(step.what, step.share),
        )
    if json_:
        show.say_json({"file": str(file), **made._asdict()})
        return
    files = f" and {show.counted(made.files, 'file')} of full texts" if attachments else ""
    size = made.bytes / 1_000_000
    show.say(f"{file} holds the review: {show.counted(made.rows, 'row')}{files} ({size:,.1f} MB).")
    if made.missing:
        show.say(f"{show.were(made.missing, 'file')} of full texts not there, and so not in it either.")
    if made.left_out:
        show.say(
            f"{show.were(made.left_out, 'file')} of full texts left out; what was read in them is in"
            " tables/document_page.jsonl."
        )


@click.command("import-review")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.zip")
@click.argument("new", metavar="NEW.realist")
@as_json
def import_review_(file: Path, new: str, json_: bool) -> None:
    """Make a review of an archive: NEW is a file that is not there yet, or the address of an empty database.

    Everything in it is compared with its manifest and looked over; the review is there when all of it was
    found sound, and before that nothing is. An archive of an older version is brought up to date.

    \b
    Examples:
      realist import-review leadership.zip leadership.realist
      realist import-review leadership.zip postgresql+psycopg://team@db.example.org/leadership
    """
    from realist.services.receiving import import_review

    with Progress(json_) as progress:
        made = import_review(file, new, lambda step: progress.show(step.what, step.share))
    address = shown_address(new)
    if json_:
        show.say_json({"review": address, **made._asdict()})
        return
    files = f" and {show.counted(made.files, 'file')} of full texts" if made.files else ""
    show.say(f"{address} is ready: {show.counted(made.rows, 'row')}{files}.")
    if made.missing:
        show.say(f"{show.were(made.missing, 'file')} of full texts not in the archive.")
