"""Events become letters, letters become mails in the outbox, in the transaction of their cause."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial

from processor.domain.events import BurstHeld, Event, Opened
from processor.domain.incident import Clock, MailRecord
from processor.domain.message import Message
from processor.domain.neighbours import is_neighbour
from processor.domain.outgoing import Outgoing
from processor.pipeline.confiding import confided
from processor.pipeline.state import Desk
from processor.replies.addressing import Audience
from processor.replies.dictation import Dictation
from processor.replies.letters import Letter, letters_for
from processor.services import merging
from processor.settings.settings import MailboxSettings
from processor.store.correspondence import Mails
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
) -> None:
    """Queue every mail that ``events`` ask for.

    ``cause`` names what led to them (``mail:17``, ``timer:4``): the same cause never queues the
    same mail twice. ``answered`` is the mail that its author is answered to, where there is one.
    """
    letters = [letter for event in events for letter in _all_letters(event, desk, work, cause)]
    letters = confided(letters, desk, work)
    fresh = {event.incident.number for event in events if isinstance(event, Opened)}
    threads, targets = _Threads(work, answered, fresh), _Targets(work)
    told = []
    for ordinal, letter in enumerate(_within_caps(letters, desk, work, at, answered, fresh)):
        in_reply_to, references = threads.of(letter)
        told.append(
            Dictation(
                letter,
                at=at,
                mailbox=mailbox.name,
                in_reply_to=in_reply_to,
                references=references,
                answering=threads.answers(letter),
                clocks=targets.of(letter),
                cause=cause,
                ordinal=ordinal,
            )
        )
    if not told:
        return
    queued = work.outbox.queue_written(desk.composer.take(told), at)
    record = partial(_record, mailbox=mailbox, at=at)
    for one, dictation in zip(queued, told, strict=True):
        if dictation.letter.number:
            _book(work, dictation.letter.number).add_sent(dictation.letter.number, one, record)


def _book(work: UnitOfWork, number: str) -> Mails:
    """Where mails about this record are filed."""
    return work.neighbour_mails if is_neighbour(number) else work.mails


def _record(mail: Outgoing, mailbox: MailboxSettings, at: datetime) -> MailRecord:
    return MailRecord(
        at=at,
        direction="out",
        message_id=mail.message_id,
        sender=mailbox.address,
        recipients=mail.recipients,
        subject=mail.subject,
        text=mail.text,
        event=mail.event,
        internal=mail.internal,
    )


def _letters(event: Event, desk: Desk) -> list[Letter]:
    return letters_for(event, desk.policy.directory, language=desk.policy.language, never=desk.own)


def _all_letters(event: Event, desk: Desk, work: UnitOfWork, cause: str) -> list[Letter]:
    """With those to the reporters of what was merged under its incident; the team works on one
    incident and is told of one."""
    letters = _letters(event, desk)
    for echo in merging.follow(work, event, _via(cause)):
        letters += [one for one in _letters(echo, desk) if one.audience is not Audience.STAFF]
    return letters


def _via(cause: str) -> str:
    """How what caused a letter stands in the journal."""
    kind = cause.partition(":")[0]
    return {"timer": "clock", "shell": "shell"}.get(kind, cause)


class _Threads:
    """Whom each letter answers, so that it lands in the thread that its recipient already has.

    Who wrote last on an incident is asked once for all letters about it.
    """

    def __init__(self, work: UnitOfWork, answered: Message | None, fresh: Collection[str]) -> None:
        self._work = work
        self._answered = answered
        # on an incident that was just opened nobody has written but who is answered
        self._last: dict[str, dict[str, str]] = {number: {} for number in fresh}

    def answers(self, letter: Letter) -> bool:
        """Whether the letter goes to the author of the mail that set it off."""
        author = self._answered.author if self._answered else None
        return author is not None and author.address.lower() == letter.recipient.address

    def of(self, letter: Letter) -> tuple[str, tuple[str, ...]]:
        """In-Reply-To and References for a letter, without angle brackets; may be empty."""
        answered, number = self._answered, letter.number
        author = answered.author if answered else None
        if answered and author and author.address.lower() == letter.recipient.address:
            chain = (*answered.references, answered.message_id)
            return answered.message_id, tuple(one for one in chain if one)
        if not number:
            return "", ()
        if number not in self._last:
            self._last[number] = _book(self._work, number).last_from(number)
        last = self._last[number].get(letter.recipient.address, "")
        return last, (last,) if last else ()


class _Targets:
    """The clocks of the incidents that letters are about, each looked up once; of a duplicate
    those of the incident that it follows."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[str, tuple[Clock, ...]] = {}

    def of(self, letter: Letter) -> tuple[Clock, ...]:
        """What the letter is to show beside what its event brings."""
        about = letter.incident
        if about is None or not letter.timed:
            return ()
        number = about.parent or about.number
        if number not in self._known:
            self._known[number] = tuple(self._work.clocks.of(number).values())
        return self._known[number]


def rate_key(address: str) -> str:
    """Under which answers to somebody are counted."""
    return f"answer:{address}"


def _within_caps(
    letters: list[Letter],
    desk: Desk,
    work: UnitOfWork,
    at: datetime,
    answered: Message | None,
    fresh: Collection[str],
) -> list[Letter]:
    """Answers to who wrote are capped by the hour: the first beyond the cap is a digest that says
    so, the rest is silence (a loop or a flood; the incidents are recorded all the same).

    The team is only capped on each incident: a desk answers many in an hour, but a machine that
    answers in an engineer's name must come to an end, too.
    """
    author = answered.author if answered else None
    if author is None:
        return letters
    person = desk.policy.directory.find(author.address)
    address = person.address if person else author.address.lower()
    limits = desk.limits
    kept: list[Letter] = []
    for letter in letters:
        if letter.recipient.address != address:
            kept.append(letter)
            continue
        beyond = []  # by how many each cap is exceeded
        if letter.number:
            key = f"{rate_key(address)}:{letter.number}"
            thread = work.counters.hit(key, at, _HOUR, first=letter.number in fresh)
            beyond.append(thread - limits.replies_per_thread_hour)
        if person is None or not person.staff:
            sent = work.counters.hit(rate_key(address), at, _HOUR)
            beyond.append(sent - limits.replies_per_sender_hour)
        most = max(beyond, default=0)
        if most <= 0:
            kept.append(letter)
        elif most == 1:
            numbers = (letter.number,) if letter.number else ()
            kept.extend(_letters(BurstHeld(at=at, actor=letter.recipient, numbers=numbers), desk))
    return kept
