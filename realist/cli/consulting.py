"""Verbs for consultations: who was asked, what was shown, said and decided, and what followed."""

from __future__ import annotations

from typing import Any

import click

from realist.cli import show
from realist.cli.desk import NUMBER, as_json, desk, review, viewer
from realist.errors import WrongUse
from realist.queries import consulting as queries
from realist.queries.naming import resolve
from realist.queries.naming_things import thing_said
from realist.services import consulting as services
from realist.text import line
from realist.vocabulary import ConsultationKind, ConsultationMode, Voice

_KIND = click.Choice([str(kind) for kind in ConsultationKind])
_MODE = click.Choice([str(mode) for mode in ConsultationMode])
_VOICE = click.Choice([str(voice) for voice in Voice])
_VOICES = {Voice.FOR: "+", Voice.AGAINST: "−", Voice.DIVIDED: "±", Voice.TOO_GENERAL: "○", Voice.COMMENT: "…"}
_THING = 'A thing of the review, such as "mechanism M3", "box 3", "version T1 v2"; may be given again.'


@click.group("consultation")
def consultation_() -> None:
    """People who were asked: what was shown, said, decided, and followed."""


@consultation_.command("add")
@click.argument("name")
@click.option("--kind", type=_KIND, default="stakeholders", show_default=True)
@click.option("--mode", type=_MODE, default=None, help="Leave out if unknown.")
@click.option("--held", default="", help="When, as far as known.")
@click.option("--stage", default="", help="The search stage that it followed.")
@click.option("--people", type=NUMBER, default=None, help="How many took part; leave out if unknown.")
@click.option("--who", default="", help="Who, by role, with numbers: names are not needed.")
@click.option("--shown", default="", help="What was shown, in words.")
@click.option("--show", "items", multiple=True, help=_THING)
@click.option("--decided", "decisions", multiple=True, help="Something decided; may be given again.")
@as_json
def consultation_add(
    json_: bool, name: str, kind: str, mode: str | None, people: int | None, **given: Any
) -> None:
    """Record a meeting, an online meeting, a mail round or a contact.

    \b
    Example:
      realist consultation add "Meeting 1" --mode meeting --held 2025-05-06 --people 9 \\
        --who "5 nurses, 3 managers, 1 service user" --show "list preliminary" --show "box 3"
    """
    with desk() as at:
        uid = services.add_consultation(
            at,
            name,
            kind=ConsultationKind(kind),
            mode=ConsultationMode(mode) if mode else None,
            people=people,
            **given,
        )
    show.done(json_, uid, f"The consultation {line(name)} was recorded.")


@consultation_.command("list")
@as_json
def consultation_list(json_: bool) -> None:
    """List the consultations in order, with what was said, decided and followed."""
    with review() as store, store.read() as connection:
        rows = queries.consultations(connection, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    shown = [
        {**row, "voices": _signs(row["voices"]), "people": "?" if row["people"] is None else row["people"]}
        for row in rows
    ]
    headings = {
        "name": "consultation", "mode": "how", "held": "when", "people": "people", "voices": "said",
        "decisions": "decided", "followed": "acts", "who": "who",
    }  # fmt: skip
    show.table(shown, headings, grow="who")


def _signs(voices: dict[str, int]) -> str:
    return " ".join(f"{sign}{voices[voice]}" for voice, sign in _VOICES.items() if voices.get(voice))


@consultation_.command("show")
@click.argument("name")
@as_json
def consultation_show(name: str, json_: bool) -> None:
    """Show one consultation: who, what was shown, what was said of what, decided, and which acts followed.

    Acts that name it as what moved them are found; others are linked with `consultation followed`.
    """
    with review() as store, store.read() as connection:
        uid = resolve(connection, "consultation", name)
        found = queries.consultation(connection, uid, viewer=viewer())
    if json_:
        show.say_json(found)
        return
    show.title(found["name"])
    people = "? people" if found["people"] is None else f"{found['people']:,} people"
    about = {
        "with": found["kind"],
        "how": found["mode"],
        "when": found["held"],
        "after stage": found["stage"],
    }
    show.fields({**about, "who": f"{people}: {found['who']}" if found["who"] else people})
    if found["shown"] or found["items"]:
        show.say("\nShown")
        show.paragraph(found["shown"], indent="  ") if found["shown"] else None
        for row in found["items"]:
            show.paragraph(_thing(row), indent="  ")
    if found["feedback"]:
        show.say("\nSaid")
        for row in found["feedback"]:
            _say_words(row)
    if found["decided"]:
        show.say("\nDecided")
        for row in found["decided"]:
            show.paragraph(f"{row['position']}. {row['text']}", indent="  ")
    if found["acts"]:
        show.say("\nFollowed")
        for row in found["acts"]:
            undone = " [undone]" if row["undone"] else ""
            why = f" ({row['reason']})" if row["reason"] else ""
            words = f"#{row['number']} {row['by']} {row['intention']} {row['subject']}{why}{undone}"
            show.paragraph(f"{words} · {row['how']}", indent="  ")


def _thing(row: dict[str, Any]) -> str:
    return f"{row['kind']} {line(row['of']) or 'that is gone'}"


def _say_words(row: dict[str, Any], where: str = "") -> None:
    of = f"{where}f{row['number']}" if row["number"] else row["uid"]
    who = f" ({row['who']})" if row["who"] else ""
    about = f"of {_thing(row)}" if row["subject"] else "in general"
    show.paragraph(f"{of} {row['voice']}, {about}{who}", indent="  ")
    show.paragraph(row["words"], indent="     ")
    for source in row["sources"]:
        show.paragraph(f"▪ a source of {source['part']}", indent="     ")


@consultation_.command("said")
@click.option("--about", default="", help='Only of one thing, such as "mechanism M3".')
@as_json
def consultation_said(about: str, json_: bool) -> None:
    """List what people said, in all consultations and outside them: of one thing, or of all."""
    with review() as store, store.read() as connection:
        thing = thing_said(connection, about, viewer=viewer()) if about else None
        rows = queries.feedback(connection, thing=thing, viewer=viewer())
    if json_:
        show.say_json(rows)
        return
    for row in rows:
        _say_words(row, f"{line(row['consultation'])} ")
    show.say(f"{show.counted(len(rows), 'statement')}.")


@consultation_.command("edit")
@click.argument("consultation")
@click.option("--name", default=None, help="Another name.")
@click.option("--kind", type=_KIND, default=None)
@click.option("--mode", type=click.Choice([*map(str, ConsultationMode), ""]), default=None)
@click.option("--held", default=None)
@click.option("--stage", default=None)
@click.option("--people", default=None, help='How many took part; "": unknown.')
@click.option("--who", default=None)
@click.option("--shown", default=None, help="What was shown, in words.")
@click.option("--show", "items", multiple=True, help=_THING)
@click.option("--not-shown", "gone", multiple=True, help="A thing that was not shown after all.")
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def consultation_edit(
    json_: bool,
    consultation: str,
    kind: str | None,
    items: tuple[str, ...],
    gone: tuple[str, ...],
    reason: str,
    people: str | None,
    **given: str | None,
) -> None:
    """Change what is known of a consultation: only what is given changes; "" is unknown again.

    \b
    Example:
      realist consultation edit "Meeting 1" --people 8 --show "box 4" --reason "one left early"
    """
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if kind is not None:
        fields["kind"] = ConsultationKind(kind)
    if people is not None:
        if people and not (people.isascii() and people.isdecimal() and len(people) < 12):
            raise WrongUse(f"{line(people)!r} is no number of people.")
        fields["people"] = int(people) if people else ""
    if not fields and not items and not gone:
        raise WrongUse("Say what to change: one of the options.")
    with desk() as at:
        with at.store.read() as connection:
            uid = resolve(connection, "consultation", consultation)
        if fields:
            services.edit_consultation(at, uid, **fields, reason=reason)
        if items:
            services.show_at(at, uid, items)
        for thing in gone:
            services.unshow_at(at, uid, thing, reason=reason)
    show.done(json_, uid, f"The consultation {line(consultation)} was changed.")


@consultation_.command("feedback")
@click.argument("consultation")
@click.argument("voice", type=_VOICE)
@click.argument("words")
@click.option("--about", default="", help='What it is about, such as "mechanism M3"; default: in general.')
@click.option("--who", default="", help="Who said it, by role; in whose words.")
@as_json
def consultation_feedback(
    consultation: str, voice: str, words: str, about: str, who: str, json_: bool
) -> None:
    """Record what was said in a consultation ("" where that is unknown), of anything. It is never a tick.

    \b
    Examples:
      realist consultation feedback "Meeting 1" for "That is us." --about "mechanism Trust" --who "2 nurses"
      realist consultation feedback "Mail round" "too general" "Which teams?" --about "version T1 v2"
    """
    with desk() as at:
        uid = services.add_feedback(at, Voice(voice), words, consultation=consultation, about=about, who=who)
    show.done(json_, uid, "What was said is recorded.")


@consultation_.command("correct")
@click.argument("feedback")
@click.option("--voice", type=_VOICE, default=None)
@click.option("--words", default=None)
@click.option("--who", default=None)
@click.option("--about", default=None, help='What it is about; "": in general.')
@click.option("--reason", default="", help="Why, for the log.")
@as_json
def consultation_correct(json_: bool, feedback: str, reason: str, voice: str | None, **given: Any) -> None:
    """Correct what was recorded of what was said: its uid, or a consultation and f3 for the third.

    \b
    Example:
      realist consultation correct "Meeting 1 f3" --voice divided --reason "the minutes say so"
    """
    fields: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if voice is not None:
        fields["voice"] = Voice(voice)
    if not fields:
        raise WrongUse("Say what to correct: --voice, --words, --who or --about.")
    with desk() as at:
        uid = services.edit_feedback(at, feedback, **fields, reason=reason)
    show.done(json_, uid, "What was said was corrected.")


@consultation_.command("withdraw")
@click.argument("feedback")
@click.option("--reason", required=True, help="Why.")
@as_json
def consultation_withdraw(feedback: str, reason: str, json_: bool) -> None:
    """Take out what was recorded of what was said; refused while a part of a box rests on it."""
    with desk() as at:
        uid = services.drop_feedback(at, feedback, reason=reason)
    show.done(json_, uid, "What was said was taken out; the log keeps it.")


@consultation_.command("decide")
@click.argument("consultation")
@click.argument("text")
@click.option("--instead-of", type=NUMBER, default=None, help='Words that decision anew; "": out.')
@click.option("--reason", default="", help="Why it is worded anew, for the log.")
@as_json
def consultation_decide(
    consultation: str, text: str, instead_of: int | None, reason: str, json_: bool
) -> None:
    """Record something that was decided with or after a consultation."""
    with desk() as at:
        if instead_of is None:
            uid = services.decide_at(at, consultation, text)
        else:
            uid = services.edit_decision(at, consultation, instead_of, text, reason=reason)
    show.done(json_, uid, "What was decided is recorded.")


@consultation_.command("followed")
@click.argument("consultation")
@click.argument("acts", nargs=-1, required=True)
@click.option("--not", "not_", is_flag=True, help="They did not follow from it: take the links back.")
@as_json
def consultation_followed(consultation: str, acts: tuple[str, ...], not_: bool, json_: bool) -> None:
    """Link acts of the log, by number, to the consultation that they followed from.

    \b
    Example:
      realist consultation followed "Meeting 1" "#212" "#215"
    """
    with desk() as at:
        if not_:
            for act in acts:
                uid = services.unlink_act(at, consultation, act)
        else:
            uid = services.link_acts(at, consultation, acts)
    done = "are linked no more" if not_ else "are linked"
    show.done(json_, uid, f"{show.counted(len(acts), 'act')}: {done}.")


@consultation_.command("drop")
@click.argument("consultation")
@click.option("--reason", required=True, help="Why.")
@as_json
def consultation_drop(consultation: str, reason: str, json_: bool) -> None:
    """Take out a consultation in which nothing was said and that moved nothing; the log keeps it."""
    with desk() as at:
        uid = services.drop_consultation(at, consultation, reason=reason)
    show.done(json_, uid, f"The consultation {line(consultation)} was taken out.")
