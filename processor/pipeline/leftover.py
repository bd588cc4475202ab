"""The text beside commands that none of them took."""

from __future__ import annotations

from datetime import datetime

from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.people import Actor
from processor.pipeline.state import Desk
from processor.services import correspondence, handling
from processor.services.gratitude import only_thanks
from processor.store.unit_of_work import UnitOfWork


def keep_rest(
    desk: Desk, work: UnitOfWork, incident: Incident, actor: Actor, text: str, at: datetime
) -> list[Event]:
    """Keep ``text`` on the incident: of the team a note, of others what they have to say."""
    if not text.strip():
        return []
    if actor.person.staff and actor.address != incident.reporter_address:
        return handling.note(work, incident, actor, at, text)
    thanks = only_thanks(text, desk.commands.thanks)
    return correspondence.party_wrote(
        work, desk.policy, incident, actor, at, text, only_thanks=thanks
    )
