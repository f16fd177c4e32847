"""How well duplicates are found in labelled sets, against limits; what is printed of it."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks.dedupe.labelled import (
    Asked,
    Scored,
    most_asked,
    queue,
    rate,
    read_records,
    read_truth,
    scorer,
)
from realist.domain.duplicates import THRESHOLDS, Setting, Thresholds, find

MISSED = {"cytology_screening": (6, 4), "respiratory": (20, 8), "digital_work": (3, 1)}
"""Medical and social science sets: must and aim for records missed; none may be joined wrongly."""

RATES = {"dblp_acm": ((0.97, 0.95), (0.985, 0.97))}
"""Thin metadata: precision and recall, must and aim."""

EDGE_MUST, EDGE_AIM, COVERED_MUST, COVERED_AIM, APART_AIM = 23, 25, 0.90, 0.95, 0.01
CHOICES = [0.80, 0.83, 0.85, 0.87, 0.88, 0.90, 0.92, 0.94, 0.96, 0.97, 0.98]
"""Thresholds to choose from when one set is left out."""

HEADING = (
    "set                 setting    false  missed  precision  recall   queue (limit)  pairs missed: asked"
)


class Accuracy:
    """The labelled sets, and what was found in them."""

    def __init__(self, data: Path) -> None:
        self.data, self.score = data, scorer(data)
        self.sets = {name: (read_records(data / name), read_truth(data / name)) for name in [*MISSED, *RATES]}
        self.balanced: dict[str, Scored] = {}

    def run(self) -> bool:
        """Print all figures; return whether the limits were kept."""
        kept = [self.settings(), self.edges()]
        self.left_out()
        return all(kept)

    def settings(self) -> bool:
        """Print each set at each setting, and the queue."""
        kept = True
        print(f"{HEADING}, offered")
        totals = Asked(0, 0, 0)
        for name, (records, truth) in self.sets.items():
            for setting in Setting:
                result = find(records, setting=setting)
                found, asked = rate(self.score, records, truth, result), queue(truth, result)
                limit = most_asked(len(records), asked.missed)
                print(
                    f"{name:19} {setting:9} {found.false:6} {found.missed:7}  {found.precision:9.4f}  "
                    f"{found.recall:6.4f}  {len(result.doubtful):6} ({limit:5.0f})  {asked.missed:12}: "
                    f"{asked.asked}, {asked.offered}"
                )
                if setting is Setting.BALANCED:
                    self.balanced[name] = found
                    kept &= within(name, found)
                    if len(result.doubtful) > limit:
                        print("  limit broken: the queue is too long")
                        kept = False
                    totals = Asked(*(a + b for a, b in zip(totals, asked, strict=True)))
        return covered(totals) and kept

    def left_out(self) -> None:
        """Print each set with the threshold that is best for the other sets."""
        found = {
            name: [
                rate(self.score, records, truth, find(records, setting=Thresholds(same, 0.2)))
                for same in CHOICES
            ]
            for name, (records, truth) in self.sets.items()
        }
        balanced = CHOICES.index(THRESHOLDS[Setting.BALANCED].same)
        print("left out: threshold that is best for the others, what it gives, how far F1 is from the above")
        for name, here in found.items():
            others = [those for other, those in found.items() if other != name]
            choice = max(range(len(CHOICES)), key=lambda n: (sum(f_half(those[n]) for those in others), n))
            apart = abs(f_one(here[choice]) - f_one(here[balanced]))
            far = "" if apart <= APART_AIM else f"; aim not reached: {APART_AIM:g}"
            false, missed, precision, recall = here[choice]
            print(
                f"{name:19} {CHOICES[choice]:.2f}: {false} false, {missed} missed, precision {precision:.4f},"
                f" recall {recall:.4f}; F1 {apart:.4f} apart (aim {APART_AIM:g}){far}"
            )

    def edges(self) -> bool:
        """Print how many single hard cases came out right."""
        records = {record.uid: record for record in read_records(self.data / "edge_cases")}
        with (self.data / "edge_cases" / "pairs.csv").open(newline="", encoding="utf-8") as stream:
            pairs = list(csv.DictReader(stream))
        wrong: list[str] = []
        joined = 0
        for row in pairs:
            same = bool(find([records[row["id_a"]], records[row["id_b"]]]).clusters)
            if same != (row["duplicate"] == "1"):
                wrong.append(row["id_a"])
                joined += same
        right = len(pairs) - len(wrong)
        print(
            f"hard cases: {right} of {len(pairs)} right (limit {EDGE_MUST}, aim {EDGE_AIM}), {joined} wrongly"
            f" joined (limit 0){', not ' + ', '.join(wrong) if wrong else ''}"
            f"{verdict(right, EDGE_MUST, EDGE_AIM)}"
        )
        return right >= EDGE_MUST and not joined


def covered(totals: Asked) -> bool:
    """Print which part of the missed pairs a person is asked about; return whether the limit was kept."""
    share = totals.asked / totals.missed if totals.missed else 1.0
    print(
        f"of {totals.missed} pairs missed at the setting balanced {totals.asked} are asked about: {share:.1%}"
        f" (limit {COVERED_MUST:.0%}, aim {COVERED_AIM:.0%}){verdict(share, COVERED_MUST, COVERED_AIM)};"
        f" {totals.offered} more are offered as related"
    )
    return share >= COVERED_MUST


def verdict(figure: float, must: float, aim: float) -> str:
    """Return what to print after a figure that should be high, ``""`` if its aim is reached."""
    return "" if figure >= aim else ", limit broken" if figure < must else ", aim not reached"


def within(name: str, found: Scored) -> bool:
    """Whether the figures of a set keep its limits; print where they do not, and where an aim is missed."""
    if name in MISSED:
        must, aim = MISSED[name]
        kept = not found.false and found.missed <= must
        reached = kept and found.missed <= aim
        text = f"none false, {must} missed; aim {aim}"
    else:
        (precision, recall), (higher, more) = RATES[name]
        kept = found.precision >= precision and found.recall >= recall
        reached = found.precision >= higher and found.recall >= more
        text = f"precision {precision}, recall {recall}; aim {higher}, {more}"
    if not reached:
        print(f"  {'limit broken' if not kept else 'aim not reached'}: {text}")
    return kept


def f_half(found: Scored) -> float:
    """Return the F measure in which precision weighs twice as much as recall."""
    weighed = 0.25 * found.precision + found.recall
    return 1.25 * found.precision * found.recall / weighed if weighed else 0.0


def f_one(found: Scored) -> float:
    """Return the harmonic mean of precision and recall."""
    both = found.precision + found.recall
    return 2 * found.precision * found.recall / both if both else 0.0
