"""Keys that two records of one document are likely to share: only records that share one are compared."""

from __future__ import annotations

from zlib import crc32

from realist.domain.duplicates.fields import Comparable

BEGINNING, ENDING, LEAST_MAIN = 30, 14, 6
"""How many letters of a title's beginning and ending are a key; how many have to stand before a subtitle."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def keys_of(record: Comparable) -> tuple[int, ...]:
    """Return the keys of a record, at most 20 whole numbers below 2**32, the same in every run.

    DOI; PMID; title; its beginning, also that before a subtitle; its ending with the year; its three
    longest words, and two of them with the year; what stands after a long heading; titles in other languages;
    volume and first page; names of the first author with the first page, and with year and volume; without a
    volume also the last of all names and the year. That two different keys are one number only costs a
    comparison.
    """
    title = record.title
    packed = title.packed
    found: list[str] = []
    if record.doi:
        found.append("d" + record.doi)
    if record.pmid:
        found.append("m" + record.pmid)
    if packed:
        found.append("t" + packed)
        if not title.generic:
            found.append("b" + packed[:BEGINNING])
            found.append(f"e{packed[-ENDING:]}{record.year}")
            if LEAST_MAIN <= title.main < BEGINNING:
                found.append("b" + packed[: title.main])
            words = sorted({word for word in title.text.split() if len(word) > 4})
            words.sort(key=len, reverse=True)
            if len(words) > 3:
                found.append("w" + "".join(sorted(words[:3])))
            if len(words) > 1:
                found.append(f"u{words[0]}{words[1]}{record.year}")
            if title.core:
                found.append("t" + title.core)
            for other in title.others[:3]:
                found += ["t" + other, "b" + other[:BEGINNING]]
    first = record.names.first[:2]
    if record.pages and (page := record.pages[0][0]) != "1":
        page = page.lstrip(_LETTERS)
        if record.volume:
            found.append(f"v{record.volume} {page}")
        found += [f"n{name} {page}" for name in first]
    if record.year:
        found += [f"y{name} {record.year} {record.volume}" for name in first]
        if not record.volume and record.names.words:
            found.append(f"z{max(record.names.words)} {record.year}")
    return tuple(set(map(crc32, "\n".join(found).encode("utf-8", "replace").split(b"\n")))) if found else ()
