"""The mail of a journey is filed with an incident."""

from __future__ import annotations

from processor.domain.incident import Incident
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.telling_words import words_of
from processor.services import filing
from processor.store.unit_of_work import UnitOfWork


def keep_mail(
    journey: Journey, desk: Desk, work: UnitOfWork, incident: Incident, *, internal: bool
) -> None:
    """File the mail and its files; ``internal``: the reporter does not get to read it."""
    filing.keep_mail(
        work,
        desk.store.blobs,
        incident,
        journey.message,
        words_of(journey.message, journey.note),
        at=journey.received_at,
        spool_id=journey.spool_id,
        event=str(journey.disposition or Disposition.OPENED),
        internal=internal,
        attachment_bytes=desk.limits.attachment_bytes,
    )
