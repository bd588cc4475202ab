"""The life of one incident, made up: what happens to its fields, when, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.year.cast import CUSTOMERS, ENGINEERS, LINES, MANAGER, TROUBLES, Engineer, Trouble
from processor.domain.incident import Incident, IncidentType, Source, Status
from processor.domain.sla import SlaPolicy

S = Status
_BY_GROUP = {
    group: [one for one in ENGINEERS if one.group == group]
    for group in {one.group for one in ENGINEERS}
}
_SOURCES = ((Source.MAIL, 70), (Source.PHONE, 18), (Source.SELF_SERVICE, 8), (Source.WALK_IN, 4))
_HOUSE = "postdesk"


@dataclass(frozen=True, slots=True)
class Change:
    """Fields that get other values at ``at``."""

    at: datetime
    actor: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class Life:
    """``incident`` as it was recorded, and what came after, in order; ``repeats`` are alerts that
    came again, ``call`` is a callback (moment, result), ``problem`` a problem's title."""

    incident: Incident
    changes: list[Change] = field(default_factory=list)
    repeats: list[datetime] = field(default_factory=list)
    call: tuple[datetime, str] | None = None
    problem: bool = False


class Lives:
    """Makes lives, the same from the same ``rng``; ``until`` is when the story is told."""

    def __init__(self, rng: Random, policy: SlaPolicy, until: datetime, language: str) -> None:
        self._rng, self._policy, self._until, self._language = rng, policy, until, language
        self._recent: list[str] = []  # incidents that others can be duplicates of

    def life(self, number: str, at: datetime) -> Life:
        """What happens to the incident reported at ``at``."""
        rng = self._rng
        (trouble,) = rng.choices(TROUBLES, [one.weight for one in TROUBLES])
        life = Life(self._reported(number, at, trouble))
        if rng.random() < 0.006:
            life.incident.drill = True
        fate = rng.random()
        if fate < 0.012:
            self._end(life, at, S.REJECTED)
        elif fate < 0.03:
            self._end(life, at, S.CANCELLED)
        elif fate < 0.06 and self._recent:
            self._merge(life, at)
        else:
            self._handle(life, at, trouble)
            if not life.incident.drill:
                self._recent = [*self._recent[-20:], number]
        life.changes = [one for one in life.changes if one.at < self._until]
        life.repeats = [one for one in life.repeats if one < self._until]
        if life.call and life.call[0] >= self._until:
            life.call = None
        return life

    def _reported(self, number: str, at: datetime, trouble: Trouble) -> Incident:
        rng, zh = self._rng, self._language == "zh"
        (customer,) = rng.choices(CUSTOMERS, [one.weight for one in CUSTOMERS])
        monitored = bool(trouble.items) and trouble.group in ("systems", "network")
        alert = monitored and rng.random() < 0.45
        request = trouble.category == "service/installation"
        item = ""
        if trouble.items:
            often = int(rng.expovariate(4 / len(trouble.items)))  # a few have most of the troubles
            item = trouble.items[min(often, len(trouble.items) - 1)]
        subject = rng.choice(trouble.chinese if zh else trouble.english).format(item)
        please = "，影响正常工作，请尽快处理。" if zh else ". Please look at it soon."
        urgency = min(4, max(1, trouble.urgency + rng.choice((-1, 0, 0, 0, 1))))
        impact = rng.choices((1, 2, 3, 4), (2, 10, 38, 50))[0]
        priority = self._policy.matrix.priority(impact, urgency)
        reporter = rng.randrange(400)
        (source,) = rng.choices([s for s, _ in _SOURCES], [w for _, w in _SOURCES])
        kind = IncidentType.ALERT if alert else IncidentType.INCIDENT
        routed = trouble.group != "service-desk"
        return Incident(
            number=number,
            type=IncidentType.SERVICE_REQUEST if request else kind,
            status=S.ASSIGNED if routed else S.NEW,
            reported_at=at,
            subject=subject,
            symptom=subject + please,
            reporter_address=f"user{reporter:03d}@{customer.domain}",
            reporter_name=f"{'用户' if zh else 'User '}{reporter:03d}",
            organisation=customer.name if zh else customer.english,
            contract=customer.contract,
            language=self._language,
            profile="it",
            source=Source.MONITORING if alert else source,
            active_service=alert,
            ci=item if rng.random() < 0.85 else "",
            category=trouble.category if rng.random() < 0.97 else "",
            impact=impact,
            urgency=urgency,
            priority=priority,
            initial_priority=priority,
            owner="service-desk",
            group=trouble.group,
            line=LINES.get(trouble.group, 2),
            assigned_at=at if routed else None,
            dispatches=1 if routed else 0,
        )

    def _end(self, life: Life, at: datetime, status: Status) -> None:
        after = at + timedelta(minutes=self._rng.uniform(2, 400))
        values = {"status": status, "assignee": ""}
        life.changes.append(Change(after, ENGINEERS[0].address, values))

    def _merge(self, life: Life, at: datetime) -> None:
        parent = self._rng.choice(self._recent)
        after = at + timedelta(minutes=self._rng.uniform(1, 90))
        values = {"status": S.MERGED, "parent": parent, "assignee": ""}
        life.changes.append(Change(after, ENGINEERS[0].address, values))

    def _handle(self, life: Life, at: datetime, trouble: Trouble) -> None:
        rng, incident = self._rng, life.incident
        target = self._policy.targets[incident.priority]
        calendar = self._policy.calendars[target.calendar]
        now, group, dispatches = at, trouble.group, incident.dispatches
        say = life.changes.append
        if group != "service-desk" and rng.random() < 0.05:  # the wrong hands
            now = calendar.add(now, rng.uniform(5, target.response_minutes))
            say(Change(now, rng.choice(_BY_GROUP[group]).address, {
                "status": S.NEW, "wrong_dispatches": 1, "group": "service-desk", "line": 1,
            }))  # fmt: skip
            now = calendar.add(now, rng.uniform(5, 40))
            dispatches += 1
            say(Change(now, ENGINEERS[0].address, {
                "status": S.ASSIGNED, "group": group, "line": LINES.get(group, 2),
                "dispatches": dispatches, "assigned_at": now,
            }))  # fmt: skip
        engineer = rng.choice(_BY_GROUP[group])
        now = calendar.add(now, min(rng.lognormvariate(-1.3, 0.9), 3) * target.response_minutes)
        if life.incident.active_service:
            for _ in range(rng.choices((0, 1, 3, 8), (50, 25, 15, 10))[0]):
                life.repeats.append(at + timedelta(minutes=rng.uniform(1, 300)))
            life.repeats.sort()
        major = incident.priority == 1 and rng.random() < 0.08
        begun: dict[str, Any] = {"major": True} if major else {}
        say(Change(now, engineer.address, {
            "status": S.IN_PROGRESS, "assignee": engineer.address, "owner": engineer.address,
            "accepted_at": now, **begun,
        }))  # fmt: skip
        escalated = rng.random() < (0.12 if LINES.get(group) else 0.03)
        minutes = 60 * trouble.hours * engineer.skill * rng.lognormvariate(0, 0.8)
        minutes *= 1.5 if escalated else 1.0
        if escalated:
            now = calendar.add(now, minutes * 0.4)
            group = "systems" if LINES.get(group) else "applications"
            dispatches += 1
            say(Change(now, engineer.address, {
                "status": S.ASSIGNED, "group": group, "line": 2, "assignee": "",
                "functional_escalations": 1, "dispatches": dispatches, "assigned_at": now,
            }))  # fmt: skip
            engineer = rng.choice(_BY_GROUP[group])
            now = calendar.add(now, rng.uniform(10, 90))
            say(Change(now, engineer.address, {
                "status": S.IN_PROGRESS, "assignee": engineer.address,
            }))  # fmt: skip
            minutes *= 0.6
        if rng.random() < 0.2:
            now = calendar.add(now, minutes * 0.3)
            say(Change(now, engineer.address, {"status": S.PENDING_USER, "question": "?"}))
            now += timedelta(hours=rng.expovariate(1 / 14))
            say(Change(now, incident.reporter_address, {"status": S.IN_PROGRESS}))
            minutes *= 0.7
        told = 0
        done = calendar.add(now, minutes)
        for share in (0.75, 1.0, 1.5):
            step = calendar.add(at, target.resolution_minutes * share)
            if now < step < done:
                told += 1
                say(Change(step, _HOUSE, {"hierarchical_escalations": told}))
        self._close(life, done, engineer, escalated)

    def _close(self, life: Life, now: datetime, engineer: Engineer, escalated: bool) -> None:
        rng, incident, say = self._rng, life.incident, life.changes.append
        incident_known = rng.random()
        solved = {
            "status": S.RESOLVED,
            "resolved_at": now,
            "resolver": engineer.address,
            "resolver_role": (
                "second" if escalated or LINES.get(engineer.group) is None
                else "desk" if engineer.group == "service-desk" else "first"
            ),
            "solution": "已恢复" if self._language == "zh" else "It works again",
            "cause": "" if incident_known < 0.1 else "配置" if self._language == "zh" else "Setup",
            "solution_kind": "workaround" if rng.random() < 0.1 else "permanent",
            "closure_code": "workaround" if rng.random() < 0.1 else "solved",
            "knowledge_used": "KB-20260105-0001" if rng.random() < 0.28 else "",
        }  # fmt: skip
        say(Change(now, engineer.address, solved))
        if rng.random() < 0.04:
            now += timedelta(hours=rng.uniform(0.2, 60))
            say(Change(now, incident.reporter_address, {
                "status": S.IN_PROGRESS, "reopens": 1, "resolved_at": None,
            }))  # fmt: skip
            now += timedelta(hours=rng.uniform(0.5, 30))
            say(Change(now, engineer.address, {**solved, "resolved_at": now}))
        now += timedelta(hours=rng.uniform(0.1, 70))
        rated: dict[str, Any] = {}
        if rng.random() < 0.42:
            rated["satisfaction"] = rng.choices((1, 2, 3, 4, 5), (2, 3, 9, 33, 53))[0]
        silent = rng.random() < 0.4
        say(Change(now, _HOUSE if silent else incident.reporter_address, {
            "status": S.PENDING_REVIEW, "confirmed_at": now,
            "confirmation": "silent" if silent else "confirmed", **rated,
        }))  # fmt: skip
        now += timedelta(hours=rng.uniform(0.5, 30))
        say(Change(now, MANAGER, {"status": S.CLOSED, "closed_at": now}))
        if rng.random() < 0.2 and not life.incident.drill:
            result = "reached" if rng.random() < 0.8 else "not_reached"
            life.call = (now + timedelta(days=rng.uniform(1, 8)), result)
        life.problem = rng.random() < 0.012
