"""Tests of realist.formats.packed."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realist.errors import RealistError
from realist.formats import packed
from realist.formats.packed import check_directory, unpacked

RIS = b"TY  - JOUR\nTI  - A\nER  - \n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.zip"


def pack(
    path: Path, *members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, compress_type=method)
    return path


def test_a_usual_file_is_safe_and_unpacked_in_order(path: Path) -> None:
    pack(path, ("b.ris", RIS), ("deep/ä.ris", RIS * 2), ("deep/", b""), ("b.ris.txt", b""))
    assert check_directory(path) == ""
    with unpacked(path, "a.zip") as members:
        assert [(member.name, member.path.read_bytes()) for member in members] == [
            ("b.ris", RIS),
            ("deep/ä.ris", RIS * 2),
            ("b.ris.txt", b""),
        ]
        places = [member.path for member in members]
    assert not any(place.exists() for place in places)


def test_files_are_unpacked_under_names_of_ours_in_one_private_folder(path: Path) -> None:
    pack(path, ("evil name; rm.ris", RIS), ("~", RIS), ("con", RIS), ("-rf", RIS))
    with unpacked(path, "a.zip") as members:
        (folder,) = {member.path.parent for member in members}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert sorted(os.listdir(folder)) == ["0001", "0002", "0003", "0004"]


def test_what_systems_leave_behind_is_passed_over(path: Path) -> None:
    clutter = (
        "__MACOSX/._a.ris",
        "x/__MACOSX/b",
        ".DS_Store",
        "x/.DS_Store",
        "._a.ris",
        "Thumbs.db",
        "desktop.ini",
    )
    pack(path, *((name, b"x") for name in clutter), ("a.ris", RIS), ("my.DS_Store", RIS))
    with unpacked(path, "a.zip") as members:
        assert [member.name for member in members] == ["a.ris", "my.DS_Store"]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../a.ris",
        "a/../../b.ris",
        "a/..",
        "..",
        "C:/a.ris",
        "C:a.ris",
        "a\\b.ris",
        "\\\\server\\a.ris",
        "..\\a.ris",
    ],
)
def test_names_that_lead_out_of_the_folder_are_refused(path: Path, name: str) -> None:
    pack(path, ("fine.ris", RIS), (name, RIS))
    assert "would be put outside its folder" in check_directory(path)


@pytest.mark.parametrize("name", ["a..ris", "..a/b.ris", "a.../b.ris", "a b/c.ris", "x:y.ris"[2:]])
def test_names_with_dots_are_no_danger(path: Path, name: str) -> None:
    assert check_directory(pack(path, (name, RIS))) == ""


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(path: Path, kind: int) -> None:
    info = zipfile.ZipInfo("a.ris")
    info.external_attr = (kind | 0o777) << 16
    assert "is a link or a device" in check_directory(pack(path, (info, b"/etc/passwd")))


def test_encrypted_files_are_refused(path: Path) -> None:
    content = bytearray(pack(path, ("a.ris", RIS)).read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "is encrypted" in check_directory(path)


def test_ways_of_packing_that_cannot_be_read_are_refused(path: Path) -> None:
    assert "cannot be read" in check_directory(pack(path, ("a.ris", RIS), method=zipfile.ZIP_BZIP2))


def test_what_unpacks_to_a_hundred_times_its_size_is_refused(path: Path) -> None:
    assert "over 100 times its size" in check_directory(pack(path, ("a.ris", bytes(1_100_000))))
    assert check_directory(pack(path, ("a.ris", bytes(900_000)))) == ""


def test_more_than_the_limit_in_all_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = os.urandom(60_000)
    pack(path, *((f"{number}.ris", noise) for number in range(4)), method=zipfile.ZIP_STORED)
    assert check_directory(path) == ""
    monkeypatch.setattr(packed, "MOST_BYTES", 200_000)
    assert "unpacks to more than" in check_directory(path)


def test_more_than_a_thousand_members_are_refused(path: Path) -> None:
    pack(path, *((f"{number}.ris", b"") for number in range(1001)), method=zipfile.ZIP_STORED)
    assert "more than 1,000 packed files" in check_directory(path)


def test_a_directory_that_would_fill_the_memory_is_not_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(path, ("a.ris", RIS))
    monkeypatch.setattr(packed, "_DIRECTORY", 10)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    assert "more packed files than any export" in check_directory(path)


def test_a_directory_that_lies_of_sizes_does_no_harm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(pack(path, ("a.ris", bytes(50_000_000))).read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    path.write_bytes(content)
    assert check_directory(path) == ""
    with pytest.raises(RealistError, match='"a.ris" is damaged'), unpacked(path, "a.zip"):  # noqa: RUF043
        pass
    monkeypatch.setattr(packed, "check_directory", lambda _: "")
    monkeypatch.setattr(packed, "MOST_BYTES", 100_000)
    pack(path, ("a.ris", os.urandom(200_000)))
    with pytest.raises(RealistError, match="is damaged"), unpacked(path, "a.zip"):
        pass


@pytest.mark.parametrize("cut", [10, 60, 300])
def test_a_file_that_is_cut_off_is_told(path: Path, cut: int) -> None:
    path.write_bytes(pack(path, ("a.ris", os.urandom(1000))).read_bytes()[:-cut])
    assert "has no directory" in check_directory(path)
    with pytest.raises(RealistError, match="it may be cut off"), unpacked(path, "a.zip"):
        pass


def test_damaged_content_is_told_by_name(path: Path) -> None:
    content = bytearray(pack(path, ("good.ris", RIS), ("bad.ris", os.urandom(1000))).read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with (
        pytest.raises(RealistError, match=r'"a\.zip": the packed file "bad\.ris" is damaged'),
        unpacked(path, "a.zip"),
    ):
        pass


def test_names_are_safe_in_messages_and_members(path: Path) -> None:
    pack(path, ("a\x1b[31m\nb.ris", RIS))
    with unpacked(path, "a.zip") as members:
        assert [member.name for member in members] == ["a[31m b.ris"]
    pack(path, ("../a\x1b[31m\n" + "n" * 200, RIS))
    assert "\x1b" not in check_directory(path)
    assert len(check_directory(path)) < 250


def test_sentences_are_one_each(path: Path) -> None:
    for name in ("../a", "/a"):
        sentence = check_directory(pack(path, (name, RIS)))
        assert sentence.endswith(".")
        assert ". " not in sentence.replace('"../a" ', "")


@settings(max_examples=100)
@given(st.data())
def test_wounded_files_are_read_or_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "wounded.zip"
    content = bytearray(pack(path, ("a.ris", RIS * 9), ("b/c.ris", RIS)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    reason = check_directory(path)
    assert reason == "" or reason.endswith(".")
    with suppress(RealistError), unpacked(path, "a.zip") as members:
        assert all(len(member.path.read_bytes()) < 10_000 for member in members)
