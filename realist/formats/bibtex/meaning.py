"""BibTeX and BibLaTeX: what their fields mean in the dialects of databases and reference managers.

``raw`` holds ("@type", type) and ("@key", key), then every field as the file gives it, without the braces or
quotation marks around a value. An expression of strings stays as written; the strings it names follow at the
end, as ("@string", "name = text").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from realist.formats.bibtex.kin import Family, Held, Values
from realist.formats.bibtex.latex import decode, decode_address
from realist.formats.bibtex.names import names
from realist.formats.bibtex.parse import Comment, Definition, Loose, Part, Refused, looks_like_fields, parse
from realist.formats.bibtex.product import Ballot
from realist.formats.bibtex.split import Entry
from realist.formats.bibtex.values import Strings, keywords
from realist.formats.doubts import doubts
from realist.formats.lines import count_lines
from realist.formats.records import Fields, Item, Notes, Problem, RawRecord
from realist.formats.values import (
    doi_in_note,
    doi_in_url,
    doi_of,
    one_line,
    pages_of,
    pmid_in_url,
    prose,
    pubmed_number,
    web_address,
    year_of,
)
from realist.text import shorten
from realist.vocabulary import Severity

_BOOKS = frozenset({"book", "proceedings", "collection", "mvbook", "mvproceedings", "mvcollection"})
_NOTE_PMID = re.compile(r"^\{?PMID:?\}?:? {0,3}([0-9]{1,8})\b", re.MULTILINE)
_DASHES = re.compile(r"-{2,3}")
_NOISE = re.compile(
    r"\s*(?:Record #[0-9]{1,9} of [0-9]{1,9}|[0-9]{1,9}\.|Scopus|EXPORT DATE:.*"
    r"|(?:Provider|Database|Content):.*)\s*"
)


def read(blocks: Iterable[str], notes: Notes) -> Iterator[Item]:
    """Yield the records and remarks of a BibTeX file from blocks of its lines; *notes* fills meanwhile."""
    return _Reading(notes).run(blocks)


@lru_cache(maxsize=4096)
def _lowered(name: str) -> str:
    return name.lower()


class _Reading:
    """One reading of one file."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._strings = Strings()
        self._family = Family()
        self._ballot: Ballot | None = Ballot()
        self._position = 0

    def run(self, blocks: Iterable[str]) -> Iterator[Item]:
        family = self._family
        for part in parse(self._counted(blocks)):
            if type(part) is not Entry:
                for problem in self._problems(part):
                    yield from self._in_order(problem)
                continue
            self._position += 1
            held = self._held(part)
            if isinstance(held, Problem):
                yield from self._in_order(held)
            elif family.waits or "crossref" in held.values.first or "xdata" in held.values.first:
                for item in family.add(held):
                    yield from _finished(item)
            else:
                family.know(held.values)
                yield from _finished(held)
        for item in family.close():
            yield from _finished(item)

    def _counted(self, blocks: Iterable[str]) -> Iterator[str]:
        for block in blocks:
            self._strings.read += len(block)
            yield block

    def _in_order(self, problem: Problem) -> Iterator[Item]:
        if not self._family.waits:
            yield problem
            return
        for item in self._family.add(problem):
            yield from _finished(item)

    def _held(self, entry: Entry) -> Held | Problem:
        """Return a record with its values by name, or its refusal if it holds nothing."""
        raw = RawRecord(self._position, entry.line, entry.pairs)
        where = f"Record {raw.position} of line {raw.line}"
        remarks: list[Problem] = []
        if entry.remark:
            message = f"{where} was mended ({entry.remark}): look whether all of it was read."
            remarks.append(Problem(raw.line, raw.position, Severity.WARNING, message))
        values = self._by_name(entry, remarks, where)
        if len(values.first) <= 1 + ("@key" in values.first):
            text = _written(entry.pairs, values)
            message = f"{where} is an empty record: it was left out."
            return Problem(raw.line, raw.position, Severity.ERROR, message, text)
        if self._ballot is not None:
            self._ballot.ask(values.first)
            self._notes.product = self._ballot.result()
            self._ballot = self._ballot if self._ballot.is_open else None
        return Held(raw, values, tuple(remarks))

    def _by_name(self, entry: Entry, remarks: list[Problem], where: str) -> Values:
        first = {"@type": entry.pairs[0][1]}
        repeated: dict[str, list[str]] = {}
        pairs = self._resolved(entry, remarks, where) if entry.expressions else entry.pairs
        for name, value in islice(pairs, 1, None):
            # A cheap test before a dear one: blank text sorts before " !".
            if value > " !" or value.strip():
                name = _lowered(name) if len(name) < 50 else name.lower()
                if name not in first:
                    first[name] = value
                elif name in repeated:
                    repeated[name].append(value)
                else:
                    repeated[name] = [first[name], value]
        return Values(first, repeated)

    def _resolved(self, entry: Entry, remarks: list[Problem], where: str) -> list[tuple[str, str]]:
        """Return the pairs of a record with its expressions resolved; what they name is added to its raw."""
        pairs = list(entry.pairs)
        used: dict[str, str] = {}
        for at in entry.expressions:
            name, expression = pairs[at]
            if self._strings.stays(expression):
                continue
            text = self._strings.text_of(expression)
            if text is None:
                message = (
                    f"The field {shorten(name, 40)} of {where.lower()} comes to more text than any field "
                    "holds: its strings were left as they are named."
                )
                remarks.append(Problem(entry.line, self._position, Severity.WARNING, message))
                continue
            pairs[at] = (name, text)
            used.update(self._strings.used(expression))
        entry.pairs.extend(("@string", f"{name} = {text}") for name, text in used.items())
        return pairs

    def _problems(self, part: Part) -> Iterator[Problem]:
        """Yield what is to be said of a part of the file that is no record."""
        if isinstance(part, Definition):
            if not self._strings.define(part.name, part.expression):
                message = (
                    f'The string "{shorten(part.name, 40)}" of line {part.line} comes to more text than any '
                    "name, or too many came before it: it was not put in where it is named."
                )
                yield Problem(part.line, None, Severity.WARNING, message, part.text)
        elif isinstance(part, Refused):
            yield self._refusal(part)
        elif isinstance(part, Comment):
            yield from self._comment(part)
        elif isinstance(part, Loose):
            yield from self._loose(part)

    def _comment(self, part: Comment) -> Iterator[Problem]:
        self._hear(part.text)
        if looks_like_fields(part.text):
            message = (
                f"{_where(part.line, part.text)} within a comment: what looks like fields there was left out."
            )
            yield Problem(part.line, None, Severity.WARNING, message, part.text)

    def _loose(self, part: Loose) -> Iterator[Problem]:
        if all(_NOISE.fullmatch(line) for line in part.text.split("\n")):
            self._hear(part.text)
            return
        where = f"{_where(part.line, part.text)} outside any record and left out"
        if looks_like_fields(part.text):
            what = 'put "@misc{key," before these fields and "}" after them, and import the file again.'
            yield Problem(part.line, None, Severity.ERROR, f"{where}: {what}", part.text)
        elif any(character.isalnum() for character in part.text):
            what = "look whether a record was lost there."
            yield Problem(part.line, None, Severity.WARNING, f"{where}: {what}", part.text)

    def _hear(self, text: str) -> None:
        self._notes.noise += count_lines("\n" + text)
        if self._ballot is not None:
            self._ballot.hear(text)
            self._notes.product = self._ballot.result()

    def _refusal(self, part: Refused) -> Problem:
        if part.text.lstrip("\ufeff \t\r\f\v")[1:7].lower() == "string":
            message = (
                f"The string of line {part.line} cannot be read: mend it in the file and import it again."
            )
            return Problem(part.line, None, Severity.ERROR, message, part.text)
        self._position += 1
        if part.open > 0:
            reason = "a brace or quotation mark that it opens is not closed"
        elif part.open < 0:
            reason = "it closes a brace that it does not open"
        else:
            reason = "a comma, an equals sign or a quotation mark is missing or too many"
        message = (
            f"Record {self._position} of line {part.line} cannot be read ({reason}): "
            "mend it and import the file again."
        )
        return Problem(part.line, self._position, Severity.ERROR, message, part.text)


def _written(pairs: list[tuple[str, str]], values: Values) -> str:
    """Return a record without values as a file would give it."""
    fields = [f"{name} = {{{value}}}" for name, value in pairs if name not in ("@type", "@key")]
    return f"@{values.first['@type']}{{{', '.join([values.first.get('@key', ''), *fields])}}}"


def _where(line: int, text: str) -> str:
    last = line - 1 + count_lines("\n" + text)
    return f"Line {line} is" if last == line else f"Lines {line} to {last} are"


def _finished(item: Held | Problem) -> Iterator[Item]:
    if isinstance(item, Problem):
        yield item
        return
    fields = _understood(item.values)
    yield item.raw, fields
    yield from item.remarks
    if item.missing:
        raw = item.raw
        message = (
            f'Record {raw.position} of line {raw.line} refers to a record "{shorten(item.missing, 80)}", '
            "which was not found in the file: it was read without what it would take over from it."
        )
        yield Problem(raw.line, raw.position, Severity.WARNING, message)
    if not fields.title or fields.year is None:
        yield from doubts(item.raw, fields, (item.values.first.get(name, "") for name in ("year", "date")))


def _line(value: str) -> str:
    return one_line(decode(value)) if value else ""


def _understood(values: Values) -> Fields:
    first = values.first
    get = first.get
    kind = one_line(first["@type"])
    title = _line(get("title", ""))
    journal = get("journal") or get("journaltitle") or ""
    book_title = get("booktitle", "")
    if not title and book_title and kind.lower() in _BOOKS:
        title, book_title = _line(book_title), ""
    return Fields(
        _line(get("unique-id", "")) or one_line(get("@key", "")),
        kind,
        title or _line(get("maintitle", "")),
        names(first["author"]) if "author" in first else (),
        names(first["editor"]) if "editor" in first else (),
        year_of(get("year", "")) or year_of(get("date", "")),
        _line(journal or book_title),
        _line(get("volume", "")),
        _line(get("number") or get("issue", "")),
        _pages(first),
        _doi(first),
        _pmid(first),
        _url(values),
        prose(decode(first["abstract"])) if "abstract" in first else "",
        _keywords(values),
        _line(get("language") or get("langid", "")),
        _notes(values),
        _line(get("source") or get("database", "")),
        _line(get("publisher") or get("school") or get("institution") or get("organization", "")),
    )


def _pages(first: dict[str, str]) -> str:
    pages = first.get("pages", "")
    if pages:
        found = pages_of(decode(_DASHES.sub("-", pages)))
        if found and not found.lower().startswith("no pagination"):
            return found.rstrip("-–")
    for name in ("eid", "article-number", "articleno", "art_number"):
        if name in first:
            return _line(first[name])
    return ""


def _doi(first: dict[str, str]) -> str:
    """Return the DOI from its field, else from a link, else from a note."""
    if "doi" in first and (found := doi_of(decode_address(first["doi"]))):
        return found
    for name in ("url", "ee", "eprint"):
        if name in first and (found := doi_in_url(decode_address(first[name]))):
            return found
    return doi_in_note(decode_address(first["note"])) if "note" in first else ""


def _pmid(first: dict[str, str]) -> str:
    for name in ("pmid", "pubmed_id", "pubmed-id", "pubmedid"):
        if name in first and (found := pubmed_number(first[name].strip("{} "))):
            return found
    if "eprint" in first:
        kind = first.get("eprinttype") or first.get("archiveprefix", "")
        if kind.strip().lower() == "pubmed" and (found := pubmed_number(first["eprint"])):
            return found
    if "PMID" in first.get("note", "") and (note := _NOTE_PMID.search(first["note"])):
        return note[1]
    # TeXMed names the paper by a link in the note.
    return next((found for name in ("url", "note") if (found := pmid_in_url(first.get(name, "")))), "")


def _url(values: Values) -> str:
    for name in ("url", "ee", "howpublished"):
        if name in values.first:
            for value in values.all(name):
                if found := web_address(decode_address(value)):
                    return found
    return ""


def _keywords(values: Values) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in ("author_keywords", "keywords", "keyword", "keywords-plus"):
        if name in values.first:
            found.update(dict.fromkeys(keywords(values.all(name))))
    return tuple(found)


def _notes(values: Values) -> str:
    found = [value for name in ("note", "annote", "annotation") for value in values.all(name)]
    # Decisions of Rayyan are written with braces of their own.
    texts = (value if "RAYYAN-" in value else decode(value) for value in found)
    return "\n".join(filter(None, map(prose, texts))) if found else ""
