"""Verbs for rounds: their rules, the papers in them, who reads what, how far everybody is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from realist.cli import open_interface, show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.domain.agreement import Statistic
from realist.domain.allocation import AllocationScheme, AnyTwo, Everybody, OneOf, Pairs, Split
from realist.domain.filtering import read_filter
from realist.errors import WrongUse
from realist.queries import screening as queries
from realist.queries import together
from realist.queries.entering import candidates
from realist.queries.filters import matching
from realist.queries.naming import resolve
from realist.services import allocating
from realist.services import rounds as services
from realist.services.allocating import Allotted
from realist.text import line
from realist.vocabulary import ConflictRule, Door, MaybeRule, Role, RoundKind, RoundOrder, Verdict


def _words(words: Any) -> click.Choice[str]:
    return click.Choice([str(word) for word in words])


def _rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a verb the options that say by which rules a round is read."""
    for option in (
        click.option("--criteria", default=None),
        click.option("--reason", "reasons", multiple=True, help="An exclusion reason; may be given again."),
        click.option("--readers", type=NUMBER, default=None, help="People who decide on each paper."),
        click.option(
            "--blind/--not-blind", default=None, help="Nobody sees another's decision before it ends."
        ),
        click.option("--maybe", type=_words(MaybeRule), default=None, help="What becomes of maybe."),
        click.option(
            "--conflict", type=_words(ConflictRule), default=None, help="What becomes of conflicts."
        ),
        click.option(
            "--order", type=_words(RoundOrder), default=None, help="In which order papers are read."
        ),
        click.option("--seed", type=NUMBER, default=None, help="Of a random order."),
        click.option("--note", default=None),
    ):
        command = option(command)
    return command


def _given(rules: dict[str, Any]) -> dict[str, Any]:
    """Return the rules that were given, as the services take them."""
    kinds = {"maybe": MaybeRule, "conflict": ConflictRule, "order": RoundOrder}
    return {
        name: kinds[name](value) if name in kinds else value
        for name, value in rules.items()
        if value is not None
    }


@click.group("round")
def round_() -> None:
    """Screening rounds: their rules, the papers in them, how far they are."""


@round_.command("add")
@click.argument("name")
@click.option("--stage", required=True)
@click.option("--kind", type=_words(RoundKind), required=True)
@_rules
@click.option("--pilot", is_flag=True, help="To try criteria and agreement out.")
@click.option(
    "--gate", default="", metavar="STATISTIC:VALUE", help="What a pilot has to reach, such as kappa:0.6."
)
@click.option("--set", "outcome", default="", help="Name the set of what it includes.")
@as_json
def round_add(
    name: str, stage: str, kind: str, pilot: bool, gate: str, outcome: str, json_: bool, **rules: Any
) -> None:
    """Add a screening round to a stage, with its rules and its numbered exclusion reasons.

    \b
    Examples:
      realist round add "abstracts 1" --stage 1 --kind "title and abstract" --readers 2 --blind
      realist round add "pilot" --stage 1 --kind "title and abstract" --readers 2 --blind --gate kappa:0.6
    """
    if pilot and not gate:
        gate = "kappa:0.6"
    with desk() as at:
        uid = services.add_round(
            at, name, stage=stage, kind=RoundKind(kind), gate=_gate(gate), outcome=outcome, **_given(rules)
        )
    show.done(json_, uid, f"Round {line(name)} was added.")


def _gate(text: str) -> tuple[str, float] | None:
    if not text:
        return None
    name, _, value = text.partition(":")
    known = {statistic.name.lower(): str(statistic) for statistic in Statistic}
    try:
        number = float(value)
    except ValueError:
        number = 2.0
    if name.lower() not in known or not -1 <= number <= 1:
        named = ", ".join(known)
        raise WrongUse(f"{text!r} is no gate: use STATISTIC:VALUE with one of {named} and -1 to 1.")
    return known[name.lower()], number


@round_.command("edit")
@click.argument("round_name", metavar="ROUND")
@click.option("--name", default=None)
@_rules
@click.option("--why", default="", help="Why the rules change.")
@as_json
def round_edit(round_name: str, name: str | None, why: str, json_: bool, **rules: Any) -> None:
    """Change the rules of a round; reasons given are added to those it has."""
    if name is None and not _given({key: value or None for key, value in rules.items()}):
        raise WrongUse("Say what to change: --name, --criteria, --reason, --readers, --conflict …")
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve(connection, "round", round_name)
        services.edit_round(at, uid, name=name, reason=why, **_given(rules))
    show.done(json_, uid, "The round was changed.")


@round_.command("open")
@click.argument("round_name", metavar="ROUND")
@click.option("--why", default="")
@as_json
def round_open(round_name: str, why: str, json_: bool) -> None:
    """Open a blind round: everybody sees everybody's decisions from now on, and independence ends."""
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve(connection, "round", round_name)
        services.open_round(at, uid, reason=why)
    show.done(json_, uid, f"{round_name} is open.")


@round_.command("list")
@as_json
def round_list(json_: bool) -> None:
    """List rounds with how far each has come, as far as you may see."""
    with review() as store, store.read() as connection:
        rows = queries.rounds(connection, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    shown = [{**row, "number": f"#{row['number']}"} for row in rows]
    headings = {"number": "", "name": "round", "stage": "stage", "kind": "kind", "entries": "papers"}
    headings |= {
        "include": "in",
        "exclude": "out",
        "maybe": "maybe",
        "conflicts": "conflicts",
        "open": "open",
    }
    show.table(shown, headings, grow="name")


@round_.command("progress")
@click.argument("round_name", metavar="ROUND")
@as_json
def round_progress(round_name: str, json_: bool) -> None:
    """Show how far each person is, hours spent and papers an hour; nothing of what anybody decided."""
    with review() as store, store.read() as connection:
        rows = together.progress(connection, resolve(connection, "round", round_name))
    if json_:
        show.say_json(rows)
        return
    headings = {"by": "who", "handed": "handed", "decided": "decided", "parked": "parked", "left": "left"}
    shown = [
        {
            **row,
            "hours": None if row["hours"] is None else f"{row['hours']:.1f}",
            "per_hour": None if row["per_hour"] is None else f"{row['per_hour']:.0f}",
        }
        for row in rows
    ]
    show.table(shown, headings | {"hours": "hours", "per_hour": "an hour"})


@round_.command("waiting")
@click.argument("round_name", metavar="ROUND")
@click.option("--for", "what", type=click.Choice(["decision", "check", "resolution"]), default=None)
@as_json
def round_waiting(round_name: str, what: str | None, json_: bool) -> None:
    """List the papers that wait: for a decision, a check, or a conflict to be resolved; and for whom."""
    with review() as store, store.read() as connection:
        uid = resolve(connection, "round", round_name)
        rows = together.waiting(connection, uid, viewer=viewer(), what=what or "")
    if json_:
        show.say_json(rows)
        return
    shown = [
        {
            **row,
            "paper": f"#{row['number']} {row['label'] or row['title']}",
            "whom": ", ".join(row["whom"]),
        }
        for row in rows
    ]
    show.table(shown, {"paper": "paper", "what": "waits for", "whom": "of"}, grow="paper")


@round_.command("enter")
@click.argument("round_name", metavar="ROUND")
@click.argument("papers", nargs=-1)
@click.option("--from", "from_round", default="", help="Take what this round includes (and maybe).")
@click.option("--back", "back", default="", metavar="ROUND", help="Bring back what this round excluded.")
@click.option("--filter", "words", default=None, help='Take what a filter lets through; "" takes all papers.')
@click.option("--sample", type=NUMBER, default=0, help="Only so many, by chance: for a pilot.")
@click.option("--seed", type=NUMBER, default=0, help="Of the sample.")
@click.option("--door", type=_words(Door), default=None)
@click.option("--why", default="")
@click.option("--supplied-by", default="")
@as_json
def round_enter(
    round_name: str,
    papers: tuple[str, ...],
    from_round: str,
    back: str,
    words: str | None,
    sample: int,
    seed: int,
    door: str | None,
    why: str,
    supplied_by: str,
    json_: bool,
) -> None:
    """Put papers into a round, saying by which door they came.

    \b
    Examples:
      realist round enter "abstracts 1" "#1" "#2"
      realist round enter "abstracts 1" --filter "search:embase"
      realist round enter "full text 1" --from "abstracts 1"
      realist round enter "full text 2" --back "full text 1" --filter "tag:power" --why "the theory moved"
    """
    many = bool(from_round or back or words is not None)
    if many == bool(papers) or (from_round and back):
        raise WrongUse(
            "Name papers, or say where they come from: --from ROUND, --back ROUND, --filter WORDS."
        )
    with desk() as at:
        if papers:
            n = services.enter(
                at, round_name, papers, door=Door(door) if door else None, why=why, supplied_by=supplied_by
            )
        else:
            with at.store.read() as connection:
                found = candidates(
                    connection,
                    viewer=at.initials,
                    round_uid=resolve(connection, "round", round_name),
                    from_round=resolve(connection, "round", from_round or back) if from_round or back else "",
                    verdicts=(Verdict.EXCLUDE,) if back else (Verdict.INCLUDE, Verdict.MAYBE),
                    filter_=read_filter(words) if words else None,
                    sample=sample,
                    seed=seed,
                )
            chosen = [(paper, Door(door) if door else usual) for paper, usual in found]
            n = services.enter_all(at, round_name, chosen, why=why)
    if json_:
        show.say_json({"entered": n})
    else:
        show.say(f"{show.counted(n, 'paper')} entered {round_name}.")


@click.command("allocate")
@click.argument("round_name", metavar="ROUND")
@click.option(
    "--scheme",
    type=click.Choice(["split", "everybody", "any two", "pairs", "one of"]),
    default="split",
    help="Who reads what; see below.",
)
@click.option(
    "--to", "people", multiple=True, metavar="INITIALS[=SHARE]", help="A person; may be given again."
)
@click.option("--pair", "pairs", multiple=True, metavar="AB+CD", help="With pairs: two who read together.")
@click.option("--group", "group", multiple=True, metavar="INITIALS", help="With one of: who is of the group.")
@click.option("--readers", type=NUMBER, default=2, help="With one of: how many read each paper.")
@click.option(
    "--check", "check", type=click.FloatRange(0, 100), default=0, help="With split: percent checked."
)
@click.option("--second", "second", type=click.FloatRange(0, 100), default=0, help="The same, read blind.")
@click.option("--filter", "words", default="", help="Only papers that this filter lets through.")
@click.option("--seed", type=NUMBER, default=1, help="The same seed gives the same allocation.")
@click.option("--leaves", default="", metavar="INITIALS", help="Hand on what a person has not decided.")
@click.option("--look", is_flag=True, help="Only look at what it comes to, and write nothing.")
@as_json
def allocate_(
    round_name: str, people: tuple[str, ...], words: str, seed: int, leaves: str, look: bool, json_: bool,
    **how: Any,
) -> None:  # fmt: skip
    """Hand the papers of a round to people.

    split: each paper to one person, evenly or by shares, --check or --second percent of them to another one
    too. everybody: each paper to all. "any two": to two of the people. pairs: to one of the pairs. "one of":
    to so many readers, one of them of the group. What people hold already stays theirs.

    \b
    Examples:
      realist allocate "abstracts 1" --to SF=2 --to RP=1 --check 10 --look
      realist allocate "abstracts 1" --scheme "any two" --to SF --to RP --to AH
      realist allocate "abstracts 1" --leaves RP
    """
    if leaves:
        with desk() as at:
            done = allocating.hand_over(at, round_name, leaves)
        _told(done, json_, "were handed on")
        return
    names, scheme = _scheme(people, how)
    with review() as store, store.read() as connection:
        resolve(connection, "round", round_name)
        papers = set(matching(connection, read_filter(words), viewer=viewer())) if words else None
    if look:
        with review() as store:
            done = allocating.look_at_allocation(store, round_name, names, scheme, seed=seed, papers=papers)
    else:
        with desk() as at:
            done = allocating.allocate(at, round_name, names, scheme, seed=seed, papers=papers)
    _told(done, json_, "would be handed out" if look else "were handed out")


def _scheme(people: tuple[str, ...], how: dict[str, Any]) -> tuple[list[str], AllocationScheme]:
    """Return the people and the scheme that the options say."""
    names, shares = [], []
    for word in people:
        name, equals, share = word.partition("=")
        names.append(name)
        if equals:
            try:
                shares.append((name, float(share)))
            except ValueError as error:
                raise WrongUse(f"{word!r} is no share: write it like SF=2.") from error
    if how["check"] and how["second"]:
        raise WrongUse("Use --check or --second: a check sees what the first person decided.")
    match how["scheme"]:
        case "everybody":
            return names, Everybody()
        case "any two":
            return names, AnyTwo()
        case "pairs":
            pairs = [(one, other) for one, _, other in (pair.partition("+") for pair in how["pairs"])]
            named = [name for pair in pairs for name in pair]
            return list(dict.fromkeys([*names, *named])), Pairs(tuple(pairs))
        case "one of":
            return list(dict.fromkeys([*names, *how["group"]])), OneOf(how["group"], how["readers"])
        case _:
            second = Role.SECOND if how["second"] else Role.CHECK
            return names, Split(tuple(shares), how["second"] or how["check"], second)


def _told(done: Allotted, json_: bool, what: str) -> None:
    if json_:
        show.say_json(
            {
                "new": done.new, "ended": done.ended, "short": list(done.short), "unchecked": done.unchecked,
                "people": [
                    {"by": load.person, "read": load.read, "second": load.second, "check": load.check}
                    for load in done.loads
                ],
                "pairs": [{"one": p.one, "other": p.other, "papers": p.entries} for p in done.pairs],
            }
        )  # fmt: skip
        return
    show.say(f"{show.counted(done.new, 'assignment')} {what}.")
    rows = [
        {"who": load.person, "read": load.read, "second": load.second, "check": load.check, "all": load.total}
        for load in done.loads
    ]
    show.table(rows, {"who": "who", "read": "read", "second": "second", "check": "check", "all": "all"})
    if done.short:
        show.say(f"{show.counted(len(done.short), 'paper')} have fewer readers than the scheme says.")


@click.command("screen")
@click.argument("round_name", metavar="ROUND", default="")
def screen_(round_name: str) -> None:
    """Screen on the screen: go to your next undecided paper of a round, or of the one with most to do."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUse("Screening needs a terminal; `realist decide` decides without one.")
    if round_name:
        with review() as store, store.read() as connection:
            resolve(connection, "round", round_name)
    options = click.get_current_context().find_root().obj or {}
    address, who = options.get("db") or "", options.get("person") or ""
    click.get_current_context().exit(open_interface(address, who, "screening", round_name))
