"""Made-up lives of incidents played into a store change by change, and exported again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from datetime import time as midnight
from random import Random
from typing import Any

from benchmarks.year.arrivals import arrivals
from benchmarks.year.lives import Life, Lives
from benchmarks.year.rows import follow, numbered
from processor.cli.portrait import document
from processor.domain.incident import ClockKind, JournalEntry
from processor.domain.sla import SlaPolicy
from processor.store.database import Store
from processor.store.unit_of_work import UnitOfWork
from tests.domain.records import POLICY, SHANGHAI, WORKING

UNTIL = date(2027, 2, 1)
NOW = datetime.combine(UNTIL, midnight(), SHANGHAI).astimezone(UTC)


def lives(count: int, days: int, seed: int, language: str = "zh") -> list[Life]:
    """``count`` lives on the ``days`` before :data:`UNTIL`, as they stand then."""
    rng, first = Random(seed), date.fromordinal(UNTIL.toordinal() - days)
    made = Lives(rng, POLICY, NOW, language)
    moments = arrivals(rng, count, first, days, WORKING, SHANGHAI)
    return [made.life(number, at) for _, number, at in numbered(moments, SHANGHAI)]


def play(store: Store, played: Sequence[Life]) -> None:
    """Store each life by the repositories, as services would."""
    for life in played:
        with store.begin() as work:
            _play(work, POLICY, life)
        if life.problem:  # often opened later, when nothing else of the incident changes
            with store.begin() as work:
                number = life.incident.number
                work.links.add(number, f"PRB-{number[4:]}", "problem")


def _play(work: UnitOfWork, terms: SlaPolicy, life: Life) -> None:
    incident = replace(life.incident)
    number = incident.number
    work.incidents.add(incident, "postdesk", incident.reported_at, "mail:1")
    response, resolution = terms.start(incident.priority, incident.reported_at)
    work.clocks.put(number, response, resolution)
    for change in life.changes:
        before = incident.status
        for name, value in change.values.items():
            setattr(incident, name, value)
        if incident.status is not before:
            clocks = work.clocks.of(number)
            response, resolution = clocks[ClockKind.RESPONSE], clocks[ClockKind.RESOLUTION]
            follow(terms, response, resolution, before, incident.status, change.at)
            work.clocks.put(number, response, resolution)
        work.incidents.save(incident, change.actor, change.at, "mail:2")
    for at in life.repeats:
        work.journal.add(number, JournalEntry(at, "nagios", "alert_problem", "mail:3", text="×2"))
        work.troubles.repeated(number, at)
    if life.call:
        at, result = life.call
        work.overviews.called(number, at, "zhao.min@desk.example", result)
        incident.callback_result = result
        work.incidents.save(incident, "zhao.min@desk.example", at, "shell")


def exported(store: Store, now: datetime = NOW) -> list[dict[str, Any]]:
    """What ``show --json`` prints of every incident."""
    with store.read() as work:
        found = work.incidents.search(limit=10**6)
        return [document(work.incidents.dossier(one.number), now) for one in found]
