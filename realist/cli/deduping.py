"""Verbs about duplicates: dedupe, overlap."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from realist.cli import open_interface, show
from realist.cli.desk import as_json, desk, review
from realist.cli.tables import write_table
from realist.domain.duplicates import Setting
from realist.errors import WrongUse
from realist.queries import sameness
from realist.queries.doubts import Question, questions
from realist.queries.overlap import KINDS, SourceLine, overlap
from realist.services.deduping import Deduped, dedupe, undo_dedupe
from realist.services.deduping import look as look_for
from realist.store.engine import Store
from realist.text import line, shorten

_SHOWN = 20
_LOG = (
    "number", "label", "title", "search", "stage", "into_number", "into_label", "into_title", "rule", "score",
    "reason", "by", "at", "ended", "uid",
)  # fmt: skip


@click.command("dedupe")
@click.option("--strict", "setting", flag_value="strict", help="Join only what is beyond doubt.")
@click.option("--balanced", "setting", flag_value="balanced", default="balanced", help="The usual measure.")
@click.option("--thorough", "setting", flag_value="thorough", help="Join more, ask more.")
@click.option("--anew", is_flag=True, help="Compare all papers again, not only those that are new.")
@click.option("--look", is_flag=True, help="Only look: say what comparing all would do, and write nothing.")
@click.option("--doubts", is_flag=True, help="List what waits for an answer, and compare nothing.")
@click.option("--review", "review_", is_flag=True, help="Go through what is doubtful on the screen.")
@click.option("--undo", "undo", is_flag=True, help="Take back the last joining of duplicates.")
@click.option("--log", "log", is_flag=True, help="List every join there is or was, with its reasons.")
@click.option("--csv", "target", type=click.Path(path_type=Path), help="With --log: write it as CSV.")
@as_json
def dedupe_(setting: str, anew: bool, target: Path | None, json_: bool, **what: bool) -> None:
    """Join papers that are the same document. Nothing is deleted, and every join can be taken back.

    All fields are weighed, for and against; none is trusted alone. What is not sure is kept as a question for
    a person (--review), errata, preprints and the like are offered as related. What people said stays as they
    said. After the first time, only papers that are new or were corrected are compared, with all others.

    \b
    Examples:
      realist dedupe --look
      realist dedupe
      realist dedupe --review
      realist dedupe --log --csv joins.csv
    """
    chosen = [name.rstrip("_") for name, given in what.items() if given]
    if len(chosen) > 1:
        raise WrongUse("Use one of --look, --doubts, --review, --undo and --log.")
    if target and chosen != ["log"]:
        raise WrongUse("--csv goes with --log.")
    match chosen:
        case ["log"]:
            _log(target, json_)
        case ["undo"]:
            _undo(json_)
        case ["doubts"]:
            _doubts(json_)
        case ["review"]:
            _open_review()
        case ["look"]:
            with review() as store:
                _told(store, look_for(store, Setting(setting)), json_, "would be")
        case _:
            with desk() as at:
                _told(at.store, dedupe(at, Setting(setting), anew=anew), json_)


def _open_review() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse("--review opens the screen and needs a terminal; --doubts lists what waits.")
    options = click.get_current_context().find_root().obj or {}
    status = open_interface(options.get("db") or "", options.get("person") or "", place="duplicates")
    click.get_current_context().exit(status)


def _told(store: Store, done: Deduped, json_: bool, would: str = "") -> None:
    if json_:
        show.say_json(_as_json(store, done))
        return
    would = would or ("was" if done.joined == 1 else "were")
    show.say(
        f"{show.counted(done.joined, 'paper')} {would} joined with another;"
        f" {show.counted(done.papers, 'paper')} of {show.counted(done.records, 'record')}"
        f" ({show.counted(done.compared, 'paper')} compared, {done.seconds:.1f} s)."
    )
    _say_questions(store, (*done.doubtful, *done.related))


def _as_json(store: Store, done: Deduped) -> dict[str, Any]:
    doubtful, related = (_questions_as_json(store, asked) for asked in (done.doubtful, done.related))
    return {
        "records": done.records, "papers": done.papers, "joined": done.joined, "doubtful": doubtful,
        "related": related, "compared": done.compared, "seconds": done.seconds,
    }  # fmt: skip


def _questions_as_json(store: Store, asked: Sequence[Question]) -> list[dict[str, Any]]:
    uids = sorted({uid for question in asked for uid in (question.one, question.other)})
    with store.read() as connection:
        records = sameness.records_of(connection, uids)
    return [
        {
            "records": [records.get(uid, uid) for uid in (question.one, question.other)],
            "papers": [question.one, question.other], "score": question.score, "kind": question.kind,
            "reasons": list(question.reasons),
        }
        for question in asked
    ]  # fmt: skip


def _doubts(json_: bool) -> None:
    with review() as store:
        with store.read() as connection:
            asked = questions(connection)
        if json_:
            show.say_json(_questions_as_json(store, asked))
        elif asked:
            _say_questions(store, asked)
        else:
            show.say("Nothing waits for an answer.")


def _say_questions(store: Store, asked: Sequence[Question]) -> None:
    doubtful = [question for question in asked if question.kind is None]
    related = [question for question in asked if question.kind is not None]
    for what, pairs in (("doubtful", doubtful), ("that seem related, not the same", related)):
        if pairs:
            show.say(f"{show.counted(len(pairs), 'pair')} {what}:")
            _say_pairs(store, pairs)


def _say_pairs(store: Store, pairs: Sequence[Question]) -> None:
    shown = pairs[:_SHOWN]
    with store.read() as connection:
        names = sameness.named(connection, [uid for pair in shown for uid in (pair.one, pair.other)])
    for pair in shown:
        ends = " · ".join(
            f"#{number} {shorten(label or title, 40)}"
            for number, label, title in (names[pair.one], names[pair.other])
        )
        show.say(f"  {pair.score:.2f}  {ends}{f' ({pair.kind})' if pair.kind else ''}")
        show.say(f"        {line(' '.join(pair.reasons[:3]))}")
    if len(pairs) > len(shown):
        show.say(f"  … and {len(pairs) - len(shown):,} more: --doubts --json lists them all.")


def _undo(json_: bool) -> None:
    with desk() as at:
        what = undo_dedupe(at)
    if json_:
        show.say_json({"undone": what})
    else:
        show.say(f"Undone: {what}.")


def _log(target: Path | None, json_: bool) -> None:
    with review() as store, store.read() as connection:
        rows = sameness.joins(connection)
    if target:
        write_table(target, _LOG, ([row[name] for name in _LOG] for row in rows))
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
        write_table(target, (by, "records", "papers", "only here", *names), rows)
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
