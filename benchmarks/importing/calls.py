"""How each peer is asked to read a file, in a process of its own; run by ``peers.py`` and ``corpus.py``.

``python calls.py PEER`` reads requests from standard input, one JSON object a line with ``path``,
``format``, ``encoding`` and ``limit`` (seconds), and answers each with one: ``values`` of every record that
the peer returned, ``fields`` (title, authors, year, doi, key) as the peer understands them, CPU ``seconds``
of the fastest of three readings, peak ``memory`` in MB, or ``error``. The peer is loaded once; each file is
read in a fork, so that a crash or an endless loop loses that file only.

Peers that take text are given it in the right encoding; the others are given the path.
"""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Pick = dict[str, Any]
Call = Callable[[Path, str], list[tuple[Any, Pick]]]


def _text(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding) as stream:
        return stream.read()


def _first(record: Any, *names: str) -> str:
    return next((str(record[name]) for name in names if record.get(name)), "")


def _pick(title: str, authors: Iterable[str], year: str, doi: str, key: str = "") -> Pick:
    return {"title": title, "authors": list(authors), "year": year, "doi": doi, "key": key}


def rispy_ris(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what ``rispy.load`` gives."""
    rispy = import_module("rispy")
    with path.open(encoding=encoding) as stream:
        records = rispy.load(stream)
    return [
        (
            record,
            _pick(
                _first(record, "title", "primary_title"),
                [*record.get("authors", ()), *record.get("first_authors", ())],
                _first(record, "year", "date", "publication_year"),
                _first(record, "doi"),
            ),
        )
        for record in records
    ]


def rispy_wos(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what rispy's parser of Web of Science files gives."""
    rispy = import_module("rispy")
    with path.open(encoding=encoding) as stream:
        records = rispy.load(stream, implementation=rispy.WokParser)
    return [
        (
            record,
            _pick(
                _first(record, "document_title", "title"),
                record.get("authors_full_names")
                or record.get("author_full_names")
                or record.get("authors", ()),
                _first(record, "year_published", "publication_year", "year"),
                _first(record, "doi"),
                _first(record, "accession_number"),
            ),
        )
        for record in records
    ]


def nbib_nbib(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what ``nbib.read`` gives."""
    records = import_module("nbib").read(_text(path, encoding))
    return [
        (
            record,
            _pick(
                _first(record, "title"),
                [_first(person, "author", "author_abbreviated") for person in record.get("authors", ())],
                _first(record, "publication_date"),
                _first(record, "doi"),
                _first(record, "pubmed_id"),
            ),
        )
        for record in records
    ]


def biopython_nbib(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what ``Bio.Medline.parse`` gives."""
    with path.open(encoding=encoding) as stream:
        records = list(import_module("Bio.Medline").parse(stream))
    return [(dict(record), _medline(record)) for record in records]


def _medline(record: Any) -> Pick:
    ids = [*record.get("LID", "").split("]"), *record.get("AID", ())]
    doi = next((name.split("[")[0].strip() for name in ids if "[doi" in name), "")
    people = record.get("FAU") or record.get("AU", ())
    return _pick(_first(record, "TI", "BTI"), people, _first(record, "DP"), doi, _first(record, "PMID"))


def bibtexparser_bibtex(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the entries that ``bibtexparser.parse_string`` gives."""
    return list(map(_bibtex, import_module("bibtexparser").parse_string(_text(path, encoding)).entries))


def failed_bibtex(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the entries of bibtexparser with those that it puts aside as duplicates."""
    library = import_module("bibtexparser").parse_string(_text(path, encoding))
    entry_type = import_module("bibtexparser.model").Entry
    blocks = [getattr(block, "ignore_error_block", None) or block for block in library.blocks]
    return [_bibtex(block) for block in blocks if isinstance(block, entry_type)]


def _bibtex(entry: Any) -> tuple[Any, Pick]:
    fields = [(field.key, str(field.value)) for field in entry.fields]
    first = {key.lower(): value for key, value in reversed(fields)}
    split = import_module("bibtexparser.middlewares.names").split_multiple_persons_names
    people = split(first["author"]) if first.get("author") else []
    picked = _pick(
        _first(first, "title"), people, _first(first, "year", "date"), _first(first, "doi"), entry.key
    )
    return [entry.entry_type, entry.key, fields], picked


def pybtex_bibtex(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what ``pybtex.database.parse_string`` gives where it may go on after a mistake."""
    import_module("pybtex.errors").set_strict_mode(False)
    database = import_module("pybtex.database")
    found = []
    for key, entry in database.parse_string(_text(path, encoding), "bibtex").entries.items():
        people = {role: [str(person) for person in persons] for role, persons in entry.persons.items()}
        fields = {}
        for name in ("title", "year", "date", "doi"):
            with suppress(KeyError):
                fields[name] = entry.fields[name]
        names = next((persons for role, persons in people.items() if role.lower() == "author"), [])
        picked = _pick(
            _first(fields, "title"), names, _first(fields, "year", "date"), _first(fields, "doi"), key
        )
        found.append(([entry.original_type, key, dict(entry.fields), people], picked))
    return found


def wosfile_wos(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what ``wosfile.records_from`` gives."""
    records = [dict(record) for record in import_module("wosfile").records_from(str(path))]
    return [
        (
            record,
            _pick(
                _first(record, "TI"),
                record.get("AF") or record.get("AU", ()),
                _first(record, "PY"),
                _first(record, "DI"),
                _first(record, "UT"),
            ),
        )
        for record in records
    ]


def asreview_import(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the records that ASReview makes of a file: what its user gets."""
    load = import_module("asreview.data.loader").load_records
    names = ("title", "authors", "abstract", "keywords", "year", "doi", "url", "included")
    records = [{name: getattr(record, name, None) for name in names} for record in load(path)]
    return [(record, _pick("", (), "", "")) for record in records]


def asreview_reader(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the table that ASReview's reader makes of a file before it keeps eight fields of it."""
    reader = import_module("asreview.data.loader")._get_reader(path)
    frame = reader.read_data(path)
    return [(row, _pick("", (), "", "")) for row in frame.to_dict("records")]


def etree_xml(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the records that ``xml.etree`` finds, each text with ``itertext``."""
    root = import_module("xml.etree.ElementTree").parse(path).getroot()

    def texts(record: Any, place: str) -> list[str]:
        return ["".join(element.itertext()) for element in record.findall(place)]

    found = []
    for record in root.iter("record"):
        years = [*texts(record, "dates/year"), *texts(record, "dates/pub-dates/date"), ""]
        one = {name: "".join(texts(record, name)[:1]) for name in ("titles/title", "electronic-resource-num")}
        picked = _pick(
            one["titles/title"],
            texts(record, "contributors/authors/author"),
            next(filter(None, map(str.strip, years)), ""),
            one["electronic-resource-num"],
        )
        found.append(
            (["".join(element.itertext()) for element in record.iter() if len(element) == 0], picked)
        )
    return found


COLUMNS = {
    "title": ("TI", "title", "article title", "document title", "title primary", "primary title"),
    "authors": ("AF", "AU", "authors", "author(s)", "author", "authors, primary", "author names"),
    "year": ("PY", "year", "publication year", "pub year", "pub_year", "publication date"),
    "doi": ("DI", "doi"),
    "key": ("UT", "key", "id", "eid", "pmid"),
}


def csv_table(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the rows that ``csv.DictReader`` gives, its dialect told by ``csv.Sniffer``."""
    csv.field_size_limit(10_000_000)
    text = _text(path, encoding)
    head = text[:3000].split("\n")[0]
    sign = max(",;\t", key=head.count)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=sign))
    found = []
    for row in rows:
        lower = {(name or "").strip().lower(): value for name, value in row.items() if isinstance(value, str)}
        values = {field: _first(lower, *map(str.lower, names)) for field, names in COLUMNS.items()}
        found.append((row, {**values, "authors": [values["authors"]]}))
    return found


def json_items(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return the items that ``json.loads`` gives."""
    items = json.loads(_text(path, encoding))
    found = []
    for item in items if isinstance(items, list) else [items]:
        people = [
            person.get("literal") or ", ".join(filter(None, (person.get("family"), person.get("given"))))
            for person in item.get("author", ())
        ]
        date = item.get("issued", {})
        year = str((date.get("date-parts") or [[""]])[0][0] or date.get("raw", "") or date.get("literal", ""))
        found.append((item, _pick(item.get("title", ""), people, year, item.get("DOI", ""), str(item["id"]))))
    return found


def realist_any(path: Path, encoding: str) -> list[tuple[Any, Pick]]:
    """Return what this package keeps of every record."""
    door, records = import_module("realist.formats.door"), import_module("realist.formats.records")
    refused = import_module("realist.errors").RealistError
    items = [item for item in door.open_export(path) if not isinstance(item, records.Problem)]
    if not items and not any(True for _ in door.open_export(path)):
        raise refused("nothing was read")
    return [
        (
            [value for _, value in record.raw],
            _pick(fields.title, fields.authors, str(fields.year), fields.doi),
        )
        for record, fields in items
    ]


CALLS: dict[str, tuple[str, dict[str, Call]]] = {
    "realist": ("", dict.fromkeys(("ris", "nbib", "wos", "wos-tab", "ovid", "enw"), realist_any)),
    "rispy": ("rispy", {"ris": rispy_ris, "wos": rispy_wos}),
    "nbib": ("nbib", {"nbib": nbib_nbib}),
    "Bio.Medline": ("biopython", {"nbib": biopython_nbib}),
    "bibtexparser": ("bibtexparser", {"bibtex": bibtexparser_bibtex}),
    "bibtexparser, all blocks": ("bibtexparser", {"bibtex": failed_bibtex}),
    "pybtex": ("pybtex", {"bibtex": pybtex_bibtex}),
    "wosfile": ("wosfile", {"wos": wosfile_wos, "wos-tab": wosfile_wos}),
    "ASReview": ("asreview", dict.fromkeys(("ris", "csv", "tsv"), asreview_import)),
    "ASReview, reader": ("asreview", dict.fromkeys(("ris", "csv", "tsv"), asreview_reader)),
    "xml.etree": ("", {"endnote-xml": etree_xml}),
    "csv": ("", dict.fromkeys(("csv", "tsv", "wos-tab"), csv_table)),
    "json": ("", {"csl-json": json_items}),
}
"""Peers by name: the distribution that holds each, and how it reads a format."""

CALLS["realist"][1].update(
    dict.fromkeys(("bibtex", "endnote-xml", "csv", "tsv", "csl-json", "xlsx"), realist_any)
)
_LOADED = {
    "realist": "realist.formats.door",
    "Bio.Medline": "Bio.Medline",
    "bibtexparser, all blocks": "bibtexparser",
    "pybtex": "pybtex.database",
    "ASReview": "asreview.data.loader",
    "ASReview, reader": "asreview.data.loader",
    "xml.etree": "xml.etree.ElementTree",
}


def leaves(value: Any) -> Iterator[str]:
    """Yield every text and number within a value, names of its parts included."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from leaves(part)
    elif isinstance(value, (list, tuple, set)):
        for part in value:
            yield from leaves(part)
    elif value is not None:
        yield str(value)


def peak_memory() -> float:
    """Return the highest memory of this process in MB; that of its parent, which Linux adds, left out."""
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().split("\n") if line.startswith("VmHWM:"))
        return int(peak.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def answer(peer: str, request: dict[str, Any]) -> dict[str, Any]:
    """Return what the peer makes of a file; the fastest of three readings is timed."""
    call = CALLS[peer][1][request["format"]]
    path, encoding = Path(request["path"]), request["encoding"]
    records: list[tuple[Any, Pick]] = []
    seconds = float("inf")
    try:
        for _ in range(3):
            records = []
            began = time.process_time()
            records = call(path, encoding)
            seconds = min(seconds, time.process_time() - began)
    except (Exception, RecursionError) as error:
        return {"error": f"{type(error).__name__}: {error}"[:300]}
    memory = peak_memory()
    values = [list(leaves(record)) for record, _ in records]
    return {
        "values": values, "fields": [picked for _, picked in records], "seconds": seconds, "memory": memory,
    }  # fmt: skip


def forked(peer: str, request: dict[str, Any]) -> str:
    """Return the answer as JSON, made in a child that is ended at the limit."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(int(request["limit"]))
        with os.fdopen(writing, "w") as stream:
            stream.write(json.dumps(answer(peer, request)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        line = stream.read()
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == signal.SIGALRM
        return json.dumps({"error": "took too long" if late else f"ended by signal {os.WTERMSIG(status)}"})
    return line or json.dumps({"error": "gave no answer"})


def main() -> None:
    """Load the peer, tell its version, and answer requests until there are no more."""
    peer = sys.argv[1]
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    warnings.simplefilter("ignore")
    distribution = CALLS[peer][0]
    try:
        import_module(_LOADED.get(peer, distribution or peer))
        version = metadata.version(distribution) if distribution else ""
        extra = f" with rispy {metadata.version('rispy')}" if distribution == "asreview" else ""
    except (ImportError, metadata.PackageNotFoundError) as error:
        print(json.dumps({"missing": str(error)[:200]}), flush=True)
        return
    answers, sys.stdout = sys.stdout, sys.stderr
    print(json.dumps({"version": version + extra}), file=answers, flush=True)
    for line in sys.stdin:
        print(forked(peer, json.loads(line)), file=answers, flush=True)


if __name__ == "__main__" and len(sys.argv) > 1:
    main()
