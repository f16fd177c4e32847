"""What is asked before a mechanism, context or outcome is merged, split, renamed, refined, parked …"""

from __future__ import annotations

from collections.abc import Callable

from realist.text import line, shorten
from tui.dialogs import Field, Form
from tui.gateway import lives
from tui.gateway.lives import Known
from tui.gateway.mechanisms import MechanismRow

Save = Callable[[dict[str, str]], object]
TITLES = {
    "merge": "Merge", "split": "Split", "rename": "Rename", "refine": "Refine", "prioritise": "Prioritise",
    "park": "Park", "drop": "Drop", "reinstate": "Reinstate", "unmerge": "End the merge of",
}  # fmt: skip
_NOTES = {
    "merge": "Into one: what was given to it shows there. Into several: it waits until you place it (l).",
    "split": "Names that are new are proposed by it. What was given to it waits until you place it (l).",
    "rename": "The old name stays another name of it.",
    "refine": "The earlier versions stay.",
    "drop": "It stays in the review, and leaves the grid.",
    "park": "It leaves the grid; reinstate brings it back.",
    "reinstate": "It has again what was decided of it before.",
    "unmerge": "It stands for itself again; nothing that was given to it ever moved.",
}


def why() -> list[Field]:
    """Return the two last fields: the reason, and what moved it."""
    told = "Optional: a consultation, paper, box or excerpt by some of its words. Several: a ; between."
    return [Field("reason", "Why"), Field("moved_by", "What moved it", help=told)]


def live(of: Known) -> Callable[[object], str]:
    """Return what shows, as one types, what moved it."""
    return lambda values: lives.preview(of, values.get("moved_by", ""))  # type: ignore[attr-defined]


def changing(verb: str, row: MechanismRow, of: Known, now: str, save: Save) -> Form:
    """Return the form of what *verb* does to *row*, described as *now*."""
    others = tuple(name for name in of.names if name != row.name)
    own = {
        "merge": [Field("into", "Into", choices=others, help="Several: a ; between.")],
        "split": [Field("into", "Into two or more", choices=others, help="A ; between.")],
        "rename": [Field("name", "New name", line(row.name))],
        "refine": [Field("description", "Description", now, long=True)],
        "prioritise": [Field("priority", "Priority", help="In your own words: core, 1, later. Blank: none.")],
    }.get(verb, [])
    return Form(
        f"{TITLES[verb]} #{row.number} {shorten(row.name[:400], 80)}",
        [*own, *why()],
        save,
        note=_NOTES.get(verb, ""),
        live=live(of),
        draft=f"{verb} {row.uid}",
    )


def placing(pieces: int, into: tuple[str, ...], of: Known, save: Save) -> Form:
    """Return the form that places pieces under one or several of what they may go under."""
    count = "1 piece" if pieces == 1 else f"{pieces} pieces"
    field = Field("into", "Under", choices=into, help=f"{'; '.join(into)}. Several: a ; between.")
    return Form(f"Place {count}", [field, *why()], save, live=live(of))
