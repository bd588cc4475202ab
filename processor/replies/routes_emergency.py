"""Who is written to about duties, major incidents and vendors."""

from __future__ import annotations

from collections.abc import Iterator

from processor.domain import events_duties as d
from processor.domain import events_emergency as m
from processor.domain import events_vendors as v
from processor.domain.emergency import Receipt
from processor.domain.events import Event
from processor.domain.people import Directory, Person
from processor.replies import audience
from processor.replies.addressing import Addressed, Audience, Enclosure, Route, handlers


def _given(event: d.DutyGiven, directory: Directory) -> Iterator[Addressed]:
    owner = event.duty.owner
    told = audience.at((owner,), directory) if owner else audience.managers(directory)
    # what a rule makes of his own deed he does not know yet
    yield Addressed("duty-given", told, Audience.STAFF, asks=event.by_rule)


def _reminded(event: d.DutyReminded, directory: Directory) -> Iterator[Addressed]:
    told = audience.at(event.tell, directory) if event.tell else audience.managers(directory)
    kind = "duty-overdue" if event.overdue else "duty-near"
    yield Addressed(kind, told, Audience.STAFF, asks=True)


def _urgent_asked(_: m.UrgentAsked, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("urgent-ask", audience.managers(directory), Audience.STAFF, asks=True)


def _urgent_unanswered(event: m.UrgentUnanswered, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("urgent-unanswered", audience.at(event.tell, directory), Audience.ROSTER)
    yield Addressed("urgent-unanswered", audience.managers(directory), Audience.STAFF)


def _declared(event: m.EmergencyDeclared, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-command", event, directory)
    yield _roster("emergency-alarm", event, directory)
    if event.related:
        yield Addressed("emergency-related", audience.desk(directory), Audience.STAFF)
    handlers = audience.handlers(event.incident, directory)
    yield Addressed("emergency-alarm", handlers, Audience.STAFF)


def _commander(event: m.CommanderNamed, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-command", event, directory)


def _round(event: m.EmergencyRound, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-round", event, directory)
    yield _roster("emergency-round", event, directory)


def _broadcast(event: m.Broadcast, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-broadcast", event, directory)
    yield _roster("emergency-broadcast", event, directory)


def _acknowledged(event: m.Acknowledged, _: Directory) -> Iterator[Addressed]:
    seen = Audience.STAFF if event.actor.staff else Audience.ROSTER
    yield Addressed("emergency-acked", (event.actor,), seen, asks=True)


def _receipts(event: m.ReceiptsMissing, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-receipts", event, directory)
    yield _roster("emergency-ack-ask", event, directory, event.missing)


def _over(event: m.EmergencyOver, directory: Directory) -> Iterator[Addressed]:
    yield _commanding("emergency-over", event, directory)
    yield _roster("emergency-over", event, directory)
    handlers = audience.handlers(event.incident, directory)
    yield Addressed("emergency-over", handlers, Audience.STAFF)


def _informed(event: m.ReportersInformed, directory: Directory) -> Iterator[Addressed]:
    told = audience.reporter(event.incident, directory)
    watching = audience.watchers(event.incident, directory)
    # who is named by the contract is no party of the incident, and hears how it stands
    for people, seen in (
        (told, Audience.REPORTER),
        (watching, Audience.OTHER),
        (event.contacts, Audience.ROSTER),
    ):
        others = tuple(one for one in people if one.address not in event.roster)
        yield Addressed("major-news", others, seen)


def _commanding(kind: str, event: m.EmergencyEvent, directory: Directory) -> Addressed:
    """For the commander, who may be the one who did it."""
    leading = event.incident.commander
    told = audience.at((leading,), directory) if leading else ()
    return Addressed(kind, told, Audience.STAFF, asks=kind == "emergency-command")


def _roster(
    kind: str,
    event: m.EmergencyEvent,
    directory: Directory,
    receipts: tuple[Receipt, ...] | None = None,
) -> Addressed:
    """For those of the roster; also for him who did it, where he is one of them."""
    listed = event.receipts if receipts is None else receipts
    told = tuple(_person(receipt, directory) for receipt in listed)
    return Addressed(kind, told, Audience.ROSTER, asks=True)


def _person(receipt: Receipt, directory: Directory) -> Person:
    """By the roster's own address, which his receipt is known by."""
    found = directory.find(receipt.address)
    language = receipt.language or (found.language if found else "")
    name = receipt.name or (found.name if found else "")
    zone = found.zone if found else ""
    return Person(address=receipt.address, name=name, language=language, zone=zone)


def _vendor_asked(event: v.VendorAsked, _: Directory) -> Iterator[Addressed]:
    files = tuple(Enclosure(file.name, file.type, file.content) for file in event.files)
    told = (event.contact,)
    yield Addressed("vendor-ask", told, Audience.VENDOR, asks=True, attachments=files)


def _vendor_reminded(event: v.VendorReminded, _: Directory) -> Iterator[Addressed]:
    yield Addressed("vendor-remind", (event.contact,), Audience.VENDOR)


def _vendor_overdue(event: v.VendorOverdue, directory: Directory) -> Iterator[Addressed]:
    yield Addressed("vendor-overdue", audience.at(event.tell, directory), Audience.STAFF)


def _vendor_answered(event: v.VendorAnswered, directory: Directory) -> Iterator[Addressed]:
    yield handlers("vendor-answered", event, directory)


ROUTES: dict[type[Event], Route] = {
    d.DutyGiven: _given,
    d.DutyReminded: _reminded,
    m.UrgentAsked: _urgent_asked,
    m.UrgentUnanswered: _urgent_unanswered,
    m.EmergencyDeclared: _declared,
    m.CommanderNamed: _commander,
    m.EmergencyRound: _round,
    m.Broadcast: _broadcast,
    m.Acknowledged: _acknowledged,
    m.ReceiptsMissing: _receipts,
    m.EmergencyOver: _over,
    m.ReportersInformed: _informed,
    v.VendorAsked: _vendor_asked,
    v.VendorReminded: _vendor_reminded,
    v.VendorOverdue: _vendor_overdue,
    v.VendorAnswered: _vendor_answered,
}

KINDS: tuple[str, ...] = (
    "duty-given", "duty-near", "duty-overdue", "urgent-ask", "urgent-unanswered",
    "emergency-alarm", "emergency-command", "emergency-round", "emergency-broadcast",
    "emergency-receipts", "emergency-ack-ask", "emergency-over", "emergency-acked",
    "major-news", "emergency-related",
    "vendor-ask", "vendor-remind", "vendor-overdue",
    "vendor-answered",
)  # fmt: skip
