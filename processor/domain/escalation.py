"""Hierarchical escalation by the clock (事件升级时间表, seed 5.2.2, spec 1.6).

The timetable is data: percent of a target → who is told. Each step fires once for an incident
and clock; what fell due while nobody looked is caught up with the latest step alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from processor.domain.incident import Clock, ClockKind, Incident
from processor.domain.people import Directory, Role
from processor.domain.sla import SlaPolicy

ASSIGNEE, LEAD, DESK, MANAGER = "assignee", "lead", "desk", "manager"
"""Whom a step can name by his relation to the incident; every other name is a post outside the
desk, such as ``it_director``."""

DEFAULT_TIMETABLE: Mapping[int, Mapping[int, str]] = MappingProxyType(
    {
        1: {50: LEAD, 75: MANAGER, 100: "it_director", 150: "general_manager"},
        2: {50: ASSIGNEE, 75: LEAD, 100: MANAGER, 150: "it_director", 200: "general_manager"},
        3: {75: ASSIGNEE, 100: LEAD, 150: MANAGER, 200: "it_director"},
        4: {100: ASSIGNEE, 150: LEAD, 200: MANAGER},
    }
)
"""Of the resolution clock: priority → percent of the target → who is told."""

NOT_ACCEPTED: Mapping[int, tuple[str, ...]] = MappingProxyType({100: (DESK, LEAD)})
"""Of the response clock, whatever the priority."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """At ``share`` percent of the target of the ``kind`` of clock, ``tell`` are told."""

    kind: ClockKind
    share: int
    tell: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is remembered by once it was taken: ``resolution:75``."""
        return f"{self.kind}:{self.share}"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """``latest`` is told; ``skipped`` fell due before it and are only recorded."""

    latest: Step
    skipped: tuple[Step, ...] = ()


def steps_of(
    policy: SlaPolicy,
    kind: ClockKind,
    priority: int,
    unanswered: Mapping[int, tuple[str, ...]] = NOT_ACCEPTED,
) -> tuple[Step, ...]:
    """Every step of a clock, by share. ``unanswered`` are those of the response clock."""
    if kind is ClockKind.RESPONSE:
        told = dict(unanswered)
    else:
        told = {share: (post,) for share, post in policy.timetable.get(priority, {}).items()}
    return tuple(Step(kind, share, told[share]) for share in sorted(told))


def steps_due(
    policy: SlaPolicy, clock: Clock, steps: Sequence[Step], now: datetime, taken: Collection[str]
) -> tuple[Step, ...]:
    """The ``steps`` of the clock that fell due by ``now`` and are not among the names ``taken``.

    A clock that is paused or stopped has none.
    """
    return tuple(
        step
        for step in steps
        if step.kind is clock.kind
        and step.name not in taken
        and (due := policy.due_for(clock, step.share)) is not None
        and due <= now
    )


def next_step(
    policy: SlaPolicy, clock: Clock, steps: Sequence[Step], taken: Collection[str]
) -> tuple[Step, datetime] | None:
    """The first step that is yet to be taken and when (UTC); None when none is or the clock does
    not run."""
    for step in sorted(steps):
        due = policy.due_for(clock, step.share)
        if step.kind is clock.kind and step.name not in taken and due is not None:
            return step, due
    return None


def catch_up(due: Sequence[Step]) -> CatchUp | None:
    """What to do about the steps of one clock that are due together; None for no steps."""
    if not due:
        return None
    *skipped, latest = sorted(due)
    return CatchUp(latest, tuple(skipped))


def told_of(
    step: Step, incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> tuple[str, ...]:
    """The addresses that a step tells, each once. ``posts`` maps posts outside the desk to theirs.

    Where nobody fills a place the next above is told: assignee, lead, manager, service desk. A
    step is never told to nobody while the desk has people.
    """
    found: dict[str, None] = {}
    for name in step.tell:
        found.update(dict.fromkeys(_filling(name, incident, directory, posts)))
    return tuple(found)


def _filling(
    name: str, incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> tuple[str, ...]:
    group = directory.groups.get(incident.group)
    places = {
        ASSIGNEE: (incident.assignee,),
        LEAD: (group.lead if group else "",),
        MANAGER: tuple(person.address for person in directory.with_role(Role.MANAGER)),
        DESK: _desk(directory),
    }
    if name not in places and posts.get(name):
        return (posts[name],)
    order = (*places,)
    above = order[order.index(name if name in places else MANAGER) :]
    filled = (tuple(filter(None, places[place])) for place in above)
    return next((addresses for addresses in filled if addresses), ())


def _desk(directory: Directory) -> tuple[str, ...]:
    group = directory.groups.get(directory.desk)
    if group and group.address:
        return (group.address,)
    return tuple(person.address for person in directory.members(directory.desk))
