"""Which buttons letters about duties and major incidents have."""

from __future__ import annotations

from processor.domain import events_duties as d
from processor.domain import events_emergency as m
from processor.domain import events_vendors as v
from processor.domain.duty import Duty
from processor.domain.emergency import MEASURE
from processor.replies.addressing import Audience
from processor.replies.letters import Letter

_DONE_BY = {MEASURE: "measure_done"}
_ENDING = frozenset({"duty_done", *_DONE_BY.values()})
_LEADING = ("broadcast", "commander")
_BY_KIND: dict[str, tuple[str, ...]] = {
    "urgent-ask": ("confirm_major", "deny_major"),
    "urgent-unanswered": (*_LEADING, "deny_major"),
    "emergency-command": _LEADING,
    "emergency-round": _LEADING,
    "emergency-broadcast": _LEADING,
    "emergency-receipts": _LEADING,
    "emergency-over": ("measure", "report"),
    "vendor-answered": ("resolve", "vendor", "reply"),
    "vendor-overdue": ("vendor", "resume"),
}


def emergency_names(letter: Letter) -> tuple[str, ...] | None:
    """The commands that a letter offers; None for a letter about something else."""
    event = letter.event
    match event:
        case d.DutyGiven() | d.DutyReminded():
            return (_DONE_BY.get(event.duty.kind, "duty_done"), "note")
        case m.UrgentAsked() | m.UrgentUnanswered() | m.EmergencyEvent():
            staff = letter.audience is Audience.STAFF
            leading = _BY_KIND.get(letter.kind, ()) if staff and _leads(letter) else ()
            return (*(("ack",) if _to_acknowledge(letter) else ()), *leading)
        case v.VendorAsked() | v.VendorReminded() | v.VendorOverdue() | v.VendorAnswered():
            return _BY_KIND.get(letter.kind, ())
        case _:
            return None


def emergency_value(letter: Letter, command: str) -> str:
    """What is known to stand behind the keyword: which duty is meant."""
    duty = getattr(letter.event, "duty", None)
    return str(duty.ordinal) if command in _ENDING and isinstance(duty, Duty) else ""


def _leads(letter: Letter) -> bool:
    """Whether this is for who leads it, and not for those who work on it."""
    event = letter.event
    if not isinstance(event, m.EmergencyEvent):
        return True
    reader = letter.recipient
    return event.incident.commander in (reader.address, *reader.aliases)


def _to_acknowledge(letter: Letter) -> bool:
    event = letter.event
    if not isinstance(event, m.EmergencyEvent) or isinstance(
        event, m.EmergencyOver | m.Acknowledged
    ):
        return False
    reader = letter.recipient
    own = (reader.address, *reader.aliases)
    return any(receipt.address in own for receipt in event.missing)
