"""Tests of what is read of BibTeX that is not written plainly: mended, joined, refused."""

from __future__ import annotations

import subprocess
import sys

import pytest

from realist.formats.bibtex.meaning import read
from realist.formats.bibtex.parse import Comment, Definition, Loose, Refused, parse
from realist.formats.bibtex.split import Entry
from realist.formats.records import Notes
from tests.formats.support import errors, split_items


def parts(text: str) -> list[object]:
    return list(parse(["\n" + text]))


def only(text: str) -> Entry:
    found = parts(text)
    assert len(found) == 1
    assert isinstance(found[0], Entry)
    return found[0]


def test_kinds_of_parts_come_in_file_order() -> None:
    text = "x\n@string(a = {b})\n% c\n@misc{k, t={u}} y\n@preamble{{z}}\n@misc{l, t={u\n"
    assert parts(text) == [
        Loose(1, "x"),
        Definition(2, "a", "{b}", "@string(a = {b})"),
        Comment(3, "% c"),
        Entry(4, [("@type", "misc"), ("@key", "k"), ("t", "u")]),
        Loose(4, " y"),
        Comment(5, "@preamble{{z}}"),
        Refused(6, "@misc{l, t={u", 2),
    ]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("@Misc(k, t = \"u\", v = {w})", [("@type", "Misc"), ("@key", "k"), ("t", "u"), ("v", "w")]),
        ("@misc{k\n , t = {u}\n , v = {w}}", [("@type", "misc"), ("@key", "k"), ("t", "u"), ("v", "w")]),
        ("@misc{\n t = {u},\n}", [("@type", "misc"), ("t", "u")]),
        ("@misc{, t = {u}}", [("@type", "misc"), ("t", "u")]),
        ("@misc{k, t = {u}, t = {v}}", [("@type", "misc"), ("@key", "k"), ("t", "u"), ("t", "v")]),
        ('@misc{k, t = "u {"} v"}', [("@type", "misc"), ("@key", "k"), ("t", 'u {"} v')]),
        ("@misc{k, t = {a \\{ b}}", [("@type", "misc"), ("@key", "k"), ("t", "a \\{ b")]),
        ("@{k, t = {u}}", [("@type", ""), ("@key", "k"), ("t", "u")]),
        ("@misc{k,\n % why,\n t = {u},\n % {not\n}", [
            ("@type", "misc"), ("@key", "k"), ("%", "why,"), ("t", "u"), ("%", "{not"),
        ]),
        ("@misc{k, % no\n t = {u}}", [("@type", "misc"), ("@key", "k"), ("%", "% no"), ("t", "u")]),
        ("@misc{k,, t = {u}, ,}", [("@type", "misc"), ("@key", "k"), ("t", "u")]),
        ("@misc{k, file = {C:\\x\\}, t = {u}}", [
            ("@type", "misc"), ("@key", "k"), ("file", "C:\\x\\"), ("t", "u"),
        ]),
        ("@misc{k, a = {mail\n @to{b} c},\n t = {u}}", [
            ("@type", "misc"), ("@key", "k"), ("a", "mail\n @to{b} c"), ("t", "u"),
        ]),
        ("\ufeff@misc{k, t = {u}}", [("@type", "misc"), ("@key", "k"), ("t", "u")]),
    ],
)  # fmt: skip
def test_odd_records_are_read_whole(text: str, pairs: list[tuple[str, str]]) -> None:
    entry = only(text)
    assert entry.pairs == pairs
    assert entry.remark == ""


@pytest.mark.parametrize(
    ("text", "pairs", "why"),
    [
        ("@misc{k\n t = {u}}", [("t", "u")], "the comma after its key is missing"),
        (
            "@misc{k, t = {u}\n v = {w} x = 3}",
            [("t", "u"), ("v", "w"), ("x", "3")],
            "a comma between two fields",
        ),
        ("@misc{k, t = {u},\n v = {w}\n", [("t", "u"), ("v", "w")], "its closing brace is missing"),
        ("@misc{k,\n t = {u {x},\n v = {w}\n}", [("t", "u {x"), ("v", "w")], "told apart by lines"),
        ("@misc{k,\n t = {u}},\n v = {w}\n}", [("t", "u}"), ("v", "w")], "told apart by lines"),
        ('@misc{k,\n t = "u "x",\n v = 3,\n}', [("t", 'u "x'), ("v", "3")], "told apart by lines"),
        ("@misc{k,\n t = {u},\n v = {cut o", [("t", "u"), ("v", "cut o")], "told apart by lines"),
    ],
)
def test_broken_records_are_mended_and_that_is_told(
    text: str, pairs: list[tuple[str, str]], why: str
) -> None:
    following = "@misc{next, t = {v}}\n"
    mended, after = parts(text + "\n" + following) if not text.endswith("o") else (only(text), None)
    assert isinstance(mended, Entry)
    assert mended.pairs[2:] == pairs
    assert why in mended.remark
    assert after is None or isinstance(after, Entry)


def test_what_cannot_be_mended_is_refused_with_its_line_and_text() -> None:
    text = "@misc{a, t = {u}}\n\n@misc{b, t = {u\n@misc{c, t u}\n@misc{d, t = {u}}\n@misc{e, t = {u}}}\n"
    records, problems = split_items(list(read(["\n" + text], Notes())))
    assert [record.position for record, _ in records] == [1, 4, 5]
    refused = errors(problems)
    assert [(problem.line, problem.record, problem.text) for problem in refused] == [
        (3, 2, "@misc{b, t = {u"),
        (4, 3, "@misc{c, t u}"),
    ]
    assert refused[0].message == (
        "Record 2 of line 3 cannot be read (a brace or quotation mark that it opens is not closed): "
        "mend it and import the file again."
    )


def test_a_mended_record_is_doubted() -> None:
    _, problems = split_items(
        list(read(["\n@misc{a, title = {u},\n year = {2000}\n@misc{b, title={c}}"], Notes()))
    )
    assert [problem.message for problem in problems] == [
        "Record 1 of line 1 was mended (its closing brace is missing): look whether all of it was read."
    ]


def test_bibtexparser_is_loaded_when_needed_and_stays_silent(caplog: pytest.LogCaptureFixture) -> None:
    code = "import sys, realist.formats.bibtex; sys.exit('bibtexparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert isinstance(parts("@misc{a, t = {u")[0], Refused)
    assert caplog.records == []


def test_an_unclosed_record_does_not_swallow_the_next() -> None:
    found = parts("@misc{a, t = {u {v\n@misc{b, t = {w}}\n@misc{c, t = {x}}\n")
    assert [type(part) for part in found] == [Refused, Entry, Entry]


def test_records_within_comments_follow_the_rules_of_bibtex() -> None:
    found = parts("@comment{\n@misc{a, t = {u}}\n}\n%@misc{b, t = {u}}\n@misc{c, t = {u}} @misc{d, t = {u}}")
    assert [type(part) for part in found] == [Comment, Entry, Loose, Comment, Entry, Entry]


def test_blocks_may_end_anywhere_between_lines() -> None:
    lines = ["@misc{a,", " t = {u", " v},", "}", "% c", "@misc{b, t = {w}}"]
    whole = list(parse(["\n" + "\n".join(lines)]))
    assert list(parse("\n" + line for line in lines)) == whole
    assert [type(part) for part in whole] == [Entry, Comment, Entry]


def test_hidden_characters_of_the_file_stay_themselves() -> None:
    assert only("@misc{k, t = {\ufdd0 \\{ \ufdd3}}").pairs[-1] == ("t", "\ufdd0 \\{ \ufdd3")
    assert isinstance(parts("@misc{k, t = {\ufdd0")[0], Refused)
