"""Text tables: header and delimiter, quoting as it should be and as it is, rows that are no records."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from realist.formats.lines import join_lines
from realist.formats.records import Fields, Notes, Problem, RawRecord
from realist.formats.tables.reading import read
from realist.formats.tables.rows import Rows
from tests.formats.support import errors, export_of, read_bytes, split_items

HEADER = "id,title,abstract,year\n"


def table(text: str, notes: Notes | None = None) -> tuple[list[tuple[RawRecord, Fields]], list[Problem]]:
    """Return records and problems of a table in *text*."""
    return split_items(list(read(join_lines([text], True, []), notes or Notes())))


def titles(text: str) -> list[str]:
    """Return the titles of a table's records."""
    return [fields.title for _, fields in table(text)[0]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_header_that_it_makes(delimiter: str) -> None:
    header = delimiter.join(["Title", "Authors", "Publication Year"])
    row = delimiter.join(["Trust; and| care, at\twork".replace(delimiter, "-"), '"A, B; C|D\tE"', "2001"])
    (record, fields), *others = table(f"{header}\n{row}\n")[0]
    assert others == []
    assert fields.year == 2001
    assert dict(record.raw)["Authors"] == "A, B; C|D\tE"


def test_the_header_may_stand_below_a_preamble_that_says_nothing() -> None:
    notes = Notes()
    text = (
        "SEARCH QUERY;'trust'/exp AND care:ti;;\n-------------;;;\n\n;;;\n"
        "Title;Author Names;Publication Year;PUI\nTrust;Best N., Shaw J.;2010;L200\n"
    )
    records, problems = table(text, notes)
    assert [(record.line, fields.title) for record, fields in records] == [(6, "Trust")]
    assert problems == []
    assert notes == Notes("Embase.com", 3, 0.0)


def test_rows_above_the_header_that_look_like_records_are_told() -> None:
    records, problems = table("1,Trust,x,2001\n\nsearched on Monday\n" + HEADER + "2,Care,y,2002\n")
    assert [fields.title for _, fields in records] == ["Care"]
    assert [(problem.line, problem.text) for problem in problems] == [(1, "1\tTrust\tx\t2001")]
    assert problems[0].message.startswith("Above the names of the columns in line 4 stand rows")


def test_a_header_may_have_line_feeds_in_its_cells() -> None:
    records, _ = table('"Study\nnumber","Title","Publication\nYear"\n7,Trust,2001\n')
    assert records[0][0] == RawRecord(
        1, 4, [("Study\nnumber", "7"), ("Title", "Trust"), ("Publication\nYear", "2001")]
    )
    assert records[0][1].year == 2001


def test_the_line_that_tells_excel_the_delimiter_is_no_row() -> None:
    assert titles("sep=;\r\nTitle;Year\r\nTrust;2001\r\n".replace("\r\n", "\n")) == ["Trust"]


def test_spaces_between_delimiter_and_quote_are_no_text() -> None:
    records, problems = table(
        'title, authors, year\nTrust, "Best, N.; Shaw, J.", 2001\n Care, "Ray, I.",2002\n'
    )
    assert [fields.authors for _, fields in records] == [("Best, N.", "Shaw, J."), ("Ray, I.",)]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title\nTrust, and care; both\nOther\n", ["Trust, and care; both", "Other"]),
        ('Title\n"Trust, ""care"""\n', ['Trust, "care"']),
        (",title,abstract\n0,Trust,x\n1,Care,y\n", ["Trust", "Care"]),
    ],
)
def test_tables_of_one_column_and_of_unnamed_ones(text: str, found: list[str]) -> None:
    assert titles(text) == found


def test_lines_are_those_of_an_editor_where_cells_have_several() -> None:
    records, _ = table(HEADER + '1,a,"one\ntwo\n\nfour",2001\n\n2,b\rc,"x\ry",2002\n3,d,e,2003\n')
    assert [record.line for record, _ in records] == [2, 7, 10]
    assert dict(records[0][0].raw)["abstract"] == "one\ntwo\n\nfour"
    assert dict(records[1][0].raw) == {"id": "2", "title": "b\rc", "abstract": "x\ry", "year": "2002"}


def test_raw_has_the_cells_to_the_letter_and_leaves_out_blank_ones() -> None:
    (record, fields), *_ = table('Title,ISSN,year,note,x\n  Trust ,="19326203",="2001", ,"say ""a"""\n')[0]
    assert record.raw == [
        ("Title", "  Trust "),
        ("ISSN", '="19326203"'),
        ("year", '="2001"'),
        ("x", 'say "a"'),
    ]
    assert (fields.title, fields.year) == ("Trust", 2001)


def test_short_rows_are_read_and_long_ones_keep_what_is_beyond() -> None:
    records, problems = table(HEADER + "1,a\n2,b,c,2002,,\n3,d,e,2003,more,,still\n")
    assert records[0][0].raw == [("id", "1"), ("title", "a")]
    assert records[1][0].raw[-1] == ("year", "2002")
    assert records[2][0].raw[-2:] == [("", "more"), ("", "still")]
    assert [(problem.line, problem.record) for problem in problems] == [(4, 3)]
    assert "Record 3 of line 4 has text beyond its 4 named columns" in problems[0].message


def test_lines_of_text_between_rows_are_told_with_their_text() -> None:
    notes = Notes()
    text = HEADER + "1,a,b,2001\n\nnot labelled yet\nby anyone;;;\n-----\n2,c,d,2002\nexported today,,,\n"
    records, problems = table(text, notes)
    assert [record.line for record, _ in records] == [2, 7]
    assert [(problem.line, problem.text) for problem in problems] == [
        (4, "not labelled yet\nby anyone;;;"),
        (8, "exported today"),
    ]
    assert problems[0].message.startswith("Line 4 and the 1 after it have one cell of 4 and are no records")
    assert errors(problems) == []
    assert notes.noise == 1


def test_a_title_alone_is_a_record() -> None:
    assert titles("title,year,doi\nOnly a title\n") == ["Only a title"]


def test_files_that_were_glued_together_have_each_header_once() -> None:
    notes = Notes()
    text = (
        HEADER + "1,a,b,2001\n" + HEADER + "2,c,d,2002\n"
        "\ufeffSEARCH QUERY,care:ti\n----\n\nTitle,Author Names,Publication Year,PUI\nTrust,Best N.,2003,L1\n"
    )
    records, problems = table(text, notes)
    assert [(record.line, fields.title, fields.year) for record, fields in records] == [
        (2, "a", 2001),
        (4, "c", 2002),
        (9, "Trust", 2003),
    ]
    assert records[-1][0].raw[1] == ("Author Names", "Best N.")
    assert problems == []
    assert notes.noise == 4


def test_a_table_without_a_known_column_is_refused_with_its_columns() -> None:
    records, problems = table("foo,bar,baz\n1,2,3\n")
    assert records == []
    (problem,) = problems
    assert errors(problems) == problems
    assert 'line 1 has "foo", "bar", "baz"; name the columns' in problem.message
    assert problem.text == "foo,bar,baz\n1,2,3\n"


def test_records_without_a_title_or_year_are_read_and_told() -> None:
    records, problems = table("record_id,abstract,year\n7,Trust grew,no date\n")
    assert records[0][1].source_key == "7"
    assert [problem.message for problem in problems] == [
        "Record 1 of line 2 has no title: it was read without one.",
        'Record 1 of line 2 has no year that can be read: "no date" was kept as it is.',
    ]


class TestQuotesThatDoNotPair:
    def test_quotes_within_a_quoted_cell_are_text(self) -> None:
        records, problems = table(HEADER + '1,"He said "trust" to me",x,2001\n2,b,c,2002\n')
        assert [dict(record.raw)["title"] for record, _ in records] == ['He said "trust" to me', "b"]
        assert problems == []

    def test_they_are_text_in_cells_of_several_lines_too(self) -> None:
        records, problems = table(HEADER + '1,a,"one\nthe "two" here\nthree",2001\n2,b,c,2002\n')
        assert dict(records[0][0].raw)["abstract"] == 'one\nthe "two" here\nthree'
        assert [record.line for record, _ in records] == [2, 5]
        assert problems == []

    def test_spaces_after_a_quoted_cell_part_nothing(self) -> None:
        assert titles(HEADER + '"1" ,"a, b" ,"c" ,"2001"\n') == ["a, b"]

    def test_an_unclosed_quote_does_not_swallow_the_next_row(self) -> None:
        text = HEADER + '1,"a,x,2001\n2,"b",y,2002\n3,"c","z\nz",2003\n4,d,e,2004\n'
        records, problems = table(text)
        assert [(record.line, fields.title) for record, fields in records] == [
            (2, '"a'),
            (3, "b"),
            (4, "c"),
            (6, "d"),
        ]
        assert [problem.line for problem in problems] == [2]
        assert "lines 2 to 3 were read as rows of their own" in problems[0].message

    def test_nor_the_rest_of_the_file(self) -> None:
        text = HEADER + '1,"a,x,2001\n' + "".join(f"{n},t{n},y,2002\n" for n in range(2, 2000))
        records, problems = table(text)
        assert len(records) == 1999
        assert records[-1][0].line == 2000
        assert len(problems) == 1

    def test_nor_does_one_that_closes_hundreds_of_rows_later(self) -> None:
        text = (
            HEADER
            + '1,"a,x,2001\n'
            + "".join(f"{n},t{n},y,2002\n" for n in range(2, 600))
            + '600,z",y,2003\n'
        )
        records, problems = table(text)
        assert len(records) == 600
        assert len(problems) == 1

    def test_a_file_cut_off_within_a_cell_keeps_what_there_is(self) -> None:
        records, problems = table(HEADER + '1,a,b,2001\n2,c,"the abstract\nends he')
        assert records[1][0].raw == [("id", "2"), ("title", "c"), ("abstract", "the abstract\nends he")]
        assert [problem.line for problem in problems] == [3]
        assert "the file may be cut off there" in problems[0].message

    def test_in_tab_delimited_rows_they_are_text(self) -> None:
        text = 'id\ttitle\tyear\n1\t"Green" growth\t2001\n2\t5" pipes\t2002\n'
        records, problems = table(text)
        assert [fields.title for _, fields in records] == ['"Green" growth', '5" pipes']
        assert problems == []

    def test_a_row_of_twenty_megabytes_is_refused_with_its_text_and_the_rest_is_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("realist.formats.tables.rows.LARGEST", 2000)
        text = HEADER + '1,a,"no row\n' + "of any width\n" * 300 + "2,b,c,2002\n"
        records, problems = table(text)
        refused = errors(problems)
        assert [fields.title for _, fields in records] == ["b"]
        assert [problem.line for problem in refused] == [2]
        assert refused[0].text.startswith('1,a,"no row\nof any width\n')
        words = sum(problem.text.split().count("width") for problem in problems)
        assert words == 300


WIDE = ",".join(["id", "title", *(f"c{n}" for n in range(20_000))])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (HEADER + "1,a," + "x" * 1_500_000 + ",2001\n", 1),
        (HEADER + '1,a,"' + 'x "" y\n' * 100_000 + '",2001\n2,b,c,2002\n', 2),
        (HEADER + "1,a\0b,\0\0,2001\n" * 100, 100),
        (WIDE + "\n" + ",".join(["1"] * 20_002) + "\n", 1),
        (HEADER + "1,a,b,2001\n" + '"' * 1_000_000 + "\n", 1),
        (HEADER + '"a,' * 100_000 + "\n1,b,c,2001\n", 2),
        (HEADER + 'a","b\n' * 30_000 + 'a"x\n', 1),
        (HEADER + '1,"b,c,2001\n' * 10_000, 10_000),
        (HEADER + "," * 1_500_000 + "\n1,a,b,2001\n", 1),
        (HEADER * 20_000 + "1,a,b,2001\n", 1),
        (HEADER + "1,a\r\r\rb," + "\r" * 300_000 + ",2001\n", 1),
        ("title,authors,keywords\n" + 'a,"' + "x and , " * 60_000 + '","' + "(," * 200_000 + '"\n', 1),
        ("title,authors\n" + "a,\"['" + "'a" * 200_000 + ']"\n', 1),
        ("Article Title,Doctype,PLink,Abstract\na,b,c," + "Copyright of " * 10_000 + "\n", 1),
    ],
    ids=lambda value: None if isinstance(value, int) else f"{value[:12]!r}-{len(value)}",
)
def test_hostile_tables_are_read_within_seconds(text: str, count: int) -> None:
    before = time.process_time()
    records, _ = table(text)
    assert len(records) == count
    assert time.process_time() - before < 8


def test_cells_that_would_run_or_steer_a_terminal_are_text() -> None:
    (_, fields), *_ = table(
        HEADER + '=HYPERLINK("http://x"),\x1b]0;x\x07\x1b[31mred,"=cmd|\'/C calc\'!A0",2001\n'
    )[0]
    assert fields.title == "]0;x[31mred"
    assert fields.abstract == "=cmd|'/C calc'!A0"


CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ['"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "a\rb", "\0", ' "a" ', "'", "\u2028", "\x85"]
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    cut=st.integers(1, 40),
)
def test_what_the_csv_module_writes_is_read_back(
    rows: list[list[str]], delimiter: str, quoting: int, cut: int
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    text = file.getvalue()
    found = Rows(join_lines([text[at : at + cut] for at in range(0, len(text), cut)], True, []))
    found.delimiter = delimiter
    taken = list(found)
    assert [row[1] for row in taken if not isinstance(row, Problem)] == rows
    heights = ["".join(row).count("\n") + "".join(row).count("\r") + 1 for row in rows]
    assert [row[0] for row in taken] == [1 + sum(heights[:number]) for number in range(len(rows))]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_every_cell_of_every_row_is_in_its_record(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["title", "a", "b", "c"])
    writer.writerows([f"Paper {number}", *row] for number, row in enumerate(rows))
    records, problems = table(file.getvalue())
    assert problems == []
    names = ["title", "a", "b", "c"]
    assert [record.raw for record, _ in records] == [
        [(name, cell) for name, cell in zip(names, [f"Paper {n}", *row], strict=True) if cell.strip()]
        for n, row in enumerate(rows)
    ]


@example("1 1,,,,1")
@given(st.text(st.sampled_from('a1",;\n\r\t '), max_size=60))
def test_no_text_is_lost_however_it_is_quoted(body: str) -> None:
    items = table(HEADER + body + "\n9,end,x,2001\n")
    raw = "".join(value for record, _ in items[0] for _, value in record.raw)
    told = "".join(problem.text for problem in items[1])
    for character in "a1":
        assert (raw + told).count(character) == (body + "9endx2001").count(character)


class TestThroughTheDoor:
    def test_each_kind_of_table_has_its_reader(self, tmp_path: Path) -> None:
        for content, name in [
            (b"Title,Year\nTrust,2001\n", "csv"),
            (b"Title|Year\nTrust|2001\n", "csv"),
            (b"Title\tYear\nTrust\t2001\n", "tsv"),
            (
                "\ufeffPT\tAU\tTI\tSO\tPY\tUT\r\nJ\tBest, N\tTrust\tCARE\t2001\tWOS:1\t\r\n".encode(
                    "utf-16-le"
                ),
                "wos-tab",
            ),
        ]:
            export = export_of(tmp_path, content)
            assert export.source.format == name
            records, problems = split_items(list(export))
            assert [fields.title for _, fields in records] == ["Trust"]
            assert problems == []

    def test_a_table_is_one_whatever_stands_in_its_cells(self, tmp_path: Path) -> None:
        body = b'title,abstract,year,doi\nTrust,"as in\nTY  - JOUR\n@article{x,\nPMID- 1\n",2001,\n'
        export = export_of(tmp_path, body)
        assert export.source.format == "csv"
        assert len(split_items(list(export))[0]) == 1

    def test_a_list_of_numbers_under_a_name_is_a_table(self, tmp_path: Path) -> None:
        records, _ = read_bytes(tmp_path, b"PMID\n123\n456\n")
        assert [fields.pmid for _, fields in records] == ["123", "456"]
