"""The leadership review agrees with what was read in the article, fact by fact, wherever that is at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from realist.queries.boxes import boxes
from realist.queries.grid import evidence_grid
from realist.store.engine import Store
from realist.vocabulary import CellState
from tests.conftest import SHARED
from tests.samples.conftest import Ask

FACTS = SHARED / "data" / "leadership_review" / "facts.json"
ARTICLE = SHARED / "data" / "papers" / "sims_2021_leadership_realist_review.txt"
RUN = 9
QUOTED = "communication, compromise and time in getting to know one another"

Facts = dict[str, Any]


@pytest.fixture(scope="module")
def facts() -> Facts:
    if not FACTS.is_file():
        pytest.skip("the facts read in the article are not beside this checkout")
    loaded: Facts = json.loads(FACTS.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def names(facts: Facts) -> dict[str, str]:
    """The label of each mechanism of Table 1 by its key in the facts."""
    return {row["id"]: row["label"] for row in facts["mechanisms"]}


def test_the_review(facts: Facts, ask: Ask) -> None:
    ((title, question, citation),) = ask("SELECT title, question, citation FROM review")
    published = facts["review"]
    assert (title, question) == (published["title"], published["question"])
    place = "{journal} {year};{volume}({issue}):{article_no}. doi:{doi}.".format(**published)
    assert place in citation
    assert [name.split()[-1] for name in published["authors"]] == [
        author.split()[0] for author in citation.split(". ")[0].split(", ")
    ]
    objectives = ask("SELECT text FROM objective ORDER BY position")
    assert [text for (text,) in objectives] == published["objectives"]
    people = ask("SELECT initials, name FROM person WHERE initials != 'SAMPLE'")
    assert dict(people) == facts["people"]["reviewers"]


def test_the_papers(facts: Facts, ask: Ask) -> None:
    rows = ask(
        "SELECT p.label, p.year, p.title, p.authors, p.journal, p.volume, p.issue, p.pages, p.doi,"
        " t.note, r.value FROM paper p"
        " JOIN paper_text t ON t.uid = p.uid JOIN reported_count r ON r.paper = p.uid"
        " JOIN listed_paper l ON l.paper = p.uid ORDER BY l.position"
    )
    assert len(rows) == len(facts["papers"])
    for (label, year, title, authors, journal, volume, issue, pages, doi, note, ticks), paper in zip(
        rows, facts["papers"], strict=True
    ):
        assert (label, ticks) == (paper["label"], paper["table2_tick_count"])
        assert str(year) == paper["year"].rstrip("ab")
        assert title == (paper["title"] or "")
        assert authors.replace("\n", ", ") == (paper["authors"] or "")
        assert doi == (paper["doi"] or "").lower()
        printed = f"{journal} {volume}{f'({issue})' if issue else ''}:{pages}" if volume else journal
        assert printed == (paper["source"] or "").split(" (printed")[0]
        number = re.match(r"Reference (\d+) ", note)
        assert (int(number[1]) if number else None) == paper["ref_no"]


def test_the_claims(facts: Facts, ask: Ask) -> None:
    published = [
        (mechanism["label"], claim["paraphrase"], paper)
        for mechanism in facts["mechanisms"]
        for claim in mechanism["claims"]
        for paper in claim["papers"]
        if not claim["paraphrase"].startswith("Box ")
    ]
    assert len(published) == 102
    stored = ask(
        "SELECT m.name, e.claim, p.label FROM evidence e"
        " JOIN mechanism m ON m.uid = e.mechanism JOIN paper p ON p.uid = e.paper"
    )
    assert Counter(stored) == Counter(published)


def test_the_mechanisms(facts: Facts, ask: Ask) -> None:
    stored = ask(
        "SELECT m.name, v.description, r.value FROM mechanism m"
        " JOIN mechanism_version v ON v.mechanism = m.uid AND v.number = 1"
        " JOIN reported_count r ON r.mechanism = m.uid"
    )
    assert {row[0]: row[1:] for row in stored} == {
        row["label"]: (row["paraphrase"], row["n_papers_reported"]) for row in facts["mechanisms"]
    }
    aliases = ask(
        "SELECT m.name, a.name FROM mechanism_alias a JOIN mechanism m ON m.uid = a.mechanism ORDER BY a.at"
    )
    assert aliases == [
        (row["label"], re.sub(r" \(.*", "", alias)) for row in facts["mechanisms"] for alias in row["aliases"]
    ]


def test_the_lists(facts: Facts, ask: Ask) -> None:
    lists = facts["mechanism_lists"]
    for name, key in (
        ("Preliminary (stage 1a)", "stage1a_preliminary"),
        ("Added at stakeholder meeting 1", "added_at_meeting1"),
        ("Table 1", "table1_order"),
        ("Table 2", "table2_column_order"),
    ):
        printed = ask(
            "SELECT i.printed FROM mechanism_list_item i JOIN mechanism_list l ON l.uid = i.mechanism_list"
            " WHERE l.name = ? ORDER BY i.position",
            name,
        )
        assert [words for (words,) in printed] == lists[key]


def test_the_grid(facts: Facts, names: dict[str, str], leadership: Store) -> None:
    with leadership.read() as connection:
        grid = evidence_grid(connection)
    column = {column.name: column for column in grid.columns}
    published = facts["grid"]
    for key, papers in published["established_by_mechanism"].items():
        of = column[names[key]]
        present = [row.label for row in grid.rows if row.cells[of.uid].state is CellState.PRESENT]
        assert present == papers
        numbers = published["per_mechanism"][key]
        assert (of.n, of.reported and of.reported.value) == (numbers["established"], numbers["n_reported"])
        open_cells = [row for row in grid.rows if row.cells[of.uid].state is CellState.NOT_RECOVERABLE]
        assert len(open_cells) == numbers["candidate_papers"]
    absent = [
        [row.label, key]
        for row in grid.rows
        for key in published["established_by_mechanism"]
        if key != "resilience" and row.cells[column[names[key]].uid].state is CellState.NONE
    ]
    assert sorted(absent) == sorted(published["derived_absent_outside_resilience_column"])
    ticks = {row.label: row.reported.value for row in grid.rows if row.reported}
    assert ticks == published["row_tick_counts"]


STEPS = {
    "identified": "identified",
    "duplicates_removed": "duplicates removed",
    "abstracts_screened": "screened",
    "abstracts_read": "screened",
    "potentially_relevant_from_abstracts": "potentially relevant",
    "not_retrievable": "not obtainable",
    "full_text_read": "read in full",
    "relevant_found": "identified",
    "included": "included",
}


def expected_counts(facts: Facts) -> set[tuple[str, str, str, int | None]]:
    """Every number of the flow that is printed, as (stage, step, label of an addition, value)."""
    found: set[tuple[str, str, str, int | None]] = set()
    for stage in facts["search_stages"]:
        name = stage["id"].split("-")[0]
        for key, step in STEPS.items():
            value = stage.get(key)
            if key in stage and not (isinstance(value, dict) and value["value"] is not None):
                found.add((name, step, "", None if isinstance(value, dict) else value))
        for added in stage.get("added_from_other_sources", []) + stage.get("added_later", []):
            found.add((name, "added", str(added["n"]), added["n"]))
        for key in ("subtotal_reported", "possible_papers_reported"):
            if key in stage:
                found.add((name, "sought in full", "", stage[key]))
    return found | {("1b", "identified", "", 20)}


def test_the_numbers_of_the_flow(facts: Facts, ask: Ask) -> None:
    stored = ask(
        "SELECT s.name, r.step, CASE r.step WHEN 'added' THEN CAST(r.value AS TEXT) ELSE '' END, r.value"
        " FROM reported_count r JOIN stage s ON s.uid = r.stage"
    )
    assert set(stored) == expected_counts(facts)
    assert ask("SELECT value FROM reported_count WHERE counts = 'people'") == [(facts["stakeholders"]["n"],)]


def test_the_searches(facts: Facts, ask: Ask) -> None:
    by_id = {stage["id"]: stage for stage in facts["search_stages"]}
    for stage, kind, key, sources in (
        ("1a", "database", "1a-db", "databases"),
        ("1a", "grey literature", "1a-grey", "sources"),
        ("2", "database", "2", "databases"),
        ("2", "hand search", "2", "hand_searched"),
    ):
        rows = ask(
            "SELECT h.source, h.strategy, h.limits FROM search h JOIN stage s ON s.uid = h.stage"
            " WHERE s.name = ? AND h.kind = ? ORDER BY h.number",
            stage,
            kind,
        )
        published = by_id[key]
        assert [source for source, _, _ in rows] == published[sources]
        if kind == "database":
            assert {strategy for _, strategy, _ in rows} == {published["search_string_read_as"]}
            assert all(limits and published["limits"].startswith(limits) for _, _, limits in rows)
    scholar = ask("SELECT strategy FROM search WHERE name = 'Google Scholar (1b)'")
    assert scholar == [(by_id["1b-MTS"]["search_string"],)]
    lists = ask("SELECT strategy FROM search WHERE name = 'Reference lists of excluded papers (1b)'")
    assert lists == [(by_id["1b-reflists"]["method"],)]


def test_what_stakeholders_decided_and_said(facts: Facts, names: dict[str, str], ask: Ask) -> None:
    decisions = ask(
        "SELECT d.text FROM consultation c JOIN consultation_decision d ON d.consultation = c.uid"
        " WHERE c.kind = 'stakeholders' ORDER BY c.position, d.position"
    )
    events = facts["stakeholders"]["events"]
    assert [text for (text,) in decisions] == [
        text for event in events for text in event.get("decisions", [])
    ]
    assert ask("SELECT count(*) FROM consultation WHERE kind = 'stakeholders'") == [(len(events),)]
    said = ask(
        "SELECT m.name, f.words FROM feedback f JOIN mechanism m ON m.uid = f.mechanism"
        " JOIN consultation c ON c.uid = f.consultation WHERE c.name = 'Stakeholder meeting 3'"
    )
    assert dict(said) == {
        names[row["id"]]: row["stakeholder_feedback_paraphrase"]
        for row in facts["mechanisms"]
        if row["stakeholder_feedback_paraphrase"]
    }


def test_the_boxes(facts: Facts, names: dict[str, str], leadership: Store) -> None:
    with leadership.read() as connection:
        stored = boxes(connection)
    for box, published in zip(stored, facts["cmo_boxes"], strict=True):
        assert (box.label, box.title) == (str(published["box"]), published["box_title_mechanism"])
        assert [mechanism.name for mechanism in box.mechanisms] == [names[published["mechanism"]]]
        assert [paper.name for paper in box.papers] == [published["source_paper"]]
        assert str(box.polarity) == published["polarity_of_mechanism"]
        assert (box.setting, box.country) == (published["setting"], published["country"].split(" (")[0])
        kinds = {"C": "context", "O": "outcome"}
        assert [(str(part.kind), part.valence, part.text) for part in box.parts] == [
            (element.get("part") or kinds[element["kind"]], element["valence"], element["text"])
            for element in published["elements"]
        ]


def test_no_sentence_is_the_articles(ask: Ask) -> None:
    """No run of nine words is the article's own, but for what is quoted and for names and titles."""
    if not ARTICLE.is_file():
        pytest.skip("the text of the article is not beside this checkout")
    words = re.findall(r"\w+", ARTICLE.read_text(encoding="utf-8").split("\nReferences\n")[0].lower())
    runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    stored = ask(
        "SELECT note FROM review UNION SELECT text FROM objective UNION SELECT claim FROM evidence"
        " UNION SELECT narrative FROM configuration UNION SELECT text FROM element"
        " UNION SELECT description FROM mechanism_version UNION SELECT reason FROM mechanism_fate"
        " UNION SELECT words FROM feedback UNION SELECT text FROM consultation_decision"
        " UNION SELECT shown FROM consultation UNION SELECT purpose FROM stage UNION SELECT text FROM memo"
        " UNION SELECT note FROM reading UNION SELECT note FROM mechanism UNION SELECT role FROM person"
        " UNION SELECT planned FROM process_change UNION SELECT quotation FROM excerpt"
    )
    copied = []
    for (text,) in stored:
        own = re.findall(r"\w+", text.lower())
        if any(tuple(own[at : at + RUN]) in runs for at in range(len(own) - RUN + 1)):
            copied.append(text)
    assert copied == [QUOTED]
