"""CSL-JSON: what citation processors read, one item a line, standard variables only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from realist.formats.records import Fields
from realist.formats.writing.keys import Keys
from realist.formats.writing.plain import joined, plain
from realist.formats.writing.types import is_plain, type_in

HEAD, BETWEEN, TAIL = "[\n", ",\n", "\n]\n"

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def writer() -> Callable[[Fields], str]:
    """Return a function that writes one item: its id is its name in the database, else a citation key."""
    keys = Keys()

    def write(fields: Fields) -> str:
        settled = plain(fields)
        own = settled.source_key
        item = _item(settled, own if own and keys.take(own) else keys.make(settled))
        return _encode({name: value for name, value in item.items() if value})

    return write


def _item(fields: Fields, key: str) -> dict[str, Any]:
    kind, _ = type_in("csl-json", fields.type, fields.journal)
    return {
        "id": key,
        "type": kind,
        "title": fields.title,
        "author": _names(fields.authors),
        "editor": _names(fields.editors),
        "issued": None if fields.year is None else {"date-parts": [[fields.year]]},
        "container-title": fields.journal,
        "volume": fields.volume,
        "issue": fields.number,
        "page": fields.pages,
        "publisher": fields.publisher,
        "DOI": fields.doi,
        "PMID": fields.pmid,
        "URL": fields.url,
        "abstract": fields.abstract,
        "keyword": joined(fields.keywords),
        "language": fields.language,
        "source": fields.database,
        "genre": "" if kind == fields.type or is_plain(fields.type) else fields.type,
        "note": fields.notes,
    }


def _names(people: Iterable[str]) -> list[dict[str, str]]:
    return [_name(person) for person in people]


def _name(person: str) -> dict[str, str]:
    """Return a name in its parts where a comma tells them apart, else to the letter."""
    family, comma, given = person.partition(", ")
    if comma and family and given and not family.endswith(","):
        return {"family": family, "given": given}
    return {"literal": person}
