"""What each round tells (seed 8.9, spec 1.6 end): lists of many incidents for one reader each.

A round is held inside the transaction that claims its period; ``day`` is that of the round.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypedDict

from processor.domain import rounds
from processor.domain.events import Event
from processor.domain.events_closing import (
    CallbackResultsListed,
    CallbacksListed,
    CallbackTold,
    CustomerTold,
    Listed,
    UnsolvedListed,
    WorkListed,
)
from processor.domain.incident import Incident, Source
from processor.domain.numbering import LIST, number
from processor.domain.people import Actor, Person, Role
from processor.domain.rounds import CallbackChoice
from processor.domain.work_order import Worked, queue_order
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

LISTED = 50  # a longer list is no list for a phone
_ALL = 5_000  # incidents that are looked at
_WEEK = timedelta(days=7)

Round = Callable[[UnitOfWork, Policy, Actor, date, datetime], list[Event]]
"""(work, policy, actor, day of the round, now) → one event a reader."""


class First(TypedDict):
    """The first of a list, and how many more it has: both fields of every event that lists."""

    incidents: tuple[Worked, ...]
    more: int


def first_of(listed: Sequence[Worked]) -> First:
    """What one mail shows of a list of any length."""
    return First(incidents=tuple(listed[:LISTED]), more=max(0, len(listed) - LISTED))


def held_back(day: date, number: str = "") -> str:
    """Under which name of a job the manager's word stands that customers are not told on ``day``:
    of that incident, or of none."""
    return f"hold/{day.isoformat()}{f'/{number}' if number else ''}"


def list_number(day: date) -> str:
    """What stands in for an incident's number in the manager's list of ``day``."""
    return number(f"{LIST}-{day:%Y%m%d}", 1)


def unsolved(work: UnitOfWork, now: datetime) -> list[Worked]:
    """All that is unsolved, with its clocks, in the order of work; drills are left out."""
    found = work.incidents.search(open_only=True, limit=_ALL)
    return with_clocks(work, [one for one in found if not one.drill], now)


def with_clocks(work: UnitOfWork, incidents: list[Incident], now: datetime) -> list[Worked]:
    """Each with its clocks, in the order of work."""
    clocks = work.overviews.clocks([one.number for one in incidents])
    return queue_order([(one, clocks[one.number]) for one in incidents], now)


def overdue_first(work: UnitOfWork, listed: list[Worked], now: datetime) -> list[Worked]:
    """What is past its target stands at the top."""
    late = work.overviews.overdue(now)
    return sorted(listed, key=lambda worked: worked[0].number not in late)


def tell_unsolved(
    work: UnitOfWork, policy: Policy, actor: Actor, day: date, at: datetime
) -> list[Event]:
    """The incident managers get what is unsolved, and may hold back what customers are told."""
    listed = unsolved(work, at)
    if not listed:
        return []
    plan = policy.rounds.named(rounds.CUSTOMERS)
    calendar = policy.sla.calendars.get(policy.rounds.calendar)
    told_at = plan.moment(day, calendar, policy.zone) if plan and calendar else None
    return [
        UnsolvedListed(
            at=at,
            actor=actor.person,
            readers=policy.directory.with_role(Role.MANAGER),
            **first_of(listed),
            list_number=list_number(day),
            told_at=told_at if told_at and told_at > at else None,
        )
    ]


def tell_customers(
    work: UnitOfWork, policy: Policy, actor: Actor, day: date, at: datetime
) -> list[Event]:
    """Each reporter gets the state of his own, one mail, but for what the manager holds back."""
    listed = unsolved(work, at)
    names = {one.number: held_back(day, one.number) for one, _ in listed}
    held = work.jobs.marked([held_back(day), *names.values()])
    if held_back(day) in held:
        return []
    by_reporter: dict[str, list[Worked]] = {}
    for incident, clocks in listed:
        address = incident.reporter_address.lower()
        machine = incident.source is Source.MONITORING or not address
        if machine or names[incident.number] in held or address in incident.unreachable:
            continue
        by_reporter.setdefault(address, []).append((incident, clocks))
    told = [_told(policy, actor, tuple(theirs), at) for theirs in by_reporter.values()]
    return [*told, *_contacts_told(policy, actor, by_reporter, at)]


def _contacts_told(
    policy: Policy, actor: Actor, by_reporter: Mapping[str, Sequence[Worked]], at: datetime
) -> Iterator[Event]:
    """The contacts of each contract get what all of theirs are told of; nothing confidential."""
    by_customer: dict[str, list[Worked]] = {}
    for address, theirs in by_reporter.items():
        name = policy.customer_of(address)[0]
        customer = policy.customers.get(name)
        if customer is not None and customer.contacts:
            open_ones = [worked for worked in theirs if not worked[0].confidential]
            by_customer.setdefault(name, []).extend(open_ones)
    for name, listed in by_customer.items():
        if listed:
            yield CustomerTold(
                at=at,
                actor=actor.person,
                readers=policy.customers[name].contacts,
                **first_of(listed),
                organisation=name,
            )


def _told(policy: Policy, actor: Actor, theirs: Listed, at: datetime) -> Event:
    first = theirs[0][0]
    known = policy.directory.find(first.reporter_address)
    reader = known or Person(
        address=first.reporter_address, name=first.reporter_name, language=first.language
    )
    return CustomerTold(
        at=at,
        actor=actor.person,
        readers=(reader,),
        **first_of(theirs),
        incident=first if len(theirs) == 1 else None,
    )


def tell_engineers(
    work: UnitOfWork, policy: Policy, actor: Actor, _day: date, at: datetime
) -> list[Event]:
    """In the morning each of the team gets what is in his hands, the overdue first."""
    by_person: dict[str, list[Worked]] = {}
    for incident, clocks in overdue_first(work, unsolved(work, at), at):
        if incident.assignee:
            by_person.setdefault(incident.assignee.lower(), []).append((incident, clocks))
    found: list[Event] = []
    for person in policy.directory.people:
        own = by_person.get(person.address)
        if own:
            found.append(
                WorkListed(
                    at=at,
                    actor=actor.person,
                    readers=(person,),
                    **first_of(own),
                    morning=True,
                )
            )
    return found


def tell_callbacks(
    work: UnitOfWork, policy: Policy, actor: Actor, _day: date, at: datetime
) -> list[Event]:
    """The service desk gets whom to call of what was closed since the last list."""
    cut = f"{rounds.CALLBACKS}/until"
    since = work.jobs.last(cut) or at - _WEEK
    work.jobs.ran(cut, at)
    found = [work.incidents.get(number, lock=False) for number in work.overviews.closed(since, at)]
    chosen = [one for one in found if one and _to_call(one, policy.rounds.callbacks)]
    for incident in chosen:
        work.overviews.ask_for_call(incident.number, at)
    if not chosen:
        return []
    return [
        CallbacksListed(
            at=at,
            actor=actor.person,
            readers=desk_people(policy),
            incidents=tuple((one, ()) for one in chosen),
        )
    ]


def desk_people(policy: Policy) -> tuple[Person, ...]:
    """The service desk: its group, else everybody with that role."""
    directory = policy.directory
    group = directory.groups.get(policy.desk)
    if group and group.address:
        return (Person(address=group.address.lower(), groups=(group.name,)),)
    return directory.members(policy.desk) or directory.with_role(Role.DESK)


def _to_call(incident: Incident, choice: CallbackChoice) -> bool:
    if incident.source is Source.MONITORING or incident.drill or incident.callback_result:
        return False
    match choice.who:
        case "all":
            return True
        case "sample":  # the same ones whoever asks, and however often
            return hashlib.sha256(incident.number.encode()).digest()[0] * 100 < choice.share * 256
        case "low":
            return incident.satisfaction is not None and incident.satisfaction <= choice.low
        case _:
            return False


def tell_results(
    work: UnitOfWork, policy: Policy, actor: Actor, _day: date, at: datetime
) -> list[Event]:
    """The incident managers get what came of the calls since the last list, and what is owed."""
    cut = f"{rounds.RESULTS}/until"
    since = work.jobs.last(cut) or at - _WEEK
    work.jobs.ran(cut, at)
    results = called_since(work, since)
    if not results:
        return []
    managers = policy.directory.with_role(Role.MANAGER)
    return [CallbackResultsListed(at=at, actor=actor.person, readers=managers, results=results)]


def called_since(work: UnitOfWork, since: datetime) -> tuple[CallbackTold, ...]:
    """The calls made since, and those that are still to be made."""
    told = []
    for call in work.overviews.callbacks(since):
        incident = work.incidents.get(call.number, lock=False)
        if incident is not None:
            result, _, text = call.result.partition(": ")
            told.append(CallbackTold(incident, result, text))
    return tuple(told)


ROUNDS: Mapping[str, Round] = MappingProxyType(
    {
        rounds.MORNING: tell_engineers,
        rounds.UNSOLVED: tell_unsolved,
        rounds.CUSTOMERS: tell_customers,
        rounds.CALLBACKS: tell_callbacks,
        rounds.RESULTS: tell_results,
    }
)
