"""Reading exports of databases into the review: what is in them, what came of them, what was refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from realist.errors import NotFound, WrongUse
from realist.formats.detect import KINDS
from realist.formats.encoding import check_name
from realist.formats.mending import SUFFIXES, mendable
from realist.formats.records import Problem
from realist.queries import imports, review
from realist.queries.naming import resolve
from realist.services.importing import FileReport, Origin, Step, import_files, look_at
from realist.services.sweeping import index_imports
from realist.text import fold, line, shorten
from realist.vocabulary import Severity
from tui.gateway.files import write_new

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from realist.services.unit import Desk
    from tui.gateway.door import Gateway

Report = FileReport
Told = Callable[[Step], None]
_UNFIT = re.compile(r"[^\w.()+ -]+")


class Looked(NamedTuple):
    """What was found in some files, read in ``encoding`` ("": as each says itself)."""

    files: tuple[str, ...]
    encoding: str
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finished import; ``mended`` counts the later ones that bring its refused text."""

    uid: str
    row: dict[str, Any]

    @property
    def label(self) -> str:
        """What tells it from others, in a few words."""
        refused = f"{self.row['refused']:,} refused"
        return f"{shorten(self.row['file'], 36)} · {self.row['at']:%Y-%m-%d} · {refused}"


class Order(NamedTuple):
    """What is to be read: files that were looked at, where they come from, those known once more or not."""

    looked: Looked
    origin: Origin
    again: bool


class Plan(NamedTuple):
    """What a file can be said to come from: searches (name, folded source), stages, imports to mend."""

    searches: list[tuple[str, str]]
    stages: list[str]
    mendable: dict[str, str]


class Found(NamedTuple):
    """A problem and the file it is in, which is the report at ``place``."""

    file: str
    problem: Problem
    place: int


class Reported(NamedTuple):
    """What came of files, their problems, and the imports they are in, by uid, as they are now."""

    reports: tuple[Report, ...]
    imports: dict[str, Earlier]
    found: list[Found]


# -- before anything is written -----------------------------------------------------------------------------


def look(gate: Gateway, files: Sequence[str], encoding: str, told: Told) -> Looked:
    """Read files without writing anything; *told* hears how far it came and may raise to stop it."""
    if encoding:
        check_name(encoding)
    return Looked(
        tuple(files), encoding, tuple(look_at(gate.store, files, encoding=encoding or None, progress=told))
    )


def is_nothing(report: Report) -> bool:
    """Whether a file that was looked at holds nothing that an import would keep."""
    return not report.records and not any(problem.text for problem in report.problems)


def what_is(report: Report) -> str:
    """Return what a file is, as a sentence names it: product, format, encoding."""
    kind = KINDS.get(report.format, "")
    return ", ".join(filter(None, (report.product, kind, report.encoding))) if kind else ""


def plan(gate: Gateway) -> Plan:
    """Return what an import can be said to come from."""

    def query(connection: Connection) -> Plan:
        searches = [(row["name"], fold(row["source"])) for row in review.searches(connection)]
        stages = [row["name"] for row in review.stages(connection)]
        labels: dict[str, str] = {}
        for one in _earlier(connection):
            if one.row["refused"]:
                same = sum(label.startswith(one.label) for label in labels)
                labels[one.label + (f" ({same + 1})" if same else "")] = one.uid
        return Plan(searches, stages, labels)

    return gate.read(query)


def likely_search(found: Plan, looked: Looked) -> str:
    """Return the only search of the plan whose source is the product of all files; "" where none is."""
    products = {fold(one.product) for one in looked.reports if one.records}
    if len(products) != 1 or products == {""}:
        return ""
    names = [name for name, source in found.searches if source in products]
    return names[0] if len(names) == 1 else ""


def ordered(gate: Gateway, looked: Looked, values: Mapping[str, str], mends: Mapping[str, str]) -> Order:
    """Return what is to be read; refuse, before anything is, an origin that there is not or has no sense.

    *values* are those of the form; *mends* has the uids of imports by what the form calls them.
    """
    search, source, stage = (line(values[name]) for name in ("search", "source", "stage"))
    if search and (source or stage):
        raise WrongUse("Name either the search, or the source with its stage.")
    if bool(source) != bool(stage):
        raise WrongUse("The source and the stage go together: fill in both, or neither.")
    if search:
        gate.read(lambda connection: resolve(connection, "search", search))
    again = values.get("again") == "yes"
    if not again and all(one.known or is_nothing(one) for one in looked.reports):
        raise WrongUse("What can be read is there already: “Read it again: yes” reads it once more.")
    return Order(looked, Origin(search, stage, source, mends.get(values.get("mends", ""), "")), again)


# -- reading ------------------------------------------------------------------------------------------------


def read(desk: Desk, order: Order, told: Told) -> tuple[Report, ...]:
    """Read files into the review, all or none; what *told* raises leaves nothing behind."""
    (files, encoding, _), origin, again = order
    reports = import_files(desk, files, origin, encoding=encoding or None, again=again, progress=told)
    desk.notes[:] = [note for note in desk.notes if " is of no search" not in note]  # the form said so
    return tuple(reports)


def index(gate: Gateway) -> None:
    """Make what imports brought searchable."""
    index_imports(gate.store)


# -- afterwards ---------------------------------------------------------------------------------------------


def earlier(gate: Gateway) -> list[Earlier]:
    """Return every import, newest first."""
    return gate.read(_earlier)


def _earlier(connection: Connection) -> list[Earlier]:
    return [Earlier(row["uid"], row) for row in reversed(imports.imports(connection))]


def reported(gate: Gateway, uid: str, reports: Sequence[Report]) -> Reported:
    """Return what came of *reports*, or, without any, of the import *uid*, and how their imports stand."""

    def query(connection: Connection) -> Reported:
        known = {one.uid: one for one in _earlier(connection)}
        if reports:
            return Reported(tuple(reports), known, found_in(*reports))
        if uid not in known:
            raise NotFound("That import is not in the review any more: it was taken back.")
        row = known[uid].row
        problems = tuple(
            Problem(one["line"], one["record"], Severity(one["severity"]), one["message"], one["text"])
            for one in imports.problems(connection, uid)
        )
        report = FileReport(
            row["file"], row["format"], row["encoding"], row["product"], row["records"], row["records"],
            problems, uid=uid,
        )  # fmt: skip
        return Reported((report,), known, found_in(report))

    return gate.read(query)


def found_in(*reports: Report) -> list[Found]:
    """Return all problems of files: what was refused first, each kind in the order of the files."""
    refused, doubted = list[Found](), list[Found]()
    for place, one in enumerate(reports):
        for problem in one.problems:
            found = refused if problem.severity is Severity.ERROR else doubted
            found.append(Found(one.file, problem, place))
    return refused + doubted


def has_refused_text(report: Report) -> bool:
    """Whether the review keeps text that a file's import refused."""
    return bool(report.uid) and any(one.text and one.severity is Severity.ERROR for one in report.problems)


def name_for_refused(report: Report) -> str:
    """Return a name for the file that takes the refused text of an import."""
    stem = line(re.split(r"[/\\]", report.file)[-1]).rpartition(".")[0] or line(report.file)
    return f"{_UNFIT.sub('_', stem)[:80]}-refused{SUFFIXES.get(report.format, '.txt')}"


def write_refused(gate: Gateway, report: Report, name: str) -> str:
    """Write the refused text of an import to a new file that can be mended; return a sentence."""

    def query(connection: Connection) -> tuple[list[str], Sequence[str]]:
        return imports.refused_texts(connection, report.uid), imports.column_names(connection, report.uid)

    texts, columns = gate.read(query)
    content = mendable(report.format, texts, columns)
    return write_new(name, content.encode("utf-8", "backslashreplace").decode("utf-8"))
