"""Which legacy encoding a text is in, told from the words and characters it makes of the bytes.

In the right encoding the accents of a word belong to one language, capitals begin words, signs stand
between them, and Chinese, Japanese and Korean are mostly their common characters. Only where no encoding
reads well is charset-normalizer asked, which needs more text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

LEGACY = (
    *("cp1252", "iso8859_15", "mac_roman", "cp1250", "iso8859_2", "cp1254", "cp1251", "koi8_r", "cp1253"),
    *("gbk", "big5", "shift_jis", "euc_jp", "cp949"),
)
"""The encodings that are considered; of those that read equally well the first is taken."""

WIDER = {"gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932"}
"""What an encoding is taken for where a file holds characters beyond it."""

_WESTERN = "àâæçéèêëîïôœùûüÿ äöüß áéíñóúü àçèéíïòóúü áâãàçéêíóôõú àèéìòóù äçéèëêïöü åäöæøéü åäöšž áéíóúýðþæö"
_CENTRAL = "ąćęłńóśźż áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž áéíóöőúüű ăâîşţșț čćđšž äöüß áéíóúöüç"
_ICELANDIC = "áéíóúýðþæö"
_NORTHERN = "àâæçéèêëîïôœùûüÿ äöüßåæøé áéíñóúü áâãàçéêíóôõú àèéìòóù äçéèëêïöü åäöšžõü áéíóúýðþæö"
_TURKISH = "çğıöşüâîû\u0307 äöüß éèêàç áéíñóú"
_RUSSIAN = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё абвгдежзийклмнопрстуфхцчшщьюяєіїґ абвгдежзиклмнопрстуфхцчшђјљњћџ"
)
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_LANGUAGES = {
    "cp1252": _WESTERN,
    "iso8859_15": _NORTHERN,
    "mac_roman": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1254": _TURKISH,
    "cp1251": _RUSSIAN,
    "koi8_r": _RUSSIAN,
    "cp1253": _GREEK,
}
_COMMON_LETTERS = {
    "cp1251": frozenset("оеаинтсрвлкімп"),
    "koi8_r": frozenset("оеаинтсрвлкмп"),
    "cp1253": frozenset("αοιετσςνηυρκπμλίό"),
}
_COMMON_SHARE = 0.6
_CHINESE = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反明看原又利比或但质气第向道命此变条只没结解问意建月公无系情者最立"
    "代想已通并提直题程展五果料象员位入常文总次品式活设及管特件长求老头基资边流路级少图统接知较将组见计别手期根论运农指几"
    "区强放决西被做必先回则任取据处给色光门即保治造百规热领导器压增争济思术极交受联什认共权收证改美再采转更单风切打教速带"
    "安场身车例真务具万每目至达积示议报完类离名确才科信节话整空况今集温传许步群广记需段研究观越装影算低持众书布复容须际商"
    "非验连断深难近周委素技备半办省列习响约支般史感劳便团往历市除消构准精值率维划选标写存候效院查型按格养易置层片始却专状"
    "育识适属包住调满局照参细引该价评价综述护患病医疗健康临床方法结果干预评估社区服务"
    "這個國時來們對會發動過說產種後學經進著電裡現實兩體機當點從業應開還與關線數質氣變條沒結問無題員總設長頭資邊級圖統較將組"
    "見計別論運農幾強決則據處給門規熱領導壓爭濟術極聯認權證轉單風帶場車務萬達積議報類離確節話況傳許廣記觀裝書復際驗連斷難"
    "備辦習響約團歷構準維劃選標寫養層專狀識適屬調滿參細該價評綜護醫療臨預區"
)
_KOREAN = (
    "이다는을의에가고하한지기로사인대자도시서어리과정은수나를연구여부와간성전있으아해보원들스제상일주국그유조학만라관용며내비면"
    "된적트모동공장신계화문생호안경미영우진소세치환료건강병평합체역방법결요치였습니것게되않위개발중심"
)
_JAPANESE = (
    frozenset(_CHINESE)
    | frozenset(map(chr, range(0x3041, 0x30FF)))
    | frozenset("価対応実証師関係験検討査効響")
)
_CHARACTERS = {
    "gbk": frozenset(_CHINESE),
    "big5": frozenset(_CHINESE),
    "shift_jis": _JAPANESE,
    "euc_jp": _JAPANESE,
    "cp949": frozenset(_KOREAN),
}
# Turkish read as cp1252 is full of the first and has none of the others; Icelandic has both.
_SOFT = re.compile("[ðþý]")
_ACUTE = re.compile("[áíóúæ]")
_ASCII = frozenset(map(chr, range(0x80)))
_CLEARLY = 0.1
_READS = 0.25
_FEW = 12
_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[^\w\x00-\x7f]")
_SIGNS = frozenset("‘’“”„–—…•°±©®™€£«»§µ×÷·¿¡†‡‰´′″№≤≥\xa0\xad")
_APOSTROPHE = re.compile(r"(?:\b\w|[Qq]u)’|’(?:[stdmn]|re|ve|ll)\b")
_JOINING = frozenset("–—·´\xa0\xad")
_RAISED = "²³¹ªº"
_FRACTIONS = frozenset("½¼¾")
# Polish read as cp1252 is full of it.
_NO_LIGATURE = re.compile("œ(?!u|d|so|st|cu|no)")
_NOT_ALONE = frozenset("œšžÿ")
_PUNCTUATION = frozenset("，。、：；（）？！《》「」『』“”‘’—…·　・ー〜～")


def guess(sample: bytes) -> str:
    """Return the legacy encoding in which *sample*, lines of a file, reads best.

    cp1252 where there is too little to tell.
    """
    chosen, reached = LEGACY[0], _reading(sample, LEGACY[0])
    for encoding in LEGACY[1:]:
        reading = _reading(sample, encoding)
        # Latin-9 is cp1252 but for eight letters and signs, so any of them that reads well decides.
        margin = _CLEARLY if chosen == LEGACY[0] and encoding != "iso8859_15" else 0.0
        if reading > reached + margin:
            chosen, reached = encoding, reading
    if reached >= _READS or sum(byte > 0x7F for byte in sample) < _FEW:
        return chosen
    # Imported here: few files need it, and it is slow to load.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(LEGACY), enable_fallback=False).best()
    return LEGACY[0] if best is None else best.encoding


def _reading(sample: bytes, encoding: str) -> float:
    """Return how much of what is beyond ASCII reads well in *encoding*, from 0 to 1."""
    text = sample.decode(WIDER.get(encoding, encoding), "replace")
    if encoding in _CHARACTERS:
        written = [c for c in text if c > "\x7f" and c not in _PUNCTUATION]
        return sum(map(_CHARACTERS[encoding].__contains__, written)) / max(len(written), 1)
    languages = _LANGUAGES[encoding]
    if languages.endswith(_ICELANDIC) and len(_SOFT.findall(text)) > len(_ACUTE.findall(text)):
        languages = languages.removesuffix(_ICELANDIC)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    signs = sum(_stands_well(text, found.start()) for found in _SIGN.finditer(text))
    good = signs
    by_language = [signs for _ in _alphabets(languages)]
    for word in words:
        covering, beyond = _covering(word, languages), _beyond(word)
        good += beyond if covering else 0
        for language in covering:
            by_language[language] += beyond
    # A file in one language reads better than one of which each word is in another.
    share = (9 * good + max(by_language)) / 10 / max(_beyond(text), 1)
    common = _COMMON_LETTERS.get(encoding)
    if common is None:
        return share
    letters = [c for word in words for c in word.lower() if c > "\x7f"]
    frequent = sum(map(common.__contains__, letters)) / max(len(letters), 1)
    return share * min(frequent / _COMMON_SHARE, 1.0)


def _beyond(text: str) -> int:
    return sum(c > "\x7f" for c in text)


@lru_cache(maxsize=4096)
def _covering(word: str, languages: str) -> tuple[int, ...]:
    """Return which of *languages* have all the letters of *word*; none if its capitals stand within it."""
    word = word.lstrip("µ").rstrip(_RAISED) if word not in _FRACTIONS else ""
    for before, letter in pairwise(word):
        if before.islower() and letter.isupper() and not (before + letter).isascii():
            return ()
    letters = frozenset(word.lower()) - _ASCII
    if (len(word) == 1 and letters & _NOT_ALONE) or ("œ" in letters and _NO_LIGATURE.search(word.lower())):
        return ()
    return tuple(at for at, language in enumerate(_alphabets(languages)) if letters <= language)


@lru_cache
def _alphabets(languages: str) -> tuple[frozenset[str], ...]:
    return tuple(map(frozenset, languages.split()))


def _stands_well(text: str, at: int) -> bool:
    """Return whether the sign at this place is a usual one, and none that parts a word in two."""
    sign = text[at]
    if sign == "’" and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha():
        return _APOSTROPHE.search(text, max(at - 3, 0), at + 4) is not None
    within = text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
    return sign in _SIGNS and (not within or sign in _JOINING)
