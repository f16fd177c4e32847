"""What is asked of somebody who builds a box while reading: the words of a part, and all that it can say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realist.text import shorten
from realist.vocabulary import Activation, Basis, ElementKind, Inference, Scheme, Valence
from tui.dialogs import Field, Form

if TYPE_CHECKING:
    from realist.domain.configuration import BoxElement
    from tui.gateway.building import Known
    from tui.place import Place

_SHOWN = 600
K = ElementKind
_OF_SCHEMES = {
    Scheme.CMO: (K.CONTEXT, K.MECHANISM, K.RESOURCE, K.REASONING, K.OUTCOME, K.UNSURE),
    Scheme.ICAMO: (
        K.INTERVENTION, K.CONTEXT, K.ACTOR, K.MECHANISM, K.RESOURCE, K.REASONING, K.OUTCOME, K.UNSURE,
    ),
    Scheme.SCMO: (K.STRATEGY, K.CONTEXT, K.MECHANISM, K.RESOURCE, K.REASONING, K.OUTCOME, K.UNSURE),
}  # fmt: skip
_HINTS = {
    K.CONTEXT: "under which circumstances", K.RESOURCE: "what is offered",
    K.REASONING: "how people think, feel, decide", K.MECHANISM: "what works here, not split",
    K.OUTCOME: "what follows", K.INTERVENTION: "what was done", K.ACTOR: "who acted",
    K.STRATEGY: "what was meant to bring it about", K.UNSURE: "to be decided later",
}  # fmt: skip


def kinds_of(scheme: str) -> tuple[ElementKind, ...]:
    """Return the kinds of parts that a scheme has, the unsure one last."""
    return _OF_SCHEMES.get(scheme, _OF_SCHEMES[Scheme.CMO])  # type: ignore[call-overload, no-any-return]


def ask_words(
    place: Place,
    kind: str,
    quoted: str,
    locator: str,
    save: Callable[[str], object],
    then: Callable[[], None],
    draft: str,
) -> None:
    """Ask how the reviewer says it; Enter alone takes the words of the passage."""

    def keep(values: dict[str, str]) -> object:
        return save(values["words"])

    def done(answer: object) -> None:
        if answer:
            then()

    note = f"“{shorten(quoted, _SHOWN)}”{f' {locator}' if locator else ''}"
    label = f"In your own words: {_HINTS[ElementKind(kind)]}. Enter alone takes the passage."
    title = f"{kind.capitalize()}"
    fields = [Field("words", label)]
    form = Form(title, fields, keep, note=note, draft=draft, live=lambda values: values["words"])
    place.house.with_person(lambda: place.app.push_screen(form, done))


def ask_inferred(place: Place, part: BoxElement, save: Callable[[dict[str, str]], object]) -> None:
    """Ask how a part was inferred, and why."""
    fields = [
        Field("how", "How", str(part.inference or ""), choices=("", *map(str, Inference)), only=True),
        Field("memo", "Memo: from what, and why", long=True),
    ]
    form = Form(
        "Inferred by the reviewer",
        fields,
        save,
        note=shorten(part.part.text, _SHOWN),
        draft=f"inferred {part.uid}",
    )
    place.house.with_person(lambda: place.app.push_screen(form))


def ask_part(
    place: Place, part: BoxElement, scheme: str, known: Known, save: Callable[[dict[str, str]], object]
) -> None:
    """Ask for all that a part can say."""
    from tui.gateway.building import tags_named

    words, of = part.part, kinds_of(scheme)
    kinds = of if words.kind in of else (*of, words.kind)
    fields = [
        Field("text", "Wording", words.text, long=True),
        Field("kind", "Kind", str(words.kind), choices=tuple(map(str, kinds)), only=True),
        Field("valence", "Valence", str(words.valence or ""), choices=_or_none(Valence), only=True),
        Field("activation", "Activation, of a mechanism", str(words.activation or ""),
              choices=_or_none(Activation), only=True),
        Field("basis", "Stated or inferred", str(words.basis or ""), choices=_or_none(Basis), only=True),
        Field("inference", "Inferred how", str(part.inference or ""), choices=_or_none(Inference), only=True),
        Field("memo", "Memo on the inference, added to what it rests on", long=True),
        Field("hedge", 'Words by which it is hedged, such as "may"', part.hedge),
        Field("site", "The case or site in the paper that it speaks of", part.site),
        Field("label", "Label as printed, such as C1", words.label),
        *(
            Field(kind, f"Named {kind}s that it is an instance of; several parted by ;",
                  tags_named(part, kind), choices=getattr(known, kind))
            for kind in ("mechanism", "context", "outcome")
        ),
    ]  # fmt: skip
    form = Form("Part of the box", fields, save, draft=f"part {part.uid}")
    place.house.with_person(lambda: place.app.push_screen(form))


def _or_none(words: type[Valence] | type[Activation] | type[Basis] | type[Inference]) -> tuple[str, ...]:
    return ("", *map(str, words))
