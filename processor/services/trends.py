"""What keeps coming back (趋势, seed 6.1.3): many incidents of one category or configuration item
open one problem; later ones are linked to it while it is open. And the monthly list of problems."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from processor.domain.events import Event
from processor.domain.events_neighbours import ProblemOpened, ProblemsReviewed
from processor.domain.people import Actor
from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.domain.wall_clock import instant
from processor.services.neighbours import linked
from processor.services.policy import Policy
from processor.services.problems import link, record
from processor.store.unit_of_work import UnitOfWork

_REVIEWED = 200  # problems of one list


def look(work: UnitOfWork, policy: Policy, actor: Actor, at: datetime) -> list[Event]:
    """Open a problem for every new trend, and link to those that are open what came since.

    What was counted for a problem that is closed does not count again: only what was reported
    after its end does.
    """
    if ProblemSource.TREND not in policy.problems.opens_on:
        return []
    trend = policy.problems.trend
    since = at - timedelta(days=trend.days)
    events: list[Event] = []
    for field in trend.of:
        events += _open_new(work, policy, field, since, actor, at)
        _link_later(work, field, actor, at)
    return events


def _open_new(
    work: UnitOfWork, policy: Policy, field: str, since: datetime, actor: Actor, at: datetime
) -> list[Event]:
    least = policy.problems.trend.incidents
    events: list[Event] = []
    for value, _ in work.problems.trends(field, since, least):
        known = work.problems.latest_of_trend(f"{field}:{value}")
        if known is not None and known.status is not ProblemStatus.CLOSED:
            continue
        begun = max(since, known.closed_at) if known and known.closed_at else since
        numbers = work.problems.unlinked(field, value, begun, "")
        if len(numbers) >= least:
            events.append(_opened(work, policy, field, value, numbers, actor, at))
    return events


def _opened(
    work: UnitOfWork,
    policy: Policy,
    field: str,
    value: str,
    numbers: list[str],
    actor: Actor,
    at: datetime,
) -> Event:
    found = [work.incidents.get(number) for number in numbers]
    incidents = [one for one in found if one is not None]
    titles = policy.categories.get(value, {}) if field == "category" else {}
    named = titles.get(policy.language, value)
    days, count = policy.problems.trend.days, len(incidents)
    problem = record(
        work,
        policy,
        Problem(
            number="",
            status=ProblemStatus.NEW,
            opened_at=at,
            title=policy.say(policy.language, "problem.trend", named=named, count=count, days=days),
            source=ProblemSource.TREND,
            priority=min(one.priority for one in incidents),
            opener=actor.address,
            category=value if field == "category" else incidents[-1].category,
            ci=value if field == "ci" else "",
            symptom="\n".join(f"{one.number} {one.subject}" for one in incidents[-20:]),
            trend=f"{field}:{value}",
            language=policy.language,
            mailbox=incidents[-1].mailbox,
        ),
        actor,
        at,
    )
    for incident in incidents:
        link(work, problem, incident, actor, at)
    return ProblemOpened(
        at=at, actor=actor.person, neighbour=replace(problem), incidents=linked(work, problem)
    )


def _link_later(work: UnitOfWork, field: str, actor: Actor, at: datetime) -> None:
    for problem in work.problems.search(open_only=True):
        kind, _, value = problem.trend.partition(":")
        if kind != field:
            continue
        for number in work.problems.unlinked(field, value, problem.opened_at, problem.number):
            incident = work.incidents.get(number)
            if incident is not None:
                link(work, problem, incident, actor, at)


def review_at(policy: Policy, day: date) -> datetime | None:
    """When the open problems are reviewed on ``day`` (aware): at the beginning of work, if it is
    the first working day of its month from the configured one on; else None."""
    calendar = policy.sla.calendars[policy.sla.targets[3].calendar]
    first = day.replace(day=policy.problems.review_day)
    if day < first or not calendar.working_day(day):
        return None
    before = (first + timedelta(days=place) for place in range((day - first).days))
    if any(calendar.working_day(one) for one in before):
        return None
    return calendar.next_open(instant(day, time(0), policy.zone))


def review(work: UnitOfWork, actor: Actor, at: datetime) -> list[Event]:
    """The list for the managers, the most urgent and longest overdue first; none where nothing is
    open."""
    found = [replace(one) for one in work.problems.search(open_only=True, limit=_REVIEWED)]
    found += work.problems.search(status=ProblemStatus.RESOLVED, limit=_REVIEWED)
    if not found:
        return []
    found.sort(key=lambda one: (one.priority, one.target_at or at + timedelta(days=3650)))
    return [ProblemsReviewed(at=at, actor=actor.person, problems=tuple(found))]
