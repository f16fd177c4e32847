"""Evidence and readings: what a paper says of a mechanism, and that it was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from realist.errors import NotFound, Refused
from realist.queries.extractions import own_extraction, seen
from realist.queries.grouping import paper_grouping
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.services.anchoring import Place, anchor, look, words_at
from realist.services.bearing import aim_called, aimed
from realist.services.unit import Desk, Unit
from realist.store.tables import (
    Coding,
    Configuration,
    Dismissal,
    Evidence,
    EvidenceExcerpt,
    Excerpt,
    ExcerptAnchor,
    Extraction,
    Mechanism,
    Reading,
)
from realist.text import line, paragraphs
from realist.vocabulary import ExtractionRole, ReadingResult, Stance

_ONE_OF = "mechanism, context, outcome, configuration or theory"


def add_evidence(
    desk: Desk,
    paper: str,
    *,
    claim: str,
    stance: Stance = Stance.NOT_JUDGED,
    mechanism: str = "",
    context: str = "",
    outcome: str = "",
    configuration: str = "",
    theory: str = "",
    part: str = "",
    quotation: str = "",
    locator: str = "",
    topic: str = "",
    site: str = "",
    excerpts: Sequence[str] = (),
    place: Place | None = None,
) -> str:
    """Record that a paper bears on one mechanism, context, outcome, configuration or theory; return the uid.

    A *theory* is one of its versions ("T1 v2"; "T1" is the latest), or one *part* of it ("p3"). Evidence
    rests on the *quotation*, where one is given, or on the words at *place*; and on *excerpts* (uids) of the
    paper. A passage that was kept before serves again.
    """
    given = {
        "mechanism": mechanism, "context": context, "outcome": outcome, "configuration": configuration,
        "theory": theory,
    }  # fmt: skip
    targets = {kind: name for kind, name in given.items() if name}
    what = f"{', '.join(targets.values())} {part}".rstrip()
    with desk.unit("add evidence", f"{paper} {stance} {what}") as work:
        if len(targets) != 1:
            raise Refused(
                "Evidence bears on exactly one mechanism, context, outcome, configuration or theory."
            )
        if line(part) and not theory:
            raise Refused("A part is one of a theory: say which theory. Nothing was written.")
        uid = resolve(work.connection, "paper", paper)
        row = Evidence(paper=uid, stance=stance, claim=paragraphs(claim), topic=line(topic), site=line(site))
        if theory:
            row.theory_version, row.theory_part = aimed(work, theory, part)
            work.act.subject = f"{paper} {stance} {aim_called(work, row.theory_version, row.theory_part)}"
        for kind, name in targets.items():
            if kind != "theory":
                setattr(row, kind, resolve_any(work.connection, kind, name, viewer=desk.initials))
        row.extraction = own_extraction(work.connection, work.person, [uid]) or _of_box(work, row)
        rests = [keep_passage(work, uid, place, locator)] if place else []
        rests += (
            [keep_quotation(work, uid, quotation, locator)] if quotation or (locator and not place) else []
        )
        rests += [_excerpt_of(work, uid, one) for one in excerpts]
        rests = list(dict.fromkeys(rests))
        row.excerpt = rests[0] if rests else None
        made = work.add(row).uid
        for position, one in enumerate(rests[1:], 2):
            work.add(EvidenceExcerpt(evidence=made, excerpt=one, position=position))
        return made


def _of_box(work: Unit, row: Evidence) -> str | None:
    """Return the extraction of the box that evidence bears on: where it is not to be seen, nor is this."""
    if row.configuration is None:
        return None
    of = select(Configuration.extraction).where(
        Configuration.uid == row.configuration, ~seen(Configuration, "")
    )
    return work.connection.execute(of).scalar()


def _excerpt_of(work: Unit, paper: str, uid: str) -> str:
    """Return the uid of an excerpt, which has to be one of the paper or of what is one document with it."""
    row = excerpt_named(work, uid)
    grouping = paper_grouping(work.connection)
    if grouping[row["paper"]] != grouping[paper]:
        raise Refused(f"The excerpt {row['uid']} is of another paper. Nothing was written.")
    return row["uid"]


def excerpt_named(work: Unit, uid: str) -> dict[str, str]:
    """Return the excerpt with a uid. Raises NotFound."""
    wanted = line(uid)
    there = select(Excerpt.uid).where(Excerpt.uid == wanted, seen(Excerpt, work.initials))
    if work.connection.execute(there).first() is None:
        raise NotFound(f"There is no excerpt {wanted}: `realist excerpt list` shows the uids.")
    return work.row(Excerpt, wanted)


def add_excerpt(
    work: Unit,
    paper: str,
    quotation: str,
    locator: str,
    note: str = "",
    uid: str = "",
    *,
    site: str = "",
    place: Place | None = None,
) -> str:
    """Keep a quotation of a paper (uid) with its place as printed; return its uid.

    It is looked for in every text of the paper; with *place*, it is the words that stand there.
    """
    if place:
        quotation = words_at(work.connection, paper, place)
    row = Excerpt(uid=uid, paper=paper, quotation=paragraphs(quotation), locator=line(locator))
    row.note, row.site = paragraphs(note), line(site)
    row.extraction = own_extraction(work.connection, work.person, [paper])
    stands = look(work.connection, paper, row.quotation, place) if row.quotation else []
    row.before, row.after = next((one.around for one in stands if one.around != ("", "")), ("", ""))
    anchor(work, work.add(row).uid, stands)
    return row.uid


def keep_quotation(work: Unit, paper: str, quotation: str, locator: str = "") -> str:
    """Return the uid of the excerpt with these words and place as printed: one kept already, or a new one."""
    words = paragraphs(quotation)
    if words:
        same = select(Excerpt.uid).where(
            Excerpt.paper == paper, Excerpt.quotation == words, seen(Excerpt, work.initials)
        )
        same = same.where(Excerpt.locator == line(locator)) if line(locator) else same
        found = work.connection.execute(same.order_by(Excerpt.at, Excerpt.uid)).scalar()
        if found:
            return str(found)
    return add_excerpt(work, paper, quotation, locator)


def keep_passage(work: Unit, paper: str, place: Place, locator: str = "") -> str:
    """Return the uid of the excerpt that stands exactly at a place: one kept already, or a new one."""
    a = ExcerptAnchor
    where = a.document_text == place.text if place.text else a.document_text.is_(None)
    rows = (
        select(a.excerpt)
        .join(Excerpt, Excerpt.uid == a.excerpt)
        .where(
            where, Excerpt.paper == paper, seen(Excerpt, work.initials), a.page == place.page,
            a.start == place.start, a.end_page == place.end_page, a.end == place.end,
        )
        .order_by(Excerpt.at, Excerpt.uid)
    )  # fmt: skip
    found = work.connection.execute(rows).scalar()
    return str(found) if found else add_excerpt(work, paper, "", locator, place=place)


def withdraw_evidence(desk: Desk, uid: str, *, reason: str) -> None:
    """Take a piece of evidence back, with the reason; the log keeps it."""
    uid = line(uid)
    with desk.unit("withdraw evidence", uid, reason=reason) as work:
        if not line(reason):
            raise Refused("Nothing was changed: withdrawing evidence needs a reason.")
        there = select(Evidence.uid, Evidence.extraction).where(
            Evidence.uid == uid, seen(Evidence, desk.initials)
        )
        row = work.connection.execute(there).first()
        if row is None:
            raise NotFound(f"There is no evidence {uid}: `realist evidence list` shows the uids.")
        keep_independent(work, row.extraction)
        of = EvidenceExcerpt
        rows = select(*of.__table__.columns).where(of.evidence == uid).order_by(of.position)
        work.take_out(of, list(work.connection.execute(rows).mappings()))
        drop_codings(work, "evidence", uid)
        work.remove(Evidence, uid)


def drop_codings(work: Unit, table: str, uid: str) -> None:
    """Take out what was coded, and found fine, on a thing that goes; the log keeps it."""
    kinds: tuple[type[Coding | Dismissal], ...] = (Coding, Dismissal)
    for of in kinds:
        there = select(*of.__table__.columns).where(of.subject_table == table, of.subject == uid)
        work.take_out(of, list(work.connection.execute(there.order_by(of.uid)).mappings()))


def keep_independent(work: Unit, extraction: str | None) -> None:
    """Refuse to change what was extracted independently once it may be seen: it is what is compared."""
    if extraction is None:
        return
    row = work.row(Extraction, extraction)
    if row["role"] == ExtractionRole.INDEPENDENT and row["independent_until"] and not row["opened"]:
        raise Refused(
            "This is of an independent extraction that is done, and stays as it was: take it into the"
            " consensus (`realist extraction consensus`) and change it there. Nothing was changed."
        )


def add_reading(desk: Desk, paper: str, result: ReadingResult, *, mechanism: str = "", note: str = "") -> str:
    """Record that a paper was read for a mechanism (or for all there are); return the uid."""
    what = f"{paper} for {mechanism or 'every mechanism'}: {result}"
    with desk.unit("record reading", what) as work:
        uid = resolve(work.connection, "paper", paper)
        target = resolve(work.connection, "mechanism", mechanism) if mechanism else None
        if target is None and work.connection.execute(select(Mechanism.uid).limit(1)).first() is None:
            raise Refused("There is no mechanism yet that the paper could have been read for.")
        return _add_reading(work, uid, target, result, note)


def add_readings(desk: Desk, paper: str, results: Mapping[str, tuple[ReadingResult, str]]) -> None:
    """Record what reading a paper gave for several mechanisms at once: (result, note) by mechanism."""
    with desk.unit("record readings", f"{paper} for {len(results)} mechanisms") as work:
        uid = resolve(work.connection, "paper", paper)
        for mechanism, (result, note) in results.items():
            _add_reading(work, uid, resolve(work.connection, "mechanism", mechanism), result, note)


def _add_reading(work: Unit, paper: str, mechanism: str | None, result: ReadingResult, note: str) -> str:
    row = Reading(paper=paper, mechanism=mechanism, result=result, note=paragraphs(note))
    row.extraction = own_extraction(work.connection, work.person, [paper])
    return work.add(row).uid
