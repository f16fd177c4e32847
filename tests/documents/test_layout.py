"""The order, the paragraphs and the joined words of pages, from runs at places."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from realist.documents.pdf.columns import blocks_of
from realist.documents.pdf.furniture import clear
from realist.documents.pdf.hyphens import Words, join
from realist.documents.pdf.layout import lay_out
from realist.documents.pdf.paragraphs import paragraphs_of
from realist.documents.pdf.pieces import RawPage, Run
from realist.documents.pdf.rows import rows_of
from tests.documents.support import PROSE


def run(text: str, x0: float, y: float, width: float = 200, size: float = 10) -> Run:
    return Run(text, x0, x0 + width, y, size)


def column(x0: float, y: float, texts: Sequence[str], width: float = 200) -> list[Run]:
    return [run(text, x0, y + 12 * at, width) for at, text in enumerate(texts)]


def own(number: int) -> list[str]:
    """Return lines that no other page has."""
    return [f"{'abcdefgh'[number]}{text}" for text in PROSE]


def page(runs: Sequence[Run], number: int = 1, label: str = "") -> RawPage:
    return RawPage(number, label, 595, 842, tuple(runs), True)


def order(runs: Sequence[Run]) -> list[str]:
    return [row.text for block in blocks_of(runs) for row in block]


LEFT = [f"left column, line {n} of a text" for n in range(8)]
RIGHT = [f"right column, line {n} of text" for n in range(8)]


def test_the_left_column_is_read_before_the_right_one_whatever_the_order_of_the_file() -> None:
    left, right = column(50, 100, LEFT), column(300, 100, RIGHT)
    mixed = [one for both in zip(right, left, strict=True) for one in both]
    assert order(mixed) == LEFT + RIGHT


def test_lines_across_the_page_stay_before_and_between_the_columns() -> None:
    runs = [
        run("A title across the page", 50, 50, 450, 18),
        *column(50, 100, LEFT), *column(300, 100, RIGHT),
        run("A table across the page, in one long line", 50, 240, 450),
        *column(50, 270, [f"{text} below" for text in LEFT]),
        *column(300, 270, [f"{text} below" for text in RIGHT]),
    ]  # fmt: skip
    read = order(runs)
    assert read[0] == "A title across the page"
    assert read[1:17] == LEFT + RIGHT
    assert read[17].startswith("A table across")
    assert read[18:] == [f"{text} below" for text in LEFT + RIGHT]


def test_three_columns() -> None:
    middle = [f"middle column, line {n} of it" for n in range(8)]
    runs = column(50, 100, LEFT, 150) + column(220, 100, middle, 150) + column(390, 100, RIGHT, 150)
    assert order(runs[::-1]) == LEFT + middle + RIGHT


def test_columns_whose_lines_stand_at_other_heights() -> None:
    runs = column(50, 100, LEFT) + column(300, 106, RIGHT)
    assert order(runs) == LEFT + RIGHT


def test_a_table_of_figures_is_read_row_by_row() -> None:
    rows = [[run(f"Clinic {n}", 50, 100 + 12 * n, 40), run(f"{n}2", 200, 100 + 12 * n, 12)] for n in range(9)]
    assert order([one for row in rows for one in row]) == [f"Clinic {n}  {n}2" for n in range(9)]


def test_cells_with_several_lines_of_text_are_read_one_by_one() -> None:
    assert order(column(50, 100, PROSE, 200) + column(300, 100, PROSE[::-1], 200)) == [*PROSE, *PROSE[::-1]]


def test_one_column_with_short_lines_and_indents_has_no_gutter() -> None:
    texts = [*PROSE, "A short line.", *PROSE]
    runs = [run(text, 50 + 15 * (at % 3 == 0), 100 + 12 * at, 5 * len(text)) for at, text in enumerate(texts)]
    assert order(runs) == texts


def test_pieces_of_a_row_are_put_together() -> None:
    rows = rows_of([run("power", 50, 100, 30), run("12", 80.4, 96.5, 8, 6), run("is shared", 92, 100, 40)])
    assert [row.text for row in rows] == ["power12 is shared"]
    assert rows[0].cells == 1


def test_an_initial_of_several_lines_belongs_to_its_first_word() -> None:
    runs = [run("T", 50, 124, 20, 36), run("he leaders of joint", 72, 100, 100), run("teams", 72, 112, 40)]
    runs += [run(text, 50, 136 + 12 * at) for at, text in enumerate(PROSE)]
    assert [row.text for row in rows_of(runs)][:2] == ["The leaders of joint", "teams"]


def test_what_repeats_at_the_edges_is_left_out_and_gives_the_labels() -> None:
    made = []
    for number in range(1, 7):
        head = (
            f"Journal of Joint Care 21 (4)    {672 + number}"
            if number % 2
            else f"{672 + number} Smith et al."
        )
        body = column(50, 100, own(number), 400)
        made.append(page([run(head, 50, 30, 400), *body, run("Downloaded on 12 May", 50, 810)], number))
    cleared = clear(made)
    assert [one.label for one in cleared] == ["673", "674", "675", "676", "677", "678"]
    assert all(len(one.runs) == len(PROSE) for one in cleared)


def test_a_running_title_that_changes_goes_where_it_shows_the_page_number() -> None:
    titles = ["Background", "Background", "Methods", "Findings", "Discussion"]
    made = [
        page([run(f"{number} {title}", 50, 30), *column(50, 100, own(number))], number)
        for number, title in enumerate(titles, 1)
    ]
    assert [len(one.runs) for one in clear(made)] == [len(PROSE)] * 5


def test_labels_of_the_file_count_before_printed_numbers() -> None:
    made = [
        page([*column(50, 100, own(n)), run(str(n), 300, 810)], n, label) for n, label in enumerate("iabc", 1)
    ]
    assert [one.label for one in clear(made)] == list("iabc")
    assert all(len(one.runs) == len(PROSE) for one in clear(made))


def test_text_that_stands_once_at_an_edge_stays() -> None:
    made = [page([run(f"First {word} line", 50, 40), *column(50, 100, own(n))], n)
            for n, word in enumerate(("red", "green", "blue", "grey"), 1)]  # fmt: skip
    assert all(len(one.runs) == 1 + len(PROSE) for one in clear(made))
    assert [one.label for one in clear(made)] == [""] * 4


def test_a_single_page_loses_nothing() -> None:
    assert (
        len(clear([page([run("Header", 50, 30), *column(50, 100, PROSE), run("1", 300, 810)])])[0].runs) == 8
    )


def test_the_numbers_of_lines_in_the_margin_go() -> None:
    body = column(80, 100, PROSE * 3)
    margin = [run(str(at), 50, 100 + 12 * at, 10) for at in range(18)]
    assert [one.text for one in clear([page(margin + body)])[0].runs] == list(PROSE * 3)


def test_stamps_across_the_margin_go_and_other_turned_text_stays_last() -> None:
    stamp = Run("Downloaded from example.org", 10, 200, 400, 8, turned=True)
    other = Run("Axis of a figure", 10, 90, 400, 8, turned=True)
    made = lay_out(
        [page([stamp, *column(50, 100, own(n)), *([other] if n == 2 else [])], n) for n in range(1, 5)]
    )
    assert all("Downloaded" not in one.text for one in made.pages)
    assert made.pages[1].text.endswith("\n\nAxis of a figure")


def test_paragraphs_by_indent_gap_and_short_last_lines() -> None:
    texts = [*PROSE[:2], "who stayed.", "Some " + PROSE[2], PROSE[3], *PROSE[4:]]
    runs = [run(text, 50, 100 + 12 * at, 400) for at, text in enumerate(texts)]
    runs[2] = run("who stayed.", 50, 124, 60)
    runs[5] = run(texts[5], 65, 160, 385)
    runs[6] = run(texts[6], 50, 200, 400)
    found = paragraphs_of(rows_of(runs))
    assert [[row.text for row in one.rows] for one in found] == [texts[:3], texts[3:5], texts[5:6], texts[6:]]


def test_hanging_references_and_items_are_paragraphs() -> None:
    texts = [
        "Adams B. A title of some length in",
        "a journal. 2014.",
        "Baker C. Another title that goes",
        "on. 2015.",
    ]
    runs = [run(text, 50 if at % 2 == 0 else 65, 100 + 12 * at, 300) for at, text in enumerate(texts)]
    assert [len(one.rows) for one in paragraphs_of(rows_of(runs))] == [2, 2]
    items = [run(f"• {text}", 50, 100 + 12 * at, 100) for at, text in enumerate(("one", "two", "three"))]
    assert [len(one.rows) for one in paragraphs_of(rows_of(items))] == [1, 1, 1]


def test_a_sentence_goes_on_in_the_next_column_and_notes_come_last() -> None:
    left = [*LEFT[:-1], "and then the lea-"]
    note = run("1 A note at the foot of it", 50, 220, 150, 7.5)
    right = ["ders asked for views.", *RIGHT[1:]]
    text = lay_out([page([*column(50, 100, left), note, *column(300, 100, right)])]).pages[0].text
    assert "and then the leaders asked for views. right column" in text
    assert text.endswith("\n\n1 A note at the foot of it")


@pytest.mark.parametrize(
    ("known", "left", "right", "expected"),
    [
        ("", "inte-", "gration of care", "integration of care"),
        ("decision-making is", "by decision-", "making staff", "by decision-making staff"),
        ("person-centred care", "a patient-", "centred way", "a patient-centred way"),
        ("the understanding", "an under-", "standing of it", "an understanding of it"),
        ("recreation and re-creation and recreation", "of re-", "creation", "of recreation"),
        ("", "self-", "efficacy", "self-efficacy"),
        ("", "the Smith-", "Jones rule", "the Smith-Jones rule"),
        ("", "INTE-", "GRATION", "INTEGRATION"),
        ("", "COVID-", "19 wave", "COVID-19 wave"),
        ("", "face-", "to-face talks", "face-to-face talks"),
        ("", "soft\xad", "ware", "software"),
        ("", "10–", "12 people", "10–12 people"),
        ("", "and/", "or both", "and/or both"),
        ("", "a pause –", "and more", "a pause – and more"),
    ],
)
def test_words_at_line_ends(known: str, left: str, right: str, expected: str) -> None:
    assert join([left, right], Words([known, left, right])) == expected


def test_lines_that_stay_lines_take_the_rest_of_a_word_up() -> None:
    assert join(["of inte-", "gration, and", "more"], Words([]), "\n") == "of integration,\nand\nmore"
    assert join(["inte-", "gration"], Words([]), "\n") == "integration"
    assert join([], Words([])) == ""


def test_nothing_at_all() -> None:
    assert lay_out([page([])]).pages[0].text == ""
    assert blocks_of([]) == []
    assert clear([]) == []


def test_a_page_of_one_long_line_is_fast() -> None:
    long = "x" * 300_000 + "-"
    assert join([long, "y" * 300_000], Words([long])).startswith("x")
    assert len(lay_out([page([run(long, 50, 100, 500)])]).pages[0].text) == len(long)


def test_pages_of_very_many_pieces_end_soon() -> None:
    many = 20_000
    row = [run("ab", at / 10, 100, 1) for at in range(many)]
    tall = [run("A", at / 10, at / 30, 1, 40) for at in range(many // 10)]
    scattered = [run("a word or two", at * 7919 % 500, at * 104729 % 800, 60) for at in range(many)]
    start = time.process_time()
    assert len(lay_out([page(row), page([*tall, *scattered])]).pages) == 2
    assert time.process_time() - start < 30
