"""Boxes in a text file: each in the notation, under a few lines that say what else is known of it.

    # 2b Being heard
    papers: Ash (2001); Beech (2002)
    under: Being heard
    shows: absence
    printed: "Where leaders asked and did not listen …"
    underpins: 2

    Two departments merge (C) → the leader asks (M+, Resource) but overrides (M–, Reasoning) → unrest (O–)

A line that begins with ``#`` opens a box: a label without a space, then a title. Lines ``name: value``
follow, then the box in the notation, over as many lines as it takes. A paragraph without such a head is a
box, too. What a box says beyond that (sources, tags, links, sites of parts) this form cannot carry; JSON can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from realist.domain.configuration import Box, BoxElement, Ref, Relation
from realist.domain.notation import read, write
from realist.errors import RealistError
from realist.text import line, paragraphs, shorten
from realist.vocabulary import ConfigurationStatus, Polarity, RelationKind

_LABEL = re.compile(r"[^\s]*\d[^\s]*|[A-Z]{1,4}\d*")
_TEXTS = ("setting", "country", "site", "narrative", "printed")
_HEAD = re.compile(
    r"\s*(papers?|under|mechanisms?|shows|polarity|status|title|label|"
    + "|".join(_TEXTS)
    + "|"
    + "|".join(RelationKind)
    + r")\s*:\s*(.*)",
    re.IGNORECASE,
)


_ANY_HEAD = re.compile(r"\s*([A-Za-z][A-Za-z _-]{0,30})\s*:\s*(.*)")
_TAG = re.compile(r"\((?:[CMOIAS?]\d|[CMOIAS?][^a-z)]*\)|[CMO][+–−±,-])")
_CALLED = re.compile(r"(?i)(?:cmoc?|box|configuration)\s+(?=\S*\d)")


@dataclass(frozen=True, slots=True)
class FileBox:
    """A box of a file, the line on which it begins, sentences on what was unclear, and on what was lost."""

    box: Box
    line: int
    problems: tuple[str, ...]
    lost: tuple[str, ...]


def write_boxes(boxes: Sequence[Box]) -> str:
    """Return boxes as the text of a file; :func:`read_boxes` reads back all that this form carries."""
    return "\n".join(map(_written, boxes))


def _written(box: Box) -> str:
    label, title = line(box.label), line(box.title)
    head = f"{label} {title}".strip()
    if _titled(head) == {"label": label, "title": title}:
        rows = [f"# {head}"]
    else:  # would be read as something else
        rows = ["#", *([f"label: {label}"] if label else []), *([f"title: {title}"] if title else [])]
    rows += [f"papers: {_several(box.papers)}"] if box.papers else []
    rows += [f"under: {_several(box.mechanisms)}"] if box.mechanisms else []
    rows += [f"shows: {box.polarity}"] if box.polarity else []
    rows.append(f"status: {box.status}")
    for name in _TEXTS:
        value = line(getattr(box, name).replace("\n\n", " ¶ ").replace("\n", " "))
        rows += [f"{name}: {value}"] if value else []
    for relation in box.relations:
        rows.append(f"{relation.kind}: {line(relation.configuration.name or relation.configuration.uid)}")
    if box.elements:
        body = write(box.parts)
        rows += ["", f"\\{body}" if _opens(body.lstrip("\\")) else body]
    return "\n".join(rows) + "\n"


def _several(refs: Iterable[Ref]) -> str:
    return "; ".join(line(ref.name.replace(";", ",")) or ref.uid for ref in refs)


def lost_in_writing(boxes: Sequence[Box]) -> list[str]:
    """Return sentences on what the text form does not carry of *boxes*, one for each kind of thing."""
    counts = {
        "sources of parts": sum(len(one.sources) for box in boxes for one in box.elements),
        "tags of parts": sum(len(one.tags) for box in boxes for one in box.elements),
        "links between parts": sum(len(box.links) for box in boxes),
        "notes on relations": sum(bool(one.note) for box in boxes for one in box.relations),
        "hedges, sites or ways of inference of parts": sum(
            bool(one.hedge or one.site or one.inference) for box in boxes for one in box.elements
        ),
    }
    return [f"{n:,} {what} are not in it: write .json to keep them." for what, n in counts.items() if n]


def read_boxes(text: str, name: str) -> list[FileBox]:
    """Return the boxes of a text. Raises RealistError where a head cannot be read; nothing is guessed."""
    found = []
    for start, rows in _blocks(text):
        found.append(_box(start, rows, name))
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, lines) of each box: from a line with # to the next; before any, paragraphs."""
    rows: list[str] = []
    start, headed = 1, False
    for number, row in enumerate(_rows(text), 1):
        opens = _opens(row)
        ends = not row.strip() and not headed
        if (opens or ends) and any(map(str.strip, rows)):
            yield start, rows
        if opens or ends:
            start, rows, headed = number, [], opens
        if not rows and not row.strip():
            start = number + 1
            continue
        rows.append(row)
    if any(map(str.strip, rows)):
        yield start, rows


def _opens(row: str) -> bool:
    """Whether a line is the heading of a box: "# 2b Being heard", or "CMOC 2b: Being heard" as in print."""
    return row.lstrip().startswith("#") or (_CALLED.match(row.strip()) is not None and not _TAG.search(row))


def _end_of_head(rows: list[str], at: int) -> int:
    """Return where the lines that say things of a box end: at the blank line before it, where there is one.

    Without, at the first line that is not of the form ``name: value``.
    """
    blank = next((n for n in range(at, len(rows)) if not rows[n].strip()), len(rows))
    if any(_TAG.search(row) for row in rows[blank:]):
        return blank
    return next((n for n in range(at, len(rows)) if not _ANY_HEAD.fullmatch(rows[n])), len(rows))


def _rows(text: str) -> list[str]:
    """Return the lines of a text as they are, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _box(start: int, rows: list[str], name: str) -> FileBox:
    values: dict[str, Any] = {}
    relations: list[Relation] = []
    lost: list[str] = []
    at = 0
    if _opens(rows[0]):
        words = rows[0].strip()
        values = _titled(
            words.lstrip("#").strip() if words.startswith("#") else _CALLED.sub("", words, count=1)
        )
        at = 1
    problems: list[str] = []
    ends = _end_of_head(rows, at)
    while at < ends and (found := _ANY_HEAD.fullmatch(rows[at])):
        where, value = f"{name}, line {start + at}", found[2]
        at += 1
        while at < ends and not _ANY_HEAD.fullmatch(rows[at]):
            value += " " + rows[at].strip()  # the value goes on
            at += 1
        if _HEAD.fullmatch(f"{found[1]}:"):
            _head(found[1].strip().lower(), value, values, relations, where)
        else:
            lost.append(f"{where}: a box has no field {shorten(found[1].strip(), 40)!r}")
    at += sum(1 for _ in takewhile(lambda row: not row.strip(), rows[at:]))
    body = "\n".join(rows[at:]).strip()
    if body.startswith("\\") and _opens(body.lstrip("\\")):  # a box that begins as a heading does
        body = body[1:]
    if "\n\n" in re.sub(r"[ \t]+\n", "\n", body):
        problems.append(
            f"{name}, line {start + at}: several paragraphs stand under one heading; all are one box"
        )
    reading = read(body)
    where = f"{name}, line {start + at}"
    problems += [f"{where}: {problem.message}" for problem in reading.problems]
    box = Box(relations=tuple(relations), elements=tuple(map(BoxElement, reading.parts)), **values)
    if "status" not in values and box.papers:
        box = replace(box, status=ConfigurationStatus.PAPER_LEVEL)
    return FileBox(box, start, tuple(problems), tuple(lost))


def _titled(words: str) -> dict[str, Any]:
    label, _, title = line(words).partition(" ")
    label = label.rstrip(":.") if title and _LABEL.fullmatch(label.rstrip(":.")) else label
    if _LABEL.fullmatch(label):
        return {"label": label, "title": title}
    return {"label": "", "title": line(words)}


def _head(key: str, value: str, values: dict[str, Any], relations: list[Relation], where: str) -> None:
    if key in ("label", "title"):
        values[key] = line(value)
    elif key in ("paper", "papers", "under", "mechanism", "mechanisms"):
        refs = tuple(Ref("", line(one)) for one in value.split(";") if line(one))
        values["papers" if key.startswith("paper") else "mechanisms"] = refs
    elif key in ("shows", "polarity"):
        values["polarity"] = _word(Polarity, value, where) if line(value) else None
    elif key == "status":
        values["status"] = _word(ConfigurationStatus, value, where)
    elif key in _TEXTS:
        words = value.replace(" ¶ ", "\n\n") if key in ("narrative", "printed") else line(value)
        values[key] = paragraphs(words)
    else:
        relations.append(Relation(RelationKind(key), Ref("", line(value))))


def _word(words: Any, value: str, where: str) -> Any:
    try:
        return words(line(value).lower())
    except ValueError:
        known = ", ".join(words)
        sentence = f"{where}: {shorten(value, 40)!r} is none of {known}. Nothing was imported."
        raise RealistError(sentence) from None
