"""Reporters of a major incident, and of the duplicates that were attached to it, are kept informed
(spec 1.4 (6), step 101): in words of the catalogue and of the answers that they got, never with
what the roster is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processor.domain.association import Kind
from processor.domain.emergency import Emergency, ReporterNews
from processor.domain.events import Event
from processor.domain.events_emergency import ReportersInformed
from processor.domain.incident import Clock, Incident
from processor.domain.people import Actor, Person
from processor.services import association
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

_LISTED = 10  # related incidents of one letter


def tell(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    emergency: Emergency,
    actor: Actor,
    at: datetime,
    news: ReporterNews,
) -> list[Event]:
    """The news for its reporters, where they get them; those of duplicates follow by themselves
    (:func:`processor.services.merging.follow`). A drill concerns nobody outside."""
    if incident.drill or news not in policy.emergency.reporters:
        return []
    receipts = work.emergencies.receipts(incident.number)
    more = ReporterNews.ROUNDS in policy.emergency.reporters
    return [
        ReportersInformed(
            at=at,
            actor=actor.person,
            incident=replace(incident),
            news=news,
            said="" if news is ReporterNews.END else _answered(work, incident),
            next_at=emergency.next_at if more else None,
            clocks=tuple(work.clocks.of(incident.number).values()),
            contacts=_contacts(policy, incident),
            roster=(*(one.address for one in receipts), incident.commander),
        )
    ]


def related(
    work: UnitOfWork, policy: Policy, incident: Incident
) -> tuple[tuple[Incident, tuple[Clock, ...]], ...]:
    """Open incidents with the same symptom, the likest first, each with its clocks; what is
    confidential is nobody's business elsewhere, and a drill has none."""
    if incident.drill or incident.confidential:
        return ()
    found = association.look_up(work, policy.association, incident).found
    numbers = [one.number for one in found if one.kind is Kind.INCIDENT and one.open]
    known = (work.incidents.get(number, lock=False) for number in numbers)
    open_ones = [one for one in known if one is not None and one.open and not one.confidential]
    return tuple(
        (replace(one), tuple(work.clocks.of(one.number).values())) for one in open_ones[:_LISTED]
    )


def _contacts(policy: Policy, incident: Incident) -> tuple[Person, ...]:
    customer = policy.customers.get(policy.customer_of(incident.reporter_address)[0])
    return customer.contacts if customer and not incident.confidential else ()


def _answered(work: UnitOfWork, incident: Incident) -> str:
    """What its reporter was last answered by the team."""
    said = (entry.text for entry in work.journal.of(incident.number) if entry.kind == "reply")
    return next(reversed(list(said)), "")
