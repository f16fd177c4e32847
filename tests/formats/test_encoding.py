"""Tests of realist.formats.encoding."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from realist.errors import WrongUse
from realist.formats import encoding
from realist.formats.encoding import check_name, has_kept_bytes, mend, survey

ASCII = "TY  - JOUR\nTI  - A plain title\nER  - \n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "file"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("utf-8", "utf-8"),
        ("ascii", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32-le", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
    ],
)
def test_bytes_tell_the_encoding_without_a_mark(file: Path, written: str, expected: str) -> None:
    file.write_bytes(ASCII.encode(written))
    assert survey(file).encoding == expected


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides(file: Path, name: str) -> None:
    file.write_bytes(("\ufeff" + "Łódź 王" * 40).encode(name))
    found = survey(file)
    assert (found.encoding, found.damaged) == (name, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AU  - Müller, Jörg\n", "cp1252"),
        ("TI  - 37 °C and 40 °C ± 1\n" * 20, "cp1252"),
        ("AB  - Die Schüler übten häufiger; größere Mädchen hätten für Ärzte Gespräche geführt.\n", "cp1252"),
        ("TI  - Состояние рецепторного аппарата и метаболизм в исследовании женщин\n", "cp1251"),
        ("TI  - 现实主义评价在卫生服务研究中的应用与社区护理的背景和机制\n", "gbk"),
        ("TI  - 現實主義評價在衛生服務研究中的應用與社區護理的背景和機制\n", "big5"),
        ("TI  - リアリスト評価の医療サービス研究への応用と地域看護の文脈\n", "shift_jis"),
        ("TI  - Ocena skuteczności leczenia dzieci; większość wskazują źródło żółć\n" * 3, "iso8859_2"),
    ],
)
def test_legacy_encodings_are_guessed(file: Path, text: str, name: str) -> None:
    file.write_bytes(("TY  - JOUR\n" + text).encode(name))
    found = survey(file)
    assert (found.encoding, found.damaged) == (name, False)


def test_a_few_bad_bytes_in_much_utf8_do_not_make_it_something_else(file: Path) -> None:
    text = "TI  - Évaluation réaliste\n".encode() * 10
    file.write_bytes(text + b"AU  - M\xfcller\n" + text)
    found = survey(file)
    assert (found.encoding, found.damaged) == ("utf-8", True)


def test_good_text_before_the_first_bad_byte_counts_as_well(file: Path) -> None:
    text = "AB  - Évaluation réaliste\n".encode() * (2 * encoding.CHUNK // 26)
    file.write_bytes(text + b"AU  - M\xfcller\n" + b"x" * encoding.CHUNK)
    assert survey(file).encoding == "utf-8"


def test_half_a_character_at_the_end_is_a_file_cut_short(file: Path) -> None:
    file.write_bytes(ASCII.encode() + "é".encode()[:1])
    found = survey(file)
    assert (found.encoding, found.damaged) == ("utf-8", True)


def test_a_lone_surrogate_in_utf16_is_damage_not_a_crash(file: Path) -> None:
    file.write_bytes(b"\xff\xfe" + "TY".encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le"))
    found = survey(file)
    assert (found.encoding, found.damaged) == ("utf-16-le", True)


def test_hash_size_and_head_are_of_the_bytes(file: Path) -> None:
    content = ASCII.encode() * 5000
    file.write_bytes(content)
    found = survey(file)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.size == len(content)
    assert found.head == content[: encoding.HEAD]


@pytest.mark.parametrize(
    ("content", "newline"),
    [(b"a\nb", "\n"), (b"a\r\nb\r\n", "\n"), (b"a\rb\r", "\r"), (b"a\rb\n", "\n"), (b"a", "\r"), (b"", "\r")],
)
def test_cr_ends_lines_only_where_there_is_no_lf(file: Path, content: bytes, newline: str) -> None:
    file.write_bytes(content)
    assert survey(file).newline == newline


def test_long_lines_are_noticed_by_chunks_without_an_end(file: Path) -> None:
    file.write_bytes(b"x" * (2 * encoding.CHUNK) + b"\n")
    assert survey(file).long_lines
    file.write_bytes(b"x" * 100 + b"\n")
    assert not survey(file).long_lines


def test_an_override_is_taken_and_its_misfit_told(file: Path) -> None:
    file.write_bytes("Müller".encode("cp1252"))
    assert survey(file, "latin-1").encoding == "iso8859-1"
    assert survey(file, "latin-1").misfit is None
    assert survey(file, "utf-8").misfit == 1
    assert survey(file, "ascii").misfit == 1


def test_the_position_of_a_misfit_counts_earlier_chunks(file: Path) -> None:
    file.write_bytes(b"a" * (encoding.CHUNK - 1) + "é".encode() + b"\xff")
    assert survey(file, "utf-8").misfit == encoding.CHUNK + 1


@pytest.mark.parametrize("name", ["gbk", "shift_jis", "utf-16", "cp1252", "big5hkscs"])
def test_any_text_encoding_survives_bytes_it_cannot_read(file: Path, name: str) -> None:
    file.write_bytes(b"abc\x81\xff\xff\x00\xd8" * 3)
    assert survey(file, name).size == 24


@pytest.mark.parametrize(
    "name",
    ["no-such", "rot13", "hex", "unicode_escape", "utf-7", "idna", "punycode", "undefined", "a\0b", ""],
)
def test_names_that_are_no_encodings_of_files_are_refused(name: str) -> None:
    with pytest.raises(WrongUse, match="is no encoding for text files"):
        check_name(name)


def test_kept_bytes_are_written_readably() -> None:
    text = b"M\xfcller \xff".decode("utf-8", encoding.KEEP)
    assert has_kept_bytes(text)
    assert mend(text) == "M\\xFCller \\xFF"
    assert not has_kept_bytes("Müller")


def test_kept_bytes_may_be_ascii() -> None:
    assert mend(b"a\x00\x3d\xd8\x00b".decode("utf-16-be", encoding.KEEP)) != ""
    assert mend(b"\x3d\xd8".decode("utf-16-le", encoding.KEEP)) == "\\x3D\\xD8"


def test_the_handler_is_for_decoding_only() -> None:
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", encoding.KEEP)
