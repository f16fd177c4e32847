"""Verbs about duplicates: dedupe, overlap."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from realist.cli import show
from realist.cli.desk import as_json, desk, review
from realist.domain.duplicates import Pair, Setting, reasons_of
from realist.errors import RealistError, WrongUse
from realist.queries import sameness
from realist.queries.overlap import KINDS, SourceLine, overlap
from realist.services import history
from realist.services.deduping import Deduped, dedupe
from realist.services.deduping import look as look_for
from realist.store.engine import Store
from realist.text import cell, line, shorten

_SHOWN = 20
_LOG = (
    "number", "label", "title", "search", "stage", "into_number", "into_label", "into_title", "rule", "score",
    "reason", "by", "at", "ended", "uid",
)  # fmt: skip


@click.command("dedupe")
@click.option("--strict", "setting", flag_value="strict", help="Join only what is beyond doubt.")
@click.option("--balanced", "setting", flag_value="balanced", default="balanced", help="The usual measure.")
@click.option("--thorough", "setting", flag_value="thorough", help="Join more, ask more.")
@click.option("--look", is_flag=True, help="Only look: say what it would do, and write nothing.")
@click.option("--undo", "undo", is_flag=True, help="Take back the last joining of duplicates.")
@click.option("--log", "log", is_flag=True, help="List every join there is or was, with its reasons.")
@click.option("--csv", "target", type=click.Path(path_type=Path), help="With --log: write it as CSV.")
@as_json
def dedupe_(setting: str, look: bool, undo: bool, log: bool, target: Path | None, json_: bool) -> None:
    """Join papers that are the same document. Nothing is deleted, and every join can be taken back.

    All fields are weighed, for and against; none is trusted alone. What is not sure is listed as doubtful.
    What people joined or took apart stays as they said.

    \b
    Examples:
      realist dedupe --look
      realist dedupe
      realist dedupe --log --csv joins.csv
    """
    if sum((look, undo, log)) > 1:
        raise WrongUse("Use one of --look, --undo and --log.")
    if target and not log:
        raise WrongUse("--csv goes with --log.")
    if log:
        _log(target, json_)
    elif undo:
        _undo(json_)
    else:
        _run(Setting(setting), look, json_)


def _run(setting: Setting, look: bool, json_: bool) -> None:
    if look:
        with review() as store:
            _told(store, look_for(store, setting), look, json_)
    else:
        with desk() as at:
            _told(at.store, dedupe(at, setting), look, json_)


def _told(store: Store, done: Deduped, look: bool, json_: bool) -> None:
    if json_:
        show.say_json(_as_json(store, done))
    else:
        _say(store, done, look)


def _as_json(store: Store, done: Deduped) -> dict[str, Any]:
    uids = sorted({uid for pair in (*done.doubtful, *done.related) for uid in (pair.a, pair.b)})
    with store.read() as connection:
        records = sameness.records_of(connection, uids)

    def told(pair: Pair) -> dict[str, Any]:
        papers = [pair.a, pair.b]
        return {
            "records": [records.get(uid, uid) for uid in papers], "papers": papers, "score": pair.score,
            "kind": pair.kind, "reasons": list(reasons_of(pair)),
        }  # fmt: skip

    return {
        "records": done.records, "papers": done.papers, "joined": done.joined,
        "doubtful": [told(pair) for pair in done.doubtful],
        "related": [told(pair) for pair in done.related], "seconds": done.seconds,
    }  # fmt: skip


def _say(store: Store, done: Deduped, look: bool) -> None:
    would = "would be" if look else "was" if done.joined == 1 else "were"
    show.say(
        f"{show.counted(done.joined, 'paper')} {would} joined with another;"
        f" {show.counted(done.papers, 'paper')} of {show.counted(done.records, 'record')}"
        f" ({done.seconds:.1f} s)."
    )
    for what, pairs in (("doubtful", done.doubtful), ("related, not the same", done.related)):
        if pairs:
            show.say(f"{show.counted(len(pairs), 'pair')} {what}:")
            _say_pairs(store, pairs)


def _say_pairs(store: Store, pairs: tuple[Pair, ...]) -> None:
    shown = pairs[:_SHOWN]
    with store.read() as connection:
        names = sameness.named(connection, [uid for pair in shown for uid in (pair.a, pair.b)])
    for pair in shown:
        ends = " · ".join(
            f"#{number} {shorten(label or title, 40)}"
            for number, label, title in (names[pair.a], names[pair.b])
        )
        show.say(f"  {pair.score:.2f}  {ends}{f' ({pair.kind})' if pair.kind else ''}")
        show.say(f"        {line(' '.join(reasons_of(pair)[:3]))}")
    if len(pairs) > len(shown):
        show.say(f"  … and {len(pairs) - len(shown):,} more: --json lists them all.")


def _undo(json_: bool) -> None:
    with desk() as at:
        with at.store.read() as connection:
            number = sameness.last_joining(connection)
        if number is None:
            raise RealistError("No joining of duplicates is there to take back.")
        what = history.undo(at, str(number))
    if json_:
        show.say_json({"undone": what})
    else:
        show.say(f"Undone: {what}.")


def _log(target: Path | None, json_: bool) -> None:
    with review() as store, store.read() as connection:
        rows = sameness.joins(connection)
    if target:
        _write(target, _LOG, ([row[name] for name in _LOG] for row in rows))
        if not json_:
            show.say(f"{show.were(len(rows), 'join')} written to {target}.")
    if json_:
        show.say_json(rows)
    elif not target:
        for row in rows:
            score = "" if row["score"] is None else f" {row['score']:.2f}"
            ended = f" Ended: {line(row['ended'])}." if row["ended"] else ""
            show.say(
                f"#{row['number']} {shorten(row['label'] or row['title'], 40)} → #{row['into_number']} "
                f"{shorten(row['into_label'] or row['into_title'], 40)}: {row['rule']}{score}, {row['by']}"
                f" {row['at']:%Y-%m-%d}. {shorten(row['reason'], 160)}{ended}"
            )
        if not rows:
            show.say("No papers are joined.")


def _write(target: Path, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as CSV that a spreadsheet can open and never runs."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([cell(name) for name in heading])
    for row in rows:
        writer.writerow(["" if v is None else cell(v) if isinstance(v, str) else v for v in row])
    try:
        target.write_text(out.getvalue(), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise RealistError(f"{target} cannot be written: {error.strerror}.") from error


@click.command("overlap")
@click.option("--by", type=click.Choice(KINDS), default="source", help="What is set beside each other.")
@click.option("--csv", "target", type=click.Path(path_type=Path), help="Write the table as CSV.")
@as_json
def overlap_(by: str, target: Path | None, json_: bool) -> None:
    """Show what each database brought: papers, those that only it has, and those it shares."""
    with review() as store, store.read() as connection:
        lines = overlap(connection, by)
    if target:
        names = [line_.name for line_ in lines]
        rows = ([*line_[:4], *(line_.shared.get(name) for name in names)] for line_ in lines)
        _write(target, (by, "records", "papers", "only here", *names), rows)
    if json_:
        show.say_json([line_._asdict() for line_ in lines])
    elif target:
        show.say(f"{show.were(len(lines), 'line')} written to {target}.")
    else:
        _say_overlap(lines, by)


def _say_overlap(lines: list[SourceLine], by: str) -> None:
    if not lines:
        show.say("No records were imported yet.")
        return
    rows = [
        {
            by: line_.name, "records": line_.records, "papers": line_.papers, "only": line_.only,
            "shared": ", ".join(f"{name} {n}" for name, n in line_.shared.items() if n),
        }
        for line_ in lines
    ]  # fmt: skip
    columns = {by: by, "records": "records", "papers": "papers", "only": "only here", "shared": "shared with"}
    show.table(rows, columns, grow="shared")
