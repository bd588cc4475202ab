"""Mail on an incident that is no command: the reporter's words, the team's, a bounce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from processor.domain.events import DeliveryFailed, Event, Reopened, ReporterWrote
from processor.domain.incident import Incident, Status
from processor.domain.lifecycle import roles_on
from processor.domain.message import FailedRecipient
from processor.domain.people import Actor, Person, Proof, Role
from processor.services import chains, closing, merging, scope
from processor.services.moving import keep, move, step
from processor.services.policy import Policy
from processor.store.unit_of_work import UnitOfWork


def party_wrote(
    work: UnitOfWork,
    policy: Policy,
    incident: Incident,
    actor: Actor,
    at: datetime,
    text: str,
    *,
    only_thanks: bool,
    empty: bool = False,
    unsolved: bool = False,
) -> list[Event]:
    """A party outside the team wrote. A real answer ends the wait for the user and reopens a
    closed incident inside its window; thanks do neither, nor does a mail without any words or files
    (``empty``), which is told all the same. ``unsolved``: he says that what was solved is not;
    that counts with the proof that the keyword for it would need."""
    if merging.is_merged(incident):
        return merging.wrote(work, incident, actor, at, text, only_thanks=only_thanks)
    step(work, incident, actor, at, "mail", text)
    events: list[Event] = []
    is_reporter = actor.address == incident.reporter_address
    if is_reporter and not only_thanks and not empty:
        if incident.status is Status.PENDING_USER:
            move(work, policy, incident, Status.IN_PROGRESS, actor, at)
        elif incident.status is Status.CLOSED or (
            incident.status is Status.RESOLVED and unsolved and actor.proof >= Proof.TOKEN
        ):
            reopened = closing.reopen(work, policy, incident, actor, at, "")
            # the journal has his words already; whoever goes on reads them, too
            return [
                replace(one, comment=text) if isinstance(one, Reopened) else one for one in reopened
            ]
        elif incident.status is Status.RESOLVED:
            chains.begin_anew(work, policy, incident, at)  # this is no silence
        elif incident.status is Status.REJECTED:
            return scope.appeal(work, incident, actor, at, text)
    frozen = keep(work, incident, actor, at)
    if not only_thanks:
        events.append(ReporterWrote(at=at, actor=actor.person, incident=frozen, text=text))
    return events


def near(work: UnitOfWork, policy: Policy, incident: Incident, address: str) -> bool:
    """Whether who writes may be kept informed: a colleague of the reporter, or somebody to whom a
    mail of the incident was addressed. A thread can be copied by anybody who saw one mail."""
    wanted = address.lower()
    domain = wanted.rpartition("@")[2]
    reporters = incident.reporter_address.rpartition("@")[2].lower()
    if domain == reporters and domain not in policy.public_mail_domains:
        return True
    return any(
        wanted == one.lower()
        for mail in work.mails.of(incident.number)
        for one in (mail.recipients if mail.direction == "in" else ())
    )


def watch(
    work: UnitOfWork, incident: Incident, actor: Actor, at: datetime, addresses: Sequence[str]
) -> None:
    """Keep more people informed; who is one already is not added twice."""
    known = {incident.reporter_address, *incident.watchers}
    more = tuple(dict.fromkeys(a for a in addresses if a not in known))
    if more:
        incident.watchers = (*incident.watchers, *more)
        keep(work, incident, actor, at)


def bounced(
    work: UnitOfWork,
    incident: Incident,
    actor: Actor,
    at: datetime,
    failures: Sequence[FailedRecipient],
) -> list[Event]:
    """Our mail came back: noted, and the owner is told of each address that failed for good."""
    events: list[Event] = []
    for failed in failures:
        step(work, incident, actor, at, "bounce", f"{failed.address} {failed.status}".strip())
        if failed.permanent and failed.address not in incident.unreachable:
            incident.unreachable = (*incident.unreachable, failed.address)
            frozen = keep(work, incident, actor, at)
            events.append(
                DeliveryFailed(
                    at=at,
                    actor=actor.person,
                    incident=frozen,
                    address=failed.address,
                    status=failed.status,
                )
            )
    return events


def parties(incident: Incident, staff: Sequence[Person]) -> frozenset[str]:
    """Addresses that belong to the incident: reporter, watchers, the whole team, and of the vendors
    among ``staff`` who was called in."""
    return frozenset(
        (
            incident.reporter_address,
            *incident.watchers,
            *(
                address
                for person in staff
                if person.staff or Role.VENDOR in roles_on(incident, person)
                for address in (person.address, *person.aliases)
            ),
        )
    )
