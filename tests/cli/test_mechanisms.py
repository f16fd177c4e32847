"""Mechanisms, contexts and outcomes from the command line, as people and as scripts see them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ask, AskJson, Run
from tests.exports.small import MERGER, POWER, PURPOSE, SAFETY, TRUST


def test_mechanisms_are_listed_with_their_fate_and_papers(small: Path, ask: Ask, ask_json: AskJson) -> None:
    rows = ask_json("mechanism", "list")
    assert [(row["number"], row["name"], row["kind"], row["fate"], row["papers"]) for row in rows] == [
        (1, TRUST, "mechanism", "proposed", 1),
        (2, PURPOSE, "theme", "proposed", 2),
        (3, POWER, "mechanism", "proposed", 2),
        (4, SAFETY, "mechanism", "proposed", 2),
    ]
    lines = ask("mechanism", "list").split("\n")
    assert lines[2].startswith(f"M1  {TRUST}")
    assert lines[4].rstrip().endswith("added by stakeholders")


def test_a_named_list_is_shown_in_its_own_order_and_words(small: Path, ask: Ask, ask_json: AskJson) -> None:
    assert (
        ask("mechanism", "list", "--lists")
        == "Table 1\n───────\n  1  General\n  2  TRUST\n  3  Use of power\n\n"
    )
    (table,) = ask_json("mechanism", "list", "--lists")
    assert (table["name"], table["items"]) == ("Table 1", ["General", "TRUST", POWER])
    rows = ask_json("mechanism", "list", "--list", "Table 1")
    assert [row["name"] for row in rows] == ["General", TRUST, POWER]
    assert [row["uid"] is None for row in rows] == [True, False, False]
    assert "General" in ask("mechanism", "list", "--list", "table 1")


def test_one_mechanism_is_shown_with_what_is_known_of_it(small: Path, ask: Ask, ask_json: AskJson) -> None:
    text = ask("mechanism", "show", "M1")
    assert text.startswith(f"M1 {TRUST}\n─")
    for part in ("also: Relying", "[1] People rely on each other.", "proposed (SF)", "until it is broken"):
        assert part in text
    found = ask_json("mechanism", "show", "relying")
    assert [row["stance"] for row in found["evidence"]] == ["supports", "weakens"]
    assert [row["fate"] for row in found["fates"]] == ["proposed"]
    assert "added by stakeholders" in ask("mechanism", "show", POWER)


def test_a_mechanism_is_proposed_with_names_and_reason(bare: Path, ask: Ask, ask_json: AskJson) -> None:
    made = ask_json(
        "mechanism", "add", "Working with power", "--kind", "theme", "--description", "Who decides.",
        "--alias", "Use of power", "--alias", "Power", "--reason", "stakeholders asked for it",
    )  # fmt: skip
    found = ask_json("mechanism", "show", "use of power")
    assert found["uid"] == made["uid"]
    assert [alias["name"] for alias in found["aliases"]] == ["Use of power", "Power"]
    assert [version["description"] for version in found["versions"]] == ["Who decides."]
    assert found["fates"][0]["reason"] == "stakeholders asked for it"
    assert ask_json("log", "--limit", "1")[0]["reason"] == "stakeholders asked for it"


def test_contexts_are_counted_by_the_elements_that_carry_them(small: Path, ask_json: AskJson) -> None:
    ask_json("context", "add", "Rural", "--level", "infrastructural", "--description", "far away")
    rows = ask_json("context", "list")
    assert [(row["name"], row["level"], row["elements"]) for row in rows] == [
        (MERGER, None, 1), ("Rural", "infrastructural", 0),
    ]  # fmt: skip


def test_evidence_is_given_taken_back_and_brought_back(small: Path, ask: Ask, ask_json: AskJson) -> None:
    made = ask_json(
        "evidence", "add", "Cruz (2021)", "refocuses", "--mechanism", "m1", "--claim", "a claim",
        "--quotation", "the words", "--locator", "p3", "--topic", "pay", "--site", "Oslo",
    )  # fmt: skip
    (row,) = ask_json("evidence", "list", "--paper", "#3")
    keys = ("uid", "label", "mechanism", "stance", "claim", "topic", "site", "by")
    assert [row[key] for key in keys] == [
        made["uid"], "Cruz (2021)", TRUST, "refocuses", "a claim", "pay", "Oslo", "SF",
    ]  # fmt: skip
    ask("evidence", "withdraw", made["uid"], "--reason", "mistaken")
    assert ask_json("evidence", "list", "--paper", "#3") == []
    ask("undo")
    assert ask_json("evidence", "list", "--paper", "#3") == [row]
    assert len(ask_json("evidence", "list", "--mechanism", TRUST)) == 3


def test_readings_say_for_what_a_paper_was_read(small: Path, ask: Ask, run: Run, ask_json: AskJson) -> None:
    rows = ask_json("reading", "list", "--paper", "Cruz (2021)")
    assert [(row["mechanism"], row["result"]) for row in rows] == [(None, "none"), (POWER, "not recoverable")]
    assert "every mechanism then" in ask("reading", "list")
    both = run("reading", "add", "#1", "none", "--all", "--mechanism", TRUST)
    assert (both.status, both.sentence) == (2, "Name the mechanism with --mechanism, or use --all.")
