"""Verbs for theories: versions, what bears on them, differences, strength, thin spots."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.cli.theory_statements import given, statement_options, told
from realist.errors import WrongUse
from realist.exports.theories import (
    compared_json,
    compared_text,
    explained_lines,
    standing_json,
    standing_text,
    strength_line,
    strength_rows,
)
from realist.queries import theories as queries
from realist.queries.naming import resolve
from realist.queries.theory_explains import explained
from realist.queries.theory_versions import Version, version_at, versions_of
from realist.services import bearing
from realist.services import theories as services
from realist.services.unit import Desk
from realist.text import line, shorten
from realist.vocabulary import Stance, TheoryKind, TheoryStage

_STANCE = click.Choice([str(stance) for stance in Stance])
_STAGE = click.Choice([str(stage) for stage in TheoryStage])
_KIND = click.Choice([str(kind) for kind in TheoryKind])
_MOVED_BY = click.option(
    "--moved-by", "moved_by", multiple=True, metavar="THING",
    help='What moved it: "box 3", "paper #12", "consultation June"; may repeat.',
)  # fmt: skip


@click.group("theory")
def theory_() -> None:
    """Theories in versions, what bears on them, how strong they stand."""


@theory_.command("add")
@click.argument("name")
@click.option("--kind", type=_KIND, default=str(TheoryKind.PROGRAMME), show_default=True)
@click.option("--source", default="", help="Where it stands, of a theory that others wrote.")
@click.option("--note", default="")
@as_json
def add(name: str, kind: str, source: str, note: str, json_: bool) -> None:
    """Add a theory; `theory version` writes what it says. It is never counted as a paper.

    \b
    Example:
      realist theory add "Social learning" --kind substantive --source "Bandura 1977"
    """
    with desk() as at:
        uid = services.add_theory(at, name, kind=TheoryKind(kind), source=source, note=note)
    show.done(json_, uid, f"The theory {line(name)} was added.")


@theory_.command("list")
@as_json
def list_theories(json_: bool) -> None:
    """List the theories: the programme's first."""
    with review() as store, store.read() as connection:
        rows = queries.theories(connection, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    shown = [{**row, "number": f"T{row['number']}"} for row in rows]
    headings = {
        "number": "", "name": "theory", "kind": "kind", "versions": "versions", "stage": "stage",
        "statements": "statements", "boxes": "boxes", "evidence": "evidence", "source": "source",
    }  # fmt: skip
    show.table(shown, headings, grow="name")


@theory_.command("show")
@click.argument("theory")
@click.option("--version", "number", type=NUMBER, default=None, help="Default: the latest.")
@as_json
def show_theory(theory: str, number: int | None, json_: bool) -> None:
    """Show a theory at a version: its statements, what bears on each, how strong it stands."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "theory", theory)
        versions = versions_of(connection, uid)
        at = queries.standing(connection, uid, number, viewer=viewer()) if versions or number else None
        about = queries.theory_row(connection, uid)
        explains = explained(connection, uid, viewer=viewer())
    if at is None:
        bare: dict[str, Any] = dict.fromkeys(("version", "strength"))
        bare |= {"statements": [], "bearing": [], "versions": [], "explains": explains}
        show.say_json({**about, **bare}) if json_ else _say_bare(about, explains)
    elif json_:
        show.say_json(standing_json(at, explains))
    else:
        show.say(standing_text(at, explains, show.width()).rstrip())


def _say_bare(about: dict[str, Any], explains: queries.Rows) -> None:
    show.title(f"T{about['number']} {about['name']}")
    show.fields({"kind": about["kind"], "source": about["source"], "note": about["note"]})
    for row in explained_lines(explains, show.width()):
        show.say(row)
    show.say("No version yet: `realist theory version` writes the first one.")


@theory_.command("version")
@click.argument("theory")
@click.option("--stage", type=_STAGE, default=None, help="Default: that of the version before.")
@click.option("--reason", default="", help="What moved it, in words; needed from the second version on.")
@_MOVED_BY
@click.option("--label", default="", help="What the team calls it.")
@click.option("--dated", default="", help="Its date as far as it is known.")
@statement_options
@as_json
def version(
    theory: str, stage: str | None, reason: str, moved_by: tuple[str, ...], label: str, dated: str,
    json_: bool, **options: Any,
) -> None:  # fmt: skip
    """Write the next version of a theory. It begins as a copy of the one before.

    \b
    Example:
      realist theory version T1 --stage candidate --reason "the first ten papers" \\
        --word p1 "If members are expected, then they come, because somebody would ring" \\
        --add "Leaders who are ill themselves show that it can be done" --drop p3 --moved-by "box 2"
    """  # fmt: skip
    with desk() as at:
        uid, last = _last(at, theory)
        statements = given(last or Version(""), options)
        made = services.new_version(
            at, uid, statements, stage=TheoryStage(stage) if stage else None, reason=reason,
            moved_by=moved_by, label=label, dated=dated, after=last.number if last else 0,
        )  # fmt: skip
        with at.store.read() as connection:
            now = version_at(versions_of(connection, uid), None)
    show.done(json_, made, f"Version {now.number} was written: {told(now.statements)}.")


def _last(at: Desk, theory: str) -> tuple[str, Version | None]:
    with at.store.read() as connection:
        uid = resolve(connection, "theory", theory)
        versions = versions_of(connection, uid)
    return uid, versions[-1] if versions else None


@theory_.command("edit")
@click.argument("theory")
@click.option("--name", default=None, help="Another name of the theory.")
@click.option("--kind", type=_KIND, default=None)
@click.option("--source", default=None)
@click.option("--note", default=None)
@click.option("--stage", type=_STAGE, default=None, help="Of the latest version, as what follows.")
@click.option("--label", default=None)
@click.option("--dated", default=None)
@click.option("--reason", default="", help="Why, for the log.")
@statement_options
@as_json
def edit(
    theory: str, name: str | None, kind: str | None, source: str | None, note: str | None, stage: str | None,
    label: str | None, dated: str | None, reason: str, json_: bool, **options: Any,
) -> None:  # fmt: skip
    """Change a theory's name, kind, source or note; or its latest version, in its place.

    What the version said before is in the log. `theory version` keeps both.
    """
    of_theory = any(value is not None for value in (name, kind, source, note))
    of_version = any(value is not None for value in (stage, label, dated)) or any(options.values())
    if of_theory == of_version:
        raise WrongUse(
            "Say what to change: of the theory (--name, --kind, --source, --note), or of its latest version."
        )
    with desk() as at:
        uid, last = _last(at, theory)
        if of_theory:
            services.edit_theory(
                at, uid, name=name, kind=TheoryKind(kind) if kind else None, source=source, note=note
            )
        else:
            before = last or Version("")
            services.edit_version(
                at, uid, given(before, options), stage=TheoryStage(stage) if stage else None, label=label,
                dated=dated, reason=reason, was=before.statements if last else None,
            )  # fmt: skip
    show.done(json_, uid, "The theory was changed." if of_theory else "The version was changed.")


@theory_.command("prioritise")
@click.argument("theory")
@click.argument("ranks", nargs=-1, required=True, metavar="PART=WORD...")
@click.option("--reason", required=True)
@_MOVED_BY
@as_json
def prioritise(
    theory: str, ranks: tuple[str, ...], reason: str, moved_by: tuple[str, ...], json_: bool
) -> None:
    """Say how statements of the latest version are prioritised, in the review's own words.

    \b
    Example:
      realist theory prioritise T1 p1=high p4=low --reason "what members asked about most"
    """
    if wrong := next((one for one in ranks if "=" not in one), None):
        raise WrongUse(f"{shorten(wrong, 40)!r} is no priority: write PART=WORD, such as p1=high.")
    with desk() as at:
        pairs = dict(one.split("=", 1) for one in ranks)
        uid = services.prioritise(at, theory, pairs, reason=reason, moved_by=moved_by)
    show.done(json_, uid, "The statements were prioritised.")


@theory_.command("bear")
@click.argument("version")
@click.argument("box")
@click.argument("stance", type=_STANCE)
@click.option("--part", default="", help='The statement that it bears on, such as "p3"; else the whole.')
@click.option("--reason", default="", help="The reasoning; needed for every stance but 'not judged'.")
@as_json
def bear(version: str, box: str, stance: str, part: str, reason: str, json_: bool) -> None:
    """Say that a box bears on a version of a theory ("T1 v2"; "T1" is its latest), or on one statement.

    \b
    Example:
      realist theory bear T1 2b weakens --part p3 --reason "where nobody rang, they came all the same"
    """
    with desk() as at:
        uid = bearing.bear(at, box, version, part=part, stance=Stance(stance), reason=reason)
    show.done(json_, uid, f"Box {line(box)} bears on it: {stance}.")


@theory_.command("rejudge")
@click.argument("uid")
@click.argument("stance", type=_STANCE)
@click.option("--reason", required=True, help="The reasoning.")
@as_json
def rejudge(uid: str, stance: str, reason: str, json_: bool) -> None:
    """Change what a box does to a theory; `theory show --json` shows the uids."""
    with desk() as at:
        bearing.judge_bearing(at, uid, Stance(stance), reason=reason)
    show.done(json_, line(uid), f"It is judged now: {stance}.")


@theory_.command("withdraw")
@click.argument("uid")
@click.option("--reason", required=True)
@as_json
def withdraw(uid: str, reason: str, json_: bool) -> None:
    """Take back that a box bears on a theory; the log keeps it."""
    with desk() as at:
        bearing.withdraw_bearing(at, uid, reason=reason)
    show.done(json_, line(uid), "It bears on it no more.")


@theory_.command("situate")
@click.argument("theory")
@click.option("--part", "parts", multiple=True, help='A statement, such as "T1 p3"; may repeat.')
@click.option("--mechanism", "mechanisms", multiple=True, help="A mechanism; may repeat.")
@click.option("--box", "boxes", multiple=True, help="A box; may repeat.")
@click.option("--reason", required=True, help="How the theory explains them.")
@_MOVED_BY
@as_json
def situate(
    theory: str, parts: tuple[str, ...], mechanisms: tuple[str, ...], boxes: tuple[str, ...], reason: str,
    moved_by: tuple[str, ...], json_: bool,
) -> None:  # fmt: skip
    """Situate statements, mechanisms or boxes in a theory that explains them.

    \b
    Example:
      realist theory situate "Social learning" --part "T1 p3" \\
        --reason "who sees one like oneself succeed expects to succeed"
    """
    of = [f"statement {one}" for one in parts]
    of += [f"mechanism {one}" for one in mechanisms] + [f"box {one}" for one in boxes]
    if not of:
        raise WrongUse("Say what is situated in it: --part, --mechanism or --box.")
    with desk() as at:
        uid = services.situate(at, theory, of, reason=reason, moved_by=moved_by)
    show.done(json_, uid, "It was situated in the theory.")


@theory_.command("compare")
@click.argument("theory")
@click.option("--from", "first", type=NUMBER, default=None, help="Default: the version before the other.")
@click.option("--to", "second", type=NUMBER, default=None, help="Default: the latest.")
@as_json
def compare(theory: str, first: int | None, second: int | None, json_: bool) -> None:
    """Show how two versions of a theory differ, word by word, and what moved the later one."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "theory", theory)
        before, after, rows = queries.between(connection, uid, first, second)
        moved = queries.movers(connection, [after.move], viewer=viewer()).get(after.move, [])
    if json_:
        show.say_json(compared_json(before, after, rows))
    else:
        show.say(compared_text(before, after, rows, moved, show.width()).rstrip())


@theory_.command("strength")
@click.argument("theory")
@click.option("--version", "number", type=NUMBER, default=None, help="Default: the latest.")
@as_json
def strength(theory: str, number: int | None, json_: bool) -> None:
    """Show how many independent papers stand behind each statement, from where, how rich, for and against.

    Papers are those of the set that the grid shows; papers about one study count once. Settings and
    countries are those of boxes, sites those of boxes, their parts, excerpts and evidence; countries also
    those that an extraction form was answered with. Richness is what papers were appraised for.
    """
    with review() as store, store.read() as connection:
        uid = resolve(connection, "theory", theory)
        at = queries.standing(connection, uid, number, viewer=viewer())
    if json_:
        show.say_json(strength_rows(at))
        return
    for one in at.version.statements:
        show.paragraph(f"p{one.number} {line(one.name) or shorten(one.said, 60)}")
        show.paragraph(strength_line(at.strengths[one.part]), indent="    ")
        if at.strengths[one.part].thin:
            show.paragraph(f"thin: {', '.join(at.strengths[one.part].thin)}", indent="    ")
    show.paragraph(f"In all: {strength_line(at.whole)}")


@theory_.command("thin")
@click.argument("theory", default="")
@as_json
def thin(theory: str, json_: bool) -> None:
    """List the thin spots of a theory, or of all programme theories, as they stand now."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "theory", theory) if theory else ""
        rows = queries.thin(connection, uid, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    shown = [
        {
            "which": f"T{row['theory']} v{row['version']} p{row['number']}",
            "said": row["name"] or row["said"],
            "thin": ", ".join(row["thin"]),
        }
        for row in rows
    ]
    show.table(shown, {"which": "", "said": "statement", "thin": "thin"}, grow="said")
