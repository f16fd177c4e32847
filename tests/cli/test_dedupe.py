"""Joining duplicates by a verb: what it says, the log, taking back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, AskJson, Run


def _records(*titles: tuple[int, str]) -> str:
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Okafor, Ngozi\nPY  - 2014\nJO  - Invented Studies\n"
        f"VL  - {n}\nSP  - {n}1\nEP  - {n}9\nER  - \n\n"
        for n, title in titles
    )


@pytest.fixture
def imported(bare: Path, ask: Ask) -> Path:
    """A review with a paper that two databases have, and one that only the first has."""
    first = _records((3, "Walking groups after stroke"), (4, "=Tea, talk and trust in memory cafés"))
    (bare / "one.ris").write_text(first)
    (bare / "two.ris").write_text(_records((3, "WALKING GROUPS AFTER STROKE.")))
    ask("import", "one.ris", "two.ris")
    return bare


def test_it_joins_says_how_many_and_shows_the_log(imported: Path, ask: Ask) -> None:
    assert "1 paper would be joined with another; 2 papers of 3 records" in ask("dedupe", "--look")
    assert ask("dedupe", "--log") == "No papers are joined.\n"
    assert "1 paper was joined with another; 2 papers of 3 records" in ask("dedupe")
    assert "0 papers were joined with another; 2 papers of 3 records" in ask("dedupe", "--thorough")
    log = ask("dedupe", "--log")
    assert "#3 Okafor (2014) → #1 Okafor (2014): evidence 1.00, SF " in log
    assert "The titles" in log


def test_json_names_records_and_the_log_is_a_table(imported: Path, ask: Ask, ask_json: AskJson) -> None:
    done = ask_json("dedupe")
    assert (done["records"], done["papers"], done["joined"], done["doubtful"]) == (3, 2, 1, [])
    (row,) = ask_json("dedupe", "--log")
    assert (row["number"], row["into_number"], row["rule"], row["ended"]) == (3, 1, "evidence", "")
    assert "1 join was written to joins.csv." in ask("dedupe", "--log", "--csv", "joins.csv")
    with (imported / "joins.csv").open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["number"], line["score"], line["uid"]) == ("3", str(row["score"]), row["uid"])


def test_it_is_taken_back_and_what_a_person_took_apart_stays_apart(
    imported: Path, ask: Ask, run: Run
) -> None:
    ask("dedupe")
    assert ask("dedupe", "--undo").startswith("Undone: join duplicates 1 paper (balanced)")
    assert run("dedupe", "--undo").status == 1
    assert len(json.loads(ask("paper", "list", "--json"))) == 3
    ask("dedupe")
    ask("paper", "split", "#3", "--reason", "another edition")
    assert "0 papers were joined" in ask("dedupe", "--thorough")
    assert "Ended: another edition." in ask("dedupe", "--log")


def test_a_table_goes_with_the_log_only(imported: Path, run: Run) -> None:
    said = run("dedupe", "--csv", "joins.csv")
    assert (said.status, said.out) == (2, "")
    assert "--csv goes with --log." in said.err


def test_what_each_database_brought(imported: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("stage", "add", "1")
    (imported / "three.ris").write_text(_records((3, "Walking groups after stroke.")))
    ask("import", "three.ris", "--source", "=Medbase", "--stage", "1")
    ask("dedupe")
    lines = {row["name"]: row for row in ask_json("overlap")}
    assert set(lines) == {"not stated", "=Medbase"}
    assert lines["not stated"] == {
        "name": "not stated", "records": 3, "papers": 2, "only": 1, "shared": {"=Medbase": 1},
    }  # fmt: skip
    assert (lines["=Medbase"]["papers"], lines["=Medbase"]["only"]) == (1, 0)
    assert "not stated        3       2          1  =Medbase 1" in ask("overlap")
    assert {row["name"] for row in ask_json("overlap", "--by", "stage")} == {"1", "not stated"}
    assert ask("overlap", "--csv", "overlap.csv") == "2 lines were written to overlap.csv.\n"
    with (imported / "overlap.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["source", "records", "papers", "only here", "not stated", "'=Medbase"]
    assert ["'=Medbase", "1", "1", "0", "1", ""] in rows


def test_looking_needs_nobody_at_the_keyboard(
    imported: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REALIST_PERSON")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(imported / "nobody"))
    assert "1 paper would be joined" in run("dedupe", "--look").out
    assert run("dedupe").status == 2
