"""Hostile text: whatever a file or a person brings, no raw control reaches the terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click
import pytest

from realist.cli.main import cli
from tests.cli.conftest import RAW, Ask, AskJson, Run
from tests.cli.test_every_verb import leaves

EVIL = (
    "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x9d0;owned\x9c [bold red]x[/] [@click=app.quit]y[/]"
    " =HYPERLINK(1) \u202egnp.exe\u2066\u200f\x7f\x00\x08\x85\u2028\u061c end"
)
CONTROLS = "[\x00-\x1f\x7f-\x9f]"
"""What no file that is a text holds: one that does is refused."""
LONG = "A title that goes on. " * 5_000
SURROGATES = b"\xed\xa0\x80 and \xff\xfe"
RIS = (
    f"TY  - JOUR\nTI  - {EVIL}\nAU  - {EVIL}, A.\nAU  - =cmd(), B.\nPY  - 2001\nJO  - {EVIL}\nKW  - {EVIL}\n"
    f"AB  - {EVIL}\nUR  - https://example.org/{EVIL}\nDO  - 10.1000/{EVIL}\nAN  - {EVIL}\nX\x1bX  - {EVIL}\n"
    f"ER  - \n\nTY  - {EVIL}\nTI  - {LONG}{EVIL}\nPY  - {EVIL}\nER  - \n\nTI  - {EVIL}\nER  - \n"
).encode() + b"TY  - JOUR\nTI  - " + SURROGATES + b"\nPY  - 2003\nER  - \n"  # fmt: skip
LOOKING = [
    name for name, _ in leaves(cli) if name.endswith(" list") or name in ("grid", "flow", "log", "check")
]


def clean(text: str) -> bool:
    """Whether nothing in a text would be obeyed by a terminal, and it is UTF-8."""
    text.encode("utf-8")
    return not RAW.search(text.replace("\n", ""))


@pytest.fixture
def hostile(bare: Path, run: Run) -> Path:
    """A review into which hostile text came by every door."""
    (bare / f"{EVIL[:20].replace('/', '')}.ris".replace("\x00", "")).write_bytes(RIS)
    (bare / "evil.ris").write_bytes(RIS + b"\n")
    boxes = [
        {"label": EVIL, "title": EVIL, "narrative": EVIL, "printed": EVIL, EVIL: EVIL, "papers": [EVIL],
         "mechanisms": [EVIL], "elements": [
             {"kind": "context", "text": EVIL, "tags": [{"kind": "context", "name": EVIL}],
              "sources": [{"quotation": EVIL, "locator": EVIL}]},
             {"kind": "outcome", "text": EVIL},
         ]},
    ]  # fmt: skip
    evil = json.dumps(EVIL).replace("\x7f", "\\u007f")
    (bare / "evil.toml").write_text(
        f"name = {evil}\nnote = {evil}\n[[field]]\nkey = 'evil'\nlabel = {evil}\nhelp = {evil}\n"
        f"[[field]]\nkey = 'worse'\nkind = 'many choices'\nchoices = [{evil.replace(';', '')}]\n"
    )
    (bare / "levels.toml").write_text(
        f"name = {evil}\nsource = {evil}\nnote = {evil}\n"
        f"[[code]]\nname = {evil[:1] + '=' + evil[1:]}\ndescription = {evil}\n"
    )
    (bare / "evil.html").write_text(f"<p>{re.sub(CONTROLS, '', EVIL)}</p>", encoding="utf-8")
    (bare / "boxes.json").write_text(json.dumps(boxes))
    for args in (
        ("import", *(path.name for path in bare.glob("*.ris")), "--source", EVIL, "--stage", EVIL),
        ("cmo", "import", "boxes.json"),
        ("mechanism", "add", f"{EVIL} 2", "--description", EVIL, "--alias", EVIL, "--reason", EVIL),
        ("context", "add", f"{EVIL} 2", "--description", EVIL),
        ("outcome", "add", EVIL),
        ("search", "add", EVIL, "--stage", EVIL, "--source", EVIL, "--strategy", EVIL),
        ("round", "add", EVIL, "--stage", EVIL, "--kind", "full text", "--reason", EVIL),
        ("round", "enter", EVIL, "#1", "#2", "--why", EVIL),
        ("decide", "#1", "exclude", "--round", EVIL, "--reason", "1", "--note", EVIL),
        ("set", "add", EVIL, "--paper", "#1", "--listed-in", EVIL),
        ("count", "add", "7", "--step", "screened", "--stage", EVIL, "--label", EVIL, "--source", EVIL),
        ("evidence", "add", "#1", "supports", "--mechanism", "M1", "--claim", EVIL, "--quotation", EVIL),
        ("attach", "#1", "evil.html"),
        ("excerpt", "add", "#1", EVIL, "--locator", EVIL, "--note", EVIL, "--site", EVIL),
        ("appraisal", "scale", "add", EVIL, EVIL, f"={EVIL} 2", "--description", EVIL),
        ("appraise", "#1", EVIL, f"={EVIL} 2", "--reason", EVIL),
        ("form", "import", "evil.toml"),
        ("form", "fill", "#1", f"evil=={EVIL}", f"worse={EVIL.replace(';', '')}", "--note", EVIL),
        ("framework", "import", "levels.toml"),
        ("code", "add", EVIL, "--description", EVIL, "--anyway"),
        ("code", "put", f"={EVIL}", "--box", "#1", "--part", "1", "--site", EVIL, "--note", EVIL),
        ("cmo", "dismiss", "#1", "partial", "--reason", EVIL),
        ("reading", "add", "#2", "none", "--mechanism", "M2", "--note", EVIL),
        ("paper", "edit", "#2", "journal", EVIL, "--reason", EVIL),
        ("paper", "add", "--label", f"={EVIL}", "--abstract", LONG, "--note", EVIL),
        ("person", "add", "EV", "--name", EVIL, "--role", EVIL),
        ("regularity", "add", EVIL, "--wording", EVIL, "--case", "#1", "--reason", EVIL, "--memo", EVIL),
        ("move", "add", "juxtapose", "--input", "box #1", "--input", "paper #1", "--reason", EVIL),
        ("study", "add", EVIL, "--kind", EVIL, "--note", EVIL, "--paper", "#1"),
        ("paper", "relate", "#1", "#2", "--reason", EVIL),
        ("highlight", "add", EVIL),
        ("retrieval", "add", "#2", "not obtainable", "--reason", EVIL, "--on", EVIL),
        ("round", "enter", EVIL, "#3"),
        ("extraction", "allot", "independent", "#3", "--to", "SF", "--to", "EV"),
        ("extraction", "open", "#3", "--reason", EVIL),
        ("theory", "add", EVIL, "--source", EVIL, "--note", EVIL),
        ("theory", "version", "T1", "--add", EVIL, "--add", f"If {EVIL}, then {EVIL}", "--label", EVIL),
        ("theory", "bear", "T1", "#1", "weakens", "--part", "p1", "--reason", EVIL),
        ("evidence", "add", "#1", "supports", "--theory", "T1", "--part", "p2", "--claim", EVIL),
        (
            "theory",
            "version",
            "T1",
            "--reason",
            EVIL,
            "--word",
            "p2",
            f"{EVIL} 2",
            "--call",
            "p1",
            EVIL,
            "--priority",
            "p1",
            EVIL,
            "--moved-by",
            "box #1",
            "--dated",
            EVIL,
        ),
        ("consultation", "add", EVIL, "--who", EVIL, "--shown", EVIL, "--decided", EVIL, "--held", EVIL),
        ("memo", "add", "paper", "#1", EVIL),
        ("milestone", "add", EVIL, "--note", EVIL),
        ("theory", "add", f"{EVIL} 2", "--kind", "substantive"),
        ("theory", "situate", "T2", "--part", "T1 p1", "--reason", EVIL),
    ):
        said = run(*args)
        assert said.status in ((0, 1) if args[0] == "import" else (0,)), said.err
        assert clean(said.out + said.err)
    return bare


@pytest.mark.slow
def test_no_verb_shows_what_a_terminal_would_obey(hostile: Path, run: Run) -> None:
    shown = [tuple(verb.split()) for verb in LOOKING]
    shown += [("document", "show", "#1"), *(("paper", "show", f"#{n}") for n in (1, 2, 3))]
    shown += [("appraisal", "list", "#1"), ("form", "show"), ("form", "answers"), ("form", "answers", "#1")]
    shown += [("mechanism", "show", "M1"), ("mechanism", "show", "M2"), ("cmo", "show", "#1")]
    shown += [("regularity", "show", "#1")]
    shown += [
        ("cmo", "check"),
        ("cmo", "check", "--dismissed"),
        ("cross", "code", "site"),
        ("cross", "mechanism", "code", "--of", "all", "--show", "quotes"),
    ]
    shown += [("theory", verb, "T1") for verb in ("show", "compare", "strength", "thin")]
    shown += [("theory", "show", "T2"), ("report", "theory")]
    shown += [("grid", "--show", mode) for mode in ("counts", "stance", "valence")]
    quiet = [
        ("check",),
        ("document", "list"),
        ("mechanism", "list", "--lists"),
        ("log", "--act", "3"),
        ("paper", "list", "--search", EVIL),
    ]
    for verb in dict.fromkeys(shown + quiet):
        for args in (verb, (*verb, "--json")):
            said = run(*args)
            assert said.status == 0, (args, said.err)
            assert clean(said.out + said.err), args
            assert "]52;c" in said.out or verb in quiet


def test_the_words_themselves_are_kept(hostile: Path, ask_json: AskJson, ask: Ask) -> None:
    first = ask_json("paper", "show", "#1")
    assert first["title"].startswith("]52;c;aGk=[2J31m0;owned [bold red]x[/] [@click=app.quit]y[/]")
    assert first["authors"][-1] == "=cmd(), B."
    assert len(ask_json("paper", "show", "#2")["title"]) > 100_000
    ask("export", "records", "out.jsonl")
    raw = [json.loads(line)["raw"] for line in (hostile / "out.jsonl").read_text().splitlines()]
    assert "\x1b]52;c;aGk=\x07" in raw[0][1][1]


def test_written_files_cannot_hurt_either(hostile: Path, ask: Ask) -> None:
    ask("grid", "--csv", "grid.csv")
    ask("export", "records", "out.jsonl")
    ask("appraisal", "list", "--csv", "appraisals.csv")
    ask("form", "answers", "--csv", "answers.csv")
    ask("cross", "code", "site", "--csv", "cross.csv")
    for name in ("grid.csv", "appraisals.csv", "answers.csv", "cross.csv"):
        text = (hostile / name).read_text(encoding="utf-8-sig")
        assert clean(text)
        assert '"=' not in text
        assert "'=" in text or name == "grid.csv"
    assert (hostile / "out.jsonl").read_bytes().isascii()


def _hostile_args(command: click.Command, *, choices: bool) -> list[str]:
    """Return a command line that gives every text of a command hostile words."""
    args: list[str] = []
    for param in command.params:
        if param.name == "help" or (isinstance(param, click.Option) and param.is_flag):
            continue
        if isinstance(param.type, click.Choice):
            value = EVIL if choices else str(next(iter(param.type.choices)))
        elif isinstance(param.type, click.IntRange):
            value = EVIL if choices else "1"
        elif isinstance(param.type, click.Path) or param.name in ("file", "files"):
            value = EVIL.replace("\x00", "").replace("/", "")
        else:
            value = EVIL
        args += [param.opts[0], value] if isinstance(param, click.Option) else [value]
    return args


@pytest.mark.parametrize("choices", [False, True])
@pytest.mark.parametrize(("verb", "command"), list(leaves(cli)))
def test_hostile_words_typed_into_a_verb_come_back_harmless(
    verb: str, command: click.Command, choices: bool, small: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realist.samples.leadership.build_leadership", lambda address: None)
    monkeypatch.setattr("realist.samples.tour.build_tour", lambda address: None)
    for more in ([], ["--json"]):
        said = run(*verb.split(), *_hostile_args(command, choices=choices), *more)
        assert said.status in (0, 1, 2)
        assert clean(said.out + said.err)


@pytest.mark.parametrize(
    "args",
    [
        (EVIL,), ("paper", EVIL), (f"--{EVIL}",), ("round", "list", EVIL), ("paper", "list", f"--{EVIL}=1"),
        ("--db", EVIL.replace("\x00", ""), "check"), ("--as", EVIL, "undo"), ("me", EVIL),
        ("grid", "--list", EVIL),
    ],
)  # fmt: skip
def test_wrong_use_repeats_nothing_raw(args: tuple[str, ...], small: Path, run: Run) -> None:
    said = run(*args)
    assert said.status in (1, 2)
    assert said.out == ""
    assert clean(said.err)


def test_hostile_names_of_files_and_people_are_harmless(
    folder: Path, empty_file: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "\x1b[31m\u202e.realist"
    assert run("new", name, "--title", EVIL).status == 0
    monkeypatch.setenv("REALIST_PERSON", "\x1b[31mSF\x9c")
    said = run("stage", "add", "1a")
    assert said.status == 0
    assert said.err == "[31mSF is new to this review and was added.\n"
    (folder / "other\x1b.realist").write_bytes(b"x" * 200)
    several = run("check")
    assert several.status == 2
    assert clean(several.err)
    backup = run("--db", name, "backup", "\x1b]0;copy\x07.realist")
    assert (backup.status, clean(backup.out)) == (0, True)


def test_a_hostile_folder_that_is_synced_is_told_harmlessly(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = folder / "Dropbox \x1b[31m"
    synced.mkdir()
    monkeypatch.chdir(synced)
    assert run("--db", str(synced / "r.realist"), "new", "--title", "T").status == 0
    said = run("--db", str(synced / "r.realist"), "check")
    assert "is a synced folder: a rollback journal is used" in said.err
    assert clean(said.err)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.items() for text in _strings(list(item))]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [value] if isinstance(value, str) else []


def test_json_holds_clean_strings_too(hostile: Path, ask_json: AskJson) -> None:
    for verb in (["paper", "list"], ["cmo", "list"], ["grid"], ["mechanism", "list"], ["search", "list"]):
        strings = _strings(ask_json(*verb))
        assert strings
        assert all(clean(text) for text in strings)
