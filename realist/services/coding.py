"""Coding: frameworks brought in, codes that grow, and codes put on what was read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from realist.domain.alike import almost
from realist.domain.codes import Book, same_name
from realist.errors import NotFound, Refused, WrongUse
from realist.queries.codings import Coded, CodeRow, code_named, codes, codings, frameworks, spoken
from realist.queries.extractions import boxes_seen, seen
from realist.queries.naming import resolve
from realist.queries.naming_boxes import resolve_any
from realist.queries.subjects import KINDS
from realist.services.evidence import excerpt_named
from realist.services.unit import Desk, Unit
from realist.store.tables import Code, Coding, Element, Evidence, Framework
from realist.text import line, paragraphs, shorten
from realist.vocabulary import Valence


def add_framework(desk: Desk, book: Book) -> str:
    """Add a framework with its codes, which may be none yet; return its uid."""
    with desk.unit("add framework", book.name) as work:
        name = line(book.name)
        if not name:
            raise Refused("Nothing was added: a framework needs a name.")
        if there := same_name(name, (row.name for row in frameworks(work.connection))):
            raise Refused(
                f"There is already a framework {shorten(there, 60)}: `realist code add --framework` adds"
                " codes to it, or use another name."
            )
        row = Framework(name=name, source=line(book.source), note=paragraphs(book.note))
        uid = work.add(row).uid
        made: dict[str, str] = {}
        for position, new in enumerate(book.codes, 1):
            code = Code(framework=uid, parent=made.get(new.within), position=position, name=new.name)
            code.description = new.description
            made[new.name] = work.add(code).uid
        return uid


def add_code(
    desk: Desk,
    name: str,
    *,
    framework: str = "",
    within: str = "",
    description: str = "",
    anyway: bool = False,
) -> str:
    """Add a code: one that grew, or one of a *framework*; *within* another one of the same; return its uid.

    A name that is there is refused, and one that is nearly there as well, unless *anyway*.
    """
    with desk.unit("add code", name) as work:
        of = resolve(work.connection, "framework", framework) if framework else ""
        known = codes(work.connection)
        parent = code_named(known, within, of) if within else None
        if parent and not framework:
            of = parent.framework
        _new_name(known, line(name), of, anyway=anyway)
        if parent:
            _fits_within(parent, of)
        row = Code(
            framework=of or None,
            parent=parent.uid if parent else None,
            position=max((row.position for row in known if row.framework == of), default=0) + 1,
            name=line(name),
        )
        row.description = paragraphs(description)
        return work.add(row).uid


def _new_name(known: Sequence[CodeRow], name: str, framework: str, *, anyway: bool) -> None:
    """Refuse a name that is there, or nearly: the sentence names the code that is."""
    if not name:
        raise Refused("Nothing was changed: a code needs a name.")
    own = [row for row in known if row.framework == framework]
    if there := same_name(name, (row.name for row in own)):
        row = next(row for row in own if row.name == there)
        retired = ", which was retired" if row.ended else ""
        there = shorten(spoken(row), 60)
        raise Refused(f"There is already a code {there}{retired}: use it, or another name.")
    if anyway:
        return
    if near := almost(name, (row.name for row in known if not row.ended)):
        row = next(row for row in known if row.name == near and not row.ended)
        raise Refused(
            f"{shorten(name, 40)!r} may mean the code {shorten(spoken(row), 60)}: use that, or add it anyway"
            " with --anyway."
        )


def _fits_within(parent: CodeRow, framework: str) -> None:
    if parent.framework != framework:
        raise Refused(
            f"{shorten(spoken(parent), 60)} is of another framework: a code is a part of one of its own."
        )
    if parent.ended:
        raise Refused(f"{shorten(parent.name, 60)} was retired: take another code, or reinstate it first.")


def edit_code(
    desk: Desk,
    code: str,
    *,
    framework: str = "",
    name: str | None = None,
    description: str | None = None,
    within: str | None = None,
    place: int | None = None,
    anyway: bool = False,
) -> str:
    """Rename, describe, move a code; what was coded stays so; return its uid.

    *within* names the code that it becomes a part of, "" puts it at the top. *place* counts from 1 among the
    parts of the same code.
    """
    with desk.unit("edit code", code) as work:
        of, known = _meant(work, code, framework)
        values: dict[str, str | None] = {}
        if name is not None and line(name) != of.name:
            others = [row for row in known if row.uid != of.uid]
            _new_name(others, line(name), of.framework, anyway=anyway)
            values["name"] = line(name)
        if description is not None:
            values["description"] = paragraphs(description)
        if within is not None:
            values["parent"] = _new_parent(known, of, within)
        work.change(Code, of.uid, **values)
        if place is not None:
            _move(work, known, of, values.get("parent", of.parent or None), place)
        return of.uid


def _meant(work: Unit, code: str, framework: str) -> tuple[CodeRow, list[CodeRow]]:
    known = codes(work.connection)
    within = resolve(work.connection, "framework", framework) if framework else ""
    of = code_named(known, code, within)
    work.act.subject = of.name
    return of, known


def _new_parent(known: Sequence[CodeRow], of: CodeRow, within: str) -> str | None:
    if not line(within):
        return None
    parent = code_named(known, within, of.framework)
    _fits_within(parent, of.framework)
    above = {row.uid: row.parent for row in known}
    at = parent.uid
    while at:
        if at == of.uid:
            raise Refused(f"{shorten(of.name, 60)} cannot be a part of itself or of one of its own parts.")
        at = above.get(at, "")
    return parent.uid


def _move(work: Unit, known: Sequence[CodeRow], of: CodeRow, parent: str | None, place: int) -> None:
    """Give codes that are parts of the same one, *of* at its new place, the positions that they hold."""
    beside = [row for row in known if row.framework == of.framework and row.parent == (parent or "")]
    beside = [row for row in beside if row.uid != of.uid]
    held = sorted([*(row.position for row in beside), of.position])
    beside.insert(max(place - 1, 0), of)
    for row, position in zip(beside, held, strict=True):
        work.change(Code, row.uid, position=position)


def retire_code(desk: Desk, code: str, *, reason: str, framework: str = "") -> str:
    """Retire a code: nothing new is coded with it, what was stays so; return its uid."""
    with desk.unit("retire code", code, reason=reason) as work:
        of, _ = _meant(work, code, framework)
        if not line(reason):
            raise Refused("Nothing was changed: retiring a code needs a reason.")
        if of.ended:
            raise Refused(f"{shorten(of.name, 60)} is retired already.")
        work.change(Code, of.uid, ended=line(reason))
        return of.uid


def reinstate_code(desk: Desk, code: str, *, framework: str = "") -> str:
    """Take a retired code into use again; return its uid."""
    with desk.unit("reinstate code", code) as work:
        of, _ = _meant(work, code, framework)
        if not of.ended:
            raise Refused(f"{shorten(of.name, 60)} is in use: there is nothing to reinstate.")
        work.change(Code, of.uid, ended="")
        return of.uid


def put_code(
    desk: Desk,
    kind: str,
    subject: str,
    code: str,
    *,
    framework: str = "",
    valence: Valence | None = None,
    site: str = "",
    note: str = "",
) -> str:
    """Put a code on an excerpt, element, configuration, evidence or paper; return the uid of the coding.

    The same person codes a thing for a site with a code once: again, with another valence or note, is a
    change. What a colleague coded in the same way is not coded twice.
    """
    with desk.unit("code", f"{kind} {subject}: {code}") as work:
        of, _ = _meant(work, code, framework)
        uid = _subject(work, kind, subject, of.name)
        if of.ended:
            raise Refused(f"{shorten(of.name, 60)} was retired ({shorten(of.ended, 60)}): take another code.")
        there = _codings(work, of, uid, desk.initials)
        there = [row for row in there if row.site == line(site)]
        if own := next((row for row in there if row.by == desk.initials), None):
            values = {"valence": valence, **({"note": paragraphs(note)} if note else {})}
            work.change(Coding, own.uid, **values)
            return own.uid
        if same := next((row for row in there if row.valence == valence), None):
            work.note(f"{same.by} coded it so already: nothing was added.")
            return same.uid
        row = Coding(code=of.uid, subject_table=kind, subject=uid, valence=valence, site=line(site))
        row.note = paragraphs(note)
        return work.add(row).uid


def take_code(
    desk: Desk, kind: str, subject: str, code: str, *, framework: str = "", site: str | None = None
) -> int:
    """Take a code off a thing, of all sites or of one *site*; return how many codings that were."""
    with desk.unit("uncode", f"{kind} {subject}: {code}") as work:
        of, _ = _meant(work, code, framework)
        uid = _subject(work, kind, subject, of.name)
        there = _codings(work, of, uid, desk.initials)
        there = [row for row in there if site is None or row.site == line(site)]
        if not there:
            raise Refused(f"The {_WORDS.get(kind, kind)} does not have the code {shorten(of.name, 60)}.")
        for row in there:
            work.remove(Coding, row.uid)
        return len(there)


_WORDS = {"configuration": "box", "element": "part"}


def _codings(work: Unit, code: CodeRow, subject: str, viewer: str) -> list[Coded]:
    return codings(work.connection, code=code.uid, subject=subject, viewer=viewer)


def _subject(work: Unit, kind: str, name: str, code: str) -> str:
    """Return the uid of the thing meant, and have the act name it."""
    if kind in ("paper", "configuration"):
        uid = resolve_any(work.connection, kind, name, viewer=work.initials)
        work.act.subject = f"{_WORDS.get(kind, kind)} {line(name)}: {code}"
        return uid
    if kind == "excerpt":
        row = excerpt_named(work, name)
        words = row["quotation"] or row["locator"]
    elif kind == "element":
        words, name = _element(work, name)
    elif kind == "evidence":
        found = select(Evidence.uid, Evidence.claim).where(
            Evidence.uid == line(name), seen(Evidence, work.initials)
        )
        of = work.connection.execute(found).first()
        if of is None:
            wanted = shorten(name, 60)
            raise NotFound(f"There is no evidence {wanted}: `realist evidence list` shows the uids.")
        words = of.claim
    else:
        raise WrongUse(f"Nothing can be coded on a {kind!r}: use one of {', '.join(KINDS)}.")
    work.act.subject = f"“{shorten(words, 60)}”: {code}"
    return line(name)


def _element(work: Unit, name: str) -> tuple[str, str]:
    found = select(Element.uid, Element.text, Element.kind).where(
        Element.uid == line(name), Element.configuration.in_(boxes_seen(work.initials))
    )
    of = work.connection.execute(found).first()
    if of is None:
        raise NotFound(f"There is no part {shorten(name, 60)} of any box: name the box and its place in it.")
    return of.text or of.kind, of.uid
