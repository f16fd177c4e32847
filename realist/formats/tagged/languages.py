"""Names of languages for the codes that bibliographic databases write (MARC, ISO 639-2)."""

from __future__ import annotations

from realist.formats.values import one_line

_NAMES = """
afr Afrikaans, alb Albanian, amh Amharic, ara Arabic, arm Armenian, aze Azerbaijani, baq Basque, bel
Belarusian, ben Bengali, bos Bosnian, bre Breton, bul Bulgarian, bur Burmese, cat Catalan, chi Chinese,
cze Czech, dan Danish, dut Dutch, eng English, epo Esperanto, est Estonian, fao Faroese, fil Filipino,
fin Finnish, fre French, frm Middle French, geo Georgian, ger German, gla Scottish Gaelic, gle Irish,
glg Galician, gre Greek, guj Gujarati, hau Hausa, heb Hebrew, hin Hindi, hrv Croatian, hun Hungarian,
ice Icelandic, ind Indonesian, ita Italian, jpn Japanese, kan Kannada, kaz Kazakh, khm Khmer, kin
Kinyarwanda, kir Kyrgyz, kor Korean, kur Kurdish, lao Lao, lat Latin, lav Latvian, lit Lithuanian, ltz
Luxembourgish, mac Macedonian, mal Malayalam, mao Māori, mar Marathi, may Malay, mlg Malagasy, mlt
Maltese, mon Mongolian, mul Multiple languages, nep Nepali, nno Norwegian Nynorsk, nob Norwegian Bokmål,
nor Norwegian, ori Oriya, pan Punjabi, per Persian, pol Polish, por Portuguese, pus Pashto, que Quechua,
rum Romanian, rus Russian, san Sanskrit, scc Serbian, scr Croatian, sin Sinhalese, slo Slovak, slv
Slovenian, sna Shona, som Somali, spa Spanish, srp Serbian, swa Swahili, swe Swedish, tam Tamil, tel
Telugu, tgk Tajik, tgl Tagalog, tha Thai, tib Tibetan, tir Tigrinya, tuk Turkmen, tur Turkish, uig
Uighur, ukr Ukrainian, und Undetermined, urd Urdu, uzb Uzbek, vie Vietnamese, wel Welsh, xho Xhosa, yor
Yoruba, zul Zulu, sqi Albanian, hye Armenian, eus Basque, mya Burmese, zho Chinese, ces Czech, nld
Dutch, fra French, kat Georgian, deu German, ell Greek, isl Icelandic, mkd Macedonian, mri Māori, msa
Malay, fas Persian, ron Romanian, slk Slovak, bod Tibetan, cym Welsh
"""

LANGUAGES = {
    code: name
    for code, _, name in (entry.strip().partition(" ") for entry in _NAMES.replace("\n", " ").split(","))
}
"""English names by code; the codes of MARC and, where they differ, those of ISO 639-2/T."""


def language(value: str) -> str:
    """Return the English name of a language given as a code of three letters, other values on one line."""
    shown = one_line(value)
    return LANGUAGES.get(shown.lower(), shown) if len(shown) == 3 else shown
