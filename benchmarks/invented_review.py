"""An invented review of the size of a large realist one, made through the services as people would make it.

Three hundred papers with boxes whose parts rest on quotations, evidence, readings, stakeholders; mechanisms
that are merged to fewer; a theory that goes through versions. The same seed gives the same review.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.domain.revising import revised
from realist.queries.boxes import boxes as all_boxes
from realist.queries.naming import resolve
from realist.queries.theory_versions import versions_of
from realist.services import (
    attaching,
    bearing,
    configurations,
    consulting,
    evidence,
    mechanisms,
    papers,
    plan,
    rounds,
    screening,
    synthesis,
    theories,
)
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from realist.store.migrate import create
from realist.vocabulary import (
    Basis,
    ConfigurationStatus,
    ElementKind,
    Inference,
    MoveKind,
    ReadingResult,
    RoundKind,
    SourceKind,
    Stance,
    TheoryStage,
    Valence,
    Verdict,
    Voice,
)

PEOPLE = ("SS", "AB", "CD")
WHO = (
    "nurses", "patients", "volunteers", "managers", "families", "pharmacists", "pupils", "tenants",
    "drivers", "carers",
)  # fmt: skip
WHERE = (
    "wards", "clinics", "towns", "schools", "depots", "hostels", "villages", "laboratories", "ports",
    "libraries",
)  # fmt: skip
GIVEN_TO = (
    "a weekly call", "a shared diary", "an hour of supervision", "a named contact", "a small grant",
    "a visit", "a booklet", "a rota",
)  # fmt: skip
THINKING = (
    "feel expected", "see that others cope", "fear to lose face", "trust the advice", "count the cost",
    "take it as theirs",
)  # fmt: skip
FOLLOWING = (
    "they come back", "they leave earlier", "errors fall", "nothing changes", "they ask sooner",
    "they hide mistakes",
)  # fmt: skip
COUNTRIES = ("Norway", "Ghana", "Chile", "India", "Canada", "Ireland")


def label(number: int) -> str:
    """Return the label of a paper by its number."""
    return f"Author{number} ({1995 + number % 30})"


def mechanism(number: int) -> str:
    """Return the name of a mechanism by its number."""
    return f"{THINKING[number % len(THINKING)].capitalize()} {number}"


def build(
    address: str,
    *,
    n_papers: int = 300,
    n_boxes: int = 1800,
    n_mechanisms: int = 40,
    kept: int = 12,
    texts: int = 20,
    seed: int = 7,
) -> None:
    """Make the review at *address*: mechanisms are merged until *kept* stand for themselves."""
    create(address)
    store = open_store(address)
    desk, chance = Desk(store, PEOPLE[0]), random.Random(seed)
    plan.create_review(desk, title="An invented review", question="What keeps people, for whom, and why?")
    plan.add_stage(desk, "1", purpose="build")
    rounds.add_round(desk, "Full text", stage="1", kind=RoundKind.FULL_TEXT)
    numbers = range(1, n_papers + 1)
    for number in numbers:
        papers.add_paper(
            desk, label=label(number), title=f"What kept {WHO[number % 10]} in {WHERE[number % 7]}",
            year=str(1995 + number % 30), abstract=f"{label(number)} report on {WHO[number % 10]}.",
        )  # fmt: skip
    rounds.enter(desk, "Full text", [label(number) for number in numbers])
    for number in numbers:
        screening.decide(Desk(store, PEOPLE[number % 3]), label(number), Verdict.INCLUDE, round_="Full text")
    screening.add_included_set(desk, "included", round_="Full text")
    for number in range(1, n_mechanisms + 1):
        mechanisms.add_mechanism(desk, mechanism(number), description=f"People {THINKING[number % 6]}.")
    names = [mechanism(number) for number in range(1, n_mechanisms + 1)]
    mechanisms.add_list(desk, "preliminary", [(name, "") for name in names])
    _attach(desk, numbers[:texts])
    _extract(store, chance, n_papers, n_boxes, names)
    _consult(desk, chance, names)
    _merge(desk, chance, names, kept)
    _synthesise(desk, chance)
    _theorise(desk, chance)
    store.close()


def _attach(desk: Desk, numbers: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            file = Path(folder) / f"{number}.txt"
            file.write_text("\f".join(_page(number, page) for page in range(1, 9)), encoding="utf-8")
            attaching.attach(desk, label(number), file, embed=True)


def _page(number: int, page: int) -> str:
    said = " ".join(_quotation(number, n) for n in range(page * 4, page * 4 + 4))
    return f"Page {page} of {label(number)}. {said}"


def _quotation(number: int, n: int) -> str:
    who, where = WHO[(number + n) % 10], WHERE[(number * 3 + n) % 10]
    return f"In study {number} the {who} of {where} said that {THINKING[n % 6]} came first, note {n}."


def _extract(store: Store, chance: random.Random, n_papers: int, n_boxes: int, names: list[str]) -> None:
    each, more = divmod(n_boxes, n_papers)
    for number in range(1, n_papers + 1):
        desk = Desk(store, PEOPLE[number % 3])
        count = each + (number <= more)
        made = [_box(chance, number, n, names) for n in range(1, count + 1)]
        configurations.import_configurations(desk, made, source="by hand")
        for name in chance.sample(names, 3):
            evidence.add_evidence(
                desk, label(number), stance=chance.choice(list(Stance)), mechanism=name,
                claim=f"{label(number)} on {name}", quotation=_quotation(number, chance.randrange(32)),
            )  # fmt: skip
        evidence.add_reading(desk, label(number), ReadingResult.NONE, note="the whole list")


def _box(chance: random.Random, number: int, n: int, names: list[str]) -> Box:
    context = f"{chance.choice(WHO)} in {chance.choice(WHERE)}"
    outcome = chance.choice(FOLLOWING)
    parts = (
        Part(ElementKind.CONTEXT, context),
        Part(ElementKind.RESOURCE, chance.choice(GIVEN_TO), Valence.PLUS, segment=2),
        Part(
            ElementKind.REASONING, f"they {chance.choice(THINKING)}", chance.choice(list(Valence)), segment=2
        ),
        Part(ElementKind.OUTCOME, outcome, chance.choice(list(Valence)), segment=3),
    )
    elements = tuple(_element(chance, part, number, n, place) for place, part in enumerate(parts))
    return Box(
        label=f"{number}.{n}", title=f"{context}: {outcome}", papers=(Ref("", label(number)),),
        mechanisms=(Ref("", chance.choice(names)),), status=ConfigurationStatus.PAPER_LEVEL,
        country=chance.choice(COUNTRIES), elements=elements,
    )  # fmt: skip


def _element(chance: random.Random, part: Part, number: int, n: int, place: int) -> BoxElement:
    tags = {
        ElementKind.CONTEXT: (TagRef("context", "", f"Context {part.text.split()[-1]}"),),
        ElementKind.OUTCOME: (TagRef("outcome", "", part.text.capitalize()),),
    }
    if chance.random() < 0.1:
        memo = Source(SourceKind.INFERENCE, text="What they did makes sense only so.")
        inferred = Part(part.kind, part.text, part.valence, segment=part.segment, basis=Basis.INFERRED)
        return BoxElement(inferred, sources=(memo,), inference=Inference.RETRODUCTION)
    page = 1 + (n + place) % 8
    source = Source(SourceKind.EXCERPT, quotation=_quotation(number, page * 4), locator=f"p. {page}")
    return BoxElement(part, sources=(source,), tags=tags.get(part.kind, ()))


def _consult(desk: Desk, chance: random.Random, names: list[str]) -> None:
    consulting.add_consultation(desk, "First meeting", held="2026-02", who="nine members", people=9)
    for name in names[:20]:
        voice = chance.choice(list(Voice))
        consulting.add_feedback(
            desk, voice, f"Of {name}: yes and no.", consultation="First meeting", mechanism=name
        )


def _merge(desk: Desk, chance: random.Random, names: list[str], kept: int) -> None:
    """Merge those that go into those that stay; every seventh into two, so that its evidence waits."""
    for place, name in enumerate(names[kept:]):
        into = chance.sample(names[:kept], 2 if place % 7 == 0 else 1)
        mechanisms.merge_mechanisms(desk, name, into, reason="the boxes say the same")
    mechanisms.add_list(desk, "final", [(name, "") for name in names[:kept]])
    plan.edit_review(desk, grid_list="final", grid_set="included")


def _synthesise(desk: Desk, chance: random.Random) -> None:
    with desk.store.read() as connection:
        every = all_boxes(connection, viewer=desk.initials)
    for number in range(1, 13):
        some = chance.sample(every, 8)
        label_ = f"S{number}"
        configurations.add_configuration(
            desk,
            Box(
                label=label_, title=some[0].title, mechanisms=some[0].mechanisms, elements=_parts_of(some[0])
            ),
        )
        synthesis.synthesise(
            desk, MoveKind.CONSOLIDATE, [f"box {box.uid}" for box in some], results=[f"box {label_}"],
            reason="one account holds them",
        )  # fmt: skip


def _theorise(desk: Desk, chance: random.Random, versions: int = 5) -> None:
    """A theory of twelve statements, reworded from version to version, on which boxes bear."""
    theories.add_theory(desk, "What keeps people")
    said = [f"If {who} are asked, then they stay." for who in (*WHO, "teachers", "clerks")]
    theories.new_version(desk, "T1", revised((), adds=said), reason="what the protocol took for granted")
    with desk.store.read() as connection:
        every = all_boxes(connection, viewer=desk.initials)
    for number in range(2, versions + 1):
        with desk.store.read() as connection:
            before = versions_of(connection, resolve(connection, "theory", "T1"))[-1].statements
        words = {
            f"p{n}": f"{said[n - 1][:-1]}, because somebody noticed, note {number}." for n in (1, 2, number)
        }
        box = chance.choice(every)
        theories.new_version(
            desk, "T1", revised(before, words=words), stage=TheoryStage.REFINED, reason="the boxes say so",
            moved_by=[f"box {box.uid}"],
        )  # fmt: skip
    for place, box in enumerate(every):
        if place % 6 == 0:
            stance = chance.choice(list(Stance))
            bearing.bear(
                desk, box.uid, "T1", part=f"p{1 + place // 6 % 12}", stance=stance, reason="as it says"
            )


def _parts_of(box: Box) -> tuple[BoxElement, ...]:
    return tuple(BoxElement(element.part) for element in box.elements)
