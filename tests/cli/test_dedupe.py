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


UNTITLED = (
    "TY  - JOUR\nAU  - Okafor, Ngozi\nPY  - 2014\nJO  - Invented Studies\nVL  - 9\nSP  - 301\nER  - \n\n"
)


@pytest.fixture
def doubtful(imported: Path, ask: Ask) -> Path:
    """A review in which #1 and #3 are joined, and it is asked of #4 and #5 and of the erratum #6."""
    (imported / "untitled.ris").write_text(UNTITLED)
    erratum = _records((3, "Erratum: Walking groups after stroke")).replace("31", "77")
    (imported / "more.ris").write_text(UNTITLED + erratum)
    ask("import", "untitled.ris", "more.ris")
    ask("dedupe")
    return imported


def test_what_waits_is_listed_until_it_is_answered(doubtful: Path, ask: Ask, ask_json: AskJson) -> None:
    pairs = ask_json("dedupe", "--doubts")
    assert [pair["kind"] for pair in pairs] == [None, "erratum"]
    numbers = {row["uid"]: row["number"] for row in ask_json("paper", "list")}
    numbers |= {row["uid"]: row["number"] for row in ask_json("dedupe", "--log")}
    assert {numbers[uid] for uid in pairs[0]["papers"]} == {4, 5}
    assert all(0 < pair["score"] < 1 and pair["reasons"] and len(pair["records"]) == 2 for pair in pairs)
    said = ask("dedupe", "--doubts")
    assert said.startswith("1 pair doubtful:\n  0.")
    assert "1 pair that seem related, not the same:" in said
    assert "(erratum)" in said
    ask("paper", "differ", "#4", "#5", "--reason", "two notes")
    ask("paper", "relate", "#6", "#1", "--kind", "erratum")
    assert ask("dedupe", "--doubts") == "Nothing waits for an answer.\n"
    assert ask_json("dedupe", "--doubts") == []
    ask("paper", "differ", "#5", "#4", "--withdraw")
    assert [pair["kind"] for pair in ask_json("dedupe", "--doubts")] == [None]
    ask("paper", "relate", "#1", "#6", "--end")
    assert len(ask_json("dedupe", "--doubts")) == 2


def test_a_second_search_says_that_it_compared_only_what_is_new(
    doubtful: Path, ask: Ask, ask_json: AskJson
) -> None:
    assert "(0 papers compared, " in ask("dedupe")
    (doubtful / "again.ris").write_text(_records((4, "Tea, talk and trust in memory cafés")))
    ask("import", "again.ris")
    assert "1 paper was joined with another; 5 papers of 7 records" in ask("dedupe")
    done = ask_json("dedupe", "--anew")
    assert (done["compared"], done["joined"], done["papers"]) == (7, 0, 5)
    assert set(done) == {"records", "papers", "joined", "doubtful", "related", "compared", "seconds"}
    assert ask_json("dedupe", "--strict")["compared"] == 7
    assert ask_json("dedupe", "--strict")["compared"] == 0


def test_the_log_says_who_joined_what_and_why(doubtful: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "join", "#5", "--into", "#4", "--reason", "seen in the library")
    ask("paper", "split", "#3", "--reason", "another edition")
    rows = {row["number"]: row for row in ask_json("dedupe", "--log")}
    assert set(rows) == {3, 5}
    assert set(rows[3]) == {
        "uid", "number", "label", "title", "search", "stage", "into_number", "into_label", "into_title",
        "rule", "score", "reason", "by", "at", "ended",
    }  # fmt: skip
    assert (rows[3]["into_number"], rows[3]["rule"], rows[3]["ended"]) == (1, "evidence", "another edition")
    assert (rows[5]["into_number"], rows[5]["rule"], rows[5]["score"]) == (4, "person", None)
    assert (rows[5]["reason"], rows[5]["by"], rows[5]["ended"]) == ("seen in the library", "SF", "")


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (("paper", "differ", "#1", "#3"), "#1 and #3 are one paper: split them first"),
        (("paper", "relate", "#3", "#1"), "#3 and #1 are one paper: split them first"),
        (("paper", "differ", "#4", "#5", "--withdraw"), "#4 and #5 are not called different."),
        (("paper", "relate", "#4", "#5", "--end"), "#4 and #5 are not related."),
        (("paper", "split", "#4", "--reason", "x"), "#4 is not joined into another paper."),
        (("paper", "join", "#3", "--into", "#1"), "#3 and #1 are one paper already."),
        (("dedupe", "--look", "--doubts"), "Use one of --look, --doubts, --review, --undo and --log."),
        (("dedupe", "--review"), "--review opens the screen and needs a terminal"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(
    doubtful: Path, run: Run, verb: tuple[str, ...], sentence: str
) -> None:
    said = run(*verb)
    assert said.status in (1, 2)
    assert sentence in said.err


def test_differing_and_related_papers_are_told_where_they_are_shown(
    doubtful: Path, ask: Ask, ask_json: AskJson
) -> None:
    assert ask("paper", "differ", "#4", "#5") == "#4 and #5 are different documents.\n"
    assert ask("paper", "differ", "#4", "#5", "--withdraw") == "#4 and #5 may be one document again.\n"
    assert ask("paper", "relate", "#6", "#3", "--kind", "erratum") == "#6 and #3 are related: erratum.\n"
    shown = ask_json("paper", "show", "#1")
    assert [(row["number"], row["kind"], row["by"]) for row in shown["related"]] == [(6, "erratum", "SF")]
    assert "related: #1 Okafor (2014) (erratum, SF)" in ask("paper", "show", "#6")
    ask("paper", "relate", "#6", "#1", "--kind", "reply or comment")
    assert ask_json("paper", "show", "#6")["related"][0]["kind"] == "reply or comment"
    assert ask("paper", "relate", "#6", "#1", "--end") == "#6 and #1 are not related any more.\n"
    assert ask_json("paper", "show", "#1")["related"] == []


def test_fields_of_a_joined_paper_are_told_apart(doubtful: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("paper", "join", "#2", "--into", "#4")
    shown = ask_json("paper", "show", "#4")
    assert (shown["title"], shown["borrowed"]["title"]) == ("=Tea, talk and trust in memory cafés", 2)
    assert [record["paper"] for record in shown["records"]] == [2, 4]
    assert "from #2: title" in ask("paper", "show", "#2")
    assert ask_json("paper", "show", "#1")["borrowed"] == {}


def test_studies_hold_papers_once_and_stand_within_larger_ones(
    doubtful: Path, ask: Ask, ask_json: AskJson, run: Run
) -> None:
    ask("study", "add", "The north", "--kind", "programme")
    ask(
        "study", "add", "Leeds", "--kind", "case", "--within", "The north", "--paper", "#3", "--note", "pilot"
    )
    assert ask_json("study", "put", "Leeds", "#1", "#4") == {"put": 1}
    first, second = ask_json("study", "list")
    assert (first["name"], first["within"], first["note"]) == ("Leeds", "The north", "pilot")
    assert [paper["number"] for paper in first["papers"]] == [1, 4], "#3 is read under #1"
    assert (second["name"], second["papers"]) == ("The north", [])
    assert ask_json("paper", "show", "#3")["studies"] == ["Leeds"]
    assert ask("study", "take", "Leeds", "#3") == "#3 is not in Leeds any more.\n"
    assert [paper["number"] for paper in ask_json("study", "list")[0]["papers"]] == [4]
    assert "There is already a study 'Leeds'" in run("study", "add", "Leeds").err
    assert "Leeds" in ask("study", "list")


def test_what_searches_and_stages_share(doubtful: Path, ask: Ask, ask_json: AskJson) -> None:
    ask("stage", "add", "1")
    (doubtful / "last.ris").write_text(_records((3, "Walking groups after stroke"), (8, "On nothing else")))
    ask("import", "last.ris", "--source", "Medbase", "--stage", "1")
    ask("dedupe")
    for by, name in (("search", "Medbase"), ("stage", "1"), ("source", "Medbase")):
        lines = ask_json("overlap", "--by", by)
        (line,) = [row for row in lines if row["name"].startswith(name)]
        assert set(line) == {"name", "records", "papers", "only", "shared"}
        assert (line["records"], line["papers"], line["only"]) == (2, 2, 1)
        assert list(line["shared"].values()) == [1]
        ask("overlap", "--by", by, "--csv", f"{by}.csv")
        with (doubtful / f"{by}.csv").open(encoding="utf-8-sig", newline="") as stream:
            heading, *rows = csv.reader(stream)
        assert heading[:4] == [by, "records", "papers", "only here"]
        assert {row[0]: row[1:4] for row in rows}[line["name"]] == ["2", "2", "1"]
        assert ask_json("overlap", "--by", by, "--csv", f"{by}.csv") == lines
