"""Looking things up for people: one record, one's own incidents, a group's ordered work."""

from __future__ import annotations

from datetime import datetime

from processor.domain.errors import NotFound, Refusal
from processor.domain.incident import Clock, Dossier, Incident
from processor.domain.people import Person
from processor.domain.work_order import queue_order
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

LISTED = 50  # a longer list is no list for a phone
MOST_ORDERED = 2_000  # of more than this nobody keeps an order; the newest are left


def one(work: UnitOfWork, number: str, asker: Person) -> Dossier:
    """The dossier of one incident, for a party or one of the team.

    Raises NotFound also to strangers: that a number exists is nobody else's business.
    """
    incident = work.incidents.get(number, lock=False)
    if incident is None or not visible(incident, asker):
        raise NotFound(number)
    return work.incidents.dossier(number)


def visible(incident: Incident, asker: Person) -> bool:
    """Whether the asker may know of the incident: the team, its reporter, who is kept informed."""
    return asker.staff or asker.address in (incident.reporter_address, *incident.watchers)


def own(work: UnitOfWork, asker: Person) -> tuple[tuple[Incident, tuple[Clock, ...]], ...]:
    """The asker's open incidents, newest first: reported by him, or in his hands."""
    seen: dict[str, Incident] = {}
    for incident in work.incidents.search(reporter=asker.address, open_only=True, limit=LISTED):
        seen[incident.number] = incident
    if asker.staff:
        for incident in work.incidents.search(assignee=asker.address, open_only=True, limit=LISTED):
            seen[incident.number] = incident
    return with_clocks(work, list(seen.values()))


def queue(
    work: UnitOfWork, policy: Policy, group: str, now: datetime
) -> tuple[tuple[Incident, tuple[Clock, ...]], ...]:
    """The open incidents of a group in the order in which they should be worked on."""
    if group not in policy.directory.groups:
        raise Refusal("unknown_group", name=group)
    found = work.incidents.search(group=group, open_only=True, limit=MOST_ORDERED)
    return tuple(queue_order(with_clocks(work, found), now, policy.ageing)[:LISTED])


def in_working_order(
    work: UnitOfWork, policy: Policy, incidents: list[Incident], now: datetime
) -> list[Incident]:
    """What is open in the order in which it should be worked on, then the others as they come."""
    waiting = with_clocks(work, [one for one in incidents if one.open])
    ordered = [one for one, _ in queue_order(waiting, now, policy.ageing)]
    return [*ordered, *(one for one in incidents if not one.open)]


def with_clocks(
    work: UnitOfWork, incidents: list[Incident]
) -> tuple[tuple[Incident, tuple[Clock, ...]], ...]:
    """Each incident with its clocks."""
    return tuple((one, tuple(work.clocks.of(one.number).values())) for one in incidents)
