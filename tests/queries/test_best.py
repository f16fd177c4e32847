"""Papers that are one document show the best of each field, say whose it is, and nothing is rewritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from realist.domain.filtering import read_filter
from realist.queries import best as module
from realist.queries.best import FIELDS, best
from realist.queries.listing import listing, page
from realist.queries.papers import paper, papers
from realist.queries.references import references
from realist.services.history import redo, undo
from realist.services.importing import Origin, import_file
from realist.services.papers import add_paper, edit_paper
from realist.services.sameness import end_join, join_papers
from realist.services.sweeping import index_imports
from realist.services.unit import Desk
from tests.services.dumps import dump

EMPTY = dict.fromkeys(FIELDS, "") | {"year": None}


def row(number: int = 1, *, typed: bool = False, corrected: tuple[str, ...] = (), **fields: Any) -> Any:
    return {**EMPTY, **fields, "uid": f"u{number}", "number": number, "typed": typed, "corrected": corrected}


def chosen(field: str, *values: Any) -> tuple[Any, int | None]:
    """Return what is shown of a field of a whole and its parts with these values, and from which part."""
    found = best([row(number, **{field: value}) for number, value in enumerate(values, 1)])
    return found.values[field], found.borrowed.get(field)


@pytest.mark.parametrize("field", FIELDS)
def test_what_the_whole_lacks_comes_from_the_first_part_that_has_it(field: str) -> None:
    nothing = EMPTY[field]
    assert chosen(field, nothing, nothing, 2011, 2012) == (2011, 3)
    assert chosen(field, nothing, nothing) == (nothing, None)


@pytest.mark.parametrize("field", ["year", "journal", "volume", "issue", "doi", "pmid", "type"])
def test_what_the_whole_has_is_its_own(field: str) -> None:
    assert chosen(field, "its own", "another", "a much longer one") == ("its own", None)


TITLE = "Trust and control in shared teams: a realist synthesis"


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("Trust and control in shared te...", [TITLE], 2),
        ("Trust and control in shared te…", ["Trust and control…", TITLE], 3),
        ("Trust and control in shared te …", ["Trust and safety in shared teams"], None),
        ("Trust and control in shared te...", [TITLE.upper(), TITLE], 3),
        ("Trust and control in shared te...", [TITLE.upper()], 2),
        (TITLE.upper(), [TITLE], 2),
        (TITLE.upper(), [TITLE.lower(), f"{TITLE}."], 3),
        (TITLE.upper(), ["Trust and control in shared teams"], None),
        (TITLE.upper(), ["Trust and control in shared te..."], None),
        (TITLE.lower(), [TITLE], 2),
        (TITLE, [TITLE.upper(), f"{TITLE}. [French]"], None),
        ("HIV/AIDS", ["Hiv/Aids"], None),
        ("TRUST (A REVIEW) OF Α-TOCOPHEROL", ["Trust (a review) of α-tocopherol"], 2),
    ],
)  # fmt: skip
def test_a_cut_title_or_one_in_capitals_gives_way_to_the_same_title_whole(
    own: str, others: list[str], expected: int | None
) -> None:
    assert chosen("title", own, *others)[1] == expected


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("Okafor, N.", ["Okafor, Ngozi\nReid, Ewan"], 2),
        ("Okafor N\net al.", ["Reid E\nOkafor N\nLind B", "Ngozi Okafor\nE. Reid"], 3),
        ("Okafor, N., et al", ["N. Okafor\nE. Reid\net al.", "Okafor N\nReid E"], 3),
        ("Okafor, N.\nReid, E.\net al.", ["Okafor N\nReid E\nLind B\net al."], 2),
        ("Okafor, N.\nReid, E.\net al.", ["Okafor N\nReid E"], None),
        ("Okafor, N.", ["Okoro, Ngozi\nReid, Ewan"], None),
        ("Okafor, N.", ["Okafor, Ngozi"], None),
        ("Okafor, N.\nReid, E.", ["Okafor, N.\nReid, E.\nLind, B."], None),
        ("Adeli K.Lewis G. F.", ["Adeli, K.\nLewis, G. F."], 2),
        ("Löwstedt, J.", ["Lowstedt J\nRæd E"], 2),
        ("van der Berg, A.", ["A. van der Berg\nReid, E."], 2),
        ("et al.", ["Okafor, N.\nReid, E."], None),
    ],
)  # fmt: skip
def test_one_author_or_et_al_gives_way_to_a_longer_list_of_the_same_first_author(
    own: str, others: list[str], expected: int | None
) -> None:
    assert chosen("authors", own, *others)[1] == expected


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("101", ["101-115"], 2),
        ("101-", ["115", "p. 101–115"], 3),
        ("pp. 101", ["101-15"], 2),
        ("S12", ["s12-S19"], 2),
        ("101", ["1010-1015", "99-101"], None),
        ("101-115", ["101-120"], None),
        ("101, 104", ["101-104"], None),
        ("e1", ["e1"], None),
    ],
)
def test_a_first_page_gives_way_to_pages_that_begin_with_it(
    own: str, others: list[str], expected: int | None
) -> None:
    assert chosen("pages", own, *others)[1] == expected


def test_what_a_person_corrected_counts_wherever_it_stands() -> None:
    whole = row(1, title=TITLE.upper(), doi="10.5555/wrong", pages="101")
    part = row(2, title="Trust", doi="10.5555/right", pages="101-115", corrected=("title", "doi"))
    found = best([whole, part])
    assert (found.values["title"], found.values["doi"]) == ("Trust", "10.5555/right")
    assert found.borrowed == {"title": 2, "doi": 2, "pages": 2}
    whole["corrected"] = ("title", "doi", "pages")
    assert best([whole, part]).borrowed == {}
    assert best([{**whole, "doi": ""}, part]).values["doi"] == "", "somebody said that it has none"
    emptied = row(2, doi="", corrected=("doi",))
    assert best([row(1, doi="10.5555/a"), emptied]).values["doi"] == "10.5555/a"
    assert best([row(1), emptied, row(3, doi="10.5555/b")]).borrowed == {"doi": 3}


def test_what_a_person_typed_gives_way_to_nothing_and_goes_before_what_is_exported() -> None:
    fuller = row(2, title=TITLE, pages="101-115", authors="Okafor, N.\nReid, E.", doi="10.5555/b", issue="3")
    own = row(1, typed=True, title=TITLE.upper(), pages="101", authors="Okafor, N.")
    assert best([own, fuller]).borrowed == {"doi": 2, "issue": 2}
    assert best([row(1), fuller, row(3, typed=True, doi="10.5555/c")]).borrowed["doi"] == 3


@given(
    st.lists(
        st.builds(
            row,
            typed=st.booleans(),
            corrected=st.sets(st.sampled_from(FIELDS), max_size=3).map(tuple),
            title=st.sampled_from(["", TITLE, TITLE.upper(), "Trust and…", "x"]),
            authors=st.sampled_from(["", "Okafor, N.", "Okafor N\net al.", "N. Okafor\nE. Reid", "et al."]),
            pages=st.sampled_from(["", "101", "101-115", "p101-", "-"]),
            year=st.sampled_from([None, 2011, 2012]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_nothing_is_made_up_and_nothing_known_is_lost(rows: list[Any]) -> None:
    rows = [{**one, "number": number} for number, one in enumerate(rows, 1)]
    found = best(rows)
    by_number = {one["number"]: one for one in rows}
    assert set(found.values) == set(FIELDS)
    for field, value in found.values.items():
        assert value == by_number[found.borrowed.get(field, 1)][field]
        if not value:
            assert field in rows[0]["corrected"] or not any(one[field] for one in rows)
    assert 1 not in found.borrowed.values()
    assert best(rows[:1]).values == {field: rows[0][field] for field in FIELDS}


# --- in a review -----------------------------------------------------------------------------------

THIN = "TY  - JOUR\nTI  - TRUST AND CONTROL IN SHARED TEAMS\nAU  - Okafor, N.\nSP  - 101\nER  - \n\n"
FULL = (
    "TY  - JOUR\nTI  - Trust and control in shared teams\nAU  - Okafor, Ngozi\nAU  - Reid, Ewan\nPY  - 2014\n"
    "JO  - Invented Studies\nVL  - 4\nIS  - 2\nSP  - 101\nEP  - 115\nDO  - 10.5555/one\n"
    "AB  - An abstract that only this database has.\nER  - \n\n"
)


@pytest.fixture
def joined(desk: Desk, tmp_path: Path) -> Desk:
    """A paper of few fields, #1, into which one of many, #2, was joined; #3 stands alone."""
    for name, text in (("thin.ris", THIN), ("full.ris", FULL), ("other.ris", THIN.replace("TRUST", "HOPE"))):
        (tmp_path / name).write_text(text)
        import_file(desk, tmp_path / name, Origin())
    index_imports(desk.store)
    join_papers(desk, "#2", "#1")
    return desk


def detail(desk: Desk, number: int = 1) -> dict[str, Any]:
    with desk.store.read() as connection:
        uid = next(row["uid"] for row in dump(desk.store)["paper"] if row["number"] == number)
        return paper(connection, uid)


def test_detail_list_and_export_show_the_same_and_say_whose_it_is(joined: Desk) -> None:
    before = dump(joined.store, log=True)
    shown = detail(joined)
    assert shown["borrowed"] == {
        "title": 2, "authors": 2, "year": 2, "journal": 2, "volume": 2, "issue": 2, "pages": 2, "doi": 2,
        "abstract": 2,
    }  # fmt: skip
    assert (shown["number"], shown["pages"], shown["doi"]) == (1, "101-115", "10.5555/one")
    assert shown["abstract"] == "An abstract that only this database has."
    assert [(record["paper"], record["file"]) for record in shown["records"]] == [
        (1, "thin.ris"), (2, "full.ris"),
    ]  # fmt: skip
    with joined.store.read() as connection:
        first, _ = page(connection, [1, 3])
        reference, _ = references(connection)
        listed, _ = papers(connection)
        (found,) = papers(connection, words="shared control trust")
    wanted = ("Trust and control in shared teams", ["Okafor, Ngozi", "Reid, Ewan"], 2014, "10.5555/one")
    assert (first.title, first.authors, first.year, first.doi) == wanted
    assert (reference.title, list(reference.authors), reference.year, reference.doi) == wanted
    assert tuple(listed[name] for name in ("title", "authors", "year", "doi")) == wanted
    assert found == listed
    assert (reference.number, reference.volume, reference.issue, reference.pages) == (1, "4", "2", "101-115")
    assert dump(joined.store, log=True) == before


def test_once_the_join_ends_each_shows_its_own_again(joined: Desk) -> None:
    with joined.store.read() as connection:
        together = page(connection, [1, 2, 3])
    end_join(joined, "#2", reason="two editions")
    shown = detail(joined)
    assert (shown["title"], shown["doi"], shown["year"]) == ("TRUST AND CONTROL IN SHARED TEAMS", "", None)
    assert (shown["borrowed"], shown["abstract"]) == ({}, "")
    assert detail(joined, 2)["doi"] == "10.5555/one"
    undo(joined)
    with joined.store.read() as connection:
        assert page(connection, [1, 2, 3]) == together
    redo(joined)
    assert detail(joined)["borrowed"] == {}


def test_a_correction_of_either_counts(joined: Desk) -> None:
    edit_paper(joined, "#1", "doi", "", reason="of another paper")
    assert (detail(joined)["doi"], detail(joined)["corrections"][0]["original"]) == ("", "10.5555/one")
    undo(joined)
    assert detail(joined)["doi"] == "10.5555/one"
    edit_paper(joined, "#1", "authors", "Okafor, N.", reason="she alone")
    assert detail(joined)["authors"] == ["Okafor, N."]
    edit_paper(joined, "#1", "pages", "101-99", reason="so it is printed")
    edit_paper(joined, "#1", "title", "Trust, controlled")
    shown = detail(joined)
    assert (shown["title"], shown["pages"]) == ("Trust, controlled", "101-99")
    assert not {"title", "pages"} & set(shown["borrowed"])
    end_join(joined, "#2", reason="to correct it")
    edit_paper(joined, "#2", "volume", "44")
    join_papers(joined, "#2", "#1")
    assert (detail(joined)["volume"], detail(joined)["borrowed"]["volume"]) == ("44", 2)


def test_a_paper_of_a_label_alone_keeps_its_label_and_takes_the_rest(desk: Desk, tmp_path: Path) -> None:
    add_paper(desk, label="Klinga (2016)", note="mailed to us")
    (tmp_path / "full.ris").write_text(FULL)
    import_file(desk, tmp_path / "full.ris", Origin())
    join_papers(desk, "#2", "#1")
    shown = detail(desk)
    assert (shown["label"], shown["title"]) == ("Klinga (2016)", "Trust and control in shared teams")
    assert (shown["borrowed"]["title"], "note" in shown["borrowed"]) == (2, False)
    with desk.store.read() as connection:
        (reference,) = references(connection)
    assert (reference.label, reference.title) == ("Klinga (2016)", "Trust and control in shared teams")


def test_a_paper_is_found_by_a_field_of_any_part(joined: Desk) -> None:
    with joined.store.read() as connection:
        for words in ("year:2014", "doi:10.5555", "author:reid", "journal:invented", "has:doi"):
            assert listing(connection, read_filter(words)) == [1], words


def test_a_page_without_joined_papers_costs_no_statement_and_one_with_them_one(
    joined: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements(numbers: list[int]) -> int:
        said: list[str] = []
        with joined.store.read() as connection:
            event.listen(connection, "before_cursor_execute", lambda *args: said.append(args[2]))
            page(connection, numbers)
        return len(said)

    counted = {name: statements(numbers) for name, numbers in (("alone", [3]), ("joined", [1, 3]))}
    monkeypatch.setattr(module, "read_together", lambda *_: {})
    monkeypatch.setattr("realist.queries.listing.read_together", lambda *_: {})
    assert counted["alone"] == statements([3])
    assert counted["joined"] == statements([1, 3]) + 1
