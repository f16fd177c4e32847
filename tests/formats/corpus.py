"""A folder of real exports with its manifest, read by us and checked by independent means."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from realist.errors import RealistError
from realist.formats.door import open_export
from realist.formats.records import Fields, Problem, RawRecord
from realist.vocabulary import Severity
from tests.formats.independent import FORMATS, Found, Text, decoded, found_in, lost

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "formats"
WHY = "the corpus of real exports is not beside the project"
NO_EXPORTS = {"html", "empty", "pdf", "unknown", "cnki"}


@dataclass
class Reading:
    """What reading one file of the manifest gave. ``crash`` names an exception that is none of ours."""

    file: dict[str, Any]
    format: str = ""
    product: str = ""
    encoding: str = ""
    records: list[tuple[RawRecord, Fields]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    crash: str = ""
    seconds: float = 0.0

    @property
    def errors(self) -> list[Problem]:
        """The problems that refuse something."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]

    @property
    def expected(self) -> int | None:
        """How many records the manifest expects; None where more than one answer is right."""
        number = self.file.get("expected_records")
        return None if number is None else int(number)


def manifest(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the files of a manifest, none where there is no corpus."""
    path = folder / "manifest.json"
    if not path.exists():
        return []
    files: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["files"]
    return files


def read(folder: Path, file: dict[str, Any]) -> Reading:
    """Read a file through the door of the package; whatever is raised is caught and told."""
    reading = Reading(file)
    began = time.process_time()
    try:
        export = open_export(folder / file["file"])
        reading.format, reading.encoding = export.source.format, export.source.encoding
        for item in export:
            if isinstance(item, Problem):
                reading.problems.append(item)
            else:
                reading.records.append(item)
        reading.product = export.source.product
    except RealistError as error:
        reading.problems.append(Problem(0, None, Severity.ERROR, str(error)))
    except Exception as error:
        reading.crash = f"{type(error).__name__}: {error}"
    reading.seconds = time.process_time() - began
    return reading


def unexplained(reading: Reading) -> int:
    """Return by how many records the reading differs from the manifest beyond what its errors name.

    An error that names no line explains nothing; one that refuses the whole file explains a file that is
    no export. A note that accepts another number is taken at its word.
    """
    if reading.expected is None or str(len(reading.records)) in _accepted(reading.file):
        return 0
    named = sum(1 for problem in reading.errors if problem.line > 0 and problem.record is not None)
    return max(abs(reading.expected - len(reading.records)) - named, 0)


def _accepted(file: dict[str, Any]) -> list[str]:
    return re.findall(r"\b([0-9]+) accepted", file.get("note") or "")


def found_of(folder: Path, file: dict[str, Any]) -> list[Found]:
    """Return the records of a file by independent means, none for a format that they do not know."""
    if file["format"] not in FORMATS:
        return []
    return found_in((folder / file["file"]).read_bytes(), file)


def kept_values(found: list[Found], reading: Reading) -> dict[int, list[str]]:
    """Return the raw values of our records under the position of the record they are, by independent means.

    Records are the same if they begin on the same line, and on no other record's; else by their position.
    """
    lines = Counter(record.line for record in found)
    by_line = {record.line: number for number, record in enumerate(found, 1) if lines[record.line] == 1}
    kept: dict[int, list[str]] = {}
    rest: list[RawRecord] = []
    for record, _ in reading.records:
        number = by_line.get(record.line)
        if number is None or number in kept:
            rest.append(record)
        else:
            kept[number] = [value for _, value in record.raw]
    for record in rest:
        if record.position not in kept:
            kept[record.position] = [value for _, value in record.raw]
    return kept


def lost_words(folder: Path, reading: Reading) -> tuple[Counter[str], int]:
    """Return the words of values that the reading neither kept in their record nor refused aloud, and all.

    A file that the manifest expects nothing of is not counted.
    """
    if reading.expected is None:
        return Counter(), 0
    content = (folder / reading.file["file"]).read_bytes()
    found = found_of(folder, reading.file)
    told = [problem.text for problem in reading.problems if _refuses(problem)]
    text = Text("", True) if reading.file["format"] == "xlsx" else decoded(content)
    return lost(reading.file["format"], text, found, kept_values(found, reading), told)


def _refuses(problem: Problem) -> bool:
    """Return whether the text of a problem is kept nowhere else."""
    return problem.severity is Severity.ERROR or (problem.record is None and "left out" in problem.message)


def wrong_fields(reading: Reading) -> list[str]:
    """Return what differs from the fields that the manifest expects of single records."""
    by_position = {record.position: (record, fields) for record, fields in reading.records}
    refused = {problem.record for problem in reading.errors}
    wrong = []
    for expected in reading.file.get("expected_fields") or ():
        number = expected["record"]
        if number not in by_position:
            wrong += [] if number in refused else [f"record {number} was not read"]
            continue
        record, fields = by_position[number]
        for name, value in expected.items():
            if name != "record" and (complaint := _complaint(reading.file, name, value, record, fields)):
                wrong.append(f"record {number}: {complaint}")
    return wrong + _wrong_decoded(reading)


def _complaint(file: dict[str, Any], name: str, value: Any, record: RawRecord, fields: Fields) -> str:
    """Return how a field differs from what is expected under *name*, ``""`` if it does not."""
    if name == "line":
        return "" if record.line == value else f"begins on line {record.line}, not {value}"
    if name == "author_lines":
        return _wrong_number(value, record, fields)
    text = " ".join(str(value).split())
    kept = any(text in " ".join(f"{tag} {raw}".split()) for tag, raw in record.raw)
    if not kept and name not in ("type", "type_raw", "key"):
        return f'"{text[:60]}" ({name}) is not in its raw values'
    have, want = _pair(file, name, text, fields)
    return "" if have == want else f'{name} is "{have[:80]}", not "{want[:80]}"'


def _wrong_number(value: int, record: RawRecord, fields: Fields) -> str:
    """Return how the number of authors differs: several may share a line, groups have a tag of their own."""
    tags = ("AU", "AF", "FAU", "A1", "author", "authors")
    on_lines = sum(raw.count(";") for tag, raw in record.raw if tag in tags)
    groups = sum(1 for tag, raw in record.raw if tag in ("CN", "CA") and raw.strip())
    blank = sum(1 for tag, raw in record.raw if tag in tags and not raw.strip())
    have = len(fields.authors)
    return "" if value - blank <= have <= value + on_lines + groups else f"has {have} authors, not {value}"


_SAME = {
    "type_raw": "type",
    "type": "type",
    "accession": "source_key",
    "key": "source_key",
    "id": "source_key",
    "pmid": "pmid",
    "journal": "journal",
}
_MARKUP = re.compile(r"[{}\\<>&$~]")


def _pair(file: dict[str, Any], name: str, text: str, fields: Fields) -> tuple[str, str]:
    """Return the field that *name* stands for and what it should be; equal texts where any would do."""
    if name in _SAME:
        have = str(getattr(fields, _SAME[name]))
        return (have.lower(), text.lower()) if name.startswith("type") else (have, text)
    if name in ("title_raw", "title"):
        return ("", "") if _MARKUP.search(text) else (fields.title, text)
    if name in ("doi_raw", "DOI"):
        found = re.search(r"10\.\d{4,9}/\S+", text)
        return (fields.doi, found[0].lower()) if found else ("", "")
    if name in ("year_raw", "date_raw"):
        found = re.search(r"(?<!\d)(?:1\d{3}|20\d\d)(?=\d{4}\b|\D|$)", text)
        return (str(fields.year), found[0] if found else "None")
    if name in ("first_author", "first_author_full", "authors_raw"):
        return _first_author(file, name, text, fields)
    return "", ""


def _first_author(file: dict[str, Any], name: str, text: str, fields: Fields) -> tuple[str, str]:
    first = fields.authors[0] if fields.authors else ""
    full = any("first_author_full" in expected for expected in file.get("expected_fields") or ())
    if name == "first_author" and not full and file["format"] != "wos" and not _MARKUP.search(text):
        return first, text
    if name == "first_author_full":
        return first, text
    surname = re.split(r"[\s,;]", text)[0].lower()
    return ("", "") if surname in first.lower() else (first, text)


def _wrong_decoded(reading: Reading) -> list[str]:
    """Return what differs from the fields that the manifest expects after LaTeX and encodings."""
    wanted = reading.file.get("decoded_expectations")
    if not wanted:
        return []
    if not reading.records:
        return ["no record was read"]
    fields = reading.records[0][1]
    names = {"booktitle": "journal", "note": "notes"}
    wrong = []
    for name, value in wanted.items():
        if not hasattr(fields, names.get(name, name)):
            continue
        have = getattr(fields, names.get(name, name))
        have = list(have) if isinstance(have, tuple) else have
        if have != value:
            wrong.append(f"{name} is {have!r}, not {value!r}")
    return wrong
