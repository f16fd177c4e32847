"""What is known of each thing that a statement is, or is on: elements, evidence, excerpts, boxes, papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from realist.domain.configuration import Box, BoxElement
from realist.domain.countries import country_or_words
from realist.domain.crossing import Quote
from realist.domain.notation import write
from realist.queries.boxes import boxes
from realist.queries.excerpts import Quoted, excerpts
from realist.queries.extractions import counted
from realist.queries.grouping import paper_grouping
from realist.queries.standing import KINDS, standing
from realist.queries.subjects import Thing
from realist.queries.theory import evidence
from realist.store.tables import Configuration, DocumentText, Evidence
from realist.text import fold, line
from realist.vocabulary import ConfigurationStatus, ElementKind

T = TypeVar("T")
Named = tuple[str, str]
"""The uid and name of a mechanism, context or outcome."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a thing: texts and uids, each once, in order. ``words`` are the reviewer's."""

    papers: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    mechanisms: tuple[Named, ...] = ()
    contexts: tuple[Named, ...] = ()
    outcomes: tuple[Named, ...] = ()
    kinds: tuple[str, ...] = ()
    stances: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    valence: str = ""
    words: str = ""
    excerpts: tuple[str, ...] = ()


class Things:
    """All things of a review that statements can be, or be on, as far as *viewer* may see them.

    Parts of dropped boxes are left out, and what a consensus counts in place of.
    """

    def __init__(self, connection: Connection, *, viewer: str = "") -> None:
        self._papers = paper_grouping(connection)
        self._at = {kind: standing(connection, kind) for kind in KINDS}
        self._names = {
            uid: str(name)
            for kind in KINDS.values()
            for uid, name in connection.execute(select(kind.table.uid, kind.table.name))
        }
        self._quoted: dict[str, Quoted] = {one.uid: one for one in excerpts(connection, viewer=viewer)}
        paged = select(DocumentText.uid).where(DocumentText.pages > 1)
        self._paged = set(connection.execute(paged).scalars())
        self.facts: dict[Thing, Facts] = {}
        """What is known of elements, boxes and pieces of evidence."""
        self._resting: dict[str, list[Facts]] = {}
        self._boxes: dict[str, Box] = {}
        count = {
            uid
            for of in (Configuration, Evidence)
            for uid in connection.execute(select(of.uid).where(counted(of, viewer))).scalars()
        }
        for box in boxes(connection, viewer=viewer):
            if box.uid in count and box.status is not ConfigurationStatus.DROPPED:
                self._boxes[box.uid] = box
                self._add_box(box)
        for row in evidence(connection, viewer=viewer):
            if row["uid"] in count:
                self._add(("evidence", row["uid"]), self._of_evidence(row))

    def of(self, thing: Thing, papers: Sequence[str]) -> Facts | None:
        """Return what is known of a coded thing of these *papers*; None of what does not count."""
        table, uid = thing
        if table == "paper":
            return Facts(tuple(papers))
        if table != "excerpt":
            return self.facts.get(thing)
        resting = self._resting.get(uid, [])
        own = self._quoted[uid].site if uid in self._quoted else ""
        return Facts(
            tuple(papers),
            (own,) if own else _together(resting, lambda facts: facts.sites),
            _together(resting, lambda facts: facts.mechanisms),
            _together(resting, lambda facts: facts.contexts),
            _together(resting, lambda facts: facts.outcomes),
            _together(resting, lambda facts: facts.kinds),
            _together(resting, lambda facts: facts.stances),
            _together(resting, lambda facts: facts.countries),
            excerpts=(uid,),
        )

    def quote(self, excerpt: str) -> Quote:
        """Return the words of an excerpt, its paper (uid), and its place: as printed, else the page."""
        of = self._quoted.get(excerpt)
        if of is None:
            return Quote("", "", "", False)
        page = next((f"p. {one.page}" for one in of.anchors if one.page and one.text in self._paged), "")
        return Quote(line(of.quotation), self._papers[of.paper], of.locator or page, True)

    def _add(self, thing: Thing, facts: Facts) -> None:
        self.facts[thing] = facts
        for excerpt in facts.excerpts:
            self._resting.setdefault(excerpt, []).append(facts)

    def _add_box(self, box: Box) -> None:
        papers = self._wholes(paper.uid for paper in box.papers)
        under = self._now(self._at["mechanism"].of_box(box.uid, one.uid) for one in box.mechanisms)
        where = (country_or_words(box.country),) if line(box.country) else ()
        for element in box.elements:
            self._add(("element", element.uid), self._of_element(box, element, papers, under, where))
        of = [self.facts["element", element.uid] for element in box.elements]
        self.facts["configuration", box.uid] = Facts(
            papers,
            (box.site,) if box.site else (),
            under,
            _together(of, lambda facts: facts.contexts),
            _together(of, lambda facts: facts.outcomes),
            countries=where,
            words=line(box.title) or line(box.printed) or line(write(box.parts)),
        )

    def _of_element(
        self,
        box: Box,
        element: BoxElement,
        papers: tuple[str, ...],
        under: tuple[Named, ...],
        where: tuple[str, ...],
    ) -> Facts:
        quoted = tuple(dict.fromkeys(source.excerpt for source in element.sources if source.excerpt))
        own = self._wholes(source.paper.uid for source in element.sources if source.paper)
        tags = {
            kind: self._now(at.of_tag(element.uid, tag.uid) for tag in element.tags if tag.kind == kind)
            for kind, at in self._at.items()
        }
        part = element.part
        return Facts(
            own or papers,
            self._sites(element.site, quoted, box.site),
            tags["mechanism"] or under,
            tags["context"],
            tags["outcome"],
            (str(part.kind or ElementKind.UNSURE),),
            countries=where,
            valence=str(part.valence or ""),
            words=line(part.text),
            excerpts=quoted,
        )

    def _of_evidence(self, row: dict[str, Any]) -> Facts:
        further = [one["excerpt"] for one in row["further"]]
        quoted = tuple(uid for uid in (row["excerpt"], *further) if uid)
        box = self.facts.get(("configuration", row["configuration"] or ""))
        given = {
            kind: self._now(
                [at.now("evidence", row["uid"], row[f"{kind}_uid"])] if row[f"{kind}_uid"] else []
            )
            for kind, at in self._at.items()
        }
        return Facts(
            self._wholes([row["paper"]]),
            self._sites(row["site"], quoted, box.sites[0] if box and box.sites else ""),
            given["mechanism"] or (box.mechanisms if box else ()),
            given["context"],
            given["outcome"],
            stances=(str(row["stance"]),),
            countries=box.countries if box else (),
            words=line(row["claim"]),
            excerpts=quoted,
        )

    def _sites(self, own: str, quoted: Iterable[str], of_box: str) -> tuple[str, ...]:
        """Return the site of a thing, else those of what it quotes, else that of its box."""
        if own:
            return (own,)
        found: dict[str, str] = {}
        for uid in quoted:
            site = self._quoted[uid].site if uid in self._quoted else ""
            if site:
                found.setdefault(fold(site) or site, site)
        return tuple(found.values()) or ((of_box,) if of_box else ())

    def _wholes(self, papers: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._papers[paper] for paper in papers))

    def _now(self, stands: Iterable[Sequence[str]]) -> tuple[Named, ...]:
        """Return what things stand under now, each once, with its name."""
        uids = dict.fromkeys(uid for under in stands for uid in under)
        return tuple((uid, self._names[uid]) for uid in uids)


def _together(of: Iterable[Facts], what: Callable[[Facts], tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(value for facts in of for value in what(facts)))
