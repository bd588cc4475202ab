"""Mail of a monitoring system: what it says, and whether that counts."""

from __future__ import annotations

from dataclasses import replace

from processor.domain.alerts import Alert
from processor.domain.message import Message, MessageKind
from processor.domain.people import Proof
from processor.domain.ruling import Facts
from processor.parsing.thread_headers import bare_subject
from processor.pipeline.proofs import by_transport
from processor.pipeline.state import Desk, Journey
from processor.store.unit_of_work import UnitOfWork


def read_alert(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: what a configured source reads in a mail. Which incident it belongs to its key says:
    some systems thread their mails, and a recovery would else be an answer to the problem.

    Whoever has a name here, answers or forwards is a person, whatever he quotes. Anybody can write
    that something is wrong; that it is over counts from whom the house trusts (spec 2.5).
    """
    message = journey.message
    if message.kind is MessageKind.REPORT:
        return
    alert = desk.watch.read(seen(message, journey.sender.address))
    if alert is None:
        return
    listed = alert.source.lists(journey.sender.address)
    if not listed and (_by_a_person(journey, desk) or message.kind is MessageKind.BOUNCE):
        return
    proof = by_transport(message, journey.mailbox)
    journey.proof = max(journey.proof, proof)
    needed = alert.source.proof if listed else max(alert.source.proof, Proof.DOMAIN)
    journey.alert = replace(alert, trusted=proof >= needed)
    trust = "trusted" if journey.alert.trusted else "unproven"
    journey.trail.append(f"alert:{alert.source.name}:{alert.state}:{trust}")


def seen(message: Message, sender: str) -> Facts:
    """What the sources may see of a message: the whole text, for no part of it is a quote."""
    author = message.author
    return Facts(
        sender=sender,
        sender_name=author.name if author else "",
        to=tuple(address.address for address in (*message.to, *message.cc)),
        subject=message.subject,
        body=message.text,
        headers=message.headers,
        language=message.language,
    )


def _by_a_person(journey: Journey, desk: Desk) -> bool:
    subject = journey.message.subject
    known = desk.policy.directory.find(journey.sender.address)
    return known is not None or bare_subject(subject) != subject.strip()


def told(alert: Alert, language: str) -> list[tuple[str, str]]:
    """The fields that the source shows, each with its name in that language."""
    return [
        (titles.get(language) or name, alert.fields[name])
        for name, titles in alert.source.shown.items()
        if alert.fields.get(name)
    ]
