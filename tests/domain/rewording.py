"""Boxes with planted patterns that several people worded, each in their own way, among others of no pattern.

What is planted is known, so that what is found can be measured. Two vocabularies share no word: one to look
at while thresholds are chosen, one held out. How people reword is a :class:`Style`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from realist.domain.configuration import Box, BoxElement
from realist.domain.notation import Part
from realist.vocabulary import ConfigurationStatus, ElementKind

CARE = (
    "nurse sister caregiver/doctor physician clinician/patient client user/leader head principal/"
    "team group crew/ward unit department/meeting gathering session/hospital clinic infirmary/"
    "manager supervisor executive/relative family kin/plan scheme blueprint/record file note/"
    "fear anxiety dread/trust confidence faith/power authority influence/goal aim purpose/"
    "conflict dispute quarrel/workload burden pressure/blame guilt fault/pride esteem dignity/"
    "budget fund money/rule policy regulation/training course lesson/mistake error slip/"
    "discharge release departure/referral handover transfer/illness disease sickness/pain ache suffering/"
    "rota schedule timetable/merger union fusion/vision outlook foresight/knowledge expertise skill"
)
CARE_DOING = (
    "share exchange swap/support help assist/listen heed attend/challenge question doubt/"
    "decide choose settle/resist oppose refuse/learn study discover/reward praise recognise/"
    "delegate entrust assign/visit call tour/coordinate align arrange/hide conceal mask/"
    "improve raise enhance/reduce lower diminish/delay postpone defer/leave quit abandon/"
    "report disclose notify/understand grasp comprehend/negotiate bargain mediate/protect shield guard"
)
CARE_LIKE = (
    "new recent fresh/senior experienced veteran/small little tiny/frail weak vulnerable/open honest candid/"
    "clear plain explicit/shared joint common/rapid fast quick/safe secure protected/distant remote faraway/"
    "formal official statutory/steady stable constant/costly expensive dear/local nearby regional"
)
SCHOOL = (
    "teacher tutor instructor/pupil student learner/parent mother guardian/garden allotment orchard/"
    "vegetable crop produce/meal lunch dinner/kitchen canteen cafeteria/classroom room hall/neighbour "
    "resident villager/tool spade implement/volunteer helper steward/bus coach vehicle/street road lane/"
    "boredom tedium monotony/joy delight pleasure/curiosity wonder interest/friend companion mate/"
    "shame embarrassment humiliation/hunger appetite starvation/allergy sensitivity intolerance/"
    "grant donation subsidy/harvest yield gathering/weather climate rain/club society association/"
    "diet nutrition eating/attendance presence participation/weight heaviness mass/"
    "soil earth ground/council municipality borough/holiday vacation break/homework assignment exercise/"
    "belonging attachment kinship"
)
SCHOOL_DOING = (
    "plant sow seed/cook prepare bake/taste sample try/dig excavate plough/invite welcome ask/"
    "draw sketch paint/walk stroll march/cycle pedal ride/play frolic romp/teach instruct educate/"
    "collect gather amass/weigh measure gauge/copy imitate mimic/compete contend rival/celebrate "
    "commemorate rejoice/forget neglect omit/complain grumble moan/rest relax pause/own possess hold/"
    "grow expand increase"
)
SCHOOL_LIKE = (
    "poor deprived needy/young juvenile youthful/noisy loud rowdy/healthy wholesome nutritious/fun "
    "enjoyable amusing/rural rustic agrarian/wet damp soaked/empty vacant bare/proud boastful vain/"
    "shy timid bashful/free gratis complimentary/"
    "daily everyday routine/outdoor alfresco open-air/lazy idle slow"
)


class Words(NamedTuple):
    """A vocabulary: groups of words of one meaning each."""

    things: list[list[str]]
    doings: list[list[str]]
    likes: list[list[str]]


def _words(things: str, doings: str, likes: str) -> Words:
    return Words(*([one.split() for one in text.split("/")] for text in (things, doings, likes)))


KNOWN = _words(CARE, CARE_DOING, CARE_LIKE)
HELD_OUT = _words(SCHOOL, SCHOOL_DOING, SCHOOL_LIKE)


class Style(NamedTuple):
    """How people reword: chances of another word of one meaning, a word left out, a clause turned about,
    a hedge, a word put in."""

    name: str
    synonym: float
    drop: float
    turn: float
    hedge: float
    add: float


STYLES = (
    Style("light", 0.2, 0.05, 0.3, 0.3, 0.1),
    Style("synonyms", 0.55, 0.05, 0.3, 0.2, 0.1),
    Style("terse", 0.3, 0.25, 0.2, 0.0, 0.0),
    Style("wordy", 0.35, 0.0, 0.5, 0.9, 0.6),
    Style("mixed", 0.45, 0.12, 0.5, 0.5, 0.3),
)
_HEDGES = (
    "may", "tends to", "in some cases", "it seems that", "to a certain extent", "often", "perhaps",
    "generally", "appears to", "is likely to", "on the whole", "according to the authors",
)  # fmt: skip
_SIDES = (ElementKind.CONTEXT, ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.OUTCOME)

Clause = tuple[tuple[str, int], ...]
"""What a clause says: kinds of words (t, d, l) with the number of their meaning."""


def _clause(chance: random.Random, words: Words, long: bool) -> Clause:
    def one(kind: str) -> tuple[str, int]:
        of = {"t": words.things, "d": words.doings, "l": words.likes}[kind]
        return kind, chance.randrange(len(of))

    return tuple(one(kind) for kind in ("ltdlt" if long else "tdt"))


def _doing(chance: random.Random, word: str) -> str:
    stem = word[:-1] if word.endswith("e") else word
    return chance.choice((word, word + ("es" if word[-1] in "sh" else "s"), stem + "ing", stem + "ed"))


def _thing(chance: random.Random, word: str) -> str:
    if chance.random() < 0.5:
        return word
    return word[:-1] + "ies" if word[-1] == "y" and word[-2] not in "aeiou" else word + "s"


def _say(chance: random.Random, words: Words, clause: Clause, style: Style) -> str:
    said: list[str] = []
    for kind, of in clause:
        group = {"t": words.things, "d": words.doings, "l": words.likes}[kind][of]
        word = chance.choice(group[1:]) if chance.random() < style.synonym else group[0]
        if chance.random() < style.drop:
            continue
        said.append({"t": _thing, "d": _doing}.get(kind, lambda _, same: same)(chance, word))
        if kind == "t" and chance.random() < 0.6:
            said.insert(-1, chance.choice(("the", "a", "their", "of the", "with")))
    if chance.random() < style.add:
        group = chance.choice(words.things + words.likes)
        said.insert(chance.randrange(len(said) + 1), chance.choice(group))
    if chance.random() < style.turn and len(said) > 3:
        cut = chance.randrange(1, len(said))
        said = [*said[cut:], chance.choice(("by", "as", "where", "through")), *said[:cut]]
    if chance.random() < style.hedge:
        said.insert(chance.randrange(len(said) + 1), chance.choice(_HEDGES))
    return " ".join(said) or words.things[0][0]


def _account(chance: random.Random, words: Words) -> list[Clause]:
    return [_clause(chance, words, long) for long in (True, True, chance.random() < 0.5, False)]


class Planted(NamedTuple):
    """Boxes, and of each the number of the pattern it is of; -1 where it is of none."""

    boxes: list[Box]
    pattern: list[int]


def _box(uid: str, texts: Sequence[str]) -> Box:
    parts = (
        BoxElement(Part(kind, text, segment=place), f"{uid}-{place}")
        for place, (kind, text) in enumerate(zip(_SIDES, texts, strict=True), 1)
    )
    return Box(uid, status=ConfigurationStatus.PAPER_LEVEL, elements=tuple(parts))


def planted(
    seed: int,
    words: Words,
    styles: Sequence[Style],
    *,
    boxes: int = 1800,
    patterns: int = 12,
    sizes: tuple[int, int] = (5, 20),
    pool: int = 0,
) -> Planted:
    """Return so many boxes, with patterns of *sizes* members among them.

    Those of no pattern say what nobody else says; with a *pool* each of their parts is one of so many that
    others use, too, reworded: single parts recur, accounts do not.
    """
    chance = random.Random(seed)
    made: list[tuple[int, list[str]]] = []
    for pattern in range(patterns):
        account = _account(chance, words)
        for _ in range(chance.randint(*sizes)):
            style = chance.choice(styles)
            made.append((pattern, [_say(chance, words, clause, style) for clause in account]))
    pools = [[_account(chance, words)[side] for _ in range(pool)] for side in range(4)]
    while len(made) < boxes:
        account = [chance.choice(of) for of in pools] if pool else _account(chance, words)
        style = chance.choice(styles)
        made.append((-1, [_say(chance, words, clause, style) for clause in account]))
    chance.shuffle(made)
    return Planted(
        [_box(f"b{n:05}", texts) for n, (_, texts) in enumerate(made)], [pattern for pattern, _ in made]
    )


def rand_index(one: Sequence[object], other: Sequence[object]) -> float:
    """Return the adjusted Rand index of two groupings of the same things (Hubert and Arabie 1985)."""
    from collections import Counter
    from math import comb

    both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    left = sum(comb(n, 2) for n in Counter(one).values())
    right = sum(comb(n, 2) for n in Counter(other).values())
    expected = left * right / comb(len(one), 2)
    most = (left + right) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
