"""What holds for every file of a tagged format: no word is lost, lines are right, blocks do not matter."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.formats.records import Item, Notes, Problem

PIECES: dict[str, list[str]] = {
    "ris": [
        "TY  - JOUR",
        "TI  - alpha",
        "AB  - beta",
        "KW  - ",
        "ER  - ",
        "ER  -",
        "ER  - TY  - BOOK",
        "gamma\ufeffTY  - BOOK",
        "  delta",
    ],
    "nbib": [
        "PMID- 1",
        "PMID-22",
        "TI  - alpha",
        "AB  - beta",
        "MH  -",
        "      delta",
        "OWN - NLM",
        "SO  - gammaPMID- 3",
        "AID - gamma\ufeffPMID- 4",
    ],
    "wos": [
        "FN epsilon",
        "VR 1.0",
        "PT J",
        "TI alpha",
        "AU beta",
        "   delta",
        "ER",
        "EF",
        "EF\ufeffFN epsilon",
        "EFFN epsilon",
        "DE gamma; beta",
    ],
    "enw": ["%0 Book", "%T alpha", "%A beta", "%X gamma", "%U", "%+ delta", "%Z gamma%0 Book", "\t%T beta"],
    "ovid": [
        "<1. >",
        " <2>",
        "TI  - alpha",
        " AB  - beta",
        "      delta",
        "Title",
        "  gamma",
        "Source",
        "gamma<1. >",
        "SO  - Alpha. 1(2):3-4, 1999.",
    ],
}
ANY = ["", "  ", "zeta", "Zeta eta", "\r", "\rTheta", "\ufeff", "\x0c", "theta\r", "1.", "-"]
FRAME = re.compile(r"\ufeff?(?:FN epsilon|VR 1\.0|EF)\Z")


def _read(name: str, blocks: list[str]) -> list[Item]:
    return list(import_module(f"realist.formats.tagged.{name}").read(blocks, Notes()))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z]{3,}", text))


@pytest.mark.parametrize("name", PIECES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_word_is_lost_and_every_line_is_right(name: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(PIECES[name] + ANY), min_size=1, max_size=20))
    items = _read(name, ["\n" + "\n".join(lines)])
    shown = [part for line in lines for part in line.split("\r")]
    kept = Counter[str]()
    for item in items:
        if isinstance(item, Problem):
            kept += _words(item.text)
            assert 1 <= item.line <= len(shown) + 1
            assert item.message.endswith(".")
            assert not item.record or f"{item.record} of line" in item.message
            continue
        record, fields = item
        line = record.line
        for tag, value in record.raw:
            assert tag in shown[line - 1]
            line += 1 + value.count("\n") + value.count("\r")
            kept += _words(tag + " " + value)
        str(fields).encode()
    parts = [part for line in lines for part in re.split("(?<=EF)", line)]
    written = _words(" ".join(part for part in parts if not FRAME.match(part)))
    assert not written - kept


@pytest.mark.parametrize("name", PIECES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_blocks_may_part_anywhere_between_lines(name: str, data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.sampled_from(PIECES[name] + ANY), min_size=1, max_size=12))
    whole = _read(name, ["\n" + "\n".join(lines)])
    assert _read(name, ["\n" + line for line in lines]) == whole
    cut = data.draw(st.integers(0, len(lines)))
    blocks = ["\n".join(["", *part]) for part in (lines[:cut], lines[cut:]) if part]
    assert _read(name, blocks) == whole
