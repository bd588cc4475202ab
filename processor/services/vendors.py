"""Third line by mail (100.6): an engineer hands an incident to a vendor, whose answer comes back to
it; a clock of the vendor's own runs meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from processor.domain.duty import Duty, DutyState
from processor.domain.errors import Refusal
from processor.domain.events import Event
from processor.domain.events_vendors import (
    Released,
    VendorAnswered,
    VendorAsked,
    VendorOverdue,
    VendorReminded,
)
from processor.domain.incident import Incident, Status
from processor.domain.people import Actor, Person
from processor.domain.vendors import Vendor, released
from processor.services import duties
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork

TIMER = "vendor"  # kind of the timers of the vendor's clock
KIND = "vendor"  # of its duty


def hand_over(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    *,
    vendor: Vendor,
    contact: Person,
    text: str,
    files: Sequence[str] = (),
    enclosed: Sequence[Released] = (),
) -> list[VendorAsked]:
    """转厂商: ``contact`` is mailed the ``text``, what is released of the record, the ``files`` of
    the incident that are named, and what came ``enclosed``; nothing else.

    Whoever waits for a vendor already may write again, to this one or another. Raises Refusal.
    """
    if not text:
        raise Refusal("vendor_text_missing")
    going = (*enclosed, *(_file(work, policy, incident, name) for name in files))
    if incident.status is not Status.PENDING_VENDOR:
        move(work, policy, incident, Status.PENDING_VENDOR, actor, at)
    incident.fault_vendor = vendor.name
    duties.drop(work, incident, actor, at, (KIND,))
    due_at = _due(policy, vendor, incident, at)
    if due_at is not None:
        duties.give(
            work, incident, actor, at,
            kind=KIND, text=text, due_at=due_at, owner=contact.address,
            reminders=policy.vendors.reminders, timer=TIMER,
        )  # fmt: skip
    told = f"{vendor.name} <{contact.address}>\n{text}"
    step(work, incident, actor, at, "vendor", "\n".join((told, *(one.name for one in going))))
    keep(work, incident, actor, at)
    return [
        VendorAsked(
            at=at,
            actor=_signing(actor),
            incident=released(incident, vendor.release),
            contact=_reader(contact, incident),
            text=text,
            due_at=due_at,
            files=going,
        )
    ]


def answered(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    text: str,
    *,
    only_thanks: bool,
) -> list[Event]:
    """The vendor wrote: the engineer goes on with it. A bare "received" is kept and moves nothing:
    the answer is still owed."""
    step(work, incident, actor, at, "vendor_mail", text)
    if only_thanks or not incident.open:
        keep(work, incident, actor, at)
        return []
    for duty in work.duties.of(incident.number, KIND, open_only=True):
        duties.finish(work, incident, duty, actor, at)
    if incident.status is Status.PENDING_VENDOR:
        move(work, policy, incident, Status.IN_PROGRESS, actor, at)
    frozen = keep(work, incident, actor, at)
    told = VendorAnswered(
        at=at, actor=actor.person, incident=frozen, vendor=incident.fault_vendor, text=text
    )
    return [told]


def ring(
    work: UnitOfWork, policy: Policy, number: str, name: str, actor: Actor, at: datetime
) -> list[Event]:
    """The vendor's clock: the vendor is reminded; when an answer is overdue, assignee and lead
    are told as well."""
    found = duties.rung(work, number, name, at)
    if found is None:
        return []
    incident, duty = found
    if incident.status is not Status.PENDING_VENDOR:  # it is not waited for any more
        duties.finish(work, incident, duty, actor, at, state=DutyState.DROPPED)
        return []
    overdue = duty.overdue(at)
    known = policy.vendors.find(duty.owner, policy.directory)
    contact = known[1] if known else Person(address=duty.owner)
    release = known[0].release if known else policy.vendors.release
    step(work, incident, actor, at, "vendor_overdue" if overdue else "vendor_near", duty.text)
    events: list[Event] = [
        VendorReminded(
            at=at,
            actor=actor.person,
            incident=released(incident, release),
            contact=_reader(contact, incident),
            text=duty.text,
            due_at=duty.due_at,
            overdue=overdue,
        )
    ]
    if overdue:
        events.append(_overdue(policy, incident, duty, actor, at))
    return events


def _overdue(
    policy: Policy, incident: Incident, duty: Duty, actor: Actor, at: datetime
) -> VendorOverdue:
    group = policy.directory.groups.get(incident.group)
    tell = (incident.assignee, group.lead if group else "")
    return VendorOverdue(
        at=at,
        actor=actor.person,
        incident=replace(incident),
        vendor=incident.fault_vendor,
        due_at=duty.due_at,
        tell=tuple(dict.fromkeys(address for address in tell if address)),
    )


def _due(policy: Policy, vendor: Vendor, incident: Incident, at: datetime) -> datetime | None:
    minutes = vendor.targets.get(incident.priority)
    if not minutes:
        return None
    if not vendor.calendar:
        return at + timedelta(minutes=minutes)
    return policy.sla.calendars[vendor.calendar].add(at, minutes)


def _file(work: UnitOfWork, policy: Policy, incident: Incident, name: str) -> Released:
    """The latest file of the incident with that name, written in any case."""
    stored = work.attachments.of(incident.number)
    wanted = name.strip().casefold()
    for file in reversed(stored):
        if file.name.casefold() == wanted:
            return Released(file.name, file.type, policy.blob(file.sha256))
    names = tuple(dict.fromkeys(file.name for file in stored if not file.logo))
    code = "vendor_no_file" if names else "vendor_no_files"
    raise Refusal(code, name=name, number=incident.number, files=names)


def _reader(contact: Person, incident: Incident) -> Person:
    return replace(contact, language=contact.language or incident.language)


def _signing(actor: Actor) -> Person:
    """Who asks, by name: his other particulars are the house's."""
    return Person(address=actor.address, name=actor.person.name, language=actor.person.language)
