"""A paper on a page: what it is, what was decided and said of it, and where it came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from realist.text import line, plain, shorten
from realist.vocabulary import RetrievalStatus, RoundKind, Stance, Verdict
from tui.sheets.sheet import Sheet, Target
from tui.widgets.lines import Span
from tui.widgets.paper_list import SIGNS

if TYPE_CHECKING:
    from realist.queries.listing import PaperLine
    from tui.gateway.paper import Story

STANCES = {
    Stance.SUPPORTS: ("+", "good"),
    Stance.WEAKENS: ("−", "bad"),
    Stance.MODIFIES: ("~", "warn"),
    Stance.REFOCUSES: ("»", "accent"),
    Stance.NOT_JUDGED: ("?", "muted"),
}
_VERDICTS = {
    Verdict.INCLUDE: ("✓", "good"),
    Verdict.EXCLUDE: ("✗", "bad"),
    Verdict.MAYBE: ("~", "warn"),
    Verdict.UNDECIDED: ("○", "muted"),
}
_TEXTS = {
    RetrievalStatus.SOUGHT: ("○", "warn"),
    RetrievalStatus.OBTAINED: ("✓", "good"),
    RetrievalStatus.NOT_OBTAINABLE: ("✗", "bad"),
}
_LONGEST = 100_000
_TITLE = 4000
_SECTION = re.compile(
    r"(?<=[.;!?)\]])\s+(?=(?:[A-Z][A-Z &/,-]{3,50}|Backgrounds?|Introduction|Objectives?|Aims?|Purpose"
    r"|Methods?|Design|Settings?|Participants|Interventions?|Results?|Findings|Discussion|Limitations?|Conclusions?"
    r"|Implications?)\s?[:.]\s)"
)


def sections(abstract: str) -> str:
    """Return an abstract with each of its labelled sections (``METHODS: …``) beginning a line."""
    return _SECTION.sub("\n", plain(abstract[:_LONGEST]))


def write_beside(sheet: Sheet, paper: PaperLine, abstract: str) -> None:
    """Write what stands beside a list of papers: the paper under the cursor with its abstract."""
    _said(sheet, shorten(paper.title[:_TITLE] or paper.label or paper.doi, _TITLE), "strong")
    _said(sheet, shorten("; ".join(paper.authors)[:_TITLE], _TITLE), "muted")
    year = "" if paper.year is None else str(paper.year)
    _said(sheet, " · ".join(filter(None, (line(paper.journal[:_TITLE]), year, paper.doi))), "muted")
    _said(sheet, ", ".join(map(line, paper.tags)), "accent")
    sheet.blank()
    sheet.text(sections(abstract) or "No abstract is known.", "" if abstract else "muted")


def write_paper(sheet: Sheet, story: Story) -> None:
    """Write everything about a paper."""
    _about(sheet, story)
    _abstract(sheet, story.paper["abstract"])
    _decisions(sheet, story)
    _full_text(sheet, story)
    _files(sheet, story)
    _evidence(sheet, story)
    _boxes(sheet, story)
    _notes(sheet, story)
    _kin(sheet, story)
    _corrections(sheet, story)
    _records(sheet, story)


def _said(sheet: Sheet, text: str, style: str = "", *, first: str = "", target: Target | None = None) -> None:
    """Write a text, and nothing where there is none."""
    if line(text):
        sheet.text(text, style, first=first, target=target)


def _about(sheet: Sheet, story: Story) -> None:
    paper = story.paper
    sheet.text(shorten(paper["title"] or paper["label"] or paper["doi"], _TITLE), "strong")
    _said(sheet, shorten("; ".join(paper["authors"]), _TITLE), "muted")
    volume = paper["volume"] + (f"({paper['issue']})" if paper["issue"] else "")
    place = ", ".join(filter(None, map(line, (paper["journal"], volume, paper["pages"]))))
    year = "" if paper["year"] is None else str(paper["year"])
    _said(sheet, " · ".join(filter(None, (place, year))), "muted")
    sheet.blank()
    sheet.field("paper", " · ".join(filter(None, (f"#{paper['number']}", line(paper["label"])))))
    sign = SIGNS[story.state]
    sheet.field("state", sign.text or "not screened", style=sign.style or "muted")
    sheet.field("tags", ", ".join(map(line, story.tags)), style="accent")
    sheet.field("DOI", paper["doi"])
    sheet.field("PMID", paper["pmid"])
    sheet.field("type", paper["type"])
    sheet.field("supplied by", paper["supplied_by"], width=13)
    sheet.field("note", paper["note"])


def _abstract(sheet: Sheet, abstract: str) -> None:
    sheet.heading("Abstract")
    sheet.text(sections(abstract) or "No abstract is known.", "" if abstract else "muted")


def _decisions(sheet: Sheet, story: Story) -> None:
    if story.decisions:
        sheet.heading("Screening")
    for entry in story.decisions:
        door = " ".join(
            filter(None, (entry["door"], entry["supplied_by"] and f"by {line(entry['supplied_by'])}"))
        )
        name = f"{entry['number']} {line(entry['round'])} ({entry['kind']})"
        sheet.spans(Span(name, "strong"), Span(f"  entered by: {door}" if door else "", "muted"))
        if entry["paper"] != story.paper["number"]:
            sheet.text(f"as paper #{entry['paper']}", "muted", first="  ")
        _said(sheet, entry["why"], "muted", first="  ")
        if entry["blind"]:
            sheet.text("○ blind: what others decide, tag and note is shown later", "muted", first="  ")
        elif not entry["decisions"]:
            sheet.text("○ nobody has decided yet", "muted", first="  ")
        for decision in entry["decisions"]:
            _decision(sheet, decision)


def _decision(sheet: Sheet, decision: dict[str, Any]) -> None:
    sign, style = _VERDICTS.get(decision["verdict"], ("?", "warn"))
    words = [f"{sign} {decision['verdict']}", f"by {decision['by']}"]
    if decision["reason"]:
        words.append(f"reason {decision['reason_number']}: {line(decision['reason'])}")
    if decision["use"]:
        words.append(f"for {decision['use']}")
    if not decision["current"]:
        words.append("(changed later)")
    sheet.text(" · ".join(words), style if decision["current"] else "muted", first="  ", rest="    ")
    _said(sheet, decision["note"], "quote", first="    ")


def _full_text(sheet: Sheet, story: Story) -> None:
    """Write how far the full text has come, the latest step first; and where it is wanted and nothing is."""
    wanted = any(entry["kind"] == RoundKind.FULL_TEXT for entry in story.decisions)
    if story.texts or wanted:
        sheet.heading("Full text", "f records a step")
    if wanted and not story.texts:
        sheet.text("Nothing is recorded yet.", "muted", first="  ")
    for place, step in enumerate(reversed(story.texts)):
        sign, style = _TEXTS[step.status]
        words = [f"{sign} {step.status}", line(step.happened), line(step.reason)]
        told = f"by {line(step.by)}, {step.at:%Y-%m-%d}"
        sheet.text(
            " · ".join([*filter(None, words), told]), "muted" if place else style, first="  ", rest="    "
        )


def _files(sheet: Sheet, story: Story) -> None:
    """Write which texts can be read, how the paper was appraised, what was answered to forms."""
    if story.files:
        sheet.heading("Texts", "r reads them")
    for text in story.files:
        pages = "scanned pages" if text.scanned else "1 page" if text.pages == 1 else f"{text.pages:,} pages"
        sheet.text(f"{line(text.name[:_TITLE])} · {pages}", first="  ", rest="    ")
    if story.appraised:
        sheet.heading("Appraised", "it never excludes")
    for one in story.appraised:
        of = f" of “{shorten(one.quotation[:_TITLE], 60)}”" if one.excerpt else ""
        words = f"{line(one.dimension[:200])}{of}: {line(one.level[:200])} ({line(one.by)})"
        sheet.text(f"{words} {one.reason[:_TITLE]}".rstrip(), first="  ", rest="    ")
    forms = dict.fromkeys(one.form for one in story.answered)
    for form in forms:
        sheet.heading(line(form[:200]), "the answers that count")
        for answer in (one for one in story.answered if one.form == form):
            by = f" ({line(answer.by)})" if answer.by else " (agreed)"
            words = f"{line(answer.label[:400])} {answer.value[:_TITLE]}{by}"
            sheet.text(words, first="  ", rest="    ")


def _evidence(sheet: Sheet, story: Story) -> None:
    if story.evidence:
        sheet.heading("Evidence")
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for claim in story.evidence:
        for of in _bears_on(story, claim):
            groups.setdefault(of, []).append(claim)
    for (kind, uid, name), claims in groups.items():
        target = Target(kind, uid) if uid else None
        sheet.text(f"{kind}: {line(name)}" if kind != "mechanism" else line(name), "strong", target=target)
        for claim in claims:
            _claim(sheet, claim, name, target)
    if story.readings:
        sheet.heading("Readings")
    for reading in story.readings:
        words = f"{line(reading['mechanism'] or 'every mechanism')}: {reading['result']} · by {reading['by']}"
        uid = reading["mechanism_uid"]
        sheet.text(words, rest="  ", target=Target("mechanism", uid) if uid else None)
        _said(sheet, reading["note"], "quote", first="  ")


def _bears_on(story: Story, claim: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return kind, uid and name of what a piece of evidence bears on; the uid "" where nothing opens it."""
    if claim["mechanism_uid"]:
        return [("mechanism", of["uid"], of["name"]) for of in claim["now"]]
    if claim["configuration"]:
        number = next((box.number for box in story.boxes if box.uid == claim["configuration"]), None)
        return [("box", claim["configuration"], f"#{number}" if number else "of another paper")]
    if claim["theory"]:
        return [("statement", claim["theory_part"] or "", claim["theory"])]
    return [
        ("context", "", claim["context"]) if claim["context"] else ("outcome", "", claim["outcome"] or "")
    ]


def _claim(sheet: Sheet, claim: dict[str, Any], name: str, target: Target | None) -> None:
    sign, style = STANCES.get(claim["stance"], ("?", "warn"))
    site = f" · {line(claim['site'])}" if claim["site"] else ""
    topic = f" · {line(claim['topic'])}" if claim["topic"] else ""
    sheet.text(f"{sign} {claim['stance']} · by {claim['by']}{topic}{site}", style, first="  ", target=target)
    if claim["mechanism"] and claim["mechanism"] != name:
        sheet.text(f"recorded for {line(claim['mechanism'])}", "muted", first="    ", target=target)
    _said(sheet, claim["claim"], first="    ", target=target)
    quotation = f"“{claim['quotation']}”" if claim["quotation"] else ""
    locator = f"({line(claim['locator'])})" if claim["locator"] else ""
    _said(sheet, " ".join(filter(None, (quotation, locator))), "quote", first="    ", target=target)


def _boxes(sheet: Sheet, story: Story) -> None:
    sheet.heading("Boxes")
    if not story.boxes:
        sheet.text("No box yet: c adds one.", "muted")
    for box in story.boxes:
        target = Target("box", box.uid)
        sheet.text(f"#{box.number} {line(box.name)}", "strong", rest="  ", target=target)
        _said(sheet, box.chain, first="  ", target=target)


def _notes(sheet: Sheet, story: Story) -> None:
    if story.memos:
        sheet.heading("Memos")
    for memo in story.memos:
        sheet.text(f"{memo['by']}, {str(memo['at'])[:16]}", "muted")
        sheet.text(memo["text"], first="  ")


def _kin(sheet: Sheet, story: Story) -> None:
    if story.related:
        sheet.heading("Related papers")
    for row in story.related:
        target = Target("paper", row["uid"])
        name = shorten(row["label"] or row["title"], _TITLE)
        sheet.text(f"{line(row['kind'])}: #{row['number']} {name}", rest="  ", target=target)
        reason = f": {line(row['reason'])}" if row["reason"] else ""
        sheet.text(f"by {row['by']}{reason}", "muted", first="  ", target=target)
    if story.studies:
        sheet.heading("Studies")
    for row in story.studies:
        within = f", part of {line(row['within'])}" if row["within"] else ""
        kind = f" ({line(row['kind'])})" if row["kind"] else ""
        sheet.text(f"{line(row['name'])}{kind}{within}", rest="  ")
        _said(sheet, row["note"], "muted", first="  ")
        for paper in row["papers"]:
            if paper["uid"] != story.paper["uid"]:
                name = f"also #{paper['number']} {shorten(paper['label'] or paper['title'], _TITLE)}"
                sheet.text(name, first="  ", target=Target("paper", paper["uid"]))


def _corrections(sheet: Sheet, story: Story) -> None:
    if story.paper["corrections"]:
        sheet.heading("Corrections")
    for row in story.paper["corrections"]:
        before, after = (shorten(row[key], 2000) or "(empty)" for key in ("original", "value"))
        sheet.text(f"{line(row['field'])}: {before} → {after}", rest="  ")
        reason = f": {line(row['reason'])}" if row["reason"] else ""
        sheet.text(f"by {row['by']}{reason}", "muted", first="  ")


def _records(sheet: Sheet, story: Story) -> None:
    records, joined = story.paper["records"], story.paper["joined"]
    sheet.heading("Records", "x shows them to the letter")
    if not records:
        sheet.text("No database gave this paper; it was added by hand.", "muted")
    for row in records:
        where = f"{line(row['file'])}, line {row['line']}"
        of = (row["source_key"], row["product"], row["search"], row["stage"] and f"stage {row['stage']}")
        words = " · ".join([where, *(line(text) for text in of if text)])
        sheet.text(words, rest="  ", target=Target("record", row["uid"]))
    if joined:
        sheet.heading("Joined papers", "S takes one out")
    for row in joined:
        sheet.text(f"#{row['number']} {line(row['label'] or row['title'])}", rest="  ")
        score = f" {row['score']:.2f}" if row["score"] is not None else ""
        reason = f": {line(row['reason'])}" if row["reason"] else ""
        sheet.text(f"judged the same by {row['rule']}{score}, {row['by']}{reason}", "muted", first="  ")
