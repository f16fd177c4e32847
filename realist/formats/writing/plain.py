"""Fields as they are written: plain, so that no value can end a line, a field or a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from realist.formats.records import Fields
from realist.formats.values import one_line, prose


def plain(fields: Fields) -> Fields:
    """Return *fields* with every text made plain: on one line, or in paragraphs where the field has them."""
    return Fields(
        one_line(fields.source_key),
        one_line(fields.type),
        one_line(fields.title),
        _entries(fields.authors),
        _entries(fields.editors),
        fields.year,
        one_line(fields.journal),
        one_line(fields.volume),
        one_line(fields.number),
        one_line(fields.pages),
        one_line(fields.doi),
        one_line(fields.pmid),
        one_line(fields.url),
        prose(fields.abstract),
        _entries(fields.keywords),
        one_line(fields.language),
        prose(fields.notes),
        one_line(fields.database),
        one_line(fields.publisher),
    )


def joined(words: Sequence[str]) -> str:
    """Return keywords in one text, which a reader does not take to be parted by commas."""
    return words[0] + ";" if len(words) == 1 and "," in words[0] else "; ".join(words)


def _entries(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(one_line, values)))
