"""What is asked of somebody who records a consultation, or what was said in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tui.dialogs import Field, Form
from tui.gateway.consulting import KINDS_OF, MODES, VOICES, ConsultationRow

Save = Callable[[dict[str, str]], Any]


def _fields(found: Mapping[str, Any], stages: tuple[str, ...]) -> list[Field]:
    people = found.get("people")
    return [
        Field("name", "Name", found.get("name", "")),
        Field("held", "When, as far as known", found.get("held", "")),
        Field("mode", "How", found.get("mode") or "", choices=MODES, only=True),
        Field("kind", "With", found.get("kind", KINDS_OF[0]), choices=KINDS_OF, only=True),
        Field("people", "How many people", "" if people is None else str(people), help="Blank: unknown."),
        Field("who", "Who, by role", found.get("who", ""), long=True),
        Field("shown", "What was shown, in words", found.get("shown", ""), long=True),
        Field("stage", "The stage that it followed", found.get("stage") or "", choices=stages),
    ]


def adding(stages: tuple[str, ...], save: Save) -> Form:
    """Return the form that records a consultation."""
    note = "By role: names are not needed. What of the review was shown is said with s afterwards."
    return Form("Record a consultation", _fields({}, stages), save, note=note, draft="new consultation")


def editing(found: Mapping[str, Any], stages: tuple[str, ...], save: Save) -> Form:
    """Return the form that changes what is known of a consultation."""
    fields = [*_fields(found, stages), Field("reason", "Why it changes")]
    return Form(f"Edit {found['name'][:80]}", fields, save, draft=f"consultation {found['uid']}")


def hearing(row: ConsultationRow, said: str, called: str, save: Save) -> Form:
    """Return the form that records what was said of a thing, *called* so; *said* names it."""
    fields = [
        Field("words", "What they said, in their words", long=True),
        Field("voice", "They are", choices=VOICES, only=True),
        Field("who", "Who, by role"),
    ]
    note = f"Of {called[:300]}. It stands beside the evidence of papers and is never a tick."
    draft = f"said in {row.uid} of {said[:200]}"
    return Form(f"What was said · {row.name[:80]}", fields, save, note=note, draft=draft)


def correcting(one: Mapping[str, Any], save: Save) -> Form:
    """Return the form that corrects what was recorded of what was said."""
    fields = [
        Field("words", "What they said, in their words", one["words"], long=True),
        Field("voice", "They are", one["voice"], choices=VOICES, only=True),
        Field("who", "Who, by role", one["who"]),
        Field("reason", "Why it is corrected"),
    ]
    return Form("Correct what was said", fields, save, draft=f"feedback {one['uid']}")
