"""The CSV for PRISMA2020, read as the R package reads it; numbers that add up, or are said not to."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest

from realist.exports.prisma import HEADER, prisma_csv, prisma_link
from realist.queries.prisma import Number, Prisma, prisma
from realist.store.engine import Store, open_store


@pytest.fixture(scope="module")
def tour(tour_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample, open."""
    path = tmp_path_factory.mktemp("tour") / "tour.realist"
    path.write_bytes(tour_file.read_bytes())
    store = open_store(str(path))
    yield store
    store.close()


def as_r_reads_it(text: str) -> dict[str, str | list[tuple[str, int]] | int | None]:
    """Return what PRISMA_data() makes of a CSV: by ``grep`` of a key in the first column, the cell ``n``.

    The first row whose key holds the words counts, so that order matters; lists are split at ``;`` and a
    space, labels end at the first comma, numbers are the digits behind it.
    """
    rows = list(csv.reader(io.StringIO(text)))
    head, body = rows[0], rows[1:]
    place = head.index("n")
    found: dict[str, str | list[tuple[str, int]] | int | None] = {}
    for key in dict.fromkeys(row[0] for row in body if row[0]):
        first = next(row for row in body if re.search(key, row[0]))
        value = first[place]
        if not value:
            found[key] = None
        elif "," in value:
            parts = re.split("; *", value)
            found[key] = [(re.sub(",.*$", "", part), int(re.sub("^.*,[^0-9]*", "", part))) for part in parts]
        else:
            found[key] = int(value)
    return found


def test_the_package_reads_what_the_review_counts(tour: Store) -> None:
    with tour.read() as connection:
        counted = prisma(connection, viewer="AB")
    read = as_r_reads_it(prisma_csv(counted))
    for key, number in counted.numbers.items():
        assert read[key] == number.value, key
    assert read["database_specific_results"] == [("MEDLINE", 24), ("CINAHL", 26)]
    excluded = dict(read["dbr_excluded"]) | dict(read["other_excluded"] or [])  # type: ignore[arg-type]
    assert excluded.pop("Other") == 0
    assert sum(excluded.values()) == sum(sum(of.values()) for of in counted.excluded.values()) == 4


def test_the_columns_and_keys_are_those_that_the_package_looks_for(tour: Store) -> None:
    with tour.read() as connection:
        rows = list(csv.DictReader(io.StringIO(prisma_csv(prisma(connection, viewer="AB")))))
    assert tuple(rows[0]) == HEADER
    keys = [row["data"] for row in rows if row["data"]]
    assert " ".join(keys) == (
        "previous_studies previous_reports database_results database_specific_results register_results "
        "register_specific_results website_results organisation_results citations_results duplicates "
        "excluded_automatic excluded_other records_screened records_excluded dbr_sought_reports "
        "dbr_notretrieved_reports other_sought_reports other_notretrieved_reports dbr_assessed "
        "dbr_excluded other_assessed other_excluded new_studies new_reports total_studies "
        "total_reports identification screening included"
    )
    assert [row["box"] for row in rows if not row["data"]] == ["prevstud", "newstud", "othstud"]


def test_labels_hold_no_comma_and_a_lone_reason_has_company() -> None:
    hostile = "No data, not even; =HYPERLINK(1)\x1b[31m"
    found = Prisma(excluded={"dbr": Counter({hostile: 3}), "other": Counter()})
    read = as_r_reads_it(prisma_csv(found))
    assert read["dbr_excluded"] == [("No data – not even / =HYPERLINK(1)[31m", 3), ("Other", 0)]
    assert read["other_excluded"] is None
    assert "\x1b" not in prisma_csv(found)


def test_what_is_unknown_is_left_out_and_zero_is_not() -> None:
    found = Prisma(numbers={"duplicates": Number(0, "counted"), "records_screened": Number(None, "")})
    read = as_r_reads_it(prisma_csv(found))
    assert (read["duplicates"], read["records_screened"], read["new_reports"]) == (0, None, None)
    query = parse_qs(urlparse(prisma_link(found)).query)
    assert query["duplicates"] == ["0"]
    assert "records_screened" not in query


def test_boxes_that_do_not_add_up_are_named(tour: Store) -> None:
    with tour.read() as connection:
        found = prisma(connection, viewer="AB")
    n = {key: number.value or 0 for key, number in found.numbers.items()}
    expected = n["database_results"] - n["duplicates"] - n["excluded_other"]
    said = [sentence for sentence in found.unbalanced if sentence.startswith("Records screened")]
    assert bool(said) == (n["records_screened"] != expected)
    assert said == [
        f"Records screened is {n['records_screened']}, and identified less duplicates and other removals is"
        f" {expected}."
    ]


def test_reported_numbers_are_used_where_nothing_is_counted_and_say_so(tmp_path: Path) -> None:
    from realist.samples.leadership import build_leadership

    build_leadership(str(tmp_path / "leadership.realist"))
    store = open_store(str(tmp_path / "leadership.realist"))
    with store.read() as connection:
        found = prisma(connection)
    store.close()
    assert found.numbers["database_results"] == (1446, "reported")
    assert found.numbers["duplicates"] == (532, "reported")
    assert found.numbers["records_screened"] == (914 + 5673, "reported")
    assert found.numbers["dbr_notretrieved_reports"] == (16, "reported")
    assert found.numbers["register_results"] == (None, "")
    assert "reported" in prisma_csv(found)
