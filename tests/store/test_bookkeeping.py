from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import chain

import pytest
from sqlalchemy.exc import StatementError

from processor.domain.people import Person
from processor.store.database import Store
from tests.store.records import NAIVE, NOW, later, together

HOUR = timedelta(hours=1)
SERIES = "INC-20261123"


def test_each_series_counts_from_one(store: Store) -> None:
    with store.begin() as work:
        assert [work.numbers.next(SERIES) for _ in range(3)] == [1, 2, 3]
        assert work.numbers.next("REQ-20261123") == 1
    with store.begin() as work:
        assert work.numbers.next(SERIES) == 4


def test_numbers_are_unique_and_without_gaps_whatever_fails(store: Store) -> None:
    def record(worker: int) -> list[int]:
        kept: list[int] = []
        for turn in range(12):
            fails = (turn + worker) % 3 == 0
            with suppress(ZeroDivisionError), store.begin() as work:
                number = work.numbers.next(SERIES)
                kept.append(number // (not fails))
        return kept

    found = together([lambda worker=worker: record(worker) for worker in range(4)])
    assert sorted(chain.from_iterable(found)) == list(range(1, 33))
    assert all(mine == sorted(mine) for mine in found)


def test_a_rolled_back_savepoint_gives_its_number_back(store: Store) -> None:
    with store.begin() as work:
        assert work.numbers.next(SERIES) == 1

        def fail() -> None:
            with work.savepoint():
                assert work.numbers.next(SERIES) == 2
                raise LookupError("no")

        with pytest.raises(LookupError):
            fail()
        assert work.numbers.next(SERIES) == 2


def test_a_counter_counts_in_its_window(store: Store) -> None:
    with store.begin() as work:
        hit = work.counters.hit
        assert [hit("li", later(minutes=minutes), HOUR) for minutes in (0, 1, 59.99)] == [1, 2, 3]
        assert hit("wang", later(minutes=2), HOUR) == 1
        assert hit("li", later(minutes=60), HOUR) == 1  # the window ended
        assert hit("li", later(minutes=119), HOUR) == 2
        assert hit("li", later(minutes=500), HOUR) == 1
        assert hit("li", later(minutes=501), timedelta(seconds=30)) == 1


def test_a_counter_counts_every_hit_of_many_at_once(store: Store) -> None:
    def hit() -> list[int]:
        counted = []
        for _ in range(10):
            with store.begin() as work:
                counted.append(work.counters.hit("li", NOW, HOUR))
        return counted

    assert sorted(chain.from_iterable(together([hit] * 3))) == list(range(1, 31))


def test_somebody_who_wrote_is_known_in_any_case(store: Store) -> None:
    li = Person("Li@Customer.example", "李明", language="zh", organisation="华信")
    with store.begin() as work:
        assert work.people.get("li@customer.example") is None
        work.people.seen(li, NOW)
        assert work.people.get("LI@customer.EXAMPLE") == Person(
            "li@customer.example", "李明", language="zh", organisation="华信"
        )


def test_the_last_word_counts_and_silence_wipes_nothing_out(store: Store) -> None:
    with store.begin() as work:
        seen, get = work.people.seen, work.people.get
        seen(Person("li@x.example", "李明", language="zh", organisation="华信"), NOW)
        seen(Person("li@x.example"), later(hours=1))
        assert get("li@x.example") == Person(
            "li@x.example", "李明", language="zh", organisation="华信"
        )
        new = Person("li@x.example", "Li Ming", language="en", organisation="Huaxin")
        seen(new, later(hours=2))
        assert get("li@x.example") == new


def test_an_old_mail_taken_in_late_only_fills_what_is_empty(store: Store) -> None:
    with store.begin() as work:
        work.people.seen(Person("li@x.example", "李明"), later(days=2))
        old = Person("li@x.example", "老名字", language="zh")
        work.people.seen(old, NOW)
        assert work.people.get("li@x.example") == Person("li@x.example", "李明", language="zh")
        # what is newer than the newest counts, not what is newer than the late one
        work.people.seen(Person("li@x.example", "新名字"), later(days=1))
        found = work.people.get("li@x.example")
        assert found is not None
        assert found.name == "李明"


def test_jobs_remember_when_they_last_ran(store: Store) -> None:
    with store.begin() as work:
        assert work.jobs.last("daily") is None
        work.jobs.ran("daily", NOW)
        work.jobs.ran("weekly", later(days=1))
        work.jobs.ran("daily", later(hours=1))
    with store.read() as work:
        assert work.jobs.last("daily") == later(hours=1)
        assert work.jobs.last("weekly") == later(days=1)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with store.begin() as work:
        with pytest.raises(StatementError, match="without a zone"):
            work.jobs.ran("daily", NAIVE)
        with pytest.raises(StatementError, match="without a zone"):
            work.counters.hit("li", NAIVE, HOUR)
    with pytest.raises(StatementError, match="without a zone"), store.begin() as work:
        work.people.seen(Person("li@x.example"), NAIVE)


def test_a_period_is_claimed_once_and_never_an_earlier_one(store: Store) -> None:
    with store.begin() as work:
        assert work.jobs.claim("round/unsolved", NOW)
        assert not work.jobs.claim("round/unsolved", NOW)
    with store.begin() as work:
        assert not work.jobs.claim("round/unsolved", later(days=-1))
        assert work.jobs.claim("round/unsolved", later(days=1))
        assert work.jobs.claim("round/customers", NOW)
        work.jobs.ran("hold/2026-11-23", NOW)
        assert work.jobs.marked(["hold/2026-11-23", "hold/2026-11-24"]) == {"hold/2026-11-23"}
        assert work.jobs.marked([]) == frozenset()


def test_a_claim_that_is_rolled_back_is_free_again(store: Store) -> None:
    def claimed_in_vain() -> None:
        with store.begin() as work:
            assert work.jobs.claim("round/unsolved", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        claimed_in_vain()
    with store.begin() as work:
        assert work.jobs.claim("round/unsolved", NOW)


def test_configurations_are_kept_once_and_the_last_one_is_in_force(store: Store) -> None:
    with store.begin() as work:
        assert work.configurations.in_force() == ""
        assert work.configurations.get("a") is None
        work.configurations.take("a", {"config/sla.yaml": "甲: 1\n"}, NOW)
        work.configurations.take("b", {}, later(minutes=1))
    with store.begin() as work:
        assert work.configurations.in_force() == "b"
        work.configurations.take("a", {"config/sla.yaml": "甲: 1\n"}, later(minutes=2))
    with store.read() as work:
        kept = work.configurations.get("a")
        assert work.configurations.in_force() == "a"
    assert kept is not None
    assert dict(kept.files) == {"config/sla.yaml": "甲: 1\n"}
    assert (kept.first_at, kept.last_at) == (NOW, later(minutes=2))
