"""What the administrator's rules say of a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from processor.domain.message import MessageKind
from processor.domain.ruling import Facts
from processor.forms.facts import Facts as FormFacts
from processor.forms.forms import Handed
from processor.pipeline.forming import to_open
from processor.pipeline.state import Desk, Journey, Paper
from processor.store.unit_of_work import UnitOfWork


def classify(journey: Journey, desk: Desk, work: UnitOfWork) -> None:
    """Judge: only mails and forms that may open something new are asked about."""
    journey.papers = tuple(
        Paper(
            handed,
            told,
            desk.engine.judge(facts_of_form(facts_of(journey, desk), journey, handed, told)),
        )
        for handed in to_open(journey)
        if handed.sound
        for told in handed.facts
    )
    journey.trail.extend(
        f"rule:{name}" for paper in journey.papers for name in paper.verdict.matched
    )
    if journey.papers:
        _name_configuration(journey, desk)
    if journey.number or journey.orders:
        return
    if journey.alert is None and journey.message.kind is MessageKind.BOUNCE:
        return
    _name_configuration(journey, desk)
    journey.verdict = desk.engine.judge(facts_of(journey, desk))
    journey.trail.extend(f"rule:{name}" for name in journey.verdict.matched)


def _name_configuration(journey: Journey, desk: Desk) -> None:
    """The trail says by which configuration it was judged."""
    said = f"configuration:{desk.policy.version}"
    if said not in journey.trail:
        journey.trail.append(said)


def facts_of(journey: Journey, desk: Desk) -> Facts:
    """What rules may see of the message, as this desk is configured."""
    policy = desk.policy
    return facts(journey, policy.zone, policy.customer_of(journey.sender.address)[0])


def facts(journey: Journey, zone: tzinfo, customer: str) -> Facts:
    """What rules may see of the message; hours and days are those of ``zone``, ``customer`` is the
    organisation that its author's address belongs to (as the record will have it)."""
    message, behalf = journey.message, journey.behalf
    handed_on = f"{behalf.cover}\n{behalf.words}".strip() if behalf else ""
    return Facts(
        sender=journey.sender.address,
        sender_name=journey.sender.name,
        to=tuple(address.address for address in (*message.to, *message.cc)),
        subject=message.subject,
        body=handed_on or journey.note or message.reply_text,
        headers=message.headers,
        attachments=tuple((a.name, a.type) for a in message.attachments),
        language=message.language,
        organisation=journey.sender.organisation or customer,
        profile=journey.mailbox.profile,
        mailbox=journey.mailbox.name,
        at=journey.now,
        zone=zone,
    )


def facts_of_form(of_mail: Facts, journey: Journey, handed: Handed, told: FormFacts) -> Facts:
    """The same of a form: its own words in place of the mail's."""
    return replace(
        of_mail,
        subject=told.say("subject") or journey.message.subject,
        body=told.text,
        form=handed.form.name,
        language=handed.filled.language if handed.filled else journey.message.language,
        ci=(told.say("ci"),) if told.say("ci") else (),
    )
