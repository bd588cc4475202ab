"""Which incident a mail belongs to (spec 2.4), and what the way it was found proves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processor.domain import tokens
from processor.domain.incident import Incident
from processor.domain.message import Message, MessageKind
from processor.domain.neighbours import Neighbour, is_neighbour
from processor.domain.numbering import LIST, find_numbers
from processor.domain.people import Proof
from processor.pipeline.same_subject import by_subject
from processor.pipeline.state import Desk, Journey
from processor.services import neighbours
from processor.services.correspondence import parties
from processor.store.unit_of_work import UnitOfWork

BOUNCE_WORDS = 20_000  # characters of a bounce in which the returned subject is looked for
FIRST_LINES = 5  # of the new text, in which a number counts as named

_NUMBER = r"(?P<number>[a-z]{2,4}-\d{8}-\d{4,9})"
_TOKEN = rf"(?P<token>[a-z2-7]{{{tokens.LENGTH}}})"
_REPLY_ADDRESS = re.compile(rf"[+-]{_NUMBER}-{_TOKEN}@", re.IGNORECASE)
_MESSAGE_ID = re.compile(rf"^{_NUMBER}\.[0-9a-z]+\.{_TOKEN}@", re.IGNORECASE)
_KEY_LINE = re.compile(rf"{_NUMBER}/{_TOKEN}", re.IGNORECASE)
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to")


def correlate(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: by signed address, by thread, by a number that a party names; in this order. Alerts
    have a key of their own."""
    if journey.alert is not None:
        return
    signed = list(dict.fromkeys(_signed(journey)))
    for number, token in signed:
        if _issued_to_sender(journey, desk, number, token) and _record(work, number):
            _found(journey, work, number, Proof.TOKEN, "signed")
            return
    for number, token in signed:
        if number.startswith(LIST) and _issued_to_sender(journey, desk, number, token):
            journey.proof, journey.listed = Proof.TOKEN, number
            journey.trail.append(f"correlate:list:{number}")
            return
    for number, token in signed:
        record = _record(work, number)
        if record is not None and _issued_to_party(journey, desk, record, token):
            # handed on by somebody who was sent it: it belongs there, but proves nothing
            _found(journey, work, number, Proof.NONE, "signed_for_another")
            return
    number = _by_thread(journey, work)
    if number:
        _found(journey, work, number, Proof.NONE, "thread")
        return
    if journey.message.kind is MessageKind.BOUNCE:
        _by_failure(journey, desk, work)
        return
    for number in _named(journey, desk):
        record = _record(work, number)
        if record is None:
            continue
        if journey.sender.address in _parties(record, desk):
            _found(journey, work, number, Proof.NONE, "number")
            return
        if isinstance(record, Incident):  # problems and changes are nobody else's business
            journey.foreign_number = journey.foreign_number or number
    if not journey.foreign_number:
        number = by_subject(journey, desk, work)
        if number:
            _found(journey, work, number, Proof.NONE, "subject")


def _signed(journey: Journey) -> Iterator[tuple[str, str]]:
    """Every (number, token) of the mail: reply address, thread headers, key line."""
    message = journey.message
    addressed = [value for name in _ADDRESSED for value in message.header_all(name)]
    for pattern, texts in (
        (_REPLY_ADDRESS, addressed),
        (_MESSAGE_ID, [*message.in_reply_to, *reversed(message.references), *message.returned]),
        (_KEY_LINE, [message.text]),
    ):
        for text in texts:
            for hit in pattern.finditer(text):
                yield hit["number"].upper(), hit["token"].lower()


def _issued_to_sender(journey: Journey, desk: Desk, number: str, token: str) -> bool:
    """To one of his addresses, or to the shared address of a group that he works in: the group's
    mail is written to all of it."""
    person, groups = journey.sender, desk.policy.directory.groups
    shared = (groups[name].address for name in (*person.groups, *person.leads) if name in groups)
    return any(
        tokens.verify(desk.secret, token, number, address, journey.now, desk.commands.token_days)
        for address in (person.address, *person.aliases, *shared)
        if address
    )


def _issued_to_party(
    journey: Journey, desk: Desk, record: Incident | Neighbour, token: str
) -> bool:
    return any(
        tokens.verify(
            desk.secret, token, record.number, address, journey.now, desk.commands.token_days
        )
        for address in _parties(record, desk)
    )


def _record(work: UnitOfWork, number: str) -> Incident | Neighbour | None:
    """The incident, problem or change of that number, not locked."""
    if is_neighbour(number):
        return neighbours.find(work, number)
    return work.incidents.get(number, lock=False)


def _parties(record: Incident | Neighbour, desk: Desk) -> frozenset[str]:
    staff = desk.policy.directory.people
    if isinstance(record, Incident):
        return parties(record, staff)
    return neighbours.parties(record, staff)


def thread_of(message: Message) -> tuple[str, ...]:
    """The Message-IDs that it answers, the nearest first, or that it gives back."""
    return tuple(
        dict.fromkeys((*message.in_reply_to, *reversed(message.references), *message.returned))
    )


def _by_thread(journey: Journey, work: UnitOfWork) -> str:
    """The number of the record whose mail this one answers; the nearest in the thread wins."""
    ids = thread_of(journey.message)
    if not ids:
        return ""
    known = {found: number for found, number, *_ in work.mails.incident_of(ids)}
    if not known:
        known = {found: number for found, number, *_ in work.neighbour_mails.incident_of(ids)}
    return next((known[one] for one in ids if one in known), "")


def _named(journey: Journey, desk: Desk) -> Iterator[str]:
    yield from find_numbers(journey.message.subject, desk.policy.numbers)
    lines = [line for line in journey.message.reply_text.splitlines() if line.strip()]
    yield from find_numbers("\n".join(lines[:FIRST_LINES]), desk.policy.numbers)


def _by_failure(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """A bounce in words alone names, if anything, the subject of what it gives back: that counts
    where the address that failed is one of the incident's."""
    message = journey.message
    failed = {one.address.lower() for one in message.failed_recipients}
    told = f"{message.subject}\n{message.text[:BOUNCE_WORDS]}"
    for number in find_numbers(told, desk.policy.numbers):
        incident = work.incidents.get(number, lock=False)
        if incident and failed & parties(incident, desk.policy.directory.people):
            _found(journey, work, number, Proof.NONE, "failed_recipient")
            return


def _found(journey: Journey, work: UnitOfWork, number: str, proof: Proof, how: str) -> None:
    if is_neighbour(number):
        journey.neighbour = neighbours.find(work, number, lock=True)
    else:
        known = work.incidents.get(number, lock=False)
        if known is not None and known.parent:
            # what happens to a parent goes on to what follows it: parents are locked first
            work.incidents.get(known.parent, lock=True)
        journey.incident = work.incidents.get(number, lock=True)
    journey.proof = proof
    journey.trail.append(f"correlate:{how}:{number}")
