"""The CMO notation is read in its many printed forms, and what cannot be read is pointed at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realist.domain.notation import NotationProblem, Part, ProblemKind, Reading, read, tag, write
from realist.vocabulary import Activation, Basis, ElementKind, Valence

C, M, O = ElementKind.CONTEXT, ElementKind.MECHANISM, ElementKind.OUTCOME  # noqa: E741
RESOURCE, REASONING, UNSURE = ElementKind.RESOURCE, ElementKind.REASONING, ElementKind.UNSURE
PLUS, MINUS, MIXED, NO_CHANGE = Valence.PLUS, Valence.MINUS, Valence.MIXED, Valence.NO_CHANGE

BOX = (
    Part(C, "two teams share a hall"),
    Part(RESOURCE, "the manager opens a kitchen", PLUS, segment=2),
    Part(REASONING, "people feel like neighbours", PLUS, segment=2, join="and"),
    Part(O, "they swap shifts", PLUS, segment=3),
    Part(O, "lunch breaks grow longer", MINUS, segment=3, join="but"),
)


def shapes(text: str) -> list[tuple[int, str, ElementKind, Valence | None]]:
    """Return segment, join, kind and valence of every part of *text*, which reads without problems."""
    reading = read(text)
    assert reading.problems == ()
    return [(part.segment, part.join, part.kind, part.valence) for part in reading.parts]


def only(text: str) -> NotationProblem:
    """Return the one problem of *text*."""
    problems = read(text).problems
    assert len(problems) == 1, problems
    return problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "two teams share a hall (C) → the manager opens a kitchen (M+, Resource) and people "
        "feel like neighbours (M+, Reasoning) → they swap shifts (O+) but lunch breaks grow longer (O–).",
        "Two teams share a hall (C) -> The manager opens a kitchen (M+ Resource) and people "
        "feel like neighbours (M+ Reasoning) -> They swap shifts (O+) but lunch breaks grow longer (O-)",
        "two teams share a hall (c) --> the manager opens a kitchen (m+, resource), and people "
        "feel like neighbours (m+ reasoning) --> they swap shifts (o+), but lunch breaks grow longer (o−).",
        "two teams share a hall (Context) ⇒ the manager opens a kitchen (Mechanism: resource +) AND "
        "people feel like neighbours (MECHANISM: REASONING +) ⇒ they swap shifts (Outcome +) BUT lunch "
        "breaks grow longer (Outcome –)",
        "two teams share a hall [C] ⟶ the manager opens a kitchen [Resource +] & people feel like "
        "neighbours [Reasoning: positive] ⟶ they swap shifts [O: +] but lunch breaks grow longer [O minus]",
        "two teams share a hall(C)=>the manager opens a kitchen (M (resource) +) and people "
        "feel like neighbours (M-reasoning, +) ▶️ they swap shifts (O+ve) but lunch breaks grow "
        "longer (O -ve)",
        "C: two teams share a hall → M (resource)+: the manager opens a kitchen and M (reasoning)+: "
        "people feel like neighbours → O+: they swap shifts; but O–: lunch breaks grow longer.",
        "Context: two teams share a hall; Resource +: the manager opens a kitchen and Reasoning +: "
        "people feel like neighbours; Outcome +: they swap shifts but O-: lunch breaks grow longer",
        "Context: two teams share a hall.\nMechanism (resource, +): the manager opens a kitchen\n"
        "and mechanism-reasoning +: people feel like neighbours\nOutcomes +: they swap shifts\n"
        "but outcome −: lunch breaks grow longer\n",
        "(C) two teams share a hall → (M+, Resource) the manager opens a kitchen and (M+, Reasoning) "
        "people feel like neighbours → (O+): they swap shifts but (O–): lunch breaks grow longer.",
    ],
)
def test_every_surface_form_reads_alike(text: str) -> None:
    reading = read(text)
    assert reading.problems == ()
    lowered = [(part.text[:1].lower() + part.text[1:], part) for part in reading.parts]
    assert [text for text, _ in lowered] == [part.text for part in BOX]
    assert [(p.kind, p.valence, p.segment, p.join) for p in reading.parts] == [
        (p.kind, p.valence, p.segment, p.join) for p in BOX
    ]


def test_writing_prints_as_the_field_does() -> None:
    assert write(BOX) == (
        "two teams share a hall (C) → the manager opens a kitchen (M+, Resource) and people "
        "feel like neighbours (M+, Reasoning) → they swap shifts (O+) but lunch breaks grow longer (O–)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # One context, a resource and a reasoning in one segment, two outcomes.
        (
            "A trust is founded (C) → The director answers every letter, even the angry ones (M+, Resource) "
            "and staff calm down (M+, Reasoning) → Meetings fill up (O+) and stay full (O+).",
            [(1, "", C, None), (2, "", RESOURCE, PLUS), (2, "and", REASONING, PLUS), (3, "", O, PLUS),
             (3, "and", O, PLUS)],
        ),
        # Minus as hyphen and as en dash.
        (
            "Wards close (C) → A chief counts ‘beds, and only beds’ (M-, Resource) but nurses count people "
            "(M-, Reasoning) → A head nurse leaves (O–) and sadness from the ward (O–).",
            [(1, "", C, None), (2, "", RESOURCE, MINUS), (2, "but", REASONING, MINUS), (3, "", O, MINUS),
             (3, "and", O, MINUS)],
        ),
        # No comma in one tag, and a good mechanism with a bad outcome.
        (
            "Leads get a free day (C) → Leads sit on two boards (M+ Resource) and their face is known "
            "(M+, Reasoning) → Leads are torn between boards (O–).",
            [(1, "", C, None), (2, "", RESOURCE, PLUS), (2, "and", REASONING, PLUS), (3, "", O, MINUS)],
        ),
        # Different directions within one mechanism.
        (
            "A unit must be drawn anew (C) → The lead asks for sketches (M+, Resource) but hangs up another "
            "(M-, Reasoning) → This stings (O–) and many stay away (O–).",
            [(1, "", C, None), (2, "", RESOURCE, PLUS), (2, "but", REASONING, MINUS), (3, "", O, MINUS),
             (3, "and", O, MINUS)],
        ),
        # "and so": the join is one word, the rest is wording.
        (
            "‘Head office rule’ at the top (C) → Heads turn shy (M-, Resource) and so look at next week only "
            "(M-, Reasoning) → Teams try less, even when they could (O–).",
            [(1, "", C, None), (2, "", RESOURCE, MINUS), (2, "and", REASONING, MINUS), (3, "", O, MINUS)],
        ),
        # A full stop joins, and the reasoning spans two sentences.
        (
            "Two sites, two heads (C) → Both heads agree to share a desk (M+, Resource). They phone daily. "
            "They also ask before moving a chair (M+, Reasoning) → This builds trust (O+).",
            [(1, "", C, None), (2, "", RESOURCE, PLUS), (2, ".", REASONING, PLUS), (3, "", O, PLUS)],
        ),
        # A relative clause with a comma inside the wording.
        (
            "Two units are joined (C) → Heads draw a chart, which means three bosses each (M-, Resource) and "
            "nobody knows why (M-, Reasoning) → People are lost and cross (O–).",
            [(1, "", C, None), (2, "", RESOURCE, MINUS), (2, "and", REASONING, MINUS), (3, "", O, MINUS)],
        ),
    ],
)  # fmt: skip
def test_the_shapes_of_published_boxes(
    text: str, expected: list[tuple[int, str, ElementKind, Valence | None]]
) -> None:
    assert shapes(text) == expected


def test_wording_of_a_part_in_two_sentences() -> None:
    text = "Both agree (M+, Resource). They phone daily. They also ask (M+, Reasoning) → Trust (O+)."
    assert [part.text for part in read(text).parts] == [
        "Both agree",
        "They phone daily. They also ask",
        "Trust",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a quiet ward (C), more sleep (O+) because nurses whisper (M+, Reasoning)",
            [(1, "", C, None), (1, ",", O, PLUS), (1, "because", REASONING, PLUS)],
        ),
        (
            "If a ward is quiet (C), then patients sleep (O+) because nurses whisper (M+).",
            [(1, "if", C, None), (1, "then", O, PLUS), (1, "because", M, PLUS)],
        ),
        (
            "If there is a rota (C1), this enacts fairness (M1) and results in calm (O1+)",
            [(1, "if", C, None), (1, ",", M, None), (1, "and", O, PLUS)],
        ),
        (
            "a rota (M, Resource) → on a small ward (C) → feels fair (M+, Reasoning) → calm (O+)",
            [(1, "", RESOURCE, None), (2, "", C, None), (3, "", REASONING, PLUS), (4, "", O, PLUS)],
        ),
        (
            "small wards (C1) or big wards (C2) → fear (M1) and/or hope (M2); pride (M3) → noise (O0)",
            [(1, "", C, None), (1, "or", C, None), (2, "", M, None), (2, "and/or", M, None),
             (2, ";", M, None), (3, "", O, NO_CHANGE)],
        ),
        (
            "a ward (C) → makes the rota known (M+) leads to calm (O±)",
            [(1, "", C, None), (2, "", M, PLUS), (2, ",", O, MIXED)],
        ),
        (
            "a course (I) → nurses (A) → a plan (S) → something (?)",
            [(1, "", ElementKind.INTERVENTION, None), (2, "", ElementKind.ACTOR, None),
             (3, "", ElementKind.STRATEGY, None), (4, "", UNSURE, None)],
        ),
        (
            "(Context) a ward → (Mechanism) a rota",
            [(1, "", C, None), (2, "", M, None)],
        ),
    ],
)  # fmt: skip
def test_other_orders(text: str, expected: list[tuple[int, str, ElementKind, Valence | None]]) -> None:
    assert shapes(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If wards are quiet, then patients sleep because nurses whisper.", ["if", "then", "because"]),
        ("if wards are quiet then patients sleep, because nurses whisper", ["if", "then", "because"]),
        ("IF wards are quiet, THEN patients sleep", ["if", "then"]),
    ],
)
def test_if_then_because_without_tags(text: str, words: list[str]) -> None:
    parts = (
        Part(C, "wards are quiet", join="if"),
        Part(O, "patients sleep", join="then"),
        Part(M, "nurses whisper", join="because"),
    )
    reading = read(text)
    assert reading.parts == parts[: len(words)]
    assert reading.problems == ()


def test_an_if_sentence_without_outcome_says_so() -> None:
    problem = only("If wards are quiet, then because nurses whisper.")
    assert (problem.kind, problem.message) == (ProblemKind.EMPTY, "There is no wording after “then”.")


@pytest.mark.parametrize(
    ("printed", "part"),
    [
        ("(C1)", Part(C, "x", label="C1")),
        ("(C1a)", Part(C, "x", label="C1a")),
        ("(Context 2)", Part(C, "x", label="C2")),
        ("(M2+, Resource)", Part(RESOURCE, "x", PLUS, "M2")),
        ("(M1, Resource, +)", Part(RESOURCE, "x", PLUS, "M1")),
        ("(O3–)", Part(O, "x", MINUS, "O3")),
        ("(M2.1)", Part(M, "x", label="M2.1")),
        ("(M)", Part(M, "x")),
        ("(M0)", Part(M, "x", NO_CHANGE)),
        ("(O0)", Part(O, "x", NO_CHANGE)),
        ("(O3, 0)", Part(O, "x", NO_CHANGE, "O3")),
        ("(O, no change)", Part(O, "x", NO_CHANGE)),
        ("(O+/-)", Part(O, "x", MIXED)),
        ("(O +/−)", Part(O, "x", MIXED)),
        ("(O+–)", Part(O, "x", MIXED)),
        ("(O mixed)", Part(O, "x", MIXED)),
        ("(O--)", Part(O, "x", MINUS)),
        ("(O—)", Part(O, "x", MINUS)),
        ("(M-Resource)", Part(RESOURCE, "x")),
        ("(M-response)", Part(REASONING, "x")),
        ("(M—Resource)", Part(RESOURCE, "x")),
        ("(M–Resource)", Part(RESOURCE, "x", MINUS)),
        ("(M−Resource)", Part(RESOURCE, "x", MINUS)),
        ("(M- Resource)", Part(RESOURCE, "x", MINUS)),
        ("(M -, Resource)", Part(RESOURCE, "x", MINUS)),
        ("(M (resource)-)", Part(RESOURCE, "x", MINUS)),
        ("(Resource, M+)", Part(RESOURCE, "x", PLUS)),
        ("( m + ; reasoning )", Part(REASONING, "x", PLUS)),
        ("(M+,\n  Resource)", Part(RESOURCE, "x", PLUS)),
        (
            "(M+, Reasoning, partial, inferred)",
            Part(REASONING, "x", PLUS, activation=Activation.PARTIAL, basis=Basis.INFERRED),
        ),
        ("(M stated strongly)", Part(M, "x", activation=Activation.STRONG, basis=Basis.STATED)),
        ('(C, "left \\(box\\)")', Part(C, "x", label="left (box)")),
        ("(A1)", Part(ElementKind.ACTOR, "x", label="A1")),
        ("(?)", Part(UNSURE, "x")),
        ("(?+)", Part(UNSURE, "x", PLUS)),
        ("(outcomes, negative)", Part(O, "x", MINUS)),
    ],
)
def test_tags(printed: str, part: Part) -> None:
    assert read(f"x {printed}") == Reading((part,), ())


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        (Part(C, ""), "(C)"),
        (Part(RESOURCE, "", PLUS), "(M+, Resource)"),
        (Part(REASONING, "", MINUS), "(M–, Reasoning)"),
        (Part(M, "", MIXED, "M2"), "(M2±)"),
        (Part(O, "", NO_CHANGE), "(O0)"),
        (Part(RESOURCE, "", NO_CHANGE, "M1"), "(M1, Resource, 0)"),
        (Part(C, "", label="1a"), '(C, "1a")'),
        (Part(C, "", label="M1"), '(C, "M1")'),
        (Part(UNSURE, "", label='say "(C)"'), '(?, "say \\"\\(C\\)\\"")'),
        (
            Part(M, "", PLUS, "M3b", Activation.WEAK, Basis.STATED),
            "(M3b+, weak, stated)",
        ),
    ],
)
def test_tags_as_printed(part: Part, printed: str) -> None:
    assert tag(part) == printed


@pytest.mark.parametrize(
    "wording",
    [
        "staff (NHS) and (n = 22)",
        "(see C. difficile) (p676)",
        "leader(s), manager(s)",
        "(a) one, (b) two and (i) three",
        "option (A) is free",
        "staff (context matters) say (response)",
        "help (resources) and money",
        "so (a strong leader) or (I partially agree)",
        "(A+E), (C-suite), (O-level), (I/O), (C-D), (C19 pandemic)",
        "wards (A+, B) and (the M25)",
        "(context – see above) and (outcome of care)",
        "(C, M, O) is the scheme",
        "never closed (M+, Resource",
        "closed) twice)) and ((",
        "a <-> b <- c <= d ↑ ↓ ↔",
        "C:\\temp\\(x86)\\and so",
        "50% > 40% and 3 - 2",
        "He said: O: no",
        'quoted (C, "left (box)")',
    ],
)
def test_ordinary_wording_stays_wording(wording: str) -> None:
    reading = read(f"we saw that {wording} (C) → y (O+)")
    assert reading.problems == ()
    assert [part.text for part in reading.parts] == [f"we saw that {wording}", "y"]


def test_joins_count_directly_after_a_tag_only() -> None:
    reading = read("bread and butter, because if (C) and then there was jam and honey (M); or so (O)")
    assert [(part.join, part.text) for part in reading.parts] == [
        ("", "bread and butter, because if"),
        ("and", "then there was jam and honey"),
        ("or", "so"),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Context: noisy (C)", Part(C, "noisy")),
        (
            "Mechanism 2, inferred: a rota (M+, Resource)",
            Part(RESOURCE, "a rota", PLUS, "M2", None, Basis.INFERRED),
        ),
        ("A: noisy (C)", Part(C, "A: noisy")),
    ],
)
def test_a_prefix_beside_a_tag(text: str, part: Part) -> None:
    assert read(text).parts == (part,)


def test_prefixes_after_commas() -> None:
    reading = read("Context: wards, A: no, M: rota, calm, Outcome +: calm")
    assert [part.text for part in reading.parts] == ["wards, A: no", "rota, calm", "calm"]
    assert [part.segment for part in reading.parts] == [1, 2, 3]


def test_one_prefix_a_line_under_a_heading() -> None:
    reading = read("Box 9\nContext: wards\nMechanism: rota\nOutcome: calm")
    assert [(part.kind, part.text) for part in reading.parts] == [
        (UNSURE, "Box 9"), (C, "wards"), (M, "rota"), (O, "calm"),
    ]  # fmt: skip
    assert [(p.kind, p.offset, p.excerpt) for p in reading.problems] == [(ProblemKind.UNTAGGED, 0, "Box 9")]


@pytest.mark.parametrize(
    ("text", "kind", "excerpt", "suggestion"),
    [
        ("x (O+) and then something", ProblemKind.UNTAGGED, "then something", ""),
        ("x (C) → loose → y (O+)", ProblemKind.UNTAGGED, "loose", ""),
        ("x (C) → loose end", ProblemKind.UNTAGGED, "loose end", ""),
        ("x (M+, Resourse) → y (O)", ProblemKind.UNKNOWN_TAG, "(M+, Resourse)", "(M+, Resource)"),
        ("x (M, Resonning) → y (O)", ProblemKind.UNKNOWN_TAG, "(M, Resonning)", "(M, Reasoning)"),
        (
            "x (M+ Reasoning, infered)",
            ProblemKind.UNKNOWN_TAG,
            "(M+ Reasoning, infered)",
            "(M+, Reasoning, inferred)",
        ),
        ("x (Contxt: +)", ProblemKind.UNKNOWN_TAG, "(Contxt: +)", "(C+)"),
        ("x (O+, lovely)", ProblemKind.UNKNOWN_TAG, "(O+, lovely)", ""),
        ("x (C, Resource)", ProblemKind.UNKNOWN_TAG, "(C, Resource)", ""),
        ("x (X+) → y (O)", ProblemKind.UNKNOWN_TAG, "(X+)", ""),
        ("x (X1–, Resource) → y (O)", ProblemKind.UNKNOWN_TAG, "(X1–, Resource)", ""),
        ("x (M+, Resource, –)", ProblemKind.CONTRADICTION, "(M+, Resource, –)", ""),
        ("x (M – Resource)", ProblemKind.AMBIGUOUS, "(M – Resource)", "(M, Resource)"),
        ("(C) → y (O)", ProblemKind.EMPTY, "(C)", ""),
        ("x (C) and (O)", ProblemKind.EMPTY, "(O)", ""),
        ("x (C) → C: → y (O)", ProblemKind.EMPTY, "C:", ""),
        ("x (C) and → y (O)", ProblemKind.EMPTY, "and", ""),
        ("→ y (O)", ProblemKind.EMPTY, "→", ""),
        ("x (C) → → y (O)", ProblemKind.EMPTY, "→ →", ""),
        ("x (C) → … → y (O)", ProblemKind.UNTAGGED, "…", ""),
        ("x (C) → ! → y (O)", ProblemKind.EMPTY, "!", ""),
        ("no tag at all", ProblemKind.NO_TAG, "no tag at all", ""),
        ("no → tag", ProblemKind.NO_TAG, "no → tag", ""),
        ("Outcme: calm", ProblemKind.UNKNOWN_TAG, "Outcme:", "Outcome:"),
        ("Context: a\nMechansm: b", ProblemKind.UNKNOWN_TAG, "Mechansm:", "Mechanism:"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(
    text: str, kind: ProblemKind, excerpt: str, suggestion: str
) -> None:
    problems = [problem for problem in read(text).problems if problem.kind is not ProblemKind.NO_TAG]
    problem = problems[0] if problems else only(text)
    assert (problem.kind, problem.excerpt, problem.suggestion) == (kind, excerpt, suggestion)
    assert text[problem.offset : problem.offset + problem.length] == excerpt
    assert problem.message.endswith(".")


def test_nothing_is_lost_where_reading_fails() -> None:
    assert read("x (O+) and then something").parts == (
        Part(O, "x", PLUS),
        Part(UNSURE, "then something", join="and"),
    )
    assert read("x (M+, Resourse) → y (X+)").parts == (
        Part(M, "x", PLUS),
        Part(UNSURE, "y (X+)", segment=2),
    )
    assert read("x (M+, Resource, –)").parts == (Part(RESOURCE, "x"),)
    assert read("(C) → y (O)").parts == (Part(C, ""), Part(O, "y", segment=2))


def test_a_long_stretch_has_a_short_excerpt() -> None:
    problem = only("x (C) → " + "word\n" * 1000)
    assert (problem.offset, problem.length) == (8, 4999)
    assert len(problem.excerpt) <= 60


@pytest.mark.parametrize("text", ["", " \n\t", "\x00"])
def test_nothing_is_nothing(text: str) -> None:
    reading = read(text)
    assert (reading.parts, reading.problems) == ((), ())


SHARED = Path(__file__).parents[2].parent / "shared" / "data"
KINDS = {"resource": RESOURCE, "reasoning": REASONING, "C": C, "O": O}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published article is not kept with the code")
def test_the_seven_published_boxes() -> None:
    article = (SHARED / "papers" / "sims_2021_leadership_realist_review.txt").read_text(encoding="utf-8")
    facts = json.loads((SHARED / "leadership_review" / "facts.json").read_text(encoding="utf-8"))
    printed = [line for line in article.splitlines() if "→" in line]
    assert len(printed) == len(facts["cmo_boxes"]) == 7
    joins = ["and", "but", "and", "but", "and", ".", "and"]
    for text, box, join in zip(printed, facts["cmo_boxes"], joins, strict=True):
        expected = [
            (KINDS[element.get("part", element["kind"])], element["valence"]) for element in box["elements"]
        ]
        reading = read(text)
        assert reading.problems == ()
        assert [(part.kind, part.valence) for part in reading.parts] == expected
        assert [part.segment for part in reading.parts] == [1, 2, 2, 3, 3][: len(expected)]
        assert [part.join for part in reading.parts] == ["", "", join, "", "and"][: len(expected)]
        assert read(write(reading.parts)) == reading
