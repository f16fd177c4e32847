"""The evidence map in a real browser: silent, asking nobody, by mouse and keys, on paper and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from realist.exports.evidence_map.facts import map_facts
from realist.exports.evidence_map.page import map_page
from realist.exports.grid import grid_json, sign
from realist.queries.grid import evidence_grid
from realist.services.unit import Desk
from realist.store.engine import Store, open_store
from tests.chromium import Browser, Page, browser, chromium
from tests.exports.hostile_map import build_hostile, evil

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium(), reason="there is no Chromium on this machine"),
]
CTRL, SHIFT = 2, 8
Open = Callable[..., Page]
TEXT = "(document.querySelector({!r}) || {{}}).textContent || ''"
ROWS = (
    "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden)"
    ".map(row => row.cells[0].textContent)"
)
FOCUS = "(document.activeElement.closest('th,td') || document.activeElement)"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, leadership_file: Path, tour_file: Path, empty_file: Path
) -> Iterator[dict[str, Store]]:
    """The reviews that are looked at, open."""
    folder = tmp_path_factory.mktemp("reviews")
    found = {}
    for name, file in (("leadership", leadership_file), ("tour", tour_file), ("hostile", empty_file)):
        shutil.copy(file, folder / f"{name}.realist")
        found[name] = open_store(str(folder / f"{name}.realist"))
    build_hostile(Desk(found["hostile"], "SF"))
    yield found
    for store in found.values():
        store.close()


@pytest.fixture
def look(running: Browser, stores: dict[str, Store], tmp_path: Path) -> Iterator[Open]:
    """Open the map of a review; afterwards nothing was asked for but the page, and the console is silent."""
    pages: list[tuple[Page, str]] = []

    def opened(name: str, *, width: int = 1360, height: int = 860, at: str = "") -> Page:
        with stores[name].read() as connection:
            made = map_page(map_facts(connection))
        file = tmp_path / f"{name}.html"
        file.write_bytes(made)
        page = running.page()
        page.screen(width, height)
        page.open(file.as_uri() + at)
        pages.append((page, file.as_uri()))
        return page

    yield opened
    for page, address in pages:
        assert page.said == []
        assert {asked.partition("#")[0] for asked in page.requests} == {address}
        assert page.js("window.owned === undefined")
        page.call("Page.close")


def text(page: Page, selector: str) -> str:
    return str(page.js(TEXT.format(selector)))


def hits(page: Page) -> str:
    return text(page, "#hits")


@pytest.mark.parametrize("name", ["leadership", "tour"])
def test_each_cell_shows_what_the_grid_shows(name: str, look: Open, stores: dict[str, Store]) -> None:
    page = look(name)
    with stores[name].read() as connection:
        grid = evidence_grid(connection)
    for mode, shown in (
        ("ticks", "ticks"),
        ("counts", "counts"),
        ("stance", "stance"),
        ("valence", "outcomes"),
    ):
        page.js(f"document.querySelector('input[value={shown}]').click()")
        cells = page.js(
            "[...document.querySelectorAll('tbody tr')].map(row => "
            "[...row.cells].filter(cell => cell.matches('td:not(.sum)')).map(cell => cell.textContent))"
        )
        assert cells == [
            [sign(row.cells.get(column.uid), mode, grid.outcomes) for column in grid.columns]
            for row in grid.rows
        ], mode
    sums = page.js(
        "[...document.querySelectorAll('tfoot .counts td:not(.end)')].map(cell => cell.textContent)"
    )
    assert sums == [str(column["n"]) for column in grid_json(grid)["columns"]]


def test_it_opens_with_all_and_says_how_many(look: Open) -> None:
    page = look("leadership")
    assert hits(page) == "36 papers · 8 mechanisms · 59 cells with evidence"
    assert page.js("document.querySelector('#hits').getAttribute('aria-live')") == "polite"
    assert len(page.js(ROWS)) == 36
    assert "59 hold evidence" in text(page, "#figure")
    assert "180 cannot be recovered" in text(page, "#figure")
    reported = page.js("[...document.querySelectorAll('tfoot .reported td')].map(cell => cell.textContent)")
    assert reported[:8] == ["22", "22", "13", "14", "10", "20", "16", "0"]
    voices = page.js("[...document.querySelectorAll('tfoot .voices td')].map(cell => cell.textContent)")
    assert voices[7] == "±1"


def test_a_filter_by_click_and_its_way_back(look: Open) -> None:
    page = look("tour")
    page.click("[data-name=stance] summary")
    page.click("[data-name=stance] label:nth-of-type(2)")  # weakens
    found = page.js(ROWS)
    assert "Koskinen (2015)" in found
    assert "Liu (2023)" not in found
    assert hits(page) == f"{len(found)} of 15 papers · {len(found)} of 33 cells with evidence match"
    faded = page.js("document.querySelectorAll('tbody tr:not([hidden]) td.off').length")
    shown = page.js("document.querySelectorAll('tbody tr:not([hidden]) td.has:not(.off)').length")
    assert (shown, faded > 0) == (len(found), True)
    assert page.js(
        "[...document.querySelectorAll('tbody .has:not(.off)')].every(cell => cell.textContent.includes('W'))"
    )
    assert page.js(
        "[...document.querySelectorAll('td.off')]"
        ".every(cell => cell.ariaLabel.endsWith('; outside the filters'))"
    )
    page.key("Escape")
    page.click("#chips .chip")
    assert hits(page) == "15 papers · 6 mechanisms · 33 cells with evidence"
    assert page.js("document.querySelectorAll('input[type=checkbox]:checked').length") == 0


def test_a_filter_by_keys_alone(look: Open) -> None:
    page = look("tour")
    page.js("document.querySelector('[data-name=context] summary').focus()")
    page.key("Enter")
    page.key("Tab")
    page.key("Space")
    assert page.js("document.querySelector('[data-name=context] input').checked")
    few = page.js(ROWS)
    assert 0 < len(few) < 15
    page.key("Escape")
    assert page.js("document.activeElement.matches('[data-name=context] summary')")
    assert page.js("document.querySelector('.menu[open]') === null")
    page.key("/")
    assert page.js("document.activeElement.id") == "words"
    page.write("nothing has this word")
    assert page.js(ROWS) == []
    assert text(page, "#nothing").startswith("Nothing matches.")
    assert text(page, "#chips li:nth-child(2) .chip") == "Search: nothing has this word"
    page.click("#clear")
    assert len(page.js(ROWS)) == 15


def test_filters_of_papers_and_columns(look: Open) -> None:
    page = look("tour")
    page.js(
        "const from = document.querySelector('#year-from'); from.value = 2020;"
        " from.dispatchEvent(new Event('input'))"
    )
    page.settle()
    assert page.js(ROWS) == ["Adeyemi (2020)", "Demirtaş (2022)", "Eze (2022)", "Liu (2023)"]
    page.js("document.querySelector('[data-name=mechanism] input').click()")
    page.settle()
    assert page.js("document.querySelectorAll('thead th.mechanism').length") == 1
    assert len(page.js(ROWS)) == 4
    page.js(
        "const order = document.querySelector('#order'); order.value = 'year';"
        " order.dispatchEvent(new Event('change'))"
    )
    page.settle()
    assert page.js(ROWS)[0] == "Liu (2023)"
    levels = page.js("[...document.querySelectorAll('.menu')].map(menu => menu.dataset.name).filter(Boolean)")
    assert "level 0" in levels
    assert {"context", "outcome", "country", "stance", "valence"} <= set(levels)


def test_search_ignores_accents_and_marks_what_it_found(look: Open) -> None:
    page = look("tour")
    page.click("#words")
    page.write("DEMIRTAS")
    found = page.js(ROWS)
    assert "Demirtaş (2022)" in found
    assert len(found) < 5
    page.js("document.querySelector('#words').value = ''")
    page.write("demirtaş")
    assert page.js(ROWS) == found
    page.js("document.querySelector('#words').value = ''")
    page.write("admired followed")
    assert page.js(ROWS) == ["Byrne (2016a)"]
    page.js("document.querySelector('tbody tr:not([hidden]) td.has:not(.off)').click()")
    marked = page.js("[...document.querySelectorAll('#panel mark')].map(mark => mark.textContent)")
    assert set(marked) == {"admired", "followed"}
    assert page.js("document.querySelector('#panel blockquote').textContent") == "“admired and not followed”"


def test_down_to_the_quotation_by_keys_and_back(look: Open) -> None:
    page = look("tour")
    page.js("document.querySelector('.skip').focus()")
    page.key("Enter")
    assert page.js(f"{FOCUS}.textContent").startswith("M1")
    page.key("ArrowDown")
    page.key("ArrowDown")
    page.key("ArrowRight")
    assert (
        page.js(f"{FOCUS}.getAttribute('aria-label')")
        == "2 claims: weakens, modifies; 1 box; outcomes negative"
    )
    page.key("Enter")
    assert page.js("document.activeElement.id") == "panel-title"
    assert text(page, "#panel-title") == "Byrne (2016a) × Living proof"
    said = text(page, "#panel")
    assert "“admired and not followed”" in said
    assert "Byrne (2016a), p. 39; recorded by GH" in said
    assert text(page, "#panel .box .heading") == "Box 6. Good for him"
    chain = page.js("[...document.querySelectorAll('#panel .box .segment')].map(line => line.textContent)")
    assert chain[0].endswith("(C)")
    assert chain[-1].startswith("→ ")
    assert "#cell/" in page.js("location.hash + '#cell/'")
    page.key("Escape")
    assert page.js("document.querySelector('#panel').hidden")
    assert page.js(f"{FOCUS}.getAttribute('aria-label')").startswith("2 claims")
    page.key("Home")
    page.key("Enter")
    assert text(page, "#panel-title") == "Byrne (2016a)"
    page.key("Escape")
    page.key("End", modifiers=CTRL)
    page.key("Home", modifiers=CTRL)
    assert page.js(f"{FOCUS}.textContent") == "Paper"


def test_an_address_leads_to_a_cell(look: Open, stores: dict[str, Store]) -> None:
    with stores["leadership"].read() as connection:
        facts = map_facts(connection)
    paper = next(of for of in facts["papers"] if of["label"] == "Cohen (2006)")
    at = f"#cell/{paper['uid']}/{facts['mechanisms'][0]['uid']}"
    page = look("leadership", at=at)
    assert text(page, "#panel-title") == "Cohen (2006) × Inspiring intent to work together"
    assert text(page, "#panel .nothing").startswith("Looked for, none found.")


def test_what_it_tells_who_listens(look: Open) -> None:
    page = look("leadership")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    roles: dict[str, list[str]] = {}
    for node in nodes:
        if not node.get("ignored"):
            name = node.get("name", {}).get("value", "")
            roles.setdefault(node["role"]["value"], []).append(name)
    assert roles["grid"][0].startswith("Evidence map: What does success")
    assert len(roles["columnheader"]) == 11
    assert len(roles["rowheader"]) == 36 + 3
    cells = roles["gridcell"]
    assert cells.count("looked for, none found") == 49
    assert cells.count("not recoverable from the source") == 180
    assert "Search papers, claims, boxes and quotations" in " ".join(roles["searchbox"])
    assert roles["main"]
    assert roles["status"]
    assert page.js("document.querySelectorAll('#grid [tabindex=\"0\"]').length") == 1
    assert page.js("document.documentElement.lang") == "en"


def test_hostile_texts_stay_text(look: Open) -> None:
    page = look("hostile")
    assert text(page, "#title") == f"Evidence map: {evil(0)}"
    assert page.js("document.title") == f"Evidence map: {evil(0)}"
    for place in range(page.js("document.querySelectorAll('tbody th, thead th.mechanism, td.has').length")):
        page.js(f"document.querySelectorAll('tbody th, thead th.mechanism, td.has')[{place}].click()")
    page.click("#words")
    page.write("script")
    page.js("document.querySelectorAll('.menu input[type=checkbox]').forEach(box => box.click())")
    page.settle()
    page.js("[...document.querySelectorAll('tbody tr')].find(row => row.paper.doi).cells[0].click()")
    assert (
        page.js("document.querySelectorAll('img, iframe, svg, script:not([type]):not(:last-of-type)').length")
        == 0
    )
    assert page.js("document.querySelectorAll('script').length") == 2
    assert page.js("document.querySelectorAll('link, style').length") == 2
    assert page.js("[...document.querySelectorAll('main a')].map(link => link.protocol + link.host)") == [
        "https:doi.org"
    ]
    assert page.js("window.owned === undefined")


def test_the_policy_holds_against_a_script_that_came_in(look: Open) -> None:
    page = look("hostile")
    done = page.js(
        "(() => { const one = document.createElement('div'); try { one.innerHTML = '<b>x</b>'; return 'set' }"
        " catch { return 'refused' } })()"
    )
    assert done == "refused"
    page.js(
        "(() => { const one = document.createElement('script');"
        " try { one.textContent = 'window.owned = 1' } catch {} document.body.append(one) })()"
    )
    assert page.js("window.owned === undefined")
    assert any("Content Security Policy" in said or "TrustedScript" in said for said in page.said)
    page.said.clear()


def colours(page: Page) -> list[Any]:
    return list(
        page.js(
            "['body', 'td.has', '#hits'].map(of => getComputedStyle(document.querySelector(of)))"
            ".flatMap(of => [of.backgroundColor, of.color])"
        )
    )


def brightness(colour: str) -> float:
    red, green, blue = (int(part) for part in colour[4:-1].split(", "))
    return (red * 299 + green * 587 + blue * 114) / 1000


def test_light_and_dark_by_preference_and_by_button(look: Open) -> None:
    page = look("leadership")
    light = colours(page)
    assert brightness(light[0]) > 200 > 80 > brightness(light[1])
    page.prefer(scheme="dark")
    dark = colours(page)
    assert brightness(dark[0]) < 60 < 180 < brightness(dark[1])
    assert text(page, "#theme") == "Light"
    page.click("#theme")
    assert colours(page) == light
    page.prefer(scheme="light")
    page.click("#theme")
    assert colours(page) == dark


def test_print_has_the_whole_grid_and_no_controls(look: Open) -> None:
    page = look("leadership")
    page.prefer(media="print")
    seen = "getComputedStyle(document.querySelector({!r})).display"
    assert [page.js(seen.format(of)) for of in ("#menus", ".tools", "#how")] == ["none", "none", "none"]
    assert page.js("getComputedStyle(document.querySelector('#scroll')).overflow") == "visible"
    page.prefer()
    document = pypdfium2.PdfDocument(page.printed())
    said = "\n".join(one.get_textpage().get_text_bounded() for one in document)
    for label in page.js(ROWS):
        assert label in said
    assert "Fostering" in said
    assert "looked for, none found" in said
    width, height = document[0].get_size()
    assert width > height
    assert len(document) <= 2


def test_a_phone_shows_it_within_its_width(look: Open) -> None:
    page = look("tour", width=390, height=844)
    assert page.js("document.documentElement.scrollWidth") <= 390
    page.js("[...document.querySelectorAll('td.has')].find(cell => cell.ariaLabel.includes('box')).click()")
    page.settle()
    box = page.js(
        "(() => { const of = document.querySelector('#panel').getBoundingClientRect();"
        " return [of.x, of.width, of.height] })()"
    )
    assert box == [0, 390, 844]
    assert page.js("document.querySelector('#panel').scrollWidth") <= 390
    assert page.js("['filters', 'scroll', 'caption'].every(id => document.getElementById(id).inert)")
    page.click("#panel .close")
    assert page.js("document.querySelector('#panel').hidden")
    assert not page.js("document.querySelector('#scroll').inert")
    page.key("ArrowRight")
    assert page.js(f"{FOCUS}.closest('table').id") == "grid"
