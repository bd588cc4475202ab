"""One letter, and the letters that an event calls for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from processor.domain.events import Event
from processor.domain.incident import Incident
from processor.domain.neighbours import Neighbour
from processor.domain.people import Directory, Person
from processor.domain.veil import Veil
from processor.replies.addressing import Audience, Enclosure, incident_of, neighbour_of
from processor.replies.routes import ROUTES

# A dot-atom and a domain, nothing that could end a header's angle brackets (RFC 5322 3.4.1).
# Runs of dots in the local part are let through: Japanese carriers gave such addresses out.
_MAILABLE = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
)


# Letters that say by when something is owed, though what happened says nothing of clocks.
_TIMED = frozenset(
    {"accepted", "reopened", "sent-back", "returned", "updated", "appealed", "answer-missing",
     "alert-recovered", "vendor-answered", "vendor-overdue", "watching",
     "merged", "grade-notice", "urgent-unanswered"}
)  # fmt: skip


ANSWER = "opened"
"""The letter that answers a report."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of ``kind`` to ``recipient``, whose ``language`` is settled here."""

    kind: str
    recipient: Person
    event: Event
    audience: Audience = Audience.OTHER
    attachments: tuple[Enclosure, ...] = ()
    own: tuple[tuple[str, str], ...] = ()  # fields of the incident's profile: name, value
    ticked: tuple[str, ...] = ()  # items of its checklist that were ticked
    veil: Veil | None = None  # over names that the recipient may not read

    @property
    def incident(self) -> Incident | None:
        """The incident that it is about; none for a reader who is no party of it, so that a
        letter to somebody who only quoted its number shows and proves nothing."""
        found = incident_of(self.event)
        if found is None or self.audience is not Audience.OTHER:
            return found
        watching = {address.lower() for address in found.watchers}
        return found if self.recipient.address.lower() in watching else None

    @property
    def variant(self) -> str:
        """Whose words it has in place of its kind's own, or empty: a rule chose them."""
        about = self.incident
        return about.reply_template if about and self.kind == ANSWER else ""

    @property
    def neighbour(self) -> Neighbour | None:
        """The problem or change that it is about; none for a reader who is no party of it."""
        found = neighbour_of(self.event)
        if found is None or self.audience is not Audience.OTHER:
            return found
        return found if found.concerns(self.recipient.address.lower()) else None

    @property
    def number(self) -> str:
        """Of that incident, problem or change, or empty."""
        about = self.neighbour or self.incident
        return about.number if about else ""

    @property
    def mailbox(self) -> str:
        """The mailbox that it came in by, or empty: answers leave from there."""
        about = self.neighbour or self.incident
        return about.mailbox if about else ""

    @property
    def timed(self) -> bool:
        """Whether it shows target times that its event does not bring."""
        return self.kind in _TIMED and not getattr(self.event, "clocks", ())

    @property
    def proves(self) -> str:
        """For what an answer proves receipt: that incident or the list that it is; or empty."""
        return self.number or str(getattr(self.event, "list_number", ""))


def letters_for(
    event: Event,
    directory: Directory,
    *,
    language: str,
    never: Collection[str] = (),
) -> list[Letter]:
    """The letters that ``event`` calls for, in order.

    ``language`` is the desk's: for those of whom no other is known (of a reporter, his incident
    tells it). Nobody at an address in
    ``never`` (the desk's own mailboxes) or at one that no header can carry is written to.
    """
    route = ROUTES.get(type(event))
    if route is None:
        return []
    about = incident_of(event)
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
            known = about.language if about and to.audience is Audience.REPORTER else ""
            reader = replace(person, language=person.language or known or language)
            letters.append(Letter(to.kind, reader, event, to.audience, to.attachments))
    return letters


def mailable(address: str) -> bool:
    """Whether a plain header and a plain SMTP server can carry this address (no RFC 6531)."""
    return _MAILABLE.fullmatch(address) is not None
