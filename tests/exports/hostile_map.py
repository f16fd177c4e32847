"""A review whose every text would like to be run, and would like to be seen where it is not."""

from __future__ import annotations

from realist.domain.configuration import Box, BoxElement, Ref, Source, TagRef
from realist.domain.notation import Part
from realist.services import configurations, consulting, evidence, mechanisms, papers, plan, rounds, screening
from realist.services.unit import Desk
from realist.vocabulary import (
    ElementKind,
    ReadingResult,
    RoundKind,
    SourceKind,
    Stance,
    Valence,
    Verdict,
    Voice,
)

EVIL = (
    "</script><script>window.owned=1</script><img src=x onerror=window.owned=2>",
    "<!--<script>window.owned=3</script>-->",
    "{{script}} {{data}} &lt;b&gt; \"' onfocus=window.owned=4 autofocus x=",
    "javascript:window.owned=5",
    "${window.owned=6} `+window.owned=7+` \\u003cimg src=x onerror=window.owned=8\\u003e",
    "<svg/onload=window.owned=9><iframe srcdoc='<script>parent.owned=1</script>'>",
    "<style>*{display:none}</style><link rel=stylesheet href=https://example.org/x.css>",
    "\u202egnp.exe\u2066 __proto__ constructor",
)


def evil(n: int) -> str:
    """Return a hostile text, each a little different from all others."""
    return f"{EVIL[n % len(EVIL)]} {n}"


def build_hostile(desk: Desk) -> None:
    """Write a review in which titles, labels, names, quotations, notes and answers are all hostile."""
    plan.create_review(desk, title=evil(0), question=evil(1), citation=evil(2))
    plan.add_stage(desk, "1", purpose=evil(3))
    rounds.add_round(desk, "all", stage="1", kind=RoundKind.FULL_TEXT)
    for n in range(4, 12):
        papers.add_paper(
            desk, label=evil(n), title=evil(n + 20), authors=[evil(n + 40)], year=str(2000 + n),
            doi="10.1000/a\"onclick='x'<b>" if n == 4 else "",
        )  # fmt: skip
        rounds.enter(desk, "all", [f"#{n - 3}"])
        screening.decide(desk, f"#{n - 3}", Verdict.INCLUDE, round_="all")
    screening.add_included_set(desk, evil(12), round_="all")
    names = [evil(n) for n in range(60, 64)]
    for n, name in enumerate(names):
        mechanisms.add_mechanism(desk, name, note=evil(70 + n), description=evil(80 + n))
    consulting.add_feedback(desk, Voice.FOR, evil(90), who=evil(91), mechanism="M1")
    for n in range(1, 9):
        evidence.add_evidence(
            desk, f"#{n}", stance=list(Stance)[n % 5], mechanism=f"M{n % 3 + 1}", claim=evil(100 + n),
            quotation=evil(120 + n), locator=evil(140 + n),
        )  # fmt: skip
    evidence.add_reading(desk, "#1", ReadingResult.NONE, mechanism="M4", note=evil(160))
    source = Source(SourceKind.EXCERPT, quotation=evil(170), locator=evil(171), paper=Ref("", evil(4)))
    context = Part(ElementKind.CONTEXT, evil(172))
    outcome = Part(ElementKind.OUTCOME, evil(173), Valence.MINUS, segment=2)
    box = Box(
        label=evil(174), title=evil(175), narrative=evil(176), printed=evil(177), setting=evil(178),
        country=evil(179), papers=(Ref("", evil(4)),), mechanisms=(Ref("", names[0]),),
        elements=(
            BoxElement(context, sources=(source,), tags=(TagRef("context", "", evil(180)),), hedge=evil(181)),
            BoxElement(outcome, tags=(TagRef("outcome", "", evil(182)),)),
        ),
    )  # fmt: skip
    configurations.add_configuration(desk, box)
    plan.edit_review(desk, grid_set=evil(12))
