"""Word forms among the attachments."""

from __future__ import annotations

from processor.domain.message import MessageKind
from processor.forms.forms import Handed
from processor.pipeline.state import Desk, Disposition, Journey
from processor.pipeline.steps.screen import CHANNEL_HEADER


def read_forms(journey: Journey, desk: Desk) -> None:
    """Judge: which attachments are filled forms, and what is wrong in them. A document that came
    by itself and is none ends the journey: nobody would know what to do with it."""
    message = journey.message
    if message.attachments and message.kind is MessageKind.HUMAN:
        journey.handed = desk.forms.handed_in(message, journey.now)
        journey.trail.extend(f"form:{one.form.name}:{_state(one)}" for one in journey.handed)
    if not journey.handed and message.header(CHANNEL_HEADER):
        journey.end(Disposition.QUARANTINED, "document")


def _state(handed: Handed) -> str:
    if handed.sound:
        return "sound"
    return handed.trouble or ",".join(fault.field for fault in handed.checked.faults)
