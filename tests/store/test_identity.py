"""Time and identity: reproducible where they are given, in order where they are not."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from realist.store.identity import now, record_uid, seeded, ticking, uuid7
from realist.store.tables.base import stamp

START = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
SHA = sha256(b"a file").hexdigest()
OTHER = sha256(b"another file").hexdigest()


def test_the_clock_shows_a_moment_in_utc() -> None:
    shown = now()
    assert shown.tzinfo is UTC
    assert shown <= now()


def test_a_ticking_clock_ticks() -> None:
    clock = ticking(START, timedelta(minutes=2))
    assert [clock(), clock(), clock()] == [START, START + timedelta(minutes=2), START + timedelta(minutes=4)]


@given(st.binary(min_size=10, max_size=10), st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1)))
def test_a_uid_is_a_uuid_of_version_7_with_its_time(random: bytes, moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC)
    text = uuid7(lambda: moment, lambda _: random)()
    found = uuid.UUID(text)
    assert str(found) == text
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert found.int >> 80 == int(moment.timestamp() * 1000)


def test_uids_sort_by_their_time() -> None:
    make = uuid7(ticking(START))
    made = [make() for _ in range(50)]
    assert sorted(made) == made
    assert len(set(made)) == 50


def test_uids_of_one_moment_differ() -> None:
    make = uuid7(lambda: START)
    assert len({make() for _ in range(2000)}) == 2000


def test_the_same_seed_gives_the_same_uids() -> None:
    first, second, other = (seeded(seed, ticking(START)) for seed in (7, 7, 8))
    made = [first() for _ in range(20)]
    assert [second() for _ in range(20)] == made
    assert not {other() for _ in range(20)} & set(made)


def test_a_record_has_the_same_uid_on_every_machine() -> None:
    assert record_uid(SHA, 1) == record_uid(SHA, 1, 0)
    assert record_uid(SHA, 1) == record_uid(SHA, 1)
    found = uuid.UUID(record_uid(SHA, 77, 3))
    assert str(found) == record_uid(SHA, 77, 3)
    assert (found.version, found.variant) == (8, uuid.RFC_4122)


places = st.tuples(st.sampled_from([SHA, OTHER]), st.integers(1, 10**9), st.integers(0, 4000))


@given(places, places)
def test_another_place_reading_or_file_has_another_uid(
    one: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    assert (record_uid(*one) == record_uid(*other)) == (one == other)


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_is_stored_in_utc_and_sorts_as_text(naive: datetime, minutes: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    text = stamp(moment)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text)
    assert datetime.fromisoformat(text) == moment
    later = moment + timedelta(microseconds=1)
    assert stamp(later) > text


def test_uids_of_one_millisecond_keep_their_order() -> None:
    make = uuid7(lambda: datetime(2026, 1, 1, tzinfo=UTC))
    made = [make() for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == 2000
    assert all(uuid.UUID(uid).version == 7 for uid in made)
