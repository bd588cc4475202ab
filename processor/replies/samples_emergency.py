"""The made-up case once it is a major incident: duties, broadcasts, vendors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from processor.domain import events_duties as d
from processor.domain.duty import Duty
from processor.domain.emergency import MEASURE, NOTICE
from processor.domain.events import Event
from processor.domain.incident import Status
from processor.domain.people import Person

if TYPE_CHECKING:
    from processor.replies.samples import Sample


Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(sample: Sample, say: Say, by: By) -> list[Event]:
    """Everything that only happens in such a case. ``say`` gives a text of the case, ``by`` who
    did something and when."""
    return [*_duties(sample, say, by)]


def _duties(sample: Sample, say: Say, by: By) -> list[Event]:
    working = sample.incident(Status.IN_PROGRESS, priority=1, major=True)
    by_rule = by(sample.system)
    notice = Duty(
        number=working.number,
        kind=NOTICE,
        text=say("notice"),
        due_at=sample.now + timedelta(hours=1),
        opened_at=sample.now,
        ordinal=1,
        owner=sample.manager.address,
    )
    measure = Duty(
        number=working.number,
        kind=MEASURE,
        text=say("measure"),
        due_at=sample.now - timedelta(hours=2),
        opened_at=sample.now - timedelta(days=7),
        ordinal=3,
        owner=sample.engineer.address,
    )
    return [
        d.DutyGiven(**by(sample.manager), incident=working, duty=measure),
        d.DutyReminded(
            **by_rule,
            incident=working,
            duty=notice,
            overdue=False,
            tell=(sample.manager.address,),
        ),
        d.DutyReminded(
            **by_rule,
            incident=working,
            duty=measure,
            overdue=True,
            tell=(sample.engineer.address, sample.manager.address),
        ),
    ]
