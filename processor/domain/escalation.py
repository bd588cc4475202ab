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
from processor.domain.sla import DESK, LEAD, SlaPolicy

ASSIGNEE, MANAGER = "assignee", "manager"
"""Whom a step can name by his relation to the incident, beside ``LEAD`` and ``DESK``; every other
name is a post outside the desk, such as ``it_director``."""

DEFAULT_TIMETABLE: Mapping[int, Mapping[int, str]] = MappingProxyType(
    {
        1: {50: LEAD, 75: MANAGER, 100: "it_director", 150: "general_manager"},
        2: {50: ASSIGNEE, 75: LEAD, 100: MANAGER, 150: "it_director", 200: "general_manager"},
        3: {75: ASSIGNEE, 100: LEAD, 150: MANAGER, 200: "it_director"},
        4: {100: ASSIGNEE, 150: LEAD, 200: MANAGER},
    }
)
"""Of the resolution clock: priority → percent of the target → who is told."""


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """At ``share`` percent of the target of the ``kind`` of clock, ``tell`` are told."""

    kind: ClockKind
    share: int
    tell: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is remembered by once it was taken: ``resolution:75:lead``. Whom it tells is part
        of it: a lead who was told at 75 % stands for no manager whom another priority names."""
        return f"{self.kind}:{self.share}:{'+'.join(self.tell)}"


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody whose turn it is. He fills the place or post ``post``; ``meant`` is the one that the
    step names, which is another one where nobody fills that."""

    address: str
    post: str
    meant: str


@dataclass(frozen=True, slots=True)
class CatchUp:
    """``latest`` is told; ``skipped`` fell due before it and are only recorded."""

    latest: Step
    skipped: tuple[Step, ...] = ()


def steps_of(policy: SlaPolicy, kind: ClockKind, priority: int) -> tuple[Step, ...]:
    """Every step of a clock, by share."""
    if kind is ClockKind.RESPONSE:
        told = dict(policy.unanswered)
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


def overtaken(
    policy: SlaPolicy, clock: Clock, step: Step, steps: Sequence[Step], now: datetime
) -> bool:
    """Whether a later one of the ``steps`` is due by ``now`` as well: then that one is told, and
    this one is only recorded."""
    later = (policy.due_for(clock, one.share) for one in steps if one.share > step.share)
    return any(due is not None and due <= now for due in later)


def told_of(
    step: Step, incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> tuple[str, ...]:
    """The addresses that a step tells, each once; see :func:`turns_of`."""
    return tuple(turn.address for turn in turns_of(step, incident, directory, posts))


def turns_of(
    step: Step, incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> tuple[Turn, ...]:
    """Whose turn a step is, nobody twice. ``posts`` maps posts outside the desk to addresses, the
    lower ones first.

    Where nobody fills a place the next above is told: assignee, lead, manager, the posts; after
    the last the service desk. A step is never told to nobody while the desk has people.
    """
    found: dict[str, Turn] = {}
    for name in step.tell:
        for turn in _filling(name, incident, directory, posts):
            found.setdefault(turn.address, turn)
    return tuple(found.values())


def turn_above(
    last: str,
    raiser: str,
    incident: Incident,
    directory: Directory,
    posts: Mapping[str, str],
) -> tuple[Turn, ...]:
    """Whom to tell when somebody asks for escalation: those of the next place above ``last`` ("" or
    a name that is gone: nobody was told) that somebody but ``raiser`` (address, lower case) fills.

    Above the top there is nobody, so that the top is told again; who stands on the ladder himself
    is told nothing that he said: his request goes above him.
    """
    ladder = ladder_of(incident, directory, posts)
    names = list(ladder)
    own = [place for place in names if raiser in map(str.lower, ladder[place])]
    told = max((names.index(place) for place in (last, *own) if place in ladder), default=0)
    above = [place for place in names[told + 1 :] if ladder[place]]
    top = [place for place in reversed(names) if ladder[place] and place not in own]
    place = next(iter((*above, *top)), "")
    if place:
        return tuple(Turn(address, place, place) for address in ladder[place])
    return tuple(Turn(address, DESK, MANAGER) for address in _desk(directory))


def ladder_of(
    incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Place or post → the addresses that fill it, from the assignee upward."""
    group = directory.groups.get(incident.group)
    filled = {
        ASSIGNEE: (incident.assignee,),
        LEAD: (group.lead if group else "",),
        MANAGER: tuple(person.address for person in directory.with_role(Role.MANAGER)),
        **{name: (address,) for name, address in posts.items()},
    }
    return {name: tuple(filter(None, addresses)) for name, addresses in filled.items()}


def _filling(
    name: str, incident: Incident, directory: Directory, posts: Mapping[str, str]
) -> tuple[Turn, ...]:
    ladder = ladder_of(incident, directory, posts)
    names = list(ladder)
    above = [] if name == DESK else names[names.index(name if name in ladder else MANAGER) :]
    for place in above:
        if ladder[place]:
            return tuple(Turn(address, place, name) for address in ladder[place])
    return tuple(Turn(address, DESK, name) for address in _desk(directory))


def _desk(directory: Directory) -> tuple[str, ...]:
    group = directory.groups.get(directory.desk)
    if group and group.address:
        return (group.address,)
    members = directory.members(directory.desk) or directory.with_role(Role.DESK)
    return tuple(person.address for person in members)
