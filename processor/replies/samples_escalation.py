"""The made-up case as it is escalated: see :mod:`processor.replies.samples`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from processor.domain import events as e
from processor.domain import events_escalation as x
from processor.domain.events_house import CalendarUncovered, ConfigurationRefused
from processor.domain.incident import Status
from processor.domain.people import Person

if TYPE_CHECKING:
    from processor.replies.samples import Sample


Say = Callable[[str], str]
By = Callable[[Person], Any]


def events(case: Sample, say: Say, by: By) -> list[e.Event]:
    """By the clock, to more skill, to management, and an engineer called away. ``say`` gives a text
    of the case, ``by`` who did something and when."""
    assigned, working = case.incident(Status.ASSIGNED), case.incident(Status.IN_PROGRESS)
    response, resolution = case.clocks
    overdue = replace(resolution, due_at=case.now - timedelta(minutes=10))
    later = case.now + timedelta(hours=2)
    return [
        e.TargetNear(
            **by(case.system),
            incident=working,
            clock=resolution,
            kind=resolution.kind,
            share=75,
            tell=(case.engineer.address,),
            following=("lead",),
            following_at=resolution.due_at,
        ),
        e.TargetNear(
            **by(case.system),
            incident=assigned,
            clock=replace(response, due_at=case.now - timedelta(minutes=1)),
            kind=response.kind,
            share=100,
            tell=(case.desk.address,),
            post="desk",
            meant="desk",
        ),
        e.TargetNear(
            **by(case.system),
            incident=working,
            clock=overdue,
            kind=resolution.kind,
            share=100,
            tell=(case.manager.address,),
            post="manager",
            meant="lead",
            following=("it_director",),
            following_at=later,
        ),
        x.Escalated(
            **by(case.engineer),
            incident=assigned,
            clocks=case.clocks,
            text=say("tried"),
        ),
        x.Raised(
            **by(case.reporter),
            incident=working,
            clocks=case.clocks,
            reason=say("raise"),
            post="manager",
            tell=(case.manager.address,),
        ),
        x.Recalled(
            **by(case.manager),
            incident=case.incident(Status.NEW),
            clocks=case.clocks,
            engineer=case.engineer.address,
            group="network",
            reason=say("recall"),
        ),
        CalendarUncovered(**by(case.system), year=case.now.year + 1, calendars=("working-time",)),
        ConfigurationRefused(
            **by(case.system),
            faults=(say("config_fault"),),
            more=1,
            in_force="3f2a91c07be4d5a6",
        ),
        x.DispatchedTooOften(
            **by(case.system),
            incident=replace(assigned, dispatches=4),
            clocks=case.clocks,
        ),
    ]
