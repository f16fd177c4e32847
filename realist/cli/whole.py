"""The verb that writes everything that stands beside a paper: export all."""

from __future__ import annotations

from pathlib import Path

import click

from realist.cli import show
from realist.cli.desk import as_json, review, viewer
from realist.cli.progress import Progress


@click.command("all")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--archive/--no-archive", default=True, help="With the review as an archive, or without.")
@as_json
def export_all(folder: Path, archive: bool, json_: bool) -> None:
    """Write the whole supplement of a paper into a new folder, with a page that lists it.

    Grid, boxes, tables of configurations, characteristics, appraisals, exclusions, searches, feedback,
    methods, RAMESES and ENTREQ, the theory, figures, the flow, references, the evidence map, the archive.
    What cannot be made is named with the reason. `realist --as-of submitted export all FOLDER` makes it as it
    was at a milestone.
    """
    from realist.exports.supplement.whole import write_supplement

    with review() as store, Progress(json_) as progress:
        made = write_supplement(store, folder, viewer=viewer(), archive=archive, told=progress.show)
    missing = [one for one in made if one.why]
    if json_:
        show.say_json({"folder": str(folder), "files": [one._asdict() for one in made]})
        return
    show.say(f"{folder} holds {show.counted(len(made) - len(missing), 'file')}; index.html lists them.")
    for one in missing:
        show.paragraph(f"Not made: {one.title}. {one.why}")
