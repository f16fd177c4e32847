"""Files of references: written whole or not at all, the same each time, and what they cannot say."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from realist.errors import RealistError, Refused
from realist.exports import references as module
from realist.exports.references import export_references, format_of, write_references
from realist.formats.door import open_export
from realist.formats.records import Fields, Problem
from realist.formats.writing import FORMATS
from realist.queries import references as queries
from realist.services.importing import Origin, import_file
from realist.services.papers import add_paper
from realist.services.unit import Desk

RIS = """TY  - JOUR
AN  - X1
TI  - =Peer visits after stroke
AU  - Okafor, Ngozi
PY  - 2018
KW  - stroke
ER  -

TY  - ODDITY
TI  - Another
PY  - 2019
ER  -
"""


@pytest.fixture
def at(file_desk: Desk, tmp_path: Path) -> Desk:
    """Two imported papers and one added by hand."""
    (tmp_path / "in.ris").write_text(RIS)
    import_file(file_desk, tmp_path / "in.ris", Origin())
    add_paper(file_desk, label="Hale (2021)", title="A third")
    return file_desk


def read(path: Path) -> list[Fields]:
    return [item[1] for item in open_export(path) if not isinstance(item, Problem)]


@pytest.mark.parametrize("name", [name for name, found in FORMATS.items() if found.encoding])
def test_all_papers_are_written_and_read_again(name: str, at: Desk, tmp_path: Path) -> None:
    path = tmp_path / f"out{FORMATS[name].suffix}"
    written = export_references(at.store, None, name, path)
    assert written.papers == 3
    titles = [fields.title for fields in read(path)]
    assert titles == ["=Peer visits after stroke", "Another", "A third"]
    before = path.read_bytes()
    export_references(at.store, None, name, path)
    assert path.read_bytes() == before


def test_what_a_format_cannot_say_names_the_paper(at: Desk, tmp_path: Path) -> None:
    losses = export_references(at.store, None, "ris", tmp_path / "out.ris").losses
    assert list(map(str, losses)) == [
        '#2 Another, type "ODDITY": the format has no such type: it reads back as "GEN".'
    ]
    assert export_references(at.store, None, "csv", tmp_path / "out.csv").losses == []


def test_the_losses_of_many_papers_name_the_right_ones(
    at: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [f"TY  - {'JOUR' if n % 7 else 'ODD'}\nTI  - No. {n}\nER  -\n" for n in range(900)]
    (tmp_path / "many.ris").write_text("\n".join(entries))
    import_file(at, tmp_path / "many.ris", Origin())
    monkeypatch.setattr(module, "_HELD", 200)
    told: list[int] = []
    written = export_references(at.store, None, "ris", tmp_path / "out.ris", told=told.append)
    assert written.papers == 903
    assert [loss.paper for loss in written.losses] == [2, *range(4, 904, 7)]
    assert told == [0, 500]


def test_what_fails_half_way_leaves_the_file_as_it_was(at: Desk, tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    path.write_text("precious")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_references(at.store, None, "ris", path, told=stop)
    assert path.read_text() == "precious"
    assert [file.name for file in tmp_path.iterdir() if ".part" in file.name] == []


def test_the_review_itself_is_never_overwritten(at: Desk, tmp_path: Path) -> None:
    before = Path(at.store.address).read_bytes()
    link = tmp_path / "link.ris"
    link.symlink_to(at.store.address)
    for path in (Path(at.store.address), link):
        with pytest.raises(Refused, match="is the review itself: choose another name"):
            export_references(at.store, None, "ris", path)
    assert Path(at.store.address).read_bytes() == before


def test_a_new_file_replaces_none(at: Desk, tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    path.write_text("precious")
    with pytest.raises(Refused, match="is already there: choose another name"):
        export_references(at.store, None, "ris", path, new=True)
    assert path.read_text() == "precious"


@pytest.mark.skipif(os.name == "nt", reason="links and modes are others there")
def test_a_link_stays_one_and_a_file_keeps_its_mode(at: Desk, tmp_path: Path) -> None:
    real, link = tmp_path / "real.ris", tmp_path / "out.ris"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    export_references(at.store, None, "ris", link)
    assert link.is_symlink()
    assert len(read(real)) == 3
    assert real.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_is_written_to_as_it_is(at: Desk) -> None:
    assert export_references(at.store, None, "ris", Path(os.devnull)).papers == 3
    with pytest.raises(RealistError, match="/dev/full cannot be written: No space left on device"):
        export_references(at.store, None, "ris", Path("/dev/full"))


def test_a_folder_that_is_not_there_is_named(at: Desk, tmp_path: Path) -> None:
    with pytest.raises(RealistError, match=r"no/out.ris cannot be written: No such file or directory\."):
        export_references(at.store, None, "ris", tmp_path / "no" / "out.ris")


def test_a_csv_begins_with_its_mark(at: Desk) -> None:
    target = io.BytesIO()
    write_references(at.store, None, "csv", target)
    assert target.getvalue().startswith(b'\xef\xbb\xbf"realist","source_key"')
    assert target.getvalue().count(b"\xef\xbb\xbf") == 1


def test_suffixes_tell_the_format() -> None:
    names = ["a.ris", "b.BIB", "c.json", "d.xml", "e.csv", "f.xlsx", "g.txt", "ris", ".ris"]
    expected = ["ris", "bibtex", "csl-json", "endnote-xml", "csv", "xlsx", "", "", ""]
    assert list(map(format_of, names)) == expected


def test_papers_are_asked_for_as_they_are_written(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    asked = 0
    real = queries.references

    def counted(*given: object) -> Iterator[object]:
        nonlocal asked
        for one in real(*given):  # type: ignore[arg-type]
            asked += 1
            yield one

    monkeypatch.setattr(module, "references", counted)
    with pytest.raises(OSError, match="No space left"):
        write_references(at.store, None, "csv", Full())
    assert asked == 0
