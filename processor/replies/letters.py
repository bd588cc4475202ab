"""What happened → who is written to, and with which letter.

The table :data:`ROUTES` is the whole policy: one line an event. A letter goes once to each
address; whoever did a thing is not told of it again (he has the answer to his command), unless
the letter asks something of him.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from processor.domain import events as e
from processor.domain.incident import Incident, Status
from processor.domain.people import Directory, Person
from processor.replies import audience

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# A dot-atom and a domain, nothing that could end a header's angle brackets (RFC 5322 3.4.1).
# Runs of dots in the local part are let through: Japanese carriers gave such addresses out.
_MAILABLE = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
)


class Audience(StrEnum):
    """What the reader may see: the team sees names, notes and causes; others do not."""

    REPORTER = "reporter"
    STAFF = "staff"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of ``kind`` to ``recipient``, whose ``language`` is settled here."""

    kind: str
    recipient: Person
    event: e.Event
    audience: Audience = Audience.OTHER
    attachments: tuple[Enclosure, ...] = ()

    @property
    def incident(self) -> Incident | None:
        """The incident that it is about; none for a reader who is no party of it, so that a
        letter to somebody who only quoted its number shows and proves nothing."""
        found = _incident_of(self.event)
        if found is None or self.audience is not Audience.OTHER:
            return found
        watching = {address.lower() for address in found.watchers}
        return found if self.recipient.address.lower() in watching else None

    @property
    def number(self) -> str:
        """Of that incident, or empty."""
        return self.incident.number if self.incident else ""


@dataclass(frozen=True, slots=True)
class _To:
    """A kind of letter for some people. ``asks``: it wants something, so the actor gets it too."""

    kind: str
    people: Iterable[Person]
    audience: Audience
    asks: bool = False
    attachments: tuple[Enclosure, ...] = ()


Route = Callable[[Any, Directory], Iterable[_To]]


def letters_for(
    event: e.Event,
    directory: Directory,
    *,
    language: str,
    never: Collection[str] = (),
) -> list[Letter]:
    """The letters that ``event`` calls for, in order.

    ``language`` is the desk's: for those of whom no other is known. Nobody at an address in
    ``never`` (the desk's own mailboxes) or at one that no header can carry is written to.
    """
    route = ROUTES.get(type(event))
    if route is None:
        return []
    told = {address.lower() for address in never}
    letters: list[Letter] = []
    for to in route(event, directory):
        for person in to.people:
            address = person.address.lower()
            if address in told or not mailable(address):
                continue
            if not to.asks and address == event.actor.address.lower():
                continue
            told.add(address)
            reader = replace(person, language=person.language or language)
            letters.append(Letter(to.kind, reader, event, to.audience, to.attachments))
    return letters


def mailable(address: str) -> bool:
    """Whether a plain header and a plain SMTP server can carry this address (no RFC 6531)."""
    return _MAILABLE.fullmatch(address) is not None


def _opened(event: e.Opened, directory: Directory) -> Iterator[_To]:
    incident = event.incident
    yield _To("opened", audience.reporter(incident, directory), Audience.REPORTER, asks=True)
    routed = incident.assignee or incident.group not in ("", directory.desk)
    if not routed and incident.status is Status.NEW:
        yield _To("desk-new", audience.desk(directory), Audience.STAFF)


def _dispatched(event: e.Dispatched, directory: Directory) -> Iterator[_To]:
    yield _handlers("assigned", event, directory)


def _accepted(event: e.Accepted, directory: Directory) -> Iterator[_To]:
    yield _reporter("accepted", event, directory)


def _reporter_wrote(event: e.ReporterWrote, directory: Directory) -> Iterator[_To]:
    yield _handlers("updated", event, directory)


def _replied(event: e.Replied, directory: Directory) -> Iterator[_To]:
    yield _reporter("reply", event, directory)
    yield _To("reply", audience.watchers(event.incident, directory), Audience.OTHER)


def _asked(event: e.Asked, directory: Directory) -> Iterator[_To]:
    yield _reporter("question", event, directory, asks=True)


def _resolved(event: e.Resolved, directory: Directory) -> Iterator[_To]:
    yield _reporter("resolved-ask", event, directory, asks=True)


def _confirmed(event: e.Confirmed, directory: Directory) -> Iterator[_To]:
    yield _To("review-ask", audience.managers(directory), Audience.STAFF, asks=True)


def _reopened(event: e.Reopened, directory: Directory) -> Iterator[_To]:
    yield _handlers("reopened", event, directory)
    yield _reporter("reopened", event, directory)


def _archived(event: e.Archived, directory: Directory) -> Iterator[_To]:
    yield _reporter("closed", event, directory)
    yield _To("closed", audience.watchers(event.incident, directory), Audience.OTHER)
    if event.report is not None:
        name, document = event.report
        yield _To(
            "closed",
            audience.managers(directory),
            Audience.STAFF,
            asks=True,  # the report itself goes to him who approved, too
            attachments=(Enclosure(name, DOCX, document),),
        )


def _sent_back(event: e.SentBack, directory: Directory) -> Iterator[_To]:
    yield _handlers("sent-back", event, directory)


def _returned(event: e.Returned, directory: Directory) -> Iterator[_To]:
    yield _To("returned", audience.desk(directory), Audience.STAFF)


def _cancelled(event: e.Cancelled, directory: Directory) -> Iterator[_To]:
    yield _reporter("cancelled", event, directory)
    yield _handlers("cancelled", event, directory)


def _stranger_wrote(event: e.StrangerWrote, directory: Directory) -> Iterator[_To]:
    yield _To("stranger-wrote", audience.owner(event.incident, directory), Audience.STAFF)


def _delivery_failed(event: e.DeliveryFailed, directory: Directory) -> Iterator[_To]:
    failed = event.address.lower()
    people = [
        person
        for person in (*audience.owner(event.incident, directory), *audience.desk(directory))
        if person.address.lower() != failed
    ]
    owners = {p.address for p in audience.owner(event.incident, directory)} - {failed}
    # The desk hears of it only where the owner himself is the one who cannot be reached.
    told = [p for p in people if p.address in owners] or people
    yield _To("delivery-failed", told, Audience.STAFF)


def _unproven(event: e.CommandUnproven, directory: Directory) -> Iterator[_To]:
    yield _actor("not-proven", event)
    if event.incident is not None:
        owners = audience.owner(event.incident, directory)
        others = [p for p in owners if p.address != event.actor.address]
        # Somebody wrote in the owner's name: then the desk is warned, not the owner alone.
        yield _To("forgery-warning", others or audience.desk(directory), Audience.STAFF)


def _target(event: e.TargetNear, directory: Directory) -> Iterator[_To]:
    kind = "target-near" if event.share < 100 else "target-passed"
    yield _To(kind, audience.at(event.tell, directory), Audience.STAFF, asks=True)


def _quarantined(event: e.MessageQuarantined, directory: Directory) -> Iterator[_To]:
    yield _To("quarantine-notice", audience.administrators(directory), Audience.STAFF, asks=True)


def _report_asked(event: e.ReportAsked, directory: Directory) -> Iterator[_To]:
    enclosed = Enclosure(event.file_name, DOCX, event.document)
    yield replace(_actor("report", event), attachments=(enclosed,))


def _answer(kind: str) -> Route:
    """An answer to whoever wrote."""
    return lambda event, _: (_actor(kind, event),)


def _actor(kind: str, event: e.Event) -> _To:
    return _To(kind, (event.actor,), _eyes_of(event), asks=True)


def _eyes_of(event: e.Event) -> Audience:
    incident = _incident_of(event)
    if incident is not None and incident.reporter_address.lower() == event.actor.address.lower():
        return Audience.REPORTER
    return Audience.STAFF if event.actor.staff else Audience.OTHER


def _incident_of(event: e.Event) -> Incident | None:
    if isinstance(event, e.StatusAsked):
        return event.dossier.incident if event.dossier else None
    found: Incident | None = getattr(event, "incident", None)
    return found


def _handlers(kind: str, event: e.IncidentEvent, directory: Directory) -> _To:
    return _To(kind, audience.handlers(event.incident, directory), Audience.STAFF)


def _reporter(
    kind: str, event: e.IncidentEvent, directory: Directory, *, asks: bool = False
) -> _To:
    return _To(kind, audience.reporter(event.incident, directory), Audience.REPORTER, asks)


ROUTES: dict[type[e.Event], Route] = {
    e.Opened: _opened,
    e.Dispatched: _dispatched,
    e.Accepted: _accepted,
    e.ReporterWrote: _reporter_wrote,
    e.Replied: _replied,
    e.Asked: _asked,
    e.Resolved: _resolved,
    e.Confirmed: _confirmed,
    e.Reopened: _reopened,
    e.Archived: _archived,
    e.SentBack: _sent_back,
    e.Returned: _returned,
    e.Cancelled: _cancelled,
    e.StrangerWrote: _stranger_wrote,
    e.DeliveryFailed: _delivery_failed,
    e.CommandUnproven: _unproven,
    e.TargetNear: _target,
    e.CommandsDone: _answer("command-done"),
    e.CommandsRefused: _answer("command-refused"),
    e.StatusAsked: _answer("status"),
    e.QueueAsked: _answer("queue"),
    e.HelpAsked: _answer("help"),
    e.ReportAsked: _report_asked,
    e.MessageQuarantined: _quarantined,
    e.BurstHeld: _answer("burst-digest"),
}

# Seen by the team alone; and those that nobody is written of: NoteAdded, Resumed, Rated and
# Reclassified change the record and are answered to their actor by "command-done".
KINDS: tuple[str, ...] = (
    "opened", "desk-new", "assigned", "accepted", "updated", "reply", "question", "resolved-ask",
    "review-ask", "reopened", "sent-back", "returned", "closed", "cancelled", "command-done",
    "command-refused", "not-proven", "forgery-warning", "stranger-wrote", "delivery-failed",
    "target-near", "target-passed", "status", "queue", "help", "report", "quarantine-notice",
    "burst-digest",
)  # fmt: skip
