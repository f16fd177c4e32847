"""A review of random content, the same for the same seed: whatever can stand in a grid or a flow."""

from __future__ import annotations

from random import Random

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.errors import Refused
from realist.services import (
    configurations,
    evidence,
    mechanisms,
    plan,
    rounds,
    sameness,
    screening,
)
from realist.services.unit import Desk
from realist.store.tables import Import, Paper, Record, RecordRaw, RecordText
from realist.vocabulary import (
    ConfigurationStatus,
    Door,
    ElementKind,
    Fate,
    Polarity,
    ReadingResult,
    RoundKind,
    SearchKind,
    SourceKind,
    Stance,
    Verdict,
)

PEOPLE = ("SF", "NG", "ML")


class RandomReview:
    """Builds the review step by step; a step that the review refuses is left out."""

    def __init__(self, desk: Desk, seed: int, papers_: int = 24, mechanisms_: int = 6) -> None:
        self.random = Random(seed)
        self.desk = desk
        self.papers: list[str] = []
        self.mechanisms: list[str] = []
        self._searched(papers_)
        self._rounds()
        for _ in range(mechanisms_):
            self._mechanism()

    def someone(self) -> Desk:
        """One of three people at the keyboard."""
        return Desk(self.desk.store, self.random.choice(PEOPLE))

    def paper(self) -> str:
        return self.random.choice(self.papers)

    def mechanism(self) -> str:
        return self.random.choice(self.mechanisms)

    def _mechanism(self) -> None:
        name = f"Mechanism {len(self.mechanisms) + 1}"
        self.mechanisms.append(mechanisms.add_mechanism(self.desk, name))

    def _searched(self, count: int) -> None:
        """Two stages with two searches each, and papers with no, one or several records."""
        for stage in ("1", "2"):
            plan.add_stage(self.desk, stage)
            for kind in (SearchKind.DATABASE, SearchKind.WEBSITE):
                plan.add_search(self.desk, f"{kind} {stage}", stage=stage, kind=kind)
        with self.desk.store.read() as connection:
            searches = [row[0] for row in connection.exec_driver_sql("SELECT uid FROM search")]
        with self.desk.unit("import", "made up") as work:
            imports = [
                work.add(Import(search=uid, file=f"{n}.ris", finished=True)).uid
                for n, uid in enumerate([*sorted(searches), None])
            ]
            for number in range(1, count + 1):
                paper = work.add(Paper(number=number, label=f"Author ({1990 + number})")).uid
                self.papers.append(paper)
                for brought in self.random.choices(imports, k=self.random.randint(0, 3)):
                    record = Record(import_=brought, paper=paper, position=work.position(Record), line=1)
                    uid = work.add(record).uid
                    work.add(RecordText(uid=uid))
                    work.add(RecordRaw(uid=uid, raw="[]"))

    def _rounds(self) -> None:
        for stage in ("1", "2"):
            for kind in RoundKind:
                rounds.add_round(self.desk, f"{kind} {stage}", stage=stage, kind=kind, reasons=["no peer"])
        rounds.add_round(self.desk, "again 1", stage="1", kind=RoundKind.TITLE_ABSTRACT)
        screening.add_included_set(self.desk, "chosen", round_="full text 1")

    def step(self) -> None:
        """Do one random thing."""
        steps = [
            (8, self._claim), (4, self._box), (6, self._read), (2, self._join), (3, self._take_apart),
            (2, self._merge), (3, self._end_merge), (1, self._fate), (1, self._mechanism),
            (8, self._enter), (16, self._decide), (1, self._list),
        ]  # fmt: skip
        weights = [weight for weight, _ in steps]
        (chosen,) = self.random.choices([step for _, step in steps], weights)
        try:
            chosen()
        except Refused:
            return

    def _claim(self) -> None:
        stance = self.random.choice(list(Stance))
        evidence.add_evidence(
            self.someone(), self.paper(), claim="x", stance=stance, mechanism=self.mechanism()
        )

    def _box(self) -> None:
        pick = self.random
        elements = tuple(self._element() for _ in range(pick.randint(0, 3)))
        some = pick.sample(self.papers, pick.randint(0, 2))
        under = pick.sample(self.mechanisms, pick.randint(0, 2))
        configurations.add_configuration(
            self.someone(),
            Box(
                status=pick.choice(list(ConfigurationStatus)),
                polarity=pick.choice([*Polarity, None]),
                papers=tuple(Ref(uid, "") for uid in some),
                mechanisms=tuple(Ref(uid, "") for uid in under),
                elements=elements,
            ),
        )

    def _element(self) -> BoxElement:
        pick = self.random
        tags = tuple(TagRef("mechanism", self.mechanism(), "") for _ in range(pick.randint(0, 1)))
        source = Source(SourceKind.EXCERPT, quotation="x", paper=Ref(self.paper(), ""))
        sources = (source,) if pick.random() < 0.6 else ()
        return BoxElement(Part(pick.choice(list(ElementKind)), "x"), "", sources, tags)

    def _read(self) -> None:
        mechanism = self.mechanism() if self.random.random() < 0.6 else ""
        result = self.random.choice(list(ReadingResult))
        evidence.add_reading(self.someone(), self.paper(), result, mechanism=mechanism)

    def _join(self) -> None:
        sameness.join_papers(self.someone(), self.paper(), self.paper())

    def _take_apart(self) -> None:
        sameness.end_join(self.someone(), self.paper(), reason="not the same")

    def _merge(self) -> None:
        into = [self.mechanism() for _ in range(self.random.choice((1, 1, 2)))]
        mechanisms.merge_mechanisms(self.someone(), self.mechanism(), into, reason="the same")

    def _end_merge(self) -> None:
        mechanisms.end_merge(self.someone(), self.mechanism(), reason="not the same")

    def _fate(self) -> None:
        mechanisms.decide_fate(
            self.someone(), self.mechanism(), self.random.choice(list(Fate)), reason="so it is"
        )

    def _round(self) -> str:
        return self.random.choice([f"{kind} {stage}" for stage in "12" for kind in RoundKind] + ["again 1"])

    def _enter(self) -> None:
        some = self.random.sample(self.papers, 3)
        door = self.random.choice([*Door, None])
        rounds.enter(self.someone(), self._round(), some, door=door)

    def _decide(self) -> None:
        verdict = self.random.choice(list(Verdict))
        screening.decide(self.someone(), self.paper(), verdict, round_=self._round())

    def _list(self) -> None:
        screening.list_in_set(self.someone(), "chosen", [self.paper()], source="a table")
