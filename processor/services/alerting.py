"""What the mails of a monitoring system do to the record: one trouble, one incident."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from processor.domain.alerts import Alert, AlertState, Trouble
from processor.domain.events import Event, Reopened, ReporterWrote
from processor.domain.events_alerts import AlertRecovered
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor
from processor.services import alert_endings, classifying, closing, flapping, recording
from processor.services.alert_endings import desk_of
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.services.recording import Report
from processor.store.unit_of_work import UnitOfWork

Told = tuple[Incident | None, list[Event]]
"""The incident that a mail belongs to, None where it concerns none, and what happened."""

_GONE = frozenset({Status.REJECTED, Status.CANCELLED})


def problem(
    work: UnitOfWork,
    policy: Policy,
    alert: Alert,
    report: Callable[[], Report],
    actor: Actor,
    at: datetime,
) -> tuple[Incident, list[Event], bool]:
    """A problem, new or told again. ``report`` is asked when an incident is to be opened for it;
    the last value says whether one was.

    While its incident is open a problem is counted and nobody is mailed. Shortly after its
    recovery it reopens that incident; else it is a new one, linked to the last.
    """
    trouble = work.troubles.take(alert.key, alert.source.name, at)
    incident = _incident(work, trouble)
    returned = not trouble.firing and _lately(policy, trouble.recovered_at, at)
    if incident is None or _over(policy, trouble, incident, at, returned=returned):
        opened, events = _opened(work, policy, trouble, incident, report(), actor, at)
        return opened, events, True
    was_firing, trouble.firing = trouble.firing, True
    trouble.count += 1
    trouble.returns += returned
    trouble.last_at, trouble.recovered_at, trouble.doubted = at, None, False
    step(work, incident, actor, at, "alert_problem", _counted(alert, trouble))
    work.troubles.repeated(incident.number, at)
    if trouble.flapping_since is not None:
        flapping.hold(work, policy, trouble, at)
        work.troubles.save(trouble)
        return incident, [], False
    events = []
    if not incident.open and incident.status not in _GONE:
        if not was_firing or not _lately(policy, incident.resolved_at, at):
            events = _reopened(work, policy, incident, actor, at)
    elif incident.open:
        events = _worse(work, policy, incident, report(), actor, at)
        if not was_firing:
            text = policy.say(incident.language, "alert.returned", title=alert.title)
            events.append(
                ReporterWrote(at=at, actor=actor.person, incident=replace(incident), text=text)
            )
    if returned and trouble.returns >= policy.alerts.flapping_after:
        events = flapping.begin(work, policy, trouble, incident, actor, at)
    work.troubles.save(trouble)
    return incident, events, False


def others(work: UnitOfWork, policy: Policy, alert: Alert, actor: Actor, at: datetime) -> Told:
    """Everything that is no problem: of a trouble that is not known it concerns nothing."""
    trouble = work.troubles.find(alert.key)
    incident = _incident(work, trouble) if trouble else None
    if trouble is None or incident is None:
        return None, []
    if alert.state is AlertState.RECOVERY:
        if not trouble.firing:
            return None, []
        events = _recovery(work, policy, alert, trouble, incident, actor, at)
    else:
        # of what is not proven only a note is kept: a forged "flapping" would silence us
        step(work, incident, actor, at, f"alert_{alert.state}", alert.title)
        events = []
        if alert.trusted and alert.state is AlertState.FLAPPING and not trouble.flapping_since:
            events = flapping.begin(work, policy, trouble, incident, actor, at)
        elif alert.trusted and alert.state is AlertState.STEADY and trouble.flapping_since:
            events = flapping.end(work, policy, trouble, incident, actor, at)
    trouble.last_at = at
    work.troubles.save(trouble)
    return incident, events


def _recovery(
    work: UnitOfWork,
    policy: Policy,
    alert: Alert,
    trouble: Trouble,
    incident: Incident,
    actor: Actor,
    at: datetime,
) -> list[Event]:
    if not alert.trusted:
        step(work, incident, actor, at, "alert_unproven", alert.title)
        if trouble.doubted:
            return []
        trouble.doubted = True
        return [
            AlertRecovered(
                at=at,
                actor=actor.person,
                incident=replace(incident),
                source=alert.source.name,
                outcome="unproven",
            )
        ]
    trouble.firing, trouble.recovered_at = False, at
    step(work, incident, actor, at, "alert_recovery", alert.title)
    if trouble.flapping_since is not None:
        flapping.hold(work, policy, trouble, at)
        return []
    return alert_endings.recovered(work, policy, trouble, incident, actor, at)


def _incident(work: UnitOfWork, trouble: Trouble) -> Incident | None:
    """The incident that holds the trouble; of one that was merged, whoever took it in."""
    number, seen = trouble.number, set[str]()
    while number and number not in seen:
        seen.add(number)
        incident = work.incidents.get(number, lock=True)
        if incident is None or incident.status is not Status.MERGED or not incident.parent:
            return incident
        number = incident.parent
    return None


def _over(
    policy: Policy, trouble: Trouble, incident: Incident, at: datetime, *, returned: bool
) -> bool:
    """Whether the incident has ended so that the problem is a new one."""
    if incident.open:
        return False
    if incident.status in _GONE:  # the desk will not have it: only a new outbreak asks again
        return not trouble.firing
    if incident.status is Status.RESOLVED:
        return not trouble.firing and not returned
    if incident.status is Status.CLOSED:
        return not (returned and closing.reopenable(policy, incident, at))
    return True


def _opened(
    work: UnitOfWork,
    policy: Policy,
    trouble: Trouble,
    last: Incident | None,
    report: Report,
    actor: Actor,
    at: datetime,
) -> tuple[Incident, list[Event]]:
    if last is not None:
        report = report.following(last.number)
    incident, events = recording.open_incident(work, policy, report, actor, at)
    trouble.number, trouble.first_at, trouble.last_at = incident.number, at, at
    trouble.firing, trouble.count, trouble.returns = True, 1, 0
    trouble.recovered_at = trouble.flapping_since = None
    trouble.doubted = False
    work.troubles.save(trouble)
    return incident, events


def _reopened(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """Back to who had it; what nobody had taken can be taken again."""
    text = policy.say(incident.language, "alert.came_back")
    machine = alert_endings.machine_of(incident, actor)
    closing.reopen(work, policy, incident, machine, at, "")
    if not incident.accepted_at:
        desk = desk_of(policy, actor)
        move(work, policy, incident, Status.NEW, desk, at)
        keep(work, incident, desk, at)
        if incident.assignee or incident.group != policy.desk:
            move(work, policy, incident, Status.ASSIGNED, desk, at)
        incident.owner = policy.desk
        keep(work, incident, desk, at)
    return [Reopened(at=at, actor=actor.person, incident=replace(incident), comment=text)]


def _worse(
    work: UnitOfWork, policy: Policy, incident: Incident, now: Report, actor: Actor, at: datetime
) -> list[Event]:
    """A severity that rose raises the grade; one that fell lowers nothing (seed 5)."""
    impact, urgency = min(now.impact, incident.impact), min(now.urgency, incident.urgency)
    matrix = policy.terms(incident.profile).matrix
    if matrix.priority(impact, urgency) >= incident.priority:
        return []
    incident.impact = impact
    desk = desk_of(policy, actor)
    return classifying.regrade(work, policy, incident, desk, at, "urgency", urgency, "")


def _lately(policy: Policy, moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at - moment <= policy.alerts.again


def _counted(alert: Alert, trouble: Trouble) -> str:
    return f"{alert.title} ×{trouble.count}"
