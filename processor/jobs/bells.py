"""Which use case a timer rings for, by the kind of the timer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from processor.domain.events import Event
from processor.domain.people import Actor
from processor.services import (
    change_clock,
    clocks,
    dispatching,
    duties,
    emergency_bells,
    escalating,
    flapping,
    following_up,
    knowledge,
    major_clock,
    problem_clock,
    timekeeping,
    vendors,
)
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

Bell = Callable[[UnitOfWork, Policy, str, str, Actor, datetime], list[Event]]
"""(work, policy, record's number, timer's name, actor, now) → what happened. Called in the
transaction that marks the timer as fired; what is not true any more rings for nothing."""

BELLS: Mapping[str, Bell] = MappingProxyType(
    {
        clocks.TIMER: timekeeping.ring,
        flapping.TIMER: flapping.ring,
        knowledge.TIMER: knowledge.ring,
        duties.TIMER: duties.ring,
        dispatching.TIMER: escalating.ring_dispatches,
        following_up.TIMER: following_up.ring,
        vendors.TIMER: vendors.ring,
        major_clock.TIMER: emergency_bells.ring,
    }
)

NEIGHBOUR_BELLS: Mapping[str, Bell] = MappingProxyType(
    {problem_clock.TIMER: problem_clock.ring, change_clock.TIMER: change_clock.ring}
)
"""The same for the timers of problems and changes."""
