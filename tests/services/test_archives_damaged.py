"""Archives that are damaged or hostile: refused in one sentence that says where, and nothing is left."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realist.errors import Newer, RealistError
from realist.formats.archive import layout
from realist.services.receiving import import_review
from realist.store.engine import SCHEMA
from tests.exports.archives import archived, matching, pieces, to_the_byte, with_table, zipped
from tests.formats.hostile_packed import zeros

reading = sys.modules["realist.formats.archive.unpacking"]
SOME = ("README.txt", "tables/act.jsonl", "tables/paper.jsonl", "tables/record.jsonl")


@pytest.fixture(scope="module")
def sound(small_review: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which everything is right."""
    path = tmp_path_factory.mktemp("sound") / "sound.zip"
    archived(str(small_review), path)
    return path


@pytest.fixture(scope="module")
def small_review(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    """A small review with a full text beside it."""
    import shutil

    from realist.services import attaching
    from realist.services.evidence import add_evidence
    from realist.services.mechanisms import add_mechanism
    from realist.services.papers import add_paper
    from realist.services.plan import create_review
    from realist.services.unit import Desk
    from realist.store.engine import open_store
    from realist.vocabulary import Stance

    folder = tmp_path_factory.mktemp("small")
    path = folder / "small.realist"
    shutil.copy(empty_file, path)
    store = open_store(str(path))
    desk = Desk(store, "SF")
    create_review(desk, title="Small")
    add_mechanism(desk, "Hope")
    (folder / "a.txt").write_text("Hope was lent, and work went on after that.\n" * 9, encoding="utf-8")
    for n in range(1, 6):
        add_paper(desk, label=f"Paper {n}", title=f"Title — {n}", year=str(2000 + n))
        add_evidence(desk, f"Paper {n}", claim="x", stance=Stance.SUPPORTS, mechanism="Hope", quotation="y")
    attaching.attach(desk, "Paper 1", folder / "a.txt")
    store.close()
    return path


def refused(content: bytes, folder: Path) -> str:
    """Return the sentence by which an archive is refused; nothing is left of it."""
    archive, target = folder / "bad.zip", folder / "new" / "new.realist"
    archive.write_bytes(content)
    target.parent.mkdir(exist_ok=True)
    with pytest.raises(RealistError) as caught:
        import_review(archive, str(target))
    assert list(target.parent.iterdir()) == []
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.isprintable()
    assert len(sentence) < 400
    return sentence


def test_what_is_no_zip_or_is_cut_off(sound: Path, tmp_path: Path) -> None:
    whole = sound.read_bytes()
    for content in (b"", b"PK", b"no zip" * 99, whole[:-30], whole[: len(whole) // 2], whole[:1000]):
        assert refused(content, tmp_path).startswith("bad.zip: it is no zip file, or is cut off; nothing was")
    assert "its directory is damaged" in refused(whole[100:], tmp_path)
    with pytest.raises(RealistError, match=r"none\.zip cannot be read: No such file or directory\."):
        import_review(tmp_path / "none.zip", str(tmp_path / "a.realist"))
    with pytest.raises(RealistError, match="cannot be read: Is a directory"):
        import_review(tmp_path, str(tmp_path / "a.realist"))


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    assert refused(zipped([("paper.ris", b"TY  - JOUR\n")]), tmp_path).startswith(
        'bad.zip: it holds "paper.ris", which is no part of an archive; nothing was made:'
    )
    assert "it has no manifest.json" in refused(zipped([]), tmp_path)
    assert "it has no manifest.json" in refused(zipped([("README.txt", b"x")]), tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.jsonl", "/etc/passwd", "tables/../../evil.jsonl", "C:\\evil", "files/../x",
        "tables/x\x00.jsonl",
        "tables/\x1b[2J.jsonl", "files/" + "A" * 64, "tables/paper.jsonl/", "TABLES/paper.jsonl", "x" * 5000,
    ],
)  # fmt: skip
def test_names_that_no_archive_has(name: str, sound: Path, tmp_path: Path) -> None:
    members = [*pieces(sound).items(), (name, b"evil\n")]
    assert "which is no part of an archive" in refused(zipped(members), tmp_path)
    assert not (tmp_path.parent / "evil.jsonl").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_are_there_twice(sound: Path, tmp_path: Path) -> None:
    members = [*pieces(sound).items(), ("tables/paper.jsonl", b"")]
    assert 'it holds "tables/paper.jsonl" twice' in refused(zipped(members), tmp_path)


def test_links_and_encryption_are_not_followed(sound: Path, tmp_path: Path) -> None:
    content = bytearray(sound.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "is packed in a way that no archive is" in refused(bytes(content), tmp_path)


def test_bombs(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "it unpacks to far more than any review has" in refused(zeros("README.txt", 1200), tmp_path)
    assert "manifest.json: it is longer than 32 MB" in refused(zeros("manifest.json", 40), tmp_path)
    monkeypatch.setattr(reading, "LONGEST", 50_000)
    long = with_table(sound, "review", lambda rows: [rows[0] | {"note": "x" * 60_000}])
    assert "bad.zip, tables/review.jsonl, line 1: it is longer than 0 MB" in refused(long, tmp_path)


def test_a_directory_that_would_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_DIRECTORY", 5000)
    many = zipped([(f"files/{n:064x}", b"") for n in range(100)])
    assert "it holds more files than any archive does" in refused(many, tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(reading, "MOST_PIECES", 50)
    assert "it holds more than 50 files" in refused(many, tmp_path)


def test_sizes_that_lie(sound: Path, tmp_path: Path) -> None:
    members = pieces(sound)
    told = json.loads(members["manifest.json"])
    for one in told["files"]:
        if one["name"] == "tables/paper.jsonl":
            one["bytes"] += 1
    members["manifest.json"] = json.dumps(told).encode()
    said = refused(zipped(members.items()), tmp_path)
    assert "bad.zip, tables/paper.jsonl: it has not as many bytes as the manifest says" in said
    stream = io.BytesIO(sound.read_bytes())
    with zipfile.ZipFile(stream) as packed:
        info = packed.getinfo("tables/paper.jsonl")
    content = bytearray(stream.getvalue())
    entry = content.rindex(b"tables/paper.jsonl") - 46
    size = int.from_bytes(content[entry + 24 : entry + 28], "little")
    assert size == info.file_size
    content[entry + 24 : entry + 28] = (10**9).to_bytes(4, "little")
    refused(bytes(content), tmp_path)


Change = Callable[[list[dict[str, Any]]], list[Any]]


def put(line: int, **values: Any) -> Change:
    def change(rows: list[dict[str, Any]]) -> list[Any]:
        rows[line - 1] |= values
        return rows

    return change


def without(line: int, column: str) -> Change:
    def change(rows: list[dict[str, Any]]) -> list[Any]:
        del rows[line - 1][column]
        return rows

    return change


def without_last_act(rows: list[dict[str, Any]]) -> list[Any]:
    return [row for row in rows if row["act"] != rows[-1]["act"]]


@pytest.mark.parametrize(
    ("table", "change", "where", "why"),
    [
        ("paper", put(3, year="soon"), "paper.jsonl, line 3", 'year holds "soon", which is no whole number'),
        ("paper", put(3, year=True), "paper.jsonl, line 3", "year holds True, which is no whole number"),
        ("paper", put(3, year=10**30), "paper.jsonl, line 3", "which is no whole number"),
        ("paper", put(2, title=None), "paper.jsonl, line 2", "title is missing"),
        ("paper", put(2, title=["a"]), "paper.jsonl, line 2", "title holds ['a'], which is no text"),
        ("paper", put(2, title="\ud800"), "paper.jsonl, line 2", "which is no text"),
        ("paper", put(2, title="\udcc3\udca9"), "paper.jsonl, line 2", "which is no text"),
        ("paper", put(5, at="2026-01-01"), "paper.jsonl, line 5", "is no moment in UTC"),
        ("paper", put(5, at="2026-13-01T00:00:00.000000Z"), "paper.jsonl, line 5", "is no moment in UTC"),
        ("paper", put(1, evil="x"), "paper.jsonl, line 1", 'the table has no column "evil"'),
        ("paper", without(4, "doi"), "paper.jsonl, line 4", "doi is missing"),
        ("paper", lambda rows: rows[::-1], "paper.jsonl, line 2", "not in the order of their keys"),
        ("paper", lambda rows: [*rows, rows[-1]], "paper.jsonl, line 6", "not in the order of their keys"),
        ("paper", lambda rows: [*rows, 7], "paper.jsonl, line 6", "it is no JSON object"),
        ("paper", lambda rows: [*rows, []], "paper.jsonl, line 6", "it is no JSON object"),
        ("paper", put(5, number=1), "paper.jsonl, line 5", "paper.number"),
        ("paper", put(3, person="nobody"), "paper.jsonl, line 3", "person names a person that is not there"),
        ("evidence", put(4, paper="x"), "evidence.jsonl, line 4", "paper names a paper that is not there"),
        ("evidence", put(1, stance="sort of"), "", "evidence.stance holds 'sort of', which is no word"),
        ("change", put(9, after="{"), "change.jsonl, line 9", "after holds \"{\", which is no JSON in text"),
        ("change", put(9, act="x"), "change.jsonl", "not in the order"),
        ("change", without_last_act, "", "1 acts of the log changed nothing"),
        ("act", lambda rows: rows[:-1], "change.jsonl", "act names a act that is not there"),
        ("review", lambda rows: [], "", "The file holds 0 reviews instead of one"),
        ("document", put(1, sha256="0" * 64), "files/", "no full text is of this file"),
    ],
)  # fmt: skip
def test_rows_that_cannot_be(
    table: str, change: Change, where: str, why: str, sound: Path, tmp_path: Path
) -> None:
    said = refused(with_table(sound, table, change), tmp_path)
    assert said.startswith(
        f"bad.zip, {'' if where.startswith('files') else 'tables/'}{where}" if where else "bad.zip: "
    )
    assert why in said
    assert said.endswith("; nothing was made: have the archive sent or made again.")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "it is no JSON"), (b"", "it is no JSON"), (b'{"uid": NaN}', "it is no JSON"),
        (b"[" * 100_000, "it is no JSON"), (b"\xff", "it is no JSON"),
        (b'{"uid": ' + b"9" * 5000 + b"}", "it is no JSON"),
        (b'{"uid":"a","uid":"b"}', "a column is there twice"), (b'"x"', "it is no JSON object"),
    ],
)  # fmt: skip
def test_lines_that_are_no_rows(line: bytes, why: str, sound: Path, tmp_path: Path) -> None:
    members = pieces(sound)
    members["tables/memo.jsonl"] = line + b"\n"
    said = refused(matching(members), tmp_path)
    assert said.startswith("bad.zip, tables/memo.jsonl, line 1: ")
    assert why in said


def test_a_last_line_that_is_cut_off(sound: Path, tmp_path: Path) -> None:
    members = pieces(sound)
    members["tables/paper.jsonl"] = members["tables/paper.jsonl"][:-1]
    assert "tables/paper.jsonl, line 5: it is cut off" in refused(matching(members), tmp_path)


def test_what_was_changed_behind_the_manifest(sound: Path, tmp_path: Path) -> None:
    for name in (*SOME[:3], next(name for name in pieces(sound) if name.startswith("files/"))):
        members = pieces(sound)
        members[name] = members[name].replace(b"a", b"b", 1) if b"a" in members[name] else b"x"
        said = refused(zipped(members.items()), tmp_path)
        assert said.startswith(f"bad.zip, {name}")


def test_files_that_are_not_there_or_too_many(sound: Path, tmp_path: Path) -> None:
    for name in pieces(sound):
        members = pieces(sound)
        del members[name]
        said = refused(zipped(members.items()), tmp_path)
        assert name in said
        if name in SOME:
            assert f"bad.zip: it has no {name};" in refused(matching(members), tmp_path)
    members = pieces(sound) | {"tables/evil.jsonl": b"{}\n"}
    assert 'it does not name "tables/evil.jsonl", which is there' in refused(
        zipped(members.items()), tmp_path
    )
    said = refused(matching(members), tmp_path)
    assert f"bad.zip, tables/evil.jsonl: schema {SCHEMA} has no such table" in said
    members = pieces(sound) | {"tables/draft.jsonl": b""}
    assert "has no such table" in refused(matching(members), tmp_path)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"format": "zip"}, "it is not that of the archive of a review"),
        ({"format_version": 0}, "it does not say its form"),
        ({"schema": "7"}, "it does not say the schema"),
        ({"schema": 0}, "it does not say the schema"),
        ({"schema": True}, "it does not say the schema"),
        ({"attachments": 1}, "it does not say what wrote it"),
        ({"missing": ["x"]}, "what is missing has no hash"),
        ({"missing": 7}, "something in it is missing or of a wrong kind"),
        ({"files": 7}, "something in it is missing or of a wrong kind"),
        ({"files": [{"name": "README.txt"}]}, "something in it is missing or of a wrong kind"),
        ({"files": [{"name": "tables/a.jsonl", "rows": -1, "bytes": 1, "sha256": "0" * 64}]}, "say the rows"),
        ({"files": [{"name": 7, "rows": None, "bytes": 1, "sha256": "0" * 64}]}, "a file has no name"),
    ],
)
def test_manifests_that_say_nonsense(told: dict[str, Any], why: str, sound: Path, tmp_path: Path) -> None:
    said = refused(matching(pieces(sound), **told), tmp_path)
    assert said.startswith("bad.zip, manifest.json: ")
    assert why in said


def test_what_is_newer(sound: Path, tmp_path: Path) -> None:
    for told in ({"schema": SCHEMA + 1}, {"format_version": 2}):
        (tmp_path / "new.zip").write_bytes(matching(pieces(sound), **told))
        with pytest.raises(Newer, match=r"new\.zip was written by a newer realist"):
            import_review(tmp_path / "new.zip", str(tmp_path / "a.realist"))
    assert [path.name for path in tmp_path.iterdir()] == ["new.zip"]


def test_an_archive_that_another_program_wrote(sound: Path, small_review: Path, tmp_path: Path) -> None:
    """Order of columns, blanks and escapes are free."""
    members = pieces(sound)
    for name in members:
        if name.startswith("tables/"):
            rows = [json.loads(line) for line in members[name].splitlines()]
            lines = [
                json.dumps(dict(sorted(row.items(), reverse=True)), indent=None) + "  \r\n" for row in rows
            ]
            members[name] = "".join(lines).encode()
    (tmp_path / "other.zip").write_bytes(matching(members))
    import_review(tmp_path / "other.zip", str(tmp_path / "new.realist"))
    assert to_the_byte(tmp_path / "new.realist") == to_the_byte(small_review)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_damage_is_refused_or_does_not_matter(
    data: st.DataObject, sound: Path, small_review: Path, tmp_path: Path
) -> None:
    content = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["flip", "drop", "put", "cut"]))
        if kind == "flip":
            content[place] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "drop":
            del content[place : place + data.draw(st.integers(1, 20))]
        elif kind == "put":
            content[place:place] = data.draw(st.binary(min_size=1, max_size=20))
        elif place > 10:
            del content[place:]
    archive, folder = tmp_path / "bad.zip", tmp_path / "new"
    archive.write_bytes(bytes(content))
    folder.mkdir(exist_ok=True)
    target = folder / "new.realist"
    try:
        import_review(archive, str(target))
    except RealistError as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert "\n" not in said
        assert list(folder.iterdir()) == []
        return
    assert to_the_byte(target) == to_the_byte(small_review)
    target.unlink()
    for file in (folder / "new.files").iterdir():
        file.unlink()
    (folder / "new.files").rmdir()


def test_limits_are_those_that_the_page_names() -> None:
    page = (Path(__file__).parents[2] / "docs/exchange.md").read_text(encoding="utf-8")
    assert layout.LONGEST == 256 << 20
    assert layout.is_bomb((1 << 30) + 1, 5_000_000)
    assert not layout.is_bomb((1 << 30) + 1, 10_000_000)
    assert "over 256 MB" in page
    assert "over 1 GB that unpacks to more than 200 times its size" in page
