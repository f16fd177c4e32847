"""What a paper prints: what there is to choose, a look at it, writing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from realist.errors import Refused
from realist.exports.figures.drawn import FIGURES, Asked
from realist.exports.figures.rendering import rendered
from realist.exports.files import opened
from realist.exports.supplement.whole import documents, write_supplement
from realist.exports.table import Document
from realist.exports.writing import format_of, save, written
from realist.text import line

if TYPE_CHECKING:
    from tui.gateway.door import Gateway

FIGURE_ENDINGS = (".svg", ".pdf", ".png")
_LONGEST = 60_000


class Choice(NamedTuple):
    """Something that can be written: its ``name``, what it is called, and whether it is a figure."""

    name: str
    title: str
    figure: bool = False

    @property
    def file(self) -> str:
        """The name of a file that is offered."""
        return f"{self.name}.svg" if self.figure else f"{self.name}.docx"

    @property
    def endings(self) -> str:
        """What the ending of a file can be."""
        if self.figure:
            return "svg, or pdf and png with the extra figures"
        return "docx, xlsx, csv, md, html, tex, json"


def choices(gate: Gateway) -> list[Choice]:
    """Return everything that can be written, documents first."""
    found = gate.read(
        lambda connection: [Choice(name, title) for name, title, _ in documents(connection, gate.person)]
    )
    return [*found, *(Choice(name, f"Figure: {name}", figure=True) for name in FIGURES)]


def preview(gate: Gateway, choice: Choice) -> str:
    """Return how it looks, as text: a document as Markdown, of a figure the words in it."""
    if choice.figure:
        return "\n".join(_words(_drawn(gate, choice.name)))
    text = written(_document(gate, choice.name), "markdown").decode()
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "\n…"


def _words(drawing: str) -> list[str]:
    from defusedxml.ElementTree import fromstring

    found = [one.text or "" for one in fromstring(drawing).iter() if one.tag.endswith("}text")]
    return ["A figure. Its words, from the top:", "", *found]


def _document(gate: Gateway, name: str) -> Document:
    def made(connection: object) -> Document:
        every = documents(connection, gate.person)  # type: ignore[arg-type]
        make: Callable[[], Document] = next(make for known, _, make in every if known == name)
        return make()

    return gate.read(made)


def _drawn(gate: Gateway, name: str) -> str:
    return gate.read(lambda connection: FIGURES[name](connection, Asked(viewer=gate.person)))


def write(gate: Gateway, choice: Choice, file: str) -> str:
    """Write it to a new file, in the format that its ending means; return a sentence."""
    path = _path(file)
    if not choice.figure:
        save(
            _document(gate, choice.name), path, format_of(str(path)).name, review=gate.store.address, new=True
        )
        return f"Written to {path}."
    if path.suffix.lower() not in FIGURE_ENDINGS:
        raise Refused(f"{path} does not say how to draw: end it in one of {', '.join(FIGURE_ENDINGS)}.")
    content = rendered(_drawn(gate, choice.name), path.suffix.lower()[1:])
    with opened(path, gate.store.address, new=True) as target:
        target.write(content)
    return f"Written to {path}."


def write_all(gate: Gateway, folder: str, told: Callable[[str], None]) -> str:
    """Write the whole supplement into a new folder; return a sentence, and what could not be made."""
    path = _path(folder)

    def tell(what: str, share: float) -> None:
        told(f"{what}, {100 * share:.0f} %")

    made = write_supplement(gate.store, path, viewer=gate.person, told=tell)
    missing = [f"Not made: {one.title}. {one.why}" for one in made if one.why]
    return "\n".join([f"{len(made) - len(missing)} files were written to {path}.", *missing])


def _path(name: str) -> Path:
    if not line(name):
        raise Refused("The file needs a name.")
    return Path(line(name)).expanduser()
