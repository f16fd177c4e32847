"""Every verb: a right use as text and as JSON, a wrong use (2), bad input (1), never a traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from realist.cli.main import cli
from realist.samples.leadership import build_leadership
from tests.cli import cases_lives, cases_patterns
from tests.cli.cases import CASES
from tests.cli.conftest import Ask, AskJson, Run
from tests.cli.consulted import prepared as consulted
from tests.cli.theory_cases import prepare as prepare_theory

_WITHOUT = ("import-review", "me", "sample", "new")
RIS = "TY  - JOUR\nTI  - One\nPY  - 2001\nER  - \n\nTY  - JOUR\nTI  - Two\nPY  - 2002\nER  - \n"


def leaves(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every verb that can be called with its full name."""
    context = click.Context(group, help_option_names=["-h", "--help"])
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, f"{before}{name} ")
        else:
            yield before + name, command


@pytest.fixture
def desk(small: Path, small_file: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small review, some files beside it, and an act that was undone."""
    (small / "notes.txt").write_text("These are notes, and no review at all.\n" * 9)
    (small / "new.ris").write_text(RIS)
    head = "record_key,round,person,verdict"
    (small / "decisions.csv").write_text(f"{head}\n#1,Full text,SH,exclude\n")
    (small / "odd.csv").write_text(f"{head}\n#1,Full text,SH,perhaps\n")
    (small / "odd.ris").write_text(f"{RIS}\nTI  - no beginning\n")
    boxes = [{"label": "3", "elements": [{"kind": "context", "text": "a merger"}]}, {"label": "4"}]
    (small / "form.toml").write_text('name = "features"\n[[field]]\nkey = "aim"\n')
    (small / "levels.toml").write_text(
        'name = "Levels of care"\n[[code]]\nname = "One"\n[[code]]\nname = "Two"\nwithin = "One"\n'
    )
    (small / "boxes.json").write_text(json.dumps(boxes))

    def copied(address: str) -> None:
        if Path(address).exists():
            build_leadership(address)
        shutil.copy(small_file, address)

    monkeypatch.setattr("realist.samples.leadership.build_leadership", copied)
    monkeypatch.setattr("realist.samples.tour.build_tour", copied)
    return small


def _prepared(verb: str, words: list[str], ask: Ask) -> list[str]:
    words = cases_lives.prepared(verb, words, ask)
    if verb.startswith(("theory", "report theory")):
        return prepare_theory(verb, words, ask)
    if verb == "redo":
        ask("undo")
    if verb in ("export review", "import-review"):
        ask("round", "open", "Confidential")
        ask("export", "review", "kept.zip")
    if verb.startswith(("imports", "overlap")):
        assert CliRunner().invoke(cli, ["import", "odd.ris", "--search", "Embase 1a"]).exit_code == 1
    if verb.startswith(("resolve", "agreement")):
        ask("--as", "SH", "decide", "#1", "exclude", "--round", "Full text")
    if verb.startswith("move") and verb != "move add":
        ask(*CASES["move add"].words("right"))
    if verb.startswith(("document", "excerpt")):
        ask("attach", "#1", "notes.txt", "--embed")
    if verb.startswith("excerpt") and verb != "excerpt add":
        uid = json.loads(ask("excerpt", "add", "#1", "--at", "1:0-15", "--json"))["uid"]
        words = [uid if word == "EXCERPT" else word for word in words]
    if verb == "appraisal scale drop":
        ask("round", "open", "Confidential")
    if "LINK" in words:
        uid = json.loads(ask("cmo", "link", "2b", "2", "2b", "1", "--json"))["uid"]
        words = [uid if word == "LINK" else word for word in words]
    if verb == "extraction check":
        ask("extraction", "allot", "extract", "#1", "--to", "SH")
        ask("extraction", "allot", "check", "--of", "SH", "--to", "SF")
        args = ("evidence", "add", "#1", "supports", "--mechanism", "M1", "--claim", "x", "--json")
        uid = json.loads(ask("--as", "SH", *args))["uid"]
        words = [uid if word == "THEIRS" else word for word in words]
    elif verb.startswith("extraction") and verb != "extraction allot":
        ask("extraction", "allot", "independent", "#1", "--to", "SF", "--to", "SH")
        if verb.endswith(("consensus", "compare", "agreement")):
            ask("cmo", "add", "a merger (C) → people leave (O–)", "--paper", "#1", "--mechanism", "M1")
            ask("extraction", "done", "#1")
            ask("--as", "SH", "extraction", "done", "#1")
    words = consulted(verb, words, ask)
    cases_patterns.prepare(verb, ask)
    if "EVIDENCE" in words:
        uid = json.loads(ask("evidence", "list", "--json"))[0]["uid"]
        words = [uid if word == "EVIDENCE" else word for word in words]
    return words


def test_every_verb_has_its_case() -> None:
    assert {*CASES, "screen"} == {name for name, _ in leaves(cli)}, "screen needs a terminal"


@pytest.mark.parametrize("verb", CASES)
def test_a_right_use_says_what_it_did(verb: str, desk: Path, ask: Ask) -> None:
    case = CASES[verb]
    assert case.says in ask(*_prepared(verb, case.words("right"), ask))


@pytest.mark.parametrize("verb", CASES)
def test_json_has_its_shape(verb: str, desk: Path, ask: Ask, ask_json: AskJson) -> None:
    case = CASES[verb]
    value = ask_json(*_prepared(verb, case.words("right"), ask))
    rows = value if isinstance(value, list) else [value]
    assert rows
    assert len({frozenset(row) for row in rows}) == 1
    assert set(case.keys.split()) <= set(rows[0])


@pytest.mark.parametrize("verb", CASES)
def test_a_wrong_use_is_explained_and_changes_nothing(verb: str, desk: Path, run: Run) -> None:
    case = CASES[verb]
    before = (desk / "review.realist").read_bytes()
    said = run(*case.words("wrong"))
    assert (said.status, said.out) == (2, "")
    assert case.complains in said.err
    assert (desk / "review.realist").read_bytes() == before


@pytest.mark.parametrize("verb", CASES)
def test_bad_input_is_one_sentence_and_changes_nothing(verb: str, desk: Path, run: Run, ask: Ask) -> None:
    case = CASES[verb]
    before = ask("log", "--json")
    said = run(*case.words("bad"))
    status = 2 if "initials" in case.sentence and verb != "person add" else 1
    assert (said.status, said.out, said.sentence) == (status, "", case.sentence)
    assert ask("log", "--json") == before


@pytest.mark.parametrize("verb", [verb for verb in CASES if verb.split()[0] not in _WITHOUT])
def test_without_a_review_it_says_what_to_do(verb: str, folder: Path, run: Run) -> None:
    (folder / "boxes.json").write_text("[]")
    said = run(*CASES[verb].words("right"))
    assert said.status == 2
    assert said.sentence == (
        "There is no review in this folder: make one with `realist new FILE`, or name one with --db."
    )
    assert [path.name for path in folder.iterdir()] == ["boxes.json"]
