"""Opening problems (seed 6.1.3): by a person on an incident, or by a rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_neighbours import ProblemOpened
from processor.domain.incident import Incident, IncidentType
from processor.domain.numbering import RecordKind, number, series
from processor.domain.people import Actor
from processor.domain.problem import Problem, ProblemSource, ProblemStatus
from processor.services import problem_clock
from processor.services.moving import step as incident_step
from processor.services.neighbours import problems_of, step, working_days_after
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_TITLE = 200
_CLAUSES = re.compile(r"[,，;；。.!！?？、()（）\n]")


def open_for(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    source: ProblemSource,
    title: str = "",
) -> list[Event]:
    """Open a problem from ``incident`` and link both. A rule (any ``source`` but ``PERSON``) opens
    nothing where it is turned off, or where the incident has an open problem already.

    Gives ProblemOpened, or nothing. Raises Refusal ``problem_there`` to a person who opens a
    second one.
    """
    there = next((one for one in problems_of(work, incident) if one.open), None)
    by_person = source is ProblemSource.PERSON
    if there is not None and by_person:
        raise Refusal("problem_there", number=there.number, title=there.title)
    if there is not None or not (by_person or source in policy.problems.opens_on):
        return []
    unknown = _cause_unknown(policy, incident)
    problem = record(
        work,
        policy,
        Problem(
            number="",
            status=ProblemStatus.NEW,
            opened_at=at,
            title=(title or incident.subject)[:_TITLE],
            source=source,
            priority=incident.priority,
            opener=actor.address if by_person else "postdesk",
            category=incident.category,
            ci=incident.ci,
            symptom=incident.symptom,
            root_cause="" if unknown else incident.cause,
            workaround=incident.solution if incident.solution_kind == "workaround" else "",
            language=policy.language,
            mailbox=incident.mailbox,
        ),
        actor,
        at,
    )
    link(work, problem, incident, actor, at)
    return [
        ProblemOpened(
            at=at,
            actor=actor.person,
            neighbour=replace(problem),
            incidents=(replace(incident),),
        )
    ]


def record(
    work: UnitOfWork, policy: Policy, problem: Problem, actor: Actor, at: datetime
) -> Problem:
    """Store a new problem under the next number, with its target time."""
    line = series(RecordKind.PROBLEM, at, policy.zone)
    problem.number = number(line, work.numbers.next(line))
    days = policy.problems.target_days.get(problem.priority, 0)
    if days:
        problem.target_at = working_days_after(policy, problem.priority, at, days)
    work.problems.add(problem, actor.address, at, actor.via)
    problem_clock.wind(work, policy, problem, at)
    return problem


def link(
    work: UnitOfWork, problem: Problem, incident: Incident, actor: Actor, at: datetime
) -> None:
    """Link an incident to a problem; both journals say so."""
    work.links.add(incident.number, problem.number, Problem.kind)
    incident_step(work, incident, actor, at, "problem", problem.number)
    step(work, problem, actor, at, "linked", incident.number)


def at_closing(
    work: UnitOfWork, policy: Policy, incident: Incident, actor: Actor, at: datetime
) -> list[Event]:
    """What the closing of ``incident`` opens: it was not solved, or by a workaround only, or
    nobody knows why it came (seed 6.1.3). Requests, drills, merged children and what is
    confidential open nothing."""
    if incident.type is IncidentType.SERVICE_REQUEST or incident.drill or incident.parent:
        return []
    if incident.confidential:
        return []
    found = _reasons(policy, incident)
    source = next((one for one in found if one in policy.problems.opens_on), None)
    return open_for(work, policy, incident, actor, at, source) if source else []


def _reasons(policy: Policy, incident: Incident) -> list[ProblemSource]:
    reasons = []
    if incident.closure_code in policy.problems.unresolved_codes:
        reasons.append(ProblemSource.UNRESOLVED)
    if incident.solution_kind == "workaround":
        reasons.append(ProblemSource.WORKAROUND)
    if _cause_unknown(policy, incident):
        reasons.append(ProblemSource.UNKNOWN_CAUSE)
    return reasons


def _cause_unknown(policy: Policy, incident: Incident) -> bool:
    """Whether the cause is empty, or a clause of it says just that nobody knows."""
    clauses = [one.strip() for one in _CLAUSES.split(incident.cause.casefold())]
    said = [one for one in clauses if one]
    return not said or any(one in policy.problems.unknown_causes for one in said)


def join(
    work: UnitOfWork, problem: Problem, incident: Incident, actor: Actor, at: datetime
) -> None:
    """A person links an incident to a problem that is there. Raises Refusal ``problem_closed``,
    and ``problem_linked`` where it was done before."""
    if not problem.open:
        raise Refusal("problem_closed", number=problem.number)
    if incident.number in work.links.to(problem.number, Problem.kind):
        raise Refusal("problem_linked", number=problem.number, incident=incident.number)
    link(work, problem, incident, actor, at)
