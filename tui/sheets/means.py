"""In words: what is asked of two papers, what speaks for and against, and what an answer would come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from realist.text import line, shorten
from tui.sheets.abreast import name_of
from tui.sheets.sheet import Sheet
from tui.widgets.lines import Span

if TYPE_CHECKING:
    from realist.queries.doubts import Question
    from tui.gateway.duplicates import Seen
    from tui.gateway.same import Means

KEPT = "Decisions, tags, evidence and boxes of both are kept, and u takes it back."
_AGAINST = re.compile(r"\(-[0-9.]+\)\.?$")
_LONGEST = 400


def counted(means: Means) -> str:
    """Return what joining does to the numbers of the review."""
    of = means.together
    words = [f"{of.before:,} papers → {of.after:,}, under #{means.best.line.number}"]
    for name, duplicates, known in of.stages:
        stage = f"stage {shorten(name, 40)}"
        if duplicates:
            words.append(f"{stage}: {_more(duplicates)} duplicate{'' if duplicates == 1 else 's'} more")
        if known:
            words.append(f"{stage}: {_more(known)} more already known")
    return "; ".join(words)


def _more(n: int) -> str:
    return "one" if n == 1 else f"{n:,}"


def warnings(means: Means) -> list[str]:
    """Return sentences about what joining would bring into conflict, and what it would end."""
    ended = [
        f"{line(by)} called them different{f': {shorten(reason, 200)}' if line(reason) else ''}. That ends."
        for by, reason in means.together.apart
    ]
    return [*means.conflicts, *ended]


def confirming(means: Means) -> str:
    """Return what is asked before papers are called one document."""
    said = []
    for side in means.sides:
        of = side.line
        year = "" if of.year is None else str(of.year)
        about = " · ".join(filter(None, (shorten("; ".join(of.authors)[:_LONGEST], 60), year, line(of.doi))))
        said += [shorten(name_of(side), 70), f"  {shorten(of.title, 140) or 'No title is known.'}"]
        said += [*([f"  {about}"] if about else []), ""]
    numbers = counted(means)
    return "\n".join([*said, f"{numbers[0].upper()}{numbers[1:]}.", *warnings(means), KEPT])


def write_question(sheet: Sheet, seen: Seen) -> None:
    """Write what is asked of the two papers that are seen, what each answer means, and why it is asked."""
    here, means = seen.here, seen.means
    if here is None or means is None:
        return
    asked = here.question
    one, other = (f"#{side.line.number}" for side in means.sides[:2])
    if asked.kind is None:
        sheet.text(f"Are {one} and {other} one document? Score {asked.score:.2f} of 1.", "strong")
        sheet.text(f"{counted(means)} · n: both stay", first="y: ")
    else:
        kind = line(asked.kind)
        sheet.text(f"Do {one} and {other} belong together, as {kind}?", "strong")
        sheet.text(f"both stay, related as {kind} · n: not related", first="l: ")
        sheet.text(f"one document after all: {counted(means)}", first="y: ")
    for sentence in warnings(means):
        sheet.text(f"! {sentence}", "warn", rest="  ")
    _reasons(sheet, asked)


def _reasons(sheet: Sheet, asked: Question) -> None:
    said = [line(reason[:_LONGEST]) for reason in asked.reasons]
    against = [reason for reason in said if _AGAINST.search(reason)]
    _side(sheet, "for", [reason for reason in said if reason not in against])
    _side(sheet, "against", against)


def _side(sheet: Sheet, name: str, reasons: Sequence[str]) -> None:
    if reasons:
        sheet.field(name, " ".join(reasons), width=9)


def write_nothing(sheet: Sheet, seen: Seen) -> None:
    """Write that nothing is asked, and how to look for more."""
    sheet.spans(Span("Nothing waits for an answer.", "good"))
    sheet.blank()
    if not seen.searched:
        sheet.text(f"Nobody has looked for duplicates among the {seen.papers:,} papers yet.")
    elif seen.fresh:
        papers = f"{seen.fresh:,} paper{'' if seen.fresh == 1 else 's'}"
        sheet.text(f"Since somebody looked last, {papers} came or were corrected.")
    else:
        sheet.text("Every paper was compared with all others.")
    sheet.text(
        "D looks for duplicates, as `realist dedupe` does: sure ones are joined, doubtful ones asked here."
    )
