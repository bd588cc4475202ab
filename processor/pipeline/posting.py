"""Events become letters, letters become mails in the outbox, in the transaction of their cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from processor.domain.events import BurstHeld, Event
from processor.domain.incident import MailRecord
from processor.domain.message import Message
from processor.pipeline.state import Desk
from processor.replies.letters import Letter, letters_for
from processor.settings.settings import MailboxSettings
from processor.store.unit_of_work import UnitOfWork

_HOUR = timedelta(hours=1)


def post(
    events: Sequence[Event],
    desk: Desk,
    work: UnitOfWork,
    at: datetime,
    *,
    cause: str,
    mailbox: MailboxSettings,
    answered: Message | None = None,
) -> int:
    """Queue every mail that ``events`` ask for; returns how many were new.

    ``cause`` names what led to them (``mail:17``, ``timer:4``): the same cause never queues the
    same mail twice. ``answered`` is the mail that its author is answered to, where there is one.
    """
    queued = 0
    letters = [letter for event in events for letter in _letters(event, desk)]
    for ordinal, letter in enumerate(_within_caps(letters, desk, work, at, answered)):
        number = _number(letter)
        in_reply_to, references = _thread(letter, work, answered)
        mail = desk.composer.compose(
            letter,
            at=at,
            mailbox=mailbox.name,
            in_reply_to=in_reply_to,
            references=references,
            cause=cause,
            ordinal=ordinal,
        )
        if not work.outbox.queue(mail, at):
            continue
        queued += 1
        if number:
            work.mails.add(
                number,
                MailRecord(
                    at=at,
                    direction="out",
                    message_id=mail.message_id,
                    sender=mailbox.address,
                    recipients=mail.recipients,
                    subject=mail.subject,
                    text=mail.text,
                    event=mail.event,
                    internal=mail.internal,
                ),
            )
    return queued


def _letters(event: Event, desk: Desk) -> list[Letter]:
    return letters_for(event, desk.policy.directory, language=desk.policy.language, never=desk.own)


def _number(letter: Letter) -> str:
    return letter.incident.number if letter.incident else ""


def _thread(
    letter: Letter, work: UnitOfWork, answered: Message | None
) -> tuple[str, tuple[str, ...]]:
    """Whom the letter answers, so that it lands in the thread that the recipient already has."""
    author = answered.author if answered else None
    if answered and author and author.address.lower() == letter.recipient.address:
        chain = (*answered.references, answered.message_id)
        return answered.message_id, tuple(one for one in chain if one)
    if _number(letter):
        last = work.mails.last_from(_number(letter), letter.recipient.address)
        if last:
            return last, (last,)
    return "", ()


def _within_caps(
    letters: list[Letter],
    desk: Desk,
    work: UnitOfWork,
    at: datetime,
    answered: Message | None,
) -> list[Letter]:
    """Answers to one sender are capped by the hour: the first beyond the cap is a digest that
    says so, the rest is silence (a loop or a flood; the incidents are recorded all the same)."""
    author = answered.author if answered else None
    if author is None:
        return letters
    address = author.address.lower()
    person = desk.policy.directory.find(address)
    kept: list[Letter] = []
    for letter in letters:
        if letter.recipient.address != address or (person and person.staff):
            kept.append(letter)
            continue
        sent = work.counters.hit(f"answer:{address}", at, _HOUR)
        limit = desk.limits.replies_per_sender_hour
        if _number(letter):
            thread = work.counters.hit(f"answer:{address}:{_number(letter)}", at, _HOUR)
            if thread > desk.limits.replies_per_thread_hour:
                continue
        if sent <= limit:
            kept.append(letter)
        elif sent == limit + 1:
            held = BurstHeld(at=at, actor=letter.recipient, numbers=(_number(letter),))
            kept.extend(_letters(held, desk))
    return kept
