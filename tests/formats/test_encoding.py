"""Tests of realist.formats.encoding."""

from __future__ import annotations

import hashlib
import time
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


PLAIN = "TY  - JOUR\nTI  - A realist review of what works in hospitals\nER  - \n"
SENTENCES = {
    "fr": "Évaluation réaliste : où l'équipe a-t-elle gagné la confiance des aînés, et grâce à quoi ?",
    "fr-oe": "Cœur et sœurs : évaluation d'une œuvre éducative menée auprès de bénévoles âgés",
    "de": "Räumliche Nähe fördert das Verständnis zwischen Ärztinnen und Pflegekräften für Übergänge",
    "es": "Evaluación de la atención primaria: ¿qué funciona en los niños y según qué circunstancias?",
    "pt": "As relações de confiança não são construídas sem a adesão das equipes às orientações",
    "da": "Forældrenes oplevelse af støtte før udskrivning og på tværs af små afdelinger",
    "is": "Reynsla hjúkrunarfræðinga af breytingum á sjúkrahúsum og þverfaglegri teymisvinnu",
    "names": "Müller, Jörg; García, María; Sørensen, Åse; Lefèvre, Noémie; Gonçalves, João; Žižek, Slavoj",
    "signs": "What “works” in people’s homes – at 37 °C ± 1 µg, for €5 … it’s O’Brien’s © view",
    "pl": "Większość badań wskazuje, że źródło zaufania wśród pielęgniarek było ważniejsze niż szkolenie",
    "cs": "Příčiny úspěchu: důvěra mezi pacienty a lékaři během změn řízení v malých nemocnicích",
    "hu": "A nővérek úgy érezték, hogy a vezetők támogatása döntő az új gyakorlat bevezetésekor",
    "tr": "Hemşireler yöneticilerin desteğiyle güvenin arttığını ve iş yükünün azaldığını söyledi",
    "ru": "Реалистическая оценка программ: контекст, механизмы и доверие пациентов к врачам",
    "el": "Η εμπιστοσύνη των ασθενών αυξήθηκε μετά την εκπαίδευση των νοσηλευτών",
    "zh": "基层医疗团队之间的信任如何影响慢性病患者：一项现实主义评价",
    "zht": "基層醫療團隊之間的信任如何影響慢性病患者：現實主義評價",
    "ja": "看護師は管理者の支援によって信頼が高まり、離職の意向が減ったと述べた",
    "ko": "간호사들은 관리자의 지원이 신뢰를 높이고 이직 의도를 줄였다고 말했다",
}
WRITTEN = [
    *((language, name) for language in ("fr", "de", "es", "pt", "da") for name in ("cp1252", "mac_roman")),
    *(("fr-oe", name) for name in ("cp1252", "iso8859_15", "mac_roman")),
    *((language, "cp1252") for language in ("is", "names", "signs")),
    *((language, name) for language in ("pl", "cs", "hu") for name in ("cp1250", "iso8859_2")),
    *(("tr", "cp1254"), ("ru", "cp1251"), ("ru", "koi8_r"), ("el", "cp1253")),
    *(
        ("zh", "gbk"),
        ("zh", "gb18030"),
        ("zht", "big5"),
        ("ja", "shift_jis"),
        ("ja", "cp932"),
        ("ja", "euc_jp"),
    ),
    *(("ko", "euc_kr"), ("ko", "cp949")),
]


@pytest.mark.parametrize(("language", "name"), WRITTEN)
@pytest.mark.parametrize("plain", [0, 1, 50])
def test_a_sentence_is_enough_to_tell_a_legacy_encoding(
    file: Path, language: str, name: str, plain: int
) -> None:
    text = PLAIN * plain + f"TY  - JOUR\nTI  - {SENTENCES[language]}\nER  - \n" + PLAIN * plain
    file.write_bytes(text.encode(name))
    found = survey(file)
    assert file.read_bytes().decode(found.encoding) == text
    assert not found.damaged


@pytest.mark.parametrize(
    "text", ["AU  - Müller\n", "TI  - naïve\n", "TI  - 4 °C\n", "TI  - ½ of 5 m² – 3³ × 2\n", "© A\n"]
)
def test_little_text_is_cp1252(file: Path, text: str) -> None:
    file.write_bytes(text.encode("cp1252"))
    assert survey(file).encoding == "cp1252"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [("评价𠀀的研究方法", "gb18030", "gb18030"), ("①の評価と信頼の文脈", "cp932", "cp932")],
)
def test_characters_beyond_an_encoding_make_it_the_wider_one(
    file: Path, text: str, name: str, found: str
) -> None:
    file.write_bytes(f"TI  - {text}\n".encode(name))
    assert survey(file).encoding == found
    assert not survey(file).damaged


def test_a_text_on_one_long_line_is_weighed_too(file: Path) -> None:
    for name in ("cp1251", "gbk"):
        sentence = SENTENCES["ru" if name == "cp1251" else "zh"] + " "
        file.write_bytes((sentence * 4000).encode(name))
        assert survey(file).encoding == name


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<?xml version="1.0" encoding="windows-1251"?>\n', "cp1251"),
        ("<?xml version='1.0' encoding='GBK' ?>\n", "gbk"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>\n', "cp1252"),
        ("% Encoding: Cp1250\n", "cp1250"),
        ("% This file was made with Some Manager.\n% Encoding: ISO8859_2\n", "iso8859-2"),
        ("% Encoding: SJIS\n", "shift_jis"),
        ("% Encoding: no-such\n", "cp1252"),
        ("% Encoding: UTF8\n", "cp1252"),
    ],
)
def test_a_declared_encoding_counts_where_the_bytes_do_not_tell(file: Path, head: str, found: str) -> None:
    file.write_bytes((head + "@article{a,\n title = {").encode() + b"\xe9\xe8}}\n")
    assert survey(file).encoding == found


def test_a_declared_encoding_that_does_not_fit_is_not_believed(file: Path) -> None:
    head = '<?xml version="1.0" encoding="{}"?>\n'
    file.write_bytes((head.format("ISO-8859-1") + "Évaluation").encode())
    assert survey(file).encoding == "utf-8"
    file.write_bytes((head.format("ascii") + SENTENCES["ru"]).encode("cp1251"))
    assert survey(file).encoding == "cp1251"


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("head", ["TY  - JOUR\nTI  - ", "标题,作者\n"])
def test_utf16_without_a_mark_is_told_in_any_script(file: Path, language: str, name: str, head: str) -> None:
    for text in (head + SENTENCES[language] + "\n", head + (SENTENCES[language] + "\r\n") * 400):
        file.write_bytes(text.encode(name))
        assert (survey(file).encoding, survey(file).damaged) == (name, False)


@pytest.mark.parametrize(
    "content", [b"ab", b"a\0b\0", b"\0a\0b", b"TY  - JOUR\nTI  - a\0b\0\0c\nER  - \n", b"\0" * 50]
)
def test_a_few_nuls_do_not_make_a_text_utf16(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    expected = {b"a\0b\0": "utf-16-le", b"\0a\0b": "utf-16-be"}
    assert survey(file).encoding == expected.get(content, "utf-8")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(128, 256)) * 600,
        b"\xe9" * 70_000,
        b"a" * 69_000 + b"\xe9\x81",
        b"\xc3\xe9 " * 30_000,
        b"\x81\x8d " * 30_000,
        b"\0\xe9" * 40_000,
    ],
)
def test_bytes_of_no_language_are_no_trouble(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    began = time.monotonic()
    assert survey(file).size == len(content)
    assert time.monotonic() - began < 5
