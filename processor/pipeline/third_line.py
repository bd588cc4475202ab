"""Mail of vendors and of a roster: what they write is the team's business, not the reporter's."""

from __future__ import annotations

from processor.domain.incident import Incident
from processor.domain.lifecycle import roles_on
from processor.domain.message import Attachment, Message
from processor.domain.people import Actor, Proof, Role
from processor.pipeline.proofs import by_transport
from processor.pipeline.state import Desk, Journey
from processor.services import vendors
from processor.services.gratitude import only_thanks
from processor.store.unit_of_work import UnitOfWork


def of_vendor(journey: Journey, incident: Incident) -> bool:
    """Whether the mail is a called in vendor's, and proven to be: anybody can write a From line."""
    if Role.VENDOR not in roles_on(incident, journey.sender):
        return False
    transport = by_transport(journey.message, journey.mailbox, journey.sealed_by)
    journey.proof = max(journey.proof, transport)
    return journey.proof >= Proof.TOKEN


def take_answer(journey: Journey, desk: Desk, work: UnitOfWork, incident: Incident) -> None:
    """Act: the vendor's answer lands on the incident."""
    journey.events.extend(
        vendors.answered(
            work,
            desk.policy,
            incident,
            Actor(journey.sender, journey.proof, journey.via),
            journey.now,
            journey.note if journey.note.strip() else journey.message.reply_text,
            only_thanks=only_thanks(journey.note, desk.commands.thanks),
        )
    )


def enclosed_files(message: Message, most: int) -> tuple[Attachment, ...]:
    """What the sender put into an envelope of its own: no ornaments of a signature, and nothing
    larger than ``most`` bytes, which is not kept either."""
    return tuple(one for one in message.attachments if not one.logo and one.size <= most)


def inner(journey: Journey, work: UnitOfWork, incident: Incident) -> bool:
    """Whether the mail is kept from the reporter: the team's, a vendor's, or one of a roster's."""
    if journey.staff or Role.VENDOR in journey.sender.roles:
        return True
    address = journey.sender.address
    if not incident.major or address in (incident.reporter_address, *incident.watchers):
        return False
    return any(one.address == address for one in work.emergencies.receipts(incident.number))
