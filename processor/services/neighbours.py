"""What problems and changes have in common: found by number, kept, written about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from processor.domain.errors import NotFound
from processor.domain.incident import Incident, JournalEntry
from processor.domain.message import Message
from processor.domain.neighbours import Neighbour, Portfolio, is_neighbour
from processor.domain.numbering import RecordKind
from processor.domain.people import Actor, Person
from processor.domain.problem import Problem
from processor.services.filing import incoming
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def find(work: UnitOfWork, number: str, *, lock: bool = False) -> Neighbour | None:
    """The problem or change of that number; None for every other number."""
    if not is_neighbour(number):
        return None
    if number.startswith(RecordKind.PROBLEM):
        return work.problems.get(number, lock=lock)
    return work.changes.get(number, lock=lock)


def visible(record: Neighbour, asker: Person) -> bool:
    """Whether the asker may know of it: the team, who asked for a change, who decides on it."""
    return asker.staff or any(record.concerns(one) for one in (asker.address, *asker.aliases))


def parties(record: Neighbour, staff: Sequence[Person]) -> frozenset[str]:
    """Addresses that may write on it."""
    team = (address for person in staff for address in (person.address, *person.aliases))
    own = (record.raised_by, *record.approvers) if not isinstance(record, Problem) else ()
    return frozenset((*team, *own)) - {""}


def keep_problem(work: UnitOfWork, problem: Problem, actor: Actor, at: datetime) -> Problem:
    """Store what changed, journal it, and return a copy that later commands can't alter."""
    work.problems.save(problem, actor.address, at, actor.via)
    return replace(problem)


def step(
    work: UnitOfWork, record: Neighbour, actor: Actor, at: datetime, kind: str, text: str
) -> None:
    """Write what was done, where it is no change of a field."""
    entry = JournalEntry(at=at, actor=actor.address, kind=kind, via=actor.via, text=text)
    work.neighbour_journal.add(record.number, entry)


def linked(work: UnitOfWork, problem: Problem) -> tuple[Incident, ...]:
    """The incidents of a problem, in the order in which they were linked."""
    found = (
        work.incidents.get(number, lock=False)
        for number in work.links.to(problem.number, Problem.kind)
    )
    return tuple(replace(one) for one in found if one is not None)


def problems_of(work: UnitOfWork, incident: Incident) -> list[Problem]:
    """The problems that an incident is linked with, in the order of linking."""
    found = (
        work.problems.get(link.number, lock=False)
        for link in work.links.of(incident.number)
        if link.kind == Problem.kind
    )
    return [one for one in found if one is not None]


def portfolio(work: UnitOfWork, number: str, asker: Person | None = None) -> Portfolio:
    """All that is known of one problem or change. Raises NotFound also to who has no part in it;
    without an ``asker`` it is whoever sits at the server."""
    record = find(work, number)
    if record is None or (asker is not None and not visible(record, asker)):
        raise NotFound(number)
    if isinstance(record, Problem):
        incidents, changes = linked(work, record), tuple(work.changes.of(number))
    else:
        about = work.incidents.get(record.incident, lock=False) if record.incident else None
        incidents, changes = (about,) if about else (), ()
    return Portfolio(
        record=record,
        incidents=incidents,
        changes=changes,
        journal=work.neighbour_journal.of(number),
        mails=work.neighbour_mails.of(number),
    )


def file_mail(
    work: UnitOfWork,
    record: Neighbour,
    message: Message,
    text: str,
    *,
    at: datetime,
    spool_id: int,
    event: str,
) -> None:
    """File an incoming mail with the record; its files stay with the mail in the spool."""
    kept = incoming(message, text, at=at, event=event, internal=True)
    work.neighbour_mails.add(record.number, kept, spool_id=spool_id)


def working_days_after(policy: Policy, priority: int, at: datetime, days: int) -> datetime:
    """The same time of day so many working days later, in the calendar of the priority."""
    calendar = policy.sla.calendars[policy.sla.targets[priority].calendar]
    local = at.astimezone(policy.zone)
    while days > 0:
        local += timedelta(days=1)
        if calendar.working_day(local.date()):
            days -= 1
    return local.astimezone(at.tzinfo)
