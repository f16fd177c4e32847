"""Decisions made elsewhere: read whole or not at all, equal ones once, written out and read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from realist.errors import NotFound, RealistError, Refused
from realist.exports.decisions import decisions_csv
from realist.queries.naming import resolve
from realist.queries.screening import rounds as listed
from realist.queries.together import decision_rows
from realist.services import papers, plan, rounds, screening
from realist.services.history import undo
from realist.services.importing import Origin, import_file
from realist.services.importing_decisions import Told, import_decisions
from realist.services.unit import Desk
from realist.vocabulary import RoundKind, Verdict
from tests.services.dumps import dump

HEAD = "record_key,round,person,verdict,reasons,note,at,seconds\n"


@pytest.fixture
def ready(desk: Desk, tmp_path: Path) -> Desk:
    """Two imported papers with keys, one by hand, and a round with reasons."""
    ris = "".join(f"TY  - JOUR\nTI  - Title {n}\nAN  - K{n}\nER  - \n\n" for n in (1, 2))
    (tmp_path / "two.ris").write_text(ris, encoding="utf-8")
    import_file(desk, tmp_path / "two.ris", Origin())
    papers.add_paper(desk, label="By hand (2001)")
    plan.add_stage(desk, "1")
    rounds.add_round(desk, "abstracts", stage="1", kind=RoundKind.TITLE_ABSTRACT, reasons=["no peer"])
    rounds.enter(desk, "abstracts", ["#1", "#2"])
    return desk


def table(folder: Path, text: str) -> Path:
    path = folder / "told.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_decisions_come_in_with_their_person_and_time(ready: Desk, tmp_path: Path) -> None:
    plan.edit_person(ready, "RP")
    text = f"{HEAD}K1,abstracts,RP,exclude,1,thin,2025-03-01T10:00:00Z,12.5\nK2,abstracts,RP,maybe,,,,\n"
    path = table(tmp_path, text)
    assert import_decisions(ready, path) == Told(2, 0, 0, 0, 0)
    with ready.store.read() as connection:
        first, second = decision_rows(connection, viewer="SF")
    assert (first["record_key"], first["person"], first["verdict"], first["reasons"]) == (
        "K1", "RP", "exclude", "1",
    )  # fmt: skip
    assert (first["note"], first["seconds"], first["at"].isoformat()) == (
        "thin", 12.5, "2025-03-01T10:00:00+00:00",
    )  # fmt: skip
    assert (second["verdict"], second["seconds"]) == ("maybe", None)


def test_what_is_missing_is_refused_or_made(ready: Desk, tmp_path: Path) -> None:
    text = f"{HEAD}By hand (2001),full texts,XY,exclude,no data;2,,,\n"
    before = dump(ready.store, log=True)
    with pytest.raises(NotFound, match=r"told.csv, line 2: There is no round 'full texts'.*Nothing was imp"):
        import_decisions(ready, table(tmp_path, text))
    assert dump(ready.store, log=True) == before
    with pytest.raises(Refused, match="The round has no exclusion reason '2'"):
        import_decisions(ready, table(tmp_path, text), create=True)
    held = dump(ready.store)
    text = text.replace(";2", ";no peer")
    assert import_decisions(ready, table(tmp_path, text), create=True) == Told(1, 0, 1, 1, 1)
    with ready.store.read() as connection:
        made = listed(connection, viewer="XY")[-1]
    assert (made["name"], made["kind"], made["exclude"]) == ("full texts", "full text", 1)
    assert [reason["text"] for reason in made["reasons"]] == ["no data", "no peer"]
    undo(ready)
    assert dump(ready.store) == held


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("K9,abstracts,SF,include,,,,", "There is no paper 'K9' in this review"),
        ("K1,abstracts,SF,perhaps,,,,", "'perhaps' is no verdict: use include, exclude, maybe, undecided"),
        ("K1,abstracts,QQ,include,,,,", "There is no person 'QQ' in this review: use --create"),
        ("K1,abstracts,SF,include,,,yesterday,", "'yesterday' is no moment: write it like 2026-03-01T14:05"),
        ("K1,abstracts,SF,include,,,,soon", "'soon' are no seconds: use a number"),
        ("K1,abstracts,SF,include,,,,nan", "'nan' are no seconds"),
        ("By hand (2001),abstracts,SF,include,,,,", r"By hand \(2001\) is not in abstracts: use --create"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(ready: Desk, tmp_path: Path, line: str, sentence: str) -> None:
    path = table(tmp_path, f"{HEAD}K2,abstracts,SF,include,,,,\n{line}\n")
    before = dump(ready.store, log=True)
    with pytest.raises(RealistError, match=f"told.csv, line 3: {sentence}.*Nothing was imported"):
        import_decisions(ready, path)
    assert dump(ready.store, log=True) == before


def test_a_file_that_is_no_such_table_is_refused(ready: Desk, tmp_path: Path) -> None:
    with pytest.raises(RealistError, match=r"told\.csv has no column person: it needs record_key, round"):
        import_decisions(ready, table(tmp_path, "record_key,round,verdict\n"))
    with pytest.raises(RealistError, match="cannot be read: No such file"):
        import_decisions(ready, tmp_path / "nowhere.csv")
    (tmp_path / "latin.csv").write_bytes(b"record_key,round,person,verdict\nK\xe9,a,b,c\n")
    with pytest.raises(RealistError, match=r"latin\.csv is no UTF-8 text: save it as CSV UTF-8"):
        import_decisions(ready, tmp_path / "latin.csv")


def test_what_was_written_reads_back_as_it_was(ready: Desk, tmp_path: Path) -> None:
    screening.decide(ready, "#1", Verdict.EXCLUDE, round_="abstracts", reason="1", note="=1+1", seconds=3)
    screening.decide(ready, "#1", Verdict.INCLUDE, round_="abstracts")
    rounds.enter(ready, "abstracts", ["By hand (2001)"])
    screening.decide(ready, "By hand (2001)", Verdict.MAYBE, round_="abstracts")
    with ready.store.read() as connection:
        rows = list(decision_rows(connection, viewer="SF", round_=resolve(connection, "round", "abstracts")))
    assert [row["superseded"] for row in rows] == [True, False, False]
    text = decisions_csv(rows)
    assert "'=1+1" in text, "a spreadsheet must not run it"
    assert import_decisions(ready, table(tmp_path, text)) == Told(0, 3, 0, 0, 0)
    with ready.store.read() as connection:
        assert len(list(decision_rows(connection, viewer="SF"))) == 3
