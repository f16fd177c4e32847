"""Two reviews that differ in what SF may not see alone: no verb says of one what it does not of the other."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from realist.cli.main import cli
from realist.formats.writing import FORMATS
from tests.blindness import (
    EXTRACTED_ACTS,
    EXTRACTED_IN_CONFIDENCE,
    IN_CONFIDENCE,
    ONE,
    OTHER,
    READ_IN_CONFIDENCE,
    ROUND,
    build_extracted,
    finish,
    finish_extracting,
)
from tests.cli.conftest import Run, Said
from tests.cli.test_every_verb import leaves
from tests.cli.test_hostile_text import LOOKING
from tests.fewer import fewer

Args = tuple[str, ...]
OUT = "out"
SUPPLEMENT = (
    "appraisals", "characteristics", "entreq", "excluded", "feedback", "methods", "rameses", "searches",
)  # fmt: skip
FIGURES = ("agreement", "chains", "countries", "flow", "grid", "saturation", "years")
HIDDEN = (*IN_CONFIDENCE, *READ_IN_CONFIDENCE, *EXTRACTED_IN_CONFIDENCE)
WORDS = (
    "zebra", "quokka", "key", "nothing on it", "walking", "pearl", "dross", "again", "think", "heron",
    "magpie", "pelican", "gannet", "record", "extract", "box", "power",
)  # fmt: skip
DECIDING = ("include", "exclude", "maybe", "decide #1", "tag", "undo decide")
FILTERS = (
    "state:included", "state:excluded", "state:open", "-state:open", "is:conflict", "tag:pearl", "tag:dross",
    "tag:p", "tag:mine", "tag:later", "has:tag", "-has:tag", "zebra", "quokka", "tag:pearl,mine",
    "has:evidence", "-has:box", "mechanism:Trust", "mechanism:Power",
)  # fmt: skip
ASKED: dict[str, tuple[Args, ...]] = {
    "agreement": ((), (ROUND,), (ROUND, "--three-way")),
    "appraisal list": ((), ("A",), ("E",), ("--csv", OUT), ("--set", "building")),
    "backup": (),
    "cmo export": ((f"{OUT}.json",), (f"{OUT}.txt", "--paper", "G")),
    "cmo lineage": ((), ("1",), ("RP 1",), ("--mermaid", "-")),
    "cmo list": ((), ("--paper", "G"), ("--mechanism", "Power")),
    "cmo check": ((), ("1",), ("--paper", "B"), ("--dismissed",)),
    "cmo show": (("1",), ("#2",), ("RP 1",)),
    "consultation said": ((), ("--about", "box RP 1"), ("--about", "mechanism Trust")),
    "consultation show": (("June",),),
    "memo list": ((), ("--find", "pelican"), ("--on", "box 1"), ("--kind", "part"), ("--kind", "memo")),
    "report changes": ((),),
    "report retroduction": ((),),
    "code list": ((), ("--put",), ("--grew",)),
    "cross": (
        ("paper", "code"), ("field:country", "paper"), ("paper", "appraisal:rigour"), ("code", "country"),
        ("site", "valence", "--of", "codings", "--csv", OUT), ("dimension", "mechanism", "--show", "quotes"),
    ),
    "evidence list": ((), ("--paper", "G"), ("--mechanism", "Trust")),
    "excerpt list": ((), ("G",), ("--flagged",)),
    "extraction agreement": ((),),
    "extraction compare": (("G",),),
    "extraction list": ((), ("G",), ("--by", "RP"), ("--checks",)),
    "export decisions": ((OUT,), (OUT, "--round", ROUND)),
    "export boxes": (
        *((OUT, "--format", name) for name in ("json", "html", "csv")),
        (OUT, "--format", "markdown", "--as", "table"),
        (OUT, "--format", "latex", "--paper", "G"),
    ),
    "export grid": tuple((OUT, "--format", name) for name in ("json", "html", "xlsx", "docx")),
    "export map": ((f"{OUT}.html",), (f"{OUT}.html", "--set", "building")),
    "export papers": (
        *((OUT, "--format", name) for name in FORMATS),
        *((OUT, "--format", "csv", "--", word) for word in FILTERS),
    ),
    "export records": ((OUT,),),
    "export review": ((OUT,), (OUT, "--no-attachments")),
    "form answers": ((), ("A",), ("E",), ("--csv", OUT), ("--set", "building")),
    "form show": ((), ("--toml",)),
    "framework show": (("Levels",),),
    "find": tuple((word,) for word in WORDS),
    "grid": ((), ("--set", "building"), ("--csv", OUT), ("-o", OUT, "--format", "markdown")),
    "imports refused": (),
    "imports show": (),
    "log": (
        ("--limit", "100"),
        ("--by", "RP"),
        ("--by", "LM"),
        *(("--words", word) for word in (*WORDS, *DECIDING)),
        *(("--act", str(n)) for n in HIDDEN),
    ),
    "mechanism show": (("M1",), ("M2",)),
    "move list": ((), ("--on", "box 1")),
    "move show": (("1",),),
    "mechanism history": (("M1",), ("M2",)),
    "context history": (("#1",),),
    "outcome history": (("#1",),),
    **{f"{kind} waiting": ((), ("#1",)) for kind in ("mechanism", "context", "outcome")},
    "mechanism lists show": ((),),
    "overlap": ((),),
    "pattern chains": ((), ("--mermaid", "-"), ("--svg", OUT)),
    "pattern recurrent": ((), ("--papers", "1"), ("--worded",), ("--pairs",)),
    "pattern similar": ((), ("--words",), ("1",), ("RP 1",), ("--over", "50")),
    "paper list": (
        (), *(("--sort", "state", *more) for more in ((), ("--desc",))), ("--csv", OUT),
        *(("--", word) for word in FILTERS),
    ),
    "paper show": tuple((label,) for label in "ABCDEFG"),
    **{f"report {name}": ((), (f"{OUT}.md",)) for name in SUPPLEMENT},
    "export figure": tuple((name, f"{OUT}.svg") for name in FIGURES),
    "flow": ((), ("--prisma",), ("-o", f"{OUT}.mmd"), ("-o", f"{OUT}.csv")),
    "report theory": ((), (OUT,)),
    "retrieval list": ((), ("--csv", OUT)),
    "review show": ((),),
    "theory compare": (("T1",),),
    "theory show": (("T1",), ("T1", "--version", "1")),
    "theory strength": (("T1",), ("T1", "--version", "1")),
    "theory thin": ((), ("T1",)),
    "saturation": ((), ("--every", "1"), ("--svg", OUT)),
    "regularity list": ((), ("--all",)),
    "regularity show": (("1",),),
    "round progress": ((ROUND,),),
    "round waiting": ((ROUND,), (ROUND, "--for", "resolution")),
}  # fmt: skip
"""How verbs that look are asked, those that end in *list* and need nothing left out; () for not at all."""
TERMINAL = {"screen"}


@cache
def looking() -> dict[str, tuple[Args, ...]]:
    """Return every verb that only looks, told by its source, and how it is asked."""
    found = {}
    for verb, command in leaves(cli):
        callback = inspect.unwrap(command.callback)  # type: ignore[arg-type]
        if "desk()" not in inspect.getsource(callback) and "review()" in inspect.getsource(callback):
            found[verb] = ASKED.get(verb, ((),) if verb in LOOKING else ())
    return found


def test_every_verb_that_looks_is_asked_here() -> None:
    looks = looking().keys()
    assert set(LOOKING) <= looks
    assert {verb for verb, asked in looking().items() if not asked} <= {
        "backup", "document save", "document show", "export all", "imports refused", "imports show",
        *TERMINAL,
    }  # fmt: skip
    assert ASKED.keys() - looks == set()


@cache
def lines() -> list[Args]:
    """Every command line that is asked, as text and as JSON; what undoing would do, too."""
    found = [
        (*verb.split(), *_before_dashes(args, more))
        for verb, asked in looking().items()
        for args in asked
        for more in ((), ("--json",))
        if (more or "--act" not in args) and not (more and "--toml" in args)
    ]
    return [*found, *(("undo", str(n), "--preview", "--json") for n in HIDDEN)]


def _before_dashes(args: Args, more: Args) -> Args:
    place = args.index("--") if "--" in args else len(args)
    return (*args[:place], *more, *args[place:])


@pytest.fixture(scope="session")
def both_files(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> tuple[Path, Path]:
    """The two reviews, to copy."""
    folder = tmp_path_factory.mktemp("blind")
    for name, told in (("one", ONE), ("other", OTHER)):
        build_extracted(folder / f"{name}.realist", empty_file, told)
    return folder / "one.realist", folder / "other.realist"


@pytest.fixture
def both(folder: Path, both_files: tuple[Path, Path]) -> tuple[Path, Path]:
    """A folder for each of the two reviews, where each has the same name."""
    for name, file in zip(("one", "other"), both_files, strict=True):
        (folder / name).mkdir()
        shutil.copy(file, folder / name / "review.realist")
    return folder / "one", folder / "other"


@pytest.fixture
def told(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a verb in a folder as somebody; what it wrote to a file counts as said."""

    def tell(folder: Path, who: str, args: Args) -> Said:
        monkeypatch.chdir(folder)
        monkeypatch.delenv("REALIST_PERSON", raising=False)
        said = run(*(("--as", who) if who else ()), *args)
        wrote = ""
        for out in sorted(folder.glob(f"{OUT}*")):
            wrote += out.read_bytes().hex()
            out.unlink()
        return Said(said.status, said.out + wrote, said.err)

    return tell


def differing(told: Callable[..., Said], both: tuple[Path, Path], who: str) -> set[Args]:
    """Return the command lines that say something else of one review than of the other."""
    return {args for args in lines() if told(both[0], who, args) != told(both[1], who, args)}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["SF", "", "LM", "XX"])
def test_who_may_not_see_it_is_told_the_same_to_the_byte(
    who: str, told: Callable[..., Said], both: tuple[Path, Path]
) -> None:
    assert differing(told, both, who) == set()


def test_sf_is_told_the_same_by_every_verb(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    """Of a few command lines of each verb; every line of every verb runs with the slow tests."""
    few = [args for verb in (*looking(), "undo") for args in _of(verb)[:2]]
    assert all(_of(verb) for verb, asked in looking().items() if asked)
    assert [args for args in few if told(both[0], "SF", args) != told(both[1], "SF", args)] == []


@pytest.mark.slow
def test_nobody_at_the_keyboard_is_told_the_same(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    """As who is somebody, of a few command lines of each verb."""
    few = [args for verb in looking() for args in _of(verb)[:4]]
    assert [args for args in few if told(both[0], "", args) != told(both[1], "", args)] == []


def _of(verb: str) -> list[Args]:
    return [args for args in lines() if " ".join(args).startswith(verb)]


def differ(told: Callable[..., Said], both: tuple[Path, Path], who: str, *verbs: str) -> list[str]:
    """Return those of *verbs* that say something else of one review than of the other."""
    return [
        verb
        for verb in verbs
        if any(told(both[0], who, args) != told(both[1], who, args) for args in _of(verb))
    ]


THEIRS = (
    "log", "undo", "find", "paper list", "export decisions", "export papers", "appraisal list",
    "form answers", "code list", "framework show", "cross",
)  # fmt: skip


def test_who_did_it_is_told_what_they_did(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    last = told(both[0], "RP", ("log", "--limit", "1", "--json")).out
    assert last.count(f'"number": {EXTRACTED_ACTS}') == 1
    assert differ(told, both, "RP", *THEIRS) == [*THEIRS]


@fewer("who", ["SF", "LM"], 0)
def test_when_all_have_decided_it_is_told(
    who: str, told: Callable[..., Said], both: tuple[Path, Path]
) -> None:
    for folder in both:
        finish(folder / "review.realist", opened=False)
    every = (*THEIRS, "round list", "set list", "grid", "flow", "agreement", "round waiting")
    assert differ(told, both, who, *every) == [*every]


@fewer("who", ["SF", "LM", ""], 0)
def test_when_the_round_is_opened_it_is_told(
    who: str, told: Callable[..., Said], both: tuple[Path, Path]
) -> None:
    for folder in both:
        finish(folder / "review.realist", opened=True)
    every = [verb for verb in THEIRS if who or verb != "undo"]
    assert differ(told, both, who, *every) == every


EXTRACTED = (
    "log", "find", "cmo list", "evidence list", "excerpt list", "reading list", "mechanism list",
)  # fmt: skip


@fewer("opened", [False, True], 0)
def test_when_all_are_done_what_was_extracted_is_told(
    opened: bool, told: Callable[..., Said], both: tuple[Path, Path]
) -> None:
    for folder in both:
        finish_extracting(folder / "review.realist", opened=opened)
    assert differ(told, both, "LM", *EXTRACTED, "extraction compare") == [*EXTRACTED, "extraction compare"]


def test_who_extracted_is_told_their_own(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    assert differ(told, both, "RP", *EXTRACTED) == [*EXTRACTED]


@pytest.mark.slow
def test_how_long_another_took_is_seen_in_the_progress_of_a_round_alone(
    told: Callable[..., Said], empty_file: Path, both: tuple[Path, Path]
) -> None:
    build_extracted(both[1] / "review.realist", empty_file, ONE._replace(seconds=47.25))
    some = ("log", "paper show", "paper list", "round list", "round waiting", "export decisions", "agreement")
    assert differ(told, both, "SF", *some, "round progress") == ["round progress"]


@pytest.mark.slow
def test_nothing_secret_is_said_at_all(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    secret = [
        ONE.tag, ONE.note, ONE.why, ONE.claim, ONE.quotation, "Otters", "Zebra crossing", "says include",
        "pelican",
    ]  # fmt: skip
    for args in lines():
        if not set(secret) & set(args):
            said = told(both[0], "SF", args)
            assert not [word for word in secret if word in said.out + said.err], args


def test_what_sf_does_is_answered_the_same(told: Callable[..., Said], both: tuple[Path, Path]) -> None:
    acts: list[Args] = [
        ("undo", "23"), ("redo", "27"), ("undo", "39"), ("undo", "50"), ("undo", "51"),
        ("appraise", "A", "rigour", "--take-back"), ("appraise", "B", "rigour", "--take-back"),
        ("appraisal", "scale", "drop", "rigour", "high"), ("appraisal", "scale", "drop", "rigour", "low"),
        ("form", "fill", "B", "country="), ("form", "fill", "E", "country=", "--agreed"),
        ("code", "take", "high", "--paper", "A"), ("code", "take", "low", "--box", "1"),
        ("code", "put", "high", "--paper", "A", "--valence", "+"), ("undo", "66"), ("undo", "70"),
        ("paper", "untag", "A", "--name", "pearl"),
        ("paper", "untag", "A", "--name", "dross"), ("paper", "untag", "A", "--name", "nowhere"),
        ("paper", "tag", "A", "B", "--name", "walnut"), ("paper", "untag", "A", "--name", "walnut"),
        ("resolve", "A", "include", "--round", ROUND), ("park", "A", "--round", ROUND), ("undo",),
        ("round", "enter", ROUND, "G"), ("set", "add", "again", "--round", ROUND),
        ("decide", "D", "maybe", "--round", ROUND),
        ("cmo", "drop", "#2", "--reason", "no"), ("cmo", "add", "x (C)", "--paper", "G"),
        ("evidence", "add", "G", "supports", "--claim", "x", "--box", "RP 1"),
        ("undo", "77"), ("undo", "81"), ("undo", "73"),
        ("extraction", "consensus", "G"),
        ("extraction", "allot", "check", "--of", "RP", "--to", "LM"),
        ("round", "edit", ROUND, "--readers", "1"),
    ]  # fmt: skip
    for args in acts:
        one, other = (told(folder, "SF", args) for folder in both)
        assert (one.status, one.out, one.err) == (other.status, other.out, other.err), args
