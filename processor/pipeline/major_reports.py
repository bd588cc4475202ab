"""A report that the team sends in as a file: it is what is owed on a major incident."""

from __future__ import annotations

from processor.domain.incident import Incident
from processor.domain.people import Actor, Proof
from processor.pipeline.state import Desk, Journey
from processor.services import major_duties
from processor.store.unit_of_work import UnitOfWork


def take_report(journey: Journey, desk: Desk, work: UnitOfWork, incident: Incident) -> None:
    """Act: a file of the team whose name says that it is the report ends that duty. Who can hand
    it in has been sent the incident's mails, or is proven otherwise."""
    if not incident.major or not journey.staff or journey.unproven:
        return
    words = desk.policy.emergency.report_words
    for file in journey.message.attachments:
        if not file.inline and any(word in file.name.casefold() for word in words):
            actor = Actor(journey.sender, journey.proof, journey.via)
            if actor.proof >= Proof.TOKEN:
                major_duties.report_sent(work, incident, actor, journey.now, file.name)
            return
