"""What a mail says for its incident's own process: labelled lines, forms, people's names."""

from __future__ import annotations

from processor.domain.incident import Incident
from processor.domain.people import Actor, Proof
from processor.pipeline.state import Desk, Disposition, Journey
from processor.services import discretion, own_fields
from processor.store.unit_of_work import UnitOfWork

_SPEAKING = frozenset({Disposition.UPDATED, Disposition.COMMANDED})


def keep_own(journey: Journey, desk: Desk, work: UnitOfWork, incident: Incident) -> None:
    """Fill the fields of the incident's process from a mail on it. The team, proven, may replace
    what stands there; everybody else only adds what is not yet known."""
    profile = desk.policy.profile(incident.profile)
    if profile.discretion is not None:
        message, names = journey.message, []
        if message.author is not None and not journey.sender.staff:
            names.append(message.author.name)
        discretion.remember(work, profile, incident, message.subject, message.text, names=names)
    if not profile.fields or journey.disposition not in _SPEAKING:
        return
    actor = Actor(journey.sender, journey.proof, journey.via)
    overwrite = journey.staff and journey.proof >= Proof.TOKEN
    own_fields.note(
        work, desk.policy, incident, actor, journey.now, journey.note, overwrite=overwrite
    )
    for handed in journey.handed:
        if handed.sound and handed.form.joins:
            for facts in handed.facts:
                own_fields.fill(
                    work, desk.policy, incident, actor, journey.now, facts.own, overwrite=overwrite
                )
