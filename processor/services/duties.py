"""What is owed on an incident by a time: given, reminded of, done (spec 1.7 101, 1.9).

A duty is independent of the incident's status: a notice to an authority or a measure is owed
after the incident was closed, too. Whoever withdraws the incident ends its duties.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from processor.domain.duty import Duty, DutyState, Reminders
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_duties import DutyGiven, DutyReminded
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor, Role
from processor.services.moving import keep, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "duty"  # kind of the timers; their name is "<ordinal>:<due>:<reminder>"

_WITHDRAWN = frozenset({Status.CANCELLED, Status.REJECTED, Status.MERGED})
_ONCE = timedelta(minutes=1)  # reminders caught up together after downtime are one
_ORDINAL = re.compile(
    r"\s*(?:#|第|no\.?)?\s*(\d{1,3})\s*(?:号|项|条)?(?=[\s,，;；:：、。.]|$)", re.IGNORECASE
)
_LEADING = " \t\r\n,，;；:：、。-—"


def give(
    work: UnitOfWork,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    kind: str,
    text: str,
    due_at: datetime,
    owner: str = "",
    reminders: Reminders,
    timer: str = TIMER,
    by_rule: bool = False,
) -> tuple[Duty, list[Event]]:
    """A new duty of ``owner`` (an address; "" the incident managers), due at ``due_at`` (aware).

    ``timer`` is the kind of the timers that ring for it: another one than :data:`TIMER` has a
    use case of its own. ``by_rule``: its owner is told even where it is his own deed that brought
    it about. Returns the duty and DutyGiven, which tells its owner.
    """
    duty = work.duties.add(
        Duty(
            number=incident.number,
            kind=kind,
            text=text,
            owner=owner,
            due_at=due_at,
            opened_at=at,
            opened_by=actor.address,
        )
    )
    moments = reminders.moments(at, due_at)
    stamp = f"{due_at:%Y%m%dT%H%M%S}"
    due = {f"{duty.ordinal}:{stamp}:{name}": moment for name, moment in moments.items()}
    work.timers.put(incident.number, timer, due)
    step(work, incident, actor, at, "duty", f"{duty.ordinal}. {text}")
    frozen = replace(incident)
    given = DutyGiven(
        at=at, actor=actor.person, incident=frozen, duty=replace(duty), by_rule=by_rule
    )
    return duty, [given]


def finish(
    work: UnitOfWork,
    incident: Incident,
    duty: Duty,
    actor: Actor,
    at: datetime,
    remark: str = "",
    *,
    state: DutyState = DutyState.DONE,
) -> None:
    """It is done (or, with DROPPED, no longer asked for). Raises Refusal when it was before."""
    if not duty.open:
        raise Refusal("duty_over", ordinal=duty.ordinal, text=duty.text)
    duty.state, duty.done_at, duty.done_by, duty.remark = state, at, actor.address, remark
    work.duties.save(duty)
    told = f"{duty.ordinal}. {duty.text}"
    step(work, incident, actor, at, f"duty_{state}", f"{told}\n{remark}" if remark else told)


def drop(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, kinds: Collection[str] = ()
) -> None:
    """Open duties (of those ``kinds``, or all) are no longer asked for."""
    for duty in work.duties.of(incident.number, open_only=True):
        if not kinds or duty.kind in kinds:
            finish(work, incident, duty, actor, at, state=DutyState.DROPPED)


def chosen(
    work: UnitOfWork, incident: Incident, words: str, kinds: Collection[str]
) -> tuple[Duty, str]:
    """Which open duty ``words`` begin with (its ordinal), and the words behind it. Without an
    ordinal the only open one of ``kinds`` is meant.

    Raises Refusal ``no_duty``, or ``which_duty`` with those that there are.
    """
    pending = work.duties.of(incident.number, open_only=True)
    named = _ORDINAL.match(words)
    if named:
        found = work.duties.find(incident.number, int(named.group(1)))
        if found is not None:
            return found, words[named.end() :].strip(_LEADING)
    likely = [duty for duty in pending if duty.kind in kinds]
    if len(likely) == 1 and not named:
        return likely[0], words.strip()
    listed = [f"{duty.ordinal}. {duty.text}" for duty in (likely or pending)]
    if not listed:
        raise Refusal("no_duty", number=incident.number)
    raise Refusal("which_duty", number=incident.number, duties=listed)


def rung(work: UnitOfWork, number: str, name: str, at: datetime) -> tuple[Incident, Duty] | None:
    """The incident and the open duty that the timer ``name`` rings for, marked as reminded; None
    where there is nothing to be told any more, or it was told just now."""
    incident = work.incidents.get(number, lock=True)
    ordinal, stamp, _ = name.split(":", 2)
    duty = work.duties.find(number, int(ordinal))
    if incident is None or duty is None or not duty.open or incident.status in _WITHDRAWN:
        return None
    if stamp != f"{duty.due_at:%Y%m%dT%H%M%S}":  # it is due at another time now
        return None
    if duty.reminded_at is not None and at - duty.reminded_at < _ONCE:
        return None
    duty.reminded_at = at
    work.duties.save(duty)
    return incident, duty


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """A reminder is due: its owner is told; once it is overdue, the incident managers as well."""
    found = rung(work, number, name, at)
    if found is None:
        return []
    incident, duty = found
    overdue = duty.overdue(at)
    managers = tuple(one.address for one in policy.directory.with_role(Role.MANAGER))
    tell = (duty.owner, *(managers if overdue else ())) if duty.owner else managers
    kind = "duty_overdue" if overdue else "duty_near"
    step(work, incident, actor, at, kind, f"{duty.ordinal}. {duty.text}")
    frozen = keep(work, incident, actor, at)
    return [
        DutyReminded(
            at=at,
            actor=actor.person,
            incident=frozen,
            duty=replace(duty),
            overdue=overdue,
            tell=tuple(dict.fromkeys(tell)),
        )
    ]
