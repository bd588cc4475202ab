"""What is remembered of monitoring's troubles, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from processor.domain.alerts import Trouble
from processor.store.database import Store
from tests.store.records import NOW, NUMBER, add_incidents, incident, together

KEY = "zabbix | web01 | disk full"


def test_a_trouble_reads_back_as_it_was_saved(store: Store) -> None:
    add_incidents(store, incident())
    with store.begin() as work:
        assert work.troubles.find(KEY) is None
        fresh = work.troubles.take(KEY, "zabbix", NOW)
        assert fresh == Trouble(key=KEY, source="zabbix", first_at=NOW, last_at=NOW)
        told = replace(
            fresh,
            number=NUMBER,
            firing=True,
            count=3,
            returns=2,
            last_at=NOW + timedelta(minutes=4),
            recovered_at=NOW + timedelta(minutes=2),
            flapping_since=NOW + timedelta(minutes=3),
            doubted=True,
        )
        work.troubles.save(told)
    with store.begin() as work:
        assert work.troubles.take(KEY, "zabbix", NOW + timedelta(hours=1)) == told
        assert work.troubles.of(NUMBER) == [told]
        assert work.troubles.of("INC-20260101-0001") == []


def test_two_who_meet_a_new_trouble_take_it_one_after_the_other(store: Store) -> None:
    """Else two daemons would open an incident each for the first two mails about it."""
    add_incidents(store, incident())
    counts: list[int] = []

    def meet() -> None:
        with store.begin() as work:
            trouble = work.troubles.take(KEY, "zabbix", NOW)
            trouble.count += 1
            work.troubles.save(trouble)
            counts.append(trouble.count)

    together([meet] * 4)
    assert sorted(counts) == [1, 2, 3, 4]


def test_a_key_of_any_length_is_kept(store: Store) -> None:
    key = "zabbix | " + "长" * 5000
    with store.begin() as work:
        work.troubles.take(key, "zabbix", NOW)
    with store.begin() as work:
        assert work.troubles.find(key) is not None
