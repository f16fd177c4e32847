"""Statements for cross-case tables: codings, parts of boxes, evidence, with what is known of each.

A site is a case within a paper, so that of two papers it is two. What is coded on an excerpt is known by what
rests on that excerpt; a part of a box has the codes on itself and on what it quotes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from realist.domain.crossing import Axis, By, Quote, Statement, Value
from realist.queries.codings import Coded, CodeRow, codes, codings
from realist.queries.sets import labels
from realist.queries.stated import Facts, Things
from realist.queries.traits import Traits, trait_of
from realist.text import fold, line
from realist.vocabulary import ElementKind, Stance, Valence

_ORDER: dict[str, tuple[str, ...]] = {
    "kind": tuple(map(str, ElementKind)),
    "valence": tuple(map(str, Valence)),
    "stance": tuple(map(str, Stance)),
}
_OF_PAPERS = ("study", "year", "field", "appraisal")


class Crossing:
    """What statements there are, and the axes that tables of them are by.

    Of some *papers* (uids as they are read now) or all; codes of one *framework* (its uid, "" for those that
    grew) or of any (None); as far as *viewer* may see.
    """

    def __init__(
        self,
        connection: Connection,
        by: Collection[By],
        *,
        papers: Sequence[str] | None = None,
        framework: str | None = None,
        viewer: str = "",
    ) -> None:
        self._by, self._only = tuple(by), None if papers is None else tuple(papers)
        self._codes = {
            row.uid: row for row in codes(connection) if framework is None or row.framework == framework
        }
        self._codings = [one for one in codings(connection, viewer=viewer) if one.code in self._codes]
        self._used = {one.code for one in self._codings}
        self._on: dict[tuple[str, str], list[Coded]] = {}
        for one in self._codings:
            self._on.setdefault((one.subject_table, one.subject), []).append(one)
        self._things = Things(connection, viewer=viewer)
        self._of_papers: dict[By, Traits] = {
            one: trait_of(connection, one, viewer=viewer) for one in self._by if one.what in _OF_PAPERS
        }
        self._countries = (
            trait_of(connection, By("country"), viewer=viewer)
            if any(one.what == "country" for one in self._by)
            else Traits({})
        )
        of = {paper for facts in self._things.facts.values() for paper in facts.papers}
        of |= {paper for one in self._codings for paper in one.papers} | set(self._only or ())
        self.labels = labels(connection, sorted(of))

    def axis(self, by: By) -> Axis:
        """Return an axis with what is known of it beforehand."""
        match by.what:
            case "code":
                rows = [row for row in self._codes.values() if not row.ended or row.uid in self._used]
                return Axis(by, tuple(map(self._code, rows)), whole=True)
            case "dimension":
                tops = [row for row in self._codes.values() if not row.parent]
                return Axis(by, tuple(map(self._code, tops)), whole=True)
            case "paper" if self._only is not None:
                return Axis(by, tuple(self._paper(uid) for uid in self._only), whole=True)
            case "kind" | "valence" | "stance":
                return Axis(by, tuple(Value(word, word) for word in _ORDER[by.what]))
            case what if what in _OF_PAPERS:
                return Axis(by, self._of_papers[by].known, whole=bool(self._of_papers[by].known))
        return Axis(by)

    def statements(self, kinds: Collection[str]) -> list[Statement]:
        """Return the statements of some *kinds*, in the order in which they were made."""
        found = [one for kind in kinds for one in self._of_kind(kind)]
        if self._only is None:
            return found
        only = set(self._only)
        kept = (replace(one, papers=tuple(paper for paper in one.papers if paper in only)) for one in found)
        return [one for one in kept if one.papers]

    def _of_kind(self, kind: str) -> Iterator[Statement]:
        if kind == "coding":
            yield from self._coded()
            return
        for (table, uid), facts in self._things.facts.items():
            if table == kind:
                on = [(table, uid), *(("excerpt", excerpt) for excerpt in facts.excerpts)]
                of = dict.fromkeys(one.code for thing in on for one in self._on.get(thing, ()))
                yield self._statement(kind, uid, facts, [self._codes[code] for code in of], facts.valence)

    def _coded(self) -> Iterator[Statement]:
        """Yield codings, each once: what two people coded in the same way is one statement."""
        seen = set()
        for one in self._codings:
            facts = self._things.of((one.subject_table, one.subject), one.papers)
            if facts is None:  # of a box that was dropped
                continue
            key = (one.code, one.subject_table, one.subject, one.valence, fold(one.site) or one.site)
            if key not in seen:
                seen.add(key)
                own = replace(facts, sites=(one.site,)) if one.site else facts
                code = self._codes[one.code]
                yield self._statement("coding", one.uid, own, [code], one.valence or "", one.note)

    def _statement(
        self, kind: str, uid: str, facts: Facts, of: Sequence[CodeRow], valence: str, note: str = ""
    ) -> Statement:
        values = {by: tuple(dict.fromkeys(self._values(by, facts, of, valence))) for by in self._by}
        return Statement(kind, uid, facts.papers, valence, values, tuple(self._quotes(facts, note)))

    def _quotes(self, facts: Facts, note: str) -> Iterator[Quote]:
        said = [quote for uid in facts.excerpts if (quote := self._things.quote(uid)).words]
        for quote in said:
            yield quote._replace(paper=self.labels.get(quote.paper, ""))
        words = facts.words or line(note) or "the paper as a whole"
        if not said:
            yield Quote(words, "; ".join(self.labels[paper] for paper in facts.papers), "", False)

    def _values(self, by: By, facts: Facts, of: Sequence[CodeRow], valence: str) -> Iterable[Value]:
        match by.what:
            case "code":
                return map(self._code, of)
            case "dimension":
                return (self._code(self._codes.get(row.top, row)) for row in of)
            case "paper":
                return map(self._paper, facts.papers)
            case "site":
                return self._sites(facts)
            case "valence":
                return [Value(valence, valence)] if valence else []
            case "country":
                if facts.countries:
                    return (Value(name, name) for name in facts.countries)
                return (value for paper in facts.papers for value in self._countries.of.get(paper, ()))
            case "kind" | "stance":
                return (Value(word, word) for word in getattr(facts, f"{by.what}s"))
            case "mechanism" | "context" | "outcome":
                return (Value(uid, name, uid) for uid, name in getattr(facts, f"{by.what}s"))
        traits = self._of_papers[by].of
        return (value for paper in facts.papers for value in traits.get(paper, ()))

    def _sites(self, facts: Facts) -> Iterator[Value]:
        for site in facts.sites:
            for paper in facts.papers or ("",):
                label = self.labels.get(paper, "")
                yield Value(f"{paper} {fold(site) or site}", f"{label}: {site}" if label else site)

    def _paper(self, uid: str) -> Value:
        return Value(uid, self.labels[uid], uid)

    def _code(self, row: CodeRow) -> Value:
        return Value(row.uid, row.name, row.uid)
