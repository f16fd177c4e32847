"""An invented pile to screen: papers with abstracts of real length, a round, terms that are marked."""

from __future__ import annotations

import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from importing.invented import JOURNALS, NAMES, WORDS  # noqa: E402
from sqlalchemy import Connection, insert, select  # noqa: E402

from realist.services import plan, retrieving, rounds  # noqa: E402
from realist.services.unit import Desk, columns  # noqa: E402
from realist.store.engine import Store, open_store  # noqa: E402
from realist.store.migrate import create  # noqa: E402
from realist.store.tables import (  # noqa: E402
    Decision,
    Entry,
    Import,
    Paper,
    Record,
    RecordText,
    Round,
    Row,
    table_of,
)
from realist.vocabulary import RoundKind, TermSet, Verdict  # noqa: E402

ROUND = "abstracts"
WORDS_EACH = 250
_SHAPES = 500
_AT_ONCE = 5000
PATTERNS = (
    r"\b(?:peer|lay)[- ](?:led|support\w*)", r"(?i)random(?:is|iz)ed", r"\b[nN]\s*=\s*\d+",
    r"\bp\s*[<>=]\s*0?\.\d+", r"(?i)\bself[- ]\w+",
)  # fmt: skip
_MARKED = (
    "trust", "support*", "peer*", "nurses", "training", "community", "practice", "programme*", "context*",
    "mechanism*", "outcome*", "theor*", "patient*", "care", "staff", "engage*", "motivat*", "resourc*",
    "reason*", "interview*", "session*", "follow-up", "adheren*", "rural", "school*", "intervention*",
    "evidence", "review", "realist", "reported", "implementation", "between", "across", "among", "studies",
)  # fmt: skip


def build(address: str, papers: int, readers: int = 1) -> None:
    """Make a review with a round of *papers*, read by so many people each."""
    if "://" not in address:
        create(address)
    store = open_store(address)
    desk = Desk(store, "SS")
    plan.create_review(desk, title="An invented pile", question="What works?")
    plan.add_stage(desk, "1")
    reasons = [f"an invented reason, number {n}" for n in range(1, 10)]
    rounds.add_round(
        desk, ROUND, stage="1", kind=RoundKind.TITLE_ABSTRACT, reasons=reasons, readers=readers,
        criteria="Include what says how it works, for whom, and why. " * 6,
    )  # fmt: skip
    sets = list(TermSet)
    for place, text in enumerate(_MARKED):
        retrieving.add_highlight(desk, text, sets[place % len(sets)])
    for place, text in enumerate(PATTERNS):
        retrieving.add_highlight(desk, text, sets[place % len(sets)], regex=True)
    with store.write() as connection:
        _fill(store, connection, papers)
    store.close()


def text_of(chance: random.Random, words: int) -> str:
    """Return invented text, in sentences."""
    found = [chance.choice(WORDS) for _ in range(words)]
    for start in range(0, words, 18):
        found[start] = found[start].capitalize()
        found[min(start + 17, words - 1)] += "."
    return " ".join(found)


def _fill(store: Store, connection: Connection, papers: int) -> None:
    chance = random.Random(7)
    shapes = [text_of(chance, WORDS_EACH - 5) for _ in range(_SHAPES)]
    person, at = connection.execute(select(Round.person, Round.at)).one()
    round_ = connection.execute(select(Round.uid)).scalar_one()
    signed = {"person": person, "at": at}
    import_ = store.uids()
    file = Import(uid=import_, file="invented.ris", format="ris", records=papers, finished=True, **signed)
    connection.execute(insert(table_of(Import)), columns(file))
    for start in range(1, papers + 1, _AT_ONCE):
        rows: dict[type[Row], list[dict[str, Any]]] = {Paper: [], Record: [], RecordText: [], Entry: []}
        for number in range(start, min(start + _AT_ONCE, papers + 1)):
            uid, record = store.uids(), store.uids()
            what: dict[str, Any] = {
                "title": f"{text_of(chance, 12)} No. {number}",
                "authors": "\n".join(f"{chance.choice(NAMES)}, {letter}." for letter in "AKM"),
                "year": chance.randint(1990, 2024), "journal": chance.choice(JOURNALS),
                "doi": f"10.5555/pile.{number}",
            }  # fmt: skip
            label = f"Author ({number})"
            rows[Paper].append(
                columns(Paper(uid=uid, number=number, label=label, import_=import_, **what, **signed))
            )
            made = Record(
                uid=record,
                import_=import_,
                paper=uid,
                position=number,
                line=number,
                type="JOUR",
                **what,
                **signed,
            )
            rows[Record].append(columns(made))
            abstract = f"{shapes[number % _SHAPES]} End{number}."
            text = RecordText(
                uid=record, abstract=abstract, keywords="stroke\npeers\nreturn to work", **signed
            )
            rows[RecordText].append(columns(text))
            entry = Entry(uid=store.uids(), round=round_, paper=uid, **signed)
            rows[Entry].append(columns(entry))
        for table, values in rows.items():
            connection.execute(insert(table_of(table)), values)


def decide_up_to(address: str, papers: int) -> None:
    """Have SS decide on the first *papers* papers, behind the back of the log."""
    store = open_store(address)
    with store.write() as connection:
        person, at = connection.execute(select(Round.person, Round.at)).one()
        done = set(connection.execute(select(Decision.entry)).scalars())
        found = connection.execute(
            select(Entry.uid, Paper.number)
            .join(Paper, Paper.uid == Entry.paper)
            .where(Paper.number <= papers)
        ).all()
        rows = [
            columns(
                Decision(
                    uid=store.uids(),
                    person=person,
                    at=at + timedelta(microseconds=number),
                    entry=uid,
                    verdict=Verdict.EXCLUDE if number % 7 else Verdict.INCLUDE,
                )
            )
            for uid, number in found
            if uid not in done
        ]
        if rows:
            connection.execute(insert(table_of(Decision)), rows)
    store.close()
