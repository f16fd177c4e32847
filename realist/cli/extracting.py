"""Verbs about who extracts what: handed out, done, checked, compared, agreed on."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.domain.comparing import BoxPair, PartPair
from realist.domain.configuration import BoxElement, to_json
from realist.domain.notation import write
from realist.errors import WrongUse
from realist.queries import extracted, extractions
from realist.queries.naming import resolve
from realist.services import extracting as services
from realist.services.agreed import take_into_consensus
from realist.text import line, shorten
from realist.vocabulary import CheckVerdict, ExtractionRole

_ROLES = [str(role) for role in ExtractionRole]
_role = click.option("--role", type=click.Choice(_ROLES), default=None, help="Where one has several.")


@click.group("extraction")
def extraction_() -> None:
    """Who extracts what: one, two independently, or one with checks.

    What an independent extractor writes of a paper is seen by nobody else until all who have it are done.
    """


@extraction_.command("allot")
@click.argument("role", type=click.Choice(_ROLES[:3]))
@click.argument("papers", nargs=-1)
@click.option("--to", "people", multiple=True, required=True, help="Initials; may be given again.")
@click.option("--of", default="", help="To check: whose extractions.")
@click.option("--share", type=float, default=100, show_default=True, help="To check: percent of them.")
@click.option(
    "--seed", type=NUMBER, default=1, show_default=True, help="By which papers are divided and drawn."
)
@as_json
def extraction_allot(
    role: str, papers: tuple[str, ...], people: tuple[str, ...], of: str, share: float, seed: int, json_: bool
) -> None:
    """Hand papers to people: to extract them, to extract them independently, or to check.

    extract divides the papers among the people; independent gives each paper to each of them, and nobody
    sees what another made of it until all are done; check divides what --of has, or a share of it.

    \b
    Examples:
      realist extraction allot independent "Choi (2012)" "#7" --to SF --to NG
      realist extraction allot check --of SF --share 20 --seed 7 --to NG
    """
    with desk() as at:
        told = services.allot_extraction(
            at, papers, people, ExtractionRole(role), of=of, share=share, seed=seed
        )
    if json_:
        show.say_json({"new": told.new, "people": dict(told.people)})
        return
    each = ", ".join(f"{by} {n:,}" for by, n in told.people)
    show.say(f"{show.were(told.new, 'extraction')} handed out{f': {each}' if each else ''}.")


@extraction_.command("list")
@click.argument("paper", required=False)
@click.option("--by", default="", help="Only those of one person: initials.")
@click.option("--checks", "only_checks", is_flag=True, help="Show what was checked instead.")
@as_json
def extraction_list(paper: str | None, by: str, only_checks: bool, json_: bool) -> None:
    """List who has which paper as what, how far it is, and what was extracted, as far as you may see it."""
    with review() as store, store.read() as connection:
        if only_checks:
            rows = [one._asdict() for one in extractions.checks(connection, viewer=viewer())]
        else:
            of = [resolve(connection, "paper", paper)] if paper else None
            found = extractions.extractions(connection, of, by=by, viewer=viewer())
            rows = [one._asdict() for one in found]
    if json_:
        show.say_json(rows)
    elif only_checks:
        show.table(
            rows,
            {"what": "what", "of": "by", "verdict": "checked", "by": "checked by", "note": "note"},
            grow="what",
        )
    else:
        headings = {
            "label": "paper", "by": "by", "role": "as", "state": "state", "boxes": "boxes",
            "evidence": "evidence", "readings": "readings", "excerpts": "excerpts", "note": "note",
        }  # fmt: skip
        shown = [{**row, "label": f"#{row['number']} {row['label']}", "note": _note(row)} for row in rows]
        show.table(shown, headings, grow="label")


def _note(row: dict[str, Any]) -> str:
    opened = f"opened: {row['opened']}" if row["opened"] else ""
    return "; ".join(filter(None, (opened, "" if row["counts"] else "not counted")))


@extraction_.command("done")
@click.argument("paper")
@_role
@as_json
def extraction_done(paper: str, role: str | None, json_: bool) -> None:
    """Say that you are done with a paper.

    When all who extract it independently are, everybody may see what they made of it. A consensus that is
    done counts in their place, in the grid and wherever something is counted.
    """
    with desk() as at:
        uid = services.finish_extraction(at, paper, role=ExtractionRole(role) if role else None)
    show.done(json_, uid, f"You are done with {line(paper)}.")


@extraction_.command("take-back")
@click.argument("paper")
@click.argument("person")
@click.option("--reason", required=True)
@_role
@as_json
def extraction_take_back(paper: str, person: str, reason: str, role: str | None, json_: bool) -> None:
    """Take a paper back from a person; what they extracted of it stays."""
    with desk() as at:
        uid = services.end_extraction(
            at, paper, person, reason=reason, role=ExtractionRole(role) if role else None
        )
    show.done(json_, uid, f"{line(paper)} was taken back from {line(person)}.")


@extraction_.command("open")
@click.argument("paper")
@click.option("--reason", required=True)
@as_json
def extraction_open(paper: str, reason: str, json_: bool) -> None:
    """End the independence of a paper before all are done: everybody may see it, agreement leaves it out."""
    with desk() as at:
        n = services.open_extractions(at, paper, reason=reason)
    if json_:
        show.say_json({"opened": n})
    else:
        show.say(f"{show.counted(n, 'independent extraction')} of {line(paper)} may be seen now.")


@extraction_.command("check")
@click.argument("kind", type=click.Choice(["box", "evidence"]))
@click.argument("name")
@click.argument("verdict", type=click.Choice([str(verdict) for verdict in CheckVerdict]))
@click.option("--note", default="", help="What was amended; needed then.")
@as_json
def extraction_check(kind: str, name: str, verdict: str, note: str, json_: bool) -> None:
    """Say of a box, or of evidence (its uid), that it is right, or that it was amended.

    \b
    Example:
      realist extraction check box 2b amended --note "the outcome is mixed"
    """
    of = "configuration" if kind == "box" else kind
    with desk() as at:
        uid = services.check_extracted(at, of, name, CheckVerdict(verdict), note=note)
    show.done(json_, uid, f"{line(name)} was {verdict}.")


@extraction_.command("consensus")
@click.argument("paper", required=False)
@click.option("--take", "box", default="", help="A box of an independent extraction, to take into yours.")
@click.option("--take-evidence", "evidence", default="", help="The uid of evidence, likewise.")
@as_json
def extraction_consensus(paper: str | None, box: str, evidence: str, json_: bool) -> None:
    """Begin the consensus of a paper, or take a box or evidence of one of the two into it.

    What you write of the paper then belongs to the consensus, until `realist extraction done PAPER`. What is
    taken into it is a copy that can be changed; the original stays.

    \b
    Examples:
      realist extraction consensus "Choi (2012)"
      realist extraction consensus --take "#4"
    """
    if sum(map(bool, (paper, box, evidence))) != 1:
        raise WrongUse("Name a paper, or a box with --take, or evidence with --take-evidence.")
    with desk() as at:
        if paper:
            uid, said = services.begin_consensus(at, paper), f"The consensus of {line(paper)} was begun."
        else:
            kind, name = ("configuration", box) if box else ("evidence", evidence)
            uid, said = take_into_consensus(at, kind, name), f"{line(name)} was taken into the consensus."
    show.done(json_, uid, said)


@extraction_.command("compare")
@click.argument("paper")
@click.option("--people", nargs=2, default=None, help="Two initials, where there are more than two.")
@as_json
def extraction_compare(paper: str, people: tuple[str, str] | None, json_: bool) -> None:
    """Show what two people extracted independently from a paper side by side, with what differs."""
    with review() as store, store.read() as connection:
        found = extracted.compared_extractions(
            connection, resolve(connection, "paper", paper), people=people, viewer=viewer()
        )
    if json_:
        show.say_json(
            {
                "paper": found.paper, "label": found.label, "one": found.one, "other": found.other,
                "boxes": [_box_pair(pair) for pair in found.boxes],
                "stances": [stances._asdict() for stances in found.stances],
            }
        )  # fmt: skip
        return
    show.title(f"{found.label}: {found.one} and {found.other}")
    for pair in found.boxes:
        _say_pair(pair, found.one, found.other)
    if found.stances:
        rows = [
            {
                "mechanism": one.mechanism, "one": list(one.one), "other": list(one.other),
                "differs": "differs" if one.differs else "",
            }
            for one in found.stances
        ]  # fmt: skip
        headings = {"mechanism": "mechanism", "one": found.one, "other": found.other, "differs": ""}
        show.table(rows, headings, grow="mechanism")
    differing = sum(bool(pair.differences or any(p.differences for p in pair.parts)) for pair in found.boxes)
    show.say(f"{show.counted(len(found.boxes), 'box')} side by side, {differing:,} with differences.")


def _box_pair(pair: BoxPair) -> dict[str, Any]:
    return {
        "one": to_json(pair.one) if pair.one else None,
        "other": to_json(pair.other) if pair.other else None,
        "likeness": pair.likeness,
        "differences": list(pair.differences),
        "parts": [
            {
                "one": part.one.uid if part.one else None,
                "other": part.other.uid if part.other else None,
                "differences": list(part.differences),
            }
            for part in pair.parts
        ],
    }


def _say_pair(pair: BoxPair, one: str, other: str) -> None:
    names = [
        shorten(box.label or box.title or write(box.parts), 40) if box else "—"
        for box in (pair.one, pair.other)
    ]
    alike = f", {pair.likeness:.0%} alike" if pair.one and pair.other else ""
    differ = ", ".join(pair.differences)
    show.say(f"Box {names[0]} | {names[1]}{alike}{f' · {differ}' if differ else ''}")
    rows = [_part_row(part) for part in pair.parts]
    if rows:
        show.table(rows, {"one": one, "other": other, "differences": "differs"}, grow="one")
    show.say("")


def _part_row(part: PartPair) -> dict[str, str]:
    return {
        "one": _part(part.one), "other": _part(part.other), "differences": ", ".join(part.differences),
    }  # fmt: skip


def _part(element: BoxElement | None) -> str:
    if element is None:
        return "—"
    valence = f" {element.part.valence}" if element.part.valence else ""
    return f"{element.part.kind}{valence}: {element.part.text}"


@extraction_.command("agreement")
@as_json
def extraction_agreement(json_: bool) -> None:
    """Show how far independent extractors agree on which mechanisms papers have, by mechanism and in all.

    A paper has a mechanism, by one of them, where they wrote a box under it, tagged a part of a box with it,
    or recorded evidence on it, before independence ended. Only papers that two people were done with
    independently count; checks and what was written later do not.
    """
    with review() as store, store.read() as connection:
        found = extracted.tag_agreement(connection, viewer=viewer())
    rows = [row._asdict() for row in (*found.rows, found.total)]
    if json_:
        told = {"papers": found.papers, "waiting": found.waiting, "opened": found.opened}
        show.say_json({**told, "people": list(found.people), "mechanisms": rows[:-1], "total": rows[-1]})
        return
    shown = [
        {
            **row,
            "mechanism": f"M{row['number']} {row['mechanism']}" if row["uid"] else "all of them",
            **{name: _figure(row[name]) for name in ("agreement", "kappa", "ac1")},
        }
        for row in rows
    ]
    headings = {
        "mechanism": "mechanism", "papers": "n", "both": "both", "one": "one", "other": "other",
        "neither": "neither", "agreement": "agreement", "kappa": "kappa", "ac1": "AC1",
    }  # fmt: skip
    show.table(shown, headings, grow="mechanism")
    out = [f"{found.waiting:,} under way"] * bool(found.waiting) + [f"{found.opened:,} opened"] * bool(
        found.opened
    )
    left = f"; left out: {', '.join(out)}" if out else ""
    by = f" by {', '.join(found.people)}" if found.people else ""
    show.say(f"{show.counted(found.papers, 'paper')} extracted independently{by}{left}.")
    if found.total.why and found.papers:
        show.paragraph(f"Not defined: {found.total.why}")


def _figure(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"
