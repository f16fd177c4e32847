"""Pages as an extractor gives them to pages of plain text, with the headings that are seen in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from realist.documents.headings import Line, headings_of
from realist.documents.letters import readable
from realist.documents.pdf.columns import blocks_of
from realist.documents.pdf.furniture import clear
from realist.documents.pdf.hyphens import Words, join
from realist.documents.pdf.paragraphs import Paragraph, flow
from realist.documents.pdf.pieces import RawPage, Run
from realist.documents.pdf.rows import Row
from realist.documents.values import Page, Section

RULES = 1
"""The version of the rules by which text is put together; another one may give other pages."""

_USUAL = 10.0


class LaidOut(NamedTuple):
    """The pages of a file in the order in which they are read, and their headings."""

    pages: tuple[Page, ...]
    sections: tuple[Section, ...]


def lay_out(pages: Sequence[RawPage]) -> LaidOut:
    """Return *pages* as text: columns in order, without running headers, words at line ends joined."""
    raw = [page._replace(runs=tuple(_readable(page.runs))) for page in pages]
    cleared = clear(raw)
    sizes = Counter[float]()
    for page in cleared:
        for run in page.runs:
            sizes[round(run.size, 1)] += len(run.text)
    body = max(sizes, key=lambda size: sizes[size], default=_USUAL)
    found = [_paragraphs(page, kept.runs, body) for page, kept in zip(raw, cleared, strict=True)]
    words = Words(row.text for part in found for paragraph in part for row in paragraph.rows)
    made = [_text(part, page.placed, words) for page, part in zip(raw, found, strict=True)]
    done = tuple(
        Page(page.number, readable(kept.label).strip(), text)
        for page, kept, (text, _) in zip(raw, cleared, made, strict=True)
    )
    lines = [
        line._replace(page=page.number) for page, (_, part) in zip(done, made, strict=True) for line in part
    ]
    return LaidOut(done, headings_of(lines, body))


def _readable(runs: Sequence[Run]) -> list[Run]:
    """Return *runs* with their letters made readable; a soft hyphen at an end is still seen as one."""
    made = []
    for run in runs:
        text = " ".join(readable(run.text[:-1] + "-" if run.text.endswith("\xad") else run.text).split())
        if text:
            made.append(run if text == run.text else run._replace(text=text))
    return made


def _paragraphs(page: RawPage, runs: Sequence[Run], body: float) -> list[Paragraph]:
    if not page.placed:
        rows = [Row(run.text, run.x0, run.x1, run.y, run.size, run.bold, 1) for run in runs]
        return [Paragraph(tuple(rows), body, False, True)] if rows else []
    paragraphs = flow(blocks_of(run for run in runs if not run.turned), body)
    across = [run for run in runs if run.turned]
    rows = [Row(run.text, run.x0, run.x1, run.y, run.size, run.bold, 1) for run in across]
    return [*paragraphs, Paragraph(tuple(rows), body, False, True)] if rows else paragraphs


def _text(paragraphs: Sequence[Paragraph], placed: bool, words: Words) -> tuple[str, list[Line]]:
    """Return the text of a page and its paragraphs as lines, of which some may be headings."""
    text = ""
    lines: list[Line] = []
    for paragraph in paragraphs:
        between = "\n" if paragraph.is_table else " "
        part = join([row.text for row in paragraph.rows], words, between)
        text += "\n\n" if text else ""
        if len(paragraph.rows) <= 3 and placed:
            lines.append(Line(" ".join(part.split()), 0, len(text), paragraph.size, paragraph.bold))
        text += part
    return text, lines
